"""Latest Updates: dated notices and the list of them."""

from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import RichTextField, StreamField
from wagtail.rich_text import expand_db_html
from wagtail.search import index

from portal.blocks.body import BodyBlock
from portal.content_cache import remember
from portal.dates import office_day, refuse_date_ahead
from portal.listing import Filter
from portal.models import BasePage, ListPage, Topic
from portal.querysets import PageManager
from portal.seo import article_node
from updates.cards import UpdateCard
from updates.feeds import UpdateAtomFeed, UpdateRssFeed
from updates.querysets import UpdateQuerySet


class UpdateIndexPage(RoutablePageMixin, ListPage):
    """The list of all updates, by topic and year, with feeds."""

    page_description = _("The list of all updates. There is one.")
    parent_page_types = ["home.HomePage"]
    subpage_types = ["updates.UpdatePage"]

    template = "updates/update_index_page.html"

    class Meta:
        verbose_name = _("list of updates")
        verbose_name_plural = _("lists of updates")

    def get_route_paths(self) -> list[str]:
        return ["/", "/atom/", "/rss/"]

    def subject_filter(self) -> Filter:
        topics = remember("topics", lambda: list(Topic.objects.values_list("slug", "name")))
        return Filter("topic", _("Topic"), _("All topics"), topics, "topics__slug")

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        address, query = context["listing"].path, context["listing"].query
        return context | {"feeds": {name: f"{address}{name}/{query}" for name in ("atom", "rss")}}

    @path("atom/")
    def atom(self, request: HttpRequest) -> HttpResponse:
        return UpdateAtomFeed()(request, index_page=self)

    @path("rss/")
    def rss(self, request: HttpRequest) -> HttpResponse:
        return UpdateRssFeed()(request, index_page=self)


class UpdatePage(BasePage):
    """A dated notice: what changed, whom it affects, where to read more."""

    page_description = _("A short dated notice, listed under Latest Updates.")
    parent_page_types = ["updates.UpdateIndexPage"]
    subpage_types: list[str] = []
    open_graph_type = "article"

    date = models.DateField(
        _("date"), default=office_day, help_text=_("Printed beside the update; the newest stand first.")
    )
    lead = RichTextField(
        _("text"), help_text=_("What lists and the home page show, with its links. Two or three sentences.")
    )
    body = StreamField(
        BodyBlock(), verbose_name=_("more"), blank=True, help_text=_("Only if there is more to say, or a file to load.")
    )
    topics = ParentalManyToManyField(Topic, verbose_name=_("topics"), blank=True, related_name="updates")
    pinned_until = models.DateField(
        _("keep on top until"),
        null=True,
        blank=True,
        db_index=True,
        help_text=_("The last day on which the update stands first on the home page. Empty: it is not kept on top."),
    )

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("date"),
        FieldPanel("lead"),
        FieldPanel("body"),
        MultiFieldPanel([FieldPanel("topics"), FieldPanel("pinned_until")], _("Where it is shown")),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("lead"),
        index.SearchField("body"),
        index.FilterField("date"),
    ]

    template = "updates/update_page.html"

    objects = PageManager.from_queryset(UpdateQuerySet)()

    class Meta:
        verbose_name = _("update")
        verbose_name_plural = _("updates")
        # The order of every list, so that a page of it is read without sorting.
        indexes = [models.Index(fields=["-date", "-page_ptr"], name="update_newest_first")]

    @property
    def lead_text(self) -> str:
        return self.lead

    def topic_links(self, list_url: str) -> list[dict[str, str]]:
        """Name and address of each topic; the address is that of the list, filtered."""
        return [{"name": topic.name, "url": f"{list_url}?topic={topic.slug}"} for topic in self.topics.all()]

    def card(self, list_url: str = "") -> UpdateCard:
        """What a list shows; with its topics if the address of the list is given."""
        return UpdateCard(
            title=self.title,
            url=self.get_url() or "",
            date=self.date,
            lead=mark_safe(expand_db_html(self.lead)),  # noqa: S308 - cleaned by the editor
            topics=self.topic_links(list_url) if list_url else [],
            pinned_until=self.pinned_until,
        )

    def clean(self) -> None:
        super().clean()
        refuse_date_ahead(self.date, self.go_live_at)

    def schema_org_node(self, canonical: str, chrome: dict[str, Any]) -> dict[str, Any]:
        node = super().schema_org_node(canonical, chrome)
        return node | article_node("NewsArticle", self.title, self.date, chrome)

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        list_url = context["breadcrumbs"][-1]["url"] if context["breadcrumbs"] else ""
        return context | {"topics": self.topic_links(list_url)}
