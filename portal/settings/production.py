"""What visitors get. It refuses to start without a secret key and the names it answers to."""

from portal.settings import environment
from portal.settings.base import *  # noqa: F403 - settings are built by extension
from portal.settings.base import INSTALLED_APPS, WAGTAILFRONTENDCACHE

SECRET_KEY = environment.text("SECRET_KEY")
if len(SECRET_KEY) < 32 or SECRET_KEY.startswith("dev-only"):
    environment.refuse("SECRET_KEY", "needs a random text of 32 characters or more, made once and kept secret")

ALLOWED_HOSTS = [name.strip() for name in environment.text("ALLOWED_HOSTS").split(",") if name.strip()]
if not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS:
    environment.refuse("ALLOWED_HOSTS", "needs the names that the portal answers to, comma between, no *")

if WAGTAILFRONTENDCACHE:
    INSTALLED_APPS += ["wagtail.contrib.frontend_cache"]
