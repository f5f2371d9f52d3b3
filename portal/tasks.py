"""Work that need not hold up an editor; runs at once unless TASK_QUEUE names a queue."""

import logging

from django_tasks import task

from portal.content_cache import forget_content
from portal.models import PortalImage
from portal.pictures import make_rendition_files

log = logging.getLogger(__name__)


@task()
def make_renditions(image_id: int) -> None:
    """Makes the files of an image and notes their names on its row. A picture that can't be read is logged."""
    image = PortalImage.objects.filter(pk=image_id).first()
    if image is None:
        return
    try:
        files = make_rendition_files(image)
    except Exception:  # whatever an image library raises, the editor's save must not fail for it
        log.exception("No files could be made of image %s", image_id)
        files = None
    PortalImage.objects.filter(pk=image_id).update(rendition_files=files)
    forget_content()
