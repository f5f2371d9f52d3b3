from django.core.management.base import BaseCommand

from portal.models import PortalImage
from portal.tasks import make_renditions


class Command(BaseCommand):
    help = "Makes the files that visitors get of every image, where they are missing; needed after a change of widths."

    def handle(self, **options) -> None:
        keys = list(PortalImage.objects.order_by("pk").values_list("pk", flat=True))
        for key in keys:
            make_renditions.call(key)
        self.stdout.write(f"{len(keys)} images looked at.")
