"""The home page: what it shows of a story or an update belongs to the story or update."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable
from wagtail.search import index

from articles.models import ArticleIndexPage, ArticlePage
from impact.models import ImpactPage, SchoolYear
from portal.content_cache import remember
from portal.models import BasePage
from portal.seo import absolute, image_address
from updates.models import UpdateIndexPage, UpdatePage


class HomePage(BasePage):
    """The first page: strap line, figures, goal, stories, updates."""

    page_description = _("The first page of the site. There is one.")
    parent_page_types = ["wagtailcore.Page"]
    max_count = 1

    hero_lead_in = models.CharField(
        _("lead-in"), max_length=80, help_text=_("Small, above."), default="Collaboration & Coordination To"
    )
    hero_emphasis = models.CharField(_("emphasis"), max_length=80, help_text=_("Large."), default="Achieve Results")
    hero_tail = models.CharField(
        _("tail"), max_length=80, help_text=_("Small, below."), default="For Migrant Education"
    )
    hero_image = models.ForeignKey(
        "portal.PortalImage",
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("A wide, calm picture. It is decoration: the strap line is readable without it."),
    )
    school_year = models.ForeignKey(
        "impact.SchoolYear",
        verbose_name=_("school year"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Whose figures are shown. Empty: the newest school year that is published."),
    )
    goal = RichTextField(_("goal of the program"), help_text=_("A paragraph on the goal and on this site."))
    update_count = models.PositiveSmallIntegerField(
        _("number of updates"),
        default=5,
        choices=[(number, number) for number in range(1, 11)],
        help_text=_("So many of the newest are shown; those kept on top come first."),
    )

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("hero_lead_in"),
                FieldPanel("hero_emphasis"),
                FieldPanel("hero_tail"),
                FieldPanel("hero_image"),
            ],
            _("Strap line, in three parts"),
        ),
        FieldPanel("school_year", heading=_("Our Impact")),
        FieldPanel("goal"),
        InlinePanel("featured", heading=_("Featured stories"), label=_("story"), max_num=3),
        FieldPanel("update_count", heading=_("Latest Updates")),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("goal")]

    template = "home/home_page.html"

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    @property
    def lead_text(self) -> str:
        return self.goal

    @property
    def social_image(self) -> Any:
        return self.hero_image if self.hero_image_id else super().social_image

    def shown_year(self) -> SchoolYear | None:
        """The chosen school year if it may be seen, else the newest that may."""
        years = SchoolYear.objects.published().newest()
        if self.school_year_id:
            years = years.order_by(models.Case(models.When(pk=self.school_year_id, then=0), default=1), "-start")
        return years.first()

    def stories(self) -> list[ArticlePage]:
        """The featured stories that may be seen, in the editor's order, translated where they are."""
        # A story that was chosen twice is shown once.
        order = list(dict.fromkeys(item.article_id for item in self.featured.all()))
        published = ArticlePage.objects.published().with_cards()
        chosen = published.in_bulk(order)
        keys = [article.translation_key for article in chosen.values()]
        translated = {
            article.translation_key: article
            for article in published.in_language(self.locale_id).filter(translation_key__in=keys)
        }
        return [translated.get(chosen[key].translation_key, chosen[key]) for key in order if key in chosen]

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict[str, Any]:
        shown = remember(f"home-{self.pk}", self.collect)
        self.hero_image = shown["hero_image"]
        return super().get_context(request, *args, **kwargs) | shown

    def collect(self) -> dict[str, Any]:
        """What the page shows of others, as values that a cache can keep until content changes."""
        year = self.shown_year()
        updates = UpdatePage.objects.in_language(self.locale_id).pinned_first(self.update_count)
        return {
            **(year.shown() if year else {"year": None}),
            "hero_image": self.hero_image,
            "stories": [article.card() for article in self.stories()],
            "updates": [update.card() for update in updates],
            "impact_url": self._address_of(ImpactPage),
            "update_index_url": self._address_of(UpdateIndexPage),
            "article_index_url": self._address_of(ArticleIndexPage),
        }

    def _address_of(self, model: type[BasePage]) -> str:
        """The address of the only page of its type in this language, "" where there is none."""
        page = model.objects.in_language(self.locale_id).published().first()
        return page.get_url() or "" if page else ""

    def schema_org(self, canonical: str, chrome: dict[str, Any]) -> list[dict[str, Any]]:
        organisation = {
            "@type": "GovernmentOrganization",
            "@id": f"{absolute('/')}#organisation",
            "name": chrome["organisation"] or chrome["site_name"],
            "url": absolute("/"),
            "logo": image_address(chrome["social_image"]),
            "parentOrganization": [
                {"@type": "GovernmentOrganization", "name": agency["name"], "url": agency["url"]}
                for agency in chrome["agencies"]
            ],
        }
        site = {
            "@type": "WebSite",
            "name": chrome["site_name"],
            "url": absolute("/"),
            "description": self.description,
            "publisher": {"@type": "GovernmentOrganization", "@id": organisation["@id"], "name": organisation["name"]},
        }
        return [site, organisation]


class FeaturedStory(Orderable):
    """A story on the home page, at its place in the order."""

    page = ParentalKey(HomePage, related_name="featured", on_delete=models.CASCADE)
    article = models.ForeignKey(
        ArticlePage, verbose_name=_("article"), related_name="featured_on", on_delete=models.CASCADE
    )

    panels = [FieldPanel("article")]

    class Meta(Orderable.Meta):
        verbose_name = _("featured story")
        verbose_name_plural = _("featured stories")

    def __str__(self) -> str:
        return self.article.title
