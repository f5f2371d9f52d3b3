"""Addresses that machines ask for, and pictures from the local disk."""

from datetime import timedelta
from http import HTTPStatus
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.cache import cache
from django.core.files.storage import FileSystemStorage, default_storage, storages
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers, patch_cache_control
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import RedirectView
from django.views.static import serve
from wagtail.documents.views.serve import serve as serve_document
from wagtail.models import Site

from portal.cache_policy import cache_policy
from portal.errors import read_only
from portal.models import SiteSettings

HOUR = 3600
YEAR = 365 * 24 * HOUR
# Pictures for visitors, and those of accounts, for the admin. Originals and documents lie in other folders: the former
# are large, the latter may be private.
PUBLIC_MEDIA_FOLDERS = ("images/", "avatar_images/")


@read_only
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """The process is alive; asks nothing else."""
    return HttpResponse("ok", content_type="text/plain")


@read_only
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """Whether the portal can serve: database, cache, migrations. 503 when one of them can't."""
    results = {"database": _passes(_database_answers), "cache": _passes(_cache_answers)}
    results["migrations"] = results["database"] and _passes(_is_migrated)
    return JsonResponse(results, status=200 if all(results.values()) else 503)


@read_only
@cache_control(public=True, max_age=HOUR)
def robots_txt(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", "Disallow: /admin/", f"Sitemap: {settings.BASE_URL}{reverse('sitemap_index')}"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@read_only
@cache_control(public=True, max_age=HOUR)
def security_txt(request: HttpRequest) -> HttpResponse:
    """Whom to tell about a weakness, as RFC 9116 has it (https://www.rfc-editor.org/rfc/rfc9116)."""
    site = Site.find_for_request(request)
    site_settings = SiteSettings.for_site(site) if site else SiteSettings()
    contact = site_settings.security_contact or site_settings.contact_email
    if not contact:
        raise Http404
    if "://" not in contact and not contact.startswith("mailto:"):
        contact = f"mailto:{contact}"
    # Midnight, so that the file stays the same for a day and can be cached.
    expires = (timezone.now() + timedelta(days=180)).strftime("%Y-%m-%dT00:00:00Z")
    lines = [
        f"Contact: {contact}",
        f"Expires: {expires}",
        f"Preferred-Languages: {', '.join(code for code, _name in settings.LANGUAGES)}",
        f"Canonical: {settings.BASE_URL}{reverse('security_txt')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@read_only
@cache_control(public=True, max_age=HOUR)
def webmanifest(request: HttpRequest) -> HttpResponse:
    """Name and icons for a phone's home screen; a template, since icons have hashed names and names are settings."""
    return render(request, "site.webmanifest", content_type="application/manifest+json")


@read_only
@cache_control(public=True, max_age=HOUR)
def favicon(request: HttpRequest) -> HttpResponse:
    """Browsers ask for this address without being told; the file has another name after a change."""
    return HttpResponseRedirect(staticfiles_storage.url("img/favicon.ico"))


@read_only
def document(request: HttpRequest, number: str, file_name: str) -> HttpResponseBase:
    """Wagtail's view of a document, with the cache policy: a form for a password is nothing to be kept."""
    response = serve_document(request, number, file_name)
    if response.get("Content-Encoding") == "None":
        del response["Content-Encoding"]
    if response.streaming or response.status_code == HTTPStatus.NOT_MODIFIED:
        patch_cache_control(response, **cache_policy(request))
    else:
        add_never_cache_headers(response)
    return response


@csrf_exempt
def nothing_here(request: HttpRequest, **kwargs) -> HttpResponse:
    """Closes addresses of Wagtail's."""
    raise Http404


# Wagtail wants this address to exist; there is one form to log in.
login = read_only(RedirectView.as_view(pattern_name=settings.LOGIN_URL, query_string=True))


@read_only
def media(request: HttpRequest, name: str) -> HttpResponse:
    """A picture made for visitors, from the local disk; with an object store nothing lies here."""
    if not isinstance(storages["default"], FileSystemStorage):
        raise Http404
    if not name.startswith(PUBLIC_MEDIA_FOLDERS) or ".." in Path(name).parts:
        raise Http404
    try:
        response = serve(request, name, document_root=default_storage.location)
    except OSError as error:  # a name that no file system takes
        raise Http404 from error
    # A changed picture gets a new file name.
    response["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _passes(check) -> bool:
    try:
        return bool(check())
    except Exception:  # noqa: BLE001 - whatever a driver raises, the answer is "not ready"
        return False


def _database_answers() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return cursor.fetchone() == (1,)


def _cache_answers() -> bool:
    cache.set("readyz", "ready", 10)
    return cache.get("readyz") == "ready"


def _is_migrated() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())
