"""Finds the page for a path in one query, whatever the depth; Wagtail's own walk takes two a level."""

from copy import copy

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.request import split_domain_port
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from wagtail.models import Page, Site
from wagtail.url_routing import RouteResult
from wagtail.views import serve as wagtail_serve

from portal.content_cache import remember

# No address of the portal is deeper; what comes after belongs to the page (a feed, say) or to nobody.
MAX_DEPTH = 12


@csrf_exempt
def serve(request: HttpRequest, path: str) -> HttpResponse:
    """The catch-all view: Wagtail's, with site and page found our way. Wagtail looks for these attributes first.

    A page that takes no form answers 405 to a POST, not the 403 of a missing token; one that does is protected.
    """
    request._wagtail_site = find_site(request)
    request._wagtail_route_for_request = route = find_route(request, path)
    if request.method == "POST" and route and "POST" in route.page.allowed_http_method_names():
        return csrf_protect(wagtail_serve)(request, path)
    return wagtail_serve(request, path)


def find_site(request: HttpRequest) -> Site | None:
    """The site for the host and port of a request, from the remembered list of all sites.

    Wagtail's rule (`wagtail.models.sites.get_site_for_hostname`), without its query, a tenth of the cost of a page:
    host and port, else the default site of that host, else the only site of that host, else the default site.
    """
    host, port = split_domain_port(request._get_raw_host())[0], request.get_port()
    sites = remember("sites", lambda: list(Site.objects.select_related("root_page")))
    by_host = [site for site in sites if site.hostname == host]
    choices = [
        *(site for site in by_host if str(site.port) == port),
        *(site for site in by_host if site.is_default_site),
        *(by_host if len(by_host) == 1 else []),
        *(site for site in sites if site.is_default_site),
    ]
    if not choices:
        return None
    # A copy: what a request adds to site and page must not reach the next one.
    site = copy(choices[0])
    site.root_page = copy(site.root_page)
    return site


def find_route(request: HttpRequest, path: str) -> RouteResult | None:
    """The page and its arguments, or None where there is nothing to see."""
    site = Site.find_for_request(request)
    if site is None:
        return None
    home = _home_in_language(site)
    if home is None:
        return None
    components = [component for component in path.split("/") if component]
    pages = [home, *_pages_below(home, components[:MAX_DEPTH])]
    page = pages[-1].specific
    page.route_ancestors = pages[:-1]
    try:
        return page.route(request, components[len(pages) - 1 :])
    except Http404:
        return None


def _home_in_language(site: Site) -> Page | None:
    """The home page in the language of the address; None for a language into which nobody has translated it."""
    if get_language() == settings.LANGUAGE_CODE:
        return site.root_page
    home = site.root_page.localized
    return home if home.pk != site.root_page.pk else None


def _pages_below(home: Page, components: list[str]) -> list[Page]:
    """The unbroken chain of pages from home down the path, as far as it goes."""
    if not components:
        return []
    wanted = [home.url_path + "/".join(components[: depth + 1]) + "/" for depth in range(len(components))]
    # The slug has an index and the path has none.
    pages = Page.objects.filter(slug__in=components, url_path__in=wanted).order_by("depth")
    return [page for page, url_path in zip(pages, wanted, strict=False) if page.url_path == url_path]
