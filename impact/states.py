"""The States as the files of the Department write them, and their places on a map of equal tiles.

"States" are the 50 States, the District of Columbia, Puerto Rico and four territories, by their postal codes; BI and
DD are the two agencies that report beside them.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.states import State as PostalState


@dataclass(frozen=True)
class State:
    """A State with its tile; columns count from the west, rows from the north."""

    code: str
    name: str
    column: int
    row: int


NATION = "US"
# The four territories.
ISLANDS = {"AS", "GU", "MP", "VI"}

# As newsrooms draw it (https://blog.apps.npr.org/2015/05/11/hex-tile-maps.html), with a row below for the islands.
GRID = """
AK .  .  .  .  .  .  .  .  .  ME
.  .  .  .  .  .  .  .  .  VT NH
WA ID MT ND MN IL WI MI NY RI MA
OR NV WY SD IA IN OH PA NJ CT .
CA UT CO NE MO KY WV VA MD DE .
.  AZ NM KS AR TN NC SC DC .  .
.  .  .  OK LA MS AL GA .  .  .
HI .  .  TX .  .  .  .  FL .  .
AS GU MP .  .  .  .  .  .  PR VI
"""

NAMES = {**dict(PostalState.choices), "VI": "U.S. Virgin Islands"}
# What files report beside the States; none of them has a tile.
NAMES_BESIDE: dict[str, str | Promise] = {
    NATION: _("United States"),
    "BI": "Bureau of Indian Education",
    "DD": "Department of Defense Education Activity",
}
# Spellings beside the names and codes, as `_normalized` leaves them.
SPELLINGS = {
    "NORTHERN MARIANAS": "MP",
    "COMMONWEALTH OF THE NORTHERN MARIANA ISLANDS": "MP",
    "VIRGIN ISLANDS": "VI",
    "WASHINGTON DC": "DC",
    "COMMONWEALTH OF PUERTO RICO": "PR",
    "UNITED STATES": NATION,
    "USA": NATION,
    "NATION": NATION,
    "NATIONAL": NATION,
    "BUREAU OF INDIAN AFFAIRS": "BI",
    "BIE": "BI",
    "BUREAU OF INDIAN EDUCATION": "BI",
    "DODEA": "DD",
    "DEPARTMENT OF DEFENSE": "DD",
    "DEPARTMENT OF DEFENSE EDUCATION ACTIVITY": "DD",
}

CELLS = {
    code: (column, row)
    for row, line in enumerate(GRID.split("\n")[1:-1])
    for column, code in enumerate(line.split())
    if code != "."
}
STATES = tuple(State(code, name, *CELLS[code]) for code, name in NAMES.items())
BY_CODE = {state.code: state for state in STATES}
COLUMNS = 1 + max(state.column for state in STATES)
ROWS = 1 + max(state.row for state in STATES)


def _normalized(text: str) -> str:
    """Upper case, single blanks, neither dots nor commas: "Washington,  D.C." is WASHINGTON DC."""
    return " ".join(text.upper().replace(".", "").replace(",", " ").split())


CODES = {
    **{code: code for code in (*NAMES, *NAMES_BESIDE)},
    **{_normalized(name): code for code, name in NAMES.items()},
    **SPELLINGS,
}


def find_state(text: str) -> str | None:
    """The code for a State, the nation or an agency as files write it; None where nobody is meant that we know."""
    return CODES.get(_normalized(text))


def state_name(code: str) -> str:
    """The name as running text has it. Raises KeyError for a code that isn't one."""
    return str(NAMES.get(code) or NAMES_BESIDE[code])
