"""A second language is content work: its pages stand under its prefix, and each page knows its own language."""

from datetime import date

import pytest
from django.conf import settings
from django.contrib.humanize.templatetags.humanize import intcomma
from django.core.cache import cache
from django.test import Client
from django.utils import translation
from wagtail.models import Locale

from articles.citations import cite
from home.models import HomePage
from tests import factories
from tests.faults import ERROR_PAGE_RULES, faults_of, soup_of
from updates.models import UpdateIndexPage


@pytest.fixture
def spanish(home: HomePage) -> HomePage:
    """The home page and the list of updates in Spanish, as Wagtail's translation makes them."""
    locale = Locale.objects.create(language_code="es")
    translated = home.copy_for_translation(locale)
    translated.goal = "<p>La meta.</p>"
    translated.save_revision().publish()
    index = UpdateIndexPage.objects.get().copy_for_translation(locale)
    index.title, index.slug = "Novedades", "novedades"
    index.save_revision().publish()
    return HomePage.objects.get(pk=translated.pk)


def test_language_without_pages_is_not_found(client: Client) -> None:
    for address in ("/es/", "/es/updates/"):
        response = client.get(address)
        assert response.status_code == 404
        assert faults_of(response.content.decode(), ERROR_PAGE_RULES) == {}


def test_language_of_the_browser_changes_no_address(client: Client) -> None:
    response = client.get("/", HTTP_ACCEPT_LANGUAGE="es")
    assert response.status_code == 200
    assert soup_of(response.content.decode()).html["lang"] == "en"


def test_translated_page_stands_under_its_prefix(client: Client, spanish: HomePage) -> None:
    response = client.get("/es/")
    assert response.status_code == 200
    assert soup_of(response.content.decode()).html["lang"] == "es"
    assert "La meta." in response.content.decode()
    assert faults_of(response.content.decode()) == {}


def test_translated_list_shows_its_own_language(client: Client, spanish: HomePage) -> None:
    factories.UpdatePageFactory(title="In English")
    index = UpdateIndexPage.objects.get(slug="novedades")
    factories.UpdatePageFactory(parent=index, title="En español", locale=index.locale)
    body = client.get("/es/novedades/").content.decode()
    assert "En español" in body
    assert "In English" not in body
    assert "En español" not in client.get("/updates/").content.decode()
    assert "En español" in client.get("/es/").content.decode()
    assert "En español" not in client.get("/").content.decode()


def test_languages_are_offered_when_there_are_several(client: Client, spanish: HomePage) -> None:
    for address in ("/", "/es/"):
        soup = soup_of(client.get(address).content.decode())
        assert {link["hreflang"]: link["href"] for link in soup.select(".results-languages a")} == {
            "en": "/",
            "es": "/es/",
        }


def test_one_language_is_not_offered(client: Client) -> None:
    assert "results-languages" not in client.get("/").content.decode()


def test_translation_that_is_a_draft_is_not_offered(client: Client, spanish: HomePage, committing) -> None:
    with committing():
        spanish.unpublish()
    assert "results-languages" not in client.get("/").content.decode()
    assert client.get("/es/").status_code == 404


def test_menu_is_that_of_the_language(client: Client, spanish: HomePage) -> None:
    menu = [link.get_text(strip=True) for link in soup_of(client.get("/es/").content.decode()).select("nav.usa-nav a")]
    assert menu == ["Novedades"]


def test_page_of_another_language_is_not_found_under_this_one(client: Client, spanish: HomePage) -> None:
    factories.UpdatePageFactory(slug="webinar")
    assert client.get("/es/updates/webinar/").status_code == 404
    assert client.get("/novedades/").status_code == 404


def test_links_lead_to_the_translation_where_there_is_one(client: Client, spanish: HomePage) -> None:
    index = UpdateIndexPage.objects.get(slug="updates")
    only_english = factories.StandardPageFactory(slug="about")
    spanish.goal = (
        f'<p><a linktype="page" id="{index.pk}">Todas</a> <a linktype="page" id="{only_english.pk}">Más</a></p>'
    )
    spanish.save_revision().publish()
    cache.clear()
    links = {a.get_text(): a.get("href") for a in soup_of(client.get("/es/").content.decode()).select("main a")}
    assert (links["Todas"], links["Más"]) == ("/es/novedades/", "/about/")


def test_page_names_its_translations(client: Client, spanish: HomePage) -> None:
    factories.UpdatePageFactory(slug="webinar")
    for address, other in (("/updates/", "/es/novedades/"), ("/es/novedades/", "/updates/")):
        soup = soup_of(client.get(address).content.decode())
        alternates = [link["href"].removeprefix(settings.BASE_URL) for link in soup.select("link[hreflang]")]
        assert set(alternates) == {address, other}
        assert other in [link["href"] for link in soup.select(".results-languages a")]
    untranslated = soup_of(client.get("/updates/webinar/").content.decode())
    assert untranslated.select("link[hreflang]") == []
    assert [link["href"] for link in untranslated.select(".results-languages a")] == ["/", "/es/"]


def test_filtered_list_has_no_translation(client: Client, spanish: HomePage) -> None:
    factories.UpdatePageFactory(date=date(2023, 3, 1))
    assert soup_of(client.get("/updates/?year=2023").content.decode()).select("link[hreflang]") == []


def test_numbers_and_dates_are_those_of_the_united_states_in_spanish() -> None:
    with translation.override("es"):
        assert intcomma(213_569) == "213,569"
        assert "29 de agosto de 2018" in cite(outlet="NPR", published=date(2018, 8, 29))
    assert "29 August 2018" in cite(outlet="NPR", published=date(2018, 8, 29))
