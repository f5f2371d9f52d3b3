"""Imports in the admin: send a file, look at what it would do, take it over, undo it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views import View
from wagtail.admin.ui.tables import Column, DateColumn, UserColumn
from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.model import ModelViewSet

from impact.forms import ImportForm
from impact.importing import ImportRefusedError, apply, discard, undo
from impact.importing.contents import years_out_of
from impact.importing.wording import findings, summary
from impact.models import Import
from impact.tasks import read_upload


class ImportIndexView(generic.IndexView):
    """All imports, newest first; each leads to its report."""

    def get_base_queryset(self) -> QuerySet[Import]:
        # The reports of large files are large themselves.
        return super().get_base_queryset().select_related("user__wagtail_userprofile").defer("report")

    def get_edit_url(self, instance: Import) -> str:
        return reverse("impact_import:show", args=[instance.pk])

    def get_list_buttons(self, instance: Import) -> list:
        return []


class ImportCreateView(generic.CreateView):
    """The form for a file. What was sent is read in the background, since it may take longer than a browser waits."""

    page_title = _("Import figures")
    submit_button_label = _("Read the file and show what would change")
    submit_button_active_label = _("Reading…")
    success_message = ""

    def save_instance(self) -> Import:
        imported = self.form.save(commit=False)
        imported.user = self.request.user
        imported.save()
        transaction.on_commit(lambda: read_upload.enqueue(imported.pk))
        return imported

    def get_success_url(self) -> str:
        return reverse("impact_import:show", args=[self.object.pk])

    def get_success_message(self, instance: Import) -> str | None:
        return None

    def get_success_buttons(self) -> list:
        return []


class ImportView(WagtailAdminTemplateMixin, View):
    """One import: how far it is, what it would do or did, and what can be done with it now."""

    template_name = "impact/admin/import.html"
    header_icon = "upload"

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not request.user.has_perm("impact.add_import"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def imported(self) -> Import:
        return get_object_or_404(Import.objects.select_related("user", "applied_by", "undone_by"), pk=self.kwargs["pk"])

    def get_page_title(self) -> str:
        return self.imported.file_name

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        index = {"url": reverse("impact_import:index"), "label": _("Imports of figures")}
        return [*super().get_breadcrumbs_items(), index, {"url": "", "label": self.imported.file_name}]

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        imported, is_read = self.imported, self.imported.state != Import.State.READING
        return super().get_context_data(**kwargs) | {
            "imported": imported,
            "is_read": is_read,
            "summary": summary(imported) if is_read and imported.report else [],
            "findings": [
                {"heading": heading, "lines": lines, "left": count - len(lines)}
                for heading, lines, count in (findings(imported) if is_read and imported.report else [])
            ],
            "has_changes": imported.report.get("added") or imported.report.get("changed"),
        }

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.render_to_response(self.get_context_data())

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        actions = {"apply": self.take_over, "discard": self.leave, "undo": self.undo}
        act = actions.get(request.POST.get("action", ""))
        try:
            message = act() if act else None
        except ImportRefusedError as error:
            messages.error(request, str(error))
        else:
            if message:
                messages.success(request, message)
        return redirect("impact_import:show", pk)

    def take_over(self) -> str:
        apply([self.imported], self.request.user)
        return _("“%(file)s” has been taken over; the pages show it now.") % {"file": self.imported.file_name}

    def leave(self) -> str:
        discard(self.imported)
        return _("“%(file)s” was not taken over; nothing has changed.") % {"file": self.imported.file_name}

    def undo(self) -> str:
        undo(self.imported, self.request.user)
        return _("The import of “%(file)s” has been undone; the figures are what they were before.") % {
            "file": self.imported.file_name
        }


class UndoView(ImportView):
    """Asks once more before an import is undone."""

    template_name = "impact/admin/undo.html"

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"years": years_out_of(self.imported)}

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        if self.imported.state != Import.State.APPLIED:
            return redirect("impact_import:show", pk)
        return super().get(request, pk)


class ImportViewSet(ModelViewSet):
    """Everything that was ever imported, and the way to import more."""

    model = Import
    name = url_namespace = "impact_import"
    url_prefix = "impact/imports"
    icon = "upload"
    menu_label = _("Imports of figures")
    menu_order = 175
    add_to_admin_menu = True
    ordering = "-pk"
    index_view_class = ImportIndexView
    add_view_class = ImportCreateView
    copy_view_enabled = False
    list_display = [
        "file_name",
        Column("kind", label=_("Content"), accessor="get_kind_display"),
        Column("state", label=_("State"), accessor="get_state_display"),
        UserColumn("user", label=_("By")),
        DateColumn("created_at", label=_("Read")),
        DateColumn("applied_at", label=_("Taken over")),
    ]
    list_filter = ["kind", "state"]
    search_fields = ["file_name"]
    search_backend_name = None

    def get_form_class(self, for_update: bool = False) -> type[ImportForm]:
        return ImportForm

    def get_urlpatterns(self) -> list[URLPattern]:
        """List and form, and our own page for one import: what was imported is neither edited nor deleted here."""
        kept = {"index", "index_results", "add"}
        return [
            *(pattern for pattern in super().get_urlpatterns() if pattern.name in kept),
            path("<int:pk>/", ImportView.as_view(), name="show"),
            path("<int:pk>/undo/", UndoView.as_view(), name="undo"),
        ]
