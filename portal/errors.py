"""Error pages. Each says what happened and what to do next; those for a broken portal touch no database."""

import sys
from collections.abc import Callable
from functools import wraps

import redis
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import patch_cache_control
from django.views.decorators.csrf import csrf_exempt

from portal.cache_policy import cache_policy

RETRY_AFTER_SECONDS = 30


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    # No request context: a request with a hostile host is not to be asked anything.
    return HttpResponse(render_to_string("400.html"), status=400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "403.html", status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was open too long, or whose cookie is gone."""
    return render(request, "403.html", {"is_expired_form": True}, status=403)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    response = render(request, "404.html", status=404)
    patch_cache_control(response, **cache_policy(request))
    return response


def method_not_allowed(request: HttpRequest, allowed: list[str]) -> HttpResponse:
    response = render(request, "405.html", status=405)
    response["Allow"] = ", ".join(allowed)
    return response


def read_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For views that have nothing to send a form to: all but GET and HEAD is a 405, whatever token comes along."""

    @csrf_exempt
    @wraps(view)
    def checked(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if request.method not in {"GET", "HEAD"}:
            return method_not_allowed(request, ["GET", "HEAD"])
        return view(request, *args, **kwargs)

    return checked


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 when the cause is a database or cache that doesn't answer."""
    if isinstance(sys.exc_info()[1], (OperationalError, InterfaceError, redis.ConnectionError, redis.TimeoutError)):
        return service_unavailable()
    return HttpResponse(render_to_string("500.html"), status=500)


def service_unavailable() -> HttpResponse:
    response = HttpResponse(render_to_string("503.html"), status=503)
    response["Retry-After"] = RETRY_AFTER_SECONDS
    response["Cache-Control"] = "no-store"
    return response
