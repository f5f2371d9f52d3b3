"""What follows a change of content: cached values are forgotten, files for visitors are made."""

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import DraftStateMixin, Locale, PageViewRestriction, Site
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move, published, unpublished

from portal.content_cache import forget_content
from portal.models import BasePage, PortalDocument, PortalImage, SiteSettings, Topic
from portal.roles import open_section
from portal.tasks import make_renditions

for change in (page_published, page_unpublished, page_slug_changed, post_page_move, published, unpublished):
    change.connect(forget_content, dispatch_uid="forget content")
for model in (Locale, PageViewRestriction, PortalDocument, PortalImage, Site, SiteSettings, Topic):
    post_save.connect(forget_content, sender=model, dispatch_uid=f"forget content of {model.__name__}")
    post_delete.connect(forget_content, sender=model, dispatch_uid=f"forget deleted {model.__name__}")


@receiver(post_delete, dispatch_uid="forget what was deleted")
def forget_deleted(sender: type, **kwargs) -> None:
    """Pages, and snippets with drafts such as school years."""
    if issubclass(sender, DraftStateMixin):
        forget_content()


@receiver(post_save, sender=PortalImage, dispatch_uid="make renditions")
def prepare_image(instance: PortalImage, update_fields: frozenset[str] | None = None, **kwargs) -> None:
    """Files for visitors are made now, so that no visitor waits for them."""
    if update_fields is None or "file" in update_fields:
        transaction.on_commit(lambda: make_renditions.enqueue(instance.pk))


@receiver(post_save, dispatch_uid="open section")
def open_new_section(sender: type, instance: object, created: bool, raw: bool = False, **kwargs) -> None:
    """A new list of updates or articles is one in which the group Editor publishes."""
    if created and not raw and isinstance(instance, BasePage) and instance.is_published_by_editors:
        open_section(instance)
