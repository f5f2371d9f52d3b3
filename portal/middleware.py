"""The portal's own steps around every request; each is a few lines and knows one rule."""

from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import urlparse

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.urls import resolve
from django.utils import timezone
from django.utils.encoding import uri_to_iri
from wagtail.contrib.redirects.middleware import get_redirect
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

Handler = Callable[[HttpRequest], HttpResponse]

PROBES = {"/healthz", "/readyz"}
PERMISSIONS_POLICY = "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"


def security_headers(get_response: Handler) -> Handler:
    """Adds the headers that Django has no setting for, to every answer, files and errors included."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response

    return middleware


def no_cookie_for_visitors(get_response: Handler) -> Handler:
    """Takes cookies off answers that all visitors share: a browser with a broken one would be sent a new one.

    Nor do such answers vary by cookie: `cache_policy` lets only those be shared that don't.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if "public" in response.get("Cache-Control", ""):
            response.cookies.clear()
            vary = [name.strip() for name in response.get("Vary", "").split(",")]
            response["Vary"] = ", ".join(name for name in vary if name and name != "Cookie")
        return response

    return middleware


def published_redirects(get_response: Handler) -> Handler:
    """Wagtail's redirects, in any letter case, and none to a page that is hidden now: its address is not to be told."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code != HTTPStatus.NOT_FOUND:
            return response
        redirect = _find_redirect(request)
        if redirect is None or redirect.link is None or _is_hidden(redirect.redirect_page):
            return response
        kind = HttpResponsePermanentRedirect if redirect.is_permanent else HttpResponseRedirect
        link, query = redirect.link, request.META["QUERY_STRING"]
        # A list of ours that has moved is filtered as before.
        return kind(f"{link}?{query}" if query and redirect.redirect_page and "?" not in redirect.old_path else link)

    return middleware


def _find_redirect(request: HttpRequest) -> Redirect | None:
    """The redirect with this very address, else without its query, else with its letters in another case."""
    address = Redirect.normalise_path(request.get_full_path(), decode_unicode=False)
    ways = dict.fromkeys((address, urlparse(address).path))
    found = (find(request, way) for find in (get_redirect, _find_in_any_case) for way in ways)
    return next(filter(None, found), None)


def _find_in_any_case(request: HttpRequest, address: str) -> Redirect | None:
    decoded = uri_to_iri(address)
    # PostgreSQL has no NUL to look for.
    if "\0" in decoded:
        return None
    return Redirect.get_for_site(Site.find_for_request(request)).filter(old_path__iexact=decoded).first()


def _is_hidden(page: Page | None) -> bool:
    return page is not None and (not page.live or bool(page.expire_at and page.expire_at <= timezone.now()))


def answer_probes(get_response: Handler) -> Handler:
    """Answers the probes of load balancers, which come by address, before the host is checked."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path_info in PROBES and request.method in {"GET", "HEAD"}:
            return resolve(request.path_info).func(request)
        return get_response(request)

    return middleware


def no_body_for_head(get_response: Handler) -> Handler:
    """Answers HEAD with the headers of GET alone; the web server would drop the body and log that it had to."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.method == "HEAD" and not response.streaming:
            response.content = b""
        return response

    return middleware


def admin_content_security_policy(get_response: Handler) -> Handler:
    """Relaxes the content security policy for the admin alone, which carries inline scripts of Wagtail's."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.path_info.startswith("/admin/"):
            response._csp_update = settings.ADMIN_CONTENT_SECURITY_POLICY
        return response

    return middleware


def refuse_unreadable_paths(get_response: Handler) -> Handler:
    """Answers 404 to a path with a NUL byte, which no page has and PostgreSQL refuses to look up."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path_info:
            raise Http404
        return get_response(request)

    return middleware
