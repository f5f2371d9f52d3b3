"""The dates that editors give to pages."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _


def refuse_date_ahead(day: date | None, go_live_at: datetime | None) -> None:
    """A form error on `date` for a day after the one on which the page appears, which is today unless scheduled."""
    appears = timezone.localdate(go_live_at) if go_live_at else timezone.localdate()
    if day and day > max(appears, timezone.localdate()):
        raise ValidationError(
            {"date": _("The date lies ahead. Choose today or earlier, or schedule the page for that day.")}
        )
