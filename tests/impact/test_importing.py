"""Taking files over and undoing that: all or nothing, and never a row that is not as it was."""

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from impact.importing import ImportRefusedError, apply, discard, read, undo
from impact.importing.tables import Tables
from impact.models import Change, DataNote, Import, Measure, Observation, StagedNote, StagedObservation
from impact.reference import ensure_measures
from portal.content_cache import content_version
from tests.factories import UserFactory, data_csv, import_file, imported, notes_csv, zipped

pytestmark = pytest.mark.django_db
TEXAS, UTAH = {"State": "TEXAS"}, {"State": "UTAH"}


def stored() -> list[dict[str, Any]]:
    """All figures and notes with their keys and sources: what visitors see, and where it is from."""
    return [*Observation.objects.order_by("pk").values(), *DataNote.objects.order_by("pk").values()]


def numbers() -> dict[str, int | None]:
    return dict(Observation.objects.order_by("state").values_list("state", "number"))


def counts(imported: Import) -> tuple[int, int, int]:
    return tuple(imported.report[name] for name in ("added", "changed", "unchanged"))


# --- Preview ---------------------------------------------------------------------------------------------------------
def test_preview_counts_and_changes_nothing(site) -> None:
    imported([{"Value": "10"}, TEXAS | {"Value": "20"}])
    before = stored()
    preview = import_file([{"Value": "10"}, TEXAS | {"Value": "21"}, UTAH | {"Value": "30"}])
    assert (preview.state, counts(preview)) == (Import.State.READY, (1, 1, 1))
    assert preview.report["changes"] == [
        {"line": 3, "what": "2020-21, Texas, Eligible over 12 months, Kindergarten", "old": "20", "new": "21"}
    ]
    assert stored() == before


@pytest.mark.parametrize(("old", "new"), [("1,234", "1234"), ("1234", "1,234.0"), ("†", "†"), ("n<10", "n<10")])
def test_same_answer_written_differently_is_unchanged(site, old: str, new: str) -> None:
    imported([{"Value": old}])
    assert counts(import_file([{"Value": new}])) == (0, 0, 1)


@pytest.mark.parametrize(("old", "new"), [("0", "†"), ("†", "0"), ("-", ""), ("10-14", "12"), ("‡", "†")])
def test_symbol_and_number_are_never_the_same(site, old: str, new: str) -> None:
    imported([{"Value": old}])
    assert counts(import_file([{"Value": new}])) == (0, 1, 0)


def test_parts_of_the_students_are_rows_of_their_own(site) -> None:
    imported([{"Value": "100"}])
    imported([{"Value": "40", "Subgroup": "English learners"}])
    assert list(Observation.objects.order_by("pk").values_list("subgroup", "number")) == [
        ("", 100),
        ("English learners", 40),
    ]


def test_import_begun_later_clears_previews_that_nobody_confirmed(site) -> None:
    old, silent, recent = (import_file([{}], f"{name}.csv") for name in ("old", "silent", "recent"))
    notes = import_file(notes_csv([{}]))
    moment = timezone.now()
    Import.objects.filter(pk__in=[old.pk, notes.pk]).update(progress_at=moment - timedelta(days=8))
    Import.objects.filter(pk=silent.pk).update(state=Import.State.READING, progress_at=moment - timedelta(hours=2))
    Import.objects.filter(pk=recent.pk).update(progress_at=moment - timedelta(days=6))
    new = import_file([TEXAS])
    states = dict(Import.objects.values_list("pk", "state"))
    assert [states[found.pk] for found in (old, silent, notes)] == [Import.State.DISCARDED] * 3
    assert [states[found.pk] for found in (recent, new)] == [Import.State.READY] * 2
    assert set(StagedObservation.objects.values_list("source_id", flat=True)) == {recent.pk, new.pk}
    assert not StagedNote.objects.exists()


# --- Taking over -----------------------------------------------------------------------------------------------------
def test_import_is_kept_with_where_it_is_from(site) -> None:
    user = UserFactory()
    content = zipped(data_csv([{}]))
    before = timezone.now()
    done = imported(content, "SY2021_data_files.zip", address="https://eddataexpress.ed.gov/x", user=user)
    done.refresh_from_db()
    assert (done.file_name, done.member_name) == ("SY2021_data_files.zip", "SY2021_FS121_DG634_SEA.csv")
    assert (done.address, done.user, done.size) == ("https://eddataexpress.ed.gov/x", user, len(data_csv([{}])))
    assert len(done.checksum) == 64
    assert before <= done.created_at <= done.applied_at <= timezone.now()
    assert Observation.objects.get().source == done


def test_figures_are_taken_over_and_the_staging_table_is_left_empty(site) -> None:
    imported([{"Value": "10"}, TEXAS | {"Value": "†"}])
    assert numbers() == {"AL": 10, "TX": None}
    assert not StagedObservation.objects.exists()


def test_pages_are_built_anew_when_an_import_is_taken_over_and_undone(site, committing) -> None:
    versions = [content_version()]
    with committing():
        done = imported([{}])
    versions.append(content_version())
    with committing():
        undo(done, None)
    versions.append(content_version())
    assert len(set(versions)) == 3


@pytest.mark.parametrize("content", [data_csv([{}, TEXAS, {"Value": "5", "Age/Grade": "01"}]), notes_csv([{}, TEXAS])])
def test_repeating_an_import_changes_nothing(site, content: bytes) -> None:
    imported(content)
    before = stored()
    again = imported(content, "again.csv")
    assert counts(again)[:2] == (0, 0)
    assert stored() == before


def test_several_files_are_taken_over_together(site) -> None:
    first, second = import_file([{"Value": "10"}]), import_file([{"Value": "11"}, TEXAS], "other.csv")
    apply([first, second], None)
    assert numbers() == {"AL": 11, "TX": 1234}
    # The preview of the second could not know of the first.
    second.refresh_from_db()
    assert counts(second) == (1, 1, 0)


def test_error_at_the_last_step_leaves_everything_as_it_was(site, monkeypatch) -> None:
    imported([{"Value": "10"}])
    before = stored()
    waiting = [import_file([{"Value": "11"}, TEXAS]), import_file([UTAH], "other.csv")]
    real = Tables.clear

    def fail(self: Tables, source_id: int) -> None:
        real(self, source_id)
        if source_id == waiting[-1].pk:
            raise OSError("The disk is full.")

    monkeypatch.setattr(Tables, "clear", fail)
    with pytest.raises(OSError, match="disk is full"):
        apply(waiting, None)
    monkeypatch.undo()
    assert stored() == before
    assert not Change.objects.exists()
    assert [Import.objects.get(pk=one.pk).state for one in waiting] == [Import.State.READY] * 2
    apply(waiting, None)
    assert numbers() == {"AL": 11, "TX": 1234, "UT": 1234}


@pytest.mark.parametrize("leave", [discard, lambda waiting: apply([waiting], None)])
def test_import_is_confirmed_once(site, leave: Callable[[Import], object]) -> None:
    waiting = import_file([{}])
    leave(waiting)
    before = stored()
    with pytest.raises(ImportRefusedError, match="doesn't wait for confirmation"):
        apply([waiting], None)
    assert stored() == before


def test_refused_file_cannot_be_taken_over(site) -> None:
    with pytest.raises(ImportRefusedError, match="it is refused"):
        apply([import_file([{"State": "ATLANTIS"}])], None)


def test_discarded_preview_leaves_nothing(site) -> None:
    waiting = import_file([{}])
    discard(waiting)
    assert Import.objects.get().state == Import.State.DISCARDED
    assert not StagedObservation.objects.exists()
    assert stored() == []


def test_second_of_two_previews_has_to_be_looked_at_again(site) -> None:
    first, second = import_file([{"Value": "10"}]), import_file([{"Value": "11"}], "other.csv")
    assert counts(second) == (1, 0, 0)
    apply([first], None)
    with pytest.raises(ImportRefusedError, match="look at it once more"):
        apply([second], None)
    assert numbers() == {"AL": 10}
    second.refresh_from_db()
    assert (second.state, counts(second)) == (Import.State.READY, (0, 1, 0))
    apply([second], None)
    assert numbers() == {"AL": 11}


def test_import_that_is_left_while_it_is_read_stays_left(site) -> None:
    """As when an editor presses the button while the worker reads."""
    reading = Import.objects.create(file_name="figures.csv")

    class LeftOnTheWay(io.BytesIO):
        def readline(self, *args) -> bytes:
            if self.tell() > 300:
                discard(Import.objects.get(pk=reading.pk))
            return super().readline(*args)

    read(reading, LeftOnTheWay(data_csv([{}, TEXAS])))
    assert Import.objects.get().state == reading.state == Import.State.DISCARDED
    assert not StagedObservation.objects.exists()


# --- Undoing ---------------------------------------------------------------------------------------------------------
def test_undo_restores_every_row_with_its_source(site) -> None:
    imported([{"Value": "10"}, TEXAS | {"Value": "†"}, UTAH])
    imported(notes_csv([{}]))
    before = stored()
    later = imported([{"Value": "11"}, TEXAS | {"Value": "0"}, UTAH, {"State": "IOWA"}], "later.csv")
    assert stored() != before
    user = UserFactory()
    undo(later, user)
    assert stored() == before
    later.refresh_from_db()
    assert (later.state, later.undone_by) == (Import.State.UNDONE, user)
    assert not Change.objects.exists()


def test_undo_of_the_first_import_leaves_nothing(site) -> None:
    undo(imported([{}, TEXAS]), None)
    assert stored() == []


def test_undo_waits_until_later_imports_of_the_same_rows_are_undone(site) -> None:
    first = imported([{"Value": "10"}, TEXAS])
    before = stored()
    second = imported([{"Value": "11"}], "second.csv")
    with pytest.raises(ImportRefusedError, match=r"“second.csv” \(import \d+\) has changed rows"):
        undo(first, None)
    assert numbers()["AL"] == 11
    undo(second, None)
    assert stored() == before
    undo(first, None)
    assert stored() == []


def test_chain_of_changes_is_undone_from_its_end(site) -> None:
    chain, states = [], [[]]
    for value in ("10", "11", "12"):
        chain.append(imported([{"Value": value}], f"{value}.csv"))
        states.append(stored())
    for done, before in zip(reversed(chain), reversed(states[:-1]), strict=True):
        undo(done, None)
        assert stored() == before


def test_later_import_of_other_rows_is_no_hindrance(site) -> None:
    first = imported([{}])
    imported([TEXAS], "second.csv")
    undo(first, None)
    assert list(numbers()) == ["TX"]


def test_rows_that_a_later_file_has_too_stay(site) -> None:
    first = imported([{}])
    second = imported([{}, TEXAS], "second.csv")
    with pytest.raises(ImportRefusedError, match=r"“second.csv” \(import \d+\) has some of the same rows"):
        undo(first, None)
    assert list(numbers()) == ["AL", "TX"]
    undo(second, None)
    undo(first, None)
    assert numbers() == {}


def test_notes_that_a_later_file_has_too_stay(site) -> None:
    first = imported(notes_csv([{}]))
    imported(notes_csv([{}, TEXAS]), "later.csv")
    with pytest.raises(ImportRefusedError, match="same rows"):
        undo(first, None)


def test_file_that_waits_for_its_turn_is_not_given_up(site) -> None:
    long_ago = timezone.now() - timedelta(hours=5)
    waiting = Import.objects.create(file_name="waits.csv")
    Import.objects.create(file_name="stopped.csv", progress_at=long_ago)
    forgotten = Import.objects.create(file_name="forgotten.csv")
    Import.objects.filter(pk=waiting.pk).update(created_at=long_ago)
    Import.objects.filter(pk=forgotten.pk).update(created_at=long_ago - timedelta(days=7))
    imported([{}])
    states = dict(Import.objects.values_list("file_name", "state"))
    assert states["waits.csv"] == Import.State.READING
    assert states["stopped.csv"] == states["forgotten.csv"] == Import.State.DISCARDED


def test_file_is_read_however_long_it_has_waited(site) -> None:
    waiting = Import.objects.create(file_name="figures.csv")
    Import.objects.filter(pk=waiting.pk).update(created_at=timezone.now() - timedelta(days=8))
    waiting.refresh_from_db()
    assert read(waiting, io.BytesIO(data_csv([{}]))).state == Import.State.READY


def test_undo_of_notes_removes_those_that_the_file_brought(site) -> None:
    imported(notes_csv([{}]))
    before = stored()
    undo(imported(notes_csv([{}, TEXAS]), "later.csv"), None)
    assert stored() == before


def test_undone_file_can_be_imported_again(site) -> None:
    undo(imported([{}]), None)
    imported([{}])
    assert numbers() == {"AL": 1234}


@pytest.mark.parametrize("state", [state for state in Import.State if state != Import.State.APPLIED])
def test_only_what_was_taken_over_can_be_undone(site, state: Import.State) -> None:
    imported([{}])
    other = Import.objects.create(file_name="other.csv", state=state)
    with pytest.raises(ImportRefusedError, match="can't be undone"):
        undo(other, None)
    assert numbers() == {"AL": 1234}


def test_undo_makes_older_previews_outdated(site) -> None:
    done = imported([{"Value": "10"}])
    waiting = import_file([{"Value": "11"}], "other.csv")
    undo(done, None)
    with pytest.raises(ImportRefusedError, match="look at it once more"):
        apply([waiting], None)
    waiting.refresh_from_db()
    assert counts(waiting) == (1, 0, 0)


def test_rows_that_got_lost_are_not_taken_over_in_part(db) -> None:
    """PostgreSQL empties a table without a log when its server crashes."""
    waiting = import_file([{"State": "TEXAS"}, {"State": "UTAH"}])
    StagedObservation.objects.filter(state="UT").delete()
    with pytest.raises(ImportRefusedError, match="is gone"):
        apply([waiting], None)
    assert not Observation.objects.exists()


def test_measures_are_made_once(site) -> None:
    """A later migration leaves them as the managers have made them."""
    Measure.objects.filter(slug="eligible").update(data_group=9634)
    Measure.objects.get(slug="services").delete()
    before = list(Measure.objects.values_list("slug", "data_group"))
    assert ensure_measures() == []
    assert list(Measure.objects.values_list("slug", "data_group")) == before
    Measure.objects.all().delete()
    assert ensure_measures()[0] == "eligible"
