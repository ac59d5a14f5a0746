"""Places as GeoJSON (RFC 7946): one feature for each place of each claim, to be drawn and filtered by status."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from sayso.account.labels import web_link
from sayso.ids import make_id
from sayso.model import Claim, Linked, PlaceMention, Report, Statement
from sayso.serve.exports.gathered import ClaimTexts, Told, claims_of_statements, without_text
from sayso.serve.exports.pieces import around
from sayso.shapes import Json

_DEGREE_DIGITS = 6  # about 10 cm: far finer than any gazetteer
TOLD_OF, SAID_IN = "told_of", "said_in"


@dataclass(slots=True)
class _Found:
    """A place with what is said of it, or in it, for one claim."""

    place: PlaceMention
    role: str
    claim: Claim | None
    statements: set[str] = field(default_factory=set)
    reports: dict[str, Report] = field(default_factory=dict)


def geojson(told: Iterable[Told], linked: Linked) -> Iterator[str]:
    """A FeatureCollection, sorted by the ids of its features.

    A place that no gazetteer knows has no geometry, which RFC 7946 allows: it is there to be read, and no map invents a
    point for it. Withdrawn reports give none.
    """
    found: dict[str, _Found] = {}
    claims, texts = claims_of_statements(linked), ClaimTexts(linked)
    for each in told:
        texts.hear(each)
        if each.withdrawn is None:
            for statement in each.extraction.statements:
                _put(found, each.report, statement, claims.get(statement.id, ()))
    yield from around(
        {"type": "FeatureCollection"}, "features", (_feature(key, found[key], texts) for key in sorted(found))
    )


def _put(found: dict[str, _Found], report: Report, statement: Statement, claims: tuple[Claim, ...]) -> None:
    places = [(TOLD_OF, place) for place in statement.places]
    places += [(SAID_IN, statement.said_in)] if statement.said_in else []
    for role, place in places:
        point = None if _point(place) is None else f"{place.lat} {place.lon}"
        for claim in claims or (None,):
            key = make_id("g", role, place.gazetteer_id or place.name.casefold(), point, claim.id if claim else None)
            entry = found.setdefault(key, _Found(place, role, claim))
            entry.statements.add(statement.id)
            entry.reports.setdefault(report.id, without_text(report))


def _feature(key: str, found: _Found, texts: ClaimTexts) -> Json:
    place, claim = found.place, found.claim
    reports = [found.reports[report] for report in sorted(found.reports)]
    published = sorted(report.published.value for report in reports if report.published)
    return {
        "type": "Feature",
        "id": key,
        "geometry": _point(place),
        "properties": {
            "name": place.name,
            "role": found.role,
            "precision_km": place.precision_km if _finite(place.precision_km) else None,
            "gazetteer_id": place.gazetteer_id,
            "within": list(place.within),
            "claim": claim.id if claim else None,
            "text": texts.of(claim) if claim else None,
            "status": claim.status.value if claim else None,
            "rule": claim.rule if claim else None,
            "origins": claim.origins if claim else None,
            "question": claim.question if claim else None,
            "statements": sorted(found.statements),
            "reports": [report.id for report in reports],
            "outlets": sorted({report.outlet for report in reports if report.outlet}),
            "urls": sorted({link for report in reports if (link := web_link(report.url))}),
            "first_published": published[0] if published else None,
            "last_published": published[-1] if published else None,
        },
    }


def _point(place: PlaceMention) -> Json | None:
    """Longitude comes first."""
    if not (_finite(place.lat) and _finite(place.lon)) or place.lat is None or place.lon is None:
        return None
    if abs(place.lat) > 90 or abs(place.lon) > 180:
        return None
    return {"type": "Point", "coordinates": [round(place.lon, _DEGREE_DIGITS), round(place.lat, _DEGREE_DIGITS)]}


def _finite(value: float | None) -> bool:
    return value is not None and math.isfinite(value)
