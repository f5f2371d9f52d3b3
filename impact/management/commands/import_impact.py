import sys
from pathlib import Path
from typing import Any, BinaryIO

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from impact.importing import ImportRefusedError, OutdatedError, apply, discard, read
from impact.importing.wording import findings, summary
from impact.models import Import

SHOWN = 20


class Command(BaseCommand):
    help = "Imports files of ED Data Express: shows what would change, then asks once. All files, or none."

    def add_arguments(self, parser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="a ZIP or CSV, figures or data notes")
        parser.add_argument("--districts", "--lea", action="store_true", help="rows of districts (LEA) as well")
        parser.add_argument("--schools", "--sch", action="store_true", help="rows of schools as well")
        parser.add_argument("--address", default="", help="where the file was downloaded from")
        parser.add_argument("--user", default="", help="the name of the account that imports")
        parser.add_argument("--preview", action="store_true", help="show what would change, and change nothing")
        parser.add_argument("--yes", "-y", "--no-input", "--noinput", action="store_true", help="don't ask")

    def handle(self, files: list[Path], **options) -> None:
        user = self.find_user(options["user"])
        self.check_address(options["address"])
        imports: list[Import] = []
        try:
            for path in files:
                with self.open(path) as file:
                    imports.append(self.begin(path, user, options))
                    imported = read(imports[-1], file)
                if imported.state == Import.State.DISCARDED:
                    raise self.error(f"Nothing was imported: somebody left {path.name} in the admin while it was read.")
                self.show(imported)
            if refused := [imported.file_name for imported in imports if imported.state == Import.State.REFUSED]:
                raise self.error(f"Nothing was imported: {', '.join(refused)} can't be taken over as it is.")
            if options["preview"]:
                return
            if not any(imported.report["added"] or imported.report["changed"] for imported in imports):
                is_there = any(imported.report["unchanged"] for imported in imports)
                words = "All of this is there already" if is_there else "No row is left to take over"
                self.stdout.write(f"{words}: nothing to import.")
                return
            if not options["yes"] and not self.confirm():
                raise self.error("Nothing was imported: nobody confirmed it. --yes confirms.")
            apply(imports, user)
        except OutdatedError as error:
            raise self.error("Nothing was imported: the figures have changed meanwhile. Run it again.") from error
        except ImportRefusedError as error:
            raise self.error(str(error)) from error
        finally:
            for imported in imports:
                discard(imported)
        self.stdout.write("Imported.")

    def open(self, path: Path) -> BinaryIO:
        try:
            if path.exists() and not path.is_file():
                raise self.error(f"{path} is no file.")
            return path.open("rb")
        except OSError as error:
            raise self.error(f"{path} can't be read: {error.strerror}.") from error

    def begin(self, path: Path, user: AbstractUser | None, options: dict[str, Any]) -> Import:
        # A name on the disk need not be text.
        name = path.name.encode(errors="replace").decode()
        return Import.objects.create(
            file_name=name[-255:],
            address=options["address"],
            user=user,
            with_districts=options["districts"],
            with_schools=options["schools"],
        )

    def show(self, imported: Import) -> None:
        first, *more = summary(imported)
        self.stdout.write(f"{imported.file_name}: {first}")
        for line in more:
            self.stdout.write(f"  {line}")
        for heading, lines, count in findings(imported):
            self.stdout.write(f"  {heading}")
            for line in lines[:SHOWN]:
                self.stdout.write(f"    {line}")
            if count > SHOWN:
                self.stdout.write(f"    … and {count - SHOWN:,} more")

    def confirm(self) -> bool:
        self.stdout.write("Take this over? [y/N] ", ending="")
        self.stdout.flush()
        return sys.stdin.readline().strip().lower() in {"y", "yes"}

    def find_user(self, name: str) -> AbstractUser | None:
        if not name:
            return None
        user = get_user_model().objects.filter(username=name).first()
        if user is None:
            raise self.error(f"There is no account “{name}”.")
        return user

    def check_address(self, address: str) -> None:
        try:
            if address:
                Import._meta.get_field("address").run_validators(address)
        except ValidationError as error:
            raise self.error(f"“{address}” is not an address.") from error

    def error(self, reason: str) -> CommandError:
        return CommandError(reason, returncode=2)
