"""Links in running text.

A link to a page that is not published, or to a document that is gone, leaves its words without a link: a visitor
meets no dead end, and the address of a draft does not leak.
"""

from django.utils.html import escape
from wagtail.documents.rich_text import DocumentLinkHandler
from wagtail.rich_text.pages import PageLinkHandler

from portal.links import document_addresses, page_targets


def _opening_tags(addresses: dict[str, str], attrs_list: list[dict]) -> list[str]:
    tags = []
    for attrs in attrs_list:
        address = addresses.get(attrs.get("id", ""))
        tags.append(f'<a href="{escape(address)}">' if address else "<a>")
    return tags


class PublishedPageLinkHandler(PageLinkHandler):
    """Turns `<a linktype="page" id="3">` into a link, if the page may be seen."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict]) -> list[str]:
        targets = page_targets([attrs.get("id", "") for attrs in attrs_list])
        return _opening_tags({key: target["url"] for key, target in targets.items()}, attrs_list)


class CachedDocumentLinkHandler(DocumentLinkHandler):
    """Turns `<a linktype="document" id="3">` into a link, if the document is there."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict]) -> list[str]:
        keys = [attrs.get("id", "") for attrs in attrs_list]
        return _opening_tags(document_addresses(keys), attrs_list)
