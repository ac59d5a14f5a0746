"""The times that a text tells: what stands where, and which days or hours it may mean.

`times_grammar` holds the forms of expressions, `times_find` finds where they stand, `times_resolve` says which
reader knows what each means (`times_dates`, `times_days`, `times_counted`, `times_spans`), `times_context` keeps
what was told before, and `times_calendar` does the arithmetic; the words are data (`data/times_lexicon.toml`).
"""

from __future__ import annotations

from spacy.tokens import Doc

from sayso.extract.times_calendar import of_instant
from sayso.extract.times_context import FRESH_FORMS, TimeContext
from sayso.extract.times_find import find_expressions
from sayso.extract.times_resolve import explicit_year, is_own_date, resolve
from sayso.model import Instant, Span, TimeMention

__all__ = ["TimeContext", "find_times", "start_context"]


def start_context(published: Instant | None) -> TimeContext:
    """A context to hand from passage to passage of one report, so that "two days later" finds its day."""
    return TimeContext(of_instant(published))


def find_times(
    doc: Doc, *, published: Instant | None, offset: int = 0, context: TimeContext | None = None
) -> tuple[TimeMention, ...]:
    """The time expressions of ``doc``, in order, with TIMEX3 values.

    ``published`` anchors "Tuesday" and "last week"; without it they keep a relative value ("XXXX-WXX-2"), no
    interval, and precision RELATIVE. ``offset`` is where ``doc`` begins in the report's text. A report that is
    parsed passage by passage hands the same ``context`` (see `start_context`) to each call, in the order of the
    text.

    ``earliest`` and ``latest`` are both included in the interval: days ("2023-05-01"), or local times of day
    ("2023-05-23T05:00") for parts of a day and clock times, with the zone where the text gives one.
    """
    told = context if context is not None else start_context(published)
    expressions = find_expressions(doc)
    told.years.extend(year for e in expressions if (year := explicit_year(e)) is not None)
    told.fresh += sum(e.form in FRESH_FORMS for e in expressions)
    told.dated = told.dated or any(is_own_date(e, told) for e in expressions)
    told.sentence = min(told.sentence, 0) if context is not None and told.sentence >= 0 else told.sentence
    mentions = []
    for e in expressions:
        r = resolve(e, told)
        span = Span(e.start + offset, e.end + offset)
        mentions.append(TimeMention(span, r.type, r.value, r.earliest, r.latest, r.precision))
    return tuple(mentions)
