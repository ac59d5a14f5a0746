"""The account in time, against a schema of what TimelineJS3 documents of its JSON."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from lxml import html

from sayso.model import Instant, Precision
from sayso.serve.exports.timelinejs import timelinejs
from tests.serve.exports.making import HOSTILE, World, with_report, world

_DATE = {
    "type": "object",
    "required": ["year"],
    "additionalProperties": False,
    "properties": {
        part: {"type": "integer", "minimum": low, "maximum": high}
        for part, low, high in (
            ("year", 1, 9999),
            ("month", 1, 12),
            ("day", 1, 31),
            ("hour", 0, 23),
            ("minute", 0, 59),
            ("second", 0, 59),
        )
    },
}
_TEXT = {
    "type": "object",
    "additionalProperties": False,
    "properties": {"headline": {"type": "string"}, "text": {"type": "string"}},
}
SCHEMA = {
    "type": "object",
    "required": ["events"],
    "additionalProperties": False,
    "properties": {
        "scale": {"enum": ["human", "cosmological"]},
        "title": {"type": "object", "required": ["text"], "properties": {"text": _TEXT}},
        "events": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["start_date", "text", "unique_id"],
                "additionalProperties": False,
                "properties": {
                    "start_date": _DATE,
                    "end_date": _DATE,
                    "display_date": {"type": "string"},
                    "group": {"type": "string"},
                    "unique_id": {"type": "string", "pattern": "^[A-Za-z0-9-]+$"},
                    "autolink": {"const": False},
                    "text": _TEXT,
                },
            },
        },
    },
}


def made(of: World) -> dict[str, Any]:
    read: dict[str, Any] = json.loads("".join(timelinejs(of.told, of.account, of.linked)))
    return read


@pytest.mark.parametrize("evil", ["", *HOSTILE.values()], ids=["plain", *HOSTILE])
def test_it_is_what_timelinejs_reads_and_no_word_acts(evil: str) -> None:
    timeline = made(world(evil))
    Draft202012Validator(SCHEMA).validate(timeline)
    assert len(timeline["events"]) == 2
    for event in timeline["events"]:
        for shown in (
            event["text"]["headline"],
            event["text"]["text"],
            event["group"],
            timeline["title"]["text"]["headline"],
        ):
            page = html.fragment_fromstring(shown, create_parent="div")
            tags = {element.tag for element in page.iterdescendants()}
            assert tags <= {"p", "strong", "ul", "li", "a", "small"}, shown
            links = [link.get("href") for link in page.iter("a")]
            assert all(
                link is not None and link.startswith(("https://tarn.example/", "https://hill.example/"))
                for link in links
            )
            assert not {name for element in page.iterdescendants() for name in element.attrib} - {"href", "rel"}


def test_when_it_happened_stands_as_the_span_that_is_known() -> None:
    blame, broke = sorted(made(world())["events"], key=lambda event: "weir" in event["text"]["headline"])
    assert broke["start_date"] == {"year": 2031, "month": 4, "day": 8, "hour": 5}
    assert broke["end_date"] == {"year": 2031, "month": 4, "day": 8, "hour": 12}
    assert broke["display_date"] == "8 April 2031, 05:00–12:00"
    assert "No report tells when" not in broke["text"]["text"]
    assert blame["display_date"] == "published 8 April 2031, 10:30 UTC"
    assert "No report tells when it happened" in blame["text"]["text"]


def test_a_slide_cites_its_reports_with_status_and_origins() -> None:
    event = next(event for event in made(world())["events"] if "weir" in event["text"]["headline"])
    told = event["text"]["text"]
    assert "<strong>Reported</strong> (single origin): 1 independent origin." in told
    assert '<a href="https://tarn.example/weir?a=1&amp;b=2"' in told
    assert "“Ada Quill … said … the weir broke on Tuesday”" in told
    assert event["unique_id"] in told


def test_a_denial_is_told_as_one() -> None:
    headlines = [event["text"]["headline"] for event in made(world())["events"]]
    assert "Norland denied it was to blame." in headlines


@pytest.mark.parametrize(
    ("published", "start", "shown"),
    [
        (Instant("2031-04", Precision.MONTH), {"year": 2031, "month": 4}, "published April 2031"),
        (Instant("2031", Precision.YEAR), {"year": 2031}, "published 2031"),
        (
            Instant("2031-04-08T01:30:00+03:00", Precision.MINUTE),
            {"year": 2031, "month": 4, "day": 7, "hour": 22, "minute": 30},
            "published 7 April 2031, 22:30 UTC",
        ),
    ],
)
def test_a_time_is_no_finer_than_it_is_known(published: Instant, start: dict[str, int], shown: str) -> None:
    of = world()
    told = tuple(with_report(each, published=published) for each in of.told)
    event = next(event for event in made(replace(of, told=told))["events"] if "denied" in event["text"]["headline"])
    assert (event["start_date"], event["display_date"]) == (start, shown)


def test_of_a_line_of_several_claims_each_has_its_own_words() -> None:
    of = world()
    broke, blame = of.linked.claims
    first, second = of.account.sections[0].lines
    both = replace(first, claims=(broke.id, blame.id, "c-not-cited"), citations=(*first.citations, *second.citations))
    lines = replace(of.account, sections=(replace(of.account.sections[0], lines=(both,)),))
    headlines = [event["text"]["headline"] for event in made(replace(of, account=lines))["events"]]
    assert sorted(headlines) == ["Ada Quill … said … the weir broke on Tuesday", "Norland … denied … it was to blame"]
    uncited = replace(lines, sections=(replace(lines.sections[0], lines=(replace(both, citations=first.citations),)),))
    assert len(made(replace(of, account=uncited))["events"]) == 1


def test_what_nobody_dates_is_left_out() -> None:
    of = world()
    told = tuple(with_report(each, published=None) for each in of.told)
    assert len(made(replace(of, told=told))["events"]) == 1
