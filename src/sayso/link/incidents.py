"""The incidents of one story: reports that tell of the same place on the same day.

A story is an affair and may run for months; an incident is a date and a place within it. Where and when are read off the
opening of a report: its toponyms, the days its statements name, and its day of publication.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sayso.link.gist import read_gist
from sayso.link.grouping import group
from sayso.link.told import day_of
from sayso.link.words import stem, tokens
from sayso.model import Extraction, Gist, Incident, Report

# What the words must have in common, beside the names of the places; benchmarks/stories.py --data DIR prints the groups on
# fa_kes. Reports of one day and place need a word or two (a town may see two things on one day); those of different days,
# one of which names the day of the other, need most of their words.
ALIKE = 0.02
ALIKE_OTHER_DAY = 0.30
SHARE = 0.5  # of the pairs across two groups: a report of two towns must not join what happened in each
_OPENING = 1200  # characters that tell what happened; what follows may be of other days and places
_DAYS_BACK = 7  # a report tells of news this old at most; older days are background
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_KIND = re.compile(
    r"\b(?:province|governorate|district|region|countryside|county|state|city|town|village|rural|eastern|western|northern|southern|central)\b"
)


@dataclass(frozen=True)
class Happening:
    """When and where the opening of a report says something happened: days since 1970, and folded names of places.
    ``published`` is the day of publication, and one of ``days``.
    """

    report: str
    published: int | None
    days: frozenset[int]
    places: frozenset[str]
    gist: Gist


def read_happening(report: Report, extraction: Extraction) -> Happening:
    """When and where, from the report's opening and its day of publication. Countries say too little of where."""
    out = day_of(report.published.value if report.published else None)
    published = None if out is None else int(out)
    values = [
        time.value
        for statement in extraction.statements
        if statement.content and statement.content[0].start < _OPENING
        for time in statement.happened
        if _DAY.match(time.value)
    ]
    days = {int(day) for value in values if (day := day_of(value[:10])) is not None}
    if published is not None:
        days = {day for day in days if published - _DAYS_BACK <= day <= published} | {published}
    places = set()
    for mention in extraction.places:
        is_country = mention.gazetteer_id is not None and not mention.within
        if mention.span.start < _OPENING and not is_country:
            places |= {_fold(name) for name in (mention.name, *mention.within[:-1])}
    return Happening(report.id, published, frozenset(days), frozenset(places - {""}), read_gist(report))


def same_incident(a: Happening, b: Happening) -> float:
    """How surely two reports of one story tell of one incident: 0, or what the words of their gists have in common beside the
    names of the places. The same for (b, a)."""
    if a.days.isdisjoint(b.days) or a.places.isdisjoint(b.places):
        return 0.0
    where = {stem(word) for place in a.places | b.places for word in tokens(place)}
    one, two = a.gist.weights, b.gist.weights
    likeness = round(sum(one[term] * two[term] for term in sorted((one.keys() & two.keys()) - where)), 4)
    least = ALIKE if a.published == b.published else ALIKE_OTHER_DAY
    return likeness if likeness >= least else 0.0


def find_incidents(reports: Sequence[Report], extractions: Iterable[Extraction]) -> dict[str, int]:
    """The number of the incident of every report of one story; a report that shares day and place with no other has its own."""
    by_id = {report.id: report for report in sorted(reports, key=lambda report: report.id)}
    read = {extraction.report: extraction for extraction in extractions}
    told = {i: read_happening(report, read.get(i, Extraction(i, ()))) for i, report in by_id.items()}
    there: dict[tuple[int, str], list[str]] = defaultdict(list)
    for i, happening in told.items():
        for day in happening.days:
            for place in happening.places:
                there[day, place].append(i)
    pairs = {(a, b) for found in there.values() for a in found for b in found if a < b}
    links = [(a, b, score) for a, b in sorted(pairs) if (score := same_incident(told[a], told[b]))]
    groups = group(list(by_id), links, share=SHARE)
    return {identifier: n for n, members in enumerate(groups) for identifier in members}


def known_incidents(
    reports: Sequence[Report], extractions: Iterable[Extraction], stories: Mapping[str, str]
) -> tuple[Incident, ...]:
    """The incidents of these reports, by id; ``stories`` holds the id of the story of each report."""
    read = {extraction.report: extraction for extraction in extractions}
    by_story: dict[str, list[Report]] = defaultdict(list)
    for report in reports:
        by_story[stories[report.id]].append(report)
    found = []
    for story, told in sorted(by_story.items()):
        numbers = find_incidents(told, [read[r.id] for r in told if r.id in read])
        groups: dict[int, list[Report]] = defaultdict(list)
        for report in sorted(told, key=lambda r: r.id):
            groups[numbers[report.id]].append(report)
        found += [_incident(story, members, read) for members in groups.values()]
    return tuple(sorted(found, key=lambda incident: incident.id))


def _incident(story: str, reports: Sequence[Report], read: Mapping[str, Extraction]) -> Incident:
    named = [read_happening(r, read.get(r.id, Extraction(r.id, ()))).places for r in reports]
    days = sorted(r.published.value[:10] for r in reports if r.published)
    ids = tuple(r.id for r in reports)
    return Incident(
        Incident.make_id(reports=ids),
        story,
        ids,
        tuple(sorted(frozenset.intersection(*named))),
        days[0] if days else None,
        days[-1] if days else None,
    )


def _fold(name: str) -> str:
    return " ".join(_KIND.sub(" ", name.casefold().replace("-", " ")).split())
