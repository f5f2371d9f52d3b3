"""School years and their figures."""

import factory

from impact.models import Figure, SchoolYear


class FigureFactory(factory.django.DjangoModelFactory):
    label = "Birth to 2 years old"
    value = 1200

    class Meta:
        model = Figure


class SchoolYearFactory(factory.django.DjangoModelFactory):
    """A published school year; `figures=[{"label": …, "value": …}]` gives it figures in that order."""

    start = factory.Sequence(lambda number: 2001 + number % 90)
    source_name = "ED Data Express"
    figures: list[dict] = []

    class Meta:
        model = SchoolYear

    class Params:
        full = factory.Trait(
            source_url="https://eddataexpress.ed.gov/",
            caveat="<p>Counts of this year may be <b>incomplete</b>.</p>",
            figures=[
                {"label": "Birth to 2 years old", "value": 1200, "icon": "baby"},
                {"label": "3 to 5 years old", "value": 3400, "icon": "child", "footnote": "Not in kindergarten"},
                {"label": "All", "value": 4600, "icon": "group", "is_total": True},
            ],
        )

    @classmethod
    def _create(cls, model_class: type[SchoolYear], *args, figures: list[dict], **fields) -> SchoolYear:
        year = super()._create(model_class, *args, **fields)
        for position, row in enumerate(figures):
            FigureFactory(school_year=year, sort_order=position, **row)
        return year
