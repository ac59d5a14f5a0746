"""How much? Amounts with a unit: barrels a day, kilometres, money, per cent, a magnitude.

People are counted in figures.py, where a scope is a measure, a place and a time. What an amount measures no list can hold, so it is
known by the words around it, and by the number itself: two outlets that print "12,000 to 19,000 barrels" of a leak mean one
amount. Other numbers of the same unit answer the same question only where they are of one rate ("a day") or of one verb, in much
the same words; when unsure they are of two things.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from sayso.link.actors import same_party
from sayso.link.drafts import Draft, Tie
from sayso.link.grouping import group
from sayso.link.same_event import LIGHT
from sayso.link.told import Told
from sayso.link.words import Words, stem
from sayso.model import Act, Answer, Quantity, RelationKind, Slot

# A duration tells when; whoever is counted is counted in figures.py.
_NO_AMOUNT = frozenset("people second minute hour day week month year decade century percentage_point".split())
_NO_CLAIM = (Act.ASK, Act.CANNOT_VERIFY, Act.DECLINE_COMMENT, Act.DENY, Act.PREDICT, Act.ORDER, Act.PROMISE)
_RATE = re.compile(r"\b(?:an?|per|each|every|/)[ -]?(second|minute|hour|day|night|week|month|year)\b", re.IGNORECASE)
_ADVERB = re.compile(r"\b(hour|dai|week|month|year|annual)ly\b", re.IGNORECASE)
_ADVERBS = {"dai": "day", "annual": "year"}
_BRACKETS = re.compile(r"\([^()]*\)")
_IN_BRACKETS = re.compile(r"\(\s*(?:\W?\d[^()]*)?\W?$")  # "(504,000 gallons/1.9 million litres)"
_DIGIT = re.compile(r"\d")
_BREAK = re.compile(r"[;:]\s|[.!?]\s|\n")
_REACH = 90  # characters to each side that tell what an amount measures
_RATE_REACH = 60
WIDE = 5.0  # "millions": from one to nine of them says little
SAME = 0.25  # of the weight of the words around the one with fewer, where the number is the same …
TELLING = 0.1  # … and where it is a number that is seldom given of two things: a span, or not a round one
ALIKE = 0.5  # the same, where it is another number
SAME_DAYS = 21.0
SPAN_DAYS = 10.0  # an answer given later than this is of another time
TOGETHER_DAYS = 2.0


@dataclass(frozen=True, eq=False)
class Amount:
    """An amount that one statement gives, and what is known of what it measures."""

    told: Told
    quantity: Quantity
    unit: str
    rate: str  # "day" of "barrels a day"; "" where none is told
    about: frozenset[str]  # stems of the words around it
    predicate: str  # stem of the verb that it hangs on; "" where none is known

    @cached_property
    def id(self) -> str:
        return f"{self.told.id}/{self.quantity.span.start}"

    @property
    def low(self) -> float:
        return self.quantity.low if self.quantity.low is not None else 0.0

    @property
    def high(self) -> float:
        return self.quantity.high if self.quantity.high is not None else float("inf")

    @property
    def value(self) -> tuple[float | None, float | None]:
        """What makes two amounts one answer: "more than 100" and "at least 100" are one, "about 100" and 100 too."""
        if self.quantity.vague and self.quantity.best is not None and self.low < self.quantity.best < self.high:
            return self.quantity.best, self.quantity.best
        return self.quantity.low, self.quantity.high

    @property
    def words(self) -> str:
        return self.quantity.span.of(self.told.report.text)


def read_amounts(told: Sequence[Told]) -> list[Amount]:
    """The amounts of all statements that claim one, in the order of the ledger."""
    found = []
    for one in told:
        if one.statement.act in _NO_CLAIM or one.statement.negated:
            continue
        for quantity in one.statement.quantities:
            unit = quantity.unit if quantity.measure is None and quantity.unit not in _NO_AMOUNT else None
            if unit and not (_is_loose(quantity) or _is_aside(one.report.text, quantity)):
                found.append(_read(one, quantity, unit))
    return sorted(found, key=lambda a: (a.told.order, a.quantity.span))


def _is_loose(quantity: Quantity) -> bool:
    low, high = quantity.low or 0.0, quantity.high
    return quantity.best is None or (low > 0 and high is not None and high > WIDE * low)


def _is_aside(text: str, quantity: Quantity) -> bool:
    """Whether an amount repeats the one before it in another unit ("50 miles (80 km)"), or is a share without a number."""
    before = text[max(0, quantity.span.start - _REACH) : quantity.span.start]
    return bool(_IN_BRACKETS.search(before)) or (quantity.unit == "%" and not _DIGIT.search(quantity.span.of(text)))


def _read(one: Told, quantity: Quantity, unit: str) -> Amount:
    text, span = one.report.text, quantity.span
    before = _BREAK.split(text[max(0, span.start - _REACH) : span.start])[-1]
    after = _BREAK.split(_BRACKETS.sub("", text[span.end : span.end + 2 * _REACH]), maxsplit=1)[0][:_REACH]
    around = Words(f"{_BRACKETS.sub('', before)} {after}")
    event = next((e for e in one.statement.events if e.quantity is not None and e.quantity.overlaps(span)), None)
    return Amount(
        told=one,
        quantity=quantity,
        unit=unit,
        rate=_rate_of(span.of(text)[-12:] + after[:_RATE_REACH]),
        about=around.stems - {stem(word) for word in Words(span.of(text)).tokens} - around.numbers,
        predicate=stem(event.lemma) if event is not None and event.lemma not in LIGHT else "",
    )


def _rate_of(words: str) -> str:
    if found := _RATE.search(words):
        return found[1].lower()
    adverb = _ADVERB.search(words)
    return _ADVERBS.get(adverb[1].lower(), adverb[1].lower()) if adverb else ""


def amount_questions(amounts: Sequence[Amount], idf: Mapping[str, float]) -> list[Draft]:
    """One draft for each amount that two reports give, or of which different numbers are given.

    What only one statement tells is its claim in words alone. ``idf`` tells how telling a word is in the story.
    """
    by_id = {a.id: a for a in amounts}
    by_unit: dict[str, list[Amount]] = defaultdict(list)
    for amount in by_id.values():
        by_unit[amount.unit].append(amount)
    links = []
    for _, some in sorted(by_unit.items()):
        for a, b in combinations(some, 2):
            if a.told.id != b.told.id and (score := _together(a, b, idf)):
                links.append((a.id, b.id, score))
    drafts = []
    for members in group(list(by_id), links, share=0.5):
        found = [by_id[m] for m in members]
        if len({a.told.report.id for a in found}) > 1:
            drafts.append(_draft(found))
    return drafts


def _together(a: Amount, b: Amount, idf: Mapping[str, float]) -> float:
    """How strongly two amounts of a unit are of one thing; 0 where they need not be."""
    gap = abs((a.told.day or 0.0) - (b.told.day or 0.0))
    shared = _weight(a.about & b.about, idf) / max(1.0, min(_weight(a.about, idf), _weight(b.about, idf)))
    if a.value == b.value:
        rates = not (a.rate and b.rate) or a.rate == b.rate
        least = TELLING if _is_telling(a) else SAME
        return round(1.0 + shared, 4) if rates and shared >= least and gap <= SAME_DAYS else 0.0
    one_verb = bool(a.predicate) and a.predicate == b.predicate and a.unit != "%"
    if a.rate != b.rate or not (a.rate or one_verb):
        return 0.0
    return round(shared, 4) if shared >= ALIKE and gap <= SPAN_DAYS else 0.0


def _is_telling(amount: Amount) -> bool:
    low, high = amount.value
    if low and high and low < high:
        return True
    return len(f"{amount.quantity.best or 0:.6g}".replace(".", "").split("e")[0].strip("0")) >= 3


def _weight(stems: frozenset[str], idf: Mapping[str, float]) -> float:
    return sum(idf.get(each, 1.0) for each in sorted(stems))


def _draft(amounts: Sequence[Amount]) -> Draft:
    amounts = sorted(amounts, key=lambda a: (a.told.order, a.id))
    answers: dict[tuple[float | None, float | None], list[Amount]] = defaultdict(list)
    for amount in amounts:
        answers[amount.value].append(amount)
    ordered = sorted(answers.values(), key=lambda some: (some[0].told.order, some[0].id))
    return Draft(
        slot=Slot.HOW_MANY,
        matter=f"amount {amounts[0].unit} {amounts[0].id}",
        text=_wording(max(ordered, key=len)),
        claims=[tuple(sorted({a.told.id: a.told for a in some}.values(), key=lambda t: t.order)) for some in ordered],
        answers=[_answer(some) for some in ordered],
        ties=[tie for n, mine in enumerate(ordered) for m in range(n) for tie in _ties(n, mine, m, ordered[m])],
    )


def _wording(amounts: Sequence[Amount]) -> str:
    """The question in words: those of the shortest statement that gives the amount, without the number."""
    shortest = min(amounts, key=lambda a: (len(a.told.text), a.told.order, a.id))
    text = shortest.told.text
    number = " ".join(shortest.words.split())
    gap = "…" if number in text else ""
    return f"How much? {text.replace(number, gap, 1) if gap else text}"


def _answer(amounts: Sequence[Amount]) -> Answer:
    plainest = min(amounts, key=lambda a: (a.quantity.vague, a.told.order, a.id))
    q = plainest.quantity
    return Answer(plainest.words, q.low, q.best, q.high, q.unit, q.counted)


def _ties(n: int, later: Sequence[Amount], m: int, earlier: Sequence[Amount]) -> list[Tie]:
    """What the answer ``n`` is to the answer ``m`` that was given before it: finer, or a revision by the same speaker."""
    for a in later:
        for b in earlier:
            gap = abs((a.told.day or 0.0) - (b.told.day or 0.0))
            if a.low <= b.high and b.low <= a.high:
                (narrow, i), (wide, j) = ((a, n), (b, m)) if a.high - a.low <= b.high - b.low else ((b, m), (a, n))
                if gap <= TOGETHER_DAYS and wide.low <= narrow.low and narrow.high <= wide.high:
                    return [Tie(i, j, RelationKind.REFINES, 0.7, (f"{narrow.words} lies within {wide.words}",))]
                continue
            who = None if a.told.voice or b.told.voice else same_party(a.told.party, b.told.party)
            if who is not None and (a.told.day or 0.0) > (b.told.day or 0.0):
                return [Tie(n, m, RelationKind.REVISES, 0.8, (who, f"{b.words} first, {a.words} later"))]
    return []
