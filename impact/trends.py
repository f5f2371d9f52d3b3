"""A measure over the years: the series that a chart draws, and the table beside it."""

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from impact import evidence
from impact.bands import ALL, Band, band_choices, band_for
from impact.cells import Cell, nation_cell, statuses_in
from impact.charts.trend import Series, TrendChart, trend_chart
from impact.models.evidence import Measure
from impact.states import ISLANDS, NATION, state_name
from impact.years import year_label
from portal.content_cache import remember

# A national number that is computed joins the trend only if no more States than these are missing from it: what more
# are missing would look like a decline. The four territories, where few students are, do not count.
MISSING_ALLOWED = 10
# The lines that a chart can tell apart without colours.
MOST_SERIES = 5


class Line(NamedTuple):
    """One line of a chart: a band, of one type of service or of all, with its cells by year."""

    label: str
    code: str
    kind: str
    cells: dict[int, Cell]

    def largest(self) -> int:
        return max((cell.number or 0 for cell in self.cells.values()), default=0)


@dataclass
class Trend:
    """A measure over the years, as lines."""

    measure: Measure
    years: list[int]
    lines: list[Line]
    sources: list[dict[str, Any]] = field(default_factory=list)
    notes: list[dict[str, str]] = field(default_factory=list)

    @property
    def breaks(self) -> dict[int, str]:
        return evidence.breaks_of(self.measure)

    @property
    def drawn(self) -> list[Line]:
        """The lines of the chart: those with the largest numbers, in the order of the table, which has all."""
        largest = sorted(self.lines, key=Line.largest, reverse=True)[:MOST_SERIES]
        return [line for line in self.lines if line in largest]

    @property
    def chart(self) -> TrendChart:
        drawn = [
            Series(
                line.label,
                {year: cell.number for year, cell in line.cells.items()},
                {year: cell.text for year, cell in line.cells.items()},
            )
            for line in self.drawn
        ]
        return trend_chart(self.years, drawn, self.breaks)

    @property
    def table(self) -> list[dict[str, Any]]:
        """A row for each year, newest first; a cell is None where nothing is known."""
        return [
            {"year": year_label(year), "start": year, "cells": [line.cells.get(year) for line in self.lines]}
            for year in reversed(self.years)
        ]

    @property
    def symbols(self) -> list[tuple[str, str]]:
        return statuses_in(cell for line in self.lines for cell in line.cells.values())

    @property
    def has_computed(self) -> bool:
        return any(cell.is_computed for line in self.lines for cell in line.cells.values())

    @property
    def missing(self) -> list[dict[str, str]]:
        """For each year with a computed number that lacks States: its label, and their names."""
        found: dict[int, set[str]] = {}
        for line in self.lines:
            for year, cell in line.cells.items():
                if cell.missing:
                    found.setdefault(year, set()).update(cell.missing)
        return [
            {"year": year_label(year), "states": ", ".join(sorted(str(state_name(code)) for code in codes))}
            for year, codes in sorted(found.items())
        ]

    @property
    def description(self) -> str:
        """The chart in words: where each line begins and ends, and its highest number."""
        sentences = []
        for line in self.drawn:
            known = {year: cell for year, cell in line.cells.items() if cell.number is not None}
            if not known:
                continue
            first, last = min(known), max(known)
            top = max(known, key=lambda year: known[year].number or 0)
            if first == last:
                words = _("%(label)s: %(last)s in %(last_year)s.")
            else:
                words = _(
                    "%(label)s: from %(first)s in %(first_year)s to %(last)s in %(last_year)s; "
                    "highest in %(top_year)s with %(top)s."
                )
            sentences.append(
                words
                % {
                    "label": line.label,
                    "first": known[first].text,
                    "first_year": year_label(first),
                    "last": known[last].text,
                    "last_year": year_label(last),
                    "top": known[top].text,
                    "top_year": year_label(top),
                }
            )
        return " ".join(sentences)


def find_trend(measure: Measure, codes: list[str]) -> Trend | None:
    """The trend of some bands of a measure, of its total where none is named; None where there are no numbers."""
    name = f"impact-trend-{measure.pk}-{'-'.join(codes)}-{get_language()}"
    return remember(name, lambda: read_trend(measure, codes))


def read_trend(measure: Measure, codes: list[str]) -> Trend | None:
    """The same, read anew."""
    types = evidence.program_types(measure)
    wanted = codes or [ALL]
    # Where services are told apart, each is a line, of one band.
    kinds = [""] if "" in types and len(wanted) > 1 else types
    lines, source_ids = _read_lines(measure, kinds, wanted if kinds == [""] else wanted[:1])
    if not lines and not codes and "" in types:
        # A measure without a total is shown by what it has.
        lines, source_ids = _read_lines(measure, [""], [code for code, _label in band_choices()])
    # Years without a number at either end say nothing; in between they are gaps.
    known = {year for line in lines for year, cell in line.cells.items() if cell.number is not None}
    if not known:
        return None
    years = sorted({year for line in lines for year in line.cells if min(known) <= year <= max(known)})
    return Trend(
        measure,
        years,
        [line._replace(cells=_between(line.cells, years[0], years[-1])) for line in lines],
        evidence.sources(source_ids),
        evidence.notes(measure, years, []),
    )


def _read_lines(measure: Measure, kinds: list[str], codes: list[str]) -> tuple[list[Line], set[int]]:
    """A line for each band, or for each type of service, that has cells; and the imports that they come from.

    The rows of all States, which are many, are only read for the years in which a band of the nation was not delivered.
    """
    bands = [band_for(code) for code in codes]
    nation = evidence.read_evidence(measure, kinds, state=NATION)
    lacking = [
        year
        for year in evidence.years_of(measure)
        if not all(_is_delivered(found.states_of(year), band) for found in nation.values() for band in bands)
    ]
    states = evidence.read_evidence(measure, kinds, year__in=lacking) if lacking else {}
    whole = _("All services") if len(kinds) > 1 else ""
    lines = []
    for kind, found in nation.items():
        rows = found.years | (states[kind].years if states else {})
        lines += [Line(kind or whole or str(band.label), band.code, kind, _national(rows, band)) for band in bands]
    source_ids = {source_id for found in [*nation.values(), *states.values()] for source_id in found.source_ids}
    return [line for line in lines if line.cells], source_ids


def _is_delivered(states: evidence.States, band: Band) -> bool:
    return band.code in states.get(NATION, {})


def _national(years: dict[int, evidence.States], band: Band) -> dict[int, Cell]:
    cells = {year: nation_cell(band, states) for year, states in sorted(years.items())}
    return {year: cell for year, cell in cells.items() if cell and len(set(cell.missing) - ISLANDS) <= MISSING_ALLOWED}


def _between(cells: dict[int, Cell], first: int, last: int) -> dict[int, Cell]:
    return {year: cell for year, cell in cells.items() if first <= year <= last}
