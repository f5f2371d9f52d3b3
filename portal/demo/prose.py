"""Markdown into what the editors' rich text field holds: paragraphs, bold, italic, links and lists, and no more."""

import re
from collections.abc import Callable
from html import escape
from html.parser import HTMLParser
from typing import Any

from markdown import markdown

# Markdown's tags and those that the rich text editor stores.
TAGS = {"p": "p", "strong": "b", "em": "i", "a": "a", "ul": "ul", "ol": "ol", "li": "li", "br": "br"}
HEADING = re.compile(r"(#{2,4}) +(.+)")
PLACE = re.compile(r"\{([\w-]+)\}")

# Gives the number of the page or document with a key, or None when it is gone.
FindNumber = Callable[[str], int | None]


def rich_text(text: str, find_number: FindNumber) -> str:
    """The HTML that Wagtail stores for a text; `page:KEY` and `document:KEY` become links by number.

    Raises ValueError for anything that an editor could not have typed.
    """
    writer = _RichTextWriter(find_number)
    writer.feed(markdown(text.strip(), output_format="html"))
    writer.close()
    return "".join(writer.parts)


def split_body(text: str, blocks: dict[str, Any]) -> list[dict[str, Any]]:
    """The blocks of a page body: headings, running text, and the given blocks where `{name}` stands on a line."""
    body: list[dict[str, Any]] = []
    waiting = dict(blocks)
    for part in re.split(r"\n\s*\n", text.strip()):
        if match := HEADING.fullmatch(part):
            body.append({"type": "heading", "value": {"text": match[2], "level": str(len(match[1]))}})
        elif match := PLACE.fullmatch(part):
            if match[1] not in waiting:
                raise ValueError(f"no block “{match[1]}”, or it is placed twice")
            body.append(waiting.pop(match[1]))
        elif body and body[-1]["type"] == "paragraph":
            body[-1]["value"] += f"\n\n{part}"
        else:
            body.append({"type": "paragraph", "value": part})
    if waiting:
        raise ValueError(f"the block “{next(iter(waiting))}” is not placed in the text")
    return body


class _RichTextWriter(HTMLParser):
    """Writes HTML again with the tags and attributes that Wagtail stores, and refuses all others."""

    def __init__(self, find_number: FindNumber) -> None:
        super().__init__(convert_charrefs=True)
        self.find_number = find_number
        self.parts: list[str] = []
        self.open_links: list[bool] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            raise ValueError(f"<{tag}> is not allowed in running text")
        if tag == "a":
            opening = self.link(dict(attrs).get("href") or "")
            self.open_links.append(bool(opening))
            self.parts.append(opening)
        else:
            self.parts.append(f"<{TAGS[tag]}>")

    def handle_endtag(self, tag: str) -> None:
        if tag != "a" or self.open_links.pop():
            self.parts.append(f"</{TAGS[tag]}>")

    def handle_data(self, data: str) -> None:
        # Lines are broken in the files for those who edit them, and nowhere else.
        self.parts.append(escape(re.sub(r"\s*\n", " ", data), quote=False) if data.strip() else "")

    def link(self, target: str) -> str:
        """The opening tag, or "" when what it leads to is gone."""
        kind, _, key = target.partition(":")
        if kind in {"https", "mailto"}:
            return f'<a href="{escape(target)}">'
        if kind not in {"page", "document"}:
            raise ValueError(f"a link leads to “{target}”; say page:KEY, document:KEY or https://…")
        number = self.find_number(key)
        return f'<a linktype="{kind}" id="{number}">' if number else ""
