"""The table of States for a year and a measure: chosen and sorted by links, with a map of the same numbers."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.http import Http404, QueryDict
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from impact import evidence
from impact.bands import ALL, BANDS, TOTAL, Band, band_for, band_order
from impact.cells import Cell, band_cell, is_sum_of_some, nation_cell, statuses_in
from impact.charts.tiles import TileMap, tile_map
from impact.files import file_addresses
from impact.models.evidence import Measure
from impact.states import BY_CODE, NATION, STATES, state_name
from impact.years import year_label
from portal.content_cache import remember
from portal.listing import Filter

ASCENDING, DESCENDING = "asc", "desc"
NAME = "state"
ANCHOR = "#states"


@dataclass
class StateTable:
    """What States have reported: a row for each of the 56, a column for each band."""

    measure: Measure
    year: int
    kind: str
    bands: list[Band]
    rows: dict[str, list[Cell | None]]
    nation: list[Cell | None]
    sources: list[dict[str, Any]] = field(default_factory=list)
    notes: list[dict[str, str]] = field(default_factory=list)

    @property
    def year_label(self) -> str:
        return year_label(self.year)

    @property
    def title(self) -> str:
        words = f"{self.measure.name} ({self.kind})" if self.kind else self.measure.name
        return _("%(measure)s, %(year)s, by State") % {"measure": words, "year": self.year_label}

    @property
    def map_title(self) -> str:
        """The map shows the first column only."""
        return f"{self.title}: {self.bands[0].label}"

    @property
    def has_computed(self) -> bool:
        return any(cell.is_computed for cells in [*self.rows.values(), self.nation] for cell in cells if cell)

    @property
    def has_more_in_total(self) -> bool:
        """Whether the last total takes in numbers of a State that has no total of its own."""
        # By their codes: a table out of the cache has bands of its own.
        totals = [cell for band, cell in zip(self.bands, self.nation, strict=True) if band.code == ALL and cell]
        lacking = [self.rows[code] for total in totals for code in total.missing]
        return any(cell and cell.number is not None for cells in lacking for cell in cells)

    @property
    def break_note(self) -> str:
        return evidence.break_before(self.measure, self.year)

    @property
    def is_sum(self) -> bool:
        """Whether the last row only adds up States, of which some are missing, and has no number of the nation."""
        return is_sum_of_some(self.nation)

    @property
    def has_gaps(self) -> bool:
        return any(cell is None for cells in self.rows.values() for cell in cells)

    @property
    def symbols(self) -> list[tuple[str, str]]:
        return statuses_in(cell for cells in self.rows.values() for cell in cells)

    @property
    def reporting(self) -> list[str]:
        """The States with a number in the first column."""
        return [
            code for code, cells in self.rows.items() if code in BY_CODE and cells[0] and cells[0].number is not None
        ]

    @property
    def map(self) -> TileMap:
        """The first column on a map."""
        return tile_map(
            {code: cells[0].number if cells[0] else None for code, cells in self.rows.items()},
            {code: cells[0].text for code, cells in self.rows.items() if cells[0]},
        )

    @property
    def description(self) -> str:
        numbers = {code: self.rows[code][0].number or 0 for code in self.reporting if self.rows[code][0]}
        if not numbers:
            return _("No State has a number here.")
        high, low = max(numbers, key=numbers.__getitem__), min(numbers, key=numbers.__getitem__)
        return _(
            "%(count)s of %(all)s States have a number; most: %(high)s with %(most)s, fewest: %(low)s with %(least)s."
        ) % {
            "count": len(numbers),
            "all": len(STATES),
            "high": state_name(high),
            "most": f"{numbers[high]:,}",
            "low": state_name(low),
            "least": f"{numbers[low]:,}",
        }

    def sorted_rows(self, column: str, direction: str) -> list[dict[str, Any]]:
        """Rows by name or by a column; States without a number stand last either way, by name."""
        by_name = sorted(self.rows, key=state_name)
        if column != NAME:
            place = [band.code for band in self.bands].index(column)
            numbers = {code: cell.number for code in by_name if (cell := self.rows[code][place])}
            known = [code for code in by_name if numbers.get(code) is not None]
            known.sort(key=lambda code: numbers[code] or 0, reverse=direction == DESCENDING)
            by_name = known + [code for code in by_name if code not in known]
        elif direction == DESCENDING:
            by_name.reverse()
        return [{"code": code, "name": state_name(code), "cells": self.rows[code]} for code in by_name]


def find_state_table(measure: Measure, year: int, kind: str) -> StateTable:
    """The table of a year in which the measure has rows."""
    # A key of the cache has no room for the words of a type.
    place = evidence.program_types(measure, [year]).index(kind)
    name = f"impact-states-{measure.pk}-{year}-{place}-{get_language()}"
    return remember(name, lambda: _read_table(measure, year, kind))


def _read_table(measure: Measure, year: int, kind: str) -> StateTable:
    found = evidence.read_evidence(measure, [kind], year=year)[kind]
    states = found.states_of(year)
    bands = _bands_in(states)
    reported = sorted(code for code in states if code != NATION)
    extra = [code for code in reported if code not in {state.code for state in STATES}]
    return StateTable(
        measure,
        year,
        kind,
        bands,
        {
            code: [band_cell(band, states.get(code, {})) for band in bands]
            for code in [*(state.code for state in STATES), *extra]
        },
        [nation_cell(band, states) for band in bands],
        evidence.sources(found.source_ids),
        evidence.notes(measure, [year], reported),
    )


def _bands_in(states: dict[str, dict[str, Cell]]) -> list[Band]:
    """The bands that a State can fill, the total first, then ranges as they are; those of the nation where none can."""
    states = {code: row for code, row in states.items() if code != NATION} or states
    found = [band for band in (TOTAL, *BANDS) if any(band_cell(band, row) for row in states.values())]
    covered = {code for band in found for code in (*band.codes, band.code)}
    others = sorted({code for row in states.values() for code in row} - covered, key=band_order)
    return [*found, *(band_for(code) for code in others)]


class StateChoice:
    """What a visitor has chosen by the address: measure, year, type of service, sorting.

    A year or service that another measure has, and this one not, gives way: whoever changes the measure in the form
    sends the old ones along. Nonsense is a dead link.
    """

    def __init__(self, query: QueryDict, path: str, default: Measure | None = None) -> None:
        self.path = path
        known = evidence.coverage()
        self.measures = {slug: entry for slug, entry in evidence.measures().items() if entry.pk in known}
        self.table: StateTable | None = None
        # What was asked for and is not shown, in words.
        self.left_out: list[str] = []
        if not self.measures:
            return
        first = default.slug if default and default.slug in self.measures else next(iter(self.measures))
        self.measure = self._choose(query, "measure", gettext_lazy("Measure"), self._measure_choices(), first, set())
        measure = self.measures[self.measure.selected]
        years = [year_label(year) for year in reversed(evidence.years_of(measure))]
        self.year = self._choose(
            query,
            "year",
            gettext_lazy("School year"),
            [(label, label) for label in years],
            year_label(evidence.newest_year_of_states(measure)),
            {year_label(year) for year in evidence.all_years()},
        )
        year = int(self.year.selected[:4])
        kinds = evidence.program_types(measure, [year])
        kind_choices = [(kind, kind or _("All services")) for kind in kinds]
        known_kinds = {kind for entry in self.measures.values() for kind in evidence.program_types(entry)}
        self.kind = self._choose(query, "service", gettext_lazy("Type of service"), kind_choices, kinds[0], known_kinds)
        self.table = find_state_table(measure, year, self.kind.selected)
        self._read_sorting(query)

    def _measure_choices(self) -> list[tuple[str, str]]:
        return [(slug, entry.name) for slug, entry in self.measures.items()]

    def _choose(
        self, query: QueryDict, name: str, label: Any, choices: list[tuple[str, str]], default: str, elsewhere: set[str]
    ) -> Filter:
        choice = Filter(name, label, "", choices, "")
        wanted = query.get(name, "").strip()
        if wanted and wanted in elsewhere - dict(choices).keys():
            self.left_out.append(wanted)
        else:
            choice.read(query)
        choice.selected = choice.selected or default
        return choice

    def _read_sorting(self, query: QueryDict) -> None:
        columns = [NAME, *(band.code for band in self.table.bands)] if self.table else []
        self.column, self.direction = query.get("sort") or NAME, query.get("order") or ASCENDING
        if self.column not in columns or self.direction not in {ASCENDING, DESCENDING}:
            raise Http404("No such order.")

    @property
    def filters(self) -> list[Filter]:
        """The choices that there are: one that leaves none is not shown."""
        return [choice for choice in (self.measure, self.year, self.kind) if len(choice.choices) > 1]

    def url(self, **changes: str) -> str:
        """The address of this choice with something else chosen."""
        query = QueryDict(mutable=True)
        values = {"measure": self.measure.selected, "year": self.year.selected, "service": self.kind.selected}
        query.update({name: value for name, value in (values | changes).items() if value})
        return f"{self.path}?{query.urlencode()}{ANCHOR}"

    @property
    def files(self) -> dict[str, str]:
        """The table as files, in the order shown."""
        order = {} if self.column == NAME else {"sort": self.column, "order": self.direction}
        name = f"states-{self.measure.selected}-{self.year.selected}"
        return file_addresses(name, service=self.kind.selected, **order)

    @cached_property
    def headings(self) -> list[dict[str, Any]]:
        """The column headings, each a link that sorts by it: names from A, numbers from the largest."""
        columns = [(NAME, _("State"), ASCENDING)]
        columns += [(band.code, str(band.label), DESCENDING) for band in self.table.bands] if self.table else []
        headings = []
        for code, label, first in columns:
            is_sorted = code == self.column
            turned = ASCENDING if self.direction == DESCENDING else DESCENDING
            headings.append(
                {
                    "label": label,
                    "is_number": code != NAME,
                    "sorted": {ASCENDING: "ascending", DESCENDING: "descending"}[self.direction] if is_sorted else "",
                    "url": self.url(sort=code, order=turned if is_sorted else first),
                }
            )
        return headings

    @cached_property
    def rows(self) -> list[dict[str, Any]]:
        return self.table.sorted_rows(self.column, self.direction) if self.table else []
