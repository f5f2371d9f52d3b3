"""The three groups: who may see, write and publish what."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.models import GroupPagePermission, Page, PageViewRestriction, Task, Workflow, WorkflowPage

from portal.models import StandardPage
from portal.roles import AUTHOR, EDITOR, MANAGER, ensure_roles
from tests import factories
from tests.factories import UserFactory
from tests.forms import page_fields

GROUPS = [AUTHOR, EDITOR, MANAGER]


@pytest.fixture
def as_member(site, log_in):
    """Gives the browser of a new member of a group."""
    return lambda group: log_in(UserFactory(group=group))


def may_open(client: Client, address: str) -> bool:
    """Whether the view answers; Wagtail leads whoever may not to the admin's first page."""
    response = client.get(address)
    assert response.status_code in (200, 302, 403), f"{address}: {response.status_code}"
    return response.status_code == 200


@pytest.mark.parametrize(
    ("address", "groups"),
    [
        ("/admin/", {AUTHOR, EDITOR, MANAGER}),
        ("/admin/images/", {AUTHOR, EDITOR, MANAGER}),
        ("/admin/documents/", {AUTHOR, EDITOR, MANAGER}),
        ("/admin/images/add/", {AUTHOR, EDITOR, MANAGER}),
        ("/admin/updates/", {AUTHOR, EDITOR, MANAGER}),
        ("/admin/articles/", {AUTHOR, EDITOR, MANAGER}),
        ("/admin/snippets/portal/topic/", {EDITOR, MANAGER}),
        ("/admin/snippets/portal/topic/add/", {EDITOR, MANAGER}),
        ("/admin/snippets/impact/schoolyear/", {EDITOR, MANAGER}),
        ("/admin/snippets/impact/schoolyear/add/", {EDITOR, MANAGER}),
        ("/admin/settings/portal/sitesettings/{site}/", {MANAGER}),
        ("/admin/users/", {MANAGER}),
        ("/admin/users/new/", {MANAGER}),
        ("/admin/redirects/", {MANAGER}),
        ("/admin/redirects/add/", {MANAGER}),
        ("/admin/workflows/list/", {MANAGER}),
        ("/admin/workflows/add/", {MANAGER}),
        ("/admin/collections/", {MANAGER}),
        ("/admin/locales/", {MANAGER}),
        ("/admin/groups/", set()),
        ("/admin/sites/", set()),
    ],
)
def test_view_opens_for_these_groups_alone(as_member, site, address: str, groups: set[str]) -> None:
    address = address.format(site=site.pk)
    assert {group for group in GROUPS if may_open(as_member(group), address)} == groups


def test_manager_can_not_write_over_an_administrator(as_member, superuser) -> None:
    words = {"username": "mine", "email": "m@results.test", "first_name": "M", "last_name": "M", "is_superuser": "on",
             "is_active": "on", "password1": "a long password", "password2": "a long password"}  # fmt: skip
    client = as_member(MANAGER)
    for address in (f"/admin/users/copy/{superuser.pk}/", f"/admin/users/edit/{superuser.pk}/"):
        assert client.post(address, words).status_code in (302, 403, 404)
    superuser.refresh_from_db()
    assert superuser.username != "mine"
    assert client.get(f"/admin/users/copy/{superuser.pk}/").status_code == 404


def test_menu_of_managers_leads_to_the_locales(as_member, log_in, superuser) -> None:
    for client, entries in ((as_member(MANAGER), 1), (as_member(EDITOR), 0), (log_in(superuser), 1)):
        assert client.get("/admin/").content.decode().count('"label": "Locales"') == entries


@pytest.mark.parametrize(
    "address",
    [
        "/admin/",
        "/admin/pages/",
        "/admin/images/",
        "/admin/settings/portal/sitesettings/{site}/",
        "/admin/users/",
        "/admin/snippets/impact/schoolyear/",
        "/admin/pages/{home}/edit/",
        "/admin/pages/{home}/view_draft/",
        "/admin/pages/{home}/history/",
        "/admin/reports/locked/",
        "/admin/block-preview/",
        "/admin/workflows/list/",
    ],
)
def test_stranger_is_led_to_the_login(client: Client, site, home, address: str) -> None:
    response = client.get(address.format(site=site.pk, home=home.pk))
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/admin/login/?next=")


def test_user_without_a_group_sees_nothing_of_the_admin(log_in) -> None:
    client = log_in(UserFactory())
    assert client.get("/admin/").status_code in (302, 403)
    assert client.get("/admin/pages/").status_code in (302, 403)


@pytest.mark.parametrize(
    ("make", "writers", "publishers"),
    [
        (factories.UpdatePageFactory, GROUPS, {EDITOR, MANAGER}),
        (factories.ArticlePageFactory, GROUPS, {EDITOR, MANAGER}),
        (factories.StandardPageFactory, GROUPS, {MANAGER}),
        (lambda: Page.objects.get(depth=2), GROUPS, {MANAGER}),
    ],
    ids=["update", "article", "standard page", "home page"],
)
def test_page_is_written_and_published_by(site, make, writers: list[str], publishers: set[str]) -> None:
    page = make()
    allowed = {group: page.permissions_for_user(UserFactory(group=group)) for group in GROUPS}
    assert [group for group in GROUPS if allowed[group].can_edit()] == writers
    for may in ("can_publish", "can_unpublish", "can_set_view_restrictions"):
        assert {group for group in GROUPS if getattr(allowed[group], may)()} == publishers


@pytest.mark.parametrize("group", [AUTHOR, EDITOR])
def test_published_page_is_deleted_by_nobody_who_could_not_publish_it(site, group: str) -> None:
    allowed = factories.StandardPageFactory().permissions_for_user(UserFactory(group=group))
    assert not allowed.can_delete()
    assert not allowed.can_move()


def test_author_can_not_delete_a_published_update(as_member) -> None:
    page = factories.UpdatePageFactory()
    as_member(AUTHOR).post(f"/admin/pages/{page.pk}/delete/")
    assert Page.objects.filter(pk=page.pk).exists()


def post_delete(client: Client, page: Page) -> bool:
    """Whether somebody deletes a page: by its form, or together with others."""
    client.post(f"/admin/pages/{page.pk}/delete/")
    client.post(f"/admin/bulk/wagtailcore/page/delete/?id={page.pk}")
    return not Page.objects.filter(pk=page.pk).exists()


def test_author_deletes_and_moves_drafts_of_his_own_alone(site, log_in, author, editor) -> None:
    section = factories.StandardPageFactory()
    own, other = (factories.UpdatePageFactory(live=False, owner=owner) for owner in (author, editor))
    client = log_in(author)
    assert not post_delete(client, other)
    for page in (own, other):
        assert page.permissions_for_user(author).can_move() == (page == own)
    assert post_delete(client, own)
    assert not post_delete(client, section)
    assert post_delete(log_in(editor), other)


@pytest.mark.parametrize("waits_for", ["review", "its day"])
def test_author_can_not_delete_what_others_look_at(site, log_in, author, waits_for: str) -> None:
    page = factories.UpdatePageFactory(live=False, owner=author)
    if waits_for == "review":
        page.save_revision(user=author)
        page.get_workflow().start(page, author)
    else:
        page.go_live_at = timezone.now() + timedelta(days=1)
        page.save_revision().publish()
    assert not post_delete(log_in(author), Page.objects.get(pk=page.pk))


def test_pages_are_deleted_together_with_those_below_them(site, log_in, superuser) -> None:
    above = factories.StandardPageFactory()
    below = factories.StandardPageFactory(parent=above)
    ids = f"id={above.pk}&id={below.pk}"
    log_in(superuser).post(f"/admin/bulk/wagtailcore/page/delete/?{ids}")
    assert not Page.objects.filter(pk__in=[above.pk, below.pk]).exists()


def test_alias_among_pages_that_are_published_is_left_as_it_is(site, log_in, superuser) -> None:
    page = factories.StandardPageFactory(live=False)
    alias = factories.StandardPageFactory().create_alias(update_slug="alias")
    log_in(superuser).post(f"/admin/bulk/wagtailcore/page/publish/?id={page.pk}&id={alias.pk}")
    assert Page.objects.get(pk=page.pk).live


@pytest.mark.parametrize("group", GROUPS)
def test_alias_of_a_private_page_does_not_become_public(as_member, client: Client, group: str) -> None:
    private, section = factories.StandardPageFactory(), factories.StandardPageFactory(slug="section")
    restriction = PageViewRestriction.objects.create(page=private, restriction_type="login")
    alias = factories.StandardPageFactory(parent=private).create_alias(parent=section, update_slug="alias")
    member = as_member(group)
    member.post(f"/admin/pages/{alias.pk}/convert_alias/")
    assert Page.objects.get(pk=alias.pk).alias_of_id
    assert client.get("/section/alias/").status_code == 302
    restriction.delete()
    member.post(f"/admin/pages/{alias.pk}/convert_alias/")
    assert bool(Page.objects.get(pk=alias.pk).alias_of_id) == (group != MANAGER)


def test_pages_are_changed_by_forms_alone(site, log_in, superuser) -> None:
    """The addresses of Wagtail's API know neither locks nor hooks: an author could change what is under review."""
    page = factories.UpdatePageFactory()
    actions = set(PagesAdminAPIViewSet.actions)
    assert {"convert_alias", "revert_to_page_revision", "delete"} <= actions
    for action in actions:
        address = f"/admin/api/main/pages/{page.pk}/action/{action}/"
        assert log_in(superuser).post(address, {}, "application/json").status_code == 404
    assert log_in(superuser).get(f"/admin/api/main/pages/{page.pk}/").status_code == 200


def test_managers_can_not_disable_what_pages_wait_for(as_member, site) -> None:
    task = Task.objects.get(name="Manager review")
    assert not may_open(as_member(MANAGER), f"/admin/workflows/tasks/disable/{task.pk}/")
    assert may_open(as_member(MANAGER), f"/admin/workflows/tasks/edit/{task.pk}/")


def test_list_that_is_made_later_is_open_to_editors(site, update_index) -> None:
    update_index.delete()
    index = factories.UpdateIndexPageFactory()
    page = factories.UpdatePageFactory(parent=index)
    assert page.permissions_for_user(UserFactory(group=EDITOR)).can_publish()
    assert page.get_workflow().name == "Editorial review"


@pytest.mark.parametrize(
    ("make", "name"),
    [
        (factories.UpdatePageFactory, "Editorial review"),
        (factories.ArticlePageFactory, "Editorial review"),
        (factories.StandardPageFactory, "Manager review"),
        (factories.SchoolYearFactory, "Manager review"),
    ],
)
def test_workflow_has_one_step(site, make, name: str) -> None:
    workflow = make().get_workflow()
    assert workflow.name == name
    assert workflow.tasks.count() == 1


def test_groups_and_workflows_are_ours_alone(site) -> None:
    assert set(Group.objects.values_list("name", flat=True)) == set(GROUPS)
    assert set(Workflow.objects.values_list("name", flat=True)) == {"Editorial review", "Manager review"}


def picture_of_roles() -> dict[str, list]:
    """Everything that ensure_roles makes, to be compared."""
    return {
        "permissions": sorted(Group.objects.values_list("name", "permissions__codename")),
        "pages": sorted(GroupPagePermission.objects.values_list("group__name", "page__slug", "permission__codename")),
        "media": sorted(Group.objects.values_list("name", "collection_permissions__permission__codename")),
        "workflows": sorted(WorkflowPage.objects.values_list("workflow__name", "page__slug")),
        "tasks": sorted(Task.objects.values_list("name", flat=True)),
    }


def test_making_roles_again_changes_nothing(site) -> None:
    before = picture_of_roles()
    assert ensure_roles() == []
    assert picture_of_roles() == before


def test_making_roles_again_undoes_no_change_of_a_manager(site, update_index) -> None:
    author = Group.objects.get(name=AUTHOR)
    author.permissions.clear()
    GroupPagePermission.objects.filter(group__name=EDITOR, page_id=update_index.pk).delete()
    WorkflowPage.objects.filter(page_id=update_index.pk).delete()
    Workflow.objects.filter(name="Manager review").update(active=False)
    before = picture_of_roles()
    ensure_roles()
    assert picture_of_roles() == before


def test_workflow_that_a_manager_has_renamed_stays(site, update_index) -> None:
    Workflow.objects.filter(name="Manager review").update(name="Director's review")
    before = picture_of_roles()
    assert ensure_roles() == []
    assert picture_of_roles() == before
    assert set(Workflow.objects.values_list("name", flat=True)) == {"Editorial review", "Director's review"}


def test_group_that_was_deleted_is_made_anew_and_the_others_stay_as_they_are(site, update_index) -> None:
    GroupPagePermission.objects.filter(group__name=EDITOR, page_id=update_index.pk).delete()
    WorkflowPage.objects.filter(page__depth=1).update(workflow=Workflow.objects.get(name="Editorial review"))
    before = picture_of_roles()
    Group.objects.get(name=AUTHOR).delete()
    assert ensure_roles() == [AUTHOR]
    assert picture_of_roles() == before


def test_roles_are_made_on_a_site_without_any(site) -> None:
    before = picture_of_roles()
    Group.objects.all().delete()
    Workflow.objects.all().delete()
    Task.objects.all().delete()
    assert ensure_roles() == GROUPS
    assert picture_of_roles() == before


@pytest.mark.parametrize("group", [AUTHOR, EDITOR, MANAGER])
def test_nobody_makes_an_administrator_of_themselves_or_others(as_member, group: str) -> None:
    other = UserFactory(group=AUTHOR, first_name="Ada", last_name="Rivers")
    data = {"username": other.username, "email": other.email, "first_name": "Ada", "last_name": "Rivers"}
    as_member(group).post(f"/admin/users/edit/{other.pk}/", data | {"is_superuser": "on", "is_active": "on"})
    other.refresh_from_db()
    assert not other.is_superuser


@pytest.mark.parametrize("action", ["set_active_state", "assign_role", "delete"])
def test_manager_does_nothing_to_an_administrator(as_member, superuser, action: str) -> None:
    data = {"mark_as_active": "False", "role": Group.objects.get(name=AUTHOR).pk}
    answer = as_member(MANAGER).post(f"/admin/bulk/auth/user/{action}/?id={superuser.pk}", data)
    assert answer.status_code in (302, 403)
    superuser.refresh_from_db()
    assert superuser.is_active
    assert not superuser.groups.exists()


def test_manager_deactivates_others(as_member) -> None:
    other = UserFactory(group=AUTHOR)
    as_member(MANAGER).post(f"/admin/bulk/auth/user/set_active_state/?id={other.pk}", {"mark_as_active": "False"})
    other.refresh_from_db()
    assert not other.is_active


def test_editor_has_the_pages_of_a_list_and_not_the_list(as_member, update_index) -> None:
    page = factories.UpdatePageFactory()
    client = as_member(EDITOR)
    client.post(f"/admin/pages/{update_index.pk}/unpublish/")
    client.post(
        f"/admin/pages/{update_index.pk}/privacy/",
        {"restriction_type": "password", "password": "secret", "groups": []},
    )
    client.post(f"/admin/bulk/wagtailcore/page/unpublish/?id={update_index.pk}", {"include_descendants": "on"})
    form = page_fields(client, f"/admin/pages/{update_index.pk}/edit/")
    client.post(f"/admin/pages/{update_index.pk}/edit/", form | {"title": "Taken", "action-publish": "1"})
    update_index.refresh_from_db()
    assert (update_index.live, update_index.title) == (True, "Latest Updates")
    assert not update_index.get_view_restrictions().exists()
    client.post(f"/admin/pages/{page.pk}/unpublish/")
    page.refresh_from_db()
    assert not page.live


@pytest.mark.parametrize("group", [AUTHOR, EDITOR])
def test_empty_list_is_not_deleted_by_those_who_write_in_it(as_member, update_index, group: str) -> None:
    as_member(group).post(f"/admin/pages/{update_index.pk}/delete/")
    assert Page.objects.filter(pk=update_index.pk).exists()


def test_standard_page_can_not_be_put_among_updates(as_member, update_index) -> None:
    response = as_member(MANAGER).get(f"/admin/pages/add/portal/standardpage/{update_index.pk}/")
    assert response.status_code in (302, 403)
    assert StandardPage not in update_index.creatable_subpage_models()
