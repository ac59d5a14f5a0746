"""The places that a text names: toponyms, not peoples, persons or bodies, resolved to a point and what holds it.

What may be a place is found in `places_names`, by the words around it (`places_evidence`). Names of more than one place are
settled for the whole report at once (`places_choose`). A name that nothing tells of counts if the same name stands as a
place elsewhere in the report, or if a place of its name lies among the report's others.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import cos, radians
from typing import Final, NamedTuple

from spacy.tokens import Doc

from sayso.extract.gazetteer import Gazetteer, Place, PlaceKind, distance_km, name_key
from sayso.extract.parse import text_of
from sayso.extract.places_choose import Choice, choose
from sayso.extract.places_names import Candidate, find_candidates, people_of
from sayso.extract.places_words import CAPITALS
from sayso.model import PlaceMention, Span

_NEAR: Final = re.compile(
    r",?\s*(?:(?:a|the)\s+[\w\s-]{3,30}\s)?(?:near|outside|close\s+to|(?:north|south|east|west|\w+east|\w+west)\s+of|in|,)\s+(?:the\s+)?$|,\s*$"
)
_AMONG_KM: Final = 40.0  # from one of the report's towns: there a name that nothing else tells of is a place
_LOCAL: Final = frozenset({PlaceKind.CITY, PlaceKind.COUNTY})
_INFERRED_KM: Final = 25.0  # an unknown village "near X" lies within a short drive of it


def find_places(doc: Doc, *, offset: int = 0, gazetteer: Gazetteer) -> tuple[PlaceMention, ...]:
    """The toponyms of ``doc``, in order. ``offset`` is where it begins in the report's text.

    For a report that is parsed in passages `find_report_places` is better: it weighs all its places together.
    """
    return find_report_places([(doc, offset)], gazetteer=gazetteer)


def find_report_places(parts: Sequence[tuple[Doc, int]], *, gazetteer: Gazetteer) -> tuple[PlaceMention, ...]:
    """The toponyms of a report given as Docs with their offsets, settled together, in the order of the text.

    ``within`` runs from the nearest container outwards. A name that no gazetteer knows comes back without a point,
    or, when it is said to be near a known place, with that place's point and a wide ``precision_km``.
    """
    people = people_of([doc for doc, _ in parts])
    uses, doubtful = [], []
    for number, (doc, offset) in enumerate(parts):
        found, maybe = find_candidates(doc, people, gazetteer)
        uses += [_Use(number, c.start, c, doc, offset) for c in found]
        doubtful += [_Use(number, c.start, c, doc, offset) for c in maybe]
    # A name that once stands as a place is that place wherever it stands.
    known = {name_key(use.candidate.name) for use in uses}
    uses = sorted([*uses, *(d for d in doubtful if name_key(d.candidate.name) in known)], key=_order)
    places = choose([_choice(i, uses) for i in range(len(uses))])
    towns = {p for p in places if p is not None and p.kind in _LOCAL}
    among = [
        d for d in doubtful if name_key(d.candidate.name) not in known and _lies_among(d.candidate.readings, towns)
    ]
    if among:
        uses = sorted([*uses, *among], key=_order)
        places = choose([_choice(i, uses) for i in range(len(uses))])
    mentions = []
    for i, (use, place) in enumerate(zip(uses, places, strict=True)):
        candidate = use.candidate
        span = Span(candidate.start + use.offset, candidate.end + use.offset)
        if place is not None:
            mentions.append(_mention(span, candidate.name, place, gazetteer))
        elif candidate.certain:
            mentions.append(_inferred(i, uses, places, span, gazetteer))
    return tuple(mentions)


class _Use(NamedTuple):
    """A candidate where it stands: in which part of the report, and where that begins."""

    part: int
    start: int
    candidate: Candidate
    doc: Doc
    offset: int


def _order(use: _Use) -> tuple[int, int]:
    return use.part, use.start


def _lies_among(readings: Sequence[Place], towns: set[Place]) -> bool:
    degrees = _AMONG_KM / 111
    return any(
        abs(p.lat - t.lat) < degrees
        and abs(p.lon - t.lon) * cos(radians(t.lat)) < degrees
        and distance_km(p, t) < _AMONG_KM
        for p in readings
        if p.kind in _LOCAL
        for t in towns
    )


def _choice(i: int, uses: Sequence[_Use]) -> Choice:
    """A candidate with the container named right behind it: "Paris, Texas", "Kozinka in Belgorod region"."""
    candidate, doc = uses[i].candidate, uses[i].doc
    containers: tuple[Place, ...] = ()
    if i + 1 < len(uses) and uses[i + 1].doc is doc:
        following = uses[i + 1].candidate
        between = text_of(doc)[candidate.end : following.start]
        if re.fullmatch(
            r",\s*|\s+in\s+(?:the\s+)?|,\s+(?:a|the)\s+[\w\s-]{3,40}\s(?:in|of)\s+(?:the\s+)?|\s*\(", between
        ):
            containers = following.readings[:6]
    contents: tuple[Place, ...] = ()
    if (
        i > 0
        and uses[i - 1].doc is doc
        and re.fullmatch(r",\s*", text_of(doc)[uses[i - 1].candidate.end : candidate.start])
    ):
        contents = uses[i - 1].candidate.readings[:4]
    key = name_key(candidate.name)
    return Choice(key, candidate.readings, containers, contents, CAPITALS.get(key), candidate.of_town)


def _mention(span: Span, name: str, place: Place, gazetteer: Gazetteer) -> PlaceMention:
    return PlaceMention(span, name, place.lat, place.lon, place.precision_km, place.id, gazetteer.within(place))


def _inferred(
    i: int,
    uses: Sequence[_Use],
    places: Sequence[Place | None],
    span: Span,
    gazetteer: Gazetteer,
) -> PlaceMention:
    candidate, doc = uses[i].candidate, uses[i].doc
    if i + 1 < len(uses) and uses[i + 1].doc is doc and (near := places[i + 1]) is not None:
        between = text_of(doc)[candidate.end : uses[i + 1].candidate.start]
        if len(between) < 48 and _NEAR.match(between):
            radius = max(_INFERRED_KM, near.precision_km)
            within = (near.name, *gazetteer.within(near))
            return PlaceMention(span, candidate.name, near.lat, near.lon, radius, None, within)
    return PlaceMention(span, candidate.name)
