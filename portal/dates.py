"""The dates that editors give to pages."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _


def office_day(moment: datetime | None = None) -> date:
    """The day on which a moment, or now, falls in Washington: in the admin, editors may be in other time zones."""
    return timezone.localdate(moment, timezone.get_default_timezone())


def refuse_date_ahead(day: date | None, go_live_at: datetime | None) -> None:
    """A form error on `date` for a day after the one on which the page appears, which is today unless scheduled."""
    appears = office_day(go_live_at) if go_live_at else office_day()
    if day and day > max(appears, office_day()):
        raise ValidationError(
            {"date": _("The date lies ahead. Choose today or earlier, or schedule the page for that day.")}
        )
