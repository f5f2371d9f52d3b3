"""Models that all content types share."""

from portal.models.demo import DemoItem
from portal.models.lists import ListPage
from portal.models.media import PortalDocument, PortalImage, PortalRendition
from portal.models.pages import BasePage, StandardPage
from portal.models.site import SiteSettings
from portal.models.topics import Topic

__all__ = [
    "BasePage",
    "DemoItem",
    "ListPage",
    "PortalDocument",
    "PortalImage",
    "PortalRendition",
    "SiteSettings",
    "StandardPage",
    "Topic",
]
