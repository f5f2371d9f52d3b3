"""The speed of uncached pages beside that of a bare Django view with the same bytes, under the same server.

"Uncached" means that every answer is made anew: the portal has no page cache. Its small cache of menus, counts and
addresses is warm, as it is for all visitors but one a minute.
"""

import re
from contextlib import AbstractContextManager, ExitStack
from statistics import median

from bench.report import Report
from bench.server import Server, serving
from bench.workspace import Workspace, free_port
from bench.wrk import load

# Of what the bare view does: it asks no database and renders nothing, and a lean Wagtail page is at 1/30 to 1/20 of it.
GOAL = 0.03
# One visitor at a time shows the cost of a page; eight keep both workers busy.
CONNECTIONS = (1, 8)
WARM_UP = 12
COLUMNS = ("bytes", "per_second", "bare_per_second", "ratio", "cpu_ms", "bare_cpu_ms", "cpu_ratio")


def measure(work: Workspace, report: Report, *, quick: bool) -> None:
    print(f"\nUncached pages beside a bare Django view with the same bytes (wrk, {work.databases.engine}):")
    print("  page    conn.   bytes   req/s    bare   ratio  CPU ms    bare   ratio")
    with ExitStack() as stack:
        portal = stack.enter_context(serving("portal.wsgi", work.port, work.environment("demo"), "/healthz"))
        paths = page_paths(portal)
        bare = stack.enter_context(bare_view(work, portal, paths))
        for name, path in paths.items():
            for connections in CONNECTIONS:
                sides = ((portal, path), (bare, f"/{name}/"))
                figures = compare(sides, connections, rounds=1 if quick else 4, seconds=1 if quick else 2)
                report.keep(f"{name}, {connections} connections", figures)
                print(f"  {name:<8}{connections:>5}" + line(figures))
    for name in paths:
        figures = report.figures[f"{name}, {CONNECTIONS[0]} connections"]
        report.goal(f"{name} beside the bare view, requests a second", figures["ratio"], at_least=GOAL)
        report.goal(f"{name} beside the bare view, CPU a request", figures["cpu_ratio"], at_least=GOAL)


def page_paths(portal: Server) -> dict[str, str]:
    """The home page, the first update of the list, and the list."""
    index = portal.get("/updates/").decode()
    detail = re.search(r'href="(/updates/(?!atom/|rss/)[^"/?]+/)"', index)[1]
    return {"home": "/", "update": detail, "index": "/updates/"}


def bare_view(work: Workspace, portal: Server, paths: dict[str, str]) -> AbstractContextManager[Server]:
    """The bare server, with the portal's pages in its memory."""
    folder = work.folder / "pages"
    folder.mkdir()
    for name, path in paths.items():
        (folder / name).write_bytes(portal.get(path))
    return serving("bench.bare", free_port(), work.environment("demo") | {"BENCH_PAGES": str(folder)}, "/home/")


def compare(
    sides: tuple[tuple[Server, str], tuple[Server, str]], connections: int, *, rounds: int, seconds: int
) -> dict[str, float]:
    """Medians of rounds in which portal and bare view take turns, so that other work on the machine meets both."""
    for server, path in sides * WARM_UP:
        server.get(path)
    pairs = [[load(server, path, connections, seconds) for server, path in sides] for _ in range(rounds)]
    server, path = sides[0]
    return {
        "bytes": len(server.get(path)),
        "per_second": median(ours.per_second for ours, _bare in pairs),
        "bare_per_second": median(bare.per_second for _ours, bare in pairs),
        "ratio": median(ours.per_second / bare.per_second for ours, bare in pairs),
        "cpu_ms": median(ours.cpu_ms for ours, _bare in pairs),
        "bare_cpu_ms": median(bare.cpu_ms for _ours, bare in pairs),
        "cpu_ratio": median(bare.cpu_ms / ours.cpu_ms for ours, bare in pairs),
    }


def line(figures: dict[str, float]) -> str:
    formats = (",", ".1f", ".0f", ".4f", ".2f", ".2f", ".4f")
    return "".join(f"{figures[name]:>8{form}}" for name, form in zip(COLUMNS, formats, strict=True))
