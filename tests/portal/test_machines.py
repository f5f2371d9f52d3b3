"""Addresses that machines ask for: probes, robots, security.txt, the favicon."""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.staticfiles import finders
from django.db import DatabaseError
from django.test import Client

from tests import factories


def test_living_process_says_so_without_asking_the_database(client: Client, django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok")


def test_ready_portal_says_what_is_ready(client: Client) -> None:
    response = client.get("/readyz")
    assert response.status_code == 200
    assert json.loads(response.content) == {"database": True, "cache": True, "migrations": True}


@pytest.mark.parametrize("check", ["database", "cache", "migrations"])
def test_portal_that_is_not_ready_says_what_is_missing(client: Client, monkeypatch, check: str) -> None:
    def fail() -> bool:
        raise DatabaseError("secret detail")

    names = {"database": "_database_answers", "cache": "_cache_answers", "migrations": "_is_migrated"}
    monkeypatch.setattr(f"portal.views.{names[check]}", fail)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert json.loads(response.content)[check] is False
    assert b"secret" not in response.content


def test_probes_are_answered_under_any_address_of_the_machine(client: Client) -> None:
    """A load balancer asks by plain HTTP and by number."""
    assert client.get("/healthz", HTTP_HOST="127.0.0.1").status_code == 200


def test_robots_are_shown_the_sitemap_and_kept_from_the_admin(client: Client) -> None:
    assert client.get("/robots.txt").content.decode().splitlines() == [
        "User-agent: *",
        "Disallow: /admin/",
        "Sitemap: http://localhost:8000/sitemap.xml",
    ]


def security_txt(client: Client) -> dict[str, str]:
    response = client.get("/.well-known/security.txt")
    assert response.status_code == 200
    return dict(line.split(": ", 1) for line in response.content.decode().splitlines())


def test_security_txt_has_what_rfc_9116_asks_for(client: Client) -> None:
    factories.full_settings()
    fields = security_txt(client)
    assert fields["Contact"] == "mailto:office@results.test"
    assert fields["Canonical"] == "http://localhost:8000/.well-known/security.txt"
    assert fields["Preferred-Languages"] == "en, es"
    left = datetime.fromisoformat(fields["Expires"]) - datetime.now(UTC)
    assert timedelta(days=30) < left < timedelta(days=366)


@pytest.mark.parametrize(
    ("contact", "printed"),
    [
        ("security@results.test", "mailto:security@results.test"),
        ("mailto:security@results.test", "mailto:security@results.test"),
        ("https://results.test/report", "https://results.test/report"),
    ],
)
def test_contact_for_security_is_an_address(client: Client, contact: str, printed: str) -> None:
    factories.full_settings(security_contact=contact)
    assert security_txt(client)["Contact"] == printed


def test_security_txt_without_a_contact_is_not_found(client: Client) -> None:
    assert client.get("/.well-known/security.txt").status_code == 404


def test_favicon_leads_to_a_file_that_is_there(client: Client) -> None:

    address = client.get("/favicon.ico").headers["Location"]
    assert finders.find(address.removeprefix("/static/"))


def test_every_static_file_that_a_page_names_is_there(client: Client) -> None:

    factories.full_settings()
    for address in ("/", "/nowhere/"):
        names = set(re.findall(r'(?:href|src)="/static/([^"#]+)', client.get(address).content.decode()))
        assert names
        assert [name for name in names if not finders.find(name)] == []


def test_manifest_of_the_portal_names_icons_that_are_there(client: Client) -> None:

    response = client.get("/site.webmanifest")
    assert response.headers["Content-Type"] == "application/manifest+json"
    manifest = json.loads(response.content)
    assert manifest["name"]
    assert [icon for icon in manifest["icons"] if not finders.find(icon["src"].removeprefix("/static/"))] == []
