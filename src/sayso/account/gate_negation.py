"""Whether a line keeps the negations of what it cites, and adds none.

A negation is tied to its head: the first content word after it in the same clause ("did not *order* the
attack", "denied *involvement*", "no one *died*"). A head that the report only has under a negation must not
stand free in the line, and the other way round. This is conservative on purpose: a line that turns a clause
around may be refused; one that turns a denial into an assertion is not let through.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sayso.account.gate_numbers import word_list
from sayso.model import Span

_TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|[.!?;…—–]|\n\s*\n")
# A colon does not end the reach of a negation: "denied: …" governs what follows.
_CLAUSE_END = re.compile(r"[.!?;…—–]|\n\s*\n")
_NEGATORS = frozenset(
    word_list(
        "no not never none nobody nothing neither nor nowhere cannot without unable deny denies denied denying denial"
    )
)
_CONTRACTED = re.compile(r"n['’]t$")
# Words between a negation and what it governs, and words too common to stand for a statement.
_LIGHT = frozenset(
    word_list("""
    a about all also an and any anyone anything are as at be been being by can could did do does done either ever for
    from had has have having he her him his i if in into is it its just longer may might more of on one ones only or
    other our out own she should single so some than that the their them then there these they this those to
    under up was we were what when where which who whom will with would yet you your
    monday tuesday wednesday thursday friday saturday sunday
    """)
)
_SCOPE = 3  # content words after a negation that it may govern
_LEFT = 160  # code points before a span that are read for a negation in the same clause ("denied that [...]")
_ENDING = re.compile(r"(?:ing|ed|es|s|e|d)$")


@dataclass(frozen=True, slots=True)
class Reading:
    """A text's content words by polarity, as stems. ``heads`` are the first words that negations govern."""

    heads: frozenset[str]
    negated: frozenset[str]
    free: frozenset[str]
    negations: int
    words: dict[str, str]  # a stem, and the word as it stands


def lost_negations(line: Reading, cited: Reading) -> Iterator[str]:
    """Words that the cited text only has under a negation and the line has without."""
    for stem in sorted(cited.heads):
        if stem not in cited.free and stem in line.free:
            yield line.words[stem]


def added_negations(line: Reading, cited: Reading) -> Iterator[str]:
    """Words that the line negates and the cited text does not."""
    for stem in sorted(line.heads):
        known = stem in cited.free or stem in cited.negated
        if (known and stem not in cited.negated) or not cited.negations:
            yield line.words[stem]


def read(text: str, exempt: Sequence[Span] = ()) -> Reading:
    """Reads a line; ``exempt`` spans are skipped, as if their words were not there."""
    return _merge([_read_clause(clause) for clause in _clauses(text, exempt)])


def read_cited(text: str, spans: Sequence[Span]) -> Reading:
    """Reads cited spans, each with what stands before it in its clause, where a negation may hang."""
    readings = []
    for span in spans:
        start = max(0, span.start - _LEFT)
        breaks = list(_CLAUSE_END.finditer(text, start, span.start))
        start = breaks[-1].end() if breaks else start
        ahead = _tokens(text[start : span.start], ())
        first, *rest = list(_clauses(text[span.start : span.end], ())) or [[]]
        # Only negations before the span matter, and the first words of the span that they govern.
        readings.append(_read_clause([*ahead, *first], own=len(ahead)))
        readings.extend(_read_clause(clause) for clause in rest)
    return _merge(readings)


def join(readings: Sequence[Reading]) -> Reading:
    """One reading of all that a line cites."""
    return _merge(list(readings))


def _tokens(text: str, exempt: Sequence[Span]) -> list[str]:
    return [
        match[0]
        for match in _TOKEN.finditer(text)
        if not any(span.overlaps(Span(match.start(), match.end())) for span in exempt)
    ]


def _clauses(text: str, exempt: Sequence[Span]) -> Iterator[list[str]]:
    clause: list[str] = []
    for token in _tokens(text, exempt):
        if _CLAUSE_END.fullmatch(token) or token.casefold() == "but":
            if clause:
                yield clause
            clause = []
        else:
            clause.append(token)
    if clause:
        yield clause


def _read_clause(tokens: Sequence[str], own: int = 0) -> Reading:
    """Reads one clause; the tokens before ``own`` lend their negations and count for nothing else."""
    heads, negated, free = set[str](), set[str](), set[str]()
    words: dict[str, str] = {}
    negations = reach = 0
    is_head = False
    for at, token in enumerate(tokens):
        word = token.replace("’", "'").casefold()
        if word in _NEGATORS or _CONTRACTED.search(word):
            reach, is_head = _SCOPE, True
            negations += 1
            continue
        if word in _LIGHT:
            continue
        stem = _stem(word)
        if at >= own:
            words.setdefault(stem, token)
            (negated if reach else free).add(stem)
            if is_head:
                heads.add(stem)
        reach, is_head = max(0, reach - 1), False
    return Reading(frozenset(heads), frozenset(negated), frozenset(free), negations, words)


def _merge(readings: Sequence[Reading]) -> Reading:
    words: dict[str, str] = {}
    for reading in reversed(readings):
        words |= reading.words
    return Reading(
        frozenset[str]().union(*(reading.heads for reading in readings)),
        frozenset[str]().union(*(reading.negated for reading in readings)),
        frozenset[str]().union(*(reading.free for reading in readings)),
        sum(reading.negations for reading in readings),
        words,
    )


def _stem(word: str) -> str:
    word = word.removesuffix("'s")
    cut = _ENDING.sub("", word)
    return cut if len(cut) >= 2 else word
