"""What the head of a page says to search engines and to people who share it."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

if TYPE_CHECKING:
    from portal.models.media import PortalImage
    from portal.models.pages import BasePage

# The characters by which a text could end the script element that it stands in; as Django's json_script has it.
JSON_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


def absolute(path: str) -> str:
    """The public address of a path: of the name that the portal goes by, not of the one it was asked by."""
    return path if "://" in path else settings.BASE_URL + path


def seo_for(
    page: "BasePage", request: HttpRequest, chrome: dict[str, Any], languages: list[dict[str, str]]
) -> dict[str, Any]:
    """Title, description, addresses, picture and schema.org data of a page, for `base.html`."""
    image = page.social_image or chrome["social_image"]
    canonical = absolute(page.get_url(request) or request.path)
    return {
        "title": page.seo_title or page.title,
        "description": page.description,
        "canonical": canonical,
        "alternates": [{"code": language["code"], "url": absolute(language["url"])} for language in languages],
        "locale": f"{get_language()}_US",
        "image": image_address(image),
        "image_alt": image.description if image else "",
        "type": page.open_graph_type,
        "jsonld": as_json_ld(page.schema_org(canonical, chrome)),
    }


def image_address(image: "PortalImage | None") -> str:
    """The absolute address of a file that every reader of shared links understands, or ""."""
    return absolute(image.picture.src) if image and image.picture else ""


def as_json_ld(nodes: list[dict[str, Any]]) -> SafeString:
    """schema.org nodes as text that is safe inside a script element; empty values are left out."""
    kept = [
        {"@context": "https://schema.org", **{k: v for k, v in node.items() if v not in (None, "", [])}}
        for node in nodes
    ]
    return mark_safe(DjangoJSONEncoder(ensure_ascii=False).encode(kept).translate(JSON_ESCAPES))  # noqa: S308 - escaped


def iso(moment: date | datetime | None) -> str | None:
    """A date or time as schema.org wants it, without fractions of a second."""
    if isinstance(moment, datetime):
        return moment.isoformat(timespec="seconds")
    return moment.isoformat() if moment else None


def article_node(kind: str, title: str, published: date, chrome: dict[str, Any]) -> dict[str, Any]:
    """What https://schema.org/Article (or a kind of it) has beside the properties of a page."""
    publisher = {"@type": "GovernmentOrganization", "name": chrome["organisation"] or chrome["site_name"]}
    return {
        "@type": kind,
        "headline": title,
        "datePublished": iso(published),
        "author": publisher,
        "publisher": publisher,
    }


def breadcrumb_node(breadcrumbs: list[dict[str, str]], title: str, canonical: str) -> dict[str, Any]:
    """https://schema.org/BreadcrumbList: the way from the home page to this one."""
    steps = [*((step["title"], absolute(step["url"])) for step in breadcrumbs), (title, canonical)]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name, "item": address}
            for position, (name, address) in enumerate(steps, start=1)
        ],
    }
