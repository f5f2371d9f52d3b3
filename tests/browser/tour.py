"""A walk through every page of the site, once; what was seen on the way is what the tests of test_every_page.py read."""

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import APIRequestContext, Browser, ConsoleMessage, Request

WIDTHS = (320, 768, 1280)
SCHEMES = ("light", "dark")
NO_PAGE = "/no-page-here/"

# Without options axe uses every rule that it has switched on itself, best practice included.
AXE = """async () => (await axe.run({resultTypes: ['violations']})).violations.flatMap(
  rule => rule.nodes.map(node => `${rule.id}: ${node.target.join(' ')}`))"""
CONTRAST = """async () => (await axe.run({runOnly: ['color-contrast'], resultTypes: ['violations']})).violations.flatMap(
  rule => rule.nodes.map(node => `${rule.id}: ${node.target.join(' ')}`))"""
SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
# A style sheet made by a script of the browser's own is not what the content security policy is about.
TEXT_SIZE = """size => { const sheet = new CSSStyleSheet();
  sheet.replaceSync(`html { font-size: ${size} !important }`); document.adoptedStyleSheets = [sheet] }"""
TEXT = "() => document.body.innerText.replace(/\\s+/g, ' ').trim()"
# What a reader came for, as opposed to ornaments and the ways on from there.
READING = """() => [...document.querySelectorAll('main :is(h1, h2, h3, h4, p, dt, dd, li, th, td, img:not([alt=""]))')]
  .filter(e => !e.closest('nav, form, .results-feeds') && e.checkVisibility())
  .map(e => (e.alt || e.textContent).trim())"""
NAVIGATION = "() => [...document.querySelectorAll('nav, form')].filter(e => e.checkVisibility()).map(e => e.ariaLabel)"


@dataclass
class Visit:
    """What was seen on one page. A fault is a line of text; no line, no fault."""

    address: str
    status: int = 0
    axe: dict[tuple[int, str], list[str]] = field(default_factory=dict)
    forced_colours: list[str] = field(default_factory=list)
    sideways: dict[str, int] = field(default_factory=dict)
    console: list[str] = field(default_factory=list)
    hosts: set[str] = field(default_factory=set)
    cookies: list[str] = field(default_factory=list)
    text: str = ""
    text_without_javascript: str = ""
    not_printed: list[str] = field(default_factory=list)
    printed_navigation: list[str] = field(default_factory=list)


class Tour:
    """Goes to pages in two windows: one with JavaScript, one without."""

    def __init__(self, browser: Browser, base_url: str) -> None:
        self.context = browser.new_context(base_url=base_url, reduced_motion="reduce")
        self.plain = browser.new_context(base_url=base_url, java_script_enabled=False)
        self.page = self.context.new_page()
        self.plain_page = self.plain.new_page()
        self.current = Visit("")
        self.page.on("console", self._note_console)
        self.page.on("pageerror", lambda error: self.current.console.append(str(error)))
        self.page.on("request", self._note_request)

    def close(self) -> None:
        self.context.close()
        self.plain.close()

    def addresses(self) -> list[str]:
        """The pages that the sitemap lists, two of those that differ only in their numbers, and one that isn't there."""
        alike: dict[str, list[str]] = {}
        for address in sitemap(self.context.request):
            alike.setdefault(without_numbers(address), []).append(address)
        return [*(address for found in alike.values() for address in (found[0], *found[1:][-1:])), NO_PAGE]

    def visit(self, address: str) -> Visit:
        self.current = visit = Visit(address)
        page = self.page
        page.emulate_media(color_scheme="light")
        page.set_viewport_size({"width": WIDTHS[0], "height": 900})
        visit.status = page.goto(address).status
        page.evaluate(AXE_SCRIPT)
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 900})
                visit.sideways[f"{width}px"] = page.evaluate(SIDEWAYS)
                visit.axe[width, scheme] = page.evaluate(AXE)
        page.emulate_media(color_scheme="light", forced_colors="active")
        visit.forced_colours = page.evaluate(CONTRAST)
        page.emulate_media(forced_colors="none")
        visit.text, on_screen = page.evaluate(TEXT), page.evaluate(READING)
        page.emulate_media(media="print")
        on_paper = page.evaluate(READING)
        visit.not_printed = [text for text in on_screen if text not in on_paper]
        visit.printed_navigation = page.evaluate(NAVIGATION)
        page.emulate_media(media="screen")
        page.evaluate(TEXT_SIZE, "200%")
        visit.sideways["1280px, text at 200 %"] = page.evaluate(SIDEWAYS)
        self.plain_page.goto(address)
        visit.text_without_javascript = self.plain_page.evaluate(TEXT)
        visit.cookies = [cookie["name"] for cookie in self.context.cookies()]
        return visit

    def _note_console(self, message: ConsoleMessage) -> None:
        # The browser reports the 404 that was asked for.
        if message.type in ("error", "warning") and not message.location["url"].endswith(NO_PAGE):
            self.current.console.append(message.text)

    def _note_request(self, request: Request) -> None:
        self.current.hosts.add(urlsplit(request.url).netloc)


def without_numbers(address: str) -> str:
    """What the addresses of all school years have in common, say."""
    return re.sub(r"\d+", "0", address)


def sitemap(request: APIRequestContext) -> list[str]:
    """The address of every page in the sitemap, without the host: the test server has another one."""

    def locations(path: str) -> list[str]:
        answer = request.get(path)
        assert answer.ok, path
        return [urlsplit(address).path for address in re.findall(r"<loc>([^<]+)</loc>", answer.text())]

    return [address for section in locations("/sitemap.xml") for address in locations(section)]
