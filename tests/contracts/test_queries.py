"""What an address asks of the database: exactly so many queries, with five pieces of content and with five hundred."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from home.models import FeaturedStory, HomePage
from portal.models import StandardPage
from tests import factories

# The most that any page may need (DESIGN 6).
BUDGET = 9

QUERIES = {
    "/": 2,
    "/updates/": 3,
    "/updates/?topic=eligibility": 3,
    "/updates/?year=2020": 3,
    "/updates/atom/": 5,
    "/updates/rss/": 5,
    "/updates/rss/?topic=eligibility": 5,
    "/updates/a-bare-update/": 4,
    "/updates/a-full-update/": 7,
    "/articles/": 3,
    "/articles/?kind=own": 3,
    "/articles/a-bare-article/": 3,
    "/articles/a-full-article/": 7,
    "/a-bare-page/": 3,
    "/a-full-page/": 6,
    "/impact/": 6,
    "/impact/?measure=eligible&year=2020-21&sort=ALL&order=desc": 6,
    "/impact/2021-22/": 4,
    "/impact/data/": 4,
    "/sitemap.xml": 4,
    "/sitemap-pages.xml": 2,
    "/sitemap-below.xml": 2,
    "/robots.txt": 0,
    "/healthz": 0,
    "/nowhere/": 5,
}

# A later page of a list: its rows and their topics are not remembered, as those of the first page are.
LATER_PAGE = 5


def fill(number: int) -> None:
    """So many updates and articles, a home page that shows all it can, and single pages bare and full."""
    factories.full_settings()
    topics = [factories.TopicFactory(slug="eligibility"), factories.TopicFactory()]
    picture = factories.ImageFactory()
    for update in factories.bulk_updates(number)[-5:]:
        update.topics.set(topics)
        update.save()
    articles = factories.bulk_articles(number, picture=picture, listing_image=picture)
    home = HomePage.objects.get()
    home.hero_image = picture
    factories.ImpactPageFactory(full=True)
    home.school_year = factories.SchoolYearFactory(full=True)
    home.save()
    for position, article in enumerate(articles[:3]):
        FeaturedStory.objects.create(page=home, article=article, sort_order=position)
    for factory, name in (
        (factories.UpdatePageFactory, "update"),
        (factories.ArticlePageFactory, "article"),
        (factories.StandardPageFactory, "page"),
    ):
        factory(slug=f"a-bare-{name}")
        factory(slug=f"a-full-{name}", full=True)


def queries(client: Client, address: str) -> int:
    """How many queries an address takes, once the cache knows the frame and the counts."""
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
    assert response.status_code == (404 if address == "/nowhere/" else 200)
    return len(captured)


@pytest.mark.parametrize("number", [5, 500])
def test_cost_of_an_address_does_not_grow_with_content(client: Client, number: int) -> None:
    fill(number)
    last = (number + 2 + 9) // 10
    expected = QUERIES | ({f"/updates/?page={last}": LATER_PAGE} if last > 1 else {})
    assert {address: queries(client, address) for address in expected} == expected


def test_every_cost_is_within_the_budget() -> None:
    assert max(QUERIES.values()) <= BUDGET


def test_one_query_more_is_noticed(client: Client, monkeypatch) -> None:
    before = queries(client, "/updates/")
    original = HomePage.get_url
    monkeypatch.setattr(
        "updates.models.UpdateIndexPage.get_url",
        lambda page, request=None: (StandardPage.objects.count(), original(page, request))[1],
    )
    assert queries(client, "/updates/") > before
