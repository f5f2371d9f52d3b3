"""Puts the home page where visitors find it, and leaves alone what an editor has set up."""

from urllib.parse import urlsplit

from django.conf import settings
from wagtail.models import Page, Site

# What Wagtail's first migration makes, https://github.com/wagtail/wagtail/blob/main/wagtail/migrations/0002_initial_data.py
WELCOME_TITLE = "Welcome to your new Wagtail site!"
FIRST_ADDRESS = ("localhost", 80)


def tree_root() -> Page:
    return Page.get_first_root_node()


def remove_welcome_page() -> None:
    """Takes away the page of a fresh database, if nobody has changed it; its site waits for the home page."""
    welcome = Page.objects.filter(depth=2, numchild=0, title=WELCOME_TITLE, latest_revision=None).first()
    if welcome and type(welcome.specific) is Page:
        detach_sites([welcome.pk])
        welcome.delete()


def detach_sites(page_numbers: list[int]) -> None:
    """Lets the sites of pages that will be deleted outlive them."""
    Site.objects.filter(root_page__in=page_numbers).update(root_page=tree_root())


def show(home: Page) -> Site | None:
    """The site whose root is the home page: one that shows nothing yet, or a new one when there is none at all.

    None when all sites show something else: an editor has set them up.
    """
    waiting = list(Site.objects.filter(root_page__depth=1))
    if not waiting and not Site.objects.exists():
        waiting = [Site(hostname=FIRST_ADDRESS[0], port=FIRST_ADDRESS[1], is_default_site=True)]
    for site in waiting:
        site.root_page = home
        if (site.hostname, site.port) == FIRST_ADDRESS:
            site.hostname, site.port = public_address()
            site.site_name = site.site_name or settings.WAGTAIL_SITE_NAME
        site.save()
    return home.sites_rooted_here.order_by("-is_default_site").first()


def public_address() -> tuple[str, int]:
    """Host name and port of BASE_URL."""
    parts = urlsplit(settings.BASE_URL)
    return parts.hostname or FIRST_ADDRESS[0], parts.port or (443 if parts.scheme == "https" else 80)
