"""A line of figures: one thing counted, every number given for it, by whom, in the order of time."""

from __future__ import annotations

from collections.abc import Sequence

from sayso.account.wording import Desk, Worded, said, told
from sayso.model import Claim, Kind, Question, Span, Statement

_MOST_ANSWERS = 4  # numbers in one line; a longer series shows its first and its latest

Cited = tuple[Statement, tuple[Span, ...]]


def figure_line(
    desk: Desk, question: Question, series: Sequence[tuple[Claim, Statement]]
) -> tuple[str, tuple[Cited, ...], tuple[str, ...]] | None:
    """(text, what it cites, the words that are ours) of the figures of one question; None if none can be worded.

    ``series`` is every statement with the claim it gives, in any order.
    """
    ordered = sorted(series, key=lambda p: (_when(desk, p[1]), p[1].content[0].start, p[1].id))
    parts: list[tuple[str, Statement, Worded]] = []
    for claim, statement in ordered:
        if any(claim.id == told_claim for told_claim, _, _ in parts):
            continue
        words = told(desk, statement) if statement.kind is Kind.VOICE else said(desk, statement)
        if words is not None:
            parts.append((claim.id, statement, words))
    if not parts:
        return None
    if len(parts) > _MOST_ANSWERS:
        parts = [parts[0], *parts[-(_MOST_ANSWERS - 1) :]]
    text = "; ".join(_short(words.text) for _, _, words in parts)
    return text, tuple((s, w.spans) for _, s, w in parts), tuple(f for _, _, w in parts for f in w.framing)


def _short(words: str) -> str:
    return words.rstrip(" .;")


def _when(desk: Desk, statement: Statement) -> str:
    published = desk.reports[statement.report].published
    return published.value if published else ""
