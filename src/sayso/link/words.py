"""The words of a passage as linking compares them: tokens, stems, names, numbers, shingles.

Linking never parses again. What it needs beyond the statements' own fields is which content words, names and
numbers two passages share; this is the one place that says how those are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import islice
from math import log

import snowballstemmer

_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_SENTENCE_START = re.compile(r"(?:^|[.!?:;]['\"”’]?\s+|[“\"‘]\s*|\n\s*)$")
_stemmer = snowballstemmer.stemmer("english")

# Function words and the verbs and nouns of reporting itself: two statements that share only these share nothing.
STOP = frozenset(
    """a about above after again against all also am an and any are as at away be because been before being below
    between both but by can cannot could did do does doing done down during each else ever every few for from
    further get gets give given gives go goes going gone got had has have having he her here hers herself him himself
    his how however i if in into is it its itself just last let like made make makes many may me might more most much
    must my myself near no nor not now of off on once one ones only or other others our ours out over own per quite
    rather really same she should since so some still such than that the their theirs them themselves then there these
    they this those though through thus to too toward towards under until up upon us very via was we were what when
    where whether which while who whom whose why will with within without would yet you your yours
    say says said saying tell tells told telling add adds added adding according report reports reported reporting
    statement statements spokesman spokeswoman spokesperson official officials authority authorities
    monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow tonight morning afternoon evening
    night day days week weeks month months year years hour hours minute minutes time times
    january february march april may june july august september october november december
    mr mrs ms dr""".split()
)
NEGATIONS = frozenset(
    """not no never none nobody nothing neither nor without cannot isn't aren't wasn't weren't don't doesn't didn't
    hasn't haven't hadn't won't wouldn't can't couldn't shouldn't""".split()
)
# Spelled numbers that tell two statements apart just as digits do.
NUMBER_WORDS: Mapping[str, int] = {
    word: value
    for value, word in enumerate(
        """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
        seventeen eighteen nineteen twenty""".split()
    )
} | {
    "dozen": 12,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
    "hundred": 100,
    "thousand": 1000,
    "million": 1_000_000,
}


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The stem of one word, casefolded, without possessive ("attackers'" and "attacks" meet)."""
    plain = word.casefold().replace("’", "'")
    plain = plain.removesuffix("'s").rstrip("'")
    return str(_stemmer.stemWord(plain))


def tokens(text: str) -> list[str]:
    """The words of ``text`` as written; hyphens and inner apostrophes hold a word together."""
    return _WORD.findall(text)


def word_matches(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """The same words with their places, between two offsets."""
    return _WORD.finditer(text, start, end)


def begins_sentence(text: str, place: int) -> bool:
    """Whether the word at ``place`` is the first of its sentence, quotation or line: its capital proves nothing."""
    return _SENTENCE_START.search(text[max(0, place - 4) : place]) is not None


@dataclass(frozen=True)
class Words:
    """What a passage offers for comparison, each part computed once and only when asked for."""

    text: str

    @cached_property
    def tokens(self) -> tuple[str, ...]:
        return tuple(tokens(self.text))

    @cached_property
    def folded(self) -> tuple[str, ...]:
        """Casefolded words with plain apostrophes, in order: what verbatim runs are compared in."""
        return tuple(word.casefold().replace("’", "'") for word in self.tokens)

    @cached_property
    def stems(self) -> frozenset[str]:
        """Stems of content words: no function word, no word of reporting, no bare number."""
        return frozenset(
            stem(word)
            for word, low in zip(self.tokens, self.folded, strict=True)
            if low not in STOP and low not in NEGATIONS and not low[0].isdigit() and len(low) > 2
        )

    @cached_property
    def names(self) -> frozenset[str]:
        """Stems of words with a capital inside a sentence; the first word of a sentence proves nothing."""
        found = set()
        for match in _WORD.finditer(self.text):
            word = match.group()
            if not word[0].isupper() or word.casefold() in STOP or len(word) < 2:
                continue
            shouted = len(word) > 1 and word.isupper()
            if shouted or not begins_sentence(self.text, match.start()):
                found.add(stem(word))
        return frozenset(found)

    @cached_property
    def numbers(self) -> frozenset[str]:
        """Numbers as written in digits or as a spelled number, each as plain digits."""
        found = {n.replace(",", "").rstrip(".") for n in _NUMBER.findall(self.text)}
        # "one" is mostly a pronoun, so it does not count as a number.
        found |= {str(NUMBER_WORDS[w]) for w in self.folded if w in NUMBER_WORDS and w != "one"}
        return frozenset(found)

    @cached_property
    def negated(self) -> bool:
        return any(map(_negates, self.folded))

    @cached_property
    def negated_stems(self) -> frozenset[str]:
        """What the negations stand before: the stem of the first content word behind each."""
        found: set[str] = set()
        for at, word in enumerate(self.folded):
            if _negates(word):
                behind = (w for w in self.folded[at + 1 :] if w not in STOP and not _negates(w) and len(w) > 2)
                found.update(stem(w) for w in islice(behind, 1))
        return frozenset(found)


def _negates(word: str) -> bool:
    return word in NEGATIONS or word.endswith("n't")


@lru_cache(maxsize=16_384)  # some 60 MB of statements
def words_of(text: str) -> Words:
    """The words of a statement, remembered with all that was asked of them."""
    return Words(text)


@lru_cache(maxsize=4096)
def names_in(text: str) -> frozenset[str]:
    """The names of a whole report (`Words.names`), remembered: whoever compares two reports asks again."""
    return Words(text).names


def shingles(words: Iterable[str], size: int) -> frozenset[tuple[str, ...]]:
    """Every run of ``size`` words, as a set; one shorter run for a shorter passage."""
    sequence = tuple(words)
    if len(sequence) <= size:
        return frozenset({sequence} if sequence else ())
    return frozenset(sequence[i : i + size] for i in range(len(sequence) - size + 1))


def weights(passages: Iterable[frozenset[str]]) -> dict[str, float]:
    """How telling each stem is in this ledger: log of inverse document frequency, 1.0 for a stem seen once in e."""
    counts: dict[str, int] = {}
    total = 0
    for stems in passages:
        total += 1
        for item in stems:
            counts[item] = counts.get(item, 0) + 1
    return {item: log((total + 1) / (count + 0.5)) for item, count in sorted(counts.items())}
