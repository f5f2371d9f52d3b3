"""Filtered lists in pages: which items stand where, and under which address."""

import pytest
from django.http import Http404, QueryDict
from django.test import Client, RequestFactory

from portal.listing import PER_PAGE, FarSideQuerySet, Filter, Listing
from tests import factories
from tests.faults import soup_of
from updates.models import UpdatePage

COLOURS = [("red", "Red"), ("blue", "Blue & green")]


def colour_filter(**fields) -> Filter:
    return Filter("colour", "Colour", "All colours", list(COLOURS), "slug", **fields)


def listing(query: str = "", filters: list[Filter] | None = None) -> Listing:
    request = RequestFactory().get(f"/updates/?{query}")
    return Listing(request, "test", lambda: UpdatePage.objects.published().newest(), filters or [], "/updates/")


@pytest.mark.parametrize("number", [0, 1, 9, 10, 11, 19, 20, 21, 25, 50])
def test_far_side_reads_the_same_as_plain_slices(site, number: int) -> None:
    factories.bulk_updates(number)
    rows = UpdatePage.objects.newest()
    far = FarSideQuerySet(lambda: rows, number)
    assert (len(far), far.count()) == (number, number)
    for start in range(0, number, PER_PAGE):
        assert far[start : start + PER_PAGE] == list(rows[start : start + PER_PAGE])


def test_far_side_keeps_the_order_of_items_of_one_day(site) -> None:
    factories.bulk_updates(30)
    UpdatePage.objects.update(date="2024-01-01")
    rows = UpdatePage.objects.newest()
    far = FarSideQuerySet(lambda: rows, 30)
    assert [page for start in (0, 10, 20) for page in far[start : start + 10]] == list(rows)


def test_far_side_skips_few_rows_on_the_last_page(site, django_assert_num_queries) -> None:
    factories.bulk_updates(50)
    with django_assert_num_queries(1) as captured:
        FarSideQuerySet(UpdatePage.objects.newest, 50)[40:50]
    assert "OFFSET" not in captured[0]["sql"]


def test_every_item_stands_on_exactly_one_page(site) -> None:
    factories.bulk_updates(33)
    seen = [card.title for number in range(1, 5) for card in listing(f"page={number}").items]
    assert seen == list(UpdatePage.objects.newest().values_list("title", flat=True))


def test_empty_list_has_one_empty_page(site) -> None:
    empty = listing()
    assert (empty.items, empty.count, empty.pager) == ([], 0, None)


@pytest.mark.parametrize("number", ["0", "-1", "3", "abc", "", "1.5", "\x00"])
def test_page_that_does_not_exist_is_not_found(site, number: str) -> None:
    factories.bulk_updates(12)
    with pytest.raises(Http404):
        listing(f"page={number}")


def test_address_has_only_what_the_list_knows(site) -> None:
    factories.bulk_updates(12)
    known = listing("page=2&utm_source=mail&fbclid=x")
    assert [known.url(1), known.url(2), known.clear_url] == ["/updates/", "/updates/?page=2", "/updates/"]


def test_address_keeps_the_filters(site) -> None:
    chosen = listing("colour=blue", [colour_filter()])
    assert chosen.url(1) == "/updates/?colour=blue"
    assert chosen.url(3) == "/updates/?colour=blue&page=3"
    assert chosen.query == "?colour=blue"
    assert chosen.is_filtered
    assert not listing("", [colour_filter()]).is_filtered


def test_filter_reads_its_choice() -> None:
    chosen = colour_filter().read(QueryDict("colour=+blue+"))
    assert chosen.selected_label == "Blue & green"
    assert [option["is_selected"] for option in chosen.options] == [False, True]


@pytest.mark.parametrize("query", ["", "colour=", "colour=+", "other=red"])
def test_filter_without_a_choice_shows_all(query: str) -> None:
    chosen = colour_filter().read(QueryDict(query))
    assert (chosen.selected, chosen.selected_label) == ("", "")
    assert not chosen.condition


def test_filter_refuses_what_it_does_not_know() -> None:
    with pytest.raises(Http404):
        colour_filter().read(QueryDict("colour=green"))


@pytest.mark.parametrize(
    ("items", "number", "links"),
    [
        (11, 1, "[1] 2"),
        (55, 1, "[1] 2 … 6"),
        (75, 3, "1 2 [3] 4 … 8"),
        (95, 5, "1 … 4 [5] 6 … 10"),
        (95, 10, "1 … 9 [10]"),
    ],
)
def test_pager_shows_the_ends_the_neighbours_and_gaps(site, items: int, number: int, links: str) -> None:
    factories.bulk_updates(items)
    pager = listing(f"page={number}").pager
    shown = [
        "…" if link.get("is_gap") else "[{number}]".format(**link) if link["is_current"] else str(link["number"])
        for link in pager["links"]
    ]
    assert " ".join(shown) == links
    assert bool(pager["previous_url"]) is (number > 1)
    assert bool(pager["next_url"]) is (number < pager["pages"])


def test_topic_and_year_narrow_the_list_together(client: Client) -> None:
    topic = factories.TopicFactory(slug="data", name="Data")
    factories.UpdatePageFactory(title="Both", date="2023-05-01", topics=[topic])
    factories.UpdatePageFactory(title="Topic", date="2022-05-01", topics=[topic])
    factories.UpdatePageFactory(title="Year", date="2023-05-01")

    def titles(query: str) -> set[str]:
        soup = soup_of(client.get(f"/updates/?{query}").content.decode())
        return {heading.get_text(strip=True) for heading in soup.select(".usa-collection__heading")}

    assert titles("topic=data&year=2023") == {"Both"}
    assert titles("topic=data") == {"Both", "Topic"}
    assert titles("year=2023") == {"Both", "Year"}
    assert titles("") == {"Both", "Topic", "Year"}


def test_combination_without_items_says_so(client: Client) -> None:
    topic = factories.TopicFactory(slug="data", name="Data")
    factories.UpdatePageFactory(date="2022-05-01", topics=[topic])
    factories.UpdatePageFactory(date="2023-05-01")
    response = client.get("/updates/?topic=data&year=2023")
    assert response.status_code == 200
    assert "No updates" in response.content.decode()


def test_years_are_those_in_which_something_was_published(client: Client) -> None:
    for year in ("2019", "2023", "2021", "2023"):
        factories.UpdatePageFactory(date=f"{year}-05-01")
    soup = soup_of(client.get("/updates/").content.decode())
    years = [option["value"] for option in soup.select("#filter-year option")]
    assert years == ["", "2023", "2021", "2019"]


def test_canonical_address_leaves_out_what_changes_nothing(client: Client) -> None:
    factories.bulk_updates(12)

    def canonical(address: str) -> str:
        return soup_of(client.get(address).content.decode()).find("link", rel="canonical")["href"]

    assert canonical("/updates/?utm_source=mail&page=2") == "http://localhost:8000/updates/?page=2"
    assert canonical("/updates/?page=1") == "http://localhost:8000/updates/"
    assert canonical("/articles/?kind=") == "http://localhost:8000/articles/"
