"""Ages and grades: every spelling leads to a code, every code to words."""

import pytest

from impact.bands import BANDS, CODES, K_12_AND_UNGRADED, TOTAL, band_label, band_order, read_band


@pytest.mark.parametrize("code", CODES)
def test_codes_are_read_in_any_case(code: str) -> None:
    assert read_band(code) == code
    assert read_band(f" {code.lower()} ") == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Birth-2", "UNDER3"),
        ("Under 3", "UNDER3"),
        ("Age birth through 2", "UNDER3"),
        ("3-5", "3TO5NOTK"),
        ("Age 3-5", "3TO5NOTK"),
        ("Ages 3–5", "3TO5NOTK"),
        ("Age 3 through 5 (not Kindergarten)", "3TO5NOTK"),
        ("K", "KG"),
        ("Kindergarten", "KG"),
        ("1", "01"),
        ("Grade 1", "01"),
        ("Grade 10", "10"),
        ("13", "13"),
        ("Ungraded", "UG"),
        ("Out-of-school", "OOS"),
        ("Out of School Youth", "OOS"),
        ("", "MISSING"),
        ("-", "MISSING"),
        ("Grade not specified", "MISSING"),
        ("Total", "ALL"),
        ("All Students", "ALL"),
        ("K-3", "KG-03"),
        ("Grades K–3", "KG-03"),
        ("grades 9 to 12", "09-12"),
        ("Grades 3-5", "03-05"),
        ("K-12 and ungraded", K_12_AND_UNGRADED),
        ("KG-12+UG", K_12_AND_UNGRADED),
    ],
)
def test_spellings_lead_to_one_code(text: str, code: str) -> None:
    assert read_band(text) == code


@pytest.mark.parametrize("text", ["14", "0", "Grade 99", "9-3", "12-14", "PK", "=1", "学生", "!!!", "0x1", "٣"])
def test_what_is_no_age_and_no_grade_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not an age or grade"):
        read_band(text)


@pytest.mark.parametrize(
    ("code", "label"),
    [
        ("UNDER3", "Birth to 2 years old"),
        ("3TO5NOTK", "Age 3-5"),
        ("KG", "Kindergarten"),
        ("01", "Grade 1"),
        ("UG", "Ungraded"),
        ("OOS", "Out of school"),
        ("MISSING", "Grade not specified"),
        ("ALL", "Total students"),
        ("KG-03", "Grades K-3"),
        ("09-12", "Grades 9-12"),
        (K_12_AND_UNGRADED, "K-12 and ungraded"),
        ("KG-08+UG", "Grades K-8 and ungraded"),
    ],
)
def test_code_has_words(code: str, label: str) -> None:
    assert band_label(code) == label


def test_bands_hold_every_code_but_grade_13_once() -> None:
    held = [code for band in (*BANDS, TOTAL) for code in band.codes]
    assert sorted([*held, "13"]) == sorted(CODES)


def test_table_runs_from_the_youngest_to_the_total() -> None:
    mixed = ["ALL", "OOS", "KG-03", "10", "UG", "KG", "UNDER3", "03", "MISSING", "3TO5NOTK"]
    expected = ["UNDER3", "3TO5NOTK", "KG", "KG-03", "03", "10", "UG", "OOS", "MISSING", "ALL"]
    assert sorted(mixed, key=band_order) == expected
