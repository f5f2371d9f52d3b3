"""Much content in little time.

Updates are rows written in bulk, with the paths and addresses that the page tree needs; figures come from a file.
"""

from datetime import timedelta
from itertools import islice
from pathlib import Path

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from impact.importing import apply, read
from impact.models import Change, Import, Observation
from portal.models import Topic
from updates.models import UpdateIndexPage, UpdatePage

# At every size, so that the choices of the filter for years are the same.
YEARS = 10
BATCH = 2_000
LEAD = (
    "<p>Directors are asked to send the form for school year <b>{number}</b> by the end of the month; the list of "
    '<a linktype="page" id="{page}">all updates</a> and the '
    '<a href="https://www.ed.gov/">Department\'s pages</a> have more.</p>'
)
PARAGRAPH = "<p>" + "What changes, whom it concerns and where to ask is said in the notice itself. " * 12 + "</p>"


def grow_to(total: int) -> None:
    """Adds published updates to the list until there are so many."""
    index = UpdateIndexPage.objects.get()
    missing = range(UpdatePage.objects.count(), total)
    steps = _free_steps(index)
    with transaction.atomic():
        for start in range(0, len(missing), BATCH):
            numbers = missing[start : start + BATCH]
            _add(index, numbers, list(islice(steps, len(numbers))), total)
        index.numchild = index.get_children().count()
        index.save(update_fields=["numchild"], clean=False)


def _free_steps(index: UpdateIndexPage):
    """Places in the tree after the last child, as treebeard counts them."""
    last = index.get_last_child()
    step = Page._str2int(last.path[-Page.steplen :]) if last else 0
    while True:
        step += 1
        yield Page._get_path(index.path, index.depth + 1, step)


def _add(index: UpdateIndexPage, numbers: range, paths: list[str], total: int) -> None:
    updates = [_update(index, number, path, total) for number, path in zip(numbers, paths, strict=True)]
    # Django refuses to create rows of two tables in bulk; one table after the other it does.
    pages = Page.objects.bulk_create([_page_row(update) for update in updates])
    for update, page in zip(updates, pages, strict=True):
        update.pk = update.page_ptr_id = page.pk
    UpdatePage.objects.all()._batched_insert(updates, UpdatePage._meta.local_concrete_fields, None)
    _file_under_topics(updates)


def _update(index: UpdateIndexPage, number: int, path: str, total: int) -> UpdatePage:
    day = timezone.localdate() - timedelta(days=number * 365 * YEARS // total)
    now = timezone.now()
    slug = f"notice-{number}"
    return UpdatePage(
        title=f"Notice {number} to State directors",
        draft_title=f"Notice {number} to State directors",
        slug=slug,
        url_path=f"{index.url_path}{slug}/",
        path=path,
        depth=index.depth + 1,
        locale_id=index.locale_id,
        content_type=ContentType.objects.get_for_model(UpdatePage),
        first_published_at=now,
        last_published_at=now,
        date=day,
        lead=LEAD.format(number=number, page=index.pk),
        body=[("paragraph", PARAGRAPH)],
    )


def _page_row(update: UpdatePage) -> Page:
    names = [field.attname for field in Page._meta.concrete_fields if not field.primary_key]
    return Page(**{name: getattr(update, name) for name in names})


def _file_under_topics(updates: list[UpdatePage]) -> None:
    """Every update under one of the topics, every third under a second one."""
    topics = list(Topic.objects.order_by("pk"))
    link = UpdatePage.topics.through
    links = []
    for number, update in enumerate(updates if topics else []):
        chosen = {topics[number % len(topics)], topics[number // 3 % len(topics)] if number % 3 == 0 else topics[0]}
        links += [link(updatepage_id=update.pk, topic_id=topic.pk) for topic in chosen]
    link.objects.bulk_create(links)


def replace_figures(path: Path) -> int:
    """Puts the figures of a file in the place of all that are there; gives their number."""
    Change.objects.all().delete()
    Observation.objects.all().delete()
    imported = Import.objects.create(file_name=path.name)
    with path.open("rb") as file:
        read(imported, file)
    apply([imported], None)
    return Observation.objects.count()
