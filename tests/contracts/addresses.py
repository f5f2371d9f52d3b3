"""Every public address of the portal, found in its URL configuration, with what a visitor gets there."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

# What other projects make of these is theirs to test; permissions of the admin have tests of their own.
FOREIGN = ("admin/", "documents/")

NEVER = "max-age=0, no-cache, no-store, must-revalidate, private"

# route -> (address, status, content type, Cache-Control)
ROWS = {
    "healthz": ("/healthz", 200, "text/plain", NEVER),
    "readyz": ("/readyz", 200, "application/json", NEVER),
    "robots.txt": ("/robots.txt", 200, "text/plain; charset=utf-8", "public, max-age=3600"),
    ".well-known/security.txt": (
        "/.well-known/security.txt", 200, "text/plain; charset=utf-8", "public, max-age=3600",
    ),
    "favicon.ico": ("/favicon.ico", 302, "text/html; charset=utf-8", "public, max-age=3600"),
    "site.webmanifest": ("/site.webmanifest", 200, "application/manifest+json", "public, max-age=3600"),
    "sitemap.xml": ("/sitemap.xml", 200, "application/xml", "public, max-age=600"),
    "sitemap-<section>.xml": ("/sitemap-pages.xml", 200, "application/xml", "public, max-age=600"),
    "media/<path:name>": ("/media/images/picture.png", 200, "image/png", "public, max-age=31536000, immutable"),
    "^documents/(\\d+)/(.*)$": ("/documents/1/handout.pdf", 200, "application/pdf", "public, max-age=60"),
    "data.json": ("/data.json", 200, "application/json", "public, max-age=60"),
    "^impact/data/(?P<name>[-\\w]{1,120})\\.(?P<kind>csv|json)$": (
        "/impact/data/eligible.csv", 200, "text/csv; charset=utf-8; header=present", "public, max-age=60",
    ),
    "_util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/": (
        "/_util/authenticate_with_password/{restriction}/{page}/", 200, "text/html; charset=utf-8", NEVER,
    ),
    "_util/login/": ("/_util/login/", 302, "text/html; charset=utf-8", None),
    "^((?:[\\w\\-]+/)*)$": ("/", 200, "text/html; charset=utf-8", "public, max-age=60"),
}  # fmt: skip


def routes(patterns: list | None = None, prefix: str = "") -> Iterator[str]:
    """The routes that visitors can reach."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = prefix + str(pattern.pattern)
        if route.startswith(FOREIGN):
            continue
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            yield route
