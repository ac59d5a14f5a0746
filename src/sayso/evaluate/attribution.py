"""How far a reading of who said what agrees with people's annotations.

Word tokens are ``\\w+(['’]\\w+)*``; punctuation never counts. **full@.8**: a predicted and a gold attribution match one to one
when the Jaccard of their content tokens is at least .8 and of their source tokens at least .5 (empty matches empty);
**full@.3** with .3 in place of .8; **cont@.8**: content alone. Per role, **exact** counts equal token sets. The kind of an
attribution is the share of its content inside double quotation marks, the state reset at each line: direct from .95, mixed
above 0. Labels (act, negation, relay, hedge, medium, who is meant) are compared on the pairs that match at full@.3, so that a
boundary fault is not counted twice. Metrics of Pareti (2015) and Newell et al. (2018), Jaccard thresholds as in the
GenderGapTracker (Asr et al. 2021).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sayso.evaluate.gold import Attribution, GoldDocument
from sayso.model import Span

_WORD = re.compile(r"\w+(?:['’]\w+)*")
KINDS = ("direct", "mixed", "indirect")
ROLES = ("source", "cue", "content")
# The verbs of plain speech, by whose cue an attribution counts as a core speech cue.
_CORE = re.compile(r"\b(?:said|says?|saying|tell|tells|told|telling|add(?:s|ed|ing)?|according to)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Covered:
    """An attribution as sets of word positions."""

    of: Attribution
    source: frozenset[int]
    cue: frozenset[int]
    content: frozenset[int]


@dataclass(frozen=True, slots=True)
class Compared:
    """What people annotated in one text and what was read in it, side by side, to be counted at any confidence."""

    document: GoldDocument
    words: tuple[tuple[int, int], ...]
    quoted: frozenset[int]  # positions of the words inside double quotation marks
    gold: tuple[Covered, ...]
    found: tuple[Covered, ...]


@dataclass
class Score:
    """Counts that add up over documents; figures are read off them with `f1` and `rate`."""

    counts: Counter[str] = field(default_factory=Counter)
    documents: list[tuple[float, str, int]] = field(default_factory=list)  # (full@.8 F1, name, gold attributions)

    def f1(self, hits: str, gold: str, found: str) -> tuple[float, float, float]:
        """(precision, recall, F1), each in per cent."""
        return _f1(self.counts[hits], self.counts[gold], self.counts[found])

    def rate(self, hits: str, of: str) -> float:
        """Hits in per cent of ``of``; NaN when nothing was counted."""
        return 100 * self.counts[hits] / self.counts[of] if self.counts[of] else float("nan")


def score_documents(pairs: Iterable[tuple[GoldDocument, Sequence[Attribution]]], *, least: float = 0.0) -> Score:
    """The score of a reading: each gold document with what was read in it, leaving out what is less sure than ``least``."""
    return tally((compare(document, read) for document, read in pairs), least=least)


def compare(document: GoldDocument, read: Iterable[Attribution]) -> Compared:
    """A reading beside the annotations, in words; an attribution whose content holds no word is left out on both sides."""
    words = tuple(match.span() for match in _WORD.finditer(document.text))
    gold, found = (
        tuple(c for c in (_cover(one, words) for one in ones) if c.content) for ones in (document.statements, read)
    )
    return Compared(document, words, _quoted(document.text, words), gold, found)


def tally(compared: Iterable[Compared], *, least: float = 0.0) -> Score:
    """The score of what was compared, leaving out what is less sure than ``least``."""
    score = Score()
    for one in compared:
        _add(score, one, [c for c in one.found if c.of.confidence >= least])
    return score


def _add(score: Score, compared: Compared, found: Sequence[Covered]) -> None:
    document, words, gold, quoted = compared.document, compared.words, compared.gold, compared.quoted
    counts = score.counts
    full = match(gold, found, content=0.8, source=0.5)
    loose = match(gold, found, content=0.3, source=0.5)
    counts.update({"documents": 1, "words": len(words), "gold": len(gold), "found": len(found), "full": len(full)})
    counts.update({"cont": len(match(gold, found, content=0.8, source=None)), "loose": len(loose)})
    for name, ones in (("gold", gold), ("found", found), ("full", [gold[i] for i, _ in full])):
        for one in ones:
            counts[f"{name} {_kind(one.content, quoted)}"] += 1
            counts[f"{name} core"] += any(_CORE.search(s.of(document.text)) for s in one.of.cue)
    for role in ROLES:
        wanted = Counter(getattr(one, role) for one in gold if getattr(one, role))
        got = Counter(getattr(one, role) for one in found if getattr(one, role))
        counts.update({f"{role} hit": sum((wanted & got).values())})
        counts.update({f"{role} gold": sum(wanted.values()), f"{role} found": sum(got.values())})
    matched = {j for _, j in full}
    for j, one in enumerate(found):
        band = _band(one.of.confidence)
        counts.update({f"sure {band}": 1, f"sure {band} hit": j in matched})
    for i, j in loose:
        _compare_labels(counts, gold[i], found[j], words, document.text)
    score.documents.append((_f1(len(full), len(gold), len(found))[2], document.name, len(gold)))


def _band(confidence: float) -> int:
    """The tenth in which a confidence lies: 0 to 9."""
    return min(9, int(10 * confidence))


def _compare_labels(
    counts: Counter[str], gold: Covered, found: Covered, words: Sequence[tuple[int, int]], text: str
) -> None:
    """Acts, negation, relays and the rest of one matched pair, as far as both sides have them."""
    mine, theirs = gold.of, found.of
    if mine.act is not None and theirs.act is not None:
        counts.update({"act of": 1, "act hit": mine.act == theirs.act, f"act {mine.act} of": 1})
        counts[f"act {mine.act} hit"] += mine.act == theirs.act
        counts[f"act {mine.act} as {theirs.act}"] += 1
    if mine.negated is not None and theirs.negated is not None:
        counts.update({"negated of": 1, "negated hit": mine.negated == theirs.negated})
        counts.update({"negated gold": mine.negated, "negated found": theirs.negated})
        counts["negated both"] += mine.negated and theirs.negated
    if mine.hedge is not None and theirs.hedge is not None:
        counts.update({"hedge gold": bool(mine.hedge), "hedge found": bool(theirs.hedge)})
        counts["hedge both"] += any(a.overlaps(b) for a in mine.hedge for b in theirs.hedge)
    if mine.relay is not None and theirs.relay is not None:
        same = len(mine.relay) == len(theirs.relay) and all(
            a.overlaps(b) and kind == other for (a, kind), (b, other) in zip(mine.relay, theirs.relay, strict=True)
        )
        counts.update({"relay gold": bool(mine.relay), "relay found": bool(theirs.relay)})
        counts["relay both"] += same and bool(mine.relay)
    if mine.act is not None:
        counts.update({"medium gold": mine.medium is not None, "medium found": theirs.medium is not None})
        counts["medium both"] += mine.medium is not None and mine.medium == theirs.medium
    if mine.who is not None and theirs.actor is not None:
        meant, said = ({w.casefold() for w in _WORD.findall(t)} - _SMALL for t in (mine.who.of(text), theirs.actor))
        counts.update({"who of": 1, "who hit": bool(said) and len(meant & said) >= 0.5 * min(len(meant), len(said))})


_SMALL = frozenset("the a an of for in and".split())


def match(
    gold: Sequence[Covered], found: Sequence[Covered], *, content: float, source: float | None
) -> list[tuple[int, int]]:
    """One-to-one pairs (position in gold, in found) that reach the thresholds, the best content overlap first."""
    pairs = sorted(
        (-_jaccard(g.content, f.content), i, j)
        for i, g in enumerate(gold)
        for j, f in enumerate(found)
        if g.content & f.content
    )
    used_gold: set[int] = set()
    used_found: set[int] = set()
    matched = []
    for overlap, i, j in pairs:
        if -overlap < content or i in used_gold or j in used_found:
            continue
        if source is not None and _jaccard(gold[i].source, found[j].source) < source:
            continue
        used_gold.add(i)
        used_found.add(j)
        matched.append((i, j))
    return matched


def _cover(one: Attribution, words: Sequence[tuple[int, int]]) -> Covered:
    return Covered(one, *(_covered(words, getattr(one, role)) for role in ROLES))


def _covered(words: Sequence[tuple[int, int]], spans: Iterable[Span]) -> frozenset[int]:
    return frozenset(i for start, end in spans for i, (a, b) in enumerate(words) if a < end and start < b)


def _quoted(text: str, words: Sequence[tuple[int, int]]) -> frozenset[int]:
    inside, marks = False, []
    for char in text:
        if char == "\n":
            inside = False
        elif char in '"“”':
            inside = (char == "“") if char != '"' else not inside
        marks.append(inside)
    return frozenset(i for i, (a, _) in enumerate(words) if marks[a])


def _kind(content: frozenset[int], quoted: frozenset[int]) -> str:
    share = len(content & quoted) / len(content)
    return "direct" if share >= 0.95 else "indirect" if share == 0 else "mixed"


def _jaccard(a: frozenset[int], b: frozenset[int]) -> float:
    return 1.0 if not a and not b else len(a & b) / len(a | b)


def _f1(hits: float, gold: float, found: float) -> tuple[float, float, float]:
    p = hits / found if found else 0.0
    r = hits / gold if gold else 0.0
    return 100 * p, 100 * r, 200 * p * r / (p + r) if p + r else 0.0
