"""The figures of a school year out of imported rows, in the form in which typed ones are shown."""

from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from impact import evidence
from impact.bands import BANDS, TOTAL
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
    figures: list[dict[str, Any]] = []
    marks: dict[str, str] = {}
    for band in (*BANDS, TOTAL):
        cell = nation_cell(band, states)
        if cell is None or cell.number is None:
            continue
        notes = [str(note) for note in (band.footnote, computed_note(cell)) if note]
        figures.append(
            {
                "label": str(band.label),
                "value": cell.number,
                "icon": band.icon,
                "mark": " ".join(marks.setdefault(note, "*" * (len(marks) + 1)) for note in notes),
                "is_total": band is TOTAL,
            }
        )
    below = {"sources": evidence.sources(found.source_ids), "notes": evidence.notes(measure, [start], [])}
    return ComputedFigures(figures, {mark: note for note, mark in marks.items()}, below if figures else {})


def computed_note(cell: Cell) -> str:
    """How a number was computed, and which States it lacks; "" for one that was delivered."""
    if not cell.is_computed:
        return ""
    if not cell.missing:
        return _("Computed: the sum of the rows of the source.")
    return _("Computed: the sum of the States that have a number. Missing from it: %(states)s.") % {
        "states": ", ".join(sorted(state_name(code) for code in cell.missing))
    }
