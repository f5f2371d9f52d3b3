"""What is known about one school year: the nation's figures of every measure."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import get_language

from impact import evidence
from impact.bands import BANDS, TOTAL, Band, band_for, band_order, codes_of
from impact.cells import Cell, is_sum_of_some, nation_cell, statuses_in
from impact.files import file_addresses
from impact.models.evidence import Measure
from impact.states import NATION, state_name
from impact.years import year_label
from portal.content_cache import remember


@dataclass
class MeasureReport:
    """A measure in a year: a line for each band that has a number or a symbol, the total last."""

    measure: Measure
    year: int
    kind: str
    lines: list[tuple[Band, Cell]]
    has_states: bool
    sources: list[dict[str, Any]]
    notes: list[dict[str, str]]

    @property
    def title(self) -> str:
        return f"{self.measure.name}: {self.kind}" if self.kind else self.measure.name

    @property
    def break_note(self) -> str:
        return evidence.break_before(self.measure, self.year)

    @property
    def symbols(self) -> list[tuple[str, str]]:
        return statuses_in(cell for _band, cell in self.lines)

    @property
    def is_computed(self) -> bool:
        return any(cell.is_computed for _band, cell in self.lines)

    @property
    def is_sum(self) -> bool:
        return is_sum_of_some(cell for _band, cell in self.lines)

    @property
    def missing(self) -> tuple[str, ...]:
        """The States that one of the computed numbers lacks."""
        return tuple(sorted({code for _band, cell in self.lines for code in cell.missing}))

    @property
    def missing_names(self) -> str:
        return ", ".join(sorted(str(state_name(code)) for code in self.missing))

    @property
    def states_query(self) -> str:
        """What the address of the page of figures ends with when it shows the States of this year."""
        choice = {"measure": self.measure.slug, "year": year_label(self.year), "service": self.kind}
        return f"?{urlencode({name: value for name, value in choice.items() if value})}#states"

    @property
    def files(self) -> dict[str, str]:
        return file_addresses(f"year-{year_label(self.year)}")


def find_reports(year: int) -> list[MeasureReport]:
    """A report for each measure, and for each type of service, that has rows in a year."""
    return remember(f"impact-year-{year}-{get_language()}", lambda: list(_read(year)))


def _read(year: int):
    for measure in evidence.measures().values():
        if year not in evidence.coverage().get(measure.pk, {}):
            continue
        kinds = evidence.program_types(measure, [year])
        notes = evidence.notes(measure, [year], [])
        for kind, found in evidence.read_evidence(measure, kinds, year=year).items():
            lines = national_lines(found, year)
            has_states = any(state != NATION for state in found.states_of(year))
            yield MeasureReport(measure, year, kind, lines, has_states, evidence.sources(found.source_ids), notes)


def national_lines(found: evidence.Evidence, year: int) -> list[tuple[Band, Cell]]:
    """The nation's bands in a year; ranges and grades as they were delivered stand after them, the total last."""
    states = found.states_of(year)
    bands = [band for band in BANDS if nation_cell(band, states)]
    covered = {code for band in (*bands, TOTAL) for code in (*codes_of(band.code), band.code)}
    others = sorted({code for row in states.values() for code in row} - covered, key=band_order)
    bands += [band_for(code) for code in others]
    return [(band, cell) for band in (*bands, TOTAL) if (cell := nation_cell(band, states))]
