"""Where two texts run alike: copied runs of words, and sentences with their like, as offsets into both.

Both are found in a way that does not depend on which text comes first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sayso.link.likeness import Prose
from sayso.link.words import word_matches
from sayso.model import Passage, Span

COPIED_WORDS = 8  # a shared run of so many words is hardly chance
_ANCHOR = 5  # words in a run by which two texts are laid on each other


def shared_passages(a: str, mine: Prose, b: str, theirs: Prose, alike: Iterable[tuple[int, int]]) -> list[Passage]:
    """Passages of ``a`` with the passages of ``b`` that they share, in the order of ``a``.

    Copied runs first; then the sentences that have their ``alike``, where no copied run covers them already.
    """
    found = copied_runs(_words(a, mine), _words(b, theirs))
    spans = [(mine.units[i].span, theirs.units[j].span) for i, j in alike]
    here, there = [p.a for p in found], [p.b for p in found]
    found += [Passage(x, y) for x, y in spans if _covered(x, here) < 0.5 and _covered(y, there) < 0.5]
    return sorted(found, key=lambda p: (p.a.start, p.b.start, p.a.end, p.b.end))


Word = tuple[str, Span]


def copied_runs(a: Sequence[Word], b: Sequence[Word], *, least: int = COPIED_WORDS) -> list[Passage]:
    """The longest runs of equal words, at least ``least`` long, that hold five words found once in each text."""
    mine, theirs = _anchors(a), _anchors(b)
    found: set[tuple[int, int, int]] = set()
    until: dict[int, int] = {}  # how far the words of one shift against each other are known
    both = [(mine[w][0], theirs[w][0]) for w in mine.keys() & theirs.keys() if len(mine[w]) == len(theirs[w]) == 1]
    for one, other in sorted(both):
        i, j = one, other
        shift = i - j
        if i < until.get(shift, 0):
            continue
        while i and j and a[i - 1][0] == b[j - 1][0]:
            i, j = i - 1, j - 1
        length = 0
        while i + length < len(a) and j + length < len(b) and a[i + length][0] == b[j + length][0]:
            length += 1
        until[shift] = i + length
        if length >= least:
            found.add((i, j, length))
    return [
        Passage(Span(a[i][1].start, a[i + n - 1][1].end), Span(b[j][1].start, b[j + n - 1][1].end))
        for i, j, n in sorted(found)
    ]


def _anchors(words: Sequence[Word]) -> dict[tuple[str, ...], list[int]]:
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for n in range(len(words) - _ANCHOR + 1):
        places[tuple(word for word, _ in words[n : n + _ANCHOR])].append(n)
    return places


def _words(text: str, prose: Prose) -> list[Word]:
    return [
        (match.group().casefold().replace("’", "'"), Span(*match.span()))
        for unit in prose.units
        for match in word_matches(text, unit.span.start, unit.span.end)
    ]


def _covered(span: Span, by: Iterable[Span]) -> float:
    inside = sum(max(0, min(span.end, other.end) - max(span.start, other.start)) for other in by)
    return inside / max(1, span.end - span.start)
