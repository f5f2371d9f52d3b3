"""What is in a file, in a line for each measure, so that an editor sees whether it is the right one."""

from typing import Any

from django.db.models import Count, Max, Min, Q

from impact.models import Import, Measure, StagedObservation
from impact.states import NATION


def contents(imported: Import) -> list[dict[str, Any]]:
    """For each measure of what was read: its first and last school year, how many States, and rows of the nation."""
    staged = StagedObservation.objects.filter(source=imported, entity="").order_by().values("measure_id")
    of_nation = Q(state=NATION)
    found = {
        row.pop("measure_id"): row
        for row in staged.annotate(
            first=Min("year"),
            last=Max("year"),
            states=Count("state", distinct=True, filter=~of_nation),
            national=Count("pk", filter=of_nation),
        )
    }
    return [{"measure": measure.name} | found[measure.pk] for measure in Measure.objects.filter(pk__in=found)]
