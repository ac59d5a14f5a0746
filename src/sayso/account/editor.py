"""What the writers of the sections look things up in, what has been told so far, and the gate that every line passes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sayso.account.gate import check_line
from sayso.account.weight import Topic, weight, weight_of
from sayso.account.wording import Desk, in_headline, sentence
from sayso.model import (
    Citation,
    Claim,
    EdgeKind,
    Extraction,
    Kind,
    Line,
    Linked,
    Measure,
    Question,
    Report,
    SectionKey,
    Slot,
    Statement,
    Status,
)

# A line that ends so was cut from its sentence by the reading.
_DANGLING = re.compile(r"\b(?:of|the|an?|to|for|with|by|in|at|from|that|and|or|but|as)[.”\"]*$", re.IGNORECASE)
_OPENING = 10  # words: a number that stands later is a circumstance of something else
_SHORT = 20  # words of a claim that is little more than its number
REWORDED = 2.0  # what only a rewording says, its base did not: of little weight, though it may be new
_SAME_LINE = 0.75  # of the shorter line's longer words: above it, the second line would be read as a repetition


@dataclass(frozen=True)
class Draft:
    """A line before the gate: its words, what it rests on, and which of its words are ours."""

    text: str
    status: Status
    rule: str
    question: str | None
    claims: tuple[str, ...]
    citations: tuple[Citation, ...]
    framing: tuple[str, ...] = ()


@dataclass
class Editor:
    """What the writers of the sections look things up in, and what has been told so far."""

    desk: Desk
    linked: Linked
    topic: Topic
    claims: dict[str, Claim]
    questions: dict[str, Question]
    texts: dict[str, str]
    roles: dict[str, set[str]] = field(default_factory=dict)  # of each speaker, in every report
    parties: frozenset[str] = frozenset()  # names of those who hold a disputed claim
    ranked: tuple[Claim, ...] = ()
    told: set[str] = field(default_factory=set)
    lines: list[frozenset[str]] = field(default_factory=list)
    said_words: set[str] = field(default_factory=set)
    figured: set[str] = field(default_factory=set)  # statements that give a figure of a question told
    figures: set[tuple[Measure | None, float | None]] = field(default_factory=set)  # measure and number, as told
    cited: set[str] = field(default_factory=set)  # statements that a line is worded from
    derived: frozenset[str] = frozenset()  # reports that repeat or reword one of another outlet in the ledger

    @staticmethod
    def of(reports: Sequence[Report], extractions: Sequence[Extraction], linked: Linked) -> Editor:
        desk = Desk.of({r.id: r for r in reports}, {x.report: x for x in extractions})
        editor = Editor(
            desk,
            linked,
            Topic.of(desk),
            {c.id: c for c in linked.claims},
            {q.id: q for q in linked.questions},
            {r.id: r.text for r in reports},
        )
        for s in desk.statements.values():
            if s.actor and s.actor.role:
                editor.roles.setdefault(s.actor.name, set()).add(s.actor.role)
        editor.derived = _derived(linked, editor.desk)
        editor.parties = frozenset(name for c in linked.claims if c.status is Status.DISPUTED for name in c.sides)
        weights = {}
        for c in linked.claims:
            if statements := editor.statements(c):
                weights[c.id] = weight(c, statements, desk, editor.topic) - REWORDED * editor.only_reworded(c)
        editor.ranked = tuple(
            sorted((editor.claims[i] for i in weights), key=lambda c: (-round(weights[c.id], 6), c.id))
        )
        return editor

    def statements(self, claim: Claim) -> list[Statement]:
        known = [self.desk.statements[i] for i in claim.statements if i in self.desk.statements]
        return sorted(known, key=lambda s: (self.when(s), s.id))

    def only_reworded(self, claim: Claim) -> bool:
        """Whether only rewordings say it, and no report that they derive from."""
        return all(s.report in self.derived for s in self.statements(claim))

    def slot_of(self, claim: Claim) -> Slot | None:
        question = self.questions.get(claim.question)
        return question.slot if question else None

    def only_headline(self, claim: Claim) -> bool:
        return all(in_headline(self.desk, s) for s in self.statements(claim))

    def when(self, statement: Statement) -> str:
        published = self.desk.reports[statement.report].published
        return published.value if published else ""

    def best(self, statements: Iterable[Statement]) -> list[Statement]:
        """The statements of a claim, the one to quote first."""
        return sorted(
            statements,
            key=lambda s: (
                in_headline(self.desk, s),
                s.report in self.derived,  # a rewording's words are nobody's
                s.kind is Kind.VOICE,
                -round(weight_of(s, self.desk, self.topic), 6),
                s.id,
            ),
        )

    def tell(self, line: Line) -> None:
        """Remembers a line, so that nothing in it is told again."""
        self.lines.append(content_words(line.text))
        self.told.update(line.claims)
        self.said_words.update(essence(c) for c in line.citations)
        self.cited.update(c.statement for c in line.citations)
        answers = [self.claims[c].answer for c in line.claims if c in self.claims]
        if any(a.measure or a.unit for a in answers):
            self.figured.update(s for c in line.claims if c in self.claims for s in self.claims[c].statements)
        self.figures.update((a.measure, a.best) for a in answers if a.measure)

    def counted(self, claim: Claim) -> bool:
        """Whether a claim tells little more than numbers that a line of figures gives, or left out of its series."""
        numbers = {(q.measure, q.best) for s in self.statements(claim) for q in s.quantities if q.measure}
        if numbers and numbers <= self.figures and len(claim.wording.split()) <= _SHORT:
            return True
        return set(claim.statements) <= self.figured and all(self._opens_with_number(s) for s in self.statements(claim))

    def one_of_several_numbers(self, claim: Claim) -> bool:
        """Whether a claim is one number of sentences that give others: the sentence says more than the claim's status."""
        if self.slot_of(claim) is not Slot.HOW_MANY:
            return False
        return all(sum(q.measure is not None for q in s.quantities) > 1 for s in self.statements(claim))

    def _opens_with_number(self, statement: Statement) -> bool:
        """Whether the first words of a statement are its number: "75,000 people have died and …"."""
        text, start = self.desk.text(statement), statement.content[0].start
        counted = [q.span.start for q in statement.quantities if q.measure and q.span.start >= start]
        return bool(counted) and len(text[start : min(counted)].split()) < _OPENING

    def repeats(self, draft: Draft) -> bool:
        """Whether a line already says this in nearly the same words."""
        words = content_words(draft.text)
        return any(len(words & other) >= _SAME_LINE * min(len(words), len(other)) for other in self.lines if other)

    def pass_gate(self, key: SectionKey, draft: Draft) -> Line | None:
        text = sentence(draft.text)
        if _DANGLING.search(text):
            return None
        line = Line(
            Line.make_id(section=key, text=text, claims=draft.claims),
            text,
            draft.status,
            draft.rule,
            draft.question,
            draft.claims,
            draft.citations,
        )
        framing = tuple(f for f in draft.framing if f in text)
        return None if check_line(line, self.texts, framing=framing, origins=self.linked.origins) else line


def _derived(linked: Linked, desk: Desk) -> frozenset[str]:
    """Reports whose text is another outlet's; with an outlet's own earlier report they only share their maker."""
    outlets = {report.id: report.outlet or report.id for report in desk.reports.values()}
    kinds = (EdgeKind.COPY, EdgeKind.REWORD, EdgeKind.TRANSLATE, EdgeKind.FORWARD)
    edges = [e for o in linked.origins for e in o.edges if e.kind in kinds]
    return frozenset(e.derived for e in edges if outlets.get(e.derived) != outlets.get(e.base))


def content_words(text: str) -> frozenset[str]:
    return frozenset(w for w in re.findall(r"\w+", text.lower()) if len(w) > 3)


def essence(citation: Citation) -> str:
    return " ".join(citation.exact.lower().split())
