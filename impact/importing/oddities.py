"""What looks odd in a file that can be read: nothing that stops an import, all of it worth a look before."""
# ruff: noqa: S608 - names are constants of the models, values are parameters

from collections.abc import Iterator
from itertools import chain
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from impact.importing.numbers import of_numbers
from impact.importing.staged import ABOUT, about, stream
from impact.importing.tables import Tables
from impact.models import Import, Measure
from impact.source.findings import LISTED
from impact.states import NATION

# A file with fewer States than this holds only some of them.
ALL_STATES = 45


def find_oddities(imported: Import, tables: Tables, *, has_changes: bool) -> dict[str, Any]:
    """The first changes and oddities of what is staged, in words, with the number of all oddities."""
    names = dict(Measure.objects.values_list("pk", "name"))
    changes = list(_changes(imported, tables, names)) if has_changes else []
    odd = 0
    oddities = []
    kinds = [_files_waiting, _nation_and_states, of_numbers]
    if has_changes:
        kinds.insert(0, _files_taken_over)
    for finding in chain.from_iterable(find(imported, tables, names) for find in kinds):
        odd += 1
        if len(oddities) < LISTED:
            oddities.append(finding)
    return {"changes": changes, "oddities": oddities, "odd": odd}


def _changes(imported: Import, tables: Tables, names: dict[int, str]) -> Iterator[dict[str, Any]]:
    """The rows that would be changed, with what they say now."""
    sql = (
        f"SELECT s.line, {ABOUT}, o.value, s.value, s.entity_name "
        f"FROM {tables.staged} s JOIN {tables.target} o ON {tables.same_key} "
        f"WHERE s.source_id = %s AND {tables.differs} ORDER BY s.line LIMIT %s"
    )
    for line, *key, old, new, entity_name in _rows(sql, [imported.pk, LISTED]):
        what = about(names, *key) + (f", {entity_name}" if entity_name else "")
        yield {"line": line, "what": what, "old": old, "new": new}


def _files_taken_over(imported: Import, tables: Tables, names: dict[int, str]) -> Iterator[dict[str, Any]]:
    """Rows of States that another file has brought and that would be changed."""
    sql = (
        f"SELECT s.line, {ABOUT}, o.value, s.value, i.file_name "
        f"FROM {tables.staged} s JOIN {tables.target} o ON {tables.same_key} "
        "JOIN impact_import i ON i.id = o.source_id AND i.file_name <> %s "
        f"WHERE s.source_id = %s AND s.entity = '' AND {tables.differs} ORDER BY s.line LIMIT %s"
    )
    return _contradictions(sql, imported, names)


def _files_waiting(imported: Import, tables: Tables, names: dict[int, str]) -> Iterator[dict[str, Any]]:
    """Rows of States about which another file that waits for confirmation says something else."""
    # No index helps to find rows of other files: not to be asked where none is waiting.
    others = Import.objects.filter(state=Import.State.READY, kind=imported.kind).exclude(pk=imported.pk)
    if not others.exists():
        return iter(())
    sql = (
        f"SELECT s.line, {ABOUT}, o.value, s.value, i.file_name "
        f"FROM {tables.staged} s JOIN {tables.staged} o ON {tables.same_key} "
        "JOIN impact_import i ON i.id = o.source_id AND i.file_name <> %s AND i.state = 'ready' "
        f"WHERE s.source_id = %s AND s.entity = '' AND o.source_id <> s.source_id "
        f"AND {tables.differs} ORDER BY s.line LIMIT %s"
    )
    return _contradictions(sql, imported, names)


def _contradictions(sql: str, imported: Import, names: dict[int, str]) -> Iterator[dict[str, Any]]:
    for line, *key, other, value, file_name in _rows(sql, [imported.file_name, imported.pk, LISTED]):
        text = _("%(what)s: “%(value)s” here, “%(other)s” in %(file)s.") % {
            "what": about(names, *key),
            "value": value,
            "other": other,
            "file": file_name,
        }
        yield {"line": line, "text": text}


def _nation_and_states(imported: Import, tables: Tables, names: dict[int, str]) -> Iterator[dict[str, Any]]:
    """Rows of the nation that are less than the States of the same file add up to, or more though none is missing."""
    nation = f"CASE WHEN s.state = '{NATION}' THEN"
    sql = (
        f"SELECT MAX({nation} s.line END), s.measure_id, s.program_type, s.subgroup, '{NATION}', s.year, s.band, "
        f"MAX({nation} s.number END), SUM({nation} 0 ELSE COALESCE(s.number, 0) END), "
        f"SUM({nation} 0 WHEN s.number IS NULL AND s.status <> 'not applicable' THEN 1 ELSE 0 END), "
        f"SUM({nation} 0 WHEN s.number IS NOT NULL THEN 1 ELSE 0 END) FROM {tables.staged} s "
        "WHERE s.source_id = %s AND s.entity = '' GROUP BY s.measure_id, s.program_type, s.subgroup, s.year, s.band "
        "ORDER BY 1"
    )
    for line, *key, total, added, unknown, states in stream(sql, [imported.pk]):
        if total is None:
            continue
        if added > total or (added < total and not unknown and states >= ALL_STATES):
            yield {
                "line": line,
                "text": _("%(what)s: the States add up to %(sum)s, the nation says %(total)s.")
                % {"what": about(names, *key), "sum": f"{int(added):,}", "total": f"{total:,}"},
            }


def _rows(sql: str, parameters: list[Any]) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()
