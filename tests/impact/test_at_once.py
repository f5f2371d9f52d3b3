"""Two editors at once, and a process that is killed: the database is a real one, with connections of its own."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, connections
from django.utils import timezone

from impact.importing import OutdatedError, apply
from impact.models import Change, Import, Observation, StagedObservation
from tests.browser.databases import SqliteFiles
from tests.factories import data_csv, import_file, imported, make_site

# Imports a file, and kills itself at the end of a step.
PROGRAM = """
import os, signal, sys
import django
django.setup()
from django.core.management import call_command
from impact.importing.tables import Tables
step, file = sys.argv[1:]
real = getattr(Tables, step)
def die(self, *arguments):
    real(self, *arguments)
    os.kill(os.getpid(), signal.SIGKILL)
setattr(Tables, step, die)
call_command("import_impact", file, yes=True)
"""


@pytest.fixture(autouse=True)
def address(transactional_db, tmp_path: Path) -> Iterator[str]:
    """The address of a database that other threads and processes see as this one does, with the bare site in it."""
    make_site()
    if connection.vendor == "sqlite":
        with file_database(tmp_path) as address:
            yield address
    else:
        values = connection.settings_dict
        yield f"postgres://{values['USER']}:{values['PASSWORD']}@{values['HOST']}:{values['PORT']}/{values['NAME']}"


@contextmanager
def file_database(folder: Path) -> Iterator[str]:
    """SQLite in memory knows no waiting; in the block all threads work on a copy in a file, as portals do."""
    files = SqliteFiles(folder)
    files.copy_current("copy")
    here, current = connections["default"], connections.settings["default"]
    connections.settings["default"] = deepcopy(current) | {"NAME": files.name("copy")}
    del connections["default"]
    try:
        yield f"sqlite:///{files.name('copy')}"
    finally:
        connections["default"].close()
        connections.settings["default"] = current
        connections["default"] = here


def stored() -> list[dict[str, Any]]:
    return list(Observation.objects.order_by("pk").values())


def run(address: str, *arguments: str) -> subprocess.CompletedProcess:
    """Runs Python in a process of its own, with that database."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "portal.settings.dev",
        "DEBUG": "false",
        "DATABASE_URL": address,
        "CACHE_URL": "locmem://",
    }
    return subprocess.run(  # noqa: S603 - our own program
        [sys.executable, *arguments], cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True,
        timeout=120, check=False,
    )  # fmt: skip


def counts(imported: Import) -> tuple[int, int, int]:
    return tuple(imported.report[name] for name in ("added", "changed", "unchanged"))


def at_once(*calls: Callable[[], object]) -> list[object]:
    """What each call gives or raises, all begun at the same moment in threads with connections of their own."""
    barrier, results = threading.Barrier(len(calls)), [None] * len(calls)

    def run(place: int, call: Callable[[], object]) -> None:
        try:
            barrier.wait()
            results[place] = call()
        except Exception as error:  # noqa: BLE001 - the test looks at it
            results[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=place_and_call) for place_and_call in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.fixture
def waiting(address) -> list[Import]:
    """Two previews that change the same row."""
    imported([{"Value": "10"}])
    return [import_file([{"Value": value}], f"{value}.csv") for value in ("11", "12")]


def test_of_two_editors_who_confirm_at_once_one_looks_again(waiting) -> None:
    results = at_once(*(lambda one=one: apply([one], None) for one in waiting))
    [winner] = [one for one, result in zip(waiting, results, strict=True) if not isinstance(result, Exception)]
    [loser] = [one for one in waiting if one != winner]
    assert [type(result) for result in results if isinstance(result, Exception)] == [OutdatedError]
    assert Observation.objects.get().source_id == winner.pk
    loser.refresh_from_db()
    assert (loser.state, loser.report["changes"][0]["old"]) == (
        Import.State.READY,
        winner.file_name.removesuffix(".csv"),
    )


def test_one_preview_that_is_confirmed_twice_at_once_is_taken_over_once(waiting) -> None:
    results = at_once(*[lambda: apply([waiting[0]], None)] * 2)
    assert sorted(type(result).__name__ for result in results) == ["ImportRefusedError", "list"]
    assert Change.objects.count() == 1


def test_two_files_can_be_read_at_once() -> None:
    contents = [[{"State": state, "Age/Grade": f"{grade:02}"} for grade in range(1, 13)] for state in ("TEXAS", "UTAH")]
    results = at_once(*(lambda content=content: import_file(content) for content in contents))
    assert [counts(result) for result in results] == [(12, 0, 0)] * 2


@pytest.mark.parametrize(
    ("step", "state", "left"),
    [("_insert", "reading", 0), ("analyze", "reading", 2), ("_keep_old", "ready", 2), ("apply", "ready", 2)],
)
def test_process_killed_in_the_middle_leaves_the_data_as_it_was(address, tmp_path: Path, step, state, left) -> None:
    imported([{"Value": "10"}])
    before = stored()
    file = tmp_path / "figures.csv"
    file.write_bytes(data_csv([{"Value": "11"}, {"State": "TEXAS"}]))
    connection.close()
    assert run(address, "-c", PROGRAM, step, str(file)).returncode == -signal.SIGKILL
    assert stored() == before
    assert not Change.objects.exists()
    killed = Import.objects.first()
    assert (killed.state, StagedObservation.objects.filter(source=killed).count()) == (state, left)
    # The next import, eight days later, clears what that one left.
    Import.objects.filter(pk=killed.pk).update(progress_at=timezone.now() - timedelta(days=8))
    connection.close()
    again = run(address, "manage.py", "import_impact", "--yes", str(file))
    assert (again.returncode, again.stderr) == (0, "")
    assert list(Observation.objects.order_by("state").values_list("state", "number")) == [("AL", 11), ("TX", 1234)]
    assert not StagedObservation.objects.exists()
