"""The two layouts of ED Data Express, and how the columns of a file are matched with one of them."""

import re
from typing import NamedTuple

from django.utils.translation import gettext as _

from impact.source.lines import FileRefusedError

DATA = [
    "School Year",
    "State",
    "NCES LEA ID",
    "LEA",
    "School",
    "NCES SCH ID",
    "Data Group",
    "Data Description",
    "Value",
    "Numerator",
    "Denominator",
    "Population",
    "Subgroup",
    "Characteristics",
    "Age/Grade",
    "Academic Subject",
    "Outcome",
    "Program Type",
]
NOTES = ["School Year", "State", "File Spec", "Data Group", "Data Topic", "Data Note", "State Note"]
# Names under which newer releases have a column.
OTHER_NAMES = {
    "schoolyr": "schoolyear",
    "schoolyears": "schoolyear",
    "statename": "state",
    "statecomment": "statenote",
    "datagroups": "datagroup",
    "datatopics": "datatopic",
    "filespecs": "filespec",
}
SIGNS = re.compile(r"[^a-z0-9]+")


class Layout(NamedTuple):
    """Which kind of file it is, and where each column stands in it."""

    kind: str
    places: dict[str, int]
    width: int


def _key(name: str) -> str:
    return SIGNS.sub("", name.lower())


def _keys(header: list[str]) -> list[str]:
    """The names of a header as they are compared; another name for a column that is there too is a column apart."""
    keys = [_key(name) for name in header]
    return [key if OTHER_NAMES.get(key) in keys else OTHER_NAMES.get(key, key) for key in keys]


def _are_notes(keys: list[str]) -> bool:
    """Whether more columns are there that only notes have than columns that only figures have."""
    notes, data = ({_key(name) for name in names} for names in (NOTES, DATA))
    return len((notes - data).intersection(keys)) > len((data - notes).intersection(keys))


def match_columns(header: list[str]) -> Layout:
    """The layout of a file by its first line, in any order and case; all missing columns are named at once."""
    keys = _keys(header)
    kind, wanted = ("notes", NOTES) if _are_notes(keys) else ("data", DATA)
    twice = sorted({name for name in wanted if keys.count(_key(name)) > 1})
    if twice:
        raise FileRefusedError(
            _("Line 1: these columns are there more than once: %(names)s.") % {"names": ", ".join(twice)}
        )
    missing = [name for name in wanted if _key(name) not in keys]
    if len(missing) == len(wanted):
        raise FileRefusedError(_("Line 1 names no column of ED Data Express; is this another file?"))
    if missing:
        raise FileRefusedError(_("Line 1: these columns are missing: %(names)s.") % {"names": ", ".join(missing)})
    return Layout(kind, {name: keys.index(_key(name)) for name in wanted}, len(header))
