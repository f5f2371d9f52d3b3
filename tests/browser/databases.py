"""Copies of whole databases, by label: the quick way back for tests that can't be rolled back."""

import sqlite3
from contextlib import closing
from pathlib import Path

from django.db import connection


class SqliteFiles:
    """Databases as files of a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def name(self, label: str) -> str:
        return str(self.folder / f"{label}.sqlite3")

    def copy_current(self, label: str) -> None:
        connection.ensure_connection()
        with closing(sqlite3.connect(self.name(label))) as target:
            connection.connection.backup(target)

    def copy(self, source: str, target: str) -> None:
        with closing(sqlite3.connect(self.name(source))) as old, closing(sqlite3.connect(self.name(target))) as new:
            old.backup(new)

    def drop(self, label: str) -> None:
        for suffix in ("", "-shm", "-wal"):
            Path(self.name(label) + suffix).unlink(missing_ok=True)


class PostgresDatabases:
    """Databases of one server; PostgreSQL copies one from another that nobody is connected to."""

    def __init__(self, prefix: str) -> None:
        self.prefix = prefix

    def name(self, label: str) -> str:
        return f"{self.prefix}_browser_{label}"

    def copy_current(self, label: str) -> None:
        source = connection.settings_dict["NAME"]
        connection.close()
        self._create(self.name(label), source)

    def copy(self, source: str, target: str) -> None:
        self._create(self.name(target), self.name(source))

    def drop(self, label: str) -> None:
        self._execute(f'DROP DATABASE IF EXISTS "{self.name(label)}" WITH (FORCE)')

    def _create(self, name: str, template: str) -> None:
        self._execute(
            f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)', f'CREATE DATABASE "{name}" TEMPLATE "{template}"'
        )

    def _execute(self, *statements: str) -> None:
        with connection._nodb_cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
