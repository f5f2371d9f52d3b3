"""What follows a migration, a change of a measure, and the loading of demo content."""

from pathlib import Path

from django.db import connections
from django.db.models.signals import post_delete, post_migrate, post_save
from django.dispatch import receiver

from impact import demo
from impact.models import Measure, SeriesBreak
from impact.reference import ensure_measures
from portal.content_cache import forget_content
from portal.demo.signals import demo_loaded, demo_wiped

for model in (Measure, SeriesBreak):
    post_save.connect(forget_content, sender=model, dispatch_uid=f"forget content of {model.__name__}")
    post_delete.connect(forget_content, sender=model, dispatch_uid=f"forget deleted {model.__name__}")


@receiver(post_migrate, dispatch_uid="measures")
def make_measures(app_config, using: str, **kwargs) -> None:
    """The program's measures are there from the start, as permissions are."""
    if app_config.name == "impact" and Measure._meta.db_table in connections[using].introspection.table_names():
        ensure_measures()


@receiver(demo_loaded, dispatch_uid="demo figures")
def load_figures(folder: Path, **kwargs) -> None:
    demo.load(folder)


@receiver(demo_wiped, dispatch_uid="demo figures")
def wipe_figures(folder: Path, **kwargs) -> None:
    demo.wipe(folder)
