"""Two statements of speakers who have nothing to do with each other, in other words: do they tell of the same events?

Likeness of words and meaning alone takes half of such pairs for one claim where people see two look-alike things. The events in
brief tell more: who, whom, where, when, how many (`same_event`). So two statements agree

* where they are as alike as is asked of reports that derive from one another, and an event of both is surely one;
* where most of what the shorter one tells stands in the other, and two events of both are one: few sentences share two by chance.

Figures on sentence pairs of ECB+: `benchmarks/event_coref.py --statements`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from sayso.link.actors import same_party
from sayso.link.answers import LEAST_STEMS, VERBATIM_RUN, names_differ, numbers_differ, polarity_differs
from sayso.link.opposites import opposed
from sayso.link.same_event import LIGHT, chance, measure, times_differ
from sayso.link.tellings import Telling, ToldEvent, tell
from sayso.link.told import Told
from sayso.link.words import Words, names_in, stem
from sayso.model import Event, Span

SURELY = 0.9  # one event, of statements that are much alike
# Two events, of statements that are less so. On ECB+ (train and dev) 29 of 30 pairs that only this rule joins say the same.
FIRST, SECOND = 0.8, 0.3
MOST_OF_IT = 0.6  # of what the shorter statement tells, by the weight of its words, stands in the other


class Agreement(NamedTuple):
    """How likely the two events that pair off best are one, each; 0 where there is none."""

    first: float
    second: float

    @property
    def one_event(self) -> bool:
        return self.first >= SURELY

    @property
    def two_events(self) -> bool:
        return self.first >= FIRST and self.second >= SECOND


NONE = Agreement(0.0, 0.0)


def is_said_of_itself(a: Told, b: Told) -> bool:
    """Whether two strangers' statements need not be of one thing, however alike their words: what somebody confirms, claims or has is
    only named ("its first case", "three cases of flu"), or whoever it is of is only a pronoun in both ("they were watching it")."""
    if not (tells(a.text, bool(a.statement.events)) and tells(b.text, bool(b.statement.events))):
        return a.words.folded != b.words.folded or len(a.words.folded) < VERBATIM_RUN
    return _is_of_the_speaker(a.text) and _is_of_the_speaker(b.text)


@lru_cache(maxsize=16_384)
def tells(text: str, has_events: bool) -> bool:
    """Whether words tell something, and do not only name it ("its first case")."""
    return has_events or _FINITE.search(text) is not None


@lru_cache(maxsize=16_384)
def _is_of_the_speaker(text: str) -> bool:
    return _OF_THE_SPEAKER.match(text) is not None


def predicates(events: Sequence[Event]) -> frozenset[str]:
    """Stems of what a statement tells of: its predicates."""
    return frozenset(stem(event.lemma) for event in events)


def may_tell_the_same(mine: frozenset[str], theirs: frozenset[str]) -> bool:
    """Whether two statements share two predicates, not both of them verbs that tell little: only then is more asked."""
    shared = mine & theirs
    return len(shared) > 1 and not shared <= _LIGHT


_LIGHT = frozenset(map(stem, LIGHT))
_IF = re.compile(r"\b(?:if|unless|provided|whether)\b", re.IGNORECASE)
_FINITE = re.compile(
    r"\b(?:is|are|was|were|am|be|been|has|have|had|do|does|did|will|would|can|could|may|might|must|should|shall)\b|n['’]t\b",
    re.IGNORECASE,
)
_OF_THE_SPEAKER = re.compile(
    r"^\W*(?:that )?(?:i|we|he|she|it|they|you|its|their|our|my|his|her|your)\b", re.IGNORECASE
)
_WHOEVER = frozenset("i you he she it we they".split())  # of another speaker it is another


def tells_most(a: Words, b: Words, idf: Mapping[str, float]) -> bool:
    """Most of what the shorter statement tells stands in the other, and nothing sets them apart."""
    if len(a.stems & b.stems) < LEAST_STEMS:
        return False
    least = min(_weight(a.stems, idf), _weight(b.stems, idf))
    if _weight(a.stems & b.stems, idf) < MOST_OF_IT * least:
        return False
    if bool(_IF.search(a.text)) != bool(_IF.search(b.text)):
        return False  # what is so on a condition, and what is so
    return not (numbers_differ(a, b) or names_differ(a, b) or polarity_differs(a, b) or opposed(a.text, b.text))


def _weight(stems: frozenset[str], idf: Mapping[str, float]) -> float:
    return sum(idf.get(each, 1.0) for each in sorted(stems))


def agreeing(pairs: Sequence[tuple[Told, Told]]) -> list[Agreement]:
    """For each pair how far the events of the one are events of the other."""
    # A pair of which one tells no event agrees on none.
    statements = {one.id: one for pair in pairs if all(each.statement.events for each in pair) for one in pair}
    reports = {one.report.id: one.report for one in statements.values()}
    names = {identifier: names_in(report.text) for identifier, report in reports.items()}
    told = [
        ToldEvent(f"{n} {one.id}", one.report.id, one.report.text, _around(one), event, names[one.report.id])
        for one in sorted(statements.values(), key=lambda t: t.id)
        for n, event in enumerate(one.statement.events)
    ]
    by_statement: dict[str, list[Telling]] = {one.id: [] for pair in pairs for one in pair}
    for telling in tell(told):
        by_statement[telling.id.split(" ", 1)[1]].append(telling)
    return [
        agreement(by_statement[a.id], by_statement[b.id], strangers=same_party(a.party, b.party) is None)
        for a, b in pairs
    ]


def _around(one: Told) -> Span:
    spans = one.statement.content
    return Span(min(s.start for s in spans), max(s.end for s in spans))


def agreement(mine: Sequence[Telling], theirs: Sequence[Telling], *, strangers: bool) -> Agreement:
    """Events pair off from the likeliest down. What lies ahead in one and has happened in the other is not one event told twice, nor
    is what two strangers tell of "we" and "they"; and times of any two that exclude each other set the statements apart."""
    if any(times_differ(a, b) for a in mine for b in theirs):
        return NONE
    likely = sorted(
        (
            (chance(measure(a, b)), a.id, b.id)
            for a in mine
            for b in theirs
            if a.ahead == b.ahead and not (strangers and _may_be_done_by_two(a, b))
        ),
        key=lambda pair: (-pair[0], pair[1:]),
    )
    paired: set[str] = set()
    best: list[float] = []
    for score, a, b in likely:
        if a not in paired and b not in paired:
            paired |= {a, b}
            best.append(score)
    return Agreement(*[*best, 0.0, 0.0][:2])


def _may_be_done_by_two(a: Telling, b: Telling) -> bool:
    """Whether nobody says who does it but by a pronoun: "they" of two speakers, or "he" and nobody in particular."""
    doers = {a.doer.text.lower(), b.doer.text.lower()}
    return bool(doers & _WHOEVER) and doers <= _WHOEVER | {""}
