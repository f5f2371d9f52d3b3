"""Every block that an editor can reach, found by walking through every stream of every model."""

from collections.abc import Iterator

from django.apps import apps
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.fields import StreamField

from portal.models import BasePage

OURS = ("portal", "home", "impact", "updates", "articles")


def streams() -> Iterator[tuple[type, StreamField]]:
    """Each stream with the model that has it."""
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if isinstance(field, StreamField) and model._meta.app_label in OURS:
                yield model, field


def walk(block: blocks.Block) -> Iterator[blocks.Block]:
    """The block and all blocks inside it."""
    yield block
    inner = []
    if isinstance(block, blocks.BaseStreamBlock | blocks.BaseStructBlock | TypedTableBlock):
        inner = list(block.child_blocks.values())
    elif isinstance(block, blocks.ListBlock):
        inner = [block.child_block]
    for child in inner:
        yield from walk(child)


def own_blocks() -> dict[str, blocks.Block]:
    """Our own blocks by class name, streams themselves aside."""
    found = {}
    for _model, field in streams():
        for block in walk(field.stream_block):
            if type(block).__module__.split(".")[0] in OURS and not isinstance(block, blocks.BaseStreamBlock):
                found[type(block).__name__] = block
    return found


def page_blocks() -> dict[str, blocks.Block]:
    """The blocks that a page body is made of, by the name that the body gives them."""
    found = {}
    for model, field in streams():
        if issubclass(model, BasePage):
            found |= field.stream_block.child_blocks
    return found
