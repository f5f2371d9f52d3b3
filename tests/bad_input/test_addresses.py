"""Whatever stands in an address, the answer is a page that helps: never an error of ours."""

import pytest
from django.test import Client

from tests import factories
from tests.faults import ERROR_PAGE_RULES, faults_of

LONG = "9" * 10_000
# Percent-encoded as a browser or a scanner sends it.
NONSENSE = {
    "empty": "",
    "word": "abc",
    "zero": "0",
    "negative": "-1",
    "fraction": "1.5",
    "far": "99999",
    "huge": "9" * 400,
    "long": LONG,
    "nul": "%00",
    "number and nul": "1%00",
    "invalid UTF-8": "%ff%fe",
    "cut-off UTF-8": "%e2%82",
    "surrogate": "%ed%a0%80",
    "line ends": "%0d%0aSet-Cookie:%20a=b",
    "other digits": "%D9%A3",
    "script": "%3Cscript%3Ealert(1)%3C/script%3E",
    "quotation marks": "%27%22",
    "SQL": "1%20OR%201=1--",
    "template": "%7B%7B7*7%7D%7D",
    "emoji": "%F0%9F%98%80",
    "infinity": "inf",
    "exponent": "1e9",
    "underscore": "1_0",
}


@pytest.fixture
def filled(site) -> None:
    topic = factories.TopicFactory(slug="eligibility")
    for update in factories.bulk_updates(12):
        update.topics.set([topic])
        update.save()
    factories.bulk_articles(12)


def is_harmless(response) -> bool:
    """A list or a page not found, whole and without what was sent."""
    body = response.content.decode()
    return response.status_code in (200, 404) and "<script>alert" not in body and "Set-Cookie" not in response.headers


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/", "page"),
        ("/updates/", "page"),
        ("/updates/", "topic"),
        ("/updates/", "year"),
        ("/updates/", "unknown"),
        ("/updates/atom/", "topic"),
        ("/updates/rss/", "page"),
        ("/articles/", "page"),
        ("/articles/", "kind"),
        ("/articles/", "year"),
    ],
)
def test_nonsense_in_a_query_is_answered(client: Client, filled, address: str, name: str) -> None:
    bad = {what: client.get(f"{address}?{name}={value}") for what, value in NONSENSE.items()}
    assert {what: response.status_code for what, response in bad.items() if not is_harmless(response)} == {}


@pytest.mark.parametrize("address", ["/updates/", "/articles/"])
def test_page_that_does_not_exist_is_not_found(client: Client, filled, address: str) -> None:
    numbers = ["abc", "0", "-1", "3", "99999", "1.5", "%00", LONG, "%ff"]
    assert {number[:9]: client.get(f"{address}?page={number}").status_code for number in numbers} == {
        number[:9]: 404 for number in numbers
    }
    assert client.get(f"{address}?page=2").status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/updates/?topic=nonsense",
        "/updates/?year=1066",
        "/updates/?year=%00",
        "/updates/rss/?topic=nonsense",
        "/articles/?kind=nonsense",
        "/articles/?year=1066",
        f"/updates/?topic={LONG}",
    ],
)
def test_unknown_filter_is_not_found(client: Client, filled, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 404
    assert faults_of(response.content.decode(), ERROR_PAGE_RULES) == {}


@pytest.mark.parametrize("address", ["/updates/?topic=&year=", "/updates/?utm_source=mail&fbclid=1"])
def test_empty_or_foreign_parameters_change_nothing(client: Client, filled, address: str) -> None:
    assert "12 updates" in " ".join(client.get(address).content.decode().split())


def test_parameter_that_is_given_twice_is_answered(client: Client, filled) -> None:
    query = "topic=eligibility&topic=nonsense&page=1&page=abc"
    assert client.get(f"/updates/?{query}").status_code in (200, 404)


def test_thousand_parameters_are_answered(client: Client, filled) -> None:
    query = "&".join(f"p{number}={number}" for number in range(2000))
    assert client.get(f"/updates/?{query}").status_code in (200, 400, 404)


PATHS = [
    "/nowhere/", "/nowhere", f"/{'a' * 10_000}/", f"/{'a/' * 5_000}", "/%00/", "/updates/%00/", "/updates%00", "/nowhere%00/",
    "/%ff%fe/", "/%e2%82/", "/%ed%a0%80/", "/%F0%9F%98%80/", "/../../etc/passwd", "/..%2f..%2fetc/passwd",
    "/updates/nowhere/", "/updates/atom/more/", "/updates/2024/", "/articles/nowhere/more/", "/index.php", "/wp-login.php",
    "/.env", "/.git/config", "/admin.php", "/es/", "/es/updates/", "/fr/", "/en/", "/sitemap-nowhere.xml", "/sitemap-%00.xml",
    "/sitemap-pages.xml?p=2", "/sitemap-pages.xml?p=abc", "/sitemap-pages.xml?p=0", "/sitemap-pages.xml?p=-1",
    f"/sitemap-pages.xml?p={LONG}", "/sitemap-pages.xml?p=%00", "/media/", "/media/images/", "/media/images/nowhere.png",
    "/media/images/%00.png", f"/media/images/{'a' * 10_000}.png", "/media/images/..%2f..%2fportal/urls.py",
    "/media/images/%ff.png", "/documents/", "/documents/1/nowhere.pdf", "/documents/99999999999999999999/x.pdf",
    f"/documents/1/{'a' * 10_000}", "/documents/1/%00.pdf", "/_util/authenticate_with_password/1/1/",
    f"/_util/authenticate_with_password/{LONG[:30]}/1/", "/static/nowhere.css", "/static/%00.css", "/static/../manage.py",
]  # fmt: skip


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path[:40])
def test_unknown_path_is_not_found(client: Client, path: str) -> None:
    response = client.get(path)
    if path == "/nowhere":
        assert (response.status_code, response.headers["Location"]) == (301, "/nowhere/")
    else:
        assert response.status_code == 404
        assert "results-error" in response.content.decode()


@pytest.mark.parametrize(
    "path", ["//evil.example", "//evil.example/", "//evil", "///evil", "/\\evil.example", "/\\evil"]
)
def test_no_path_leads_to_another_site(client: Client, path: str) -> None:
    # The test client would take such a path for a host.
    response = client.get("/", PATH_INFO=path)
    assert not response.headers.get("Location", "/").startswith(("//", "/\\", "http"))
    assert response.status_code in (301, 404)


def test_page_not_found_helps(client: Client) -> None:
    factories.full_settings()
    body = client.get("/nowhere/").content.decode()
    assert faults_of(body, ERROR_PAGE_RULES) == {}
    for help_ in ("Latest Updates", 'href="/updates/"', 'href="/"', "mailto:office@results.test", "noindex"):
        assert help_ in body


def test_page_not_found_says_nothing_of_the_path(client: Client) -> None:
    body = client.get("/%3Cscript%3Ealert(1)%3C/script%3E/").content.decode()
    assert "alert(1)" not in body
