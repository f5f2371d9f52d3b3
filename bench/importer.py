"""The process that measures one import from inside: `python -m bench.importer FILE`.

It reads the file and takes it over, a plain pass over the file before, between and after, and prints a line of JSON.
"""

import csv
import json
import os
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django

django.setup()

from impact.importing import apply, read  # noqa: E402 - only once the settings are read
from impact.models import Import  # noqa: E402

MB = 1_000_000


def memory_now() -> float:
    """Resident megabytes (proc(5), second field of `statm`)."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / MB


def peak_memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / MB


def seconds(work: Callable, *args) -> float:
    start = time.perf_counter()
    work(*args)
    return time.perf_counter() - start


def plain_pass(path: Path) -> None:
    """What every reader of the file has to do at least."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        for _row in csv.DictReader(file):
            pass


def measure(path: Path) -> dict[str, Any]:
    idle = memory_now()
    passes = [seconds(plain_pass, path)]
    imported = Import.objects.create(file_name=path.name, with_districts=True)
    with path.open("rb") as file:
        preview = seconds(read, imported, file)
    preview_peak = peak_memory()
    if imported.state != Import.State.READY:
        raise RuntimeError(f"{path.name} is {imported.state}: {imported.report}")
    passes.append(seconds(plain_pass, path))
    stored = preview + seconds(apply, [imported], None)
    passes.append(seconds(plain_pass, path))
    return {
        "passes": passes,
        "preview": preview,
        "stored": stored,
        "preview_mb": preview_peak - idle,
        "stored_mb": peak_memory() - idle,
        "idle_mb": idle,
        "counts": {name: imported.report[name] for name in ("added", "changed", "unchanged", "odd")},
    }


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]))))
