"""How numbers went from school year to school year, as lines with markers.

The drawing has no size of its own: positions are percentages of the plot, so that words and markers keep theirs
whatever the width. Every year from the first to the last has a column of equal width, with its point in the middle.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from string import ascii_uppercase

from impact.charts.scale import share, ticks
from impact.years import year_label

# How many labels of years fit side by side in a narrow and in a wide chart (frontend/sass/own/_charts.scss).
NARROW_LABELS, WIDE_LABELS = 4, 8

# Marker and dashes of each series: a circle, a square, a triangle, a diamond and a cross, around 0,0.
LOOKS = (
    ("M-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0z", ""),
    ("M-3.5-3.5h7v7h-7z", "8 4"),
    ("M0-4.5L4.5 3.5h-9z", "2 3"),
    ("M0-5L5 0L0 5L-5 0z", "12 3 2 3"),
    ("M-4-4L4 4M4-4L-4 4", "18 5"),
)


@dataclass(frozen=True)
class Series:
    """The numbers of a group by the first year of the school year, and the words that stand for each: "1,234", "†"."""

    label: str
    values: dict[int, int | None]
    texts: dict[int, str] = field(default_factory=dict)

    def value_text(self, year: int) -> str:
        """The words for a year; "" where nothing is known, not even why."""
        value = self.values.get(year)
        return self.texts.get(year) or ("" if value is None else f"{value:,}")


@dataclass(frozen=True)
class Tick:
    """A line across, with its number."""

    y: str
    text: str


@dataclass(frozen=True)
class Column:
    """A school year: its strip of the plot, its label, and its numbers in words, a series a line."""

    left: str
    width: str
    middle: str
    label: str
    is_labelled: bool
    is_labelled_when_narrow: bool
    text: str


@dataclass(frozen=True)
class Rule:
    """A break in series, between two years. The mark stands in the chart, the sentence below it."""

    x: str
    mark: str
    year: str
    sentence: str


@dataclass(frozen=True)
class Point:
    x: str
    y: str


@dataclass(frozen=True)
class Line:
    """A series as drawn. The path joins years that follow each other; a year alone has its marker only."""

    number: int
    label: str
    marker: str
    dashes: str
    path: str
    points: list[Point]


@dataclass(frozen=True)
class TrendChart:
    ticks: list[Tick]
    columns: list[Column]
    rules: list[Rule]
    lines: list[Line]


def trend_chart(years: list[int], series: list[Series], breaks: dict[int, str]) -> TrendChart:
    """The chart of up to five series; `breaks` has the first year after each break with the sentence that explains it.

    Years are ascending first years of school years. One that is missing among them is a gap like one without a number.
    """
    if len(series) > len(LOOKS):
        raise ValueError(f"A trend has {len(LOOKS)} series at most, not {len(series)}.")
    axis = range(years[0], years[-1] + 1)
    numbers = [value for one in series for year in axis if (value := one.values.get(year)) is not None]
    scale = ticks(max(numbers, default=0))
    return TrendChart(
        ticks=[Tick(share(scale[-1] - tick, scale[-1]), f"{tick:,}") for tick in scale],
        columns=list(_columns(axis, series)),
        rules=_rules(axis, breaks),
        lines=[_line(number, one, axis, breaks, scale[-1]) for number, one in enumerate(series, 1)],
    )


def _columns(axis: range, series: list[Series]) -> Iterator[Column]:
    # Counted from the newest year, which always has its label; a narrow chart leaves out some of the wide one's.
    wide_step = _rounded_up(len(axis), WIDE_LABELS)
    narrow_step = wide_step * _rounded_up(_rounded_up(len(axis), NARROW_LABELS), wide_step)
    for place, year in enumerate(axis):
        years_back = axis[-1] - year
        texts = [f"{one.label}: {text}" for one in series if (text := one.value_text(year))]
        yield Column(
            left=share(place, len(axis)),
            width=share(1, len(axis)),
            middle=_middle(year, axis),
            label=year_label(year),
            is_labelled=years_back % wide_step == 0,
            is_labelled_when_narrow=years_back % narrow_step == 0,
            text="\n".join([year_label(year), *texts]),
        )


def _rules(axis: range, breaks: dict[int, str]) -> list[Rule]:
    """A break at the first year has nothing on its other side, so it isn't drawn."""
    inside = [year for year in sorted(breaks) if year in axis[1:]]
    return [
        Rule(share(year - axis[0], len(axis)), mark, year_label(year), breaks[year])
        for mark, year in zip(ascii_uppercase, inside, strict=False)
    ]


def _line(number: int, series: Series, axis: range, breaks: dict[int, str], top: int) -> Line:
    marker, dashes = LOOKS[number - 1]
    points = {
        year: Point(_middle(year, axis), share(top - value, top))
        for year in axis
        if (value := series.values.get(year)) is not None
    }
    path = ""
    pen_at = None
    for before, year in pairwise(axis):
        if before in points and year in points and year not in breaks:
            if pen_at != before:
                path += f"M{points[before].x} {points[before].y}"
            path += f"L{points[year].x} {points[year].y}"
            pen_at = year
    return Line(number, series.label, marker, dashes, path, list(points.values()))


def _middle(year: int, axis: range) -> str:
    return share(year - axis[0] + 0.5, len(axis))


def _rounded_up(number: int, by: int) -> int:
    return -(-number // by)
