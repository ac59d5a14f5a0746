"""How two reports are alike: a dozen measures, each between 0 and 1, each the same whichever report comes first.

`measure` gives them all for one pair. What they mean together is told by weights that were fitted on made worlds with known
truth (`training/derive/`); `derivation` reads them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from rapidfuzz.distance import Indel, LCSseq

from sayso.link.alignment import NEAR, ordered_pairs
from sayso.link.embed import Vector, cosines
from sayso.link.passages import Passages
from sayso.link.words import NEGATIONS, NUMBER_WORDS, STOP, Words, shingles, stem
from sayso.model import Span

_RELEASE = re.compile(
    r"\b(?:(?:news|press|media) (?:release|statement)|(?:in|by) an? (?:\w+ )?(?:statement|communiqu[eé]|bulletin))\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[“\"„«][^“”\"„«»]*[”\"“»]?")


# A share of very few says little: shorter texts are measured as if they had so many sentences, runs or words.
LEAST_UNITS = 3
LEAST_RUNS = 20
LEAST_SINGLES = 15
LEAST_QUOTED = 1
NEAR_QUOTATION = 0.5  # of the letters of two quotations in common: below, they are two things said
AS_HEARD = 0.9  # of the words of the shorter of two quoted sentences: the speaker's own words in both
MOSTLY_SPOKEN = 1 / 3  # of a sentence's words outside quotation marks: "he said" and the like


@dataclass(frozen=True)
class Unit:
    """One sentence or statement of a report, with its place."""

    span: Span
    text: str

    @cached_property
    def words(self) -> Words:
        return Words(self.text)

    @cached_property
    def own(self) -> frozenset[tuple[str, ...]]:
        """Runs of three words outside quotation marks."""
        return shingles(Words(_QUOTED.sub(" ", self.text)).folded, 3)

    @cached_property
    def spoken(self) -> bool:
        """Whether hardly a word of it is the report's own: two who heard one speaker write it alike."""
        return len(Words(_QUOTED.sub(" ", self.text)).folded) < MOSTLY_SPOKEN * len(self.words.folded)


@dataclass(frozen=True)
class Prose:
    """One report as comparison sees it: its passages, its units in order, and a vector for each (from `embed.lattice`)."""

    passages: Passages
    units: tuple[Unit, ...]
    rows: Vector
    release: bool = False
    """Whether it names a press release or a written statement."""
    paragraphs: tuple[str, ...] = ()
    """Its paragraphs, where its units are their sentences."""

    @cached_property
    def singles(self) -> tuple[str, ...]:
        """The telling words of its own prose that it uses once, in order, as stems."""
        words = [w for w in self.passages.sequence if w not in STOP and w not in NEGATIONS and len(w) > 2]
        stems = [stem(w) for w in words]
        counts = Counter(stems)
        return tuple(s for s in stems if counts[s] == 1)

    @cached_property
    def place_of_single(self) -> dict[str, int]:
        return {word: n for n, word in enumerate(self.singles)}

    @cached_property
    def numbers(self) -> tuple[str, ...]:
        """Its numbers in order, spelled or in digits."""
        found = (str(NUMBER_WORDS[w]) if w in NUMBER_WORDS else w for w in self.passages.sequence if w != "one")
        return tuple(n for n in found if n[0].isdigit())


def names_release(text: str) -> bool:
    return bool(_RELEASE.search(text))


@dataclass(frozen=True)
class Compared:
    """A pair of reports, with what several measures need."""

    a: Prose
    b: Prose
    credit: bool
    """Whether one credits the other's outlet."""

    @cached_property
    def cosines(self) -> Vector:
        return cosines(self.a.rows, self.b.rows)

    @cached_property
    def nearest(self) -> list[tuple[int, int]]:
        """Units that are each other's nearest and near enough, whatever their order."""
        return ordered_pairs(self.cosines, least=NEAR, rising=False)

    @cached_property
    def chain(self) -> list[tuple[int, int]]:
        """Those of them that keep their order."""
        return ordered_pairs(self.cosines, least=NEAR)

    @cached_property
    def own_chain(self) -> list[tuple[int, int]]:
        """Those of `chain` that are not words of a speaker in both: an interview that two reports quote makes them no kin."""
        return [pair for pair in self.chain if not self._spoken(*pair)]

    @cached_property
    def own_units(self) -> tuple[int, int]:
        """(fewer, more): how many sentences the reports have, without those that `own_chain` leaves out."""
        left_out = len(self.chain) - len(self.own_chain)
        few, many = sorted((len(self.a.units), len(self.b.units)))
        return few - left_out, many - left_out

    def _spoken(self, i: int, j: int) -> bool:
        mine, theirs = self.a.units[i], self.b.units[j]
        if not (mine.spoken and theirs.spoken):
            return False
        few = min(len(mine.words.folded), len(theirs.words.folded))  # a drifted quotation was not heard but reworded
        return LCSseq.similarity(mine.words.folded, theirs.words.folded) >= AS_HEARD * few

    @cached_property
    def quotes(self) -> list[tuple[float, bool]]:
        """For each quotation of the report with fewer, how near its nearest in the other is, and whether one holds the other."""
        few, many = sorted((self.a.passages.quotations, self.b.passages.quotations), key=lambda q: (len(q), sorted(q)))
        found = []
        for mine in sorted(few):
            found.append(max((_quotation(mine, theirs) for theirs in sorted(many)), default=(0.0, False)))
        return found

    @cached_property
    def drifts(self) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
        """The quotations that both have in other words: those of a, with the nearest of b."""
        found = []
        for mine in sorted(self.a.passages.quotations):
            likeness, held, nearest = max(
                ((*_quotation(mine, theirs), theirs) for theirs in sorted(self.b.passages.quotations)),
                default=(0.0, False, ()),
            )
            if likeness >= NEAR_QUOTATION and not held:
                found.append((mine, nearest))
        return found

    @cached_property
    def order(self) -> tuple[int, int]:
        """(how many single words both have, how many of them keep their order)."""
        place = self.b.place_of_single
        places = [place[word] for word in self.a.singles if word in place]
        tails: list[int] = []
        for n in places:
            at = bisect_left(tails, n)
            tails[at : at + 1] = [n]
        return len(places), len(tails)


def _quotation(mine: tuple[str, ...], theirs: tuple[str, ...]) -> tuple[float, bool]:
    short, long = sorted((mine, theirs), key=lambda q: (len(q), q))
    held = f" {' '.join(short)} " in f" {' '.join(long)} "
    return (1.0 if held else Indel.normalized_similarity(mine, theirs)), held


def runs(pair: Compared) -> float:
    """Of the shorter report's runs of five words outside quotation marks, the share that stands in the other."""
    return _common(pair.a.passages.own_runs, pair.b.passages.own_runs)


def triples(pair: Compared) -> float:
    """The same for runs of three words."""
    return _common(pair.a.passages.own_triples, pair.b.passages.own_triples)


def longest(pair: Compared) -> float:
    """The longest run of words copied outside quotation marks; full marks at thirty."""
    found = min(_longest(pair.a.passages, pair.b.passages), _longest(pair.b.passages, pair.a.passages))
    return min(1.0, max(0, found - 5) / 25)


def aligned(pair: Compared) -> float:
    """Of the sentences of the report with fewer, the share that has its like in the other, in the same order."""
    return _share(len(pair.own_chain), pair.own_units[0])


def covered(pair: Compared) -> float:
    """The same share of the report with more sentences."""
    return _share(len(pair.own_chain), pair.own_units[1])


def near(pair: Compared) -> float:
    """How near in meaning those sentences are on the average."""
    return float(np.mean([pair.cosines[i, j] for i, j in pair.chain])) if pair.chain else 0.0


def twins(pair: Compared) -> float:
    """Of the sentences of the report with fewer, the share with a like that is nearly the same in meaning."""
    same = sum(float(pair.cosines[i, j]) >= 0.8 for i, j in pair.nearest)
    return _share(same, min(len(pair.a.units), len(pair.b.units)))


def adjacent(pair: Compared) -> float:
    """Of the sentences that have a like, the share whose neighbour has its like in the neighbourhood too."""
    there = dict(pair.nearest)
    with_neighbour = sum(
        any(i + step in there and abs(there[i + step] - j - step) <= 1 for step in (-1, 1)) for i, j in pair.nearest
    )
    return _share(with_neighbour, len(pair.nearest))


def block(pair: Compared) -> float:
    """The longest stretch of sentences told one after another in both; full marks at eight."""
    best = length = 1 if pair.own_chain else 0
    for (i, j), (k, m) in pairwise(pair.own_chain):
        length = length + 1 if k - i <= 2 and m - j <= 2 else 1
        best = max(best, length)
    return min(1.0, best / 8)


def pasted(pair: Compared) -> float:
    """The longest stretch of neighbouring sentences that are nearly word for word the same in both; full marks at three."""
    there = dict(pair.nearest)
    best = 0
    for i, j in pair.nearest:
        length = 0
        while there.get(i + length) == j + length and _alike(pair.a.units[i + length], pair.b.units[j + length]) >= 0.6:
            length += 1
        best = max(best, length)
    return min(1.0, best / 3)


def closest(pair: Compared) -> float:
    """How much of their own runs of three words the second nearest pair of sentences shares: one may be chance."""
    shared = sorted(_alike(pair.a.units[i], pair.b.units[j]) for i, j in pair.nearest)
    return shared[-2] if len(shared) > 1 else 0.0


def order(pair: Compared) -> float:
    """How well the words that each report uses once keep their order; nothing for what chance gives."""
    both, kept = pair.order
    chance = min(1.0, 2 / both**0.5) if both else 1.0
    return max(0.0, kept / both - chance) / (1 - chance) if both >= 8 and chance < 1 else 0.0


def singles(pair: Compared) -> float:
    """Of the words that the shorter report uses once, the share that the other has in the same order."""
    return _share(pair.order[1], min(len(pair.a.singles), len(pair.b.singles)), LEAST_SINGLES)


def numbers(pair: Compared) -> float:
    """Of the numbers of the report with fewer, the share that the other has in the same order."""
    few = min(len(pair.a.numbers), len(pair.b.numbers))
    return _share(LCSseq.similarity(pair.a.numbers, pair.b.numbers), few) if few >= 3 else 0.0


def quoted(pair: Compared) -> float:
    """Of the quotations of the report with fewer, the share that the other has, drifted or not."""
    return _share(sum(likeness >= NEAR_QUOTATION for likeness, _ in pair.quotes), len(pair.quotes), LEAST_QUOTED)


def drifted(pair: Compared) -> float:
    """Of those quotations, the share whose words differ: two who heard a speaker write down the same words."""
    return _share(
        sum(likeness >= NEAR_QUOTATION and not held for likeness, held in pair.quotes), len(pair.quotes), LEAST_QUOTED
    )


def credited(pair: Compared) -> float:
    """Whether one credits the other's outlet."""
    return float(pair.credit)


def released(pair: Compared) -> float:
    """Whether both name a press release or a written statement, as far as they tell the same: statements are many."""
    return min(1.0, 3 * aligned(pair)) if pair.a.release and pair.b.release else 0.0


MEASURES: tuple[Callable[[Compared], float], ...] = (
    runs, triples, longest, aligned, covered, near, twins, adjacent, block, pasted, closest, order, singles, numbers, quoted,
    drifted, credited, released,
)  # fmt: skip
"""Every measure; its docstring says what it is. Weights are kept by their names."""


def measure(pair: Compared) -> dict[str, float]:
    """All measures of a pair by name."""
    return {each.__name__: float(each(pair)) for each in MEASURES}


def _common(a: frozenset[int], b: frozenset[int]) -> float:
    return _share(len(a & b), min(len(a), len(b)), LEAST_RUNS)


def _alike(a: Unit, b: Unit) -> float:
    """How much of their own runs of three words two sentences share; nothing where there are few."""
    if min(len(a.own), len(b.own)) < 5:
        return 0.0
    return 2 * len(a.own & b.own) / (len(a.own) + len(b.own))


def _longest(a: Passages, b: Passages) -> int:
    both = a.own_runs & b.own_runs
    if not both:
        return 0
    best = length = 0
    for run in a.run_order:
        if run not in both:
            length = 0
            continue
        length += 1
        if length > best:
            best = length
    return best + 4


def _share(part: int, whole: int, least: int = LEAST_UNITS) -> float:
    return part / max(whole, least)
