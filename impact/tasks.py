"""Long work that an editor starts and does not wait for."""

import logging

from django.utils.translation import gettext as _
from django_tasks import task

from impact.importing import discard, read
from impact.models import Import

log = logging.getLogger(__name__)


@task(backend="imports")
def read_upload(import_id: int) -> None:
    """Reads the file that an editor has sent, and removes it. What can't be expected stops this import only."""
    imported = Import.objects.filter(pk=import_id, state=Import.State.READING).first()
    if imported is None:
        return
    try:
        with imported.upload.open("rb") as file:
            read(imported, file)
    except Exception:
        log.exception("Import %s could not be read", import_id)
        discard(imported)
        refusal = _("The file could not be read: something went wrong on our side. Send it again.")
        Import.objects.filter(pk=import_id).update(state=Import.State.REFUSED, report={"refusal": refusal})
    finally:
        imported.upload.delete(save=False)
        Import.objects.filter(pk=import_id).update(upload="")
