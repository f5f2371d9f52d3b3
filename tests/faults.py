"""Rules that every page of HTML keeps. Each takes HTML and gives its faults in words; a good page has none."""

import json
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from urllib.parse import urlsplit

import html5lib
from bs4 import BeautifulSoup, Tag
from django.conf import settings

LOADING_ATTRIBUTES = ("src", "srcset", "poster", "data", "background", "action", "formaction", "manifest")
OPEN_GRAPH = ("og:site_name", "og:title", "og:type", "og:url", "og:description")


@lru_cache(maxsize=1)
def soup_of(html: str) -> BeautifulSoup:
    """The page as a browser understands it. All rules look at the same one, so none changes it."""
    return BeautifulSoup(html, "html5lib")


def syntax(html: str) -> list[str]:
    """Errors that the HTML standard names, as html5lib finds them."""
    parser = html5lib.HTMLParser()
    parser.parse(html)
    return [f"line {line}: {code} {data or ''}" for (line, _column), code, data in parser.errors]


def headings(html: str) -> list[str]:
    """One h1, and no level skipped on the way down."""
    levels = [int(tag.name[1]) for tag in soup_of(html).find_all(re.compile("^h[1-6]$"))]
    faults = [] if levels.count(1) == 1 else [f"{levels.count(1)} h1"]
    faults += [
        f"h{level} after h{before}" for before, level in zip([0, *levels], levels, strict=False) if level > before + 1
    ]
    return faults + [f"empty {tag.name}" for tag in soup_of(html).find_all(re.compile("^h[1-6]$")) if not _text(tag)]


def inline_code(html: str) -> list[str]:
    """Neither script nor style in the page itself: the content security policy forbids both."""
    faults = []
    for tag in soup_of(html).find_all(True):
        if tag.name == "style" or (tag.name == "script" and not tag.get("src") and not _is_data(tag)):
            faults.append(f"inline <{tag.name}>")
        faults += [f"{name}= on <{tag.name}>" for name in tag.attrs if name == "style" or name.startswith("on")]
        faults += [
            f"{name}={value[:30]}"
            for name, value in tag.attrs.items()
            if isinstance(value, str) and value.strip().lower().startswith(("javascript:", "data:"))
        ]
    return faults


def third_parties(html: str) -> list[str]:
    """Nothing that a browser loads by itself comes from another host, and no form goes there."""
    faults = []
    for tag in soup_of(html).find_all(True):
        if tag.name in ("iframe", "object", "embed"):
            faults.append(f"<{tag.name}>")
        faults += [f"<{tag.name}> loads {address}" for address in _loaded(tag) if not _is_ours(address)]
    return faults


def metadata(html: str) -> list[str]:
    """What a search engine and a shared link read: title, description, canonical address, Open Graph, schema.org."""
    soup = soup_of(html)
    content = {tag.get("name") or tag.get("property"): tag.get("content", "") for tag in soup.find_all("meta")}
    faults = [f"no {name}" for name in ("description", "viewport", *OPEN_GRAPH) if not content.get(name)]
    canonical = [tag["href"] for tag in soup.find_all("link", rel="canonical")]
    if len(soup.head.find_all("title")) != 1 or not _text(soup.title):
        faults.append("no title")
    if not soup.html.get("lang"):
        faults.append("no lang")
    if len(canonical) != 1 or not canonical[0].startswith(f"{settings.BASE_URL}/"):
        faults.append(f"canonical {canonical}")
    if canonical and content.get("og:url") != canonical[0]:
        faults.append(f"og:url {content.get('og:url')} is not canonical")
    if content.get("og:image") and not content["og:image"].startswith(("https://", "http://")):
        faults.append("og:image is not a whole address")
    return faults + _schema_org_faults(soup)


def references(html: str) -> list[str]:
    """Every id is there once, and whatever points to an id finds it."""
    soup = soup_of(html)
    ids = [tag["id"] for tag in soup.find_all(id=True)]
    faults = [f"id {name!r} {ids.count(name)} times" for name in sorted(set(ids)) if ids.count(name) > 1]
    faults += [f"id {name!r}" for name in ids if not name or re.search(r"\s", name)]
    for tag in soup.find_all(True):
        wanted = [
            tag[name] for name in ("aria-labelledby", "aria-describedby", "for", "aria-controls") if tag.get(name)
        ]
        if tag.name == "a" and tag.get("href", "").startswith("#"):
            wanted.append(tag["href"][1:])
        faults += [f"nothing has id {name!r}" for value in wanted for name in value.split() if name not in ids]
    return faults


def names(html: str) -> list[str]:
    """Pictures have alt text and a size; links, buttons, fields and regions have a name."""
    soup = soup_of(html)
    faults = [
        f"<img> without {name}"
        for tag in soup.find_all("img")
        for name in ("alt", "width", "height")
        if name not in tag.attrs
    ]
    for tag in soup.find_all(["a", "button", "summary"]):
        if (tag.name != "a" or tag.get("href") is not None) and not _name(tag):
            faults.append(f"<{tag.name}> without words: {str(tag)[:80]}")
    labelled = {tag.get("for") for tag in soup.find_all("label")}
    for tag in soup.find_all(["input", "select", "textarea"]):
        if tag.get("type") not in ("hidden", "submit") and tag.get("id") not in labelled and not tag.get("aria-label"):
            faults.append(f"<{tag.name}> without label")
    labels = [tag.get("aria-label") for tag in soup.find_all("nav")]
    faults += ["<nav> without name" for label in labels if not label]
    return faults + [f"two <nav> named {label}" for label in set(labels) if label and labels.count(label) > 1]


def leftovers(html: str) -> list[str]:
    """Traces of a template that got the wrong thing: tags, None, objects."""
    soup = soup_of(html)
    text = " ".join(text for text in soup.find_all(string=True) if text.parent.name != "script")
    attributes = " ".join(str(value) for tag in soup.find_all(True) for value in tag.attrs.values())
    patterns = (r"\{[{%#]", r"[}%#]\}", r"\bNone\b", r"&(amp;)?(lt|gt|quot|#\d+);", r"object at 0x", r"__proxy__")
    return [f"{match[0]!r}" for pattern in patterns for match in re.finditer(pattern, f"{text} {attributes}")]


RULES: tuple[Callable[[str], list[str]], ...] = (
    syntax, headings, inline_code, third_parties, metadata, references, names, leftovers,
)  # fmt: skip
# An error page has no address of its own, so nothing is to be found or shared.
ERROR_PAGE_RULES = tuple(rule for rule in RULES if rule is not metadata)


def faults_of(html: str, rules: tuple[Callable[[str], list[str]], ...] = RULES) -> dict[str, list[str]]:
    """The faults by rule; {} for a good page."""
    found = {rule.__name__: rule(html) for rule in rules}
    return {name: faults for name, faults in found.items() if faults}


def _text(tag: Tag | None) -> str:
    return " ".join(tag.get_text(" ").split()) if tag else ""


def _name(tag: Tag) -> str:
    pictures = "".join(picture.get("alt", "") for picture in tag.find_all("img"))
    return _text(tag) or tag.get("aria-label", "") or pictures


def _is_data(script: Tag) -> bool:
    return script.get("type") == "application/ld+json"


def _loaded(tag: Tag) -> Iterator[str]:
    for name in LOADING_ATTRIBUTES:
        if tag.get(name):
            parts = tag[name].split(",") if name == "srcset" else [tag[name]]
            yield from (part.split()[0] for part in parts)
    if tag.get("href") and (tag.name in ("use", "image") or (tag.name == "link" and _is_loaded_link(tag))):
        yield tag["href"]


def _is_loaded_link(tag: Tag) -> bool:
    return not {"canonical", "alternate", "author", "license", "next", "prev"} & set(tag.get("rel", []))


def _is_ours(address: str) -> bool:
    return not urlsplit(address).netloc and not urlsplit(address).scheme


def _schema_org_faults(soup: BeautifulSoup) -> list[str]:
    scripts = soup.find_all("script", type="application/ld+json")
    if len(scripts) != 1:
        return [f"{len(scripts)} scripts of schema.org data"]
    try:
        nodes = json.loads(scripts[0].string or "")
    except ValueError as error:
        return [f"schema.org data: {error}"]
    return [
        f"schema.org node without {key}"
        for node in (nodes if isinstance(nodes, list) else [nodes])
        for key in ("@context", "@type")
        if not node.get(key)
    ] or ([] if nodes else ["no schema.org node"])
