"""Fills an empty portal with the demo content."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from portal.demo.files import DemoError
from portal.demo.loader import FOLDER, is_untouched, load


class Command(BaseCommand):
    """`manage.py load_demo`: again and again without harm, since what is there is left as it is."""

    help = "Loads the demo content. What it made before stays as editors have left it, also when they deleted it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--wipe", action="store_true", help="first remove exactly what was loaded before")
        parser.add_argument(
            "--if-empty", action="store_true", help="only when nothing was loaded and there is no home page"
        )
        parser.add_argument(
            "--folder", type=Path, default=FOLDER, help="where the content is (default: the portal's own)"
        )

    def handle(self, *, wipe: bool, if_empty: bool, folder: Path, **options) -> None:
        try:
            if if_empty and not is_untouched(folder):
                self.stdout.write("Demo content: nothing to do, the portal is not empty.")
                return
            report = load(folder, wipe_first=wipe)
        except DemoError as error:
            raise CommandError(str(error), returncode=2) from error
        for title in report.kept:
            self.stdout.write(f"Kept “{title}”: other pages are below it.")
        for key in report.left_out:
            self.stdout.write(f"Left out “{key}”: what it belongs to was deleted or is set up otherwise.")
        self.stdout.write(f"Demo content: {report.made} made, {report.there_already} there already.")
