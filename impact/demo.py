"""Figures of the demo content, in files like those of the Department, taken over by the importer itself."""

from collections.abc import Iterator
from pathlib import Path

from impact.importing import ImportRefusedError, apply, read, undo
from impact.models import Import
from impact.source.archive import checksum
from portal.demo.files import DemoError

ADDRESS = "https://eddataexpress.ed.gov/download"


def load(folder: Path) -> None:
    """Imports the files of the folder `figures` that were never imported; DemoError when one can't be."""
    for path in _files(folder):
        with path.open("rb") as file:
            if Import.objects.filter(checksum=checksum(file)).exists():
                continue
            imported = read(Import.objects.create(file_name=path.name, address=ADDRESS), file)
        if imported.state != Import.State.READY:
            found = imported.report.get("refusal") or imported.report["rejections"][0]
            raise DemoError(path.name, found)
        apply([imported], None)


def wipe(folder: Path) -> None:
    """Undoes the imports of these files, the last one first; what a later import has touched stays."""
    for path in reversed(list(_files(folder))):
        with path.open("rb") as file:
            found = Import.objects.filter(checksum=checksum(file)).order_by("-pk")
        for imported in found:
            try:
                if imported.state == Import.State.APPLIED:
                    undo(imported, None)
                imported.delete()
            except ImportRefusedError:
                continue


def _files(folder: Path) -> Iterator[Path]:
    yield from sorted((folder / "figures").glob("*.csv"))
