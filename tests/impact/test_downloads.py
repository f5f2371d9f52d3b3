"""Files to download: exactly what is shown, escaped where a spreadsheet would run it, and described in the catalog."""

import csv
import io
import json
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from impact.datasets import COLUMNS
from impact.models import ImpactPage, Import
from tests import factories
from tests.faults import soup_of

PAGE = "/impact/?measure=summer&year=2014-15&sort=KG-03&order=desc"
STATES = {"CALIFORNIA": "13,557", "CONNECTICUT": "†", "COLORADO": "119", "TEXAS": "n<10"}


@pytest.fixture(autouse=True)
def _page(site) -> None:
    factories.imported(
        [
            {"School Year": "2014-2015", "State": state, "Data Group": "635", "Age/Grade": "KG-03", "Value": value}
            for state, value in STATES.items()
        ],
        address="https://eddataexpress.ed.gov/download",
    )
    factories.ImpactPageFactory(
        content=ImpactPage.content.field.stream_block.to_python(
            [{"type": "states", "value": {"heading": "State by State", "measure": None}}]
        )
    )


def read(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    assert "attachment" in response["Content-Disposition"]
    return b"".join(response.streaming_content).decode()


def rows_of(client: Client, address: str) -> list[dict[str, Any]]:
    return list(csv.DictReader(io.StringIO(read(client, address))))


def links(client: Client, page: str) -> list[str]:
    soup = soup_of(client.get(page).content.decode())
    return [
        link["href"]
        for link in soup.select("a[href]")
        if link["href"].startswith("/impact/data/") and "." in link["href"]
    ]


def test_file_has_what_the_table_shows_in_its_order(client: Client) -> None:
    shown = soup_of(client.get(PAGE).content.decode()).select(
        "table.results-states tbody tr, table.results-states tfoot tr"
    )
    table = [tuple(cell.get_text(" ", strip=True) for cell in row.select("th, td")) for row in shown]
    address = next(link for link in links(client, PAGE) if ".csv" in link)
    rows = rows_of(client, address)
    assert table.pop() == ("Sum of these States", "13,676 c")
    *rows, nation = rows
    assert (nation["state"], nation["number"], nation["computed"]) == ("Sum of these States", "13676", "yes")
    assert "TX" in nation["missing_states"].split()
    assert [(row["state"], row["value"]) for row in rows] == [row for row in table if row[1]]
    assert rows[0]["number"] == "13557"


def test_symbol_is_never_a_number(client: Client) -> None:
    found = {row["state_code"]: row for row in rows_of(client, "/impact/data/summer.csv")}
    assert (found["CT"]["value"], found["CT"]["number"], found["CT"]["status"]) == ("†", "", "not applicable")
    assert (found["TX"]["value"], found["TX"]["number"], found["TX"]["status"]) == ("n<10", "", "suppressed")


def test_columns_are_those_of_the_dictionary(client: Client) -> None:
    header = read(client, "/impact/data/summer.csv").splitlines()[0].split(",")
    assert header == [name for name, _meaning in COLUMNS]
    dictionary = soup_of(client.get("/impact/data/").content.decode())
    assert {code.get_text() for code in dictionary.select("code")} >= set(header)


def test_every_row_names_its_source(client: Client) -> None:
    for row in rows_of(client, "/impact/data/summer.csv"):
        assert row["source_file"] == factories.evidence.FILE_NAME
        assert row["source_address"] == "https://eddataexpress.ed.gov/download"
        assert row["retrieved"]


def test_day_of_retrieval_is_that_of_the_office(client: Client) -> None:
    Import.objects.update(created_at=datetime(2026, 3, 2, 3, tzinfo=UTC))
    assert {row["retrieved"] for row in rows_of(client, "/impact/data/summer.csv")} == {"2026-03-01"}


@pytest.mark.parametrize("address", ["/impact/data/summer.csv", "/impact/data/states-summer-2014-15.csv", PAGE])
def test_reports_of_imports_are_not_read_for_visitors(client: Client, address: str) -> None:
    # The report of a large import is larger than all that is shown.
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)
        assert b"13,557" in b"".join(response)
    assert [query["sql"] for query in queries if '"report"' in query["sql"]] == []
    assert any('"file_name"' in query["sql"] for query in queries)


def test_json_says_the_same_as_csv(client: Client) -> None:
    for address in ("/impact/data/summer", "/impact/data/states-summer-2014-15", "/impact/data/year-2014-15"):
        from_json = json.loads(read(client, f"{address}.json"))
        from_csv = rows_of(client, f"{address}.csv")
        plain = [{k: "" if v is None else str(v) for k, v in row.items()} for row in from_json]
        assert plain == from_csv
        assert plain


@pytest.mark.parametrize("page", [PAGE, "/impact/2014-15/", "/impact/data/", "/impact/"])
def test_every_file_that_a_page_offers_is_there(client: Client, page: str) -> None:
    offered = links(client, page)
    assert offered
    for address in offered:
        assert read(client, address)


@pytest.mark.parametrize(
    ("name", "text", "written"),
    [
        ("formula", "=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"),
        ("at", "@SUM(A1)", "'@SUM(A1)"),
        ("plus", "+cmd", "'+cmd"),
        ("minus", "-2+3+cmd", "'-2+3+cmd"),
        ("tab", "\t=1", "=1"),
        ("plain", "Counseling", "Counseling"),
    ],
)
def test_formula_in_a_cell_is_data(client: Client, name: str, text: str, written: str) -> None:
    factories.imported([{"Data Group": "684", "Program Type": text}], name=f"{name}.csv")
    cache.clear()
    [row] = rows_of(client, "/impact/data/services.csv")
    assert row["service"] == (written if name != "tab" else "'=1")
    [as_json] = json.loads(read(client, "/impact/data/services.json"))
    assert as_json["service"] == text.strip()


@pytest.mark.parametrize(("bands", "status"), [("ALL,OOS", 200), ("ALL,ALL", 404), ("nope", 404), ("", 200)])
def test_trend_has_the_bands_that_were_asked_for(client: Client, bands: str, status: int) -> None:
    factories.imported([{"State": "UNITED STATES", "Age/Grade": "ALL", "Value": "5"}], name="trend.csv")
    cache.clear()
    assert client.get(f"/impact/data/trend-eligible.csv?bands={bands}").status_code == status


def test_districts_are_in_the_file_of_a_measure_when_they_were_imported(client: Client) -> None:
    district = {"NCES LEA ID": "100005", "LEA": "Albertville City", "Data Group": "634"}
    factories.imported([district], name="lea.csv", with_districts=True)
    cache.clear()
    factories.imported([{"State": "ALABAMA"}], name="sea.csv")
    cache.clear()
    rows = rows_of(client, "/impact/data/eligible.csv")
    assert {(row["district_or_school"], row["district_or_school_name"]) for row in rows} == {
        ("", ""),
        ("0100005", "Albertville City"),
    }


@pytest.mark.parametrize(
    "name",
    [
        "nope",
        "eligible",
        "trend-nope",
        "trend-summer",
        "states-summer-1999-00",
        "states-summer",
        "year-1999-00",
        "year-x",
        "states-",
    ],
)
@pytest.mark.parametrize("kind", ["csv", "json", "xml"])
def test_file_that_there_is_not_is_not_found(client: Client, name: str, kind: str) -> None:
    assert client.get(f"/impact/data/{name}.{kind}").status_code == 404


@pytest.mark.parametrize("bands", ["nope", "KG-99", "%00", "KG-03," * 3000, "-", "+UG"])
def test_nonsense_bands_are_not_found(client: Client, bands: str) -> None:
    assert client.get(f"/impact/data/trend-summer.csv?bands={bands}").status_code == 404


def test_files_take_no_other_method(client: Client) -> None:
    assert client.post("/impact/data/summer.csv").status_code == 405
    assert client.post("/data.json").status_code == 405


class TestCatalog:
    def test_has_the_fields_that_dcat_us_requires(self, client: Client) -> None:
        factories.full_settings()
        catalog = client.get("/data.json").json()
        assert catalog["conformsTo"] == "https://project-open-data.cio.gov/v1.1/schema"
        [dataset] = catalog["dataset"]
        required = {
            "title", "description", "keyword", "modified", "publisher", "contactPoint", "identifier", "accessLevel",
            "bureauCode", "programCode", "license",
        }  # fmt: skip
        assert {name for name in required if not dataset.get(name)} == set()
        assert dataset["contactPoint"]["hasEmail"] == "mailto:office@results.test"
        assert dataset["temporal"] == "2014-09-01/2015-08-31"
        assert {part["mediaType"] for part in dataset["distribution"]} == {"text/csv", "application/json"}

    def test_leads_to_files_that_are_there(self, client: Client) -> None:
        factories.full_settings()
        for dataset in client.get("/data.json").json()["dataset"]:
            for part in dataset["distribution"]:
                assert read(
                    client,
                    part["downloadURL"].partition("://")[2].partition("/")[1]
                    + part["downloadURL"].partition("://")[2].partition("/")[2],
                )

    def test_pages_describe_the_files_as_datasets(self, client: Client) -> None:
        soup = soup_of(client.get("/impact/").content.decode())
        nodes = json.loads(soup.select_one("script[type='application/ld+json']").string)
        [dataset] = [node for node in nodes if node["@type"] == "Dataset"]
        assert dataset["name"] == "Migrant Education Program: Served in summer or intersession"
        assert dataset["temporalCoverage"] == "2014/2015"
        assert len(dataset["distribution"]) == 2


def test_file_of_a_measure_is_whole_however_many_parts_it_is_read_in(client: Client, monkeypatch) -> None:
    whole = read(client, "/impact/data/summer.csv")
    monkeypatch.setattr("impact.downloads.PART", 3)
    assert read(client, "/impact/data/summer.csv") == whole
    assert len(whole.splitlines()) == 1 + len(STATES)
