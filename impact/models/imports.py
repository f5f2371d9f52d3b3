"""Imports of files: what each brought, and what it takes to undo it."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from impact.models.evidence import NoteContent, Observation, ObservationKey, ObservationValue
from impact.querysets import ImportQuerySet

# Without a sign of life for so long, whoever read a file has been stopped.
SILENCE = timedelta(minutes=2)


class Import(models.Model):
    """A file of ED Data Express: read, looked at, taken over or not, and undone as a whole where need be."""

    class Kind(models.TextChoices):
        DATA = "data", _("figures")
        NOTES = "notes", _("data notes")

    class State(models.TextChoices):
        READING = "reading", _("being read")
        READY = "ready", _("waits for confirmation")
        REFUSED = "refused", _("refused")
        APPLIED = "applied", _("taken over")
        UNDONE = "undone", _("undone")
        DISCARDED = "discarded", _("not taken over")

    kind = models.CharField(_("content"), max_length=8, choices=Kind, default=Kind.DATA)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.READING)
    file_name = models.CharField(_("file"), max_length=255)
    # Only until it has been read. The folder is not one that visitors can reach.
    upload = models.FileField(upload_to="imports/", blank=True)
    member_name = models.CharField(_("file in the ZIP"), max_length=255, blank=True)
    checksum = models.CharField(_("SHA-256"), max_length=64, blank=True)
    size = models.PositiveBigIntegerField(_("bytes"), default=0)
    address = models.URLField(_("address"), max_length=500, blank=True)
    with_districts = models.BooleanField(_("with districts (LEA)"), default=False)
    with_schools = models.BooleanField(_("with schools"), default=False)

    # Who sent the file, who took it over, and who undid that.
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    applied_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(_("read on"), auto_now_add=True)
    applied_at = models.DateTimeField(_("taken over on"), null=True)
    undone_at = models.DateTimeField(_("undone on"), null=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    # While it is read: how far, in thousandths, and when that was last said; never while it waits for its turn.
    progress = models.PositiveSmallIntegerField(default=0)
    progress_at = models.DateTimeField(null=True)
    # Counts and findings, as `impact.importing.reading` leaves them.
    report = models.JSONField(default=dict)
    # The last change of the data that the preview has seen.
    seen_change = models.CharField(max_length=40, blank=True)

    objects = ImportQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("import of figures")
        verbose_name_plural = _("imports of figures")

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_waiting(self) -> bool:
        """Whether nobody has begun to read the file: others come before it."""
        return self.state == self.State.READING and self.progress_at is None

    @property
    def is_silent(self) -> bool:
        """Whether whoever reads the file has given no sign of life for a while: it was stopped."""
        is_begun = self.state == self.State.READING and self.progress_at is not None
        return is_begun and timezone.now() - self.progress_at > SILENCE


class StagedObservation(ObservationKey, ObservationValue):
    """A row of a file that has been read and not been taken over."""

    source = models.ForeignKey(
        Import, on_delete=models.CASCADE, related_name="staged", db_constraint=False, db_index=False
    )
    line = models.IntegerField()


class StagedNote(NoteContent):
    """The same for data notes."""

    source = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="staged_notes", db_constraint=False)
    line = models.IntegerField()


class Change(models.Model):
    """What an observation said before an import changed it."""

    source = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="changes")
    observation = models.ForeignKey(Observation, on_delete=models.CASCADE, related_name="changes")
    old_value = models.CharField(max_length=40, blank=True)
    old_number = models.IntegerField(null=True)
    old_status = models.CharField(max_length=16)
    old_entity_name = models.CharField(max_length=120, blank=True)
    old_source = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="overwritten")
