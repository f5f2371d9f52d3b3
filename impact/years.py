"""How a school year is written, here and in the files of the Department."""

import re
from functools import lru_cache

from django.utils.translation import gettext as _

FIRST, LAST = 1990, 2100
# Two digits from here on are of the 20th century.
LAST_CENTURY = 50

# 2020-2021, 2020-21, 2020/21, with or without SY before it.
TWO_YEARS = re.compile(r"(?:SY\s*)?(\d{4})\s*[-‐‑–—/]\s*(\d{2}|\d{4})", re.IGNORECASE | re.ASCII)
# SY2021: the year in which it ends, or its two halves (20 and 21), which is the same. SY1617: its two halves.
FOUR_DIGITS = re.compile(r"SY\s*(\d{4})", re.IGNORECASE | re.ASCII)


def year_label(start: int) -> str:
    """The school year that starts in the given year: 2020-21 for 2020."""
    return f"{start}-{(start + 1) % 100:02}"


@lru_cache(maxsize=256)
def read_year(text: str) -> int:
    """The year in which a school year starts; ValueError says what is wrong with it."""
    text = text.strip()
    if match := TWO_YEARS.fullmatch(text):
        start, end = int(match[1]), match[2]
        if (start + 1) % 10 ** len(end) != int(end):
            raise ValueError(_("“%(text)s” is not one school year") % {"text": text})
    elif match := FOUR_DIGITS.fullmatch(text):
        start = _from_four_digits(match[1])
    else:
        raise ValueError(_("“%(text)s” is not a school year such as 2020-2021") % {"text": text[:40]})
    # A school year ends in the next year.
    if not FIRST <= start < LAST:
        raise ValueError(
            _("the school year “%(text)s” does not lie between %(first)s and %(last)s")
            % {"text": text, "first": FIRST, "last": LAST}
        )
    return start


def _from_four_digits(digits: str) -> int:
    first, second = int(digits[:2]), int(digits[2:])
    if (first + 1) % 100 == second:
        return first + (1900 if first >= LAST_CENTURY else 2000)
    year = int(digits)
    # A year beyond the last is left as it is, to be refused as it is written.
    return year - 1 if year <= LAST else year
