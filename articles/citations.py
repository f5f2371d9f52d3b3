"""Citations of press articles in the form of the MLA Handbook, 9th edition (https://style.mla.org)."""

import re
from datetime import date

from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

QUOTED = re.compile(r"[“\"]([^“”\"]+)[”\"]")
ENDS_A_SENTENCE = (".", "?", "!")


def cite(
    author: str = "", title: str = "", outlet: str = "", published: date | None = None, url: str = ""
) -> SafeString:
    """The parts that are known, in order, as safe HTML: Author. “Title.” *Outlet*, date. Address.

    Marks around a quotation inside the title become single ones, and no full stop follows a question mark.
    """
    parts: list[SafeString] = []
    if author:
        parts.append(format_html("{}", _closed(author)))
    if title:
        inner = QUOTED.sub(r"‘\1’", title.strip())
        parts.append(format_html("“{}”", _closed(inner)))
    source = [format_html("<cite>{}</cite>", outlet)] if outlet else []
    source += [format_html("{}", date_format(published, gettext("j F Y")))] if published else []
    if source:
        parts.append(format_html("{}.", format_html_join(", ", "{}", ((part,) for part in source))))
    if url:
        parts.append(format_html('<a href="{0}">{0}</a>', url))
    return format_html_join(" ", "{}", ((part,) for part in parts))


def _closed(text: str) -> str:
    """The text with a full stop inside its last quotation mark, unless it ends a sentence already."""
    text = text.strip()
    words = text.rstrip("’”'\"")
    return text if words.endswith(ENDS_A_SENTENCE) else f"{words}.{text[len(words) :]}"
