"""Articles in the admin: date and kind beside the title, filters for both."""

from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _
from django_filters import MultipleChoiceFilter
from wagtail import hooks
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.pages import PageListingViewSet, PageViewSet

from articles.models import ArticlePage
from portal.page_admin import DatedPageFilterSet, dated_columns


class ArticleFilterSet(DatedPageFilterSet):
    kind = MultipleChoiceFilter(label=_("Kind"), choices=ArticlePage.Kind.choices, widget=CheckboxSelectMultiple)

    class Meta:
        model = ArticlePage
        fields: list[str] = []


class ArticleViewSet(PageViewSet):
    """The children of the list of articles, in the page explorer."""

    model = ArticlePage
    columns = dated_columns(Column("kind", label=_("Kind"), accessor="get_kind_display", width="12%"))
    filterset_class = ArticleFilterSet


class ArticleListingViewSet(PageListingViewSet):
    """All articles, from the menu."""

    model = ArticlePage
    icon = "doc-full"
    menu_label = _("Articles")
    menu_order = 160
    add_to_admin_menu = True
    ordering = "-date"
    columns = ArticleViewSet.columns
    filterset_class = ArticleFilterSet


@hooks.register("register_admin_viewset")
def register_article_viewsets() -> list:
    return [ArticleViewSet("article_pages"), ArticleListingViewSet("articles")]
