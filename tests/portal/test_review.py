"""From a draft to a public page: what each group's buttons do."""

import pytest
from django.core import mail
from django.test import Client
from wagtail.models import Page

from articles.models import ArticlePage
from portal.models import StandardPage
from portal.roles import AUTHOR, EDITOR, MANAGER
from tests import factories
from tests.factories import UserFactory
from tests.forms import page_fields, words
from updates.models import UpdateIndexPage, UpdatePage


@pytest.fixture
def as_member(site, log_in):
    return lambda group: log_in(UserFactory(group=group))


def write(client: Client, model: type[Page], parent: Page, action: str, **fields) -> Page | None:
    """Fills in the form of a new page and presses a button; None where there is no such form for this user."""
    address = f"/admin/pages/add/{model._meta.app_label}/{model._meta.model_name}/{parent.pk}/"
    data = page_fields(client, address) | {"title": "A new page", "slug": "a-new-page", action: "1"} | fields
    client.post(address, data)
    return model.objects.filter(slug="a-new-page").first()


def change(client: Client, page: Page, action: str, **fields) -> Page:
    address = f"/admin/pages/{page.pk}/edit/"
    client.post(address, page_fields(client, address) | {action: "1"} | fields)
    return type(page).objects.get(pk=page.pk)


def approve(client: Client, page: Page) -> int:
    state = page.current_workflow_task_state
    return client.post(f"/admin/pages/workflow/action/{page.pk}/approve/{state.pk}/").status_code


def is_public(page: Page) -> bool:
    return Client().get(page.get_url()).status_code == 200


UPDATE = {"lead": words("Something changed.")}


@pytest.mark.parametrize("group", [EDITOR, MANAGER])
def test_editor_publishes_an_update(as_member, update_index, group: str) -> None:
    page = write(as_member(group), UpdatePage, update_index, "action-publish", **UPDATE)
    assert page.live
    assert is_public(page)


def test_editor_publishes_an_article(as_member, article_index) -> None:
    page = write(as_member(EDITOR), ArticlePage, article_index, "action-publish", **UPDATE)
    assert page.live


def test_author_writes_an_update_and_can_not_publish_it(as_member, update_index) -> None:
    page = write(as_member(AUTHOR), UpdatePage, update_index, "action-publish", **UPDATE)
    assert page is not None
    assert not page.live
    assert not is_public(page)


def test_author_can_not_change_what_is_public(as_member, site) -> None:
    page = factories.UpdatePageFactory(title="Before")
    page = change(as_member(AUTHOR), page, "action-publish", title="After")
    assert page.title == "Before"
    assert page.get_latest_revision_as_object().title == "After"


@pytest.mark.parametrize("reviewer", [EDITOR, MANAGER])
def test_update_that_an_author_submits_is_public_after_review(as_member, update_index, reviewer: str) -> None:
    page = write(as_member(AUTHOR), UpdatePage, update_index, "action-submit", **UPDATE)
    assert page.workflow_in_progress
    assert not is_public(page)
    assert approve(as_member(reviewer), page) == 302
    page = UpdatePage.objects.get(pk=page.pk)
    assert page.live
    assert not page.workflow_in_progress
    assert is_public(page)


def test_reviewers_are_told_of_a_submission(log_in, update_index, committing) -> None:
    editor, manager, author = (UserFactory(group=group) for group in (EDITOR, MANAGER, AUTHOR))
    with committing():
        write(log_in(author), UpdatePage, update_index, "action-submit", **UPDATE)
    assert {recipient for message in mail.outbox for recipient in message.to} == {editor.email, manager.email}


def test_author_can_not_approve(as_member, update_index) -> None:
    page = write(as_member(AUTHOR), UpdatePage, update_index, "action-submit", **UPDATE)
    approve(as_member(AUTHOR), page)
    assert not UpdatePage.objects.get(pk=page.pk).live


def test_rejected_update_goes_back_to_its_author(as_member, update_index) -> None:
    page = write(as_member(AUTHOR), UpdatePage, update_index, "action-submit", **UPDATE)
    state = page.current_workflow_task_state
    as_member(EDITOR).post(f"/admin/pages/workflow/action/{page.pk}/reject/{state.pk}/", {"comment": "Which year?"})
    page = UpdatePage.objects.get(pk=page.pk)
    assert not page.live
    assert page.current_workflow_state.status == "needs_changes"


def test_editor_can_not_publish_a_standard_page(as_member, home) -> None:
    page = write(as_member(EDITOR), StandardPage, home, "action-publish", intro=words("About"))
    assert page is not None
    assert not page.live


def test_editor_can_not_publish_the_home_page(as_member, home) -> None:
    home = change(as_member(EDITOR), home, "action-publish", hero_tail="For Nobody")
    assert home.hero_tail == "For Migrant Education"


def test_standard_page_that_an_editor_submits_is_public_after_the_managers_review(as_member, home) -> None:
    page = write(as_member(EDITOR), StandardPage, home, "action-submit", intro=words("About"))
    approve(as_member(EDITOR), page)
    assert not StandardPage.objects.get(pk=page.pk).live
    approve(as_member(MANAGER), page)
    assert is_public(StandardPage.objects.get(pk=page.pk))


def test_manager_publishes_standard_pages_and_the_home_page(as_member, home) -> None:
    manager = as_member(MANAGER)
    assert write(manager, StandardPage, home, "action-publish", intro=words("About")).live
    assert change(manager, home, "action-publish", hero_tail="For Everybody").hero_tail == "For Everybody"
    assert "For Everybody" in Client().get("/").content.decode()


def test_update_dated_ahead_is_a_form_error(as_member, update_index) -> None:
    assert write(as_member(EDITOR), UpdatePage, update_index, "action-publish", **UPDATE, date="2999-01-01") is None


def test_press_article_without_address_is_a_form_error(as_member, article_index) -> None:
    assert write(as_member(EDITOR), ArticlePage, article_index, "action-publish", **UPDATE, kind="press") is None


def test_second_list_of_updates_can_not_be_made(as_member, home, update_index) -> None:
    response = as_member(MANAGER).get(f"/admin/pages/add/updates/updateindexpage/{home.pk}/")
    assert response.status_code in (302, 403)
    assert UpdateIndexPage.objects.count() == 1


def test_change_of_a_list_itself_is_approved_by_managers_alone(as_member, update_index) -> None:
    changed = change(as_member(AUTHOR), update_index, "action-submit", title="News")
    approve(as_member(EDITOR), changed)
    assert UpdateIndexPage.objects.get().title == "Latest Updates"
    approve(as_member(MANAGER), changed)
    assert UpdateIndexPage.objects.get().title == "News"
