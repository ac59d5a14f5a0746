"""Where the outlet of a report is at home, as its name, its site's address and the editor's table tell it.

A paper of a small town names its towns as if there were no others: "Paris" in *The Paris News* is its own Paris. The name
itself may be that of several towns; which one, `places_choose` settles together with the report's other places, and an
outlet that the whole world reads is only one voice among them.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from importlib.resources import files
from math import log10
from typing import Any, Final

from sayso.extract.gazetteer import Gazetteer, Place, PlaceKind, countries, name_key
from sayso.extract.gazetteer_outlets import host_of, outlet_key, own_outlets
from sayso.extract.places_choose import GREAT_CITY, Home
from sayso.extract.places_words import CITIES

_WORDS: Final[dict[str, Any]] = tomllib.loads(
    files("sayso.extract").joinpath("data/places_outlet.toml").read_text("utf-8")
)
_PAPER_WORDS: Final = frozenset(_WORDS["paper_words"])
_ENGLISH: Final = frozenset(_WORDS["english"])
_ANYWHERE: Final = frozenset(_WORDS["anywhere"])
_ENDINGS: Final[dict[str, str]] = _WORDS["endings"]
_SHORTEST: Final = 4  # letters of a place in a name: below that it is initials
# In the units of `places_choose`. On LGL's even articles _PEOPLE was chosen, and _LAND and _OWN_NAME change hardly anything between
# a half and twice their values; _GREAT loses three of 3,024 toponyms of LGL ("Paris"), and keeps Moscow out of Idaho.
_PEOPLE: Final = 0.75  # for each factor of ten of people: small towns have papers too
_OWN_NAME: Final = 1.0  # over the places of which it is another name
_LAND: Final = (
    3.0  # in the country of the site's address or, where that tells none, in one whose own papers are in English
)
_GREAT: Final = 2.0  # a great city anywhere has papers in English too: The Moscow Times
_SURE: Final = 20.0  # what the editor says, and the country of an address
_LONGEST: Final = 24  # letters that are tried as several words
_MOST_PIECES: Final = 3  # words that a place in an address may run together: "lasvegassun"


def homes_of(
    outlet: str | None, url: str | None, gazetteer: Gazetteer, table: Mapping[str, Place | None] | None = None
) -> tuple[Home, ...]:
    """The places that an outlet may be of: what ``table`` says (the editor's, if left out); else those in its name, or where
    that tells none in the address of its site; else the country of that address."""
    host = host_of(url) or host_of(outlet)
    for key in _keys(outlet, host):
        known = own_outlets() if table is None else table
        if key in known:
            place = known[key]
            return (Home(name_key(place.name), ((place, _SURE),)),) if place is not None else ()
    country = _country(host)
    found = []
    for name in _in_words(outlet or "", gazetteer) or _in_host(host, gazetteer):
        key = name_key(name)
        places = [p for p in gazetteer.named(name) if p.kind is not PlaceKind.REGION]
        if key in CITIES:  # "Washington" is the city
            places = [p for p in places if p.id == CITIES[key]] or places
        if country:
            places = [p for p in places if p.country == country]  # "tass" of tass.ru is no town of Hungary
        if places:
            found.append(Home(key, tuple((p, _likelihood(p, key, country)) for p in places)))
    if not found and country:
        lands = [p for p in gazetteer.named(countries()[country]["name"]) if p.kind is PlaceKind.COUNTRY]
        return tuple(Home(name_key(land.name), ((land, _SURE),)) for land in lands[:1])
    return tuple(found)


def _keys(outlet: str | None, host: str) -> Iterator[str]:
    """What an outlet stands under in the editor's table: its name, its host, and the hosts above that."""
    if outlet:
        yield outlet_key(outlet)
    while "." in host:
        yield host
        host = host.partition(".")[2]


def _likelihood(place: Place, key: str, country: str) -> float:
    """What speaks for a paper of this name being of this place, in the units of `places_choose`."""
    score = _PEOPLE * log10(place.population + 10)
    if name_key(place.name) == key:
        score += _OWN_NAME
    if country or place.country in _ENGLISH:
        return score + _LAND
    return score + _GREAT if place.population >= GREAT_CITY else score


def _country(host: str) -> str:
    """The country of an address, where its ending tells one."""
    ending = host.rpartition(".")[2]
    if len(ending) != 2 or ending in _ANYWHERE:
        return ""
    code = _ENDINGS.get(ending, ending.upper())
    return code if code in countries() else ""


def _in_words(outlet: str, gazetteer: Gazetteer) -> list[str]:
    """The places in a name of words: "The Marwick and Velden Times"."""
    if host_of(outlet):
        return []
    parts = re.split(r"\s+(?:and|&)\s+|[-/]", outlet)
    return [name for part in parts if (name := _place_of(part.split(), gazetteer))]


def _place_of(words: list[str], gazetteer: Gazetteer) -> str | None:
    """The longest run of words that is a place and no word of papers only."""
    runs = sorted(
        ((i, j) for i in range(len(words)) for j in range(i + 1, len(words) + 1)), key=lambda r: (r[0] - r[1], r[0])
    )
    for i, j in runs:
        run = words[i:j]
        others = words[:i] + words[j:]
        if len("".join(run)) < _SHORTEST or all(w.lower() in _PAPER_WORDS for w in run):
            continue
        if not any(w.lower() in _PAPER_WORDS for w in others):  # "TASS" and "Metro" are called after no place
            continue
        name = " ".join(run)
        if gazetteer.named(name):
            return name
    return None


def _in_host(host: str, gazetteer: Gazetteer) -> list[str]:
    labels = host.split(".")[:-1]
    for label in sorted(labels, key=len, reverse=True):
        if found := _in_label(label, gazetteer):
            return found
    return []


def _in_label(label: str, gazetteer: Gazetteer) -> list[str]:
    """The places in a label of an address, which has no spaces: "theparisnews", "richmondandvelden-times"."""
    for core in _cores(label):
        if len(core) < _SHORTEST or core in _PAPER_WORDS:
            continue
        whole = _spelled(core, gazetteer)
        if whole:
            return [whole]
        for joint in re.finditer("and", core):
            both = [_spelled(part, gazetteer) for part in (core[: joint.start()], core[joint.end() :])]
            if all(both):
                return [name for name in both if name]
    return []


def _cores(label: str) -> list[str]:
    """What is left of a label when words of papers are taken off its ends, the longest first."""
    found, todo = set(), {label.replace("-", " ").strip()}
    while todo:
        core = todo.pop()
        if core in found:
            continue
        found.add(core)
        for word in _PAPER_WORDS:
            if core.startswith(word):
                todo.add(core.removeprefix(word).strip())
            if core.endswith(word):
                todo.add(core.removesuffix(word).strip())
    return sorted(found - {""}, key=lambda c: (-len(c), c))


def _spelled(core: str, gazetteer: Gazetteer) -> str | None:
    """The name as the gazetteer has it, with the spaces that an address leaves out."""
    return next(
        (name for name in _spaced(core, _MOST_PIECES) if len(core) >= _SHORTEST and gazetteer.named(name)), None
    )


def _spaced(core: str, pieces: int) -> Iterator[str]:
    yield core
    if pieces > 1 and " " not in core and len(core) <= _LONGEST:
        for i in range(3, len(core) - 2):
            for rest in _spaced(core[i:], pieces - 1):
                yield f"{core[:i]} {rest}"
