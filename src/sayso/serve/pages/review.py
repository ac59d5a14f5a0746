"""The review queue: what the machine was least sure of and the account rests on most comes first.

An item is one thing to decide: whether two claims stand to each other as proposed, whether two reports go back to one origin,
whether two names are one actor, whether who says what was read rightly, whether a claim of several origins is one claim. Its
``weight`` is how many lines of the account would change, times how unsure the machine is; a person's judgement takes it out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from sayso.model import Claim, EdgeKind, Judgement, Kind, Relation, RelationKind, Status, Verdict
from sayso.serve.pages.deciding import GradingView, SidingView, SigningView, gradings, sidings, signing
from sayso.serve.pages.parts import (
    ClaimRef,
    JudgementView,
    StatementView,
    claim_ref,
    judgement_views,
    lead,
    relation_view,
    report_ref,
    statement_view,
)
from sayso.serve.pages.report import EDGE_WORDS
from sayso.serve.pages.view import View

#: Items on one page: about what an editor decides in a quarter of an hour.
MOST = 40
#: How unsure a reading is of which nobody says how sure it is: what several rules gave, or a person wrote.
_SETTLED = 0.02
#: An edge that is surer than this is not worth a question: of the strongest edges of real reports 51 of 54 were right.
_SURE_EDGE = 0.9
#: Names that are surely one are not asked about.
_SURE_ACTOR = 0.9
_SURE_READING = 0.75
#: What rules took for the outlet's own voice, with nobody named for it: worth a question only where even that is doubted.
_VOICE = 0.5


@dataclass(frozen=True, slots=True)
class Choice:
    """One way of deciding an item: the judgement that it makes. ``key`` is what decides it by keyboard."""

    key: str
    words: str
    verdict: Verdict
    subject: str
    other: str | None = None
    value: str | None = None


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """One thing to decide. ``question`` asks it in words, ``reasons`` are the machine's; claims and statements are what it is about.

    ``signing`` is the sign-off of the first claim, ``gradings`` the reports and outlets that can be graded here, ``sidings`` the actors
    whose side can be set. They decide nothing about the item.
    """

    id: str
    kind: str
    question: str
    reasons: tuple[str, ...]
    score: float
    weight: float
    lines: int
    claims: tuple[ClaimRef, ...]
    statements: tuple[StatementView, ...]
    choices: tuple[Choice, ...]
    signing: SigningView | None = None
    gradings: tuple[GradingView, ...] = ()
    sidings: tuple[SidingView, ...] = ()


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """The items of a story that nobody decided yet, weightiest first, ``more`` beyond those shown; and what was decided last."""

    story: str
    title: str
    as_of: str | None
    items: tuple[ReviewItem, ...]
    more: int
    decided: tuple[JudgementView, ...]


def review_page(view: View, judgements: Sequence[Judgement]) -> ReviewPage:
    """The context of ``/stories/{id}/review``. ``judgements`` are those of now: what was just decided is not asked again, though
    the view may be from before."""
    decided = _decided(judgements)
    items = view.once("review", lambda: sorted(_items(view), key=lambda item: (-item.weight, item.id)))
    every = [item for item in items if not decided & {_pair(c.subject, c.other) for c in item.choices}]
    undone = {j.subject for j in judgements if j.verdict is Verdict.REJECT}
    mine = [j for j in reversed(judgements) if j.id not in undone and not j.subject.startswith("j-")]
    return ReviewPage(
        story=view.story.id,
        title=view.account.title,
        as_of=view.as_of,
        items=tuple(_with_forms(view, item) for item in every[:MOST]),
        more=max(0, len(every) - MOST),
        decided=judgement_views(mine[:MOST]),
    )


def _with_forms(view: View, item: ReviewItem) -> ReviewItem:
    """An item as it is shown: what else can be said of what it is about. Of those not shown nobody needs it."""
    reports = [each for choice in item.choices for each in (choice.subject, choice.other or "") if each in view.reports]
    return replace(
        item,
        signing=signing(view, view.claims[item.claims[0].id]) if item.claims else None,
        gradings=gradings(view, item.statements, reports),
        sidings=sidings(view, item.statements),
    )


# ---------------------------------------------------------------------------------------------------


def _decided(judgements: Sequence[Judgement]) -> set[tuple[str, str]]:
    """The records, and pairs of records, that a standing judgement of a person is about."""
    undone = {j.subject for j in judgements if j.verdict is Verdict.REJECT and j.subject.startswith("j-")}
    return {_pair(j.subject, j.other) for j in judgements if j.id not in undone and not _aside(j)}


def _aside(judgement: Judgement) -> bool:
    """Whether it decides nothing that the queue asks: a note, a grade, the sign-off of a claim by the statement that stands for it."""
    signs = judgement.verdict is Verdict.ACCEPT and judgement.other is None and bool(judgement.value)
    return signs or judgement.verdict in (Verdict.NOTE, Verdict.GRADE)


def _pair(subject: str, other: str | None) -> tuple[str, str]:
    first, second = sorted((subject, other or ""))
    return first, second


def _items(view: View) -> Iterator[ReviewItem]:
    lines = _lines_of(view)
    for relation in view.linked.relations:
        if relation.judge == "machine" and relation.from_claim in view.claims and relation.to_claim in view.claims:
            yield _relation_item(view, relation, lines)
    for claim in view.linked.claims:
        if claim.origins > 1 and len(claim.statements) > 1 and claim.id in lines:
            yield _joined_item(view, claim, lines)
    yield from _reading_items(view, lines)
    yield from _edge_items(view)
    yield from _actor_items(view, lines)


def _lines_of(view: View) -> dict[str, int]:
    """In how many lines of the account each claim stands."""
    found: dict[str, int] = {}
    for section in view.account.sections:
        for line in section.lines:
            for claim in line.claims:
                found[claim] = found.get(claim, 0) + 1
    return found


def _weight(lines: int, statements: int, score: float) -> float:
    """Lines count most, then how much rests on it; both by how unsure the machine is."""
    return round((lines + 0.1 * min(statements, 20) / 20) * max(1 - score, _SETTLED), 4)


def _claims_lines(lines: dict[str, int], claims: Iterable[str]) -> int:
    return sum(lines.get(claim, 0) for claim in claims)


_OTHER_KINDS = (
    ("c", "they contradict each other", RelationKind.CONTRADICTS),
    ("v", "the first revises the second", RelationKind.REVISES),
    ("f", "the first is finer", RelationKind.REFINES),
)


def _relation_item(view: View, relation: Relation, lines: dict[str, int]) -> ReviewItem:
    first, second = view.claims[relation.from_claim], view.claims[relation.to_claim]
    seen = relation_view(relation, second, forth=True)
    a, b = lead(view, first), lead(view, second)
    count = _claims_lines(lines, (first.id, second.id))
    others = tuple(
        Choice(key, words, Verdict.ACCEPT, a, b, kind.value)
        for key, words, kind in _OTHER_KINDS
        if kind is not relation.kind
    )
    return ReviewItem(
        id=f"relation {relation.from_claim} {relation.to_claim}",
        kind="relation",
        question=f"The first {seen.words} the second: is that so?",
        reasons=relation.reasons,
        score=seen.score,
        weight=_weight(count, len(first.statements) + len(second.statements), relation.score),
        lines=count,
        claims=(claim_ref(first), claim_ref(second)),
        statements=_shown(view, (a, b)),
        choices=(
            Choice("a", "yes", Verdict.ACCEPT, a, b, relation.kind.value),
            Choice("x", "no, neither bears on the other", Verdict.REJECT, a, b),
            Choice("s", "they are the same claim", Verdict.MERGE, a, b),
            *others,
        ),
    )


def _joined_item(view: View, claim: Claim, lines: dict[str, int]) -> ReviewItem:
    """A claim of several origins: whether what two of them say is one thing is what "corroborated" rests on."""
    first, second = (origin.statements[0] for origin in claim.known_by[:2])
    return ReviewItem(
        id=f"joined {claim.id}",
        kind="joined",
        question="These are counted as one claim from independent origins: do they say the same?",
        reasons=tuple(f"{o.name or 'nobody named'}: {'; '.join(o.reasons)}" for o in claim.known_by[:4]),
        score=0.8,
        weight=_weight(lines.get(claim.id, 0) * 2, len(claim.statements), 0.8),
        lines=lines.get(claim.id, 0),
        claims=(claim_ref(claim),),
        statements=_shown(view, (origin.statements[0] for origin in claim.known_by[:4])),
        choices=(
            Choice("a", "yes, the same", Verdict.MERGE, first, second),
            Choice("d", "no, different", Verdict.SPLIT, first, second),
        ),
    )


def _reading_items(view: View, lines: dict[str, int]) -> Iterator[ReviewItem]:
    """Statements of the account that the reader was unsure of, each once: who says it, and what kind of act it is. The fewer
    others its claims rest on, the more depends on it."""
    told: dict[str, list[Claim]] = {}
    for claim in view.linked.claims:
        if claim.id in lines and claim.status is not Status.OPEN:
            for statement_id in claim.statements:
                told.setdefault(statement_id, []).append(claim)
    for statement_id, claims in told.items():
        statement = view.statements.get(statement_id)
        unsure = statement is not None and statement.confidence < _SURE_READING
        if statement is None or not unsure or (statement.kind is Kind.VOICE and statement.confidence >= _VOICE):
            continue
        shown = statement_view(view, statement_id)
        if shown is None:
            continue
        who = f"{shown.actor.name} {shown.act_words}" if shown.actor else "The outlet itself says"
        share = sum(lines[claim.id] / len(claim.statements) for claim in claims)
        yield ReviewItem(
            id=f"reading {statement_id}",
            kind="reading",
            question=f"{who} this: was it read rightly?",
            reasons=(),
            score=statement.confidence,
            weight=round(share * (1 - statement.confidence), 4),
            lines=_claims_lines(lines, (claim.id for claim in claims)),
            claims=tuple(claim_ref(claim) for claim in claims),
            statements=(shown,),
            choices=(
                Choice("a", "yes", Verdict.ACCEPT, statement_id),
                Choice("x", "no, leave the statement out", Verdict.REJECT, statement_id),
                Choice("o", "the outlet says it itself", Verdict.CORRECT, statement_id, None, "speaker: none"),
            ),
        )


def _edge_items(view: View) -> Iterator[ReviewItem]:
    for origin in view.linked.origins:
        for edge in origin.edges:
            if edge.score >= _SURE_EDGE or edge.kind is EdgeKind.FAMILY:
                continue
            if edge.derived not in view.reports or edge.base not in view.reports:
                continue
            derived, base = report_ref(view, edge.derived), report_ref(view, edge.base)
            words = EDGE_WORDS[edge.kind][0]
            yield ReviewItem(
                id=f"edge {edge.derived} {edge.base}",
                kind="origin",
                question=f"{derived.outlet} ({derived.when}) {words} {base.outlet} ({base.when}): is that so?",
                reasons=edge.reasons,
                score=round(edge.score, 2),
                weight=_weight(1, len(origin.reports), edge.score),
                lines=0,
                claims=(),
                statements=(),
                choices=(
                    Choice("a", "yes, one has it from the other", Verdict.ACCEPT, edge.derived, edge.base),
                    Choice("x", "no, they are independent", Verdict.REJECT, edge.derived, edge.base),
                ),
            )


def _actor_items(view: View, lines: dict[str, int]) -> Iterator[ReviewItem]:
    told: dict[str, int] = {}
    for claim in view.linked.claims:
        for statement_id in claim.statements:
            statement = view.statements.get(statement_id)
            actor = view.speaker(statement) if statement else None
            if actor is not None:
                told[actor.id] = told.get(actor.id, 0) + lines.get(claim.id, 0)
    for actor in view.actors:
        asked = set()
        for member in actor.members:
            if member.name == actor.name or member.score >= _SURE_ACTOR or member.name in asked:
                continue
            asked.add(member.name)
            first, second = f"actor:{actor.name}", f"actor:{member.name}"
            yield ReviewItem(
                id=f"actor {actor.id} {member.name}",
                kind="actor",
                question=f"“{member.name}” is taken for {actor.name}: is that so?",
                reasons=member.reasons,
                score=round(member.score, 2),
                weight=_weight(told.get(actor.id, 0), len(actor.members), member.score),
                lines=told.get(actor.id, 0),
                claims=(),
                statements=(),
                choices=(
                    Choice("a", "yes, one actor", Verdict.MERGE, first, second),
                    Choice("d", "no, two", Verdict.SPLIT, first, second),
                ),
            )


def _shown(view: View, ids: Iterable[str]) -> tuple[StatementView, ...]:
    return tuple(each for each in (statement_view(view, i) for i in dict.fromkeys(ids)) if each)
