"""What a reader gets of a page: its words in the order in which they are read, pictures by their alt text."""

from bs4 import NavigableString, PageElement, Tag

from tests.faults import soup_of

# Words in these belong to the line that they stand in.
INLINE = {"a", "b", "i", "em", "strong", "span", "cite", "time", "sup", "q", "mark"}


def page_text(html: str) -> str:
    """All words of a page, in order, single spaces between them."""
    return normal(_words(soup_of(html).body))


def missing_lines(html: str, lines: str) -> list[str]:
    """The lines that a page doesn't show, or not in this order; [] when it shows all of them."""
    text, position, missing = page_text(html), 0, []
    for line in filter(None, (normal(line) for line in lines.splitlines())):
        found = text.find(line, position)
        if found < 0:
            missing.append(line)
        else:
            position = found + len(line)
    return missing


def normal(text: str) -> str:
    return " ".join(text.split())


def _words(tag: Tag) -> str:
    """The words in a tag; what is not part of a line stands apart."""
    if tag.name == "script":
        return ""
    if tag.name == "img":
        return f" {tag.get('alt', '')} "
    words = "".join(
        _words(child) if isinstance(child, Tag) else str(child) for child in tag.children if _is_read(child)
    )
    return words if tag.name in INLINE else f" {words} "


def _is_read(node: PageElement) -> bool:
    return isinstance(node, Tag) or type(node) is NavigableString
