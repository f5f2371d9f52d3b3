"""Opens a ZIP or a CSV, and refuses what could do harm.

Nothing is ever unpacked to the disk: the one CSV of a ZIP is read as it comes out of it.
"""

import hashlib
import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import BinaryIO

from django.utils.translation import gettext as _

from impact.source.lines import BROKEN, LARGEST, OTHER_ENCODINGS, FileRefusedError, Lines, wrong_encoding

# Long tables of the same words shrink to a fortieth; a bomb to a thousandth.
HIGHEST_RATIO = 250
# What a ZIP says about its files; for one file it is a hundred bytes.
LONGEST_LIST = 1024 * 1024
CHUNK = 1024 * 1024

DRIVE = re.compile(r"[A-Za-z]:")
MADE_BY_A_MAC = re.compile(r"^__MACOSX/|(^|/)\._[^/]*$")


@contextmanager
def open_lines(file: BinaryIO, name: str) -> Iterator[Lines]:
    """The CSV that a file is, or the only one in a ZIP; FileRefusedError when there is none that can be read."""
    file.seek(0, io.SEEK_END)
    size = file.tell()
    file.seek(0)
    if size == 0:
        raise FileRefusedError(_("The file is empty."))
    start = file.read(4)
    file.seek(0)
    if start[:2] in OTHER_ENCODINGS:
        raise wrong_encoding(OTHER_ENCODINGS[start[:2]])
    if start in {b"PK\x03\x04", b"PK\x05\x06"}:
        with _open_member(file, size) as (stream, member):
            # Python's own reader of members takes three times as long for a line as a buffer before it.
            yield Lines(io.BufferedReader(stream, CHUNK), member.filename, member.file_size, limit=_most(member, size))
    elif name.lower().endswith(".zip"):
        raise FileRefusedError(_("The file is called .zip and is not a ZIP file."))
    else:
        yield Lines(io.BufferedReader(file) if isinstance(file, io.RawIOBase) else file, "", size)


def _most(member: zipfile.ZipInfo, size: int) -> int:
    """How many bytes a member may turn out to have: the header of a bomb may well be false."""
    return min(LARGEST, max(min(member.compress_size, size), 4096) * HIGHEST_RATIO)


def _open_archive(file: BinaryIO) -> zipfile.ZipFile:
    try:
        # Millions of empty files fill the memory before one of them is opened. No public name tells the size.
        end = zipfile._EndRecData(file)
        if end and end[zipfile._ECD_SIZE] > LONGEST_LIST:
            raise FileRefusedError(_("The ZIP file holds too many files, or is damaged."))
        return zipfile.ZipFile(file)
    except BROKEN as error:
        raise FileRefusedError(_("The ZIP file is damaged or cut off.")) from error


@contextmanager
def _open_member(file: BinaryIO, size: int) -> Iterator[tuple[BinaryIO, zipfile.ZipInfo]]:
    archive = _open_archive(file)
    with archive:
        member = _only_csv(archive.infolist())
        if member.flag_bits & 1:
            raise FileRefusedError(_("The ZIP file is encrypted."))
        if member.file_size > _most(member, size):
            raise FileRefusedError(
                _("“%(name)s” would grow from %(small)s to %(large)s bytes; it is not unpacked.")
                % {"name": member.filename[:200], "small": member.compress_size, "large": member.file_size}
            )
        try:
            stream = archive.open(member)
        except BROKEN as error:
            raise FileRefusedError(_("The ZIP file is damaged or packed in a way that can't be read.")) from error
        with stream:
            yield stream, member


def _only_csv(members: list[zipfile.ZipInfo]) -> zipfile.ZipInfo:
    for member in members:
        if _leaves(member.filename):
            raise FileRefusedError(
                _("The ZIP file holds the path “%(path)s”, which leads out of it.") % {"path": member.filename[:200]}
            )
    # What a Mac adds to every ZIP is no second table.
    tables = [
        member
        for member in members
        if member.filename.lower().endswith(".csv") and not MADE_BY_A_MAC.search(member.filename)
    ]
    if not tables:
        raise FileRefusedError(_("There is no CSV file in the ZIP file."))
    if len(tables) > 1:
        names = ", ".join(f"“{member.filename[:100]}”" for member in tables[:5])
        raise FileRefusedError(
            _("There are %(count)s CSV files in the ZIP file: %(names)s. Import them one by one.")
            % {"count": len(tables), "names": names}
        )
    return tables[0]


def _leaves(name: str) -> bool:
    """Whether a path in a ZIP leads out of the folder in which it would be unpacked."""
    path = PurePosixPath(name.replace("\\", "/"))
    return path.is_absolute() or ".." in path.parts or bool(DRIVE.match(name))


def checksum(file: BinaryIO) -> str:
    """The SHA-256 of a file, read in parts; FileRefusedError for one that is too large to be read."""
    if file.seek(0, io.SEEK_END) > LARGEST:
        raise FileRefusedError(_("The file is larger than %(bytes)s bytes.") % {"bytes": LARGEST})
    file.seek(0)
    digest = hashlib.sha256()
    while part := file.read(CHUNK):
        digest.update(part)
    file.seek(0)
    return digest.hexdigest()
