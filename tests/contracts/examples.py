"""A minimal and a full page of every type. A new type gets its two lines here, or its contracts fail."""

from collections.abc import Callable

from django.apps import apps

from articles.models import ArticleIndexPage, ArticlePage
from home.models import FeaturedStory, HomePage
from impact.models import ImpactPage
from portal.models import BasePage, StandardPage
from tests import factories
from updates.models import UpdateIndexPage, UpdatePage

Maker = Callable[[], BasePage]


def page_types() -> list[type[BasePage]]:
    """Every concrete page type of the portal."""
    return [model for model in apps.get_models() if issubclass(model, BasePage)]


def full_home() -> HomePage:
    """The home page with everything on it; it is the site's own, since a site has one."""
    home = HomePage.objects.get()
    home.school_year = factories.SchoolYearFactory(full=True)
    home.hero_image = factories.ImageFactory()
    home.save()
    stories = [
        factories.ArticlePageFactory(full=True),
        factories.ArticlePageFactory(),
        factories.ArticlePageFactory(press=True),
    ]
    for position, story in enumerate(stories):
        FeaturedStory.objects.create(page=home, article=story, sort_order=position)
    factories.UpdatePageFactory(full=True)
    factories.UpdatePageFactory.create_batch(5)
    factories.full_settings()
    return home


def full_updates() -> UpdateIndexPage:
    """More updates than one page shows, one with everything in it."""
    factories.full_settings()
    factories.bulk_updates(11)
    factories.UpdatePageFactory(full=True)
    index = UpdateIndexPage.objects.get()
    index.intro = "<p>What is <b>new</b> in the program.</p>"
    index.save()
    return index


def full_articles() -> ArticleIndexPage:
    factories.full_settings()
    factories.bulk_articles(11)
    factories.ArticlePageFactory(full=True)
    index = ArticleIndexPage.objects.get()
    index.intro = "<p>Stories of migratory youth.</p>"
    index.save()
    return index


def full_standard() -> StandardPage:
    """A section with pages below it."""
    factories.full_settings()
    page = factories.StandardPageFactory(full=True)
    factories.StandardPageFactory(parent=page, summary="One below.")
    factories.StandardPageFactory(parent=page)
    return StandardPage.objects.get(pk=page.pk)


def full_impact() -> ImpactPage:
    """Charts, tables and notes, with a school year that shows imported rows."""
    factories.full_settings()
    factories.SchoolYearFactory(start=2021, figures_from="rows")
    return factories.ImpactPageFactory(full=True)


def in_frame(factory: type) -> Maker:
    """A full page in a full frame."""

    def make() -> BasePage:
        factories.full_settings()
        return factory(full=True)

    return make


MINIMAL: dict[type[BasePage], Maker] = {
    HomePage: HomePage.objects.get,
    UpdateIndexPage: UpdateIndexPage.objects.get,
    UpdatePage: factories.UpdatePageFactory,
    ArticleIndexPage: ArticleIndexPage.objects.get,
    ArticlePage: factories.ArticlePageFactory,
    ImpactPage: factories.ImpactPageFactory,
    StandardPage: factories.StandardPageFactory,
}
FULL: dict[type[BasePage], Maker] = {
    HomePage: full_home,
    UpdateIndexPage: full_updates,
    UpdatePage: in_frame(factories.UpdatePageFactory),
    ArticleIndexPage: full_articles,
    ArticlePage: in_frame(factories.ArticlePageFactory),
    ImpactPage: full_impact,
    StandardPage: full_standard,
}
EXAMPLES = [(size, model) for model in page_types() for size in ("minimal", "full")]


def make_example(size: str, model: type[BasePage]) -> BasePage:
    row = (MINIMAL if size == "minimal" else FULL).get(model)
    assert row, f"{model.__name__} is new: give it a {size} example in tests/contracts/examples.py"
    return row()
