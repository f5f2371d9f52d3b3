"""What must be true of every block that an editor can reach."""

import pytest
from django.template.loader import get_template
from django.utils.functional import Promise
from wagtail import blocks

from tests.contracts.blocks import own_blocks, page_blocks, streams, walk
from tests.factories import DocumentFactory, ImageFactory, StandardPageFactory, full_body, full_evidence
from tests.faults import faults_of, inline_code, leftovers, names, soup_of, third_parties

every_block = pytest.mark.parametrize("block", own_blocks().values(), ids=own_blocks())
every_page_block = pytest.mark.parametrize("block", page_blocks().values(), ids=page_blocks())

PLAIN_ICON = blocks.Block().meta.icon
# Without metadata: a block is not a page of its own.
PART = (inline_code, third_parties, names, leftovers)


def explanation_faults(block: blocks.Block) -> list[str]:
    """What an editor who chooses a block would miss."""
    faults = []
    if not isinstance(getattr(block.meta, "description", None), Promise):
        faults.append("no translatable description")
    if not type(block).__doc__:
        faults.append("no docstring")
    if block.meta.icon == PLAIN_ICON:
        faults.append("no icon")
    return faults


def display_faults(block: blocks.Block) -> list[str]:
    """What a block of a page body needs to be shown, on the page and in the list that it is chosen from."""
    faults = [] if getattr(block.meta, "template", None) else ["no template"]
    has_value = (
        hasattr(block.meta, "preview_value") or type(block).get_preview_value is not blocks.Block.get_preview_value
    )
    return faults if has_value else [*faults, "no preview"]


@every_block
def test_block_explains_itself(block: blocks.Block) -> None:
    assert explanation_faults(block) == []


@every_page_block
def test_block_of_a_page_body_can_be_shown(block: blocks.Block) -> None:
    assert display_faults(block) == []
    assert get_template(block.meta.template)


@every_page_block
def test_preview_of_a_block_shows_something(block: blocks.Block, log_in, superuser) -> None:
    ImageFactory()
    DocumentFactory()
    response = log_in(superuser).get("/admin/block-preview/", {"id": block.definition_prefix})
    assert response.status_code == 200
    main = soup_of(response.content.decode()).find("main")
    assert main.get_text(strip=True) or main.find("img")


@every_page_block
def test_block_of_a_page_body_keeps_the_rules_of_html(block: blocks.Block, site) -> None:
    content = [*full_body(), *((child.block_type, child.value) for child in full_evidence())]
    values = [value for name, value in content if name == block.name]
    assert values, f"{block.name} is new: give it a row in tests/factories/body.py"
    stream = next(
        field.stream_block for _model, field in streams() if block in field.stream_block.child_blocks.values()
    )
    html = "".join(
        str(stream.to_python([{"type": block.name, "value": block.get_prep_value(block.normalize(value))}]))
        for value in values
    )
    assert faults_of(f"<!doctype html><title>t</title>{html}", PART) == {}


def test_icons_of_blocks_exist(site, log_in, superuser) -> None:
    sprite = log_in(superuser).get("/admin/sprite/").content.decode()
    missing = {
        name: block.meta.icon for name, block in own_blocks().items() if f'id="icon-{block.meta.icon}"' not in sprite
    }
    assert missing == {}


def test_every_block_of_a_body_is_searched(site) -> None:
    """Every word that a visitor reads in a body is found by a search."""
    body = StandardPageFactory(body=full_body()).body
    content = " ".join(body.stream_block.get_searchable_content(body))
    for words in (
        "Who can take part",
        "Running",
        "School stayed the same.",
        "Apply by",
        "Who is eligible?",
        "Orientation",
    ):
        assert words in content


def test_walk_reaches_the_innermost_block() -> None:
    stream = blocks.StreamBlock([("list", blocks.ListBlock(blocks.StructBlock([("text", blocks.CharBlock())])))])
    assert [type(block).__name__ for block in walk(stream)] == ["StreamBlock", "ListBlock", "StructBlock", "CharBlock"]
    assert len(list(streams())) >= 5


def test_block_that_explains_nothing_is_found() -> None:
    class Bare(blocks.StructBlock):
        text = blocks.CharBlock()

    Bare.__doc__ = None
    assert explanation_faults(Bare()) == ["no translatable description", "no docstring", "no icon"]
    assert display_faults(Bare()) == ["no template", "no preview"]
