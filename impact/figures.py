"""The figures of a school year out of imported rows, in the form in which typed ones are shown."""

from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from impact import evidence
from impact.bands import BANDS, BEYOND_12, NEEDED, TOTAL, Band
from impact.cells import Cell, nation_cell
from impact.models.evidence import Measure
from impact.states import state_name


class ComputedFigures(NamedTuple):
    """Figures of the nation for a year, the notes to them by mark, and what stands below them; empty without rows."""

    figures: list[dict[str, Any]]
    marks: dict[str, str]
    # As `impact/notes.html` has it.
    evidence: dict[str, Any]


def computed_figures(start: int, measure: Measure | None) -> ComputedFigures:
    measure = measure or next(iter(evidence.measures().values()), None)
    # Of a measure that only tells types of service apart, none is the whole.
    if measure is None or "" not in evidence.program_types(measure, [start]):
        return ComputedFigures([], {}, {})
    found = evidence.read_evidence(measure, [""], year=start)[""]
    states = found.states_of(start)
    cells = {band: nation_cell(band, states) for band in (*BANDS, TOTAL)}
    figures: list[dict[str, Any]] = []
    marks: dict[str, str] = {}
    for band, cell in cells.items():
        if cell is None or cell.number is None:
            continue
        notes = [str(note) for note in (band.footnote, computed_note(cell)) if note]
        if band is TOTAL and figures:
            notes += parts_notes(cells, states)
        figures.append(
            {
                "label": str(band.label),
                "value": cell.number,
                "icon": band.icon,
                "mark": " ".join(marks.setdefault(note, "*" * (len(marks) + 1)) for note in notes),
                "is_total": band is TOTAL,
            }
        )
    below = {
        "sources": evidence.sources(found.source_ids),
        "notes": evidence.notes(measure, [start], []),
        "break_note": evidence.break_before(measure, start),
    }
    return ComputedFigures(figures, {mark: note for note, mark in marks.items()}, below if figures else {})


def parts_notes(cells: dict[Band, Cell | None], states: evidence.States) -> list[str]:
    """Why the parts beside a total may add up to less: one has no number, or some students are in none of them."""
    unknown = [
        str(band.label)
        for band, cell in cells.items()
        if (cell is None and band.code in NEEDED) or (cell and cell.is_unknown)
    ]
    notes = [_("No number is known for: %(parts)s.") % {"parts": ", ".join(unknown)}] if unknown else []
    if any(row[BEYOND_12].number for row in states.values() if BEYOND_12 in row):
        notes.append(_("Those beyond the twelfth grade are in the total and in none of its parts."))
    return notes


def computed_note(cell: Cell) -> str:
    """How a number was computed, and which States it lacks numbers of; "" for one that was delivered."""
    if not cell.is_computed:
        return ""
    if not cell.missing:
        return _("Computed: the sum of the rows of the source.")
    return _("Computed: the sum of what the States have numbers for. It lacks numbers of: %(states)s.") % {
        "states": ", ".join(sorted(state_name(code) for code in cell.missing))
    }
