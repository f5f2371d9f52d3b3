import logging
import time

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import DatabaseError, connection

log = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Publishes and expires what editors have scheduled, every minute, until it is stopped."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--seconds", type=int, default=60, help="how long to wait between two looks")

    def handle(self, seconds: int, **options) -> None:
        try:
            while True:
                self.look()
                time.sleep(seconds)
        except KeyboardInterrupt:
            pass

    def look(self) -> None:
        """Once; a database that is away for a while must not stop the clock."""
        try:
            call_command("publish_scheduled", verbosity=0)
        except DatabaseError:
            log.exception("Nothing could be published or expired now")
        finally:
            connection.close()
