"""A small world of three reports and all that was read, linked and judged in it; with any words put into every field."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from typing import Any

from sayso.model import (
    Account,
    Act,
    Actor,
    ActorType,
    Answer,
    Capture,
    Citation,
    Claim,
    ClaimOrigin,
    Edge,
    EdgeKind,
    Extraction,
    Hedge,
    Hop,
    HopKind,
    Incident,
    Instant,
    Judgement,
    Kind,
    KnownActor,
    Line,
    Linked,
    Membership,
    Origin,
    OriginType,
    PlaceMention,
    Precision,
    Question,
    Relation,
    RelationKind,
    Report,
    Said,
    Section,
    SectionKey,
    Slot,
    Span,
    Statement,
    Status,
    TakenSide,
    TimeMention,
    Verdict,
)
from sayso.serve.exports.gathered import Told

HOSTILE = {
    "script": "<script>alert(1)</script><img src=https://evil.example/x.png onerror=alert(1)>",
    "quotes": "\"double\" 'single' `tick` “curly”",
    "tex": r"\end{document}\input{/etc/passwd} $x$ % & # _ ~ ^",
    "bibtex": "}}, note = {x}}\n@misc{evil,\n title = {{",
    "formula": "=cmd|' /C calc'!A0",
    "controls": "nul\x00bell\x07escape\x1b[31m del\x7f c1\x9b",
    "order": "a\u202eevil\u202c b\u2066c\u2069 d\u200fe",
    "lines": "one\r\ntwo\u2028three\u2029four\x85five",
    "html": "</head></style><style>*{display:none}</style><!--",
    "link": "javascript:alert(1)",
    "sql": "'; DROP TABLE claims; --",
    "template": "{{ 7 * 7 }} {% raw %} ${7*7}",
    "letters": "Козинка العربية 東京 🙂 e\u0301",
    "long": "x" * 5_000 + " word" * 1_000,
}
"""What a report could hold to act on who reads an export of it."""


@dataclass(frozen=True, slots=True)
class World:
    told: tuple[Told, ...]
    linked: Linked
    account: Account
    actors: tuple[KnownActor, ...]
    judgements: tuple[Judgement, ...]
    incidents: tuple[Incident, ...]


def world(evil: str = "") -> World:
    """Ada says that a weir broke, and Hill Echo copies it; Norland denies it; Tarn Post could not verify it. Mill News, which
    said so too, is withdrawn. ``evil`` is put behind every text that a report can bring about."""
    weir = _report(
        f"Ada Quill, mayor of Sollen{evil}, said the weir broke on Tuesday. Norland denied it was to blame. "
        f"The Tarn Post could not verify who opened it.{evil}",
        outlet=f"Tarn Post{evil}",
        url="https://tarn.example/weir?a=1&b=2",
        published=Instant("2031-04-08T10:30:00Z", Precision.SECOND),
        byline=f"By Mara Lind and Bo Ek{evil}",
        title=f"Weir breaks: 50% & rising{evil}",
    )
    copy = _report(
        f"Ada Quill said the weir broke.{evil}",
        outlet=f"Hill Echo{evil}",
        url=f"https://hill.example/{evil}" if evil else None,
        published=Instant("2031-04-09", Precision.DAY),
        forwarded_from=f"Tarn Post{evil}",
    )
    gone = _report(f"A reader said the weir broke.{evil}", outlet=None, published=None, title=f"Mill{evil}")
    said = _statement(
        weir,
        "Ada Quill",
        "said",
        "the weir broke on Tuesday",
        evil=evil,
        role=f"mayor of Sollen{evil}",
        happened=(Said("2031-04-08TMO", Precision.PART_OF_DAY, _span(weir, "Tuesday")),),
        places=(
            PlaceMention(_span(weir, "Sollen"), f"Sollen{evil}", 60.1234567, 10.5, 2.0, f"g:1{evil}", (f"Varn{evil}",)),
        ),
        relay=(Hop(f"Varn Agency{evil}", HopKind.AGENCY, _span(weir, "Tuesday")),),
        hedge=Hedge(f"reportedly{evil}", _span(weir, "said")),
        medium=f"briefing{evil}",
    )
    denied = _statement(
        weir, "Norland", "denied", "it was to blame", evil=evil, kind=ActorType.PLACE, act=Act.DENY, negated=False
    )
    tried = _statement(
        weir, "The Tarn Post", "could not verify", "who opened it", evil=evil, kind=ActorType.ORGANIZATION,
        act=Act.CANNOT_VERIFY, said_in=PlaceMention(_span(weir, "Sollen"), f"Nowhere{evil}"),
    )  # fmt: skip
    copied = _statement(copy, "Ada Quill", "said", "the weir broke", evil=evil)
    lost = _statement(gone, "A reader", "said", "the weir broke", evil=evil, kind=ActorType.UNKNOWN)
    broke = _claim("q-broke", f"the weir broke on Tuesday{evil}", (said, copied), evil, unverified_by=(tried.id,))
    blame = _claim("q-blame", f"it was to blame{evil}", (denied,), evil, holds=False, status=Status.DISPUTED)
    actors = (
        _actor(
            "Ada Quill", ActorType.PERSON, (weir, said), (copy, copied), evil=evil, bodies=(f"The Tarn Post{evil}",)
        ),
        _actor("Norland", ActorType.PLACE, (weir, denied), evil=evil),
        _actor("The Tarn Post", ActorType.ORGANIZATION, (weir, tried), evil=evil),
    )
    gone_by = _judgement(Verdict.WITHDRAW, gone.id, f"retracted{evil}", evil)
    grade = _judgement(Verdict.GRADE, broke.id, f"Misleading: true of the old weir{evil}", evil)
    undone = _judgement(Verdict.GRADE, broke.id, f"False{evil}", evil)
    linked = Linked(
        origins=(
            Origin("o-aaaa", (weir.id, copy.id), (Edge(copy.id, weir.id, EdgeKind.COPY, 0.98765, (f"same text{evil}",)),
                                                  Edge(copy.id, weir.id, EdgeKind.FAMILY, 0.5, ()))),
        ),
        questions=(
            Question("q-broke", f"What happened?{evil}", Slot.WHAT, (broke.id,), False),
            Question("q-blame", f"Who is to blame?{evil}", Slot.WHETHER, (blame.id,), False),
        ),
        claims=(broke, blame),
        relations=(
            Relation(blame.id, broke.id, RelationKind.DENIES, Slot.WHETHER, 0.8, (f"aimed at it{evil}",)),
            Relation(broke.id, blame.id, RelationKind.REVISES, Slot.WHAT, 0.7, ()),
        ),
    )  # fmt: skip
    return World(
        told=tuple(
            sorted(
                (
                    Told(weir, Extraction(weir.id, (said, denied, tried), _tuesday(weir))),
                    Told(copy, Extraction(copy.id, (copied,))),
                    Told(gone, Extraction(gone.id, (lost,)), gone_by),
                ),
                key=lambda told: told.report.id,
            )
        ),
        linked=linked,
        account=_account(weir, copy, said, copied, denied, broke, blame, evil),
        actors=actors,
        judgements=(gone_by, grade, undone, _judgement(Verdict.REJECT, undone.id, None, evil)),
        incidents=(Incident("i-aaaa", "y-aaaa", (weir.id, copy.id), (f"sollen{evil}",), "2031-04-08", "2031-04-09"),),
    )


def _report(text: str, *, outlet: str | None, published: Instant | None, **given: Any) -> Report:
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    return Report(
        id=Report.make_id(sha256=sha256, url=None, outlet=outlet, published=published),
        sha256=sha256,
        text=text,
        blocks=(),
        media_type="text/plain",
        capture=Capture("2031-04-10T06:00:00Z", "file", "made.txt"),
        outlet=outlet,
        published=published,
        **given,
    )


def _span(report: Report, words: str) -> Span:
    found = re.search(re.escape(words), report.text)
    assert found, words
    return Span(*found.span())


def _statement(
    report: Report,
    who: str,
    cue: str,
    what: str,
    *,
    evil: str,
    kind: ActorType = ActorType.PERSON,
    role: str | None = None,
    **given: Any,
) -> Statement:
    source, cues, content = ((_span(report, words),) for words in (who, cue, what))
    name = f"{who}{evil}"
    return Statement(
        id=Statement.make_id(report=report.id, source=source, cue=cues, content=content),
        report=report.id,
        source=source,
        cue=cues,
        content=content,
        kind=Kind.INDIRECT,
        actor=Actor(Actor.make_id(name_key=who.lower()), name, kind, role),
        **given,
    )


def _tuesday(report: Report) -> tuple[TimeMention, ...]:
    span = _span(report, "Tuesday")
    return (
        TimeMention(
            span, "TIME", "2031-04-08TMO", "2031-04-08T05:00", "2031-04-08T12:00", precision=Precision.PART_OF_DAY
        ),
    )


def _claim(
    question: str,
    wording: str,
    statements: tuple[Statement, ...],
    evil: str,
    *,
    holds: bool = True,
    status: Status = Status.REPORTED,
    unverified_by: tuple[str, ...] = (),
) -> Claim:
    ids = tuple(statement.id for statement in statements)
    return Claim(
        id=Claim.make_id(question=question, statements=ids),
        question=question,
        wording=wording,
        statements=ids,
        answer=Answer(wording, 3, 3, None, f"people{evil}", holds=holds),
        status=status,
        rule="single_origin",
        origins=1,
        sides=(f"Norland{evil}",),
        unverified_by=unverified_by,
        known_by=(ClaimOrigin(OriginType.PARTY, ids, (f"said once{evil}",), True, f"Ada Quill{evil}"),),
    )


def _actor(
    name: str, kind: ActorType, *heard: tuple[Report, Statement], evil: str, bodies: tuple[str, ...] = ()
) -> KnownActor:
    members = tuple(
        Membership(report.id, statement.actor.id, statement.actor.name, statement.actor.role, 1.0, (f"one name{evil}",))
        for report, statement in heard
        if statement.actor
    )
    return KnownActor(
        KnownActor.make_id(key=name.lower()),
        f"{name}{evil}",
        kind,
        (f"{name}{evil}", f"{name} the elder{evil}"),
        members,
        bodies,
        f"Varn{evil}",
        (TakenSide("y-aaaa", f"Varn{evil}"),),
    )


def _judgement(verdict: Verdict, subject: str, value: str | None, evil: str) -> Judgement:
    author, at = f"Eve Holm{evil}", "2031-04-10T07:00:00Z"
    made = Judgement.make_id(verdict=verdict, subject=subject, other=None, value=value, author=author, at=at)
    return Judgement(made, verdict, subject, None, value, author, at)


def _account(
    weir: Report,
    copy: Report,
    said: Statement,
    copied: Statement,
    denied: Statement,
    broke: Claim,
    blame: Claim,
    evil: str,
) -> Account:
    def cite(report: Report, statement: Statement) -> Citation:
        spans = tuple(sorted((*statement.source, *statement.cue, *statement.content)))
        exact = " … ".join(span.of(report.text) for span in spans)
        published = report.published.value if report.published else None
        return Citation(statement.id, report.id, report.outlet, report.url, published, spans, exact)

    def line(text: str, claim: Claim, *citations: Citation) -> Line:
        made = Line.make_id(section=SectionKey.DISPUTED, text=text, claims=(claim.id,))
        return Line(made, text, claim.status, claim.rule, claim.question, (claim.id,), citations)

    lines = (
        line(f"Ada Quill said the weir broke on Tuesday.{evil}", broke, cite(weir, said), cite(copy, copied)),
        line(f"Norland denied it was to blame.{evil}", blame, cite(weir, denied)),
    )
    return Account(f"The weir{evil}", None, 3, 2, (Section(SectionKey.DISPUTED, "What is disputed", lines),))


def with_report(told: Told, **changed: Any) -> Told:
    """The same with other particulars of its report."""
    return replace(told, report=replace(told.report, **changed))
