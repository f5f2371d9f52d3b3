"""Makes content for tests: small, published, and in its place in the tree unless a test says otherwise."""

from tests.factories.body import full_body
from tests.factories.bulk import bulk_articles, bulk_updates
from tests.factories.evidence import data_csv, import_file, imported, notes_csv, zipped
from tests.factories.impact import FigureFactory, SchoolYearFactory
from tests.factories.media import DocumentFactory, ImageFactory, picture_file
from tests.factories.pages import (
    ArticleIndexPageFactory,
    ArticlePageFactory,
    HomePageFactory,
    ImpactPageFactory,
    StandardPageFactory,
    TopicFactory,
    UpdateIndexPageFactory,
    UpdatePageFactory,
    full_evidence,
)
from tests.factories.site import full_settings, make_site
from tests.factories.users import UserFactory

__all__ = [
    "ArticleIndexPageFactory",
    "ArticlePageFactory",
    "DocumentFactory",
    "FigureFactory",
    "HomePageFactory",
    "ImageFactory",
    "ImpactPageFactory",
    "SchoolYearFactory",
    "StandardPageFactory",
    "TopicFactory",
    "UpdateIndexPageFactory",
    "UpdatePageFactory",
    "UserFactory",
    "bulk_articles",
    "bulk_updates",
    "data_csv",
    "full_body",
    "full_evidence",
    "full_settings",
    "import_file",
    "imported",
    "make_site",
    "notes_csv",
    "picture_file",
    "zipped",
]
