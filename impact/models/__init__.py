"""School years as editors write them, and the evidence behind them as the Department delivers it."""

from impact.models.evidence import DataNote, Measure, Observation, SeriesBreak, Status
from impact.models.imports import Change, Import, StagedNote, StagedObservation
from impact.models.pages import ImpactPage
from impact.models.school_years import Figure, SchoolYear

__all__ = [
    "Change",
    "DataNote",
    "Figure",
    "ImpactPage",
    "Import",
    "Measure",
    "Observation",
    "SchoolYear",
    "SeriesBreak",
    "StagedNote",
    "StagedObservation",
    "Status",
]
