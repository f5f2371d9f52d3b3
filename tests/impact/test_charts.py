"""Charts: what is drawn, what must never be, and that every State is found however a file spells it."""

import re
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from impact.charts.scale import share, ticks
from impact.charts.tiles import short_number, tile_map
from impact.charts.trend import Line, Series, trend_chart
from impact.states import BY_CODE, STATES, find_state, state_name
from portal.states import State as PostalState

YEARS = list(range(2008, 2020))
SERIES = [
    Series("Ages 3-5", {2008: 19317, 2009: None, 2010: 16359, 2013: 10311, 2014: 10006}, {2008: "19,317", 2009: "†"}),
    Series("K-3", {2009: 41728, 2010: 41399, 2011: 38834, 2012: 36006, 2013: 33930, 2014: 31903}),
    Series("Grades <9-12> & up", {2009: 23724, 2010: 21170}),
]
BREAKS = {2012: "Students are counted once."}
NUMBERS = {"CA": 13557, "MI": 1268, "FL": 1681, "KY": 663, "CO": 119, "NY": 711, "CT": None}
WORDS = {"CT": "†", "CA": "13,557"}


def only_line(values: dict[int, int | None], breaks: dict[int, str] | None = None) -> Line:
    return trend_chart([2008, 2012], [Series("All", values)], breaks or {}).lines[0]


def parsed(html: str) -> list[ET.Element]:
    """Every drawing of a template, which raises an error unless it is valid XML."""
    without_inner = re.findall(r"<svg(?:(?!</?svg).|<svg(?:(?!</?svg).)*</svg>)*</svg>", html, flags=re.DOTALL)
    return [ET.fromstring(svg) for svg in without_inner]  # noqa: S314 (our own markup)


def rendered(kind: str) -> str:
    words = {"title": "Summer & fall", "description": "Most in “2009-10”.", "chart_id": "c1"}
    if kind == "trend":
        chart = trend_chart(YEARS, SERIES, BREAKS)
        return render_to_string("impact/charts/trend.html", {"chart": chart, **words})
    return render_to_string("impact/charts/tiles.html", {"map": tile_map(NUMBERS, WORDS), **words})


def test_every_state_has_a_tile_of_its_own() -> None:
    assert len(STATES) == len(BY_CODE) == 56
    assert set(BY_CODE) == set(PostalState.values)
    assert len({(state.column, state.row) for state in STATES}) == 56
    assert {state.column for state in STATES} == set(range(11))
    assert {state.row for state in STATES} == set(range(9))


def test_tiles_lie_as_the_states_do() -> None:
    cells = {code: (state.column, state.row) for code, state in BY_CODE.items()}
    assert (cells["AK"], cells["ME"], cells["HI"]) == ((0, 0), (10, 0), (0, 7))
    assert cells["FL"][1] == cells["TX"][1] == 7
    assert {cells[code][1] for code in ("PR", "VI", "GU", "AS", "MP")} == {8}


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.code)
def test_state_is_found_by_name_and_code_in_any_case(state) -> None:
    spellings = [state.name, state.name.upper(), state.code, state.code.lower(), f"  {state.name.replace(' ', '  ')} "]
    assert {find_state(spelling) for spelling in spellings} == {state.code}
    assert state_name(state.code) == state.name


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("NORTHERN MARIANAS", "MP"),
        ("COMMONWEALTH OF THE NORTHERN MARIANA ISLANDS", "MP"),
        ("VIRGIN ISLANDS", "VI"),
        ("US VIRGIN ISLANDS", "VI"),
        ("U.S. Virgin Islands", "VI"),
        ("WASHINGTON DC", "DC"),
        ("Washington, D.C.", "DC"),
        ("D.C.", "DC"),
        ("WASHINGTON", "WA"),
        ("COMMONWEALTH OF PUERTO RICO", "PR"),
        ("UNITED STATES", "US"),
        ("US", "US"),
        ("U.S.", "US"),
        ("usa", "US"),
        ("NATION", "US"),
        ("National", "US"),
        ("BUREAU OF INDIAN EDUCATION", "BI"),
        ("BUREAU OF INDIAN AFFAIRS", "BI"),
        ("BIE", "BI"),
        ("DEPARTMENT OF DEFENSE EDUCATION ACTIVITY", "DD"),
        ("DoDEA", "DD"),
        ("", None),
        ("ATLANTIS", None),
    ],
)
def test_spellings_of_federal_files(text: str, code: str | None) -> None:
    assert find_state(text) == code


def test_names_beside_the_states() -> None:
    assert (state_name("US"), state_name("BI")) == ("United States", "Bureau of Indian Education")
    with pytest.raises(KeyError):
        state_name("XX")


@pytest.mark.parametrize(
    ("highest", "expected"),
    [
        (0, [0, 1, 2]),
        (1, [0, 1, 2]),
        (7, [0, 2, 4, 6, 8]),
        (19_317, [0, 5_000, 10_000, 15_000, 20_000]),
        (20_000, [0, 5_000, 10_000, 15_000, 20_000]),
        (213_569, [0, 50_000, 100_000, 150_000, 200_000, 250_000]),
    ],
)
def test_ticks(highest: int, expected: list[int]) -> None:
    assert ticks(highest) == expected


def test_ticks_are_three_to_six_and_reach_the_highest() -> None:
    for highest in [*range(3000), 10**6, 123_456_789]:
        scale = ticks(highest)
        assert 3 <= len(scale) <= 6
        assert scale[-1] >= highest


def test_share_has_a_point_and_no_needless_digits() -> None:
    assert [share(1, 2), share(1, 3), share(0, 7), share(7, 7)] == ["50", "33.33", "0", "100"]


@pytest.mark.parametrize(
    "values", [{2008: 4, 2009: 4, 2010: None, 2011: 4, 2012: 4}, {2008: 4, 2009: 4, 2011: 4, 2012: 4}]
)
def test_gap_is_neither_joined_nor_drawn_as_nothing(values: dict[int, int | None]) -> None:
    line = only_line(values)
    assert line.path == "M10 0L30 0M70 0L90 0"
    assert [point.x for point in line.points] == ["10", "30", "70", "90"]


def test_zero_is_a_number() -> None:
    assert [point.y for point in only_line({2008: 0, 2009: 2}).points] == ["100", "0"]


def test_line_is_not_joined_across_a_break() -> None:
    values = dict.fromkeys(range(2008, 2013), 4)
    assert only_line(values).path == "M10 0L30 0L50 0L70 0L90 0"
    assert only_line(values, {2010: "New."}).path == "M10 0L30 0M50 0L70 0L90 0"


def test_rule_stands_between_the_two_years_with_its_mark() -> None:
    chart = trend_chart([2008, 2012], SERIES, {2012: "Again.", 2010: "New.", 2008: "At the edge.", 2030: "Later."})
    assert [(rule.x, rule.mark, rule.year, rule.sentence) for rule in chart.rules] == [
        ("40", "A", "2010-11", "New."),
        ("80", "B", "2012-13", "Again."),
    ]


def test_year_alone_has_a_marker() -> None:
    line = only_line({2008: 4, 2010: 2, 2012: 4})
    assert line.path == ""
    assert [(point.x, point.y) for point in line.points] == [("10", "0"), ("50", "50"), ("90", "0")]


def test_chart_of_one_year_has_its_point_in_the_middle() -> None:
    chart = trend_chart([2008], [Series("All", {2008: 7})], {})
    assert [(point.x, point.y) for point in chart.lines[0].points] == [("50", "12.5")]


def test_chart_without_numbers_has_an_axis() -> None:
    chart = trend_chart([2008, 2009], [Series("All", {2008: None}, {2008: "†"})], {})
    assert (chart.lines[0].points, [tick.text for tick in chart.ticks]) == ([], ["0", "1", "2"])
    assert chart.columns[0].text == "2008-09\nAll: †"


@pytest.mark.parametrize("count", range(1, 40))
def test_labels_of_years_have_room(count: int) -> None:
    columns = trend_chart([2000, 2000 + count - 1], [], {}).columns
    wide = [place for place, column in enumerate(columns) if column.is_labelled]
    narrow = [place for place, column in enumerate(columns) if column.is_labelled_when_narrow]
    assert wide[-1] == narrow[-1] == count - 1
    assert set(narrow) <= set(wide)
    for places, most in ((wide, 8), (narrow, 4)):
        gaps = {after - before for before, after in pairwise(places)}
        assert all(gap >= count / most for gap in gaps)


def test_series_differ_without_colour() -> None:
    lines = trend_chart([2008], [Series(str(number), {}) for number in range(5)], {}).lines
    assert len({line.marker for line in lines}) == len({line.dashes for line in lines}) == 5


def test_sixth_series_is_refused() -> None:
    with pytest.raises(ValueError, match="5 series at most"):
        trend_chart([2008], SERIES * 2, {})


@pytest.mark.parametrize(
    ("number", "short"),
    [
        (0, "0"),
        (796, "796"),
        (999, "999"),
        (1_000, "1k"),
        (1_268, "1.3k"),
        (9_960, "10k"),
        (13_557, "13.6k"),
        (99_949, "99.9k"),
        (99_950, "100k"),
        (172_192, "172k"),
        (999_499, "999k"),
        (999_500, "1M"),
        (1_249_000, "1.2M"),
    ],
)
def test_short_numbers(number: int, short: str) -> None:
    assert short_number(number) == short


def test_tiles_show_numbers_and_the_words_for_none() -> None:
    tiles = {tile.code: tile for tile in tile_map(NUMBERS, WORDS).tiles}
    assert len(tiles) == 56
    assert (tiles["CA"].text, tiles["CA"].full_text, tiles["CA"].level) == ("13.6k", "13,557", 5)
    assert (tiles["MI"].text, tiles["MI"].full_text) == ("1.3k", "1,268")
    assert (tiles["CT"].text, tiles["CT"].full_text, tiles["CT"].level) == ("†", "†", 0)
    assert (tiles["AL"].text, tiles["AL"].full_text, tiles["AL"].level) == ("", "no number", 0)


def test_levels_are_quantiles_and_equal_numbers_share_one() -> None:
    tiles = {tile.code: tile.level for tile in tile_map({"AL": 0, "AK": 0, "AZ": 0, "AR": 5, "CA": 9}, {}).tiles}
    assert [tiles[code] for code in ("AL", "AK", "AZ", "AR", "CA")] == [1, 1, 1, 4, 5]
    everyone = tile_map({state.code: number for number, state in enumerate(STATES)}, {}, levels=4)
    assert [sum(tile.level == level for tile in everyone.tiles) for level in range(5)] == [0, 14, 14, 14, 14]


def test_legend_has_the_range_of_every_level_in_use() -> None:
    legend = tile_map(NUMBERS, WORDS).legend
    assert [(entry.level, entry.text) for entry in legend] == [
        (1, "119–663"),
        (2, "711"),
        (3, "1,268"),
        (4, "1,681"),
        (5, "13,557"),
        (0, ""),
    ]
    assert tile_map({state.code: 1 for state in STATES}, {}).legend[-1].level == 1


def test_map_without_numbers_has_no_levels() -> None:
    empty = tile_map({}, {})
    assert {tile.level for tile in empty.tiles} == {0}
    assert [entry.level for entry in empty.legend] == [0]


@pytest.mark.parametrize("kind", ["trend", "tiles"])
def test_template_has_no_inline_style_or_script(kind: str) -> None:
    assert not re.search(r"style\s*=|<style|<script|\son\w+=", rendered(kind))


@pytest.mark.parametrize("kind", ["trend", "tiles"])
def test_template_is_one_named_picture_in_valid_xml(kind: str) -> None:
    drawings = parsed(rendered(kind))
    [chart] = [drawing for drawing in drawings if drawing.get("role") == "img"]
    assert [chart.find(name).text for name in ("title", "desc")] == ["Summer & fall", "Most in “2009-10”."]
    ids = {element.get("id") for element in chart.iter() if element.get("id")}
    assert set(chart.get("aria-labelledby").split()) <= ids
    assert all(drawing.get("aria-hidden") == "true" for drawing in drawings if drawing is not chart)


@pytest.mark.parametrize("kind", ["trend", "tiles"])
def test_parts_of_a_picture_are_not_announced(kind: str) -> None:
    # Chromium announces whatever has a <title>, inside of role="img" too.
    [chart] = [drawing for drawing in parsed(rendered(kind)) if drawing.get("role") == "img"]
    assert {child.tag for child in chart if child.get("aria-hidden") != "true"} <= {"title", "desc", "defs"}


def test_trend_draws_every_number_once_and_joins_none_across_the_break() -> None:
    html = rendered("trend")
    [chart] = [drawing for drawing in parsed(html) if drawing.get("role") == "img"]
    assert len(chart.findall(".//use")) == 4 + 6 + 2
    assert {use.get("href").lstrip("#") for use in chart.iter("use")} == {path.get("id") for path in chart.find("defs")}
    assert len(chart.findall(".//svg/path")) == 3
    assert "Students are counted once." in html
    assert "Break before 2012-13." in html


@pytest.mark.parametrize("kind", ["trend", "tiles"])
def test_numbers_are_the_same_in_every_language(kind: str, settings) -> None:
    settings.USE_THOUSAND_SEPARATOR = True
    geometry = re.compile(r'(?:x|y|x1|x2|y1|y2|d|width|height|viewBox|transform|href)="[^"]*"')
    english = geometry.findall(rendered(kind))
    with translation.override("es"):
        spanish = geometry.findall(rendered(kind))
    assert english == spanish
    assert not any("," in attribute for attribute in english)
