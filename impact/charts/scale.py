"""Axes and coordinates."""

from collections.abc import Iterator
from itertools import count

# Steps that people count in; 2.5 only where it is a whole number.
FIRST_STEPS = (1, 2, 5)
STEPS = (10, 20, 25, 50)
MOST_INTERVALS = 5


def ticks(highest: int) -> list[int]:
    """Three to six round numbers in equal steps, from 0 to the first one that isn't below `highest`."""
    step = next(step for step in _steps() if step * MOST_INTERVALS >= highest)
    intervals = max(2, -(-highest // step))
    return [step * number for number in range(intervals + 1)]


def _steps() -> Iterator[int]:
    """1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500 …"""
    yield from FIRST_STEPS
    for power in count():
        yield from (step * 10**power for step in STEPS)


def share(part: float, whole: float) -> str:
    """A part in percent of the whole, as SVG has it: "8.33", "50"."""
    return f"{100 * part / whole:.2f}".rstrip("0").rstrip(".")
