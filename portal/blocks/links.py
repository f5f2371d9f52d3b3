"""A link to a page or to another site, and lists of them."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.documents import get_document_model
from wagtail.documents.blocks import DocumentChooserBlock

from portal.links import page_target


class LinkValue(blocks.StructValue):
    """A link with what a template prints: `href`, `label` and whether it leaves the site."""

    @property
    def href(self) -> str:
        page = self.get("page")
        return page_target(page.pk)["url"] if page else self.get("url") or ""

    @property
    def label(self) -> str:
        """The editor's words, else the title of the page, "" for one that visitors may not see."""
        page = self.get("page")
        return self.get("title") or (page_target(page.pk)["title"] if page else "")

    @property
    def is_external(self) -> bool:
        return not self.get("page")


class LinkBlock(blocks.StructBlock):
    """A link to one of our pages, or to an address elsewhere."""

    title = blocks.CharBlock(
        label=_("Text"), required=False, max_length=160, help_text=_("Empty: the title of the page.")
    )
    page = blocks.PageChooserBlock(required=False, help_text=_("A page of this site…"))
    url = blocks.URLBlock(label=_("Address"), required=False, help_text=_("…or an address elsewhere."))
    description = blocks.CharBlock(required=False, max_length=250)

    class Meta:
        icon = "link"
        value_class = LinkValue
        description = _("A link to a page of this site or to another one")

    def clean(self, value):
        """Exactly one target; an address elsewhere needs a text."""
        value = super().clean(value)
        errors = {}
        if bool(value.get("page")) == bool(value.get("url")):
            errors["page"] = ValidationError(_("Choose a page or give an address: one of the two."))
        elif value.get("url") and not value.get("title"):
            errors["title"] = ValidationError(_("Say in words where the address leads."))
        if errors:
            raise StructBlockValidationError(block_errors=errors)
        return value


class LinksValue(blocks.StructValue):
    """A list of links, of which those without words are left out: they lead to pages that visitors may not see."""

    @property
    def shown(self) -> list[LinkValue]:
        return [link for link in self["links"] if link.label]


class LinksBlock(blocks.StructBlock):
    """A list of links, each with a sentence on what is there."""

    heading = blocks.CharBlock(required=False, max_length=120)
    links = blocks.ListBlock(LinkBlock(), min_num=1)

    class Meta:
        icon = "link"
        template = "blocks/links.html"
        value_class = LinksValue
        description = _("Where to go next, each link with a sentence")
        preview_value = {
            "heading": "See also",
            "links": [
                {"title": "ED Data Express", "url": "https://eddataexpress.ed.gov", "description": "Figures by State."}
            ],
        }


class DownloadValue(blocks.StructValue):
    """A document with the text to show for it."""

    @property
    def label(self) -> str:
        return self.get("title") or (self["document"].title if self.get("document") else "")


class DownloadBlock(blocks.StructBlock):
    """A document, under its own title or another."""

    document = DocumentChooserBlock()
    title = blocks.CharBlock(required=False, max_length=160, help_text=_("Empty: the title of the document."))

    class Meta:
        icon = "download"
        value_class = DownloadValue
        description = _("A file to download")


class DownloadsBlock(blocks.StructBlock):
    """Files to download; type, size and date are shown by themselves."""

    heading = blocks.CharBlock(required=False, max_length=120, default=_("Downloads"))
    documents = blocks.ListBlock(DownloadBlock(), min_num=1)

    class Meta:
        icon = "download"
        template = "blocks/downloads.html"
        description = _("Files to download, shown with type and size")

    def get_preview_value(self) -> Any:
        """Any document that is there."""
        document = get_document_model().objects.order_by("pk").first()
        if document is None:
            return self.get_default()
        return self.normalize({"heading": _("Downloads"), "documents": [{"document": document, "title": ""}]})
