"""What a report is about, in a few dozen weighted words: enough to tell whether two reports tell of one story.

A gist is a function of its report alone and never parses, so that it can be kept beside the report and compared with
those of reports that come a year later. Words of the opening count twice, names twice; a word that comes back often
counts by the log of how often; and each by its rarity in English at large.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from math import log, sqrt
from typing import Any

from sayso.link.rarity import is_listed, rarity
from sayso.link.told import day_of
from sayso.link.words import NEGATIONS, STOP, begins_sentence, stem, word_matches
from sayso.model import BlockKind, Report

TERMS = 40  # with 25 the ties are as many, and more of them join strangers (benchmarks/stories.py, muc4)
LEADING = 7  # the terms that are paired to make the keys: 21 of them
_OPENING = 1200  # characters of headline and first paragraphs that tell what a report is about
_OPENING_COUNTS = 2.0
_NAME_COUNTS = 2.0
_LISTED_SHARE = 0.5  # of the words: below it a text is not in English, and only its names can be weighed
_SHOUTED_SHARE = 0.5  # of the words: above it capitals tell nothing
_APART = "\n\n"


@dataclass(frozen=True)
class Gist:
    """What one report is about. ``day`` is its day of publication, counted from 1970 (None if unknown).

    ``terms`` are stems with their weights, of unit length together, in the order of the alphabet. ``keys`` are pairs of
    the leading terms: reports of one story share at least one.
    """

    report: str
    day: float | None
    terms: tuple[tuple[str, float], ...]
    keys: tuple[str, ...]

    @cached_property
    def weights(self) -> Mapping[str, float]:
        return dict(self.terms)

    def row(self) -> dict[str, Any]:
        """The gist as plain JSON; `Gist.of_row` reads it back."""
        return {
            "report": self.report,
            "day": self.day,
            "terms": [[term, weight] for term, weight in self.terms],
            "keys": list(self.keys),
        }

    @staticmethod
    def of_row(row: Mapping[str, Any]) -> Gist:
        terms = tuple((str(term), float(weight)) for term, weight in row["terms"])
        return Gist(row["report"], row["day"], terms, tuple(row["keys"]))


def read_gist(report: Report) -> Gist:
    """What ``report`` is about, from its title and the words of its text."""
    text = _told(report)
    counts, names, spoken = _count(text)
    found = {
        term: (1.0 + log(count)) * rarity(spoken[term]) * (_NAME_COUNTS if term in names else 1.0)
        for term, count in counts.items()
    }
    heaviest = sorted(found, key=lambda term: (-round(found[term], 6), term))[:TERMS]
    length = sqrt(sum(found[term] ** 2 for term in sorted(heaviest))) or 1.0
    return Gist(
        report=report.id,
        day=day_of(report.published.value if report.published else None),
        terms=tuple((term, round(found[term] / length, 4)) for term in sorted(heaviest) if found[term] > 0),
        keys=tuple(" ".join(pair) for pair in combinations(sorted(t for t in heaviest[:LEADING] if found[t] > 0), 2)),
    )


def _told(report: Report) -> str:
    """The title and what the page tells; a credit, a caption and furniture say little of what the report is about."""
    kept = (BlockKind.HEADLINE, BlockKind.DATELINE, BlockKind.PARAGRAPH, BlockKind.QUOTE, BlockKind.LIST)
    parts = [b.span.of(report.text) for b in report.blocks if b.kind in kept]
    return _APART.join([report.title or "", *(parts or [report.text])])


def _count(text: str) -> tuple[dict[str, float], frozenset[str], dict[str, str]]:
    """How often each stem comes, those that are names, and the commonest word of each stem."""
    counts: Counter[str] = Counter()
    opening: Counter[str] = Counter()
    names: set[str] = set()
    spoken: dict[str, str] = {}
    for word, place, is_name in _words(text):
        term = stem(word)
        (opening if place < _OPENING else counts)[term] += 1
        if is_name:
            names.add(term)
        if term not in spoken or (rarity(word), word) < (rarity(spoken[term]), spoken[term]):
            spoken[term] = word
    terms = sorted(counts.keys() | opening.keys())
    return {t: counts[t] + _OPENING_COUNTS * opening[t] for t in terms}, frozenset(names), spoken


def _words(text: str) -> Iterator[tuple[str, int, bool]]:
    """The content words of a text with their places, and whether each is written as a name."""
    found = [(m.group(), m.start()) for m in word_matches(text, 0, len(text))]
    plain = [word for word, _ in found if word[0].islower()]
    shouting = sum(len(word) > 1 and word.isupper() for word, _ in found) > _SHOUTED_SHARE * len(found)
    foreign = sum(map(is_listed, plain)) < _LISTED_SHARE * len(plain)
    for word, place in found:
        low = word.casefold().replace("’", "'")
        if low in STOP or low in NEGATIONS or low[0].isdigit() or len(low) < 3:
            continue
        capital = word[0].isupper() and not shouting
        is_name = capital and ((len(word) > 1 and word.isupper()) or not begins_sentence(text, place))
        if is_name or not foreign:
            yield word, place, is_name
