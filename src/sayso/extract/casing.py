"""Text in capitals, brought to the case that the parser was trained on: old wires, shouting headlines, telex.

Only a reading copy is changed, letter for letter, so that offsets hold. A word becomes lower case when English has it as a
common word; what is left keeps a capital, as a name would. Wrong for "MARIA" now and then; without it nearly every noun of
such a text is read as a name and most verbs are missed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from sayso.extract.gazetteer import default_gazetteer

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_LEAST_LETTERS = 40  # a shorter run of capitals is an acronym, a label, or a headline's word
_SHOUTING = 0.85  # of the letters
_SENTENCE_START = re.compile(r"(?:^|[.!?:]\s+|--\s+|[\"“])\W*$")
_ACRONYM = re.compile(r"[^AEIOUY]{2,5}$|[A-Z]{1,3}$")
# People in a place whose name may also be a word ("MOBILE", "READING"), and in one of two words.
_LARGE, _KNOWN = 100_000, 15_000


def is_shouting(text: str) -> bool:
    """Whether a passage is in capitals."""
    letters = [c for c in text if c.isalpha()]
    return len(letters) >= _LEAST_LETTERS and sum(c.isupper() for c in letters) >= _SHOUTING * len(letters)


def lowered(text: str) -> str:
    """A copy of a shouting text in ordinary case, of the same length.

    >>> lowered("GOVERNOR TOLVIK SAID THE WATER WAS RISING IN DORNVALE AND THE ROAD WAS CUT.")
    'Governor Tolvik said the water was rising in Dornvale and the road was cut.'
    """
    out = list(text)
    words = list(_WORD.finditer(text))
    names = _place_words(text, words)
    for number, match in enumerate(words):
        word = match.group()
        plain = word.lower()
        if len(plain) != len(word) or not word.isupper() or _in_brackets(text, match):
            continue
        bare = re.sub(r"['’]s$", "", plain)
        if number not in names and is_common(bare):
            first = _SENTENCE_START.search(text[: match.start()]) is not None
            cased = plain.capitalize() if first else plain
        elif number not in names and _ACRONYM.match(bare.upper()):
            continue
        else:
            cased = plain.capitalize()
        out[match.start() : match.end()] = cased
    return "".join(out)


def _in_brackets(text: str, match: re.Match[str]) -> bool:
    """ "[FMLN]", "(AFP)": an acronym that somebody spells out."""
    before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
    return before in ("(", "[") and after in (")", "]") and len(match.group()) <= 6


def _place_words(text: str, words: Sequence[re.Match[str]]) -> frozenset[int]:
    """Numbers of the words that name a place: "SAN SALVADOR", and a single word only if the place is a large one."""
    gazetteer = default_gazetteer()
    found: set[int] = set()
    for n in range(len(words)):
        for size in (3, 2, 1):
            run = words[n : n + size]
            between = text[run[0].start() : run[-1].end()]
            if len(run) < size or n in found or re.search(r"[^\w\s'’-]", between):
                continue
            name = re.sub(r"['’]S$", "", between).title()
            least = _LARGE if size == 1 else _KNOWN
            if any(p.population >= least for p in gazetteer.named(name)) and not (size == 1 and _is_verb(name.lower())):
                found.update(range(n, n + size))
                break
    return frozenset(found)


def _is_verb(word: str) -> bool:
    return word in _dictionary().other


def is_common(word: str) -> bool:
    """Whether a word in lower case is a common word of English, by the parser's own dictionary and its rules of inflection."""
    words = _dictionary()
    if word in words.common:
        return True
    return any(
        word.endswith(ending)
        and len(word) > len(ending) + 2
        and word[: len(word) - len(ending)] + instead in words.common
        for ending, instead in words.rules
    )


class _Dictionary:
    """Lemmas and irregular forms of spaCy's lemmatizer (WordNet's), its endings, without the names of places among them."""

    def __init__(self) -> None:
        from spacy.lang.en.stop_words import STOP_WORDS

        from sayso.extract.parse import load_parser

        lookups = load_parser().get_pipe("lemmatizer").lookups  # type: ignore[attr-defined]
        index, irregular = lookups.get_table("lemma_index"), lookups.get_table("lemma_exc")
        self.common: set[str] = set(STOP_WORDS)
        self.rules = [
            tuple(rule) for name in ("verb", "noun", "adj") for rule in lookups.get_table("lemma_rules")[name]
        ]
        for name in ("verb", "adj", "adv"):
            self.common.update(index[name])
            self.common.update(irregular[name])
        self.other = frozenset(self.common)  # all that is more than a noun
        self.common.update(index["noun"])
        self.common.update(irregular["noun"])


@lru_cache(maxsize=1)
def _dictionary() -> _Dictionary:
    return _Dictionary()
