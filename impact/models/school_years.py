"""The program's figures, one set for each school year."""

from typing import Any

from django.contrib.contenttypes.fields import GenericRelation
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, HelpPanel, InlinePanel, MultiFieldPanel, PublishingPanel
from wagtail.fields import RichTextField
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    Orderable,
    PreviewableMixin,
    RevisionMixin,
    WorkflowMixin,
)
from wagtail.search import index

from impact.figures import computed_figures
from impact.querysets import SchoolYearQuerySet
from impact.school_year_form import SchoolYearForm
from impact.years import FIRST, LAST, year_label
from portal.content_cache import remember


class FiguresFrom(models.TextChoices):
    """Where the figures of a school year come from."""

    TYPED = "typed", _("The figures typed in below")
    ROWS = "rows", _("The imported rows, added up into bands")


class SchoolYear(
    WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, PreviewableMixin, index.Indexed, ClusterableModel
):
    """A school year with its figures. The heading is made from the year."""

    start = models.PositiveSmallIntegerField(
        _("first year"),
        unique=True,
        validators=[MinValueValidator(FIRST), MaxValueValidator(LAST)],
        help_text=_("The year in which the school year starts: 2020 for 2020-21."),
    )
    figures_from = models.CharField(
        _("figures"),
        max_length=8,
        choices=FiguresFrom,
        default=FiguresFrom.TYPED,
        help_text=_("A number that is computed from rows is labelled so, and names the States that it lacks."),
    )
    measure = models.ForeignKey(
        "impact.Measure",
        verbose_name=_("measure"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("For imported rows: what is shown. Empty: the first measure, eligible over 12 months."),
    )
    source_name = models.CharField(
        _("source"), max_length=200, help_text=_("Where the figures come from, for example ED Data Express.")
    )
    source_url = models.URLField(_("address of the source"), blank=True)
    caveat = RichTextField(
        _("caveat"),
        blank=True,
        features=["bold", "italic", "link", "document-link"],
        help_text=_("What a reader must know before using the figures; shown with them."),
    )

    # With these, a year that is deleted takes its versions and reviews along.
    _revisions = GenericRelation("wagtailcore.Revision", related_query_name="school_year")
    workflow_states = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="school_year",
        for_concrete_model=False,
    )

    panels = [
        FieldPanel("start"),
        MultiFieldPanel([FieldPanel("figures_from"), FieldPanel("measure")], _("Where the figures come from")),
        InlinePanel("figures", heading=_("Figures"), label=_("figure")),
        HelpPanel(
            _("A year without figures shows its heading, caveat and source. Never enter 0 for an unknown number."),
        ),
        FieldPanel("caveat"),
        MultiFieldPanel([FieldPanel("source_name"), FieldPanel("source_url")], _("Source")),
        PublishingPanel(),
    ]
    search_fields = [
        index.SearchField("source_name"),
        index.AutocompleteField("source_name"),
        index.FilterField("start"),
    ]

    objects = SchoolYearQuerySet.as_manager()
    base_form_class = SchoolYearForm

    class Meta:
        ordering = ["-start"]
        verbose_name = _("school year")
        verbose_name_plural = _("school years")

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The year as it is written: 2020-21."""
        return year_label(self.start) if self.start is not None else ""

    @property
    def heading(self) -> str:
        return gettext("Migrant youth participating in the Migrant Education Program in %(year)s:") % {
            "year": self.label
        }

    @cached_property
    def all_figures(self) -> list["Figure"]:
        """The figures in the editor's order; those with a footnote carry its mark."""
        figures = list(self.figures.all())
        marks: dict[str, str] = {}
        for figure in figures:
            if figure.footnote:
                marks.setdefault(figure.footnote, "*" * (len(marks) + 1))
                figure.mark = marks[figure.footnote]
        return figures

    def sum_warning(self) -> str:
        """What to tell the editor when the parts don't add up to the total; "" when they do or can't be compared."""
        if self.figures_from == FiguresFrom.ROWS:
            return ""
        total = next((figure.value for figure in self.all_figures if figure.is_total), None)
        parts = [figure.value for figure in self.all_figures if not figure.is_total]
        if total is None or not parts or sum(parts) == total:
            return ""
        return _("The parts add up to %(sum)s, but the total says %(total)s. Check the figures of %(year)s.") % {
            "sum": f"{sum(parts):,}",
            "total": f"{total:,}",
            "year": self.label,
        }

    def shown(self) -> dict[str, Any]:
        """What `components/impact.html` shows, as plain values that a cache can keep."""
        evidence: dict[str, Any] = {}
        if self.figures_from == FiguresFrom.ROWS:
            figures, notes, evidence = computed_figures(self.start, self.measure)
        else:
            figures = [figure.shown() for figure in self.all_figures]
            notes = {figure.mark: figure.footnote for figure in self.all_figures if figure.mark}
        return {
            "year": {
                "label": self.label,
                "heading": self.heading,
                "caveat": self.caveat,
                "source_name": self.source_name,
                "source_url": self.source_url,
            },
            "figures": [figure for figure in figures if not figure["is_total"]],
            "total": next((figure for figure in figures if figure["is_total"]), None),
            "footnotes": [{"mark": mark, "text": text} for mark, text in notes.items()],
            "evidence": evidence,
        }

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return "impact/school_year_preview.html"

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        return super().get_preview_context(request, mode_name) | self.shown()


def shown_year(start: int) -> dict[str, Any]:
    """What a published school year shows; `year` is None where there is none."""

    def read() -> dict[str, Any]:
        year = SchoolYear.objects.published().filter(start=start).select_related("measure").first()
        return year.shown() if year else {"year": None}

    return remember(f"impact-school-year-{start}-{get_language()}", read)


class Figure(Orderable):
    """One number of a school year."""

    class Icon(models.TextChoices):
        BABY = "baby", _("Baby")
        CHILD = "child", _("Young child")
        STUDENT = "student", _("Student")
        PERSON = "person", _("Youth")
        QUESTION = "question", _("Not specified")
        GROUP = "group", _("All")

    school_year = ParentalKey(SchoolYear, related_name="figures", on_delete=models.CASCADE)
    label = models.CharField(_("label"), max_length=80, help_text=_("For example: Birth to 2 years old."))
    value = models.PositiveIntegerField(_("number"), help_text=_("Digits only; leave the line out when unknown."))
    icon = models.CharField(_("icon"), max_length=12, choices=Icon, default=Icon.STUDENT)
    footnote = models.CharField(
        _("footnote"), max_length=200, blank=True, help_text=_("For example: Not in kindergarten. The mark is added.")
    )
    is_total = models.BooleanField(_("is this the total?"), default=False)

    panels = [
        FieldPanel("label"),
        FieldPanel("value"),
        FieldPanel("icon"),
        FieldPanel("footnote"),
        FieldPanel("is_total"),
    ]

    # The footnote's mark, given by the school year.
    mark = ""

    class Meta(Orderable.Meta):
        verbose_name = _("figure")
        verbose_name_plural = _("figures")

    def shown(self) -> dict[str, Any]:
        names = ("label", "value", "icon", "mark", "is_total")
        return {name: getattr(self, name) for name in names}

    def __str__(self) -> str:
        return f"{self.label}: {self.value:,}" if self.value is not None else self.label
