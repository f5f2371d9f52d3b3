"""What must be true of every public address, found in the URL configuration."""

import pytest
from django.test import Client
from django.urls import path
from wagtail.models import PageViewRestriction

from portal.models import PortalImage
from tests.contracts.addresses import ROWS, routes
from tests.factories import DocumentFactory, ImageFactory, ImpactPageFactory, StandardPageFactory, full_settings
from tests.faults import ERROR_PAGE_RULES, faults_of

# A form of ours needs the token that guards it, in a cookie.
FORMS = ("/_util/",)
READING = {"GET", "HEAD", "OPTIONS"}


@pytest.fixture
def address(request, site) -> str:
    """The address of a row, with what it leads to."""
    address = request.param
    if address.startswith("/media/"):
        image: PortalImage = ImageFactory()
        return image.picture.src
    if address.startswith("/documents/"):
        return DocumentFactory().url
    if "{restriction}" in address:
        page = StandardPageFactory()
        restriction = PageViewRestriction.objects.create(page=page, restriction_type="password", password="x")
        return address.format(restriction=restriction.pk, page=page.pk)
    full_settings()
    if address.startswith(("/data.json", "/impact/")):
        ImpactPageFactory(full=True)
    return address


def every_row(*names: str, forms: bool = True):
    """Runs a test for each row, with the named columns."""
    rows = [dict(zip(("address", "status", "kind", "cache"), row, strict=True)) for row in ROWS.values()]
    rows = [row for row in rows if forms or not row["address"].startswith(FORMS)]
    values = [tuple(row[name] for name in names) for row in rows]
    return pytest.mark.parametrize(names, values, indirect=["address"], ids=[row["address"] for row in rows])


def test_every_public_address_has_a_row() -> None:
    missing = set(routes()) - set(ROWS)
    assert not missing, f"new addresses: give each a row in tests/contracts/addresses.py: {missing}"


def test_address_without_a_row_is_found() -> None:
    assert set(routes([path("new", lambda request: None)])) - set(ROWS) == {"new"}


@every_row("address", "status", "kind", "cache")
def test_address_answers_as_its_row_says(
    client: Client, address: str, status: int, kind: str, cache: str | None
) -> None:
    response = client.get(address)
    assert (response.status_code, response.headers["Content-Type"]) == (status, kind)
    assert response.headers.get("Cache-Control") == cache


@every_row("address", forms=False)
def test_address_sets_no_cookie_and_tells_no_visitors_apart(client: Client, address: str) -> None:
    response = client.get(address)
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")


@every_row("address")
def test_address_has_the_headers_that_protect_visitors(client: Client, address: str) -> None:
    headers = client.get(address).headers
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "camera=()" in headers["Permissions-Policy"]


@every_row("address", forms=False)
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"])
def test_address_refuses_what_only_changes_things(client: Client, address: str, method: str) -> None:
    response = client.generic(method, address, b"x=1", content_type="application/x-www-form-urlencoded")
    assert response.status_code == 405
    assert {name.strip() for name in response.headers["Allow"].split(",")} <= READING


@every_row("address", "status")
def test_head_gets_the_headers_of_get(client: Client, address: str, status: int) -> None:
    response = client.head(address)
    assert response.status_code == status
    assert response.getvalue() == b""


@every_row("address")
def test_page_of_an_address_keeps_the_rules_of_html(client: Client, address: str) -> None:
    response = client.get(address)
    if response.status_code == 200 and response.headers["Content-Type"].startswith("text/html"):
        assert faults_of(response.content.decode(), ERROR_PAGE_RULES) == {}
