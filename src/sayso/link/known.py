"""Actors and stories as records: what was brought together, with its reasons, for people and programs to look at."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from sayso.link.actors import Parties, find_parties
from sayso.link.judged import read_judgements
from sayso.link.sides import Held, find_sides
from sayso.link.story_titles import story_title
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


def known_stories(reports: Sequence[Report], stories: Mapping[str, str]) -> tuple[Story, ...]:
    """The stories of these reports, by id; ``stories`` holds the id of the story of each report."""
    ordered = sorted(reports, key=lambda r: (r.published.value if r.published else "~", r.id))
    groups: dict[str, list[Report]] = defaultdict(list)
    for report in ordered:
        groups[stories[report.id]].append(report)
    return tuple(_story(story, groups[story]) for story in sorted(groups))


def _story(identifier: str, group: Sequence[Report]) -> Story:
    """One story of its reports, the earliest first."""
    ids = tuple(sorted(r.id for r in group))
    times = sorted(r.published.value for r in group if r.published)
    return Story(
        id=identifier,
        title=story_title(group),
        reports=ids,
        first=times[0] if times else None,
        last=times[-1] if times else None,
    )


def known_actors(
    reports: Sequence[Report],
    extractions: Sequence[Extraction],
    linked: Linked,
    stories: Mapping[str, str],
    *,
    judgements: Sequence[Judgement] = (),
) -> tuple[KnownActor, ...]:
    """Every actor of these reports, by id; the same for every order in which the reports are given. ``stories`` holds the id of
    the story of each report."""
    judged = read_judgements(judgements)
    out = {r.id for r in reports}
    read = [x for x in extractions if x.report in out]
    named = sorted({stories[report] for report in out})
    place = {story: n for n, story in enumerate(named)}
    numbers = {report: place[stories[report]] for report in sorted(out)}
    parties = find_parties(read, judged=judged, stories=numbers)
    held = [(numbers[member.report], key) for key, members in parties.members.items() for member in members]
    sides = find_sides(held, _against(read, linked, parties, numbers), parties, judged, numbers)
    taken: dict[str, list[TakenSide]] = defaultdict(list)
    for (number, key), side in sides.items():
        taken[key].append(TakenSide(named[number], side.name, side.reasons))
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
