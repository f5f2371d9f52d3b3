"""The updates as Atom and RSS: valid, whole addresses, filtered as the list is."""

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from xml.etree import ElementTree as ET

import pytest
from django.test import Client

from tests import factories

ATOM = "{http://www.w3.org/2005/Atom}"


def read(client: Client, address: str) -> ET.Element:
    response = client.get(address)
    assert response.status_code == 200
    return ET.fromstring(response.content)  # noqa: S314 - our own feed


def titles(client: Client, address: str) -> list[str]:
    tree = read(client, address)
    return [title.text for title in [*tree.iterfind(f"{ATOM}entry/{ATOM}title"), *tree.iterfind("channel/item/title")]]


@pytest.fixture
def updates(site) -> None:
    data = factories.TopicFactory(name="Data & reports", slug="data")
    factories.full_settings()
    page = factories.StandardPageFactory(slug="resources")
    document = factories.DocumentFactory()
    factories.UpdatePageFactory(
        title="Webinar & office hours",
        slug="webinar",
        date=date(2023, 7, 12),
        topics=[data],
        lead=f'<p>See the <a linktype="page" id="{page.pk}">resources</a>, the <a linktype="document" '
        f'id="{document.pk}">handout</a> and <a href="https://data.example/?a=1&amp;b=2">data</a>.</p>',
    )
    factories.UpdatePageFactory(title="Older", date=date(2022, 1, 1))


@pytest.mark.parametrize(("kind", "content_type"), [("atom", "application/atom+xml"), ("rss", "application/rss+xml")])
def test_feed_says_what_it_is(client: Client, updates, kind: str, content_type: str) -> None:
    response = client.get(f"/updates/{kind}/")
    assert response.headers["Content-Type"] == f"{content_type}; charset=utf-8"
    assert response.headers["Cache-Control"] == "public, max-age=60"
    assert not response.cookies


@pytest.mark.parametrize("kind", ["atom", "rss"])
def test_feed_has_the_newest_first(client: Client, updates, kind: str) -> None:
    assert titles(client, f"/updates/{kind}/") == ["Webinar & office hours", "Older"]


@pytest.mark.parametrize("kind", ["atom", "rss"])
@pytest.mark.parametrize("query", ["topic=data", "year=2023", "topic=data&year=2023"])
def test_feed_is_filtered_as_the_list_is(client: Client, updates, kind: str, query: str) -> None:
    assert titles(client, f"/updates/{kind}/?{query}") == ["Webinar & office hours"]


@pytest.mark.parametrize("kind", ["atom", "rss"])
def test_empty_feed_is_a_feed(client: Client, kind: str) -> None:
    assert titles(client, f"/updates/{kind}/") == []


@pytest.mark.parametrize("kind", ["atom", "rss"])
def test_every_address_in_a_feed_is_whole(client: Client, updates, kind: str) -> None:
    body = client.get(f"/updates/{kind}/?topic=data", HTTP_HOST="results.test").content.decode()
    addresses = re.findall(r"(?:href|src)=(?:&quot;|\"|')(.*?)(?:&quot;|\"|')", body)
    addresses += re.findall(r"<(?:link|id|guid|uri)[^>]*>([^<]+)<", body)
    assert len(addresses) >= 6
    assert [address for address in addresses if not re.match(r"https?://", address)] == []
    assert "results.test" not in re.sub(r"[\w.]+@results\.test", "", body)


@pytest.mark.parametrize("kind", ["atom", "rss"])
def test_links_in_the_text_lead_to_where_the_page_leads(client: Client, updates, kind: str) -> None:
    tree = read(client, f"/updates/{kind}/?topic=data")
    text = tree.find(f"{ATOM}entry/{ATOM}summary") if kind == "atom" else tree.find("channel/item/description")
    assert 'href="http://localhost:8000/resources/"' in text.text
    assert 'href="http://localhost:8000/documents/' in text.text
    assert 'href="https://data.example/?a=1&amp;b=2"' in text.text


def test_atom_has_what_the_standard_asks_for(client: Client, updates) -> None:
    """RFC 4287: id, title, updated and author of the feed; id, title, updated and link of each entry."""
    feed = read(client, "/updates/atom/?topic=data")
    entry = feed.find(f"{ATOM}entry")
    for element, names in ((feed, ("id", "title", "updated", "author")), (entry, ("id", "title", "updated", "link"))):
        assert [name for name in names if element.find(f"{ATOM}{name}") is None] == []
    links = {link.get("rel"): link.get("href") for link in feed.iterfind(f"{ATOM}link")}
    assert links["self"] == "http://localhost:8000/updates/atom/?topic=data"
    assert links["alternate"] == "http://localhost:8000/updates/?topic=data"
    assert feed.find(f"{ATOM}title").text == "RESULTS Latest Updates: Data & reports"
    assert feed.find(f"{ATOM}author/{ATOM}name").text == "Office of Migrant Education"
    assert entry.find(f"{ATOM}link").get("href") == "http://localhost:8000/updates/webinar/"
    assert entry.find(f"{ATOM}category").get("term") == "Data & reports"
    published = datetime.fromisoformat(entry.find(f"{ATOM}published").text)
    assert published.date() == date(2023, 7, 12)
    assert datetime.fromisoformat(entry.find(f"{ATOM}updated").text) >= published


def test_rss_has_what_the_standard_asks_for(client: Client, updates) -> None:
    """RSS 2.0: title, link and description of the channel; title, link, guid and date of each item."""
    channel = read(client, "/updates/rss/?topic=data").find("channel")
    assert [name for name in ("title", "link", "description", "language") if not channel.findtext(name)] == []
    assert channel.find(f"{ATOM}link").get("href") == "http://localhost:8000/updates/rss/?topic=data"
    item = channel.find("item")
    assert item.findtext("link") == item.findtext("guid") == "http://localhost:8000/updates/webinar/"
    assert parsedate_to_datetime(item.findtext("pubDate")).astimezone(UTC).date() == date(2023, 7, 12)


def test_feed_holds_the_newest_twenty(client: Client) -> None:
    factories.bulk_updates(25)
    assert len(titles(client, "/updates/atom/")) == 20


@pytest.mark.parametrize("kind", ["atom", "rss"])
def test_reader_that_has_the_feed_already_is_told_so(client: Client, updates, kind: str) -> None:
    first = client.get(f"/updates/{kind}/")
    again = client.get(f"/updates/{kind}/", HTTP_IF_NONE_MATCH=first.headers["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    # The newest change says nothing about an update that is gone.
    assert "Last-Modified" not in first.headers


def test_changed_feed_is_sent_again(client: Client, updates, committing) -> None:
    first = client.get("/updates/atom/")
    page = factories.UpdatePageFactory(title="New", live=False, date=date(2024, 1, 1))
    with committing():
        page.save_revision().publish()
    again = client.get("/updates/atom/", HTTP_IF_NONE_MATCH=first.headers["ETag"])
    assert again.status_code == 200
    assert "New" in again.content.decode()


def test_list_tells_of_its_feeds(client: Client, updates) -> None:
    body = client.get("/updates/?topic=data").content.decode()
    assert body.count("/updates/atom/?topic=data") == 2
    assert body.count("/updates/rss/?topic=data") == 2


@pytest.mark.parametrize("text", ["\x0b", "]]>", "<script>", "\ufffe"])
def test_odd_characters_leave_the_feed_well_formed(client: Client, text: str) -> None:
    factories.UpdatePageFactory(title=f"a{text}b", slug="odd", lead=f"<p>c {text} d</p>")
    assert len(titles(client, "/updates/rss/")) == 1
    assert len(titles(client, "/updates/atom/")) == 1


@pytest.mark.parametrize("kind", ["atom", "rss"])
def test_character_that_xml_has_not_is_left_out(client: Client, updates, kind: str) -> None:
    odd = factories.TopicFactory(name="Pasted\x0bfrom Word", slug="pasted")
    factories.UpdatePageFactory(title="Odd\x0c title", topics=[odd], date=date(2024, 1, 1), lead="<p>A\x01b</p>")
    assert titles(client, f"/updates/{kind}/?topic=pasted") == ["Odd title"]
    assert "Pastedfrom Word" in client.get(f"/updates/{kind}/?topic=pasted").content.decode()
    assert titles(client, f"/updates/{kind}/")[0] == "Odd title"
