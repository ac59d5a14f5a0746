"""Which of the places of one name a report means.

Each name has a few readings. A reading gains from the people who live there, from a container named beside it
("Paris, Texas"), and from the company of the report's other places: those it may lie near, those of its state and its
country, each as far as it is likely itself. So a report of one county finds that county, though every name in it is
borne by a greater town elsewhere. Where the outlet may be at home is one more place of that company. One name has one
reading in a report, unless a container beside it says otherwise.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import log10
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sayso.extract.gazetteer import Place, PlaceKind, distance_km, name_key

# Weights tuned on the even articles of LGL and GeoVirus (benchmarks/places.py) and on sets of well-known towns that news
# names together; a unit is a factor of ten in population.
_KIND_BONUS: Final = {PlaceKind.COUNTRY: 5.0, PlaceKind.REGION: 1.9, PlaceKind.STATE: 2.2, PlaceKind.COUNTY: 0.9}
_LARGE: Final = frozenset({PlaceKind.COUNTRY, PlaceKind.STATE, PlaceKind.REGION})
_GREAT_STATE: Final = 1_000_000  # people; a division of so many is told of as often as a town
GREAT_CITY: Final = 500_000  # people; known abroad by its name alone
_CITY_BONUS: Final = 1.6
_STATE_BONUS: Final = 2.0
_OF_TOWN: Final = {
    PlaceKind.COUNTRY: 3.0,
    PlaceKind.STATE: 1.5,
}  # against these, for each use: "a Texas man" is said of states too
_OWN_NAME: Final = 0.85  # over the places of which it is another name
_CONTAINER: Final = 4.5
_CONTENTS: Final = 5.0
_FAVOURED: Final = 5.0
_NEAR: Final = 1.85  # a place has neighbours among the report's others
_NEAR_KM: Final = 50.0
_STATE: Final = 2.4
_COUNTRY: Final = 1.8
_FEW: Final = 0.6  # names that tell nothing yet of a country: one alone is little
_STORY: Final = 1.0
_HOME: Final = 1.4  # the outlet's own place, as company: as much as a place named twice
_NAMESAKE: Final = 6.0  # the place that its outlet is called after, under that name
_NO_HOME: Final = 6.5  # the score of an outlet's name that is none of a place
_ENOUGH: Final = 0.35  # neighbours that make the company nearly as good as it gets
_ROUNDS: Final = 4  # after which the readings no longer change
_READINGS: Final = 16  # readings of a name that are weighed; the rest have few people and no other claim
_NAMES: Final = 60  # names whose company is weighed in one report; what comes later is read by theirs


@dataclass(frozen=True, slots=True)
class Choice:
    """A name as one report uses it: its readings, those of the container told beside it, and those of what it
    contains.

    ``favoured`` is the id of what the name means where nothing speaks against it. ``of_town`` is said as of a town
    ("a Lebanon man"), not of a country.
    """

    key: str
    readings: tuple[Place, ...]
    containers: tuple[Place, ...] = ()
    contents: tuple[Place, ...] = ()
    favoured: str | None = None
    of_town: bool = False


# A name with its readings and those of the container told beside it: what one reading is chosen for. "The region of Velden"
# and "Velden" have one key and other readings.
_Name = tuple[str, tuple[Place, ...], tuple[Place, ...]]


@dataclass(frozen=True, slots=True)
class Home:
    """Where the outlet may be at home: the places of a name, each with what speaks for it before the report is read."""

    key: str
    readings: tuple[tuple[Place, float], ...]


def choose(
    choices: Sequence[Choice], story: Mapping[str, float] | None = None, homes: Sequence[Home] = ()
) -> list[Place | None]:
    """One reading for each of ``choices``; None for a name that nothing knows.

    ``story`` tells how surely, from 0 to 1, the report is of a country, by its words alone. ``homes`` are places that its
    outlet may be of: they keep the others company, as a place named in the report would.
    """
    choices = [_with_containers(c) for c in choices]
    scores = _scores(choices, story or {})
    chosen = _in_company(scores, Counter(map(_name, choices)), homes) if scores else {}
    # A container told once holds for every use of the name; where two are told, for those uses alone.
    told: dict[str, set[Place]] = {}
    for (key, _, containers), place in chosen.items():
        if containers:
            told.setdefault(key, set()).add(place)
    return [
        next(iter(told[c.key]))
        if not c.containers and c.readings and len(told.get(c.key, ())) == 1 and next(iter(told[c.key])) in c.readings
        else chosen.get(_name(c))
        for c in choices
    ]


def _with_containers(choice: Choice) -> Choice:
    """Of what stands beside a name, what holds a place of that name: in "Paris, London" nothing does."""
    kept = tuple(c for c in choice.containers if any(holds(c, p) for p in choice.readings))
    return replace(choice, containers=kept)


def _name(choice: Choice) -> _Name:
    return choice.key, choice.readings, choice.containers


def _scores(choices: Sequence[Choice], story: Mapping[str, float]) -> dict[_Name, dict[Place, float]]:
    """What speaks for each reading of a name, but for the report's other places."""
    scores: dict[_Name, dict[Place, float]] = {}
    for choice in choices:
        if not choice.readings:
            continue
        name = _name(choice)
        if name not in scores:
            scores[name] = {p: _alone(p, choice) + _STORY * story.get(p.country, 0.0) for p in _shortlist(choice)}
        for place in scores[name]:
            if choice.of_town:
                scores[name][place] -= _OF_TOWN.get(place.kind, 0.0) if place.country != "US" else 0.0
            if place.kind in _LARGE and any(holds(place, inner) for inner in choice.contents):  # "Atlanta, Georgia"
                scores[name][place] += _CONTENTS
    return scores


def _shortlist(choice: Choice) -> list[Place]:
    inside = [p for p in choice.readings if any(holds(c, p) for c in choice.containers)]
    return list(dict.fromkeys([*inside[:_READINGS], *choice.readings[:_READINGS]]))


def _alone(place: Place, choice: Choice) -> float:
    score = log10(place.population + 10) + _KIND_BONUS.get(place.kind, 0.0)
    if name_key(place.name) == choice.key:
        score += _OWN_NAME
    if place.kind is PlaceKind.STATE and place.population >= _GREAT_STATE:
        score += _STATE_BONUS
    if place.kind is PlaceKind.CITY and place.population >= GREAT_CITY:
        score += _CITY_BONUS
    if choice.favoured and place.id == choice.favoured:
        score += _FAVOURED
    if any(holds(c, place) for c in choice.containers):
        score += _CONTAINER
    return score


def holds(container: Place, place: Place) -> bool:
    """Whether a place lies in another, as far as their points and codes tell."""
    if container is place or container.country != place.country:
        return False
    if container.kind is PlaceKind.COUNTRY:
        return True
    if container.kind in (PlaceKind.REGION, PlaceKind.COUNTY) and container.admin1 in ("", place.admin1):
        return distance_km(container, place) <= container.precision_km
    if container.admin1 != place.admin1 or not container.admin1:
        return False
    if container.kind is PlaceKind.STATE:
        return True
    # "Brooklyn, New York"; in "Marwick, Kelby and Velden" a hamlet holds no town.
    return container.population > place.population and distance_km(container, place) <= 3 * container.precision_km


def _in_company(
    scores: Mapping[_Name, dict[Place, float]], uses: Mapping[_Name, int], homes: Sequence[Home]
) -> dict[_Name, Place]:
    """The reading of each name that fares best among the likely readings of the others and of the outlet's name."""
    names = list(scores)
    n = len(names)
    readings = [list(scores[name].items()) for name in names] + [list(home.readings) for home in homes]
    places = [place for each in readings for place, _ in each]
    alone = np.array([score for each in readings for _, score in each])
    owner = np.repeat(np.arange(len(readings)), [len(each) for each in readings])
    theirs = int(np.searchsorted(owner, n))  # of the readings of homes, which come last
    # A home may be no place at all ("The Sun"); what a report names is one.
    doubt = np.array([-np.inf] * n + [_NO_HOME] * len(homes))
    heard = (owner < _NAMES) | (owner >= n)
    # Another name of the same spelling is no company, nor is a country near anything. But a paper that is called after Paris
    # and speaks of Paris speaks of the one that it is of; which that is, "Paris" and "southern Paris" do not tell.
    keys = [name[0] for name in names] + [home.key for home in homes]
    spelling = np.unique(keys, return_inverse=True)[1][owner]
    weight = np.array([min(uses[name], 4) ** 0.5 for name in names] + [_HOME] * len(homes))[owner]
    company = (spelling[:, None] != spelling[None, heard]) * weight[heard]
    namesake = _namesakes(places, owner, n)
    for home in range(n, len(readings)):
        its = np.unique(owner[namesake[:, owner[theirs:] == home].any(axis=1)])
        company[owner == home] *= ~np.isin(owner[heard], its)
    near = _nearness(places, heard) * company
    country = _same([p.country for p in places], heard) * company
    state = _same([p.country + p.admin1 if p.admin1 else "" for p in places], heard) * company
    total = alone
    for _ in range(_ROUNDS):
        belief, sure = _belief(total, owner, doubt)
        belief = belief[heard]
        total = (
            alone
            + _NAMESAKE * (namesake @ sure[theirs:])
            + _NEAR * _enough(near @ belief)
            + _STATE * _enough(state @ belief / 2)
        )
        total = total + _COUNTRY * _share(country @ belief, company @ belief)
    first = np.searchsorted(owner, np.arange(n + 1))
    return {name: places[a + int(np.argmax(total[a:b]))] for name, a, b in zip(names, first, first[1:], strict=False)}


Numbers = NDArray[np.float64]


def _nearness(places: Sequence[Place], heard: NDArray[np.bool_]) -> Numbers:
    """Of each place (row) to each that is heard (column): 1 side by side, falling with the distance; 0 to what is wide."""
    lat, lon = (np.radians(np.array([getattr(p, side) for p in places], dtype=float)) for side in ("lat", "lon"))
    h = (
        np.sin((lat[:, None] - lat[heard]) / 2) ** 2
        + np.cos(lat)[:, None] * np.cos(lat[heard]) * np.sin((lon[:, None] - lon[heard]) / 2) ** 2
    )
    km = 12742 * np.arcsin(np.sqrt(np.minimum(h, 1)))
    small = np.array([p.kind in (PlaceKind.CITY, PlaceKind.COUNTY) or p.precision_km < 100 for p in places])
    found: Numbers = np.exp(-km / _NEAR_KM) * small[:, None] * small[heard]
    return found


def _same(values: Sequence[str], heard: NDArray[np.bool_]) -> Numbers:
    """1 where a value is told and is that of what is heard."""
    codes = np.unique(values, return_inverse=True)[1]
    told = np.array([bool(v) for v in values])
    found: Numbers = ((codes[:, None] == codes[heard]) & told[:, None] & told[heard]).astype(float)
    return found


def _namesakes(places: Sequence[Place], owner: NDArray[np.int64], names: int) -> Numbers:
    """Where a reading of a name (row) and one of the outlet's name (column) are one place."""
    at: dict[Place, list[int]] = {}
    for i, place in enumerate(places):
        if owner[i] < names:
            at.setdefault(place, []).append(i)
    homes = [place for i, place in enumerate(places) if owner[i] >= names]
    found: Numbers = np.zeros((len(places), len(homes)))
    for column, place in enumerate(homes):
        found[at.get(place, []), column] = 1.0
    return found


def _belief(total: Numbers, owner: NDArray[np.int64], doubt: Numbers) -> tuple[Numbers, Numbers]:
    """How likely each reading is among those of its name, and beside the likeliest; ``doubt`` is the score of its being no
    place."""
    best = doubt.copy()
    np.maximum.at(best, owner, total)
    weight: Numbers = np.exp(total - best[owner])
    found: Numbers = weight / (np.bincount(owner, weight, len(doubt)) + np.exp(doubt - best))[owner]
    return found, weight


def _enough(support: Numbers) -> Numbers:
    found: Numbers = 1 - np.exp(-support / _ENOUGH)
    return found


def _share(part: Numbers, whole: Numbers) -> Numbers:
    found: Numbers = part / (whole + _FEW)
    return found
