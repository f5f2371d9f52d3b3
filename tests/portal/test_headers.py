"""Headers: what protects visitors, who may keep an answer, and how it is sent."""

import gzip

import pytest
from django.test import Client
from wagtail.models import Collection, CollectionViewRestriction

from tests import factories
from tests.faults import ERROR_PAGE_RULES, faults_of, soup_of

DIRECTIVES = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'self'",
}


def policy(response) -> dict[str, str]:
    parts = (part.strip().split(" ", 1) for part in response.headers["Content-Security-Policy"].split(";"))
    return {part[0]: part[1] for part in parts if len(part) == 2}


@pytest.mark.parametrize("address", ["/", "/updates/", "/nowhere/", "/robots.txt"])
def test_policy_for_visitors_allows_our_own_files_alone(client: Client, address: str) -> None:
    found = policy(client.get(address))
    assert {name: found.get(name) for name in DIRECTIVES} == DIRECTIVES
    assert "unsafe" not in str(found)


def test_policy_of_the_admin_is_wider_for_the_admin_alone(log_in, superuser) -> None:
    client = log_in(superuser)
    assert "unsafe-inline" in str(policy(client.get("/admin/")))
    assert "unsafe" not in str(policy(client.get("/")))
    for address in ("/administration/", "/adminx/", "/updates/admin/"):
        assert "unsafe" not in str(policy(client.get(address)))


def test_policy_of_the_admin_allows_no_foreign_script(log_in, superuser) -> None:
    found = policy(log_in(superuser).get("/admin/"))
    assert "http" not in str(found)
    assert "unsafe-eval" not in str(found)


def test_picture_can_not_act_as_a_page(client: Client) -> None:
    response = client.get(factories.ImageFactory().picture.src)
    assert "sandbox" in response.headers["Content-Security-Policy"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_document_can_not_act_as_a_page(client: Client) -> None:
    response = client.get(factories.DocumentFactory().url)
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]


def test_document_may_be_kept_as_long_as_a_page(client: Client, log_in, author) -> None:
    address = factories.DocumentFactory().url
    response = client.get(address)
    assert response.headers["Cache-Control"] == "public, max-age=60"
    assert "Cookie" not in response.headers.get("Vary", "")
    assert "Content-Encoding" not in response.headers
    assert client.get(address, HTTP_IF_NONE_MATCH=response.headers["ETag"]).status_code == 304
    assert "no-store" in log_in(author).get(address).headers["Cache-Control"]


@pytest.mark.parametrize("kind", ["password", "login"])
def test_way_to_a_private_document_is_kept_by_nobody(client: Client, kind: str) -> None:
    document = factories.DocumentFactory()
    document.collection = Collection.get_first_root_node().add_child(name="Private")
    document.save()
    CollectionViewRestriction.objects.create(collection=document.collection, restriction_type=kind, password="x")
    response = client.get(document.url)
    assert "no-store" in response.headers["Cache-Control"]
    if kind == "password":
        assert faults_of(response.content.decode(), ERROR_PAGE_RULES) == {}
        form = soup_of(response.content.decode()).form
        words = {field["name"]: field.get("value", "") for field in form.select("input[name]")} | {"password": "x"}
        client.post(form["action"], words)
        found = client.get(document.url)
        assert b"".join(found.streaming_content) == b"%PDF-1.4 a handout"
        assert "no-store" in found.headers["Cache-Control"]
    else:
        assert response.url.startswith("/admin/login/")


def test_visitors_page_may_be_kept_for_a_minute(client: Client) -> None:
    assert client.get("/").headers["Cache-Control"] == "public, max-age=60"


@pytest.mark.parametrize("address", ["/", "/updates/", "/updates/atom/"])
def test_page_for_a_user_is_kept_by_nobody(log_in, author, address: str) -> None:
    headers = log_in(author).get(address).headers
    assert "public" not in headers["Cache-Control"]
    assert "no-store" in headers["Cache-Control"]


def test_preview_is_kept_by_nobody(log_in, editor) -> None:
    page = factories.UpdatePageFactory()
    headers = log_in(editor).get(f"/admin/pages/{page.pk}/view_draft/").headers
    assert "public" not in headers.get("Cache-Control", "")


def test_logged_in_user_sees_the_user_bar_and_visitors_do_not(client: Client, log_in, editor) -> None:
    assert "wagtail-userbar" in log_in(editor).get("/").content.decode()
    assert "wagtail-userbar" not in client.get("/").content.decode()


def test_page_is_sent_compressed_to_whoever_takes_it(client: Client) -> None:
    plain = client.get("/")
    small = client.get("/", HTTP_ACCEPT_ENCODING="gzip")
    assert small.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(small.content) == plain.content
    assert len(small.content) < len(plain.content) / 2
    assert "Content-Encoding" not in plain.headers


def test_browser_that_has_the_page_already_is_told_so(client: Client) -> None:
    factories.UpdatePageFactory(slug="webinar")
    for address in ("/", "/updates/", "/updates/webinar/", "/sitemap.xml"):
        tag = client.get(address).headers["ETag"]
        again = client.get(address, HTTP_IF_NONE_MATCH=tag)
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["Content-Security-Policy"]


def test_page_is_the_same_each_time(client: Client) -> None:
    """Nothing random is in it, so that its tag stays the same until the page changes."""
    factories.full_settings()
    factories.UpdatePageFactory(full=True, slug="full")
    for address in ("/", "/updates/", "/updates/full/"):
        assert client.get(address).content == client.get(address).content
