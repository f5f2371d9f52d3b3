"""The numbers of a State that look odd: parts that don't make their total, and leaps from year to year."""
# ruff: noqa: S608 - names are constants of the models, values are parameters

from collections.abc import Iterator
from itertools import groupby
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from impact.bands import ALL, MISSING, codes_of
from impact.importing.staged import ABOUT, about, stream
from impact.importing.tables import Tables
from impact.models import Import

# A change from one year to the next of this share or more is named, in per cent.
CONSPICUOUS = 25


class Row(NamedTuple):
    """A staged row of a State, with the number of the year before that is stored."""

    measure_id: int
    program_type: str
    subgroup: str
    state: str
    year: int
    band: str
    line: int
    value: str
    number: int | None
    stored_before: int | None


def of_numbers(imported: Import, tables: Tables, names: dict[int, str]) -> Iterator[dict[str, Any]]:
    before = tables.same_key.replace("o.year = s.year", "o.year = s.year - 1")
    sql = (
        f"SELECT {ABOUT}, s.line, s.value, s.number, o.number "
        f"FROM {tables.staged} s LEFT JOIN {tables.target} o ON {before} "
        "WHERE s.source_id = %s AND s.entity = '' "
        "ORDER BY s.measure_id, s.program_type, s.subgroup, s.state, s.year"
    )
    rows = (Row(*row) for row in stream(sql, [imported.pk]))
    earlier: dict[str, Row] = {}
    for _place, group in groupby(rows, key=lambda row: row[:5]):
        table = {row.band: row for row in group}
        yield from _parts_and_total(table, names)
        yield from _steps(table, earlier, names)
        earlier = table


def _parts_and_total(table: dict[str, Row], names: dict[int, str]) -> Iterator[dict[str, Any]]:
    """Compares the total of a State with its parts; grades within a range that stands there too count once."""
    parts = [row for band, row in table.items() if band != ALL and not _is_inside_another(band, table)]
    total, numbers = table.get(ALL), [row.number for row in parts if row.number is not None]
    added = sum(numbers)
    has_gaps = len(numbers) < len(parts)
    has_total = total is not None and total.number is not None and numbers
    if has_total and (added > total.number or (added < total.number and not has_gaps)):
        yield {
            "line": total.line,
            "text": _("%(what)s: the parts add up to %(sum)s, the total says %(total)s.")
            % {"what": _what(total, names), "sum": f"{added:,}", "total": f"{total.number:,}"},
        }
    unspecified = table.get(MISSING)
    others = added - (unspecified.number or 0 if unspecified else 0)
    if unspecified and unspecified.number and len(numbers) > 2 and unspecified.number == others:
        yield {
            "line": unspecified.line,
            "text": _("%(what)s: this is the sum of all others. Is it the total, and not “grade not specified”?")
            % {"what": _what(unspecified, names)},
        }


def _is_inside_another(band: str, table: dict[str, Row]) -> bool:
    """Whether a grade or range lies within a wider range of the same table."""
    return any(other != band and codes_of(band) < codes_of(other) for other in table if "-" in other)


def _steps(table: dict[str, Row], earlier: dict[str, Row], names: dict[int, str]) -> Iterator[dict[str, Any]]:
    """Compares each number with that of the year before, of this file if it has it, else of what is stored."""
    for band, row in table.items():
        before = earlier.get(band)
        if before is not None and before[:4] == row[:4] and before.year == row.year - 1:
            old = before.number
        else:
            old = row.stored_before
        if old is None or row.number is None or row.number == old:
            continue
        if abs(row.number - old) * 100 >= CONSPICUOUS * old:
            # From 0 on there is no share.
            change = f" ({round((row.number - old) * 100 / old):+d} %)" if old else ""
            yield {
                "line": row.line,
                "text": _("%(what)s: %(new)s after %(old)s in the year before%(change)s.")
                % {"what": _what(row, names), "new": f"{row.number:,}", "old": f"{old:,}", "change": change},
            }


def _what(row: Row, names: dict[int, str]) -> str:
    return about(names, row.measure_id, row.program_type, row.subgroup, row.state, row.year, row.band)
