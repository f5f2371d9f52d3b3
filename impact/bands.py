"""Ages and grades: the codes of EDFacts, and the bands in which the program's figures are published."""

import re
from dataclasses import dataclass
from functools import lru_cache

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

UNDER_3, AGE_3_TO_5, OUT_OF_SCHOOL, MISSING, UNGRADED, ALL = "UNDER3", "3TO5NOTK", "OOS", "MISSING", "UG", "ALL"
GRADES = ["KG", *(f"{grade:02}" for grade in range(1, 14))]
K_12_AND_UNGRADED = "KG-12+UG"
# Beyond the twelfth grade; no band has it, but a total does.
BEYOND_12 = GRADES[-1]
# In the order in which tables show them.
CODES = [UNDER_3, AGE_3_TO_5, *GRADES, UNGRADED, OUT_OF_SCHOOL, MISSING, ALL]

SPELLINGS = {
    UNDER_3: [
        "under 3",
        "birth-2",
        "birth to 2",
        "birth through 2",
        "birth to 2 years old",
        "age birth through 2",
        "ages birth to 2",
        "ages birth through 2",
        "0-2",
        "0 to 2",
        "ages 0-2",
    ],
    AGE_3_TO_5: [
        "3-5",
        "3to5",
        "3 to 5",
        "3 through 5",
        "age 3 to 5",
        "ages 3 to 5",
        "ages 3-5",
        "age 3-5",
        "ages 3 through 5",
        "age 3 through 5",
        "age 3 through 5 not kindergarten",
        "age 3 to 5 not kindergarten",
        "age 3 through 5 not in kindergarten",
        "ages 3-5 not in kindergarten",
        "ages 3 through 5 not in kindergarten",
    ],
    "KG": ["k", "kindergarten"],
    UNGRADED: ["ungraded"],
    OUT_OF_SCHOOL: ["out of school", "out of school youth"],
    # FACTS of the program: a row without an age or grade is one whose grade is not specified.
    MISSING: ["not specified", "grade not specified", "age or grade not specified", "missing age grade"],
    ALL: [
        "total",
        "all grades",
        "all ages",
        "all students",
        "all ages and grades",
        "all ages grades",
        "education unit total",
    ],
}
WORDS = re.compile(r"[^a-z0-9+]+")
NOTHING = re.compile(r"[-–—†.]*")
RANGE = re.compile(
    r"(?:grades?\s*)?(kg|k|[0-9]{1,2})\s*(?:[-‐‑–—]|to|through)\s*([0-9]{1,2})"
    r"(\s*(?:\+|,|and|&)\s*(?:ug|ungraded))?"
)
GRADE = re.compile(r"(?:grade\s*)?([0-9]{1,2})")


@dataclass(frozen=True)
class Band:
    """A part of the students as it is published: its words, and the codes that it adds up."""

    code: str
    label: str | Promise
    codes: tuple[str, ...]
    icon: str
    footnote: str | Promise = ""


BANDS = [
    Band(UNDER_3, _("Birth to 2 years old"), (UNDER_3,), "baby"),
    Band(AGE_3_TO_5, _("Age 3-5"), (AGE_3_TO_5,), "child", _("Not in kindergarten")),
    Band(K_12_AND_UNGRADED, _("K-12 and ungraded"), (*GRADES[:-1], UNGRADED), "student"),
    Band(OUT_OF_SCHOOL, _("Out of school"), (OUT_OF_SCHOOL,), "person"),
    Band(MISSING, _("Grade not specified"), (MISSING,), "question"),
]
TOTAL = Band(ALL, _("Total students"), (ALL,), "group")
# The bands that a total needs. Where all have a grade, there is no row of those without one.
NEEDED = {band.code for band in BANDS} - {MISSING}


def _plain(text: str) -> str:
    return WORDS.sub(" ", text.lower()).strip()


KNOWN = {_plain(code): code for code in CODES} | {
    _plain(spelling): code for code, spellings in SPELLINGS.items() for spelling in spellings
}


@lru_cache(maxsize=256)
def codes_of(code: str) -> frozenset[str]:
    """The single ages or grades in a code: those of a range, else itself alone."""
    if "-" not in code:
        return frozenset([code])
    first, _dash, last = code.removesuffix("+UG").partition("-")
    codes = GRADES[GRADES.index(first) : GRADES.index(last) + 1]
    return frozenset([*codes, UNGRADED] if code.endswith("+UG") else codes)


@lru_cache(maxsize=256)
def read_band(text: str) -> str:
    """The code of an age or grade, or of a range such as KG-03; ValueError when there is none."""
    text = " ".join(text.lower().split())
    if NOTHING.fullmatch(text):
        return MISSING
    if code := KNOWN.get(_plain(text)):
        return code
    if (match := GRADE.fullmatch(text)) and 1 <= int(match[1]) <= 13:
        return f"{int(match[1]):02}"
    if match := RANGE.fullmatch(text):
        first, last = _grade(match[1]), _grade(match[2])
        if first in GRADES and last in GRADES and GRADES.index(first) < GRADES.index(last):
            return f"{first}-{last}" + ("+UG" if match[3] else "")
    raise ValueError(gettext("“%(text)s” is not an age or grade that is known") % {"text": text[:40]})


def _grade(text: str) -> str:
    return "KG" if text in {"k", "kg"} else f"{int(text):02}"


def band_label(code: str) -> str:
    """A code in words: Grades K-3 for KG-03."""
    for band in (*BANDS, TOTAL):
        if band.code == code:
            return str(band.label)
    if code == UNGRADED:
        return str(_("Ungraded"))
    if code == "KG":
        return str(_("Kindergarten"))
    if code in GRADES:
        return str(_("Grade %(grade)s") % {"grade": int(code)})
    first, _dash, last = code.removesuffix("+UG").partition("-")
    grades = f"{first.removesuffix('G') if first == 'KG' else int(first)}-{int(last)}"
    label = _("Grades %(grades)s and ungraded") if code.endswith("+UG") else _("Grades %(grades)s")
    return str(label % {"grades": grades})


def band_order(code: str) -> tuple[int, int, str]:
    """Where a band stands in a table: ages, grades, ranges after the grade that they begin with, the total last."""
    first = code.partition("-")[0]
    place = CODES.index(first) if first in CODES else len(CODES)
    return (place, len(code) > len(first), code)


# What a chart or table may be made of, beside the bands themselves: the ranges in which older figures were published.
RANGES = ["KG-03", "04-05", "06-08", "09-12"]


def band_for(code: str) -> Band:
    """The band of a code; a single grade or a range is one of its own, made of the grades in it."""
    for band in (*BANDS, TOTAL):
        if band.code == code:
            return band
    return Band(code, band_label(code), tuple(sorted(codes_of(code))), "student")


def band_choices() -> list[tuple[str, str]]:
    """The bands that an editor may choose from, as choices."""
    return [(code, band_label(code)) for code in (ALL, *(band.code for band in BANDS), *RANGES)]
