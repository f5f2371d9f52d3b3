"""gunicorn as the portal runs it, and the processor time of its workers."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from bench.workspace import ROOT

TICKS_A_SECOND = os.sysconf("SC_CLK_TCK")
SECONDS_TO_START = 60


@dataclass
class Server:
    address: str
    process: subprocess.Popen

    def get(self, path: str) -> bytes:
        with urlopen(self.address + path, timeout=30) as answer:  # noqa: S310 - an address of this machine
            return answer.read()

    def workers(self) -> list[int]:
        master = self.process.pid
        return [int(pid) for pid in Path(f"/proc/{master}/task/{master}/children").read_text().split()]

    def cpu_seconds(self) -> float:
        """What all workers have used so far, in user and in system mode (proc(5), fields 14 and 15 of `stat`)."""
        ticks = 0
        for pid in self.workers():
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            ticks += int(fields[11]) + int(fields[12])
        return ticks / TICKS_A_SECOND

    def wait(self, path: str) -> None:
        """Until the server answers; raises RuntimeError when it ends or takes too long."""
        deadline = time.monotonic() + SECONDS_TO_START
        while self.process.poll() is None and time.monotonic() < deadline:
            try:
                self.get(path)
            except (URLError, ConnectionError):
                time.sleep(0.2)
            else:
                return
        raise RuntimeError(f"{self.address} does not answer")


@contextmanager
def serving(application: str, port: int, environment: dict[str, str], probe: str) -> Iterator[Server]:
    """A running server, stopped at the end; `probe` is a path that answers once it is up."""
    command = [sys.executable, "-m", "gunicorn", "--config", "portal/gunicorn.py", "--log-level=warning", application]
    process = subprocess.Popen(command, cwd=ROOT, env=environment | {"PORT": str(port)})
    server = Server(f"http://127.0.0.1:{port}", process)
    try:
        server.wait(probe)
        yield server
    finally:
        process.terminate()
        process.wait(timeout=40)
