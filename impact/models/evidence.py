"""Rows of evidence: what was counted, where, when, and what must be known about it.

The terms are those of EDFacts (https://www.ed.gov/edfacts) and of the files of ED Data Express
(https://eddataexpress.ed.gov/download).
"""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable

from impact.querysets import DataNoteQuerySet, MeasureQuerySet, ObservationQuerySet
from impact.years import year_label


class Status(models.TextChoices):
    """What stands in a cell. Only a number can be added up."""

    NUMBER = "number", _("number")
    NOT_APPLICABLE = "not applicable", _("not applicable")
    MISSING = "missing", _("missing")
    SUPPRESSED = "suppressed", _("suppressed")
    RANGE = "range", _("range")
    PERCENT = "percent", _("percent")


class Measure(ClusterableModel):
    """Something that the program counts, each year and in each State."""

    slug = models.SlugField(
        _("slug"), unique=True, help_text=_("Stands in the addresses of downloads: better never changed.")
    )
    name = models.CharField(_("name"), max_length=120)
    definition = models.TextField(_("definition"), help_text=_("Who is counted, and over which months."))
    file_spec = models.CharField(_("file specification"), max_length=8, help_text=_("Of EDFacts: FS121."))
    data_group = models.PositiveIntegerField(
        _("data group"), unique=True, help_text=_("Of EDFacts: 634. By this number a file says what it counts.")
    )
    sort_order = models.PositiveSmallIntegerField(_("place in lists"), default=0)

    panels = [
        FieldPanel("name"),
        FieldPanel("definition"),
        MultiFieldPanel([FieldPanel("file_spec"), FieldPanel("data_group"), FieldPanel("slug")], _("EDFacts")),
        InlinePanel("breaks", heading=_("Breaks in the series"), label=_("break")),
        FieldPanel("sort_order"),
    ]

    objects = MeasureQuerySet.as_manager()

    class Meta:
        ordering = ["sort_order", "name"]
        verbose_name = _("measure")
        verbose_name_plural = _("measures")

    def __str__(self) -> str:
        return self.name


class SeriesBreak(Orderable):
    """A year from which on a measure is counted in another way, so that it can't be compared with the years before."""

    measure = ParentalKey(Measure, related_name="breaks", on_delete=models.CASCADE)
    year = models.PositiveSmallIntegerField(
        _("first year"), help_text=_("The year in which the first school year of the new count starts: 2021.")
    )
    note = models.CharField(_("what changed"), max_length=300)

    panels = [FieldPanel("year"), FieldPanel("note")]

    class Meta(Orderable.Meta):
        verbose_name = _("break in a series")
        verbose_name_plural = _("breaks in series")

    def __str__(self) -> str:
        return f"{year_label(self.year)}: {self.note}" if self.year else ""


class ObservationKey(models.Model):
    """What an observation is about. Two with the same key are the same observation."""

    year = models.SmallIntegerField()
    state = models.CharField(max_length=2)
    # "" is the State itself (or the nation), else the NCES number of a district or school.
    entity = models.CharField(max_length=12, blank=True)
    # Without a constraint in the database, which would look up 300,000 references of an import one by one; what
    # writes rows takes their keys from the tables themselves, and Django protects what is referred to.
    measure = models.ForeignKey(
        Measure, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    band = models.CharField(max_length=16)
    program_type = models.CharField(max_length=120, blank=True)
    # "" is everybody, else a part of the students that is neither an age nor a grade.
    subgroup = models.CharField(max_length=250, blank=True)

    class Meta:
        abstract = True


class ObservationValue(models.Model):
    """What was counted: as it was delivered, and as a number where it is one."""

    value = models.CharField(max_length=40, blank=True)
    number = models.IntegerField(null=True)
    status = models.CharField(max_length=16, choices=Status)
    entity_name = models.CharField(max_length=120, blank=True)

    class Meta:
        abstract = True


KEY = ("entity", "measure_id", "year", "state", "band", "program_type", "subgroup")
VALUES = ("value", "number", "status", "entity_name")


class Observation(ObservationKey, ObservationValue):
    """One cell of a published table: a school year, a State or the nation, a measure, an age or grade."""

    source = models.ForeignKey(
        "impact.Import", on_delete=models.PROTECT, related_name="observations", db_constraint=False
    )

    objects = ObservationQuerySet.as_manager()

    class Meta:
        constraints = [
            # In this order the index serves the pages, which read whole States of one measure, too.
            models.UniqueConstraint(
                fields=["entity", "measure", "year", "state", "band", "program_type", "subgroup"],
                name="one_observation_per_key",
            )
        ]

    def __str__(self) -> str:
        return f"{year_label(self.year)} {self.state} {self.band}: {self.value}"


class NoteContent(models.Model):
    """What the Department or a State says about its data."""

    # 0 and "" mean all years, all States, all measures.
    year = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=2, blank=True)
    data_group = models.PositiveIntegerField(default=0)
    topic = models.CharField(max_length=250, blank=True)
    note = models.TextField(blank=True)
    state_note = models.TextField(blank=True)

    class Meta:
        abstract = True


NOTE = ("year", "state", "data_group", "topic", "note", "state_note")


class DataNote(NoteContent):
    """A footnote, shown wherever its year, State and measure are."""

    source = models.ForeignKey("impact.Import", on_delete=models.PROTECT, related_name="notes")

    objects = DataNoteQuerySet.as_manager()

    class Meta:
        ordering = ["year", "state", "pk"]
        indexes = [models.Index(fields=["data_group", "year", "state"], name="impact_note_place")]

    def __str__(self) -> str:
        return self.note or self.state_note
