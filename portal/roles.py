"""The three groups of editors and what each may do. Made once: what a manager changes later stays changed."""

from collections.abc import Iterable

from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowContentType,
    WorkflowPage,
    WorkflowTask,
)

from portal.models import BasePage

AUTHOR = "Author"
EDITOR = "Editor"
MANAGER = "Manager"

WRITE_PAGES = ["add_page", "change_page"]
PUBLISH_PAGES = [*WRITE_PAGES, "publish_page"]
MANAGE_PAGES = [*PUBLISH_PAGES, "bulk_delete_page", "lock_page", "unlock_page"]

ADMIN = ["wagtailadmin.access_admin"]
EDIT_SNIPPETS = ["portal.add_topic", "portal.change_topic", "impact.add_schoolyear", "impact.change_schoolyear"]
MANAGE_SITE = [
    "auth.add_user",
    "auth.change_user",
    "auth.delete_user",
    "portal.change_sitesettings",
    "portal.delete_topic",
    "impact.delete_schoolyear",
    "impact.publish_schoolyear",
    "impact.lock_schoolyear",
    "impact.unlock_schoolyear",
    "impact.view_import",
    "impact.add_import",
    "impact.change_measure",
    "simple_translation.submit_translation",
    "wagtailcore.add_locale",
    "wagtailcore.change_locale",
    "wagtailcore.add_workflow",
    "wagtailcore.change_workflow",
    "wagtailcore.delete_workflow",
    # Without deleting tasks: one that is disabled counts as passed, and publishes all that waits for it.
    "wagtailcore.add_task",
    "wagtailcore.change_task",
    "wagtailredirects.add_redirect",
    "wagtailredirects.change_redirect",
    "wagtailredirects.delete_redirect",
]
# In any collection of images and documents.
USE_MEDIA = ["wagtailimages.add_image", "wagtailimages.choose_image", "wagtaildocs.add_document"]
USE_MEDIA += ["wagtaildocs.choose_document"]
CHANGE_MEDIA = ["wagtailimages.change_image", "wagtaildocs.change_document"]
MANAGE_COLLECTIONS = ["wagtailcore.add_collection", "wagtailcore.change_collection", "wagtailcore.delete_collection"]


@transaction.atomic
def ensure_roles() -> list[str]:
    """Makes the groups and workflows that are missing; gives the names of those that it made."""
    made = [
        name
        for name, model, pages, media in (
            (AUTHOR, ADMIN, WRITE_PAGES, USE_MEDIA),
            (EDITOR, [*ADMIN, *EDIT_SNIPPETS], WRITE_PAGES, [*USE_MEDIA, *CHANGE_MEDIA]),
            (
                MANAGER,
                [*ADMIN, *EDIT_SNIPPETS, *MANAGE_SITE],
                MANAGE_PAGES,
                [*USE_MEDIA, *CHANGE_MEDIA, *MANAGE_COLLECTIONS],
            ),
        )
        if _make_group(name, model, pages, media)
    ]
    if made:
        _remove_defaults()
    # A manager may have renamed ours or made another.
    if not WorkflowPage.objects.filter(page=Page.get_first_root_node()).exists():
        _make_workflows()
    if EDITOR in made:
        for section in section_pages():
            open_section(section)
    return made


def section_pages() -> Iterable[Page]:
    """The pages below which editors publish."""
    for model in apps.get_models():
        if issubclass(model, BasePage) and model.is_published_by_editors:
            yield from model.objects.all()


def open_section(section: Page) -> None:
    """Lets the group Editor publish below a page and review what authors submit there."""
    editors = Group.objects.filter(name=EDITOR).first()
    workflow = Workflow.objects.filter(name="Editorial review").first()
    if editors:
        _grant_pages(editors, section, PUBLISH_PAGES)
    if workflow:
        WorkflowPage.objects.get_or_create(page_id=section.pk, defaults={"workflow": workflow})


def _make_group(name: str, model: list[str], pages: list[str], media: list[str]) -> bool:
    group, is_new = Group.objects.get_or_create(name=name)
    if is_new:
        group.permissions.set([_permission(code) for code in model])
        _grant_pages(group, Page.get_first_root_node(), pages)
        root = Collection.get_first_root_node()
        for code in media:
            GroupCollectionPermission.objects.get_or_create(group=group, collection=root, permission=_permission(code))
    return is_new


def _grant_pages(group: Group, page: Page, codes: list[str]) -> None:
    for code in codes:
        GroupPagePermission.objects.get_or_create(
            group=group, page_id=page.pk, permission=_permission(f"wagtailcore.{code}")
        )


def _permission(code: str) -> Permission:
    app_label, codename = code.split(".")
    return Permission.objects.get(content_type__app_label=app_label, codename=codename)


def _remove_defaults() -> None:
    """Wagtail's own groups and workflow would stand beside ours under almost the same names."""
    Group.objects.filter(name__in=["Editors", "Moderators"], user=None).delete()
    Workflow.objects.filter(name="Moderators approval", workflow_states=None).delete()
    GroupApprovalTask.objects.filter(name="Moderators approval", task_states=None).delete()


def _make_workflows() -> None:
    """One step each: editors review updates and articles, managers everything else."""
    if review := _new_workflow("Editorial review", [EDITOR, MANAGER]):
        for section in section_pages():
            WorkflowPage.objects.get_or_create(page_id=section.pk, defaults={"workflow": review})
    if manager_review := _new_workflow("Manager review", [MANAGER]):
        root = Page.get_first_root_node()
        WorkflowPage.objects.create(page_id=root.pk, workflow=manager_review)
        school_year = ContentType.objects.get_for_model(apps.get_model("impact", "SchoolYear"))
        WorkflowContentType.objects.get_or_create(content_type=school_year, defaults={"workflow": manager_review})


def _new_workflow(name: str, groups: list[str]) -> Workflow | None:
    """The workflow with one task for the groups, or None when it is there already."""
    workflow, is_new = Workflow.objects.get_or_create(name=name)
    if not is_new:
        return None
    task = GroupApprovalTask.objects.create(name=name)
    task.groups.set(Group.objects.filter(name__in=groups))
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    return workflow
