"""The frame around every page: names, menu, footer, alert. Built once per change of content, not once per request."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from wagtail.models import Page, Site

from portal.content_cache import remember
from portal.models.site import SiteSettings
from portal.querysets import PublishedQuerySet

Chrome = dict[str, Any]


def context(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `chrome`, looked up when a template first asks for it."""
    return {"chrome": SimpleLazyObject(lambda: chrome_for(request))}


def chrome_for(request: HttpRequest) -> Chrome:
    """The frame for the site and language of a request; without a site, an empty one with the default names."""
    site = Site.find_for_request(request)
    if site is None:
        return show_chrome(build_chrome(None, SiteSettings()))
    name = f"chrome-{site.pk}-{get_language()}"
    return show_chrome(remember(name, lambda: build_chrome(site, SiteSettings.for_site(site))))


def show_chrome(chrome: Chrome) -> Chrome:
    """The frame as this moment wants it: the alert has a start and an end."""
    return chrome | {"alert": chrome["alert"] if chrome["settings"].has_alert() else None}


def build_chrome(site: Site | None, site_settings: SiteSettings) -> Chrome:
    """Everything that the frame shows, as plain values; about six queries."""
    home = site.root_page.localized if site else None
    return {
        "settings": site_settings,
        "site_name": site_settings.site_name,
        "site_tagline": site_settings.tagline,
        "organisation": site_settings.organisation,
        "is_government_site": site_settings.is_government_site,
        "home_url": home.get_url() or "/" if home else "/",
        "menu": _menu(home) if home else [],
        "alert": {
            "kind": site_settings.alert_kind,
            "heading": site_settings.alert_heading,
            "text": site_settings.alert_text,
        },
        "agencies": [_agency(block.value) for block in site_settings.agencies],
        "contact": _contact(site_settings),
        "required_links": _links(block.value for block in site_settings.required_links),
        "footer_columns": [
            {"heading": block.value["heading"], "links": _links(block.value["links"])}
            for block in site_settings.footer_columns
        ],
        "languages": languages_of(home) if home else [],
        "social_image": site_settings.social_image,
    }


def _menu(home: Page) -> list[dict[str, str]]:
    pages = PublishedQuerySet(Page).child_of(home).filter(show_in_menus=True).published().order_by("path")
    return [{"title": page.title, "url": page.get_url()} for page in pages]


def _links(links: Any) -> list[dict[str, str]]:
    """Title and address of each link whose target may be seen."""
    return [{"title": link.label, "url": link.href} for link in links if link.href]


def _agency(value: dict[str, Any]) -> dict[str, Any]:
    logo = value["logo"]
    return {"name": value["name"], "url": value["url"], "picture": logo.picture if logo else None}


def _contact(site_settings: SiteSettings) -> dict[str, str]:
    page = site_settings.contact_page
    link = {"url": "", "url_text": ""}
    if page and PublishedQuerySet(Page).filter(pk=page.pk).published().exists():
        link = {"url": page.get_url() or "", "url_text": page.title}
    return link | {
        "heading": site_settings.contact_heading,
        "email": site_settings.contact_email,
        "phone": site_settings.contact_phone,
        "address": site_settings.contact_address,
    }


def languages_of(page: Page) -> list[dict[str, str]]:
    """The languages in which a page is published, with their addresses; none when it is only one."""
    published = PublishedQuerySet(Page).filter(translation_key=page.translation_key).published()
    names = dict(settings.LANGUAGES)
    languages = [
        {"code": version.locale.language_code, "name": names[version.locale.language_code], "url": version.get_url()}
        for version in published.select_related("locale").order_by("locale_id")
        if version.locale.language_code in names
    ]
    return languages if len(languages) > 1 else []
