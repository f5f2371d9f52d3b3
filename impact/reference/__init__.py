"""Reference data as files, and what puts it into the database."""

import tomllib
from pathlib import Path

from django.db import transaction

from impact.models import Measure, SeriesBreak

MEASURES = Path(__file__).parent / "measures.toml"


@transaction.atomic
def ensure_measures() -> list[str]:
    """Makes the measures that are missing; gives their slugs. One that is there stays as it is."""
    made = []
    for place, (slug, values) in enumerate(tomllib.loads(MEASURES.read_text(encoding="utf-8")).items()):
        breaks = values.pop("breaks")
        measure, is_new = Measure.objects.get_or_create(
            data_group=values.pop("data_group"), defaults={**values, "slug": slug, "sort_order": place}
        )
        if is_new:
            SeriesBreak.objects.bulk_create(
                SeriesBreak(measure=measure, sort_order=order, **row) for order, row in enumerate(breaks)
            )
            made.append(slug)
    return made
