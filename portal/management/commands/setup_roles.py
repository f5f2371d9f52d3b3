from django.core.management.base import BaseCommand

from portal.roles import ensure_roles


class Command(BaseCommand):
    help = "Makes the groups Author, Editor and Manager and their review workflows, where they are missing."

    def handle(self, **options) -> None:
        made = ensure_roles()
        self.stdout.write(f"Groups made: {', '.join(made)}." if made else "All groups are there; nothing changed.")
