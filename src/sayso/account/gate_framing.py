"""What a line may say of itself: dates of its reports, counts of its citations, a closed set of words.

To let the composer write a new framing word, add it to `FRAMING_WORDS`; a new thing that may be counted
("2 outlets") goes into `_COUNTABLE`. Nothing here looks at what the reports say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sayso.account.gate_numbers import Number, NumberKind, word_list
from sayso.model import Citation, Origin, Span

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

#: Words that may open a sentence or stand in framing without standing in a report. Function words and the
#: vocabulary of attribution only: no noun or verb that could be a fact of the event.
FRAMING_WORDS = frozenset(
    word_list("""
    a about according account accounts actor actors add added adds after again against agree agreed agrees all
    also although among an and another answer answered answers anyone are as asked assess assessed assesses at
    attributed be because been before being between both but by call called calls changed cited cites citing
    claim claimed claiming claims comment confirm confirmed confirms contradict contradicts correct corrected
    corrects could count counts credited date day declined declines denied denies deny denying despite did
    differ different differs disagree disputed disputes do does each earlier either else estimate estimates even
    every figure figures first five following for former four from further gave get give given gives had has
    have he her his how however if in independent independently initial initially is it its known last late
    later latest least less made main many may might more most much named names neither never new no nobody none
    nor not nothing now number of officials on once one only open or origin origins other others outlet outlets
    over own point pointed points predict predicted predicts put puts question questions quoted quoting raised
    reading recent report reported reportedly reporting reports residents responsibility revised revises rose
    said same saw say saying says second see set settle settled several she side sides since six so some someone
    spoke spokesman spokesperson spokeswoman stated statement statements states still such tally than that the
    their them then there these they third this those though three time times to toll total tried try twice two
    unable unclear unconfirmed under undisputed unknown unnamed until unverified up update updated verified
    verify version versions was were what when where whether which while who whom whose why will with within
    without witnesses would yet you zero
    """)
)

#: What a line of figures may open with ("Killed: 12"). Names of counts, never framing: a number must stand behind them.
MEASURE_WORDS = frozenset(word_list("affected captured casualties dead died displaced injured killed missing wounded"))

#: Phrases about the state of our knowledge. They hold a negation that is ours, not a report's.
STANDING_PHRASES = re.compile(
    r"\b(?:not known from these reports|these reports do not (?:say|tell|give|name)|no answer in these reports"
    r"|not (?:yet )?known|no report (?:says|names|gives)|none of (?:these|the) reports|not a denial)\b"
    r"|\b(?:first|at first) (?:said|reported|put|gave|told|denied|claimed)\b"
    r"|\b(?:said|reported|denied) (?:at )?first\b",
    re.IGNORECASE,
)

_COUNTABLE = "outlet report origin statement citation actor version account side figure"
_COUNTED = re.compile(
    r"(?:(?:independent|other|more|further|different|separate|distinct|unrelated|named|of|the|these)\s+)*"
    rf"(?P<noun>{'|'.join(_COUNTABLE.split())})s?\b",
    re.IGNORECASE,
)
_REVISED = re.compile(r"\b(?:revised|corrected|changed|updated|raised|lowered)\s+$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Tally:
    """What the citations of one line count up to. ``origins`` is None when nobody told which report has which."""

    citations: int
    outlets: int
    reports: int
    statements: int
    origins: int | None

    @staticmethod
    def of(citations: Sequence[Citation], origins: Sequence[Origin] = ()) -> Tally:
        reports = {citation.report for citation in citations}
        owner = {report: origin.id for origin in origins for report in origin.reports}
        return Tally(
            citations=len(citations),
            outlets=len({citation.outlet for citation in citations if citation.outlet}),
            reports=len(reports),
            statements=len({citation.statement for citation in citations}),
            origins=len({owner.get(report, report) for report in reports}) if origins else None,
        )

    def allows(self, noun: str, count: int, *, rest: bool) -> bool:
        """Whether ``count`` of ``noun`` is what the citations show; ``rest`` for "3 other outlets"."""
        noun = noun.casefold()
        if noun == "origin":
            return count == self.origins if self.origins is not None else 0 < count <= self.reports
        exact = {
            "outlet": self.outlets,
            "report": self.reports,
            "statement": self.statements,
            "citation": self.citations,
        }
        if noun in exact:
            return 0 < count < exact[noun] if rest else count == exact[noun]
        return 0 < count <= self.citations


def counted_phrase(text: str, number: Number, tally: Tally) -> bool | None:
    """Whether a number of the line counts its citations rightly ("2 outlets", "revised twice").

    None when the words around it count something else, which must then stand in the spans.
    """
    count = {"twice": 2, "thrice": 3}.get(number.value)
    if count is not None or (number.after in ("time", "times") and number.value.isdecimal()):
        if not _REVISED.search(text[: number.span.start]):
            return None
        return 0 < (count or int(number.value)) < max(tally.citations, 1)
    if number.kind is not NumberKind.COUNT or not number.value.isdecimal():
        return None
    counted = _COUNTED.match(text, _skip_space(text, number.span.end))
    if counted is None:
        return None
    rest = bool(re.search(r"\b(?:other|more|further)\b", counted[0], re.IGNORECASE))
    return tally.allows(counted["noun"], int(number.value), rest=rest)


def _skip_space(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


# ---------------------------------------------------------------------------------------------------
# Dates that follow from when a report was published

_MONTH = {name.casefold(): number for number, name in enumerate(MONTHS, start=1)}
_MONTH |= {name[:3].casefold(): number for number, name in enumerate(MONTHS, start=1)} | {"sept": 9}
_WEEKDAY = {name.casefold(): number for number, name in enumerate(WEEKDAYS)}
_MONTHS = "|".join(sorted(_MONTH, key=len, reverse=True))
_WEEKDAYS = "|".join(_WEEKDAY)

_DATE = re.compile(
    rf"\b(?P<iso>\d{{4}}-\d{{2}}(?:-\d{{2}})?)\b"
    rf"|\b(?:(?P<weekday>{_WEEKDAYS}),?\s+)?(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<month>{_MONTHS})"
    rf"|(?P<month_first>{_MONTHS})\s+(?P<day_after>\d{{1,2}})(?:st|nd|rd|th)?(?!\d))\b(?:,?\s+(?P<year>\d{{4}})\b)?"
    rf"|\b(?P<bare_month>{_MONTHS})(?:\s+(?P<month_year>\d{{4}}))\b"
    rf"|\b(?P<bare_weekday>{_WEEKDAYS})\b"
    rf"|\b(?P<clock>\d{{2}}:\d{{2}})(?:\s+(?:UTC|GMT))?\b",
    re.IGNORECASE,
)
_STAMP = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2})(?:[T ](?P<clock>\d{2}:\d{2}))?)?)?")
_SPAN_WEEKDAY = re.compile(rf"\b(?:{_WEEKDAYS})\b", re.IGNORECASE)
_SPAN_BEFORE = re.compile(r"\b(?:yesterday|overnight|last night)\b", re.IGNORECASE)
# Without one of these a weekday in news text is the last one, not the next.
_SPAN_AHEAD = re.compile(
    r"\b(?:will|would|until|till|by|next|due|coming|plans?|planned|expected|scheduled)\b", re.IGNORECASE
)
_SPAN_AFTER = re.compile(r"\btomorrow\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class KnownDates:
    """The dates that a line may write: those of its reports, and what their spans' "Tuesday" makes of them."""

    days: frozenset[date]
    months: frozenset[tuple[int, int]]
    clocks: frozenset[str]

    @staticmethod
    def of(stamps: Iterable[tuple[str | None, str]]) -> KnownDates:
        """From pairs of a published time (ISO 8601, as known) and the words that are cited from that report."""
        days: set[date] = set()
        months: set[tuple[int, int]] = set()
        clocks: set[str] = set()
        for stamp, words in stamps:
            read = _STAMP.match(stamp or "")
            if read is None or read["month"] is None:
                continue
            months.add((int(read["year"]), int(read["month"])))
            if read["day"] is None:
                continue
            if read["clock"]:
                clocks.add(read["clock"])
            try:
                published = date(int(read["year"]), int(read["month"]), int(read["day"]))
                days.update(_days_meant(published, words))
            except (ValueError, OverflowError):
                continue
        return KnownDates(frozenset(days), frozenset(months), frozenset(clocks))

    def regions(self, text: str) -> Iterator[Span]:
        """The date expressions of ``text`` that say one of these dates."""
        for found in _DATE.finditer(text):
            if self._says(found):
                yield Span(found.start(), found.end())

    def _says(self, found: re.Match[str]) -> bool:
        if found["iso"]:
            return any(day.isoformat().startswith(found["iso"]) for day in self.days)
        if found["clock"]:
            return found["clock"] in self.clocks
        if found["bare_weekday"]:
            return any(day.weekday() == _WEEKDAY[found["bare_weekday"].casefold()] for day in self.days)
        if found["bare_month"]:
            return (int(found["month_year"]), _MONTH[found["bare_month"].casefold()]) in self.months
        month = _MONTH[(found["month"] or found["month_first"]).casefold()]
        number = int(found["day"] or found["day_after"])
        return any(
            day.month == month
            and day.day == number
            and (found["year"] is None or int(found["year"]) == day.year)
            and (found["weekday"] is None or _WEEKDAY[found["weekday"].casefold()] == day.weekday())
            for day in self.days
        )


def _days_meant(published: date, words: str) -> Iterator[date]:
    yield published
    for found in _SPAN_WEEKDAY.finditer(words):
        back = (published.weekday() - _WEEKDAY[found[0].casefold()]) % 7
        yield published - timedelta(days=back)
        if _SPAN_AHEAD.search(words):
            yield published + timedelta(days=(7 - back) % 7)
    if _SPAN_BEFORE.search(words):
        yield published - timedelta(days=1)
    if _SPAN_AFTER.search(words):
        yield published + timedelta(days=1)
