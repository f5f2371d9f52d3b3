"""The updates as Atom and RSS, also filtered as the list is."""

import re
from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.utils import feedgenerator, timezone
from wagtail.rich_text import expand_db_html

from portal.chrome import chrome_for
from portal.seo import absolute

if TYPE_CHECKING:
    from portal.listing import Listing
    from updates.models import UpdateIndexPage, UpdatePage

ITEMS = 20
# What XML 1.0 has no room for (https://www.w3.org/TR/xml/#charsets); it comes with text pasted from a word processor.
FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
OWN_ADDRESS = re.compile(r'(<a href=")(/)')


class UpdateFeed(Feed):
    """The newest updates of a list. The filters are those of the list's own address."""

    def get_object(self, request: HttpRequest, index_page: "UpdateIndexPage") -> "Listing":
        """The filtered list; an unknown filter is a 404 here as it is there."""
        self.index_page = index_page
        self.chrome = chrome_for(request)
        listing = index_page.listing(request)
        self.feed_url = absolute(request.path + listing.query)
        return listing

    def __call__(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        response = super().__call__(request, *args, **kwargs)
        # The newest change says nothing about what is gone; the ETag does.
        del response["Last-Modified"]
        return response

    def title(self, listing: "Listing") -> str:
        chosen = [choice.selected_label for choice in listing.filters if choice.selected]
        return ": ".join(
            [f"{self.chrome['site_name']} {self.index_page.title}", *([", ".join(chosen)] if chosen else [])]
        )

    def description(self) -> str:
        return self.index_page.description

    subtitle = description

    def link(self, listing: "Listing") -> str:
        return absolute(listing.url(1))

    def author_name(self) -> str:
        return self.chrome["organisation"] or self.chrome["site_name"]

    def items(self, listing: "Listing") -> list["UpdatePage"]:
        return list(listing.queryset[:ITEMS])

    def item_title(self, update: "UpdatePage") -> str:
        return update.title

    def item_description(self, update: "UpdatePage") -> str:
        """The lead as HTML; a reader far from our site needs whole addresses."""
        return OWN_ADDRESS.sub(rf"\g<1>{settings.BASE_URL}\g<2>", expand_db_html(update.lead))

    def item_link(self, update: "UpdatePage") -> str:
        return absolute(update.get_url())

    def item_pubdate(self, update: "UpdatePage") -> datetime:
        return timezone.make_aware(datetime.combine(update.date, time.min))

    def item_updateddate(self, update: "UpdatePage") -> datetime:
        return max(self.item_pubdate(update), update.last_published_at or self.item_pubdate(update))

    def item_categories(self, update: "UpdatePage") -> list[str]:
        return [topic.name for topic in update.topics.all()]


class _Printable:
    """A feed whose words have only characters that XML has."""

    def __init__(self, **words: Any) -> None:
        super().__init__(**_printable(words))

    def add_item(self, **words: Any) -> None:
        super().add_item(**_printable(words))


def _printable(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _printable(entry) for name, entry in value.items()}
    if isinstance(value, (list, tuple)):
        return [_printable(entry) for entry in value]
    return FORBIDDEN.sub("", value) if isinstance(value, str) else value


class _Rss(_Printable, feedgenerator.Rss201rev2Feed):
    pass


class _Atom(_Printable, feedgenerator.Atom1Feed):
    pass


class UpdateRssFeed(UpdateFeed):
    feed_type = _Rss


class UpdateAtomFeed(UpdateFeed):
    feed_type = _Atom
