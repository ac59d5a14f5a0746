"""The claims of the account in time, as the JSON of TimelineJS3.

When something happened stands where a claim's reports tell it, as a span of time where they tell no moment. Where none tells
it, the claim stands at the time it was said, or published, and the words beside it say so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import escape

from sayso.account.labels import (
    STATUS_WORDS,
    counted,
    date_words,
    outlet_words,
    quoted,
    rule_words,
    visible,
    web_link,
)
from sayso.model import Account, Citation, Claim, Line, Linked, Precision, Said, Section, Span
from sayso.serve.exports.gathered import Told
from sayso.serve.exports.pieces import around
from sayso.serve.exports.times import as_fine_as, iso, numbers
from sayso.shapes import Json

_HEADLINE = 110  # characters: three lines of a slide; all the words then stand below it
_PARTS = ("year", "month", "day", "hour", "minute", "second")
Moment = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _When:
    """From when to when, no finer than it is known, and how that is known."""

    start: Moment
    end: Moment
    how: str  # happened, said, published


def timelinejs(told: Iterable[Told], account: Account, linked: Linked) -> Iterator[str]:
    """A slide for each claim that a line of the account tells and cites, by time. Texts are HTML, as TimelineJS has it: escaped."""
    claims = {claim.id: claim for claim in linked.claims}
    placed: dict[str, tuple[Section, Line]] = {}
    for section in account.sections:
        for line in section.lines:
            for claim in line.claims:
                if claim in claims and _own(claims[claim], line):
                    placed.setdefault(claim, (section, line))
    times = _times(told, {statement for claim in placed for statement in claims[claim].statements})
    slides = []
    for identifier, (section, line) in placed.items():
        if when := _chosen(claims[identifier], times):
            slides.append((when.start, identifier, _slide(claims[identifier], when, section, line)))
    title = {
        "text": {
            "headline": _text(account.title),
            "text": _text(f"{counted(account.reports, 'report')}, {counted(account.origins, 'independent origin')}"),
        }
    }
    head: Json = {"scale": "human", "title": title}
    yield from around(head, "events", (slide for _, _, slide in sorted(slides, key=lambda each: each[:2])))


# ---------------------------------------------------------------------------------------------------
# When


def _times(told: Iterable[Told], wanted: set[str]) -> dict[str, tuple[_When, ...]]:
    """When each wanted statement says that it happened; else when it was said; else when it was published."""
    found: dict[str, tuple[_When, ...]] = {}
    for each in told:
        spans = {time.span: (time.earliest, time.latest) for time in each.extraction.times}
        for statement in each.extraction.statements:
            if statement.id not in wanted:
                continue
            happened = [when for said in statement.happened if (when := _read(said, spans, "happened"))]
            said_at = _read(statement.said, spans, "said") if statement.said and not happened else None
            published = each.report.published
            if happened:
                found[statement.id] = tuple(happened)
            elif said_at:
                found[statement.id] = (said_at,)
            elif published and (start := as_fine_as(numbers(published.value), published.precision)):
                found[statement.id] = (_When(start, start, "published"),)
    return found


def _read(said: Said, spans: Mapping[Span, tuple[str | None, str | None]], how: str) -> _When | None:
    """What a report tells of a time; None where it names no time of the calendar."""
    earliest, latest = spans.get(said.span, (None, None))
    if earliest is None or latest is None:
        if said.precision is Precision.RELATIVE or not numbers(said.value):
            return None
        earliest = latest = said.value
    start, end = (as_fine_as(numbers(value), said.precision) for value in (earliest, latest))
    return _When(start, end, how) if start and end and start <= end else None


def _chosen(claim: Claim, times: Mapping[str, tuple[_When, ...]]) -> _When | None:
    """What tells most: when it happened before when it was told; the finest; the earliest."""
    order = {"happened": 0, "said": 1, "published": 2}
    found = [when for statement in claim.statements for when in times.get(statement, ())]
    return min(found, key=lambda when: (order[when.how], -len(when.start), when.start, when.end), default=None)


# ---------------------------------------------------------------------------------------------------
# The slide


def _slide(claim: Claim, when: _When, section: Section, line: Line) -> Json:
    words = _words(claim, line)
    slide: Json = {
        "unique_id": claim.id,
        "group": _text(section.heading),
        "start_date": _date(when.start),
        "display_date": _display(when),
        "autolink": False,  # words of a report become no link
        "text": {"headline": _text(_cut(words)), "text": "".join(_body(claim, words, when, line))},
    }
    if when.end != when.start:
        slide["end_date"] = _date(when.end)
    return slide


def _words(claim: Claim, line: Line) -> str:
    """What the account says of the claim; where a line tells of several, the words of the first report, with who says it.

    Never the bare wording: of a denial that is what was denied.
    """
    return line.text if len(line.claims) == 1 else _own(claim, line)[0].exact


def _own(claim: Claim, line: Line) -> list[Citation]:
    """What a line cites for one of its claims: all, where it tells of one; else what the claim rests on."""
    return [c for c in line.citations if c.statement in claim.statements or len(line.claims) == 1]


def _body(claim: Claim, words: str, when: _When, line: Line) -> Iterator[str]:
    if _cut(words) != words:
        yield f"<p>{_text(words)}</p>"
    status = STATUS_WORDS[claim.status]
    rule = f" ({rule_words(claim.rule)})" if claim.rule else ""
    yield (
        f"<p><strong>{_text(status.name)}</strong> {_text(rule)}: "
        f"{_text(counted(claim.origins, 'independent origin'))}. {_text(status.meaning)}</p>"
    )
    if when.how != "happened":
        yield "<p>No report tells when it happened.</p>"
    yield f"<ul>{''.join(_cited(citation) for citation in _own(claim, line))}</ul>"
    yield f"<p><small>{_text(claim.id)}</small></p>"


def _cited(citation: Citation) -> str:
    name = _text(outlet_words(citation.outlet, citation.url, citation.report))
    link = web_link(citation.url)
    outlet = f'<a href="{escape(link)}" rel="noopener noreferrer nofollow">{name}</a>' if link else name
    date = date_words(citation.published)
    return f"<li>{outlet}{_text(f', {date}' if date else '')}: {_text(quoted(citation.exact))}</li>"


def _date(moment: Moment) -> Json:
    return dict(zip(_PARTS, moment, strict=False))


def _display(when: _When) -> str:
    """ "14 October 2025, 05:00–12:00", "said 14 October 2025", "published 14 October 2025, 14:32 UTC"."""
    start, end = _shown(when.start), _shown(when.end)
    if when.start[:3] == when.end[:3] and len(when.end) > 3 and start != end:
        shown = f"{start}–{end.rpartition(' ')[2]}"
    else:
        shown = start if start == end else f"{start} – {end}"
    if when.how == "published" and len(when.start) > 3:  # what reports tell of times is in the time of the place
        shown += " UTC"
    return shown if when.how == "happened" else f"{when.how} {shown}"


def _shown(moment: Moment) -> str:
    clock = f", {moment[3]:02d}:{(*moment, 0)[4]:02d}" if len(moment) > 3 else ""
    return date_words(iso(moment[:3])) + clock


def _cut(words: str) -> str:
    return words if len(words) <= _HEADLINE else words[:_HEADLINE].rsplit(" ", 1)[0] + " …"


def _text(text: str) -> str:
    """Text as HTML, with nothing in it that acts."""
    shown = visible(" ".join(text.split()))
    return escape(shown)
