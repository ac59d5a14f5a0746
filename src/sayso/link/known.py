"""Actors and stories as records: what was brought together, with its reasons, for people and programs to look at."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from sayso.link.actors import Parties, find_parties
from sayso.link.judged import read_judgements
from sayso.link.origins import is_family_only
from sayso.link.sides import Held, find_sides
from sayso.link.stories import find_stories
from sayso.model import (
    ActorType,
    Extraction,
    Judgement,
    KnownActor,
    Linked,
    Membership,
    RelationKind,
    Report,
    Story,
    TakenSide,
)

_OPENING = 80  # characters of a text that stand for the title of a report without one


def known_stories(reports: Sequence[Report], linked: Linked) -> tuple[Story, ...]:
    """The stories of these reports, by id."""
    return tuple(sorted(_stories(reports, _numbers(reports, linked)).values(), key=lambda s: s.id))


def _stories(reports: Sequence[Report], numbers: Mapping[str, int]) -> dict[int, Story]:
    groups: dict[int, list[Report]] = defaultdict(list)
    for report in sorted(reports, key=lambda r: (r.published.value if r.published else "~", r.id)):
        groups[numbers[report.id]].append(report)
    return {number: _story(group) for number, group in groups.items()}


def _story(group: Sequence[Report]) -> Story:
    first = next((r for r in group if r.title), group[0])
    ids = tuple(sorted(r.id for r in group))
    times = sorted(r.published.value for r in group if r.published)
    title = first.title or " ".join(first.text[: 2 * _OPENING].split())[:_OPENING]
    return Story(Story.make_id(reports=ids), title, ids, times[0] if times else None, times[-1] if times else None)


def _numbers(reports: Sequence[Report], linked: Linked) -> dict[str, int]:
    """The story of each report, by its id."""
    edges = [edge for origin in linked.origins for edge in origin.edges if not is_family_only(edge)]
    return find_stories(sorted(reports, key=lambda r: r.id), [(e.derived, e.base) for e in edges])


def known_actors(
    reports: Sequence[Report],
    extractions: Sequence[Extraction],
    linked: Linked,
    *,
    judgements: Sequence[Judgement] = (),
) -> tuple[KnownActor, ...]:
    """Every actor of these reports, by id; the same for every order in which the reports are given."""
    judged = read_judgements(judgements)
    ordered = sorted(reports, key=lambda r: r.id)
    numbers = _numbers(ordered, linked)
    read = [x for x in extractions if x.report in numbers]
    # As linking does it, which knows no derivations yet: the actors must be the same.
    parties = find_parties(read, judged=judged, stories=find_stories(ordered))
    held = [(numbers[member.report], key) for key, members in parties.members.items() for member in members]
    sides = find_sides(held, _against(read, linked, parties, numbers), parties, judged, numbers)
    stories = _stories(ordered, numbers)
    taken: dict[str, list[TakenSide]] = defaultdict(list)
    for (number, key), side in sides.items():
        taken[key].append(TakenSide(stories[number].id, side.name, side.reasons))
    made = [_actor(key, parties, sorted(taken[key], key=lambda t: t.story)) for key in parties.members]
    return tuple(sorted(made, key=lambda a: a.id))


def _actor(key: str, parties: Parties, sides: Sequence[TakenSide]) -> KnownActor:
    party, members = parties.by_key[key], parties.members[key]
    counts = Counter(m.actor.type for m in members)
    counts[ActorType.UNKNOWN] = 0 if len(counts) > 1 else counts[ActorType.UNKNOWN]
    kind = min(counts, key=lambda k: (-counts[k], k.value))
    return KnownActor(
        id=KnownActor.make_id(key=key),
        name=party.name,
        type=kind,
        names=tuple(sorted({m.actor.name for m in members})),
        members=tuple(
            Membership(m.report, m.actor.id, m.actor.name, "; ".join(m.roles) or m.actor.role, *parties.joined[m.place])
            for m in members
        ),
        bodies=tuple(sorted({shown for _, shown in parties.bodies_of(key)})),
        state=party.state,
        sides=tuple(sides),
    )


def _against(
    extractions: Sequence[Extraction], linked: Linked, parties: Parties, numbers: Mapping[str, int]
) -> list[tuple[Held, Held]]:
    """Who contradicts or denies whom, in which story, as the claims of the ledger stand to each other."""
    who: dict[str, Held] = {}
    for extraction in extractions:
        for statement in extraction.statements:
            if statement.actor is not None:
                key = parties.by_place[extraction.report, statement.actor.id].key
                who[statement.id] = numbers[extraction.report], key
    claims = {claim.id: [who[s] for s in claim.statements if s in who] for claim in linked.claims}
    return [
        (a, b)
        for relation in linked.relations
        if relation.kind in (RelationKind.CONTRADICTS, RelationKind.DENIES)
        for a in claims.get(relation.from_claim, ())
        for b in claims.get(relation.to_claim, ())
        if a[1] != b[1]
    ]
