"""The web server as it is configured, in front of an application that only says what reached it."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from urllib.error import URLError
from urllib.request import Request, urlopen

import pytest
from django.conf import settings

SECONDS = 30


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "--config", "portal/gunicorn.py", "tests.bad_input.echo:app"]
    process = subprocess.Popen(  # noqa: S603 - our own program
        command,
        cwd=settings.BASE_DIR,
        env=os.environ | {"HOST": "127.0.0.1", "PORT": str(port), "WEB_CONCURRENCY": "1"},
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        try:
            urlopen(address, timeout=5).close()
            break
        except URLError:
            time.sleep(0.1)
    yield address
    process.send_signal(signal.SIGTERM)
    process.wait(SECONDS)


@pytest.mark.parametrize("name", ["SCRIPT_NAME", "Script_Name", "Script-Name", "PATH_INFO"])
def test_no_header_moves_the_portal(server: str, name: str) -> None:
    """Else anybody could change the links in pages that are kept for all."""
    request = Request(f"{server}/updates/", headers={name: "/updates"})  # noqa: S310 - our own server
    with urlopen(request, timeout=10) as answer:  # noqa: S310
        assert answer.read().decode() == " /updates/"
