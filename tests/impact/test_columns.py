"""The first line of a file: columns by name, whatever their order and spelling."""

import pytest

from impact.source.columns import DATA, NOTES, match_columns
from impact.source.lines import FileRefusedError


def reason(header: list[str]) -> str:
    with pytest.raises(FileRefusedError) as refused:
        match_columns(header)
    return str(refused.value)


@pytest.mark.parametrize(
    "header",
    [
        DATA,
        DATA[::-1],
        [name.upper() for name in DATA],
        [name.lower() for name in DATA],
        [f"  {name} " for name in DATA],
        [name.replace(" ", "_") for name in DATA],
        [name.replace(" ", "") for name in DATA],
        ["Notes", *DATA, "Remark", ""],
    ],
    ids=["as it is", "backwards", "upper", "lower", "blanks", "underscores", "no blanks", "more columns"],
)
def test_columns_are_found_by_name(header: list[str]) -> None:
    layout = match_columns(header)
    found = [header[layout.places[name]].replace("_", "").replace(" ", "").lower() for name in DATA]
    assert found == [name.replace(" ", "").lower() for name in DATA]
    assert (layout.kind, layout.width) == ("data", len(header))


@pytest.mark.parametrize(
    "header",
    [
        NOTES,
        NOTES[::-1],
        ["School Yr", "State", "File Spec", "Data Group", "Data Topic", "Data Note", "State Comment"],
        ["SCHOOL YR", "STATE NAME", "FILE SPECS", "DATA GROUPS", "DATA TOPICS", "DATA NOTE", "STATE COMMENT", "URL"],
    ],
)
def test_notes_are_told_by_their_columns(header: list[str]) -> None:
    layout = match_columns(header)
    assert (layout.kind, sorted(layout.places)) == ("notes", sorted(NOTES))


def test_all_missing_columns_are_named_at_once() -> None:
    header = [name for name in DATA if name not in {"State", "Value", "Age/Grade"}]
    assert reason(header) == "Line 1: these columns are missing: State, Value, Age/Grade."


@pytest.mark.parametrize("missing", NOTES)
def test_notes_miss_columns_of_notes(missing: str) -> None:
    assert reason([name for name in NOTES if name != missing]) == f"Line 1: these columns are missing: {missing}."


@pytest.mark.parametrize("missing", DATA)
def test_figures_miss_columns_of_figures(missing: str) -> None:
    assert reason([name for name in DATA if name != missing]) == f"Line 1: these columns are missing: {missing}."


@pytest.mark.parametrize("twice", ["Value", " value", "VALUE"])
def test_column_that_is_there_twice_is_refused(twice: str) -> None:
    assert reason([*DATA, twice]) == "Line 1: these columns are there more than once: Value."


def test_other_name_of_a_column_that_is_there_is_a_column_apart() -> None:
    assert match_columns([*DATA, "State Name", "School Yr"]).places["State"] == DATA.index("State")


def test_column_that_nobody_reads_may_be_there_twice() -> None:
    assert match_columns([*DATA, "Remark", "Remark", "", ""]).width == 22


@pytest.mark.parametrize("header", [[], [""], ["Name", "Address"], ["<!DOCTYPE html>"], ["{"]])
def test_other_file_is_told_as_such(header: list[str]) -> None:
    assert reason(header) == "Line 1 names no column of ED Data Express; is this another file?"
