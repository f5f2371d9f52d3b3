"""Production, with its static files in the folder of the benchmark and without those of the admin."""

import os
from pathlib import Path

from portal.settings.production import *  # noqa: F403 - settings are built by extension

STATIC_ROOT = Path(os.environ["BENCH_STATIC_ROOT"])
# Visitors get only these; the admin's would take half a minute to compress.
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
