"""What the portal adds to Wagtail and its admin."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.site_summary import SummaryItem
from wagtail.admin.ui.components import Component
from wagtail.models import Locale, Page, PageViewRestriction, Site
from wagtail.permissions import policy_registry
from wagtail.rich_text.feature_registry import FeatureRegistry
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from portal.cache_policy import cache_policy
from portal.dashboard import ActionsPanel, ReviewPanel
from portal.models import Topic
from portal.rich_text import CachedDocumentLinkHandler, PublishedPageLinkHandler
from portal.users import refuse_administrators


class TopicViewSet(SnippetViewSet):
    model = Topic
    icon = "tag"
    menu_label = _("Topics")
    menu_order = 180
    add_to_admin_menu = True
    list_display = ["name", "description"]
    # A form that is sent to the address of a copy changes the original.
    copy_view_enabled = False


register_snippet(TopicViewSet)


# After Wagtail's own handlers of the same names, which these replace.
@hooks.register("register_rich_text_features", order=100)
def register_link_handlers(features: FeatureRegistry) -> None:
    features.register_link_type(PublishedPageLinkHandler)
    features.register_link_type(CachedDocumentLinkHandler)


@hooks.register("before_bulk_action")
def spare_administrators(request: HttpRequest, action: str, objects: list[Any], *args: Any) -> None:
    refuse_administrators(request.user, objects)


@hooks.register("before_bulk_action")
def leave_out(request: HttpRequest, action: str, objects: list[Any], *args: Any) -> None:
    """What Wagtail stumbles over: a page that goes with one above it; an alias, which has nothing to publish."""
    if not all(isinstance(entry, Page) for entry in objects):
        return
    if action == "delete":
        objects[:] = [page for page in objects if not any(map(page.is_descendant_of, objects))]
    elif action == "publish":
        objects[:] = [page for page in objects if not page.alias_of_id]


@hooks.register("before_convert_alias_page")
def keep_privacy(request: HttpRequest, page: Page) -> HttpResponse | None:
    """An alias is as private as the page that it shows; a page of its own would no longer be."""
    if not page.permissions_for_user(request.user).can_publish():
        raise PermissionDenied
    here = PageViewRestriction.objects.filter(page__in=page.get_ancestors(inclusive=True))
    if page.get_view_restrictions().exists() and not here.exists():
        messages.error(request, _("This page shows a private one and would become public. Copy that page instead."))
        return redirect("wagtailadmin_pages:edit", page.pk)
    return None


class LocalesMenuItem(MenuItem):
    """Wagtail's own shows only to those who manage sites, though locales have permissions of their own."""

    def is_shown(self, request: HttpRequest) -> bool:
        has_own = policy_registry.get_by_type(Site).user_has_any_permission(request.user, ["add", "change", "delete"])
        return not has_own and policy_registry.get_by_type(Locale).user_has_permission(request.user, "change")


@hooks.register("register_settings_menu_item")
def register_locales() -> MenuItem:
    return LocalesMenuItem(
        _("Locales"), reverse("wagtaillocales:index"), name="own-locales", icon_name="site", order=603
    )


@hooks.register("construct_homepage_panels")
def add_panels(request: HttpRequest, panels: list[Component]) -> None:
    """The actions of the day first; what others than an editor need is one click away in the menu."""
    panels.append(ActionsPanel(request))
    panels.append(ReviewPanel(request))


@hooks.register("construct_homepage_summary_items")
def remove_counts(request: HttpRequest, items: list[SummaryItem]) -> None:
    """Counts of pages and images tell an editor nothing about the day."""
    items.clear()


@hooks.register("on_serve_page")
def apply_cache_policy(serve_next: Callable) -> Callable:
    """Every page, and every address below one, gets the cache policy; an expired page is gone at once."""

    def serve(page: Page, request: HttpRequest, args: list, kwargs: dict) -> HttpResponse:
        if page.expire_at is not None and page.expire_at <= timezone.now():
            raise Http404
        response = serve_next(page, request, args, kwargs)
        if not response.has_header("Cache-Control"):
            patch_cache_control(response, **cache_policy(request))
        return response

    return serve
