"""Whether a statement tells of other happenings than its report is about: the history, and what it calls another incident.

A function of a statement in its report alone. The days its content names decide: one recent day makes it news, only older
ones make it background; where it names none, such words as "last year" do. A day that only bounds a time ("since 2004",
"until 6 May") says nothing.
"""

from __future__ import annotations

import re
from datetime import date

from sayso.model import Report, Said, Span, Statement

RECENT = 8  # days: a running story reaches back about a week before its parts are told as history
_BOUNDS = re.compile(r"\b(?:since|until|till|by|before|after)\s+(?:the\s+|early\s+|late\s+)?$", re.I)
_VALUE = re.compile(r"(\d{4})(?:-(?:W(\d\d)|(\d\d)(?:-(\d\d))?))?(?![\d])")
_NOW = ("PRESENT_REF", "FUTURE_REF")
_MONTHS = "January February March April May June July August September October November December".split()
_PAST = re.compile(
    r"\b(?:earlier this (?:month|year)|last (?:month|year)|years? ago|months? ago|decades? ago)\b"
    r"|\bprevious (?:incident|attack|raid)s?\b",
    re.I,
)
_IN = re.compile(rf"\bin (?:({'|'.join(_MONTHS)})(?! \d{{1,2}}\b)(?:,? ((?:19|20)\d\d))?|((?:19|20)\d\d))\b", re.I)

# The report says so itself: "In a separate incident on Monday night, …".
_ANOTHER = re.compile(
    r"^\W*(?:\w+ ){0,2}?in (?:an? )?(?:separate|unrelated|another|different|previous) (?:incident|attack|case|event|episode|raid)s?\b",
    re.I,
)
_TO_COME = re.compile(r"\b(?:will|shall|due|scheduled|planned|expected) (?:\w+ ){0,3}(?:by |for )?in\b", re.I)


def is_background(statement: Statement, report: Report) -> bool:
    """Whether a statement tells of another incident: called so, dated well before the report, or by such words as "last year"."""
    words = " ".join(_in_its_sentence(report.text, span) for span in statement.content)
    if _ANOTHER.search(words):
        return True
    published = _day(report.published.value[:10]) if report.published else None
    if published is not None:
        ages = [age for time in statement.happened if (age := _age(time, report.text, published)) is not None]
        if ages:
            return min(ages) > RECENT
    if _TO_COME.search(words):
        return False
    return _PAST.search(words) is not None or any(_is_over(found, published) for found in _IN.finditer(words))


def _age(time: Said, text: str, published: date) -> int | None:
    """Days from the end of a named time to publication, below 0 for one to come; None if it says nothing of when."""
    if time.value in _NOW:
        return 0
    found = _VALUE.match(time.value)
    if found is None or _BOUNDS.search(text[max(0, time.span.start - 16) : time.span.start]):
        return None
    year, week, month, day = (int(part) if part else None for part in found.groups())
    try:
        if week is not None:
            end = date.fromisocalendar(year or 0, week, 7)
        elif day is not None:
            end = date(year or 0, month or 0, day)
        else:  # the first day of what follows: a day too many, which decides nothing
            end = date((year or 0) + (month in (None, 12)), 1 if month in (None, 12) else (month or 0) + 1, 1)
    except ValueError:
        return None
    return (published - end).days


def _is_over(found: re.Match[str], published: date | None) -> bool:
    """Whether "in March" or "in 2011" was over when the report was published; so if nobody knows when that was."""
    month, of_year, year = found.groups()
    if published is None:
        return True
    if year or of_year:
        return int(year or of_year) < published.year
    return _MONTHS.index(month.title()) + 1 != published.month


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def _in_its_sentence(text: str, span: Span) -> str:
    """The words of a span with those of its sentence before it: "In March, …" dates all that follows."""
    before = text[max(0, span.start - 120) : span.start]
    return re.split(r"[.!?\n]\s", before)[-1] + span.of(text)
