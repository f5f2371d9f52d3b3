"""Addresses of the sites before this one, which managers send on."""

import pytest
from django.test import Client
from wagtail.contrib.redirects.models import Redirect

from tests import factories

NEW = "https://www.ed.gov/"
# As other sites link to them: /guidelines, /node/127/, …
BELOW = {
    "/updates/atom/": "/news/atom/",
    "/updates/rss/": "/news/rss/",
    "/updates/?topic=privacy": "/news/?topic=privacy",
    "/impact/2021-22/": "/figures/2021-22/",
    "/impact/data/": "/figures/data/",
}
OLD = ["/guidelines", "/node/127/", "/legislation/policy_qas/page:4", "/Resources/adm2020", "/español/Guía"]


@pytest.mark.parametrize("old", OLD)
def test_old_address_is_sent_on_in_any_letter_case(client: Client, site, old: str) -> None:
    Redirect.add_redirect(old, redirect_to=NEW, is_permanent=True)
    plain = old.rstrip("/")
    # Databases know the case of ASCII alone: "Í" and "í" are two letters to SQLite.
    upper = "".join(letter.upper() if letter.isascii() else letter for letter in plain)
    ways = [old, plain, f"{plain}/", upper, f"{plain}?from=mail", f"{upper}/?from=mail"]
    answers = {way: client.get(way) for way in ways}
    assert [way for way, answer in answers.items() if (answer.status_code, answer.get("Location")) != (301, NEW)] == []


def test_address_in_the_same_letters_goes_first(client: Client, site) -> None:
    Redirect.add_redirect("/resources/adm2020", redirect_to="https://example.org/small")
    Redirect.add_redirect("/Resources/adm2020", redirect_to="https://example.org/large")
    assert client.get("/Resources/adm2020").url == "https://example.org/large"
    assert client.get("/resources/adm2020").url == "https://example.org/small"


def test_what_lies_below_a_page_moves_with_it(client: Client, update_index, committing) -> None:
    factories.TopicFactory(slug="privacy")
    figures = factories.ImpactPageFactory(full=True)
    old = {address: client.get(address).status_code for address in BELOW}
    assert set(old.values()) == {200}
    with committing():
        for page, slug in ((update_index, "news"), (figures, "figures")):
            page.slug = slug
            page.save_revision().publish()
    assert {address: client.get(address).get("Location") for address in BELOW} == BELOW
    assert {client.get(new).status_code for new in BELOW.values()} == {200}


def test_redirect_with_a_query_is_for_that_query(client: Client, site) -> None:
    Redirect.add_redirect("/node?id=127", redirect_to=NEW)
    assert client.get("/node/?id=127").url == client.get("/Node/?ID=127").url == NEW
    assert client.get("/node/?id=128").status_code == 404


def test_page_that_is_there_is_not_sent_on(client: Client, update_index) -> None:
    Redirect.add_redirect("/updates", redirect_to=NEW)
    assert client.get("/updates/").status_code == 200
