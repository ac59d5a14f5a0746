"""Drawings on the server: in scale, every word escaped, each mark a link to where the same is told in words."""

from __future__ import annotations

import math
import re
import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from itertools import pairwise

import pytest

from sayso.model import EdgeKind, Precision
from sayso.serve.pages.flow import FlowPage, Node, OutletRow, OutletTie, Tie
from sayso.serve.pages.paging import part_of
from sayso.serve.pages.places import DrawnPlace
from sayso.serve.pages.timeline import DayView, IntervalView
from sayso.serve.web import drawing_map
from sayso.serve.web.drawing_flow import flow_svg
from sayso.serve.web.drawing_map import map_svg, window_of
from sayso.serve.web.drawing_time import moment, timeline_svg

ATTACK = '"><script>window.hacked=1</script> \u202e{{7*7}} \x00 %s {}'


def drawn(svg: str) -> ElementTree.Element:
    """The drawing, read as XML: a word that breaks out of its place would not be."""
    return ElementTree.fromstring(svg)


def place(
    name: str = "Corran", lat: float = 50.0, lon: float = 36.0, km: float | None = None, claims: int = 1
) -> DrawnPlace:
    return DrawnPlace("l-1", name, lat, lon, km, claims, True)


def link(path: str) -> str:
    return path


# ---------------------------------------------------------------------------------------------------
# The map


@pytest.mark.parametrize("lat", [0.0, 50.0, 70.0])
def test_the_circle_around_a_place_is_in_true_scale(lat: float) -> None:
    near = [place(lat=lat, km=40.0), place("East", lat, 37.0)]
    svg = drawn(map_svg(near, "points", "/map", link))
    (halo,) = [each for each in svg.iter() if each.get("class") == "halo"]
    window = window_of(near)
    degree_km = 6371 * math.pi / 180
    assert float(halo.get("ry", "")) == pytest.approx(40 / degree_km * window.down, abs=0.1)
    east_km = degree_km * math.cos(math.radians(lat))  # of one degree of longitude, where the place lies
    assert float(halo.get("rx", "")) == pytest.approx(40 / east_km * window.across, abs=0.1)


@pytest.mark.parametrize(
    "places",
    [
        [place()],
        [place(lat=-18.1, lon=178.4), place(lat=-13.8, lon=-171.8)],
        [place(lat=89.9), place(lat=-89.9, lon=-120.0)],
        [place(lon=n * 30.0 - 180) for n in range(12)],
        [place(km=4500.0)],
    ],
    ids=["one", "over the date line", "from pole to pole", "all around", "a continent"],
)
def test_every_place_stands_in_the_picture(places: list[DrawnPlace]) -> None:
    svg = drawn(map_svg(places, "points", "/map", link))
    for point in (each for each in svg.iter() if (each.get("class") or "").startswith("point")):
        assert 0 <= float(point.get("cx", "")) <= 800
        assert -20 <= float(point.get("cy", "")) <= 440


def test_places_on_both_sides_of_the_date_line_are_neighbours() -> None:
    window = window_of([place(lat=-18.1, lon=178.4), place(lat=-13.8, lon=-171.8)])
    assert 800 / window.across < 20


def test_a_place_beyond_the_list_leads_to_its_own_page() -> None:
    svg = map_svg([replace(place(), listed=False)], "points", "/stories/y/map", link)
    assert 'href="/stories/y/map/l-1"' in svg


def test_more_claims_make_a_larger_point() -> None:
    svg = drawn(map_svg([place(claims=9), place("Far", 52.0, 38.0)], "points", "/map", link))
    sizes = sorted(float(each.get("r", "")) for each in svg.iter() if (each.get("class") or "").startswith("point"))
    assert sizes[0] < sizes[1] == 13.0


def test_without_coastlines_there_is_a_net_of_degrees_and_the_points(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing_map, "countries", lambda: ())
    drawing_map._land.cache_clear()
    try:
        svg = map_svg([place(km=40.0)], "points", "/map", link)
    finally:
        drawing_map._land.cache_clear()
    assert 'class="grid"' in svg
    assert 'class="point"' in svg
    assert "<path d=" not in svg
    assert " km</text>" in svg


# ---------------------------------------------------------------------------------------------------
# Time


@pytest.mark.parametrize(
    ("at", "end", "seconds"),
    [
        ("1970-01-02", False, 86_400),
        ("1970-01-02", True, 172_800),
        ("1970-01", True, 31 * 86_400),
        ("1970", True, 365 * 86_400),
        ("1970-01-01T01:00", True, 3_600),
        ("1970-01-01T01:00+01:00", False, 0),
        ("0001-01-01", False, -62_135_596_800),
        ("9999-12-31", True, None),
        ("PAST_REF", False, None),
        ("2031-13", True, None),
        (None, False, None),
    ],
)
def test_a_time_of_any_precision_has_a_beginning_and_an_end(at: str | None, end: bool, seconds: float | None) -> None:
    found = moment(at, end=end)
    assert found == seconds


def interval(earliest: str, latest: str, precision: Precision, words: str = "then") -> IntervalView:
    return IntervalView(f"t-{earliest}", earliest, latest, precision, words, ())


def day(*intervals: IntervalView) -> DayView:
    return DayView(intervals[0].earliest[:10], "a day", intervals)


def test_a_bar_runs_from_the_earliest_to_the_latest_moment() -> None:
    svg = drawn(
        timeline_svg(
            [
                day(interval("2031-03-11", "2031-03-11", Precision.DAY)),
                day(interval("2031-03-12T06:00", "2031-03-12T12:00", Precision.PART_OF_DAY)),
                day(interval("2031-03-14T08:00", "2031-03-14T08:00", Precision.MINUTE)),
            ],
            ["2031-03-13T09:00Z"],
        )
    )
    whole, morning = [float(each.get("width", "")) for each in svg.iter() if each.get("class") == "bar"]
    assert whole == pytest.approx(4 * morning, abs=0.5)
    assert len([each for each in svg.iter() if each.get("class") == "moment"]) == 1
    assert len([each for each in svg.iter() if each.get("class") == "came-out"]) == 1
    links = [each.get("href") for each in svg.iter() if each.tag.endswith("}a") or each.tag == "a"]
    assert links == ["#t-2031-03-11", "#t-2031-03-12T06:00", "#t-2031-03-14T08:00"]


def test_a_year_does_not_stretch_the_picture_and_says_that_it_goes_on() -> None:
    days = [
        day(interval("2031-01-01", "2031-12-31", Precision.YEAR)),
        day(interval("2031-03-11", "2031-03-12", Precision.DAY)),
    ]
    svg = timeline_svg(days, [])
    assert svg.count("openend") == 2
    assert 'class="coarse"' in svg
    (bar,) = [each for each in drawn(svg).iter() if each.get("class") == "bar"]
    assert float(bar.get("width", "")) > 500


def test_what_was_long_before_is_drawn_from_end_to_end() -> None:
    svg = timeline_svg(
        [
            day(interval("1918-01-01", "1918-12-31", Precision.YEAR)),
            day(interval("2008-05-06", "2008-05-06", Precision.DAY)),
        ],
        [],
        whole=True,
    )
    assert "openend" not in svg


def test_nothing_placed_is_no_picture() -> None:
    assert timeline_svg([], ["2031-03-13"]) == ""


def test_times_far_away_are_drawn_without_failing() -> None:
    assert timeline_svg(
        [
            day(interval("0001-01-01", "0001-01-01", Precision.DAY)),
            day(interval("9990-01-01", "9990-01-01", Precision.DAY)),
        ],
        [],
    )


# ---------------------------------------------------------------------------------------------------
# The flow


def page(
    nodes: tuple[Node, ...] = (), ties: tuple[Tie, ...] = (), outlet_ties: tuple[OutletTie, ...] = (), rows: int = 2
) -> FlowPage:
    outlets = tuple(OutletRow(f"Outlet {n}", 3, 1, 1) for n in range(rows))
    _, paging = part_of((), 0)
    return FlowPage("y", "t", None, 9, 9, 1, outlets, 0, nodes, ties, outlet_ties, (), (), paging)


def node(number: int, at: str | None, row: int = 0, title: str = "A title") -> Node:
    return Node(f"r-{number}", at, at or "", title, f"Outlet {row}", row, 1, number % 2 == 0, number == 3)


def test_reports_of_one_outlet_never_hide_each_other() -> None:
    nodes = (*(node(n, "2031-03-12") for n in range(40)), node(40, None))
    svg = drawn(flow_svg(page(nodes), link))
    places = [float(each.get("cx", "")) for each in svg.iter() if (each.get("class") or "").startswith("report")]
    assert min(b - a for a, b in pairwise(places)) >= 20
    assert float(svg.get("width", "")) > max(places)


def test_a_tie_ends_at_its_base() -> None:
    nodes = (node(0, "2031-03-11"), node(1, "2031-03-12", 1))
    svg = drawn(flow_svg(page(nodes, (Tie(1, 0, EdgeKind.REWORD, "rewords", 0.8),)), link))
    (way,) = [each.get("d", "") for each in svg.iter() if each.get("class") == "way"]
    ends = [float(n) for n in re.findall(r"-?[\d.]+", way)]
    base = next(each for each in svg.iter() if each.get("class") == "report alone")
    assert ends[-2] == pytest.approx(float(base.get("cx", "")), abs=0.2)
    assert ends[-1] == pytest.approx(float(base.get("cy", "")) + 9, abs=0.2)


def test_too_many_reports_are_drawn_by_outlet() -> None:
    svg = flow_svg(page(outlet_ties=(OutletTie(1, 0, EdgeKind.COPY, "is a copy of", 7),)), link)
    assert "Outlet 1 is a copy of Outlet 0: 7" in svg
    assert flow_svg(page(), link) == ""


# ---------------------------------------------------------------------------------------------------
# All of them


def test_hostile_words_stay_words() -> None:
    bad = node(0, "2031-03-12", title=ATTACK)
    outlets = (OutletRow(ATTACK, 1, 0, 0),)
    pictures = [
        map_svg([replace(place(), name=ATTACK)], "points", "/map", link),
        timeline_svg([day(interval("2031-03-11", "2031-03-11", Precision.DAY, ATTACK))], []),
        flow_svg(replace(page((replace(bad, outlet=ATTACK),)), outlets=outlets), link),
        flow_svg(replace(page(outlet_ties=(OutletTie(0, 0, EdgeKind.COPY, ATTACK, 1),)), outlets=outlets), link),
    ]
    for picture in pictures:
        assert not [each for each in drawn(picture).iter() if "script" in each.tag]
        assert "window.hacked=1" in "".join(drawn(picture).itertext())
        assert "\u202e" not in picture
        assert "{{7*7}}" in "".join(drawn(picture).itertext())
