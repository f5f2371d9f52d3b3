from django.apps import AppConfig
from wagtail.users.apps import WagtailUsersAppConfig


class PortalConfig(AppConfig):
    name = "portal"
    default = True

    def ready(self) -> None:
        """Connects what must happen when content changes, and the portal's own checks."""
        from portal import checks, signals  # noqa: F401, PLC0415 - both need the models loaded


class PortalUsersConfig(WagtailUsersAppConfig):
    """Wagtail's app of users with our views; named in INSTALLED_APPS in its place."""

    user_viewset = "portal.users.PortalUserViewSet"
