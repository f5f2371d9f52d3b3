"""Filtered, paged lists of pages: one way for updates, articles and what comes later.

A filter knows its own choices; anything else in the address is a dead link and answers 404. Counts and choices are
remembered until content changes, and the far half of a list is read from its end, so that neither the first page nor
the last gets slower as the years go by.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import InvalidPage, Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, QueryDict
from django.utils.functional import cached_property

from portal.content_cache import remember
from portal.querysets import PublishedQuerySet

PER_PAGE = 10


@dataclass
class Filter:
    """A `<select>`: its name in the address, its words, its choices (value, label) and what a choice looks up.

    Without `all_label` there is always a choice.
    """

    name: str
    label: str
    all_label: str
    choices: list[tuple[str, str]]
    lookup: str
    selected: str = ""

    @property
    def options(self) -> list[dict[str, Any]]:
        return [{"value": v, "label": label, "is_selected": v == self.selected} for v, label in self.choices]

    @property
    def selected_label(self) -> str:
        return dict(self.choices).get(self.selected, "")

    def read(self, query: QueryDict) -> "Filter":
        """Takes the choice from the address; an unknown one is a dead link."""
        self.selected = query.get(self.name, "").strip()
        if self.selected and self.selected not in dict(self.choices):
            raise Http404(f"No such {self.name}.")
        return self

    @property
    def condition(self) -> Q:
        return Q(**{self.lookup: self.selected}) if self.selected else Q()


def year_choices(name: str, published: Callable[[], PublishedQuerySet]) -> list[tuple[str, str]]:
    """The years in which something of a dated list was published, newest first, as choices.

    Jumps from year to year by the index on the date: to ask for all distinct years would read every row.
    """

    def years() -> list[tuple[str, str]]:
        found, rest = [], published()
        while newest := rest.values_list("date", flat=True).first():
            found.append((str(newest.year), str(newest.year)))
            rest = rest.filter(date__lt=date(newest.year, 1, 1))
        return found

    return remember(f"years-{name}", years)


class FarSideQuerySet:
    """A sliceable view of an ordered queryset that reads its second half backwards from the end.

    OFFSET reads all the rows that it skips: from the end, the last page skips none.
    """

    def __init__(self, read: Callable[[], PublishedQuerySet], count: int) -> None:
        self.read = read
        self.length = count

    def count(self) -> int:
        return self.length

    def __len__(self) -> int:
        return self.length

    def __getitem__(self, part: slice) -> list:
        start, stop = part.start, min(part.stop, self.length)
        if start <= self.length // 2:
            return list(self.read()[start:stop])
        return list(self.read().reverse()[self.length - stop : self.length - start])[::-1]


# Without a repr: that of a queryset reads the database, and templates ask for it when a name is missing.
@dataclass(repr=False)
class Listing:
    """One page of a list with its filters. Its pages have a `card(list_url)`; they are read when first asked for."""

    request: HttpRequest
    name: str
    published: Callable[[], PublishedQuerySet]
    filters: list[Filter]
    path: str

    def __post_init__(self) -> None:
        for choice in self.filters:
            choice.read(self.request.GET)
        # A page that doesn't exist is to be a 404 now, not while the template is printed.
        try:
            self.number = self.paginator.validate_number(self.request.GET.get("page", 1))
        except InvalidPage as error:
            raise Http404(str(error)) from error

    @cached_property
    def queryset(self) -> PublishedQuerySet:
        """What the filters leave. Made only when it is read: to put it together costs a tenth of the page."""
        return self.published().filter(self.condition)

    @property
    def condition(self) -> Q:
        condition = Q()
        for choice in self.filters:
            condition &= choice.condition
        return condition

    @property
    def is_filtered(self) -> bool:
        return any(choice.selected for choice in self.filters)

    @property
    def chosen(self) -> str:
        return "-".join(choice.selected for choice in self.filters)

    @cached_property
    def count(self) -> int:
        name = f"count-{self.name}-{self.chosen}"
        return remember(name, lambda: self.queryset.count())  # noqa: PLW0108 - made only when it is read

    @cached_property
    def paginator(self) -> Paginator:
        return Paginator(FarSideQuerySet(lambda: self.queryset, self.count), PER_PAGE)

    @cached_property
    def items(self) -> list:
        """The cards of this page of the list; those of the first page, which most people read, are remembered."""
        if self.number > 1:
            return self._cards()
        return remember(f"first-{self.name}-{self.chosen}", self._cards)

    def _cards(self) -> list:
        return [page.card(self.path) for page in self.paginator.page(self.number).object_list]

    @property
    def clear_url(self) -> str:
        return self.path

    @property
    def query(self) -> str:
        """The chosen filters as a query string, "" when there are none; pages and feeds are built on it."""
        return self.url(1).removeprefix(self.path)

    def url(self, number: int) -> str:
        """The address of a page of this list, with only what we know in it."""
        query = QueryDict(mutable=True)
        query.update({choice.name: choice.selected for choice in self.filters if choice.selected})
        if number > 1:
            query["page"] = str(number)
        return f"{self.path}?{query.urlencode()}" if query else self.path

    @property
    def pager(self) -> dict[str, Any] | None:
        """Numbers with gaps between them and addresses; None when all fits on one page."""
        paginator, number = self.paginator, self.number
        if paginator.num_pages < 2:
            return None
        return {
            "number": number,
            "pages": paginator.num_pages,
            "previous_url": self.url(number - 1) if number > 1 else "",
            "next_url": self.url(number + 1) if number < paginator.num_pages else "",
            "links": [
                {"is_gap": True}
                if entry == paginator.ELLIPSIS
                else {"number": entry, "url": self.url(entry), "is_current": entry == number}
                for entry in paginator.get_elided_page_range(number, on_each_side=1, on_ends=1)
            ],
        }
