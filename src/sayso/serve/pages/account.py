"""The account of a story: its sections of lines, each with its status, and the words it rests on one step away."""

from __future__ import annotations

from dataclasses import dataclass

from sayso.account.labels import STATUS_WORDS, citation_words, cited_outlets, counted, date_words, rule_words, year_of
from sayso.model import Citation, Line, Status
from sayso.serve.pages.charts import Chart, charts
from sayso.serve.pages.deciding import SigningView, signing
from sayso.serve.pages.moments import Moment, moments
from sayso.serve.pages.parts import StatusView
from sayso.serve.pages.view import View


@dataclass(frozen=True, slots=True)
class CitationView:
    """A link from a line to the words of one report that it rests on. ``label`` is "The Corran Herald, 12 March"."""

    report: str
    statement: str
    label: str
    exact: str
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class LineView:
    """One sentence of the account. ``rests_on`` says on how many reports and origins; ``claims`` and ``question`` are ids.

    ``lead`` is the claim that the line is told for, None where it tells only that something is asked; ``signing`` who signed it off.
    """

    id: str
    number: int
    text: str
    status: StatusView
    rests_on: str
    lead: str | None
    signing: SigningView | None
    claims: tuple[str, ...]
    question: str | None
    citations: tuple[CitationView, ...]


@dataclass(frozen=True, slots=True)
class SectionView:
    key: str
    heading: str
    lines: tuple[LineView, ...]


@dataclass(frozen=True, slots=True)
class AccountPage:
    """What is established, who says what, what is disputed, what changed, what nobody knows, of one story.

    ``standing`` says in words as of when, and of how many reports, origins and outlets. ``moments`` are those that ``as_of`` may
    be set to. ``legend`` explains the statuses that occur.
    """

    story: str
    title: str
    as_of: str | None
    standing: tuple[str, ...]
    sections: tuple[SectionView, ...]
    charts: tuple[Chart, ...]
    legend: tuple[StatusView, ...]
    moments: tuple[Moment, ...]
    withdrawn: int


def account_page(view: View, *, now: View | None = None) -> AccountPage:
    """The context of ``/stories/{id}``. ``now`` is the view of the present, whose reports give the moments."""
    account = view.account
    number = 0
    sections = []
    for section in account.sections:
        lines = []
        for line in section.lines:
            number += 1
            lines.append(_line(view, number, line))
        sections.append(SectionView(section.key.value, section.heading, tuple(lines)))
    seen = {line.status for section in account.sections for line in section.lines}
    return AccountPage(
        story=view.story.id,
        title=account.title,
        as_of=view.as_of,
        standing=_standing(view),
        sections=tuple(sections),
        charts=view.once("charts", lambda: charts(view)),
        legend=tuple(
            StatusView(status, words.name, words.meaning, "")
            for status, words in STATUS_WORDS.items()
            if status in seen
        ),
        moments=(now or view).once("moments", lambda: moments((now or view).reports.values())),
        withdrawn=sum(report in view.withdrawals for report in view.reports),
    )


def _standing(view: View) -> tuple[str, ...]:
    account = view.account
    when = date_words(view.as_of or view.story.last, clock=True)
    words = (
        f"As of {when}" if when else "",
        counted(account.reports, "report"),
        counted(account.origins, "independent origin"),
        cited_outlets(account),
    )
    return tuple(each for each in words if each)


def _line(view: View, number: int, line: Line) -> LineView:
    reports = {citation.report for citation in line.citations}
    origins = {view.origin_of[report].id if report in view.origin_of else report for report in reports}
    words = STATUS_WORDS[line.status]
    told = next((claim for claim in line.claims if view.claims[claim].status is not Status.OPEN), None)
    return LineView(
        id=line.id,
        number=number,
        text=line.text,
        status=StatusView(line.status, words.name, words.meaning, rule_words(line.rule)),
        rests_on=f"This line cites {counted(len(reports), 'report')}, going back to {counted(len(origins), 'origin')}.",
        lead=told,
        signing=signing(view, view.claims[told]) if told else None,
        claims=line.claims,
        question=line.question,
        citations=tuple(_citation(view, citation) for citation in line.citations),
    )


def _citation(view: View, citation: Citation) -> CitationView:
    return CitationView(
        report=citation.report,
        statement=citation.statement,
        label=citation_words(citation, this_year=year_of(view.story.last)),
        exact=" ".join(citation.exact.split()),
        withdrawn=citation.report in view.withdrawals,
    )
