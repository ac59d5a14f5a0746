"""A record with all that it rests on: what `sayso show` prints, as words or as JSON, from one value."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from sayso.account.labels import ORIGIN_WORDS, STATUS_WORDS, date_words, outlet_words, rule_words
from sayso.model import (
    Actor,
    Answer,
    Claim,
    ClaimOrigin,
    Event,
    Judgement,
    KnownActor,
    Line,
    Linked,
    Modality,
    Origin,
    Question,
    Report,
    Statement,
    Story,
)
from sayso.shapes import (
    Json,
    actor_dict,
    claim_row,
    judgement_row,
    known_actor_row,
    line_dict,
    origin_row,
    question_row,
    report_dict,
    report_listing,
    statement_row,
    story_row,
    words,
)

if TYPE_CHECKING:
    from sayso.ledger import Ledger
    from sayso.ledger.records import Record


@dataclass(frozen=True, slots=True)
class Shown:
    """One record: its JSON, the facts about it in words, and the records that it rests on or holds."""

    kind: str
    record: Json
    title: str
    facts: tuple[tuple[str, str], ...] = ()
    claims: tuple[Claim, ...] = ()
    statements: tuple[tuple[Report, Statement], ...] = ()
    reports: tuple[Report, ...] = ()
    judgements: tuple[Judgement, ...] = field(default=())
    withdrawn: dict[str, Judgement] = field(default_factory=dict)  # by report

    def as_json(self) -> Json:
        return {
            "kind": self.kind,
            "record": self.record,
            "claims": [claim_row(claim) for claim in self.claims],
            "statements": [statement_row(r, s, self.withdrawn.get(r.id)) for r, s in self.statements],
            "reports": [report_listing(r, self.withdrawn.get(r.id)) for r in self.reports],
            "judgements": [judgement_row(judgement) for judgement in self.judgements],
        }


class _Then:
    """What a ledger gives as of one time."""

    def __init__(self, ledger: Ledger, as_of: str | None) -> None:
        self._ledger = ledger
        self.as_of = as_of
        self.report = ledger.report
        self.judgements = ledger.judgements
        self.out = None if as_of is None else {report.id for report in ledger.reports(as_of=as_of)}

    def linked(self) -> Linked:
        return self._ledger.linked(as_of=self.as_of)

    def statements(self, *, report: str | None = None, actor: str | None = None) -> Iterator[Statement]:
        found = self._ledger.statements(report=report, actor=actor)
        return (statement for statement in found if self.out is None or statement.report in self.out)

    def versions(self, report: str) -> Iterator[Report]:
        return (v for v in self._ledger.versions(report) if self.out is None or v.id in self.out)

    def statement(self, identifier: str) -> Statement | None:
        found = self._ledger.show(identifier)
        return found if isinstance(found, Statement) else None

    def withdrawals(self) -> dict[str, Judgement]:
        return self._ledger.withdrawals(as_of=self.as_of)


def gather(ledger: Ledger, record: Record, *, as_of: str | None = None) -> Shown:
    """``record`` with its evidence from ``ledger``, as of the end of that time."""
    then = _Then(ledger, as_of)
    return replace(_gather(then, record), withdrawn=then.withdrawals())


def _gather(ledger: _Then, record: Record) -> Shown:
    about = tuple(judgement for judgement in ledger.judgements() if record.id in (judgement.subject, judgement.other))
    match record:
        case Report():
            return _report(ledger, record, about)
        case Statement():
            return _statement(ledger, record, about)
        case Actor():
            return Shown(
                "actor",
                actor_dict(record),
                record.name,
                _known(("type", record.type.value), ("role", record.role)),
                statements=_with_reports(ledger, ledger.statements(actor=record.id)),
                judgements=about,
            )
        case KnownActor():
            return _known_actor(ledger, record)
        case Story():
            facts = _known(("from", record.first), ("to", record.last))
            reports = tuple(ledger.report(each) for each in record.reports)
            return Shown("story", story_row(record), record.title, facts, reports=reports, judgements=about)
        case Origin():
            return _origin(ledger, record, about)
        case Question():
            return _question(ledger, record, about)
        case Claim():
            return _claim(ledger, record, about)
        case Judgement():
            facts = _known(
                ("subject", record.subject),
                ("other", record.other),
                ("value", record.value),
                ("author", record.author),
                ("at", record.at),
            )
            return Shown("judgement", judgement_row(record), record.verdict.value, facts, judgements=about)
        case Line():
            return _line(ledger, record, about)


def _known_actor(ledger: _Then, actor: KnownActor) -> Shown:
    called = {f"actor:{name}".casefold() for name in actor.names}
    about = tuple(
        judgement
        for judgement in ledger.judgements()
        if called & {(each or "").partition("@r-")[0].casefold() for each in (judgement.subject, judgement.other)}
    )
    told: dict[str, str] = {}
    for member in actor.members:
        told.setdefault(member.name, f"{'; '.join(member.reasons)} ({member.score:.2f})")
    sides = {side.side: "; ".join(side.reasons) for side in actor.sides}
    facts = _known(
        ("type", actor.type.value),
        ("state", actor.state),
        ("speaks for", ", ".join(actor.bodies) or None),
        *(("side", f"{side}: {reasons}" if reasons else side) for side, reasons in sides.items()),
        *(("called", f"{name}: {reason}") for name, reason in told.items()),
    )
    places = {(member.report, member.actor) for member in actor.members}
    statements = (s for report in sorted({r for r, _ in places}) for s in ledger.statements(report=report))
    mine = [s for s in statements if s.actor and (s.report, s.actor.id) in places]
    return Shown(
        "actor", known_actor_row(actor), actor.name, facts, statements=_with_reports(ledger, mine), judgements=about
    )


def _report(ledger: _Then, report: Report, about: tuple[Judgement, ...]) -> Shown:
    linked = ledger.linked()
    origin = next((origin for origin in linked.origins if report.id in origin.reports), None)
    shared = f" (shared with {len(origin.reports) - 1:,} more)" if origin and len(origin.reports) > 1 else ""
    versions = [version.id for version in ledger.versions(report.id) if version.id != report.id]
    withdrawal = ledger.withdrawals().get(report.id)
    facts = _known(
        ("withdrawn", _withdrawn(withdrawal) if withdrawal else None),
        ("outlet", report.outlet),
        ("byline", report.byline),
        ("published", date_words(report.published.value, clock=True) if report.published else None),
        ("url", report.url),
        ("forwarded", report.forwarded_from),
        ("read from", report.capture.place),
        ("captured", date_words(report.capture.captured_at, clock=True)),
        ("sha256", report.sha256),
        ("origin", f"{origin.id}{shared}" if origin else None),
        ("versions", ", ".join(versions)),
        *(("problem", f"{problem.what}. {problem.remedy}") for problem in report.problems),
    )
    return Shown(
        "report",
        report_dict(report),
        report.title or report.capture.place,
        facts,
        statements=tuple((report, statement) for statement in ledger.statements(report=report.id)),
        judgements=about,
    )


def _withdrawn(judgement: Judgement) -> str:
    reason = f": {judgement.value}" if judgement.value else ""
    return f"from {date_words(judgement.at, clock=True)} on, by {judgement.author}{reason}"


def _statement(ledger: _Then, statement: Statement, about: tuple[Judgement, ...]) -> Shown:
    report = ledger.report(statement.report)
    relay = " ← ".join(hop.name for hop in statement.relay)
    facts = _known(
        ("actor", f"{statement.actor.name} ({statement.actor.id})" if statement.actor else None),
        ("role", statement.actor.role if statement.actor else None),
        ("act", statement.act.value.replace("_", " ") + (", negated" if statement.negated else "")),
        ("kind", statement.kind.value),
        ("hedge", statement.hedge.word if statement.hedge else None),
        ("relayed by", relay),
        ("medium", statement.medium),
        ("said", statement.said.value if statement.said else None),
        ("happened", ", ".join(time.value for time in statement.happened)),
        ("places", ", ".join(place.name for place in statement.places)),
        ("events", ", ".join(_in_brief(event) for event in statement.events)),
        ("confidence", f"{statement.confidence:.2f}"),
    )
    return Shown(
        "statement",
        statement_row(report, statement),
        words(report.text, statement.content),
        facts,
        claims=tuple(claim for claim in ledger.linked().claims if statement.id in claim.statements),
        statements=((report, statement),),
        judgements=about,
    )


def _in_brief(event: Event) -> str:
    """ "not leave (planned)": an event as one looks it up, by its verb and how far it has come about."""
    told = "" if event.modality is Modality.HAPPENED else f" ({event.modality.value})"
    return f"{'not ' if event.negated else ''}{event.lemma}{told}"


def _origin(ledger: _Then, origin: Origin, about: tuple[Judgement, ...]) -> Shown:
    facts = (
        (edge.kind.value, f"{edge.derived} from {edge.base} ({edge.score:.2f}): {'; '.join(edge.reasons)}")
        for edge in origin.edges
    )
    reports = tuple(ledger.report(report_id) for report_id in origin.reports)
    title = "One report of its own" if len(reports) == 1 else f"{len(reports)} reports that go back to one"
    return Shown("origin", origin_row(origin), title, tuple(facts), reports=reports, judgements=about)


def _question(ledger: _Then, question: Question, about: tuple[Judgement, ...]) -> Shown:
    answers = {claim.id: claim for claim in ledger.linked().claims}
    return Shown(
        "question",
        question_row(question),
        question.text,
        _known(("asks", question.slot.value.replace("_", " ")), ("open", "yes" if question.open else None)),
        claims=tuple(answers[claim_id] for claim_id in question.claims if claim_id in answers),
        statements=_by_id(ledger, question.asked_by),
        judgements=about,
    )


def _claim(ledger: _Then, claim: Claim, about: tuple[Judgement, ...]) -> Shown:
    linked = ledger.linked()
    asked = next((question for question in linked.questions if question.id == claim.question), None)
    relations = [
        (
            relation.kind.value,
            f"{relation.to_claim}: {'; '.join(relation.reasons)}"
            if relation.from_claim == claim.id
            else f"(by {relation.from_claim}): {'; '.join(relation.reasons)}",
        )
        for relation in linked.relations
        if claim.id in (relation.from_claim, relation.to_claim)
    ]
    facts = _known(
        ("status", f"{STATUS_WORDS[claim.status].name} ({rule_words(claim.rule)})"),
        ("question", f"{asked.text} ({asked.id})" if asked else claim.question),
        ("answer", answer_words(claim.answer)),
        ("origins", str(claim.origins)),
        *(("known by", known_by_words(origin)) for origin in claim.known_by),
        ("sides", ", ".join(claim.sides)),
        ("unverified", f"by {', '.join(claim.unverified_by)}" if claim.unverified_by else None),
        *relations,
    )
    return Shown(
        "claim",
        claim_row(claim),
        claim.wording,
        facts,
        statements=_by_id(ledger, dict.fromkeys((*claim.statements, *claim.unverified_by))),
        judgements=about,
    )


def _line(ledger: _Then, line: Line, about: tuple[Judgement, ...]) -> Shown:
    wanted = set(line.claims)
    return Shown(
        "line",
        line_dict(line),
        line.text,
        _known(("status", f"{STATUS_WORDS[line.status].name} ({rule_words(line.rule)})"), ("question", line.question)),
        claims=tuple(claim for claim in ledger.linked().claims if claim.id in wanted),
        statements=_by_id(ledger, dict.fromkeys(citation.statement for citation in line.citations)),
        judgements=about,
    )


def known_by_words(origin: ClaimOrigin) -> str:
    """One origin of a claim: "Ada Quill, a party to the matter: said by Ada Quill; …"."""
    return f"{origin.name or 'nobody named'}, {ORIGIN_WORDS[origin.type]}: {'; '.join(origin.reasons)}"


_PLURAL = re.compile(r"(?<=[a-z]{3})(?<!s|u)(?<!se|xe|ie)(?<!che|she)s$")
"""The ending of the plain plurals, "farmers"; others are left as they are."""


def answer_words(answer: Answer) -> str:
    """An answer as a reader says it: "12 killed", "about 60 people killed", "yes", or its own words."""
    if answer.holds is not None:
        return "yes" if answer.holds else "no"
    if answer.best is None and answer.low is None and answer.high is None:
        return answer.text
    exact = answer.low == answer.best == answer.high
    as_given = answer.text[:1].lower() + answer.text[1:]
    if exact:
        number = f"{answer.best:,g}"
    elif as_given and not any(word and word in as_given for word in (answer.unit, answer.counted)):
        number = as_given  # "about 60", "up to 81", "scores": nobody said "54 to 66"
    elif answer.low is not None and answer.high is None:
        number = f"at least {answer.low:,g}"
    elif answer.high is not None and not answer.low:
        number = f"at most {answer.high:,g}"
    elif answer.low is not None and answer.high is not None and answer.low != answer.high:
        number = f"{answer.low:,g} to {answer.high:,g}"
    else:
        number = f"{answer.best if answer.best is not None else answer.high:,g}"
    # What is counted says more than its unit: "3 farmers", not "3 people farmers".
    what = answer.counted or answer.unit
    if number == "1" and what:
        what = "person" if what == "people" else _PLURAL.sub("", what)
    return " ".join(filter(None, (number, what, answer.measure and answer.measure.value)))


def citing(report: Report) -> str:
    """Where and when: "Harbour Post, 2 March 2024"."""
    outlet = outlet_words(report.outlet, report.url, report.id)
    return f"{outlet}, {date_words(report.published.value, clock=True)}" if report.published else outlet


def _known(*facts: tuple[str, str | None]) -> tuple[tuple[str, str], ...]:
    return tuple((label, value) for label, value in facts if value)


def _with_reports(ledger: _Then, found: Iterable[Statement]) -> tuple[tuple[Report, Statement], ...]:
    """Each statement with its report, oldest report first."""
    held: dict[str, Report] = {}
    pairs = []
    for statement in found:
        report = held.get(statement.report) or held.setdefault(statement.report, ledger.report(statement.report))
        pairs.append((report, statement))
    pairs.sort(key=lambda pair: (pair[0].published.value if pair[0].published else "", pair[0].id))
    return tuple(pairs)


def _by_id(ledger: _Then, ids: Iterable[str]) -> tuple[tuple[Report, Statement], ...]:
    found = (ledger.statement(statement_id) for statement_id in ids)
    return _with_reports(ledger, (statement for statement in found if statement))
