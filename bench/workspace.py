"""A copy of the portal to measure: a folder, a database and a cache of its own, gone when the benchmark ends."""

import copy
import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.databases import PostgresDatabases, SqliteFiles, databases_for

ROOT = Path(__file__).resolve().parents[1]


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Workspace:
    """Runs the portal's code on databases known by a short name, such as "demo"."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.static = folder / "static"
        self.databases = databases_for(os.environ.get("DATABASE_URL", ""), folder)
        self.secret_key = secrets.token_urlsafe(64)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def with_databases(self, databases: SqliteFiles | PostgresDatabases) -> "Workspace":
        """The same workspace on other databases, which whoever asks has to drop."""
        other = copy.copy(self)
        other.databases = databases
        return other

    def environment(self, database: str) -> dict[str, str]:
        """The environment of a process that works on the database of that name."""
        return os.environ | {
            "ALLOWED_HOSTS": "127.0.0.1",
            "BASE_URL": self.address,
            "BENCH_STATIC_ROOT": str(self.static),
            "CACHE_URL": f"file://{self.folder}/cache-{database}",
            "DATABASE_URL": self.databases.url(database),
            "DJANGO_SETTINGS_MODULE": "bench.settings",
            "MEDIA_STORAGE_URL": f"file://{self.folder}/media",
            "PORT": str(self.port),
            "PYTHONPATH": str(ROOT),
            "SECRET_KEY": self.secret_key,
        }

    def manage(self, database: str, *words: str) -> None:
        command = [sys.executable, "manage.py", *words]
        subprocess.run(command, cwd=ROOT, env=self.environment(database), check=True, stdout=subprocess.DEVNULL)

    def prepare(self) -> None:
        """The database "demo", with the demo content, and the static files."""
        self.databases.create("demo")
        self.manage("demo", "migrate", "--verbosity=0")
        self.manage("demo", "load_demo")
        self.manage("demo", "collectstatic", "--noinput", "--verbosity=0")


@contextmanager
def workspace() -> Iterator[Workspace]:
    folder = Path(tempfile.mkdtemp(prefix="results-bench-"))
    work = Workspace(folder)
    try:
        work.prepare()
        yield work
    finally:
        work.databases.drop()
        shutil.rmtree(folder, ignore_errors=True)
