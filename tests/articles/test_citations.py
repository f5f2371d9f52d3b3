"""Citations in the form of the MLA Handbook, whatever parts are known."""

from datetime import date

import pytest

from articles.citations import cite
from tests import factories


def test_all_parts_stand_in_their_order() -> None:
    citation = cite(
        author="Watson, Tennessee",
        title="A Family Grows Plans",
        outlet="National Public Radio (NPR)",
        published=date(2018, 8, 29),
        url="https://www.npr.org/",
    )
    assert citation == (
        "Watson, Tennessee. “A Family Grows Plans.” <cite>National Public Radio (NPR)</cite>, 29 August 2018. "
        '<a href="https://www.npr.org/">https://www.npr.org/</a>'
    )


@pytest.mark.parametrize(
    ("parts", "citation"),
    [
        ({}, ""),
        ({"author": "Poe, Al"}, "Poe, Al."),
        ({"title": "Unsettled"}, "“Unsettled.”"),
        ({"outlet": "The Courier"}, "<cite>The Courier</cite>."),
        ({"published": date(2018, 1, 2)}, "2 January 2018."),
        ({"outlet": "The Courier", "published": date(2018, 1, 2)}, "<cite>The Courier</cite>, 2 January 2018."),
        ({"author": "Poe, Al", "outlet": "The Courier"}, "Poe, Al. <cite>The Courier</cite>."),
        ({"url": "https://a.example"}, '<a href="https://a.example">https://a.example</a>'),
    ],
)
def test_missing_part_leaves_no_gap(parts: dict, citation: str) -> None:
    assert cite(**parts) == citation


@pytest.mark.parametrize(
    ("title", "printed"),
    [
        ("Who Counts?", "“Who Counts?”"),
        ("Stop!", "“Stop!”"),
        ("Ends in a dot.", "“Ends in a dot.”"),
        ("“Unsettled” Lives", "“‘Unsettled’ Lives.”"),
        ("Lives “Unsettled”", "“Lives ‘Unsettled.’”"),
        ("“Who Counts?”", "“‘Who Counts?’”"),
        ('"Unsettled" Lives', "“‘Unsettled’ Lives.”"),
        ('One "Two" and “Three” Four', "“One ‘Two’ and ‘Three’ Four.”"),
        ("A Youth’s Road", "“A Youth’s Road.”"),
        ("  Spaces  ", "“Spaces.”"),
        ("A lone “mark", "“A lone “mark.”"),
        ("And so on…", "“And so on….”"),
    ],
)
def test_title_has_its_marks_and_its_stop(title: str, printed: str) -> None:
    assert cite(title=title) == printed


@pytest.mark.parametrize(
    ("author", "printed"), [("Poe, Al", "Poe, Al."), ("Poe, A.", "Poe, A."), ("Poe, Al, Jr.", "Poe, Al, Jr.")]
)
def test_author_has_one_stop(author: str, printed: str) -> None:
    assert cite(author=author) == printed


def test_nothing_in_a_citation_is_code() -> None:
    bad = "<script>alert(1)</script>"
    citation = cite(author=bad, title=bad, outlet=bad, published=date(2020, 1, 1), url='https://a.example/"><script>')
    assert "<script>" not in citation
    assert '"><' not in citation


def test_editors_own_citation_replaces_the_parts(site) -> None:
    article = factories.ArticlePageFactory.build(press=True, citation_text="<p>As <i>I</i> say.</p>", parent=None)
    assert article.citation == "As <i>I</i> say."


def test_article_without_parts_has_no_citation(site) -> None:
    assert factories.ArticlePageFactory.build(parent=None).citation == ""
