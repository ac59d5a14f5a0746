"""How many? The figures of one measure, of those who are asked about, where and when the question says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sayso.link.asked.holding import Answering, Found, Holding, covered, named_in, nothing, ordered, told_stems
from sayso.link.scope import CIVILIANS, EVERYONE
from sayso.link.told import Told, day_of
from sayso.link.words import Words, stem
from sayso.model import Claim, Measure, Outcome, Question, RelationKind, Slot, Wanted

OLD_DAYS = 20.0  # what happened so long before it was told is background, unless the question names its time
MAIN = 3  # times as many statements as any other: the figure that the story is about
# Words for one kind of people; whoever is counted by another noun is another.
_KINDS = (
    frozenset(map(stem, "soldier soldiers troop troops servicemen serviceman military".split())),
    frozenset(map(stem, "attacker attackers gunman gunmen raider raiders assailant assailants intruder intruders militant militants".split())),
    frozenset(map(stem, "child children kids minors".split())),
    frozenset(map(stem, "guard guards".split())),
    frozenset(map(stem, "fighter fighters rebels".split())),
)  # fmt: skip
_EVERYONE = frozenset(
    map(stem, EVERYONE | set("prisoner prisoners captive captives detainee detainees anyone anybody".split()))
)
_CIVILIANS = frozenset(map(stem, CIVILIANS))
_PERSONS = frozenset(map(stem, "man men woman women".split()))
_MUCH = re.compile(r"\bhow much\b", re.IGNORECASE)
_PART = re.compile(
    r"^How many (?:of them|others)\b|\b(?:overnight|this year|last \w+|past \w+|a day|since)\b", re.IGNORECASE
)
_ASKS_PART = re.compile(r"\b(?:more|others|another|overnight|since|so far this|of them)\b", re.IGNORECASE)
_PLAIN = frozenset(
    stem(w)
    for w in """killed dead died die death deaths toll fatalities casualties perish perished lost lives life injured wounded hurt injuries missing
    displaced homeless fled evacuated captured prisoner prisoners taken detained arrested attack raid shelling strike bombing blast
    explosion incident event fighting violence assault bombardment drone fire figure number tally count unaccounted left driven homes
    leave give put stand civilian people got get wounds""".split()
)
_SENTENCE = re.compile(r"(?<=[.!?”])\s+(?=[A-Z“])")
_COUNTERS = (RelationKind.CONTRADICTS, RelationKind.DENIES)


@dataclass(frozen=True)
class Group:
    """The figures of one question, with the words of its sentences."""

    question: Question
    claims: tuple[Claim, ...]
    kinds: frozenset[str]  # stems of those who are counted
    stems: frozenset[str]
    text: str  # its sentences
    old: bool
    told: tuple[Told, ...]

    @property
    def statements(self) -> int:
        return len(self.told)


def figures(wanted: Wanted, held: Holding) -> Found:
    """The figures that answer a "how many"; several questions where it does not say which is meant."""
    if wanted.measure is None or wanted.counted is None:
        return _of_things(wanted, held)
    groups = [g for g in _groups(held) if _fits(wanted, g, held)]
    if wanted.speaker:
        groups = [g for g in groups if any(_of_speaker(wanted, c, held) for c in g.claims)]
    if not groups:
        return nothing("no report gives such a number" + (f" of {wanted.speaker}" if wanted.speaker else ""))
    groups.sort(key=lambda g: (-g.statements, g.question.id))
    main = groups[0]
    others = tuple(g.question for g in groups[1:])
    if others and main.statements < MAIN * groups[1].statements and not _one_number(wanted, groups, held):
        found = tuple(a for g in groups for a in _answers(wanted, g, held) if not a.before)
        return Found(Outcome.SEVERAL, found, main.question, others, ("the reports count this in several scopes",))
    answers = _answers(wanted, main, held)
    if not any(a.claim.answer.measure and not a.before for a in answers):
        return nothing("no report gives such a number")
    disputed = _disputed([a.claim for a in answers if not a.before], held)
    if wanted.number is not None:
        return _confirmed(wanted, answers, main.question, disputed)
    outcome = Outcome.DISPUTED if disputed else Outcome.SEVERAL if _many(answers, held) else Outcome.ANSWERED
    return Found(outcome, answers, main.question, others, (f"asks: {main.question.text}",))


def _many(answers: Sequence[Answering], held: Holding) -> bool:
    """Whether several numbers stand of which none goes before the others: none revised one, or has more origins."""
    standing = [a for a in answers if not a.before and a.claim.answer.measure and not all(map(held.possible, a.told))]
    if len({a.claim.answer.best for a in standing}) < 2:
        return False
    first, *rest = standing
    revised = any(
        r.kind is RelationKind.REVISES and r.from_claim == first.claim.id
        for r in held.relations.get(first.claim.id, ())
    )
    return not revised and first.claim.origins <= max(a.claim.origins for a in rest)


def _one_number(wanted: Wanted, groups: Sequence[Group], held: Holding) -> bool:
    """Whether all of these groups give one and the same number, so that it does not matter which is meant."""
    return len({a.claim.answer.best for g in groups for a in _answers(wanted, g, held) if not a.before}) == 1


def _confirmed(wanted: Wanted, answers: Sequence[Answering], question: Question, disputed: bool) -> Found:
    """Whether the figures are the number that the question gives itself."""
    told = tuple(
        replace(a, answer="yes" if a.claim.answer.best == wanted.number else f"no, {a.claim.answer.best:g}")
        for a in answers
        if a.claim.answer.measure is not None
    )
    kinds = {a.answer == "yes" for a in told if not a.before}
    outcome = Outcome.DISPUTED if disputed and len(kinds) > 1 else Outcome.ANSWERED
    return Found(outcome, told, question, reasons=(f"asks: {question.text}",))


def _groups(held: Holding) -> Iterator[Group]:
    for question in held.linked.questions:
        if question.slot is not Slot.HOW_MANY:
            continue
        claims = tuple(held.claims[i] for i in question.claims if i in held.claims)
        counted = [c for c in claims if c.answer.measure is not None]
        if not counted:
            continue
        told = [t for c in counted for t in held.statements(c)]
        kinds = {stem(w) for c in counted for w in Words(c.answer.counted or "people").tokens}
        kinds |= {stem(w) for w in Words(question.text).tokens} & (_CIVILIANS | frozenset().union(*_KINDS))
        text = " ".join(t.sentence for t in told)
        stems = frozenset(stem(w) for w in Words(text).tokens)
        yield Group(question, claims, frozenset(kinds), stems, text.casefold(), _old(told), tuple(told))


def _old(told: Sequence[Told]) -> bool:
    """Whether most of the statements tell of what happened long before."""
    long_ago = 0
    for t in told:
        days = [d for each in t.statement.happened if (d := day_of(each.value)) is not None]
        years = {y for y in re.findall(r"\b(?:19|20)\d\d\b", t.sentence) if not t.when.startswith(y)}
        if years or (days and t.day is not None and all(d < t.day - OLD_DAYS for d in days)):
            long_ago += 1
    return 2 * long_ago > len(told)


def _fits(wanted: Wanted, group: Group, held: Holding) -> bool:
    """Whether the figures of a group are what is asked for: the same measure of the same people, there and then."""
    if not any(c.answer.measure is wanted.measure for c in group.claims):
        return False
    if not _same_people(wanted, group):
        return False
    part = _PART.search(group.question.text)
    if part and not (_ASKS_PART.search(wanted.matter) or (wanted.at and not part.group().startswith("How"))):
        return False
    if _ASKS_PART.search(wanted.matter) and not _PART.search(group.question.text):
        return False
    if group.old and not wanted.at:
        return False
    if any(time not in group.text for time in wanted.at):
        return False
    kind = {stem(w) for w in Words(wanted.counted or "").tokens}
    if not all(_there(n, group, held) for n in held.names(wanted) - kind):
        return False
    return all(covered(word, group.stems) for word in _left(wanted, held))


def _left(wanted: Wanted, held: Holding) -> frozenset[str]:
    """What the question says beside the measure, whom it counts, and words for any event."""
    kind = {stem(w) for w in Words(wanted.counted or "").tokens}
    return held.content(wanted) - _PLAIN - kind - _EVERYONE


def _there(name: str, group: Group, held: Holding) -> bool:
    """Whether the figures of a group are of what is named: most of those that say where say here, or none does and the story as a
    whole plays there."""
    if not named_in(name, held.places):
        mine = [t for t in group.told if named_in(name, frozenset(stem(w) for w in t.words.tokens))]
        return 2 * len(mine) >= len(group.told) or named_in(name, group.kinds)
    places = [held.where(t) for t in group.told]
    here = sum(named_in(name, may) and (not surely or named_in(name, surely)) for may, surely in places)
    elsewhere = sum(bool(surely) and not named_in(name, surely) for _, surely in places)
    return here >= max(1, elsewhere) or (not any(may for may, _ in places) and named_in(name, held.common))


def _same_people(wanted: Wanted, group: Group) -> bool:
    asked = {stem(w) for w in Words(wanted.counted or "people").tokens}
    everyone, civilians = bool(asked & _EVERYONE), bool(asked & _CIVILIANS)
    theirs = group.kinds
    if civilians:
        return bool(theirs & _CIVILIANS)
    if everyone and not asked - _EVERYONE:
        captives = wanted.measure is Measure.CAPTURED  # "how many prisoners": whoever they were
        return captives or (bool(theirs & (_EVERYONE | _CIVILIANS | _PERSONS)) and not _special(theirs))
    kind = next((k for k in _KINDS if asked & k), None)
    head = kind if kind is not None else frozenset(asked)
    if not theirs & head:
        return False
    return all(named_in(word, theirs | group.stems) for word in asked - head)


def _special(kinds: frozenset[str]) -> frozenset[str]:
    """Kinds of people that a count of everyone does not mean; a single "farmer" or "man" among the dead is one of them."""
    named = frozenset().union(*_KINDS)
    return kinds & named


def _of_speaker(wanted: Wanted, claim: Claim, held: Holding) -> bool:
    return wanted.speaker is None or any(held.spoken_by(wanted.speaker, t) for t in held.statements(claim))


def _answers(wanted: Wanted, group: Group, held: Holding) -> tuple[Answering, ...]:
    """The figures, those that stand first: what revised another, what was first given last, what most origins give."""
    later = {r.from_claim for c in group.claims for r in held.relations.get(c.id, ()) if r.kind is RelationKind.REVISES}
    places = frozenset(n for n in held.names(wanted) if named_in(n, held.places))
    found = []
    for claim in group.claims:
        told = tuple(t for t in held.statements(claim) if wanted.speaker is None or held.spoken_by(wanted.speaker, t))
        there = [held.where(t)[1] for t in told]
        if not told or (places and all(p and not any(named_in(n, p) for n in places) for p in there)):
            continue  # nobody asked gives it, or all tell it of elsewhere
        if not all(covered(word, frozenset().union(*map(told_stems, told))) for word in _left(wanted, held)):
            continue
        if not all(any(time in t.sentence.casefold() for t in told) for time in wanted.at):
            continue
        words = claim.answer.text if claim.answer.measure is not None else claim.wording
        found.append(Answering(words, claim, told, _around(words, told)))
    found = [replace(a, outdated=_outdated(a, found)) for a in found]

    def key(a: Answering) -> tuple[bool, bool, bool, bool, float, int, int, str]:
        newest = max(_first_given(a).values(), default=0.0)  # what only outlets say in their own voice comes last
        possible = all(held.possible(t) for t in a.told)
        rest = -newest, -a.claim.origins, -len(a.told), a.claim.id
        return a.before, a.claim.answer.measure is None, possible, a.claim.id not in later, *rest

    return tuple(sorted(found, key=key))


def _around(number: str, told: Sequence[Told]) -> str | None:
    """The sentence of a statement that has the number, where the statement has several."""
    for t in told:
        for sentence in _SENTENCE.split(t.text):
            if number in sentence and len(sentence) < len(t.text):
                return sentence.strip(' “”"')
    return next((t.text for t in told if number in t.text), None)


def _outdated(answer: Answering, all_of_them: Sequence[Answering]) -> bool:
    """Whether everybody who gives a figure gave another one later, whatever the ledger says of it."""
    if answer.claim.answer.measure is None:
        return False
    mine = _first_given(answer)
    for party, day in mine.items():
        newer = (
            _first_given(a).get(party) for a in all_of_them if a.claim.id != answer.claim.id and a.claim.answer.measure
        )
        if not any(other is not None and other > day for other in newer):
            return False
    return bool(mine)


def _first_given(answer: Answering) -> dict[str, float]:
    """The day on which each party first gave a figure; what an outlet says in its own voice belongs to nobody."""
    days: dict[str, float] = {}
    for t in answer.told:
        if t.day is not None and not t.voice:
            days[t.party.key] = min(t.day, days.get(t.party.key, t.day))
    return days


def _disputed(claims: Sequence[Claim], held: Holding) -> bool:
    here = {claim.id for claim in claims}
    return any(
        r.kind in _COUNTERS and {r.from_claim, r.to_claim} <= here for c in claims for r in held.relations.get(c.id, ())
    )


def _of_things(wanted: Wanted, held: Holding) -> Found:
    """How many houses, buses, days: numbers of statements that count that noun, in a sentence with the rest of the words."""
    kind = {stem(w) for w in Words(wanted.counted or "").tokens}
    if not kind:
        return nothing("nothing in the words says what is counted")
    rest = held.content(wanted) - kind
    names = held.names(wanted) - kind
    found: dict[str, Answering] = {}
    for claim in held.linked.claims:
        for t in held.statements(claim):
            for q in t.statement.quantities:
                counted = {stem(w) for w in Words(q.counted or "").tokens}
                stems = frozenset(stem(w) for w in Words(t.sentence).tokens)
                after = t.report.text[q.span.end : q.span.end + 6]
                if _MUCH.search(wanted.matter) and (q.unit is None or after.strip().startswith("times")):
                    continue  # "up to five times as much" is no amount
                holds = kind <= counted and rest <= stems and held.holds_names(names, stems)
                if holds and (wanted.speaker is None or held.spoken_by(wanted.speaker, t)):
                    found.setdefault(claim.id, Answering(q.span.of(t.report.text), claim, (t,)))
    if not found:
        return nothing("no report gives such a number")
    answers = ordered(list(found.values()))
    several = len({a.answer.casefold() for a in answers if not a.before}) > 1
    return Found(
        Outcome.SEVERAL if several else Outcome.ANSWERED, answers, held.questions.get(answers[0].claim.question)
    )
