"""The cell “Value”: a number where it is one, and never one where it is not."""

import pytest

from impact.models import Status
from impact.source.values import ABSURD, MEANING, read_value


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1,234", 1234),
        ("1234", 1234),
        ("0", 0),
        (" 7 ", 7),
        ("1,234,567", 1234567),
        ("12.0", 12),
        ("10000000", ABSURD),
    ],
)
def test_whole_number_counts(text: str, number: int) -> None:
    assert read_value(text) == (text.strip(), number, Status.NUMBER)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("†", Status.NOT_APPLICABLE),
        ("N/A", Status.NOT_APPLICABLE),
        ("-", Status.MISSING),
        ("–", Status.MISSING),
        ("", Status.MISSING),
        ("  ", Status.MISSING),
        ("‡", Status.SUPPRESSED),
        ("n<10", Status.SUPPRESSED),
        ("N < 10", Status.SUPPRESSED),
        ("<5", Status.SUPPRESSED),
        ("<=3", Status.SUPPRESSED),
        ("n<", Status.SUPPRESSED),
        ("*", Status.SUPPRESSED),
        ("S", Status.SUPPRESSED),
        ("10-14", Status.RANGE),
        ("10 – 14", Status.RANGE),
        ("1,000-1,499", Status.RANGE),
        (">=95%", Status.RANGE),
        ("GE50", Status.RANGE),
        ("12.3 %", Status.PERCENT),
        ("12.3%", Status.PERCENT),
        ("100%", Status.PERCENT),
    ],
)
def test_what_is_no_number_says_why_and_is_kept_as_delivered(text: str, status: Status) -> None:
    assert read_value(text) == (text.strip(), None, status)


def test_no_symbol_is_ever_a_number() -> None:
    assert {read_value(symbol).number for symbol in MEANING} == {None}


@pytest.mark.parametrize("text", ["-5", "−5", "- 5", "(5)", "-1,234", "-0.5"])
def test_negative_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is negative"):
        read_value(text)


@pytest.mark.parametrize("text", ["12.5", "1,234.25"])
def test_part_of_a_child_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a whole number"):
        read_value(text)


@pytest.mark.parametrize("text", ["5,000,000,000", "10000001", "400,000,000", "9" * 40])
def test_more_than_all_people_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="far more students than the program has"):
        read_value(text)


@pytest.mark.parametrize(
    "text",
    [
        "1,23",
        ",123",
        "1,2345",
        "1 234",
        "1.2.3",
        "1e5",
        "+5",
        "0x1F",
        "٣",
        "５",
        "²",
        "five",
        "=cmd|' /C calc'!A0",
        "=1+1",
        "@SUM(A1)",
        "1234 students",
        "10-",
        "%",
        "NaN",
        "Infinity",
        "True",
    ],
)
def test_what_is_neither_a_number_nor_a_known_symbol_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="neither a number nor a symbol"):
        read_value(text)


def test_endless_number_is_refused_in_few_words() -> None:
    with pytest.raises(ValueError, match="too long") as refused:
        read_value("9" * 10_000)
    assert len(str(refused.value)) < 120
