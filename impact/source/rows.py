"""From the lines of a CSV to rows of cells, and from cells to what stands in them."""

import csv
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from impact.source.columns import Layout, match_columns
from impact.source.findings import Findings
from impact.source.lines import FileRefusedError, Lines
from impact.states import find_state

GROUP = re.compile(r"\s*(?:DG\s*)?([0-9]{1,6})(?:\.0+)?(?![0-9,./\s]*[0-9])(?:\D.*)?", re.IGNORECASE)
# A row of figures has a few hundred bytes. What is remembered of cells stays small by this, too.
LONGEST_DATA_ROW = 16 * 1024


class CellRefusedError(Exception):
    """A cell that can't be accepted."""

    def __init__(self, column: str, reason: object) -> None:
        super().__init__(column, reason)
        self.column, self.reason = column, reason


class Table:
    """The rows of a file below its header."""

    def __init__(self, lines: Lines, findings: Findings) -> None:
        self.lines, self.findings = lines, findings
        self.cells = csv.reader(lines, strict=True)
        self.line = 1
        self.layout: Layout = match_columns(self._next() or [])
        if self.layout.kind == "data":
            lines.longest_row = LONGEST_DATA_ROW

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Each row with the number of its first line; rows of another width are rejected, empty ones are none."""
        width = self.layout.width
        # Of figures, the last cell has few words; those of notes are free.
        words: set[str] = set()
        last: str | None = None
        is_data = self.layout.kind == "data"
        while (cells := self._next()) is not None:
            # Spreadsheets leave rows of nothing but commas at the end.
            if not cells or not (cells[0].strip() or "".join(cells).strip()):
                continue
            self.findings.rows += 1
            if is_data:
                if last is not None:
                    words.add(last)
                last = cells[-1] if len(cells) == width else None
            if len(cells) == width:
                yield self.line, cells
            else:
                reason = _("it has %(found)s cells instead of %(wanted)s") % {"found": len(cells), "wanted": width}
                self.findings.reject(self.line, "", reason)
        if not self.lines.is_ended:
            if last is not None:
                self._refuse_stump(last, words)
            self.findings.warnings.append(
                _("The last line (%(line)s) has no end: check that the file wasn't cut off.")
                % {"line": self.lines.number}
            )

    def _refuse_stump(self, word: str, words: set[str]) -> None:
        """A last cell within which the file was cut off: it only begins as another one does and never stands whole; or
        it is a value, of which nobody knows whether there were more digits.
        """
        is_value = self.layout.places["Value"] == self.layout.width - 1
        if is_value or (word not in words and any(whole.startswith(word) for whole in words)):
            raise FileRefusedError(
                _(
                    "Line %(line)s ends with “%(word)s” and has no end: the file was cut off here. If it is whole, put "
                    "a line end there."
                )
                % {"line": self.lines.number, "word": word[:100]}
            )

    def _next(self) -> list[str] | None:
        self.line = self.lines.begin_row()
        try:
            return next(self.cells, None)
        except csv.Error as error:
            raise FileRefusedError(
                _(
                    "Line %(line)s: the row that begins here can't be read as CSV. "
                    "A quotation mark may be missing, or the file was cut off."
                )
                % {"line": self.line}
            ) from error


def read_cell(column: str, read: Callable[[str], Any], text: str) -> Any:
    """What a cell says; CellRefusedError names its column where it can't be read."""
    try:
        return read(text)
    except ValueError as error:
        raise CellRefusedError(column, error) from error


@lru_cache(maxsize=256)
def read_data_group(text: str) -> int:
    """The number of a data group: 634, DG634."""
    match = GROUP.fullmatch(text)
    if match is None:
        raise ValueError(_("“%(text)s” is not the number of a data group") % {"text": text.strip()[:40]})
    return int(match[1])


@lru_cache(maxsize=256)
def read_state(text: str) -> str:
    code = find_state(text)
    if code is None:
        raise ValueError(_("“%(text)s” is not the name of a State") % {"text": text.strip()[:40]})
    return code
