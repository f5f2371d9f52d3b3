"""Blocks of pictures and recordings."""

from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images import get_image_model
from wagtail.images.blocks import ImageBlock


class FigureBlock(blocks.StructBlock):
    """A picture with its text for people who don't see it, and a caption."""

    image = ImageBlock()
    caption = blocks.CharBlock(required=False, max_length=250)

    class Meta:
        icon = "image"
        template = "blocks/image.html"
        description = _("A picture, with a caption if it needs one")

    def get_preview_value(self) -> Any:
        """Any picture that is there: a preview with a picture says more than one without."""
        image = get_image_model().objects.order_by("pk").first()
        return self.normalize({"image": image, "caption": _("What the picture shows")}) if image else self.get_default()


class VideoValue(blocks.StructValue):
    """A recording on another site."""

    @property
    def host(self) -> str:
        return urlsplit(self.get("url", "")).hostname or ""


class VideoBlock(blocks.StructBlock):
    """A recording elsewhere, shown as a link: nothing of another site is loaded into our pages."""

    title = blocks.CharBlock(max_length=160)
    url = blocks.URLBlock(label=_("Address"), help_text=_("Where the recording plays, for example on YouTube."))

    class Meta:
        icon = "media"
        template = "blocks/embed.html"
        value_class = VideoValue
        description = _("A recording on another site, with its title")
        preview_value = {"title": "Recording of the data reporting webinar", "url": "https://www.youtube.com/"}
