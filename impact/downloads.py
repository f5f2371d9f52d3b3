"""The rows of what is shown, as CSV or JSON: one row for each cell, in the columns of the data dictionary."""

import csv
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.http import Http404, QueryDict
from django.utils.translation import gettext as _

from impact import evidence
from impact.bands import band_choices, band_label
from impact.cells import Cell, is_sum_of_some
from impact.datasets import NAMES
from impact.models import Measure, Observation
from impact.state_tables import StateChoice
from impact.states import NATION, state_name
from impact.trends import read_trend
from impact.year_reports import find_reports
from impact.years import year_label

# What a spreadsheet would run; a lone dash is a symbol, and a number a number.
FORMULA = re.compile(r"[=@\t\r]|[+-](?![\d.,]*%?$)")
# Rows that are read at once for the file of a whole measure.
PART = 2000
YEAR = re.compile(r"\d{4}-\d{2}")

DownloadRow = dict[str, Any]


def find_rows(name: str, query: QueryDict) -> Iterable[DownloadRow]:
    """The rows of a file by its name; Http404 for one that there isn't.

    trend-MEASURE (with ?bands=A,B), states-MEASURE-YEAR (with ?service=), year-YEAR, and MEASURE for all rows of it.
    """
    kind, _dash, rest = name.partition("-")
    if kind == "trend":
        return _trend(_measure(rest), query)
    if kind == "states":
        slug, year = rest[:-8], rest[-7:]
        return _states(_measure(slug), year, query)
    if kind == "year" and YEAR.fullmatch(rest):
        return _year(rest)
    return _everything(_measure(name))


def _measure(slug: str) -> Measure:
    measure = evidence.measures().get(slug)
    if measure is None or not evidence.years_of(measure):
        raise Http404("No such file.")
    return measure


def _trend(measure: Measure, query: QueryDict) -> Iterator[DownloadRow]:
    codes = [code for code in query.get("bands", "").split(",") if code]
    if len(codes) > len(set(codes)) or set(codes) - {code for code, _label in band_choices()}:
        raise Http404("No such band.")
    # Not remembered: there are endlessly many choices.
    trend = read_trend(measure, codes)
    if trend is None:
        raise Http404("No such file.")
    for label, code, kind, cells in trend.lines:
        for year, cell in cells.items():
            yield _row(
                measure, year, NATION, code, cell, trend.sources, kind=kind, band_name=label if not kind else None
            )


def _states(measure: Measure, year: str, query: QueryDict) -> Iterator[DownloadRow]:
    chosen = query.copy()
    chosen["year"], chosen["measure"] = year, measure.slug
    choice = StateChoice(chosen, "")
    table = choice.table
    if table is None or choice.left_out:
        raise Http404("No such file.")
    rows = [(row["code"], row["cells"]) for row in choice.rows]
    for code, cells in [*rows, (NATION, table.nation)]:
        for band, cell in zip(table.bands, cells, strict=True):
            if cell:
                yield _row(measure, table.year, code, band.code, cell, table.sources, kind=table.kind)


def _year(label: str) -> Iterator[DownloadRow]:
    year = int(label[:4])
    reports = find_reports(year)
    if label != year_label(year) or not reports:
        raise Http404("No such file.")
    for report in reports:
        for band, cell in report.lines:
            yield _row(report.measure, year, NATION, band.code, cell, report.sources, kind=report.kind)


def _everything(measure: Measure) -> Iterator[DownloadRow]:
    """All rows of a measure as they were delivered, districts and schools among them, in the order of the imports.

    They are read some at a time, by their keys: a cursor kept open for all of them would outlive a visitor who leaves.
    """
    found = Observation.objects.filter(measure=measure).order_by("pk")
    last, sources = 0, {}
    while part := list(found.filter(pk__gt=last)[:PART]):
        sources |= evidence.sources_by_id({entry.source_id for entry in part} - sources.keys())
        for entry in part:
            cell = Cell(entry.value, entry.number, entry.status)
            source = sources[entry.source_id]
            row = _row(measure, entry.year, entry.state, entry.band, cell, [source], kind=entry.program_type)
            yield row | {
                "district_or_school": entry.entity,
                "district_or_school_name": entry.entity_name,
                "subgroup": entry.subgroup,
            }
        last = part[-1].pk


def _row(
    measure: Measure,
    year: int,
    state: str,
    band: str,
    cell: Cell,
    sources: list[dict[str, Any]],
    *,
    kind: str = "",
    band_name: str | None = None,
) -> DownloadRow:
    return dict.fromkeys(NAMES, "") | {
        "school_year": year_label(year),
        "state_code": state,
        # As the table calls it.
        "state": _("Sum of these States") if state == NATION and is_sum_of_some([cell]) else state_name(state),
        "measure": measure.name,
        "file_spec": measure.file_spec,
        "data_group": measure.data_group,
        "service": kind,
        "band": band,
        "band_name": band_name or band_label(band),
        "value": cell.text,
        "number": cell.number,
        "status": cell.status,
        "computed": "yes" if cell.is_computed else "",
        "missing_states": " ".join(cell.missing),
        "source_file": "; ".join(source["file"] for source in sources),
        "source_address": "; ".join(dict.fromkeys(source["url"] for source in sources if source["url"])),
        "retrieved": "; ".join(dict.fromkeys(source["retrieved"].isoformat() for source in sources)),
    }


class _Echo:
    """Gives back what a CSV writer writes."""

    def write(self, text: str) -> str:
        return text


def as_csv(rows: Iterable[DownloadRow]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield writer.writerow(NAMES)
    for row in rows:
        yield writer.writerow([_harmless(row[name]) for name in NAMES])


def _harmless(value: Any) -> Any:
    """A text that no spreadsheet takes for a formula (https://owasp.org/www-community/attacks/CSV_Injection)."""
    if isinstance(value, str) and len(value) > 1 and FORMULA.match(value):
        return f"'{value}"
    return "" if value is None else value


def as_json(rows: Iterable[DownloadRow]) -> Iterator[str]:
    """A list of objects, one a line."""
    yield "["
    for number, row in enumerate(rows):
        yield (",\n" if number else "\n") + json.dumps(row, ensure_ascii=False)
    yield "\n]\n"
