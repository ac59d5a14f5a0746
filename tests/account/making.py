"""Hand-made records for the tests of composing: reports of a sentence or two, read and linked by hand."""

from __future__ import annotations

from collections.abc import Sequence

from sayso.model import (
    Act,
    Actor,
    ActorChain,
    ActorType,
    Answer,
    Block,
    BlockKind,
    Capture,
    Claim,
    Extraction,
    Instant,
    Kind,
    Linked,
    Origin,
    Precision,
    Question,
    Relation,
    RelationKind,
    Report,
    Slot,
    Span,
    Statement,
    Status,
)


def report(text: str, *, outlet: str = "The Dorn Courier", published: str = "2024-03-05") -> Report:
    return Report(
        id=f"r-{outlet.replace(' ', '').lower()}-{published}",
        sha256="0" * 64,
        text=text,
        blocks=(Block(BlockKind.PARAGRAPH, Span(0, len(text))),),
        media_type="text/plain",
        capture=Capture("2024-03-05T12:00:00Z", "file", "test.txt"),
        outlet=outlet,
        published=Instant(published, Precision.DAY),
    )


def span(text: str, words: str) -> Span:
    at = text.index(words)
    return Span(at, at + len(words))


def statement(
    made: Report,
    *,
    source: str = "",
    cue: str = "",
    content: str,
    name: str | None = None,
    role: str | None = None,
    act: Act = Act.ASSERT,
    kind: Kind | None = None,
) -> Statement:
    text = made.text
    spans = [(span(text, w),) if w else () for w in (source, cue, content)]
    actor = Actor(f"a-{name or source}", name or source, ActorType.PERSON, role) if source else None
    return Statement(
        id=Statement.make_id(report=made.id, source=spans[0], cue=spans[1], content=spans[2]),
        report=made.id,
        source=spans[0],
        cue=spans[1],
        content=spans[2],
        kind=kind or (Kind.INDIRECT if source else Kind.VOICE),
        act=act,
        actor=actor,
    )


def extraction(made: Report, statements: Sequence[Statement]) -> Extraction:
    chains = {}
    for s in statements:
        if s.actor:
            mentions = tuple(span(made.text, n) for n in (s.actor.name,) if n in made.text)
            chains[s.actor.id] = ActorChain(s.actor, (*mentions, *s.source), (s.actor.name,))
    return Extraction(made.id, tuple(statements), actors=tuple(chains.values()))


def claim(
    statements: Sequence[Statement], *, status: Status = Status.CLAIMED, unverified_by: Sequence[Statement] = ()
) -> Claim:
    question = Question.make_id(slot=Slot.WHAT, matter=statements[0].id)
    ids = tuple(s.id for s in statements)
    return Claim(
        Claim.make_id(question=question, statements=ids), question, "wording", ids, Answer("wording"), status,
        "one_side_says_so", 1, unverified_by=tuple(s.id for s in unverified_by),
    )  # fmt: skip


def linked(
    reports: Sequence[Report],
    claims: Sequence[Claim],
    *,
    relations: Sequence[tuple[Claim, Claim, RelationKind]] = (),
    asked: Sequence[Statement] = (),
) -> Linked:
    questions = [Question(c.question, "?", Slot.WHAT, (c.id,), False) for c in claims]
    questions += [Question(f"q-{s.id}", "?", Slot.WHO, (), True, (s.id,)) for s in asked]
    return Linked(
        tuple(Origin(f"o-{r.id}", (r.id,)) for r in reports),
        tuple(questions),
        tuple(claims),
        tuple(Relation(a.id, b.id, kind, Slot.WHETHER, 0.9, ("because",)) for a, b, kind in relations),
    )
