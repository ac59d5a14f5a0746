"""What several pages show: a statement in its sentence, a claim in a line, who speaks, which report, one relation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from sayso.account.labels import (
    ORIGIN_WORDS,
    STATUS_WORDS,
    date_words,
    outlet_words,
    quoted,
    report_title,
    rule_words,
    web_link,
)
from sayso.model import (
    Act,
    Claim,
    ClaimOrigin,
    Judgement,
    KnownActor,
    Relation,
    RelationKind,
    Span,
    Statement,
    Status,
)
from sayso.serve.evidence import answer_words
from sayso.serve.pages.view import View
from sayso.serve.passage import around

ACT_WORDS: dict[Act, str] = {
    Act.ASSERT: "says",
    Act.CONFIRM: "confirms",
    Act.DENY: "denies",
    Act.ACCUSE: "accuses",
    Act.CLAIM_RESPONSIBILITY: "claims responsibility",
    Act.DECLINE_RESPONSIBILITY: "disclaims responsibility",
    Act.CORRECT: "corrects",
    Act.RETRACT: "takes back",
    Act.CANNOT_VERIFY: "could not verify",
    Act.DECLINE_COMMENT: "declines to comment",
    Act.PREDICT: "predicts",
    Act.ASSESS: "assesses",
    Act.PROMISE: "promises",
    Act.ORDER: "orders",
    Act.CONDEMN: "condemns",
    Act.ASK: "asks",
    Act.OTHER: "speaks of",
}

# How one claim stands to another, from either end.
RELATION_WORDS: dict[RelationKind, tuple[str, str]] = {
    RelationKind.SAME: ("says the same as", "says the same as"),
    RelationKind.SUPPORTS: ("supports", "is supported by"),
    RelationKind.REFINES: ("is finer than", "is coarser than"),
    RelationKind.REVISES: ("revises", "was revised by"),
    RelationKind.DENIES: ("denies", "is denied by"),
    RelationKind.CONTRADICTS: ("contradicts", "contradicts"),
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words under the same roles: "source", "cue", "content"; none for the words around them."""

    text: str
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportRef:
    """A report in one line. ``published`` is ISO 8601, ``when`` the same in words; ``link`` leads to the web, where it may."""

    id: str
    outlet: str
    title: str
    published: str | None
    when: str
    link: str | None
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class ActorRef:
    """Who speaks: across reports where ``id`` begins with "p-", else as one report names them."""

    id: str
    name: str
    role: str | None
    side: str | None


@dataclass(frozen=True, slots=True)
class StatusView:
    status: Status
    name: str
    meaning: str
    rule: str


@dataclass(frozen=True, slots=True)
class ClaimRef:
    """A claim in one line: its answer in short, its own words, and how it stands. ``label`` is the shorter of the two that still
    tells it from other claims: a figure, or else its words."""

    id: str
    question: str
    wording: str
    answer: str
    label: str
    status: StatusView
    origins: int
    sides: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StatementView:
    """What one report says someone said, in its sentence. ``relay`` are those it passed through, nearest to the speaker first.

    ``actor`` is None for the outlet's own voice. ``said`` and ``happened`` are times in words. ``quoted`` are its words in quotation
    marks, unless they hold some.
    """

    id: str
    report: ReportRef
    sentence: tuple[Piece, ...]
    words: str
    quoted: str
    actor: ActorRef | None
    act: Act
    act_words: str
    negated: bool
    hedge: str | None
    kind: str
    relay: tuple[str, ...]
    medium: str | None
    said: str | None
    happened: tuple[str, ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class OriginView:
    """One independent way in which a claim is known, with the reasons why its statements are one."""

    name: str
    type: str
    type_words: str
    first_hand: bool
    reasons: tuple[str, ...]
    statements: tuple[StatementView, ...]


@dataclass(frozen=True, slots=True)
class RelationView:
    """How one claim stands to ``claim``: ``words`` read from the first to the second."""

    kind: RelationKind
    words: str
    claim: ClaimRef
    slot: str
    score: float
    reasons: tuple[str, ...]
    judge: str


@dataclass(frozen=True, slots=True)
class JudgementView:
    id: str
    verdict: str
    subject: str
    other: str | None
    value: str | None
    author: str
    at: str
    when: str


def report_ref(view: View, report_id: str) -> ReportRef:
    """A report of the view in one line."""
    report = view.report(report_id)
    return ReportRef(
        id=report.id,
        outlet=outlet_words(report.outlet, report.url, report.id),
        title=report_title(report),
        published=report.published.value if report.published else None,
        when=date_words(report.published.value, clock=True) if report.published else "",
        link=web_link(report.url),
        withdrawn=report.id in view.withdrawals,
    )


def actor_ref(view: View, statement: Statement) -> ActorRef | None:
    """Who said it; None for the outlet's own voice."""
    if statement.actor is None:
        return None
    known = view.speaker(statement)
    if known is None:
        return ActorRef(statement.actor.id, statement.actor.name, statement.actor.role, None)
    return ActorRef(known.id, known.name, statement.actor.role, view.side(known))


def known_ref(view: View, actor: KnownActor) -> ActorRef:
    role = next((member.role for member in actor.members if member.role), None)
    return ActorRef(actor.id, actor.name, role, view.side(actor))


def status_view(claim: Claim) -> StatusView:
    words = STATUS_WORDS[claim.status]
    return StatusView(claim.status, words.name, words.meaning, rule_words(claim.rule))


def claim_ref(claim: Claim) -> ClaimRef:
    return ClaimRef(
        id=claim.id,
        question=claim.question,
        wording=claim.wording,
        answer=answer_words(claim.answer),
        label=answer_words(claim.answer) if claim.answer.holds is None else claim.wording,
        status=status_view(claim),
        origins=claim.origins,
        sides=claim.sides,
    )


def lead(view: View, claim: Claim) -> str:
    """The statement that stands for a claim in judgements: the earliest, whose id stays when the claim grows."""
    known = [view.statements[s] for s in claim.statements if s in view.statements]

    def age(statement_id: str, report: str) -> tuple[str, str]:
        published = view.reports[report].published
        return (published.value if published else "~", statement_id)

    return min(known, key=lambda s: age(s.id, s.report)).id if known else claim.statements[0]


def statement_view(view: View, statement_id: str) -> StatementView | None:
    """A statement in its sentence; None where its report does not count, so that nothing was read of it."""
    statement = view.statements.get(statement_id)
    if statement is None or statement.report not in view.reports:
        return None
    report = view.reports[statement.report]
    shown = around(report, statement)
    roles = (("source", statement.source), ("cue", statement.cue), ("content", statement.content))
    return StatementView(
        id=statement.id,
        report=report_ref(view, report.id),
        sentence=pieces(report.text, shown, roles),
        words=" … ".join(" ".join(span.of(report.text).split()) for span in statement.content),
        quoted=quoted(" … ".join(" ".join(span.of(report.text).split()) for span in statement.content)),
        actor=actor_ref(view, statement),
        act=statement.act,
        act_words=ACT_WORDS[statement.act],
        negated=statement.negated,
        hedge=statement.hedge.word if statement.hedge else None,
        kind=statement.kind.value,
        relay=tuple(hop.name for hop in statement.relay),
        medium=statement.medium,
        said=time_words(statement.said.value) if statement.said else None,
        happened=tuple(time_words(time.value) for time in statement.happened),
        confidence=round(statement.confidence, 2),
    )


def statement_views(view: View, ids: Iterable[str]) -> tuple[StatementView, ...]:
    """Each statement once, oldest report first."""
    found = [each for each in (statement_view(view, i) for i in dict.fromkeys(ids)) if each]
    return tuple(sorted(found, key=lambda s: (s.report.published or "", s.report.id)))


def origin_view(view: View, origin: ClaimOrigin) -> OriginView:
    return OriginView(
        name=origin.name or "nobody named",
        type=origin.type.value,
        type_words=ORIGIN_WORDS[origin.type],
        first_hand=origin.first_hand,
        reasons=origin.reasons,
        statements=statement_views(view, origin.statements),
    )


def relation_views(view: View, claim: Claim) -> tuple[RelationView, ...]:
    """How ``claim`` stands to others, those that speak against it first."""
    return tuple(sorted(_relations(view, claim), key=lambda r: (_ORDER.index(r.kind), -r.score, r.claim.id)))


_ORDER = [
    RelationKind.DENIES,
    RelationKind.CONTRADICTS,
    RelationKind.REVISES,
    RelationKind.REFINES,
    RelationKind.SUPPORTS,
    RelationKind.SAME,
]


def _relations(view: View, claim: Claim) -> Iterator[RelationView]:
    for relation in view.relations_of.get(claim.id, ()):
        forth = relation.from_claim == claim.id
        other = view.claims.get(relation.to_claim if forth else relation.from_claim)
        if other is not None:
            yield relation_view(relation, other, forth=forth)


def relation_view(relation: Relation, other: Claim, *, forth: bool) -> RelationView:
    """A relation as the claim at its beginning (``forth``), or at its end, sees ``other``."""
    return RelationView(
        kind=relation.kind,
        words=RELATION_WORDS[relation.kind][0 if forth else 1],
        claim=claim_ref(other),
        slot=relation.slot.value.replace("_", " "),
        score=round(relation.score, 2),
        reasons=relation.reasons,
        judge=relation.judge,
    )


def judgement_views(judgements: Iterable[Judgement]) -> tuple[JudgementView, ...]:
    return tuple(
        JudgementView(j.id, j.verdict.value, j.subject, j.other, j.value, j.author, j.at, date_words(j.at, clock=True))
        for j in judgements
    )


_PARTS_OF_DAY = {"MO": "morning", "MI": "midday", "AF": "afternoon", "EV": "evening", "NI": "night", "DT": "daytime"}
_SEASONS = {"SP": "spring", "SU": "summer", "FA": "autumn", "AU": "autumn", "WI": "winter"}
_REFERENCES = {"PRESENT_REF": "now", "PAST_REF": "earlier", "FUTURE_REF": "later"}
_TIMEX = re.compile(r"(?P<day>\d{4}(?:-\d{2}){0,2})(?:T(?P<part>[A-Z]{2}))?|(?P<year>\d{4})-(?P<season>[A-Z]{2})")


def time_words(value: str) -> str:
    """A TIMEX3 value as a reader writes it: "23 May 2023, morning"; one that has no such words as it is."""
    if value in _REFERENCES:
        return _REFERENCES[value]
    read = _TIMEX.fullmatch(value)
    if read is None:
        return date_words(value, clock=True)
    if read["season"]:
        return f"{_SEASONS.get(read['season'], read['season'])} {read['year']}"
    part = _PARTS_OF_DAY.get(read["part"] or "", "")
    return f"{date_words(read['day'])}, {part}" if part else date_words(read["day"])


def pieces(text: str, shown: Span, roles: Sequence[tuple[str, Sequence[Span]]]) -> tuple[Piece, ...]:
    """The words of ``shown``, parted wherever the spans of a role begin or end; white space is one blank."""
    edges = {shown.start, shown.end}
    for _, spans in roles:
        for span in spans:
            edges |= {min(max(span.start, shown.start), shown.end), min(max(span.end, shown.start), shown.end)}
    found = []
    for start, end in pairwise(sorted(edges)):
        under = tuple(role for role, spans in roles if any(s.start <= start and end <= s.end for s in spans))
        found.append(Piece(re.sub(r"\s+", " ", text[start:end]), under))
    return tuple(found)
