import logging
from collections.abc import Callable, Iterator
from functools import partial

from django.apps import apps
from django.core.management.base import BaseCommand
from django.db import DatabaseError, transaction
from django.utils import timezone
from wagtail.models import DraftStateMixin, Page, Revision

log = logging.getLogger(__name__)


class Command(BaseCommand):
    """Wagtail's command of this name ends at the first page that can't be published, which then loses its schedule."""

    help = "Publishes and expires what editors have scheduled; what can't be is logged and keeps its schedule."

    def handle(self, **options) -> None:
        for name, act in due():
            try:
                with transaction.atomic():
                    act()
            except DatabaseError:
                raise
            except Exception:  # whatever is wrong with one page must not keep the others from appearing
                log.exception("%s can't be published or expired as it was scheduled", name)


def due() -> Iterator[tuple[str, Callable[[], object]]]:
    """What has to go and then what has to appear, oldest first: a name for the log, and what does it."""
    drafted = [model for model in apps.get_models() if issubclass(model, DraftStateMixin)]
    for model in (Page, *(model for model in drafted if not issubclass(model, Page))):
        for entry in model.objects.filter(live=True, expire_at__lt=timezone.now()).order_by("expire_at"):
            expire = partial(entry.unpublish, set_expired=True, log_action="wagtail.unpublish.scheduled")
            yield f"{model.__name__} “{entry}”", expire
    for revision in Revision.objects.filter(approved_go_live_at__lt=timezone.now()).order_by("approved_go_live_at"):
        yield f"“{revision.object_str}”", partial(revision.publish, log_action="wagtail.publish.scheduled")
