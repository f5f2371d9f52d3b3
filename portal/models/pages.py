"""What every page of the portal has, and the page for everything without a type of its own."""

from datetime import datetime
from html import unescape
from http import HTTPMethod
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.functional import cached_property
from django.utils.html import strip_tags
from django.utils.text import Truncator
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page, PagePermissionTester, PageViewRestriction
from wagtail.search import index

from portal import errors
from portal.blocks.body import BodyBlock
from portal.chrome import chrome_for, languages_of
from portal.content_cache import unremembered
from portal.models.permissions import BasePermissionTester
from portal.querysets import PageManager
from portal.seo import breadcrumb_node, iso, seo_for

DESCRIPTION_LENGTH = 160


class BasePage(Page):
    """The fields and habits that all pages share."""

    page_description = ""
    open_graph_type = "website"
    # The group Editor may publish below pages of this type.
    is_published_by_editors = False

    allowed_http_methods = [HTTPMethod.GET, HTTPMethod.HEAD, HTTPMethod.OPTIONS]

    summary = models.TextField(
        _("summary"),
        max_length=300,
        blank=True,
        help_text=_("One or two sentences for lists, feeds, search engines and shared links."),
    )
    listing_image = models.ForeignKey(
        "portal.PortalImage",
        verbose_name=_("picture in lists"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Shown where the page is listed or shared."),
    )
    review_by = models.DateField(
        _("review by"), null=True, blank=True, help_text=_("When somebody should check that the page still holds.")
    )

    promote_panels = [
        MultiFieldPanel([FieldPanel("summary"), FieldPanel("listing_image")], _("In lists and shared links")),
        MultiFieldPanel(["slug", "seo_title", "search_description"], _("For search engines")),
        MultiFieldPanel([FieldPanel("show_in_menus")], _("For site menus")),
    ]
    settings_panels = [*Page.settings_panels, FieldPanel("review_by")]
    search_fields = [*Page.search_fields, index.SearchField("summary"), index.FilterField("review_by")]

    objects = PageManager()

    # Set by routing, which has read them on the way to this page.
    route_ancestors: list[Page] | None = None

    class Meta:
        abstract = True

    @cached_property
    def ancestor_pages(self) -> list[Page]:
        """The pages above this one from the home page on, without the invisible root."""
        if self.route_ancestors is not None:
            return self.route_ancestors
        return list(self.get_ancestors().filter(depth__gt=1)) if self.pk else []

    @cached_property
    def breadcrumbs(self) -> list[dict[str, str]]:
        now = timezone.now()
        return [
            {"title": page.title, "url": page.get_url() or "/"}
            for page in self.ancestor_pages
            if page.live and (page.expire_at is None or page.expire_at > now)
        ]

    @property
    def changed_at(self) -> datetime | None:
        """When what the page shows changed last."""
        return self.last_published_at

    @property
    def lead_text(self) -> str:
        """The rich text that says best what the page is about; a type with one names it."""
        return ""

    @property
    def description(self) -> str:
        """A plain sentence or two; never empty, since lists, feeds and search engines all ask for it."""
        text = self.search_description or self.summary or unescape(strip_tags(self.lead_text.replace("</p>", " ")))
        return Truncator(" ".join(text.split()) or self.title).chars(DESCRIPTION_LENGTH)

    @property
    def social_image(self) -> Any:
        return self.listing_image if self.listing_image_id else None

    def schema_org(self, canonical: str, chrome: dict[str, Any]) -> list[dict[str, Any]]:
        """Nodes in the terms of https://schema.org."""
        nodes = [self.schema_org_node(canonical, chrome)]
        if self.breadcrumbs:
            nodes.append(breadcrumb_node(self.breadcrumbs, self.title, canonical))
        return nodes

    def schema_org_node(self, canonical: str, chrome: dict[str, Any]) -> dict[str, Any]:
        return {
            "@type": "WebPage",
            "name": self.title,
            "description": self.description,
            "url": canonical,
            "dateModified": iso(self.changed_at),
            "inLanguage": get_language(),
        }

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict[str, Any]:
        chrome = chrome_for(request)
        # A site in one language asks nobody for translations.
        languages = languages_of(self) if chrome["languages"] else []
        return super().get_context(request, *args, **kwargs) | {
            "chrome": chrome,
            "breadcrumbs": self.breadcrumbs,
            "languages": languages or chrome["languages"],
            "seo": seo_for(self, request, chrome, languages),
        }

    def make_preview_request(self, *args, **kwargs) -> HttpResponse:
        with unremembered():
            return super().make_preview_request(*args, **kwargs)

    def addresses_below(self) -> dict[str, datetime | None]:
        """Paths below this page that aren't pages of the tree, with their last change, for the sitemap."""
        return {}

    def permissions_for_user(self, user: AbstractUser) -> PagePermissionTester:
        return BasePermissionTester(user, self)

    def get_view_restrictions(self) -> models.QuerySet:
        """Restrictions on this page or one above it; an alias is as private as the page that it shows."""
        pages = [self, *self.ancestor_pages]
        pages += [page.alias_of for page in pages if page.alias_of_id]
        step = self.steplen
        paths = {page.path[:end] for page in pages for end in range(step, len(page.path) + 1, step)}
        return PageViewRestriction.objects.filter(page__path__in=paths)

    def serve_password_required_response(self, request: HttpRequest, form: Form, action_url: str) -> HttpResponse:
        """The form alone: Wagtail's own would be given all that the page's context says of the page."""
        context = {"form": form, "action_url": action_url}
        response = TemplateResponse(request, settings.WAGTAIL_PASSWORD_REQUIRED_TEMPLATE, context)
        add_never_cache_headers(response)
        return response

    def check_request_method(self, request: HttpRequest, *args, **kwargs) -> HttpResponse | None:
        """None for a method that the page answers, else 405 with a page that says so."""
        if super().check_request_method(request, *args, **kwargs) is None:
            return None
        return errors.method_not_allowed(request, self.allowed_http_method_names())


class StandardPage(BasePage):
    """A page of text: about, legislation, resources, privacy."""

    page_description = _("A page of text, with pictures, tables, files and links.")
    parent_page_types = ["home.HomePage", "portal.StandardPage"]
    subpage_types = ["portal.StandardPage"]

    intro = RichTextField(_("introduction"), blank=True, help_text=_("The first paragraph, set larger."))
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("intro"), FieldPanel("body")]
    search_fields = [*BasePage.search_fields, index.SearchField("intro"), index.SearchField("body")]

    template = "portal/standard_page.html"

    class Meta:
        verbose_name = _("standard page")
        verbose_name_plural = _("standard pages")

    @property
    def lead_text(self) -> str:
        return self.intro

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict[str, Any]:
        return super().get_context(request, *args, **kwargs) | {"children": self._published_children()}

    def _published_children(self) -> list[dict[str, str]]:
        """Title, address and summary of each page below this one that may be seen, for cards."""
        if not self.pk or self.numchild == 0:
            return []
        children = StandardPage.objects.child_of(self).published().order_by("path").defer_streamfields()
        return [{"title": page.title, "url": page.get_url(), "text": page.summary} for page in children]
