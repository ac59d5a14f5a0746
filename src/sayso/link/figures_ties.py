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
from sayso.model import Measure, Precision, RelationKind

SAME_TIME_DAYS = 2.0  # later than this, a higher number is news, not a contradiction
SAME_COUNT_DAYS = 1.0  # a toll goes on growing: a word for some, and a number given later than this, are two counts
FINER = 1.5  # two numbers further apart than this are other answers, not finer ones
# Of "more than 100", 103 and 110 are the number behind it; 150 is a later count (read in a new flu's tolls).
ROUND_UP = 1.15
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
    if finer := _finer(n, later, m, earlier, given_together=True):
        return [finer]
    if revision := _revision(later, earlier):
        return [Tie(n, m, RelationKind.REVISES, 0.9, revision)]
    if backwards := _revision(earlier, later):
        return [Tie(m, n, RelationKind.REVISES, 0.9, backwards)]
    if dispute := _dispute(later, earlier):
        return [Tie(n, m, RelationKind.CONTRADICTS, 0.75, dispute)]
    finer = _finer(n, later, m, earlier, given_together=False)
    return [finer] if finer else []


def _finer(n: int, later: Sequence[Figure], m: int, earlier: Sequence[Figure], *, given_together: bool) -> Tie | None:
    """The tie of an answer that is a finer form of the other; ``given_together`` asks for two figures of one speaker and day, which
    are one count told twice and no revision."""
    for a in later:
        for b in earlier:
            (narrow, i), (wide, j) = ((a, n), (b, m)) if _width(a) <= _width(b) else ((b, m), (a, n))
            if given_together and not (_is_one_telling(a, b) and (is_range(wide) or _is_open(wide))):
                continue
            if _refines(narrow, wide):
                return Tie(i, j, RelationKind.REFINES, 0.7, (f"{spell(narrow)} lies within {spell(wide)}",))
    return None


def _refines(narrow: Figure, wide: Figure) -> bool:
    """Whether one figure is a finer form of the other: the same count, told within tighter bounds round the same value.

    "Dozens" and 47, "more than 100" and 103, "up to 50,000" and "45,000 to 50,000", given at one time. Not "at least 68" and 81: who
    says 68 has counted, and 81 is what was counted elsewhere or later. Nor "up to 159" and 149, which is an older count.
    """
    if narrow.counted != wide.counted or narrow.feared != wide.feared or not _width(narrow) < _width(wide):
        return False
    if not _one_standing(narrow, wide) or not (wide.low <= narrow.low and narrow.high <= wide.high):
        return False
    one_party = same_party(narrow.told.party, wide.told.party) is not None
    # "About 20" tells how near to 20 it is to its speaker alone: another's 21 is another number.
    if not (is_range(wide) or _is_open(wide) or (wide.quantity.vague and one_party)):
        return False
    if not one_party and bool(narrow.local) != bool(wide.local):
        return False  # said of a place, and of nowhere in particular
    gap = _days_apart(narrow, wide)
    if wide.high == narrow.high < float("inf") and wide.low == 0.0:  # the same top: no other number was given
        return gap <= SAME_TIME_DAYS
    if wide.low == 0.0 or gap > SAME_COUNT_DAYS:
        return False
    if wide.loose:
        return _close(narrow, wide)
    if wide.high == float("inf"):
        return gap == 0 and _is_round(wide) and wide.best < narrow.best <= ROUND_UP * wide.best
    if not is_range(wide) and (narrow.told.id == wide.told.id or (gap and _comes_after(wide, narrow))):
        return False  # "eighteen", and then "about nineteen": the second is news, however roughly it is told
    return narrow.low > 0.0 and FINER * narrow.best >= wide.best and narrow.best <= FINER * wide.high


def _is_one_telling(a: Figure, b: Figure) -> bool:
    """Whether one speaker gave both on one day."""
    return same_party(a.told.party, b.told.party) is not None and _days_apart(a, b) == 0


def _days_apart(a: Figure, b: Figure) -> int:
    return abs(_floor_of_day(a) - _floor_of_day(b))


def _floor_of_day(figure: Figure) -> int:
    """The day on which the number was given; in a large story it is asked of each figure some thousand times."""
    if figure.told.statement.said is None:
        return floor(figure.told.day or 0.0)
    return floor(given_day(figure) or 0.0)


def _one_standing(a: Figure, b: Figure) -> bool:
    """Whether two figures can be one count: the confirmed and the suspected are two."""
    return not ((a.confirmed and b.suspected) or (b.confirmed and a.suspected))


def _is_round(figure: Figure) -> bool:
    """Whether a bound is a round number, behind which the number itself is not told: "more than 100", "over 80", "at least a dozen"."""
    best = figure.best
    return (best >= 20 and best % (10 if best < 1000 else 100) == 0) or "dozen" in spell(figure)


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
            if not _one_standing(a, b) or a.part != b.part:
                continue
            if who is None or a.best == b.best or (agree(a, b) and _may_be_one(a, b)):
                continue
            if a.best < b.best and a.confirmed and not b.confirmed:
                continue  # fewer are confirmed than were thought to be: that takes nothing back
            if _has_fallen(a, b) or not _one_affair(a, b):
                continue
            if _comes_after(a, b) and a.feared == b.feared and (a.counted == b.counted or 0 in (a.best, b.best)):
                return who, f"{spell(b)} first, {spell(a)} later"
    return None


_LOSSES = (Measure.KILLED, Measure.INJURED, Measure.CASUALTIES)
_OF_THE_TOLL = re.compile(
    r"\b(?:toll|number|count|tally|figure|total|revis\w+|lower\w*|correct\w*|down(?:wards)?|now)\b", re.IGNORECASE
)


def _has_fallen(a: Figure, b: Figure) -> bool:
    """Whether fewer dead or injured are told of later, in another report and without a word for a toll: that is another attack, for
    the dead of one do not grow fewer."""
    if a.measure not in _LOSSES or not a.best < b.best or a.told.report.id == b.told.report.id or not a.best:
        return False
    return not _OF_THE_TOLL.search(a.told.sentence)


def _one_affair(a: Figure, b: Figure) -> bool:
    """Whether something besides the speaker says that two numbers of dead or injured are of one affair: a report, a place, a kind of
    cause, words for a toll, or that both are of the confirmed. In a war one monitor counts the dead of another attack each day."""
    if (
        a.measure not in _LOSSES
        or a.told.report.id == b.told.report.id
        or a.places & b.places
        or not (a.best and b.best)
    ):
        return True
    if a.cause is not None and b.cause is not None and a.cause.kind == b.cause.kind:
        return True
    return (a.confirmed and b.confirmed) or bool(_OF_THE_TOLL.search(a.told.sentence))


def _may_be_one(a: Figure, b: Figure) -> bool:
    """Whether two figures may well be one count told roughly: a word for some in one, or "about" in both's reach and time."""
    finite = max(a.high, b.high) < float("inf")
    about = finite and (a.quantity.vague or b.quantity.vague) and _days_apart(a, b) <= SAME_COUNT_DAYS
    return a.loose or b.loose or about


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
            if not _one_standing(a, b) or a.counted != b.counted or is_range(a) or is_range(b) or not _one_matter(a, b):
                continue
            if any(_SUPERSEDED.search(_introduction(f)) for f in (a, b)):
                continue  # a number that its giver has left behind stands against nobody's
            if _days_apart(a, b) > SAME_TIME_DAYS or (_days_apart(a, b) and _grown(a, b)):
                continue
            return (
                f"{a.told.party.name} says {spell(a)}, {b.told.party.name} says {spell(b)}",
                "the same measure, place and time, and the numbers exclude each other",
            )
    return None


def _grown(a: Figure, b: Figure) -> bool:
    """Whether the number that was given on the later day is the higher one: that is news. Not where nobody died at first: who says
    that fourteen did contradicts who said so."""
    early, late = sorted((a, b), key=lambda f: given_day(f) or 0.0)
    return late.best > early.best > 0


def _one_matter(a: Figure, b: Figure) -> bool:
    """Whether two figures surely speak of the same: told in one report, both of a place or both of none; of one narrow kind of
    people; or of one place. The few that are confirmed are not all of whom others tell."""
    few, many = (a, b) if a.best <= b.best else (b, a)
    if few.best and few.confirmed and not many.confirmed:
        return False
    together = a.told.report.id == b.told.report.id and bool(a.local) == bool(b.local)
    return together or a.counted not in ("people", "civilians") or bool(a.places & b.places)
