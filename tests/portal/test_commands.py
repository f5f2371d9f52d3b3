"""Management commands: what each does, and that none harms when run twice."""

import stat
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import OperationalError
from django.test import Client
from django.utils import timezone
from wagtail.models import Page, Revision

from home.models import HomePage
from portal.management.commands import run_clock
from portal.models import PortalImage
from tests import factories
from tests.faults import faults_of
from updates.models import UpdatePage


def run(*arguments: str, **options) -> str:
    output = StringIO()
    call_command(*arguments, stdout=output, **options)
    return output.getvalue()


def test_no_migration_is_missing(db) -> None:
    assert run("makemigrations", check=True, dry_run=True) == "No changes detected\n"


def test_system_checks_find_nothing(db) -> None:
    call_command("check", fail_level="WARNING")


def test_roles_are_there_already(site) -> None:
    assert run("setup_roles") == "All groups are there; nothing changed.\n"


def test_images_are_made_ready_where_they_are_not(site) -> None:
    factories.ImageFactory(ready=False)
    run("make_renditions")
    assert PortalImage.objects.get().picture


@pytest.fixture
def var(settings, tmp_path: Path) -> Path:
    settings.VAR_DIR = tmp_path
    return tmp_path


def test_first_account_is_made_once_with_a_password_of_this_machine(site, var: Path, monkeypatch) -> None:
    monkeypatch.delenv("ADMIN_PASSWORD", raising=False)
    first, again = run("prepare"), run("prepare")
    password = (var / "admin-password").read_text().strip()
    admin = get_user_model().objects.get()
    assert admin.is_superuser
    assert admin.check_password(password)
    assert len(password) >= 12
    assert password in first
    assert password in again


def test_password_is_readable_for_its_owner_alone(site, var: Path, monkeypatch) -> None:
    monkeypatch.setenv("ADMIN_PASSWORD", "chosen by the operator")
    run("prepare")
    assert stat.S_IMODE((var / "admin-password").stat().st_mode) == 0o600
    assert get_user_model().objects.get().check_password("chosen by the operator")


def test_password_that_was_changed_is_not_printed(site, var: Path) -> None:
    run("prepare")
    admin = get_user_model().objects.get()
    old = (var / "admin-password").read_text().strip()
    admin.set_password("another one")
    admin.save()
    assert old not in run("prepare")


def test_no_account_is_made_where_there_is_one(site, var: Path) -> None:
    factories.UserFactory(username="somebody")
    run("prepare")
    assert list(get_user_model().objects.values_list("username", flat=True)) == ["somebody"]


def test_clock_publishes_and_expires_what_is_due(site, monkeypatch) -> None:
    monkeypatch.setattr(run_clock.connection, "close", lambda: None)
    due = factories.UpdatePageFactory(live=False)
    due.go_live_at = timezone.now()
    due.save_revision(approved_go_live_at=timezone.now())
    over = factories.UpdatePageFactory(expire_at=timezone.now())
    run_clock.Command().look()
    assert UpdatePage.objects.get(pk=due.pk).live
    assert not UpdatePage.objects.get(pk=over.pk).live


def test_page_that_can_not_appear_keeps_its_schedule_and_no_other_waits(site, monkeypatch, caplog) -> None:
    monkeypatch.setattr(run_clock.connection, "close", lambda: None)
    taken, other = factories.UpdatePageFactory(live=False, slug="free"), factories.UpdatePageFactory(live=False)
    for page, minutes in ((taken, 2), (other, 1)):
        page.go_live_at = timezone.now()
        page.slug = "taken" if page is taken else page.slug
        page.save_revision(approved_go_live_at=timezone.now() - timedelta(minutes=minutes))
    factories.UpdatePageFactory(slug="taken")
    for _minute in range(2):
        run_clock.Command().look()
        assert UpdatePage.objects.get(pk=other.pk).live
        assert not UpdatePage.objects.get(pk=taken.pk).live
        assert Revision.objects.get(approved_go_live_at__isnull=False).object_id == str(taken.pk)
    assert caplog.text.count("can't be published or expired as it was scheduled") == 2


def test_portal_can_begin_bare(client: Client, var: Path) -> None:
    HomePage.objects.get().delete()
    for _time in range(2):
        run("prepare", bare=True)
        for address in ("/", "/updates/", "/articles/", "/impact/"):
            html = client.get(address).content.decode()
            assert faults_of(html) == {}
    assert Page.objects.filter(depth__gt=1).count() == 4


def test_clock_goes_on_when_the_database_is_away(site, monkeypatch, caplog) -> None:
    def fail(*args, **kwargs) -> None:
        raise OperationalError

    monkeypatch.setattr(run_clock, "call_command", fail)
    monkeypatch.setattr(run_clock.connection, "close", lambda: None)
    run_clock.Command().look()
    assert "Nothing could be published" in caplog.text
