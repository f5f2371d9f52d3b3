"""The sitemap: an index of parts of 5,000 addresses, built on what is published."""

from collections.abc import Iterator
from datetime import datetime
from functools import cached_property, reduce
from operator import or_
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps import views as sitemap_views
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.cache import cache_control
from wagtail.models import Page, Site

from portal.errors import read_only
from portal.models import BasePage
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


class BelowPagesSitemap(PageSitemap):
    """What pages show at addresses of their own, without a page of the tree: the school years, say."""

    @cached_property
    def entries(self) -> list[tuple[str, datetime | None]]:
        return [entry for page in self._pages() for entry in page.addresses_below().items()]

    def items(self) -> list[tuple[str, datetime | None]]:
        return self.entries

    def _pages(self) -> Iterator[BasePage]:
        for model in apps.get_models():
            if issubclass(model, BasePage) and model.addresses_below is not BasePage.addresses_below:
                yield from model.objects.published().order_by("path")

    def location(self, entry: tuple[str, datetime | None]) -> str:
        return entry[0]

    def lastmod(self, entry: tuple[str, datetime | None]) -> datetime | None:
        return entry[1]

    def get_latest_lastmod(self) -> datetime | None:
        return max((changed for _address, changed in self.entries if changed), default=None)


SECTIONS = {"pages": PageSitemap, "below": BelowPagesSitemap}


@read_only
@cache_control(public=True, max_age=600)
def sitemap_index(request: HttpRequest) -> HttpResponse:
    """The parts. Django's own index would name them by the host of the request, and caches would keep that."""
    items = []
    for section, sitemap_class in SECTIONS.items():
        parts = sitemap_class()
        address, changed = absolute(reverse("sitemap", args=[section])), parts.get_latest_lastmod()
        paginator = parts.paginator
        pages = [f"?p={number}" if number > 1 else "" for number in paginator.page_range]
        # A section of nothing is not named.
        if section == "pages" or paginator.count:
            items += [sitemap_views.SitemapIndexItem(f"{address}{page}", changed) for page in pages]
    return TemplateResponse(request, "sitemap_index.xml", {"sitemaps": items}, content_type="application/xml")


@read_only
@cache_control(public=True, max_age=600)
def sitemap(request: HttpRequest, section: str) -> HttpResponse:
    response = sitemap_views.sitemap(request, sitemaps=SECTIONS, section=section)
    # The newest change says nothing about what is gone; the ETag does.
    del response["Last-Modified"]
    return response
