"""Turns what stands in a content file into what a field or block of a model holds."""

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.files import File
from django.db import models
from django.utils import timezone
from wagtail import blocks
from wagtail.fields import RichTextField, StreamField

from portal.demo.prose import rich_text

if TYPE_CHECKING:
    from portal.demo.ledger import Ledger

DAYS_FROM_NOW = re.compile(r"\+(\d+)d")


class GoneError(Exception):
    """What is referred to was deleted by an editor, so the reference is left out."""


class Values:
    """Converts values; files are found below `folder`, other things of the content by their keys in `ledger`."""

    def __init__(self, folder: Path, ledger: "Ledger") -> None:
        self.folder = folder
        self.ledger = ledger

    def fill(self, instance: models.Model, values: dict[str, Any]) -> None:
        """Sets fields and child objects of an instance; raises FieldDoesNotExist for a name that it doesn't have."""
        for name, value in values.items():
            setattr(instance, name, self.of_field(instance._meta.get_field(name), value))

    def of_field(self, field: Any, value: Any) -> Any:
        if field.is_relation:
            return self._related(field, value)
        if isinstance(field, RichTextField):
            return self.rich_text(value)
        if isinstance(field, StreamField):
            stream = field.stream_block.to_python(self.of_block(field.stream_block, value))
            return field.stream_block.clean(stream)
        if isinstance(field, models.FileField):
            path = self.folder / value
            return File(path.open("rb"), name=path.name)
        if isinstance(field, models.DateTimeField):
            return moment(value)
        return value.strip() if isinstance(value, str) else value

    def of_block(self, block: blocks.Block, value: Any) -> Any:
        """The value of a block as the database has it."""
        if isinstance(block, blocks.StreamBlock):
            return self._kept(partial(self._stream_child, block), value)
        if isinstance(block, blocks.ListBlock):
            items = self._kept(partial(self.of_block, block.child_block), value)
            if value and not items:
                raise GoneError
            return items
        if isinstance(block, blocks.StructBlock):
            return {name: self.of_block(_named(block, name), part) for name, part in value.items()}
        if isinstance(block, blocks.ChooserBlock):
            return self.find(value).pk
        if isinstance(block, blocks.RichTextBlock):
            return self.rich_text(value)
        return value

    def find(self, key: str) -> models.Model:
        found = self.ledger.find(key)
        if found is None:
            raise GoneError
        return found

    def rich_text(self, text: str) -> str:
        return rich_text(text, lambda key: getattr(self.ledger.find(key), "pk", None))

    def _related(self, field: Any, value: Any) -> Any:
        """Child objects of a page, a list of other things, or one other thing (None when it is gone)."""
        if field.one_to_many:
            children = self._kept(partial(self._child, field.related_model), value)
            for position, child in enumerate(children):
                child.sort_order = position
            return children
        if field.many_to_many:
            return self._kept(self.find, value)
        return next(iter(self._kept(self.find, [value])), None)

    def _child(self, model: type[models.Model], values: dict[str, Any]) -> models.Model:
        child = model()
        # A child without the thing that it points to has no sense.
        for name, value in values.items():
            field = model._meta.get_field(name)
            is_reference = isinstance(field, models.ForeignKey)
            setattr(child, name, self.find(value) if is_reference else self.of_field(field, value))
        return child

    def _stream_child(self, block: blocks.StreamBlock, child: dict[str, Any]) -> dict[str, Any]:
        kind = child["type"]
        return {"type": kind, "value": self.of_block(_named(block, kind), child["value"])}

    @staticmethod
    def _kept(convert: Callable[[Any], Any], items: list) -> list:
        """All items converted, without those that refer to something gone."""
        kept = []
        for item in items:
            try:
                kept.append(convert(item))
            except GoneError:
                continue
        return kept


def moment(value: str | date | datetime) -> datetime:
    """A point in time: of a date its noon, of "+30d" that many days from now."""
    if isinstance(value, str):
        match = DAYS_FROM_NOW.fullmatch(value)
        if match is None:
            raise ValueError(f"“{value}” is not a time; say 2024-01-08T08:00:00-05:00 or +30d")
        return timezone.now() + timedelta(days=int(match[1]))
    if not isinstance(value, datetime):
        value = datetime.combine(value, time(12))
    return value if timezone.is_aware(value) else timezone.make_aware(value)


def _named(block: blocks.StreamBlock | blocks.StructBlock, name: str) -> blocks.Block:
    if name not in block.child_blocks:
        raise LookupError(f"no block or part “{name}” in {type(block).__name__}")
    return block.child_blocks[name]
