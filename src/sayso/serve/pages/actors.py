"""Who speaks in a story, and one of them: its names with the reasons why they are one, its side, all that it said."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sayso.model import Claim, KnownActor, Membership, Relation, RelationKind, Statement
from sayso.serve.pages.deciding import named_actor
from sayso.serve.pages.paging import Paging, part_of
from sayso.serve.pages.parts import (
    ActorRef,
    ClaimRef,
    JudgementView,
    ReportRef,
    StatementView,
    claim_ref,
    judgement_views,
    known_ref,
    relation_view,
    report_ref,
    statement_view,
)
from sayso.serve.pages.view import View

#: Statements of one actor on a page: each stands in its sentence, three to six lines of text.
SAID_SIZE = 50
#: Reports named beside a name; the others are counted.
NAMED_REPORTS = 3
#: Actors to choose from where two are to be joined: a longer list is no choice any more.
MOST_OTHERS = 60
#: Pairs shown of what an actor told against itself; the others are counted.
MOST_CONFLICTS = 20

_AGAINST = (RelationKind.CONTRADICTS, RelationKind.DENIES, RelationKind.REVISES)


@dataclass(frozen=True, slots=True)
class ActorItem:
    """An actor in one row. ``statements`` are its own, ``reports`` those that name it, ``names`` how many names it has there."""

    actor: ActorRef
    type: str
    state: str | None
    bodies: tuple[str, ...]
    statements: int
    reports: int
    names: int


@dataclass(frozen=True, slots=True)
class ActorsPage:
    """The actors of a story: who said most first. ``speaking`` is how many of all say anything themselves."""

    story: str
    title: str
    as_of: str | None
    actors: tuple[ActorItem, ...]
    speaking: int
    paging: Paging


@dataclass(frozen=True, slots=True)
class AliasView:
    """One name under which reports know the actor: ``score`` from 0 to 1 and ``reasons`` say why it is this actor.

    ``roles`` are those that come with it, the usual one first; ``reports`` names the first of the ``count`` reports that call it so.
    """

    name: str
    roles: tuple[str, ...]
    score: float
    reasons: tuple[str, ...]
    count: int
    reports: tuple[ReportRef, ...]


@dataclass(frozen=True, slots=True)
class SideView:
    """The side on which an actor stands in this story, and why; "unknown" where nobody can tell."""

    side: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SaidView:
    """A statement of the actor with the claims that it stands in."""

    statement: StatementView
    claims: tuple[ClaimRef, ...]


@dataclass(frozen=True, slots=True)
class ConflictView:
    """Two claims that rest on statements of this one actor and cannot both stand, or of which one takes the other's place.

    ``words`` read from the first to the second: "revises"; each claim comes with the actor's first statement of it.
    """

    kind: RelationKind
    words: str
    first: ClaimRef
    first_said: StatementView
    second: ClaimRef
    second_said: StatementView
    score: float
    reasons: tuple[str, ...]
    judge: str


@dataclass(frozen=True, slots=True)
class ActorPage:
    """One actor of a story. ``said`` is the part of all it said that ``paging`` tells, earliest first.

    ``named`` is what judgements call it, ``grade`` what was said last of how reliable it is; ``others`` are those of the story with most
    to say that it might be one with.
    """

    story: str
    title: str
    as_of: str | None
    actor: ActorRef
    type: str
    state: str | None
    bodies: tuple[str, ...]
    reports: int
    sides: tuple[SideView, ...]
    aliases: tuple[AliasView, ...]
    conflicts: tuple[ConflictView, ...]
    more_conflicts: int
    said: tuple[SaidView, ...]
    paging: Paging
    named: str
    grade: str | None
    others: tuple[ActorRef, ...]
    judgements: tuple[JudgementView, ...]


def actors_page(view: View, *, start: int = 0) -> ActorsPage:
    """The context of ``/stories/{id}/actors``."""

    shown, paging = part_of(_by_weight(view), start)
    return ActorsPage(
        story=view.story.id,
        title=view.account.title,
        as_of=view.as_of,
        actors=tuple(_item(view, actor) for actor in shown),
        speaking=len(view.said_by),
        paging=paging,
    )


def actor_page(view: View, actor_id: str, *, start: int = 0) -> ActorPage:
    """The context of ``/stories/{id}/actors/{actor}``. Raises RecordNotFound for an actor that is not of this story."""
    actor = view.actor(actor_id)
    said = view.said_by.get(actor.id, ())
    shown, paging = part_of(said, start, size=SAID_SIZE)
    order = {statement.id: at for at, statement in enumerate(said)}
    pairs = sorted(_conflicts(view, order), key=lambda c: (_AGAINST.index(c.kind), c.from_claim, c.to_claim))
    return ActorPage(
        story=view.story.id,
        title=view.account.title,
        as_of=view.as_of,
        actor=known_ref(view, actor),
        type=actor.type.value,
        state=actor.state,
        bodies=actor.bodies,
        reports=len({member.report for member in actor.members}),
        sides=tuple(SideView(side.side, side.reasons) for side in actor.sides if side.story == view.story.id),
        aliases=tuple(_aliases(view, actor.members)),
        conflicts=tuple(_conflict(view, pair, order) for pair in pairs[:MOST_CONFLICTS]),
        more_conflicts=max(0, len(pairs) - MOST_CONFLICTS),
        said=tuple(_said(view, statement) for statement in shown),
        paging=paging,
        named=named_actor(view, actor),
        grade=view.grades.get(named_actor(view, actor)),
        others=tuple(known_ref(view, other) for other in _by_weight(view)[:MOST_OTHERS] if other.id != actor.id),
        judgements=judgement_views(
            view.about(actor.id, named_actor(view, actor), *(f"actor:{name}" for name in (actor.name, *actor.names)))
        ),
    )


def _by_weight(view: View) -> list[KnownActor]:
    """Those with most to say first."""

    def order(actor: KnownActor) -> tuple[int, int, str, str]:
        return -len(view.said_by.get(actor.id, ())), -len(actor.members), actor.name.casefold(), actor.id

    return sorted(view.actors, key=order)


def _item(view: View, actor: KnownActor) -> ActorItem:
    return ActorItem(
        actor=known_ref(view, actor),
        type=actor.type.value,
        state=actor.state,
        bodies=actor.bodies,
        statements=len(view.said_by.get(actor.id, ())),
        reports=len({member.report for member in actor.members}),
        names=len({member.name for member in actor.members}),
    )


def _aliases(view: View, members: Iterable[Membership]) -> Iterator[AliasView]:
    """The names of an actor, the surest first; reports that say the same for the same reasons stand in one row."""
    rows: dict[tuple[str, float, tuple[str, ...]], list[Membership]] = defaultdict(list)
    for member in members:
        rows[member.name, round(member.score, 2), member.reasons].append(member)
    for (name, score, reasons), same in sorted(rows.items(), key=lambda row: (-row[0][1], -len(row[1]), row[0][0])):
        there = [view.reports[report] for report in {member.report for member in same} if report in view.reports]
        there.sort(key=lambda report: (report.published.value if report.published else "", report.id))
        roles = Counter(member.role for member in same if member.role)
        yield AliasView(
            name=name,
            roles=tuple(sorted(roles, key=lambda role: (-roles[role], role))),
            score=score,
            reasons=reasons,
            count=len(there),
            reports=tuple(report_ref(view, report.id) for report in there[:NAMED_REPORTS]),
        )


def _said(view: View, statement: Statement) -> SaidView:
    shown = statement_view(view, statement.id)
    assert shown is not None, statement.id
    return SaidView(shown, tuple(claim_ref(claim) for claim in view.claims_of.get(statement.id, ())))


# ---------------------------------------------------------------------------------------------------
# What an actor told against itself


def _conflicts(view: View, said: Mapping[str, int]) -> Iterator[Relation]:
    """The relations between two claims that both rest on statements of ``said``, each once."""
    own = {claim.id for i in said for claim in view.claims_of.get(i, ()) if i in claim.statements}
    for claim in own:
        for relation in view.relations_of.get(claim, ()):
            if relation.kind in _AGAINST and relation.from_claim == claim and relation.to_claim in own:
                yield relation


def _conflict(view: View, relation: Relation, said: Mapping[str, int]) -> ConflictView:
    first, second = view.claims[relation.from_claim], view.claims[relation.to_claim]
    told = relation_view(relation, second, forth=True)
    return ConflictView(
        kind=relation.kind,
        words=told.words,
        first=claim_ref(first),
        first_said=_first(view, first, said),
        second=told.claim,
        second_said=_first(view, second, said),
        score=told.score,
        reasons=relation.reasons,
        judge=relation.judge,
    )


def _first(view: View, claim: Claim, said: Mapping[str, int]) -> StatementView:
    """The earliest of the statements ``said``, by their places in time, on which a claim rests."""
    shown = statement_view(view, min((s for s in claim.statements if s in said), key=said.__getitem__))
    assert shown is not None, claim.id
    return shown
