"""What an editor may put on the page of figures, in any order."""

from functools import cached_property
from typing import Any

from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from impact import evidence
from impact.bands import band_choices
from impact.files import file_addresses
from impact.models.evidence import Measure
from impact.models.school_years import SchoolYear
from impact.state_tables import StateChoice
from impact.trends import Trend, find_trend
from portal.blocks.text import ParagraphBlock
from portal.content_cache import remember


class ShownValue(blocks.StructValue):
    """A block that shows evidence. The page fills in what a visitor has chosen; a preview goes without."""

    query = QueryDict()
    path = ""
    # Tells the charts of a page apart.
    number = 1

    def show(self, query: QueryDict, path: str, number: int) -> Any:
        """Reads what the block shows, for a visitor who has chosen something by the address."""
        self.query, self.path, self.number = query, path, number
        return self.shown

    @property
    def chart_id(self) -> str:
        return f"chart-{self.number}"


class NewestYearValue(ShownValue):
    @cached_property
    def shown(self) -> dict[str, Any]:
        """The newest school year that is published, as `components/impact.html` wants it; {} where there is none."""

        def read() -> dict[str, Any]:
            year = SchoolYear.objects.published().newest().select_related("measure").first()
            return year.shown() if year else {}

        return remember(f"impact-newest-year-{get_language()}", read)

    @property
    def more_url(self) -> str:
        return f"{self.path}{self.shown['year']['label']}/"


class NewestYearBlock(blocks.StructBlock):
    """The figures of the newest school year, as on the home page."""

    more = blocks.BooleanBlock(
        label=_("Link to the page of the year"), required=False, default=True, help_text=_("Below the figures.")
    )

    class Meta:
        icon = "table"
        label = _("Figures of the newest year")
        template = "impact/blocks/newest_year.html"
        value_class = NewestYearValue
        description = _("The figures of the newest school year that is published")
        preview_value = {"more": True}


class TrendValue(ShownValue):
    @cached_property
    def shown(self) -> Trend | None:
        # The remembered one comes with its breaks.
        measure = evidence.measures().get(self["measure"].slug) if self.get("measure") else None
        return find_trend(measure, self.get("bands") or []) if measure else None

    @property
    def files(self) -> dict[str, str]:
        return file_addresses(f"trend-{self['measure'].slug}", bands=",".join(self.get("bands") or []))


class TrendBlock(blocks.StructBlock):
    """A measure over the years, as lines and as a table."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=120)
    measure = SnippetChooserBlock("impact.Measure", label=_("Measure"))
    bands = blocks.MultipleChoiceBlock(
        label=_("Ages and grades"),
        choices=band_choices,
        required=False,
        help_text=_(
            "A line each; the chart draws the five largest, the table has all. Empty: the total, or the types of "
            "service where a measure has them."
        ),
    )
    text = blocks.RichTextBlock(
        label=_("What it shows"), required=False, features=["bold", "italic", "link"], help_text=_("A sentence or two.")
    )

    class Meta:
        icon = "history"
        label = _("Trend")
        template = "impact/blocks/trend.html"
        value_class = TrendValue
        description = _("A measure over the school years, as a chart and as a table")

    def get_preview_value(self) -> Any:
        """Any measure that is there."""
        measure = Measure.objects.first()
        return self.normalize({"heading": "Over the years", "measure": measure, "bands": [], "text": ""})


class StatesValue(ShownValue):
    @cached_property
    def shown(self) -> StateChoice:
        return StateChoice(self.query, self.path, self.get("measure"))


class StatesBlock(blocks.StructBlock):
    """A table of all States, with a map; visitors choose measure and year."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=120)
    measure = SnippetChooserBlock(
        "impact.Measure",
        label=_("Measure"),
        required=False,
        help_text=_("What is shown first; visitors may change it."),
    )

    class Meta:
        icon = "site"
        label = _("Table of States")
        template = "impact/blocks/states.html"
        value_class = StatesValue
        description = _("All States in a table that can be sorted, and on a map")
        preview_value = {"heading": "State by State", "measure": None}


class EvidenceBlock(blocks.StreamBlock):
    """The parts of the page of figures."""

    text = ParagraphBlock(label=_("Text"))
    newest_year = NewestYearBlock()
    trend = TrendBlock()
    states = StatesBlock()

    class Meta:
        block_counts = {"newest_year": {"max_num": 1}, "states": {"max_num": 1}, "trend": {"max_num": 8}}
