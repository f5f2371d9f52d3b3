"""School years in all the forms of the Department's files."""

import pytest

from impact.years import read_year, year_label


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("2020-2021", 2020),
        ("2020-21", 2020),
        (" 2020–21 ", 2020),
        ("2020/21", 2020),
        ("SY2020-21", 2020),
        ("SY 2020-21", 2020),
        ("sy 2020-2021", 2020),
        ("SY2021", 2020),
        ("SY2020", 2019),
        ("SY1617", 2016),
        ("SY2122", 2021),
        ("SY1920", 2019),
        ("SY9900", 1999),
        ("1999-2000", 1999),
        ("1999-00", 1999),
        ("1990-1991", 1990),
        ("2099-2100", 2099),
        ("SY2100", 2099),
    ],
)
def test_school_year_is_the_year_in_which_it_starts(text: str, start: int) -> None:
    assert read_year(text) == start


@pytest.mark.parametrize(
    "text",
    [
        "2020-2022",
        "2020-2020",
        "2021-20",
        "1989-1990",
        "SY1989",
        "SY8990",
        "SY1990",
        "2100-2101",
        "SY2101",
        "2101-2102",
        "9999-10000",
        "2021",
        "2009",
    ],
)
def test_what_is_not_one_school_year_between_1990_and_2100_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=text):
        read_year(text)


@pytest.mark.parametrize(
    "text", ["", "20", "2020-2", "last year", "=2020-2021", "2020-2021 x", "２０２０-２０２１", "-2021"]
)
def test_what_is_no_year_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a school year"):
        read_year(text)


@pytest.mark.parametrize(("start", "label"), [(2020, "2020-21"), (1999, "1999-00"), (2008, "2008-09")])
def test_year_is_written_as_the_field_does(start: int, label: str) -> None:
    assert year_label(start) == label
    assert read_year(label) == start
