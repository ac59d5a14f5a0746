"""How rare a word is in English at large, whatever ledger it stands in: what makes a shared word telling.

A ledger's own counts cannot tell: where every report is of one earthquake, "earthquake" is the commonest word and would
weigh nothing; and a weight that moves with each new report could never be kept beside a report. The vocabulary of the
sentence model lists whole words by falling frequency (BERT's WordPiece, over Wikipedia and books), and by Zipf's law a
word's rank is the inverse of its frequency: so the log of the rank stands for the log of inverse frequency.
``benchmarks/stories.py`` prints stories by these weights beside TF-IDF by the ledger's own counts.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from math import log

from sayso.link.embed import vocabulary_file
from sayso.link.words import stem

_FIRST = 1996  # the first whole word ("the") of the vocabulary: before it stand marks, digits and single letters
_ABSENT = 60_000  # the rank of a word that is not listed: twice the length of the list
_COMMONPLACE = 100.0  # words of about this rank and below tell nothing: their log is near 0
UNLISTED = round(log(1.0 + _ABSENT / _COMMONPLACE), 4)
"""The rarity of a word that is not listed."""


@lru_cache(maxsize=200_000)
def rarity(word: str) -> float:
    """0.0 for the commonest words, about 4 for one in the middle of the vocabulary, 6.4 for one that is not in it."""
    return round(log(1.0 + _rank(word) / _COMMONPLACE), 4)


def is_listed(word: str) -> bool:
    """Whether the vocabulary has the word: most words of an English text are, few of one in another language."""
    return _plain(word) in _ranks()


def _rank(word: str) -> int:
    plain = _plain(word)
    ranks = _ranks()
    rank = min(ranks.get(plain, _ABSENT), ranks.get(stem(plain), _ABSENT))
    if rank == _ABSENT and "-" in plain:
        # "cross-border" is no rarer than its rarer half; "Port-au-Prince" has one that is not listed.
        rank = min(_ABSENT, 2 * max(ranks.get(part, _ABSENT) for part in plain.split("-")))
    return rank


def _plain(word: str) -> str:
    return word.casefold().replace("’", "'").removesuffix("'s").rstrip("'")


@lru_cache(maxsize=1)
def _ranks() -> Mapping[str, int]:
    vocabulary = json.loads(vocabulary_file().read_text(encoding="utf-8"))["model"]["vocab"]
    return {w: n - _FIRST + 1 for w, n in vocabulary.items() if n >= _FIRST and not w.startswith("##")}
