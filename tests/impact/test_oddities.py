"""What looks odd in a file is named before it is taken over, and stops nothing."""

import pytest

from impact.models import Import
from tests.factories import import_file, imported

pytestmark = pytest.mark.django_db
TEXAS = {"State": "TEXAS"}


def oddities(imported: Import) -> list[str]:
    assert imported.report["odd"] == len(imported.report["oddities"])
    return [found["text"] for found in imported.report["oddities"]]


def rows(**values: str) -> list[dict[str, str]]:
    names = {"under3": "UNDER3", "total": "ALL", "missing": "MISSING", "kg": "KG", "first": "01", "k3": "KG-03"}
    return [{"Age/Grade": names[name], "Value": value} for name, value in values.items()]


@pytest.mark.parametrize(
    ("values", "found"),
    [
        (rows(under3="10", kg="20", total="30"), 0),
        (rows(under3="10", kg="20", total="31"), 1),
        (rows(under3="10", kg="20", total="29"), 1),
        (rows(under3="10", kg="n<10", total="15"), 0),
        (rows(under3="10", kg="n<10", total="9"), 1),
        (rows(under3="10", kg="†", total="†"), 0),
        (rows(under3="10", k3="20", kg="5", first="6", total="30"), 0),
    ],
)
def test_parts_are_compared_with_their_total(site, values, found: int) -> None:
    assert len([text for text in oddities(import_file(values)) if "the parts add up to" in text]) == found


def test_sum_that_stands_where_the_grade_is_missing_is_noticed(site) -> None:
    [text] = oddities(import_file(rows(under3="10", kg="20", missing="30")))
    assert "Is it the total" in text


def test_nation_is_compared_with_its_states(site) -> None:
    [text] = oddities(import_file([{"Value": "10"}, TEXAS | {"Value": "20"}, {"State": "US", "Value": "25"}]))
    assert (
        text
        == "2020-21, United States, Eligible over 12 months, Kindergarten: the States add up to 30, the nation says 25."
    )


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("100", "124", None),
        ("100", "125", "125 after 100 in the year before (+25 %)"),
        ("100", "76", None),
        ("1,000", "750", "750 after 1,000 in the year before (-25 %)"),
        ("0", "7", "7 after 0 in the year before."),
        ("0", "0", None),
        ("†", "7", None),
        ("100", "†", None),
    ],
)
@pytest.mark.parametrize("is_stored", [True, False], ids=["year before stored", "year before in the file"])
def test_change_of_a_quarter_from_the_year_before_is_odd(site, old, new, words, is_stored: bool) -> None:
    earlier, later = {"School Year": "2019-20", "Value": old}, {"School Year": "2020-21", "Value": new}
    if is_stored:
        imported([earlier], "earlier.csv")
    found = oddities(import_file([later] if is_stored else [later, earlier]))
    assert [words in text for text in found] == ([True] if words else [])


def test_year_before_in_the_file_counts_more_than_the_stored_one(site) -> None:
    imported([{"School Year": "2019-20", "Value": "10"}])
    found = oddities(import_file([{"School Year": "2019-20", "Value": "100"}, {"Value": "101"}]))
    assert [text for text in found if "2020-21" in text] == []


@pytest.mark.parametrize("is_applied", [True, False], ids=["taken over", "waiting"])
def test_other_file_that_says_something_else_is_named(site, is_applied: bool) -> None:
    (imported if is_applied else import_file)([{"Value": "10"}, TEXAS], "other.csv")
    [text] = oddities(import_file([{"Value": "11"}, TEXAS]))
    assert text.endswith("“11” here, “10” in other.csv.")


def test_part_of_the_students_is_named_where_it_looks_odd(site) -> None:
    imported([{"Subgroup": "English learners", "Value": "10"}], "other.csv")
    [text] = oddities(import_file([{"Subgroup": "English learners", "Value": "11"}]))
    assert "Eligible over 12 months (English learners)" in text


def test_oddities_are_all_counted_and_the_first_are_listed(site) -> None:
    years = [f"{year}-{year + 1}" for year in range(1990, 2100)]
    values = [
        {"State": state, "School Year": year, "Value": str(10 ** (place % 2)), "Age/Grade": band}
        for state in ("TEXAS", "UTAH", "IOWA")
        for band in ("KG", "01")
        for place, year in enumerate(years)
    ]
    report = import_file(values).report
    assert (report["odd"], len(report["oddities"])) == (6 * 109, 500)
