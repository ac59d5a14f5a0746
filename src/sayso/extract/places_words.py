"""The words that tell a place name from a person, a body or a people (`data/places_words.toml`)."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files
from typing import Any, Final

_WORDS: Final[dict[str, Any]] = tomllib.loads(
    files("sayso.extract").joinpath("data/places_words.toml").read_text("utf-8")
)


def _set(name: str) -> frozenset[str]:
    return frozenset(_WORDS[name])


PREPOSITIONS: Final = _set("prepositions")
SURE: Final = _set("sure_prepositions")
WEAK: Final = _set("weak_prepositions")
PLACE_NOUNS: Final = _set("place_nouns")
SETTLED: Final = _set("settlements")
# Between a place and the one it is measured from: ", some 12 km (7 miles)", as a pattern.
DISTANCE: Final = r",?\s*(?:(?:about|some|around|roughly|nearly|just)\s+)?\d[\d.,]*\s*(?:km|kms|kilomet(?:er|re)s?|miles?)\b(?:\s*\([^)]{1,20}\))?"
AREAS: Final = _set("areas")
SMALL_AREAS: Final = _set("small_areas")
FEATURES: Final = _set("features")
DIRECTIONS: Final = _set("directions")
SAYING: Final = _set("saying")
NEVER: Final = _set("never")
TITLES: Final = _set("titles")
BODIES: Final = _set("local_bodies")
NAMED_BODIES: Final = _set("named_bodies")
BODIES_OF: Final = _set("bodies_of")
PEOPLE: Final = _set("local_people")
NAMED_AFTER: Final = _set("named_after")
PARTIES: Final = _set("parties")
GIVEN_NAMES: Final = _set("given_names")
STREETS: Final = _set("streets")
STATES: Final[dict[str, str]] = _WORDS["us_states"]
POSTAL: Final[dict[str, str]] = _WORDS["us_postal"]
CITIES: Final[dict[str, str]] = _WORDS["cities"]
PLACE_ENTITIES: Final = frozenset({"GPE", "LOC"})  # spaCy's labels
LIST: Final = re.compile(r"\s*(?:,|;|,?\s+and|,?\s+or)\s+")
DATELINE: Final = re.compile(r"\s*(?:,\s*[A-Z][\w. ]{1,20})?\s*(?:\([A-Z][\w ./]{1,24}\)\s*)?(?:--+|[-–—])\s")
COUNTRY_WORDS: Final = {
    word: (code, re.compile(rf"(?<!\w){re.escape(word)}(?!\w)" if word[0].isalpha() else re.escape(word)))
    for code, words in _WORDS["country_words"].items()
    for word in words
}
