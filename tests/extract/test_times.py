"""Times: what stands where, and what it means, in sentences of our own. Published on Tuesday 23 May 2023 unless said
otherwise.
"""

from __future__ import annotations

import pytest
from spacy.language import Language

from sayso.extract.times import find_times, start_context
from sayso.extract.times_calendar import easter, holiday, of_instant
from sayso.model import Instant, Precision, TimeMention

TUESDAY = Instant("2023-05-23", Precision.DAY)


def read(nlp: Language, text: str, published: Instant | None = TUESDAY) -> list[TimeMention]:
    return list(find_times(nlp(text), published=published))


def pairs(nlp: Language, text: str, published: Instant | None = TUESDAY) -> list[tuple[str, str]]:
    return [(m.span.of(text), m.value) for m in read(nlp, text, published)]


# Sentence, and each expression with its value.
PHRASES: list[tuple[str, list[tuple[str, str]]]] = [
    # weekdays
    ("The mayor spoke on Tuesday.", [("Tuesday", "2023-05-23")]),
    ("The mayor spoke on Monday.", [("Monday", "2023-05-22")]),
    ("The mayor spoke on Wednesday.", [("Wednesday", "2023-05-17")]),
    ("The court will meet on Friday.", [("Friday", "2023-05-26")]),
    ("The hospital asked donors to come back on Friday.", [("Friday", "2023-05-26")]),
    ("He agreed to testify on Friday.", [("Friday", "2023-05-26")]),
    ("He came back on Friday to ask for help.", [("Friday", "2023-05-19")]),
    ("The council is meeting on Thursday.", [("Thursday", "2023-05-25")]),
    ("The ministers plan to meet on Saturday.", [("Saturday", "2023-05-27")]),
    ("The bridge fell last Tuesday.", [("last Tuesday", "2023-05-16")]),
    ("They vote next Monday.", [("next Monday", "2023-05-29")]),
    ("The raid began on Sunday evening.", [("Sunday evening", "2023-05-21TEV")]),
    ("The group said Tuesday morning that it had left.", [("Tuesday morning", "2023-05-23TMO")]),
    # in small letters, as in what was in capitals
    ("the mayor spoke on monday.", [("monday", "2023-05-22")]),
    ("the fort fell on 24 march 1980.", [("24 march 1980", "1980-03-24")]),
    ("the fort fell in april.", [("april", "2023-04")]),
    ("the fort fell in may.", [("may", "2023-05")]),
    ("at least 24 may have left.", []),
    ("the april letters were lost.", []),
    ("he met maria on good friday.", [("good friday", "2023-04-07")]),
    ("Sundays attack killed two.", [("Sundays", "2023-05-21")]),
    ("A drone fell on Monday night.", [("Monday night", "2023-05-22TNI")]),
    ("The shelling stopped late on Sunday.", [("late on Sunday", "2023-05-21")]),
    ("Shells fell early Tuesday.", [("early Tuesday", "2023-05-23")]),
    ("Friday's attack killed two.", [("Friday", "2023-05-19")]),
    ("The market opens on Sundays.", [("Sundays", "XXXX-WXX-7")]),
    ("They protest every Friday.", [("every Friday", "XXXX-WXX-5")]),
    ("In the early hours of Monday shots were heard.", [("the early hours of Monday", "2023-05-22TMO")]),
    # days
    ("He left yesterday.", [("yesterday", "2023-05-22")]),
    ("He left yesterday evening.", [("yesterday evening", "2023-05-22TEV")]),
    ("The talks resume tomorrow.", [("tomorrow", "2023-05-24")]),
    ("The shop is closed today.", [("today", "2023-05-23")]),
    ("She arrived the day before yesterday.", [("the day before yesterday", "2023-05-21")]),
    ("She will arrive the day after tomorrow.", [("the day after tomorrow", "2023-05-25")]),
    ("Two houses were hit overnight.", [("overnight", "2023-05-22TNI")]),
    ("Two houses were hit last night.", [("last night", "2023-05-22TNI")]),
    ("The concert is tonight.", [("tonight", "2023-05-23TNI")]),
    ("Shots were fired this morning.", [("this morning", "2023-05-23TMO")]),
    ("The lake froze this afternoon.", [("this afternoon", "2023-05-23TAF")]),
    # weeks, months, years
    ("The dam broke last week.", [("last week", "2023-W20")]),
    # The end of a sentence is no name that the next one goes on with.
    ("He met Kell. Last week he left.", [("Last week", "2023-W20")]),
    (
        "It rained in February. Earlier this month it stopped.",
        [("February", "2023-02"), ("Earlier this month", "2023-05")],
    ),
    ("He told the Dorn Morning Post so.", []),
    ("The bridge may open in October.", [("October", "2023-10")]),
    ("As of October the shop sells a third of it.", [("October", "2022-10")]),
    ("The dam was mended this week.", [("this week", "2023-W21")]),
    ("Voting starts next week.", [("next week", "2023-W22")]),
    ("It rained last weekend.", [("last weekend", "2023-W20-WE")]),
    ("The price rose last month.", [("last month", "2023-04")]),
    ("The price will rise next month.", [("next month", "2023-06")]),
    ("The strike on the bridge earlier this month failed.", [("earlier this month", "2023-05")]),
    ("The mine closed last year.", [("last year", "2022")]),
    ("The mine opened this year.", [("this year", "2023")]),
    ("The mine will close next year.", [("next year", "2024")]),
    ("It reopened last summer.", [("last summer", "2022-SU")]),
    ("She joined in December.", [("December", "2022-12")]),
    ("She joined in March.", [("March", "2023-03")]),
    ("The siege has lasted since February.", [("February", "2023-02")]),
    ("The vote will be held in September.", [("September", "2023-09")]),
    ("The factory shut last October.", [("last October", "2022-10")]),
    ("It opened in early April.", [("early April", "2023-04")]),
    ("It opened at the end of January.", [("the end of January", "2023-01")]),
    ("It closed in mid-March.", [("mid-March", "2023-03")]),
    # full dates, both orders
    ("The treaty was signed on 4 July 2019.", [("4 July 2019", "2019-07-04")]),
    ("The treaty was signed on July 4, 2019.", [("July 4, 2019", "2019-07-04")]),
    ("The treaty was signed on the 4th of July 2019.", [("the 4th of July 2019", "2019-07-04")]),
    ("The treaty was signed on July 4th, 2019.", [("July 4th, 2019", "2019-07-04")]),
    ("On Thursday, July 4, 2019, it was signed.", [("Thursday, July 4, 2019", "2019-07-04")]),
    ("The ship sank on 2019-07-04.", [("2019-07-04", "2019-07-04")]),
    ("The ship sank on 04.07.2019.", [("04.07.2019", "2019-07-04")]),
    ("The ship sank on 7/4/2019.", [("7/4/2019", "2019-07-04")]),
    ("The ship sank on 25/4/2019.", [("25/4/2019", "2019-04-25")]),
    ("The town fell on May 3.", [("May 3", "2023-05-03")]),
    ("The town fell on 12 November.", [("12 November", "2022-11-12")]),
    ("The town fell on Nov. 12.", [("Nov. 12", "2022-11-12")]),
    ("The summit will open on 9 June.", [("9 June", "2023-06-09")]),
    ("On the night of 2 March 2021 the tower fell.", [("the night of 2 March 2021", "2021-03-02TNI")]),
    ("The morning of May 3 was calm.", [("The morning of May 3", "2023-05-03TMO")]),
    ("It ran from 3 to 5 May.", [("3", "2023-05-03"), ("5 May", "2023-05-05")]),
    ("It ran on May 3 and 5.", [("May 3", "2023-05-03"), ("5", "2023-05-05")]),
    ("It ran from 3-5 May 2020.", [("3", "2020-05-03"), ("5 May 2020", "2020-05-05")]),
    ("It was built in May 2019.", [("May 2019", "2019-05")]),
    ("It was built in the spring of 2019.", [("the spring of 2019", "2019-SP")]),
    ("It was built in winter 2019.", [("winter 2019", "2019-WI")]),
    # years, decades, centuries
    ("The war lasted from 2003 to 2005.", [("2003", "2003"), ("2005", "2005")]),
    ("The war (1991-1995) was long.", [("1991", "1991"), ("1995", "1995")]),
    ("Prices rose in early 1998.", [("early 1998", "1998")]),
    ("Prices rose by the end of 2011.", [("the end of 2011", "2011")]),
    ("The mills shut in the 1980s.", [("the 1980s", "198")]),
    ("The mills shut in the late 1980s.", [("the late 1980s", "198")]),
    ("The town dates from the 17th century.", [("the 17th century", "16")]),
    ("The wall was built in 264 BC.", [("264 BC", "BC0264")]),
    ("Sales fell in the second half of 2008.", [("the second half of 2008", "2008-H2")]),
    ("Sales fell in the third quarter of 2008.", [("the third quarter of 2008", "2008-Q3")]),
    # counted from another time
    ("The clinic opened two days ago.", [("two days ago", "2023-05-21")]),
    ("The clinic opened three weeks ago.", [("three weeks ago", "2023-W18")]),
    ("The clinic opened four months ago.", [("four months ago", "2023-01")]),
    ("The clinic opened ten years ago.", [("ten years ago", "2013")]),
    (
        "The fort fell on 3 March 2020. Two days later it was retaken.",
        [("3 March 2020", "2020-03-03"), ("Two days later", "2020-03-05")],
    ),
    (
        "The fort fell on 3 March 2020. Two days earlier it was full.",
        [("3 March 2020", "2020-03-03"), ("Two days earlier", "2020-03-01")],
    ),
    (
        "The fort fell on 3 March 2020. The following day it burned.",
        [("3 March 2020", "2020-03-03"), ("The following day", "2020-03-04")],
    ),
    (
        "The fort fell on 3 March 2020. The next morning it burned.",
        [("3 March 2020", "2020-03-03"), ("The next morning", "2020-03-04TMO")],
    ),
    (
        "The fort fell on 3 March 2020. The day before, it was full.",
        [("3 March 2020", "2020-03-03"), ("The day before", "2020-03-02")],
    ),
    (
        "The fort fell on 3 March 2020. A year later it was rebuilt.",
        [("3 March 2020", "2020-03-03"), ("A year later", "2021")],
    ),
    (
        "The fort fell on 3 March 2020. That evening it burned.",
        [("3 March 2020", "2020-03-03"), ("That evening", "2020-03-03TEV")],
    ),
    (
        "The fort fell in May 2019 and was rebuilt the following month.",
        [("May 2019", "2019-05"), ("the following month", "2019-06")],
    ),
    ("The fort fell in 2019 and was rebuilt the following year.", [("2019", "2019"), ("the following year", "2020")]),
    ("He spoke on Monday of a raid two days earlier.", [("Monday", "2023-05-22"), ("two days earlier", "2023-05-20")]),
    ("They had met days earlier.", [("days earlier", "PAST_REF")]),
    # durations
    ("He has led it for 15 months.", [("15 months", "P15M")]),
    ("He was held for two days.", [("two days", "P2D")]),
    ("They fought for several weeks.", [("several weeks", "PXW")]),
    ("They fought for a few hours.", [("a few hours", "PTXH")]),
    ("They fought for decades.", [("decades", "PXDE")]),
    ("The flight took half an hour.", [("half an hour", "PT30M")]),
    ("The siege took a year and a half.", [("a year and a half", "P18M")]),
    ("A three-day strike began.", [("three-day", "P3D")]),
    ("The months-long siege ended.", [("months-long", "PXM")]),
    ("It has lasted more than two years.", [("more than two years", "P2Y")]),
    ("Fires burned over the past three weeks.", [("the past three weeks", "P3W")]),
    ("The blackout lasted 45 minutes.", [("45 minutes", "PT45M")]),
    ("It lasted two to three days.", [("two to three days", "P2D")]),
    # sets
    ("They meet every week.", [("every week", "P1W")]),
    ("He spoke in a daily briefing.", [("daily", "P1D")]),
    ("Trains run twice a day.", [("twice a day", "P1D")]),
    ("It is printed every two weeks.", [("every two weeks", "P2W")]),
    ("Rents are paid monthly.", [("monthly", "P1M")]),
    # clock times
    ("The blast came at 3 a.m. on Monday.", [("3 a.m. on Monday", "2023-05-22T03:00")]),
    ("The blast came on Monday at 16:53 local time.", [("Monday at 16:53 local time", "2023-05-22T16:53")]),
    ("The blast came at 0300 GMT.", [("0300 GMT", "2023-05-23T03:00Z")]),
    # the clock of wires, which a year looks like
    ("The blast came at 0525.", [("0525", "2023-05-23T05:25")]),
    ("The blast came at 1145 (1745 GMT).", [("1145", "2023-05-23T11:45"), ("1745 GMT", "2023-05-23T17:45Z")]),
    ("The raid came between 0600 and 1400.", [("0600", "2023-05-23T06:00"), ("1400", "2023-05-23T14:00")]),
    ("The raid came at 2000 on Monday.", [("2000 on Monday", "2023-05-22T20:00")]),
    ("The index closed at 1622 on Monday.", [("Monday", "2023-05-22")]),
    ("Prices at 2019 levels hold.", [("2019", "2019")]),
    (
        "At 3:10 p.m. it shook. Ten minutes later it fell.",
        [("3:10 p.m.", "2023-05-23T15:10"), ("Ten minutes later", "2023-05-23T15:20")],
    ),
    ("The blast came at 9:15 p.m.", [("9:15 p.m.", "2023-05-23T21:15")]),
    ("The blast came at noon.", [("noon", "2023-05-23T12:00")]),
    ("The blast came at 14:05.", [("14:05", "2023-05-23T14:05")]),
    ("It was filed at 2023-05-23T14:05Z.", [("2023-05-23T14:05Z", "2023-05-23T14:05Z")]),
    ("The ship docked at five o'clock.", [("five o'clock", "2023-05-23T05:00")]),
    # holidays, and words that only point
    ("They met on Christmas Day.", [("Christmas Day", "2022-12-25")]),
    ("They met at Easter 2021.", [("Easter 2021", "2021-04-04")]),
    ("The road is now closed.", [("now", "PRESENT_REF")]),
    ("The road was recently closed.", [("recently", "PAST_REF")]),
    ("They met on Maundy Thursday in 1983.", [("Maundy Thursday in 1983", "1983-03-31")]),
    ("After the September 11th terrorist attacks it closed.", [("September 11th", "2001-09-11")]),
    ("The dam broke on September 11.", [("September 11", "2022-09-11")]),
    # quarters, single days, vague minutes
    ("It cut its forecast of fourth-quarter 2006 growth.", [("fourth-quarter 2006", "2006-Q4")]),
    ("It sold less in the last quarter.", [("the last quarter", "2023-Q1")]),
    ("It was the worst single-day loss.", [("single-day", "P1D")]),
    ("It fell within just minutes.", [("just minutes", "PTXM")]),
    ("It ended a four-week long strike.", [("four-week long", "P4W")]),
    ("It gave out its annual report.", [("annual", "P1Y")]),
    # what is no time
    ("The list is up to date.", []),
    ("The plan may fail.", []),
    ("They march through the gate.", []),
    ("A second man was held.", []),
    ("The 34-year-old was held.", []),
    ("The score was 3:14 in the end.", []),
    ("He bought 1,990 goats.", []),
    ("03:14 - Video: a street in Torsk", []),
    ("Prices fall when demand drops.", []),
    ("He sat down.", []),
    ("The woman, in her 30s, was unhurt.", []),
    ("Flight 1905 was late.", []),
]


@pytest.mark.parametrize(("text", "expected"), PHRASES, ids=[t for t, _ in PHRASES])
def test_phrase(nlp: Language, text: str, expected: list[tuple[str, str]]) -> None:
    assert pairs(nlp, text) == expected


def test_the_table_is_as_large_as_we_say() -> None:
    assert len(PHRASES) >= 120


INTERVALS = [
    ("on Tuesday", "2023-05-23", "2023-05-23", Precision.DAY),
    ("on Sunday evening", "2023-05-21T18:00", "2023-05-22T00:00", Precision.PART_OF_DAY),
    ("overnight", "2023-05-22T20:00", "2023-05-23T06:00", Precision.PART_OF_DAY),
    ("last week", "2023-05-15", "2023-05-21", Precision.WEEK),
    ("earlier this month", "2023-05-01", "2023-05-23", Precision.MONTH),
    ("in February", "2023-02-01", "2023-02-28", Precision.MONTH),
    ("in early April", "2023-04-01", "2023-04-11", Precision.MONTH),
    ("in 2019", "2019-01-01", "2019-12-31", Precision.YEAR),
    ("in the 1980s", "1980-01-01", "1989-12-31", Precision.DECADE),
    ("in the winter of 2019", "2019-12-01", "2020-02-29", Precision.SEASON),
    ("at 0300 GMT", "2023-05-23T03:00Z", "2023-05-23T03:00Z", Precision.MINUTE),
    ("over the past two weeks", "2023-05-09", "2023-05-23", Precision.WEEK),
    ("in 264 BC", None, None, Precision.YEAR),
]


@pytest.mark.parametrize(("words", "earliest", "latest", "precision"), INTERVALS, ids=[i[0] for i in INTERVALS])
def test_interval(nlp: Language, words: str, earliest: str | None, latest: str | None, precision: Precision) -> None:
    (mention,) = read(nlp, f"The bridge was hit {words}.")
    assert (mention.earliest, mention.latest, mention.precision) == (earliest, latest, precision)


UNANCHORED = [
    ("on Tuesday", "XXXX-WXX-2"),
    ("on Sunday evening", "XXXX-WXX-7TEV"),
    ("in December", "XXXX-12"),
    ("on 12 November", "XXXX-11-12"),
    ("overnight", "XXXX-XX-XXTNI"),
    ("yesterday", "XXXX-XX-XX"),
    ("last week", "XXXX-WXX"),
    ("earlier this month", "XXXX-XX"),
    ("last year", "XXXX"),
    ("two days ago", "XXXX-XX-XX"),
]


@pytest.mark.parametrize(("words", "value"), UNANCHORED, ids=[u[0] for u in UNANCHORED])
def test_without_a_published_time_it_stays_relative(nlp: Language, words: str, value: str) -> None:
    (mention,) = read(nlp, f"The bridge was hit {words}.", published=None)
    assert (mention.value, mention.earliest, mention.latest) == (value, None, None)
    assert mention.precision is Precision.RELATIVE


def test_a_full_date_needs_no_published_time(nlp: Language) -> None:
    text = "The fort fell on 3 March 2020. Two days later it was retaken."
    assert pairs(nlp, text, None) == [("3 March 2020", "2020-03-03"), ("Two days later", "2020-03-05")]


def test_offsets_count_in_the_report(nlp: Language) -> None:
    (mention,) = find_times(nlp("It fell on Tuesday."), published=TUESDAY, offset=1000)
    assert mention.span == (1011, 1018)


def test_the_context_goes_from_passage_to_passage(nlp: Language) -> None:
    context = start_context(TUESDAY)
    find_times(nlp("The fort fell on 3 March 2020."), published=TUESDAY, context=context)
    (mention,) = find_times(nlp("It was retaken two days later."), published=TUESDAY, offset=40, context=context)
    assert mention.value == "2020-03-05"


def test_a_history_counts_from_its_own_dates(nlp: Language) -> None:
    text = (
        "The war began in May 1911. In July 1911 the north fell. The king fled in August 1911. "
        "In October the south rose. On 3 November the city was taken."
    )
    assert pairs(nlp, text)[-2:] == [("October", "1911-10"), ("3 November", "1911-11-03")]


def test_a_report_that_carries_its_own_date_is_no_history(nlp: Language) -> None:
    text = "The mill closed in 1911. It opened in 1875, burned in 1890, and on Monday it was sold."
    assert pairs(nlp, text)[-1] != ("Monday", "2023-05-22")
    assert pairs(nlp, f"May 23, 2023 {text}")[-1] == ("Monday", "2023-05-22")


def test_what_has_just_passed_is_not_next_year(nlp: Language) -> None:
    assert pairs(nlp, "The fair will open on May 21.") == [("May 21", "2023-05-21")]
    assert pairs(nlp, "The fair will open in February.") == [("February", "2024-02")]


@pytest.mark.parametrize("value", ["", "yesterday", "2023-13-45", "2023-05-23-01", "T12"])
def test_a_published_time_that_cannot_be_read_is_no_anchor(nlp: Language, value: str) -> None:
    (mention,) = read(nlp, "It fell on Tuesday.", Instant(value, Precision.DAY))
    assert mention.precision is Precision.RELATIVE


def test_impossible_dates_do_no_harm(nlp: Language) -> None:
    assert [m.earliest for m in read(nlp, "It fell on 31 June 2020.")] == [None]
    assert read(nlp, "It fell 99999 years ago.")[0].earliest is None
    assert read(nlp, "") == []


@pytest.mark.parametrize(("year", "day"), [(2021, "2021-04-04"), (2024, "2024-03-31"), (1943, "1943-04-25")])
def test_easter(year: int, day: str) -> None:
    assert easter(year).isoformat() == day


def test_thanksgiving() -> None:
    assert holiday("thanksgiving", 2023).isoformat() == "2023-11-23"


def test_published_to_the_minute_is_a_day_with_a_clock() -> None:
    time = of_instant(Instant("2023-05-23T14:05:00Z", Precision.SECOND))
    assert time is not None
    assert (time.as_date is not None and time.as_date.isoformat(), time.clock) == ("2023-05-23", "14:05")
