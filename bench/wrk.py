"""Runs wrk (https://github.com/wg/wrk) and reads what it says."""

import re
import shutil
import subprocess
from dataclasses import dataclass

from bench.server import Server

HOW_TO_INSTALL = "wrk is needed (Debian: apt-get install wrk; others: https://github.com/wg/wrk)."


def is_there() -> bool:
    return shutil.which("wrk") is not None


@dataclass
class Load:
    """What a server did in one run: requests a second, and milliseconds of processor for each."""

    per_second: float
    cpu_ms: float


def load(server: Server, path: str, connections: int, seconds: int, encoding: str = "identity") -> Load:
    """Asks for a path on so many connections for so long; raises RuntimeError when an answer is not a page."""
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "-H", f"Accept-Encoding: {encoding}"]
    before = server.cpu_seconds()
    done = subprocess.run([*command, server.address + path], capture_output=True, text=True, check=True).stdout
    cpu = server.cpu_seconds() - before
    if "Non-2xx" in done or "Socket errors" in done:
        raise RuntimeError(done)
    requests = int(re.search(r"(\d+) requests in", done)[1])
    return Load(float(re.search(r"Requests/sec:\s+([\d.]+)", done)[1]), 1000 * cpu / max(requests, 1))
