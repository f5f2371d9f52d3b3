"""The test suite: production's rules with quick passwords, plain static files and a cache for each process."""

import tempfile

from portal.settings.base import *  # noqa: F403 - settings are built by extension
from portal.settings.base import DATABASES, STORAGES

SECRET_KEY = "test-only-key-for-the-suite-and-nothing-else"  # noqa: S105 - protects nothing
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver", "results.test"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
STORAGES["default"]["OPTIONS"]["location"] = tempfile.mkdtemp(prefix="results-test-media-")
# The live server of Django serves files by their plain names.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
# Nothing is collected; without a folder WhiteNoise warns at each request.
STATIC_ROOT = STORAGES["default"]["OPTIONS"]["location"]
# A pool and a database that is dropped at the end don't go together.
DATABASES["default"].get("OPTIONS", {}).pop("pool", None)
