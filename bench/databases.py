"""Databases of the benchmark's own: files, or databases on the server that DATABASE_URL names."""

import os
import shutil
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg
from psycopg import sql


class SqliteFiles:
    engine = "SQLite"

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def file(self, name: str) -> Path:
        return self.folder / f"{name}.sqlite3"

    def url(self, name: str) -> str:
        return f"sqlite:///{self.file(name)}"

    def create(self, name: str) -> None:
        """Nothing to do: SQLite makes the file."""

    def copy(self, source: str, name: str) -> None:
        """Copies a database that no process has open, whose log is therefore written into the file."""
        shutil.copy(self.file(source), self.file(name))

    def tidy(self, name: str) -> None:
        """Nothing to do: no clock keeps statistics on SQLite, so the benchmark has none either."""

    def drop(self) -> None:
        """Nothing to do: the files go with their folder."""


class PostgresDatabases:
    engine = "PostgreSQL"

    def __init__(self, url: str) -> None:
        self.parts = urlsplit(url)
        self.prefix = f"results_bench_{os.getpid()}"
        self.made: list[str] = []

    def url(self, name: str) -> str:
        return urlunsplit(self.parts._replace(path=f"/{self.prefix}_{name}"))

    def run(self, statement: str, *names: str, database: str = "postgres") -> None:
        server = urlunsplit(self.parts._replace(scheme="postgresql", path=f"/{database}"))
        with psycopg.connect(server, autocommit=True, connect_timeout=5) as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))

    def create(self, name: str) -> None:
        self.run("CREATE DATABASE {}", f"{self.prefix}_{name}")
        self.made.append(f"{self.prefix}_{name}")

    def copy(self, source: str, name: str) -> None:
        self.run("CREATE DATABASE {} TEMPLATE {}", f"{self.prefix}_{name}", f"{self.prefix}_{source}")
        self.made.append(f"{self.prefix}_{name}")

    def tidy(self, name: str) -> None:
        """What the server does by itself within minutes of so much writing."""
        self.run("VACUUM ANALYZE", database=f"{self.prefix}_{name}")

    def drop(self) -> None:
        for name in self.made:
            self.run("DROP DATABASE {} WITH (FORCE)", name)


def databases_for(url: str, folder: Path) -> SqliteFiles | PostgresDatabases:
    return PostgresDatabases(url) if url.startswith("postgres") else SqliteFiles(folder)


def postgres_here() -> PostgresDatabases | None:
    """The server that PGHOST and its like name, or that of this machine; None where none answers."""
    settings = {"PGUSER": "postgres", "PGPASSWORD": "", "PGHOST": "127.0.0.1", "PGPORT": "5432"}
    user, password, host, port = (quote(os.environ.get(name, usual), safe="") for name, usual in settings.items())
    databases = PostgresDatabases(f"postgres://{user}{':' + password if password else ''}@{host}:{port}/postgres")
    try:
        databases.run("SELECT 1")
    except psycopg.OperationalError:
        return None
    return databases
