"""A file as lines of text, however large it is; what is no table is refused."""

import lzma
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from django.utils.translation import gettext as _

# A year of all schools is about 100 MB; more than this is no file of the Department.
LARGEST = 2 * 1024**3
# The longest data note has a few thousand characters.
LONGEST_LINE = 64 * 1024
# A row has several lines where a cell has line breaks; where a quotation mark is missing it would never end.
LONGEST_ROW = 256 * 1024
STEP = 5000

OTHER_ENCODINGS = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}
# How Python's module says that a ZIP is none; ValueError for names and places that can't be.
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    OSError,
    ValueError,
    struct.error,
)


class FileRefusedError(Exception):
    """Why a file can't be read, in one line that says where."""


@dataclass
class Lines:
    """The lines of a CSV, one after the other, with the number of the last one."""

    stream: BinaryIO
    name: str
    size: int
    number: int = 0
    bytes_read: int = 0
    last: bytes = b"\n"
    limit: int = LARGEST
    # How many bytes a row may have, and where the one that is being read began.
    longest_row: int = LONGEST_ROW
    row_began: int = 0
    # Called every STEP lines, so that whoever waits knows how far it is.
    on_step: Callable[[], None] | None = None

    def __iter__(self) -> Iterator[str]:
        while line := self._read():
            self.number += 1
            self.bytes_read += len(line)
            self.last = line
            if self.number == 1:
                line = _without_mark(line)
            if (
                len(line) > LONGEST_LINE
                or b"\0" in line
                or self.bytes_read > self.limit
                or self.bytes_read - self.row_began > self.longest_row
            ):
                raise self._refused(line)
            if self.on_step and self.number % STEP == 1:
                self.on_step()
            try:
                text = line.decode()
            except UnicodeDecodeError as error:
                raise FileRefusedError(
                    _("Line %(line)s is not in UTF-8 (byte %(byte)s); save the file as “CSV UTF-8”.")
                    % {"line": self.number, "byte": error.start + 1}
                ) from error
            yield text

    @property
    def is_ended(self) -> bool:
        """Whether the last line was ended; that of a file that was cut off often isn't."""
        return self.last.endswith((b"\n", b"\r"))

    def begin_row(self) -> int:
        """To be called before each row; gives the number of its first line."""
        self.row_began = self.bytes_read
        return self.number + 1

    def _read(self) -> bytes:
        try:
            return self.stream.readline(LONGEST_LINE + 1)
        except BROKEN as error:
            raise FileRefusedError(
                _("Line %(line)s: the ZIP file is damaged or cut off here.") % {"line": self.number + 1}
            ) from error

    def _refused(self, line: bytes) -> FileRefusedError:
        """What is wrong with a line that no table has."""
        if len(line) > LONGEST_LINE:
            return FileRefusedError(
                _("Line %(line)s is longer than %(bytes)s bytes: this is no table.")
                % {"line": self.number, "bytes": LONGEST_LINE}
            )
        if b"\0" in line:
            return FileRefusedError(
                _("Line %(line)s has a NUL character: this is no text, or not in UTF-8.") % {"line": self.number}
            )
        if self.bytes_read > self.limit:
            return FileRefusedError(
                _("Line %(line)s: the file grows beyond %(bytes)s bytes; it is not read on.")
                % {"line": self.number, "bytes": self.limit}
            )
        return FileRefusedError(
            _("Line %(line)s: the row doesn't end within %(bytes)s bytes; a quotation mark may be missing before.")
            % {"line": self.number, "bytes": self.longest_row}
        )


def _without_mark(line: bytes) -> bytes:
    """The first line without the mark of UTF-8; another encoding is told by its mark."""
    if encoding := OTHER_ENCODINGS.get(line[:2]):
        raise wrong_encoding(encoding)
    return line.removeprefix(b"\xef\xbb\xbf")


def wrong_encoding(name: str) -> FileRefusedError:
    return FileRefusedError(_("The file is written in %(encoding)s; save it as “CSV UTF-8”.") % {"encoding": name})
