"""What happened when: intervals as fine as they are known, what was before, and what no calendar places."""

from __future__ import annotations

import pytest

from sayso.model import Event, Modality, Precision, Span, TimeMention
from sayso.serve.pages.timeline import TimelinePage, timeline_page
from tests.serve.pages.making import a_claim, a_report, a_statement, a_time, a_view, told_of

POST = a_report("Tarn Post", "2031-03-12")
DAY, NIGHT, YEAR = Precision.DAY, Precision.PART_OF_DAY, Precision.YEAR


def page_of(*times: TimeMention, part: str = "story", events: tuple[Event, ...] = ()) -> TimelinePage:
    statement = a_statement(POST, happened=tuple(told_of(time) for time in times), events=events)
    view = a_view([POST], [statement], claims=[a_claim(statement)], times=[(POST, time) for time in times])
    return timeline_page(view, part=part)


@pytest.mark.parametrize(
    ("time", "day", "words", "ends"),
    [
        (a_time(0, "2031-03-11", "2031-03-11", "2031-03-11", DAY), "11 March 2031", "11 March 2031", "2031-03-11"),
        (
            a_time(0, "2031-03-11TNI", "2031-03-11T20:00", "2031-03-12T06:00", NIGHT),
            "11 March 2031",
            "11 March 2031, night",
            "2031-03-12T06:00",
        ),
        (
            a_time(0, "2031-W11", "2031-03-10", "2031-03-16", Precision.WEEK),
            "10 March 2031 to 16 March 2031",
            "10 March 2031 to 16 March 2031",
            "2031-03-16",
        ),
        (a_time(0, "2031", "2031-01-01", "2031-12-31", YEAR), "2031", "2031", "2031-12-31"),
        (
            a_time(0, "20", "2000-01-01", "2099-12-31", Precision.DECADE),
            "2000 to 2099",
            "2000 to 2099",
            "2099-12-31",
        ),
        (
            a_time(0, "2031-H1", "2031-01-01", "2031-06-30", YEAR),
            "1 January 2031 to 30 June 2031",
            "1 January 2031 to 30 June 2031",
            "2031-06-30",
        ),
    ],
    ids=["day", "night", "week", "year", "century", "half a year"],
)
def test_a_time_reaches_from_its_earliest_to_its_latest_moment(
    time: TimeMention, day: str, words: str, ends: str
) -> None:
    (only,) = page_of(time).days
    assert (only.words, only.intervals[0].words, only.intervals[0].latest) == (day, words, ends)
    assert only.intervals[0].entries[0].claims[0].wording == "the dam held"


@pytest.mark.parametrize(
    ("value", "earliest", "latest"),
    [("PAST_REF", None, "2031-03-12"), ("P2D", None, None), ("2031-03-12", "2031-03-13", "2031-03-12")],
    ids=["open", "a length", "backwards"],
)
def test_a_time_of_no_place_in_the_calendar_is_counted(value: str, earliest: str | None, latest: str | None) -> None:
    page = page_of(a_time(0, value, earliest, latest, Precision.RELATIVE))
    assert (page.days, page.unplaced) == ((), 1)


@pytest.mark.parametrize(
    ("latest", "own", "background"),
    [("2031-03-12", 1, 0), ("2031-03-05", 1, 0), ("2031-03-04", 0, 1), ("2019-01-01", 0, 1)],
)
def test_what_ended_a_week_before_the_first_report_is_background(latest: str, own: int, background: int) -> None:
    time = a_time(0, latest, latest, latest, DAY)
    page = page_of(time)
    assert (page.own, page.background, page.own_from) == (own, background, "2031-03-05")
    assert bool(page_of(time, part="background").days) is bool(background)


def event(modality: Modality, *, negated: bool = False, told_by: Span | None = None) -> Event:
    return Event(Span(4, 8), "hold", time=Span(0, 3), modality=modality, negated=negated, told_by=told_by)


@pytest.mark.parametrize(
    ("events", "told_as"),
    [
        ((), None),
        ((event(Modality.HAPPENED),), None),
        ((event(Modality.PREDICTED, told_by=Span(4, 8)),), "told with “said”"),
        ((event(Modality.PLANNED),), "planned"),
        ((event(Modality.HAPPENED, negated=True),), "told with a “not”"),
        ((event(Modality.ORDERED, told_by=Span(4, 8)),), None),  # mostly what was told to have happened
        ((event(Modality.PLANNED), event(Modality.HAPPENED)), None),
    ],
)
def test_what_is_not_told_as_done_says_so(events: tuple[Event, ...], told_as: str | None) -> None:
    page = page_of(a_time(0, "2031-03-12", "2031-03-12", "2031-03-12", DAY), events=events)
    assert page.days[0].intervals[0].entries[0].told_as == told_as


def test_two_claims_of_one_statement_are_told_once() -> None:
    time = a_time(0, "2031-03-12", "2031-03-12", "2031-03-12", DAY)
    statement = a_statement(POST, happened=(told_of(time),))
    claims = [a_claim(statement, words="it held"), a_claim(statement, words="two were hurt")]
    page = timeline_page(a_view([POST], [statement], claims=claims, times=[(POST, time)]))
    (entry,) = page.days[0].intervals[0].entries
    assert ({claim.wording for claim in entry.claims}, entry.words) == ({"it held", "two were hurt"}, POST.text)
    assert page.own == 2


def test_said_and_published_stand_apart_from_when_it_happened() -> None:
    (entry,) = page_of(a_time(0, "2031-03-11", "2031-03-11", "2031-03-11", DAY)).days[0].intervals[0].entries
    assert (entry.report.published, entry.said) == ("2031-03-12", None)


def test_a_statement_without_a_claim_leads_to_its_report() -> None:
    time = a_time(0, "2031-03-12", "2031-03-12", "2031-03-12", DAY)
    statement = a_statement(POST, None, happened=(told_of(time),))
    page = timeline_page(a_view([POST], [statement], times=[(POST, time)]))
    (entry,) = page.days[0].intervals[0].entries
    assert (entry.claims, entry.statement, entry.actor) == ((), statement.id, None)


def test_an_undated_story_has_no_background() -> None:
    report = a_report("Tarn Post", None)
    time = a_time(0, "1999", "1999-01-01", "1999-12-31", YEAR)
    statement = a_statement(report, happened=(told_of(time),))
    page = timeline_page(a_view([report], [statement], times=[(report, time)]))
    assert (page.own, page.background, page.own_from) == (1, 0, None)
