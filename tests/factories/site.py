"""The frame that every test stands in: the tree down to the lists, the groups, the settings."""

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Collection, Locale, Page, Site

from home.models import HomePage
from portal.models import SiteSettings
from portal.roles import ensure_roles
from tests.factories.media import ImageFactory
from tests.factories.pages import (
    ArticleIndexPageFactory,
    HomePageFactory,
    StandardPageFactory,
    UpdateIndexPageFactory,
)


def make_site() -> Site:
    """The default site with home page, both lists and the groups; what is there already is kept."""
    root = _wagtail_root()
    if not HomePage.objects.exists():
        home = HomePageFactory(slug="results")
        Site.objects.update_or_create(is_default_site=True, defaults={"hostname": "localhost", "root_page": home})
        root.get_children().exclude(pk=home.pk).delete()
        UpdateIndexPageFactory(show_in_menus=True)
        ArticleIndexPageFactory(show_in_menus=True)
    ensure_roles()
    return Site.objects.get(is_default_site=True)


def _wagtail_root() -> Page:
    """What Wagtail's migrations make; a test on a live server has it flushed away at its end."""
    Locale.objects.get_or_create(language_code="en")
    if not Collection.objects.exists():
        Collection.add_root(name="Root")
    if not Page.objects.exists():
        content_type = ContentType.objects.get_for_model(Page)
        Page.add_root(title="Root", slug="root", content_type=content_type, url_path="/")
    return Page.get_first_root_node()


def full_settings(**fields) -> SiteSettings:
    """Settings of the default site with everything in them that the frame can show."""
    about = StandardPageFactory(title="About the office", slug="about-the-office")
    values = {
        "site_name": "RESULTS",
        "tagline": "Coordination for migratory students",
        "organisation": "Office of Migrant Education",
        "is_government_site": True,
        "agencies": [("agency", {"name": "Department", "url": "https://agency.example/", "logo": ImageFactory()})],
        "contact_email": "office@results.test",
        "contact_phone": "202 555 0100",
        "contact_address": "1 Main Street\nWashington, D.C.",
        "contact_page": about,
        "required_links": [("link", {"title": "Privacy", "page": None, "url": "https://agency.example/privacy"})],
        "footer_columns": [("column", {"heading": "More", "links": [{"title": "", "page": about, "url": ""}]})],
        "social_image": ImageFactory(),
        "alert_kind": SiteSettings.AlertKind.WARNING,
        "alert_heading": "Office closed",
        "alert_text": "<p>We are back on <b>Monday</b>.</p>",
    }
    site = Site.objects.get(is_default_site=True)
    return SiteSettings.objects.update_or_create(site=site, defaults=values | fields)[0]
