"""Cells of published tables, and the rule by which a sum of them is a number.

A sum is only made of numbers. What is missing or suppressed in a part leaves the sum without a number; a part that is
not applicable has no students to add. A sum over States names those without a number.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from impact.bands import ALL, BANDS, BEYOND_12, UNGRADED, Band, codes_of
from impact.models.evidence import Status
from impact.states import BY_CODE, NATION, STATES


class Cell(NamedTuple):
    """What a table shows in one place."""

    text: str
    number: int | None
    status: str
    is_computed: bool = False
    # The codes of the States that a computed number lacks.
    missing: tuple[str, ...] = ()


# The cells of one State in one year, by the code of the age or grade.
Row = Mapping[str, Cell]

SYMBOLS = {
    Status.NOT_APPLICABLE.value: "†",
    Status.MISSING.value: "–",
    Status.SUPPRESSED.value: "‡",
    Status.RANGE.value: "‡",
    Status.PERCENT.value: "‡",
}


def band_cell(band: Band, row: Row) -> Cell | None:
    """A band of one State: as it was delivered, else added up from its ages or grades; None where there is neither."""
    if band.code in row:
        return row[band.code]
    if band.code == ALL:
        parts = [band_cell(part, row) for part in BANDS]
        beyond = [row[BEYOND_12]] if BEYOND_12 in row else []
        # A total is a claim about everybody: where a whole band is absent, nobody knows it.
        return None if None in parts else _sum([*(cell for cell in parts if cell), *beyond])
    return _sum(_parts(band, row))


def _parts(band: Band, row: Row) -> list[Cell]:
    """The cells that make up a band, each grade once, or [].

    A State has no row for a grade in which it has nobody. But where ranges of grades stand for them, as KG-03 does, a
    grade in none of them is unknown; so is one that a row has together with grades beyond the band.
    """
    whole = set(band.codes)
    left, chosen = set(whole), []
    within = [code for code in row if codes_of(code) <= whole]
    for code in sorted(within, key=lambda code: len(codes_of(code)), reverse=True):
        if codes_of(code) <= left:
            chosen.append(code)
            left -= codes_of(code)
    has_range = any(len(codes_of(code)) > 1 for code in chosen)
    is_crossed = any(codes_of(code) & left and not codes_of(code) <= whole for code in row)
    if is_crossed or (has_range and left - {UNGRADED}):
        return []
    return [row[code] for code in chosen]


def nation_cell(band: Band, rows: Mapping[str, Row]) -> Cell | None:
    """A band of the nation: as it was delivered, else the sum of the States, which names those that it lacks."""
    if NATION in rows and (cell := band_cell(band, rows[NATION])):
        return cell
    codes = [*(state.code for state in STATES), *sorted(rows.keys() - BY_CODE.keys() - {NATION})]
    cells = {code: band_cell(band, rows.get(code, {})) for code in codes}
    numbers = [cell.number for cell in cells.values() if cell and cell.number is not None]
    if not numbers:
        return None
    missing = [
        code
        for code, cell in cells.items()
        if cell is None or (cell.number is None and cell.status != Status.NOT_APPLICABLE)
    ]
    return _computed(sum(numbers), tuple(missing))


def is_sum_of_some(cells: Iterable[Cell | None]) -> bool:
    """Whether every number among the cells is computed, and States are missing from one."""
    numbers = [cell for cell in cells if cell and cell.number is not None]
    return all(cell.is_computed for cell in numbers) and any(cell.missing for cell in numbers)


def _sum(parts: list[Cell]) -> Cell | None:
    if not parts:
        return None
    counted = [cell for cell in parts if cell.status != Status.NOT_APPLICABLE]
    unknown = next((cell for cell in counted if cell.number is None), None)
    if not counted:
        return parts[0]
    if unknown:
        return Cell(SYMBOLS[unknown.status], None, unknown.status)
    return _computed(sum(cell.number or 0 for cell in counted))


def _computed(number: int, missing: tuple[str, ...] = ()) -> Cell:
    return Cell(f"{number:,}", number, Status.NUMBER.value, is_computed=True, missing=missing)


def delivered(text: str, number: int | None, status: str) -> Cell:
    """A cell as the file has it; an empty one gets a sign, so that a reader sees that it is meant."""
    if number is not None:
        return Cell(f"{number:,}", number, status)
    return Cell(text or SYMBOLS[status], None, status)


def statuses_in(cells: Iterable[Cell | None]) -> list[tuple[str, str]]:
    """The symbols among some cells with what they mean, for the line below a table."""
    found = {(cell.text, str(Status(cell.status).label)) for cell in cells if cell and cell.number is None}
    return sorted(found)
