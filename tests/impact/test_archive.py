"""ZIP and CSV files that are broken, hostile or not what they are called: refused with a reason, and quickly."""

import io
import struct
import tracemalloc
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

import pytest

from impact.source.archive import checksum, open_lines
from impact.source.columns import DATA
from impact.source.findings import Findings
from impact.source.lines import FileRefusedError
from impact.source.rows import Table
from tests.factories import data_csv, notes_csv, zipped
from tests.factories.evidence import table

MEGABYTE = 1024**2
NAME = "SY2021_FS121_DG634_SEA.csv"
GOOD = data_csv([{"State": "TEXAS", "Value": str(number)} for number in range(50)])


def read_all(content: bytes | BinaryIO, name: str = "figures.csv") -> Table:
    """Reads a file to its end, as an import does."""
    file = io.BytesIO(content) if isinstance(content, bytes) else content
    with open_lines(file, name) as lines:
        rows = Table(lines, Findings())
        for _row in rows.rows():
            pass
    return rows


def reason(content: bytes | BinaryIO, name: str = "figures.csv") -> str:
    """Why a file is refused."""
    with pytest.raises(FileRefusedError) as refused:
        read_all(content, name)
    return str(refused.value)


def patched(archive: bytes, offset_in_entry: int, form: str, value: int) -> bytes:
    """A ZIP that says something else about its first file in the list at its end."""
    changed = bytearray(archive)
    struct.pack_into(form, changed, archive.rindex(b"PK\x01\x02") + offset_in_entry, value)
    return bytes(changed)


class Pieces(io.RawIOBase):
    """A file that is made while it is read, so that a test can have a large one."""

    def __init__(self, start: bytes, piece: bytes, size: int) -> None:
        self.start, self.piece, self.size, self.place = start, piece, size, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self.place = self.size if whence == io.SEEK_END else offset
        return self.place

    def tell(self) -> int:
        return self.place

    def readinto(self, buffer) -> int:
        count = min(len(buffer), self.size - self.place)
        place = self.place - len(self.start)
        lead = self.start[self.place : self.place + count]
        shift = max(place, 0) % len(self.piece)
        repeated = (self.piece * ((count + shift) // len(self.piece) + 1))[shift : shift + count - len(lead)]
        buffer[:count] = lead + repeated
        self.place += count
        return count


@contextmanager
def little_memory(megabytes: int) -> Iterator[None]:
    """What runs in the block never holds more than that."""
    tracemalloc.start()
    try:
        yield
        assert tracemalloc.get_traced_memory()[1] < megabytes * MEGABYTE
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    "content",
    [
        GOOD,
        b"\xef\xbb\xbf" + GOOD,
        GOOD.replace(b"\r\n", b"\n"),
        zipped(GOOD),
        zipped(GOOD, "folder/FIGURES.CSV"),
        zipped(GOOD, **{"__MACOSX/._figures.csv": b"a mac", "readme.txt": b"words"}),
        zipped(b"\xef\xbb\xbf" + GOOD),
    ],
    ids=["CSV", "CSV with BOM", "lines of Unix", "ZIP", "folder and capitals", "ZIP of a Mac", "BOM in ZIP"],
)
def test_file_as_the_department_has_it_is_read(content: bytes) -> None:
    findings = read_all(content).findings
    assert (findings.rows, findings.rejected, findings.warnings) == (50, 0, [])


def test_member_of_a_zip_is_named() -> None:
    with open_lines(io.BytesIO(zipped(GOOD)), "figures.zip") as lines:
        assert (lines.name, lines.size) == (NAME, len(GOOD))


def test_checksum_is_that_of_the_file_as_it_was_sent() -> None:
    file = io.BytesIO(b"abc")
    file.read()
    assert checksum(file) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert file.tell() == 0


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "figures.csv", "The file is empty"),
        (GOOD, "figures.zip", "is called .zip and is not a ZIP file"),
        (zipped(b"words", "readme.txt"), "figures.zip", "no CSV file in the ZIP"),
        (zipped(b"x", "__MACOSX/._figures.csv"), "figures.zip", "no CSV file in the ZIP"),
        (b"PK\x05\x06" + bytes(18), "figures.zip", "no CSV file in the ZIP"),
        (zipped(GOOD, "a.csv", **{"b.csv": GOOD}), "figures.zip", "There are 2 CSV files in the ZIP file: “a.csv”, “b.csv”"),
        (zipped(GOOD, "../figures.csv"), "figures.zip", "leads out of it"),
        (zipped(GOOD, "folder/../../figures.csv"), "figures.zip", "leads out of it"),
        (zipped(GOOD, "/etc/figures.csv"), "figures.zip", "leads out of it"),
        (zipped(GOOD, "C:\\figures.csv"), "figures.zip", "leads out of it"),
        (zipped(GOOD, "..\\figures.csv"), "figures.zip", "leads out of it"),
        (zipped(GOOD, **{"../readme.txt": b""}), "figures.zip", "leads out of it"),
        (patched(zipped(GOOD), 8, "<H", 1), "figures.zip", "is encrypted"),
        (patched(zipped(GOOD), 10, "<H", 99), "figures.zip", "packed in a way that can't be read"),
        (zipped(GOOD)[: len(zipped(GOOD)) // 2], "figures.zip", "damaged or cut off"),
        (zipped(GOOD)[:-10], "figures.zip", "damaged or cut off"),
        (patched(zipped(GOOD, "ü.csv"), 46, "<B", 0xFF), "figures.zip", "damaged or cut off"),
        (zipped(GOOD).replace(b"PK\x03\x04", b"PK\x03\x04\xff", 1), "figures.zip", "damaged"),
    ],
)  # fmt: skip
def test_file_that_is_no_file_of_figures_is_refused(content: bytes, name: str, words: str) -> None:
    assert words in reason(content, name)


def test_member_that_is_damaged_is_refused_with_the_line() -> None:
    content = bytearray(zipped(GOOD))
    middle = content.index(b".csv") + 200
    content[middle : middle + 40] = bytes(40)
    assert reason(bytes(content), "figures.zip").startswith("Line ")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (GOOD.decode().encode("utf-16"), "written in UTF-16"),
        (GOOD.decode().encode("utf-16-be"), "NUL"),
        (data_csv([{"LEA": "x"}]).replace(b"x", b"Espa\xf1ola"), "Line 2 is not in UTF-8 (byte"),
        (data_csv([{}, {"LEA": "\0"}]), "Line 3 has a NUL character"),
    ],
    ids=["UTF-16", "UTF-16 without BOM", "Windows-1252", "NUL"],
)
def test_other_encoding_is_named(content: bytes, words: str) -> None:
    assert words in reason(content)
    assert words in reason(zipped(content), "figures.zip")


@pytest.mark.parametrize("cell", ['"Cut off here', '"Cut\noff here', '"Cut" off here'])
def test_row_that_ends_within_a_quotation_is_refused_with_the_line_where_it_begins(cell: str) -> None:
    content = data_csv([{}, {"Data Description": "CELL"}])
    assert reason(content[: content.index(b"CELL")] + cell.encode()).startswith("Line 3: the row that begins here")


def test_last_line_without_an_end_is_taken_with_a_warning() -> None:
    findings = read_all(GOOD.removesuffix(b"\r\n")).findings
    assert (findings.rows, findings.rejected) == (50, 0)
    assert findings.warnings == ["The last line (51) has no end: check that the file wasn't cut off."]


def test_file_that_is_cut_off_within_its_last_word_is_refused() -> None:
    expected = "Line 51 ends with “ME” and has no end: the file was cut off here. If it is whole, put a line end there."
    assert reason(GOOD.removesuffix(b"P\r\n")) == expected


@pytest.mark.parametrize(
    "content",
    [
        data_csv([{"Program Type": kind} for kind in ("MEP", "MEP Summer", "MEP")]),
        data_csv([{"Program Type": kind} for kind in ("MEP Summer", "Counseling")]),
        notes_csv([{"State Note": words} for words in ("See above. Corrected.", "See above.")]),
    ],
)
def test_whole_file_without_its_last_line_end_is_taken(content: bytes) -> None:
    assert "has no end" in read_all(content.removesuffix(b"\r\n")).findings.warnings[0]


@pytest.mark.parametrize(
    ("last", "values", "cut"),
    [
        ("Program Type", ["MEP", "MEP", "MEP"], b"MEP"),
        ("Age/Grade", ["KG", "3TO5NOTK", "3TO5NOTK"], b"TO5NOTK"),
        ("Age/Grade", ["KG", "3TO5NOTK", "3TO5NOTK"], b"3TO5NOTK"),
        ("Value", ["5", "6", "1234"], b"34"),
        ("Value", ["5", "6", "1234"], b""),
    ],
)
def test_file_that_may_be_cut_off_within_its_last_cell_is_refused(last: str, values: list[str], cut: bytes) -> None:
    """Or just before it; and of a value nobody knows whether digits are missing."""
    columns = [*(name for name in DATA if name != last), last]
    content = data_csv([{last: value} for value in values], columns)
    assert "the file was cut off here" in reason(content.removesuffix(cut + b"\r\n"))


def test_file_that_is_cut_off_between_cells_has_a_row_with_too_few() -> None:
    findings = read_all(GOOD[: GOOD.rindex(b"Migratory Students")]).findings
    assert [(found.line, found.reason) for found in findings.rejections] == [(51, "it has 12 cells instead of 18")]
    assert findings.warnings


def test_bomb_is_not_unpacked() -> None:
    with little_memory(5):
        bomb = zipped(bytes(0) + b"," * (4 * MEGABYTE))
    assert "would grow from" in reason(bomb, "figures.zip")


@pytest.mark.parametrize(
    ("offset", "value"), [(24, 100), (24, 0xFFFFFFF), (20, 0xFFFFFFF)], ids=["small", "large", "packed size"]
)
def test_bomb_that_lies_about_its_size_is_not_unpacked(offset: int, value: int) -> None:
    bomb = zipped(table(["School Year"], []) + b"2020-2021\r\n" * 400_000)
    with little_memory(5):
        assert reason(patched(bomb, offset, "<I", value), "figures.zip")


def test_zip_of_very_many_files_is_refused_before_its_list_is_read() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for number in range(20_000):
            archive.writestr(f"{number}.txt", b"")
    with little_memory(5):
        assert "too many files" in reason(file, "figures.zip")


@pytest.mark.parametrize(
    ("start", "piece", "words"),
    [
        (b"", b",", "Line 1 is longer than 65536 bytes"),
        (b"", b'"', "Line 1 is longer than 65536 bytes"),
        (b"", b",\n", "Line 1 names no column"),
        (b"", b'"\n",', "quotation mark"),
        (GOOD, b",", "Line 52 is longer"),
        (GOOD, b'"\n",', "quotation mark"),
        (GOOD + b'"', b"words of a cell without an end\n", "quotation mark"),
    ],
)
def test_hundred_megabytes_of_nothing_are_refused_at_once(start: bytes, piece: bytes, words: str) -> None:
    file = Pieces(start, piece, 100 * MEGABYTE)
    with little_memory(8):
        assert words in reason(file)
    assert file.place < 10 * MEGABYTE


def test_hundred_megabytes_of_rows_without_cells_need_little_memory() -> None:
    # Ten times as much would take ten times as long and need no more.
    with little_memory(8):
        findings = read_all(Pieces(GOOD, b"," * 17 + b"\n" + b"," * 5000 + b"\n", 10 * MEGABYTE)).findings
    assert (findings.rows, findings.rejected) == (50, 0)


def test_file_larger_than_any_of_the_department_is_refused_before_it_is_read() -> None:
    with pytest.raises(FileRefusedError, match="larger than"):
        checksum(Pieces(b"", b",", 3 * 1024**3))
