"""The form by which an editor sends a file of figures."""

from typing import Any

from django import forms
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from impact.models import Import

# What a browser sends in a minute or two; larger files are for `manage.py import_impact`.
LARGEST_UPLOAD = 100 * 1024 * 1024


class ImportForm(forms.ModelForm):
    """A file, where it comes from, and how much of it is wanted."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("The ZIP or CSV as ED Data Express has it: figures or data notes, one year or several."),
        widget=forms.FileInput(attrs={"accept": ".zip,.csv"}),
    )

    address = forms.URLField(
        label=_("Address that it was downloaded from"),
        help_text=_("Shown beside the figures as their source."),
        max_length=500,
        required=False,
        assume_scheme="https",
    )

    class Meta:
        model = Import
        fields = ["address", "with_districts", "with_schools"]
        labels = {
            "with_districts": _("Rows of districts (LEA) too"),
            "with_schools": _("Rows of schools too"),
        }
        help_texts = {
            "with_districts": _("The pages show States; leave this empty unless you need districts in the downloads."),
        }

    field_order = ["file", "address", "with_districts", "with_schools"]

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if not file.name.lower().endswith((".zip", ".csv")):
            raise forms.ValidationError(_("Choose a file whose name ends with .zip or .csv."))
        if file.size > LARGEST_UPLOAD:
            raise forms.ValidationError(
                _("The file has %(size)s; more than %(limit)s go by the command import_impact."),
                params={"size": filesizeformat(file.size), "limit": filesizeformat(LARGEST_UPLOAD)},
            )
        return file

    def save(self, commit: bool = True) -> Import:
        imported = super().save(commit=False)
        imported.upload = self.cleaned_data["file"]
        imported.file_name = self.cleaned_data["file"].name[-255:]
        if commit:
            imported.save()
        return imported
