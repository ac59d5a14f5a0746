"""How many independent origins does one claim have? Not how many pages: how many ways of knowing.

    1. what one actor said is one origin, however many outlets carry it and however often it is said again
    2. what came through one agency, channel or outlet is one origin
    3. an outlet's own reporting is one origin, together with all the reports that derive from it
    4. the same words at length are one utterance, whoever is named for them
    5. one outlet is one origin, unless one report of it has two people by name say the thing
    6. unnamed people are one origin, that of the first named speaker if there is one
    7. a bare number in an outlet's voice rests on whoever gave that number

When unsure, dependent: each statement has every key that fits, and statements that share a key are one origin.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from sayso.link.actors import same_party
from sayso.link.answers import verbatim
from sayso.link.credits import key
from sayso.link.passages import QUOTED_WORDS
from sayso.link.told import Told
from sayso.model import ActorType, HopKind


@dataclass(frozen=True, slots=True)
class UtteranceOrigin:
    """One independent way in which a claim is known: the statements that rest on it, and why they are one."""

    statements: tuple[str, ...]
    reasons: tuple[str, ...]
    first_hand: bool


def utterance_origins(
    statements: Sequence[Told], origin_of: Mapping[str, str], *, figure: bool = False
) -> tuple[UtteranceOrigin, ...]:
    """The independent origins of a claim. ``origin_of`` gives the origin id of every report; ``figure`` says that the claim
    is a number, which an outlet does not count by itself."""
    keys = {t.id: _keys(t, origin_of) for t in statements}
    spoken = [t for t in statements if not t.voice]
    if figure and spoken:
        giver = next(iter(keys[min(spoken, key=lambda t: t.order).id]))
        for one in statements:
            if one.voice:
                keys[one.id] = {**keys[one.id], giver: "a number in the outlet's voice rests on whoever gave it"}
    named = [t for t in statements if not t.voice and t.party.named]
    if named:
        first = next(iter(keys[min(named, key=lambda t: t.order).id]))
        for one in statements:
            if not one.voice and not one.party.named:
                keys[one.id] = {**keys[one.id], first: "unnamed, so perhaps the named speaker or on their word"}
    for one in statements:
        for other in spoken:
            if one.voice and one.report.outlet == other.report.outlet:
                keys[one.id] = {
                    **keys[one.id],
                    next(iter(keys[other.id])): "told in its own voice by an outlet that has it from them",
                }
    for a, b in combinations(named, 2):
        mine, theirs = set(a.party.key.split()), set(b.party.key.split())
        if a.party.key != b.party.key and (mine <= theirs or theirs <= mine):
            keys[a.id] = {**keys[a.id], next(iter(keys[b.id])): "one name holds the other"}
    for a, b in combinations(statements, 2):
        if min(len(a.words.tokens), len(b.words.tokens)) >= QUOTED_WORDS and verbatim(a.words, b.words):
            keys[a.id] = {
                **keys[a.id],
                next(iter(keys[b.id])): "word for word the same: one utterance, whoever is named for it",
            }
    for a, b in combinations(statements, 2):
        if a.report.outlet is not None and a.report.outlet == b.report.outlet and not _two_people(a, b):
            keys[a.id] = {**keys[a.id], next(iter(keys[b.id])): "one outlet, perhaps one utterance under two names"}
    for one in statements:
        if one.twin is not None:
            repeated, why = f"words {one.twin.id}", "a sentence taken over from the report that its report derives from"
            for taken in {one.id, one.twin.id} & keys.keys():
                keys[taken] = {**keys[taken], repeated: why}
    by_report: dict[str, list[Told]] = defaultdict(list)
    for one in statements:
        by_report[one.report.id].append(one)
    for a, b in (pair for there in by_report.values() for pair in combinations(there, 2)):
        if any(x.overlaps(y) for x in a.statement.content for y in b.statement.content):
            same = f"words {min(a.id, b.id)}"
            keys[a.id] = {**keys[a.id], same: "the same words of one report"}
            keys[b.id] = {**keys[b.id], same: "the same words of one report"}
    holders: dict[str, list[str]] = defaultdict(list)
    home = {t.id: t.id for t in statements}

    def root(identifier: str) -> str:
        while home[identifier] != identifier:
            identifier = home[identifier]
        return identifier

    for identifier in sorted(keys):
        for name in keys[identifier]:
            holders[name].append(identifier)
    for _, held in sorted(holders.items()):
        head, *others = sorted({root(i) for i in held})
        for root_id in others:
            home[root_id] = head
    groups: dict[str, list[Told]] = defaultdict(list)
    for one in sorted(statements, key=lambda t: t.id):
        groups[root(one.id)].append(one)
    found = []
    for members in groups.values():
        reasons = sorted(
            {why for t in members for name, why in keys[t.id].items() if len(holders[name]) > 1 or len(members) == 1}
        )
        found.append(
            UtteranceOrigin(tuple(t.id for t in members), tuple(reasons), any(is_first_hand(t) for t in members))
        )
    return tuple(sorted(found, key=lambda o: o.statements))


def _two_people(a: Told, b: Told) -> bool:
    """Whether one report has two named people say a thing, each for themselves."""
    people = all(
        t.statement.actor is not None and t.statement.actor.type is ActorType.PERSON and t.party.named for t in (a, b)
    )
    return people and a.report.id == b.report.id and same_party(a.party, b.party) is None


def is_first_hand(one: Told) -> bool:
    """Said by a named actor, or reported by an outlet in its own name with no relay: not passed on by an unknown."""
    return one.party.named and not (one.voice and one.statement.relay)


def _keys(one: Told, origin_of: Mapping[str, str]) -> dict[str, str]:
    """Every origin that a statement may have, with the reason."""
    found: dict[str, str] = {}
    if not one.voice:
        if one.party.named:
            found[f"actor {one.party.key}"] = f"said by {one.party.name}"
            for body in sorted(one.party.bodies):
                if len(body.split()) > 1:
                    found[f"actor {body}"] = f"said for {body}"
        else:
            found["unnamed"] = "said by unnamed people: taken as the same ones"
    for hop in one.statement.relay:
        if hop.kind in (HopKind.AGENCY, HopKind.CHANNEL) or one.voice:
            found[f"relay {key(hop.name)}"] = f"through {hop.name}"
    if one.voice and not one.statement.relay:
        origin = origin_of.get(one.report.id, one.report.id)
        found[f"origin {origin}"] = "the outlet's own reporting"
        found[one.party.key] = f"{one.party.name}'s own reporting"
    elif not one.party.named:
        found[f"origin {origin_of.get(one.report.id, one.report.id)}"] = (
            "unnamed people in reports that go back to one another"
        )
    return found
