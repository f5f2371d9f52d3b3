"""The page of figures, with a page for each school year and one for the data itself below it."""

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path, re_path
from wagtail.fields import RichTextField, StreamField
from wagtail.search import index

from impact import datasets, evidence
from impact.blocks import EvidenceBlock, ShownValue
from impact.models.school_years import SchoolYear, shown_year
from impact.year_reports import find_reports
from impact.years import year_label
from portal.content_cache import remember
from portal.models import BasePage
from portal.models.pages import DESCRIPTION_LENGTH
from portal.seo import absolute, as_json_ld, breadcrumb_node


class ImpactPage(RoutablePageMixin, BasePage):
    """Our Impact: the figures of all years, as charts, tables and files."""

    page_description = _("The figures of all school years, as charts, tables and files. There is one.")
    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []
    max_count = 1

    intro = RichTextField(_("introduction"), blank=True, help_text=_("The first paragraph, set larger."))
    content = StreamField(
        EvidenceBlock(), verbose_name=_("figures, charts and tables"), blank=True, help_text=_("In this order.")
    )
    bureau_code = models.CharField(
        _("bureau code"),
        max_length=7,
        default="018:10",
        help_text=_("Of the office, for the catalog /data.json: OMB Circular A-11, appendix C."),
    )
    program_code = models.CharField(
        _("program code"),
        max_length=7,
        default="018:000",
        help_text=_("Of the program, for the catalog /data.json: Federal Program Inventory; 000 where it has none."),
    )

    content_panels = [*BasePage.content_panels, FieldPanel("intro"), FieldPanel("content")]
    promote_panels = [
        *BasePage.promote_panels,
        MultiFieldPanel([FieldPanel("bureau_code"), FieldPanel("program_code")], _("Catalog of open data")),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("intro")]

    template = "impact/impact_page.html"

    class Meta:
        verbose_name = _("page of figures")
        verbose_name_plural = _("pages of figures")

    @property
    def lead_text(self) -> str:
        return self.intro

    @property
    def changed_at(self) -> datetime | None:
        """When the page itself, a school year or the imported figures changed last."""

        def read() -> datetime | None:
            return SchoolYear.objects.published().aggregate(Max("last_published_at"))["last_published_at__max"]

        moments = [self.last_published_at, evidence.last_change(), remember("impact-years-changed", read)]
        return max((moment for moment in moments if moment), default=None)

    @path("")
    def overview(self, request: HttpRequest) -> HttpResponse:
        address = self.get_url(request) or request.path
        for number, block in enumerate(self.content, start=1):
            # All is collected before the template is printed.
            if isinstance(block.value, ShownValue):
                block.value.show(request.GET, address, number)
        return self.render(request, context_overrides={"years": self.year_links(request)})

    @re_path(r"^(\d{4}-\d{2})/$", name="year")
    def year(self, request: HttpRequest, label: str) -> HttpResponse:
        links = self.year_links(request)
        labels = [link["label"] for link in links]
        if label not in labels:
            raise Http404("No such school year.")
        place, start = labels.index(label), int(label[:4])
        context = {
            **shown_year(start),
            "label": label,
            "reports": find_reports(start),
            "newer": links[place - 1] if place else None,
            "older": links[place + 1] if place + 1 < len(links) else None,
        }
        title = gettext("Our Impact in %(year)s") % {"year": label}
        return self.serve_below(request, "impact/year_page.html", title, f"{label}/", context)

    @path("data/", name="data")
    def data(self, request: HttpRequest) -> HttpResponse:
        context = {
            "files": datasets.catalogued(),
            "columns": datasets.COLUMNS,
            "measures": evidence.measures().values(),
            "dictionary": datasets.dictionary(),
        }
        title = gettext("Data dictionary and downloads")
        return self.serve_below(request, "impact/data_page.html", title, "data/", context)

    def serve_below(
        self, request: HttpRequest, template: str, title: str, below: str, extra: dict[str, Any]
    ) -> HttpResponse:
        """A page below this one that isn't in the tree, with a title and an address of its own."""
        context = self.get_context(request)
        address = self.get_url(request) or "/"
        canonical = absolute(address + below)
        crumbs = [*self.breadcrumbs, {"title": self.title, "url": address}]
        node = {**self.schema_org_node(canonical, context["chrome"]), "name": title}
        datasets_here = datasets.schema_org(context["chrome"], canonical)
        context["seo"] |= {
            "title": title,
            "description": Truncator(f"{title}. {self.description}").chars(DESCRIPTION_LENGTH),
            "canonical": canonical,
            "alternates": [],
            "jsonld": as_json_ld([node, breadcrumb_node(crumbs, title, canonical), *datasets_here]),
        }
        context |= {"subtitle": title, "breadcrumbs": crumbs, "languages": context["chrome"]["languages"], **extra}
        return TemplateResponse(request, template, context)

    def schema_org(self, canonical: str, chrome: dict[str, Any]) -> list[dict[str, Any]]:
        return [*super().schema_org(canonical, chrome), *datasets.schema_org(chrome, canonical)]

    def years(self) -> list[int]:
        """The school years that have a page: those with rows, and those that an editor has published."""

        def read() -> list[int]:
            published = SchoolYear.objects.published().values_list("start", flat=True)
            return sorted({*evidence.all_years(), *published}, reverse=True)

        return remember("impact-years", read)

    def year_links(self, request: HttpRequest | None = None) -> list[dict[str, str]]:
        base = self.get_url(request) or "/"
        return [{"label": year_label(year), "url": f"{base}{year_label(year)}/"} for year in self.years()]

    def get_route_paths(self) -> list[str]:
        return ["/", "/data/", *(f"/{year_label(year)}/" for year in self.years())]

    def addresses_below(self) -> dict[str, datetime | None]:
        edited = dict(SchoolYear.objects.published().values_list("start", "last_published_at"))
        imported, base = evidence.last_change(), self.get_url()
        changes = {f"{base}{year_label(year)}/": [imported, edited.get(year)] for year in self.years()}
        changes[f"{base}data/"] = [imported]
        return {
            address: max((moment for moment in [self.last_published_at, *moments] if moment), default=None)
            for address, moments in changes.items()
        }
