"""How many: which statements count the same thing, and which of their numbers cannot both hold.

A number without its scope is the commonest false conflict. So two counts belong to one question only when the measure,
who is counted, the place and the period are the same; whatever differs in any of them is another question.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sayso.link.words import stem, tokens
from sayso.model import Act, Answer, Extraction, Measure, Quantity, Report, Statement

# Who is counted, as classes that are never compared with one another. "people" takes in every one of them, so it is
# a scope of its own: 12 people dead and 3 children dead do not conflict.
_CLASSES: Mapping[str, tuple[str, ...]] = {
    "civilians": ("civilian", "resident", "villager", "local", "passenger", "bystander", "inhabitant"),
    "children": ("child", "children", "boy", "girl", "infant", "baby", "pupil", "student", "minor"),
    "women": ("woman", "women"),
    "troops": ("soldier", "troop", "serviceman", "servicemen", "fighter", "militant", "rebel", "insurgent", "gunman", "guard", "marine", "conscript", "attacker"),
    "police": ("policeman", "policemen", "officer", "police"),
    "staff": ("worker", "employee", "staff", "firefighter", "medic", "doctor", "nurse", "journalist", "aid worker", "miner", "peacekeeper"),
    "households": ("family", "household", "home", "house"),
}  # fmt: skip
# Words that count anybody: the only scope in which two bodies' numbers can be held against each other outright.
_ANYBODY = frozenset(
    stem(w)
    for w in (
        "people",
        "person",
        "persons",
        "dead",
        "deaths",
        "death",
        "lives",
        "life",
        "victims",
        "fatalities",
        "casualties",
        "others",
        "toll",
    )
)
_OWNED = re.compile(r"\b(?:its|his|her|their|our|my)\b[^.,;]{0,25}$", re.I)
_APART = 5.0  # numbers further apart than this factor count different things, whatever the words say
_MEASURE_WORDS = {
    Measure.KILLED: "killed",
    Measure.INJURED: "injured",
    Measure.CASUALTIES: "killed or injured",
    Measure.MISSING: "missing",
    Measure.CAPTURED: "captured",
    Measure.DISPLACED: "displaced",
    Measure.AFFECTED: "affected",
}
_PERIOD = re.compile(
    r"\b(?:in|over|during|within) (?:the )?(?:last|past|previous)? ?(?:\w+ )?(?:hours?|days?|weeks?|months?|years?)\b"
    r"|\b(?:daily|a day|a week|a month|a year|per \w+|overnight|since \w+|so far this \w+|every \w+|each \w+)\b",
    re.I,
)
_SUBSET = re.compile(
    r"\b(?:including|among (?:them|whom|the)|of (?:them|whom)|most of|half of)\s*(?:\w+\s*){0,2}$", re.I
)
# Plans, fears and history are no counts of this event.
_NOT_NOW = re.compile(
    r"\b(?:could|may|might|would|will|fear\w*|expect\w*|if|last (?:year|month|week|decade)|years? ago|in (?:19|20)\d\d|previous(?:ly)?)\b",
    re.I,
)
_COMMON_PLACE_SHARE = 0.3  # a place in so many of the reports is where the story is, and sets nothing apart


@dataclass(frozen=True)
class Count:
    """One number given by one statement, with the scope in which it counts."""

    statement: Statement
    quantity: Quantity
    scope: tuple[str, str, str, str]  # measure, who, place, period

    @property
    def value(self) -> tuple[float, float, float]:
        """(low, best, high); what is open reaches to 0 or infinity."""
        q = self.quantity
        best = q.best if q.best is not None else q.low if q.low is not None else q.high or 0.0
        low = q.low if q.low is not None else 0.0
        high = q.high if q.high is not None else float("inf")
        return low, best, high


def find_counts(reports: Sequence[Report], extractions: Sequence[Extraction]) -> tuple[Count, ...]:
    """Every count of people killed, injured, missing … that a statement gives, with its scope."""
    texts = {r.id: r.text for r in reports}
    common = _common_places(extractions)
    counts = []
    for extraction in extractions:
        for s in extraction.statements:
            if s.act in (Act.CANNOT_VERIFY, Act.ASK, Act.DECLINE_COMMENT, Act.PREDICT, Act.OTHER, Act.PROMISE):
                continue
            for q in s.quantities:
                if q.measure is not None and not _out_of_scope(texts[s.report], q, s):
                    counts.append(Count(s, q, _scope(texts[s.report], s, q, common)))
    counts = _place_zeros(counts)
    return tuple(sorted(counts, key=lambda c: (c.scope, c.statement.id, c.quantity.span)))


def _place_zeros(counts: list[Count]) -> list[Count]:
    """ "No one died" answers every narrower count: it joins "how many civilians" when that is the only one asked."""
    scopes = {c.scope for c in counts}
    placed = []
    for count in counts:
        measure, who, place, period = count.scope
        others = [c for c in counts if c.scope == count.scope and c.value[1] > 0]
        narrower = sorted(s for s in scopes if s[0] == measure and s[1] and s[2:] == (place, period))
        if count.value[1] == 0 and not who and not others and len(narrower) == 1:
            count = replace(count, scope=narrower[0])
        placed.append(count)
    return placed


def question_text(scope: tuple[str, str, str, str]) -> str:
    """ "How many civilians were killed in Dorn?" """
    measure, who, place, period = scope
    counted = who or "people"
    verb = _MEASURE_WORDS[Measure(measure)]
    return (
        f"How many {counted} {'are' if verb == 'missing' else 'were'} {verb}"
        + (f" in {place}" if place else "")
        + (f" ({period})" if period else "")
        + "?"
    )


def answer_of(count: Count) -> Answer:
    q = count.quantity
    return Answer(_spell(q), q.low, q.best, q.high, q.unit, q.counted, q.measure)


def same_number(a: Count, b: Count) -> bool:
    """Two counts give one answer: the same best value ("some 200", "200"), open or vague bounds aside."""
    return a.value[1] == b.value[1] and a.quantity.vague == b.quantity.vague


def exclude(a: Count, b: Count) -> bool:
    """Two counts cannot both hold: their intervals do not meet. "At least 12" and 14 meet; 12 and 14 do not.

    Numbers far apart, and counts of somebody's own ("its staff"), are taken for different things: a false conflict
    is worse than a missed one.
    """
    if a.quantity.vague or b.quantity.vague or not comparable(a, b):
        return False
    return a.value[2] < b.value[0] or b.value[2] < a.value[0]


def comparable(a: Count, b: Count) -> bool:
    """Two numbers are near enough to count the same thing; zero is near to anything."""
    small, large = sorted((a.value[1], b.value[1]))
    return small == 0 or large / small <= _APART


def _spell(q: Quantity) -> str:
    best = q.best if q.best is not None else q.low if q.low is not None else q.high
    number = f"{best:,.0f}" if best is not None else "?"
    if q.high is None and q.low is not None:
        number = f"at least {number}"
    return number


def _scope(text: str, s: Statement, q: Quantity, common: frozenset[str]) -> tuple[str, str, str, str]:
    counted = {stem(w) for w in tokens(q.counted or "")}
    sentence = _sentence(text, q)
    who = _who(text, s, q, counted, sentence)
    places = sorted({p.name for p in s.places if sentence[0] <= p.span.start < sentence[1]} - common)
    period = _PERIOD.search(text, *sentence)
    assert q.measure is not None
    return q.measure.value, who, ", ".join(places), period.group().lower() if period else ""


def _who(text: str, s: Statement, q: Quantity, counted: set[str], sentence: tuple[int, int]) -> str:
    """Who is counted: nobody in particular (""), a class, or a class of somebody's own, which is a scope for itself."""
    who = next((name for name, words in _CLASSES.items() if counted & {stem(w) for w in words}), None)
    if who is None:
        who = "" if counted and counted <= _ANYBODY else (q.counted or "").lower() or "not said"
    around = text[max(sentence[0], q.span.start - 20) : min(sentence[1], q.span.end + 30)]
    names = sorted(
        {w for w in re.findall(r"\b[A-Z][\w-]+", text[q.span.start : min(sentence[1], q.span.end + 30)])}
        & _proper(around)
    )
    owned = _OWNED.search(text[max(sentence[0], q.span.start - 40) : min(sentence[1], q.span.end + 25)])
    if owned:
        names.append(f"of {s.actor.name if s.actor else s.report}")
    return " ".join([who, *names]).strip()


def _proper(words: str) -> set[str]:
    """Capitalised words that do not begin a sentence: nationalities and bodies that narrow who is counted."""
    return {m.group(1) for m in re.finditer(r"(?<=[a-z0-9,] )([A-Z][\w-]+)", words)}


def _out_of_scope(text: str, q: Quantity, s: Statement) -> bool:
    start, end = _sentence(text, q)
    before = text[max(start, q.span.start - 40) : q.span.start]
    return bool(_SUBSET.search(before)) or bool(
        _NOT_NOW.search(text, max(start, q.span.start - 60), min(end, q.span.end + 60))
    )


def _sentence(text: str, q: Quantity) -> tuple[int, int]:
    start = max(text.rfind(". ", 0, q.span.start), text.rfind("\n", 0, q.span.start)) + 1
    ends = [e for e in (text.find(". ", q.span.end), text.find("\n", q.span.end)) if e >= 0]
    return start, min(ends, default=len(text))


def _common_places(extractions: Iterable[Extraction]) -> frozenset[str]:
    seen: Counter[str] = Counter()
    total = 0
    for extraction in extractions:
        total += 1
        seen.update({p.name for p in extraction.places})
    return frozenset(name for name, n in seen.items() if n >= max(1, _COMMON_PLACE_SHARE * total))
