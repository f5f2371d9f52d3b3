"""What the head of a page says to machines."""

import json
from datetime import UTC, date, datetime

import pytest
from django.test import Client

from portal.seo import absolute, as_json_ld, breadcrumb_node, iso
from tests import factories
from tests.faults import soup_of


def schema_org(client: Client, address: str) -> list[dict]:
    return json.loads(soup_of(client.get(address).content.decode()).find("script", type="application/ld+json").string)


def meta(client: Client, address: str) -> dict[str, str]:
    soup = soup_of(client.get(address).content.decode())
    return {tag.get("name") or tag.get("property"): tag.get("content") for tag in soup.find_all("meta")}


@pytest.mark.parametrize(
    "text", ["</script><script>alert(1)</script>", "<!--", "a & b", "“quotes” 'and' \"more\"", "\u2028"]
)
def test_no_text_ends_the_script_that_it_stands_in(text: str) -> None:
    encoded = as_json_ld([{"@type": "WebPage", "name": text}])
    assert "<" not in encoded
    assert ">" not in encoded
    assert json.loads(encoded)[0]["name"] == text


def test_empty_values_are_left_out() -> None:
    node = json.loads(as_json_ld([{"@type": "WebPage", "name": "", "image": None, "parts": [], "count": 0}]))[0]
    assert node == {"@context": "https://schema.org", "@type": "WebPage", "count": 0}


def test_hostile_title_stays_a_title(client: Client) -> None:
    title = '</script><script>alert("x")</script>'
    address = factories.UpdatePageFactory(title=title, slug="hostile").get_url()
    body = client.get(address).content.decode()
    assert '<script>alert("x")' not in body
    assert soup_of(body).h1.get_text(strip=True) == title
    assert schema_org(client, address)[0]["headline"] == title
    assert "<script>alert" not in client.get("/updates/").content.decode()


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("/", "http://localhost:8000/"),
        ("/a/?b=1", "http://localhost:8000/a/?b=1"),
        ("https://cdn.example/a", "https://cdn.example/a"),
    ],
)
def test_address_is_that_by_which_the_portal_is_known(path: str, address: str) -> None:
    assert absolute(path) == address


def test_moments_have_no_fractions_of_a_second() -> None:
    assert iso(datetime(2024, 3, 5, 14, 30, 1, 999, tzinfo=UTC)) == "2024-03-05T14:30:01+00:00"
    assert iso(date(2024, 3, 5)) == "2024-03-05"
    assert iso(None) is None


def test_breadcrumbs_lead_from_home_to_the_page() -> None:
    node = breadcrumb_node([{"title": "Home", "url": "/"}], "About", "http://localhost:8000/about/")
    assert [(step["position"], step["name"], step["item"]) for step in node["itemListElement"]] == [
        (1, "Home", "http://localhost:8000/"),
        (2, "About", "http://localhost:8000/about/"),
    ]


@pytest.mark.parametrize(
    ("fields", "description"),
    [
        ({"search_description": "For search.", "summary": "For lists."}, "For search."),
        ({"summary": "For lists."}, "For lists."),
        ({"lead": "<p>First <b>bold</b>.</p><p>Second.</p>"}, "First bold. Second."),
        ({"title": "The title", "lead": "<p> </p>"}, "The title"),
        ({"lead": "<p>Tom &amp; Jo</p>"}, "Tom & Jo"),
    ],
    ids=["search", "summary", "lead", "nothing", "entities"],
)
def test_description_is_the_best_that_there_is(client: Client, fields: dict, description: str) -> None:
    page = factories.UpdatePageFactory(**fields)
    assert meta(client, page.get_url())["description"] == description


def test_long_description_is_cut(client: Client) -> None:
    page = factories.UpdatePageFactory(lead="<p>" + "word " * 100 + "</p>")
    description = meta(client, page.get_url())["description"]
    assert 150 <= len(description) <= 160
    assert description.endswith("word…")


def test_home_page_names_the_office_and_its_agencies(client: Client) -> None:
    factories.full_settings()
    nodes = {node["@type"]: node for node in schema_org(client, "/")}
    assert nodes["GovernmentOrganization"]["name"] == "Office of Migrant Education"
    assert nodes["GovernmentOrganization"]["parentOrganization"][0]["name"] == "Department"
    assert nodes["WebSite"]["url"] == "http://localhost:8000/"


@pytest.mark.parametrize(
    ("factory", "kind"), [(factories.UpdatePageFactory, "NewsArticle"), (factories.ArticlePageFactory, "Article")]
)
def test_dated_page_says_when_and_by_whom(client: Client, factory, kind: str) -> None:
    factories.full_settings()
    node, breadcrumbs = schema_org(client, factory(date=date(2024, 3, 5)).get_url())
    assert (node["@type"], node["datePublished"]) == (kind, "2024-03-05")
    assert node["publisher"]["name"] == "Office of Migrant Education"
    assert len(breadcrumbs["itemListElement"]) == 3


def test_picture_of_a_page_is_shared_with_its_alt_text(client: Client) -> None:
    page = factories.UpdatePageFactory(listing_image=factories.ImageFactory(description="A tractor"))
    tags = meta(client, page.get_url())
    assert tags["og:image"].startswith("http://localhost:8000/media/images/")
    assert tags["og:image"].endswith((".png", ".jpg"))
    assert tags["og:image:alt"] == "A tractor"


def test_picture_of_the_site_is_shared_where_a_page_has_none(client: Client) -> None:
    factories.full_settings()
    assert meta(client, factories.UpdatePageFactory().get_url())["og:image"]


def test_page_without_any_picture_shares_none(client: Client) -> None:
    assert "og:image" not in meta(client, "/")


def test_title_for_search_engines_is_in_the_head_and_the_other_on_the_page(client: Client) -> None:
    page = factories.UpdatePageFactory(title="Webinar", seo_title="Webinar on data")
    soup = soup_of(client.get(page.get_url()).content.decode())
    assert soup.title.get_text(strip=True) == "Webinar on data | RESULTS"
    assert soup.h1.get_text(strip=True) == "Webinar"
