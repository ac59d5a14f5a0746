"""Which statements say the same, which say the opposite, and what a denial or a failed check speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sayso.link.answers import CANDIDATE_COSINE, Likeness, opposite_content, polarity_differs, same_content
from sayso.link.embed import Vector, cosines, lattice
from sayso.link.words import Words
from sayso.model import Act, Kind, Report, Statement

_CHUNK = 1_024
# Acts that say nothing about the matter themselves: they point at what somebody else said.
POINTING = (Act.CANNOT_VERIFY, Act.ASK, Act.DECLINE_COMMENT)
_CHECK_REACH = 900  # characters: a check speaks of what stands in its own or the paragraph before
_DENIAL_COSINE = 0.45  # a denial names what it denies in few words ("denied involvement")
_REPORT_DENIAL_REACH = 400  # characters: "A blamed B for X; B denied involvement" are one or two sentences apart


@dataclass(frozen=True)
class Compared:
    """A statement as it is compared: its words, who says it, and its place in the order of time."""

    statement: Statement
    words: Words
    actor: str | None
    when: str

    @property
    def speaker(self) -> str:
        """Who answers for it: the actor, or the outlet's report where nobody is named."""
        return self.actor or f"voice {self.statement.report}"


@dataclass(frozen=True)
class Pair:
    """Two compared statements by their place in the list, and what they are to each other."""

    first: int
    second: int
    likeness: Likeness


def find_pairs(items: Sequence[Compared], vectors: Mapping[str, Vector]) -> tuple[list[Pair], list[Pair]]:
    """(pairs that say the same, pairs that say the opposite), each in a fixed order."""
    same: list[Pair] = []
    opposite: list[Pair] = []
    for a, b, cosine in _near(items, vectors):
        one, two = items[a], items[b]
        if one.statement.act in POINTING or two.statement.act in POINTING:
            continue
        one_actor = one.actor is not None and one.actor == two.actor
        opposed = opposite_content(one.words, two.words, cosine)
        by_negation = opposed.holds and opposed.reasons[0] == polarity_differs(one.words, two.words)
        if by_negation and one.statement.negated == two.statement.negated:
            continue  # the negation stands in a side phrase ("with no plan so far")
        if opposed.holds:
            opposite.append(Pair(a, b, opposed))
            continue
        alike = same_content(one.words, two.words, cosine, one_actor=one_actor)
        if alike.holds and _acts_agree(one.statement, two.statement):
            same.append(Pair(a, b, alike))
    return same, opposite


def _near(items: Sequence[Compared], vectors: Mapping[str, Vector]) -> Iterator[tuple[int, int, float]]:
    if len(items) < 2:
        return
    rows = lattice(np.stack([vectors[i.statement.id] for i in items]))
    for start in range(0, len(items), _CHUNK):
        table = cosines(rows[start : start + _CHUNK], rows)
        for row, column in np.argwhere(table >= CANDIDATE_COSINE):
            if start + row < column:
                yield int(start + row), int(column), float(table[row, column])


def _acts_agree(a: Statement, b: Statement) -> bool:
    denying = (Act.DENY, Act.DECLINE_RESPONSIBILITY, Act.RETRACT)
    return (a.act in denying) == (b.act in denying)


def find_denied(items: Sequence[Compared], vectors: Mapping[str, Vector]) -> list[Pair]:
    """Each denial with the statement it denies, when one stands out: an accusation or assertion by another actor.

    In the denial's own report the one just before it counts first; else the nearest in meaning.
    """
    pairs = []
    for n, item in enumerate(items):
        if item.statement.act is not Act.DENY:
            continue
        best: tuple[float, str, int, str] | None = None
        for m, other in enumerate(items):
            if m == n or other.speaker == item.speaker or other.statement.act in (*POINTING, Act.DENY, Act.OTHER):
                continue
            cosine = float(np.dot(vectors[item.statement.id], vectors[other.statement.id]))
            gap = item.statement.content[0].start - other.statement.content[-1].end
            beside = other.statement.report == item.statement.report and 0 <= gap <= _REPORT_DENIAL_REACH
            accused = other.statement.act is Act.ACCUSE
            shared = len(item.words.stems & other.words.stems)
            score = cosine + (0.25 if beside and accused else 0.0) + (0.1 if accused else 0.0)
            if (beside and accused) or (cosine >= _DENIAL_COSINE and shared >= 2):
                reason = (
                    "answers the accusation just before it"
                    if beside and accused
                    else f"denies the same matter ({cosine:.2f})"
                )
                candidate = (round(score, 4), other.statement.id, m, reason)
                if best is None or candidate > best:
                    best = candidate
        if best is not None:
            pairs.append(Pair(n, best[2], Likeness(True, min(1.0, best[0]), (best[3],))))
    return pairs


def find_checked(items: Sequence[Compared], reports: Mapping[str, Report]) -> dict[str, str]:
    """For each failed check (statement id) the statement it speaks of: the nearest before it that its words fit."""
    by_report: dict[str, list[Compared]] = {}
    for item in items:
        by_report.setdefault(item.statement.report, []).append(item)
    checked = {}
    for report, members in sorted(by_report.items()):
        for item in members:
            if item.statement.act is Act.CANNOT_VERIFY:
                target = _checked_by(item, members, reports[report].text)
                if target is not None:
                    checked[item.statement.id] = target.statement.id
    return checked


def _checked_by(check: Compared, members: Sequence[Compared], text: str) -> Compared | None:
    at = check.statement.content[0].start
    wants_number = re.search(r"\b(?:figure|number|toll|count|tally)s?\b", check.words.text, re.I) is not None
    best: tuple[int, int, str] | None = None
    found: Compared | None = None
    for other in members:
        gap = at - other.statement.content[-1].end
        if not 0 <= gap <= _CHECK_REACH or other.statement.act in (*POINTING, Act.OTHER, Act.DECLINE_RESPONSIBILITY):
            continue
        # Its own words first; then a number where a figure is meant; then what somebody said; then the nearest.
        fits = len(check.words.stems & other.words.stems) + (2 if wants_number and other.words.numbers else 0)
        fits += 1 if other.statement.kind is not Kind.VOICE else 0
        candidate = (fits - gap // 300, -gap, other.statement.id)
        if best is None or candidate > best:
            best, found = candidate, other
    return found
