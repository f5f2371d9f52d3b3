"""What the admin lists of our dated page types share: columns and filters, in the tree and in the flat list."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _
from django_filters import DateFromToRangeFilter
from wagtail.admin.filters import DateRangePickerWidget
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.pages.listing import ExplorableIndexView, PageFilterSet


class DatedPageFilterSet(PageFilterSet):
    """Wagtail's filters and one for the date that visitors see."""

    date = DateFromToRangeFilter(label=_("Date"), widget=DateRangePickerWidget)


def dated_columns(*extra: Column) -> Sequence[Column]:
    """Wagtail's columns of the explorer, with the date and the given ones after the title."""
    columns = [column for column in ExplorableIndexView.base_columns if column.name not in {"type", "parent"}]
    position = [column.name for column in columns].index("title") + 1
    return [
        *columns[:position],
        Column("date", label=_("Date"), sort_key="date", width="12%"),
        *extra,
        *columns[position:],
    ]
