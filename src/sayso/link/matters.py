"""Drafts become questions, claims and relations with ids: what opposes each other is joined into one question first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sayso.link.actors import Parties
from sayso.link.contents import Bond
from sayso.link.drafts import Draft, Tie
from sayso.link.interest import against_interest
from sayso.link.judged import Judged
from sayso.link.publishers import Publishers
from sayso.link.related import relations_of, supporting
from sayso.link.sides import Side, find_sides
from sayso.link.status import Evidence, status_of
from sayso.link.told import Told
from sayso.link.utterances import claim_origins
from sayso.link.wording import clearest, wording_of
from sayso.model import Act, Answer, Claim, Question, Relation, RelationKind, Slot

_Kept = tuple[Bond, tuple[int, int], tuple[int, int]]
"""A bond with the places of the two claims that it is about: the number of the draft, and that of its claim."""

_AGAINST = (RelationKind.CONTRADICTS, RelationKind.DENIES)
_CONTESTED = (Act.ACCUSE, Act.CLAIM_RESPONSIBILITY)


@dataclass
class Marks:
    """What is known about statements beside their content, by statement id."""

    unverified: Mapping[str, tuple[str, ...]] = field(
        default_factory=dict
    )  # the one that could not verify -> what it speaks of
    withdrawn: Mapping[str, tuple[str, ...]] = field(
        default_factory=dict
    )  # the one that takes back -> what it takes back
    supports: Sequence[Bond] = ()  # the one that bears out, and what it bears out


def plain_draft(statements: Sequence[Told]) -> Draft:
    """A claim of its own: statements that say the same, and the question "what" that only they answer."""
    first = min(statements, key=lambda t: t.order)
    told = clearest(statements)
    denied = all(t.statement.act is Act.DENY for t in statements)
    answer = Answer(wording_of(told), holds=False if denied else not told.statement.negated)
    return Draft(Slot.WHAT, f"said {first.id}", wording_of(told), [tuple(statements)], [answer])


def join_drafts(drafts: Sequence[Draft], bonds: Iterable[Bond]) -> list[Draft]:
    """Drafts whose claims are bound to each other become one question; the bonds become ties between its answers.

    A plain claim joins the question of the figure or the doer that it denies, and keeps that question's slot; two plain
    claims that oppose each other become a question "whether". Two figures' questions stay apart.
    """
    place: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for n, draft in enumerate(drafts):
        for m, claim in enumerate(draft.claims):
            for one in claim:
                place[one.id].append((n, m))
    home = list(range(len(drafts)))
    fixed = [draft.slot is not Slot.WHAT for draft in drafts]

    def root(n: int) -> int:
        while home[n] != n:
            home[n] = home[home[n]]
            n = home[n]
        return n

    kept: list[_Kept] = []
    for bond in sorted(bonds, key=lambda b: (-b.score, b.first, b.second, b.kind.value)):
        if bond.first not in place or bond.second not in place:
            continue
        a, b = _place(bond, drafts, place[bond.first]), _place(bond, drafts, place[bond.second])
        x, y = root(a[0]), root(b[0])
        if x != y:
            if fixed[x] and fixed[y] and bond.judge == "machine":
                continue
            keep, other = (x, y) if fixed[x] or (not fixed[y] and x < y) else (y, x)
            home[other] = keep
        if a != b:
            kept.append((bond, a, b))
    members: dict[int, list[int]] = defaultdict(list)
    for n in range(len(drafts)):
        members[root(n)].append(n)
    between: dict[int, list[_Kept]] = defaultdict(list)
    for each in kept:
        between[root(each[1][0])].append(each)
    return [
        _joined([drafts[n] for n in order], order, between[keeper])
        for keeper in sorted(members)
        for order in [[keeper, *(m for m in members[keeper] if m != keeper)]]
    ]


def _place(bond: Bond, drafts: Sequence[Draft], places: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """The claim that a bond is about, for a statement that has several: the figure if a denial names it, else the words."""
    if len(places) > 1:
        figures = [p for p in places if drafts[p[0]].slot is Slot.HOW_MANY]
        if bond.kind is RelationKind.DENIES and bond.about_number and figures:
            return figures[0]
        return next((p for p in places if drafts[p[0]].slot is Slot.WHAT), places[0])
    return places[0]


def _joined(parts: Sequence[Draft], order: Sequence[int], kept: Sequence[_Kept]) -> Draft:
    """The drafts of these numbers as one, with the bonds between its answers; a draft alone that nothing binds stays as it is."""
    if len(parts) == 1 and not kept:
        return parts[0]
    shift: dict[int, int] = {}
    whole = Draft(parts[0].slot, parts[0].matter, parts[0].text)
    for number, part in zip(order, parts, strict=True):
        shift[number] = len(whole.claims)
        whole.claims += part.claims
        whole.answers += part.answers
        whole.ties += [
            Tie(t.first + shift[number], t.second + shift[number], t.kind, t.score, t.reasons) for t in part.ties
        ]
        whole.asked_by += part.asked_by
    seen: set[tuple[int, int]] = {(t.first, t.second) for t in whole.ties}
    for bond, a, b in kept:
        first, second = shift[a[0]] + a[1], shift[b[0]] + b[1]
        if first != second and (first, second) not in seen and (second, first) not in seen:
            seen.add((first, second))
            whole.ties.append(Tie(first, second, bond.kind, bond.score, bond.reasons))
    if whole.slot is Slot.WHAT and len(whole.claims) > 1:
        whole.slot = Slot.WHETHER
        affirmed = next(
            (c for c, a in zip(whole.claims, whole.answers, strict=True) if a.holds is not False), whole.claims[0]
        )
        whole.matter = f"whether {min((t for c in whole.claims for t in c), key=lambda t: t.order).id}"
        whole.text = f"Is it so? {wording_of(clearest(affirmed))}"
    return whole


@dataclass(frozen=True)
class Assembled:
    questions: tuple[Question, ...]
    claims: tuple[Claim, ...]
    relations: tuple[Relation, ...]


def assemble(
    drafts: Sequence[Draft],
    marks: Marks,
    origin_of: Mapping[str, str],
    judged: Judged,
    parties: Parties,
    stories: Mapping[str, int],
) -> Assembled:
    """Ids, relations, then status: rules look at the relations of the whole ledger."""
    claims: list[tuple[str, Draft, int]] = []
    relations: list[Relation] = []
    questions: list[Question] = []
    for draft in sorted(drafts, key=_order):
        question = Question.make_id(slot=draft.slot, matter=draft.matter)
        ids = _claim_ids(question, draft)
        first = {identifier: n for n, identifier in reversed(list(enumerate(ids)))}
        unique = list(dict.fromkeys(ids))
        claims += [(i, draft, first[i]) for i in unique]
        relations += relations_of(draft, ids, judged)
        asked = tuple(dict.fromkeys(t.id for t in draft.asked_by))
        questions.append(Question(question, draft.text, draft.slot, tuple(unique), draft.open, asked))
    sides = _Sides(claims, relations, parties, judged, stories)
    by_statement: dict[str, list[str]] = defaultdict(list)
    for identifier, draft, n in claims:
        for one in draft.claims[n]:
            by_statement[one.id].append(identifier)
    relations += supporting(marks.supports, claims, judged)
    unverified, withdrawn = _by_claim(marks.unverified, by_statement), _by_claim(marks.withdrawn, by_statement)
    built = [
        _claim(identifier, draft, n, origin_of, sides, tuple(unverified[identifier]), identifier in withdrawn)
        for identifier, draft, n in claims
    ]
    ordered = sorted(
        {(r.from_claim, r.to_claim, r.kind): r for r in relations}.values(),
        key=lambda r: (r.from_claim, r.to_claim, r.kind.value),
    )
    return Assembled(tuple(questions), tuple(built), tuple(ordered))


def _claim_ids(question: str, draft: Draft) -> list[str]:
    """The ids of a draft's claims. One sentence may give two numbers ("from 176 to 101"): of those that rest on the very same
    statements, the second and later ones take their number into the id."""
    ids: list[str] = []
    for claim, answer in zip(draft.claims, draft.answers, strict=True):
        statements = tuple(t.id for t in claim)
        made = Claim.make_id(question=question, statements=statements)
        if made in ids and answer.best is not None:
            made = Claim.make_id(question=f"{question} {answer.low} {answer.best} {answer.high}", statements=statements)
        ids.append(made)
    return ids


def _order(draft: Draft) -> tuple[tuple[float, str, int, str], str, str]:
    everything = [t for c in draft.claims for t in c] or draft.asked_by
    return min(t.order for t in everything), draft.slot.value, draft.matter


class _Sides:
    """Who stands against whom in this ledger, and how each claim stands."""

    def __init__(
        self,
        claims: Sequence[tuple[str, Draft, int]],
        relations: Sequence[Relation],
        parties: Parties,
        judged: Judged,
        stories: Mapping[str, int],
    ) -> None:
        held = {
            i: {(stories[t.report.id], t.party.key) for t in _for_themselves(d.claims[n]) if not t.voice}
            for i, d, n in claims
        }
        self.against: dict[str, set[str]] = defaultdict(set)
        self.disputed: set[str] = set()
        self.revised: set[str] = set()
        pairs = []
        for relation in relations:
            if relation.kind in _AGAINST:
                self.disputed |= {relation.from_claim, relation.to_claim}
                pairs += [(a, b) for a in held[relation.from_claim] for b in held[relation.to_claim] if a[1] != b[1]]
            elif relation.kind is RelationKind.REVISES:
                self.revised.add(relation.to_claim)
        for (_, a), (_, b) in pairs:
            self.against[a].add(b)
            self.against[b].add(a)
        everybody = [each for who in held.values() for each in who]
        self._sides = find_sides(everybody, pairs, parties, judged, stories)
        self._held = held
        self._stories = stories
        self.publishers = Publishers(judged)
        self._opposed = {(a[0], self._names(a, b)) for a, b in pairs if self._known(a, b)}
        self._sided = {story for story, _ in self._opposed}

    def _side(self, who: tuple[int, str]) -> Side:
        return self._sides[who]

    def _known(self, *all_of: tuple[int, str]) -> bool:
        return all(self._side(who).known for who in all_of)

    def opposing(self, claim: str) -> bool:
        """Whether two of its holders contradict each other elsewhere, or their sides do; two of one side never oppose."""
        by_key: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for who in self._held[claim]:
            by_key[who[1]].append(who)
        if len(by_key) < 2:
            return False
        for key, mine in by_key.items():
            for other in by_key.keys() & self.against.get(key, set()) - {key}:
                if any(self._opposing(a, b) for a in mine for b in by_key[other]):
                    return True
        # Beside what they say themselves only the names of their sides count, of which there are few.
        known = [who for who in self._held[claim] if self._known(who)]
        sides = sorted({(who[0], self._side(who).name) for who in known})
        return any(
            (story, frozenset((mine, theirs))) in self._opposed
            for n, (one, mine) in enumerate(sides)
            for other, theirs in sides[n + 1 :]
            if mine != theirs
            for story in (one, other)
        )

    def _opposing(self, a: tuple[int, str], b: tuple[int, str]) -> bool:
        themselves = b[1] in self.against.get(a[1], ())
        if not self._known(a, b):
            return themselves
        names = self._names(a, b)
        return len(names) > 1 and (themselves or (a[0], names) in self._opposed or (b[0], names) in self._opposed)

    def _names(self, a: tuple[int, str], b: tuple[int, str]) -> frozenset[str]:
        return frozenset((self._side(a).name, self._side(b).name))

    def sided(self, told: Told) -> bool:
        """Whether a speaker has a side in a story that has sides: one that somebody of another side contradicts."""
        who = self._stories[told.report.id], told.party.key
        if told.voice or who not in self._sides:
            return False
        return told.party.key in self.against or (self._side(who).known and who[0] in self._sided)

    def side_of(self, told: Told) -> str | None:
        """The side of a speaker, or None where nobody knows it or the story has no sides."""
        if not self.sided(told):
            return None
        side = self._side((self._stories[told.report.id], told.party.key))
        return side.name if side.known else told.party.name

    def is_party(self, claim: str) -> bool:
        """Whether all its holders are party to some dispute themselves; that others of their side are says nothing of them."""
        return bool(self._held[claim]) and all(key in self.against for _, key in self._held[claim])


def _for_themselves(statements: Sequence[Told]) -> list[Told]:
    """Without those that somebody else of the claim hands on: "Marsk said that Quill had told him …" is Marsk's word."""
    by_report: dict[str, list[Told]] = defaultdict(list)
    for one in statements:
        by_report[one.report.id].append(one)
    return [t for t in statements if not any(_holds(other, t) for other in by_report[t.report.id])]


def _holds(outer: Told, inner: Told) -> bool:
    """Whether the words of one statement stand inside those of another of its report."""
    if outer.id == inner.id or outer.report.id != inner.report.id:
        return False
    holds = all(any(o.contains(i) for o in outer.statement.content) for i in inner.statement.content)
    return holds and outer.statement.content != inner.statement.content


def _claim(
    identifier: str,
    draft: Draft,
    n: int,
    origin_of: Mapping[str, str],
    sides: _Sides,
    unverified: tuple[str, ...],
    withdrawn: bool,
) -> Claim:
    statements = draft.claims[n]
    origins = claim_origins(
        statements, origin_of, figure=draft.slot is Slot.HOW_MANY, sided=sides.sided, publishers=sides.publishers
    )
    evidence = Evidence(
        origins=len(origins),
        first_hand=any(o.first_hand for o in origins),
        voice=any(t.voice for t in statements),
        withdrawn=withdrawn,
        revised=identifier in sides.revised,
        disputed=identifier in sides.disputed,
        opposing=sides.opposing(identifier),
        party=sides.is_party(identifier),
        against_interest=any(against_interest(t, sides.side_of(t)) for t in statements),
        contested_act=any(t.statement.act in _CONTESTED for t in statements),
    )
    status, rule = status_of(evidence)
    return Claim(
        id=identifier,
        question=Question.make_id(slot=draft.slot, matter=draft.matter),
        wording=wording_of(clearest(statements)),
        statements=tuple(t.id for t in sorted(statements, key=lambda t: t.order)),
        answer=draft.answers[n],
        status=status,
        rule=rule,
        origins=len(origins),
        sides=tuple(sorted({t.party.name for t in statements if not t.voice})),
        unverified_by=unverified,
        known_by=origins,
    )


def _by_claim(marks: Mapping[str, tuple[str, ...]], by_statement: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """For each claim the statements that mark it, in order of their ids."""
    found: dict[str, list[str]] = defaultdict(list)
    for marking in sorted(marks):
        marked = dict.fromkeys(claim for statement in marks[marking] for claim in by_statement.get(statement, ()))
        for claim in marked:
            found[claim].append(marking)
    return found
