"""A file of figures in the layout of ED Data Express: as many rows as wanted, always the same ones."""

import csv
from collections.abc import Iterator
from itertools import combinations, islice, product
from pathlib import Path
from zlib import crc32

from portal.states import State

COLUMNS = [
    "School Year",
    "State",
    "NCES LEA ID",
    "LEA",
    "School",
    "NCES SCH ID",
    "Data Group",
    "Data Description",
    "Value",
    "Numerator",
    "Denominator",
    "Population",
    "Subgroup",
    "Characteristics",
    "Age/Grade",
    "Academic Subject",
    "Outcome",
    "Program Type",
]
YEARS = range(2010, 2022)
# Data group, description and program type: the four measures, the last one for two services.
MEASURES = [
    (634, "Migratory students eligible, 12 months", "MEP"),
    (102, "Migratory students served, 12 months", "MEP"),
    (635, "Migratory students eligible and served, summer or intersession", "MEP"),
    (684, "Migratory students receiving services", "Instructional services"),
    (684, "Migratory students receiving services", "Counseling services"),
]
GRADES = ["KG", *(f"{grade:02}" for grade in range(1, 14))]
CODES = ["UNDER3", "3TO5NOTK", *GRADES, "UG", "OOS", ""]
# The total, the codes, and ranges of grades, of which there are many more.
BANDS = ["Total", *CODES, *(f"{first}-{last}" for first, last in combinations(GRADES, 2))]
# So many rows of districts stand beside each row of a State.
DISTRICTS = 4
# A cell in twenty has no number.
NO_NUMBERS = {0: "†", 20: "-", 40: "n<10"}


def write_figures(path: Path, rows: int) -> None:
    """Writes so many rows, a multiple of 12: each year has the same places, as far as they reach."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.writer(file)
        table.writerow(COLUMNS)
        for year in YEARS:
            table.writerows(islice(_rows_of(year), rows // len(YEARS)))


def write_states(path: Path, *, years: int, states: int, bands: int) -> None:
    """Writes rows of States only: so many of the newest years, and the first States and bands."""
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(COLUMNS)
        for year, state in product(YEARS[-years:], State.labels[:states]):
            for group, description, program in MEASURES:
                head = [f"{year}-{year + 1}", state.upper(), "", "", "", "", group, description]
                for number, band in enumerate(BANDS[:bands], 1):
                    table.writerow([*head, 1000 * number, "", "", "Migratory students", "", "", band, "", "", program])


def _rows_of(year: int) -> Iterator[list]:
    label = f"{year}-{year + 1}"
    for (number, state), district in product(enumerate(State.labels, 1), range(DISTRICTS + 1)):
        # The State itself, then its districts.
        lea = [f"{number:02}{district:05}", f"{state} District {district}"] if district else ["", ""]
        for group, description, program in MEASURES:
            head = [label, state.upper(), *lea, "", "", group, description]
            for code, value in _cells(f"{lea}{state}{group}{program}", year):
                yield [*head, value, "", "", "Migratory students", "", "", code, "", "", program]


def _cells(place: str, year: int) -> Iterator[tuple[str, str]]:
    """Codes with what stands in their cells, and the total of those that have a number."""
    total = 0
    for code in CODES:
        size = 40 + crc32(f"{place}{code}".encode()) % 3000
        value = NO_NUMBERS.get(size % 60)
        if value is None:
            count = size * (100 - 2 * (year - YEARS[0])) // 100
            # A tenth goes up and down, so that something looks odd.
            count = count * 3 // 2 if size % 10 == 7 and year % 2 else count
            total += count
            value = f"{count:,}"
        yield code, value
    yield "Total", f"{total:,}"
