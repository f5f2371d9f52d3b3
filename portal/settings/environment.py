"""Reads the settings that a deployment may choose, from environment variables.

A value that can't be read ends the process with one line that names the variable and exit code 2:
an operator who mistyped an address should not have to read a traceback.
"""

import sys
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import SplitResult, parse_qs, urlsplit

from environ import FileAwareEnv

env = FileAwareEnv()

DATABASE_ENGINES = {
    "django.db.backends.sqlite3": "sqlite",
    "django.db.backends.postgresql": "postgresql",
}


def refuse(name: str, reason: str) -> NoReturn:
    """Ends the start with the variable's name and what is wrong with it."""
    print(f"{name}: {reason}", file=sys.stderr)
    raise SystemExit(2)


def read(name: str, parse: Callable[[], Any]) -> Any:
    """The parsed value of a variable, or the end of the start."""
    try:
        with warnings.catch_warnings():
            # The parser only warns of an address that it can't make out.
            warnings.simplefilter("ignore")
            return parse()
    except Exception as error:  # noqa: BLE001 - every parser fails in its own way
        refuse(name, f"can't be read ({error})")


def text(name: str, default: str = "") -> str:
    """The value, or the default where it is empty or missing."""
    # A secret from a file (NAME_FILE) keeps the line end of the file.
    return env.str(name, "").strip() or default


def flag(name: str, default: bool = False) -> bool:
    value = text(name, str(default)).lower()
    if value not in {"1", "true", "yes", "on", "0", "false", "no", "off"}:
        refuse(name, f"is {value!r}; say true or false")
    return value in {"1", "true", "yes", "on"}


def number(name: str, default: int) -> int:
    """A whole number from 1 on."""
    value = text(name, str(default))
    if not value.isdecimal() or int(value) < 1:
        refuse(name, f"is {value!r}; give a whole number from 1 on")
    return int(value)


def choice(name: str, choices: list[str]) -> str:
    """One of the given words; the first is the default."""
    value = text(name, choices[0])
    if value not in choices:
        refuse(name, f"is {value!r}; choose one of {', '.join(choices)}")
    return value


def web_address(name: str, default: str) -> str:
    """An address such as https://results.example.gov, without a trailing slash."""
    value = text(name, default).rstrip("/")
    parts = read(name, lambda: (urlsplit(value), urlsplit(value).port))[0]
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path or parts.query:
        refuse(name, f"is {value!r}; it looks like https://host or http://host:port")
    return value


def database(default_file: Path) -> dict[str, Any]:
    """DATABASE_URL: sqlite:///FILE or postgres://USER:PASSWORD@HOST:PORT/NAME (an empty host is the local socket)."""
    url = text("DATABASE_URL", f"sqlite:///{default_file}")
    config = read("DATABASE_URL", lambda: env.db_url_config(url))
    engine = DATABASE_ENGINES.get(config.get("ENGINE", ""))
    if engine is None or not config.get("NAME"):
        refuse("DATABASE_URL", "starts with sqlite:/// or postgres:// and ends with a name")
    if engine == "sqlite":
        # Opening the file and teaching it Django's functions costs as much as three queries.
        config["CONN_MAX_AGE"] = 600
        # Write-ahead logging lets visitors read while an editor saves; IMMEDIATE makes two writers wait, not fail.
        config["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-16000;",
        }
    else:
        # The pool, unlike libpq, can give up within a second, so that a dead database is a 503 and not a hanging page.
        config["CONN_HEALTH_CHECKS"] = True
        config["OPTIONS"] = {"pool": {"min_size": 0, "max_size": 8, "timeout": 0.5}, "connect_timeout": 2}
    return config


def cache(default_folder: Path) -> dict[str, Any]:
    """CACHE_URL: file:///FOLDER (shared by the processes of one machine), redis://HOST:PORT/N or locmem://."""
    url = text("CACHE_URL", f"file://{default_folder}")
    parts = read("CACHE_URL", lambda: urlsplit(url))
    if parts.scheme == "file" and parts.path:
        return {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": parts.path,
            # Each new entry looks at all that lie there, also at those of versions that nobody asks for any more. What
            # is thrown out at random where there are more, the version itself perhaps, is only built anew.
            "OPTIONS": {"MAX_ENTRIES": 1000},
        }
    if parts.scheme in {"redis", "rediss", "valkey", "unix"}:
        return {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": url.replace("valkey://", "redis://", 1),
            "KEY_PREFIX": "results",
            # A dead cache is a 503 soon, and not a hanging page.
            "OPTIONS": {"socket_timeout": 0.5},
        }
    if parts.scheme == "locmem":
        return {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "results"}
    refuse("CACHE_URL", "starts with file:///, redis://, rediss:// or locmem://")


def media_storage(default_folder: Path) -> dict[str, Any]:
    """MEDIA_STORAGE_URL: file:///FOLDER, or s3://BUCKET/PREFIX?region=R&endpoint=URL (needs requirements/s3.txt)."""
    parts = read("MEDIA_STORAGE_URL", lambda: urlsplit(text("MEDIA_STORAGE_URL", f"file://{default_folder}")))
    if parts.scheme == "file" and parts.path:
        return {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": parts.path, "base_url": "/media/"},
        }
    if parts.scheme == "s3" and parts.netloc:
        try:
            import storages.backends.s3  # noqa: F401, PLC0415 - an optional package, asked for only here
        except ImportError:
            refuse("MEDIA_STORAGE_URL", "s3:// needs the packages of requirements/s3.txt")
        query = {key: values[0] for key, values in parse_qs(parts.query).items()}
        address = _address_of_bucket(parts.netloc, query.get("region"), query.get("endpoint"))
        return {
            "BACKEND": "storages.backends.s3.S3Storage",
            "OPTIONS": {
                "bucket_name": parts.netloc,
                "location": parts.path.strip("/"),
                "region_name": query.get("region"),
                "endpoint_url": query.get("endpoint"),
                "url_protocol": f"{address.scheme}:",
                "custom_domain": f"{address.netloc}{address.path}",
                "file_overwrite": False,
                "querystring_auth": False,
            },
        }
    refuse("MEDIA_STORAGE_URL", "starts with file:/// or s3://")


def _address_of_bucket(bucket: str, region: str | None, endpoint: str | None) -> SplitResult:
    """Where browsers get the files of a bucket."""
    if endpoint:
        address = urlsplit(f"{endpoint.rstrip('/')}/{bucket}")
        if address.scheme not in {"http", "https"} or not address.hostname:
            refuse(
                "MEDIA_STORAGE_URL", f"has the endpoint {endpoint!r}; it looks like https://host or http://host:port"
            )
        return address
    return urlsplit(f"https://{bucket}.s3.{region}.amazonaws.com" if region else f"https://{bucket}.s3.amazonaws.com")


def picture_origins(storage: dict[str, Any]) -> list[str]:
    """The origins beside our own that pictures come from, for the content security policy."""
    options = storage["OPTIONS"]
    if "custom_domain" not in options:
        return []
    return [f"{options['url_protocol']}//{options['custom_domain'].partition('/')[0]}"]


def front_cache() -> dict[str, Any]:
    """FRONT_CACHE_URL: the address of a Varnish or other cache that takes PURGE requests; none by default."""
    if not text("FRONT_CACHE_URL"):
        return {}
    location = web_address("FRONT_CACHE_URL", "")
    return {"default": {"BACKEND": "wagtail.contrib.frontend_cache.backends.HTTPBackend", "LOCATION": location}}


def email() -> dict[str, Any]:
    """EMAIL_URL: smtp+tls://USER:PASSWORD@HOST:PORT; by default mail is printed to the log."""
    config = read("EMAIL_URL", lambda: env.email_url_config(text("EMAIL_URL", "consolemail://")))
    if not config.get("EMAIL_BACKEND"):
        refuse("EMAIL_URL", "starts with smtp://, smtp+tls://, smtp+ssl:// or consolemail://")
    return config
