"""The sitemap: an index of parts of 5,000 addresses, built on what is published."""

from datetime import datetime
from functools import reduce
from operator import or_
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps import views as sitemap_views
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from wagtail.models import Page, Site

from portal.querysets import PublishedQuerySet
from portal.seo import absolute


class PageSitemap(Sitemap):
    """Every published page of the site, in all languages, in tree order."""

    limit = 5000
    protocol = urlsplit(settings.BASE_URL).scheme

    def items(self) -> PublishedQuerySet:
        roots = [Q(url_path__startswith=root.root_path) for root in Site.get_site_root_paths()]
        return PublishedQuerySet(Page).filter(reduce(or_, roots, Q(pk=None))).published().order_by("path")

    def location(self, page: Page) -> str:
        return page.get_url()

    def lastmod(self, page: Page) -> datetime | None:
        return page.last_published_at

    def get_domain(self, site=None) -> str:
        return urlsplit(settings.BASE_URL).netloc

    def get_latest_lastmod(self) -> datetime | None:
        return self.items().order_by("-last_published_at").values_list("last_published_at", flat=True).first()


@require_safe
@cache_control(public=True, max_age=600)
def sitemap_index(request: HttpRequest) -> HttpResponse:
    """The parts. Django's own index would name them by the host of the request, and caches would keep that."""
    parts = PageSitemap()
    address, changed = absolute(reverse("sitemap", args=["pages"])), parts.get_latest_lastmod()
    pages = [f"?p={number}" if number > 1 else "" for number in parts.paginator.page_range]
    items = [sitemap_views.SitemapIndexItem(f"{address}{page}", changed) for page in pages]
    return TemplateResponse(request, "sitemap_index.xml", {"sitemaps": items}, content_type="application/xml")


@require_safe
@cache_control(public=True, max_age=600)
def sitemap(request: HttpRequest, section: str) -> HttpResponse:
    return sitemap_views.sitemap(request, sitemaps={"pages": PageSitemap}, section=section)
