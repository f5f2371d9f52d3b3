"""How long an answer may be kept, in one place."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

# Short enough that an alert reaches everybody in a minute, long enough to carry a front cache through a rush.
VISITOR_SECONDS = 60


def cache_policy(request: HttpRequest) -> dict[str, Any]:
    """Arguments for `patch_cache_control`: shared for visitors, private for whoever is logged in or previews."""
    if settings.SESSION_COOKIE_NAME in request.COOKIES or getattr(request, "is_preview", False):
        return {"private": True, "no_store": True}
    return {"public": True, "max_age": VISITOR_SECONDS}
