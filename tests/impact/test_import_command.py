"""`manage.py import_impact`: what it says, what it asks, and that a file that is wrong changes nothing."""

import io
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from impact.importing import discard
from impact.management.commands import import_impact
from impact.models import DataNote, Import, Observation, StagedNote, StagedObservation
from impact.source.columns import DATA
from impact.source.findings import LISTED
from tests.factories import UserFactory, data_csv, imported, notes_csv, zipped

pytestmark = pytest.mark.django_db
TEXAS = {"State": "TEXAS"}
DISTRICT = {"NCES LEA ID": "0100005", "LEA": "Albertville City"}


@pytest.fixture
def written(tmp_path: Path) -> Callable[..., Path]:
    """Writes a file of figures, or any other, to the disk."""

    def written(content: bytes | list[dict[str, str]], name: str = "figures.csv") -> Path:
        file = tmp_path / name
        file.write_bytes(data_csv(content) if isinstance(content, list) else content)
        return file

    return written


def run(*arguments: str | Path, answer: str = "") -> str:
    """What the command prints; the answer is what somebody types."""
    output = io.StringIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdin", io.StringIO(answer))
        call_command("import_impact", *map(str, arguments), stdout=output)
    return output.getvalue()


def error(*arguments: str | Path, answer: str = "") -> str:
    """The one line with which the command ends; its exit code is 2."""
    with pytest.raises(CommandError) as refused:
        run(*arguments, answer=answer)
    assert refused.value.returncode == 2
    assert len(str(refused.value).splitlines()) == 1
    return str(refused.value)


def numbers() -> dict[str, int | None]:
    return dict(Observation.objects.order_by("state").values_list("state", "number"))


def test_file_is_imported(site, written) -> None:
    assert run(written([{}, TEXAS]), "--yes") == (
        "figures.csv: 2 to add, 0 to change, 0 unchanged, 0 rejected\n"
        "  Eligible over 12 months, 2020-21: 2 States\n"
        "Imported.\n"
    )
    assert numbers() == {"AL": 1234, "TX": 1234}


def test_several_files_of_both_kinds_are_imported(site, written) -> None:
    files = [
        written(zipped(data_csv([{}])), "figures.zip"),
        written([TEXAS], "more.csv"),
        written(notes_csv([{}]), "notes.csv"),
    ]
    run(*files, "--yes")
    assert list(numbers()) == ["AL", "TX"]
    assert DataNote.objects.count() == 1


def test_one_bad_file_among_several_stops_all(site, written) -> None:
    files = [written([{}]), written([{"State": "ATLANTIS"}], "bad.csv"), written([TEXAS], "more.csv")]
    assert error(*files, "--yes") == "Nothing was imported: bad.csv can't be taken over as it is."
    assert numbers() == {}
    assert not StagedObservation.objects.exists()
    assert sorted(Import.objects.values_list("state", flat=True)) == ["discarded", "discarded", "refused"]


@pytest.mark.parametrize("answer", ["y\n", "Y\n", "yes\n"])
def test_confirmed_import_is_taken_over(site, written, answer: str) -> None:
    assert run(written([{}]), answer=answer).endswith("Take this over? [y/N] Imported.\n")
    assert numbers() == {"AL": 1234}


@pytest.mark.parametrize("answer", ["n\n", "\n", "", "maybe\n"])
def test_import_that_nobody_confirms_changes_nothing(site, written, answer: str) -> None:
    assert "nobody confirmed it" in error(written([{}]), answer=answer)
    assert numbers() == {}
    assert Import.objects.get().state == Import.State.DISCARDED
    assert not StagedObservation.objects.exists()


def test_preview_shows_what_would_change_and_changes_nothing(site, written) -> None:
    imported([{"Value": "10"}, TEXAS | {"Value": "†"}])
    output = run(written([{"Value": "20"}, TEXAS | {"Value": "†"}, {"State": "UTAH"}]), "--preview")
    assert "figures.csv: 1 to add, 1 to change, 1 unchanged, 0 rejected" in output
    assert "line 2: 2020-21, Alabama, Eligible over 12 months, Kindergarten: 10 → 20" in output
    assert numbers() == {"AL": 10, "TX": None}
    assert not StagedObservation.objects.exists()


def test_file_without_rows_of_states_is_not_said_to_be_there(site, written) -> None:
    assert run(written([DISTRICT]), "--yes").endswith("No row is left to take over: nothing to import.\n")
    assert numbers() == {}


def test_repeated_import_has_nothing_to_do_and_asks_nothing(site, written) -> None:
    file = written([{}])
    run(file, "--yes")
    output = run(file)
    assert output.endswith(
        "0 to add, 0 to change, 1 unchanged, 0 rejected\n"
        "  Eligible over 12 months, 2020-21: 1 State\n"
        "All of this is there already: nothing to import.\n"
    )
    assert [found.state for found in Import.objects.all()] == [Import.State.DISCARDED, Import.State.APPLIED]


@pytest.mark.parametrize("option", ["--districts", "--lea"])
def test_districts_are_imported_when_asked_for(site, written, option: str) -> None:
    file = written([{}, DISTRICT])
    assert "  1 row of a district was left out\n" in run(file, "--preview")
    run(file, "--yes", option)
    assert list(Observation.objects.order_by("entity").values_list("entity", flat=True)) == ["", "0100005"]


def test_import_is_kept_with_who_and_where_from(site, written) -> None:
    UserFactory(username="ana")
    run(written([{}]), "--yes", "--user", "ana", "--address", "https://eddataexpress.ed.gov/x")
    done = Import.objects.get()
    assert (done.user.username, done.address) == ("ana", "https://eddataexpress.ed.gov/x")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--user", "nobody"], "There is no account “nobody”"),
        (["--address", "nowhere"], "“nowhere” is not an address"),
        (["--address", "javascript:alert(1)"], "is not an address"),
        (["--address", f"https://x.gov/{'x' * 500}"], "is not an address"),
    ],
)
def test_wrong_option_is_named_before_anything_is_read(site, written, options: list[str], words: str) -> None:
    assert words in error(written([{}]), "--yes", *options)
    assert not Import.objects.exists()


def test_missing_file_and_folder_are_named(site, written, tmp_path: Path) -> None:
    good = written([{}])
    assert error(good, tmp_path / "nowhere.csv", "--yes").endswith(
        "nowhere.csv can't be read: No such file or directory."
    )
    assert error(tmp_path, "--yes") == f"{tmp_path} is no file."
    assert error("/dev/zero", "--yes") == "/dev/zero is no file."
    assert numbers() == {}
    assert not StagedObservation.objects.exists()


def test_name_that_is_no_text_is_imported(site, written, tmp_path: Path) -> None:
    file = written([{}]).rename(tmp_path / os.fsdecode(b"Espa\xf1a.csv"))
    run(file, "--yes")
    assert Import.objects.get().file_name == "Espa?a.csv"


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "empty.csv", "The file is empty."),
        (data_csv([]), "header.csv", "There is no row below the header."),
        (data_csv([{}]), "text.zip", "is not a ZIP file"),
        (zipped(b"", "readme.txt"), "none.zip", "There is no CSV file"),
        (zipped(b"", "a.csv", **{"b.csv": b""}), "two.zip", "There are 2 CSV files"),
        (zipped(data_csv([{}]), "../a.csv"), "path.zip", "leads out of it"),
        (zipped(b"," * 2_000_000), "bomb.zip", "is not unpacked"),
        (zipped(data_csv([{}]))[:-20], "cut.zip", "damaged or cut off"),
        (data_csv([{}, {}])[:-20], "cut.csv", "line 3: it has 12 cells instead of 18"),
        (data_csv([{}, {"Program Type": "a, b"}])[:-4], "cut.csv", "Line 3: the row that begins here"),
        (data_csv([{}]).decode().encode("utf-16"), "utf16.csv", "UTF-16"),
        (data_csv([{"LEA": "ñ"}]).decode().encode("cp1252"), "ansi.csv", "Line 2 is not in UTF-8"),
        (data_csv([{}], DATA[2:]), "columns.csv", "these columns are missing: School Year, State."),
        (data_csv([{}, {}], DATA).replace(b",MEP", b""), "cells.csv", "line 2: it has 17 cells instead of 18"),
        (data_csv([{}, {"Value": "-5"}]), "negative.csv", "line 3: Value: “-5” is negative"),
        (data_csv([{"Value": "9" * 12}]), "absurd.csv", "line 2: Value: “999999999999” is far more students than the program has"),
        (data_csv([{"School Year": "1889-1890"}]), "year.csv", "line 2: School Year: the school year “1889-1890”"),
        (data_csv([{"State": "ATLANTIS"}]), "state.csv", "line 2: State: “ATLANTIS” is not"),
        (data_csv([{}, {"Value": "5"}]), "twice.csv", "stand in line 2 with another value"),
        (data_csv([{"Value": "=1+1"}]), "formula.csv", "line 2: Value: “=1+1” is neither"),
        (b"," * 1_000_000, "commas.csv", "Line 1 is longer than"),
        (notes_csv([{"State": "ATLANTIS"}]), "notes.csv", "line 2: State: “ATLANTIS” is not"),
    ],
)  # fmt: skip
def test_bad_input_is_reported_with_its_place_and_changes_nothing(site, written, capsys, content, name, words) -> None:
    imported([TEXAS])
    file = written(content, name)
    assert error(file, "--yes") == f"Nothing was imported: {name} can't be taken over as it is."
    assert error(file, "--preview") == f"Nothing was imported: {name} can't be taken over as it is."
    with pytest.raises(CommandError):
        call_command("import_impact", str(file), yes=True)
    assert words in capsys.readouterr().out
    assert numbers() == {"TX": 1234}
    assert not StagedObservation.objects.exists()
    assert not StagedNote.objects.exists()


def test_long_list_is_cut(site, written, capsys) -> None:
    error(written([{"State": f"PLACE {number}"} for number in range(30)]))
    with pytest.raises(CommandError):
        call_command("import_impact", str(written([{"State": f"PLACE {number}"} for number in range(30)])))
    output = capsys.readouterr().out
    assert "Rejected (30)" in output
    assert "line 21:" in output
    assert "line 22:" not in output
    assert "… and 10 more" in output


def test_file_that_is_left_in_the_admin_while_it_is_read_is_not_imported(site, written, monkeypatch) -> None:
    def leave(imported: Import, file) -> Import:
        discard(imported)
        imported.refresh_from_db()
        return imported

    monkeypatch.setattr(import_impact, "read", leave)
    assert error(written([{}])) == "Nothing was imported: somebody left figures.csv in the admin while it was read."


def test_list_counts_also_what_is_not_kept(site, written, capsys) -> None:
    with pytest.raises(CommandError):
        call_command("import_impact", str(written([{"State": "ATLANTIS"}] * (LISTED + 100))))
    output = capsys.readouterr().out
    assert f"Rejected ({LISTED + 100})" in output
    assert f"… and {LISTED + 80} more" in output


def test_process_ends_with_code_2_and_one_line(tmp_path: Path) -> None:
    """As a shell sees it, with a database of its own that is not even there."""
    environment = os.environ | {"DATABASE_URL": f"sqlite:///{tmp_path}/db.sqlite3", "CACHE_URL": "locmem://"}
    environment |= {"DJANGO_SETTINGS_MODULE": "portal.settings.dev", "DEBUG": "false"}
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "manage.py", "import_impact", "--yes", str(tmp_path / "nowhere.csv")],
        cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr == f"CommandError: {tmp_path}/nowhere.csv can't be read: No such file or directory.\n"
