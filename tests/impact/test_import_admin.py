"""Imports in the admin, as a manager's browser asks for them."""

from datetime import timedelta
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.users.models import UserProfile

from impact import forms, tasks
from impact.models import Import, Observation, StagedObservation
from impact.models.school_years import FiguresFrom
from impact.source.findings import LISTED
from portal.roles import AUTHOR, EDITOR
from tests.factories import SchoolYearFactory, UserFactory, data_csv, import_file, imported, notes_csv, zipped

ADDRESS = "https://eddataexpress.ed.gov/download"
GOOD = data_csv([{}, {"State": "TEXAS"}])
BAD = data_csv([{}, {"State": "ATLANTIS"}])


@pytest.fixture
def manager_client(log_in, manager) -> Client:
    return log_in(manager)


@pytest.fixture
def send(manager_client: Client, committing):
    """Sends the form with a file, as a browser does, and gives the answer at the end."""

    def send(content: bytes, name: str = "figures.csv", **fields: str):
        with committing():
            answer = manager_client.post(
                reverse("impact_import:add"), {"file": SimpleUploadedFile(name, content), "address": ADDRESS} | fields
            )
        return manager_client.get(answer.url) if answer.status_code == 302 else answer

    return send


def show(imported: Import, name: str = "show") -> str:
    return reverse(f"impact_import:{name}", args=[imported.pk])


def words(answer) -> str:
    """The words of the page below the head of the admin."""
    assert answer.status_code == 200
    return " ".join(BeautifulSoup(answer.content, "html.parser").find("main").get_text(" ").split())


def buttons(answer) -> list[str]:
    soup = BeautifulSoup(answer.content, "html.parser").find("main")
    return [tag.get_text(strip=True) for tag in soup.select("form[method=post] button[name=action]")]


def press(manager_client: Client, imported: Import, action: str, committing) -> str:
    with committing():
        return words(manager_client.post(show(imported), {"action": action}, follow=True))


def stored_files() -> list[str]:
    folder = Path(default_storage.location) / "imports"
    return [str(path) for path in folder.rglob("*") if path.is_file()]


def test_long_list_says_how_many_are_left(send) -> None:
    text = words(send(data_csv([{"State": "ATLANTIS"}] * (LISTED + 3))))
    assert f"Rejected ({LISTED + 3})" in text
    assert "… and 3 more" in text
    assert text.count("“ATLANTIS”") == LISTED


@pytest.mark.parametrize(
    ("content", "name"), [(GOOD, "figures.csv"), (zipped(GOOD), "SY2021.ZIP"), (notes_csv([{}]), "notes.csv")]
)
def test_file_that_is_sent_is_previewed_and_changes_nothing(send, manager, content: bytes, name: str) -> None:
    answer = send(content, name)
    assert name in words(answer)
    assert "to add, 0 to change, 0 unchanged, 0 rejected" in words(answer)
    assert buttons(answer) == ["Take over", "Don't take over"]
    sent = Import.objects.get()
    assert (sent.user, sent.address, sent.state, sent.file_name) == (manager, ADDRESS, Import.State.READY, name)
    assert not Observation.objects.exists()


def test_file_is_gone_from_the_storage_when_it_has_been_read(send) -> None:
    send(GOOD)
    send(BAD)
    assert stored_files() == []
    assert set(Import.objects.values_list("upload", flat=True)) == {""}


def test_preview_is_taken_over_undone_after_a_second_question_and_kept(manager_client, send, committing) -> None:
    send(GOOD)
    [sent] = Import.objects.all()
    assert "has been taken over" in press(manager_client, sent, "apply", committing)
    assert Observation.objects.count() == 2
    assert "2 added, 0 changed" in words(manager_client.get(show(sent)))

    question = manager_client.get(show(sent, "undo"))
    assert "Undo the import of “figures.csv”? What it added (2) will be removed" in words(question)
    assert Observation.objects.count() == 2
    assert "has been undone" in press(manager_client, sent, "undo", committing)
    assert not Observation.objects.exists()
    answer = manager_client.get(show(sent))
    assert "Undone" in words(answer)
    assert buttons(answer) == []


def test_changes_and_oddities_are_listed_with_lines(send) -> None:
    imported([{"Value": "10"}], "other.csv")
    text = words(send(data_csv([{"Value": "20"}])))
    assert "Looks odd (1) line 2: 2020-21, Alabama" in " ".join(text.split("#")[0].split())
    assert "10 → 20" in text


def test_preview_can_be_left(manager_client, send, committing) -> None:
    send(GOOD)
    [sent] = Import.objects.all()
    assert "was not taken over" in press(manager_client, sent, "discard", committing)
    assert not StagedObservation.objects.exists()
    assert not Observation.objects.exists()


def test_file_that_would_change_nothing_offers_nothing_to_take_over(send) -> None:
    imported(GOOD)
    answer = send(GOOD)
    assert "nothing would change" in words(answer)
    assert buttons(answer) == ["Don't take over"]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (BAD, "line 3: State: “ATLANTIS” is not the name of a State"),
        (b"Name,Address\r\n", "Line 1 names no column of ED Data Express"),
        (GOOD + b'"', "Line 4: the row that begins here"),
    ],
)
def test_refused_file_shows_lines_and_reasons(send, content: bytes, expected: str) -> None:
    answer = send(content)
    assert expected in words(answer)
    assert "can't be taken over as it is" in words(answer)
    assert buttons(answer) == []


def test_reasons_are_in_the_language_of_whoever_sent_the_file(send, manager) -> None:
    UserProfile.objects.update_or_create(user=manager, defaults={"preferred_language": "es"})
    send(data_csv([{"State": "ATLANTIS"}]))
    [found] = Import.objects.get().report["rejections"]
    assert found["reason"] == "«ATLANTIS» no es el nombre de un estado"


def test_words_of_a_file_are_escaped(send) -> None:
    answer = send(data_csv([{"State": "<script>alert(1)</script>"}]), "<b>x.csv")
    assert b"<script>alert" not in answer.content
    assert b"<b>x" not in answer.content


def test_confirming_twice_says_that_it_is_done(manager_client, send, committing) -> None:
    send(GOOD)
    [sent] = Import.objects.all()
    press(manager_client, sent, "apply", committing)
    assert "doesn't wait for confirmation: it is taken over" in press(manager_client, sent, "apply", committing)
    assert Observation.objects.count() == 2


def test_preview_that_is_outdated_is_shown_anew(manager_client, send, committing) -> None:
    send(GOOD)
    [sent] = Import.objects.all()
    imported([{"Value": "5"}], "other.csv")
    text = press(manager_client, sent, "apply", committing)
    assert "look at it once more" in text
    assert "1 to add, 1 to change" in text
    assert Observation.objects.count() == 1


@pytest.mark.parametrize("action", ["", "delete", "show"])
def test_unknown_action_does_nothing(manager_client, send, committing, action: str) -> None:
    send(GOOD)
    press(manager_client, Import.objects.get(), action, committing)
    assert Import.objects.get().state == Import.State.READY


def test_undo_names_the_years_that_are_shown_out_of_the_rows(manager_client) -> None:
    taken_over = imported([{"School Year": "2019-2020"}, {"School Year": "2020-2021"}, {"School Year": "2021-2022"}])
    SchoolYearFactory(start=2019, figures_from=FiguresFrom.ROWS)
    SchoolYearFactory(start=2020)
    SchoolYearFactory(start=2021, figures_from=FiguresFrom.ROWS, live=False)
    SchoolYearFactory(start=2018, figures_from=FiguresFrom.ROWS)
    assert "figures from these rows: 2019-20. Afterwards" in words(manager_client.get(show(taken_over, "undo")))


def test_page_names_who_sent_took_over_and_undid(site, manager_client, manager, committing) -> None:
    sender = UserFactory(first_name="Ada", last_name="Rivers")
    waiting = import_file([{}], user=sender)
    press(manager_client, waiting, "apply", committing)
    press(manager_client, waiting, "undo", committing)
    waiting.refresh_from_db()
    assert [waiting.user, waiting.applied_by, waiting.undone_by] == [sender, manager, manager]
    text = words(manager_client.get(show(waiting)))
    assert text.index("Read") < text.index("Ada Rivers") < text.index("Taken over")


def test_undo_is_only_asked_for_what_was_taken_over(manager_client) -> None:
    waiting = import_file([{}])
    assert manager_client.get(show(waiting, "undo")).url == show(waiting)


@pytest.mark.parametrize("name", ["show", "undo"])
def test_import_that_is_not_there_is_not_found(manager_client, name: str) -> None:
    assert manager_client.get(reverse(f"impact_import:{name}", args=[999_999])).status_code == 404
    assert manager_client.post(reverse(f"impact_import:{name}", args=[999_999]), {"action": "apply"}).status_code == 404


# --- While it is read ------------------------------------------------------------------------------------------------
def refreshes(answer) -> bool:
    return bool(BeautifulSoup(answer.content, "html.parser").select("head meta[http-equiv=refresh]"))


def test_page_looks_again_by_itself_while_the_file_is_read(manager_client) -> None:
    reading = Import.objects.create(file_name="figures.csv", progress=400, progress_at=timezone.now())
    answer = manager_client.get(show(reading))
    assert refreshes(answer)
    assert 'value="400"' in answer.content.decode()
    assert buttons(answer) == ["Don't take over"]
    reading.delete()
    assert not refreshes(manager_client.get(show(import_file([{}]))))


def test_file_in_line_says_that_it_waits(manager_client) -> None:
    waiting = Import.objects.create(file_name="figures.csv")
    Import.objects.filter(pk=waiting.pk).update(created_at=timezone.now() - timedelta(hours=1))
    answer = manager_client.get(show(waiting))
    assert "The file waits for its turn to be read." in words(answer)
    assert refreshes(answer)
    assert buttons(answer) == ["Don't take over"]


def test_reader_that_was_stopped_is_noticed(manager_client) -> None:
    silent = Import.objects.create(file_name="figures.csv", progress_at=timezone.now() - timedelta(minutes=5))
    answer = manager_client.get(show(silent))
    assert "Nobody seems to read this file any more" in words(answer)
    assert not refreshes(answer)


def test_fault_of_ours_ends_the_import_and_is_logged(send, monkeypatch, caplog) -> None:
    def fail(*_arguments) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr(tasks, "read", fail)
    assert "something went wrong on our side" in words(send(GOOD))
    assert "could not be read" in caplog.text
    assert stored_files() == []


# --- The form --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["figures.xlsx", "figures", "figures.csv.exe"])
def test_other_kind_of_file_is_refused_by_the_form(send, name: str) -> None:
    assert "Choose a file whose name ends with .zip or .csv." in words(send(GOOD, name))
    assert not Import.objects.exists()


def test_file_that_is_too_large_is_refused_by_the_form(send, monkeypatch) -> None:
    monkeypatch.setattr(forms, "LARGEST_UPLOAD", 100)
    assert "more than 100" in words(send(GOOD)).replace("\xa0", " ")
    assert not Import.objects.exists()


@pytest.mark.parametrize("address", ["nowhere at all", "javascript:alert(1)", "ftp//x", f"https://x.gov/{'x' * 500}"])
def test_address_that_is_none_is_refused_by_the_form(send, address: str) -> None:
    assert send(GOOD, address=address).status_code == 200
    assert not Import.objects.exists()


def test_form_without_a_file_says_so(manager_client) -> None:
    assert "This field is required." in words(manager_client.post(reverse("impact_import:add"), {}))


def test_empty_file_is_refused_by_the_form(send) -> None:
    assert "empty" in words(send(b""))


def test_form_sends_files(manager_client) -> None:
    soup = BeautifulSoup(manager_client.get(reverse("impact_import:add")).content, "html.parser")
    form = soup.find("main").find("form", enctype="multipart/form-data")
    assert [field["name"] for field in form.select("input[type=file], input[type=url], input[type=checkbox]")] == [
        "file", "address", "with_districts", "with_schools",
    ]  # fmt: skip


# --- Who may, and the list -------------------------------------------------------------------------------------------
@pytest.mark.parametrize("group", [AUTHOR, EDITOR])
def test_imports_are_for_managers(log_in, site, group: str) -> None:
    waiting = import_file([{}])
    client = log_in(UserFactory(group=group))
    for address in (reverse("impact_import:index"), reverse("impact_import:add"), show(waiting), show(waiting, "undo")):
        assert client.get(address).status_code in {302, 403}
    for data in ({"action": "apply"}, {"action": "discard"}):
        assert client.post(show(waiting), data).status_code in {302, 403}
    client.post(reverse("impact_import:add"), {"file": SimpleUploadedFile("figures.csv", GOOD)})
    assert [found.state for found in Import.objects.all()] == [Import.State.READY]
    assert reverse("impact_import:index") not in client.get("/admin/").content.decode()


def test_menu_of_a_manager_leads_to_imports(manager_client) -> None:
    assert reverse("impact_import:index") in manager_client.get("/admin/").content.decode()


def test_visitor_is_asked_to_log_in(client: Client) -> None:
    for name in ("index", "add"):
        assert "/admin/login/" in client.get(reverse(f"impact_import:{name}")).url


def test_file_that_waits_to_be_read_is_no_page(client: Client, site) -> None:
    reading = Import(file_name="figures.csv")
    reading.upload.save("figures.csv", SimpleUploadedFile("figures.csv", GOOD))
    try:
        assert client.get(f"{settings.MEDIA_URL}{reading.upload.name}").status_code == 404
    finally:
        reading.upload.delete()


def test_list_shows_every_import_with_its_state(manager_client, manager) -> None:
    imported([{}], "first.csv", user=manager)
    import_file([{}], "second.csv")
    text = words(manager_client.get(reverse("impact_import:index")))
    assert text.index("second.csv") < text.index("first.csv")
    assert "taken over" in text
    assert "waits for confirmation" in text
    assert text.count("figures") >= 2


@pytest.mark.parametrize("query", ["?state=applied", "?kind=data&q=first", "?ordering=created_at", "?p=99"])
def test_list_is_filtered_and_searched(manager_client, query: str) -> None:
    imported([{}], "first.csv")
    assert "first.csv" in words(manager_client.get(reverse("impact_import:index") + query))


def test_cost_of_the_list_does_not_grow(manager_client) -> None:
    costs = []
    for number in (1, 12):
        for _place in range(number):
            imported([{}], user=UserFactory())
        manager_client.get(reverse("impact_import:index"))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            manager_client.get(reverse("impact_import:index"))
        costs.append(len(queries))
    assert costs[0] == costs[1]
