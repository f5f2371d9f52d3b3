"""The admin's first page: the actions of the day, each only for those who may, and what waits for review."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from portal.roles import AUTHOR, EDITOR, MANAGER
from tests import factories
from tests.factories import UserFactory
from tests.faults import soup_of


def actions(client: Client) -> list[str]:
    panel = soup_of(client.get("/admin/").content.decode()).find(attrs={"aria-labelledby": "portal-actions"})
    return [link["href"] for link in panel.find_all("a")] if panel else []


@pytest.mark.parametrize(("group", "number"), [(AUTHOR, 3), (EDITOR, 4), (MANAGER, 6)])
def test_actions_are_those_that_the_group_may_take(log_in, site, group: str, number: int) -> None:
    client = log_in(UserFactory(group=group))
    found = actions(client)
    assert len(found) == number
    assert [address for address in found if client.get(address).status_code != 200] == []


def test_pages_whose_review_date_has_come_are_listed(log_in, editor) -> None:
    today = timezone.localdate()
    factories.StandardPageFactory(title="Due today", review_by=today)
    factories.UpdatePageFactory(title="Long due", review_by=today - timedelta(days=100))
    factories.StandardPageFactory(title="Due tomorrow", review_by=today + timedelta(days=1))
    factories.StandardPageFactory(title="Draft", review_by=today, live=False)
    panel = soup_of(log_in(editor).get("/admin/").content.decode()).find(attrs={"aria-labelledby": "portal-reviews"})
    assert [link.get_text(strip=True) for link in panel.find_all("a")] == ["Long due", "Due today"]


def test_longest_due_pages_are_listed_where_there_are_many(log_in, editor) -> None:
    today = timezone.localdate()
    for days in range(1, 14):
        factories.StandardPageFactory(title=f"Due {days} days", review_by=today - timedelta(days=days))
    panel = soup_of(log_in(editor).get("/admin/").content.decode()).find(attrs={"aria-labelledby": "portal-reviews"})
    found = [link.get_text(strip=True) for link in panel.find_all("a")]
    assert found == [f"Due {days} days" for days in range(13, 3, -1)]


def test_nothing_to_review_shows_no_list(log_in, editor) -> None:
    assert "portal-reviews" not in log_in(editor).get("/admin/").content.decode()


def test_admin_asks_nothing_of_other_sites(log_in, editor) -> None:
    soup = soup_of(log_in(editor).get("/admin/").content.decode())
    sources = [tag.get("src") or tag.get("href") for tag in soup.find_all(["script", "img", "link"])]
    assert [source for source in sources if source and source.startswith(("http", "//"))] == []
