"""Named queries for updates."""

from datetime import date

from portal.dates import office_day
from portal.querysets import DatedQuerySet


class UpdateQuerySet(DatedQuerySet):
    def pinned(self, today: date | None = None) -> "UpdateQuerySet":
        """Kept on top; the last day counts."""
        return self.filter(pinned_until__gte=today or office_day())

    def with_cards(self) -> "UpdateQuerySet":
        """With the topics; the body is not loaded, since a list shows the lead."""
        return super().with_cards().prefetch_related("topics")

    def pinned_first(self, number: int) -> list:
        """The newest so many, pinned ones first."""
        newest = self.published().newest().defer_streamfields()
        # Two short reads by an index, where a sort by both would read all rows.
        found = [*newest.pinned()[:number], *newest[:number]]
        return list({update.pk: update for update in found}.values())[:number]
