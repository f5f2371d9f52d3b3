"""What the public may see, in one place: no list, feed, sitemap or count is built on anything else."""

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from django.utils import timezone
from wagtail.models import PageManager as WagtailPageManager
from wagtail.models import PageViewRestriction
from wagtail.query import PageQuerySet


class PublishedQuerySet(PageQuerySet):
    """Pages of any type, with the rule of what is public."""

    def published(self) -> "PublishedQuerySet":
        """Live, not expired and not in a private section; an alias is as private as the page that it shows.

        An expiry date counts from its minute on, whether or not the clock command has run since. Private sections
        are found by a subquery, where Wagtail's `public()` asks for them in a query of its own each time.
        """
        return self.live().filter(
            Q(expire_at__isnull=True) | Q(expire_at__gt=timezone.now()),
            ~Exists(_private_sections_above("path")),
            Q(alias_of__isnull=True) | ~Exists(_private_sections_above("alias_of__path")),
        )

    def in_language(self, locale_id: int) -> "PublishedQuerySet":
        """Pages of one language.

        Nearly all pages have the same one: read by the index of languages, a list would sort all its rows. SQLite
        can't use an index for a negated condition; PostgreSQL turns it back and has statistics to know better.
        """
        return self.exclude(~Q(locale_id=locale_id))


class DatedQuerySet(PublishedQuerySet):
    """Pages with a date, for lists."""

    def newest(self) -> "DatedQuerySet":
        """Newest first, in the order of the index on the date; the key decides between pages of one day."""
        return self.order_by("-date", "-pk")

    def with_cards(self) -> "DatedQuerySet":
        """With everything that a list shows of each page, in a number of queries that doesn't grow with the list."""
        return self.defer_streamfields()


def _private_sections_above(path: str) -> QuerySet:
    """Restrictions on the page of the given path or on one above it, for a subquery."""
    listed_path = ExpressionWrapper(OuterRef(path), output_field=CharField())
    return PageViewRestriction.objects.annotate(listed_path=listed_path).filter(listed_path__startswith=F("page__path"))


PageManager = WagtailPageManager.from_queryset(PublishedQuerySet)
