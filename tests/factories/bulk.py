"""Hundreds of pages in two inserts, to see what a page costs when there are many."""

from datetime import date, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page

from articles.models import ArticleIndexPage, ArticlePage
from updates.models import UpdateIndexPage, UpdatePage

FIRST_DAY = date(2020, 1, 1)


def bulk_updates(number: int) -> list[UpdatePage]:
    return _bulk(UpdatePage, UpdateIndexPage.objects.get(), number, lead="<p>Something changed.</p>")


def bulk_articles(number: int, **fields) -> list[ArticlePage]:
    return _bulk(ArticlePage, ArticleIndexPage.objects.get(), number, lead="<p>A story.</p>", **fields)


def _bulk(model: type[Page], parent: Page, number: int, **fields: Any) -> list[Any]:
    """Published pages with a date each, below a parent."""
    start = parent.numchild
    content_type = ContentType.objects.get_for_model(model)
    pages = []
    for position in range(start + 1, start + number + 1):
        slug = f"{model._meta.model_name}-{position}"
        pages.append(
            Page(
                path=Page._get_path(parent.path, parent.depth + 1, position),
                depth=parent.depth + 1,
                title=f"{model.__name__} {position}",
                draft_title=f"{model.__name__} {position}",
                slug=slug,
                url_path=f"{parent.url_path}{slug}/",
                content_type=content_type,
                locale_id=parent.locale_id,
            )
        )
    Page.objects.bulk_create(pages)
    Page.objects.filter(pk=parent.pk).update(numchild=start + number)
    rows = [
        model(page_ptr_id=page.pk, date=FIRST_DAY + timedelta(days=3 * position), **fields)
        for position, page in enumerate(pages)
    ]
    if rows:
        # Django's bulk_create refuses models of several tables, although their own table is an ordinary one.
        model._base_manager.all()._insert(rows, fields=model._meta.local_concrete_fields, using=model.objects.db)
    return list(model.objects.filter(pk__in=[page.pk for page in pages]).order_by("path"))
