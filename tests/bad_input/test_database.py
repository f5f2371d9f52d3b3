"""A database that can't be reached: a page that says so within a second, and no trace of how the portal is made.

Each case runs in a process of its own, with the settings of a real one and a database address that leads nowhere.
"""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator

import pytest
from django.conf import settings

from tests.faults import ERROR_PAGE_RULES, faults_of

ADDRESSES = ["/", "/updates/", "/updates/?page=2", "/nowhere/", "/sitemap.xml", "/admin/login/", "/healthz", "/readyz"]
PROGRAM = """
import json, sys, time
import django
django.setup()
from django.test import Client
client = Client(raise_request_exception=False)
client.get("/healthz")
answers = {}
for address in sys.argv[1:]:
    start = time.monotonic()
    response = client.get(address, HTTP_HOST="localhost")
    seconds = time.monotonic() - start
    answers[address] = [response.status_code, dict(response.headers), response.content.decode(), seconds]
print(json.dumps(answers))
"""


def answers(database: str, cache: str = "locmem://") -> dict[str, list]:
    """What the portal answers at each address: status, headers, body, seconds."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "portal.settings.dev",
        "DEBUG": "false",
        "DATABASE_URL": database,
        "CACHE_URL": cache,
        "BASE_URL": "http://localhost:8000",
    }
    run = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", PROGRAM, *ADDRESSES],
        cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    return json.loads(run.stdout)


@pytest.fixture(scope="module")
def silent_port() -> Iterator[int]:
    """A port where somebody listens and never says a word, as a database server does that hangs."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


@pytest.fixture(scope="module")
def closed_port() -> int:
    """A port where nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


@pytest.fixture(scope="module", params=["refused", "hanging", "no file"])
def without_database(request, silent_port: int, closed_port: int) -> dict[str, list]:
    return answers({
        "refused": f"postgres://nobody@127.0.0.1:{closed_port}/results",
        "hanging": f"postgres://nobody@127.0.0.1:{silent_port}/results",
        "no file": "sqlite:////nowhere/at/all/db.sqlite3",
    }[request.param])  # fmt: skip


def test_every_page_is_back_soon(without_database: dict[str, list]) -> None:
    for address in ("/", "/updates/", "/updates/?page=2", "/nowhere/", "/sitemap.xml"):
        status, headers, body, _seconds = without_database[address]
        assert (address, status) == (address, 503)
        assert headers["Retry-After"] == "30"
        assert headers["Cache-Control"] == "no-store"
        assert "Back soon" in body
        assert "Traceback" not in body
        assert "OperationalError" not in body


def test_no_answer_waits_for_the_database(without_database: dict[str, list]) -> None:
    # The wait itself is half a second; the rest is for a busy machine, where a missing limit would still take minutes.
    assert {address: answer[3] for address, answer in without_database.items() if answer[3] > 3} == {}


def test_page_that_says_so_keeps_the_rules_of_html(without_database: dict[str, list]) -> None:
    assert faults_of(without_database["/"][2], ERROR_PAGE_RULES) == {}


def test_probes_tell_a_living_portal_from_a_ready_one(without_database: dict[str, list]) -> None:
    assert without_database["/healthz"][:1] == [200]
    assert without_database["/readyz"][0] == 503
    assert json.loads(without_database["/readyz"][2]) == {"database": False, "cache": True, "migrations": False}


@pytest.mark.parametrize("kind", ["refused", "hanging"])
def test_cache_that_is_away_is_told_as_well(closed_port: int, silent_port: int, kind: str) -> None:
    port = closed_port if kind == "refused" else silent_port
    found = answers("sqlite://:memory:", f"redis://127.0.0.1:{port}/0")
    for address in ("/", "/updates/"):
        status, headers, _body, seconds = found[address]
        assert (status, headers["Retry-After"]) == (503, "30")
        assert seconds < 3
    assert json.loads(found["/readyz"][2])["cache"] is False
    assert found["/healthz"][0] == 200
