"""The body of a page: which blocks it may hold, and the rule for its headings."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock

from portal.blocks.links import DownloadsBlock, LinksBlock
from portal.blocks.media import FigureBlock, VideoBlock
from portal.blocks.text import AccordionBlock, CalloutBlock, HeadingBlock, ParagraphBlock, QuoteBlock


class TableBlock(TypedTableBlock):
    """Rows and columns, with the caption that says what they show."""

    class Meta:
        icon = "table"
        template = "blocks/table.html"
        description = _("A table of words or numbers, with a caption")
        preview_value = {
            "caption": "Meetings in 2024",
            "columns": [{"type": "text", "heading": "Meeting"}, {"type": "text", "heading": "Place"}],
            "rows": [{"values": ["Annual Directors' Meeting", "Washington, D.C."]}],
        }

    def clean(self, value):
        """A table without a caption is refused: a reader who hears it must know what it shows."""
        value = super().clean(value)
        if value and value.columns and not value.caption:
            raise ValidationError(_("Give the table a caption that says what it shows."))
        return value


class BodyBlock(blocks.StreamBlock):
    """Everything that a page body may hold. Headings start at level 2 and skip none."""

    heading = HeadingBlock()
    paragraph = ParagraphBlock()
    image = FigureBlock()
    quote = QuoteBlock()
    callout = CalloutBlock()
    accordion = AccordionBlock()
    table = TableBlock([("text", blocks.CharBlock(required=False)), ("number", blocks.FloatBlock(required=False))])
    downloads = DownloadsBlock()
    links = LinksBlock()
    video = VideoBlock(label=_("Video or recording"))

    def clean(self, value):
        """Refuses a heading that skips a level, which readers of the page's outline would stumble over."""
        value = super().clean(value)
        errors = {}
        level = 1
        for position, child in enumerate(value):
            if child.block_type == "heading":
                wanted = int(child.value["level"])
                if wanted > level + 1:
                    errors[position] = ValidationError(
                        _("This heading skips a level: choose “%(level)s” here."),
                        params={"level": dict(HeadingBlock().child_blocks["level"].field.choices)[str(level + 1)]},
                    )
                level = wanted
        if errors:
            raise StreamBlockValidationError(block_errors=errors)
        return value
