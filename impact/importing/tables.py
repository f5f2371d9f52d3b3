"""The SQL of imports, for observations and notes alike, in words that SQLite and PostgreSQL share.

Django's ORM has no INSERT … SELECT and no UPDATE … FROM; to fetch 300,000 rows and send them back would take minutes.
All names in these statements are constants of this module and of the models; values are always parameters.
"""
# ruff: noqa: S608 - names are constants of the models, values are parameters

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db import connection, models, transaction

from impact.models import Change, DataNote, Import, Observation, StagedNote, StagedObservation
from impact.models.evidence import KEY, NOTE, VALUES

# What tells two values apart: 1,234 and 1234 are the same number; without a number the text counts.
SAYS = "CASE WHEN {0}.number IS NULL THEN {0}.status || ' ' || {0}.value ELSE CAST({0}.number AS TEXT) END"


@dataclass(frozen=True)
class Tables:
    """A staging table with the table that its rows are for."""

    staged_model: type[models.Model]
    target_model: type[models.Model]
    key: tuple[str, ...]
    values: tuple[str, ...]
    # Rows that are in memory at the same time.
    chunk: int

    @property
    def staged(self) -> str:
        return self.staged_model._meta.db_table

    @property
    def target(self) -> str:
        return self.target_model._meta.db_table

    @property
    def same_key(self) -> str:
        return " AND ".join(f"o.{column} = s.{column}" for column in self.key)

    @property
    def differs(self) -> str:
        """Whether the row that is there says something else; notes are all key."""
        return f"{SAYS.format('o')} <> {SAYS.format('s')}" if self.values else "1 = 0"

    def columns(self, alias: str = "") -> str:
        return ", ".join(f"{alias}{column}" for column in (*self.key, *self.values))

    # --- Staging ----------------------------------------------------------------------------------------------------
    def stage(self, source_id: int, rows: Iterable[tuple]) -> None:
        """Stores rows (line, key, values) in the staging table, one chunk a transaction."""
        rows = iter(rows)
        while chunk := list(islice(rows, self.chunk)):
            with transaction.atomic():
                self._insert(source_id, chunk)

    def _insert(self, source_id: int, rows: list[tuple]) -> None:
        columns = f"source_id, line, {self.columns()}"
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                with cursor.copy(f"COPY {self.staged} ({columns}) FROM STDIN") as copy:
                    for row in rows:
                        copy.write_row((source_id, *row))
            else:
                marks = ", ".join(["%s"] * (2 + len(self.key) + len(self.values)))
                cursor.executemany(
                    f"INSERT INTO {self.staged} ({columns}) VALUES ({marks})",
                    [(source_id, *row) for row in rows],
                )

    def analyze(self) -> None:
        """PostgreSQL plans by statistics, which a table that was just filled has none of."""
        if connection.vendor == "postgresql":
            self._run(f"ANALYZE {self.staged}")

    def repeated(self, source_id: int) -> int:
        """How many rows of a file have a key that another row of it has too, beyond the first of each."""
        return self._rows(
            f"SELECT COALESCE(SUM(times - 1), 0) FROM (SELECT COUNT(*) AS times FROM {self.staged} s "
            f"WHERE s.source_id = %s GROUP BY {self._key_of('s')} HAVING COUNT(*) > 1) r",
            [source_id],
        )[0][0]

    def contradictions(self, source_id: int, limit: int) -> tuple[int, list[tuple[int, int]]]:
        """Rows whose key stands in the same file before, with another value: how many, and (line, line before)."""
        if not self.values:
            return 0, []
        says, first = SAYS.format("s"), f"OVER (PARTITION BY {self._key_of('s')} ORDER BY s.line)"
        rows = (
            f"FROM (SELECT s.line, {says} AS says, FIRST_VALUE(s.line) {first} AS first_line, "
            f"FIRST_VALUE({says}) {first} AS first_says FROM {self.staged} s WHERE s.source_id = %s) r "
            "WHERE says <> first_says"
        )
        count = self._rows(f"SELECT COUNT(*) {rows}", [source_id])[0][0]
        return count, self._rows(f"SELECT line, first_line {rows} ORDER BY line LIMIT %s", [source_id, limit])

    def drop_repetitions(self, source_id: int) -> None:
        """Keeps the first of several rows with the same key."""
        self._run(
            f"DELETE FROM {self.staged} WHERE id IN (SELECT id FROM (SELECT s.id, ROW_NUMBER() OVER "
            f"(PARTITION BY {self._key_of('s')} ORDER BY s.line, s.id) AS place "
            f"FROM {self.staged} s WHERE s.source_id = %s) r WHERE place > 1)",
            [source_id],
        )

    def _key_of(self, alias: str) -> str:
        return ", ".join(f"{alias}.{column}" for column in self.key)

    # --- Comparing --------------------------------------------------------------------------------------------------
    def compare(self, source_id: int) -> dict[str, int]:
        """How many rows are new, say something else than what is there, or the same."""
        total, there, changed = self._rows(
            f"SELECT COUNT(*), COUNT(o.id), SUM(CASE WHEN o.id IS NOT NULL AND {self.differs} THEN 1 ELSE 0 END) "
            f"FROM {self.staged} s LEFT JOIN {self.target} o ON {self.same_key} WHERE s.source_id = %s",
            [source_id],
        )[0]
        changed = int(changed or 0)
        return {"added": total - there, "changed": changed, "unchanged": there - changed}

    def confirmed(self, source_id: int) -> dict[str, int]:
        """How many rows of a file say what is there already, by the import that brought it."""
        rows = self._rows(
            f"SELECT o.source_id, COUNT(*) FROM {self.staged} s JOIN {self.target} o ON {self.same_key} "
            f"WHERE s.source_id = %s AND NOT ({self.differs}) GROUP BY o.source_id",
            [source_id],
        )
        return {str(earlier): count for earlier, count in rows}

    # --- Applying and undoing ---------------------------------------------------------------------------------------
    def apply(self, source_id: int) -> dict[str, int]:
        """Writes what is new and what changed, and keeps what it said before; gives how many rows that were.

        To be called in a transaction.
        """
        changed = 0
        if self.values:
            self._keep_old(source_id)
            settings = ", ".join(f"{column} = s.{column}" for column in self.values)
            changed = self._run(
                f"UPDATE {self.target} AS o SET {settings}, source_id = %s FROM {self.staged} AS s "
                f"WHERE s.source_id = %s AND {self.same_key} AND {self.differs}",
                [source_id, source_id],
            )
        added = self._run(
            f"INSERT INTO {self.target} ({self.columns()}, source_id) SELECT {self.columns('s.')}, s.source_id "
            f"FROM {self.staged} s LEFT JOIN {self.target} o ON {self.same_key} "
            f"WHERE s.source_id = %s AND o.id IS NULL ORDER BY {self._key_of('s')}",
            [source_id],
        )
        return {"added": added, "changed": changed}

    def _keep_old(self, source_id: int) -> None:
        old = ", ".join(f"old_{column}" for column in self.values)
        self._run(
            f"INSERT INTO {Change._meta.db_table} (source_id, observation_id, old_source_id, {old}) "
            f"SELECT s.source_id, o.id, o.source_id, {', '.join(f'o.{column}' for column in self.values)} "
            f"FROM {self.staged} s JOIN {self.target} o ON {self.same_key} WHERE s.source_id = %s AND {self.differs}",
            [source_id],
        )

    def undo(self, source_id: int) -> None:
        """Removes what an import added and puts back what it changed; to be called in a transaction."""
        changes = Change._meta.db_table
        if not self.values:
            self._run(f"DELETE FROM {self.target} WHERE source_id = %s", [source_id])
        else:
            self._run(
                f"DELETE FROM {self.target} WHERE source_id = %s AND NOT EXISTS (SELECT 1 FROM {changes} c "
                f"WHERE c.source_id = %s AND c.observation_id = {self.target}.id)",
                [source_id, source_id],
            )
            settings = ", ".join(f"{column} = c.old_{column}" for column in self.values)
            self._run(
                f"UPDATE {self.target} AS o SET {settings}, source_id = c.old_source_id FROM {changes} AS c "
                "WHERE c.source_id = %s AND c.observation_id = o.id",
                [source_id],
            )
            self._run(f"DELETE FROM {changes} WHERE source_id = %s", [source_id])

    def count(self, source_id: int) -> int:
        """How many rows of a file are staged."""
        return self._rows(f"SELECT COUNT(*) FROM {self.staged} WHERE source_id = %s", [source_id])[0][0]

    def clear(self, source_id: int) -> None:
        self._run(f"DELETE FROM {self.staged} WHERE source_id = %s", [source_id])

    # --- The connection ---------------------------------------------------------------------------------------------
    def _rows(self, sql: str, parameters: list[Any]) -> list[tuple]:
        with connection.cursor() as cursor:
            cursor.execute(sql, parameters)
            return cursor.fetchall()

    def _run(self, sql: str, parameters: list[Any] | None = None) -> int:
        with connection.cursor() as cursor:
            cursor.execute(sql, parameters)
            return cursor.rowcount


OBSERVATIONS = Tables(StagedObservation, Observation, KEY, VALUES, chunk=5000)
# A note may have many thousand characters.
NOTES = Tables(StagedNote, DataNote, NOTE, (), chunk=100)


def tables_of(imported: Import) -> Tables:
    return NOTES if imported.kind == Import.Kind.NOTES else OBSERVATIONS
