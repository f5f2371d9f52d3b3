"""What imports leave behind that nobody took over: rows in the staging tables, and files that were sent."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from impact.importing.tables import NOTES, OBSERVATIONS
from impact.models import Import

# How long a preview waits for somebody to confirm it, and a file for somebody to read it.
PATIENCE = timedelta(days=7)
# After this long without a sign of life a file that was read is given up.
GIVEN_UP = timedelta(hours=1)


def abandon(imported: Import) -> None:
    """Leaves an import that was only looked at, with all that waits for it; its row has to be locked."""
    for tables in (OBSERVATIONS, NOTES):
        tables.clear(imported.pk)
    if imported.upload:
        imported.upload.delete(save=False)
    imported.state, imported.upload = Import.State.DISCARDED, ""
    imported.save()


def abandon_old() -> None:
    """Leaves previews that nobody has confirmed for a week, files that nobody has read as long, and those whose reader
    was stopped.
    """
    now = timezone.now()
    is_forgotten = Q(state=Import.State.READY, progress_at__lt=now - PATIENCE)
    is_stopped = Q(progress_at__lt=now - GIVEN_UP) | Q(progress_at=None, created_at__lt=now - PATIENCE)
    forgotten = Import.objects.filter(is_forgotten | Q(is_stopped, state=Import.State.READING))
    with transaction.atomic():
        for imported in forgotten.select_for_update(of=("self",)):
            abandon(imported)
