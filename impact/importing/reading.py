"""Reads a file into the staging tables, and writes the preview: what would change, what is wrong, what looks odd."""

from collections.abc import Iterator
from dataclasses import asdict
from functools import partial
from typing import BinaryIO

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from impact.importing.contents import contents
from impact.importing.leftovers import abandon_old
from impact.importing.oddities import find_oddities
from impact.importing.tables import Tables, tables_of
from impact.models import Import, Measure, Observation, StagedObservation
from impact.source.archive import checksum, open_lines
from impact.source.findings import LISTED, Findings
from impact.source.lines import FileRefusedError, Lines
from impact.source.notes import notes
from impact.source.observations import observations
from impact.source.rows import Table


class AbandonedError(Exception):
    """Somebody has left the import while its file was read."""


def read(imported: Import, file: BinaryIO) -> Import:
    """Reads a file to its end; afterwards the import waits for confirmation, or is refused and says why.

    Nothing that visitors see changes.
    """
    imported.progress_at = timezone.now()
    imported.save(update_fields=["progress_at"])
    abandon_old()
    findings = Findings()
    try:
        imported.checksum = checksum(file)
        with open_lines(file, imported.file_name) as lines:
            imported.member_name, imported.size = lines.name[-255:], lines.size
            _stage(imported, lines, findings)
    except FileRefusedError as error:
        findings.refusal = str(error)
    except AbandonedError:
        tables_of(imported).clear(imported.pk)
        imported.refresh_from_db()
        return imported
    return _preview(imported, findings, Import.State.READING)


def compare_again(imported: Import) -> None:
    """A new preview of what is staged already, after somebody else has changed the data."""
    old = imported.report
    findings = Findings(**{name: old[name] for name in asdict(Findings()) if name in old and name != "rejections"})
    _preview(imported, findings, Import.State.READY)


def _preview(imported: Import, findings: Findings, state: Import.State) -> Import:
    """Compares what is staged with what is there, and says so on the import, unless it is in that state no more."""
    tables = tables_of(imported)
    report = {} if findings.refusal else _compare(imported, tables, findings)
    is_good = not findings.refusal and not findings.rejected
    with transaction.atomic():
        locked = Import.objects.select_for_update(of=("self",)).filter(pk=imported.pk, state=state).first()
        if locked is None or not is_good:
            tables.clear(imported.pk)
        if locked is not None:
            imported.report = asdict(findings) | report
            imported.state = Import.State.READY if is_good else Import.State.REFUSED
            imported.progress, imported.progress_at = 1000, timezone.now()
            imported.save()
    if locked is None:
        imported.refresh_from_db()
    return imported


def _stage(imported: Import, lines: Lines, findings: Findings) -> None:
    lines.on_step = partial(_say_progress, imported, lines)
    table = Table(lines, findings)
    imported.kind = Import.Kind(table.layout.kind)
    # Whoever leaves or clears it from now on has to know which table its rows are in, and what was read.
    imported.save(update_fields=["kind", "checksum", "member_name", "size"])
    measures = list(Measure.objects.all())
    if imported.kind == Import.Kind.NOTES:
        rows: Iterator[tuple] = notes(table, measures)
    else:
        services = Observation.objects.of_states().order_by().values_list("program_type", flat=True).distinct()
        rows = observations(
            table,
            measures,
            services,
            with_districts=imported.with_districts,
            with_schools=imported.with_schools,
        )
    tables = tables_of(imported)
    tables.stage(imported.pk, rows)
    tables.analyze()
    if not findings.rows:
        raise FileRefusedError(_("There is no row below the header."))


def _say_progress(imported: Import, lines: Lines) -> None:
    share = min(999, lines.bytes_read * 1000 // max(lines.size, 1))
    ours = Import.objects.filter(pk=imported.pk, state=Import.State.READING)
    if not ours.update(progress=share, progress_at=timezone.now()):
        raise AbandonedError


def _compare(imported: Import, tables: Tables, findings: Findings) -> dict:
    repeated = int(tables.repeated(imported.pk))
    if repeated:
        _reject_contradictions(imported, tables, findings)
        tables.drop_repetitions(imported.pk)
    # First: a change between this and the comparison is then noticed when the file is taken over.
    imported.seen_change = Import.objects.change_mark()
    counts = tables.compare(imported.pk)
    odd = {"changes": [], "oddities": [], "odd": 0}
    if tables.values:
        odd = find_oddities(imported, tables, has_changes=bool(counts["changed"]))
        odd["contents"] = contents(imported)
    return counts | {"repeated": repeated} | odd | _parts_of_students(imported)


def _parts_of_students(imported: Import) -> dict:
    """Rows that are about a part of the students, which the pages don't show: how many, and what one calls it."""
    rows = StagedObservation.objects.filter(source=imported).exclude(subgroup="")
    count = rows.count()
    return {"parts": count, "part": rows.values_list("subgroup", flat=True).first() if count else ""}


def _reject_contradictions(imported: Import, tables: Tables, findings: Findings) -> None:
    count, listed = tables.contradictions(imported.pk, LISTED)
    for line, first_line in listed:
        reason = _("the same year, State, measure and band stand in line %(line)s with another value")
        findings.reject(line, "Value", reason % {"line": f"{first_line:,}"})
    findings.rejected += count - len(listed)
