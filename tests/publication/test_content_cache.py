"""What is remembered between requests is forgotten as soon as an editor changes it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier, Event

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from wagtail.models import PageViewRestriction

from portal.content_cache import remember, remember_many
from portal.models import SiteSettings, StandardPage, Topic
from tests import factories
from tests.faults import soup_of


def menu(client: Client) -> list[str]:
    """The titles in the main menu."""
    soup = soup_of(client.get("/nowhere/").content.decode())
    return [link.get_text(strip=True) for link in soup.select("nav.usa-nav a")]


@pytest.fixture
def section(client: Client) -> StandardPage:
    """A section that stands in the menu, which has been shown once."""
    page = factories.StandardPageFactory(title="About", slug="about", show_in_menus=True)
    assert menu(client) == ["Latest Updates", "Stories and articles", "About"]
    return page


def test_threads_that_come_at_once_build_once() -> None:
    """Without the lock all of them would: the answer takes a moment."""
    built, moment, start = [], Event(), Barrier(6)

    def build() -> str:
        built.append("menu")
        moment.wait(0.05)
        return "menu"

    def ask(_number: int) -> str:
        start.wait()
        return remember("threads", build)

    with ThreadPoolExecutor(6) as threads:
        assert list(threads.map(ask, range(6))) == ["menu"] * 6
    assert built == ["menu"]


def test_thread_does_not_wait_for_one_that_hangs() -> None:
    begun, release = Event(), Event()

    def hang() -> str:
        begun.set()
        release.wait(10)
        return "late"

    with ThreadPoolExecutor(1) as threads:
        late = threads.submit(remember, "hangs", hang)
        begun.wait(10)
        assert remember("other", lambda: "soon") == "soon"
        assert not late.done()
        release.set()


def test_menu_is_read_once(client: Client, section: StandardPage, django_assert_num_queries) -> None:
    """Without a change the database is not asked again; this is what the other tests here would miss otherwise."""
    StandardPage.objects.filter(pk=section.pk).update(title="Changed behind our back")
    assert menu(client)[-1] == "About"


def test_unpublished_page_leaves_the_menu(client: Client, section: StandardPage, committing) -> None:
    with committing():
        section.unpublish()
    assert menu(client) == ["Latest Updates", "Stories and articles"]


def test_published_page_enters_the_menu(client: Client, section: StandardPage, committing) -> None:
    page = factories.StandardPageFactory(title="New", slug="new", show_in_menus=True, live=False)
    with committing():
        page.save_revision().publish()
    assert menu(client)[-1] == "New"


def test_new_title_is_shown(client: Client, section: StandardPage, committing) -> None:
    section.title = "About us"
    with committing():
        section.save_revision().publish()
    assert menu(client)[-1] == "About us"


def test_deleted_page_leaves_the_menu(client: Client, section: StandardPage, committing) -> None:
    with committing():
        section.delete()
    assert menu(client) == ["Latest Updates", "Stories and articles"]


def test_moved_page_leaves_the_menu(client: Client, section: StandardPage, committing) -> None:
    target = factories.StandardPageFactory()
    with committing():
        section.move(target, pos="last-child")
    assert menu(client) == ["Latest Updates", "Stories and articles"]


def test_order_of_pages_is_that_of_the_menu(client: Client, section: StandardPage, update_index, committing) -> None:
    with committing():
        section.move(update_index, pos="left")
    assert menu(client) == ["About", "Latest Updates", "Stories and articles"]


def test_private_page_leaves_the_menu_and_comes_back(client: Client, section: StandardPage, committing) -> None:
    with committing():
        restriction = PageViewRestriction.objects.create(page=section, restriction_type="login")
    assert "About" not in menu(client)
    with committing():
        restriction.delete()
    assert "About" in menu(client)


def test_link_follows_a_page_to_its_new_address(client: Client, section: StandardPage, committing) -> None:
    factories.StandardPageFactory(slug="links", intro=f'<p><a linktype="page" id="{section.pk}">About</a></p>')
    assert 'href="/about/"' in client.get("/links/").content.decode()
    section.slug = "who-we-are"
    with committing():
        section.save_revision().publish()
    body = client.get("/links/").content.decode()
    assert 'href="/who-we-are/"' in body
    assert 'href="/about/"' not in body


def test_alert_is_shown_and_taken_away_at_once(client: Client, committing) -> None:
    assert "Office closed" not in client.get("/").content.decode()
    with committing():
        settings = factories.full_settings()
    assert "Office closed" in client.get("/").content.decode()
    settings.alert_heading = settings.alert_text = ""
    with committing():
        settings.save()
    assert "usa-site-alert" not in client.get("/").content.decode()


@pytest.mark.parametrize(
    ("start", "end", "is_shown"),
    [
        (None, None, True),
        (-1, 1, True),
        (-2, -1, False),
        (1, 2, False),
        (None, 1, True),
        (-1, None, True),
        (None, -1, False),
    ],
)
def test_alert_keeps_its_hours_also_when_the_frame_is_remembered(client, start, end, is_shown: bool) -> None:
    now = timezone.now()
    hours = {
        "alert_start": now + timedelta(hours=start) if start else None,
        "alert_end": now + timedelta(hours=end) if end else None,
    }
    factories.full_settings(**hours)
    for _again in range(2):
        assert ("Office closed" in client.get("/").content.decode()) is is_shown


def test_alert_starts_by_the_clock(site) -> None:
    settings = SiteSettings(alert_heading="Closed", alert_start=timezone.now())
    assert not settings.has_alert(settings.alert_start - timedelta(seconds=1))
    assert settings.has_alert(settings.alert_start)
    settings.alert_end = settings.alert_start + timedelta(hours=1)
    assert not settings.has_alert(settings.alert_end)


def test_count_follows_what_is_published(client: Client, committing) -> None:
    def count() -> str:
        return soup_of(client.get("/updates/").content.decode()).select_one(".results-count").get_text(" ", strip=True)

    pages = factories.UpdatePageFactory.create_batch(3)
    assert count() == "3 updates"
    with committing():
        pages[0].unpublish()
    assert count() == "2 updates"
    with committing():
        pages[1].delete()
    assert count() == "1 update"


def test_new_topic_is_a_filter_at_once(client: Client, committing) -> None:
    assert client.get("/updates/?topic=data").status_code == 404
    with committing():
        Topic.objects.create(name="Data", slug="data")
    assert client.get("/updates/?topic=data").status_code == 200


def test_new_year_is_a_filter_at_once(client: Client, committing) -> None:
    factories.UpdatePageFactory()
    assert client.get("/updates/?year=1991").status_code == 404
    page = factories.UpdatePageFactory(date="1991-04-01", live=False)
    with committing():
        page.save_revision().publish()
    assert client.get("/updates/?year=1991").status_code == 200


def test_nothing_is_forgotten_for_a_change_that_is_rolled_back(site, django_capture_on_commit_callbacks) -> None:
    remember("answer", lambda: 42)
    with django_capture_on_commit_callbacks(execute=False):
        Topic.objects.create(name="Data", slug="data")
    assert remember("answer", lambda: 43) == 42


def test_entry_is_built_once_until_content_changes(committing, site) -> None:
    assert [remember("answer", lambda: 42), remember("answer", lambda: 43)] == [42, 42]
    with committing():
        Topic.objects.create(name="Data", slug="data")
    assert remember("answer", lambda: 43) == 43


@pytest.mark.parametrize("value", ["", 0, [], False])
def test_empty_entry_is_remembered_as_well(value) -> None:
    remember("empty", lambda: value)
    assert remember("empty", lambda: "built again") == value


def test_only_missing_entries_are_built() -> None:
    asked = []

    def build(keys: list[str]) -> dict[str, str]:
        asked.append(sorted(keys))
        return {key: key.upper() for key in keys}

    assert remember_many("letters", ["a", "b"], build) == {"a": "A", "b": "B"}
    assert remember_many("letters", ["b", "c"], build) == {"b": "B", "c": "C"}
    assert remember_many("letters", [], build) == {}
    assert asked == [["a", "b"], ["c"]]


def test_portal_works_without_what_was_remembered(client: Client) -> None:
    client.get("/")
    cache.clear()
    assert client.get("/").status_code == 200
