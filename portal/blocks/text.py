"""Blocks of words."""

from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class HeadingValue(blocks.StructValue):
    """A heading with the anchor that links can name."""

    @property
    def anchor(self) -> str:
        return slugify(self.get("text", ""))


class HeadingBlock(blocks.StructBlock):
    """A heading; the page's title is level 1, so a body starts with level 2."""

    text = blocks.CharBlock(max_length=160)
    level = blocks.ChoiceBlock(
        choices=[("2", _("Section")), ("3", _("Part of a section")), ("4", _("Part of a part"))], default="2"
    )

    class Meta:
        icon = "title"
        template = "blocks/heading.html"
        value_class = HeadingValue
        description = _("The heading of a section or of a part of one")
        preview_value = {"text": "Who can take part", "level": "2"}


class ParagraphBlock(blocks.RichTextBlock):
    """Running text with links and lists."""

    class Meta:
        icon = "pilcrow"
        template = "blocks/paragraph.html"
        description = _("Running text, with bold, links and lists")
        preview_value = "<p>The program serves children of <b>migratory workers</b> in nearly every State.</p>"


class QuoteBlock(blocks.StructBlock):
    """Somebody's words."""

    text = blocks.TextBlock(help_text=_("Without quotation marks: the page adds them."))
    attribution = blocks.CharBlock(required=False, max_length=160, help_text=_("Who said it; may stay empty."))

    class Meta:
        icon = "openquote"
        template = "blocks/quote.html"
        description = _("Somebody's words, with or without a name")
        preview_value = {"text": "School was the one address that stayed the same.", "attribution": "A former student"}


class CalloutBlock(blocks.StructBlock):
    """A sentence that stands out."""

    kind = blocks.ChoiceBlock(choices=[("info", _("Information")), ("warning", _("Warning"))], default="info")
    heading = blocks.CharBlock(required=False, max_length=120)
    text = blocks.RichTextBlock(features=["bold", "italic", "link", "document-link"])

    class Meta:
        icon = "warning"
        template = "blocks/callout.html"
        description = _("A sentence that must not be missed")
        preview_value = {"kind": "info", "heading": "Deadline", "text": "<p>Applications close on 1 March.</p>"}


class AccordionItemBlock(blocks.StructBlock):
    """A question and its answer."""

    title = blocks.CharBlock(max_length=160)
    text = blocks.RichTextBlock()

    class Meta:
        icon = "arrow-down"
        description = _("A title that opens a text")


class AccordionBlock(blocks.StructBlock):
    """Texts that open one by one, for questions and answers."""

    items = blocks.ListBlock(AccordionItemBlock(), min_num=1)

    class Meta:
        icon = "list-ul"
        template = "blocks/accordion.html"
        description = _("Titles that open a text each, for questions and answers")
        preview_value = {
            "items": [{"title": "Who is eligible?", "text": "<p>Children who moved with a migratory worker.</p>"}]
        }
