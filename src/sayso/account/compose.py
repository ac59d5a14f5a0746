"""The account: which claims a reader should see, in which section, in which order, and in which words.

    1. numbers that were given for the same thing        -> figures (what was revised says so)
    2. claims that cannot both hold                      -> disputed
    3. claims somebody took back or changed              -> changed
    4. what an outlet tried to verify and could not      -> unverified
    5. what several independent origins say              -> established
    6. what is asked and not answered                    -> open
    7. older incidents told beside the story             -> background
    8. everything else that matters: who says what       -> each_side

A claim is told once. Every line passes the gate or is left out; nothing is worded that no record holds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from sayso.account.figures import figure_line
from sayso.account.gate import check_line
from sayso.account.weight import Topic, is_background, weight, weight_of
from sayso.account.wording import Desk, Worded, cite, in_headline, outlet_of, reported, said, sentence, told
from sayso.model import (
    Account,
    Act,
    Citation,
    Claim,
    Extraction,
    Kind,
    Line,
    Linked,
    Question,
    Relation,
    RelationKind,
    Report,
    Section,
    SectionKey,
    Slot,
    Statement,
    Status,
)

HEADINGS = {
    SectionKey.ESTABLISHED: "What is established",
    SectionKey.FIGURES: "Figures",
    SectionKey.CHANGED: "What changed",
    SectionKey.DISPUTED: "What is disputed",
    SectionKey.EACH_SIDE: "Who says what",
    SectionKey.UNVERIFIED: "What could not be verified",
    SectionKey.OPEN: "What is not known",
    SectionKey.BACKGROUND: "Background",
}
"""Sections in the order of the page."""

# A reader's page, not a dump: lines a section may have. Together about 25, what a screen and a half holds.
_MOST = {
    SectionKey.ESTABLISHED: 6,
    SectionKey.FIGURES: 5,
    SectionKey.CHANGED: 4,
    SectionKey.DISPUTED: 5,
    SectionKey.EACH_SIDE: 8,
    SectionKey.UNVERIFIED: 3,
    SectionKey.OPEN: 4,
    SectionKey.BACKGROUND: 3,
}
_PER_ACTOR = 2  # lines for one speaker among "who says what"
_MOST_CITED = 6  # citations on one line; the rest stay with the claim
_ONE_SIDED = (Act.DENY, Act.ACCUSE, Act.CLAIM_RESPONSIBILITY, Act.DECLINE_RESPONSIBILITY)
_LEAST_WORDS = 6  # of each side of a dispute: fewer do not tell what it is about
_DISTRIBUTED = re.compile(r"(?:each|both|either|neither)\b", re.I)  # nobody in particular said it
_SAME_LINE = 0.75  # of the shorter line's longer words: above it, the second line would be read as a repetition
_LEAST_WEIGHT = 2.2  # below this a statement is colour, not news: such as an unnamed voice late in one report


def compose(
    reports: Sequence[Report],
    extractions: Sequence[Extraction],
    linked: Linked,
    *,
    title: str | None = None,
    as_of: str | None = None,
) -> Account:
    """The account of these reports. The same records give the same account, in whatever order they come."""
    editor = _Editor.of(reports, extractions, linked)
    lines: dict[SectionKey, list[Line]] = {}
    for key, writer in _WRITERS:
        kept: list[Line] = []
        for draft in writer(editor):
            line = None if editor.repeats(draft) else editor.pass_gate(key, draft)
            if line is not None:
                editor.lines.append(_content_words(draft.text))
                kept.append(line)
                editor.told.update(line.claims)
                editor.said_words.update(_essence(c) for c in line.citations)
            if len(kept) >= _MOST[key]:
                break
        lines[key] = kept
    return Account(
        title=title or _title(reports, editor.topic),
        as_of=as_of,
        reports=len(reports),
        origins=len(linked.origins),
        sections=tuple(Section(key, heading, tuple(lines[key])) for key, heading in HEADINGS.items() if lines[key]),
    )


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
class _Editor:
    """What the writers of the sections look things up in, and what has been told so far."""

    desk: Desk
    linked: Linked
    topic: Topic
    claims: dict[str, Claim]
    questions: dict[str, Question]
    texts: dict[str, str]
    parties: frozenset[str] = frozenset()  # names of those who hold a disputed claim
    ranked: tuple[Claim, ...] = ()
    told: set[str] = field(default_factory=set)
    lines: list[frozenset[str]] = field(default_factory=list)
    said_words: set[str] = field(default_factory=set)

    @staticmethod
    def of(reports: Sequence[Report], extractions: Sequence[Extraction], linked: Linked) -> _Editor:
        desk = Desk.of({r.id: r for r in reports}, {x.report: x for x in extractions})
        editor = _Editor(
            desk,
            linked,
            Topic.of(desk),
            {c.id: c for c in linked.claims},
            {q.id: q for q in linked.questions},
            {r.id: r.text for r in reports},
        )
        editor.parties = frozenset(name for c in linked.claims if c.status is Status.DISPUTED for name in c.sides)
        weights = {
            c.id: weight(c, editor.statements(c), desk, editor.topic) for c in linked.claims if editor.statements(c)
        }
        editor.ranked = tuple(
            sorted((editor.claims[i] for i in weights), key=lambda c: (-round(weights[c.id], 6), c.id))
        )
        return editor

    def statements(self, claim: Claim) -> list[Statement]:
        known = [self.desk.statements[i] for i in claim.statements if i in self.desk.statements]
        return sorted(known, key=lambda s: (self.when(s), s.id))

    def when(self, statement: Statement) -> str:
        published = self.desk.reports[statement.report].published
        return published.value if published else ""

    def best(self, statements: Iterable[Statement]) -> list[Statement]:
        """The statements of a claim, the one to quote first."""
        return sorted(
            statements,
            key=lambda s: (
                in_headline(self.desk, s),
                s.kind is Kind.VOICE,
                -round(weight_of(s, self.desk, self.topic), 6),
                s.id,
            ),
        )

    def repeats(self, draft: Draft) -> bool:
        """Whether a line already says this in nearly the same words."""
        words = _content_words(draft.text)
        return any(len(words & other) >= _SAME_LINE * min(len(words), len(other)) for other in self.lines if other)

    def pass_gate(self, key: SectionKey, draft: Draft) -> Line | None:
        text = sentence(draft.text)
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


def _content_words(text: str) -> frozenset[str]:
    return frozenset(w for w in re.findall(r"\w+", text.lower()) if len(w) > 3)


def _essence(citation: Citation) -> str:
    return " ".join(citation.exact.lower().split())


# ---------------------------------------------------------------------------------------------------
# The sections


def _figures(editor: _Editor) -> Iterator[Draft]:
    """One line for each thing counted: every figure given, by whom, in the order of time."""
    order = {c.id: n for n, c in enumerate(editor.ranked)}
    counted = [q for q in editor.questions.values() if q.slot is Slot.HOW_MANY and q.claims]
    for question in sorted(counted, key=lambda q: (min(order.get(c, 10**9) for c in q.claims), q.id)):
        claims = [editor.claims[c] for c in question.claims if c in editor.claims]
        series = [(c, s) for c in claims for s in editor.statements(c) if not is_background(s, editor.desk)]
        if not any(claim.answer.measure for claim in claims) and len(claims) < 2:
            continue
        line = figure_line(editor.desk, question, series)
        if line is None:
            continue
        text, cited, framing = line
        status, rule = _worst(claims)
        citations = tuple(cite(editor.desk, s, spans) for s, spans in cited)[:_MOST_CITED]
        yield Draft(text, status, rule, question.id, tuple(c.id for c in claims), citations, framing)


def _disputed(editor: _Editor) -> Iterator[Draft]:
    """Two claims that cannot both hold, each with its speaker."""
    order = {c.id: n for n, c in enumerate(editor.ranked)}
    pairs = [r for r in editor.linked.relations if r.kind in (RelationKind.CONTRADICTS, RelationKind.DENIES)]
    for relation in sorted(
        pairs, key=lambda r: (order.get(r.to_claim, 10**9) + order.get(r.from_claim, 10**9), r.from_claim, r.to_claim)
    ):
        first, second = editor.claims.get(relation.to_claim), editor.claims.get(relation.from_claim)
        if first is None or second is None or {first.id, second.id} & editor.told:
            continue  # one line a claim: what else stands against it is one click away
        draft = _pair(editor, first, second, relation, "; ")
        if draft is not None:
            yield draft


def _changed(editor: _Editor) -> Iterator[Draft]:
    """What a speaker took back or now says otherwise, unless the figures show it already."""
    for relation in sorted(editor.linked.relations, key=lambda r: (r.from_claim, r.to_claim)):
        if relation.kind is not RelationKind.REVISES:
            continue
        earlier, later = editor.claims.get(relation.to_claim), editor.claims.get(relation.from_claim)
        if earlier is None or later is None or (earlier.id in editor.told and later.id in editor.told):
            continue
        draft = _pair(editor, earlier, later, relation, "; later, ")
        if draft is not None:
            yield draft
    for claim in editor.ranked:
        for s in editor.statements(claim):
            if s.act in (Act.CORRECT, Act.RETRACT) and claim.id not in editor.told:
                yield from _one(editor, claim, [s])
                break


def _unverified(editor: _Editor) -> Iterator[Draft]:
    """What an outlet tried to verify and could not, with the claim it speaks of."""
    seen: set[str] = set()
    for claim in editor.ranked:
        for identifier in claim.unverified_by:
            attempt = editor.desk.statements.get(identifier)
            if attempt is None or identifier in seen:
                continue
            if claim.id in seen:
                break
            seen |= {identifier, claim.id}
            what, about = said(editor.desk, attempt), _first_wording(editor, claim)
            if what is None or about is None:
                continue
            statement, words = about
            citations = (cite(editor.desk, statement, words.spans), cite(editor.desk, attempt, what.spans))
            text = f"{sentence(words.text)} {sentence(what.text)}"
            yield Draft(
                text, claim.status, claim.rule, claim.question, (claim.id,), citations, (*words.framing, *what.framing)
            )


def _established(editor: _Editor) -> Iterator[Draft]:
    """Claims that independent origins or opposing sides share."""
    for claim in editor.ranked:
        best = editor.best(editor.statements(claim))[0]
        news = (
            best.act not in (Act.OTHER, Act.CONDEMN, Act.ORDER, Act.PROMISE, Act.PREDICT)
            and len(claim.wording.split()) >= 6
        )
        if best.actor is not None and _DISTRIBUTED.match(best.actor.name):
            continue
        if claim.status is Status.CORROBORATED and (best.act in _ONE_SIDED or editor.parties & set(claim.sides)):
            continue  # however many carry it, one side's word stays one side's word
        if claim.status in (Status.AGREED, Status.CORROBORATED) and news and not _is_old(editor, claim):
            yield from _one(editor, claim, editor.best(editor.statements(claim)))


def _open(editor: _Editor) -> Iterator[Draft]:
    """Questions that the reports raise and do not answer, in the words that raise them."""
    raised = [
        (weight_of(s, editor.desk, editor.topic), q, s)
        for q in editor.questions.values()
        if q.open
        for s in [editor.desk.statements[i] for i in q.asked_by if i in editor.desk.statements][:1]
    ]
    for _, question, statement in sorted(raised, key=lambda r: (-round(r[0], 6), r[1].id)):
        words = told(editor.desk, statement) if statement.kind is Kind.VOICE else said(editor.desk, statement)
        if words is None:
            continue
        yield Draft(
            words.text, Status.OPEN, "asked_not_answered", question.id, question.claims,
            (cite(editor.desk, statement, words.spans),), words.framing,
        )  # fmt: skip


def _background(editor: _Editor) -> Iterator[Draft]:
    for claim in editor.ranked:
        if claim.id not in editor.told and _is_old(editor, claim):
            yield from _one(editor, claim, editor.best(editor.statements(claim)))


def _each_side(editor: _Editor) -> Iterator[Draft]:
    """What is left and weighty: a few lines a speaker, the outlets' own reporting last among equals."""
    spoken: dict[str, int] = {}
    for claim in editor.ranked:
        statements = editor.statements(claim)
        if claim.id in editor.told or _is_old(editor, claim) or not statements:
            continue
        first = editor.best(statements)[0]
        if first.act in (Act.CANNOT_VERIFY, Act.ASK, Act.OTHER, Act.DECLINE_COMMENT) or _essence_told(editor, first):
            continue
        if weight_of(first, editor.desk, editor.topic) < _LEAST_WEIGHT or in_headline(editor.desk, first):
            continue
        who = first.actor.id if first.actor else f"outlet {outlet_of(editor.desk, first)}"
        if spoken.get(who, 0) >= _PER_ACTOR:
            continue
        spoken[who] = spoken.get(who, 0) + 1
        yield from _one(editor, claim, editor.best(statements))


_WRITERS: tuple[tuple[SectionKey, Callable[[_Editor], Iterator[Draft]]], ...] = (
    (SectionKey.FIGURES, _figures),
    (SectionKey.DISPUTED, _disputed),
    (SectionKey.CHANGED, _changed),
    (SectionKey.UNVERIFIED, _unverified),
    (SectionKey.ESTABLISHED, _established),
    (SectionKey.OPEN, _open),
    (SectionKey.BACKGROUND, _background),
    (SectionKey.EACH_SIDE, _each_side),
)


# ---------------------------------------------------------------------------------------------------
# Lines


def _word(editor: _Editor, statement: Statement, *, named: bool = False) -> Worded | None:
    """The words of a statement; ``named`` puts the outlet before its own voice, as a line of two sides needs."""
    if statement.kind is not Kind.VOICE:
        return said(editor.desk, statement)
    own_channel = statement.actor is not None
    return reported(editor.desk, statement) if named or own_channel else told(editor.desk, statement)


def _one(editor: _Editor, claim: Claim, statements: Sequence[Statement]) -> Iterator[Draft]:
    """One claim as a line: its best statement's words, the others cited beside it."""
    for n, statement in enumerate(statements):
        words = _word(editor, statement)
        if words is None:
            continue
        citations = [cite(editor.desk, statement, words.spans)]
        for other in [*statements[:n], *statements[n + 1 :]]:
            if len(citations) >= _MOST_CITED:
                break
            citations.append(cite(editor.desk, other, (*other.source, *other.cue, *other.content)))
        yield Draft(words.text, claim.status, claim.rule, claim.question, (claim.id,), tuple(citations), words.framing)
        return


def _first_wording(editor: _Editor, claim: Claim, *, named: bool = False) -> tuple[Statement, Worded] | None:
    for statement in editor.best(editor.statements(claim)):
        words = _word(editor, statement, named=named)
        if words is not None:
            return statement, words
    return None


def _pair(editor: _Editor, first: Claim, second: Claim, relation: Relation, joint: str) -> Draft | None:
    one, two = _first_wording(editor, first, named=True), _first_wording(editor, second, named=True)
    if one is None or two is None:
        return None
    status, rule = _worst([first, second])
    if min(len(one[1].text.split()), len(two[1].text.split())) < _LEAST_WORDS:
        return None
    text = re.sub(r",(?=[”\"]+$)", "", one[1].text).rstrip(".") + joint + two[1].text
    return Draft(
        text, status, rule, first.question, (first.id, second.id),
        (cite(editor.desk, one[0], one[1].spans), cite(editor.desk, two[0], two[1].spans)),
        (*one[1].framing, *two[1].framing, joint.strip("; ,") or "said"),
    )  # fmt: skip


def _worst(claims: Sequence[Claim]) -> tuple[Status, str]:
    """The status that a reader must not miss among those of several claims."""
    order = (
        Status.DISPUTED,
        Status.REVISED,
        Status.WITHDRAWN,
        Status.CLAIMED,
        Status.REPORTED,
        Status.CORROBORATED,
        Status.AGREED,
        Status.OPEN,
    )
    worst = min(claims, key=lambda c: (order.index(c.status), c.id))
    return worst.status, worst.rule


def _is_old(editor: _Editor, claim: Claim) -> bool:
    return all(is_background(s, editor.desk) for s in editor.statements(claim))


def _essence_told(editor: _Editor, statement: Statement) -> bool:
    """Whether a line already quotes these very words (a headline repeated, a copy of the same sentence)."""
    text = editor.desk.text(statement)
    words = " ".join(" ".join(s.of(text) for s in statement.content).lower().split())
    return any(words in told_words or told_words in words for told_words in editor.said_words)


def _title(reports: Sequence[Report], topic: Topic) -> str:
    """The title of the report whose headline says most of what the reports share; the earliest of equals."""
    titled = [r for r in reports if r.title]
    if not titled:
        return "What these reports say"
    best = max(titled, key=lambda r: (round(topic.fit(r.title or ""), 6), -len(r.title or ""), r.id))
    return best.title or "What these reports say"
