"""Which school years the public may see."""

from django.db.models import Q, QuerySet
from django.utils import timezone


class SchoolYearQuerySet(QuerySet):
    def published(self) -> "SchoolYearQuerySet":
        """Live and not expired, as for pages."""
        return self.filter(Q(expire_at__isnull=True) | Q(expire_at__gt=timezone.now()), live=True)

    def newest(self) -> "SchoolYearQuerySet":
        return self.order_by("-start")
