"""A school year: how it is written, what its figures say, and what an editor is told."""

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone

from impact.models import Figure, Measure, SchoolYear
from tests import factories
from tests.factories import SchoolYearFactory
from tests.faults import soup_of
from tests.forms import fields_of


@pytest.mark.parametrize(
    ("start", "label"),
    [(2020, "2020-21"), (2016, "2016-17"), (1999, "1999-00"), (2008, "2008-09"), (2009, "2009-10"), (2099, "2099-00")],
)
def test_year_is_written_with_two_digits_of_the_next(start: int, label: str) -> None:
    assert SchoolYear(start=start).label == label
    assert SchoolYear(start=start).heading == (
        f"Migrant youth participating in the Migrant Education Program in {label}:"
    )


def test_year_that_is_not_filled_in_yet_has_an_empty_name() -> None:
    assert str(SchoolYear()) == ""


@pytest.mark.parametrize("start", [1989, 2101])
def test_year_far_off_is_refused(start: int) -> None:
    with pytest.raises(ValidationError):
        SchoolYear(start=start, source_name="ED").full_clean(validate_unique=False)


def test_year_is_there_once(db) -> None:
    SchoolYearFactory(start=2020)
    with pytest.raises(IntegrityError):
        SchoolYearFactory(start=2020)


def test_figures_stand_in_the_editors_order_with_the_total_apart(db) -> None:
    context = SchoolYearFactory(
        figures=[{"label": "B", "value": 2}, {"label": "All", "value": 3, "is_total": True}, {"label": "A", "value": 1}]
    ).shown()
    assert [figure["label"] for figure in context["figures"]] == ["B", "A"]
    assert context["total"]["label"] == "All"


def test_year_without_figures_shows_none(db) -> None:
    context = SchoolYearFactory().shown()
    assert (context["figures"], context["total"], context["footnotes"]) == ([], None, [])


def test_footnotes_have_marks_of_their_own_and_share_them_when_equal(db) -> None:
    notes = ["Not in school", "", "Estimated", "Not in school"]
    context = SchoolYearFactory(
        figures=[{"label": str(place), "footnote": note} for place, note in enumerate(notes)]
    ).shown()
    assert [figure["mark"] for figure in context["figures"]] == ["*", "", "**", "*"]
    assert context["footnotes"] == [{"mark": "*", "text": "Not in school"}, {"mark": "**", "text": "Estimated"}]


def test_footnote_of_the_total_is_printed(db) -> None:
    context = SchoolYearFactory(figures=[{"label": "All", "is_total": True, "footnote": "Rounded"}]).shown()
    assert context["total"]["mark"] == "*"
    assert context["footnotes"] == [{"mark": "*", "text": "Rounded"}]


@pytest.mark.parametrize(
    ("parts", "total", "is_warned"),
    [([1, 2], 3, False), ([1, 2], 4, True), ([1, 2], 2, True), ([], 3, False), ([1, 2], None, False), ([0], 0, False)],
)
def test_editor_is_warned_when_parts_and_total_differ(db, parts, total, is_warned: bool) -> None:
    rows = [{"label": str(place), "value": value} for place, value in enumerate(parts)]
    rows += [{"label": "All", "value": total, "is_total": True}] if total is not None else []
    assert bool(SchoolYearFactory(figures=rows).sum_warning()) is is_warned


def test_warning_names_the_sum_the_total_and_the_year(db) -> None:
    year = SchoolYearFactory(start=2020, figures=[{"value": 1200}, {"label": "All", "value": 4600, "is_total": True}])
    assert year.sum_warning() == "The parts add up to 1,200, but the total says 4,600. Check the figures of 2020-21."


def test_wrong_sum_is_saved_as_it_is_and_the_editor_is_told(log_in, manager) -> None:
    year = SchoolYearFactory(start=2020, figures=[{"value": 1}, {"label": "All", "value": 3, "is_total": True}])
    client = log_in(manager)
    address = f"/admin/snippets/impact/schoolyear/edit/{year.pk}/"
    data = fields_of(client.get(address).content.decode(), "w-editor-form") | {"action-publish": "1"}
    response = client.post(address, data)
    assert response.status_code == 302
    assert any("add up to 1" in str(message) for message in get_messages(response.wsgi_request))
    assert sorted(Figure.objects.filter(school_year=year).values_list("value", flat=True)) == [1, 3]


def test_second_total_is_a_form_error(log_in, manager) -> None:
    year = SchoolYearFactory(start=2020, figures=[{"value": 1}, {"label": "All", "value": 1, "is_total": True}])
    client = log_in(manager)
    address = f"/admin/snippets/impact/schoolyear/edit/{year.pk}/"
    data = fields_of(client.get(address).content.decode(), "w-editor-form") | {"action-publish": "1"}
    response = client.post(address, data | {"figures-0-is_total": "on"})
    assert response.status_code == 200
    assert "Only one figure can be the total." in response.content.decode()
    assert year.figures.filter(is_total=True).count() == 1
    # One that is taken away doesn't count.
    response = client.post(address, data | {"figures-0-is_total": "on", "figures-1-DELETE": "on"})
    assert response.status_code == 302
    assert [figure.is_total for figure in Figure.objects.filter(school_year=year)] == [True]


@pytest.mark.parametrize(
    "fields", [{"live": False}, {"expire_at": timezone.now() - timedelta(seconds=1)}], ids=["draft", "expired"]
)
def test_hidden_year_is_not_published(db, fields: dict) -> None:
    SchoolYearFactory(start=2020, **fields)
    SchoolYearFactory(start=2019)
    assert [year.start for year in SchoolYear.objects.published().newest()] == [2019]


def test_negative_figure_is_refused(db) -> None:
    with pytest.raises(ValidationError):
        Figure(school_year=SchoolYearFactory(), label="A", value=-1).full_clean()


def test_figure_has_a_name() -> None:
    assert str(Figure(label="All", value=4600)) == "All: 4,600"
    assert str(Figure(label="All")) == "All"


def test_measure_that_only_counts_services_is_refused(site, log_in, manager) -> None:
    factories.imported([{"Data Group": "684", "Program Type": "Counseling"}])
    measure = Measure.objects.get(slug="services")
    client = log_in(manager)
    address = reverse(SchoolYear.snippet_viewset.get_url_name("add"))
    form = fields_of(client.get(address).content.decode(), "w-editor-form") | {
        "start": "2020", "figures_from": "rows", "measure": str(measure.pk), "caveat": "null", "action-publish": "1",
    }  # fmt: skip
    answer = client.post(address, form)
    assert "choose one that counts everybody" in answer.content.decode()
    assert not SchoolYear.objects.exists()


def test_services_are_never_shown_as_everybody(site) -> None:
    factories.imported([{"Data Group": "684", "Program Type": "Counseling"}])
    year = factories.SchoolYearFactory(start=2020, figures_from="rows", measure=Measure.objects.get(slug="services"))
    assert (year.shown()["figures"], year.shown()["total"]) == ([], None)


def test_computed_figures_stand_with_their_source_and_notes(site, client, home) -> None:
    factories.imported([{"State": "UNITED STATES", "Age/Grade": "ALL", "Value": "4,321"}])
    factories.imported(factories.notes_csv([{"State": "ALL STATES", "Data Note": "Counted late."}]), name="notes.csv")
    factories.SchoolYearFactory(start=2020, figures_from="rows")
    words = soup_of(client.get("/").content.decode()).select_one(".results-impact").get_text(" ", strip=True)
    for expected in ("4,321", factories.evidence.FILE_NAME, "retrieved", "Counted late."):
        assert expected in words
