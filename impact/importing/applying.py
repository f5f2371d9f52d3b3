"""Takes a file over as a whole, and undoes it as a whole."""

from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from impact.importing.leftovers import abandon
from impact.importing.reading import compare_again
from impact.importing.tables import tables_of
from impact.models import Change, Import, Measure
from portal.content_cache import forget_content


class ImportRefusedError(Exception):
    """Why an import can't be taken over or undone now, in words for the editor."""


class OutdatedError(ImportRefusedError):
    """The data has changed since the previews."""


def apply(imports: list[Import], user: AbstractUser | None) -> list[Import]:
    """Takes over what is staged: all files in one transaction, or nothing.

    Raises ImportRefusedError when one doesn't wait for confirmation; OutdatedError when the data has changed since the
    previews, which are then made anew.
    """
    with transaction.atomic():
        imports = [_lock(imported) for imported in imports]
        for imported in imports:
            if imported.state != Import.State.READY:
                raise ImportRefusedError(
                    _("“%(file)s” doesn't wait for confirmation: it is %(state)s.")
                    % {"file": imported.file_name, "state": imported.get_state_display()}
                )
        mark = Import.objects.change_mark()
        outdated = [imported for imported in imports if imported.seen_change != mark]
        if not outdated:
            for imported in imports:
                _take_over(imported, user)
            forget_content()
    if outdated:
        for imported in outdated:
            compare_again(imported)
        raise OutdatedError(
            _("The figures have changed since this preview was made. Here is a new one: look at it once more.")
        )
    return imports


def _take_over(imported: Import, user: AbstractUser | None) -> None:
    tables = tables_of(imported)
    staged = sum(imported.report[name] for name in ("added", "changed", "unchanged"))
    # PostgreSQL empties the staging table when its server crashes.
    if tables.count(imported.pk) != staged:
        raise ImportRefusedError(
            _("What was read of “%(file)s” is gone. Leave it, and send the file again.") % {"file": imported.file_name}
        )
    # The preview of one of several files didn't know what those before it would bring.
    imported.report["confirmed"] = tables.confirmed(imported.pk)
    done = tables.apply(imported.pk)
    imported.report |= done | {"unchanged": staged - sum(done.values())}
    tables.clear(imported.pk)
    imported.state, imported.applied_at, imported.applied_by = Import.State.APPLIED, timezone.now(), user
    imported.save()


@transaction.atomic
def undo(imported: Import, user: AbstractUser | None) -> Import:
    """Makes the data what it was before an import; ImportRefusedError while a later one has touched its rows."""
    imported = _lock(imported)
    if imported.state != Import.State.APPLIED:
        raise ImportRefusedError(
            _("“%(file)s” can't be undone: it is %(state)s.")
            % {"file": imported.file_name, "state": imported.get_state_display()}
        )
    later = Change.objects.filter(old_source=imported).select_related("source").order_by("-source_id").first()
    if later is not None:
        raise ImportRefusedError(
            _("“%(file)s” (import %(number)s) has changed rows of this import since. Undo that one first.")
            % {"file": later.source.file_name, "number": later.source_id}
        )
    # What a later file says, too, is not to go with this one.
    same = Import.objects.filter(state=Import.State.APPLIED, report__confirmed__has_key=str(imported.pk)).last()
    if same is not None:
        raise ImportRefusedError(
            _("“%(file)s” (import %(number)s) has some of the same rows. Undo that one first.")
            % {"file": same.file_name, "number": same.pk}
        )
    tables_of(imported).undo(imported.pk)
    imported.state, imported.undone_at, imported.undone_by = Import.State.UNDONE, timezone.now(), user
    imported.save()
    forget_content()
    return imported


@transaction.atomic
def discard(imported: Import) -> Import:
    """Leaves a file that was only looked at."""
    imported = _lock(imported)
    if imported.state in {Import.State.READY, Import.State.READING}:
        abandon(imported)
    return imported


def _lock(imported: Import) -> Import:
    """One import at a time; the second of two waits here and then finds what the first has done."""
    # SQLite knows no locks of rows; there a transaction that writes waits as a whole.
    list(Measure.objects.select_for_update(no_key=True).order_by("pk").values_list("pk"))
    return Import.objects.select_for_update(of=("self",)).get(pk=imported.pk)
