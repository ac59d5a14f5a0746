"""Which kind, in which direction, and why: the decisions of `weighing`, with what the words of numbers, times and actors add.

A false conflict is worse than a missed one. Where the two speak of other days or places, or are not near enough to speak of one thing,
they contradict each other in nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from sayso.link.actors import find_parties, same_party
from sayso.link.compare.features import Finding
from sayso.link.compare.marks import AGAINST
from sayso.link.compare.numbers import Compared, compare_numbers, other_measures
from sayso.link.compare.opposing import How, Met
from sayso.link.compare.stances import Stance
from sayso.link.compare.texts import Pair, Text
from sayso.link.compare.weighing import (
    MOST_REASONS,
    Weights,
    against_by,
    counted,
    everything_found,
    probability,
    shipped,
)
from sayso.link.figures_ties import SAME_TIME_DAYS
from sayso.model import Comparison, Direction, PairKind, Slot

AGAINST_FROM = 0.45
BEARS_OUT_FROM = 0.5
SAME_FROM = 0.3  # paraphrases outnumber the rest where texts are so alike (MSRP: two of three)
# One holds the other and a good deal more: nearly all of its content words, which make up so much less of its own. Or so much more that
# it hardly matters whether it holds all of it.
ALL_OF_IT, AND_MORE, MUCH_MORE = 0.95, 0.3, 0.5
CLASHES = ("opposed_clauses", "one_word_apart")  # these decide alone
# What can set two texts against each other; the rest only tells how far they speak of one thing.
CONFLICTS = (
    *AGAINST, "negation", "negated_event", "nothing_there", "exclusive_words", "antonyms", "other_number", *CLASHES,
)  # fmt: skip
# What sets them against each other is no more than a negation: it counts only for what both speak of.
BY_NEGATION = ("negation", "negated_event", "nothing_there", "exclusive_words", "antonyms")
# Marks that say of the whole that it is not so, whatever its clauses tell.
OF_THE_WHOLE = ("debunked", "doubted", "corrected")
CLASH = 0.8  # how sure two clauses are that exclude each other
# Marks with which a text says no more than that others say it. "Officials say" is none: most news is told so.
HOLDING_BACK = ("hearsay", "hedged", "rumoured", "unconfirmed", "claimed", "reported", "asked")
# Who denies or contradicts a thing speaks of it. Of look-alike events (ECB+), nearly all pairs lie below.
LEAST_NEAR = 0.30
NUMBERS_NEAR = 0.60  # two numbers of one measure are of one event only if the rest is alike


def compare(pairs: Iterable[Pair], *, weights: Weights | None = None) -> Iterator[Comparison]:
    """What the two texts of each pair are to each other, in their order."""
    for pair in pairs:
        yield decide(pair, weights=weights)


def decide(pair: Pair, *, weights: Weights | None = None) -> Comparison:
    """The kind, direction, slot, score and reasons for one pair."""
    weights = weights or shipped()
    found = everything_found(pair, weights)
    by_name = {f.name: f for f in found}
    opposing = against_by(pair)
    against, bears_out, same = (probability(d, found, weights) for d in (opposing, "bears_out", "same"))
    apart = _apart(pair, by_name)
    numbers = _exclusive_number(pair)
    reasons: tuple[str, ...]
    if numbers is not None and apart is None and pair.clash is None:
        reasons = (
            f"{numbers.mine} and {numbers.theirs} of the same things exclude each other",
            f"near in meaning ({pair.cosine:.2f})",
        )
        return _other_answer(pair, reasons, score=max(against, 0.75), slot=Slot.HOW_MANY)
    why = next((by_name[name].reason for name in CLASHES if name in by_name), None)
    if why is not None and apart is None:
        reasons = (why, *(r for r in counted(opposing, True, found, weights) if r != why))
        return _other_answer(pair, reasons[:MOST_REASONS], score=max(against, CLASH), slot=Slot.WHETHER)
    if against >= AGAINST_FROM and apart is None and _may_conflict(pair, by_name):
        reasons = counted(opposing, True, found, weights)
        return _other_answer(pair, reasons, score=against, slot=Slot.WHETHER)
    other = by_name["other_day"].reason if "other_day" in by_name else other_measures(pair)
    if other is None:
        other = next((m.why for m in _contrary_elsewhere(pair)), None)
    if other is not None:
        return Comparison(PairKind.UNRELATED, Direction.NONE, Slot.WHAT, round(1.0 - same, 4), (other,))
    plain = not any(name in by_name for name in HOLDING_BACK)
    if bears_out >= BEARS_OUT_FROM or (plain and same >= SAME_FROM):
        return _borne_out(pair, found, weights, bears_out=bears_out, same=same if "asked" not in by_name else 0.0)
    reasons = counted("bears_out", False, found, weights)
    if apart is not None:
        reasons = (apart, *reasons)
    return Comparison(PairKind.UNRELATED, Direction.NONE, Slot.WHAT, round(1.0 - bears_out, 4), reasons)


def _may_conflict(pair: Pair, by_name: Mapping[str, Finding]) -> bool:
    """Whether anything is found that can set the two against each other, and nothing that settles it."""
    found = [name for name in CONFLICTS if name in by_name]
    if pair.settled:
        return any(name in OF_THE_WHOLE for name in found)
    if "clauses_open" in by_name or _contrary_elsewhere(pair):
        return any(name not in BY_NEGATION for name in found)
    return bool(found)


def _contrary_elsewhere(pair: Pair) -> list[Met]:
    """Clauses that would exclude each other, were they not said of two persons, things or places ("the bridge was destroyed", "the
    dam is intact"), or one of them only possible ("may close", "did not close"): neither bears the other out."""
    if pair.clash is not None or pair.accord is not None:
        return []
    known = pair.a.every_stem, pair.b.every_stem
    return [
        m
        for m in pair.met
        if m.main and m.contrary and (m.how is How.OPEN or (m.how is How.ELSEWHERE and m.of_two(*known)))
    ]


def _other_answer(pair: Pair, reasons: tuple[str, ...], *, score: float, slot: Slot) -> Comparison:
    """Two answers that cannot both hold: of one actor, the later revises the earlier; else one denies the other, or they
    contradict each other."""
    first, second = pair.a.day, pair.b.day
    who = one_actor(pair) if first != second else None
    gap = abs(first - second) if first is not None and second is not None else 0.0
    if who is not None and first is not None and second is not None and first != second:
        direction = Direction.A_OF_B if first > second else Direction.B_OF_A
        return Comparison(
            PairKind.REVISES, direction, slot, round(score, 4), (who, "published later, with another answer", *reasons)
        )
    if slot is Slot.HOW_MANY and gap > SAME_TIME_DAYS:
        why = "counts grow: told days apart, other numbers are news and no conflict"
        return Comparison(PairKind.UNRELATED, Direction.NONE, slot, round(score, 4), (why, *reasons))
    denier = _denier(pair) if slot is Slot.WHETHER else None
    if denier is not None:
        direction = Direction.A_OF_B if denier is pair.a else Direction.B_OF_A
        return Comparison(PairKind.DENIES, direction, slot, round(score, 4), reasons)
    return Comparison(PairKind.CONTRADICTS, Direction.NONE, slot, round(score, 4), reasons)


def _borne_out(pair: Pair, found: Sequence[Finding], weights: Weights, *, bears_out: float, same: float) -> Comparison:
    finer = next((c for c in compare_numbers(pair) if c.how == "finer"), None)
    if finer is not None:
        direction = Direction.A_OF_B if finer.first else Direction.B_OF_A
        reason = (
            f"{finer.mine if finer.first else finer.theirs} lies within {finer.theirs if finer.first else finer.mine}"
        )
        reasons = (reason, *counted("bears_out", True, found, weights))
        return Comparison(PairKind.REFINES, direction, Slot.HOW_MANY, round(bears_out, 4), reasons)
    if same >= SAME_FROM and not _holds_and_adds(pair):
        reasons = counted("same", True, found, weights)
        return Comparison(PairKind.SAME, Direction.NONE, Slot.WHAT, round(same, 4), reasons)
    reasons = counted("bears_out", True, found, weights)
    fuller, lesser = _fuller(pair)
    if fuller is None or lesser is None:
        return Comparison(PairKind.SUPPORTS, Direction.NONE, Slot.WHAT, round(bears_out, 4), reasons)
    direction = Direction.A_OF_B if fuller is pair.a else Direction.B_OF_A
    finer_slot = _finer_in(fuller, lesser)
    if finer_slot is not None:
        slot, reason = finer_slot
        return Comparison(PairKind.REFINES, direction, slot, round(bears_out, 4), (reason, *reasons))
    why = f"one tells what the other does, and more ({pair.share_of(lesser):.0%} of the shorter)"
    return Comparison(PairKind.SUPPORTS, direction, Slot.WHAT, round(bears_out, 4), (why, *reasons))


def _holds_and_adds(pair: Pair) -> bool:
    """One contains the other and tells more."""
    less, more = sorted((pair.share_of(pair.a), pair.share_of(pair.b)))
    return more - less >= (AND_MORE if more >= ALL_OF_IT else MUCH_MORE)


def _fuller(pair: Pair) -> tuple[Text, Text] | tuple[None, None]:
    """The text that tells more, and the other; neither if they tell as much."""
    a_in_b, b_in_a = pair.share_of(pair.a), pair.share_of(pair.b)
    if abs(a_in_b - b_in_a) < 1e-9:
        return None, None
    return (pair.a, pair.b) if b_in_a > a_in_b else (pair.b, pair.a)


def _finer_in(fuller: Text, lesser: Text) -> tuple[Slot, str] | None:
    """The place, time or number that the fuller text adds where the other has none."""
    if fuller.places and not lesser.places:
        return Slot.WHERE, f"adds the place ({min(fuller.places)})"
    if fuller.times and not lesser.times:
        return Slot.WHEN, f"adds the time ({fuller.times[0]})"
    if fuller.words.numbers and not lesser.words.numbers:
        return Slot.HOW_MANY, f"adds a number ({min(fuller.words.numbers)})"
    return None


def _apart(pair: Pair, by_name: Mapping[str, Finding]) -> str | None:
    """Why the two cannot be in conflict: they speak of other days or places, or not of one thing."""
    if pair.cosine < LEAST_NEAR:
        return f"not about one thing ({pair.cosine:.2f})"
    for name in ("other_day", "other_place"):
        if name in by_name:
            return by_name[name].reason
    return None


def _exclusive_number(pair: Pair) -> Compared | None:
    """Two exact counts of one measure, or of what one act is told of in both, that cannot both hold, in texts that are otherwise alike."""
    if pair.cosine < NUMBERS_NEAR:
        return None
    accord = pair.accord
    # where each gives one number of one act ("fined 40,000", "fined 90,000"); of several it is not known which answers which
    one_act = accord is not None and accord.mine.key == accord.theirs.key
    one_act = one_act and len(pair.a.quantities) == len(pair.b.quantities) == 1
    compared = [c for c in compare_numbers(pair) if c.measured or one_act]
    if any(c.how != "other" for c in compared):
        return None
    return next((c for c in compared if c.exact), None)


def _denier(pair: Pair) -> Text | None:
    """The text that denies, doubts or debunks the other, if one does and the other does not."""
    if pair.clash is not None:
        quoted = pair.clash.mine.held.spoken and pair.clash.theirs.held.spoken
        mine, theirs = (_denying(t, s, quoted) for t, s in ((pair.a, pair.clash.mine), (pair.b, pair.clash.theirs)))
        if mine == theirs:
            return None
        return pair.a if mine else pair.b
    marks = [{k for k in AGAINST if k in t.marks} | _denial(t) for t in (pair.a, pair.b)]
    if bool(marks[0] - marks[1]) == bool(marks[1] - marks[0]):
        return None
    return pair.a if marks[0] - marks[1] else pair.b


def _denying(text: Text, told: Stance, both_quoted: bool) -> bool:
    """Whether a clause is told as not so by somebody's denial, by somebody of whom the other text has no word, or as false."""
    of_the_whole = any(kind in text.marks for kind in OF_THE_WHOLE) and not told.held.so
    return told.held.denied or of_the_whole or (not told.held.so and told.held.spoken and not both_quoted)


def _denial(text: Text) -> set[str]:
    acts = {s.act.value for s in text.extraction.statements} if text.extraction else set()
    return acts & {"deny", "retract"}


def one_actor(pair: Pair) -> str | None:
    """Why both texts are the word of one actor, by the rules that join actors in a ledger; None if they are not."""
    if pair.a.extraction is None or pair.b.extraction is None:
        return None
    known = find_parties([pair.a.extraction, pair.b.extraction]).by_place
    mine, theirs = (
        [
            known[t.extraction.report, s.actor.id]
            for s in t.extraction.statements
            if s.actor is not None and (t.extraction.report, s.actor.id) in known
        ]
        for t in (pair.a, pair.b)
        if t.extraction is not None
    )
    return next((who for a in mine for b in theirs if (who := same_party(a, b)) is not None), None)
