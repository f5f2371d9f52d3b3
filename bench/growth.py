"""What pages cost with 50, 5,000 and 50,000 updates."""

import json
import statistics
import subprocess
import sys
import time
from contextlib import ExitStack
from itertools import product
from typing import Any

from bench.report import Report
from bench.workspace import ROOT, Workspace

SIZES = (50, 5_000, 50_000)
PER_PAGE = 10
# How many times what it costs with 50 updates a page may cost with more. Nobody reads the middle of a long list much.
GOALS = {"home": 1.3, "index page 1": 1.3, "middle index page": None, "last index page": 2.0}


class Probe:
    """A process of bench/probe.py and the line to it."""

    def __init__(self, work: Workspace, database: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bench.probe"],
            cwd=ROOT,
            env=work.environment(database),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> "Probe":
        return self

    def __exit__(self, *args) -> None:
        self.process.stdin.close()
        self.process.wait(timeout=60)

    def order(self, **order) -> Any:
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            raise RuntimeError("The measuring process has ended.")
        return json.loads(answer)


def measure(work: Workspace, report: Report, *, quick: bool) -> None:
    sizes = SIZES[:2] if quick else SIZES
    build(work, sizes)
    with ExitStack() as stack:
        probes = {size: stack.enter_context(Probe(work, f"updates{size}")) for size in sizes}
        warm = rounds(probes, number=4 if quick else 15, times=4, is_cold=False)
        cold = rounds(probes, number=1 if quick else 3, times=1, is_cold=True)
    print(f"\nGrowth ({work.databases.engine}; median milliseconds, of them in the database, queries; the first")
    print("request after a change of content, which fills the cache, apart):")
    show(sizes, warm, cold, report)


def build(work: Workspace, sizes: tuple[int, ...]) -> None:
    """A database for each size, each grown from the one before."""
    start = time.monotonic()
    source = "demo"
    for size in sizes:
        name = f"updates{size}"
        work.databases.copy(source, name)
        with Probe(work, name) as probe:
            probe.order(grow_to=size)
        work.databases.tidy(name)
        source = name
    print(f"\nBuilt {', '.join(f'{size:,}' for size in sizes)} updates in {time.monotonic() - start:.0f} s.")


def paths(size: int) -> dict[str, str]:
    last = -(-size // PER_PAGE)
    return {
        "home": "/",
        "index page 1": "/updates/",
        "middle index page": f"/updates/?page={max(last // 2, 2)}",
        "last index page": f"/updates/?page={last}",
    }


def rounds(probes: dict[int, Probe], *, number: int, times: int, is_cold: bool) -> dict[tuple[str, int], list]:
    """Answers by page and size. The sizes take turns, so that other work on the machine meets all alike."""
    answers: dict[tuple[str, int], list] = {(page, size): [] for page in GOALS for size in probes}
    for turn in range(number + 1):
        for page, size in answers:
            got = probes[size].order(path=paths(size)[page], times=times, is_cold=is_cold)
            if wrong := [answer["status"] for answer in got if answer["status"] != "200 OK"]:
                raise RuntimeError(f"{page} at {size:,}: {wrong[0]}")
            # The first turn warms up.
            answers[page, size] += got if turn else []
    return answers


def show(sizes: tuple[int, ...], warm: dict, cold: dict, report: Report) -> None:
    print(f"  {'page':<17}{'updates':>8}{'ms':>8}{'db ms':>8}{'queries':>9}{'ratio':>7}{'refill ms':>11}{'db ms':>8}")
    for page in GOALS:
        for size in sizes:
            figures = {name: middle(warm[page, size], name) for name in ("ms", "db_ms", "queries", "bytes")}
            figures |= {f"cold_{name}": middle(cold[page, size], name) for name in ("ms", "db_ms", "queries")}
            figures["ratio"] = figures["ms"] / middle(warm[page, sizes[0]], "ms")
            report.keep(f"{page}, {size} updates", figures)
            print(
                f"  {page:<17}{size:>8,}{figures['ms']:>8.1f}{figures['db_ms']:>8.1f}{figures['queries']:>9.0f}"
                f"{figures['ratio']:>7.2f}{figures['cold_ms']:>11.1f}{figures['cold_db_ms']:>8.1f}"
            )
    for page, size in product(GOALS, sizes[1:]):
        if GOALS[page]:
            ratio = report.figures[f"{page}, {size} updates"]["ratio"]
            report.goal(f"{page} at {size:,} updates beside {sizes[0]}", ratio, at_most=GOALS[page])


def middle(answers: list[dict[str, Any]], name: str) -> float:
    return statistics.median(answer[name] for answer in answers)
