"""Rows of data notes: what the Department or a State says about its figures."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import product
from typing import NamedTuple

from django.utils.translation import gettext as _

from impact.models import Measure
from impact.source.rows import CellRefusedError, Table, read_cell, read_data_group, read_state
from impact.years import read_year

LISTS = re.compile(r"\s*[,;]\s*")
# A school year may be written with a slash.
NUMBERS = re.compile(r"\s*[,;/]\s*")
SIGNS = re.compile(r"[^A-Z0-9]+")
EVERY = {"all", "all states", "all states and territories", "all years", "all school years", "n/a", "-"}
# Twelve years of all States and measures are 2,700.
MOST_PLACES = 10_000
LONGEST_TOPIC = 250


class NoteRow(NamedTuple):
    """A row in the order of the columns of `StagedNote`."""

    line: int
    year: int
    state: str
    data_group: int
    topic: str
    note: str
    state_note: str


def notes(table: Table, measures: Iterable[Measure]) -> Iterator[NoteRow]:
    """The data notes of a file, one for each school year, State and data group that a row names.

    Rows about the data of other programs, and rows without a text, are counted and left out.
    """
    place, findings = table.layout.places, table.findings
    specs: dict[str, list[int]] = defaultdict(list)
    for measure in measures:
        specs[_spec(measure.file_spec)].append(measure.data_group)
    ours = {group for groups in specs.values() for group in groups}
    for line, cells in table.rows():
        cell = {name: cells[number].strip() for name, number in place.items()}
        try:
            groups = _groups(cell, specs, ours)
            if not groups:
                findings.others_skipped += 1
                continue
            years = _list("School Year", read_year, cell["School Year"]) or [0]
            states = _list("State", read_state, cell["State"]) or [""]
            if len(years) * len(states) * len(groups) > MOST_PLACES:
                raise CellRefusedError("", _("it names more than %(most)s places") % {"most": f"{MOST_PLACES:,}"})
        except CellRefusedError as refused:
            findings.reject(line, refused.column, refused.reason)
            continue
        if not cell["Data Note"] and not cell["State Note"]:
            findings.empty_skipped += 1
        else:
            topic = (cell["Data Topic"] or cell["File Spec"])[:LONGEST_TOPIC]
            for year, state, group in product(years, states, groups):
                yield NoteRow(line, year, state, group, topic, cell["Data Note"], cell["State Note"])


def _groups(cell: dict[str, str], specs: dict[str, list[int]], ours: set[int]) -> list[int]:
    """The data groups of the program that a row is about, by its file specifications where it names no group.

    0 stands for all; nothing for those of other programs only.
    """
    groups = _list("Data Group", read_data_group, cell["Data Group"], NUMBERS)
    if groups:
        return [group for group in groups if group in ours]
    named = _list("File Spec", _spec, cell["File Spec"], NUMBERS)
    return [group for spec in named for group in specs.get(spec, [])] if named else [0]


def _spec(text: str) -> str:
    """A file specification as it is compared: FS121 for 121, C121 and FS 121."""
    digits = SIGNS.sub("", text.upper()).lstrip("FCSNX")
    return f"FS{digits.zfill(3)}"


def _list(column: str, read: Callable[[str], object], text: str, signs: re.Pattern = LISTS) -> list:
    """What the parts of a cell say, each once; nothing where all are meant."""
    parts = signs.split(text)
    if text.lower() in EVERY or any(part.lower() in EVERY for part in parts):
        return []
    return list(dict.fromkeys(read_cell(column, read, part) for part in parts if part))
