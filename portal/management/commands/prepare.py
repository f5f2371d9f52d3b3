import os
import secrets
from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.urls import reverse

from portal.demo.loader import FOLDER
from portal.roles import ensure_roles
from portal.settings import environment


class Command(BaseCommand):
    help = "All that stands between a checkout and a running portal: database, groups, demo content, first account."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--bare", action="store_true", help="instead of the demo content, a home page and empty lists to begin with"
        )

    def handle(self, *, bare: bool, **options) -> None:
        call_command("migrate", interactive=False, verbosity=0)
        ensure_roles()
        call_command("load_demo", if_empty=True, folder=FOLDER / "bare" if bare else FOLDER, stdout=self.stdout)
        login = self.first_account()
        self.stdout.write(f"\n  Portal   {settings.BASE_URL}/")
        self.stdout.write(f"  Admin    {settings.BASE_URL}{reverse('wagtailadmin_home')}   {login}\n")

    def first_account(self) -> str:
        """Makes the account `admin` when there is no account at all; gives the words that tell how to log in."""
        users = get_user_model().objects
        if not users.exists():
            password = environment.text("ADMIN_PASSWORD") or secrets.token_urlsafe(12)
            self.keep(password)
            users.create_superuser("admin", "admin@localhost.localdomain", password)
        return self.describe(users.filter(username="admin").first())

    @property
    def password_file(self) -> Path:
        return settings.VAR_DIR / "admin-password"

    def keep(self, password: str) -> None:
        """Writes the password where only the owner of the checkout can read it."""
        descriptor = os.open(self.password_file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(f"{password}\n")

    def describe(self, user: AbstractUser | None) -> str:
        if user and self.password_file.exists():
            password = self.password_file.read_text().strip()
            if user.check_password(password):
                return f"user admin, password {password}"
        return "log in with the password that you have set"
