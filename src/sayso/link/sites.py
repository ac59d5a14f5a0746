"""Where a number holds: the places that its sentence names, and those that it is itself said of."""

from __future__ import annotations

import re

from sayso.link.actors_names import fold
from sayso.link.seats import state_named
from sayso.link.told import Told

_LOCATIVE = re.compile(
    r"\b(?:in|at|near|outside|around|inside|across)\s+(?:the\s+)?(?:\w+\s+(?:of\s+)?){0,2}$", re.IGNORECASE
)
_A = re.compile(r"\b(?:a|an)\s+$", re.IGNORECASE)  # "in a Kelmoran village" names no place
PLACE_WORDS = 3  # more capitals in a row are a caption that ran into a sentence
_NOT_PLACES = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december""".split()
)
_PLACE = re.compile(
    r"\b(?:in|at|near|outside|around|on|from|across|of)\s+(?:the\s+)?(?:\w+\s+(?:of|in)\s+)?((?:[A-Z][\w’'-]+)(?:[ -][A-Z][\w’'-]+)*)"
)
_ELSEWHERE = re.compile(
    r"\b(?:outside (?:of )?the (?:country|region|city|state)|(?:any|some|every)where else|elsewhere)\b", re.IGNORECASE
)
_OUTSIDE = re.compile(r"\b[Oo]utside (?:of )?(?:the )?((?:[A-Z][\w’'-]+)(?:[ -][A-Z][\w’'-]+)*)")


def sites_of(one: Told, clause: str, segment: str) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """The places of a number, those of them that the number itself is said of, and what these lie in.

    ``clause`` is its sentence and ``segment`` its part of it. Outside a country is another place than in it; outside a town is
    beside it.
    """
    text = one.report.text
    named = {
        p.name.casefold() for p in one.statement.places if not _A.search(text[max(0, p.span.start - 4) : p.span.start])
    }
    places = named or _not_of_speaker(one, _places(clause))
    local, wider = _local(one, segment, places)
    for country in _OUTSIDE.findall(clause):
        name = country.casefold()
        if is_country(country):
            places = (places - {name}) | {f"outside {name}"}
            local = (local - {name}) | ({f"outside {name}"} if country in segment else set())
    if _ELSEWHERE.search(segment):
        return frozenset({"elsewhere"}), frozenset({"elsewhere"}), frozenset()
    return frozenset(places), frozenset(local), wider


def is_country(place: str) -> bool:
    """Whether a place is a country, or all that is outside one."""
    return state_named(fold(place.removeprefix("outside "))) is not None


def _local(one: Told, segment: str, places: set[str]) -> tuple[frozenset[str], frozenset[str]]:
    """The places that the number is said of, and those that they lie in: "in Varn" beside it, or "In Varn, …" before it."""
    opening = _OPENS_IN.match(one.text)
    found = {p for p in places if opening and p == opening.group(1).casefold()}
    low = segment.casefold()
    for place in places:
        at = low.find(place)
        while at >= 0:
            if _LOCATIVE.search(segment[:at]):
                found.add(place)
            at = low.find(place, at + 1)
    wider = {w.casefold() for p in one.statement.places if p.name.casefold() in found for w in p.within}
    return frozenset(found - wider or found), frozenset(wider)  # "in Varn, Norland" is said of Varn


_OPENS_IN = re.compile(r"^(?:In|At|Near)\s+(?:the\s+)?((?:[A-Z][\w’'-]+)(?:[ -][A-Z][\w’'-]+)*),")


def _places(clause: str) -> set[str]:
    names = {
        m
        for m in _PLACE.findall(clause)
        if m.split()[0].casefold() not in _NOT_PLACES and len(re.split(r"[ -]", m)) <= PLACE_WORDS
    }
    return {name.casefold().removesuffix("'s").removesuffix("’s") for name in names}


def _not_of_speaker(one: Told, places: set[str]) -> set[str]:
    """Without the speaker's own name ("rests on the Brigade's word"), and without what only their title names ("the governor of
    Upper Varn said"): nobody died there by that."""
    title = _places(" ".join(span.of(one.report.text) for span in one.statement.source))
    named = set(one.party.name.casefold().split())
    told = one.text.casefold()
    kept = {p for p in places if not set(p.split()) <= named and (p not in title or p in told)}
    # A country that speaks and in which it happened: "one death has been confirmed in Norland".
    said = one.sentence.casefold()
    return kept | {p for p in places - title - kept if re.search(rf"\bin (?:the )?{re.escape(p)}\b", said)}
