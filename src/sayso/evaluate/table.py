"""The figures of a `Score` as rows, for people and for machines alike."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sayso.evaluate.attribution import KINDS, ROLES, Score

_LABELS = ("relay", "hedge", "medium", "negated")


def rows(score: Score) -> Iterator[dict[str, Any]]:
    """One row a figure: {"figure", "precision", "recall", "f1", "gold", "found"}, or {"figure", "accuracy", "of"} for a label."""
    names = [
        ("full@.8", "full", "gold", "found"),
        ("cont@.8", "cont", "gold", "found"),
        ("full@.3", "loose", "gold", "found"),
    ]
    names += [(f"{role} exact", f"{role} hit", f"{role} gold", f"{role} found") for role in ROLES]
    names += [(f"full@.8 {kind}", f"full {kind}", f"gold {kind}", f"found {kind}") for kind in (*KINDS, "core")]
    names += [(label, f"{label} both", f"{label} gold", f"{label} found") for label in _LABELS]
    for figure, hits, gold, found in names:
        if not score.counts[gold] and not score.counts[found]:
            continue
        p, r, f = (round(x, 1) for x in score.f1(hits, gold, found))
        yield {
            "figure": figure,
            "precision": p,
            "recall": r,
            "f1": f,
            "gold": score.counts[gold],
            "found": score.counts[found],
        }
    for figure, name in (("act", "act"), ("negation", "negated"), ("who is meant", "who")):
        if score.counts[f"{name} of"]:
            accuracy = round(score.rate(f"{name} hit", f"{name} of"), 1)
            yield {"figure": figure, "accuracy": accuracy, "of": score.counts[f"{name} of"]}


def lines(score: Score, *, worst: int = 0) -> Iterator[str]:
    """The rows as a table for a terminal, and the ``worst`` documents with the least full@.8."""
    counts = score.counts
    yield f"{counts['documents']} texts, {counts['words']} words, {counts['gold']} annotated, {counts['found']} read"
    for row in rows(score):
        if "f1" in row:
            yield (
                f"{row['figure']:17s} P {row['precision']:5.1f}  R {row['recall']:5.1f}  F1 {row['f1']:5.1f}"
                f"   ({row['gold']} annotated, {row['found']} read)"
            )
        else:
            yield f"{row['figure']:17s} right {row['accuracy']:5.1f} %   (of {row['of']} matched at full@.3)"
    for f, name, gold in sorted(score.documents)[:worst]:
        yield f"  {f:5.1f}  {name}  ({gold} annotated)"


def reliability(score: Score) -> Iterator[str]:
    """How often what was read with a confidence matched at full@.8, by tenths: a calibrated reader has the two alike."""
    for band in range(10):
        if of := score.counts[f"sure {band}"]:
            right = score.rate(f"sure {band} hit", f"sure {band}")
            yield f"confidence {band / 10:.1f} to {(band + 1) / 10:.1f}: right {right:5.1f} %   (of {of})"
