"""Pages of every type. `full=True` fills every field that a page of the type can show."""

from datetime import UTC, date, datetime

import factory
import wagtail_factories
from django.utils import timezone
from wagtail.models import Locale, Page

from articles.models import ArticleIndexPage, ArticlePage
from home.models import HomePage
from impact.models import ImpactPage, Measure
from portal.models import BasePage, StandardPage, Topic
from tests.factories.body import full_body
from tests.factories.evidence import imported, notes_csv
from tests.factories.impact import SchoolYearFactory
from tests.factories.media import ImageFactory
from updates.models import UpdateIndexPage, UpdatePage

PUBLISHED_AT = datetime(2024, 3, 5, 14, 30, tzinfo=UTC)


def main(model: type[Page]) -> Page:
    """The one page of a type in the main language, which others stand below."""
    return model.objects.get(locale=Locale.get_default())


class TopicFactory(factory.django.DjangoModelFactory):
    name = factory.Sequence(lambda number: f"Topic {number}")
    slug = factory.Sequence(lambda number: f"topic-{number}")

    class Meta:
        model = Topic


class BasePageFactory(wagtail_factories.PageFactory):
    """What all page factories share; the parent is the one place where the type belongs."""

    first_published_at = PUBLISHED_AT
    last_published_at = PUBLISHED_AT

    class Meta:
        abstract = True
        model = BasePage


FULL_BASE = {
    "summary": "A summary in one sentence.",
    "search_description": "What search engines show.",
    "seo_title": "A title for search engines",
    "listing_image": factory.SubFactory(ImageFactory),
    "review_by": date(2030, 1, 1),
    "show_in_menus": True,
}


class HomePageFactory(BasePageFactory):
    parent = factory.LazyFunction(Page.get_first_root_node)
    title = "RESULTS"
    slug = factory.Sequence(lambda number: f"home-{number}")
    goal = "<p>The goal is that all migratory students reach high standards and graduate.</p>"

    class Meta:
        model = HomePage

    class Params:
        full = factory.Trait(
            **FULL_BASE,
            hero_image=factory.SubFactory(ImageFactory),
            school_year=factory.SubFactory(SchoolYearFactory, full=True),
        )


class UpdateIndexPageFactory(BasePageFactory):
    parent = factory.LazyFunction(lambda: main(HomePage))
    title = "Latest Updates"
    slug = "updates"

    class Meta:
        model = UpdateIndexPage

    class Params:
        full = factory.Trait(**FULL_BASE, intro="<p>What is new in the program.</p>")


class UpdatePageFactory(BasePageFactory):
    parent = factory.LazyFunction(lambda: main(UpdateIndexPage))
    title = factory.Sequence(lambda number: f"Update {number}")
    date = factory.Sequence(lambda number: date(2020 + number % 5, 1 + number % 12, 1 + number % 28))
    lead = "<p>Something changed.</p>"

    class Meta:
        model = UpdatePage

    class Params:
        full = factory.Trait(
            **FULL_BASE,
            body=factory.LazyFunction(full_body),
            topics=factory.LazyFunction(lambda: [TopicFactory(), TopicFactory()]),
            pinned_until=factory.LazyFunction(timezone.localdate),
        )


class ArticleIndexPageFactory(BasePageFactory):
    parent = factory.LazyFunction(lambda: main(HomePage))
    title = "Stories and articles"
    slug = "articles"

    class Meta:
        model = ArticleIndexPage

    class Params:
        full = factory.Trait(**FULL_BASE, intro="<p>Stories of migratory youth.</p>")


class ArticlePageFactory(BasePageFactory):
    parent = factory.LazyFunction(lambda: main(ArticleIndexPage))
    title = factory.Sequence(lambda number: f"Article {number}")
    date = factory.Sequence(lambda number: date(2020 + number % 5, 1 + number % 12, 1 + number % 28))
    lead = "<p>A story.</p>"

    class Meta:
        model = ArticlePage

    class Params:
        press = factory.Trait(
            kind=ArticlePage.Kind.PRESS,
            subtitle="“A Family Grows Plans”",
            citation_author="Rivers, Ada",
            citation_title="A Family Grows Plans",
            citation_outlet="The Valley Courier",
            citation_date=date(2018, 8, 29),
            citation_url="https://courier.example/plans",
        )
        full = factory.Trait(
            **FULL_BASE,
            press=True,
            body=factory.LazyFunction(full_body),
            person="Ada Rivers",
            state="ND",
            picture=factory.SubFactory(ImageFactory, credit="Photo: a friend"),
            picture_alt="A student reads under a tree",
            quote="I want to study.",
            attribution="Ada Rivers",
        )


def full_evidence() -> list[dict]:
    """The content of a full page of figures, over two imported years with States, a symbol and data notes."""
    values = {"UNDER3": "10", "3TO5NOTK": "20", "KG": "30", "UG": "5", "OOS": "n<10", "MISSING": "†", "ALL": "65"}
    states = {"UNITED STATES": "634", "ALABAMA": "634", "GUAM": "635"}
    imported(
        [
            {"School Year": year, "State": state, "Data Group": group, "Age/Grade": band, "Value": value}
            for year in ("2019-2020", "2020-2021", "2021-2022")
            for state, group in states.items()
            for band, value in values.items()
        ]
    )
    imported(notes_csv([{"State": "ALL STATES", "School Year": "2020-2021, 2021-2022"}]), name="notes.csv")
    measure = Measure.objects.get(slug="eligible").pk
    blocks = [
        {"type": "text", "value": "<p>What the figures show.</p>"},
        {"type": "newest_year", "value": {"more": True}},
        {"type": "trend", "value": {"heading": "Over the years", "measure": measure, "bands": ["3TO5NOTK", "ALL"]}},
        {"type": "trend", "value": {"heading": "In all", "measure": measure, "bands": []}},
        {"type": "states", "value": {"heading": "State by State", "measure": measure}},
    ]
    return ImpactPage.content.field.stream_block.to_python(blocks)


class ImpactPageFactory(BasePageFactory):
    parent = factory.LazyFunction(lambda: main(HomePage))
    title = "Our Impact"
    slug = "impact"

    class Meta:
        model = ImpactPage

    class Params:
        full = factory.Trait(**FULL_BASE, intro="<p>All figures.</p>", content=factory.LazyFunction(full_evidence))


class StandardPageFactory(BasePageFactory):
    parent = factory.LazyFunction(lambda: main(HomePage))
    title = factory.Sequence(lambda number: f"Standard page {number}")

    class Meta:
        model = StandardPage

    class Params:
        full = factory.Trait(**FULL_BASE, intro="<p>What this page is about.</p>", body=factory.LazyFunction(full_body))
