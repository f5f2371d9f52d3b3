"""A developer's machine: debug pages, the toolbar, reload; started by `make dev` and used by manage.py by default."""

from importlib.util import find_spec

from portal.settings import environment
from portal.settings.base import *  # noqa: F403 - settings are built by extension
from portal.settings.base import INSTALLED_APPS, MIDDLEWARE, STORAGES

DEBUG = environment.flag("DEBUG", True)
SECRET_KEY = environment.text("SECRET_KEY", "dev-only-key-that-production-refuses")
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", ".localhost"]
INTERNAL_IPS = ["127.0.0.1", "::1"]

# Files are served as they lie under static/, so that a rebuilt style sheet shows at once.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}

# They come with the developer's packages, which commands beside `make serve` do without.
if DEBUG and find_spec("debug_toolbar"):
    INSTALLED_APPS += ["debug_toolbar", "django_browser_reload"]
    # After the gzip middleware in the list, so that they see the page before it is compressed.
    position = MIDDLEWARE.index("portal.middleware.refuse_unreadable_paths")
    MIDDLEWARE[position:position] = [
        "debug_toolbar.middleware.DebugToolbarMiddleware",
        "django_browser_reload.middleware.BrowserReloadMiddleware",
    ]
