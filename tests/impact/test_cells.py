"""When a sum is a number: only of numbers, and a sum over States names those that it lacks."""

import pytest

from impact.bands import ALL, BANDS, K_12_AND_UNGRADED, TOTAL, band_for
from impact.cells import Cell, band_cell, delivered, nation_cell
from impact.source.values import read_value
from impact.states import STATES

K_12 = band_for(K_12_AND_UNGRADED)


def row(**values: str) -> dict[str, Cell]:
    """Cells by code; a keyword can't begin with a digit, so grades are written g01."""
    return {code.removeprefix("g"): delivered(*read_value(text)) for code, text in values.items()}


def shown(cell: Cell | None) -> tuple[str, bool] | None:
    return (cell.text, cell.is_computed) if cell else None


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"KG": "1,000", "g01": "234", "UG": "5"}, ("1,239", True)),
        ({"KG": "1,000", "g01": "†"}, ("1,000", True)),
        ({"KG": "1,000", "g01": "n<10"}, ("‡", False)),
        ({"KG": "1,000", "g01": "5%"}, ("‡", False)),
        ({"KG": "1,000", "g01": "-"}, ("–", False)),
        ({"KG": "1,000", "g01": ""}, ("–", False)),
        ({"KG": "†", "g01": "†"}, ("†", False)),
        ({"KG": "12"}, ("12", True)),
        ({"g13": "12"}, None),
        # Ranges: all of them, or no number; and no grade twice.
        ({"KG-03": "4", "g04-05": "2", "g06-08": "3", "g09-12": "1", "UG": "7"}, ("17", True)),
        ({"KG-03": "4", "g04-05": "2", "g06-08": "3", "g09-12": "1"}, ("10", True)),
        ({"KG-12": "9", "UG": "1", "KG": "5", "g01": "4"}, ("10", True)),
        ({"KG-03": "4", "KG": "3", "g04-05": "2", "g06-08": "3", "g09-12": "1"}, ("10", True)),
        ({"KG-03": "4"}, None),
        ({"KG-03": "4", "UG": "7"}, None),
        ({"KG-08": "4", "g09-13": "7"}, None),
        ({"OOS": "12"}, None),
        ({}, None),
    ],
)
def test_band_adds_up_numbers_only(cells: dict[str, str], expected: tuple[str, bool] | None) -> None:
    assert shown(band_cell(K_12, row(**cells))) == expected


def test_band_that_was_delivered_is_not_computed() -> None:
    cells = row(KG="1", g01="2") | {K_12_AND_UNGRADED: delivered("9", 9, "number")}
    assert shown(band_cell(K_12, cells)) == ("9", False)


def test_total_is_not_computed_where_a_band_is_absent() -> None:
    parts = {"UNDER3": "1", "g3TO5NOTK": "2", "KG": "3", "OOS": "4"}
    for absent in parts:
        assert band_cell(TOTAL, row(**{band: value for band, value in parts.items() if band != absent})) is None
    # Where all have a grade, there is no row of those without one.
    assert shown(band_cell(TOTAL, row(**parts))) == ("10", True)
    assert shown(band_cell(TOTAL, row(**parts, MISSING="5"))) == ("15", True)
    assert shown(band_cell(TOTAL, row(**parts, MISSING="n<5"))) == ("‡", False)


def test_total_counts_those_beyond_the_twelfth_grade() -> None:
    parts = {"UNDER3": "1", "g3TO5NOTK": "2", "KG": "3", "g13": "7", "OOS": "4", "MISSING": "5"}
    assert shown(band_cell(TOTAL, row(**parts))) == ("22", True)


def test_sum_has_all_places_that_the_table_has() -> None:
    cell = nation_cell(band_for("OOS"), {"OH": row(OOS="10"), "BI": row(OOS="77")})
    assert cell is not None
    assert cell.number == 87


def test_national_row_comes_before_a_sum_of_states() -> None:
    states = {"US": row(OOS="100"), "AL": row(OOS="1"), "TX": row(OOS="2")}
    assert shown(nation_cell(band_for("OOS"), states)) == ("100", False)


def test_some_grades_of_the_nation_are_no_band_of_it() -> None:
    grades = {"KG": "50", "g01": "40", "g02": "30"}
    states = {"US": row(KG="100"), "OH": row(**grades), "TX": row(**grades)}
    assert shown(nation_cell(K_12, states)) == ("240", True)
    states["US"] = row(KG="100", g01="80", g02="60")
    cell = nation_cell(K_12, states)
    assert cell is not None
    assert (cell.text, cell.missing) == ("240", ())


def test_grade_beside_ranges_is_no_band() -> None:
    assert band_cell(band_for("KG-03"), row(g01="10", **{"g09-12": "90"})) is None
    assert shown(band_cell(band_for("KG-03"), row(g01="10"))) == ("10", True)


def test_sum_with_a_withheld_part_is_withheld() -> None:
    for value, status in (("5%", "suppressed"), ("1-3", "suppressed"), ("n<5", "suppressed"), ("-", "missing")):
        cell = band_cell(K_12, row(KG=value, g01="7"))
        assert cell is not None
        assert cell.status == status


def test_total_takes_in_what_is_known_of_a_state_without_one() -> None:
    whole = {"UNDER3": "10", "g3TO5NOTK": "10", "KG": "10", "OOS": "10"}
    states = {"OH": row(**whole), "CA": row(**whole | {"OOS": "n<5"}), "TX": row(ALL="7"), "IA": row(g13="2")}
    cell = nation_cell(TOTAL, states)
    assert cell is not None
    assert cell.number == 40 + 30 + 7 + 2
    assert {"CA", "IA"} <= set(cell.missing)
    assert not {"OH", "TX"} & set(cell.missing)
    # Where no State has a total, the nation has none.
    assert nation_cell(TOTAL, {"CA": states["CA"]}) is None


def test_sum_of_states_names_those_that_it_lacks() -> None:
    states = {state.code: row(OOS="10") for state in STATES}
    states |= {"AL": row(OOS="n<10"), "CT": row(OOS="†"), "TX": row(KG="5")}
    del states["WY"]
    cell = nation_cell(band_for("OOS"), states)
    assert cell is not None
    assert (cell.number, cell.is_computed) == (520, True)
    # Connecticut has no program: nothing of it is missing.
    assert set(cell.missing) == {"AL", "TX", "WY"}


def test_nation_without_a_number_shows_none() -> None:
    assert nation_cell(band_for("OOS"), {"AL": row(OOS="-")}) is None
    assert nation_cell(band_for(ALL), {}) is None


def test_bands_leave_no_grade_out_but_thirteen() -> None:
    covered = {code for band in BANDS for code in band.codes}
    assert {"UNDER3", "3TO5NOTK", "KG", "12", "UG", "OOS", "MISSING"} <= covered
    assert "13" not in covered
