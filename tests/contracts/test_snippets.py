"""What an editor keeps outside of pages: topics, school years, settings. Each can be listed, edited and previewed."""

import pytest
from django.apps import apps
from django.db import models
from django.urls import reverse
from django.utils.functional import Promise
from wagtail.models import Page, PreviewableMixin
from wagtail.snippets.models import get_snippet_models

from impact.models import Measure
from portal.models import SiteSettings
from tests.contracts.blocks import OURS
from tests.factories import SchoolYearFactory, TopicFactory, full_settings
from tests.faults import ERROR_PAGE_RULES, faults_of

FACTORIES = {"Topic": TopicFactory, "SchoolYear": SchoolYearFactory, "Measure": Measure.objects.first}
SNIPPETS = [model for model in get_snippet_models() if model._meta.app_label in OURS]
OWN_MODELS = [model for model in apps.get_models() if model._meta.app_label in OURS and not issubclass(model, Page)]

every_snippet = pytest.mark.parametrize("model", SNIPPETS, ids=lambda model: model.__name__)


@pytest.fixture
def snippet(request, site) -> models.Model:
    factory = FACTORIES.get(request.param.__name__)
    assert factory, f"{request.param.__name__} is new: give it a factory in tests/contracts/test_snippets.py"
    return factory()


with_snippet = pytest.mark.parametrize("snippet", SNIPPETS, indirect=True, ids=lambda model: model.__name__)


@with_snippet
@pytest.mark.parametrize("name", ["list", "add", "edit", "history", "usage", "delete"])
def test_snippet_has_its_views(snippet: models.Model, name: str, log_in, superuser) -> None:
    views = type(snippet).snippet_viewset
    arguments = [] if name in ("list", "add") else [snippet.pk]
    response = log_in(superuser).get(reverse(views.get_url_name(name), args=arguments))
    assert response.status_code == 200


@with_snippet
def test_snippet_has_a_name(snippet: models.Model) -> None:
    assert str(snippet)
    assert "object (" not in str(snippet)


@with_snippet
def test_snippet_shows_in_a_preview(snippet: models.Model) -> None:
    if not isinstance(snippet, PreviewableMixin):
        pytest.skip("is shown as part of something else")
    html = snippet.make_preview_request().content.decode()
    assert faults_of(html, ERROR_PAGE_RULES) == {}


def test_settings_show_in_a_preview(site) -> None:
    html = full_settings().make_preview_request().content.decode()
    assert faults_of(html, ERROR_PAGE_RULES) == {}
    assert "Office closed" in html


def test_settings_can_be_edited(log_in, superuser, site) -> None:
    full_settings()
    assert log_in(superuser).get(f"/admin/settings/portal/sitesettings/{site.pk}/").status_code == 200


@pytest.mark.parametrize("model", OWN_MODELS, ids=lambda model: model.__name__)
def test_words_of_a_model_can_be_translated(model: type[models.Model]) -> None:
    fields = [
        f for f in model._meta.local_fields if f.editable and not f.primary_key and not f.auto_created and f.concrete
    ]
    inherited = {"file_size", "file_hash", "collection", "uploaded_by_user", "tags", "sort_order", "site"}
    own = [field for field in fields if field.name not in inherited and not hasattr(field, "parent_link")]
    words = [field.help_text for field in own if field.help_text]
    assert [word for word in words if not isinstance(word, Promise)] == []


def test_settings_have_no_field_that_nobody_can_fill() -> None:
    form = SiteSettings.edit_handler.bind_to_model(SiteSettings).get_form_class()
    fields = {field.name for field in SiteSettings._meta.local_fields if field.editable and field.name != "site"}
    assert fields - set(form.base_fields) == {"id"}
