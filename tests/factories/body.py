"""A page body that uses every block there is."""

from typing import Any

from tests.factories.media import DocumentFactory, ImageFactory


def full_body() -> list[tuple[str, Any]]:
    """(type, value) of each block, as an editor could put them together; headings skip no level."""
    picture = {"image": ImageFactory(), "alt_text": "Tractor at noon", "decorative": False}
    ornament = {"image": ImageFactory(), "alt_text": "", "decorative": True}
    return [
        ("heading", {"text": "Who can take part", "level": "2"}),
        (
            "paragraph",
            "<p>Running <b>text</b> with <a href='https://example.org/'>a link</a>.</p><ul><li>one</li></ul>",
        ),
        ("heading", {"text": "By age", "level": "3"}),
        ("heading", {"text": "Out-of-school youth", "level": "4"}),
        ("image", {"image": picture, "caption": "At noon"}),
        ("image", {"image": ornament, "caption": ""}),
        ("quote", {"text": "School stayed the same.", "attribution": "A former student"}),
        ("quote", {"text": "We moved twice a year.", "attribution": ""}),
        ("callout", {"kind": "warning", "heading": "Deadline", "text": "<p>Apply by <b>1 March</b>.</p>"}),
        ("callout", {"kind": "info", "heading": "", "text": "<p>Good to know.</p>"}),
        ("accordion", {"items": [{"title": "Who is eligible?", "text": "<p>Children who moved.</p>"}]}),
        (
            "table",
            {
                "caption": "Meetings",
                "columns": [{"type": "text", "heading": "Meeting"}, {"type": "number", "heading": "Guests"}],
                "rows": [{"values": ["Annual Directors’ Meeting", 250]}, {"values": ["Orientation", None]}],
            },
        ),
        ("downloads", {"heading": "Downloads", "documents": [{"document": DocumentFactory(), "title": "Slides"}]}),
        (
            "links",
            {
                "heading": "See also",
                "links": [{"title": "Data", "url": "https://example.org/", "description": "Figures"}],
            },
        ),
        ("video", {"title": "Recording of the webinar", "url": "https://www.youtube.com/watch?v=1"}),
    ]
