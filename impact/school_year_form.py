"""The form of a school year in the admin."""

from typing import Any

from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm


class SchoolYearForm(WagtailAdminModelForm):
    """Refuses a second total: the page shows one, and another would be left out without a word."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        rows = [row for row in self.formsets["figures"].forms if row.is_valid() and not row.cleaned_data.get("DELETE")]
        for row in [row for row in rows if row.cleaned_data.get("is_total")][1:]:
            row.add_error("is_total", _("Only one figure can be the total."))
        return cleaned
