"""What happened when, as reports tell it: intervals as fine as they are known, told apart from when it was said and published."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from sayso.account.labels import date_words
from sayso.ids import make_id
from sayso.model import Event, Modality, Precision, Said, Span, Statement
from sayso.serve.pages.paging import Paging, part_of
from sayso.serve.pages.parts import (
    ACT_WORDS,
    ActorRef,
    ClaimRef,
    ReportRef,
    actor_ref,
    claim_ref,
    report_ref,
    time_words,
)
from sayso.serve.pages.view import View

#: Days before the first report that are still the story's own: what it opens with happened a little before it was told.
OWN_DAYS = 7

# Of these we say so, with the word that tells it. What somebody orders or asks is left out: the word "told" or "asked" before it
# mostly introduces what was said to have happened.
_NOT_DONE = {Modality.PLANNED, Modality.WISHED, Modality.PREDICTED, Modality.HYPOTHETICAL}

# TIMEX values that read well on their own; a century ("18") or half a year ("2003-H1") is told by its two ends.
_IN_WORDS = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?(T[A-Z]{2})?|\d{4}-(SP|SU|FA|AU|WI)")

_COARSE = {Precision.MONTH, Precision.SEASON, Precision.YEAR, Precision.DECADE, Precision.RELATIVE}


@dataclass(frozen=True, slots=True)
class EntryView:
    """Something that is told of one time: one or several claims of the same statement, or a statement that stands in none, with
    the first report that tells it.

    ``told_as`` says so where it is not told as having happened ("told with “would”", "told with a “not”"). ``said`` and ``report.when`` are
    when it was said and published. ``statements`` counts those that tell it of this time.
    """

    claims: tuple[ClaimRef, ...]
    words: str
    statement: str
    report: ReportRef
    actor: ActorRef | None
    act_words: str
    negated: bool
    said: str | None
    told_as: str | None
    statements: int


@dataclass(frozen=True, slots=True)
class IntervalView:
    """A time as it is told, from its earliest to its latest moment (ISO 8601, in the time of the place), with what is told of it."""

    id: str
    earliest: str
    latest: str
    precision: Precision
    words: str
    entries: tuple[EntryView, ...]


@dataclass(frozen=True, slots=True)
class DayView:
    """The intervals that begin on one day; ``words`` are the day's. An interval of a week or more stands for itself."""

    day: str
    words: str
    intervals: tuple[IntervalView, ...]


@dataclass(frozen=True, slots=True)
class TimelinePage:
    """What is told to have happened when. ``part`` is "story", or "background" for times that end before ``own_from``.

    ``own`` and ``background`` count the entries of both parts, ``unplaced`` the statements that tell a time of no place in the
    calendar. ``published`` are the times at which the reports came out, for the drawing.
    """

    story: str
    title: str
    as_of: str | None
    part: str
    own_from: str | None
    own: int
    background: int
    unplaced: int
    days: tuple[DayView, ...]
    published: tuple[str, ...]
    paging: Paging


@dataclass(frozen=True, slots=True)
class Told:
    """One entry before it is shown: when, of which claim (or statement), by which statements, and as what."""

    earliest: str
    latest: str
    precision: Precision
    value: str
    key: str
    claim: str | None
    statements: tuple[Statement, ...]
    told_as: str | None


@dataclass(frozen=True, slots=True)
class Tellings:
    """All entries of a story in order of time: its own, then its background; and how many statements could not be placed."""

    own_from: str | None
    own: tuple[Told, ...]
    background: tuple[Told, ...]
    unplaced: int


def timeline_page(view: View, *, part: str = "story", start: int = 0) -> TimelinePage:
    """The context of ``/stories/{id}/timeline``. Any ``part`` but "background" is the story's own."""
    found = view.tellings
    part = "background" if part == "background" else "story"
    shown, paging = part_of(found.background if part == "background" else found.own, start)
    return TimelinePage(
        story=view.story.id,
        title=view.account.title,
        as_of=view.as_of,
        part=part,
        own_from=found.own_from,
        own=len(found.own),
        background=len(found.background),
        unplaced=found.unplaced,
        days=tuple(_days(view, shown)),
        published=tuple(sorted({r.published.value for r in view.reports.values() if r.published})),
        paging=paging,
    )


def tellings(view: View) -> Tellings:
    """What the statements of a story tell of times. One pass over all of them: keep it (`View.tellings`)."""
    entries: dict[tuple[str, str, str, str], list[tuple[Statement, Said]]] = defaultdict(list)
    told_as: dict[tuple[str, str, str, str], str | None] = {}
    unplaced = 0
    telling = [statement for statement in view.statements.values() if statement.happened]
    spans_of = {
        report: {time.span: (time.earliest, time.latest) for time in view.extractions[report].times}
        for report in {statement.report for statement in telling}
    }
    for statement in sorted(telling, key=view.place_in_time):
        placed = False
        for time in statement.happened:
            interval = _interval(time, spans_of[statement.report])
            if interval is None:
                continue
            placed = True
            mode = _told_as(statement, time, view.reports[statement.report].text)
            for claim in [c.id for c in view.claims_of.get(statement.id, ())] or [statement.id]:
                key = (*interval, claim, mode or "")
                if all(statement is not told for told, _ in entries[key]):
                    entries[key].append((statement, time))
                told_as[key] = mode
        unplaced += not placed
    own_from = _own_from(view)
    own: list[Told] = []
    background: list[Told] = []
    for key, told in entries.items():
        earliest, latest, record, _ = key
        time = told[0][1]
        made = Told(
            earliest=earliest,
            latest=latest,
            precision=time.precision,
            value=time.value,
            key=record,
            claim=record if record in view.claims else None,
            statements=tuple(statement for statement, _ in told),
            told_as=told_as[key],
        )
        (background if own_from and latest[: len(own_from)] < own_from else own).append(made)
    return Tellings(own_from, tuple(sorted(own, key=_order)), tuple(sorted(background, key=_order)), unplaced)


def _order(told: Told) -> tuple[str, str, int, str, str]:
    return told.earliest, told.latest, -len(told.statements), told.key, told.told_as or ""


def _interval(time: Said, spans: Mapping[Span, tuple[str | None, str | None]]) -> tuple[str, str] | None:
    """The earliest and latest moment of a time; None for one that the calendar has no place for, or only a beginning or an end."""
    earliest, latest = spans.get(time.span, (None, None))
    if earliest is None or latest is None or earliest > latest:
        return None
    return earliest, latest


def _told_as(statement: Statement, time: Said, text: str) -> str | None:
    """The word that has it not told as done; None where it is, or where any of several events that hang on this time is."""
    events = [event for event in statement.events if event.time is not None and event.time.overlaps(time.span)]
    words = [_event_words(event, text) for event in events]
    return None if not words or None in words else words[0]


def _event_words(event: Event, text: str) -> str | None:
    if event.modality in _NOT_DONE:
        return f"told with “{event.told_by.of(text)}”" if event.told_by else event.modality.value
    return "told with a “not”" if event.negated else None


def _own_from(view: View) -> str | None:
    """The first of the story's own days."""
    if view.story.first is None:
        return None
    try:
        first = datetime.fromisoformat(view.story.first[:10])
    except ValueError:  # only a year or a month is known
        return view.story.first[:4]
    return (first - timedelta(days=OWN_DAYS)).date().isoformat()


# ---------------------------------------------------------------------------------------------------
# As it is shown


def _days(view: View, shown: Sequence[Told]) -> Iterator[DayView]:
    for (day, long), of_day in groupby(shown, key=lambda told: (told.earliest[:10], _long_words(told))):
        intervals = [
            _interval_view(view, list(told))
            for _, told in groupby(of_day, key=lambda told: (told.earliest, told.latest))
        ]
        yield DayView(day, long or date_words(day), tuple(intervals))


def _long_words(told: Told) -> str:
    """The words of a time that no day can head; "" for those within a day or two."""
    return interval_words(told) if told.precision in _COARSE or told.precision is Precision.WEEK else ""


def _interval_view(view: View, told: list[Told]) -> IntervalView:
    first = told[0]
    return IntervalView(
        id=make_id("t", first.earliest, first.latest),
        earliest=first.earliest,
        latest=first.latest,
        precision=first.precision,
        words=interval_words(first),
        entries=tuple(_entry(view, each) for each in _by_statement(told)),
    )


def interval_words(told: Told) -> str:
    """ "15 October 2025, 02:50", "14 October 2025, night", "23 to 29 April 2009": as finely as it is known."""
    if told.precision in (Precision.DAY, Precision.PART_OF_DAY, *_COARSE) and _IN_WORDS.fullmatch(told.value):
        return time_words(told.value)
    if told.earliest[4:] == "-01-01" and told.latest[4:] == "-12-31":
        return (
            told.earliest[:4] if told.earliest[:4] == told.latest[:4] else f"{told.earliest[:4]} to {told.latest[:4]}"
        )
    earliest, latest = (date_words(each, clock=True) for each in (told.earliest, told.latest))
    return earliest if earliest == latest else f"{earliest} to {latest}"


def _by_statement(told: Sequence[Told]) -> list[list[Told]]:
    """What the same statement opens stands together: its words are told once."""
    found: dict[tuple[str, str | None], list[Told]] = {}
    for each in told:
        found.setdefault((each.statements[0].id, each.told_as), []).append(each)
    return list(found.values())


def _entry(view: View, same: Sequence[Told]) -> EntryView:
    told = same[0]
    first = told.statements[0]
    claims = tuple(claim_ref(view.claims[each.claim]) for each in same if each.claim)
    text = view.reports[first.report].text
    own = " … ".join(" ".join(span.of(text).split()) for span in first.content)
    return EntryView(
        claims=claims,
        words=claims[0].wording if len(claims) == 1 else own,
        statement=first.id,
        report=report_ref(view, first.report),
        actor=actor_ref(view, first),
        act_words=ACT_WORDS[first.act],
        negated=first.negated,
        said=time_words(first.said.value) if first.said else None,
        told_as=told.told_as,
        statements=max(len(each.statements) for each in same),
    )
