"""Where it happened, as reports tell it: each place with how surely it is known, and the claims told of it."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sayso.errors import RecordNotFound
from sayso.ids import make_id
from sayso.model import PlaceMention
from sayso.serve.pages.paging import Paging, part_of
from sayso.serve.pages.parts import ClaimRef, claim_ref
from sayso.serve.pages.view import View

#: Claims named under a place in the list of all places; the page of the place has the others.
NAMED_CLAIMS = 4
#: Places that are drawn: those with most claims. With more, points lie on points.
MOST_DRAWN = 400
#: Names listed that no gazetteer knows; the others are counted.
MOST_UNRESOLVED = 200


@dataclass(frozen=True, slots=True)
class PlaceView:
    """A place on the map: ``lat`` and ``lon`` in degrees (WGS 84), true to within ``precision_km``.

    ``claims`` and ``statements`` count what is told of it; ``named`` are the claims with most origins. ``within`` runs from the
    nearest container outwards.
    """

    id: str
    name: str
    lat: float
    lon: float
    precision_km: float | None
    within: tuple[str, ...]
    claims: int
    statements: int
    named: tuple[ClaimRef, ...]


@dataclass(frozen=True, slots=True)
class DrawnPlace:
    """As much of a place as a drawing needs."""

    id: str
    name: str
    lat: float
    lon: float
    precision_km: float | None
    claims: int
    listed: bool


@dataclass(frozen=True, slots=True)
class UnresolvedPlace:
    """A name that no gazetteer knows, or that names too many places to choose one: it has no point."""

    id: str
    name: str
    claims: int
    statements: int
    named: tuple[ClaimRef, ...]


@dataclass(frozen=True, slots=True)
class MapPage:
    """The places of a story, those with most claims first. ``drawn`` are those of the drawing, which shows ``extent``: "points" or
    "world". ``total`` counts the places that have a point."""

    story: str
    title: str
    as_of: str | None
    extent: str
    drawn: tuple[DrawnPlace, ...]
    places: tuple[PlaceView, ...]
    total: int
    paging: Paging
    unresolved: tuple[UnresolvedPlace, ...]
    more_unresolved: int


@dataclass(frozen=True, slots=True)
class PlacePage:
    """One place with every claim told of it, those with most origins first. ``lat`` and ``lon`` are None where it has no point."""

    story: str
    title: str
    as_of: str | None
    place: str
    name: str
    lat: float | None
    lon: float | None
    precision_km: float | None
    within: tuple[str, ...]
    statements: int
    claims: tuple[ClaimRef, ...]
    paging: Paging


@dataclass(frozen=True, slots=True)
class Gathered:
    """A place with the ids of what is told of it: claims by origins, then by id."""

    id: str
    name: str
    lat: float | None
    lon: float | None
    precision_km: float | None
    within: tuple[str, ...]
    claims: tuple[str, ...]
    statements: int


def map_page(view: View, *, start: int = 0, extent: str = "points") -> MapPage:
    """The context of ``/stories/{id}/map``. Any ``extent`` but "world" is that of the points."""
    gathered = view.places.values()
    resolved = [place for place in gathered if place.lat is not None]
    unresolved = [place for place in gathered if place.lat is None]
    shown, paging = part_of(resolved, start)
    listed = {place.id for place in shown}
    return MapPage(
        story=view.story.id,
        title=view.account.title,
        as_of=view.as_of,
        extent="world" if extent == "world" else "points",
        drawn=tuple(_drawn(place, place.id in listed) for place in resolved[:MOST_DRAWN]),
        places=tuple(_place(view, place) for place in shown),
        total=len(resolved),
        paging=paging,
        unresolved=tuple(
            UnresolvedPlace(place.id, place.name, len(place.claims), place.statements, _named(view, place))
            for place in unresolved[:MOST_UNRESOLVED]
        ),
        more_unresolved=max(0, len(unresolved) - MOST_UNRESOLVED),
    )


def place_page(view: View, place_id: str, *, start: int = 0) -> PlacePage:
    """The context of ``/stories/{id}/map/{place}``. Raises RecordNotFound for a place of which this story tells nothing."""
    place = view.places.get(place_id)
    if place is None:
        raise RecordNotFound(
            "this story tells of no such place", where=place_id, remedy="The map of the story lists all of them."
        )
    shown, paging = part_of(place.claims, start)
    return PlacePage(
        story=view.story.id,
        title=view.account.title,
        as_of=view.as_of,
        place=place.id,
        name=place.name,
        lat=place.lat,
        lon=place.lon,
        precision_km=place.precision_km,
        within=place.within,
        statements=place.statements,
        claims=tuple(claim_ref(view.claims[claim]) for claim in shown),
        paging=paging,
    )


def gather_places(view: View) -> dict[str, Gathered]:
    """Every place of a story by its id, those with most claims first. One pass over all statements: keep it (`View.places`)."""
    mentions: dict[str, list[PlaceMention]] = defaultdict(list)
    claims: dict[str, set[str]] = defaultdict(set)
    statements: dict[str, set[str]] = defaultdict(set)
    keys: dict[tuple[str | float | None, ...], str] = {}  # a story names few places, each very often
    for statement in view.statements.values():
        for place in statement.places:
            what = place.name, place.gazetteer_id, place.lat, place.lon
            if what not in keys:
                keys[what] = _key(place)
            key = keys[what]
            mentions[key].append(place)
            statements[key].add(statement.id)
            claims[key].update([claim.id for claim in view.claims_of.get(statement.id, ())])
    found = [_gathered(view, key, mentions[key], claims[key], len(statements[key])) for key in mentions]
    found.sort(key=lambda place: (-len(place.claims), -place.statements, place.name.casefold(), place.id))
    return {place.id: place for place in found}


def _key(place: PlaceMention) -> str:
    """One place, one id: what the gazetteer calls it, else its point, else its name."""
    if not _has_point(place):
        return make_id("l", "name", " ".join(place.name.split()).casefold())
    return make_id("l", "place", place.gazetteer_id or f"{place.lat} {place.lon}")


def _has_point(place: PlaceMention) -> bool:
    return (
        place.lat is not None
        and place.lon is not None
        and math.isfinite(place.lat)
        and math.isfinite(place.lon)
        and abs(place.lat) <= 90
        and abs(place.lon) <= 180
    )


def _gathered(
    view: View, key: str, mentions: Iterable[PlaceMention], claims: Iterable[str], statements: int
) -> Gathered:
    """One place under the name that most statements give it, with what is known of it at its surest."""
    mentions = list(mentions)
    counts = Counter(" ".join(place.name.split()) for place in mentions)
    name = min(counts, key=lambda each: (-counts[each], each))
    best = min(mentions, key=lambda place: (place.precision_km if _known(place) else math.inf, -len(place.within)))
    return Gathered(
        id=key,
        name=name,
        lat=best.lat if _has_point(best) else None,
        lon=best.lon if _has_point(best) else None,
        precision_km=best.precision_km if _known(best) else None,
        within=best.within,
        claims=tuple(sorted(claims, key=lambda claim: (-view.claims[claim].origins, claim))),
        statements=statements,
    )


def _known(place: PlaceMention) -> bool:
    return place.precision_km is not None and math.isfinite(place.precision_km) and place.precision_km >= 0


def _drawn(place: Gathered, listed: bool) -> DrawnPlace:
    assert place.lat is not None, place.id
    assert place.lon is not None, place.id
    return DrawnPlace(place.id, place.name, place.lat, place.lon, place.precision_km, len(place.claims), listed)


def _place(view: View, place: Gathered) -> PlaceView:
    assert place.lat is not None, place.id
    assert place.lon is not None, place.id
    return PlaceView(
        id=place.id,
        name=place.name,
        lat=place.lat,
        lon=place.lon,
        precision_km=place.precision_km,
        within=place.within,
        claims=len(place.claims),
        statements=place.statements,
        named=_named(view, place),
    )


def _named(view: View, place: Gathered) -> tuple[ClaimRef, ...]:
    return tuple(claim_ref(view.claims[claim]) for claim in place.claims[:NAMED_CLAIMS])
