#!/usr/bin/env python
"""Entry point of every management command; `make` lists the everyday ones."""

import os
import sys

try:
    from django.core.management import execute_from_command_line
except ModuleNotFoundError:
    print("Django is not here: run this as .venv/bin/python manage.py (make serve installs it).", file=sys.stderr)
    sys.exit(2)

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.dev")
    execute_from_command_line(sys.argv)
