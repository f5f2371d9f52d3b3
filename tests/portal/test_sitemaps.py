"""The sitemap: every public page once, under the portal's own name, in parts."""

from datetime import UTC, datetime
from xml.etree import ElementTree as ET

from django.test import Client

from portal.sitemaps import PageSitemap
from tests import factories

SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def addresses(client: Client, address: str) -> list[str]:
    response = client.get(address)
    assert response.status_code == 200
    return [place.text for place in ET.fromstring(response.content).iter(f"{SPACE}loc")]  # noqa: S314 - our own


def test_index_names_the_parts(client: Client) -> None:
    assert addresses(client, "/sitemap.xml") == ["http://localhost:8000/sitemap-pages.xml"]


def test_part_names_every_page_once(client: Client) -> None:
    factories.UpdatePageFactory(slug="webinar")
    factories.StandardPageFactory(slug="about")
    assert addresses(client, "/sitemap-pages.xml") == [
        f"http://localhost:8000{path}" for path in ("/", "/updates/", "/updates/webinar/", "/articles/", "/about/")
    ]


def test_every_address_in_it_is_there(client: Client) -> None:
    factories.UpdatePageFactory()
    for address in addresses(client, "/sitemap-pages.xml"):
        assert client.get(address.removeprefix("http://localhost:8000")).status_code == 200


def test_long_sitemap_has_several_parts(client: Client, monkeypatch) -> None:
    monkeypatch.setattr(PageSitemap, "limit", 4)
    factories.bulk_updates(5)
    parts = addresses(client, "/sitemap.xml")
    assert parts == [f"http://localhost:8000/sitemap-pages.xml{query}" for query in ("", "?p=2")]
    pages = [page for part in parts for page in addresses(client, part.removeprefix("http://localhost:8000"))]
    assert len(pages) == len(set(pages)) == 8
    assert client.get("/sitemap-pages.xml?p=3").status_code == 404


def test_page_says_when_it_changed(client: Client) -> None:
    factories.UpdatePageFactory(last_published_at=datetime(2024, 5, 6, 7, 8, tzinfo=UTC))
    body = client.get("/sitemap-pages.xml").content.decode()
    assert "<lastmod>2024-05-06" in body


def test_index_says_when_the_newest_page_changed(client: Client) -> None:
    factories.UpdatePageFactory(last_published_at=datetime(2025, 5, 6, 12, tzinfo=UTC))
    assert "<lastmod>2025-05-06" in client.get("/sitemap.xml").content.decode()


def test_page_that_was_never_dated_hinders_nothing(client: Client) -> None:
    factories.bulk_updates(1)
    assert len(addresses(client, "/sitemap-pages.xml")) == 4
