"""Addresses of published pages and of documents, each looked up once until content changes."""

from wagtail.documents import get_document_model
from wagtail.models import Page

from portal.content_cache import remember_many
from portal.querysets import PublishedQuerySet


def page_address(key: int | str) -> str:
    """The path of a published page, or "" when it may not be seen."""
    return page_addresses([str(key)])[str(key)]


def page_addresses(keys: list[str]) -> dict[str, str]:
    """The paths of published pages, "" for those that may not be seen."""
    return remember_many("page-address", keys, _find_page_addresses)


def document_addresses(keys: list[str]) -> dict[str, str]:
    """The paths of documents, "" for one that is gone."""
    return remember_many("document-address", keys, _find_document_addresses)


def _find_page_addresses(keys: list[str]) -> dict[str, str]:
    numbers = [key for key in keys if key.isdigit()]
    pages = PublishedQuerySet(Page).filter(pk__in=numbers).published()
    return dict.fromkeys(keys, "") | {str(page.pk): page.get_url() or "" for page in pages}


def _find_document_addresses(keys: list[str]) -> dict[str, str]:
    documents = get_document_model().objects.filter(pk__in=[key for key in keys if key.isdigit()])
    return dict.fromkeys(keys, "") | {str(document.pk): document.url for document in documents}
