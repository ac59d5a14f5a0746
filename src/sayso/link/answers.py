"""Do two statements in words give the same answer, opposite answers, or answers to different questions?

Each comparison is a named function whose docstring explains it to users and whose result is a reason in words, or
None where it finds nothing. `same_content` and `opposite_content` put them together. Numbers that answer "how many" are
compared in figures.py. The thresholds come from benchmarks/link_pairs.py (figures beside each).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from sayso.link.opposites import opposed
from sayso.link.words import Words, shingles, stem

# Strangers (two outlets, any actors): P .90 R .08 on ECB+, .86 / .45 on MSRP, .64 / .54 on STS news with the vetoes below.
# A false join counts an origin twice, so precision comes first. Of the false ones in MSRP that were read, nearly all are
# pairs in which one sentence tells more than the other.
SAME_COSINE = 0.84
SAME_OVERLAP = 0.40
# Kin (one actor, or reports that go back to one another): P .72 R .17 on ECB+, .80 / .68 on MSRP. They say the same thing in
# other words more often than a second thing in the same words, and joining them adds no origin.
SAME_COSINE_KIN = 0.72
SAME_OVERLAP_KIN = 0.25
# A run of this many words shared verbatim, when it is most of the shorter statement, needs no vector at all.
VERBATIM_RUN = 6
VERBATIM_SHARE = 0.75
# Beside names: "the assault on Varn was repelled" and "the assault on Varn began at dawn" share little but Varn.
BARE_OVERLAP = 0.30
LEAST_STEMS = 3  # that two strangers share: "the school would be closed" may be said of any
# Below this cosine two statements are not compared at all: in ECB+ 89 of 100 such pairs are different.
CANDIDATE_COSINE = 0.60
# A denial repeats the thing denied in other words, so less likeness is asked of it than of "same".
OPPOSITE_COSINE = 0.70
OPPOSITE_OVERLAP = 0.30
# A negation alone turns a sentence round only when most of the rest is the same (read on a week of quake reports).
NEGATION_OVERLAP = 0.50


@dataclass(frozen=True, slots=True)
class Likeness:
    """Whether a comparison holds, with a score in 0..1 and the reasons in words."""

    holds: bool
    score: float
    reasons: tuple[str, ...]


NOTHING = Likeness(False, 0.0, ())


def overlap(a: Words, b: Words) -> float:
    """The share of content words (as stems) that two statements have in common, of all that either has."""
    union = a.stems | b.stems
    return len(a.stems & b.stems) / len(union) if union else 0.0


def bare_overlap(a: Words, b: Words) -> float:
    """The same share without names, of what is told of whoever is named; 1.0 where names are all that one has."""
    mine, theirs = a.stems - a.names - b.names, b.stems - a.names - b.names
    return len(mine & theirs) / len(mine | theirs) if mine and theirs else 1.0


def verbatim(a: Words, b: Words) -> str | None:
    """Most of the shorter statement stands word for word in the other."""
    short, long = a.folded, b.folded
    if (len(long), long) < (len(short), short):
        short, long = long, short
    if len(short) < VERBATIM_RUN:
        return "the same words" if short == long and len(a.stems) >= 3 else None
    runs, other = _runs(short), _runs(long)
    share = len(runs & other) / len(runs)
    return f"{share:.0%} of the shorter one word for word" if share >= VERBATIM_SHARE else None


def numbers_differ(a: Words, b: Words) -> str | None:
    """Each statement has a number that the other lacks, so they do not say the same."""
    mine, theirs = a.numbers - b.numbers, b.numbers - a.numbers
    return f"other numbers ({min(mine)}, {min(theirs)})" if mine and theirs else None


def names_differ(a: Words, b: Words) -> str | None:
    """Each statement has a name that the other does not hold at all, so they may be about different people or places."""
    every_a, every_b = _all_stems(a), _all_stems(b)
    mine, theirs = a.names - every_b, b.names - every_a
    return f"other names ({min(mine)}, {min(theirs)})" if mine and theirs else None


def polarity_differs(a: Words, b: Words) -> str | None:
    """One statement has a negation (not, no, never …) and the other has none."""
    return "one is negated" if a.negated != b.negated else None


def what_one_negates(a: Words, b: Words) -> str | None:
    """One statement negates a word that the other says: "was not hit" and "was hit". "Their pauses do not show that it failed" stands
    against no other sentence about the pauses."""
    if a.negated == b.negated:
        return None
    negated, other = (a, b) if a.negated else (b, a)
    return polarity_differs(a, b) if negated.negated_stems & _all_stems(other) else None


def same_content(a: Words, b: Words, cosine: float, *, kin: bool = False) -> Likeness:
    """Two statements say the same: near in meaning and in words, and nothing sets them apart.

    ``kin`` says that one actor made both, or that their reports go back to one another, which asks for less likeness.
    """
    if (run := verbatim(a, b)) and not numbers_differ(a, b) and not polarity_differs(a, b):
        return Likeness(True, 1.0, (run,))
    if not kin and len(a.stems & b.stems) < LEAST_STEMS:
        return NOTHING
    least = (SAME_COSINE_KIN, SAME_OVERLAP_KIN) if kin else (SAME_COSINE, SAME_OVERLAP)
    shared = overlap(a, b)
    if cosine < least[0] or shared < least[1] or bare_overlap(a, b) < BARE_OVERLAP:
        return NOTHING
    if numbers_differ(a, b) or names_differ(a, b) or polarity_differs(a, b) or opposed(a.text, b.text):
        return NOTHING
    return Likeness(True, cosine, (f"near in meaning ({cosine:.2f})", f"{shared:.0%} of the content words shared"))


def opposite_content(a: Words, b: Words, cosine: float) -> Likeness:
    """Two statements speak of one thing and answer oppositely: one negates what the other says, or their verbs exclude
    each other (repelled / continues, opened / closed)."""
    shared = overlap(a, b)
    if cosine < OPPOSITE_COSINE or shared < OPPOSITE_OVERLAP or len(a.stems & b.stems) < 3:
        return NOTHING
    if numbers_differ(a, b) or names_differ(a, b):
        return NOTHING
    reason = opposed(a.text, b.text)
    if reason is None and shared >= NEGATION_OVERLAP:
        reason = what_one_negates(a, b)
    if reason is None:
        return NOTHING
    return Likeness(True, cosine, (reason, f"about one thing ({cosine:.2f}, {shared:.0%} of the content words shared)"))


@lru_cache(maxsize=8192)
def _runs(folded: tuple[str, ...]) -> frozenset[tuple[str, ...]]:
    return shingles(folded, VERBATIM_RUN)


@lru_cache(maxsize=8192)
def _all_stems(words: Words) -> frozenset[str]:
    return frozenset(stem(word) for word in words.tokens)
