"""Updates in the admin: date and topics beside the title, filters for both."""

from typing import Any

from django.db.models import prefetch_related_objects
from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _
from django_filters import ModelMultipleChoiceFilter
from wagtail import hooks
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.pages.listing import ExplorableIndexView, IndexView
from wagtail.admin.viewsets.pages import PageListingViewSet, PageViewSet

from portal.models import Topic
from portal.page_admin import DatedPageFilterSet, dated_columns
from updates.models import UpdatePage


class UpdateFilterSet(DatedPageFilterSet):
    topics = ModelMultipleChoiceFilter(label=_("Topic"), queryset=Topic.objects, widget=CheckboxSelectMultiple)

    class Meta:
        model = UpdatePage
        fields: list[str] = []


class WithTopics:
    """Reads the topics of all rows at once, for the column of topics."""

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        updates = [page for page in context["object_list"] if isinstance(page, UpdatePage)]
        prefetch_related_objects(updates, "topics")
        return context


class UpdateExplorerView(WithTopics, ExplorableIndexView):
    pass


class UpdateListView(WithTopics, IndexView):
    pass


def topic_names(update: UpdatePage) -> str:
    return ", ".join(topic.name for topic in update.topics.all())


class UpdateViewSet(PageViewSet):
    """The children of the list of updates, in the page explorer."""

    index_view_class = UpdateExplorerView

    model = UpdatePage
    columns = dated_columns(Column("topics", label=_("Topics"), accessor=topic_names, width="20%"))
    filterset_class = UpdateFilterSet


class UpdateListingViewSet(PageListingViewSet):
    """All updates, from the menu."""

    index_view_class = UpdateListView

    model = UpdatePage
    icon = "calendar-alt"
    menu_label = _("Updates")
    menu_order = 150
    add_to_admin_menu = True
    ordering = "-date"
    columns = UpdateViewSet.columns
    filterset_class = UpdateFilterSet


@hooks.register("register_admin_viewset")
def register_update_viewsets() -> list:
    return [UpdateViewSet("update_pages"), UpdateListingViewSet("updates")]
