"""Featured stories and press articles, and the list of them."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.rich_text import expand_db_html
from wagtail.search import index

from articles.cards import ArticleCard
from articles.citations import cite
from articles.querysets import ArticleQuerySet
from portal.blocks.body import BodyBlock
from portal.dates import office_day, refuse_date_ahead
from portal.listing import Filter
from portal.models import BasePage, ListPage
from portal.querysets import PageManager
from portal.seo import article_node
from portal.states import State

PARAGRAPH = re.compile(r"</?p(?:\s[^>]*)?>")
BETWEEN_PARAGRAPHS = re.compile(r"</p>\s*<p(?:\s[^>]*)?>")


class ArticleIndexPage(ListPage):
    """The list of all stories and press articles, by kind and year."""

    page_description = _("The list of all stories and press articles. There is one.")
    parent_page_types = ["home.HomePage"]
    subpage_types = ["articles.ArticlePage"]

    template = "articles/article_index_page.html"

    class Meta:
        verbose_name = _("list of articles")
        verbose_name_plural = _("lists of articles")

    def subject_filter(self) -> Filter:
        kinds = [(value, str(label)) for value, label in ArticlePage.Kind.choices]
        return Filter("kind", _("Kind"), _("Stories and press articles"), kinds, "kind")


class ArticlePage(BasePage):
    """A story of our own, or what the press wrote, with its citation."""

    class Kind(models.TextChoices):
        OWN = "own", _("Our story")
        PRESS = "press", _("Press article")

    page_description = _("A featured story, or a press article with its citation.")
    parent_page_types = ["articles.ArticleIndexPage"]
    subpage_types: list[str] = []
    open_graph_type = "article"

    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.OWN)
    date = models.DateField(_("date"), default=office_day, help_text=_("When we publish it; the newest stand first."))
    person = models.CharField(_("person"), max_length=120, blank=True, help_text=_("Whom the story is about."))
    state = models.CharField(_("State"), max_length=2, choices=State, blank=True)
    subtitle = models.CharField(
        _("line under the title"),
        max_length=255,
        blank=True,
        help_text=_("Printed as you type it. For a press article: its headline, in quotation marks."),
    )
    picture = models.ForeignKey(
        "portal.PortalImage",
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    picture_alt = models.CharField(
        _("text for people who don't see the picture"),
        max_length=255,
        blank=True,
        help_text=_("What the picture shows here. Empty: the description of the image itself."),
    )
    quote = models.TextField(_("quote"), blank=True, help_text=_("Without quotation marks: the page adds them."))
    attribution = models.CharField(
        _("who said it"), max_length=160, blank=True, help_text=_("May stay empty; then no dash is printed.")
    )
    lead = RichTextField(_("text"), help_text=_("What the home page shows: one or two paragraphs."))
    body = StreamField(BodyBlock(), verbose_name=_("more"), blank=True, help_text=_("The rest of the story."))
    citation_author = models.CharField(
        _("author"), max_length=160, blank=True, help_text=_("Last name first: Watson, Tennessee")
    )
    citation_title = models.CharField(
        _("title of the article"), max_length=255, blank=True, help_text=_("Without quotation marks around it.")
    )
    citation_outlet = models.CharField(_("newspaper or station"), max_length=160, blank=True)
    citation_date = models.DateField(_("date of the article"), null=True, blank=True)
    citation_url = models.URLField(_("address of the article"), max_length=500, blank=True)
    citation_text = RichTextField(
        _("citation in your own form"),
        blank=True,
        features=["italic", "link"],
        help_text=_("Leave empty: the page puts the citation together from the parts. A text here replaces that."),
    )
    link_text = models.CharField(_("words of the link"), max_length=80, default="Read the Article")

    content_panels = [
        *BasePage.content_panels,
        FieldRowPanel([FieldPanel("kind"), FieldPanel("date")]),
        FieldPanel("subtitle"),
        MultiFieldPanel([FieldPanel("picture"), FieldPanel("picture_alt")], _("Picture")),
        MultiFieldPanel([FieldPanel("quote"), FieldPanel("attribution")], _("Quote")),
        FieldPanel("lead"),
        FieldPanel("body"),
        MultiFieldPanel(
            [
                FieldPanel("citation_author"),
                FieldPanel("citation_title"),
                FieldRowPanel([FieldPanel("citation_outlet"), FieldPanel("citation_date")]),
                FieldPanel("citation_url"),
                FieldPanel("citation_text"),
                FieldPanel("link_text"),
            ],
            _("Press article"),
            help_text=_("Only for what the press wrote."),
        ),
        MultiFieldPanel([FieldPanel("person"), FieldPanel("state")], _("Whom it is about"), classname="collapsed"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("person"),
        index.SearchField("subtitle"),
        index.SearchField("lead"),
        index.SearchField("body"),
        index.SearchField("citation_title"),
        index.FilterField("date"),
        index.FilterField("kind"),
    ]

    template = "articles/article_page.html"

    objects = PageManager.from_queryset(ArticleQuerySet)()

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        indexes = [models.Index(fields=["-date", "-page_ptr"], name="article_newest_first")]

    @property
    def lead_text(self) -> str:
        return self.lead

    @property
    def social_image(self) -> Any:
        return super().social_image or (self.picture if self.picture_id else None)

    @property
    def picture_alt_text(self) -> str:
        return self.picture_alt or (self.picture.description if self.picture_id else "")

    @property
    def citation(self) -> SafeString:
        """The citation as safe HTML: the editor's own, or put together from the parts; "" without any."""
        if self.citation_text:
            html = BETWEEN_PARAGRAPHS.sub("<br>", expand_db_html(self.citation_text))
            # It stands in a paragraph already: the one that the editor adds by itself is taken off.
            return mark_safe(PARAGRAPH.sub("", html))  # noqa: S308 - cleaned by the editor
        return cite(
            self.citation_author, self.citation_title, self.citation_outlet, self.citation_date, self.citation_url
        )

    @property
    def link(self) -> str:
        """Where "Read the Article" leads: to the press, or to the rest of our own story; "" when there is none."""
        if self.citation_url:
            return self.citation_url
        return self.get_url() or "" if self.body else ""

    def card(self, list_url: str = "") -> ArticleCard:
        """What lists and the home page show."""
        return ArticleCard(
            title=self.title,
            url=self.get_url() or "",
            date=self.date,
            kind=str(self.get_kind_display()),
            summary=self.description,
            subtitle=self.subtitle,
            citation=self.citation,
            quote=self.quote,
            attribution=self.attribution,
            lead=mark_safe(expand_db_html(self.lead)),  # noqa: S308 - cleaned by the editor
            picture=self.picture.picture if self.picture_id else None,
            picture_alt=self.picture_alt_text,
            link=self.link,
            link_text=self.link_text,
        )

    def clean(self) -> None:
        super().clean()
        refuse_date_ahead(self.date, self.go_live_at)
        if self.kind == self.Kind.PRESS and not (self.citation_url or self.citation_text):
            raise ValidationError({"citation_url": _("A press article needs its address, or a citation.")})

    def schema_org_node(self, canonical: str, chrome: dict[str, Any]) -> dict[str, Any]:
        node = super().schema_org_node(canonical, chrome)
        return node | article_node("Article", self.title, self.date, chrome) | {"citation": self.citation_url}
