"""A line of figures: one thing counted, every number given for it, by whom, in the order of time."""

from __future__ import annotations

from collections.abc import Sequence

from sayso.account.labels import date_words
from sayso.account.wording import Desk, Worded, in_headline, reported, said
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
        if any(claim.id == told_claim for told_claim, _, _ in parts) or in_headline(desk, statement):
            continue
        words = reported(desk, statement) if statement.kind is Kind.VOICE else said(desk, statement)
        if words is not None:
            parts.append((claim.id, statement, words))
    if not parts:
        return None
    if len(parts) > _MOST_ANSWERS:
        parts = _telling(parts, series)
    days = {_day(desk, s) for _, s, _ in parts}
    text = "; ".join(_short(words.text) + (f" ({_day(desk, s)})" if len(days) > 1 else "") for _, s, words in parts)
    return text, tuple((s, w.spans) for _, s, w in parts), tuple(f for _, _, w in parts for f in w.framing)


def _telling(
    parts: list[tuple[str, Statement, Worded]], series: Sequence[tuple[Claim, Statement]]
) -> list[tuple[str, Statement, Worded]]:
    """The first, the latest, and between them the numbers that most statements give; in the order of time."""
    times = {claim.id: sum(1 for c, _ in series if c.id == claim.id) for claim, _ in series}
    between = sorted(range(1, len(parts) - 1), key=lambda n: (-times[parts[n][0]], -n))[: _MOST_ANSWERS - 2]
    return [parts[n] for n in sorted({0, len(parts) - 1, *between})]


def _day(desk: Desk, statement: Statement) -> str:
    """The day of the report behind a figure, in words; it stands in the line where the figures' days differ."""
    published = desk.reports[statement.report].published
    return date_words(published.value) if published is not None else "no date"


def _short(words: str) -> str:
    return words.rstrip(" .;")


def _when(desk: Desk, statement: Statement) -> str:
    published = desk.reports[statement.report].published
    early = statement.said is not None and statement.said.value == "PAST_REF"  # "initially said"
    return f"{published.value if published else ''}|{0 if early else 1}"
