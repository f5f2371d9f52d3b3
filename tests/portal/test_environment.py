"""Settings that can't be read end the start with one line that names the variable; the right ones are understood."""

import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
from django.conf import settings

from portal.settings import environment

REFUSED = [
    ("BASE_URL", "localhost"),
    ("BASE_URL", "ftp://results.test"),
    ("BASE_URL", "https://results.test:port"),
    ("BASE_URL", "https://results.test/path"),
    ("BASE_URL", "https://"),
    ("DATABASE_URL", "mysql://localhost/results"),
    ("DATABASE_URL", "nonsense"),
    ("DATABASE_URL", "postgres://localhost"),
    ("CACHE_URL", "memcached://localhost"),
    ("CACHE_URL", "nonsense"),
    ("MEDIA_STORAGE_URL", "ftp://host/folder"),
    ("MEDIA_STORAGE_URL", "s3://"),
    ("FRONT_CACHE_URL", "varnish"),
    ("EMAIL_URL", "pigeon://roof"),
    ("LOG_FORMAT", "xml"),
    ("TASK_QUEUE", "later"),
    ("WEB_CONCURRENCY", "abc"),
    ("WEB_CONCURRENCY", "0"),
    ("PORT", "-1"),
]
READERS = {
    "BASE_URL": lambda: environment.web_address("BASE_URL", "http://localhost"),
    "DATABASE_URL": lambda: environment.database(Path("db")),
    "CACHE_URL": lambda: environment.cache(Path("cache")),
    "MEDIA_STORAGE_URL": lambda: environment.media_storage(Path("media")),
    "FRONT_CACHE_URL": environment.front_cache,
    "EMAIL_URL": environment.email,
    "LOG_FORMAT": lambda: environment.choice("LOG_FORMAT", ["text", "json"]),
    "WEB_CONCURRENCY": lambda: environment.number("WEB_CONCURRENCY", 2),
    "PORT": lambda: environment.number("PORT", 8000),
    "TASK_QUEUE": lambda: environment.choice("TASK_QUEUE", ["immediate", "database"]),
}
GOOD = {"SECRET_KEY": "k" * 40, "ALLOWED_HOSTS": "results.test", "BASE_URL": "https://results.test"}


def start(**variables: str) -> subprocess.CompletedProcess:
    """Starts the portal with nothing but these variables, as `manage.py check` does."""
    names = {"PATH", "HOME", "LANG", "VIRTUAL_ENV"}
    kept = {name: value for name, value in os.environ.items() if name in names}
    command = [sys.executable, "-c", "import django; django.setup(); from django.conf import settings; settings.DEBUG"]
    return subprocess.run(  # noqa: S603 - our own program
        command, cwd=settings.BASE_DIR, env=kept | {"DJANGO_SETTINGS_MODULE": "portal.settings.production"} | variables,
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


@pytest.mark.parametrize(("name", "value"), REFUSED)
def test_value_that_can_not_be_read_ends_the_start_with_one_line(monkeypatch, capsys, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SystemExit) as end:
        READERS[name]()
    assert end.value.code == 2
    message = capsys.readouterr().err
    assert message.startswith(f"{name}: ")
    assert message.count("\n") == 1


@pytest.mark.parametrize(
    ("value", "is_on"), [("true", True), ("1", True), ("YES", True), ("off", False), ("False", False)]
)
def test_switch_is_understood(monkeypatch, value: str, is_on: bool) -> None:
    monkeypatch.setenv("DEBUG", value)
    assert environment.flag("DEBUG") is is_on


def test_switch_that_says_neither_is_refused(monkeypatch, capsys) -> None:
    monkeypatch.setenv("DEBUG", "perhaps")
    with pytest.raises(SystemExit):
        environment.flag("DEBUG")
    assert capsys.readouterr().err == "DEBUG: is 'perhaps'; say true or false\n"


def test_secret_is_read_from_a_file(monkeypatch, tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text("kept-in-a-file\n")
    monkeypatch.delenv("SECRET_KEY", raising=False)
    monkeypatch.setenv("SECRET_KEY_FILE", str(file))
    assert environment.text("SECRET_KEY") == "kept-in-a-file"


@pytest.mark.parametrize(
    ("value", "engine"),
    [
        ("sqlite:////var/lib/results/db.sqlite3", "django.db.backends.sqlite3"),
        ("postgres://user:pass%23word@db:5432/results", "django.db.backends.postgresql"),
        ("postgresql://db/results", "django.db.backends.postgresql"),
    ],
)
def test_database_is_understood(monkeypatch, value: str, engine: str) -> None:
    monkeypatch.setenv("DATABASE_URL", value)
    database = environment.database(Path("db"))
    assert database["ENGINE"] == engine
    assert database.get("PASSWORD", "") in ("", "pass#word")


def test_dead_postgresql_is_given_up_within_a_second(monkeypatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://db/results")
    assert environment.database(Path("db"))["OPTIONS"]["pool"]["timeout"] < 1


@pytest.mark.parametrize(
    ("value", "backend", "location"),
    [
        ("redis://cache:6379/1", "RedisCache", "redis://cache:6379/1"),
        ("valkey://cache:6379/1", "RedisCache", "redis://cache:6379/1"),
        ("locmem://", "LocMemCache", "results"),
        ("file:///tmp/cache", "FileBasedCache", "/tmp/cache"),  # noqa: S108 - names a folder, makes none
    ],
)
def test_cache_is_understood(monkeypatch, value: str, backend: str, location: str) -> None:
    monkeypatch.setenv("CACHE_URL", value)
    cache = environment.cache(Path("cache"))
    assert cache["BACKEND"].endswith(backend)
    assert cache["LOCATION"] == location


@pytest.mark.parametrize(
    ("value", "origin", "address"),
    [
        ("s3://bucket/media?region=us-east-1", "https://bucket.s3.us-east-1.amazonaws.com", ""),
        ("s3://bucket?endpoint=http://store:9000/", "http://store:9000", "/bucket"),
        ("s3://bucket", "https://bucket.s3.amazonaws.com", ""),
    ],
)
def test_pictures_of_a_store_are_allowed(monkeypatch, value: str, origin: str, address: str) -> None:
    for name in ("storages", "storages.backends", "storages.backends.s3"):
        monkeypatch.setitem(sys.modules, name, ModuleType(name))
    monkeypatch.setenv("MEDIA_STORAGE_URL", value)
    storage = environment.media_storage(Path("media"))
    assert environment.picture_origins(storage) == [origin]
    options = storage["OPTIONS"]
    assert f"{options['url_protocol']}//{options['custom_domain']}" == origin + address


@pytest.mark.parametrize("endpoint", ["store:9000", "store.test", "ftp://store", "https://"])
def test_endpoint_that_is_no_address_is_refused(monkeypatch, capsys, endpoint: str) -> None:
    for name in ("storages", "storages.backends", "storages.backends.s3"):
        monkeypatch.setitem(sys.modules, name, ModuleType(name))
    monkeypatch.setenv("MEDIA_STORAGE_URL", f"s3://bucket?endpoint={endpoint}")
    with pytest.raises(SystemExit):
        environment.media_storage(Path("media"))
    assert capsys.readouterr().err.startswith("MEDIA_STORAGE_URL: has the endpoint ")


def test_own_pictures_need_no_other_origin(monkeypatch) -> None:
    monkeypatch.setenv("MEDIA_STORAGE_URL", "file:///srv/media")
    assert environment.picture_origins(environment.media_storage(Path("media"))) == []


def test_names_of_hosts_may_stand_apart() -> None:
    assert start(**GOOD | {"ALLOWED_HOSTS": "a.test, b.test ,"}).returncode == 0
    assert "comma between" in start(**GOOD | {"ALLOWED_HOSTS": " , "}).stderr


def test_nothing_has_to_be_said(monkeypatch) -> None:
    for name in READERS:
        monkeypatch.delenv(name, raising=False)
    assert environment.front_cache() == {}
    assert environment.web_address("BASE_URL", "http://localhost:8000") == "http://localhost:8000"
    assert environment.database(Path("/x/db.sqlite3"))["NAME"] == "/x/db.sqlite3"


@pytest.mark.parametrize(
    ("variables", "name"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY"),
        ({"SECRET_KEY": "dev-only-key-that-production-refuses"}, "SECRET_KEY"),
        ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS"),
        ({"DATABASE_URL": "nonsense"}, "DATABASE_URL"),
    ],
    ids=str,
)
def test_production_refuses_to_start_without_what_keeps_it_safe(variables: dict[str, str], name: str) -> None:
    run = start(**GOOD | variables)
    assert run.returncode == 2
    assert run.stderr.startswith(f"{name}: ")
    assert run.stderr.count("\n") == 1


def test_production_starts_with_a_key_and_hosts() -> None:
    run = start(**GOOD)
    assert (run.returncode, run.stderr) == (0, "")
