"""The addresses of files with what a page shows."""

from urllib.parse import urlencode

from django.urls import reverse


def file_addresses(name: str, **query: str) -> dict[str, str]:
    """The paths of a file as CSV and as JSON; an empty value of the query is left out."""
    words = urlencode({key: value for key, value in query.items() if value})
    return {
        kind: reverse("impact_download", args=[name, kind]) + (f"?{words}" if words else "") for kind in ("csv", "json")
    }
