"""A cache for what changes only when an editor changes something: menus, addresses, counts.

All entries carry the content version in their key. Publishing, unpublishing, moving or deleting anything, and saving
settings, make a new version, so that no entry has to be found and removed. Entries live a minute at most, because a
page can also expire by the clock.

The version is read from the shared cache once a request; entries of the version are kept in the process as well, so
that a page doesn't unpack the same menu from the shared cache each time. Values are therefore only to be read.
"""

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar
from uuid import uuid4

from django.core.cache import cache
from django.core.signals import request_finished, request_started
from django.db import transaction
from django.dispatch import receiver

T = TypeVar("T")

VERSION_KEY = "content-version"
SECONDS = 60
# What one process keeps before it starts anew; a portal of 50,000 pages links to a few hundred.
ENTRIES = 5000
# Seconds that a thread waits for what another one builds.
PATIENCE = 0.2

# {key: (time at which it goes stale, value)}
_entries: dict[str, tuple[float, Any]] = {}
# Reentrant: the menu, say, is built of addresses, which are entries too.
_building = threading.RLock()


class _Request(threading.local):
    """The version that a request began with, so that it sees one state of the content from start to end; and whether
    it has to do without entries.
    """

    is_running = False
    version: str | None = None
    is_preview = False


_request = _Request()


@receiver(request_started, dispatch_uid="content version")
def _begin(**kwargs) -> None:
    _request.is_running, _request.version = True, None


@receiver(request_finished, dispatch_uid="content version")
def _end(**kwargs) -> None:
    _request.is_running, _request.version = False, None


def content_version() -> str:
    """The version that all entries of now belong to; the same in every process that shares the cache."""
    version = _request.version or cache.get_or_set(VERSION_KEY, _new_version, None)
    if _request.is_running:
        _request.version = version
    return version


def forget_content(**kwargs) -> None:
    """Makes every entry stale as soon as the change is stored; takes what a signal sends, and needs none of it."""
    transaction.on_commit(_start_new_version)


@contextmanager
def unremembered() -> Iterator[None]:
    """Within it everything is built anew and nothing is kept: what a draft shows must not reach visitors."""
    before, _request.is_preview = _request.is_preview, True
    try:
        yield
    finally:
        _request.is_preview = before


def remember(name: str, build: Callable[[], T]) -> T:
    """The entry of that name, built when there is none."""
    return remember_many(name, [""], lambda _ids: {"": build()})[""]


def remember_many(name: str, ids: Iterable[str], build: Callable[[list[str]], dict[str, T]]) -> dict[str, T]:
    """Entries of one kind by id; `build` gets those that are missing, all at once."""
    if _request.is_preview:
        return build(list(ids))
    version = content_version()
    keys = {f"{name}-{key}:{version}": key for key in ids}
    found = _kept(keys)
    if len(found) < len(keys):
        with _one_at_a_time():
            # Another thread may have built them while this one waited.
            found = _kept(keys)
            if elsewhere := [key for key in keys if key not in found]:
                shared = cache.get_many(elsewhere)
                if missing := [keys[key] for key in elsewhere if key not in shared]:
                    expires = time.time() + SECONDS
                    built = {f"{name}-{key}:{version}": (expires, value) for key, value in build(missing).items()}
                    cache.set_many(built, SECONDS)
                    shared |= built
                _keep(shared)
                found |= shared
    return {keys[key]: value for key, (_expires, value) in found.items()}


def _kept(keys: Iterable[str]) -> dict[str, tuple[float, Any]]:
    return {key: entry for key in keys if (entry := _entries.get(key)) and entry[0] > time.time()}


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """After a change one thread of a process builds and the others take what it made.

    None waits for long: where the database is silent, each has to find out in time to say so.
    """
    is_held = _building.acquire(timeout=PATIENCE)
    try:
        yield
    finally:
        if is_held:
            _building.release()


def _keep(entries: dict[str, tuple[float, Any]]) -> None:
    if len(_entries) + len(entries) > ENTRIES:
        _entries.clear()
    _entries.update(entries)


def _start_new_version() -> None:
    cache.set(VERSION_KEY, _new_version(), None)
    _request.version = None


def _new_version() -> str:
    return uuid4().hex
