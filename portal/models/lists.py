"""The page that lists the dated pages below it: by subject and year, ten at a time."""

from typing import Any

from django.contrib.auth.models import AbstractUser
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import PagePermissionTester
from wagtail.search import index

from portal.listing import Filter, Listing, year_choices
from portal.models.pages import BasePage
from portal.models.permissions import ListPermissionTester
from portal.querysets import DatedQuerySet
from portal.seo import absolute


class ListPage(BasePage):
    """A list of pages of the one type that may stand below it, newest first."""

    max_count = 1
    is_published_by_editors = True

    intro = RichTextField(_("introduction"), blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("intro")]
    search_fields = [*BasePage.search_fields, index.SearchField("intro")]

    class Meta:
        abstract = True

    @property
    def lead_text(self) -> str:
        return self.intro

    def permissions_for_user(self, user: AbstractUser) -> PagePermissionTester:
        return ListPermissionTester(user, self)

    def published_items(self) -> DatedQuerySet:
        """The pages of this list's language, newest first."""
        model = self.allowed_subpage_models()[0]
        return model.objects.in_language(self.locale_id).published().newest()

    def subject_filter(self) -> Filter:
        """What else than the year visitors may choose by; each list says."""
        raise NotImplementedError

    def listing(self, request: HttpRequest) -> Listing:
        name = f"list-{self.pk}"
        year = Filter("year", _("Year"), _("All years"), year_choices(name, self.published_items), "date__year")
        return Listing(
            request,
            name,
            lambda: self.published_items().with_cards(),
            [self.subject_filter(), year],
            self.get_url(request) or request.path,
        )

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        listing = self.listing(request)
        context["seo"]["canonical"] = absolute(listing.url(listing.number))
        # A filtered list has no twin: topics and years differ between languages.
        if listing.query or listing.number > 1:
            context["seo"]["alternates"] = []
        return context | {"listing": listing}
