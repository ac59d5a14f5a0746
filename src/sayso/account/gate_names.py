"""Capitalised names of a line, and whether they stand in the words it cites."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from sayso.account.gate_framing import FRAMING_WORDS, MEASURE_WORDS
from sayso.account.gate_numbers import word_list
from sayso.model import Span

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]*[^\W\d_][^\W_]*(?:['’][^\W\d_]+)*")
_POSSESSIVE = re.compile(r"['’](?:s|S)?$")
_SENTENCE_END = re.compile(r"(?:^|[.!?:;…][\"”’»')\]]*\s+|[\n\r]\s*|^\s*)[\"“‘«'(\[]*$")
_APPOSED = re.compile(r"[\s,]*(?:the\s|an?\s|its\s|their\s)?\s*", re.IGNORECASE)
_WITHIN_NAME = re.compile(r"\s+|[-\u2010\u2011]|\.\s+")
# A full stop after one of these, or after a single initial, does not end a sentence or a name.
_TITLES = frozenset(word_list("mr mrs ms dr prof gen lt col maj sgt capt st gov sen rep rev hon jr sr"))
_ORDINARY = FRAMING_WORDS | MEASURE_WORDS | {"i"}  # names nobody where a sentence opens
_MARGIN = 40  # as for numbers: a span whose edge cuts a name does not hold the name
_GAP = 2  # capitalised words that a shorter form may leave out: "President Putin" of "President Vladimir Putin"


@dataclass(frozen=True, slots=True)
class Word:
    """A word with its span; ``key`` is caseless and without a possessive."""

    span: Span
    text: str
    key: str

    @property
    def capital(self) -> bool:
        return any(letter.isupper() for letter in self.text)


_JOINT = Word(Span(0, 0), "", "")


def words_of(text: str) -> list[Word]:
    """The words of ``text``; hyphens part them, apostrophes do not."""
    found = []
    for match in _WORD.finditer(text):
        bare = _POSSESSIVE.sub("", match[0])
        found.append(
            Word(Span(match.start(), match.end()), match[0], bare.replace(".", "").replace("’", "'").casefold())
        )
    return found


def words_within(text: str, span: Span) -> list[Word]:
    """The words of ``text`` that stand wholly inside ``span``."""
    left = max(0, span.start - _MARGIN)
    window = text[left : span.end + _MARGIN]
    inner = Span(span.start - left, span.end - left)
    # The possessive of a name may lie beyond the edge: [Gladkov]'s holds Gladkov.
    return [word for word in words_of(window) if inner.start <= word.span.start and _bare_end(word) <= inner.end]


def name_evidence(text: str, spans: Sequence[Span]) -> Iterator[list[Word]]:
    """The words of each cited span, and those of neighbours that are a role and its name, in either order.

    "President" and "Osk Tarrel", cited as two spans of "President Osk Tarrel" or of "Osk Tarrel, the President",
    are one name. A joint keeps them apart for shorter forms: "Osk Orrin" is not in "Osk Tarrel, Mael Orrin".
    """
    pieces = [(span, words_within(text, span)) for span in sorted(spans)]
    for _, words in pieces:
        yield words
    for (left, before), (right, after) in pairwise(pieces):
        if before and after and _APPOSED.fullmatch(text[left.end : right.start]):
            yield [*before, _JOINT, *after]
            yield [*after, _JOINT, *before]


def _bare_end(word: Word) -> int:
    return word.span.start + len(_POSSESSIVE.sub("", word.text))


def missing_names(text: str, exempt: Sequence[Span], evidence: Sequence[Sequence[Word]]) -> Iterator[str]:
    """The names of ``text``, outside ``exempt``, that none of the word lists of ``evidence`` holds.

    A name is a run of capitalised words. The word that opens a sentence counts as part of one unless it is
    a framing word, or the evidence has it in any case.
    """
    for run, opens in _runs(text, exempt):
        if _held(run, evidence, caseless=opens):
            continue
        # "Residents Tuesday": a word that the report writes small opens the sentence, and a name stands behind it.
        apart = opens and len(run) > 1 and _is_small(run[0], evidence)
        if apart and _held(run[1:], evidence, caseless=False):
            continue
        yield text[run[0].span.start : run[-1].span.end]


def _runs(text: str, exempt: Sequence[Span]) -> Iterator[tuple[list[Word], bool]]:
    run: list[Word] = []
    opens = False
    for word in words_of(text):
        initial = _opens_sentence(text, word.span.start)
        name = word.capital and not any(span.overlaps(word.span) for span in exempt)
        if name and (initial or word.key == "i") and word.key in _ORDINARY:
            name = False
        if run and (not name or initial or not _one_name(text, run[-1], word)):
            yield run, opens
            run = []
        if name:
            if not run:
                opens = initial
            run.append(word)
    if run:
        yield run, opens


def _one_name(text: str, left: Word, right: Word) -> bool:
    between = text[left.span.end : right.span.start]
    if _WITHIN_NAME.fullmatch(between) is None:
        return False
    return not between.startswith(".") or _may_dot(left)


def _may_dot(word: Word) -> bool:
    return len(word.key) == 1 or word.key in _TITLES


def _opens_sentence(text: str, at: int) -> bool:
    before = text[max(0, at - 24) : at]
    if at > 24:
        before = "\0" + before  # so that ^ means the start of the text
    if _SENTENCE_END.search(before) is None:
        return False
    words = words_of(before)
    stop = before.rstrip(" \t\"“‘«'([")
    return not (words and stop.endswith(".") and words[-1].span.end >= len(stop) - 1 and _may_dot(words[-1]))


def _held(run: Sequence[Word], evidence: Sequence[Sequence[Word]], *, caseless: bool) -> bool:
    return any(_stands_in(run, words, caseless=caseless) for words in evidence)


def _is_small(wanted: Word, evidence: Sequence[Sequence[Word]]) -> bool:
    return any(word.key == wanted.key and not word.capital for words in evidence for word in words)


def _stands_in(run: Sequence[Word], words: Sequence[Word], *, caseless: bool) -> bool:
    for start in range(len(words)):
        at = start
        for index, wanted in enumerate(run):
            if index and at < len(words) and words[at] is _JOINT:
                at += 1
            ahead = 0 if index == 0 else _GAP
            while ahead and at < len(words) and not _same(wanted, words[at], caseless) and words[at].capital:
                at, ahead = at + 1, ahead - 1
            # Only the first word of a sentence may be written with a capital that its report does not have.
            if at >= len(words) or not _same(wanted, words[at], caseless and index == 0):
                break
            at += 1
        else:
            return True
    return False


def _same(wanted: Word, word: Word, caseless: bool) -> bool:
    return wanted.key == word.key and (caseless or word.capital)
