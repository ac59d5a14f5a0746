"""Questions, claims and relations made from what the comparisons found, and each claim's status."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from sayso.link.figures import Count, answer_of, comparable, exclude, question_text, same_number
from sayso.link.matters import POINTING, Compared, Pair
from sayso.link.origins import independent_origins
from sayso.link.status import Evidence, status_of
from sayso.model import (
    Act,
    Answer,
    Claim,
    Kind,
    Question,
    Relation,
    RelationKind,
    Report,
    Slot,
    Statement,
)

_LONG, _SHORT = 40, 6  # words: a wording within these bounds is read at a glance


@dataclass(frozen=True)
class Drafts:
    """What the comparisons of one ledger found."""

    items: Sequence[Compared]
    counts: Sequence[Count]
    pairs: tuple[list[Pair], list[Pair]]
    denied: list[Pair]


@dataclass
class Draft:
    """A claim in the making: its statements, its question and what stands against it."""

    slot: Slot
    matter: str
    text: str
    statements: list[Statement]
    answer: Answer | None = None
    against: set[str] = field(default_factory=set)  # speakers of claims that cannot hold with it
    revised: bool = False

    @property
    def key(self) -> tuple[str, str, str]:
        return self.slot.value, self.matter, min(s.id for s in self.statements)


@dataclass(frozen=True)
class _Between:
    from_draft: int
    to_draft: int
    kind: RelationKind
    slot: Slot
    score: float
    reasons: tuple[str, ...]


def build(
    drafts: Drafts,
    *,
    reports: Mapping[str, Report],
    origin_of: Mapping[str, str],
    actor_of: Mapping[str, str],
    checked: Mapping[str, str],
    open_statements: Sequence[Statement],
) -> tuple[tuple[Question, ...], tuple[Claim, ...], tuple[Relation, ...]]:
    """All questions, claims and relations, in the order of their ids."""
    by_statement = {i.statement.id: i for i in drafts.items}
    figures, between = _count_claims(drafts.counts, by_statement)
    words, more = _word_claims(drafts, len(figures))
    claims_in_making = figures + words
    between += more
    _mark(claims_in_making, between, by_statement)

    opposed = _opposed_speakers(claims_in_making, between, by_statement)
    checks: dict[str, list[str]] = {}
    for check, target in sorted(checked.items()):
        checks.setdefault(target, []).append(check)
    claims: list[Claim] = []
    for draft in claims_in_making:
        claims.append(_claim(draft, reports, origin_of, actor_of, checks, opposed, by_statement))
    relations = sorted(
        {
            (r.from_claim, r.to_claim, r.kind): r
            for b in between
            for r in [
                Relation(claims[b.from_draft].id, claims[b.to_draft].id, b.kind, b.slot, round(b.score, 4), b.reasons)
            ]
            if r.from_claim != r.to_claim
        }.values(),
        key=lambda r: (r.from_claim, r.to_claim, r.kind.value),
    )
    questions = _questions(claims_in_making, claims) + _open_questions(open_statements, reports)
    unique = {c.id: c for c in claims}
    return (
        tuple(sorted(questions, key=lambda q: q.id)),
        tuple(unique[i] for i in sorted(unique)),
        tuple(relations),
    )


# ---------------------------------------------------------------------------------------------------
# Numbers


def _count_claims(counts: Sequence[Count], items: Mapping[str, Compared]) -> tuple[list[Draft], list[_Between]]:
    drafts: list[Draft] = []
    between: list[_Between] = []
    by_scope: dict[tuple[str, str, str, str], list[Count]] = {}
    for count in counts:
        by_scope.setdefault(count.scope, []).append(count)
    for scope in sorted(by_scope):
        answers: list[list[Count]] = []
        for count in sorted(
            by_scope[scope], key=lambda c: (items[c.statement.id].when, c.statement.id, c.quantity.span)
        ):
            fitting = next((a for a in answers if same_number(a[0], count)), None)
            answers.append([count]) if fitting is None else fitting.append(count)
        base = len(drafts)
        for answer in answers:
            statements = list({c.statement.id: c.statement for c in answer}.values())
            drafts.append(Draft(Slot.HOW_MANY, "|".join(scope), question_text(scope), statements, answer_of(answer[0])))
        for a, b in combinations(range(len(answers)), 2):
            relation = _between_counts(answers[a], answers[b], items)
            if relation is not None:
                later, kind, score, reasons = relation
                one, two = (base + b, base + a) if later else (base + a, base + b)
                between.append(_Between(one, two, kind, Slot.HOW_MANY, score, reasons))
    return drafts, between


def _between_counts(
    a: Sequence[Count], b: Sequence[Count], items: Mapping[str, Compared]
) -> tuple[bool, RelationKind, float, tuple[str, ...]] | None:
    """(whether b comes later, kind, score, reasons): the same speaker's later number revises; two speakers' numbers of
    one day that exclude each other contradict; of different days, the later one is only newer."""
    for x in a:
        for y in b:
            one, two = items[x.statement.id], items[y.statement.id]
            if (
                one.speaker == two.speaker
                and one.actor is not None
                and x.statement.id != y.statement.id
                and comparable(x, y)
            ):
                later = two.when > one.when
                return later, RelationKind.REVISES, 0.9, ("the same actor gave another number later",)
    for x in a:
        for y in b:
            one, two = items[x.statement.id], items[y.statement.id]
            same_day = _day(one) == _day(two)
            if one.speaker != two.speaker and one.actor and two.actor and same_day and exclude(x, y):
                return (
                    True,
                    RelationKind.CONTRADICTS,
                    0.7,
                    ("two actors, the same scope and day, numbers that exclude each other",),
                )
    return None


def _day(item: Compared) -> str:
    return item.when.partition("|")[0][:10]


# ---------------------------------------------------------------------------------------------------
# Words


def _word_claims(drafts: Drafts, offset: int) -> tuple[list[Draft], list[_Between]]:
    items = drafts.items
    same, opposite = drafts.pairs
    counted = {c.statement.id for c in drafts.counts}
    parent = list(range(len(items)))

    def root(n: int) -> int:
        while parent[n] != n:
            parent[n] = parent[parent[n]]
            n = parent[n]
        return n

    apart = {(p.first, p.second) for p in opposite}
    for pair in sorted(same, key=lambda p: (-round(p.likeness.score, 4), p.first, p.second)):
        one, two = sorted((root(pair.first), root(pair.second)))
        clash = (
            any(
                (min(a, b), max(a, b)) in apart
                for a in _members(parent, root, one)
                for b in _members(parent, root, two)
            )
            if apart
            else False
        )
        if one != two and not clash:
            parent[two] = one
    clusters: dict[int, list[int]] = {}
    for n, item in enumerate(items):
        if item.statement.act not in POINTING:
            clusters.setdefault(root(n), []).append(n)
    disputed = {n for p in (*opposite, *drafts.denied) for n in (p.first, p.second)}
    made: list[Draft] = []
    draft_of: dict[int, int] = {}
    for _, members in sorted(clusters.items()):
        # What only gives a number is told with the figures.
        if all(items[n].statement.id in counted for n in members) and not any(n in disputed for n in members):
            continue
        statements = [items[n].statement for n in members]
        draft_of.update(dict.fromkeys(members, len(made)))
        made.append(Draft(Slot.WHAT, min(s.id for s in statements), "", statements))
    between: list[_Between] = []
    for pair in opposite:
        if pair.first not in draft_of or pair.second not in draft_of:
            continue
        earlier, later = sorted((pair.first, pair.second), key=lambda n: (items[n].when, items[n].statement.id))
        revises = items[earlier].actor is not None and items[earlier].actor == items[later].actor
        if not revises and items[earlier].speaker == items[later].speaker:
            continue  # one outlet's own text weighing two sides is no dispute
        between.append(
            _Between(
                offset + draft_of[later],
                offset + draft_of[earlier],
                RelationKind.REVISES if revises else RelationKind.CONTRADICTS,
                Slot.WHETHER,
                pair.likeness.score,
                pair.likeness.reasons,
            )
        )
    for pair in drafts.denied:
        if pair.first in draft_of and pair.second in draft_of:
            between.append(
                _Between(
                    offset + draft_of[pair.first], offset + draft_of[pair.second], RelationKind.DENIES, Slot.WHETHER,
                    pair.likeness.score, pair.likeness.reasons,
                )
            )  # fmt: skip
    return made, between


def _members(parent: Sequence[int], root: Callable[[int], int], leader: int) -> list[int]:
    return [n for n in range(len(parent)) if root(n) == leader]


# ---------------------------------------------------------------------------------------------------
# Claims


def _mark(drafts: Sequence[Draft], between: Iterable[_Between], items: Mapping[str, Compared]) -> None:
    for b in between:
        one, two = drafts[b.from_draft], drafts[b.to_draft]
        if b.kind is RelationKind.REVISES:
            two.revised = True
        elif b.kind in (RelationKind.CONTRADICTS, RelationKind.DENIES):
            two.against |= {items[s.id].speaker for s in one.statements}
            one.against |= {items[s.id].speaker for s in two.statements}


def _opposed_speakers(
    drafts: Sequence[Draft], between: Iterable[_Between], items: Mapping[str, Compared]
) -> frozenset[frozenset[str]]:
    """Pairs of actors who contradict each other somewhere in the ledger."""
    return frozenset(
        frozenset((x, y))
        for b in between
        if b.kind in (RelationKind.CONTRADICTS, RelationKind.DENIES)
        for x in {items[s.id].actor for s in drafts[b.from_draft].statements}
        for y in {items[s.id].actor for s in drafts[b.to_draft].statements}
        if x and y and x != y
    )


def _claim(
    draft: Draft,
    reports: Mapping[str, Report],
    origin_of: Mapping[str, str],
    actor_of: Mapping[str, str],
    checks: Mapping[str, Sequence[str]],
    opposed: frozenset[frozenset[str]],
    items: Mapping[str, Compared],
) -> Claim:
    statements = sorted(draft.statements, key=lambda s: (items[s.id].when, s.id))
    origins = independent_origins(statements, origin_of, actor_of)
    holders = sorted({actor for s in statements if (actor := items[s.id].actor)})
    names = {actor_of[s.actor.id]: s.actor.name for s in statements if s.actor}
    evidence = Evidence(
        origins=len(origins),
        actors=len(holders),
        own_voice=any(s.kind is Kind.VOICE for s in statements),
        contradicted=bool(draft.against - {items[s.id].speaker for s in statements}),
        revised=draft.revised,
        taken_back=any(s.act is Act.RETRACT for s in statements),
        opposed_agree=any(frozenset(pair) in opposed for pair in combinations(holders, 2)),
    )
    status, rule = status_of(evidence)
    question = Question.make_id(slot=draft.slot, matter=draft.matter)
    ids = tuple(s.id for s in statements)
    wording = _wording(statements, reports)
    return Claim(
        id=Claim.make_id(question=question, statements=ids),
        question=question,
        wording=wording,
        statements=ids,
        answer=draft.answer or Answer(wording, holds=not statements[0].negated),
        status=status,
        rule=rule,
        origins=max(1, len(origins)),
        sides=tuple(sorted(names[h] for h in holders if h in names)),
        unverified_by=tuple(sorted(c for s in ids for c in checks.get(s, ()))),
    )


def _wording(statements: Sequence[Statement], reports: Mapping[str, Report]) -> str:
    """The clearest of the statements' own words: a whole clause of a readable length, the latest of equals."""

    def clarity(statement: Statement) -> tuple[int, int, str]:
        words = len(_words_of(statement, reports).split())
        return (int(_SHORT <= words <= _LONG), -len(statement.content), statement.id)

    return _words_of(max(statements, key=clarity), reports)


def _words_of(statement: Statement, reports: Mapping[str, Report]) -> str:
    text = reports[statement.report].text
    return " … ".join(" ".join(s.of(text).split()) for s in statement.content)


def _questions(drafts: Sequence[Draft], claims: Sequence[Claim]) -> list[Question]:
    by_question: dict[str, list[tuple[Draft, Claim]]] = {}
    for draft, claim in zip(drafts, claims, strict=True):
        by_question.setdefault(claim.question, []).append((draft, claim))
    return [
        Question(
            id=identifier,
            text=members[0][0].text or members[0][1].wording,
            slot=members[0][0].slot,
            claims=tuple(sorted({c.id for _, c in members})),
            open=False,
        )
        for identifier, members in by_question.items()
    ]


def _open_questions(statements: Iterable[Statement], reports: Mapping[str, Report]) -> list[Question]:
    """One open question for each way in which it is asked; the same words in several reports are asked once."""
    asked: dict[str, list[Statement]] = {}
    for statement in statements:
        words = _words_of(statement, reports)
        asked.setdefault(words.casefold(), []).append(statement)
    return [
        Question(
            id=Question.make_id(slot=_slot(words), matter=words),
            text=_words_of(members[0], reports),
            slot=_slot(words),
            claims=(),
            open=True,
            asked_by=tuple(sorted(s.id for s in members)),
        )
        for words, members in asked.items()
    ]


def _slot(words: str) -> Slot:
    """Which slot a question asks for, by its first question word."""
    found = [
        (words.find(word), slot)
        for word, slot in (
            ("how many", Slot.HOW_MANY), ("number of", Slot.HOW_MANY), ("who", Slot.WHO), ("whose", Slot.WHOSE), ("where", Slot.WHERE),
            ("when", Slot.WHEN), ("whether", Slot.WHETHER), ("what", Slot.WHAT),
        )
        if word in words
    ]  # fmt: skip
    return min(found, key=lambda f: f[0])[1] if found else Slot.WHAT
