"""What holds on every page of the site with its demo content, and on the page for a wrong address."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser
from wagtail.models import Page as WagtailPage

from tests.browser.portal_server import DemoPortal
from tests.browser.tour import NO_PAGE, SCHEMES, WIDTHS, Tour, Visit, without_numbers

pytestmark = pytest.mark.browser

BAD_PAGE = """<!doctype html><title></title><img src="/a.png"><img src="http://127.0.0.1:1/b.png">
<p style="color: #ccc; background: #fff">Pale</p><div style="width: 2000px">Wide</div><nav>Menu</nav>
<style>@media print { li { display: none } }</style><main><ul><li>Aside</li></ul><script>document.write("Only with JavaScript"); console.error("oh")</script></main>"""


@pytest.fixture(scope="module")
def visits(browser: Browser, portal: DemoPortal) -> list[Visit]:
    tour = Tour(browser, portal.url)
    seen = [tour.visit(address) for address in tour.addresses()]
    tour.close()
    return seen


def faults(visits: list[Visit], name: str) -> dict[str, list[str]]:
    """The faults of a kind by address."""
    return {visit.address: found for visit in visits if (found := getattr(visit, name))}


def test_tour_goes_everywhere(visits: list[Visit]) -> None:
    public = WagtailPage.objects.live().filter(depth__gt=1)
    below = {address for page in public.specific() for address in page.addresses_below()}
    wanted = {page.get_url() for page in public} | below | {NO_PAGE}
    seen = [visit.address for visit in visits]
    assert {without_numbers(address) for address in seen} == {without_numbers(address) for address in wanted}
    assert set(seen) <= wanted
    assert sum(address in below for address in seen) == 3
    assert {visit.address for visit in visits if visit.status != 200} == {NO_PAGE}


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing(visits: list[Visit], width: int, scheme: str) -> None:
    assert {visit.address: found for visit in visits if (found := visit.axe[width, scheme])} == {}


def test_text_stands_out_in_forced_colours(visits: list[Visit]) -> None:
    assert faults(visits, "forced_colours") == {}


def test_nothing_scrolls_sideways(visits: list[Visit]) -> None:
    wide = {visit.address: [place for place, pixels in visit.sideways.items() if pixels] for visit in visits}
    assert {address: places for address, places in wide.items() if places} == {}


def test_console_stays_empty(visits: list[Visit]) -> None:
    """Errors of scripts, and whatever the content security policy refuses."""
    assert faults(visits, "console") == {}


def test_no_other_host_is_asked(visits: list[Visit], portal: DemoPortal) -> None:
    assert {host for visit in visits for host in visit.hosts} == {urlsplit(portal.url).netloc}


def test_no_cookie_is_set(visits: list[Visit]) -> None:
    assert faults(visits, "cookies") == {}


def test_everything_is_there_without_javascript(visits: list[Visit]) -> None:
    assert [visit.address for visit in visits if visit.text_without_javascript != visit.text] == []


def test_print_has_the_text_and_no_navigation(visits: list[Visit]) -> None:
    assert faults(visits, "not_printed") == {}
    assert faults(visits, "printed_navigation") == {}


def test_tour_sees_what_is_wrong_with_a_page(browser: Browser, portal: DemoPortal) -> None:
    """So the tests above can fail."""
    tour = Tour(browser, portal.url)
    for context in (tour.context, tour.plain):
        context.route(
            "**/bad/",
            lambda route: route.fulfill(body=BAD_PAGE, content_type="text/html", headers={"Set-Cookie": "seen=1"}),
        )
    visit = tour.visit("/bad/")
    tour.close()
    assert all(visit.axe.values())
    assert visit.sideways["320px"] > 0
    assert "oh" in visit.console
    assert "127.0.0.1:1" in visit.hosts
    assert visit.cookies == ["seen"]
    assert visit.text_without_javascript != visit.text
    assert visit.not_printed == ["Aside"]
    assert visit.printed_navigation
