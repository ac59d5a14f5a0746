"""What people decided, as the linking obeys it: judgements are rows, the latest on a record or pair of records counts.

    reject  a statement            it is left out of every claim
    merge   statement, statement   they are one claim
    split   statement, statement   they are never one claim
    reject  claim, claim           the machine's relation between them is dropped
    accept  claim, claim           the relation is kept, with the person as its judge

A merge or split of claims reaches here as one of their statements: those ids stay when claims grow.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sayso.model import Judgement, Verdict

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Judged:
    """Judgements sorted by what they are about. Pairs are in alphabetical order."""

    rejected: frozenset[str]
    merged: frozenset[Pair]
    split: frozenset[Pair]
    dropped: frozenset[Pair]
    accepted: dict[Pair, str]


NOBODY = Judged(frozenset(), frozenset(), frozenset(), frozenset(), {})
"""No judgement at all."""


def read_judgements(judgements: Iterable[Judgement]) -> Judged:
    """The judgements that stand: of several on one record or pair, the last by time."""
    latest: dict[tuple[str, str], Judgement] = {}
    deciding = (Verdict.ACCEPT, Verdict.REJECT, Verdict.MERGE, Verdict.SPLIT)
    for judgement in sorted((j for j in judgements if j.verdict in deciding), key=lambda j: (j.at, j.id)):
        pair = (judgement.subject, "") if judgement.other is None else _pair(judgement.subject, judgement.other)
        latest[pair] = judgement
    by_verdict: dict[Verdict, list[Pair]] = {verdict: [] for verdict in deciding}
    for pair, judgement in latest.items():
        by_verdict[judgement.verdict].append(pair)
    return Judged(
        rejected=frozenset(a for a, b in by_verdict[Verdict.REJECT] if not b),
        merged=frozenset(p for p in by_verdict[Verdict.MERGE] if p[1]),
        split=frozenset(p for p in by_verdict[Verdict.SPLIT] if p[1]),
        dropped=frozenset(p for p in by_verdict[Verdict.REJECT] if p[1]),
        accepted={p: latest[p].author for p in sorted(by_verdict[Verdict.ACCEPT]) if p[1]},
    )


def _pair(a: str, b: str) -> Pair:
    return (a, b) if a <= b else (b, a)
