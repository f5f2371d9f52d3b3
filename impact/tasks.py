"""Long work that an editor starts and does not wait for."""

import logging

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.utils import translation
from django.utils.translation import gettext as _
from django_tasks import task

from impact.importing import discard, read
from impact.models import Import

log = logging.getLogger(__name__)


@task(backend="imports")
def read_upload(import_id: int) -> None:
    """Reads the file that an editor has sent, and removes it. What can't be expected stops this import only."""
    imported = Import.objects.filter(pk=import_id, state=Import.State.READING).select_related("user").first()
    if imported is None:
        return
    # What is found in the file is kept in words: in those of whoever sent it.
    with translation.override(_language_of(imported.user)):
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


def _language_of(user: AbstractUser | None) -> str:
    """The language in which somebody uses the admin."""
    profile = getattr(user, "wagtail_userprofile", None)
    return profile.get_preferred_language() if profile else settings.LANGUAGE_CODE
