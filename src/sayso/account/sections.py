"""The sections of an account: which claims stand in each, and in which order. A section is one function and a line in `WRITERS`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from sayso.account.asides import is_aside
from sayso.account.background import is_background
from sayso.account.editor import Draft, Editor
from sayso.account.figures import figure_line
from sayso.account.lines import MOST_CITED, first_wording, is_old, one_claim, pair, words_told, worst
from sayso.account.weight import GRAVE, weight_of
from sayso.account.wording import cite, in_headline, outlet_of, said, sentence, told
from sayso.model import (
    Act,
    ActorType,
    Claim,
    Kind,
    Question,
    Relation,
    RelationKind,
    SectionKey,
    Slot,
    Statement,
    Status,
)

AMOUNT = 0.8  # how grave kilometres and money are beside the dead and the injured (weight.py)
_PER_ACTOR = 2  # lines for one speaker among "who says what"
_ONE_SIDED = (Act.DENY, Act.ACCUSE, Act.CLAIM_RESPONSIBILITY, Act.DECLINE_RESPONSIBILITY)
_DISTRIBUTED = re.compile(r"(?:each|both|either|neither)\b", re.I)  # nobody in particular said it
_LEAST_WEIGHT = 2.2  # below this a statement is colour, not news: such as an unnamed voice late in one report
# What a denial without content of its own is made of ("any role for its army", "that he had any official involvement").
_EMPTY_DENIAL = re.compile(
    r"\b(?:that|it|its|he|she|they|their|them|his|her|this|the|all|any|such|an?|of|for|in|by|was|were|is|are|be|been|had|has|have|"
    r"official|direct|involvement|involved|role|part|hand|responsibility|responsible|accusations?|allegations?|charges?|claims?|"
    r"reports?|army|armed|forces?|troops|soldiers|government|military)\b",
    re.IGNORECASE,
)
# A correction says so in its own verb, and is done: "to clarify" and "is revising its plans" correct nothing.
_CORRECTS = re.compile(
    r"^(?:(?:has|have|had) )?(?:since |later |also )?(?:corrects?|corrected|retracts?|retracted|withdrew|withdrawn|recants?|recanted|took back|amended)\b|"
    r"\bcorrections?\b|\bretraction\b",
    re.IGNORECASE,
)


def _figures(editor: Editor) -> Iterator[Draft]:
    """One line for each thing counted: the figures given, by whom, in the order of time. The gravest and most told first."""
    order = {c.id: n for n, c in enumerate(editor.ranked)}
    counted = [q for q in editor.questions.values() if q.slot is Slot.HOW_MANY and q.claims]

    def rank(question: Question) -> tuple[float, int, str]:
        claims = [editor.claims[c] for c in question.claims if c in editor.claims]
        grave = max((GRAVE.get(c.answer.measure, 0.5) if c.answer.measure else AMOUNT for c in claims), default=0.0)
        contested = 1.5 if any(c.status in (Status.DISPUTED, Status.REVISED) for c in claims) else 1.0
        told_by = [s for c in claims for s in editor.statements(c) if s.report not in editor.derived]
        outlets = len({outlet_of(editor.desk, s) for s in told_by})
        return (
            -round(grave * contested * max(1, outlets) * max(1, len({s.report for s in told_by})) ** 0.25, 6),
            min((order.get(c.id, 10**9) for c in claims), default=10**9),
            question.id,
        )

    for question in sorted(counted, key=rank):
        claims = [editor.claims[c] for c in question.claims if c in editor.claims]
        series = [
            (c, s)
            for c in claims
            for s in editor.statements(c)
            if not is_background(s, editor.desk.reports[s.report]) and not is_aside(s, editor.desk)
        ]
        if not any(claim.answer.measure for claim in claims) and not _given_by_several(editor, claims):
            continue
        if len(claims) == 1 and set(claims[0].statements) <= editor.figured:
            continue  # another number of a sentence that is told already
        line = figure_line(editor.desk, question, series, derived=editor.derived)
        if line is None:
            continue
        text, cited, framing = line
        status, rule = worst(claims)
        citations = tuple(cite(editor.desk, s, spans) for s, spans in cited)[:MOST_CITED]
        yield Draft(text, status, rule, question.id, tuple(c.id for c in claims), citations, framing)


def _given_by_several(editor: Editor, claims: Sequence[Claim]) -> bool:
    """Whether an amount is given by two outlets or more: what one tells of kilometres or money is a circumstance of its news."""
    statements = [s for c in claims for s in editor.statements(c) if s.report not in editor.derived]
    return len({outlet_of(editor.desk, s) for s in statements}) > 1


def _disputed(editor: Editor) -> Iterator[Draft]:
    """Two claims that cannot both hold, each with its speaker; one line for one dispute of the same sides."""
    order = {c.id: n for n, c in enumerate(editor.ranked)}
    pairs = [r for r in editor.linked.relations if r.kind in (RelationKind.CONTRADICTS, RelationKind.DENIES)]
    shown: list[tuple[str, frozenset[str], frozenset[str]]] = []
    for relation in sorted(
        pairs, key=lambda r: (order.get(r.to_claim, 10**9) + order.get(r.from_claim, 10**9), r.from_claim, r.to_claim)
    ):
        first, second = editor.claims.get(relation.to_claim), editor.claims.get(relation.from_claim)
        if first is None or second is None or {first.id, second.id} & editor.told:
            continue  # one line a claim: what else stands against it is one click away
        if any(editor.only_reworded(c) or editor.only_headline(c) for c in (first, second)):
            continue  # its base, or the body, opens the dispute, if there is one
        draft = pair(editor, first, second, relation, "; ")
        if draft is None:
            continue
        issue, one, two = _issue(relation), _names_of(editor, first), _names_of(editor, second)
        if any(issue and issue == i and ((one & a and two & b) or (one & b and two & a)) for i, a, b in shown):
            editor.told |= {first.id, second.id}
            continue
        shown.append((issue, one, two))
        yield draft


def _issue(relation: Relation) -> str:
    """What a relation says is at issue ("whether the fighting is over"), or nothing."""
    head, colon, _ = relation.reasons[0].partition(":") if relation.reasons else ("", "", "")
    return head if colon else ""


def _names_of(editor: Editor, claim: Claim) -> frozenset[str]:
    """The capitalised words of a claim's speakers and their roles: two spokesmen of one body are one side."""
    names = {s.actor.name for s in editor.statements(claim) if s.actor}
    roles = {role for name in names for role in editor.roles.get(name, ())}
    return frozenset(re.findall(r"\b[A-Z]\w{3,}", " ".join(sorted(names | roles))))


def _changed(editor: Editor) -> Iterator[Draft]:
    """What a speaker took back or now says otherwise, unless the figures show it already."""
    for relation in sorted(editor.linked.relations, key=lambda r: (r.from_claim, r.to_claim)):
        if relation.kind is not RelationKind.REVISES:
            continue
        earlier, later = editor.claims.get(relation.to_claim), editor.claims.get(relation.from_claim)
        if earlier is None or later is None or (earlier.id in editor.told and later.id in editor.told):
            continue
        draft = pair(editor, earlier, later, relation, "; later, ")
        if draft is not None:
            yield draft
    for claim in editor.ranked:
        for s in editor.statements(claim):
            if s.act in (Act.CORRECT, Act.RETRACT) and claim.id not in editor.told and _corrects(editor, s):
                yield from one_claim(editor, claim, [s])
                break


def _corrects(editor: Editor, statement: Statement) -> bool:
    """Whether somebody corrects what was said, rather than explains or plans."""
    text = editor.desk.text(statement)
    cue = " ".join(" ".join(span.of(text) for span in statement.cue).split())
    own = " ".join(statement.content[0].of(text).split()[:2])
    return bool(_CORRECTS.search(cue) or (statement.kind is Kind.VOICE and _CORRECTS.search(own)))


def _unverified(editor: Editor) -> Iterator[Draft]:
    """What an outlet tried to verify and could not, with the claim it speaks of; a rewording tried nothing itself."""
    seen: set[str] = set()
    for claim in editor.ranked:
        attempts = [editor.desk.statements[i] for i in claim.unverified_by if i in editor.desk.statements]
        attempts = [
            s for s in attempts if s.id not in seen and s.report not in editor.derived and not _is_person(editor, s)
        ]
        for attempt in sorted(attempts, key=lambda s: (editor.when(s), s.id))[:1]:
            what, about = said(editor.desk, attempt), first_wording(editor, claim, near=attempt)
            if what is None or about is None or is_aside(attempt, editor.desk):
                continue
            seen.add(attempt.id)
            statement, words = about
            if is_aside(statement, editor.desk):
                continue
            citations = (cite(editor.desk, statement, words.spans), cite(editor.desk, attempt, what.spans))
            text = f"{sentence(words.text)} {sentence(what.text)}"
            yield Draft(
                text, claim.status, claim.rule, claim.question, (claim.id,), citations, (*words.framing, *what.framing)
            )


def _is_person(editor: Editor, statement: Statement) -> bool:
    """A person who could not find out about their own kin checked no claim; an outlet or a body did."""
    actor = statement.actor
    return actor is not None and actor.type is ActorType.PERSON and actor.name != outlet_of(editor.desk, statement)


def _established(editor: Editor) -> Iterator[Draft]:
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
        if is_aside(best, editor.desk) or editor.slot_of(claim) is Slot.HOW_MANY:
            continue  # a number is told among the figures: its sentence says more than was corroborated
        if claim.status in (Status.AGREED, Status.CORROBORATED) and news and not is_old(editor, claim):
            yield from one_claim(editor, claim, _in_the_claims_words(editor, claim))


def _in_the_claims_words(editor: Editor, claim: Claim) -> list[Statement]:
    """The statements of a claim, first those that have its words: others tell more beside it, which is theirs alone."""
    best = editor.best(editor.statements(claim))
    return sorted(best, key=lambda s: not any(claim.wording in span.of(editor.desk.text(s)) for span in s.content))


def _open(editor: Editor) -> Iterator[Draft]:
    """Questions that the reports raise and do not answer, in the words that raise them."""
    raised = []
    for question in editor.questions.values():
        asked = [editor.desk.statements[i] for i in question.asked_by if i in editor.desk.statements]
        asked = [s for s in asked if not is_aside(s, editor.desk)]
        asked = [s for s in asked if s.report not in editor.derived]  # what a rewording asks, its base asked
        if question.open and asked:
            first = asked[0]
            raised.append((weight_of(first, editor.desk, editor.topic), question, first))
    for _, question, statement in sorted(raised, key=lambda r: (-round(r[0], 6), r[1].id)):
        words = told(editor.desk, statement) if statement.kind is Kind.VOICE else said(editor.desk, statement)
        if words is None:
            continue
        yield Draft(
            words.text, Status.OPEN, "asked_not_answered", question.id, question.claims,
            (cite(editor.desk, statement, words.spans),), words.framing,
        )  # fmt: skip


def _background(editor: Editor) -> Iterator[Draft]:
    for claim in editor.ranked:
        best = editor.best(editor.statements(claim))[0]
        if claim.id not in editor.told and is_old(editor, claim) and not is_aside(best, editor.desk):
            yield from one_claim(editor, claim, editor.best(editor.statements(claim)))


def _each_side(editor: Editor) -> Iterator[Draft]:
    """What is left and weighty: every speaker once, then those with more to say again; outlets' own reporting last among equals."""
    spoken: dict[str, int] = {}
    for turn in range(_PER_ACTOR):
        for claim in editor.ranked:
            first = _voice_of(editor, claim)
            if first is None:
                continue
            who = first.actor.id if first.actor else f"outlet {outlet_of(editor.desk, first)}"
            if spoken.get(who, 0) == turn:
                spoken[who] = turn + 1
                yield from one_claim(editor, claim, editor.best(editor.statements(claim)))


def _voice_of(editor: Editor, claim: Claim) -> Statement | None:
    """The statement to quote for a claim among "who says what"; None where it has no place there, or is told."""
    statements = editor.statements(claim)
    if claim.id in editor.told or is_old(editor, claim) or not statements:
        return None
    if editor.cited & set(claim.statements) or editor.counted(claim) or editor.one_of_several_numbers(claim):
        return None  # a line says it already, as a figure or with another claim of the same sentence
    first = editor.best(statements)[0]
    if first.act in (Act.CANNOT_VERIFY, Act.ASK, Act.OTHER, Act.DECLINE_COMMENT) or words_told(editor, first):
        return None
    if is_aside(first, editor.desk) or in_headline(editor.desk, first):
        return None
    if first.act is Act.DENY and not _EMPTY_DENIAL.sub("", claim.wording).strip(" .,;"):
        return None  # it says nothing without what it denies
    return first if weight_of(first, editor.desk, editor.topic) >= _LEAST_WEIGHT else None


WRITERS: tuple[tuple[SectionKey, Callable[[Editor], Iterator[Draft]]], ...] = (
    (SectionKey.FIGURES, _figures),
    (SectionKey.DISPUTED, _disputed),
    (SectionKey.CHANGED, _changed),
    (SectionKey.UNVERIFIED, _unverified),
    (SectionKey.ESTABLISHED, _established),
    (SectionKey.OPEN, _open),
    (SectionKey.BACKGROUND, _background),
    (SectionKey.EACH_SIDE, _each_side),
)
