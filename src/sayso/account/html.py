"""An account as one HTML file: no network, no images, scripts and styles allowed by their hash alone.

`Page` is all that the template sees. Every string of it is escaped where it is printed, and characters that
act on the text around them are made visible; nothing of a report is ever markup, style, script or address,
except http and https links, which `labels.web_link` lets pass.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from sayso.account.labels import (
    STATUS_WORDS,
    StatusWords,
    citation_words,
    cited_outlets,
    counted,
    date_words,
    outlet_words,
    quoted,
    report_title,
    rule_words,
    visible,
    web_link,
    year_of,
)
from sayso.account.passages import Passage, Shown, marks_of, passages, shows_whole
from sayso.model import Account, BlockKind, Citation, EdgeKind, Line, Linked, Report, Span, Status

#: Citations shown beside a line before the rest fold into "and 7 more": about two rows on a phone.
CITATIONS_SHOWN = 5
#: Characters of cited words that a link shows as its title.
TITLE_CHARACTERS = 280

_EDGE_WORDS = {
    EdgeKind.COPY: "Copy of",
    EdgeKind.REWORD: "Rewording of",
    EdgeKind.PARTIAL: "In part from",
    EdgeKind.TRANSLATE: "Translation of",
    EdgeKind.QUOTE: "Quotes",
    EdgeKind.CREDIT: "Credits",
    EdgeKind.FORWARD: "Forwarded from",
    EdgeKind.FAMILY: "Same publisher as",
    EdgeKind.COMMON: "Written from the same release as",
}
_SAFE_ID = re.compile(r"l-[a-z0-9-]{1,64}")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


@dataclass(frozen=True, slots=True)
class CiteView:
    """A link from a line into a report."""

    label: str
    target: str
    title: str
    again: bool  # another passage of the report that the link before it opens


@dataclass(frozen=True, slots=True)
class LineView:
    number: int
    id: str
    text: str
    status: Status
    words: StatusWords
    rule: str
    rests_on: str
    shown: tuple[CiteView, ...]
    folded: tuple[CiteView, ...]


@dataclass(frozen=True, slots=True)
class SectionView:
    id: str
    heading: str
    lines: tuple[LineView, ...]


@dataclass(frozen=True, slots=True)
class ReportView:
    id: str
    outlet: str
    when: str
    title: str
    facts: tuple[str, ...]
    link: str | None
    language: str | None
    kinship: tuple[str, ...]  # how it derives from other reports, with the reasons
    passages: tuple[Passage, ...]
    stray: tuple[tuple[str, str], ...]  # (target, words) of citations that cannot be placed in the text we hold


@dataclass(frozen=True, slots=True)
class Page:
    """The documented context of ``templates/account.html``."""

    title: str
    as_of: str
    reports: str
    origins: str
    outlets: str
    sections: tuple[SectionView, ...]
    legend: tuple[tuple[Status, StatusWords], ...]
    cited: tuple[ReportView, ...]
    uncited: int
    cited_by: Mapping[str, tuple[tuple[int, str], ...]]  # a citation, and the (number, id) of the lines that cite it
    css: Markup
    css_hash: str
    js: Markup
    js_hash: str


def to_html(account: Account, reports: Sequence[Report], *, linked: Linked | None = None) -> str:
    """The whole account as one self-contained page, with the cited passages of ``reports``.

    The same values give the same page, byte for byte. With ``linked``, the page also tells which reports share an
    origin and why. A cited report that is not among ``reports`` is shown by its cited words alone.
    """
    page = make_page(account, reports, linked=linked)
    return _environment().get_template("account.html").render(page=page)


def make_page(account: Account, reports: Sequence[Report], *, linked: Linked | None = None) -> Page:
    """What the page shows: lines with their links, and the cited reports with their marks."""
    cites = _Cites(account)
    held = {report.id: report for report in reports}
    cited = tuple(_report_views(cites, held, linked))
    css, js = _asset("account.css") + _span_rules(cited), _asset("account.js")
    return Page(
        title=account.title,
        as_of=date_words(account.as_of, clock=True),
        reports=counted(account.reports, "report"),
        origins=counted(account.origins, "independent origin"),
        outlets=cited_outlets(account),
        sections=tuple(_section_views(account, cites, linked)),
        legend=tuple((status, words) for status, words in STATUS_WORDS.items() if status in cites.statuses),
        cited=cited,
        uncited=max(0, account.reports - len(cited)),
        cited_by={key: tuple(dict.fromkeys(lines)) for key, lines in cites.cited_by.items()},
        css=Markup(css),  # our own files and keys of our own making: no word of a report is in them
        css_hash=_hash(css),
        js=Markup(js),
        js_hash=_hash(js),
    )


# ---------------------------------------------------------------------------------------------------
# Citations and lines


class _Cites:
    """Gives every line and every distinct citation its place on the page, in the order of first use."""

    def __init__(self, account: Account) -> None:
        self.this_year = year_of(account.as_of)
        self.statuses: set[Status] = set()
        self.line_ids: list[str] = []
        self.by_report: dict[str, dict[str, Citation]] = {}
        self.cited_by: dict[str, list[tuple[int, str]]] = {}
        self._keys: dict[tuple[str, tuple[Span, ...]], str] = {}
        for section in account.sections:
            for line in section.lines:
                self._place(line)

    def key(self, citation: Citation) -> str:
        return self._keys[citation.report, citation.spans]

    def _place(self, line: Line) -> None:
        number = len(self.line_ids) + 1
        name = line.id if _SAFE_ID.fullmatch(line.id) and line.id not in self.line_ids else f"line-{number}"
        self.line_ids.append(name)
        self.statuses.add(line.status)
        for citation in line.citations:
            key = self._keys.setdefault((citation.report, citation.spans), f"c{len(self._keys) + 1}")
            self.by_report.setdefault(citation.report, {}).setdefault(key, citation)
            self.cited_by.setdefault(key, []).append((number, name))


def _section_views(account: Account, cites: _Cites, linked: Linked | None) -> Iterator[SectionView]:
    number = 0
    for at, section in enumerate(account.sections, start=1):
        lines = []
        for line in section.lines:
            number += 1
            views = list(_cite_views(line, cites))
            # A fold of one would take as much room as what it hides.
            shown = len(views) if len(views) <= CITATIONS_SHOWN + 1 else CITATIONS_SHOWN
            lines.append(
                LineView(
                    number=number,
                    id=cites.line_ids[number - 1],
                    text=line.text,
                    status=line.status,
                    words=STATUS_WORDS[line.status],
                    rule=rule_words(line.rule),
                    rests_on=_rests_on(line, linked),
                    shown=tuple(views[:shown]),
                    folded=tuple(views[shown:]),
                )
            )
        if lines:
            yield SectionView(f"section-{at}-{section.key.value}", section.heading, tuple(lines))


def _cite_views(line: Line, cites: _Cites) -> Iterator[CiteView]:
    by_report: dict[str, list[Citation]] = {}
    for citation in line.citations:
        by_report.setdefault(citation.report, []).append(citation)
    for own in by_report.values():
        targets = {cites.key(citation): citation for citation in own}
        for at, (key, citation) in enumerate(targets.items(), start=1):
            label = citation_words(citation, this_year=cites.this_year) if at == 1 else str(at)
            exact = " ".join(citation.exact.split())
            title = exact if len(exact) <= TITLE_CHARACTERS else exact[:TITLE_CHARACTERS] + " …"
            yield CiteView(label, key, quoted(title), again=at > 1)


def _rests_on(line: Line, linked: Linked | None) -> str:
    reports = {citation.report for citation in line.citations}
    words = f"This line cites {counted(len(reports), 'report')}"
    if linked is None:
        return f"{words}."
    owner = {report: origin.id for origin in linked.origins for report in origin.reports}
    return f"{words}, going back to {counted(len({owner.get(report, report) for report in reports}), 'origin')}."


# ---------------------------------------------------------------------------------------------------
# Reports


def _report_views(cites: _Cites, held: Mapping[str, Report], linked: Linked | None) -> Iterator[ReportView]:
    whole = shows_whole([held[report] for report in cites.by_report if report in held])
    for number, (report_id, own) in enumerate(cites.by_report.items(), start=1):
        report = held.get(report_id)
        some = next(iter(own.values()))
        found: list[Passage] = []
        if report is not None:
            marks = marks_of({key: citation.spans for key, citation in own.items()}, len(report.text))
            found = passages(report, marks, whole=whole)
        landed = {key for passage in found for piece in passage.pieces for key in piece.lands}
        yield ReportView(
            id=f"report-{number}",
            outlet=outlet_words(some.outlet, some.url, report_id),
            when=date_words(some.published, clock=True),
            title=report_title(report) if report else "",
            facts=tuple(_facts(report)) if report else ("We hold only the cited words of this report.",),
            link=web_link(some.url),
            language=report.language if report and _LANGUAGE.fullmatch(report.language or "") else None,
            kinship=tuple(_kinship(report_id, held, linked)) if linked else (),
            passages=tuple(found),
            stray=tuple((key, citation.exact) for key, citation in own.items() if key not in landed),
        )


def _facts(report: Report) -> Iterator[str]:
    if report.byline:
        yield report.byline if report.byline.lower().startswith("by ") else f"By {report.byline}"
    if report.forwarded_from:
        yield f"Forwarded from {report.forwarded_from}"
    if report.edited:
        yield f"Edited {date_words(report.edited.value, clock=True)}"
    yield f"Captured {date_words(report.capture.captured_at, clock=True)}"
    yield f"SHA-256 {report.sha256[:12]}…"


def _kinship(report_id: str, held: Mapping[str, Report], linked: Linked) -> Iterator[str]:
    for origin in linked.origins:
        if report_id not in origin.reports:
            continue
        others = [held[other] for other in origin.reports if other != report_id and other in held]
        if others:
            names = [_report_words(other) for other in others[:4]]
            more = f" and {len(others) - 4} more" if len(others) > 4 else ""
            yield f"One origin with {'; '.join(names)}{more}."
        for edge in origin.edges:
            if edge.derived == report_id and edge.base in held:
                reasons = f": {'; '.join(edge.reasons)}" if edge.reasons else ""
                yield f"{_EDGE_WORDS[edge.kind]} {_report_words(held[edge.base])}{reasons}."


def _report_words(report: Report) -> str:
    when = date_words(report.published.value) if report.published else ""
    outlet = outlet_words(report.outlet, report.url, report.id)
    return f"{outlet}, {when}" if when else outlet


# ---------------------------------------------------------------------------------------------------
# The template and its assets


def _span_rules(cited: Sequence[ReportView]) -> str:
    """Style rules that light up all the pieces of a citation when its first one is the target, without a script."""
    pieces: dict[str, int] = {}
    for report in cited:
        for passage in report.passages:
            for piece in passage.pieces:
                for key in piece.keys:
                    pieces[key] = pieces.get(key, 0) + 1
    rules = [f'.reports:has(#{key}:target) mark[data-c~="{key}"]' for key, count in pieces.items() if count > 1]
    # One rule each, not one list: a browser that does not know :has drops no more than these.
    return "".join(f"{rule}{{background:var(--lit);color:var(--lit-ink)}}\n" for rule in rules)


def _hash(asset: str) -> str:
    return f"'sha256-{b64encode(hashlib.sha256(asset.encode('utf-8')).digest()).decode('ascii')}'"


@cache
def _asset(name: str) -> str:
    text = files("sayso.account").joinpath("templates", name).read_text("utf-8")
    return text.replace("\r\n", "\n")


def _printed(value: Any) -> Any:
    """What the template prints: text that cannot act; Markup is ours and stays."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("sayso.account"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_printed,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals.update(BlockKind=BlockKind, Shown=Shown)
    return environment
