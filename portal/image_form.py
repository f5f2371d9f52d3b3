"""The image form of the admin: refuses damaged pictures, and makes files for visitors at the right time."""

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from PIL import Image
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from portal.models import PortalImage
from portal.pictures import WIDTHS

# What Pillow raises for a file that is cut off, damaged or made to fill the memory.
UNREADABLE = (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError)

# WebP has no higher pictures (https://developers.google.com/speed/webp/faq).
HIGHEST = 16_383


class WholePictureField(WagtailImageField):
    """Wagtail's field, plus one look at every pixel: a file that is cut off opens well and fails when it is resized."""

    def to_python(self, data: UploadedFile | None) -> UploadedFile | None:
        try:
            file = super().to_python(data)
            if isinstance(data, UploadedFile):
                data.seek(0)
                with Image.open(data) as image:
                    width, height = image.size
                    image.load()
                data.seek(0)
        except UNREADABLE as error:
            raise ValidationError(
                _("This picture is damaged, cut off or far too large. Open it in a picture program and save it anew.")
            ) from error
        # The widest file for visitors, as it would be made of it.
        if isinstance(data, UploadedFile) and height * min(1, max(WIDTHS) / width) > HIGHEST:
            raise ValidationError(
                _("This picture is %(height)s pixels high; %(most)s are the most. Make it smaller.")
                % {"height": f"{height:,}", "most": f"{HIGHEST:,}"}
            )
        return file


class PortalImageForm(BaseImageForm):
    """Wagtail's form with our field, where the form has one: not when the words of an upload are filled in after it."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if field := self.fields.get("file"):
            # The name of the class is all that differs; label, widget and limits are those of Wagtail's form.
            field.__class__ = WholePictureField

    def save(self, commit: bool = True) -> PortalImage:
        # Wagtail deletes the renditions of a replaced file after saving. In one transaction, the task that makes new
        # ones, which waits for its end, comes after that.
        with transaction.atomic():
            return super().save(commit)
