"""What the home page chooses to show."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import Locale, Page

from home.models import FeaturedStory, HomePage
from tests import factories
from tests.faults import soup_of


def shown_updates(client: Client) -> list[str]:
    """The titles under Latest Updates, in order."""
    soup = soup_of(client.get("/").content.decode())
    return [heading.get_text(strip=True) for heading in soup.select(".usa-collection__heading")]


def shown_stories(client: Client) -> list[str]:
    soup = soup_of(client.get("/").content.decode())
    return [heading.get_text(strip=True) for heading in soup.select("article h3")]


def feature(home: HomePage, *articles) -> None:
    for position, article in enumerate(articles):
        FeaturedStory.objects.create(page=home, article=article, sort_order=position)


@pytest.mark.parametrize(("number", "shown"), [(5, ["6", "5", "4", "3", "2"]), (2, ["6", "5"]), (10, list("6543210"))])
def test_newest_updates_are_shown_so_many_as_the_editor_says(
    client: Client, home: HomePage, number: int, shown: list[str]
) -> None:
    for day in range(7):
        factories.UpdatePageFactory(title=f"{day}", date=f"2023-01-0{day + 1}")
    home.update_count = number
    home.save()
    assert shown_updates(client) == shown


def test_updates_of_one_day_stand_newest_first(client: Client, home: HomePage) -> None:
    for name in ("First", "Second", "Third"):
        factories.UpdatePageFactory(title=name, date="2023-01-01")
    assert shown_updates(client) == ["Third", "Second", "First"]


@pytest.mark.parametrize(("days", "shown"), [(1, ["Old", "New"]), (0, ["Old", "New"]), (-1, ["New", "Old"])])
def test_pinned_update_comes_first_up_to_and_including_its_last_day(
    client: Client, home: HomePage, days: int, shown: list[str]
) -> None:
    today = timezone.localdate()
    factories.UpdatePageFactory(title="New", date=today)
    factories.UpdatePageFactory(title="Old", date="2001-01-01", pinned_until=today + timedelta(days=days))
    assert shown_updates(client) == shown


def test_pinned_update_takes_one_of_the_places(client: Client, home: HomePage) -> None:
    factories.UpdatePageFactory(title="Pinned", date="2001-01-01", pinned_until=timezone.localdate())
    for number in range(6):
        factories.UpdatePageFactory(title=f"Update {number}", date=f"2023-01-0{number + 1}")
    assert shown_updates(client) == ["Pinned", "Update 5", "Update 4", "Update 3", "Update 2"]


def test_more_pinned_updates_than_places_show_the_newest(client: Client, home: HomePage) -> None:
    for number in range(7):
        factories.UpdatePageFactory(title=f"Pin {number}", date=f"2023-01-0{number + 1}", pinned_until="2999-01-01")
    assert shown_updates(client) == ["Pin 6", "Pin 5", "Pin 4", "Pin 3", "Pin 2"]


def test_pinned_update_that_is_hidden_pins_nothing(client: Client, home: HomePage) -> None:
    factories.UpdatePageFactory(title="Shown")
    factories.UpdatePageFactory(title="Hidden", live=False, pinned_until="2999-01-01")
    assert shown_updates(client) == ["Shown"]


def test_stories_stand_in_the_editors_order(client: Client, home: HomePage) -> None:
    feature(home, *(factories.ArticlePageFactory(title=name) for name in ("Second", "First", "Third")))
    assert shown_stories(client) == ["Second", "First", "Third"]


def test_translated_home_page_features_translated_stories(client: Client, home: HomePage) -> None:
    story, other = factories.ArticlePageFactory(title="In English"), factories.ArticlePageFactory(title="Only English")
    for article in (story, other):
        FeaturedStory.objects.create(page=home, article=article)
    spanish = Locale.objects.create(language_code="es")
    home.copy_for_translation(spanish).save_revision().publish()
    story.get_parent().specific.copy_for_translation(spanish).save_revision().publish()
    translated = story.copy_for_translation(spanish)
    translated.title = "En español"
    translated.save_revision().publish()
    assert [card.title for card in HomePage.objects.get(locale=spanish).collect()["stories"]] == [
        "En español",
        "Only English",
    ]
    assert [card.title for card in home.collect()["stories"]] == ["In English", "Only English"]


def test_preview_shows_stories_in_the_order_of_the_form(client: Client, home: HomePage) -> None:
    articles = [factories.ArticlePageFactory(title=name) for name in ("One", "Two")]
    feature(home, *articles)
    home = HomePage.objects.get()
    home.featured.set(
        [FeaturedStory(article=article, sort_order=place) for place, article in enumerate(articles[::-1])]
    )
    soup = soup_of(home.make_preview_request().content.decode())
    assert [heading.get_text(strip=True) for heading in soup.select("article h3")] == ["Two", "One"]


def test_deleted_story_leaves_the_home_page(client: Client, home: HomePage) -> None:
    article = factories.ArticlePageFactory(title="Gone")
    feature(home, article)
    article.delete()
    assert shown_stories(client) == []


def test_home_page_without_content_stands(client: Client, home: HomePage) -> None:
    response = client.get("/")
    assert response.status_code == 200
    for heading in ("Our Impact", "Featured stories", "Latest Updates</h2>"):
        assert heading not in response.content.decode()


@pytest.mark.parametrize("hidden", [{"live": False}, {"expire_at": timezone.now()}], ids=["draft", "expired"])
def test_chosen_year_that_is_hidden_gives_way_to_the_newest(client: Client, home: HomePage, hidden: dict) -> None:
    factories.SchoolYearFactory(start=2019)
    factories.SchoolYearFactory(start=2020)
    home.school_year = factories.SchoolYearFactory(start=2016, **hidden)
    home.save()
    body = client.get("/").content.decode()
    assert "2016-17" not in body
    assert "2020-21" in body


def test_chosen_year_is_shown_although_there_is_a_newer_one(client: Client, home: HomePage) -> None:
    factories.SchoolYearFactory(start=2020)
    home.school_year = factories.SchoolYearFactory(start=2016)
    home.save()
    body = client.get("/").content.decode()
    assert "2016-17" in body
    assert "2020-21" not in body


def test_published_year_is_shown_at_once(client: Client, home: HomePage, committing) -> None:
    factories.SchoolYearFactory(start=2020)
    assert "2020-21" in client.get("/").content.decode()
    year = factories.SchoolYearFactory(start=2021, live=False)
    with committing():
        year.save_revision().publish()
    assert "2021-22" in client.get("/").content.decode()


def test_change_of_the_home_page_is_shown_at_once(client: Client, home: HomePage, committing) -> None:
    factories.UpdatePageFactory.create_batch(3)
    assert len(shown_updates(client)) == 3
    home.update_count = 2
    with committing():
        home.save_revision().publish()
    assert len(shown_updates(client)) == 2


def test_newest_year_is_shown_when_none_is_chosen(client: Client, home: HomePage) -> None:
    for start in (2019, 2021, 2020):
        factories.SchoolYearFactory(start=start)
    factories.SchoolYearFactory(start=2030, live=False)
    assert "2021-22" in client.get("/").content.decode()


def test_deleted_year_gives_way_to_the_newest(client: Client, home: HomePage, committing) -> None:
    home.school_year = factories.SchoolYearFactory(start=2016)
    home.save()
    factories.SchoolYearFactory(start=2020)
    assert "2016-17" in client.get("/").content.decode()
    with committing():
        home.school_year.delete()
    assert "2020-21" in client.get("/").content.decode()


def test_figures_are_printed_with_their_year_source_caveat_and_notes(client: Client, home: HomePage) -> None:
    factories.SchoolYearFactory(start=2021, full=True)
    body = client.get("/").content.decode()
    for words in ("2021-22", "1,200", "3,400", "4,600", "Not in kindergarten", "ED Data Express", "incomplete"):
        assert words in body


def test_home_page_links_to_both_lists(client: Client, home: HomePage) -> None:
    factories.UpdatePageFactory()
    feature(home, factories.ArticlePageFactory())
    soup = soup_of(client.get("/").content.decode()).main
    assert {"/updates/", "/articles/"} <= {link["href"] for link in soup.find_all("a")}


def test_there_is_one_home_page(site) -> None:
    assert not HomePage.can_create_at(Page.get_first_root_node())
