"""Numbers of two short texts: the same, finer, other, or of other things counted, places or times.

As in `sayso.link.scope` and `sayso.link.figures`, numbers are held against each other only within one scope: the wounded are not the dead, a day
is not a week, another town is another count.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sayso.link.compare.texts import Pair, Text
from sayso.link.figures_ties import FINER, SMALL
from sayso.link.scope import CIVILIANS, EVERYONE, period_of
from sayso.link.words import stem
from sayso.model import Quantity


@dataclass(frozen=True, slots=True)
class Compared:
    """Two numbers of one scope. ``how`` is "same", "finer" (``first`` finer: the one of the first text) or "other"."""

    how: str
    mine: str
    theirs: str
    measured: bool  # both give one of the standard counts (killed, missing, …)
    exact: bool  # neither is vague, a bound or a range
    first: bool = False


def compare_numbers(pair: Pair) -> tuple[Compared, ...]:
    """Every number of the first text with those of the second that count the same."""
    if period_of(pair.a.text) != period_of(pair.b.text):
        return ()
    return tuple(_held_against(pair))


def _held_against(pair: Pair) -> Iterator[Compared]:
    for mine in pair.a.quantities:
        against = [theirs for theirs in pair.b.quantities if one_scope(mine, theirs)]
        if not against:
            continue
        ranked = [_compare(mine, theirs, pair) for theirs in against]
        yield min(ranked, key=lambda c: ("same", "finer", "other").index(c.how))


def one_scope(a: Quantity, b: Quantity) -> bool:
    """Whether two numbers count the same things to the same end, as far as the words tell."""
    if a.best is None or b.best is None or a.measure != b.measure or a.unit != b.unit:
        return False
    mine, theirs = counted(a), counted(b)
    if a.measure is not None:
        return mine == theirs or not mine or not theirs
    return bool(mine and theirs and (mine <= theirs or theirs <= mine)) or (a.unit is not None and mine == theirs)


def counted(quantity: Quantity) -> frozenset[str]:
    """What is counted, as stems; nothing where it is people at large."""
    words = (quantity.counted or "").casefold().split()
    if words and set(words) <= CIVILIANS:
        return frozenset(("civilian",))
    return frozenset(stem(word) for word in words if word not in EVERYONE)


def _compare(a: Quantity, b: Quantity, pair: Pair) -> Compared:
    mine, theirs = a.span.of(pair.a.text), b.span.of(pair.b.text)
    measured = a.measure is not None
    exact = _exact(a) and _exact(b)
    if a.best == b.best and _width(a) == _width(b):
        return Compared("same", mine, theirs, measured, exact)
    if _low(a) <= _high(b) and _low(b) <= _high(a):
        if not _close(a, b):
            return Compared("same", mine, theirs, measured, False)
        return Compared("finer", mine, theirs, measured, exact, first=_width(a) < _width(b))
    return Compared("other", mine, theirs, measured, exact)


def _close(a: Quantity, b: Quantity) -> bool:
    """Whether one can be a finer form of the other: "several" and 5, "about 200" and 214; not thousands and millions."""
    low, high = sorted((a.best or 0.0, b.best or 0.0))
    return max(_high(a), _high(b)) <= SMALL or 0 < high <= FINER * low or a.best == b.best


def _exact(q: Quantity) -> bool:
    return not q.vague and q.low == q.high


def _low(q: Quantity) -> float:
    return q.low if q.low is not None else 0.0


def _high(q: Quantity) -> float:
    return q.high if q.high is not None else float("inf")


def _width(q: Quantity) -> float:
    return _high(q) - _low(q)


def other_measures(pair: Pair) -> str | None:
    """Both give standard counts, and none of the same: the dead in one, the wounded in the other."""
    mine = {q.measure.value for q in pair.a.quantities if q.measure}
    theirs = {q.measure.value for q in pair.b.quantities if q.measure}
    return f"{min(mine)} counted in one, {min(theirs)} in the other" if mine and theirs and not mine & theirs else None


def numbers_only_in_one(pair: Pair) -> Text | None:
    """The text that has a number where the other has none at all."""
    mine, theirs = bool(pair.a.words.numbers), bool(pair.b.words.numbers)
    if mine == theirs:
        return None
    return pair.a if mine else pair.b
