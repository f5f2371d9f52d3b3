"""An update: its date, its topics, its place in the admin."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import ArticlePage
from tests import factories
from tests.faults import soup_of
from updates.models import UpdatePage


def test_every_list_prints_the_date(client: Client) -> None:
    factories.UpdatePageFactory(date="2023-07-12", slug="webinar")
    for address in ("/", "/updates/", "/updates/webinar/"):
        soup = soup_of(client.get(address).content.decode())
        assert soup.main.find("time", datetime="2023-07-12")


def test_date_that_lies_ahead_is_refused(site) -> None:
    ahead = timezone.localdate() + timedelta(days=1)
    with pytest.raises(ValidationError) as error:
        factories.UpdatePageFactory.build(date=ahead, parent=None).clean()
    assert list(error.value.message_dict) == ["date"]


def test_date_of_today_is_fine(site) -> None:
    factories.UpdatePageFactory.build(date=timezone.localdate(), parent=None).clean()


def test_scheduled_update_may_have_the_date_of_its_day(site) -> None:
    then = timezone.now() + timedelta(days=3)
    factories.UpdatePageFactory.build(date=timezone.localdate(then), go_live_at=then, parent=None).clean()
    with pytest.raises(ValidationError):
        factories.UpdatePageFactory.build(
            date=timezone.localdate(then) + timedelta(days=1), go_live_at=then, parent=None
        ).clean()


def test_day_is_that_of_the_office_wherever_the_editor_is(site, monkeypatch) -> None:
    """At 10 in the evening in Washington it is noon of the next day in Guam."""
    now = datetime(2026, 3, 14, 2, tzinfo=UTC)
    monkeypatch.setattr(timezone, "now", lambda: now)
    with timezone.override("Pacific/Guam"):
        assert UpdatePage().date == ArticlePage().date == date(2026, 3, 13)
        tomorrow = factories.UpdatePageFactory.build(date=date(2026, 3, 14), parent=None)
        with pytest.raises(ValidationError):
            tomorrow.clean()
        tomorrow.go_live_at = datetime(2026, 3, 14, 12, tzinfo=UTC)
        tomorrow.clean()


def test_topics_lead_to_the_list_under_each(client: Client) -> None:
    topic = factories.TopicFactory(name="Eligibility", slug="eligibility")
    factories.UpdatePageFactory(slug="matrix", topics=[topic])
    for address in ("/updates/", "/updates/matrix/"):
        link = soup_of(client.get(address).content.decode()).main.find("a", string="Eligibility")
        assert link["href"] == "/updates/?topic=eligibility"
        assert client.get(link["href"]).status_code == 200


def test_deleted_topic_leaves_its_updates(client: Client) -> None:
    topic = factories.TopicFactory()
    page = factories.UpdatePageFactory(topics=[topic])
    topic.delete()
    assert client.get(page.get_url()).status_code == 200
    assert UpdatePage.objects.filter(pk=page.pk).exists()


@pytest.mark.parametrize("name", ["updates", "articles"])
def test_admin_lists_are_filtered_by_date(log_in, editor, name: str) -> None:
    make = factories.UpdatePageFactory if name == "updates" else factories.ArticlePageFactory
    make(title="Early bird", date="2020-01-01")
    make(title="Late riser", date="2023-01-01")
    body = log_in(editor).get(f"/admin/{name}/?date_from=2022-01-01").content.decode()
    assert "Late riser" in body
    assert "Early bird" not in body


def test_admin_list_of_a_section_shows_the_date(log_in, editor, update_index) -> None:
    topic = factories.TopicFactory(name="Eligibility")
    factories.UpdatePageFactory(title="Matrix", date="2023-07-12", topics=[topic])
    body = log_in(editor).get(f"/admin/pages/{update_index.pk}/").content.decode()
    assert "July 12, 2023" in body
    assert "Eligibility" in body


@pytest.mark.parametrize("address", ["/admin/updates/", "/admin/pages/{index}/"])
def test_cost_of_an_admin_list_does_not_grow_with_its_rows(log_in, editor, update_index, address: str) -> None:
    client = log_in(editor)
    address = address.format(index=update_index.pk)

    def queries() -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        return len(captured)

    topic = factories.TopicFactory()
    for update in factories.bulk_updates(5):
        update.topics.set([topic])
        update.save()
    few = queries()
    for update in factories.bulk_updates(20):
        update.topics.set([topic])
        update.save()
    assert queries() == few
