"""The same actor under other names across the reports of a ledger, without forcing anyone onto a name.

Two rules only, both of which need a single candidate: a bare surname goes to the one full name that ends in it, and a
body's short name to the one longer name that ends in it ("Defence Ministry" to "Belmark Defence Ministry").
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sayso.link.words import tokens
from sayso.model import Actor, ActorType, Extraction

_PEOPLE = (ActorType.PERSON, ActorType.UNKNOWN)


def canonical_actors(extractions: Iterable[Extraction]) -> Mapping[str, str]:
    """For each actor id the id that stands for all its spellings. Ids that have no other spelling map to themselves."""
    actors: dict[str, Actor] = {}
    for extraction in extractions:
        for actor in [c.actor for c in extraction.actors] + [s.actor for s in extraction.statements if s.actor]:
            known = actors.get(actor.id)
            if known is None or (known.type is ActorType.UNKNOWN and actor.type is not ActorType.UNKNOWN):
                actors[actor.id] = actor
    by_last: dict[str, list[Actor]] = {}
    for actor in sorted(actors.values(), key=lambda a: a.id):
        words = _words(actor)
        if words:
            by_last.setdefault(words[-1], []).append(actor)
    return {
        actor.id: _longer_name(actor, by_last.get(words[-1], ())) if (words := _words(actor)) else actor.id
        for actor in actors.values()
    }


def _longer_name(actor: Actor, candidates: Iterable[Actor]) -> str:
    own = _words(actor)
    if not actor.name[:1].isupper():
        return actor.id
    if actor.type in _PEOPLE and len(own) == 1:
        full = {c.id for c in candidates if c.type is ActorType.PERSON and len(_words(c)) in (2, 3)}
        return next(iter(full)) if len(full) == 1 else actor.id
    if actor.type is ActorType.ORGANIZATION and len(own) >= 2:
        full = {
            c.id for c in candidates if c.type is ActorType.ORGANIZATION and len(_words(c)) > len(own) and _words(c)[-len(own) :] == own
        }
        return next(iter(full)) if len(full) == 1 else actor.id
    return actor.id


def _words(actor: Actor) -> tuple[str, ...]:
    return tuple(w.casefold() for w in tokens(actor.name) if w.casefold() not in ("the", "a", "an", "of"))
