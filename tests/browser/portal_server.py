"""The portal that browser tests drive: a server with a database and a media folder of its own.

The server answers in other threads, where nothing can be rolled back. So it works on a copy of the demo content that is
made anew in a moment; the database of all other tests is left alone. The demo content is loaded once for all processes
of a test run.
"""

import fcntl
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from pathlib import Path
from unittest import mock

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.cache import cache
from django.db import connection, connections
from django.test import override_settings
from django.test.testcases import LiveServerThread, _MediaFilesHandler
from PIL import Image

from home.models import HomePage
from portal.demo.loader import load
from tests.browser.databases import PostgresDatabases, SqliteFiles
from tests.browser.people import make_people
from tests.factories import make_site

HOST = "localhost"
# How long a request may take to end.
SECONDS = 10


class DemoPortal:
    """The demo content as one process of the test run uses it: `build` it, `open` and `serve` it, `leave` it."""

    def __init__(self, folder: Path, worker: str) -> None:
        self.folder = folder
        self.worker = worker
        self.url = ""
        if connection.vendor == "sqlite":
            self.databases: SqliteFiles | PostgresDatabases = SqliteFiles(folder)
        else:
            self.databases = PostgresDatabases(connection.settings_dict["NAME"].removesuffix(f"_{worker}"))

    def build(self) -> None:
        """Loads the demo content, unless another process has."""
        with self._locked():
            (self.folder / f"used-by-{self.worker}").touch()
            if (self.folder / "ready").exists():
                return
            self.databases.copy_current("demo")
            with self._database("demo"), _media(self.folder / "demo-media"), _quick_pictures():
                # Where a test on a live server has emptied the database, what Wagtail begins with is missing.
                make_site()
                HomePage.objects.get().delete()
                load()
                make_people()
            (self.folder / "ready").touch()

    def leave(self) -> None:
        """Takes away the copy of this process; the last to leave takes away the rest."""
        with self._locked():
            self.databases.drop(self.worker)
            (self.folder / f"used-by-{self.worker}").unlink()
            if not list(self.folder.glob("used-by-*")):
                self.databases.drop("demo")
                shutil.rmtree(self.folder)

    @contextmanager
    def open(self) -> Iterator[None]:
        """In the block every thread of this process works on a fresh copy of the demo content."""
        media = self.folder / f"{self.worker}-media"
        shutil.copytree(self.folder / "demo-media", media)
        self.databases.copy("demo", self.worker)
        with self._database(self.worker), _media(media):
            yield
        shutil.rmtree(media)

    @contextmanager
    def serve(self) -> Iterator["DemoPortal"]:
        """Runs a server in the block."""
        server = _ServerThread(HOST, static_handler=_Answers)
        server.start()
        server.is_ready.wait()
        self.url = f"http://{HOST}:{server.port}"
        try:
            yield self
        finally:
            server.terminate()
            _Answers.wait_for_the_last()

    def reset(self) -> None:
        """Takes back all that was changed in the database."""
        _Answers.wait_for_the_last()
        connection.close()
        self.databases.copy("demo", self.worker)
        _forget_rows()

    @contextmanager
    def _database(self, label: str) -> Iterator[None]:
        """Every thread of this process reads and writes that database."""
        here, current = connections["default"], connections.settings["default"]
        connections.settings["default"] = deepcopy(current) | {"NAME": self.databases.name(label)}
        del connections["default"]
        _forget_rows()
        try:
            yield
        finally:
            connections["default"].close()
            connections.settings["default"] = current
            connections["default"] = here
            _forget_rows()

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """One process of the test run at a time."""
        with (self.folder.parent / "browser.lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            self.folder.mkdir(exist_ok=True)
            yield


class _ServerThread(LiveServerThread):
    """Django's test server; a thread, so that a test can set the clock of the portal."""

    daemon = True


class _Answers(StaticFilesHandler):
    """The portal and its static files. It knows when it is at rest: a browser that is closed may have asked for more."""

    changed = threading.Condition()
    running = 0

    def __init__(self, application: _MediaFilesHandler) -> None:
        # Pictures come through the portal's own view, which Django's handler for media files would hide.
        super().__init__(application.application)

    def __call__(self, environ: dict, start_response: object) -> object:
        self.count(1)
        try:
            return super().__call__(environ, start_response)
        finally:
            self.count(-1)

    @classmethod
    def count(cls, step: int) -> None:
        with cls.changed:
            cls.running += step
            cls.changed.notify_all()

    @classmethod
    def wait_for_the_last(cls) -> None:
        with cls.changed:
            cls.changed.wait_for(lambda: not cls.running, timeout=SECONDS)


def _media(folder: Path) -> override_settings:
    storages = deepcopy(settings.STORAGES)
    storages["default"]["OPTIONS"]["location"] = str(folder)
    return override_settings(STORAGES=storages)


@contextmanager
def _quick_pictures() -> Iterator[None]:
    """Compresses AVIF less thoroughly: a tenth of the time, for files that are a little larger."""
    save = Image.Image.save

    def quick_save(image: Image.Image, file: object, format: str | None = None, **options) -> None:  # noqa: A002 - Pillow
        save(image, file, format, **({"speed": 10} if format == "AVIF" else {}), **options)

    with mock.patch.object(Image.Image, "save", quick_save):
        yield


def _forget_rows() -> None:
    """What Django and the portal remember of a database isn't true of the next one."""
    cache.clear()
    ContentType.objects.clear_cache()
