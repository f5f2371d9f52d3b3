"""What is in a file, in a line for each measure, so that an editor sees whether it is the right one; and what is shown
of it.
"""

from typing import Any

from django.db.models import Count, Max, Min, Q

from impact import evidence
from impact.models import Import, Measure, Observation, SchoolYear, StagedObservation
from impact.models.school_years import FiguresFrom
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


def years_out_of(imported: Import) -> list[SchoolYear]:
    """The published school years whose figures are computed from rows of an import."""
    rows = set(Observation.objects.filter(source=imported, entity="").values_list("measure_id", "year").distinct())
    default = next(iter(evidence.measures().values()), None)
    years = SchoolYear.objects.published().filter(figures_from=FiguresFrom.ROWS).newest()
    return [year for year in years if (year.measure_id or (default and default.pk), year.start) in rows]
