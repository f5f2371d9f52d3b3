"""What an editor may put into a body, and what is refused with a reason."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from portal.blocks.body import BodyBlock, TableBlock
from portal.blocks.links import LinkBlock
from tests import factories
from tests.faults import faults_of, soup_of
from tests.reading import page_text

BODY = BodyBlock()


def heading(level: int, text: str = "A heading") -> tuple[str, dict]:
    return ("heading", {"text": text, "level": str(level)})


def clean(*blocks: tuple[str, dict]):
    return BODY.clean(BODY.normalize(list(blocks)))


@pytest.mark.parametrize("levels", [[2], [2, 3, 4], [2, 2, 3], [2, 3, 4, 2, 3]])
def test_headings_may_go_down_by_one_and_up_by_any(levels: list[int]) -> None:
    assert len(clean(*(heading(level) for level in levels))) == len(levels)


@pytest.mark.parametrize(("levels", "at"), [([3], 0), ([2, 4], 1), ([4], 0), ([2, 3, 2, 4], 3)])
def test_heading_that_skips_a_level_is_refused_where_it_stands(levels: list[int], at: int) -> None:
    with pytest.raises(ValidationError) as error:
        clean(*(heading(level) for level in levels))
    assert list(error.value.block_errors) == [at]
    assert "skips a level" in str(error.value.block_errors[at])


def test_heading_after_a_block_with_a_heading_of_its_own_may_be_part_of_it(client: Client) -> None:
    """Downloads and links have a heading of level 2, so a page that starts with one skips nothing."""
    body = [("downloads", {"heading": "Files", "documents": [{"document": factories.DocumentFactory(), "title": ""}]})]
    page = factories.StandardPageFactory(body=[*body, heading(2)])
    assert faults_of(client.get(page.get_url()).content.decode()) == {}


@pytest.mark.parametrize(
    "texts",
    [["Same", "Same"], ["???", "!!!"], ["Main content", "Children"], ["¿Qué es?", "A" * 160]],
    ids=["twice the same", "without letters", "named as parts of the page", "other letters and long"],
)
def test_every_heading_has_an_address_of_its_own(client: Client, texts: list[str]) -> None:
    page = factories.StandardPageFactory(body=[heading(2, text) for text in texts])
    factories.StandardPageFactory(parent=page)
    assert faults_of(client.get(page.get_url()).content.decode()) == {}


@pytest.mark.parametrize(
    ("fields", "refused"),
    [
        ({"title": "", "page": None, "url": ""}, ["page"]),
        ({"title": "Both", "page": True, "url": "https://a.example/"}, ["page"]),
        ({"title": "", "page": None, "url": "https://a.example/"}, ["title"]),
    ],
    ids=["no target", "two targets", "no words"],
)
def test_link_needs_one_target_and_words(site, fields: dict, refused: list[str]) -> None:
    fields |= {"page": factories.StandardPageFactory() if fields["page"] else None}
    with pytest.raises(ValidationError) as error:
        LinkBlock().clean(LinkBlock().normalize(fields | {"description": ""}))
    assert list(error.value.block_errors) == refused


def test_link_to_a_page_has_its_title(site) -> None:
    page = factories.StandardPageFactory(title="About", slug="about")
    value = LinkBlock().normalize({"title": "", "page": page, "url": "", "description": ""})
    assert (value.label, value.href, value.is_external) == ("About", "/about/", False)


def test_link_elsewhere_is_marked(site) -> None:
    value = LinkBlock().normalize({"title": "Data", "page": None, "url": "https://a.example/", "description": ""})
    assert (value.label, value.href, value.is_external) == ("Data", "https://a.example/", True)


def test_link_to_a_deleted_page_leaves_no_dead_end(client: Client) -> None:
    target = factories.StandardPageFactory(title="Gone")
    links = ("links", {"heading": "", "links": [{"title": "Words", "page": target, "url": "", "description": ""}]})
    page = factories.StandardPageFactory(body=[links])
    target.delete()
    response = client.get(page.get_url())
    assert response.status_code == 200
    assert faults_of(response.content.decode()) == {}


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "not an address"])
def test_address_that_is_none_is_refused(site, address: str) -> None:
    with pytest.raises(ValidationError):
        LinkBlock().clean(LinkBlock().normalize({"title": "Words", "page": None, "url": address, "description": ""}))


def test_table_needs_a_caption() -> None:
    block = BODY.child_blocks["table"]
    assert isinstance(block, TableBlock)
    table = {"caption": "", "columns": [{"type": "text", "heading": "A"}], "rows": [{"values": ["1"]}]}
    with pytest.raises(ValidationError):
        block.clean(block.normalize(table))
    block.clean(block.normalize(table | {"caption": "Meetings"}))


def test_unknown_number_in_a_table_is_empty_and_never_zero(client: Client) -> None:
    table = {
        "caption": "Counts",
        "columns": [{"type": "text", "heading": "State"}, {"type": "number", "heading": "Count"}],
        "rows": [{"values": ["Ohio", None]}, {"values": ["Utah", 0]}, {"values": ["Iowa", 1234.5]}],
    }
    page = factories.StandardPageFactory(body=[("table", table)])
    cells = [cell.get_text(strip=True) for cell in soup_of(client.get(page.get_url()).content.decode()).find_all("td")]
    assert cells == ["", "0", "1,234.50"]


def test_download_says_type_and_size(client: Client) -> None:
    document = factories.DocumentFactory(title="Handout", published_on="2024-03-05")
    block = ("downloads", {"heading": "Files", "documents": [{"document": document, "title": ""}]})
    body = client.get(factories.StandardPageFactory(body=[block]).get_url()).content.decode()
    assert "Handout" in body
    assert "PDF" in body
    assert "March 5, 2024" in body


def test_deleted_document_leaves_no_dead_end(client: Client) -> None:
    document = factories.DocumentFactory()
    block = ("downloads", {"heading": "Files", "documents": [{"document": document, "title": "Words"}]})
    page = factories.StandardPageFactory(body=[block])
    document.delete()
    response = client.get(page.get_url())
    assert response.status_code == 200
    assert faults_of(response.content.decode()) == {}


def test_deleted_image_leaves_no_gap(client: Client) -> None:
    image = factories.ImageFactory()
    block = ("image", {"image": {"image": image, "alt_text": "A field", "decorative": False}, "caption": "Noon"})
    page = factories.StandardPageFactory(body=[block])
    image.delete()
    response = client.get(page.get_url())
    assert response.status_code == 200
    assert "<img" not in response.content.decode()


def test_recording_loads_nothing_from_its_host(client: Client) -> None:
    block = ("video", {"title": "Webinar", "url": "https://www.youtube.com/watch?v=1"})
    body = client.get(factories.StandardPageFactory(body=[block]).get_url()).content.decode()
    assert "<iframe" not in body
    assert 'href="https://www.youtube.com/watch?v=1"' in body
    assert "on www.youtube.com" in page_text(body)


def test_links_to_hidden_pages_alone_leave_no_heading(client: Client) -> None:
    hidden = factories.StandardPageFactory(slug="hidden", title="Hidden", live=False)
    link = {"title": "", "page": hidden, "url": "", "description": ""}
    page = factories.StandardPageFactory(body=[("links", {"heading": "Look here", "links": [link]})])
    assert "Look here" not in client.get(page.get_url()).content.decode()
