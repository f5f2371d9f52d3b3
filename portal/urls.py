"""Addresses: files and machines first, then the admin, then pages in each language."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from portal import routing, views
from portal.sitemaps import sitemap, sitemap_index

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("robots.txt", views.robots_txt, name="robots_txt"),
    path(".well-known/security.txt", views.security_txt, name="security_txt"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("site.webmanifest", views.webmanifest, name="webmanifest"),
    path("sitemap.xml", sitemap_index, name="sitemap_index"),
    path("sitemap-<section>.xml", sitemap, name="sitemap"),
    path("media/<path:name>", views.media, name="media"),
    path("", include("impact.urls")),
    re_path(r"^documents/(\d+)/(.*)$", views.document, name="wagtaildocs_serve"),
    path("documents/", include(wagtaildocs_urls)),
    # The admin has forms for all of this, which heed locks, reviews and our hooks; these addresses don't.
    path("admin/api/main/pages/<int:page>/action/<name>/", views.nothing_here),
    path("admin/", include(wagtailadmin_urls)),
]

if settings.DEBUG and "debug_toolbar" in settings.INSTALLED_APPS:
    urlpatterns += [
        path("__debug__/", include("debug_toolbar.urls")),
        path("__reload__/", include("django_browser_reload.urls")),
    ]

urlpatterns += i18n_patterns(
    # The form for a password is Wagtail's; that for accounts is the admin's, and the view of all pages is ours.
    path("_util/login/", views.login, name="wagtailcore_login"),
    *(pattern for pattern in wagtail_urls.urlpatterns if pattern.name not in {"wagtailcore_login", "wagtail_serve"}),
    re_path(wagtail_urls.serve_pattern, routing.serve, name="wagtail_serve"),
    prefix_default_language=False,
)

handler400 = "portal.errors.bad_request"
handler403 = "portal.errors.permission_denied"
handler404 = "portal.errors.page_not_found"
handler500 = "portal.errors.server_error"
