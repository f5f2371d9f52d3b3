"""Makes what stands in the content files and is not in the ledger yet; all of it, or nothing."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import Error as DatabaseError
from django.db import models, transaction
from wagtail.models import Page, Site

from portal.demo import maker, sites
from portal.demo.files import DemoError, Entry, read_entries
from portal.demo.ledger import Ledger
from portal.demo.signals import demo_loaded, demo_wiped
from portal.demo.values import Values
from portal.demo.wipe import wipe
from portal.models.demo import DemoItem

FOLDER = Path(__file__).parent
# What a mistake in a file can raise while a thing is made.
MISTAKES = (
    ValidationError,
    FieldDoesNotExist,
    DatabaseError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    OSError,
)


@dataclass
class Report:
    """What a run has done."""

    made: int = 0
    there_already: int = 0
    left_out: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)


def is_untouched(folder: Path = FOLDER) -> bool:
    """Whether nothing was ever loaded and there is no page of the kind that the content starts with."""
    if DemoItem.objects.exists():
        return False
    return not any(_model(entry).objects.exists() for entry in read_entries(folder / "content") if _is_home(entry))


def load(folder: Path = FOLDER, wipe_first: bool = False) -> Report:
    """Loads the content of a folder; raises DemoError, and has then changed neither database nor files."""
    entries = read_entries(folder / "content")
    stored: list[models.fields.files.FieldFile] = []
    try:
        with transaction.atomic():
            kept = wipe() if wipe_first else []
            if wipe_first:
                demo_wiped.send(sender=None, folder=folder)
            report = _Loader(folder, entries, stored).run()
            demo_loaded.send(sender=None, folder=folder)
            report.kept = kept
            return report
    except BaseException:
        for file in stored:
            file.storage.delete(file.name)
        raise
    finally:
        Site.clear_site_root_paths_cache()


class _Loader:
    def __init__(self, folder: Path, entries: list[Entry], stored: list) -> None:
        self.entries = entries
        self.stored = stored
        self.ledger = Ledger()
        self.values = Values(folder, self.ledger)
        self.site: Site | None = None

    def run(self) -> Report:
        new = [entry for entry in self.entries if entry.key not in self.ledger]
        # Texts link to pages that come later, so all pages are there as drafts before one is filled.
        for step in (self.draft, self.fill):
            for entry in new:
                self.attempt(step, entry)
        made = [entry for entry in new if entry.key not in self.ledger.left_out]
        return Report(len(made), len(self.entries) - len(new), sorted(self.ledger.left_out))

    def attempt(self, step: Any, entry: Entry) -> None:
        try:
            step(entry)
        except MISTAKES as error:
            raise DemoError(entry.source, f"“{entry.key}”: {maker.in_words(error)}") from error

    def draft(self, entry: Entry) -> None:
        model = _model(entry)
        if not issubclass(model, Page):
            return
        parent = self.ledger.find(entry.parent) if entry.parent else sites.tree_root()
        if parent is None:
            self.ledger.left_out.add(entry.key)
            return
        if _is_home(entry):
            sites.remove_welcome_page()
        page = maker.draft_page(model, parent, entry)
        self.ledger.record(entry.key, page)
        if _is_home(entry):
            self.site = sites.show(page)

    def fill(self, entry: Entry) -> None:
        if entry.key in self.ledger.left_out:
            return
        thing = self.ledger.find(entry.key) if entry.key in self.ledger else self.new_thing(entry)
        if thing is None:
            self.ledger.left_out.add(entry.key)
            return
        self.values.fill(thing, entry.values)
        maker.save(thing, entry, self.stored)
        if entry.key not in self.ledger:
            self.ledger.record(entry.key, thing)

    def new_thing(self, entry: Entry) -> models.Model | None:
        model = _model(entry)
        return maker.settings_of(model, self.home_site()) if maker.is_setting(model) else model()

    def home_site(self) -> Site | None:
        """The site that shows the home page of the content, if one does."""
        home = next((self.ledger.find(entry.key) for entry in self.entries if _is_home(entry)), None)
        return self.site or (home and Site.objects.filter(root_page=home.pk).first())


def _model(entry: Entry) -> type[models.Model]:
    try:
        return apps.get_model(entry.model)
    except (LookupError, ValueError) as error:
        raise DemoError(entry.source, f"“{entry.key}”: {error}") from error


def _is_home(entry: Entry) -> bool:
    return entry.parent is None and issubclass(_model(entry), Page)
