"""Rows of a file: which are taken, which are left out, which are refused and with what words."""

import pytest

from impact.importing.wording import summary
from impact.models import Import, Measure, Observation, StagedNote, StagedObservation
from impact.source.findings import LISTED
from tests.factories import data_csv, import_file, imported, notes_csv
from tests.factories.evidence import NOTE, table

pytestmark = pytest.mark.django_db
DISTRICT = {"NCES LEA ID": "100005", "LEA": "Albertville City"}
SCHOOL = {**DISTRICT, "NCES SCH ID": "10000500870", "School": "Albertville Middle School"}
FORMULA = "=cmd|' /C calc'!A0"


def rejections(imported: Import) -> list[tuple[int, str, str]]:
    return [(found["line"], found["column"], found["reason"]) for found in imported.report["rejections"]]


def staged(imported: Import, *names: str) -> list:
    return list(imported.staged.order_by("line").values_list(*names, flat=len(names) == 1))


def test_row_is_staged_with_all_that_it_says(site) -> None:
    row = {"State": "NEW YORK", "School Year": "SY2021", "Data Group": "684", "Age/Grade": "UG", "Value": "1,234"}
    imported = import_file([row | {"Program Type": " Counseling  services "}])
    assert imported.state == Import.State.READY
    assert StagedObservation.objects.values(
        "line", "entity", "measure__slug", "year", "state", "band", "program_type", "subgroup", "value", "number",
        "status", "entity_name",
    ).get() == {
        "line": 2, "entity": "", "measure__slug": "services", "year": 2020, "state": "NY", "band": "UG",
        "program_type": "Counseling services", "subgroup": "", "value": "1,234", "number": 1234,
        "status": "number", "entity_name": "",
    }  # fmt: skip


@pytest.mark.parametrize("state", ["UNITED STATES", "US", "United States"])
def test_nation_is_a_state_of_its_own(site, state: str) -> None:
    assert staged(import_file([{"State": state}]), "state") == ["US"]


@pytest.mark.parametrize(
    ("options", "entities", "skipped"),
    [
        ({}, [""], (1, 1)),
        ({"with_districts": True}, ["", "0100005"], (0, 1)),
        ({"with_schools": True}, ["", "010000500870"], (1, 0)),
        ({"with_districts": True, "with_schools": True}, ["", "0100005", "010000500870"], (0, 0)),
    ],
)
def test_districts_and_schools_are_counted_and_left_out_unless_asked_for(site, options, entities, skipped) -> None:
    imported = import_file([{}, DISTRICT, SCHOOL], **options)
    assert staged(imported, "entity") == entities
    assert (imported.report["districts_skipped"], imported.report["schools_skipped"]) == skipped


@pytest.mark.parametrize("nothing", ["-", "N/A", " ", "Not applicable"])
def test_cell_that_names_no_district_makes_none(site, nothing: str) -> None:
    cells = dict.fromkeys(["NCES LEA ID", "LEA", "NCES SCH ID", "School"], nothing)
    assert staged(import_file([cells]), "entity") == [""]


def test_file_of_nothing_but_districts_says_so(site) -> None:
    imported = import_file([DISTRICT, DISTRICT])
    assert imported.state == Import.State.READY
    assert imported.report["warnings"] == ["All rows are of districts or schools; none is of a State."]


@pytest.mark.parametrize("number", ["", "12345678", "1a", "²", "-1"])
def test_district_without_a_number_is_refused(site, number: str) -> None:
    imported = import_file([DISTRICT | {"NCES LEA ID": number}], with_districts=True)
    assert [(line, column) for line, column, _reason in rejections(imported)] == [(2, "NCES LEA ID")]


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        ({"Value": "-5"}, "Value", "“-5” is negative"),
        ({"Value": "5,000,000,000"}, "Value", "far more students than the program has"),
        ({"Value": FORMULA}, "Value", "neither a number nor a symbol"),
        ({"School Year": "1989-1990"}, "School Year", "between 1990 and 2100"),
        ({"School Year": "2020-2022"}, "School Year", "not one school year"),
        ({"School Year": ""}, "School Year", "is not a school year"),
        ({"State": "ATLANTIS"}, "State", "“ATLANTIS” is not the name of a State"),
        ({"State": ""}, "State", "not the name of a State"),
        ({"Data Group": "999"}, "Data Group", "none of the program's (102, 634, 635, 684)"),
        ({"Data Group": ""}, "Data Group", "not the number of a data group"),
        ({"Data Group": "6,34"}, "Data Group", "not the number of a data group"),
        ({"Age/Grade": "99"}, "Age/Grade", "is not an age or grade"),
        ({"Program Type": "x" * 121}, "Program Type", "more than 120 characters"),
        ({"Subgroup": "x" * 251}, "Subgroup", "more than 250 characters"),
    ],
)
def test_cell_that_cannot_be_read_is_rejected_with_line_and_column(site, row, column: str, words: str) -> None:
    imported = import_file([{}, row | {"State": row.get("State", "TEXAS")}])
    assert imported.state == Import.State.REFUSED
    [(line, found_column, reason)] = rejections(imported)
    assert (line, found_column) == (3, column)
    assert words in reason


@pytest.mark.parametrize("text", ["634", "DG634", " dg 634 ", "634.0", "634 - MEP students"])
def test_data_group_is_read_in_its_forms(site, text: str) -> None:
    assert staged(import_file([{"Data Group": text}]), "measure__slug") == ["eligible"]


def test_rows_of_another_width_are_rejected_with_their_lines(site) -> None:
    lines = data_csv([{"Data Description": "two\r\nlines"}, {"State": "TEXAS"}, {"State": "UTAH"}]).split(b"\r\n")
    # Line 4 loses its last cell, line 5 gets one more; the row before has a line break in a cell.
    lines[3], lines[4] = lines[3].removesuffix(b",MEP"), lines[4] + b",more"
    imported = import_file(b"\r\n".join(lines))
    assert rejections(imported) == [
        (4, "", "it has 17 cells instead of 18"),
        (5, "", "it has 19 cells instead of 18"),
    ]


def test_blank_lines_are_no_rows(site) -> None:
    content = data_csv([{}, {"State": "TEXAS"}]).replace(
        b"2020-2021,TEXAS", b"\r\n" + b"," * 17 + b"\r\n   \r\n2020-2021,TEXAS"
    )
    imported = import_file(content + b"\r\n\r\n")
    assert (imported.state, imported.report["rows"]) == (Import.State.READY, 2)
    assert staged(imported, "line", "state") == [(2, "AL"), (6, "TX")]


@pytest.mark.parametrize("content", [data_csv([]), data_csv([]) + b"\r\n\r\n", notes_csv([]), data_csv([]).strip()])
def test_header_without_rows_is_refused(site, content: bytes) -> None:
    imported = import_file(content)
    assert (imported.state, imported.report["refusal"]) == (Import.State.REFUSED, "There is no row below the header.")


def test_row_that_is_there_twice_counts_once(site) -> None:
    imported = import_file([{"Value": "1,234"}, {"Value": "1234"}, {"Value": "1234.0"}, {"State": "TEXAS"}])
    assert imported.state == Import.State.READY
    assert (imported.report["repeated"], imported.report["added"]) == (2, 2)
    assert staged(imported, "line", "state") == [(2, "AL"), (5, "TX")]


def test_same_key_with_another_value_is_rejected_with_both_lines(site) -> None:
    imported = import_file([{}, {"State": "TEXAS"}, {}, {"Value": "5"}, {"State": "TEXAS", "Value": "†"}])
    assert imported.state == Import.State.REFUSED
    reason = "the same year, State, measure and band stand in line {} with another value"
    assert rejections(imported) == [(5, "Value", reason.format(2)), (6, "Value", reason.format(3))]
    assert imported.report["rejected"] == 2


def test_contradictions_are_all_counted(site) -> None:
    imported = import_file([{"Value": str(number)} for number in range(LISTED + 101)])
    assert (imported.report["rejected"], len(imported.report["rejections"])) == (LISTED + 100, LISTED)


def test_rejected_rows_are_all_counted_and_the_first_are_listed(site) -> None:
    imported = import_file([{"State": f"PLACE {number}"} for number in range(LISTED + 100)])
    assert (imported.report["rejected"], len(imported.report["rejections"])) == (LISTED + 100, LISTED)
    assert imported.report["rejections"][-1]["line"] == LISTED + 1


@pytest.mark.parametrize(
    "text",
    ["Migratory Students", "Migrant students", "All Students", "MEP", "Total", "Eligible migratory children", "N/A", "-",
     "†", "", "Students participating", "12 months", "Education Unit Total"],
)  # fmt: skip
@pytest.mark.parametrize("column", ["Population", "Subgroup", "Characteristics"])
def test_words_for_everybody_make_no_subgroup(site, column: str, text: str) -> None:
    assert staged(import_file([{column: text}]), "subgroup") == [""]


@pytest.mark.parametrize(
    "text",
    ["English learners", "Migratory English learners", "Children with disabilities (IDEA) served", "Not eligible",
     "Priority for services", "Male", "All Hispanic students", "Out-of-school youth", FORMULA],
)  # fmt: skip
@pytest.mark.parametrize("column", ["Population", "Subgroup", "Characteristics", "Outcome"])
def test_part_of_the_students_is_never_mixed_with_everybody(site, column: str, text: str) -> None:
    imported = import_file([{"Value": "100"}, {"Value": "40", column: text}])
    assert imported.state == Import.State.READY
    assert staged(imported, "subgroup", "number") == [("", 100), (text, 40)]


def test_preview_tells_of_rows_that_no_page_shows(site) -> None:
    imported = import_file([{"Value": "100"}, {"Value": "40", "Subgroup": "English learners"}])
    assert summary(imported)[-1] == (
        "1 row is about a part of the students (“English learners”); it is in the files to download, not on the pages"
    )


def test_preview_tells_what_is_in_the_file(site) -> None:
    imported = import_file(
        [
            {"School Year": "2018-2019"},
            {"School Year": "2019-2020"},
            {"School Year": "2019-2020", "State": "TEXAS"},
            {"School Year": "2019-2020", "State": "UNITED STATES"},
            {"School Year": "2019-2020", "Data Group": "635"},
        ]
    )
    assert summary(imported)[1:] == [
        "Eligible over 12 months, 2018-19 – 2019-20: 2 States, the nation",
        "Served in summer or intersession, 2019-20: 1 State",
    ]


def test_name_of_a_measure_tells_nobody_apart_within_it(site) -> None:
    rows = [{"Data Group": "635", "Characteristics": "Summer/Intersession"}]
    rows += [{"Data Group": "634", "Characteristics": "Summer/Intersession"}]
    assert staged(import_file(rows), "subgroup") == ["", "Summer/Intersession"]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("MEP", ""),
        ("", ""),
        ("Title I, Part C", ""),
        ("Migrant Education Program", ""),
        ("Education of Migratory Children", ""),
        ("Counseling services", "Counseling services"),
        ("MEP referral services", "MEP referral services"),
        (FORMULA, FORMULA),
    ],
)
def test_program_type_is_a_service_or_the_program_itself(site, text: str, kept: str) -> None:
    assert staged(import_file([{"Program Type": text}]), "program_type") == [kept]


def test_served_are_a_part_of_those_who_are_eligible(site) -> None:
    rows = [{"Data Group": group, "Characteristics": "Students served"} for group in ("634", "102", "635", "684")]
    assert staged(import_file(rows), "subgroup") == ["Students served", "", "", ""]


def test_service_is_one_in_whatever_case_it_is_written(site) -> None:
    imported([{"Program Type": "Counseling services"}])
    again = import_file([{"Program Type": "COUNSELING SERVICES"}, {"Program Type": "Travel"}])
    assert staged(again, "program_type") == ["Counseling services", "Travel"]
    assert (again.report["added"], again.report["unchanged"]) == (1, 1)
    twice = import_file([{"Program Type": "Travel", "Value": "5"}, {"Program Type": "TRAVEL", "Value": "6"}])
    assert [line for line, _column, _reason in rejections(twice)] == [3]


@pytest.mark.parametrize("text", ["634/635", "634,635", "634 / 635"])
def test_row_of_figures_is_about_one_data_group(site, text: str) -> None:
    assert [found[:2] for found in rejections(import_file([{"Data Group": text}]))] == [(2, "Data Group")]


def test_formula_in_a_name_is_data(site) -> None:
    imported = import_file([DISTRICT | {"LEA": FORMULA, "Data Description": FORMULA}], with_districts=True)
    assert staged(imported, "entity_name") == [FORMULA]


@pytest.mark.parametrize(
    "content",
    [
        data_csv([{"State": "TEXAS"}, {"State": "ATLANTIS"}]),
        data_csv([{}, {"Value": "5"}]),
        data_csv([{"State": "TEXAS"}]) + b'"cut off',
        data_csv([{"State": "TEXAS"}]) + b"\xf1\r\n",
        notes_csv([{}, {"State": "ATLANTIS"}]),
        b"nothing",
    ],
)
def test_refused_file_leaves_nothing_behind(site, content: bytes) -> None:
    imported = import_file(content)
    assert imported.state == Import.State.REFUSED
    assert imported.report["refusal"] or imported.report["rejections"]
    assert not StagedObservation.objects.exists()
    assert not StagedNote.objects.exists()
    assert not Observation.objects.exists()


def test_file_that_breaks_off_still_shows_what_was_wrong_before(site) -> None:
    imported = import_file(data_csv([{"State": "ATLANTIS"}]) + b'"cut off')
    assert imported.report["refusal"].startswith("Line 3")
    assert [line for line, _column, _reason in rejections(imported)] == [2]


def test_file_is_described(site) -> None:
    content = data_csv([{}])
    imported = import_file(content, "figures.csv")
    assert (imported.kind, imported.size, imported.member_name, imported.progress) == ("data", len(content), "", 1000)


# --- Data notes ------------------------------------------------------------------------------------------------------
def noted(imported: Import) -> list[tuple]:
    return list(imported.staged_notes.order_by("pk").values_list("line", "year", "state", "data_group"))


def test_note_stands_at_every_place_that_its_lists_name(site) -> None:
    imported = import_file(
        notes_csv([{"School Year": "2020-21, 2021-22", "State": "ALABAMA, TEXAS", "Data Group": "634,DG635"}])
    )
    assert (imported.kind, imported.state) == ("notes", Import.State.READY)
    assert sorted(noted(imported)) == [
        (2, year, state, group) for year in (2020, 2021) for state in ("AL", "TX") for group in (634, 635)
    ]
    note = StagedNote.objects.first()
    assert (note.topic, note.note, note.state_note) == ("Eligible", "Counted in two ways.", "")


@pytest.mark.parametrize(
    ("row", "places"),
    [
        ({"State": ""}, [(2, 2020, "", 634)]),
        ({"State": "All States"}, [(2, 2020, "", 634)]),
        ({"School Year": ""}, [(2, 0, "AL", 634)]),
        ({"Data Group": "", "File Spec": ""}, [(2, 2020, "AL", 0)]),
        ({"Data Group": "", "File Spec": "FS122"}, [(2, 2020, "AL", 635)]),
        ({"Data Group": "", "File Spec": "121, 54"}, [(2, 2020, "AL", 634), (2, 2020, "AL", 102)]),
        ({"Data Group": "", "File Spec": "FS121/FS122"}, [(2, 2020, "AL", 634), (2, 2020, "AL", 635)]),
        ({"Data Group": "634/635"}, [(2, 2020, "AL", 634), (2, 2020, "AL", 635)]),
        ({"School Year": "2020/21", "Data Group": "n/a", "File Spec": ""}, [(2, 2020, "AL", 0)]),
        ({"School Year": "2020-21, 2020-2021, SY2021"}, [(2, 2020, "AL", 634)]),
    ],
)
def test_empty_cell_of_a_note_means_all(site, row, places) -> None:
    assert noted(import_file(notes_csv([row]))) == places


@pytest.mark.parametrize(
    "row",
    [
        {"Data Group": "39"},
        {"Data Group": "", "File Spec": "FS002, FS089"},
        {"Data Group": "39", "State": "OUTLYING AREAS", "School Year": "2019"},
    ],
)
def test_note_about_another_program_is_counted_and_left_out(site, row) -> None:
    imported = import_file(notes_csv([{}, row]))
    assert (noted(imported), imported.report["others_skipped"]) == ([(2, 2020, "AL", 634)], 1)


def test_note_without_text_is_counted_and_left_out(site) -> None:
    imported = import_file(notes_csv([{}, {"Data Note": " "}, {"Data Note": "", "State Note": "Ours."}]))
    assert [place[0] for place in noted(imported)] == [2, 4]
    assert imported.report["empty_skipped"] == 1


@pytest.mark.parametrize("column", ["School Year", "State", "Data Group"])
def test_wrong_part_of_a_list_is_rejected_with_line_and_column(site, column: str) -> None:
    imported = import_file(notes_csv([{}, {column: f"{NOTE[column]}, nowhere"}]))
    assert [found[:2] for found in rejections(imported)] == [(3, column)]


def test_note_about_very_many_places_is_rejected(site, monkeypatch) -> None:
    monkeypatch.setattr("impact.source.notes.MOST_PLACES", 3)
    imported = import_file(notes_csv([{"State": "ALABAMA, TEXAS", "Data Group": "634, 635"}]))
    assert [found[0] for found in rejections(imported)] == [2]


def test_newer_names_of_columns_are_read(site) -> None:
    header = ["School Yr", "State", "File Spec", "Data Group", "Data Topic", "Data Note", "State Comment"]
    imported = import_file(table(header, [["2020-21", "TEXAS", "FS121", "634", "", "", "Ours, with\nline break"]]))
    assert StagedNote.objects.values_list("state", "topic", "state_note").get() == (
        "TX",
        "FS121",
        "Ours, with\nline break",
    )
    assert imported.state == Import.State.READY


def test_measure_that_a_manager_adds_is_read(site) -> None:
    Measure.objects.create(slug="referred", name="Referred", file_spec="FS145", data_group=700, definition="Referred.")
    assert staged(import_file([{"Data Group": "700"}]), "measure__slug") == ["referred"]
