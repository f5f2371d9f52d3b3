"""The form of a school year in the admin."""

from typing import Any

from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm

from impact import evidence


class SchoolYearForm(WagtailAdminModelForm):
    """Refuses what the page would leave out without a word: a second total, and rows that count nobody as a whole."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        measure, start = cleaned.get("measure"), cleaned.get("start")
        is_from_rows = cleaned.get("figures_from") == "rows" and measure and start
        if is_from_rows and "" not in evidence.program_types(measure, [start]):
            self.add_error(
                "measure",
                _("In that year this measure only counts types of service; choose one that counts everybody."),
            )
        rows = [row for row in self.formsets["figures"].forms if row.is_valid() and not row.cleaned_data.get("DELETE")]
        for row in [row for row in rows if row.cleaned_data.get("is_total")][1:]:
            row.add_error("is_total", _("Only one figure can be the total."))
        return cleaned
