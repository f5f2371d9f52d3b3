"""What must be true of every template: it says what it needs, and every word in it can be translated."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Doctype
from django.conf import settings
from django.template.loader import get_template

FOLDER = Path(settings.BASE_DIR) / "templates"
TEMPLATES = {str(path.relative_to(FOLDER)): path.read_text() for path in sorted(FOLDER.rglob("*.html"))}
# Names, which no language translates.
NAMES = {"RESULTS", "Atom", "RSS", "(Atom)", "(RSS)"}
READ_ALOUD = ("alt", "aria-label", "aria-description", "title", "placeholder", "content")
# What machines read in `content` of a <meta>.
MACHINE = re.compile(r"width=|noindex|^#|summary_large_image")


def is_part(source: str) -> bool:
    """A template that another one includes, not a document of its own or an extension of one."""
    return "{% extends" not in source and "<!doctype" not in source.lower()


def contract_faults(source: str) -> list[str]:
    """A part's first line says what it is and what it needs."""
    if is_part(source) and not re.match(r"\{# [A-Z].*\. (Needs: .+\.|Needs: nothing\.).* #\}\n", source):
        return ["the first line is not {# Name. Needs: …. #}"]
    return []


def tag_faults(source: str) -> list[str]:
    """`extends` first, one sorted `load`, every block closed by its name."""
    tags = re.findall(r"\{%-?\s*(\w+)\s*(.*?)\s*%\}", source)
    faults = []
    if "extends" in dict(tags) and tags[0][0] != "extends":
        faults.append("extends is not the first tag")
    loads = [arguments.split() for tag, arguments in tags if tag == "load"]
    if len(loads) > 1 or any(names != sorted(names) for names in loads):
        faults.append(f"load: {loads}")
    opened = [arguments for tag, arguments in tags if tag == "block"]
    closed = [arguments for tag, arguments in tags if tag == "endblock"]
    return faults if sorted(opened) == sorted(closed) else [*faults, f"block {opened}, endblock {closed}"]


def untranslated_words(source: str) -> list[str]:
    """Words in a template that stand outside of `translate` and `blocktranslate`."""
    source = re.sub(r"\{#.*?#\}", "", source)
    source = re.sub(r"\{%\s*blocktranslate.*?endblocktranslate\s*%\}", "", source, flags=re.DOTALL)
    source = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "", source, flags=re.DOTALL)
    soup = BeautifulSoup(source, "html.parser")
    texts = [text for text in soup.find_all(string=True) if not isinstance(text, Doctype)]
    texts += [
        tag[name]
        for tag in soup.find_all(True)
        for name in READ_ALOUD
        if isinstance(tag.get(name), str) and not MACHINE.search(tag[name])
    ]
    words = {word for text in texts for word in str(text).split() if re.search(r"[^\W\d_]{2}", word)}
    return sorted(words - NAMES)


def address_faults(source: str) -> list[str]:
    """`page.url` looks the site up each time; `pageurl` has it already. Cards are plain values and carry theirs."""
    return re.findall(r"\bpage\.(?:full_)?url\b", source)


def length_faults(source: str) -> list[str]:
    lines = len(source.splitlines())
    return [f"{lines} lines"] if lines > 80 else []


@pytest.mark.parametrize("rule", [contract_faults, tag_faults, untranslated_words, address_faults, length_faults])
def test_every_template_keeps_the_rule(rule: Callable[[str], list[str]]) -> None:
    assert {name: faults for name, source in TEMPLATES.items() if (faults := rule(source))} == {}


def test_every_template_compiles() -> None:
    assert len(TEMPLATES) > 50
    for name in TEMPLATES:
        assert get_template(name)


@pytest.mark.parametrize(
    "source",
    [
        "<p>Hello</p>",
        "<a aria-label='Close'>{{ x }}</a>",
        "<img alt='A field'>",
        "{% translate 'Hello' %} and {{ name }}",
        "{% blocktranslate %}a{% endblocktranslate %}<b>bold</b>",
    ],
)
def test_bare_word_is_found(source: str) -> None:
    assert untranslated_words(source)


@pytest.mark.parametrize(
    "source",
    [
        "{# Card. Needs: page. #}{% translate 'Hello' %} {{ page.title }}, 5 <span>…</span>",
        "{% blocktranslate trimmed with a=b %}Hello {{ a }}{% endblocktranslate %}",
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
    ],
)
def test_translated_words_are_fine(source: str) -> None:
    assert untranslated_words(source) == []


@pytest.mark.parametrize("source", ["<p></p>\n", "{# card #}\n<p></p>", "{# Card. #}\n<p></p>"])
def test_part_without_a_contract_is_found(source: str) -> None:
    assert contract_faults(source)


@pytest.mark.parametrize(
    "source",
    [
        "{% load i18n %}{% extends 'base.html' %}",
        "{% load wagtailcore_tags i18n %}",
        "{% load i18n %}{% load static %}",
        "{% block main %}{% endblock %}",
    ],
)
def test_tags_out_of_order_are_found(source: str) -> None:
    assert tag_faults(source)


def test_address_that_costs_a_query_is_found() -> None:
    assert address_faults("<a href='{{ page.url }}'>")


def test_endless_template_is_found() -> None:
    assert length_faults("<p></p>\n" * 81)
