"""What a list or the home page shows of an update, as plain values that a cache can keep."""

from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString

from portal.dates import office_day


@dataclass(frozen=True)
class UpdateCard:
    """`lead` is safe HTML; topics are (name, address of the list under it)."""

    title: str
    url: str
    date: date
    lead: SafeString
    topics: list[dict[str, str]]
    pinned_until: date | None

    @property
    def is_pinned(self) -> bool:
        """The last day counts; asked when the card is shown, not when it is made."""
        return self.pinned_until is not None and self.pinned_until >= office_day()
