from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ImpactConfig(AppConfig):
    name = "impact"
    verbose_name = _("Our Impact")

    def ready(self) -> None:
        from impact import signals  # noqa: F401, PLC0415 - connects them
