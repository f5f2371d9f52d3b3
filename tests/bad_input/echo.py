"""An application that says under which path it was asked, to see what the web server makes of a request."""

from collections.abc import Callable, Iterable


def app(environ: dict, start_response: Callable) -> Iterable[bytes]:
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [f"{environ.get('SCRIPT_NAME', '')} {environ['PATH_INFO']}".encode()]
