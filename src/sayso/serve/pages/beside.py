"""Two reports beside each other: which passages both have, and whether one derives from the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sayso import pipeline
from sayso.model import Derivation, Report, Span
from sayso.serve.pages.parts import ReportRef, report_ref
from sayso.serve.pages.report import EDGE_WORDS
from sayso.serve.pages.view import View


@dataclass(frozen=True, slots=True)
class SharedPiece:
    """A run of a text. ``passage`` is the number of the passage that the other text has too, from 1; None for its own words. ``lands`` is
    False where all of that passage stands under other numbers there, so that nothing bears this one."""

    text: str
    passage: int | None = None
    lands: bool = True


@dataclass(frozen=True, slots=True)
class BesidePage:
    """Two texts with what they share. ``words`` say what the first is to the second; None where neither derives from the other.

    ``shared`` is the part of each text that stands in the other, from 0 to 1.
    """

    story: str
    as_of: str | None
    first: ReportRef
    second: ReportRef
    words: str | None
    score: float
    reasons: tuple[str, ...]
    passages: int
    shared: tuple[float, float]
    texts: tuple[tuple[SharedPiece, ...], tuple[SharedPiece, ...]]


def beside_page(view: View, first: str, second: str) -> BesidePage:
    """The context of ``/reports/{id}/beside/{other}``. Raises RecordNotFound for a report that is not of this story."""
    a, b = view.report(first), view.report(second)
    found: Derivation = view.once(f"beside {a.id} {b.id}", lambda: next(iter(pipeline.derive([(a, b)]))))
    spans = [(n, passage.a, passage.b) for n, passage in enumerate(found.passages, start=1)]
    mine, theirs = [(n, span) for n, span, _ in spans], [(n, span) for n, _, span in spans]
    forth = found.direction != "b_of_a"
    return BesidePage(
        story=view.story.id,
        as_of=view.as_of,
        first=report_ref(view, a.id),
        second=report_ref(view, b.id),
        words=EDGE_WORDS[found.kind][0 if forth else 1] if found.kind is not None else None,
        score=round(found.score, 2),
        reasons=found.reasons,
        passages=len(spans),
        shared=(_share(a, mine), _share(b, theirs)),
        texts=_linked(_pieces(a.text, mine), _pieces(b.text, theirs)),
    )


def _share(report: Report, passages: Sequence[tuple[int, Span]]) -> float:
    length = sum(span.end - span.start for _, span in passages)
    return round(min(1.0, length / len(report.text)), 2) if report.text else 0.0


def _linked(*texts: tuple[SharedPiece, ...]) -> tuple[tuple[SharedPiece, ...], tuple[SharedPiece, ...]]:
    """Both texts, with what of each leads nowhere in the other marked so."""
    first, second = ({piece.passage for piece in text} for text in texts)
    made = [
        tuple(piece if piece.passage in other else replace(piece, lands=False) for piece in text)
        for text, other in zip(texts, (second | {None}, first | {None}), strict=True)
    ]
    return made[0], made[1]


def _pieces(text: str, passages: Sequence[tuple[int, Span]]) -> tuple[SharedPiece, ...]:
    """The text parted at its passages; where two overlap, the words are of the one that begins first."""
    found: list[SharedPiece] = []
    at = 0
    for number, span in sorted(passages, key=lambda each: (each[1], each[0])):
        start = max(span.start, at)
        if start >= span.end:
            continue
        if start > at:
            found.append(SharedPiece(text[at:start]))
        found.append(SharedPiece(text[start : span.end], number))
        at = span.end
    if at < len(text):
        found.append(SharedPiece(text[at:]))
    return tuple(found)
