"""The page of figures and the pages of the years: every number on them is one of the file."""

import re
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

import pytest
from bs4 import Tag
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from impact.bands import CODES
from impact.importing import undo
from impact.importing.tables import OBSERVATIONS
from impact.models import ImpactPage, Import, Measure
from impact.states import STATES
from portal import content_cache
from tests import factories
from tests.faults import faults_of, soup_of

SUMMER = {"Data Group": "635", "Age/Grade": "KG-03"}


def national(year: str, value: str, **cells: str) -> dict[str, str]:
    return {"School Year": year, "State": "UNITED STATES", "Age/Grade": "ALL", "Value": value} | cells


def page_with(*blocks: tuple[str, dict]) -> ImpactPage:
    content = [{"type": kind, "value": value} for kind, value in blocks]
    return factories.ImpactPageFactory(content=ImpactPage.content.field.stream_block.to_python(content))


def measure(slug: str = "eligible") -> Measure:
    return Measure.objects.get(slug=slug)


def cells_of(table: Tag) -> list[list[str]]:
    return [[cell.get_text(" ", strip=True) for cell in row.select("th, td")] for row in table.select("tr")]


@pytest.fixture
def get(client: Client):
    def get(address: str) -> Tag:
        response = client.get(address)
        assert response.status_code == 200
        html = response.content.decode()
        assert faults_of(html) == {}
        return soup_of(html)

    return get


class TestTrend:
    @pytest.fixture(autouse=True)
    def _page(self, site) -> None:
        factories.imported(
            [
                national("2018-2019", "1,000"),
                national("2019-20", "1,100"),
                national("SY2021", "-"),
                national("2021-2022", "900"),
            ]
        )
        page_with(("trend", {"heading": "Over the years", "measure": measure().pk, "bands": []}))

    def test_chart_stands_beside_a_table_of_the_same_numbers(self, get) -> None:
        section = get("/impact/").select_one("section.results-evidence")
        assert cells_of(section.table) == [
            ["School year", "Total students"],
            ["2021-22", "900"],
            ["2020-21", "-"],
            ["2019-20", "1,100"],
            ["2018-19", "1,000"],
        ]
        svg = section.select_one("svg[role]")
        assert svg["role"] == "img"
        assert "from 1,000 in 2018-19 to 900 in 2021-22; highest in 2019-20 with 1,100" in svg.desc.get_text()

    def test_break_in_the_series_is_told(self, get) -> None:
        text = get("/impact/").select_one("section.results-evidence").get_text(" ", strip=True)
        assert "1.7.1" in text
        assert "2021-22" in text

    def test_source_with_file_and_date_stands_below(self, get) -> None:
        note = get("/impact/").select("section .results-note")[-1]
        assert factories.evidence.FILE_NAME in note.get_text()
        assert note.time["datetime"]

    def test_number_of_a_file_that_is_undone_is_gone(self, client: Client, committing) -> None:
        assert "1,100" in client.get("/impact/").content.decode()
        with committing():
            undo(Import.objects.get(), None)
        body = client.get("/impact/").content.decode()
        assert "1,100" not in body
        assert "There is no number of the nation for this chart yet" in body


def test_trend_has_no_point_for_a_sum_that_lacks_many_states(site, get) -> None:
    factories.imported([national("2018-2019", "1,000"), {"School Year": "2019-2020", "Age/Grade": "ALL", "Value": "7"}])
    page_with(("trend", {"heading": "Over the years", "measure": measure().pk, "bands": ["ALL"]}))
    assert cells_of(get("/impact/").table)[1:] == [["2018-19", "1,000"]]


def test_trend_says_why_there_is_no_number(site, get) -> None:
    factories.imported([{"Age/Grade": "ALL"}])
    page_with(("trend", {"heading": "Over the years", "measure": measure().pk, "bands": []}))
    assert "too few States have one to add up" in get("/impact/").get_text()


def test_trend_adds_up_states_where_nearly_all_are_there(site, get) -> None:
    rows = [{"State": state.name, "Age/Grade": "ALL", "Value": "10"} for state in STATES[:50]]
    factories.imported([national("2018-2019", "1,000"), *rows])
    page_with(("trend", {"heading": "Over the years", "measure": measure().pk, "bands": ["ALL"]}))
    assert cells_of(get("/impact/").table)[1] == ["2020-21", "500 c"]


def test_types_of_service_are_lines_of_their_own(site, get) -> None:
    rows = [
        national("2020-2021", value, **{"Data Group": "684", "Program Type": kind})
        for kind, value in (("Counseling", "12"), ("Instruction", "345"))
    ]
    factories.imported(rows)
    page_with(("trend", {"heading": "Services", "measure": measure("services").pk, "bands": []}))
    assert cells_of(get("/impact/").table) == [["School year", "Counseling", "Instruction"], ["2020-21", "12", "345"]]


def test_total_of_services_is_a_line_beside_them(site, get) -> None:
    rows = [
        national(year, value, **{"Data Group": "684", "Program Type": kind})
        for year, kind, value in (
            ("2018-2019", "", "1,000"),
            ("2018-2019", "Instruction", "600"),
            ("2019-2020", "Instruction", "610"),
        )
    ]
    factories.imported(rows)
    page_with(("trend", {"heading": "Services", "measure": measure("services").pk, "bands": []}))
    assert cells_of(get("/impact/").table) == [
        ["School year", "All services", "Instruction"],
        ["2019-20", "", "610"],
        ["2018-19", "1,000", "600"],
    ]


def test_chart_draws_the_largest_services_and_the_table_has_all(site, get) -> None:
    rows = [
        national("2020-2021", str(10 + number), **{"Data Group": "684", "Program Type": f"Service {number}"})
        for number in range(7)
    ]
    factories.imported(rows)
    page_with(("trend", {"heading": "Services", "measure": measure("services").pk, "bands": []}))
    section = get("/impact/").select_one("section.results-evidence")
    assert cells_of(section.table)[1][1:] == [str(10 + number) for number in range(7)]
    drawn = [item.get_text(strip=True) for item in section.select(".results-legend li")]
    assert drawn == [f"Service {number}" for number in range(2, 7)]
    assert "The chart draws the 5 largest lines; the table has all of them." in section.get_text(" ")


def test_trend_and_page_of_the_year_say_the_same(site, get) -> None:
    """The nation has a total only; the grades are those of the States."""
    states = [{"State": state.name, "Age/Grade": "1", "Value": "10"} for state in STATES[:-1]]
    factories.imported([national("2020-2021", "999"), *states])
    page_with(("trend", {"heading": "Grades", "measure": measure().pk, "bands": ["ALL", "KG-12+UG"]}))
    section = get("/impact/").select_one("section.results-evidence")
    assert cells_of(section.table)[1] == ["2020-21", "999", "550 c"]
    assert f"Missing in 2020-21: {STATES[-1].name.title()}" in section.get_text(" ", strip=True)
    year = cells_of(get("/impact/2020-21/").table)
    assert [row[1] for row in year[1:]] == ["550 c", "999"]


def test_page_was_updated_when_its_figures_were(site, get, client: Client) -> None:
    page_with(("trend", {"heading": "Trend", "measure": measure().pk, "bands": []}))
    ImpactPage.objects.update(last_published_at=datetime(2024, 3, 5, 15, tzinfo=UTC))
    factories.imported([national("2020-2021", "5")])
    today = timezone.localdate().isoformat()
    for address in ("/impact/", "/impact/2020-21/", "/impact/data/"):
        assert get(address).select_one(".results-last-updated time")["datetime"] == today
    assert f'"dateModified": "{timezone.now():%Y-%m-%d}' in client.get("/impact/").content.decode()


class TestStates:
    @pytest.fixture(autouse=True)
    def _page(self, site) -> None:
        states = {"CALIFORNIA": "13,557", "CONNECTICUT": "†", "COLORADO": "119", "TEXAS": "n<10", "UTAH": "119"}
        factories.imported(
            [{"School Year": "2014-2015", "State": state, "Value": value} | SUMMER for state, value in states.items()]
            + [{"School Year": "2016-2017", "State": "CALIFORNIA", "Value": "11,927"} | SUMMER]
        )
        factories.imported([national("2020-2021", "5")])
        page_with(("states", {"heading": "State by State", "measure": measure("summer").pk}))

    def rows(self, get, query: str) -> list[list[str]]:
        return cells_of(get(f"/impact/{query}").select_one("table.results-states"))

    def test_all_56_states_have_a_row_and_only_delivered_numbers(self, get) -> None:
        rows = self.rows(get, "?measure=summer&year=2014-15")
        assert len(rows) == 1 + 56 + 1
        found = {name: value for name, value in rows if value}
        assert found == {
            "State ↑": "Grades K-3",
            "California": "13,557",
            "Colorado": "119",
            "Connecticut": "†",
            "Texas": "n<10",
            "Utah": "119",
            "Sum of these States": "13,795 c",
        }

    def test_newest_year_of_the_editors_measure_comes_first(self, get) -> None:
        assert ["California", "11,927"] in self.rows(get, "")

    @pytest.mark.parametrize(
        ("query", "first"),
        [
            ("sort=KG-03&order=desc", ["California", "Colorado", "Utah", "Alabama"]),
            ("sort=KG-03&order=asc", ["Colorado", "Utah", "California", "Alabama"]),
            ("sort=state&order=desc", ["Wyoming", "Wisconsin"]),
            ("", ["Alabama", "Alaska"]),
        ],
    )
    def test_table_is_sorted_by_links(self, get, query: str, first: list[str]) -> None:
        rows = self.rows(get, f"?measure=summer&year=2014-15&{query}")
        assert [row[0] for row in rows[1 : len(first) + 1]] == first

    def test_heading_says_how_it_is_sorted_and_turns_it(self, get) -> None:
        table = get("/impact/?measure=summer&year=2014-15&sort=KG-03&order=desc").select_one("table.results-states")
        sorted_by = table.select_one("[aria-sort]")
        assert sorted_by["aria-sort"] == "descending"
        assert "order=asc" in sorted_by.a["href"]
        assert len(table.select("[aria-sort]")) == 1

    def test_year_of_another_measure_gives_way(self, get) -> None:
        """Who changes the measure in the form sends the year along that was shown before."""
        section = get("/impact/?measure=summer&year=2020-21").select_one("#states")
        assert (
            "There is nothing here for 2020-21. Shown instead: Served in summer or intersession, 2016-17"
            in " ".join(section.get_text(" ", strip=True).split())
        )
        assert section.select_one("#filter-year option[selected]")["value"] == "2016-17"

    def test_map_has_the_same_numbers(self, get) -> None:
        svg = get("/impact/?measure=summer&year=2014-15").select_one("svg[role=img]")
        assert "3 of 56 States have a number; most: California with 13,557" in svg.desc.get_text()
        assert "13.6k" in svg.get_text()

    def test_empty_order_is_the_usual_one(self, get) -> None:
        assert self.rows(get, "?sort=&order=") == self.rows(get, "")

    @pytest.mark.parametrize(
        "query",
        [
            "measure=nope",
            "year=1999-00",
            "sort=nope",
            "sort=ALL&order=up",
            "service=x",
            "sort=&order=up",
            "year=%00",
            "year=" + "9" * 10_000,
            "measure=%FF",
        ],
    )
    def test_choice_that_there_is_not_is_not_found(self, client: Client, query: str) -> None:
        assert client.get(f"/impact/?{query}").status_code == 404


def test_services_need_no_type_in_the_address(site, get, client: Client) -> None:
    # Another measure has rows without a type of service; this one has none.
    services = {"Data Group": "684", "State": "TEXAS"}
    factories.imported([services | {"Program Type": kind} for kind in ("Counseling", "Instruction")] + [{}])
    page_with(("states", {"heading": "State by State", "measure": measure("services").pk}))
    page = get("/impact/?measure=services&year=2020-21")
    assert page.select_one("#filter-service option[selected]")["value"] == "Counseling"
    assert "There is nothing here" not in page.get_text()
    assert client.get("/impact/data/states-services-2020-21.csv").status_code == 200


class TestYear:
    def test_numbers_of_all_measures_with_their_notes(self, site, get) -> None:
        factories.ImpactPageFactory()
        factories.imported([national("2020-2021", "12,345"), national("2020-2021", "678", **{"Data Group": "102"})])
        factories.imported(
            factories.notes_csv(
                [
                    {"State": "ALL STATES", "Data Note": "Counted late."},
                    {"State": "TEXAS", "Data Note": "Texas counted twice."},
                    {"State": "ALL STATES", "School Year": "2019-2020", "Data Note": "Of another year."},
                    {"State": "ALL STATES", "Data Group": "102", "Data Note": "Of another measure."},
                ]
            ),
            name="notes.csv",
        )
        sections = get("/impact/2020-21/").select("section.results-evidence")
        assert [cells_of(section.table)[1:] for section in sections] == [
            [["Total students", "12,345"]],
            [["Total students", "678"]],
        ]
        words = sections[0].get_text(" ", strip=True)
        assert "Counted late." in words
        for others in ("Texas counted twice.", "Of another year.", "Of another measure."):
            assert others not in words

    def test_note_of_a_state_is_told_from_that_of_the_department(self, site, get) -> None:
        factories.ImpactPageFactory()
        factories.imported([national("2020-2021", "5")])
        note = {"State": "", "Data Note": "Counted late.", "State Note": "We counted in May."}
        factories.imported(factories.notes_csv([note]), name="notes.csv")
        words = " ".join(get("/impact/2020-21/").select_one(".results-note details").get_text(" ", strip=True).split())
        assert "Eligible: Counted late. The State says: We counted in May." in words

    def test_break_in_the_series_is_told_from_its_year_on(self, site, get) -> None:
        page_with(("states", {"heading": "State by State", "measure": None}))
        factories.imported([national(year, "5") | {"State": "TEXAS"} for year in ("2020-2021", "2021-2022")])
        addresses = ["/impact/2020-21/", "/impact/?year=2020-21", "/impact/2021-22/", "/impact/?year=2021-22"]
        assert ["1.7.1" in get(address).main.get_text() for address in addresses] == [False, False, True, True]

    def test_tables_of_services_are_told_apart(self, site, get) -> None:
        factories.ImpactPageFactory()
        factories.imported(
            [national("2019-2020", "5", **{"Data Group": "684", "Program Type": kind}) for kind in ("Health", "Travel")]
        )
        captions = [table.caption.get_text(" ", strip=True) for table in get("/impact/2019-20/").select("table")]
        assert captions == [f"Services by type: {kind}, 2019-20, United States" for kind in ("Health", "Travel")]

    def test_typed_figures_of_the_year_come_first(self, site, get) -> None:
        factories.ImpactPageFactory()
        factories.SchoolYearFactory(start=2020, figures=[{"label": "Age 3-5", "value": 4321}])
        assert "4,321" in get("/impact/2020-21/").select_one(".results-impact").get_text()

    def test_years_lead_to_their_neighbours(self, site, get) -> None:
        factories.ImpactPageFactory()
        factories.imported([national(year, "5") for year in ("2018-2019", "2019-2020", "2021-2022")])
        links = get("/impact/2019-20/").select(".results-neighbours a")
        assert [(link["rel"], link["href"]) for link in links] == [
            (["prev"], "/impact/2018-19/"),
            (["next"], "/impact/2021-22/"),
        ]

    def test_draft_of_a_year_has_no_page(self, client: Client) -> None:
        factories.ImpactPageFactory()
        factories.SchoolYearFactory(start=2020, live=False)
        assert client.get("/impact/2020-21/").status_code == 404

    @pytest.mark.parametrize("label", ["2019-21", "1989-90", "2020-20", "0000-01", "9999-00"])
    def test_year_that_there_is_not_is_not_found(self, client: Client, label: str) -> None:
        factories.ImpactPageFactory()
        assert client.get(f"/impact/{label}/").status_code == 404

    def test_years_are_in_the_sitemap(self, client: Client) -> None:
        factories.ImpactPageFactory()
        factories.imported([national("2018-2019", "5")])
        body = client.get("/sitemap-below.xml").content.decode()
        assert "/impact/2018-19/</loc>" in body
        assert "/sitemap-below.xml" in client.get("/sitemap.xml").content.decode()

    def test_sitemap_says_when_a_year_changed(self, client: Client) -> None:
        factories.ImpactPageFactory(last_published_at=datetime(2020, 1, 2, 12, tzinfo=UTC))
        factories.imported([national("2018-2019", "5"), national("2019-2020", "6")])
        Import.objects.update(applied_at=datetime(2021, 3, 4, 12, tzinfo=UTC))
        factories.SchoolYearFactory(start=2019, last_published_at=datetime(2022, 5, 6, 12, tzinfo=UTC))
        cache.clear()
        part = ET.fromstring(client.get("/sitemap-below.xml").content)  # noqa: S314 - our own
        days = {url[0].text.split("/impact/")[1]: url[1].text[:10] for url in part}
        assert days == {"2019-20/": "2022-05-06", "2018-19/": "2021-03-04", "data/": "2021-03-04"}
        assert "<lastmod>2022-05-06" in client.get("/sitemap.xml").content.decode()

    def test_hidden_page_hides_its_years(self, client: Client) -> None:
        page = factories.ImpactPageFactory()
        factories.imported([national("2018-2019", "5")])
        page.unpublish()
        cache.clear()
        for address in ("/impact/", "/impact/2018-19/", "/impact/data/", "/impact/data/eligible.csv", "/data.json"):
            assert client.get(address).status_code == 404
        assert "impact" not in client.get("/sitemap-below.xml").content.decode()


class TestFiguresFromRows:
    def test_national_rows_are_shown_as_they_are(self, site, get) -> None:
        values = {"UNDER3": "2,923", "3TO5NOTK": "16,029", "KG-12+UG": "172,192", "OOS": "19,011", "ALL": "213,569"}
        factories.imported([national("2021-2022", value, **{"Age/Grade": band}) for band, value in values.items()])
        factories.SchoolYearFactory(start=2021, figures_from="rows")
        impact = get("/").select_one(".results-impact")
        assert [dd.get_text(strip=True) for dd in impact.select("dd")] == [
            "213,569", "2,923", "16,029", "172,192", "19,011",
        ]  # fmt: skip
        assert "Computed" not in impact.get_text()

    def test_computed_number_is_labelled_and_names_missing_states(self, site, get) -> None:
        rows = [{"State": state.name, "Age/Grade": "OOS", "Value": "10"} for state in STATES]
        rows[0]["Value"] = "n<10"
        rows[4]["Value"] = "-"
        factories.imported(rows)
        factories.SchoolYearFactory(start=2020, figures_from="rows")
        impact = get("/").select_one(".results-impact")
        assert impact.dd.get_text(strip=True) == "540"
        mark = re.search(r"\*+", impact.dt.get_text())
        notes = impact.select_one(".results-impact__notes").get_text(" ", strip=True)
        assert mark
        names = ", ".join(sorted([STATES[0].name, STATES[4].name]))
        assert (
            f"{mark[0]} Computed: the sum of what the States have numbers for. It lacks numbers of: {names}." in notes
        )

    def test_total_says_which_parts_have_no_number(self, site, get) -> None:
        values = {
            "UNDER3": "90",
            "3TO5NOTK": "†",
            "KG-12+UG": "2,000",
            "13": "7",
            "OOS": "n<5",
            "": "-",
            "ALL": "2,390",
        }
        factories.imported([national("2020-2021", value, **{"Age/Grade": band}) for band, value in values.items()])
        factories.SchoolYearFactory(start=2020, figures_from="rows")
        impact = get("/").select_one(".results-impact")
        assert [dd.get_text(strip=True) for dd in impact.select("dd")] == ["2,390", "90", "2,000"]
        notes = impact.select_one(".results-impact__notes").get_text(" ", strip=True)
        assert "* No number is known for: Out of school, Grade not specified." in notes
        assert "** Those beyond the twelfth grade are in the total and in none of its parts." in notes
        assert impact.dt.get_text(strip=True).endswith("* **")

    def test_total_is_not_smaller_than_its_parts(self, site, get) -> None:
        bands = ("UNDER3", "3TO5NOTK", "KG", "OOS")
        rows = [{"State": "OHIO", "Age/Grade": band, "Value": "10"} for band in bands]
        rows += [{"State": "CALIFORNIA", "Age/Grade": band, "Value": "1,000"} for band in bands[:3]]
        factories.imported([*rows, {"State": "CALIFORNIA", "Age/Grade": "OOS", "Value": "n<5"}])
        factories.SchoolYearFactory(start=2020, figures_from="rows")
        page_with(("states", {"heading": "State by State", "measure": None}))
        impact = get("/").select_one(".results-impact")
        numbers = [dd.get_text(strip=True) for dd in impact.select("dd")]
        assert numbers == ["3,040", "1,010", "1,010", "1,010", "10"]
        assert "It lacks numbers of: Alabama, Alaska" in impact.get_text()
        states = get("/impact/")
        assert states.select_one("table.results-states tfoot td").get_text(" ", strip=True) == "3,040 c"
        assert "takes in what is known of States without a total" in states.get_text()
        # Another process has the table from the shared cache.
        content_cache._entries.clear()
        assert "takes in what is known of States without a total" in get("/impact/").get_text()

    def test_year_without_rows_shows_no_number(self, site, get) -> None:
        factories.SchoolYearFactory(start=2020, figures_from="rows", figures=[{"label": "Typed", "value": 1}])
        assert get("/").select(".results-impact dd") == []


def fill(years: int, states: int, bands: int) -> None:
    """So many rows for every measure, past the importer."""
    source = Import.objects.create(file_name="many.csv", state=Import.State.APPLIED)
    ranges = [f"KG-{grade:02}" for grade in range(1, 13)] + [f"01-{grade:02}" for grade in range(2, 13)]
    codes = ["ALL", *CODES[:-1], *ranges][:bands]
    assert len(codes) == bands
    names = [*[state.code for state in STATES][: states - 1], "US"]
    rows = (
        (1, "", key, 2010 + year, state, band, "", "", "5", 5, "number", "")
        for key in Measure.objects.values_list("pk", flat=True)
        for year in range(years)
        for state in names
        for band in codes
    )
    OBSERVATIONS.stage(source.pk, rows)
    OBSERVATIONS.apply(source.pk)
    OBSERVATIONS.clear(source.pk)


@pytest.mark.parametrize(("years", "states", "bands"), [(1, 1, 1), (12, 56, 40)])
def test_cost_of_a_page_does_not_grow_with_the_evidence(client: Client, years: int, states: int, bands: int) -> None:
    fill(years, states, bands)
    factories.SchoolYearFactory(start=2010, figures_from="rows")
    page_with(
        ("newest_year", {"more": True}),
        *[("trend", {"heading": slug, "measure": measure(slug).pk, "bands": []}) for slug in ("eligible", "summer")],
        ("states", {"heading": "State by State", "measure": None}),
    )
    costs = {}
    for address in ("/impact/", "/impact/?year=2010-11&sort=ALL&order=desc", "/impact/2010-11/", "/impact/data/"):
        client.get(address)
        with CaptureQueriesContext(connection) as warm:
            assert client.get(address).status_code == 200
        costs[address] = len(warm)
    assert costs == {
        "/impact/": 4,
        "/impact/?year=2010-11&sort=ALL&order=desc": 4,
        "/impact/2010-11/": 3,
        "/impact/data/": 3,
    }
