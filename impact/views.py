"""Files to download, and the catalog of them."""

from collections.abc import Iterator
from itertools import chain, islice

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.utils.cache import patch_cache_control

from impact import datasets
from impact.downloads import as_csv, as_json, find_rows
from impact.models import ImpactPage
from portal.cache_policy import cache_policy
from portal.chrome import chrome_for
from portal.errors import read_only
from portal.seo import absolute

FORMATS = {"csv": (as_csv, "text/csv; charset=utf-8; header=present"), "json": (as_json, "application/json")}
# Lines that go out at once; one by one would take a system call each.
LINES = 500


@read_only
def download(request: HttpRequest, name: str, kind: str) -> HttpResponse:
    """What a page shows, or all rows of a measure, in a format that programs read."""
    # Figures that nobody has published a page for yet are nobody's business.
    if not ImpactPage.objects.published().exists():
        raise Http404("There is no page of figures.")
    write, content_type = FORMATS[kind]
    rows = iter(find_rows(name, request.GET))
    # A name that there isn't is to be a 404 now, not in the middle of an answer.
    first = list(islice(rows, 1))
    if not first:
        raise Http404("No such file.")
    response = StreamingHttpResponse(_in_parts(write(chain(first, rows))), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="results-{name}.{kind}"'
    patch_cache_control(response, **cache_policy(request))
    return response


@read_only
def data_json(request: HttpRequest) -> HttpResponse:
    """The catalog of open data; without a page of figures there is none."""
    page = ImpactPage.objects.published().first()
    if page is None:
        raise Http404
    address = absolute(f"{page.get_url(request)}data/")
    catalog = datasets.data_catalog(chrome_for(request), page.bureau_code, page.program_code, address)
    response = JsonResponse(catalog, json_dumps_params={"ensure_ascii": False, "indent": 1})
    patch_cache_control(response, **cache_policy(request))
    return response


def _in_parts(lines: Iterator[str]) -> Iterator[str]:
    while part := list(islice(lines, LINES)):
        yield "".join(part)
