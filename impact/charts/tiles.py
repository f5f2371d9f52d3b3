"""A map in which every State is a tile of the same size, shaded by its number."""

from bisect import bisect_left
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from impact.states import COLUMNS, ROWS, STATES

# The side of a tile and the way from one to the next, in units of the drawing.
TILE, PITCH = 38, 40
NO_NUMBER = _("no number")


@dataclass(frozen=True)
class Tile:
    """A State. Level 0 has no number, 1 the lowest ones; `text` is short, `full_text` is not."""

    code: str
    name: str
    x: str
    y: str
    level: int
    text: str
    full_text: str


@dataclass(frozen=True)
class LegendEntry:
    """A level in use and the numbers that have it: "119–711". Level 0 has no words of its own."""

    level: int
    text: str


@dataclass(frozen=True)
class TileMap:
    width: str
    height: str
    tile: str
    middle: str
    tiles: list[Tile]
    legend: list[LegendEntry]


def tile_map(values: dict[str, int | None], texts: dict[str, str], levels: int = 5) -> TileMap:
    """The map of all States: numbers by code, and by code the words that stand for a number or explain its absence."""
    numbers = {state.code: values.get(state.code) for state in STATES}
    steps = _levels([number for number in numbers.values() if number is not None], levels)
    tiles = [
        Tile(
            code=state.code,
            name=state.name,
            x=str(state.column * PITCH),
            y=str(state.row * PITCH),
            level=steps.get(number, 0),
            text=texts.get(state.code, "") if number is None else short_number(number),
            full_text=texts.get(state.code) or (str(NO_NUMBER) if number is None else f"{number:,}"),
        )
        for state in STATES
        for number in [numbers[state.code]]
    ]
    legend = _legend(steps)
    if None in numbers.values():
        legend.append(LegendEntry(0, ""))
    width, height = (str(count * PITCH - (PITCH - TILE)) for count in (COLUMNS, ROWS))
    return TileMap(width, height, str(TILE), str(TILE // 2), tiles, legend)


def _levels(numbers: list[int], levels: int) -> dict[int | None, int]:
    """The level of each number, by the share of numbers below it: equal numbers have equal levels, the lowest has 1."""
    ordered = sorted(numbers)
    return {number: 1 + levels * bisect_left(ordered, number) // len(ordered) for number in ordered}


def _legend(steps: dict[int | None, int]) -> list[LegendEntry]:
    """From the lowest level to the highest; `steps` is in the order of its numbers."""
    ranges: dict[int, list[int]] = {}
    for number, level in steps.items():
        ranges.setdefault(level, []).append(number)
    return [
        LegendEntry(level, "–".join(f"{number:,}" for number in sorted({numbers[0], numbers[-1]})))
        for level, numbers in ranges.items()
    ]


def short_number(number: int) -> str:
    """At most five characters: 796, 1.3k, 13.6k, 172k, 1.2M."""
    if number < 1000:
        return str(number)
    # 999,500 is 1M, not 1000k.
    size, unit = (1000, "k") if number < 999_500 else (1_000_000, "M")
    tenths = (10 * number + size // 2) // size
    if tenths < 1000 and tenths % 10:
        return f"{tenths // 10}.{tenths % 10}{unit}"
    return f"{(number + size // 2) // size}{unit}"
