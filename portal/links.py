"""Addresses of published pages and of documents, each looked up once until content changes."""

from django.conf import settings
from django.utils.translation import get_language
from wagtail.documents import get_document_model
from wagtail.models import Page

from portal.content_cache import remember_many
from portal.querysets import PublishedQuerySet

Target = dict[str, str]
NOWHERE: Target = {"url": "", "title": ""}


def page_target(key: int | str) -> Target:
    """Path and title of a published page; both "" when it may not be seen."""
    return page_targets([str(key)])[str(key)]


def page_targets(keys: list[str]) -> dict[str, Target]:
    """Path and title of published pages: of the translation into the visitor's language where there is one."""
    return remember_many(f"page-target-{get_language()}", keys, _find_page_targets)


def document_addresses(keys: list[str]) -> dict[str, str]:
    """The paths of documents, "" for one that is gone."""
    return remember_many("document-address", keys, _find_document_addresses)


def _find_page_targets(keys: list[str]) -> dict[str, Target]:
    published = PublishedQuerySet(Page).published()
    pages = list(published.filter(pk__in=[key for key in keys if key.isdigit()]))
    translations = {}
    if get_language() != settings.LANGUAGE_CODE:
        found = published.filter(
            locale__language_code=get_language(), translation_key__in=[page.translation_key for page in pages]
        )
        translations = {page.translation_key: page for page in found}
    shown = {str(page.pk): translations.get(page.translation_key, page) for page in pages}
    return dict.fromkeys(keys, NOWHERE) | {
        key: {"url": page.get_url() or "", "title": page.title} for key, page in shown.items()
    }


def _find_document_addresses(keys: list[str]) -> dict[str, str]:
    documents = get_document_model().objects.filter(pk__in=[key for key in keys if key.isdigit()])
    return dict.fromkeys(keys, "") | {str(document.pk): document.url for document in documents}
