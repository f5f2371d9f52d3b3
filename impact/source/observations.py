"""Rows of figures: what was counted, about whom, and what the Department says of it."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from django.utils.translation import gettext as _

from impact.bands import read_band
from impact.models import Measure
from impact.source.findings import Findings
from impact.source.rows import CellRefusedError, Table, read_cell, read_data_group, read_state
from impact.source.values import read_value
from impact.years import read_year

# Columns that tell parts of the students apart, other than age and grade.
PARTS = ["Population", "Subgroup", "Characteristics", "Academic Subject", "Outcome"]
# Words that name the program and everybody in it. A cell of nothing else tells nobody apart; the words of the name of
# a measure ("summer") tell nobody apart within it.
# fmt: off
EVERYBODY = frozenset({
    "12", "a", "all", "and", "any", "at", "c", "child", "children", "count", "counts", "education", "eligible",
    "for", "i", "in", "is", "mep", "migrant", "migrants", "migratory", "month", "months", "of", "or", "part",
    "participant", "participants", "participating", "population", "program", "programs", "service", "services",
    "student", "students", "term", "the", "title", "total", "unit", "who", "youth", "youths",
})
# fmt: on
# All who are counted as served are; of those who are eligible, they are a part.
SERVED = frozenset({"served", "received", "receiving"})
ELIGIBLE = "eligible"
NOTHING = frozenset({"", "-", "–", "n/a", "na", "not applicable", "none", "no subgroup", "null"})
WORD = re.compile(r"\w+")
LONGEST_PROGRAM_TYPE, LONGEST_SUBGROUP, LONGEST_NAME = 120, 250, 120
# NCES numbers; a spreadsheet takes the zeros from their front.
NUMBER = re.compile(r"[0-9]+")
LEA_DIGITS, SCHOOL_DIGITS = 7, 12


class ObservationRow(NamedTuple):
    """A row in the order of the columns of `StagedObservation`."""

    line: int
    entity: str
    measure_id: int
    year: int
    state: str
    band: str
    program_type: str
    subgroup: str
    value: str
    number: int | None
    status: str
    entity_name: str


def observations(
    table: Table, measures: Iterable[Measure], services: Iterable[str], *, with_districts: bool, with_schools: bool
) -> Iterator[ObservationRow]:
    """The observations of a file. Rows of districts and schools are counted and left out unless asked for.

    `services` are the types of service that are known, as they are written.
    """
    place, findings = table.layout.places, table.findings
    state, value, band = place["State"], place["Value"], place["Age/Grade"]
    lea, lea_id, school, school_id = (place[name] for name in ("LEA", "NCES LEA ID", "School", "NCES SCH ID"))
    frame = [place[name] for name in ("Data Group", "School Year", "Program Type", *PARTS)]
    reader = _Reader(measures, services)
    for line, cells in table.rows():
        try:
            entity = name = ""
            if _is_named(cells[school], cells[school_id]):
                if not with_schools:
                    findings.schools_skipped += 1
                    continue
                entity = _number(cells[school_id], SCHOOL_DIGITS, "NCES SCH ID")
                name = cells[school].strip()[:LONGEST_NAME]
            elif _is_named(cells[lea], cells[lea_id]):
                if not with_districts:
                    findings.districts_skipped += 1
                    continue
                entity = _number(cells[lea_id], LEA_DIGITS, "NCES LEA ID")
                name = cells[lea].strip()[:LONGEST_NAME]
            text, number, status = read_cell("Value", read_value, cells[value].strip())
            measure_id, start, program_type, subgroup = reader.frame(*[cells[column] for column in frame])
            yield ObservationRow(
                line,
                entity,
                measure_id,
                start,
                read_cell("State", read_state, cells[state]),
                read_cell("Age/Grade", read_band, cells[band]),
                program_type,
                subgroup,
                text,
                number,
                status,
                name,
            )
        except CellRefusedError as refused:
            findings.reject(line, refused.column, refused.reason)
    _warn_of_nothing(findings)


def _warn_of_nothing(findings: Findings) -> None:
    if findings.rows and findings.rows == findings.districts_skipped + findings.schools_skipped:
        findings.warnings.append(_("All rows are of districts or schools; none is of a State."))


class _Reader:
    """What can only be read with the measures at hand; remembers what it has read, for the same words come again."""

    def __init__(self, measures: Iterable[Measure], services: Iterable[str]) -> None:
        measures = list(measures)
        self.keys = {measure.data_group: measure.pk for measure in measures}
        self.words = {measure.pk: _words_of_everybody(measure) for measure in measures}
        # Types of service whatever their case: as they are known, else as the file has them first.
        self.services = {service.casefold(): service for service in services}
        # Hundreds of rows in a row have these cells in common.
        self.frame: Callable[..., tuple[int, int, str, str]] = lru_cache(256)(self._frame)

    def _frame(self, group: str, year: str, program: str, *parts: str) -> tuple[int, int, str, str]:
        """Measure, school year, type of service and subgroup."""
        measure_id = read_cell("Data Group", self._measure, group)
        start = read_cell("School Year", read_year, year)
        return measure_id, start, self._program_type(measure_id, program), self._subgroup(measure_id, *parts)

    def _measure(self, text: str) -> int:
        group = read_data_group(text)
        if group not in self.keys:
            known = ", ".join(str(known) for known in sorted(self.keys))
            raise ValueError(
                _("data group “%(group)s” is none of the program's (%(known)s)") % {"group": group, "known": known}
            )
        return self.keys[group]

    def _program_type(self, measure_id: int, text: str) -> str:
        """The type of service; "" for the program as a whole."""
        text = " ".join(text.split())
        if self._is_everybody(measure_id, text):
            return ""
        text = _not_longer(text, LONGEST_PROGRAM_TYPE, "Program Type")
        return self.services.setdefault(text.casefold(), text)

    def _subgroup(self, measure_id: int, *parts: str) -> str:
        """The words that tell a part of the students apart; "" for everybody."""
        kept = dict.fromkeys(" ".join(part.split()) for part in parts)
        text = ", ".join(part for part in kept if not self._is_everybody(measure_id, part))
        return _not_longer(text, LONGEST_SUBGROUP, "Subgroup")

    def _is_everybody(self, measure_id: int, text: str) -> bool:
        """Whether a cell says no more than that the program is meant: any other word may be of a part of it."""
        return text.lower() in NOTHING or self.words[measure_id].issuperset(_words(text))


def _words_of_everybody(measure: Measure) -> frozenset[str]:
    name = _words(measure.name)
    return EVERYBODY.union(name) if ELIGIBLE in name else EVERYBODY.union(name, SERVED)


def _is_named(name: str, number: str) -> bool:
    """Whether the cells for a district or school say one."""
    return bool(name or number) and not NOTHING.issuperset((name.strip().lower(), number.strip().lower()))


def _words(text: str) -> list[str]:
    return WORD.findall(text.lower())


def _not_longer(text: str, length: int, column: str) -> str:
    # Two that are cut off at the same place would be taken for one.
    if len(text) > length:
        raise CellRefusedError(column, _("it has more than %(length)s characters") % {"length": length})
    return text


def _number(text: str, digits: int, column: str) -> str:
    text = text.strip()
    if not NUMBER.fullmatch(text) or len(text) > digits:
        raise CellRefusedError(column, _("“%(text)s” is not a number of NCES") % {"text": text[:40]})
    return text.zfill(digits)
