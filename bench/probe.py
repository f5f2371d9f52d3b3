"""The process that measures one size of content from inside: `python -m bench.probe`.

It asks the portal's own WSGI application, all middleware included, without a server between, and takes its orders as
lines of JSON: {"grow_to": 5000}, {"figures": "FILE"}, or {"path": "/", "times": 5, "is_cold": false}. The answer is a
line of JSON, too.
"""

import json
import sys
import time
from pathlib import Path
from typing import Any
from wsgiref.util import setup_testing_defaults

from django.core.cache import cache
from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()

from django.db import connection  # noqa: E402 - only once the settings are read

from bench.content import grow_to, replace_figures  # noqa: E402


class Stopwatch:
    """Wraps the execution of every statement; seconds and number of statements since the last reset."""

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        self.seconds, self.statements = 0.0, 0

    def __call__(self, execute: Any, *args) -> Any:
        start = time.perf_counter()
        try:
            return execute(*args)
        finally:
            self.seconds += time.perf_counter() - start
            self.statements += 1


stopwatch = Stopwatch()


def ask(path: str) -> dict[str, Any]:
    """One request: its status, milliseconds in all and in the database, and the number of queries."""
    path, _mark, query = path.partition("?")
    environ = {"HTTP_HOST": "127.0.0.1", "PATH_INFO": path, "QUERY_STRING": query, "REQUEST_METHOD": "GET"}
    setup_testing_defaults(environ)
    status = []
    stopwatch.reset()
    start = time.perf_counter()
    answer = application(environ, lambda line, _headers: status.append(line))
    size = sum(map(len, answer))
    answer.close()
    milliseconds = 1000 * (time.perf_counter() - start)
    return {
        "status": status[0],
        "ms": milliseconds,
        "db_ms": 1000 * stopwatch.seconds,
        "queries": stopwatch.statements,
        "bytes": size,
    }


def obey(order: dict[str, Any]) -> Any:
    if "grow_to" in order:
        return grow_to(order["grow_to"])
    if "figures" in order:
        return replace_figures(Path(order["figures"]))
    answers = []
    for _ in range(order["times"]):
        if order.get("is_cold"):
            cache.clear()
        answers.append(ask(order["path"]))
    return answers


if __name__ == "__main__":
    with connection.execute_wrapper(stopwatch):
        for line in sys.stdin:
            print(json.dumps(obey(json.loads(line))), flush=True)
