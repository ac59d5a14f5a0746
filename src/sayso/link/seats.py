"""What the world knows of actors, read from data: states and their seats, words in the names of bodies, first names.

The tables are ``data/actors_states.toml``, ``data/actors_words.toml`` and ``data/actors_known.toml``; to add something, add a
line there. All words are folded as `sayso.link.actors_names.fold` folds names.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from sayso.link.actors_names import fold, fold_all

Words = tuple[str, ...]


def _read(name: str) -> dict[str, Any]:
    with (files("sayso.link") / "data" / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


@dataclass(frozen=True)
class States:
    """``names`` and ``seats`` by their folded words, ``people`` by the word for a people; each leads to a state's name."""

    names: Mapping[Words, str]
    seats: Mapping[Words, str]
    people: Mapping[Words, str]


@lru_cache(maxsize=1)
def states() -> States:
    """The states of ``data/actors_states.toml``. A word that two states share ("Dominican") leads to neither."""
    rows = _read("actors_states")["state"]
    kinds = []
    for kind in ("names", "seats", "people"):
        found: dict[Words, set[str]] = defaultdict(set)
        for row in rows:
            for each in row[kind]:
                found[fold(each)].add(row["name"])
        kinds.append({words: next(iter(named)) for words, named in found.items() if len(named) == 1 and words})
    return States(*kinds)


@dataclass(frozen=True)
class BodyWords:
    """The lists of ``data/actors_words.toml``; what each says stands there."""

    same: Mapping[str, str]
    idle: frozenset[str]
    institutions: frozenset[str]
    fields: frozenset[str]
    kinds: frozenset[str]
    official: frozenset[str]
    apart: frozenset[str]
    offices: frozenset[str]
    of_office: frozenset[str]
    beside_office: frozenset[str]
    no_holder: frozenset[str]
    walks: Mapping[str, str]


@lru_cache(maxsize=1)
def body_words() -> BodyWords:
    read = _read("actors_words")
    same = {word: _one(line[0]) for line in read.pop("same") for word in map(_one, line)}
    walks = {_one(word): walk for walk, words in read.pop("walks").items() for word in words}
    return BodyWords(same=same, walks=walks, **{name: frozenset(map(_one, words)) for name, words in read.items()})


def _one(word: str) -> str:
    return " ".join(fold_all(word)) or word


@lru_cache(maxsize=1)
def first_names() -> Mapping[str, frozenset[int]]:
    """For each first name that has other forms, the numbers of the lines that it stands in."""
    return _lines(_read("actors_known")["first_names"], _one)


@lru_cache(maxsize=1)
def known_bodies() -> Mapping[Words, str]:
    """For each folded name of a body that the world knows by several, the first of them."""
    return {fold(name): line[0] for line in _read("actors_known")["bodies"] for name in line}


def _lines(lines: Iterable[Iterable[str]], key: Any) -> Mapping[str, frozenset[int]]:
    found: dict[str, set[int]] = defaultdict(set)
    for number, line in enumerate(lines):
        for word in line:
            found[key(word)].add(number)
    return {word: frozenset(numbers) for word, numbers in found.items()}


_LONGEST = 3  # words of a state's name that are looked for inside other words: "Democratic Republic Congo"
_GOVERNMENT = frozenset(("government", "authorities", "administration"))


@lru_cache(maxsize=50_000)
def state_named(words: Words) -> str | None:
    """The state that folded words name by itself, its people or its seat ("russian", "kremlin"), or None."""
    known = states()
    return known.names.get(words) or known.people.get(words) or known.seats.get(words)


def state_at(words: Sequence[str], at: int) -> tuple[str, int] | None:
    """The state that the words from ``at`` on name, and how many they are, the most that name one; or None."""
    for size in range(min(_LONGEST, len(words) - at), 0, -1):
        if state := state_named(tuple(words[at : at + size])):
            return state, size
    return None


@lru_cache(maxsize=50_000)
def government_of(words: Words) -> tuple[str, str] | None:
    """The state whose government a folded name stands for, and why: "Moscow", "Haitian government", "Norland"; or None."""
    known = states()
    if words in known.names:
        return known.names[words], f"stands for its government: {known.names[words]}"
    if words in known.seats:
        return known.seats[words], f"seat of government: {known.seats[words]}"
    if len(words) > 1:
        rest = words[:-1] if words[-1] in _GOVERNMENT else words[1:] if words[0] in _GOVERNMENT else ()
        if rest and (state := state_named(rest)):
            return state, f"the government of {state}"
    return None


def seat_of(words: Words) -> str | None:
    """The state, folded, whose government a folded name stands for ("the Kremlin", "Haitian government"), or None."""
    found = government_of(words)
    return " ".join(fold(found[0])) if found else None
