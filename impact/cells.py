"""Cells of published tables, and the rule by which a sum of them is a number.

A sum is only made of numbers. What is missing or suppressed in a part leaves the sum without a number; a part that is
not applicable has no students to add. A sum over States names those of which it lacks a number.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from impact.bands import ALL, BANDS, BEYOND_12, NEEDED, UNGRADED, Band, codes_of
from impact.models.evidence import Status
from impact.states import BY_CODE, NATION, STATES


class Cell(NamedTuple):
    """What a table shows in one place."""

    text: str
    number: int | None
    status: str
    is_computed: bool = False
    # The codes of the States of which a computed number lacks something.
    missing: tuple[str, ...] = ()

    @property
    def is_unknown(self) -> bool:
        """Whether there may be students, and no number of them."""
        return self.number is None and self.status != Status.NOT_APPLICABLE


# The cells of one State in one year, by the code of the age or grade.
Row = Mapping[str, Cell]

SYMBOLS = {
    Status.NOT_APPLICABLE.value: "†",
    Status.MISSING.value: "–",
    Status.SUPPRESSED.value: "‡",
}


def band_cell(band: Band, row: Row) -> Cell | None:
    """A band of one State: as it was delivered, else added up from its ages or grades; None where there is neither."""
    if band.code in row:
        return row[band.code]
    if band.code == ALL:
        parts = _parts_of_total(row)
        # A total is a claim about everybody: where a whole band is absent, nobody knows it.
        return _sum(list(parts.values())) if parts.keys() >= NEEDED else None
    return _sum(_parts(band, row))


def _parts_of_total(row: Row) -> dict[str, Cell]:
    """What makes up the total of a State: the bands that it has, and those beyond the twelfth grade."""
    cells = {band.code: band_cell(band, row) for band in BANDS} | {BEYOND_12: row.get(BEYOND_12)}
    return {code: cell for code, cell in cells.items() if cell}


def _parts(band: Band, row: Row) -> list[Cell]:
    """The cells that make up a band, each grade once, or [].

    A State has no row for a grade in which it has nobody. But where it gives ranges of grades, such as KG-03, a grade
    in none of them is unknown; so is one that a row has together with grades beyond the band.
    """
    whole = set(band.codes)
    left, chosen = set(whole), []
    within = [code for code in row if codes_of(code) <= whole]
    for code in sorted(within, key=lambda code: len(codes_of(code)), reverse=True):
        if codes_of(code) <= left:
            chosen.append(code)
            left -= codes_of(code)
    has_range = any(len(codes_of(code)) > 1 for code in row)
    is_crossed = any(codes_of(code) & left and not codes_of(code) <= whole for code in row)
    if is_crossed or (has_range and left - {UNGRADED}):
        return []
    return [row[code] for code in chosen]


def nation_cell(band: Band, rows: Mapping[str, Row]) -> Cell | None:
    """A band of the nation: as it was delivered, else the sum of the States, which names those of which it lacks
    something.
    """
    nation = rows.get(NATION, {})
    if (cell := band_cell(band, nation)) and (not cell.is_computed or _has_all_grades(band, rows)):
        return cell
    codes = [*(state.code for state in STATES), *sorted(rows.keys() - BY_CODE.keys() - {NATION})]
    cells = {code: band_cell(band, rows.get(code, {})) for code in codes}
    numbers = [cell.number for cell in cells.values() if cell and cell.number is not None]
    if not numbers:
        return None
    missing = [code for code, cell in cells.items() if cell is None or cell.is_unknown]
    if band.code == ALL:
        # The parts of a State count in the sums beside this one, which must not be larger than the total.
        parts = [cell for code in missing for cell in _parts_of_total(rows.get(code, {})).values()]
        numbers += [cell.number for cell in parts if cell.number is not None]
    return _computed(sum(numbers), tuple(missing))


def _has_all_grades(band: Band, rows: Mapping[str, Row]) -> bool:
    """Whether the rows of the nation have every age and grade of a band in which a State has a number."""
    of_nation = {code for row_code in rows[NATION] for code in codes_of(row_code)}
    of_states = {
        code
        for state, row in rows.items()
        if state != NATION
        for row_code, cell in row.items()
        if cell.number
        for code in codes_of(row_code)
    }
    return of_nation >= (of_states - {ALL} if band.code == ALL else of_states.intersection(band.codes))


def is_sum_of_some(cells: Iterable[Cell | None]) -> bool:
    """Whether every number among the cells is computed, and States are missing from one."""
    numbers = [cell for cell in cells if cell and cell.number is not None]
    return all(cell.is_computed for cell in numbers) and any(cell.missing for cell in numbers)


def _sum(parts: list[Cell]) -> Cell | None:
    if not parts:
        return None
    counted = [cell for cell in parts if cell.status != Status.NOT_APPLICABLE]
    unknown = next((cell for cell in counted if cell.is_unknown), None)
    if not counted:
        return parts[0]
    if unknown:
        # Neither a share nor bounds are those of the sum: its number is withheld as that of its part.
        status = Status.MISSING if unknown.status == Status.MISSING else Status.SUPPRESSED
        return Cell(SYMBOLS[status.value], None, status.value)
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
