"""Which side of a story each actor stands on: a proposal from what reports tell of them, which a person may correct.

    1. what a person said of it
    2. the state they belong to, or that the body they speak for belongs to
    3. the body they speak for, or their own name, where they contradict somebody of the story
    4. else nobody told: "unknown"

Two actors of one state are on one side even where they contradict each other: that is a quarrel within it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sayso.link.actors import Parties, Party
from sayso.link.judged import Judged

UNKNOWN = "unknown"
MOST_NAMED = 2  # of those whom an actor contradicts, in the reason

Held = tuple[int, str]
"""A story and the key of a party that speaks in it."""


@dataclass(frozen=True, slots=True)
class Side:
    """The side of one actor in one story, with the reasons in words."""

    name: str = UNKNOWN
    reasons: tuple[str, ...] = ()

    @property
    def known(self) -> bool:
        return self.name != UNKNOWN


def find_sides(
    held: Iterable[Held],
    against: Iterable[tuple[Held, Held]],
    parties: Parties,
    judged: Judged,
    stories: Mapping[str, int],
) -> dict[Held, Side]:
    """The side of every actor in every story it speaks in. ``against`` are pairs who contradict or deny each other."""
    opponents: dict[Held, set[str]] = defaultdict(set)
    for a, b in against:
        if a != b:
            opponents[a].add(b[1])
            opponents[b].add(a[1])
    set_by_people = _set_by_people(parties, judged, stories)
    found: dict[Held, Side] = {}
    for story, key in sorted(set(held)):
        party = parties.by_key.get(key)
        said = set_by_people.get((story, key)) or set_by_people.get((None, key))
        found[story, key] = said or _proposed(party, sorted(opponents[story, key]), parties)
    return found


def _set_by_people(parties: Parties, judged: Judged, stories: Mapping[str, int]) -> dict[tuple[int | None, str], Side]:
    found: dict[tuple[int | None, str], Side] = {}
    for correction in judged.corrections:
        story = stories.get(correction.report) if correction.report else None
        if correction.what != "side" or (correction.report and story is None):
            continue
        for key in parties.called(correction.actor):
            found[story, key] = Side(correction.value, (f"set by {correction.author}",))
    return found


def _proposed(party: Party | None, opponents: list[str], parties: Parties) -> Side:
    if party is None:
        return Side()
    if party.state:  # "Polish officials" have a side, whoever they are
        return Side(party.state, parties.affiliations[party.key].reasons)
    if not party.named or not opponents:
        return Side()
    bodies = [shown for _, shown in parties.bodies_of(party.key)]
    name = bodies[0] if len(bodies) == 1 and " and " not in party.name else party.name
    named = [parties.by_key[key].name for key in opponents if key in parties.by_key][:MOST_NAMED]
    reason = f"contradicts {' and '.join(named)}" if named else "contradicts others of the story"
    return Side(name, (*((f"speaks for {name}",) if name != party.name else ()), reason))
