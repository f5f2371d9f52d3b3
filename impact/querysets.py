"""Which school years the public may see, and how evidence is looked up."""

from datetime import datetime

from django.db.models import Max, Q, QuerySet
from django.utils import timezone


class SchoolYearQuerySet(QuerySet):
    def published(self) -> "SchoolYearQuerySet":
        """Live and not expired, as for pages."""
        return self.filter(Q(expire_at__isnull=True) | Q(expire_at__gt=timezone.now()), live=True)

    def newest(self) -> "SchoolYearQuerySet":
        return self.order_by("-start")


class MeasureQuerySet(QuerySet):
    def with_breaks(self) -> "MeasureQuerySet":
        return self.prefetch_related("breaks")


class ObservationQuerySet(QuerySet):
    """Observations are public from the moment an import is confirmed: there are no drafts among them."""

    def of_states(self) -> "ObservationQuerySet":
        """Of States and the nation, without districts and schools, for everybody counted."""
        return self.filter(entity="", subgroup="")


class DataNoteQuerySet(QuerySet):
    def about(self, data_group: int, years: list[int] | None = None) -> "DataNoteQuerySet":
        """The notes that hold for a measure, in some years or in all."""
        notes = self.filter(data_group__in=[0, data_group])
        return notes if years is None else notes.filter(year__in=[0, *years])


class ImportQuerySet(QuerySet):
    def last_change(self) -> datetime | None:
        """When an import was taken over or undone last."""
        moments = self.aggregate(Max("applied_at"), Max("undone_at")).values()
        return max((moment for moment in moments if moment), default=None)

    def change_mark(self) -> str:
        """The last change as a text, to tell later whether there has been another one."""
        moment = self.last_change()
        return moment.isoformat() if moment else ""
