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
from impact.states import NATION
from impact.years import year_label
from portal.content_cache import remember

# A national number that is computed joins the trend only if no more States than these are missing from it: what more
# are missing would look like a decline.
MISSING_ALLOWED = 10
MOST_SERIES = 5


class Line(NamedTuple):
    """One line of a chart: a band, of one type of service or of all, with its cells by year."""

    label: str
    code: str
    kind: str
    cells: dict[int, Cell]


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
    def chart(self) -> TrendChart:
        drawn = [
            Series(
                line.label,
                {year: cell.number for year, cell in line.cells.items()},
                {year: cell.text for year, cell in line.cells.items()},
            )
            for line in self.lines
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
    def description(self) -> str:
        """The chart in words: where each line begins and ends, and its highest number."""
        sentences = []
        for line in self.lines:
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
    return remember(name, lambda: _read_trend(measure, codes))


def _read_trend(measure: Measure, codes: list[str]) -> Trend | None:
    types = evidence.program_types(measure)
    kinds = [""] if "" in types else types[:MOST_SERIES]
    found = {kind: _national_evidence(measure, kind) for kind in kinds}
    if kinds == [""]:
        lines = _lines(found, codes or [ALL])
        if not codes and not any(line.cells for line in lines):
            # A measure without a total is shown by what it has.
            lines = [line for line in _lines(found, [code for code, _label in band_choices()]) if line.cells]
    else:
        lines = _lines(found, (codes or [ALL])[:1])
    lines = lines[:MOST_SERIES]
    # Years without a number at either end say nothing; in between they are gaps.
    known = {year for line in lines for year, cell in line.cells.items() if cell.number is not None}
    if not known:
        return None
    years = sorted({year for line in lines for year in line.cells if min(known) <= year <= max(known)})
    return Trend(
        measure,
        years,
        [line._replace(cells=_between(line.cells, years[0], years[-1])) for line in lines],
        evidence.sources({source_id for parts in found.values() for part in parts for source_id in part.source_ids}),
        evidence.notes(measure, years, []),
    )


def _lines(found: dict[str, list[evidence.Evidence]], codes: list[str]) -> list[Line]:
    """A line for each band, or for each type of service."""
    bands = [band_for(code) for code in codes]
    return [
        Line(kind or str(band.label), band.code, kind, _national(parts, band))
        for kind, parts in found.items()
        for band in bands
    ]


def _between(cells: dict[int, Cell], first: int, last: int) -> dict[int, Cell]:
    return {year: cell for year, cell in cells.items() if first <= year <= last}


def _national_evidence(measure: Measure, kind: str) -> list[evidence.Evidence]:
    """The rows of the nation, and those of all States for the years without such rows."""
    nation = evidence.Evidence(measure, kind, state=NATION)
    covered = {year for year, _state in nation.rows}
    uncovered = [year for year in evidence.years_of(measure) if year not in covered]
    return [nation, evidence.Evidence(measure, kind, year__in=uncovered)] if uncovered else [nation]


def _national(found: list[evidence.Evidence], band: Band) -> dict[int, Cell]:
    cells = {}
    for part in found:
        for year in {year for year, _state in part.rows}:
            cell = nation_cell(band, part.states_of(year))
            if cell and len(cell.missing) <= MISSING_ALLOWED:
                cells[year] = cell
    return dict(sorted(cells.items()))
