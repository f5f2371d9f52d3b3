"""Files in the real layouts of ED Data Express, and imports of them."""

import csv
import io
import zipfile
from typing import Any

from impact.importing import apply, read
from impact.models import Import
from impact.source.columns import DATA, NOTES

FILE_NAME = "SY2021_FS121_DG634_SEA.csv"
ROW = {
    "School Year": "2020-2021",
    "State": "ALABAMA",
    "Data Group": "634",
    "Data Description": "Migratory students eligible, 12 months",
    "Value": "1,234",
    "Population": "Migratory Students",
    "Age/Grade": "KG",
    "Program Type": "MEP",
}
NOTE = {
    "School Year": "2020-2021",
    "State": "ALABAMA",
    "File Spec": "FS121",
    "Data Group": "634",
    "Data Topic": "Eligible",
    "Data Note": "Counted in two ways.",
}


def table(header: list[str], rows: list[list[str]]) -> bytes:
    """A CSV as the Department writes it."""
    file = io.StringIO()
    csv.writer(file, lineterminator="\r\n").writerows([header, *rows])
    return file.getvalue().encode()


def data_csv(rows: list[dict[str, str]], columns: list[str] = DATA) -> bytes:
    """A file of figures; what a row doesn't name is as in ROW. `columns` in another order, or some of them."""
    return table(columns, [[(ROW | row).get(name, "") for name in columns] for row in rows])


def notes_csv(rows: list[dict[str, str]], columns: list[str] = NOTES) -> bytes:
    """A file of data notes; what a row doesn't name is as in NOTE."""
    return table(columns, [[(NOTE | row).get(name, "") for name in columns] for row in rows])


def zipped(content: bytes, name: str = FILE_NAME, **others: bytes) -> bytes:
    """A ZIP with the file in it, and others by their names."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, member_content in {name: content, **others}.items():
            archive.writestr(member, member_content)
    return file.getvalue()


def import_file(content: bytes | list[dict[str, str]], name: str = FILE_NAME, **fields: Any) -> Import:
    """Reads a file, or rows of figures; it waits for confirmation then, or is refused."""
    if isinstance(content, list):
        content = data_csv(content)
    return read(Import.objects.create(file_name=name, **fields), io.BytesIO(content))


def imported(content: bytes | list[dict[str, str]], name: str = FILE_NAME, **fields: Any) -> Import:
    """Reads a file, or rows of figures, and takes it over."""
    waiting = import_file(content, name, **fields)
    if waiting.state != Import.State.READY:
        raise AssertionError(waiting.report)
    return apply([waiting], waiting.user)[0]
