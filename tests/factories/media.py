"""Pictures, drawn on the spot, and files."""

from io import BytesIO

import factory
import wagtail_factories
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from wagtail.models import Collection

from portal.models import PortalDocument, PortalImage
from portal.tasks import make_renditions


def picture_file(width: int = 24, height: int = 16, name: str = "field.png", kind: str = "PNG") -> SimpleUploadedFile:
    """A picture as a browser sends it: green land below a light sky."""
    picture = Image.new("RGB", (width, height), "lightblue")
    picture.paste("green", (0, height // 2, width, height))
    content = BytesIO()
    picture.save(content, kind)
    return SimpleUploadedFile(name, content.getvalue(), f"image/{kind.lower()}")


class ImageFactory(wagtail_factories.ImageFactory):
    """A picture so small that each format has one file; `ready=False` leaves the files unmade."""

    title = "Field"
    description = "A field in the early light"
    collection = factory.LazyFunction(Collection.get_first_root_node)
    file = factory.LazyFunction(picture_file)

    class Meta:
        model = PortalImage
        skip_postgeneration_save = True

    @factory.post_generation
    def ready(image: PortalImage, create: bool, wanted: bool | None, **kwargs) -> None:  # noqa: N805 - factory_boy's way
        if create and wanted is not False:
            # The task itself waits for the end of the transaction, which a test never reaches.
            make_renditions.func(image.pk)
            image.refresh_from_db()


class DocumentFactory(wagtail_factories.DocumentFactory):
    title = "Handout"
    collection = factory.LazyFunction(Collection.get_first_root_node)
    file = factory.django.FileField(data=b"%PDF-1.4 a handout", filename="handout.pdf")

    class Meta:
        model = PortalDocument
