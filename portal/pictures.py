"""Responsive pictures from files made ahead: a visitor's request makes none and asks the database for none.

The names of an image's renditions are kept on its own row (`PortalImage.rendition_files`), because a page with four
pictures would otherwise load some fifty rendition rows to print four `<picture>` elements.
"""

from dataclasses import dataclass
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from django.core.files.storage import default_storage
from wagtail.images.models import Filter

if TYPE_CHECKING:
    from portal.models.media import PortalImage, PortalRendition

# The widths that the style sheet can ask for, on screens of one to three device pixels.
WIDTHS = (320, 480, 720, 1080, 1600)
# Best first; a browser takes the first that it knows. The fallback is for all others.
MODERN_FORMATS = ("avif", "webp")
FALLBACK_FORMATS = ("jpeg", "png")
# The fallback is rarely loaded, so two widths are enough.
FALLBACK_WIDTHS = (720, 1600)

# {"avif": [[320, 180, "images/x.width-320.avif"], …], "webp": […], "jpeg": […]}: width, height, name, ascending.
RenditionFiles = dict[str, list[list]]


@dataclass(frozen=True)
class Source:
    """One `<source>`: a media type and its files by width."""

    type: str
    srcset: str


@dataclass(frozen=True)
class Picture:
    """What `components/picture.html` prints; width and height in pixels; focus such as "left-top" or ""."""

    sources: tuple[Source, ...]
    src: str
    srcset: str
    width: int
    height: int
    focus: str


def rendition_specs(image: "PortalImage") -> list[str]:
    """The filters of every file that a page may ask for; none is wider than the picture itself."""
    fallback = "png" if image.file.name.lower().endswith((".png", ".gif")) else "jpeg"
    widest = min(image.width, max(WIDTHS))
    widths = [width for width in WIDTHS if width < widest] + [widest]
    fallback_widths = [width for width in FALLBACK_WIDTHS if width < widest] or [widest]
    modern = [f"width-{width}|format-{name}" for name in MODERN_FORMATS for width in widths]
    return modern + [f"width-{width}|format-{fallback}" for width in fallback_widths]


def make_rendition_files(image: "PortalImage") -> RenditionFiles:
    """Makes the files that are missing and gives the names of all; files that are there stay."""
    files: RenditionFiles = {}
    filters = [Filter(spec=spec) for spec in rendition_specs(image)]
    found = image.find_existing_renditions(*filters)
    found |= image.create_renditions(*(wanted for wanted in filters if wanted not in found))
    for wanted in filters:
        files.setdefault(wanted.spec.rpartition("-")[2], []).append(_entry(found[wanted]))
    return files


def picture_of(image: "PortalImage") -> Picture | None:
    """The picture that an image's files make up, or None while there is none that every browser can show."""
    files: RenditionFiles = image.rendition_files or {}
    fallback = next((files[name] for name in FALLBACK_FORMATS if files.get(name)), None)
    if not fallback or len(fallback[-1]) != 3:  # none yet, or noted before the heights were
        return None
    # Of a file and not of the original, which a camera may have stored lying on its side.
    width, height, _name = fallback[-1]
    return Picture(
        sources=tuple(Source(f"image/{name}", _srcset(files[name])) for name in MODERN_FORMATS if files.get(name)),
        src=_address(fallback[0][-1]),
        srcset=_srcset(fallback),
        width=width,
        height=height,
        focus=_focus(image),
    )


@lru_cache(4096)
def _address(name: str) -> str:
    return default_storage.url(name)


def _entry(rendition: "PortalRendition") -> list:
    return [rendition.width, rendition.height, rendition.file.name]


def _srcset(files: list[list]) -> str:
    return ", ".join(f"{_address(name)} {width}w" for width, _height, name in files)


def _focus(image: "PortalImage") -> str:
    """Where the focal point lies on a grid of three by three, for the style sheet: the policy forbids inline styles."""
    if image.focal_point_x is None or image.focal_point_y is None:
        return ""
    third = partial(min, 2)
    across = ("left", "center", "right")[third(3 * image.focal_point_x // max(image.width, 1))]
    down = ("top", "center", "bottom")[third(3 * image.focal_point_y // max(image.height, 1))]
    return f"{across}-{down}"
