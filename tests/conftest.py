"""Fixtures of the whole suite. Every test finds the same bare site and an empty cache, and leaves nothing behind."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import partial

import pytest
from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import translation
from wagtail.models import Site

from articles.models import ArticleIndexPage
from home.models import HomePage
from portal.roles import AUTHOR, EDITOR, MANAGER
from tests.factories import UserFactory, make_site
from updates.models import UpdateIndexPage

REAL_DATABASE = connection.settings_dict["NAME"]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The browser's files, which take a minute or two each, begin first: no process is left with one at the end."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is None)


def pytest_unconfigure() -> None:
    """Each process has a media folder of its own (portal/settings/test.py)."""
    shutil.rmtree(settings.STORAGES["default"]["OPTIONS"]["location"], ignore_errors=True)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker) -> None:
    """The bare site, made once for all tests of a process."""
    # A run whose tests need no database makes none, and would have the real one here.
    if connection.settings_dict["NAME"] != REAL_DATABASE:
        with django_db_blocker.unblock():
            make_site()


@pytest.fixture(autouse=True)
def _nothing_remembered() -> Iterator[None]:
    """Neither the cache nor the language of a request outlives a test."""
    cache.clear()
    with translation.override(settings.LANGUAGE_CODE):
        yield
    cache.clear()


@pytest.fixture
def site(db) -> Site:
    """The default site; made again here where a test on a live server has emptied the database."""
    return make_site()


@pytest.fixture
def home(site: Site) -> HomePage:
    return HomePage.objects.get()


@pytest.fixture
def update_index(site: Site) -> UpdateIndexPage:
    return UpdateIndexPage.objects.get()


@pytest.fixture
def article_index(site: Site) -> ArticleIndexPage:
    return ArticleIndexPage.objects.get()


@pytest.fixture
def client(site: Site) -> Client:
    """A visitor."""
    return Client()


@pytest.fixture
def author(site: Site) -> AbstractUser:
    return UserFactory(group=AUTHOR)


@pytest.fixture
def editor(site: Site) -> AbstractUser:
    return UserFactory(group=EDITOR)


@pytest.fixture
def manager(site: Site) -> AbstractUser:
    return UserFactory(group=MANAGER)


@pytest.fixture
def superuser(site: Site) -> AbstractUser:
    return UserFactory(is_superuser=True)


@pytest.fixture
def log_in(site: Site) -> Callable[[AbstractUser], Client]:
    """Gives a browser in which the user is logged in."""

    def log_in(user: AbstractUser) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return log_in


@pytest.fixture
def committing(django_capture_on_commit_callbacks) -> Callable[[], AbstractContextManager]:
    """`with committing():` runs at its end what waits for the end of a transaction, as a real request does."""
    return partial(django_capture_on_commit_callbacks, execute=True)
