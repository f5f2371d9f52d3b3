"""Keeps book of what was made, and finds it again by key."""

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import models

from portal.models.demo import DemoItem


class Ledger:
    """The rows of `DemoItem`, and the things of this run."""

    def __init__(self) -> None:
        self.items = {item.key: item for item in DemoItem.objects.select_related("content_type")}
        self.left_out: set[str] = set()
        self._found: dict[str, models.Model | None] = {}

    def __contains__(self, key: str) -> bool:
        return key in self.items

    def find(self, key: str) -> models.Model | None:
        """The thing with a key, or None when it was deleted or left out; KeyError when it isn't made yet."""
        if key in self.left_out:
            return None
        if ":" in key:
            return self._by_slug(key)
        if key not in self._found:
            if key not in self.items:
                raise KeyError(f"nothing with the key “{key}” was made before this")
            self._found[key] = self.items[key].find()
        return self._found[key]

    def _by_slug(self, key: str) -> models.Model:
        """What every portal has from the start, by model and slug: “impact.Measure:eligible”."""
        label, _colon, slug = key.partition(":")
        found = apps.get_model(label).objects.filter(slug=slug).first()
        if found is None:
            raise KeyError(f"there is no {label} with the slug “{slug}”")
        return found

    def record(self, key: str, thing: models.Model) -> None:
        self.items[key] = DemoItem.objects.create(
            key=key, content_type=ContentType.objects.get_for_model(thing), object_id=thing.pk
        )
        self._found[key] = thing
