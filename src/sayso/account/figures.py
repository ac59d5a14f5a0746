"""A line of figures: one thing counted, the numbers given for it, by whom, in the order of time.

Each number is told once, by whoever stands for it best: a named speaker before an outlet's own voice, the base before its
rewording, the earliest of those. Words like "thousands" give way where numbers were given.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sayso.account.labels import date_words
from sayso.account.wording import Desk, Worded, after_semicolon, in_headline, reported, said
from sayso.model import Claim, Kind, Quantity, Question, Span, Statement

_MOST_ANSWERS = (
    6  # numbers in one line: two lines of a page; a longer series shows its first, its latest and the most told
)
_MOST_WORDS = 22  # of one number's words: a clause with its speaker
_OPENING = 7  # words: a number that stands later is a circumstance of something else
_TAIL = 3  # words
_GIVEN = 2  # numbers that must be there before a word like "thousands" is left out

Cited = tuple[Statement, tuple[Span, ...]]


@dataclass(frozen=True)
class _Given:
    """One answer as the line tells it, and how many statements give it."""

    claim: Claim
    statement: Statement
    support: int


def figure_line(
    desk: Desk, question: Question, series: Sequence[tuple[Claim, Statement]], *, derived: frozenset[str] = frozenset()
) -> tuple[str, tuple[Cited, ...], tuple[str, ...]] | None:
    """(text, what it cites, the words that are ours) of the figures of one question; None if none can be worded.

    ``series`` is every statement with the claim it gives, in any order; ``derived`` are reports that reword others.
    """
    given = _answers(desk, series, derived)
    given = _plain(given)
    if len(given) > _MOST_ANSWERS:
        given = _telling(desk, given)
    parts: list[tuple[Statement, Worded]] = []
    named: set[str] = set()
    for one in given:
        if any(one.statement.id == told.id for told, _ in parts):
            continue  # "revised it from 176 to 101": one sentence gives both numbers
        who = one.statement.actor.id if one.statement.actor else ""
        words = _worded(desk, one, with_role=who not in named)
        if words is not None:
            parts.append((one.statement, words))
            named |= {who} - {""}
    if not parts:
        return None
    days = {_day(desk, s) for s, _ in parts}
    clauses = [_short(w.text if n == 0 else after_semicolon(w)) for n, (_, w) in enumerate(parts)]
    text = "; ".join(
        c + (f" ({_day(desk, s)})" if len(days) > 1 else "") for c, (s, _) in zip(clauses, parts, strict=True)
    )
    return text, tuple((s, w.spans) for s, w in parts), tuple(f for _, w in parts for f in w.framing)


def _answers(desk: Desk, series: Sequence[tuple[Claim, Statement]], derived: frozenset[str]) -> list[_Given]:
    """Each answer with the statement that tells it best, in the order of time."""
    by_claim: dict[str, list[tuple[Claim, Statement]]] = {}
    for claim, statement in series:
        if not in_headline(desk, statement):
            by_claim.setdefault(claim.id, []).append((claim, statement))
    found = []
    for given in by_claim.values():
        worded = [(c, s) for c, s in given if _worded(desk, _Given(c, s, 0), with_role=True) is not None]
        if worded:
            claim, statement = min(worded, key=lambda p: _rank(desk, p[0], p[1], derived))
            found.append(_Given(claim, statement, len({s.report for _, s in given})))
    return sorted(found, key=lambda g: (_when(desk, g.statement), g.statement.content[0].start, g.statement.id))


def _rank(
    desk: Desk, claim: Claim, statement: Statement, derived: frozenset[str]
) -> tuple[bool, bool, bool, bool, bool, str, str]:
    actor = statement.actor
    named = actor is not None and actor.name[:1].isupper()
    length = sum(len(s.of(desk.text(statement)).split()) for s in statement.content)
    several = sum(q.measure is not None for q in statement.quantities) > 1
    return (
        statement.report in derived, _is_circumstance(desk, claim, statement), not named, length > 2 * _MOST_WORDS, several,
        _when(desk, statement), statement.id,
    )  # fmt: skip


def _is_circumstance(desk: Desk, claim: Claim, statement: Statement) -> bool:
    """Whether the number stands late in a statement that tells of something else: "… before the blast that killed nine"."""
    text, start = desk.text(statement), statement.content[0].start
    places = [q.span.start for q in _quantities(_Given(claim, statement, 0)) if q.span.start >= start]
    return bool(places) and len(text[start : min(places)].split()) > _OPENING


def _plain(given: list[_Given]) -> list[_Given]:
    """Without "dozens" and "thousands" where numbers were given, and without what only an outlet says of itself where
    several speakers are named; the first and the last word always stay if they are numbers."""
    numbers = [g for g in given if not _is_vague(g)]
    kept = numbers if len(numbers) >= _GIVEN else given
    spoken = [g for g in kept if g.statement.kind is not Kind.VOICE]
    if len(spoken) <= _GIVEN:
        return kept
    return [g for g in kept if g.statement.kind is not Kind.VOICE or g is kept[-1] or g.support > 2]


def _telling(desk: Desk, given: list[_Given]) -> list[_Given]:
    """The first, the latest, and between them the numbers that most reports give; in the order of time."""
    middle = sorted(
        range(1, len(given) - 1), key=lambda n: (given[n].statement.kind is Kind.VOICE, -given[n].support, -n)
    )
    return [given[n] for n in sorted({0, len(given) - 1, *middle[: _MOST_ANSWERS - 2]})]


def _is_vague(given: _Given) -> bool:
    return any(q.vague for q in _quantities(given))


def _quantities(given: _Given) -> list[Quantity]:
    answer = given.claim.answer
    return [q for q in given.statement.quantities if q.best == answer.best and q.low == answer.low]


def _worded(desk: Desk, given: _Given, *, with_role: bool) -> Worded | None:
    """The words of one answer, as short as they are with the number still in them."""
    for most in (_MOST_WORDS, 2 * _MOST_WORDS):
        statement = given.statement
        voice = statement.kind is Kind.VOICE
        words = reported(desk, statement, most=most) if voice else said(desk, statement, with_role=with_role, most=most)
        if words is None:
            continue
        text = desk.text(statement)
        numbers = [" ".join(q.span.of(text).split()) for q in _quantities(given)]
        low = words.text.lower()
        # A number among the last words before an ellipsis has lost what it counts.
        kept = " ".join(low.split()[:-_TAIL]) if low.rstrip("”").endswith("…") else low
        if not numbers or any(n.lower() in kept for n in numbers):
            return words
    return None


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
