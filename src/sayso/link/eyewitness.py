"""What two outlets saw for themselves: "saw that the central span had fallen", "could see the central span lying in the river".

Two eyewitnesses of one thing use their own words, so likeness of words or meaning finds few such pairs, and half of those
that it finds are something else. What they share is the thing and the state it is in; both must be the same here. To add a
state, add a line to `STATES`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sayso.link.credits import key
from sayso.link.told import Told
from sayso.link.words import Words, names_in

DAYS = 2.0  # what was so on Tuesday may be otherwise on Friday
SHARED = 2  # telling words that both use for the thing: "the span" alone may be any
NAMES = 2  # that both reports have: they write of one place
SUBJECT_WORDS = 7  # before the state, that may name the thing
SEEN = 0.95  # the score of such a pair: as sure as a near copy, below what a rewording shares with its base
_SAW = re.compile(
    r"\b(?:saw|(?:could|can) (?:be )?seen?|could see|can see|watched|witnessed|(?:was|were) visible|counted)\b(?: for \w+sel\w+)?(?: that)?",
    re.IGNORECASE,
)
STATES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("down", re.compile(r"\b(?:fallen|fell|collaps\w+|lying|lay|in ruins|destroyed|flattened|levelled|gone|brought down|in pieces|broken)\b", re.IGNORECASE)),
    ("burning", re.compile(r"\b(?:burn(?:ed|t|ing)|on fire|in flames|charred|gutted|alight|ablaze|smoulder\w+)\b", re.IGNORECASE)),
    ("under water", re.compile(r"\b(?:flooded|under water|underwater|submerged)\b", re.IGNORECASE)),
    ("whole", re.compile(r"\b(?:standing|intact|untouched|undamaged|unharmed)\b", re.IGNORECASE)),
    ("closed", re.compile(r"\b(?:closed|shut|locked|sealed|barred)\b", re.IGNORECASE)),
    ("open", re.compile(r"\b(?:open|opened|reopened)\b", re.IGNORECASE)),
    ("empty", re.compile(r"\b(?:empty|deserted|abandoned)\b", re.IGNORECASE)),
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class _Sight:
    told: Told
    thing: frozenset[str]
    state: str


def seen_alike(told: Sequence[Told]) -> list[tuple[str, str, float]]:
    """Pairs of statements in which two outlets saw the same thing in the same state."""
    by_state: dict[str, list[_Sight]] = defaultdict(list)
    for one in told:
        sight = _sight(one)
        if sight is not None:
            by_state[sight.state].append(sight)
    return [
        (min(a.told.id, b.told.id), max(a.told.id, b.told.id), SEEN)
        for _, sights in sorted(by_state.items())
        for n, a in enumerate(sights)
        for b in sights[n + 1 :]
        if _one_sight(a, b)
    ]


def is_sight(one: Told) -> bool:
    """Whether an outlet tells in its own voice what it saw: "a reporter saw …", "could be seen"."""
    cue = " ".join(span.of(one.report.text) for span in one.statement.cue)
    return one.voice and bool(_SAW.search(one.text) or _SAW.search(cue))


def _sight(one: Told) -> _Sight | None:
    """The thing and its state, in an outlet's own words of what it saw; None where a number or a negation is in them."""
    if one.twin is not None or not is_sight(one):
        return None
    match = _SAW.search(one.text)
    clause = re.split(r"[,;:]|\band that\b", one.text[match.end() if match else 0 :], maxsplit=1)[0]
    found = sorted((m.start(), state) for state, pattern in STATES if (m := pattern.search(clause)))
    if not found or Words(clause).negated:
        return None
    before = clause[: found[0][0]].split()[-SUBJECT_WORDS:]
    thing = Words(" ".join(before)).stems
    return _Sight(one, thing, found[0][1]) if len(thing) >= SHARED else None


def _one_sight(a: _Sight, b: _Sight) -> bool:
    if key(a.told.report.outlet or a.told.report.id) == key(b.told.report.outlet or b.told.report.id):
        return False
    near = a.told.day is None or b.told.day is None or abs(a.told.day - b.told.day) <= DAYS
    if not near or len(a.thing & b.thing) < SHARED:
        return False
    return len(names_in(a.told.report.text) & names_in(b.told.report.text)) >= NAMES
