"""What must be true of a page of every type, at its barest and at its fullest."""

import pytest
from django.test import Client
from django.utils.functional import Promise
from modelcluster.models import get_all_child_relations

from portal.checks import every_page_type_explains_itself, every_page_type_knows_its_parents
from portal.models import BasePage
from tests.contracts.examples import EXAMPLES, make_example, page_types
from tests.faults import faults_of

pytestmark = pytest.mark.django_db

every_example = pytest.mark.parametrize(
    ("size", "model"), EXAMPLES, ids=lambda value: getattr(value, "__name__", value)
)
every_type = pytest.mark.parametrize("model", page_types(), ids=lambda model: model.__name__)


@every_example
def test_page_keeps_the_rules_of_html(client: Client, size: str, model: type[BasePage]) -> None:
    page = make_example(size, model)
    response = client.get(page.get_url())
    assert response.status_code == 200
    assert faults_of(response.content.decode()) == {}


@every_example
def test_visitor_gets_a_page_that_anyone_may_keep(client: Client, size: str, model: type[BasePage]) -> None:
    """No cookie, and nothing that a front cache would have to tell visitors apart by."""
    page = make_example(size, model)
    response = client.get(page.get_url())
    assert response.headers["Cache-Control"] == "public, max-age=60"
    assert {name.strip() for name in response.headers["Vary"].split(",")} == {"Accept-Encoding", "Accept-Language"}
    assert not response.cookies


@every_example
def test_page_shows_in_a_preview_of_every_mode(rf, site, size: str, model: type[BasePage]) -> None:
    page = make_example(size, model)
    for mode, _name in page.preview_modes:
        response = page.make_preview_request(preview_mode=mode)
        assert response.status_code == 200
        assert "public" not in response.headers.get("Cache-Control", "")


@every_example
def test_page_can_be_edited(log_in, superuser, size: str, model: type[BasePage]) -> None:
    page = make_example(size, model)
    client = log_in(superuser)
    assert client.get(f"/admin/pages/{page.pk}/edit/").status_code == 200
    assert client.get(f"/admin/pages/{page.pk}/view_draft/").status_code == 200


@every_type
def test_page_can_be_added_where_it_belongs(log_in, superuser, monkeypatch, model: type[BasePage]) -> None:
    # The site of the tests has the one that is allowed.
    monkeypatch.setattr(model, "max_count", None)
    parent = model.allowed_parent_page_models()[0].objects.first()
    response = log_in(superuser).get(f"/admin/pages/add/{model._meta.app_label}/{model._meta.model_name}/{parent.pk}/")
    assert response.status_code == 200


@every_type
def test_page_type_explains_itself_to_an_editor(model: type[BasePage]) -> None:
    assert isinstance(model.page_description, Promise)
    assert str(model.page_description).endswith(".")


@every_type
def test_every_field_of_a_page_type_has_its_place_in_a_form(model: type[BasePage]) -> None:
    """A field that no panel shows would be one that no editor can fill."""
    form = model.get_edit_handler().get_form_class()
    fields = [field for field in (*model._meta.local_fields, *model._meta.local_many_to_many) if field.editable]
    own = {field.name for field in fields if not field.primary_key}
    children = {relation.get_accessor_name() for relation in get_all_child_relations(model) if "." not in relation.name}
    ours = {name for name in children if getattr(model, name).rel.model is model}
    assert (own | ours) - set(form.base_fields) - set(form.formsets) == set()


@every_type
def test_words_of_a_page_type_can_be_translated(model: type[BasePage]) -> None:
    fields = [field for field in model._meta.local_fields if not field.auto_created and not field.primary_key]
    words = [model._meta.verbose_name, *(field.verbose_name for field in fields)]
    words += [field.help_text for field in fields if field.help_text]
    assert [word for word in words if not isinstance(word, Promise)] == []


def test_check_finds_a_page_type_without_description(monkeypatch) -> None:
    monkeypatch.setattr(page_types()[0], "page_description", "")
    assert [error.id for error in every_page_type_explains_itself(None)] == ["portal.E001"]


def test_check_finds_a_page_type_without_parents(monkeypatch) -> None:
    monkeypatch.delattr(page_types()[0], "parent_page_types")
    assert [error.id for error in every_page_type_knows_its_parents(None)] == ["portal.E002"]


def test_page_type_without_an_example_fails_with_a_clear_message() -> None:
    class NewPage(BasePage):
        class Meta:
            abstract = True

    with pytest.raises(AssertionError, match="NewPage is new: give it a full example"):
        make_example("full", NewPage)
