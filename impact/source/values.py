"""What stands in the cell “Value”: a number, or one of the many ways to say that there is none.

The symbols are those of ED Data Express (https://eddataexpress.ed.gov/resources/faqs) and of EDFacts.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from django.utils.translation import gettext as _

from impact.models.evidence import Status

# More than ten times the students that the program has had in any year: a slip, not a count.
ABSURD = 10_000_000
LONGEST = 40

WHOLE = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)"
COUNT = re.compile(WHOLE)
DECIMAL = re.compile(rf"({WHOLE})\.([0-9]+)")
NEGATIVE = re.compile(r"[-−]\s*[0-9][0-9,.]*|\([0-9][0-9,.]*\)")
PERCENT = re.compile(r"[0-9]{1,3}(?:\.[0-9]+)?\s*%")
BOUND = rf"{WHOLE}(?:\.[0-9]+)?"
RANGE = re.compile(
    rf"{BOUND}\s*%?\s*(?:[-‐‑–—]|to)\s*{BOUND}\s*%?|(?:ge|le|gt|lt|≥|≤|>=|<=|>|<)\s*{BOUND}\s*%|(?:ge|le|gt|lt)\s*{BOUND}|(?:>=|≥|>)\s*{BOUND}",
    re.IGNORECASE,
)
# Too few to be told: “n<10”, “<5”, “n<”.
SUPPRESSED = re.compile(rf"n?\s*(?:<=|≤|<)\s*(?:{BOUND})?", re.IGNORECASE)

SYMBOLS = {
    Status.NOT_APPLICABLE: {"†", "dagger", "n/a", "na", "not applicable", "no program"},
    Status.MISSING: {"", "-", "–", "—", "--", "---", ".", "…", "missing", "m", "not available", "blank"},
    Status.SUPPRESSED: {"‡", "*", "s", "ps", "n", "n/s", "suppressed", "‡‡", "x", "#"},
}
MEANING = {symbol: status for status, symbols in SYMBOLS.items() for symbol in symbols}


class Value(NamedTuple):
    """A cell as it was delivered, the number where it is one, and what kind of answer it is."""

    text: str
    number: int | None
    status: str


@lru_cache(maxsize=20_000)
def read_value(text: str) -> Value:
    """What a cell says; ValueError where it can't be a count. A symbol is never a number, least of all 0."""
    text = text.strip()
    if len(text) > LONGEST:
        raise ValueError(_("“%(text)s…” is too long for a number or a symbol") % {"text": text[:LONGEST]})
    if COUNT.fullmatch(text):
        return _count(text, int(text.replace(",", "")))
    if status := MEANING.get(text.lower()):
        return Value(text, None, status.value)
    if NEGATIVE.fullmatch(text):
        raise ValueError(_("“%(text)s” is negative") % {"text": text})
    if match := DECIMAL.fullmatch(text):
        if match[2].strip("0"):
            raise ValueError(_("“%(text)s” is not a whole number") % {"text": text})
        return _count(text, int(match[1].replace(",", "")))
    for status, form in ((Status.PERCENT, PERCENT), (Status.RANGE, RANGE), (Status.SUPPRESSED, SUPPRESSED)):
        if form.fullmatch(text):
            return Value(text, None, status.value)
    raise ValueError(_("“%(text)s” is neither a number nor a symbol that is known") % {"text": text})


def _count(text: str, number: int) -> Value:
    if number > ABSURD:
        raise ValueError(_("“%(text)s” is far more students than the program has") % {"text": text})
    return Value(text, number, Status.NUMBER.value)
