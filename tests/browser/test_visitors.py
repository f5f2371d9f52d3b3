"""What visitors do: read, look for, go on; with a keyboard, on a phone, without JavaScript."""

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import brotli
import pytest
from django.contrib.staticfiles import finders
from django.core.cache import cache
from django.utils.html import strip_tags
from playwright.sync_api import Page, expect

from home.models import HomePage
from portal.listing import PER_PAGE
from portal.models import SiteSettings
from tests.browser.portal_server import DemoPortal
from tests.browser.slow_line import slow_line
from tests.factories import bulk_updates
from updates.models import UpdatePage

Visit = Callable[..., Page]
pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("portal")]

PHONE = {"viewport": {"width": 360, "height": 740}, "device_scale_factor": 2, "is_mobile": True, "has_touch": True}
# All words in their order, pictures by their alternative text; what is folded counts, what is hidden does not.
READ_ALOUD = """() => { const words = [], walker = document.createTreeWalker(document.body, 5);
  while (walker.nextNode()) { const node = walker.currentNode;
    if (node.nodeType === 3) words.push(node.data); else if (node.alt) words.push(` ${node.alt} `); }
  return words.join('').replace(/\\s+/g, ' ') }"""
TAB_STOP = """() => { const e = document.activeElement; if (e === document.body) return null;
  const box = e.getBoundingClientRect(), style = getComputedStyle(e);
  return {name: e.innerText || e.ariaLabel || e.id, href: e.getAttribute('href'), inView: box.top >= -1 &&
    box.bottom <= innerHeight + 1 && box.width > 0, outline: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth)} }"""
TAB_STOPS = """() => [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')]
  .filter(e => e.checkVisibility({visibilityProperty: true}) && !e.disabled).length"""
WATCH_SHIFTS = """shifts = []; new PerformanceObserver(list => {
  const name = node => node ? `${node.nodeName}.${node.className}` : 'a pseudo-element'
  shifts.push(...list.getEntries().map(entry => [entry.value, ...entry.sources.map(source => name(source.node))]))
  document.documentElement.dataset.shifts = shifts.length }).observe({type: 'layout-shift'})"""


@pytest.fixture
def many_updates(fresh: DemoPortal) -> list[UpdatePage]:
    """25 more than there were, all older than the newest."""
    return bulk_updates(25)


def change_settings(**values) -> None:
    SiteSettings.objects.update(**values)
    cache.clear()


# --- Reading ----------------------------------------------------------------------------------------------------------
def test_home_reads_in_the_order_of_the_editions(visit: Visit) -> None:
    home = HomePage.objects.get()
    year = home.shown_year()
    wanted = ["Skip to main content", home.hero_lead_in, home.hero_emphasis, home.hero_tail, "Our Impact", year.heading]
    wanted += [f"Source: {year.source_name}", in_plain_words(home.goal)]
    for story in home.stories():
        wanted += [story.picture_alt_text, story.title, story.subtitle, strip_tags(story.citation), story.quote]
        wanted += [in_plain_words(story.lead), story.link_text]
    wanted += ["Latest Updates"]
    for update in UpdatePage.objects.published().newest()[: home.update_count]:
        wanted += [update.title, in_plain_words(update.lead)]

    text = visit("/").evaluate(READ_ALOUD)
    position = 0
    for words in filter(None, wanted):
        assert words in text[position:], f"{words!r} is not there, or not in its place"
        position = text.index(words, position) + len(words)


def in_plain_words(rich_text: str) -> str:
    """The first sentence, up to where a link may begin."""
    return " ".join(rich_text.partition("<a")[0].partition("</p>")[0].removeprefix("<p>").split()[:12]).replace(
        "&amp;", "&"
    )


def test_figures_stand_beside_their_labels(visit: Visit) -> None:
    page = visit("/")
    for figure in HomePage.objects.get().shown_year().all_figures:
        row = page.locator("dl > div").filter(has_text=figure.label)
        expect(row).to_contain_text(f"{figure.value:,}")


def test_page_for_a_wrong_address_leads_on(visit: Visit) -> None:
    page = visit("/wrong/")
    main = page.get_by_role("main")
    expect(main.get_by_role("heading", level=1)).to_have_text("Page not found")
    main.get_by_role("link", name="Latest Updates").click()
    expect(page).to_have_url(re.compile(r"/updates/$"))


# --- Looking for something --------------------------------------------------------------------------------------------
def choose_filters(page: Page, **choices: str) -> None:
    for label, choice in choices.items():
        page.get_by_label(label, exact=True).select_option(label=choice)
    page.get_by_role("button", name="Apply").click()


def expect_updates(page: Page, wanted: list[str]) -> None:
    """The list on the page is that one, in that order."""
    expect(page.get_by_role("main").locator(".usa-collection").get_by_role("heading")).to_have_text(wanted)


def found(**lookup) -> list[str]:
    return [update.title for update in UpdatePage.objects.published().newest().filter(**lookup)]


def test_updates_by_topic_and_year(visit: Visit) -> None:
    page = visit("/updates/")
    expect_updates(page, found())

    choose_filters(page, Topic="Meetings")
    expect_updates(page, found(topics__slug="meetings"))
    expect(page).to_have_url(re.compile(r"\?topic=meetings"))

    choose_filters(page, Year="2021")
    expect_updates(page, found(topics__slug="meetings", date__year=2021))
    expect(page.get_by_role("combobox", name="Topic").locator("option:checked")).to_have_text("Meetings")

    page.get_by_role("link", name="Clear filters").click()
    expect_updates(page, found())


def test_list_that_finds_nothing_offers_everything(visit: Visit) -> None:
    page = visit("/updates/")
    choose_filters(page, Topic="Privacy", Year="2021")
    everything = page.get_by_role("main").get_by_role("link", name="Show all updates")
    expect(everything).to_be_visible()
    expect_updates(page, found(topics__slug="privacy", date__year=2021))
    everything.click()
    expect_updates(page, found())


def test_articles_by_kind(visit: Visit) -> None:
    page = visit("/articles/")
    choose_filters(page, Kind="Press article")
    expect(page.get_by_role("main").get_by_role("heading", level=2)).to_have_count(2)


def test_topic_of_an_update_leads_to_the_list(visit: Visit) -> None:
    page = visit("/updates/eligibility-matrix/")
    page.get_by_role("list", name="Topics").get_by_role("link", name="Eligibility").click()
    expect_updates(page, found(topics__slug="eligibility"))


def test_pages_of_a_long_list(many_updates: list[UpdatePage], visit: Visit) -> None:
    page, wanted = visit("/updates/"), found()
    pager = page.get_by_role("navigation", name="Pagination")
    for number, start in enumerate(range(0, len(wanted), PER_PAGE), start=1):
        if number > 1:
            pager.get_by_role("link", name="Next").click()
        expect_updates(page, wanted[start : start + PER_PAGE])
        expect(pager.locator("[aria-current=page]")).to_have_text(str(number))
    expect(pager.get_by_role("link", name="Next")).to_have_count(0)
    pager.get_by_role("link", name="Page 1", exact=True).click()
    expect_updates(page, wanted[:PER_PAGE])


def test_feeds_are_linked_and_follow_the_filter(visit: Visit) -> None:
    page = visit("/updates/?topic=grants")
    linked = page.locator("link[rel=alternate]").evaluate_all("links => links.map(link => [link.type, link.href])")
    assert [kind for kind, _address in linked] == ["application/atom+xml", "application/rss+xml"]
    for kind, address in linked:
        feed = page.request.get(address)
        assert feed.headers["content-type"].startswith(kind)
        assert re.findall(r"<title>([^<]+)</title>", feed.text())[1:] == found(topics__slug="grants")
    expect(page.get_by_role("main").get_by_role("link", name="Atom")).to_have_attribute(
        "href", urlsplit(linked[0][1]).path + "?topic=grants"
    )


# --- Keyboard ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("address", ["/", "/updates/", "/wrong/"])
def test_first_tab_stop_skips_to_the_text(visit: Visit, address: str) -> None:
    page = visit(address)
    page.keyboard.press("Tab")
    link = page.get_by_role("link", name="Skip to main content")
    expect(link).to_be_focused()
    expect(link).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("address", ["/", "/updates/", "/legislation/"])
def test_focus_is_seen_on_its_way_through_the_page(visit: Visit, address: str, width: int) -> None:
    page = visit(address, viewport={"width": width, "height": 800})
    stops = []
    # Once more than there are stops, to come out at the other end.
    for _number in range(page.evaluate(TAB_STOPS) + 1):
        page.keyboard.press("Tab")
        stops.append(page.evaluate(TAB_STOP))
    assert stops[-1] is None, "the keyboard is caught"
    assert [stop["name"] for stop in stops[:-1] if not stop["inView"] or not stop["outline"]] == []


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_menu_of_a_phone_by_keyboard(visit: Visit, key: str) -> None:
    page = visit("/", viewport={"width": 320, "height": 800})
    menu, button = page.get_by_role("navigation", name="Main menu"), page.locator("summary").filter(has_text="Menu")
    expect(menu).to_be_hidden()
    button.focus()
    page.keyboard.press(key)
    expect(menu.get_by_role("link")).to_have_count(8)
    expect(menu.get_by_role("link").first).to_be_visible()
    page.keyboard.press("Tab")
    expect(menu.get_by_role("link").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    expect(button).to_be_focused()


# --- Without JavaScript -----------------------------------------------------------------------------------------------
def test_menu_and_banner_open_without_javascript(fresh: DemoPortal, visit: Visit) -> None:
    change_settings(is_government_site=True)
    page = visit("/", java_script_enabled=False, viewport={"width": 320, "height": 800})
    expect(page.get_by_text("Official websites use .gov")).to_be_hidden()
    page.get_by_text("Here’s how you know").click()
    expect(page.get_by_text("Official websites use .gov")).to_be_visible()

    page.locator("summary").filter(has_text="Menu").click()
    page.get_by_role("navigation", name="Main menu").get_by_role("link", name="Latest Updates").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Latest Updates")


def test_accordion_opens_without_javascript(visit: Visit) -> None:
    page = visit("/legislation/", java_script_enabled=False)
    item = page.locator("main details").first
    expect(item.locator("p").first).to_be_hidden()
    item.locator("summary").click()
    expect(item.locator("p").first).to_be_visible()


def test_lists_work_without_javascript(many_updates: list[UpdatePage], visit: Visit) -> None:
    page = visit("/updates/", java_script_enabled=False)
    choose_filters(page, Year="2020")
    page.get_by_role("navigation", name="Pagination").get_by_role("link", name="Next").click()
    expect_updates(page, found(date__year=2020)[PER_PAGE : 2 * PER_PAGE])


# --- Paper, colours, pictures -----------------------------------------------------------------------------------------
def test_what_is_folded_is_printed(visit: Visit) -> None:
    page = visit("/legislation/")
    item = page.locator("main details").first
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(item).to_have_attribute("open", "")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(item).not_to_have_attribute("open", "")


def test_focus_is_seen_in_forced_colours(visit: Visit) -> None:
    page = visit("/updates/", forced_colors="active")
    for role, name in (("link", "About"), ("combobox", "Topic"), ("button", "Apply")):
        page.get_by_role(role, name=name).first.focus()
        assert page.evaluate(TAB_STOP)["outline"]


def test_page_is_fine_when_no_picture_comes(visit: Visit, new_context) -> None:
    context = new_context(viewport={"width": 320, "height": 800})
    context.route("**/media/**", lambda route: route.abort())
    page = context.new_page()
    page.goto("/")
    broken = page.get_by_role("img", name=HomePage.objects.get().stories()[0].picture_alt_text)
    broken.scroll_into_view_if_needed()
    expect(broken).to_have_js_property("complete", True)
    assert broken.evaluate("img => img.naturalWidth") == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    expect(page.get_by_role("heading", name="Latest Updates")).to_be_visible()


# --- A phone's first visit --------------------------------------------------------------------------------------------
def test_home_is_light_on_a_phone(new_context) -> None:
    page = new_context(**PHONE).new_page()
    answers = []
    page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108 - Playwright needs a function
    page.goto("/", wait_until="networkidle")
    sizes = {urlsplit(answer.url).path: transferred(answer) for answer in answers}
    assert len(answers) <= 9, sizes
    assert sum(sizes.values()) <= 100_000, sizes


def transferred(answer) -> int:
    """Bytes of the body as visitors get them: files of ours come compressed, which the test server doesn't do."""
    path = urlsplit(answer.url).path
    file = finders.find(path.removeprefix("/static/")) if path.startswith("/static/") else None
    return len(brotli.compress(Path(file).read_bytes())) if file else answer.request.sizes()["responseBodySize"]


@pytest.mark.parametrize("options", [PHONE, {"viewport": {"width": 1280, "height": 900}}], ids=["phone", "desk"])
@pytest.mark.parametrize("address", ["/", "/articles/", "/articles/pass-student-of-the-year-2023/"])
def test_nothing_shifts_while_a_page_loads(portal: DemoPortal, new_context, address: str, options: dict) -> None:
    page = new_context(**options).new_page()
    page.add_init_script(WATCH_SHIFTS)
    with slow_line(portal.url) as slow_url:
        page.goto(slow_url + address, wait_until="networkidle")
        for picture in page.locator("img").all():
            picture.scroll_into_view_if_needed()
            expect(picture).to_have_js_property("complete", True)
    shifts = page.evaluate("shifts")
    # The arrow between two crumbs moves with the crumb before it while that arrives: it weighs 0.00001.
    assert sum(value for value, *_nodes in shifts) < 0.0001, shifts
    # What pushes the text down would have been noticed.
    page.evaluate("scrollTo(0, 0); document.body.prepend(document.createElement('hr'), 'Late')")
    expect(page.locator("html")).to_have_attribute("data-shifts", str(len(shifts) + 1))


def test_only_the_first_picture_is_loaded_at_once(visit: Visit) -> None:
    for address in ("/", "/articles/pass-student-of-the-year-2023/"):
        loading = visit(address).locator("img").evaluate_all("pictures => pictures.map(picture => picture.loading)")
        assert (loading[0], set(loading[1:])) == ("auto", {"lazy"}), address


# --- Figures ----------------------------------------------------------------------------------------------------------
def test_states_are_chosen_and_sorted_without_javascript(visit: Visit) -> None:
    page = visit("/impact/", java_script_enabled=False)
    page.get_by_label("School year").select_option("2014-15")
    page.get_by_role("button", name="Show").click()
    table = page.get_by_role("table", name="Served in summer or intersession, 2014-15")
    table.get_by_role("link", name="Grades K-3").click()
    rows = page.get_by_role("table", name="Served in summer or intersession, 2014-15").locator("tbody tr")
    expect(rows.nth(0)).to_contain_text("California")
    expect(rows.nth(0)).to_contain_text("13,557")
    expect(rows.nth(1)).to_contain_text("Florida")
    expect(page.locator("#states").get_by_role("columnheader", name="Grades K-3")).to_have_attribute(
        "aria-sort", "descending"
    )


def test_charts_are_one_picture_each_with_its_words(visit: Visit) -> None:
    page = visit("/impact/")
    charts = page.get_by_role("main").get_by_role("img")
    expect(charts).to_have_count(2)
    expect(charts.nth(0)).to_have_accessible_name(re.compile("Grades K-3: from 41,728 in 2009-10 to 31,903 in 2014-15"))
    expect(charts.nth(1)).to_have_accessible_name(re.compile("7 of 56 States have a number; most: California"))


def test_file_of_a_table_is_loaded(visit: Visit) -> None:
    page = visit("/impact/")
    with page.expect_download() as download:
        page.locator("#states").get_by_role("link", name="CSV", exact=True).click()
    assert "California" in Path(download.value.path()).read_text()
