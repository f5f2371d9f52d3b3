"""The address of a private page refuses whoever may not see it, and no cache keeps what it answers."""

import pytest
from django.test import Client
from wagtail.models import BaseViewRestriction, Collection, CollectionViewRestriction

from tests import factories
from tests.faults import ERROR_PAGE_RULES, faults_of
from tests.publication.secrets import PRIVATE, SECRETS, WORD, restrict


def is_kept_by_nobody(response) -> bool:
    policy = response.headers["Cache-Control"]
    return "public" not in policy and ("no-store" in policy or "private" in policy)


@pytest.mark.parametrize("way", PRIVATE)
@pytest.mark.parametrize("secret", SECRETS)
def test_private_page_refuses_a_visitor(client: Client, secret: str, way: str) -> None:
    page = SECRETS[secret]()
    PRIVATE[way](page)
    response = client.get(page.get_url())
    assert response.status_code == (200 if "password" in way else 302)
    assert WORD not in response.content.decode().lower().replace(page.get_url(), "")
    assert is_kept_by_nobody(response)


@pytest.mark.parametrize("kind", ["atom", "rss"])
def test_feed_of_a_private_list_refuses_a_visitor(client: Client, kind: str) -> None:
    page = SECRETS["update"]()
    restrict(page.get_parent(), "login")
    response = client.get(f"/updates/{kind}/")
    assert response.status_code == 302
    assert is_kept_by_nobody(response)


def test_form_for_the_password_keeps_the_rules_of_html(client: Client) -> None:
    page = SECRETS["section"]()
    restrict(page, "password")
    assert faults_of(client.get(page.get_url()).content.decode().replace(WORD, "x"), ERROR_PAGE_RULES) == {}


def test_password_opens_the_page_for_its_visitor_alone(client: Client) -> None:
    page = SECRETS["section"]()
    restriction = restrict(page, "password")
    form = f"/_util/authenticate_with_password/{restriction.pk}/{page.pk}/"
    wrong = client.post(form, {"password": "guess", "return_url": page.get_url()})
    assert wrong.status_code == 200
    assert faults_of(wrong.content.decode(), ERROR_PAGE_RULES) == {}
    right = client.post(form, {"password": "open sesame", "return_url": page.get_url()})
    assert (right.status_code, right.headers["Location"]) == (302, page.get_url())
    opened = client.get(page.get_url())
    assert opened.status_code == 200
    assert "Zanzibar" in opened.content.decode()
    assert is_kept_by_nobody(opened)
    assert "Zanzibar" not in Client().get(page.get_url()).content.decode()


def test_password_form_sends_nobody_to_another_site(client: Client) -> None:
    page = SECRETS["section"]()
    restriction = restrict(page, "password")
    form = f"/_util/authenticate_with_password/{restriction.pk}/{page.pk}/"
    response = client.post(form, {"password": "open sesame", "return_url": "https://evil.example/"})
    assert response.status_code == 302
    assert "evil" not in response.headers["Location"]


def test_login_opens_a_page_for_users(log_in, author) -> None:
    page = SECRETS["section"]()
    restrict(page, "login")
    response = log_in(author).get(page.get_url())
    assert "Zanzibar" in response.content.decode()
    assert is_kept_by_nobody(response)


def test_way_to_a_page_for_users_leads_through_a_login_that_is_there(client: Client) -> None:
    page = SECRETS["section"]()
    restrict(page, "login")
    response = client.get(page.get_url(), follow=True)
    assert response.status_code == 200
    assert 'name="password"' in response.content.decode()


def test_group_opens_a_page_for_its_members_alone(log_in, author, manager) -> None:
    page = SECRETS["section"]()
    restrict(page, "groups")
    assert "Zanzibar" in log_in(manager).get(page.get_url()).content.decode()
    response = log_in(author).get(page.get_url())
    assert response.status_code == 302
    assert is_kept_by_nobody(response)


def test_whoever_is_logged_in_gets_pages_that_no_cache_keeps(log_in, author) -> None:
    assert is_kept_by_nobody(log_in(author).get("/"))


def test_document_of_a_private_collection_refuses_a_visitor(client: Client) -> None:
    root = Collection.get_first_root_node()
    collection = root.add_child(name="Staff")
    restriction = CollectionViewRestriction(collection=collection, restriction_type=BaseViewRestriction.LOGIN)
    restriction.save()
    document = factories.DocumentFactory(collection=collection)
    response = client.get(document.url)
    assert response.status_code == 302
    assert "public" not in response.headers.get("Cache-Control", "")


@pytest.mark.parametrize("folder", ["documents", "original_images"])
def test_folder_that_is_not_for_visitors_has_no_address(client: Client, folder: str) -> None:
    document = factories.DocumentFactory()
    image = factories.ImageFactory()
    name = document.file.name if folder == "documents" else image.file.name
    assert name.startswith(folder)
    for path in (name, f"images/../{name}", f"images/%2e%2e/{name}", f"./{name}", f"/{name}"):
        assert client.get(f"/media/{path}").status_code == 404
