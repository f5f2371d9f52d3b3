"""The real site in Chromium. All fixtures that cost something wait until it is known that there is a Chromium."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.portal_server import DemoPortal

# Playwright keeps an event loop in the thread of the tests, for which Django would refuse to use the database there.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

BROWSER_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    # Nothing but this machine has an address.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]
NO_CHROMIUM = "Browser tests need Chromium (Debian: apt install chromium)."
MILLISECONDS = 20_000
expect.set_options(timeout=MILLISECONDS)


@pytest.fixture(scope="session")
def chromium() -> str:
    """Where the browser is; without one the tests are skipped, but CI always has one."""
    path = shutil.which("chromium")
    if path is None and os.environ.get("CI") == "true":
        pytest.fail(NO_CHROMIUM, pytrace=False)
    return path or pytest.skip(NO_CHROMIUM)


@pytest.fixture(scope="session")
def browser_type_launch_args(chromium: str, browser_type_launch_args: dict) -> dict:
    return browser_type_launch_args | {"executable_path": chromium, "args": BROWSER_ARGUMENTS}


@pytest.fixture(scope="session")
def demo(
    chromium: str, django_db_setup: None, django_db_blocker, tmp_path_factory: pytest.TempPathFactory, worker_id: str
) -> Iterator[DemoPortal]:
    """The demo content, loaded once for all processes of the run."""
    folder = tmp_path_factory.getbasetemp()
    shared: Path = folder if worker_id == "master" else folder.parent
    with django_db_blocker.unblock():
        portal = DemoPortal(shared / "browser", worker_id)
        portal.build()
    yield portal
    with django_db_blocker.unblock():
        portal.leave()


@pytest.fixture(scope="module")
def db(demo: DemoPortal, django_db_blocker) -> Iterator[None]:
    """In this folder the database is a copy of the demo content, without a transaction around each test.

    pytest-django knows by this name that the run needs a test database, which the copy begins with.
    """
    with django_db_blocker.unblock(), demo.open():
        yield


@pytest.fixture(scope="module")
def portal(demo: DemoPortal, db: None) -> Iterator[DemoPortal]:
    """A running portal with the demo content. What a test changes stays for the tests of its module: see `fresh`."""
    with demo.serve() as running:
        yield running


@pytest.fixture
def fresh(portal: DemoPortal) -> Iterator[DemoPortal]:
    """A running portal that nobody has changed, for a test that will."""
    yield portal
    portal.reset()


@pytest.fixture
def new_context(portal: DemoPortal, new_context):
    """A browser window of its own, at the portal's address."""

    def new(**options):
        context = new_context(**{"base_url": portal.url, "locale": "en-US", "reduced_motion": "reduce"} | options)
        context.set_default_timeout(MILLISECONDS)
        return context

    return new


@pytest.fixture
def page(context) -> Page:
    return context.new_page()


@pytest.fixture
def visit(new_context) -> Callable[..., Page]:
    """Opens an address as a visitor who has never been here before."""

    def visit(address: str, **options) -> Page:
        page = new_context(**options).new_page()
        page.goto(address)
        return page

    return visit


@pytest.fixture
def saved_by_hand(settings) -> None:
    """Turns autosave off: it starts two seconds after a form is there, and a click on Publish may fall into it."""
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 0
