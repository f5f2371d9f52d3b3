"""What the pages of figures cost with one row for each measure and with all, and what the first of them weighs."""

import re
from contextlib import ExitStack
from urllib.request import Request, urlopen

from bench.figures import write_states
from bench.growth import Probe, middle
from bench.report import Report
from bench.server import Server, serving
from bench.weight import KB, size
from bench.workspace import Workspace

SIZES = {"one": {"years": 1, "states": 1, "bands": 1}, "all": {"years": 12, "states": 56, "bands": 40}}
PATHS = {"overview": "/impact/", "year": "/impact/2021-22/", "data": "/impact/data/"}
QUERIES_GOAL = 12
WEIGHT_GOAL = 60 * KB
# What a page names beside its own HTML, without the place in a sprite.
FILES = re.compile(r'"(/(?:static|media)/[^"#? ]+\.(?:css|js|svg|png|ico|jpg|webp|avif))[#"?]')


def measure(work: Workspace, report: Report, *, quick: bool) -> None:
    build(work)
    years, states, bands = SIZES["all"].values()
    many = f"{years} years, {states} States, {bands} bands"
    print(f"\nPages of figures ({work.databases.engine}; {many}, in brackets one of each; the first request after a")
    print("change of content, which fills the cache, apart):")
    print(f"  {'page':<14}{'ms':>12}{'queries':>12}{'refill ms':>12}{'queries':>12}")
    with ExitStack() as stack:
        probes = {name: stack.enter_context(Probe(work, f"evidence_{name}")) for name in SIZES}
        for page, path in PATHS.items():
            show(page, {name: costs(probe, path, times=3 if quick else 10) for name, probe in probes.items()}, report)
    with serving("portal.wsgi", work.port, work.environment("evidence_all"), "/healthz") as portal:
        weigh(portal, report)


def build(work: Workspace) -> None:
    for name, numbers in SIZES.items():
        path = work.folder / f"SY1022_{name}_SEA.csv"
        write_states(path, **numbers)
        work.databases.copy("demo", f"evidence_{name}")
        with Probe(work, f"evidence_{name}") as probe:
            probe.order(figures=str(path))
        work.databases.tidy(f"evidence_{name}")


def costs(probe: Probe, path: str, *, times: int) -> dict[str, float]:
    """Milliseconds and queries of a page, and with an empty cache. What is asked first warms the process up."""
    probe.order(path=path, times=1)
    cold = probe.order(path=path, times=3, is_cold=True)
    warm = probe.order(path=path, times=times)
    if wrong := [answer["status"] for answer in cold + warm if answer["status"] != "200 OK"]:
        raise RuntimeError(f"{path}: {wrong[0]}")
    figures = {name: middle(warm, name) for name in ("ms", "queries", "bytes")}
    return figures | {"cold_ms": middle(cold, "ms"), "cold_queries": middle(cold, "queries")}


def show(page: str, figures: dict[str, dict[str, float]], report: Report) -> None:
    report.keep(f"figures, {page}", figures)
    one, all_of_it = figures["one"], figures["all"]
    cells = [f"{all_of_it[name]:.0f} ({one[name]:.0f})" for name in ("ms", "queries", "cold_ms", "cold_queries")]
    print(f"  {page:<14}" + "".join(f"{cell:>12}" for cell in cells))
    more = int(all_of_it["queries"] - one["queries"])
    report.goal(f"queries of the {page} page", int(all_of_it["queries"]), at_most=QUERIES_GOAL)
    report.goal(f"more queries of the {page} page with all figures", more, at_most=0)


def weigh(portal: Server, report: Report) -> None:
    """The first page with charts and all that it names, as they travel."""
    path = PATHS["overview"]
    html = portal.get(path).decode()
    figures = {"html": size(portal, path, "gzip")} | {file: travelling(portal, file) for file in files_of(html)}
    report.keep("compressed bytes of the page of figures", figures)
    report.goal("bytes of the first page with charts", sum(figures.values()), at_most=WEIGHT_GOAL)


def files_of(html: str) -> list[str]:
    return sorted(set(FILES.findall(html)))


def travelling(portal: Server, path: str) -> int:
    """Bytes of a file, in brotli where the server has it so; pictures are compressed in themselves."""
    request = Request(portal.address + path, headers={"Accept-Encoding": "br"})  # noqa: S310 - this machine's
    with urlopen(request, timeout=30) as answer:  # noqa: S310 - this machine's
        return len(answer.read())
