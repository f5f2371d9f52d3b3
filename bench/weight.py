"""What the home page weighs: bytes as they travel, and what a phone loads on its first visit."""

import re
import shutil
from urllib.request import Request, urlopen

from playwright.sync_api import sync_playwright

from bench.report import Report
from bench.server import Server, serving
from bench.workspace import Workspace

KB = 1000
# What a server sends before it must wait for the first answer: ten segments of 1,460 bytes (RFC 6928).
FIRST_FLIGHT = 14_600
PHONE = {"viewport": {"width": 412, "height": 823}, "device_scale_factor": 2.625, "is_mobile": True, "has_touch": True}


def measure(work: Workspace, report: Report, *, quick: bool) -> None:
    with serving("portal.wsgi", work.port, work.environment("demo"), "/healthz") as portal:
        compressed(portal, report)
        first_visit(portal, report)


def size(portal: Server, path: str, encoding: str) -> int:
    """Bytes of an answer in that encoding; raises RuntimeError when it doesn't come in it."""
    request = Request(portal.address + path, headers={"Accept-Encoding": encoding})  # noqa: S310 - this machine's
    with urlopen(request, timeout=30) as answer:  # noqa: S310 - this machine's
        if answer.headers["Content-Encoding"] != encoding:
            raise RuntimeError(f"{path} does not come in {encoding}")
        return len(answer.read())


def compressed(portal: Server, report: Report) -> None:
    home = portal.get("/").decode()
    css, script = (re.search(pattern, home)[1] for pattern in (r'href="([^"]+\.css)"', r'src="([^"]+\.js)"'))
    figures = {"html": size(portal, "/", "gzip"), "css": size(portal, css, "br"), "js": size(portal, script, "br")}
    report.keep("compressed bytes", figures)
    print(f"\nHome page, compressed: HTML {figures['html']:,} bytes (gzip), CSS {figures['css']:,} (brotli),")
    print(f"JavaScript {figures['js']:,} (brotli). The aim for HTML and CSS together is {FIRST_FLIGHT:,}.")
    report.goal("HTML and CSS", figures["html"] + figures["css"], at_most=18 * KB)
    report.goal("CSS", figures["css"], at_most=13 * KB)
    report.goal("JavaScript", figures["js"], at_most=4 * KB)


def first_visit(portal: Server, report: Report) -> None:
    """All that a phone with an empty cache loads before anybody scrolls, headers included."""
    chromium = shutil.which("chromium")
    if not chromium:
        print("  The first visit of a phone is left out: it needs Chromium (Debian: apt-get install chromium).")
        return
    sizes: list[int] = []
    with sync_playwright() as playwright:
        # The sandbox needs rights that root in a container doesn't have; the page is our own.
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(**PHONE)
        devtools = page.context.new_cdp_session(page)
        devtools.send("Network.enable")
        devtools.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
        page.goto(portal.address + "/", wait_until="networkidle")
        browser.close()
    report.keep("first visit", {"bytes": sum(sizes), "requests": len(sizes)})
    report.goal("bytes of a phone's first visit", sum(sizes), at_most=100 * KB)
    report.goal("requests of a phone's first visit", len(sizes), at_most=9)
