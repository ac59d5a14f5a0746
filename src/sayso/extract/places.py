"""The places that a text names: toponyms, not peoples, persons or bodies, resolved to a point and what holds it.

What may be a place is found in `places_names`, by the words around it (`places_evidence`). Names of more than one place are
settled for the whole report at once (`places_choose`). A name that nothing tells of counts if the same name stands as a
place elsewhere in the report, or if a place of its name lies among the report's others.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections import Counter
from collections.abc import Iterable, Sequence, Set
from math import cos, radians
from typing import Final, NamedTuple

from spacy.tokens import Doc

from sayso.extract.gazetteer import Gazetteer, Place, PlaceKind, distance_km, name_key
from sayso.extract.parse import text_of
from sayso.extract.places_choose import Choice, Home, choose, holds
from sayso.extract.places_names import Candidate, find_candidates, illnesses_of, people_of
from sayso.extract.places_words import CITIES, COUNTRY_WORDS, DISTANCE, LIST, PLACE_NOUNS
from sayso.model import PlaceMention, Span

_BESIDE: Final = re.compile(
    rf"{DISTANCE}\s*(?:\w+\s+)?(?:of|from)\s+(?:the\s+)?|"
    r",?\s*(?:(?:a|the)\s+[\w\s-]{3,30}\s)?(?:near|outside|close\s+to|(?:north|south|east|west|\w+east|\w+west)\s+of)\s+(?:the\s+)?"
)
_INSIDE: Final = re.compile(r",?\s*(?:(?:a|the)\s+[\w\s-]{3,30}\s)?(?:in|,)\s+(?:the\s+)?|,\s*")
_HELD_BY: Final = re.compile(
    rf",\s*|\s+in\s+(?:the\s+)?|,\s+(?:a|an|the)\s+[\w\s-]{{0,30}}\b(?:{'|'.join(sorted(PLACE_NOUNS))})\s+(?:in|of)\s+(?:the\s+)?|\s*\("
)  # "X, Texas", "X, a village in the Y region"; not "some in X, the others in Y"
_BESIDE_KM: Final = 100.0  # further off, and nobody says that a place is near another
_LONGEST_TELLING: Final = 48  # characters between a place and what it is said to be near
_AMONG_KM: Final = 40.0  # from one of the report's towns: there a name that nothing else tells of is a place
_ENOUGH_WORDS: Final = 2  # of a country's public life: more do not tell more
_SOME_PEOPLE: Final = 10_000
_LONG_NAME: Final = 6  # letters: short names are borne by persons of many lands
_PERSONAL: Final = re.compile(r",?\s+(?:his|her|their|whose|who|himself|herself)\b")
_SURNAMES: Final = frozenset(
    {"US", "GB", "CA", "AU", "NZ", "IE", "JP"}
)  # here too many towns have names that people have
_LOCAL: Final = frozenset({PlaceKind.CITY, PlaceKind.COUNTY})
_INFERRED_KM: Final = 25.0  # an unknown village "near X" lies within a short drive of it


def find_places(
    doc: Doc, *, offset: int = 0, gazetteer: Gazetteer, homes: Sequence[Home] = ()
) -> tuple[PlaceMention, ...]:
    """The toponyms of ``doc``, in order. ``offset`` is where it begins in the report's text.

    For a report that is parsed in passages `find_report_places` is better: it weighs all its places together.
    """
    return find_report_places([(doc, offset)], gazetteer=gazetteer, homes=homes)


def find_report_places(
    parts: Sequence[tuple[Doc, int]], *, gazetteer: Gazetteer, homes: Sequence[Home] = ()
) -> tuple[PlaceMention, ...]:
    """The toponyms of a report given as Docs with their offsets, settled together, in the order of the text.

    ``homes`` are the places that its outlet may be of (`places_outlet.homes_of`). ``within`` runs from the nearest container
    outwards. A name that no gazetteer knows comes back without a point, or, when it is said to be near a known place, with
    that place's point and a wide ``precision_km``.
    """
    people = people_of([doc for doc, _ in parts])
    illnesses = illnesses_of("\n".join(text_of(doc) for doc, _ in parts))
    uses, doubtful = [], []
    for number, (doc, offset) in enumerate(parts):
        found, maybe = find_candidates(doc, people, gazetteer, illnesses)
        uses += [_Use(number, c.start, c, doc, offset) for c in found]
        doubtful += [_Use(number, c.start, c, doc, offset) for c in maybe]
    # A name that once stands as a place is that place wherever it stands.
    known = {name_key(use.candidate.name) for use in uses}
    uses = sorted([*uses, *(d for d in doubtful if name_key(d.candidate.name) in known)], key=_order)
    story = _story(doc for doc, _ in parts)
    places = choose(_choices(uses), story, homes)
    towns = {p for p in places if p is not None and p.kind in _LOCAL}
    lands = {p.country for p in towns}
    among = [
        d
        for d in doubtful
        if name_key(d.candidate.name) not in known
        and (_lies_among(d.candidate.readings, towns) or _is_of_land(d, lands) or _is_held(d, uses))
    ]
    if among:
        uses = sorted([*uses, *among], key=_order)
        places = choose(_choices(uses), story, homes)
    told = _told_beside(uses, places)
    mentions = []
    for i, (use, chosen) in enumerate(zip(uses, places, strict=True)):
        candidate = use.candidate
        span = Span(candidate.start + use.offset, candidate.end + use.offset)
        beside, near = told.get(i, (False, None))
        place = _nearest(chosen, candidate.readings, near) if beside and near is not None else chosen
        if place is not None:
            mentions.append(_mention(span, candidate.name, place, gazetteer))
        elif candidate.certain:
            mentions.append(_inferred(span, candidate.name, near, gazetteer))
    return tuple(mentions)


def _is_held(use: _Use, others: Sequence[_Use]) -> bool:
    """What holds it is named right behind it: "from Torsk, Velden"."""
    at = bisect(others, _order(use), key=_order)
    if at == len(others) or others[at].doc is not use.doc:
        return False
    following = others[at]
    between = text_of(use.doc)[use.candidate.end : following.start]
    readings = use.candidate.readings
    return between.strip() == "," and any(holds(c, p) for c in following.candidate.readings[:6] for p in readings)


def _is_of_land(use: _Use, lands: Set[str]) -> bool:
    """A town of some size, in a country whose towns the report names: "Avdiivka" beside Kyiv; "Murakami, his aide" is none."""
    name = use.candidate
    if len(name.name) < _LONG_NAME or _PERSONAL.match(text_of(use.doc), name.end):
        return False
    return any(p.population >= _SOME_PEOPLE and p.country in lands - _SURNAMES for p in name.readings)


def _story(docs: Iterable[Doc]) -> dict[str, float]:
    """How much the report speaks of each country's public life: "the sheriff", "the Garda"."""
    told: Counter[str] = Counter()
    for text in map(text_of, docs):
        for word, (country, pattern) in COUNTRY_WORDS.items():
            if word in text:  # much faster than the pattern, and mostly untrue
                told[country] += len(pattern.findall(text))
    total = sum(told.values())
    return {country: n / total * min(1.0, total / _ENOUGH_WORDS) for country, n in told.items() if n}


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


def _choices(uses: Sequence[_Use]) -> list[Choice]:
    """Every use as a choice. A name that once is told to be where no gazetteer has it ("Marwick, Ohio") is not one of those
    that it has elsewhere either, unless its container is told."""
    choices = [_choice(i, uses) for i in range(len(uses))]
    unknown = {c.key for c, use in zip(choices, uses, strict=True) if not c.readings and use.candidate.readings}
    return [Choice(c.key, ()) if c.key in unknown and not c.containers else c for c in choices]


def _choice(i: int, uses: Sequence[_Use]) -> Choice:
    """A candidate with the container named right behind it: "Paris, Texas", "Kozinka in Belgorod region"."""
    candidate, doc = uses[i].candidate, uses[i].doc
    containers: tuple[Place, ...] = ()
    if i + 1 < len(uses) and uses[i + 1].doc is doc:
        following = uses[i + 1].candidate
        between = text_of(doc)[candidate.end : following.start]
        if _HELD_BY.fullmatch(between):
            containers = following.readings[:6]
            if between.strip() == "," and _lies_elsewhere(candidate, following):
                return Choice(name_key(candidate.name), ())
    contents: tuple[Place, ...] = ()
    if (
        i > 0
        and uses[i - 1].doc is doc
        and re.fullmatch(r",\s*", text_of(doc)[uses[i - 1].candidate.end : candidate.start])
    ):
        contents = uses[i - 1].candidate.readings[:4]
    key = name_key(candidate.name)
    return Choice(key, candidate.readings, containers, contents, CITIES.get(key), candidate.of_town)


def _lies_elsewhere(town: Candidate, state: Candidate) -> bool:
    """ "Marwick, Ohio", and the gazetteer knows Marwicks in other states only: it is none of those."""
    if not town.readings or not state.readings or state.readings[0].kind is not PlaceKind.STATE:
        return False
    codes = {(p.country, p.admin1) for p in state.readings if p.kind is PlaceKind.STATE}
    towns = all(p.kind in _LOCAL for p in town.readings)
    return towns and not any((p.country, p.admin1) in codes for p in town.readings)


def _mention(span: Span, name: str, place: Place, gazetteer: Gazetteer) -> PlaceMention:
    return PlaceMention(span, name, place.lat, place.lon, place.precision_km, place.id, gazetteer.within(place))


def _told_beside(uses: Sequence[_Use], places: Sequence[Place | None]) -> dict[int, tuple[bool, Place | None]]:
    """For each use the place it is said to be in, or beside (True): "Ozhna and Velka near Marwick"."""
    told: dict[int, tuple[bool, Place | None]] = {}
    for i in range(len(uses) - 2, -1, -1):
        if uses[i + 1].doc is not uses[i].doc or uses[i + 1].start - uses[i].candidate.end >= _LONGEST_TELLING:
            continue
        between = text_of(uses[i].doc)[uses[i].candidate.end : uses[i + 1].start]
        if _BESIDE.fullmatch(between):
            told[i] = True, places[i + 1]
        elif LIST.fullmatch(between) and told.get(i + 1, (False, None))[0]:
            told[i] = told[i + 1]
        elif _INSIDE.fullmatch(between):
            told[i] = False, places[i + 1]
    return told


def _nearest(place: Place | None, readings: Sequence[Place], near: Place) -> Place | None:
    """``place``, or another of its name where it is too far from what it is said to be near; None where all are."""
    if place is None or place.kind is not PlaceKind.CITY:
        return place
    reach = _BESIDE_KM + near.precision_km
    return next((p for p in (place, *readings) if distance_km(p, near) <= reach), None)


def _inferred(span: Span, name: str, near: Place | None, gazetteer: Gazetteer) -> PlaceMention:
    """A place that no gazetteer knows, with the point of what it is said to be in or near, and a wide radius."""
    if near is None:
        return PlaceMention(span, name)
    radius = max(_INFERRED_KM, near.precision_km)
    return PlaceMention(span, name, near.lat, near.lon, radius, None, (near.name, *gazetteer.within(near)))
