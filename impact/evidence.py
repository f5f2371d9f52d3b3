"""Reads evidence for pages and downloads, each kind in one query, and remembers it until an import changes it."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Max

from impact.cells import Cell, delivered
from impact.models.evidence import DataNote, Measure, Observation
from impact.models.imports import Import
from impact.states import NATION, state_name
from impact.years import year_label
from portal.content_cache import remember
from portal.dates import office_day

# state -> code of the age or grade -> cell
States = dict[str, dict[str, Cell]]


def measures() -> dict[str, Measure]:
    """All measures by slug, in their order, with their breaks."""
    return remember("impact-measures", lambda: {measure.slug: measure for measure in Measure.objects.with_breaks()})


def breaks_of(measure: Measure) -> dict[int, str]:
    return {entry.year: entry.note for entry in measure.breaks.all()}


def break_before(measure: Measure, year: int) -> str:
    """What changed in the way of counting that a year is counted in; "" where there was no break up to it."""
    notes = {start: note for start, note in breaks_of(measure).items() if start <= year}
    return notes[max(notes)] if notes else ""


def newest_year_of_states(measure: Measure) -> int:
    """The newest year in which a State has reported, else the newest of all."""

    def read() -> int | None:
        rows = Observation.objects.of_states().filter(measure=measure).exclude(state=NATION)
        return rows.aggregate(Max("year"))["year__max"]

    return remember(f"impact-newest-{measure.pk}", read) or years_of(measure)[-1]


def coverage() -> dict[int, dict[int, list[str]]]:
    """For each measure the years that it has, and in each the types of service ("" is the program as a whole)."""

    def read() -> dict[int, dict[int, list[str]]]:
        found: dict[int, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
        rows = Observation.objects.of_states().values_list("measure_id", "year", "program_type")
        for measure_id, year, program_type in rows.distinct().order_by("measure_id", "year", "program_type"):
            found[measure_id][year].append(program_type)
        return {measure_id: dict(years) for measure_id, years in found.items()}

    return remember("impact-coverage", read)


def years_of(measure: Measure) -> list[int]:
    """The school years that a measure has rows of States or the nation for, oldest first."""
    return sorted(coverage().get(measure.pk, {}))


def all_years() -> list[int]:
    return sorted({year for years in coverage().values() for year in years})


def program_types(measure: Measure, years: Iterable[int] | None = None) -> list[str]:
    """The types of service of a measure; [""] when it tells none apart."""
    covered = coverage().get(measure.pk, {})
    found = {kind for year in (covered if years is None else years) for kind in covered.get(year, [])}
    return sorted(found) or [""]


def last_change() -> datetime | None:
    """When an import was taken over or undone last."""
    return remember("impact-last-change", Import.objects.last_change)


class Evidence:
    """The cells of a measure, of one type of service, in some years and States; and the files that they come from."""

    def __init__(self) -> None:
        self.years: dict[int, States] = {}
        self.source_ids: set[int] = set()

    def add(self, year: int, state: str, band: str, cell: Cell, source_id: int) -> None:
        self.years.setdefault(year, {}).setdefault(state, {})[band] = cell
        self.source_ids.add(source_id)

    def states_of(self, year: int) -> States:
        """The rows of a year by State, the nation among them."""
        return self.years.get(year, {})


def read_evidence(measure: Measure, program_types: Iterable[str], **where: Any) -> dict[str, Evidence]:
    """The evidence of a measure by type of service, all in one query."""
    found = {program_type: Evidence() for program_type in program_types}
    rows = Observation.objects.of_states().filter(measure=measure, program_type__in=list(found), **where)
    for program_type, year, state, band, value, number, status, source_id in rows.values_list(
        "program_type", "year", "state", "band", "value", "number", "status", "source_id"
    ).order_by():
        found[program_type].add(year, state, band, delivered(value, number, status), source_id)
    return found


def sources(source_ids: Iterable[int]) -> list[dict[str, Any]]:
    """File, address and date of retrieval of the imports that some cells come from."""
    return list(sources_by_id(source_ids).values())


def sources_by_id(source_ids: Iterable[int]) -> dict[int, dict[str, Any]]:
    # Without the reports, which may be large.
    found = Import.objects.filter(pk__in=source_ids).order_by("pk")
    return {
        key: {"file": file, "url": address, "retrieved": office_day(read_at)}
        for key, file, address, read_at in found.values_list("pk", "file_name", "address", "created_at")
    }


def notes(measure: Measure, years: list[int], states: list[str] | None = None) -> list[dict[str, str]]:
    """The data notes for a measure, years and States ([] asks for those of the nation and of all States only)."""
    found = DataNote.objects.about(measure.data_group, years)
    if states is not None:
        found = found.filter(state__in=["", "US", *states])
    return [
        {
            "year": year_label(note.year) if note.year else "",
            "state": state_name(note.state) if note.state else "",
            "topic": note.topic,
            "text": note.note,
            "state_text": note.state_note,
        }
        for note in found
    ]
