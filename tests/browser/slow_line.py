"""A portal behind a slow line: its pages arrive piece by piece, as on a phone with a weak signal."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.request import urlopen

PAUSE = 0.005
HEADERS = ("Content-Type", "Content-Security-Policy")


@contextmanager
def slow_line(origin: str) -> Iterator[str]:
    """The origin of a server that passes on what `origin` answers to GET, HTML line by line with pauses in seconds."""

    class Line(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            with urlopen(f"{origin}{self.path}") as answer:  # noqa: S310 - the portal
                self.send_response(answer.status)
                for name in HEADERS:
                    if name in answer.headers:
                        self.send_header(name, answer.headers[name])
                self.end_headers()
                is_page = answer.headers.get_content_type() == "text/html"
                for piece in answer if is_page else [answer.read()]:
                    self.wfile.write(piece)
                    if is_page and piece.strip():
                        time.sleep(PAUSE)

        def log_message(self, *args) -> None:
            pass

    server = ThreadingHTTPServer(("localhost", 0), Line)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()
