"""The benchmark: `make bench`, or `make bench ARGS="--quick --only pages"`.

It ends with 0 whether or not the goals are reached, and with 2 when it can't run.
"""

import argparse
import json
import sys
from pathlib import Path

# The folder above this one in place of this one, so that `bench` and the portal's own packages are found.
sys.path[0] = str(Path(__file__).resolve().parents[1])

from bench import evidence, growth, imports, pages, weight, wrk  # noqa: E402 - the path is set above
from bench.report import Report  # noqa: E402
from bench.workspace import workspace  # noqa: E402

PARTS = {
    "pages": pages.measure,
    "weight": weight.measure,
    "growth": growth.measure,
    "figures": evidence.measure,
    "imports": imports.measure,
}


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__.partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help="fewer rounds and no 50,000 updates; rough figures")
    parser.add_argument("--only", choices=list(PARTS), help="one part of it")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there as well")
    return parser.parse_args()


def main() -> int:
    chosen = arguments()
    parts = [chosen.only] if chosen.only else list(PARTS)
    if "pages" in parts and not wrk.is_there():
        print(wrk.HOW_TO_INSTALL, file=sys.stderr)
        return 2
    report = Report()
    print("Making a portal with the demo content to measure …", flush=True)
    with workspace() as work:
        for part in parts:
            PARTS[part](work, report, quick=chosen.quick)
    report.close()
    if chosen.json:
        chosen.json.write_text(json.dumps(report.as_dict(), indent=2) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
