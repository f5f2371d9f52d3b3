"""Blocks of the site settings: parent agencies, links and columns of the footer."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from portal.blocks.links import LinkBlock


class SiteLinkBlock(LinkBlock):
    """A link in the frame of the site, without a description."""

    description = None

    class Meta:
        icon = "link"
        description = _("A link in the footer")


class AgencyBlock(blocks.StructBlock):
    """A department that the office belongs to."""

    name = blocks.CharBlock(max_length=120)
    url = blocks.URLBlock(label=_("Address"))
    # Decorative beside the name, so it needs no text of its own.
    logo = ImageChooserBlock(required=False, help_text=_("Shown beside the name, 80 pixels wide."))

    class Meta:
        icon = "home"
        description = _("Name, address and logo of a department")


class FooterColumnBlock(blocks.StructBlock):
    """A heading of the footer with its links."""

    heading = blocks.CharBlock(max_length=80)
    links = blocks.ListBlock(SiteLinkBlock(), min_num=1)

    class Meta:
        icon = "list-ul"
        description = _("A heading with links under it")
