"""Wrong methods, hostile hosts and broken headers."""

import pytest
from django.test import Client

from tests import factories
from tests.faults import ERROR_PAGE_RULES, faults_of

HOSTS = {
    "foreign": "evil.example",
    "foreign with port": "evil.example:80",
    "user": "testserver@evil.example",
    "bad port": "testserver:port",
    "space": "test server",
    "script": "<script>alert(1)</script>",
    "line end": "testserver\r\nX-Evil: 1",
    "nul": "testserver\x00",
    "long": "a" * 10_000,
    "not ASCII": "tést",
    "empty": "",
}


@pytest.mark.parametrize("host", HOSTS.values(), ids=HOSTS)
def test_hostile_host_is_refused(client: Client, host: str) -> None:
    for address in ("/", "/updates/", "/nowhere/", "/robots.txt", "/sitemap.xml", "/admin/login/"):
        response = client.get(address, HTTP_HOST=host)
        assert response.status_code == 400
        assert "evil" not in response.content.decode()
        assert not response.cookies


@pytest.mark.parametrize("host", ["10.0.0.5", "evil.example"])
def test_probes_come_by_address(client: Client, host: str) -> None:
    assert client.get("/healthz", HTTP_HOST=host).content == b"ok"
    assert client.get("/readyz", HTTP_HOST=host).status_code == 200
    assert client.post("/healthz", HTTP_HOST=host).status_code == 400


def test_refusal_of_a_host_keeps_the_rules_of_html(client: Client) -> None:
    assert faults_of(client.get("/", HTTP_HOST="evil.example").content.decode(), ERROR_PAGE_RULES) == {}


def test_host_of_the_request_is_in_no_link(client: Client) -> None:
    """Canonical addresses name the portal as it is known, so no cache can be poisoned with another name."""
    factories.UpdatePageFactory()
    for address in ("/", "/updates/", "/updates/atom/", "/sitemap.xml", "/sitemap-pages.xml", "/robots.txt"):
        body = client.get(address, HTTP_HOST="results.test", HTTP_X_FORWARDED_HOST="evil.example").content.decode()
        assert "results.test" not in body
        assert "evil.example" not in body


@pytest.mark.parametrize("make", [None, factories.UpdatePageFactory, factories.ArticlePageFactory])
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "WRONG"])
def test_wrong_method_is_refused_with_a_page_that_says_so(client: Client, method: str, make) -> None:
    address = make().get_url() if make else "/"
    response = client.generic(method, address)
    assert response.status_code == 405
    assert response.headers["Allow"] == "GET, HEAD, OPTIONS"
    assert "public" not in response.headers.get("Cache-Control", "")
    assert faults_of(response.content.decode(), ERROR_PAGE_RULES) == {}


@pytest.mark.parametrize(
    "address",
    [
        "/data.json",
        "/impact/data/eligible.csv",
        "/sitemap.xml",
        "/sitemap-pages.xml",
        "/robots.txt",
        "/healthz",
        "/documents/1/handout.pdf",
    ],
)
def test_file_takes_no_form(site, address: str) -> None:
    response = Client(enforce_csrf_checks=True).post(address)
    assert response.status_code == 405
    assert response.headers["Allow"] == "GET, HEAD"
    assert faults_of(response.content.decode(), ERROR_PAGE_RULES) == {}


def test_post_to_an_unknown_path_is_not_found(client: Client) -> None:
    assert client.post("/nowhere/").status_code == 404


def test_missing_token_changes_nothing_for_a_page_that_takes_no_form(site) -> None:
    assert Client(enforce_csrf_checks=True).post("/").status_code == 405


def test_form_without_its_token_is_refused_with_a_page_that_helps(site) -> None:
    response = Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "a", "password": "b"})
    assert response.status_code == 403
    assert "form has expired" in response.content.decode()
    assert faults_of(response.content.decode(), ERROR_PAGE_RULES) == {}


@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_ACCEPT_LANGUAGE": "x" * 10_000},
        {"HTTP_ACCEPT_LANGUAGE": "es;q=abc,,;"},
        {"HTTP_ACCEPT_LANGUAGE": "\x00"},
        {"HTTP_ACCEPT_ENCODING": "x" * 10_000},
        {"HTTP_COOKIE": "sessionid=" + "a" * 10_000},
        {"HTTP_COOKIE": "sessionid=%00"},
        {"HTTP_COOKIE": "sessionid=\xff; csrftoken=\x00; =;;"},
        {"HTTP_IF_NONE_MATCH": "x" * 10_000},
        {"HTTP_IF_MODIFIED_SINCE": "yesterday"},
        {"HTTP_IF_MODIFIED_SINCE": "Fri, 99 Foo 99999 99:99:99 GMT"},
        {"HTTP_RANGE": "bytes=9-1,-,abc"},
        {"CONTENT_TYPE": "multipart/form-data"},
        {"CONTENT_TYPE": "text/html; charset=nonsense"},
        {"CONTENT_LENGTH": "abc"},
        {"HTTP_X_FORWARDED_PROTO": "gopher"},
    ],
    ids=str,
)
def test_broken_header_is_answered(client: Client, headers: dict[str, str]) -> None:
    assert client.get("/", **headers).status_code == 200


@pytest.mark.parametrize("address", ["/", "/updates/", "/data.json"])
@pytest.mark.parametrize("cookie", ["csrftoken=x", "csrftoken=" + "x" * 64, "other=1"])
def test_cookie_that_is_broken_is_not_mended_for_visitors(client: Client, address: str, cookie: str) -> None:
    response = client.get(address, HTTP_COOKIE=cookie)
    assert "public" in response.headers["Cache-Control"]
    assert "Cookie" not in response.headers["Vary"]
    assert not response.cookies


def test_cookie_of_a_stranger_opens_nothing(client: Client) -> None:
    response = client.get("/", HTTP_COOKIE="sessionid=stranger")
    assert response.status_code == 200
    assert "wagtail-userbar" not in response.content.decode()
