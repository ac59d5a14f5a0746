"""Where the time expressions of a text stand, and what surrounds each.

One scan for trigger words ("Tuesday", "hours", "1994") passes over most of a text; around each trigger the forms of
`times_grammar` are tried from left to right and the longest match is kept. The parse then rules out what only looks
like a time ("may", "a second man", "1,900 of them") and tells the tense of the verb that the expression belongs to.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from spacy.tokens import Doc, Token

from sayso.extract.parse import text_of
from sayso.extract.times_grammar import FORMS, TRIGGER
from sayso.extract.times_plausible import is_plausible
from sayso.extract.times_tense import Tense, tense_of

_KEPT: Final = "sayso.extract.times_find"
_REACH: Final = 52  # characters that an expression may begin before its first trigger: "in the early morning hours of"
_STOP: Final = re.compile(r"\n|[.!?]['\"”’)]*\s+(?=[A-Z“\"‘'])|[;:]\s")
_WORD: Final = re.compile(r"(?<![\w'’])(?<![A-Za-z]-)[\w'’]")
_MORE_DAYS: Final = re.compile(
    r"\s*(?:-|–|—|/|,|\bto\b|\band\b|\bor\b|,\s*and\b|\bthrough\b)\s*(?:the\s+)?((?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?)"
    r"(?:\s*,\s*((?:1[5-9]|20)\d\d))?(?![\d:%\w])(?!\s*(?:[-–/]\d|(?!and|or|to|when|after|where|but|in|at|as|by|for|on|with)[a-z]{3,}))"
)
_DAYS_BEFORE: Final = re.compile(
    r"(?<![\w,.$€£-])((?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?)\s*(?:-|–|—|/|,|\bto\b|\band\b|\bor\b|\bthrough\b)\s*(?:the\s+)?$"
)
_RANGE: Final = re.compile(r"\s*(?:-|–|—|/|to|and|or|until|till|through)\s*(?:the\s+)?")
_SHORT_YEAR: Final = re.compile(r"[-–/](\d\d)(?![\d-])(?!\s*(?:%|percent|km|miles))")
_CLOCK_THEN_DATE: Final = re.compile(r"\s*,?\s*(?:on\s+|of\s+)?(?:the\s+)?")
_DATE_THEN_CLOCK: Final = re.compile(r"\s*,?\s*(?:at\s+|around\s+|by\s+)?(?:about\s+|around\s+)?")
_DAYS: Final = frozenset({"date", "weekday", "day_turn", "iso", "numeric", "part"})
_BEFORE: Final = re.compile(r"([\w'’]+|[(\[$€£,.–-])\s*$")


@dataclass(frozen=True, slots=True)
class Expression:
    """A time expression as found: offsets into the Doc's text, the form it has, and its named groups in lower case.

    ``previous`` is the word or mark before it. ``sentence`` is the offset at which its sentence begins.
    """

    start: int
    end: int
    form: str
    groups: dict[str, str]
    tense: Tense
    previous: str
    sentence: int


def find_expressions(doc: Doc) -> tuple[Expression, ...]:
    """The time expressions of ``doc``, in order, never overlapping. Kept on the Doc: quantities ask again."""
    kept: tuple[Expression, ...] | None = doc.user_data.get(_KEPT)
    if kept is None:
        kept = doc.user_data[_KEPT] = tuple(_find(doc))
    return kept


def _find(doc: Doc) -> list[Expression]:
    text = text_of(doc)
    starts = [token.idx for token in doc]
    found: list[Expression] = []
    end = 0
    has_bc = "BC" in text or "B.C" in text
    for trigger in TRIGGER.finditer(text):
        if trigger.start() < end:
            continue
        match = _longest(text, _floor(text, end, trigger.start()), trigger.start(), trigger.end())
        if match is None:
            continue
        form, m = match
        token = doc[max(bisect_right(starts, trigger.start()) - 1, 0)]
        groups = {name: " ".join(value.lower().split()) for name, value in m.groupdict().items() if value is not None}
        before = _BEFORE.search(text, max(end - 1, m.start() - 24, 0), m.start())
        previous = before[1].lower() if before else ""
        follows_date = bool(found) and _DATE_THEN_CLOCK.fullmatch(text, found[-1].end, m.start()) is not None
        if not (form == "clock" and follows_date) and not is_plausible(form, groups, m, text, previous, token, has_bc):
            continue
        start, stop = _trim(text, m.start(), m.end())
        if form == "weekday_set" and (day := _owner(groups, previous, token)):
            form, groups = "weekday", {"weekday": day}
        expression = Expression(start, stop, form, groups, tense_of(token), previous, token.sent.start_char)
        if form == "date":
            found.extend(_days_before(text, expression, end))
        found.append(expression)
        end = stop
        if (
            form in ("year", "season")
            and (short := _SHORT_YEAR.match(text, stop))
            and int(short[1]) > int(groups["year"][2:] or 99)
        ):
            groups = {"year": groups["year"][:2] + short[1]}
            found.append(
                Expression(short.start(1), short.end(1), "year", groups, expression.tense, "-", expression.sentence)
            )
            end = short.end(1)
        if form == "date" and text[start:stop].rstrip()[-1:].isdigit() and "year" not in groups:
            for more in _days_after(text, expression):
                found.append(more)
                end = more.end
    return _joined(found, text)


def _owner(groups: dict[str, str], previous: str, token: Token) -> str | None:
    """The weekday of "Sundays attack", whose apostrophe somebody lost; None for "on Sundays"."""
    head, days = token.head, groups.get("weekdays", "")
    owns = head.i > token.i and head.pos_ == "NOUN" and previous not in ("on", "and", "or")
    return days.removesuffix("s") if days and owns else None


def _shares_year(first: Expression, second: Expression) -> bool:
    """ "March to April 1918": a date without a year before one that has it."""
    dates = {"month", "date"}
    bare = not first.groups.keys() & {"year", "bc", "year_turn"}
    return first.form in dates and second.form in dates and bare and "year" in second.groups


def _joined(found: list[Expression], text: str) -> list[Expression]:
    """ "3 a.m. on Monday", "Monday at 16:53": a day and a clock time that touch are one expression."""
    joined: list[Expression] = []
    for e in found:
        last = joined[-1] if joined else None
        if last is not None and _shares_year(last, e) and _RANGE.fullmatch(text, last.end, e.start):
            shared = {"year_of": e.groups["year"], "month_of": e.groups["month"]}
            joined[-1] = last = replace(last, groups=last.groups | shared)
        if (
            last is not None
            and last.form == "clock"
            and e.form in _DAYS
            and _CLOCK_THEN_DATE.fullmatch(text, last.end, e.start)
        ):
            joined[-1] = replace(e, start=last.start, groups=e.groups | last.groups, previous=last.previous)
        elif (
            last is not None
            and last.form in _DAYS
            and e.form == "clock"
            and _DATE_THEN_CLOCK.fullmatch(text, last.end, e.start)
        ):
            joined[-1] = replace(last, end=e.end, groups=e.groups | last.groups)
        else:
            joined.append(e)
    return joined


def _floor(text: str, end: int, at: int) -> int:
    """The first offset at which an expression with a trigger at ``at`` may begin."""
    floor = max(end, at - _REACH)
    for stop in _STOP.finditer(text, floor, at):
        floor = stop.end()
    return floor


def _longest(text: str, floor: int, at: int, trigger_end: int) -> tuple[str, re.Match[str]] | None:
    limit = min(len(text), trigger_end + 80)
    starts = [word.start() for word in _WORD.finditer(text, floor, at + 1)]
    if text[at - 1 : at] in ("-", "–") and at - 1 <= floor:  # the second half of "July-November 1954"
        starts.append(at)
    for start in starts:
        best: tuple[str, re.Match[str]] | None = None
        for form in FORMS:
            m = form.pattern.match(text, start, limit)
            if m is not None and m.end() >= trigger_end and (best is None or m.end() > best[1].end()):
                best = form.name, m
        if best is not None:
            return best
    return None


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",-–"):
        end -= 1
    if text[end - 1 : end] == ")" and "(" not in text[start:end]:
        end -= 1
    if text[start:end].endswith(("'s", "’s")) and not text[start:end].lower().endswith(
        ("year's", "year’s", "0's", "0’s")
    ):
        end -= 2
    return start, end


def _days_after(text: str, expression: Expression) -> Iterator[Expression]:
    """ "April 26 and 29": the days that share the month of the one just found."""
    at = expression.end
    while (m := _MORE_DAYS.match(text, at)) is not None:
        groups = {"month": expression.groups["month"], "day": m[1], "shared": "after"}
        if m[2]:
            groups["year"] = m[2]
        yield Expression(m.start(1), m.end(), "date", groups, expression.tense, "and", expression.sentence)
        at = m.end()


def _days_before(text: str, expression: Expression, floor: int) -> list[Expression]:
    """ "26 and 29 April": the days before that share the month still to come."""
    found: list[Expression] = []
    at = expression.start
    while text[at : at + 1].isdigit() and (m := _DAYS_BEFORE.search(text, max(floor, at - 16), at)) is not None:
        groups = {k: v for k, v in expression.groups.items() if k in ("month", "year")} | {"day": m[1]}
        found.append(Expression(m.start(1), m.end(1), "date", groups, expression.tense, "", expression.sentence))
        at = m.start(1)
    return found[::-1]
