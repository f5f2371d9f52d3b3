"""Saves pages, snippets, files and settings the way the admin does: checked, and published through a revision."""

from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from wagtail.contrib.settings.models import BaseSiteSetting
from wagtail.models import DraftStateMixin, Page, Site
from wagtail.utils.file import hash_filelike

from portal.demo.files import Entry
from portal.demo.values import moment


def draft_page(model: type[Page], parent: Page, entry: Entry) -> Page:
    """A page without content at its place in the tree."""
    if not model.can_create_at(parent):
        raise ValueError("no page of this type may be made there; an empty portal has no home page yet")
    page = model(title=entry.values["title"], slug=entry.values.get("slug", entry.key), live=False)
    return parent.add_child(instance=page)


def save(thing: models.Model, entry: Entry, stored: list) -> None:
    """Checks and saves a thing that is filled; names of new files are added to `stored`."""
    if isinstance(thing, Page):
        publish_page(thing, entry)
        return
    files = [getattr(thing, field.name) for field in thing._meta.fields if isinstance(field, models.FileField)]
    if files and hasattr(thing, "file_hash"):
        # Else Wagtail writes these two at the first download.
        thing.file_size, thing.file_hash = thing.file.size, hash_filelike(thing.file)
    if isinstance(thing, DraftStateMixin):
        thing.live = False
    thing.full_clean()
    thing.save()
    stored += files
    for file in files:
        file.close()
    if isinstance(thing, DraftStateMixin):
        thing.save_revision(log_action=True).publish()


def publish_page(page: Page, entry: Entry) -> None:
    """Publishes a page; its history says that it was done on the day that the content names, if it does."""
    when = moment(entry.published) if entry.published else None
    page.first_published_at = when
    revision = page.save_revision(log_action=True)
    revision.publish()
    if when:
        type(page).objects.filter(pk=page.pk).update(last_published_at=when, latest_revision_created_at=when)
        type(revision).objects.filter(pk=revision.pk).update(created_at=when)


def is_setting(model: type[models.Model]) -> bool:
    return issubclass(model, BaseSiteSetting)


def settings_of(model: type[BaseSiteSetting], site: Site | None) -> BaseSiteSetting | None:
    """The settings of a site that nobody has changed yet; None when an editor has, or when there is no site."""
    if site is None:
        return None
    found = model.objects.filter(site=site).first()
    untouched = model(site=site)
    if found is None:
        return untouched
    names = [field.attname for field in model._meta.concrete_fields if not field.primary_key]
    is_same = all(_plain(found, name) == _plain(untouched, name) for name in names)
    return found if is_same else None


def _plain(thing: models.Model, name: str) -> Any:
    field = thing._meta.get_field(name)
    return field.get_prep_value(getattr(thing, name))


def in_words(error: Exception) -> str:
    """An error in one line, with the fields and blocks that it is about."""
    if isinstance(error, ValidationError):
        return "; ".join(_messages(error))
    if isinstance(error, KeyError):
        return str(error.args[0])
    return f"{error}" or type(error).__name__


def _messages(error: Any, place: str = "") -> list[str]:
    """All messages of an error of fields or of blocks, which Wagtail nests."""
    if isinstance(error, (list, tuple)):
        return [text for part in error for text in _messages(part, place)]
    nested = getattr(error, "error_dict", None) or getattr(error, "block_errors", None)
    if isinstance(nested, dict):
        parts = nested.items()
        return [
            t
            for name, part in parts
            for t in _messages(part, place if name == NON_FIELD_ERRORS else f"{place}{name}: ")
        ]
    if isinstance(nested, list):
        return [text for part in nested if part for text in _messages(part, place)]
    return [f"{place}{text}" for text in error.messages]
