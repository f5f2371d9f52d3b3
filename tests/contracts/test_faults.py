"""The rules of tests/faults.py can fail: each finds what is wrong with a deliberately bad page."""

import pytest

from tests import faults

GOOD_HEAD = """<title>Title</title><meta name="viewport" content="width=device-width">
<meta name="description" content="d"><link rel="canonical" href="http://localhost:8000/x/">
<meta property="og:site_name" content="s"><meta property="og:title" content="t"><meta property="og:type" content="website">
<meta property="og:url" content="http://localhost:8000/x/"><meta property="og:description" content="d">
<script type="application/ld+json">[{"@context": "https://schema.org", "@type": "WebPage"}]</script>"""
GOOD = f'<!doctype html><html lang="en"><head>{GOOD_HEAD}</head><body>%s</body></html>'

BAD = [
    (faults.syntax, "<h1>a</h1><p><div></p></div>"),
    (faults.syntax, "<h1>a</h1><b>open"),
    (faults.headings, "<p>no heading</p>"),
    (faults.headings, "<h1>a</h1><h1>b</h1>"),
    (faults.headings, "<h1>a</h1><h3>b</h3>"),
    (faults.headings, "<h2>a</h2><h1>b</h1>"),
    (faults.headings, "<h1>a</h1><h2> </h2>"),
    (faults.inline_code, "<script>alert(1)</script>"),
    (faults.inline_code, "<style>p{}</style>"),
    (faults.inline_code, '<p style="color:red">a</p>'),
    (faults.inline_code, '<a href="/" onclick="x()">a</a>'),
    (faults.inline_code, '<a href="javascript:x()">a</a>'),
    (faults.inline_code, '<img src="data:image/png;base64,AA==" alt="">'),
    (faults.third_parties, '<img src="https://cdn.example/a.png" alt="">'),
    (faults.third_parties, '<img src="//cdn.example/a.png" alt="">'),
    (faults.third_parties, '<source srcset="/a.png 1x, https://cdn.example/b.png 2x">'),
    (faults.third_parties, '<link rel="stylesheet" href="https://fonts.example/a.css">'),
    (faults.third_parties, '<svg><use href="https://cdn.example/i.svg#a"></use></svg>'),
    (faults.third_parties, '<iframe src="/x"></iframe>'),
    (faults.third_parties, '<form action="https://evil.example/"></form>'),
    (faults.references, '<p id="a"></p><p id="a"></p>'),
    (faults.references, '<p id=""></p>'),
    (faults.references, '<a href="#nowhere">a</a>'),
    (faults.references, '<section aria-labelledby="nowhere"></section>'),
    (faults.names, '<img src="/a.png" width="1" height="1">'),
    (faults.names, '<img src="/a.png" alt="">'),
    (faults.names, '<a href="/"><svg></svg></a>'),
    (faults.names, '<input type="text">'),
    (faults.names, "<nav></nav>"),
    (faults.names, '<nav aria-label="Menu"></nav><nav aria-label="Menu"></nav>'),
    (faults.leftovers, "<p>{{ page.title }}</p>"),
    (faults.leftovers, "<p>None</p>"),
    (faults.leftovers, "<p>&amp;lt;b&amp;gt;</p>"),
]


def test_good_page_has_no_faults() -> None:
    assert faults.faults_of(GOOD % "<h1>Title</h1><p><a href='/'>Home</a></p>") == {}


@pytest.mark.parametrize(("rule", "body"), BAD, ids=lambda value: getattr(value, "__name__", value))
def test_rule_finds_the_fault(rule, body: str) -> None:
    assert rule(GOOD % body)


@pytest.mark.parametrize(
    ("part", "replacement"),
    [
        ("<title>Title</title>", ""),
        ('lang="en"', ""),
        ('name="description" content="d"', 'name="description" content=""'),
        ('rel="canonical" href="http://localhost:8000/x/"', 'rel="canonical" href="/x/"'),
        ('<link rel="canonical" href="http://localhost:8000/x/">', ""),
        ('"og:url" content="http://localhost:8000/x/"', '"og:url" content="http://localhost:8000/y/"'),
        ('"og:title" content="t"', '"og:title" content=""'),
        ('"@type": "WebPage"', '"@type": "WebPage",'),
        ('"@type": "WebPage"', '"type": "WebPage"'),
        ('{"@context": "https://schema.org", "@type": "WebPage"}', ""),
        ("application/ld+json", "text/plain"),
    ],
)
def test_metadata_rule_finds_what_is_missing(part: str, replacement: str) -> None:
    page = GOOD % "<h1>Title</h1>"
    assert faults.metadata(page) == []
    assert part in page
    assert faults.metadata(page.replace(part, replacement, 1))
