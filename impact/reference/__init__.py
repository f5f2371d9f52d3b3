"""Reference data as files, and what puts it into the database."""

import tomllib
from pathlib import Path

from django.db import transaction

from impact.models import Measure, SeriesBreak

MEASURES = Path(__file__).parent / "measures.toml"


@transaction.atomic
def ensure_measures() -> list[str]:
    """Makes the measures where there is none; gives their slugs. Later they are the managers'."""
    if Measure.objects.exists():
        return []
    measures = tomllib.loads(MEASURES.read_text(encoding="utf-8"))
    for place, (slug, values) in enumerate(measures.items()):
        breaks = values.pop("breaks")
        measure = Measure.objects.create(slug=slug, sort_order=place, **values)
        SeriesBreak.objects.bulk_create(
            SeriesBreak(measure=measure, sort_order=order, **row) for order, row in enumerate(breaks)
        )
    return list(measures)
