"""School years, measures and imports in the admin, with a warning where the parts of a year don't add up."""

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.tables import LiveStatusTagColumn, UpdatedAtColumn
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from impact.import_views import ImportViewSet
from impact.models import Measure, SchoolYear


class SchoolYearViewSet(SnippetViewSet):
    model = SchoolYear
    icon = "table"
    menu_label = _("School years")
    menu_order = 170
    add_to_admin_menu = True
    list_display = ["__str__", "source_name", LiveStatusTagColumn(), UpdatedAtColumn()]
    ordering = ["-start"]
    search_fields = ["source_name"]
    # A form that is sent to the address of a copy changes the original, published or not.
    copy_view_enabled = False


class MeasureViewSet(SnippetViewSet):
    model = Measure
    icon = "list-ul"
    menu_label = _("Measures")
    list_display = ["name", "file_spec", "data_group"]
    ordering = ["sort_order"]
    copy_view_enabled = False


register_snippet(SchoolYearViewSet)
register_snippet(MeasureViewSet)


@hooks.register("register_admin_viewset")
def register_import_viewset() -> ImportViewSet:
    return ImportViewSet()


@hooks.register("after_create_snippet")
@hooks.register("after_edit_snippet")
def warn_of_wrong_sum(request: HttpRequest, instance: object) -> None:
    """Tells the editor, and changes nothing: a source may have its reasons."""
    # The form also saves itself while the editor types; then nobody asked.
    if isinstance(instance, SchoolYear) and request.accepts("text/html"):
        saved = instance.get_latest_revision_as_object() if instance.latest_revision_id else instance
        if warning := saved.sum_warning():
            messages.warning(request, warning)
