"""What changed between two states of a ledger: claims are matched by their statements, and each difference gets its kind.

A claim's id is made of its statements, so a claim that merely gained one has another id and is still the same claim.
Everything here is a pure function of two `Linked`, and sorted by stable keys.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sayso.model import Answer, Change, ChangeKind, Claim, Linked, Question, Relation, RelationKind, Status

_AGAINST = (RelationKind.CONTRADICTS, RelationKind.DENIES)


@dataclass(frozen=True, slots=True)
class Matched:
    """How the claims of two states correspond, by id.

    ``same`` maps each claim of the earlier state to the one it is now. ``split`` maps it to the further claims that hold some
    of its statements now; ``merged`` maps a claim of the later state to the further ones that it was.
    """

    same: Mapping[str, str]
    split: Mapping[str, tuple[str, ...]]
    merged: Mapping[str, tuple[str, ...]]


def match_claims(before: Linked, after: Linked) -> Matched:
    """Which claim is which: first those with one id, then those that share most statements and answer alike.

    One statement may stand in several claims ("3 killed and 4 injured"), so claims with another number, or with a number and
    without, are one only where nothing fits better.
    """
    old, new = _by_id(before.claims), _by_id(after.claims)
    same = {i: i for i in old if i in new}
    left = {i: c for i, c in old.items() if i not in same}
    free = {i: c for i, c in new.items() if i not in same}
    pairs = list(_pairs(left, free))
    taken: set[str] = set()
    for _, _, _, a, b in sorted(pairs):
        if a not in same and b not in taken:
            same[a] = b
            taken.add(b)
    split: dict[str, list[str]] = defaultdict(list)
    merged: dict[str, list[str]] = defaultdict(list)
    for likeness, _, _, a, b in sorted(pairs):
        if likeness > _ANSWERS_ALIKE or same.get(a) == b:
            continue
        if a not in same:
            merged[b].append(a)
        elif b not in taken:
            split[a].append(b)
    return Matched(
        same,
        {a: tuple(sorted(several)) for a, several in sorted(split.items())},
        {b: tuple(sorted(several)) for b, several in sorted(merged.items())},
    )


_ANSWERS_ALIKE = -2  # the likeness, negated for sorting, from which on two claims can be parts of one


def _pairs(old: Mapping[str, Claim], new: Mapping[str, Claim]) -> Iterator[tuple[int, int, float, str, str]]:
    """Claims with a statement in common, as sort keys: the likeness of the answers, the statements they share, ids."""
    holders: dict[str, list[str]] = defaultdict(list)
    for identifier in sorted(new):
        for statement in new[identifier].statements:
            holders[statement].append(identifier)
    for a in sorted(old):
        shared: dict[str, int] = defaultdict(int)
        for statement in old[a].statements:
            for b in holders.get(statement, ()):
                shared[b] += 1
        for b, count in sorted(shared.items()):
            union = len(set(old[a].statements) | set(new[b].statements))
            yield -_likeness(old[a].answer, new[b].answer), -count, -count / union, a, b


def _likeness(a: Answer, b: Answer) -> int:
    """3 for one number of one thing, 2 for two answers in words, 1 for two numbers, 0 for a number and words."""
    numbers = [any(n is not None for n in (x.low, x.best, x.high)) for x in (a, b)]
    if numbers[0] != numbers[1]:
        return 0
    if not numbers[0]:
        return 2
    alike = (a.low, a.best, a.high, a.measure) == (b.low, b.best, b.high, b.measure)
    return 3 if alike else 1


def find_changes(before: Linked, after: Linked, *, withdrawn: Collection[str] = ()) -> tuple[Change, ...]:
    """Every change between the two states, by kind and ids; citations and weight are for who words them.

    The statements that a change names stand in one of the two states: those that came where something came, those that
    went where something went. ``withdrawn`` are the statements of reports that were withdrawn between the two.
    """
    states = _States(before, after, match_claims(before, after), frozenset(withdrawn))
    found = [*states.of_pairs(), *states.gone_and_new(), *states.of_questions()]
    order = list(ChangeKind)
    found += states.untied(found)
    return tuple(sorted(found, key=lambda c: (order.index(c.kind), *(_ids(c.before), _ids(c.after)), _asked(c))))


def _ids(claims: Iterable[Claim]) -> tuple[str, ...]:
    return tuple(claim.id for claim in claims)


def _asked(change: Change) -> str:
    return change.question.id if change.question else ""


class _States:
    """Two states, with what both need to be looked up."""

    def __init__(self, before: Linked, after: Linked, matched: Matched, withdrawn: frozenset[str]) -> None:
        self.before, self.after, self.matched, self.withdrawn = before, after, matched, withdrawn
        self.old, self.new = _by_id(before.claims), _by_id(after.claims)
        self.stood = _relations(before)
        self.stands = _relations(after)
        # Where the claims of the earlier state are now, those that others took in too.
        self.now = dict(matched.same) | {a: b for b, several in matched.merged.items() for a in several}
        self.was: dict[str, set[str]] = defaultdict(set)
        for a, b in self.now.items():
            self.was[b].add(a)

    # -- claims that are in both states

    def of_pairs(self) -> Iterator[Change]:
        for a, b in sorted(self.matched.same.items()):
            old, new = self.old[a], self.new[b]
            if change := self._of_status(old, new):
                yield change
            if marks := tuple(s for s in new.unverified_by if s not in old.unverified_by):
                yield Change(ChangeKind.UNVERIFIED, (old,), (new,), statements=marks)
        for a, several in sorted(self.matched.split.items()):
            kept = [self.new[self.matched.same[a]]] if a in self.matched.same else []
            yield Change(ChangeKind.SPLIT, (self.old[a],), (*kept, *(self.new[b] for b in several)))
        for b, several in sorted(self.matched.merged.items()):
            first = sorted(self.was[b] - set(several))  # the one that it is, and then what it took in
            yield Change(ChangeKind.MERGED, tuple(self.old[a] for a in (*first, *several)), (self.new[b],))

    def _of_status(self, old: Claim, new: Claim) -> Change | None:
        """What became of the standing of one claim; the first kind that holds, in the order of the rules of status."""
        came = tuple(s for s in new.statements if s not in old.statements)
        went = tuple(s for s in old.statements if s not in new.statements)
        changed = old.status is not new.status
        if changed and new.status is Status.WITHDRAWN:
            return Change(ChangeKind.WITHDRAWN, (old,), (new,), statements=came)
        if changed and new.status is Status.REVISED:
            later = [
                r.from_claim for r in self.stands[new.id] if r.kind is RelationKind.REVISES and r.to_claim == new.id
            ]
            return self._by_others(ChangeKind.REVISED, old, new, later)
        if changed and new.status is Status.DISPUTED:
            return self._by_others(ChangeKind.DISPUTED, old, new, self._opponents(self.stands, new.id))
        if changed and old.status is Status.DISPUTED:
            against = self._lost(self._opponents(self.stood, old.id), self._opponents(self.stands, new.id))
            return Change(ChangeKind.UNDISPUTED, (old,), (new,), against=against, statements=_statements(against))
        if changed and old.status is Status.REVISED:
            later = [
                r.from_claim for r in self.stood[old.id] if r.kind is RelationKind.REVISES and r.to_claim == old.id
            ]
            against = self._lost(later, ())
            return Change(ChangeKind.STATUS, (old,), (new,), against=against, statements=_statements(against))
        if new.origins != old.origins:
            more = new.origins > old.origins
            kind = ChangeKind.GAINED_ORIGIN if more else ChangeKind.LOST_ORIGIN
            return Change(kind, (old,), (new,), statements=came if more else went)
        return Change(ChangeKind.STATUS, (old,), (new,), statements=came or went) if changed else None

    def _by_others(self, kind: ChangeKind, old: Claim, new: Claim, others: Iterable[str]) -> Change:
        """A change that other claims brought about: those that did not stand so before, failing that all."""
        stood = {self.now.get(each) for r in self.stood[old.id] for each in (r.from_claim, r.to_claim)}
        every = sorted(set(others))
        against = tuple(self.new[i] for i in [i for i in every if i not in stood] or every)
        earlier = {s for i in every for was in self.was.get(i, ()) for s in self.old[was].statements}
        told = _statements(against)
        return Change(
            kind, (old,), (new,), against=against, statements=tuple(s for s in told if s not in earlier) or told
        )

    def _lost(self, before: Iterable[str], after: Iterable[str]) -> tuple[Claim, ...]:
        """Claims of the earlier state that stood against one and do not now."""
        still = set(after)
        return tuple(self.old[i] for i in sorted(set(before)) if self.now.get(i) not in still)

    @staticmethod
    def _opponents(relations: Mapping[str, Sequence[Relation]], claim: str) -> list[str]:
        against = [r for r in relations[claim] if r.kind in _AGAINST]
        return [_other(r, claim) for r in against]

    # -- claims that are in one

    def gone_and_new(self) -> Iterator[Change]:
        parts = {b for several in self.matched.split.values() for b in several}
        holders: dict[str, set[str]] = defaultdict(set)
        for new in self.new.values():
            for statement in new.statements:
                holders[statement].add(new.id)
        for a in sorted(self.old.keys() - self.now.keys()):
            old = self.old[a]
            kind = ChangeKind.WITHDRAWN if set(old.statements) <= self.withdrawn else ChangeKind.GONE
            ties = (self._tie(r, a) for r in self.stood[a] if self.now.get(_other(r, a)))
            elsewhere = sorted({i for s in old.statements for i in holders.get(s, ())})
            against = tuple(self.new[i] for i in elsewhere)
            yield Change(kind, (old,), against=against, statements=old.statements, reasons=tuple(ties))
        for b in sorted(self.new.keys() - set(self.now.values()) - parts):
            new = self.new[b]
            others = {_other(r, b) for r in self.stands[b]}
            yield Change(
                ChangeKind.NEW,
                after=(new,),
                against=tuple(self.new[i] for i in sorted(others)),
                statements=new.statements,
            )

    # -- questions

    def of_questions(self) -> Iterator[Change]:
        """Open questions: answered, newly open, no longer asked."""
        asked = _by_asking(self.after.questions)
        known = {q.id: q for q in self.after.questions}
        still: set[str] = set()
        for question in sorted((q for q in self.before.questions if q.open), key=lambda q: q.id):
            now = known.get(question.id) or next((asked[s] for s in question.asked_by if s in asked), None)
            if now is None:
                yield Change(ChangeKind.GONE, question=question, statements=question.asked_by)
                continue
            still.add(now.id)
            if not now.open:
                answers = tuple(self.new[i] for i in now.claims if i in self.new) or self._answers(now)
                yield Change(ChangeKind.ANSWERED, after=answers, question=now, statements=_statements(answers))
        for question in sorted((q for q in self.after.questions if q.open), key=lambda q: q.id):
            if question.id not in still:
                answers = tuple(self.old[i] for q in self.before.questions if q.id == question.id for i in q.claims)
                yield Change(ChangeKind.OPENED, before=answers, question=question, statements=question.asked_by)

    def _answers(self, question: Question) -> tuple[Claim, ...]:
        """What answers a question that was closed. Linking closes it because of another question, which is known only where
        there is just one of its slot."""
        others = [q for q in self.after.questions if q.slot is question.slot and q.claims and not q.open]
        return tuple(self.new[i] for i in others[0].claims if i in self.new) if len(others) == 1 else ()

    # -- relations

    def _tie(self, relation: Relation, gone: str) -> str:
        """A relation of a claim that is gone, in words."""
        other = self.old[_other(relation, gone)].wording
        if relation.from_claim == gone:
            return f"with it goes that it {_VERBS[relation.kind]} “{other}”"
        return f"with it goes that “{other}” {_VERBS[relation.kind]} it"

    def untied(self, told: Sequence[Change]) -> Iterator[Change]:
        """Relations between two claims that both stay, where no other change tells it already."""
        heard = {(a.id, o.id) for c in told if c.against for a in (*c.before, *c.after) for o in c.against}
        stays = {(r.from_claim, r.to_claim) for r in self.after.relations}
        for relation in sorted(self.before.relations, key=lambda r: (r.from_claim, r.to_claim, r.kind.value)):
            a, b = relation.from_claim, relation.to_claim
            x, y = self.now.get(a), self.now.get(b)
            if x is None or y is None or x == y or (x, y) in stays or (y, x) in stays:
                continue
            if {(a, b), (b, a), (x, y), (y, x), (a, y), (b, x), (x, b), (y, a)} & heard:
                continue
            reason = f"“{self.old[a].wording}” no longer {_VERBS[relation.kind]} “{self.old[b].wording}”"
            yield Change(ChangeKind.UNTIED, (self.old[a], self.old[b]), (self.new[x], self.new[y]), reasons=(reason,))


_VERBS = {
    RelationKind.SAME: "counts as the same as",
    RelationKind.DENIES: "denies",
    RelationKind.CONTRADICTS: "contradicts",
    RelationKind.REVISES: "revises",
    RelationKind.REFINES: "refines",
    RelationKind.SUPPORTS: "supports",
}


def _other(relation: Relation, claim: str) -> str:
    return relation.to_claim if relation.from_claim == claim else relation.from_claim


def _by_id(claims: Iterable[Claim]) -> dict[str, Claim]:
    return {claim.id: claim for claim in sorted(claims, key=lambda c: c.id)}


def _relations(linked: Linked) -> dict[str, list[Relation]]:
    """The relations of each claim, from it and to it."""
    found: dict[str, list[Relation]] = defaultdict(list)
    for relation in sorted(linked.relations, key=lambda r: (r.from_claim, r.to_claim, r.kind.value)):
        found[relation.from_claim].append(relation)
        found[relation.to_claim].append(relation)
    return found


def _by_asking(questions: Iterable[Question]) -> dict[str, Question]:
    found: dict[str, Question] = {}
    for question in sorted(questions, key=lambda q: q.id):
        for statement in question.asked_by:
            found.setdefault(statement, question)
    return found


def _statements(claims: Iterable[Claim]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(s for claim in claims for s in claim.statements))
