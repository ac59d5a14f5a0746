"""How the answers of one question "how many" stand to each other: revised, contradicted, finer, or nothing at all.

Two numbers of one actor are a revision, never a dispute; two numbers of different actors are a dispute only if both are
counts (not fears or estimates), of one scope, given at about one time, and cannot both hold.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import floor

from sayso.link.actors import same_party
from sayso.link.drafts import Draft, Tie
from sayso.link.scope import Figure
from sayso.link.told import day_of
from sayso.model import Precision, RelationKind

SAME_TIME_DAYS = 2.0  # later than this, a higher number is news, not a contradiction
FINER = 1.5  # two numbers further apart than this are other answers, not finer ones
NEAR_TOP = 0.8  # of "up to 60", a number from here on: a smaller one is more often another, older count
SMALL = 99.0  # up to dozens, a vague word and a number can be one count


def agree(a: Figure, b: Figure) -> bool:
    """Whether the bounds of two figures meet, so that both can hold."""
    return a.low <= b.high and b.low <= a.high


def is_range(figure: Figure) -> bool:
    """Whether a figure gives no number but a span of them ("dozens", "up to 50", "between 20 and 40"); "about 20" is a number."""
    wide = figure.low < figure.high < float("inf") and figure.high >= FINER * max(figure.low, 1.0)
    return figure.loose or (wide and figure.best in (figure.low, figure.high))


def relate(n: int, later: Sequence[Figure], m: int, earlier: Sequence[Figure]) -> list[Tie]:
    """What the answer ``n`` is to the answer ``m`` that was given before it."""
    if later[0].part:
        return []  # two parts may be of two wholes, and two additions are two events
    if revision := _revision(later, earlier):
        return [Tie(n, m, RelationKind.REVISES, 0.9, revision)]
    if backwards := _revision(earlier, later):
        return [Tie(m, n, RelationKind.REVISES, 0.9, backwards)]
    if dispute := _dispute(later, earlier):
        return [Tie(n, m, RelationKind.CONTRADICTS, 0.75, dispute)]
    for a in later:
        for b in earlier:
            (narrow, i), (wide, j) = ((a, n), (b, m)) if _width(a) <= _width(b) else ((b, m), (a, n))
            if _refines(narrow, wide):
                return [Tie(i, j, RelationKind.REFINES, 0.7, (f"{spell(narrow)} lies within {spell(wide)}",))]
    return []


def _refines(narrow: Figure, wide: Figure) -> bool:
    """Whether one figure is a finer form of the other: wholly within its bounds, near it, and given at about its time.

    "At least 12" and 14, "dozens" and 47, "up to 60" and 55; not "up to 81" and 7: that is far from it, and counts something
    else (read in reports on a new flu, whose tolls of the suspected were given as "up to").
    """
    if narrow.counted != wide.counted or narrow.feared != wide.feared or not _width(narrow) < _width(wide):
        return False
    if not (wide.low <= narrow.low and narrow.high <= wide.high):
        return False
    one_party = same_party(narrow.told.party, wide.told.party) is not None
    # "About 20" tells how near to 20 it is to its speaker alone: another's 21 is another number.
    if not (is_range(wide) or _is_open(wide) or (wide.quantity.vague and one_party)):
        return False
    if not one_party and bool(narrow.local) != bool(wide.local):
        return False  # said of a place, and of nowhere in particular
    gap = abs(floor(given_day(narrow) or 0.0) - floor(given_day(wide) or 0.0))
    if wide.loose:
        return _close(narrow, wide)
    if (
        narrow.low == 0.0
        or FINER * narrow.best < wide.best
        or narrow.best > FINER * (wide.best if _is_open(wide) else wide.high)
    ):
        return False
    if wide.low == 0.0 and narrow.best < NEAR_TOP * wide.high:
        return False
    return gap <= SAME_TIME_DAYS


def keep_next_revisions(draft: Draft) -> None:
    """A revision replaces the answer just before it: keep, for each answer, the nearest one it revises.

    An answer that comes back later (12, 14, then again 12 in a slow outlet) revises nothing.
    """
    nearest: dict[int, Tie] = {}
    for tie in draft.ties:
        if tie.kind is RelationKind.REVISES and (tie.first not in nearest or tie.second > nearest[tie.first].second):
            nearest[tie.first] = tie
    draft.ties[:] = [t for t in draft.ties if t.kind is not RelationKind.REVISES or nearest[t.first] is t]


def spell(figure: Figure) -> str:
    return figure.quantity.span.of(figure.told.report.text)


def _width(figure: Figure) -> float:
    return figure.high - figure.low


def _is_open(figure: Figure) -> bool:
    return figure.high == float("inf") or (figure.low == 0.0 < figure.high)


def _close(a: Figure, b: Figure) -> bool:
    """Whether a number can be what a word for some means ("several" and 5): up to dozens, not thousands and millions."""
    return max(a.high, b.high) <= SMALL


# ---------------------------------------------------------------------------------------------------
# Revisions: who gave which number first


def _revision(later: Sequence[Figure], earlier: Sequence[Figure]) -> tuple[str, ...] | None:
    """The same actor or body gave another number afterwards."""
    for a in later:
        for b in earlier:
            who = None if a.told.voice or b.told.voice else same_party(a.told.party, b.told.party)
            if a.told.id == b.told.id and _REVISING.search(_introduction(a)):
                who = "one sentence tells it as revised"
            if who is None or a.best == b.best or (agree(a, b) and _rough(a, b)):
                continue
            if a.best < b.best and a.confirmed and not b.confirmed:
                continue  # fewer are confirmed than were thought to be: that takes nothing back
            if _comes_after(a, b) and a.feared == b.feared and (a.counted == b.counted or 0 in (a.best, b.best)):
                return who, f"{spell(b)} first, {spell(a)} later"
    return None


def _rough(a: Figure, b: Figure) -> bool:
    """Whether two figures may well be one count told roughly: a word for some in one, or "about" in both's reach."""
    finite = max(a.high, b.high) < float("inf")
    return a.loose or b.loose or (finite and (a.quantity.vague or b.quantity.vague))


def _comes_after(a: Figure, b: Figure) -> bool:
    """Whether ``a`` was said after ``b``: a report may tell the older number last ("had first said that nobody died").

    Within one report, words such as "initially" and "later" decide, then when it was said. Across reports, the day on which it
    was said, or else that of publication; of a number that is told as older ("at first") and no more, only that it is older
    than what is told from then on.
    """
    old_a, old_b = _told_as_old(a), _told_as_old(b)
    if a.told.report.id == b.told.report.id:
        if old_a != old_b:
            return old_b
        if _told_as_new(a) != _told_as_new(b):
            return _told_as_new(a)
        said, before = a.told.statement.said, b.told.statement.said
        return bool(said and before and said.value > before.value)
    given, before_then = given_day(a), given_day(b)
    if given is None or before_then is None or (old_a and not _is_dated(a)):
        return False
    if old_b and not _is_dated(b):
        return given >= before_then
    if _is_dated(a) or _is_dated(b):
        return floor(given) > floor(before_then)
    return given > before_then


_DAYS = (Precision.DAY, Precision.HOUR, Precision.MINUTE, Precision.SECOND, Precision.PART_OF_DAY)


def given_day(figure: Figure) -> float | None:
    """Days since 1970 of the day on which the number was given: as the report tells it, else of publication."""
    said = figure.told.statement.said
    return day_of(said.value[:10]) if said and _is_dated(figure) else figure.told.day


def _is_dated(figure: Figure) -> bool:
    """Whether the report itself tells on which day, before its own, the number was given."""
    said = figure.told.statement.said
    if said is None or said.precision not in _DAYS or (day := day_of(said.value[:10])) is None:
        return False
    return figure.told.day is None or day < floor(figure.told.day)


_REVISING = re.compile(
    r"\b(?:rais(?:ed|es|ing)|revis\w+|correct(?:ed|s|ing)|lower(?:ed|s|ing)|updat(?:ed|es|ing))\b", re.IGNORECASE
)
_FIRST = r"initially|at first|first (?:said|reported|put|spoken|spoke)|previously|originally|earlier (?:said|reported|put)|an earlier"
_SUPERSEDED = re.compile(rf"\b(?:{_FIRST})\b", re.IGNORECASE)
_OLD = re.compile(
    rf"\b(?:{_FIRST}|had (?:\w+ )?(?:said|reported|put|written|told|insisted|claimed|announced))\b|"
    r"\b(?:rais(?:ed|es|ing)|revis\w+|correct(?:ed|s|ing)|lower(?:ed|s|ing)|updat(?:ed|es|ing))\b.*\bfrom\s*$",
    re.IGNORECASE | re.DOTALL,
)
_NEW = re.compile(r"\b(?:later|now|since then|revised|updated|corrected|raised|has risen)\b", re.IGNORECASE)


def _told_as_old(figure: Figure) -> bool:
    return bool(_OLD.search(_introduction(figure)))


def _told_as_new(figure: Figure) -> bool:
    return bool(_NEW.search(_introduction(figure)))


def _introduction(figure: Figure) -> str:
    """The words that lead to the figure, from the beginning of its sentence or its source."""
    text, start = figure.told.report.text, figure.quantity.span.start
    spans = (*figure.told.statement.source, *figure.told.statement.cue)
    begin = min([s.start for s in spans if s.start < start and start - s.start < 200], default=start)
    return text[max(text.rfind(". ", max(0, begin - 80), begin), text.rfind("\n", 0, begin), begin - 80) + 1 : start]


# ---------------------------------------------------------------------------------------------------
# Disputes


def _dispute(later: Sequence[Figure], earlier: Sequence[Figure]) -> tuple[str, ...] | None:
    """Different actors, counts of one scope at about one time, that cannot both hold."""
    for a in later:
        for b in earlier:
            if a.told.voice or b.told.voice or not (a.told.party.named and b.told.party.named):
                continue
            if same_party(a.told.party, b.told.party) or agree(a, b) or a.feared or b.feared:
                continue
            if a.counted != b.counted or is_range(a) or is_range(b) or not _one_matter(a, b):
                continue
            if any(_SUPERSEDED.search(_introduction(f)) for f in (a, b)):
                continue  # a number that its giver has left behind stands against nobody's
            if abs(floor(given_day(a) or 0.0) - floor(given_day(b) or 0.0)) > SAME_TIME_DAYS:
                continue
            return (
                f"{a.told.party.name} says {spell(a)}, {b.told.party.name} says {spell(b)}",
                "the same measure, place and time, and the numbers exclude each other",
            )
    return None


def _one_matter(a: Figure, b: Figure) -> bool:
    """Whether two figures surely speak of the same: told in one report, of one narrow kind of people, or of one place."""
    return a.told.report.id == b.told.report.id or a.counted not in ("people", "civilians") or bool(a.places & b.places)
