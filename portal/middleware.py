"""The portal's own steps around every request; each is a few lines and knows one rule."""

from collections.abc import Callable
from urllib.parse import urlparse

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from wagtail.contrib.redirects.middleware import RedirectMiddleware, get_redirect
from wagtail.contrib.redirects.models import Redirect

Handler = Callable[[HttpRequest], HttpResponse]

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


class PublishedRedirectMiddleware(RedirectMiddleware):
    """Wagtail's redirects, but for those to a page that is hidden now: its address is not to be told."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        answer = super().process_response(request, response)
        if answer is not response and self._is_hidden(request):
            return response
        return answer

    def _is_hidden(self, request: HttpRequest) -> bool:
        path = Redirect.normalise_path(request.get_full_path(), decode_unicode=False)
        redirect = get_redirect(request, path) or get_redirect(request, urlparse(path).path)
        page = redirect.redirect_page
        return page is not None and (not page.live or bool(page.expire_at and page.expire_at <= timezone.now()))


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
