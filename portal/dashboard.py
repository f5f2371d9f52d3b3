"""Panels of the admin's first page: what an editor comes to do, and what waits to be looked at again."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import Component
from wagtail.models import Page, Site
from wagtail.permissions import policy_registry

from portal.dates import office_day
from portal.models import BasePage

REVIEWS_SHOWN = 10


class ActionsPanel(Component):
    """Links to what editors do most, each only for those who may."""

    name = "actions"
    template_name = "wagtailadmin/home/portal_actions.html"
    order = 50

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        return {
            "actions": [
                *self.add_pages(),
                *self.edit_home(),
                *self.add_year(),
                *self.import_figures(),
                *self.edit_alert(),
            ]
        }

    def add_pages(self) -> Iterator[dict[str, str]]:
        """One action for each page type that has a single list to go under."""
        for model in apps.get_models():
            if issubclass(model, BasePage) and model.is_published_by_editors:
                child = model.allowed_subpage_models()[0]
                section = model.objects.first()
                if section and section.permissions_for_user(self.request.user).can_add_subpage():
                    yield {
                        "label": _("Write: %(type)s") % {"type": child.get_verbose_name()},
                        "icon": "plus",
                        "url": reverse(
                            "wagtailadmin_pages:add", args=[child._meta.app_label, child._meta.model_name, section.pk]
                        ),
                    }

    def edit_home(self) -> Iterator[dict[str, str]]:
        site = Site.find_for_request(self.request)
        if site and site.root_page.permissions_for_user(self.request.user).can_edit():
            url = reverse("wagtailadmin_pages:edit", args=[site.root_page_id])
            yield {"label": _("Change the home page"), "icon": "home", "url": url}

    def add_year(self) -> Iterator[dict[str, str]]:
        model = apps.get_model("impact", "SchoolYear")
        if policy_registry.get_by_type(model).user_has_permission(self.request.user, "add"):
            url = reverse(model.snippet_viewset.get_url_name("add"))
            yield {"label": _("Put in a school year"), "icon": "table", "url": url}

    def import_figures(self) -> Iterator[dict[str, str]]:
        if self.request.user.has_perm("impact.add_import"):
            yield {"label": _("Import figures"), "icon": "upload", "url": reverse("impact_import:add")}

    def edit_alert(self) -> Iterator[dict[str, str]]:
        if self.request.user.has_perm("portal.change_sitesettings"):
            site = Site.find_for_request(self.request)
            url = reverse("wagtailsettings:edit", args=["portal", "sitesettings", site.pk]) if site else ""
            if url:
                yield {"label": _("Set the alert bar"), "icon": "warning", "url": url}


class ReviewPanel(Component):
    """Pages whose review date has come."""

    name = "reviews"
    template_name = "wagtailadmin/home/portal_reviews.html"
    order = 200

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        mine = policy_registry.get_by_type(Page).explorable_instances(self.request.user).values("pk")
        today = office_day()
        due = [
            page
            for model in apps.get_models()
            if issubclass(model, BasePage)
            for page in model.objects.filter(live=True, review_by__lte=today, pk__in=mine).order_by("review_by")[
                :REVIEWS_SHOWN
            ]
        ]
        return {"pages": sorted(due, key=lambda page: page.review_by)[:REVIEWS_SHOWN]}
