"""What is staged, row by row and in words."""

from collections.abc import Iterator
from typing import Any

from django.db import connection

from impact.bands import band_label
from impact.states import state_name
from impact.years import year_label

# What a row is about, in the order of the parameters of `about`.
ABOUT = "s.measure_id, s.program_type, s.subgroup, s.state, s.year, s.band"


def about(
    names: dict[int, str], measure_id: int, program_type: str, subgroup: str, state: str, year: int, band: str
) -> str:
    parts = "; ".join(filter(None, [program_type, subgroup]))
    measure = f"{names[measure_id]} ({parts})" if parts else names[measure_id]
    return f"{year_label(year)}, {state_name(state)}, {measure}, {band_label(band)}"


def stream(sql: str, parameters: list[Any]) -> Iterator[tuple]:
    """Rows as they come, a few thousand at a time; PostgreSQL keeps the rest with a cursor of its own."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql, parameters)
        while rows := cursor.fetchmany(2000):
            yield from rows
