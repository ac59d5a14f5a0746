"""Which of the places of one name a report means.

Each name has a few readings. A reading gains from the people who live there, from a container named beside it
("Paris, Texas"), from the countries and states that the report names, and from lying near the report's other
places. One name has one reading in a report, unless a container beside it says otherwise.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, log10
from typing import Final

from sayso.extract.gazetteer import Place, PlaceKind, distance_km, name_key

# Weights tuned on LGL and GeoVirus (benchmarks/places.py); a unit is a factor of ten in population.
_COUNTRY_BONUS: Final = 5.0
_OWN_NAME: Final = 0.7  # over the places of which it is another name
_CONTAINER: Final = 8.0
_CONTENTS: Final = 4.0
_FAVOURED: Final = 5.0
_SHARED_COUNTRY: Final = 1.5
_SHARED_STATE: Final = 2.0
_NEARNESS: Final = 2.5
_NEAR_KM: Final = 120.0
_READINGS: Final = 12  # readings of a name that are weighed; the rest have few people and no other claim
_NEIGHBOURS: Final = 24


@dataclass(frozen=True, slots=True)
class Choice:
    """A name as one report uses it: its readings, those of the container told beside it, and those of what it
    contains.

    ``favoured`` is the country and first-order code that the name means where nothing speaks against it.
    """

    key: str
    readings: tuple[Place, ...]
    containers: tuple[Place, ...] = ()
    contents: tuple[Place, ...] = ()
    favoured: tuple[str, str] | None = None


# A name with the readings of the container told beside it: what one reading is chosen for.
_Name = tuple[str, tuple[Place, ...]]


def choose(choices: Sequence[Choice]) -> list[Place | None]:
    """One reading for each of ``choices``; None for a name that nothing knows."""
    uses = Counter((c.key, c.containers) for c in choices)
    scores = _scores(choices)
    chosen = {name: max(readings, key=lambda p: readings[p]) for name, readings in scores.items()}
    for _ in range(2):  # the first choice weighs the company of the second
        chosen = _in_company(chosen, scores, uses)
    # A container told once holds for every use of the name.
    told = {key: place for (key, containers), place in chosen.items() if containers}
    return [
        chosen.get((c.key, c.containers)) if c.containers else told.get(c.key, chosen.get((c.key, ()))) for c in choices
    ]


def _scores(choices: Sequence[Choice]) -> dict[_Name, dict[Place, float]]:
    """What speaks for each reading of a name, but for the report's other places."""
    scores: dict[_Name, dict[Place, float]] = {}
    for choice in choices:
        if not choice.readings:
            continue
        name = (choice.key, choice.containers)
        if name not in scores:
            scores[name] = {p: _alone(p, choice.containers) + _by_name(p, choice) for p in _shortlist(choice)}
        for place in scores[name]:
            if any(_holds(place, inner) for inner in choice.contents):  # "Atlanta, Georgia"
                scores[name][place] += _CONTENTS
    return scores


def _in_company(
    chosen: Mapping[_Name, Place], scores: Mapping[_Name, dict[Place, float]], uses: Mapping[_Name, int]
) -> dict[_Name, Place]:
    """The readings chosen anew, given those chosen so far for all the names."""
    countries: defaultdict[str, float] = defaultdict(float)
    states: defaultdict[tuple[str, str], float] = defaultdict(float)
    for name, place in chosen.items():
        weight = uses[name] ** 0.5  # a place named ten times does not decide alone
        countries[place.country] += weight
        if place.admin1:
            states[place.country, place.admin1] += weight
    total = sum(countries.values()) or 1
    neighbours = list(chosen.items())[:_NEIGHBOURS]
    again: dict[_Name, Place] = {}
    for name, readings in scores.items():
        others = [p for other, p in neighbours if other[0] != name[0] and p.kind is not PlaceKind.COUNTRY]
        own = chosen[name]
        weighed = {p: score + _company(p, own, countries, states, total, others) for p, score in readings.items()}
        again[name] = max(weighed, key=lambda p: weighed[p])
    return again


def _shortlist(choice: Choice) -> list[Place]:
    inside = [p for p in choice.readings if any(_holds(c, p) for c in choice.containers)]
    return list(dict.fromkeys([*inside, *choice.readings[:_READINGS]]))


def _by_name(place: Place, choice: Choice) -> float:
    score = _OWN_NAME if name_key(place.name) == choice.key else 0.0
    return score + (_FAVOURED if (place.country, place.admin1) == choice.favoured else 0.0)


def _alone(place: Place, containers: tuple[Place, ...]) -> float:
    score = log10(place.population + 10)
    if place.kind is PlaceKind.COUNTRY:
        score += _COUNTRY_BONUS
    elif place.kind is PlaceKind.REGION:
        score += _COUNTRY_BONUS / 2
    elif place.kind is PlaceKind.STATE:
        score += 1.5
    elif place.kind is PlaceKind.COUNTY:
        score += 0.5
    if any(_holds(c, place) for c in containers):
        score += _CONTAINER
    return score


def _holds(container: Place, place: Place) -> bool:
    if container is place or container.country != place.country:
        return False
    if container.kind is PlaceKind.COUNTRY or (bool(container.admin1) and container.admin1 == place.admin1):
        return True
    return container.kind is PlaceKind.REGION and distance_km(container, place) <= container.precision_km


def _company(
    place: Place,
    own: Place,
    countries: Mapping[str, float],
    states: Mapping[tuple[str, str], float],
    total: float,
    others: Sequence[Place],
) -> float:
    same_country = countries.get(place.country, 0.0) - (1 if own.country == place.country else 0)
    same_state = states.get((place.country, place.admin1), 0.0) - (
        1 if (own.country, own.admin1) == (place.country, place.admin1) else 0
    )
    score = _SHARED_COUNTRY * max(same_country, 0) / total
    if place.admin1:
        score += _SHARED_STATE * min(1.0, max(same_state, 0) / 2)
    if place.kind is not PlaceKind.COUNTRY and others:
        score += _NEARNESS * max(exp(-distance_km(place, other) / _NEAR_KM) for other in others)
    return score
