"""Takes away what the loader has made, and nothing else."""

from wagtail.models import Page

from portal.demo.sites import detach_sites
from portal.models.demo import DemoItem


def wipe() -> list[str]:
    """Deletes everything in the ledger; gives the titles of pages that stay because others' pages are below them."""
    pages, things = [], []
    for item in DemoItem.objects.select_related("content_type"):
        thing = item.find()
        if isinstance(thing, Page):
            pages.append((item, thing))
        else:
            things.append((item, thing))
    # From the leaves up, so that a page that still has children then has children of somebody else.
    pages.sort(key=lambda pair: pair[1].depth, reverse=True)
    kept = [page.title for item, page in pages if not _delete_page(item, page)]
    for item, thing in reversed(things):
        if thing is not None:
            thing.delete()
        item.delete()
    return kept


def _delete_page(item: DemoItem, page: Page) -> bool:
    page.refresh_from_db(fields=["numchild"])
    if page.numchild:
        return False
    detach_sites([page.pk])
    page.delete()
    item.delete()
    return True
