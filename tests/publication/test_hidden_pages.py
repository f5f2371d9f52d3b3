"""A page that is not public is seen nowhere: in no list, feed, sitemap, menu, breadcrumb, story or link."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from home.models import FeaturedStory, HomePage
from portal.models import BasePage
from tests import factories
from tests.publication.secrets import HIDDEN, SECRETS, WAYS, WORD, YEAR, index_of, leaks, link_to, restrict, set_expired


@pytest.fixture
def secrets(site) -> list[BasePage]:
    """One page of each kind, shown wherever it can be; other pages link to the one that is an update."""
    pages = [make() for make in SECRETS.values()]
    link_to(pages[0])
    return pages


def test_public_pages_are_seen_wherever_they_belong(client: Client, secrets: list[BasePage]) -> None:
    """The same search finds pages that are public, so it would find one that leaks."""
    lists = {"/", "/updates/", "/updates/atom/", "/updates/rss/", "/updates/?topic=islands", "/articles/", "/section/"}
    number = secrets[0].pk
    linking = {f"/neighbour-{number}/", f"/updates/neighbour-{number}/", f"/articles/neighbour-{number}/"}
    assert set(leaks(client)) >= lists | linking | {"/articles/?kind=own", "/sitemap-pages.xml", "/nowhere/"}


@pytest.mark.parametrize("way", WAYS)
def test_pages_that_are_not_public_are_seen_nowhere(client: Client, secrets: list[BasePage], way: str) -> None:
    for page in secrets:
        WAYS[way](page)
    assert leaks(client) == []


@pytest.mark.parametrize("way", HIDDEN)
def test_address_of_a_hidden_page_is_a_page_not_found(client: Client, secrets: list[BasePage], way: str) -> None:
    addresses = [page.get_url() for page in secrets]
    assert [client.get(address).status_code for address in addresses] == [200] * len(secrets)
    for page in secrets:
        HIDDEN[way](page)
    # What expires by the clock may stand in a menu for another minute.
    cache.clear()
    for address in addresses:
        response = client.get(address)
        assert response.status_code == 404
        assert WORD not in response.content.decode().lower()


def test_page_that_was_never_published_is_seen_nowhere(client: Client, update_index) -> None:
    page = factories.UpdatePageFactory(title="Zanzibar", slug=WORD, live=False)
    page.save_revision()
    assert client.get(f"/updates/{WORD}/").status_code == 404
    assert leaks(client) == []


def test_draft_of_a_public_page_is_not_seen(client: Client, committing) -> None:
    page = factories.UpdatePageFactory(title="Public title")
    page.title, page.lead, page.slug = "Zanzibar", "<p>Zanzibar</p>", WORD
    with committing():
        page.save_revision()
    assert leaks(client) == []
    assert "Public title" in client.get("/updates/").content.decode()


def test_page_below_a_draft_has_no_trace_of_it_in_its_breadcrumbs(client: Client) -> None:
    section = SECRETS["section"]()
    factories.StandardPageFactory(parent=section, slug="below", title="Below")
    section.unpublish()
    response = client.get(f"/{WORD}/below/")
    assert response.status_code == 200
    body = response.content.decode().replace(f"/{WORD}/below/", "")
    assert WORD not in body.lower()


def test_page_below_an_expired_one_has_no_trace_of_it_in_its_breadcrumbs(client: Client) -> None:
    section = SECRETS["section"]()
    factories.StandardPageFactory(parent=section, slug="below", title="Below")
    set_expired(section)
    body = client.get(f"/{WORD}/below/").content.decode().replace(f"/{WORD}/below/", "")
    assert WORD not in body.lower()


@pytest.mark.parametrize("way", HIDDEN)
def test_redirect_to_a_hidden_page_is_not_found(client: Client, way: str) -> None:
    page = SECRETS["update"]()
    Redirect.add_redirect("/old-place", redirect_to=page, is_permanent=True)
    Redirect.add_redirect("/elsewhere", redirect_to="https://www.ed.gov/", is_permanent=True)
    ways = ["/old-place/", "/old-place/?from=mail"]
    assert {client.get(address).url.partition("?")[0] for address in ways} == {f"/updates/{WORD}/"}
    HIDDEN[way](page)
    assert {client.get(address).status_code for address in ways} == {404}
    assert client.get("/elsewhere").url == "https://www.ed.gov/"


@pytest.mark.parametrize("name", ["update_index", "article_index", "home"])
def test_preview_of_a_draft_leaves_nothing_for_visitors(client: Client, log_in, superuser, request, name: str) -> None:
    factories.UpdatePageFactory(topics=[factories.TopicFactory(slug="data")])
    page = request.getfixturevalue(name)
    page.slug, page.title = WORD, WORD
    page.save_revision()
    admin = log_in(superuser)
    cache.clear()
    assert WORD in admin.get(f"/admin/pages/{page.pk}/view_draft/").content.decode().lower()
    assert leaks(client) == []


def test_alias_of_a_private_page_is_seen_nowhere(client: Client) -> None:
    page = SECRETS["subpage"]()
    section = factories.StandardPageFactory(slug="elsewhere")
    page.create_alias(parent=section, update_slug="an-alias")
    restrict(page, "password")
    assert leaks(client) == []


def test_private_page_is_not_the_list_that_others_link_to(client: Client, committing) -> None:
    update = SECRETS["update"]()
    assert "/updates/" in client.get("/").content.decode()
    with committing():
        restrict(index_of(update), "login")
    body = client.get("/").content.decode()
    assert "/updates/" not in body
    assert WORD not in body.lower()


def test_year_of_a_hidden_page_is_no_filter(client: Client, committing) -> None:
    page = SECRETS["update"]()
    assert client.get(f"/updates/?year={YEAR}").status_code == 200
    with committing():
        page.unpublish()
    assert client.get(f"/updates/?year={YEAR}").status_code == 404


def test_count_tells_nothing_of_hidden_pages(client: Client) -> None:
    factories.UpdatePageFactory.create_batch(2)
    for way in ("unpublished", "expired", "password"):
        WAYS[way](factories.UpdatePageFactory())
    assert "2 updates" in " ".join(client.get("/updates/").content.decode().split())


def test_hidden_story_leaves_the_others_on_the_home_page(client: Client, home: HomePage) -> None:
    secret = SECRETS["article"]()
    other = factories.ArticlePageFactory(title="Another story")
    FeaturedStory.objects.create(page=home, article=other, sort_order=1)
    HIDDEN["unpublished"](secret)
    body = client.get("/").content.decode()
    assert "Another story" in body
    assert WORD not in body.lower()


def test_link_to_a_hidden_page_leaves_its_words(client: Client) -> None:
    page = SECRETS["update"]()
    link_to(page)
    page.unpublish()
    body = client.get(f"/neighbour-{page.pk}/").content.decode()
    assert "over there" in body
    assert "There" in body


def test_update_that_expires_tomorrow_is_seen_today(client: Client) -> None:

    page = SECRETS["update"]()
    Page.objects.filter(pk=page.pk).update(expire_at=timezone.now() + timedelta(days=1))
    assert client.get(f"/updates/{WORD}/").status_code == 200
    assert "/updates/" in leaks(client)
