"""Two texts alone: does one derive from the other, which from which, and what do they share?

The same comparison as for the pairs of a ledger (`pairing`), on sentences where a ledger has statements, and without the
other reports that would tell an outlet's furniture or a common agency.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import combinations
from statistics import median
from zlib import crc32

from sayso.link.credits import credited_by_form, credited_in_words, key
from sayso.link.derivation import LIKELY, Folded, read_prose
from sayso.link.embed import Vector, embed_texts, lattice
from sayso.link.overlap import shared_passages
from sayso.link.pairing import Found, Side, compare
from sayso.link.passages import prose_spans
from sayso.link.sentences import sentences
from sayso.link.words import Words
from sayso.model import Derivation, EdgeKind, Passage, Report

NOTICE_TEXTS = 3  # a sentence in so many texts that have hardly anything else in common is a site's notice
NOTICE_SHARE = 0.3  # of the sentences of two such texts together
_HOLDERS = 6  # texts that are looked at for it
# Kinds that say whose word a text is; the others say only that two texts have one origin.
_DIRECTED = frozenset(
    (EdgeKind.COPY, EdgeKind.REWORD, EdgeKind.PARTIAL, EdgeKind.CREDIT, EdgeKind.FORWARD, EdgeKind.FAMILY)
)


def derive(a: Report, b: Report, *, notices: frozenset[Folded] = frozenset()) -> Derivation:
    """How ``a`` and ``b`` stand to each other; with the two exchanged the same, mirrored."""
    # Always in one order, so that exchanging the two exchanges the answer and nothing else.
    swapped = _order(b) < _order(a)
    one, other = (b, a) if swapped else (a, b)
    first, second = _side(one, other, notices), _side(other, one, notices)
    found = compare(first, second)
    mine, theirs = (found.pair.a, found.pair.b) if found.pair else (first.prose, second.prose)
    # Of independent texts only what both have word for word is shown.
    alike = found.pair.chain if found.pair and found.kind else ()
    passages = shared_passages(one.text, mine, other.text, theirs, alike)
    if swapped:
        passages = sorted((Passage(p.b, p.a) for p in passages), key=lambda p: (p.a.start, p.b.start, p.a.end, p.b.end))
    direction = "none"
    if found.sure and found.kind in _DIRECTED:
        direction = "a_of_b" if (found.derived is first) is not swapped else "b_of_a"
    reasons = found.reasons
    if found.kind is None:
        reasons = ("too little in common, or in another order", *reasons) if reasons else ("nothing in common",)
    return Derivation(found.kind, direction, _chance(found), tuple(passages), reasons)


def _chance(found: Found) -> float:
    """The probability that one derives from the other; a credit makes it at least as likely as not."""
    if found.weighed is None:
        return found.score
    return max(found.weighed.derived, LIKELY if found.kind is EdgeKind.CREDIT else 0.0)


def find_notices(reports: Iterable[Report]) -> frozenset[Folded]:
    """Sentences that stand in several texts with hardly anything else in common: menus, appeals, notices of a site."""
    holders: dict[int, list[int]] = defaultdict(list)
    words: dict[int, Folded] = {}
    texts: list[frozenset[int]] = []
    for report in {r.text: r for r in reports}.values():
        here = set()
        for span in (s for p in prose_spans(report) for s in sentences(report.text, p)):
            folded = Words(" ".join(span.of(report.text).split())).folded
            number = crc32(" ".join(folded).encode("utf-8", "surrogatepass"))
            here.add(number)
            words.setdefault(number, folded)
        for number in here:
            holders[number].append(len(texts))
        texts.append(frozenset(here))
    found = set()
    for number, there in holders.items():
        if len(there) >= NOTICE_TEXTS:
            pairs = combinations([texts[n] for n in there[:_HOLDERS]], 2)
            if median(len(x & y) / len(x | y) for x, y in pairs) < NOTICE_SHARE:
                found.add(words[number])
    return frozenset(found)


def _order(report: Report) -> tuple[str, str, str]:
    return report.text, report.published.value if report.published else "", report.outlet or ""


def _side(report: Report, other: Report, notices: frozenset[Folded]) -> Side:
    prose = read_prose(report, notices=notices, embed=lambda texts: _vectors(tuple(texts)))
    relay = frozenset({key(other.outlet or "")}) if credited_in_words(report, other.outlet) else frozenset()
    return Side(report, prose.passages, credited_by_form(report), relay, lambda: prose)


@lru_cache(maxsize=256)
def _vectors(texts: Sequence[str]) -> Vector:
    # One text often stands in many pairs of a file.
    return lattice(embed_texts(texts))
