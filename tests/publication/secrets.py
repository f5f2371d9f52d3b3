"""Pages that are shown in as many places as their type can be, and the ways in which they can be hidden."""

from collections.abc import Callable
from datetime import date, timedelta

from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from articles.models import ArticleIndexPage, ArticlePage
from home.models import FeaturedStory, HomePage
from portal.models import BasePage, StandardPage
from tests import factories
from updates.models import UpdateIndexPage, UpdatePage

# What must not be seen: a word that is in the title, address and text of the page, and the one year that it is from.
WORD = "zanzibar"
YEAR = "1987"
TEXTS = {"title": "Zanzibar", "slug": WORD, "summary": "All of Zanzibar.", "search_description": "Zanzibar!"}


def secret_update() -> UpdatePage:
    """An update on top of the home page, alone under its topic and year."""
    topic = factories.TopicFactory(slug="islands")
    return factories.UpdatePageFactory(
        **TEXTS, lead="<p>Zanzibar it is.</p>", date=date(1987, 5, 4), pinned_until=timezone.localdate(), topics=[topic]
    )


def secret_article() -> ArticlePage:
    """A story featured on the home page, alone in its year."""
    article = factories.ArticlePageFactory(**TEXTS, lead="<p>Zanzibar it was.</p>", date=date(1987, 5, 4))
    FeaturedStory.objects.create(page=HomePage.objects.get(), article=article, sort_order=0)
    return article


def secret_section() -> StandardPage:
    """A section in the menu, the footer and the contact, with a page below it."""
    page = factories.StandardPageFactory(**TEXTS, intro="<p>Zanzibar.</p>", show_in_menus=True)
    factories.full_settings(
        contact_page=page,
        required_links=[("link", {"title": "A required link", "page": page, "url": ""})],
        footer_columns=[
            ("column", {"heading": "More", "links": [{"title": "In the footer", "page": page, "url": ""}]})
        ],
    )
    return page


def secret_subpage() -> StandardPage:
    """A page below another, which lists it."""
    return factories.StandardPageFactory(**TEXTS, parent=factories.StandardPageFactory(slug="section"))


SECRETS = {
    "update": secret_update,
    "article": secret_article,
    "section": secret_section,
    "subpage": secret_subpage,
}


def link_to(page: Page) -> None:
    """Other pages, whose own words say nothing of the secret, link to it."""
    link = f'<p>See <a linktype="page" id="{page.pk}">over there</a>.</p>'
    home = HomePage.objects.get()
    home.goal = link
    home.save()
    factories.StandardPageFactory(
        slug=f"neighbour-{page.pk}",
        intro=link,
        body=[
            ("paragraph", link),
            ("callout", {"kind": "info", "heading": "", "text": link}),
            ("accordion", {"items": [{"title": "Where?", "text": link}]}),
            ("links", {"heading": "", "links": [{"title": "There", "page": page, "url": "", "description": ""}]}),
            ("links", {"heading": "", "links": [{"title": "", "page": page, "url": "", "description": ""}]}),
        ],
    )
    factories.UpdatePageFactory(slug=f"neighbour-{page.pk}", lead=link)
    factories.ArticlePageFactory(slug=f"neighbour-{page.pk}", lead=link)


def restrict(page: Page, kind: str) -> PageViewRestriction:
    restriction = PageViewRestriction.objects.create(page_id=page.pk, restriction_type=kind, password="open sesame")
    if kind == PageViewRestriction.GROUPS:
        restriction.groups.add(Group.objects.get(name="Manager"))
    return restriction


def close_section(page: BasePage) -> PageViewRestriction:
    """A password on the page above; on the page itself where that is the home page."""
    parent = page.get_parent()
    return restrict(parent if parent.depth > 2 else page, PageViewRestriction.PASSWORD)


def set_expired(page: BasePage) -> None:
    """Its time is over, and the clock command has not run since."""
    Page.objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(seconds=1))


def set_scheduled(page: BasePage) -> None:
    page.unpublish()
    page.go_live_at = timezone.now() + timedelta(hours=1)
    page.save_revision().publish()


HIDDEN = {
    "unpublished": lambda page: page.unpublish(),
    "scheduled": set_scheduled,
    "expired": set_expired,
}
PRIVATE = {
    "password": lambda page: restrict(page, PageViewRestriction.PASSWORD),
    "login": lambda page: restrict(page, PageViewRestriction.LOGIN),
    "groups": lambda page: restrict(page, PageViewRestriction.GROUPS),
    "section with a password": close_section,
}
WAYS: dict[str, Callable[[BasePage], object]] = HIDDEN | PRIVATE


def addresses() -> list[str]:
    """All that a visitor could read, the secret's own address aside."""
    pages = Page.objects.filter(depth__gt=1, live=True).exclude(slug=WORD)
    below = [f"/updates/{rest}" for rest in ("atom/", "rss/", "?topic=islands", "?year=2024", "atom/?topic=islands")]
    machines = ["/sitemap.xml", "/sitemap-pages.xml", "/robots.txt", "/.well-known/security.txt", "/nowhere/"]
    return [*(page.get_url() for page in pages), *below, "/articles/?kind=own", "/articles/?kind=press", *machines]


def leaks(client: Client) -> list[str]:
    """Where a visitor meets the secret, or the year that only the secret is from."""
    found = []
    for address in addresses():
        response = client.get(address)
        body = response.content.decode().lower()
        if WORD in body or f'value="{YEAR}"' in body:
            found.append(address)
    return found


def index_of(page: BasePage) -> BasePage:
    return (UpdateIndexPage if isinstance(page, UpdatePage) else ArticleIndexPage).objects.get()
