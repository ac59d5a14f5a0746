"""What a derived report took over: a sentence of a copy or a rewording is tied to the sentence of its base.

A rewording mangles names ("Freed Highlands" for "Free Highland") and phrases, so that its sentences look like another
speaker's word. Where its report is known to derive from another, the sentences that stand in the same order there tell the
same, and whoever speaks there speaks here. What it adds to its base stays its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from sayso.link.actors import fold
from sayso.link.alignment import filled
from sayso.link.answers import numbers_differ
from sayso.link.credits import key
from sayso.link.derivation import LIKELY
from sayso.link.embed import Vector
from sayso.link.fingerprints import Laid
from sayso.link.remembered import Remembered
from sayso.link.told import Told
from sayso.model import Act, Edge, EdgeKind

# Edges that say "this text is that text": a shared credit or quotation says it of single sentences only.
REPEATING = frozenset((EdgeKind.COPY, EdgeKind.REWORD, EdgeKind.PARTIAL, EdgeKind.TRANSLATE, EdgeKind.FORWARD))

# From here on, in made stories, two speakers without a word of their names in common said one thing in two reports of which one
# derives from the other; below, one side's "had not been driven out" stood for the other's "had not been taken".
SURE = 0.80


_FILLED: Remembered[tuple[bytes, bytes], list[tuple[int, int, float]]] = Remembered(20_000)  # some 30 MB


def with_twins(told: Sequence[Told], rows: Vector, edges: Iterable[Edge], laid: Mapping[str, Laid]) -> list[Told]:
    """The statements in the same order, each that repeats one of its report's base with that one as its twin. ``laid`` has the
    statements of every report.

    Only across outlets: an outlet that carries on its own report may mean to correct it.
    """
    nearest: dict[int, tuple[float, int]] = {}
    pairs = []
    for edge in sorted(edges, key=lambda e: (e.derived, e.base)):
        mine, theirs = laid.get(edge.derived), laid.get(edge.base)
        if edge.kind not in REPEATING or mine is None or theirs is None:
            continue
        if edge.score <= LIKELY:
            continue  # taken for dependent to be safe: that is no reason to put one speaker's words in another's mouth
        if not _one_outlet(told[mine.places[0]], told[theirs.places[0]]):
            pairs.append((mine, theirs))
    alike = _filled(rows, pairs)
    for mine, theirs in pairs:
        for x, y, cosine in alike[mine.digest, theirs.digest]:
            a, b = mine.places[x], theirs.places[y]
            if not _one_sentence(told[a], told[b], cosine):
                continue
            # Of two bases as near, the earlier one: the rows are in the order of the ledger.
            if a not in nearest or (cosine, -b) > (nearest[a][0], -nearest[a][1]):
                nearest[a] = cosine, b
    roots = {n: _root(n, nearest) for n in nearest}
    return [_tied(one, told[roots[n]]) if roots.get(n, n) != n else one for n, one in enumerate(told)]


def _filled(
    rows: Vector, pairs: Sequence[tuple[Laid, Laid]]
) -> dict[tuple[bytes, bytes], list[tuple[int, int, float]]]:
    """What `filled` gives for these pairs of reports, each statement by its place in its report."""
    by_digest = {(mine.digest, theirs.digest): (mine, theirs) for mine, theirs in pairs}

    def work_out(missing: Sequence[tuple[bytes, bytes]]) -> Iterator[list[tuple[int, int, float]]]:
        for mine, theirs in map(by_digest.__getitem__, missing):
            here, there = ({place: n for n, place in enumerate(each.places)} for each in (mine, theirs))
            yield [(here[a], there[b], cosine) for a, b, cosine in filled(rows, mine.places, theirs.places)]

    return _FILLED.of(by_digest, work_out)


def families(told: Sequence[Told]) -> list[tuple[str, str]]:
    """Every pair of statements that repeat one and the same, themselves or through it."""
    by_root: dict[str, list[str]] = defaultdict(list)
    for one in told:
        by_root[one.twin.id if one.twin else one.id].append(one.id)
    return [(a, b) for ids in by_root.values() for n, a in enumerate(ids) for b in ids[n + 1 :]]


def _one_sentence(a: Told, b: Told, cosine: float) -> bool:
    """Whether nothing sets two sentences in one place apart: no number, no denial, and, where they are not very near in
    meaning, no speaker whose name has nothing of the other's ("Freed Highlands" has something of "Free Highland")."""
    if numbers_differ(a.words, b.words) or (a.statement.act is Act.DENY) != (b.statement.act is Act.DENY):
        return False
    if a.voice or b.voice or not (a.party.named and b.party.named) or cosine >= SURE:
        return True
    mine, theirs = ({word[:4] for word in fold(t.party.name)} for t in (a, b))
    return bool(mine & theirs)


def _root(n: int, nearest: Mapping[int, tuple[float, int]]) -> int:
    """The statement at the end of the chain of bases; of a chain that comes back to itself, the earliest."""
    chain = [n]
    while chain[-1] in nearest and nearest[chain[-1]][1] not in chain:
        chain.append(nearest[chain[-1]][1])
    last = chain[-1]
    return min(chain[chain.index(nearest[last][1]) :]) if last in nearest else last


def _tied(one: Told, root: Told) -> Told:
    """``one`` with its twin, and in the mouth of whoever speaks there, if somebody is named there."""
    if root.voice or not root.party.named:
        return replace(one, twin=root)
    return replace(one, twin=root, party=root.party, voice=False)


def _one_outlet(a: Told, b: Told) -> bool:
    return key(a.report.outlet or a.report.id) == key(b.report.outlet or b.report.id)
