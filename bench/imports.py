"""The import of a file of figures: its time beside a plain pass of csv.DictReader, and the memory that it takes."""

import json
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from typing import Any

from bench.databases import PostgresDatabases, SqliteFiles, postgres_here
from bench.figures import write_figures
from bench.report import Report
from bench.workspace import ROOT, Workspace

ROWS, QUICK_ROWS = 300_000, 30_000
# Memory must not grow with the file, so a small one is imported, too.
FEW_ROWS = 3_000
ROUNDS = 3
# How many plain passes each may take; what is stored is previewed before. "Repeat" is both again, with nothing to do.
GOALS = {
    "SQLite": {"preview": 6, "stored": 15, "repeat": 10},
    "PostgreSQL": {"preview": 6, "stored": 12, "repeat": 10},
}
MEMORY_GOAL = 150


def measure(work: Workspace, report: Report, *, quick: bool) -> None:
    rows = QUICK_ROWS if quick else ROWS
    large, small = (work.folder / f"SY1022_{count}_LEA.csv" for count in (rows, FEW_ROWS))
    write_figures(large, rows)
    write_figures(small, FEW_ROWS)
    with ExitStack() as stack:
        places = [stack.enter_context(place) for place in places_of(work)]
        for place in places:
            place.prepare()
        # The databases take turns, so that other work on the machine meets both.
        rounds = [{place: place.round(large, rows) for place in places} for _ in range(1 if quick else ROUNDS)]
        few = {place: place.round(small, FEW_ROWS) for place in places}
    size = large.stat().st_size / 1_000_000
    print(f"\nImports ({rows:,} rows of figures, {size:.0f} MB; seconds, and in brackets how many times a plain pass")
    print(f"of csv.DictReader; megabytes above the idle process, in brackets those for {FEW_ROWS:,} rows):")
    print(f"  {'database':<12}{'plain s':>8}{'preview':>15}{'stored':>15}{'repeat':>15}{'memory':>15}")
    for place in places:
        show(place.engine, [turn[place] for turn in rounds], few[place], report)
    if len(places) == 1:
        print("  PostgreSQL is left out: none answers (DATABASE_URL, or PGUSER, PGHOST and PGPORT, name one).")


def places_of(work: Workspace) -> list["Place"]:
    """SQLite, and PostgreSQL where there is one."""
    if isinstance(work.databases, PostgresDatabases):
        return [Place(work, SqliteFiles(work.folder)), Place(work, work.databases)]
    here = postgres_here()
    return [Place(work, work.databases), *([Place(work, here)] if here else [])]


class Place:
    """Databases of one kind, in which a file is imported."""

    def __init__(self, work: Workspace, databases: SqliteFiles | PostgresDatabases) -> None:
        self.work, self.databases, self.engine = work.with_databases(databases), databases, databases.engine
        self.is_borrowed = databases is work.databases
        self.rounds = 0

    def __enter__(self) -> "Place":
        return self

    def __exit__(self, *args) -> None:
        # What belongs to the workspace goes with it.
        if not self.is_borrowed:
            self.databases.drop()

    def prepare(self) -> None:
        self.databases.create("empty")
        self.work.manage("empty", "migrate", "--verbosity=0")

    def round(self, path: Path, rows: int) -> dict[str, dict[str, Any]]:
        """A first import into a database without figures, and the same once more, each in a process of its own."""
        self.rounds += 1
        name = f"figures{self.rounds}"
        self.databases.copy("empty", name)
        first = self.run(name, path)
        again = self.run(name, path)
        for figures, what in ((first, "added"), (again, "unchanged")):
            if figures["counts"][what] != rows:
                raise RuntimeError(f"{rows:,} rows {what} expected: {figures['counts']}")
        return {"first": first, "again": again}

    def run(self, name: str, path: Path) -> dict[str, Any]:
        command = [sys.executable, "-m", "bench.importer", str(path)]
        environment = self.work.environment(name)
        return json.loads(subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE).stdout)


def show(engine: str, rounds: list[dict], few: dict, report: Report) -> None:
    steps = {"preview": ("first", "preview"), "stored": ("first", "stored"), "repeat": ("again", "stored")}
    figures: dict[str, Any] = {"plain_s": median(plain(run) for turn in rounds for run in turn.values())}
    for step, (run, name) in steps.items():
        figures[f"{step}_s"] = median(turn[run][name] for turn in rounds)
        figures[step] = median(turn[run][name] / plain(turn[run]) for turn in rounds)
    figures["memory_mb"] = max(peak(turn) for turn in rounds)
    figures["few_rows_mb"] = peak(few)
    report.keep(f"imports, {engine}", figures | {"rounds": rounds})
    cells = [f"{figures[f'{step}_s']:.1f} ({figures[step]:.1f})" for step in steps]
    cells.append(f"{figures['memory_mb']:.0f} ({figures['few_rows_mb']:.0f})")
    print(f"  {engine:<12}{figures['plain_s']:>8.2f}" + "".join(f"{cell:>15}" for cell in cells))
    for step, goal in GOALS[engine].items():
        report.goal(f"{step} beside a plain pass, {engine}", figures[step], at_most=goal)
    report.goal(f"MB of memory above the idle process, {engine}", figures["memory_mb"], at_most=MEMORY_GOAL)


def plain(run: dict[str, Any]) -> float:
    """Seconds of a plain pass while that import ran."""
    return median(run["passes"])


def peak(turn: dict[str, dict[str, Any]]) -> float:
    return max(run["stored_mb"] for run in turn.values())
