"""Statements of a round-up that tell of other news than the story: a programme's transcript goes from the protests to a flood elsewhere.

A report is a round-up where a good part of what it says, with the words around it, names places, all of them in other countries than
the story's, and at most one of the words that the story's reports open with. Only those statements of it are other news; what a report on
the story says of foreign parts (a president abroad who condemns) stays.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence

from sayso.model import BlockKind, Extraction, PlaceMention, Report, Span

_AROUND = 250  # characters on each side: about two sentences, within its paragraph
_OPENING = 400  # characters of the first paragraph, where a report names what it is about
_SHARED = 0.3  # of the reports that open with a word: it is one of the story's
_HOME = 0.3  # of the reports that open in a country: it is one of the story's
_WORDS_AT_HOME = 2  # of the story's around a statement: one ("police") is in any news
_ROUND_UP = 0.2  # of a report's statements are other news, and there are at least
_FEWEST = 4
_WORD = re.compile(r"[^\W\d_]{3,}")
_STEM = 5  # characters: "Egypt" and "Egyptian" are one word here
# Words that are about nothing; with the days and months, which any news has.
_EMPTY = frozenset(
    """the and for was are but not has had his her its who all can one two out new may now him she you off per our any how did get say
    about after also amid been before being could from have into last least more most other over said says some such than that their
    them then there these they this those through under until very were what when where which while whom whose will with would year
    years your because between during each even ever every here just like made make many much must only same since still take tell
    told well against among around another both down first next three four five people country government official officials
    according report reports reported including may week month time today yesterday tomorrow morning evening night
    january february march april june july august september october november december
    monday tuesday wednesday thursday friday saturday sunday""".split()
)


def other_news(reports: Sequence[Report], extractions: Sequence[Extraction]) -> frozenset[str]:
    """The ids of the statements that tell of other news than these reports together are about."""
    readings = {x.report: x for x in extractions}
    openings = {r.id: _opening(r) for r in reports}
    homes, words = Counter[str](), Counter[str]()
    for report in reports:
        if (reading := readings.get(report.id)) is not None:
            homes.update({_country(p) for p in reading.places if p.span.end <= openings[report.id].end})
            words.update(_words(report.text, openings[report.id]))
    home = {country for country, count in homes.items() if count >= _HOME * len(reports)}
    own = {word for word, count in words.items() if count >= _SHARED * len(reports)}
    if not home:
        return frozenset()
    found: set[str] = set()
    for report in reports:
        reading = readings.get(report.id)
        if reading is not None and len({_country(p) for p in reading.places} - home) >= 2:
            others = _others(report, reading, home, own)
            if len(others) >= max(_FEWEST, _ROUND_UP * len(reading.statements)):
                found |= others
    return frozenset(found)


def _others(report: Report, reading: Extraction, home: set[str], own: set[str]) -> set[str]:
    places = sorted(reading.places, key=lambda p: p.span)
    starts = [p.span.start for p in places]
    blocks = [b.span for b in report.blocks]
    block_starts = [b.start for b in blocks]
    found: set[str] = set()
    unclear: list[str] = []  # since the last statement of which it is known; they go with both their neighbours
    foreign = False
    for statement in sorted(reading.statements, key=lambda s: (s.content[0], s.id)):
        first = statement.content[0]
        window = Span(max(0, first.start - _AROUND), min(len(report.text), statement.content[-1].end + _AROUND))
        at = bisect_right(block_starts, first.start) - 1
        if at >= 0 and blocks[at].end > first.start:
            window = Span(max(window.start, blocks[at].start), min(window.end, max(blocks[at].end, first.end)))
        near = places[bisect_left(starts, window.start) : bisect_left(starts, window.end)]
        at_home = not home.isdisjoint(map(_country, near)) or len(own & _words(report.text, window)) >= _WORDS_AT_HOME
        if not (near or at_home):
            unclear.append(statement.id)
            continue
        if not at_home:
            found.update([statement.id, *(unclear if foreign else ())])
        unclear, foreign = [], not at_home
    return found


def _opening(report: Report) -> Span:
    """From the beginning of the text to the end of what opens its first paragraph."""
    first = next((b.span for b in report.blocks if b.kind is BlockKind.PARAGRAPH), None)
    return Span(0, min(first.start + _OPENING, first.end) if first else min(_OPENING, len(report.text)))


def _country(place: PlaceMention) -> str:
    return place.within[-1] if place.within else place.name


def _words(text: str, span: Span) -> set[str]:
    found = (m.group().lower() for m in _WORD.finditer(text, span.start, span.end))
    return {word[:_STEM] for word in found if word not in _EMPTY}
