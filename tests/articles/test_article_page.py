"""What an article page shows of what it has."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from articles.models import ArticlePage
from tests import factories
from tests.faults import soup_of
from tests.reading import page_text


def main_text(client: Client, article: ArticlePage) -> str:
    soup = soup_of(client.get(article.get_url()).content.decode())
    return page_text(f"<body>{soup.main}</body>")


def test_date_that_lies_ahead_is_refused_unless_scheduled(site) -> None:
    ahead = timezone.now() + timedelta(days=2)
    with pytest.raises(ValidationError) as error:
        factories.ArticlePageFactory.build(date=timezone.localdate(ahead), parent=None).clean()
    assert list(error.value.message_dict) == ["date"]
    factories.ArticlePageFactory.build(date=timezone.localdate(ahead), go_live_at=ahead, parent=None).clean()


def test_quote_without_a_name_has_no_dash(client: Client) -> None:
    text = main_text(client, factories.ArticlePageFactory(quote="We moved on.", attribution=""))
    after = text.partition("We moved on.")[2].lstrip("” ")
    assert not after.startswith(("-", "–", "—"))


def test_quote_with_a_name_shows_it(client: Client) -> None:
    assert "Ada Rivers" in main_text(client, factories.ArticlePageFactory(quote="We moved.", attribution="Ada Rivers"))


def test_link_leads_to_the_press(client: Client) -> None:
    article = factories.ArticlePageFactory(press=True, link_text="Hear the story")
    soup = soup_of(client.get(article.get_url()).content.decode())
    assert soup.main.find("a", string="Hear the story")["href"] == "https://courier.example/plans"
    assert article.link == "https://courier.example/plans"


def test_own_story_leads_from_the_home_page_to_its_rest(site) -> None:
    assert factories.ArticlePageFactory(body=[("paragraph", "<p>More.</p>")], slug="own").link == "/articles/own/"


def test_own_story_without_a_rest_leads_nowhere(site) -> None:
    assert factories.ArticlePageFactory().link == ""


@pytest.mark.parametrize(("own", "shown"), [("A boy reads", "A boy reads"), ("", "A field in the early light")])
def test_alt_text_is_that_of_this_use_or_the_pictures_own(client: Client, own: str, shown: str) -> None:
    article = factories.ArticlePageFactory(picture=factories.ImageFactory(), picture_alt=own)
    assert soup_of(client.get(article.get_url()).content.decode()).main.img["alt"] == shown


def test_press_article_needs_an_address_or_a_citation(site) -> None:
    article = factories.ArticlePageFactory.build(kind="press", parent=None)
    with pytest.raises(ValidationError) as error:
        article.clean()
    assert list(error.value.message_dict) == ["citation_url"]
    article.citation_text = "<p>Somewhere.</p>"
    article.clean()


def test_deleted_picture_leaves_the_article(client: Client) -> None:
    article = factories.ArticlePageFactory(picture=factories.ImageFactory())
    article.picture.delete()
    assert client.get(article.get_url()).status_code == 200


@pytest.mark.parametrize(("kind", "titles"), [("own", {"Own"}), ("press", {"Press"}), ("", {"Own", "Press"})])
def test_list_shows_the_chosen_kind(client: Client, kind: str, titles: set[str]) -> None:
    factories.ArticlePageFactory(title="Own")
    factories.ArticlePageFactory(title="Press", press=True)
    soup = soup_of(client.get(f"/articles/?kind={kind}").content.decode())
    assert {heading.get_text(strip=True) for heading in soup.select(".usa-card__heading")} == titles
