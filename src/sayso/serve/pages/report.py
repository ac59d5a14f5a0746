"""A report as captured, with its statements marked, where its passages came from, and its other versions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from sayso.account.labels import date_words
from sayso.model import BlockKind, Edge, EdgeKind, Report, Span, Statement
from sayso.serve.pages.deciding import GradingView, grading
from sayso.serve.pages.parts import (
    ACT_WORDS,
    ClaimRef,
    JudgementView,
    ReportRef,
    StatementView,
    actor_ref,
    claim_ref,
    judgement_views,
    report_ref,
    statement_view,
    time_words,
)
from sayso.serve.pages.view import View

# How a report stands to another that it derives from, and the other way round.
EDGE_WORDS: dict[EdgeKind, tuple[str, str]] = {
    EdgeKind.COPY: ("is a copy of", "was copied by"),
    EdgeKind.REWORD: ("rewords", "was reworded by"),
    EdgeKind.PARTIAL: ("takes a part from", "was taken from, in part, by"),
    EdgeKind.TRANSLATE: ("translates", "was translated by"),
    EdgeKind.QUOTE: ("quotes", "is quoted by"),
    EdgeKind.CREDIT: ("credits", "is credited by"),
    EdgeKind.FORWARD: ("forwards", "was forwarded by"),
    EdgeKind.FAMILY: ("has the same publisher as", "has the same publisher as"),
    EdgeKind.COMMON: ("was written from the same release as", "was written from the same release as"),
}


@dataclass(frozen=True, slots=True)
class TextPiece:
    """A run of a report's text. ``statements`` are the ids of those it is part of; ``role`` is "content", "source" or "cue" of the
    innermost, None outside; ``start`` says where it begins in the text. ``lands`` are the statements whose content begins here,
    ``told`` says in words who says it, how and when."""

    text: str
    start: int
    statements: tuple[str, ...] = ()
    lands: tuple[str, ...] = ()
    told: str | None = None
    role: str | None = None
    act: str | None = None


@dataclass(frozen=True, slots=True)
class BlockView:
    kind: str
    pieces: tuple[TextPiece, ...]


@dataclass(frozen=True, slots=True)
class EdgeView:
    """How this report stands to ``other``; ``words`` read from this one to that."""

    kind: str
    words: str
    other: ReportRef
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StatementItem:
    """A statement of the report with the claims that rest on it."""

    statement: StatementView
    claims: tuple[ClaimRef, ...]


@dataclass(frozen=True, slots=True)
class VersionView:
    """Another capture of the same address. ``gone`` and ``come`` are the claims that only the earlier, or only the later one has."""

    report: ReportRef
    captured: str
    current: bool
    gone: tuple[ClaimRef, ...]
    come: tuple[ClaimRef, ...]


@dataclass(frozen=True, slots=True)
class ReportPage:
    """The whole text of a report in blocks, with who says what in it. ``facts`` are (label, value) pairs in words."""

    story: str
    report: ReportRef
    as_of: str | None
    language: str | None
    facts: tuple[tuple[str, str], ...]
    problems: tuple[str, ...]
    blocks: tuple[BlockView, ...]
    statements: tuple[StatementItem, ...]
    origin: str | None
    one_origin_with: tuple[ReportRef, ...]
    edges: tuple[EdgeView, ...]
    versions: tuple[VersionView, ...]
    grading: GradingView
    judgements: tuple[JudgementView, ...]


def report_page(view: View, report_id: str) -> ReportPage:
    """The context of ``/reports/{id}``. Raises UsageError for a report that is not of this story."""
    report = view.report(report_id)
    extraction = view.extractions.get(report.id)
    statements = extraction.statements if extraction else ()
    origin = view.origin_of.get(report.id)
    return ReportPage(
        story=view.story.id,
        report=report_ref(view, report.id),
        as_of=view.as_of,
        language=report.language,
        facts=tuple(_facts(view, report)),
        problems=tuple(f"{problem.what}. {problem.remedy}" for problem in report.problems),
        blocks=tuple(_blocks(view, report, statements)),
        statements=tuple(_items(view, statements)),
        origin=origin.id if origin else None,
        one_origin_with=tuple(
            report_ref(view, other) for other in (origin.reports if origin else ()) if other != report.id
        ),
        edges=tuple(_edges(view, report.id)),
        versions=tuple(_versions(view, report)),
        grading=grading(view, report.id),
        judgements=judgement_views(
            view.about(report.id, grading(view, report.id).outlet, *(statement.id for statement in statements))
        ),
    )


def _facts(view: View, report: Report) -> Iterator[tuple[str, str]]:
    withdrawal = view.withdrawals.get(report.id)
    if withdrawal:
        reason = f": {withdrawal.value}" if withdrawal.value else ""
        yield "Withdrawn", f"from {date_words(withdrawal.at, clock=True)} on, by {withdrawal.author}{reason}"
    if report.byline:
        yield "By", report.byline
    if report.published:
        yield "Published", date_words(report.published.value, clock=True)
    if report.edited:
        yield "Edited", date_words(report.edited.value, clock=True)
    if report.forwarded_from:
        yield "Forwarded from", report.forwarded_from
    yield "Captured", f"{date_words(report.capture.captured_at, clock=True)} ({report.capture.method})"
    yield "SHA-256", report.sha256


def _items(view: View, statements: tuple[Statement, ...]) -> Iterator[StatementItem]:
    for statement in statements:
        shown = statement_view(view, statement.id)
        if shown:
            yield StatementItem(shown, tuple(claim_ref(claim) for claim in view.claims_of.get(statement.id, ())))


def _edges(view: View, report: str) -> Iterator[EdgeView]:
    def order(edge: Edge) -> tuple[bool, float, str, str]:
        return (edge.derived != report, -edge.score, edge.derived, edge.base)

    for edge in sorted(view.edges_of.get(report, ()), key=order):
        forth = edge.derived == report
        other = edge.base if forth else edge.derived
        if other in view.reports:
            words = EDGE_WORDS[edge.kind][0 if forth else 1]
            yield EdgeView(edge.kind.value, words, report_ref(view, other), round(edge.score, 2), edge.reasons)


def _versions(view: View, report: Report) -> Iterator[VersionView]:
    """The captures of one address, oldest first, each with what it says that the one before did not."""
    same = [other for other in view.reports.values() if report.url and other.url == report.url]
    same.sort(key=lambda r: (r.published.value if r.published else "", r.edited.value if r.edited else "", r.id))
    if len(same) < 2:
        return
    said = {each.id: _said(view, each.id) for each in same}
    for before, each in pairwise([None, *same]):
        assert each is not None
        old = said[before.id] if before else said[each.id]
        yield VersionView(
            report=report_ref(view, each.id),
            captured=date_words(each.capture.captured_at, clock=True),
            current=each.id == report.id,
            gone=tuple(ref for claim, ref in old.items() if claim not in said[each.id]),
            come=tuple(ref for claim, ref in said[each.id].items() if claim not in old),
        )


def _said(view: View, report: str) -> Mapping[str, ClaimRef]:
    extraction = view.extractions.get(report)
    statements = extraction.statements if extraction else ()
    return {claim.id: claim_ref(claim) for s in statements for claim in view.claims_of.get(s.id, ())}


# ---------------------------------------------------------------------------------------------------
# The text


def _blocks(view: View, report: Report, statements: tuple[Statement, ...]) -> Iterator[BlockView]:
    """The whole text from top to bottom; what stands in no block is a paragraph, so that no word is lost."""
    at = 0
    for block in sorted(report.blocks, key=lambda block: block.span):
        if block.span.start > at and report.text[at : block.span.start].strip():
            yield _block(view, report, BlockKind.PARAGRAPH.value, Span(at, block.span.start), statements)
        start = max(at, block.span.start)
        if start < block.span.end:
            yield _block(view, report, block.kind.value, Span(start, block.span.end), statements)
        at = max(at, block.span.end)
    if report.text[at:].strip():
        yield _block(view, report, BlockKind.PARAGRAPH.value, Span(at, len(report.text)), statements)


def _block(view: View, report: Report, kind: str, span: Span, statements: tuple[Statement, ...]) -> BlockView:
    inside = [
        (s, role, part)
        for s in statements
        for role, parts in (("source", s.source), ("cue", s.cue), ("content", s.content))
        for part in parts
        if part.overlaps(span)
    ]
    edges = {span.start, span.end}
    for _, _, part in inside:
        edges |= {max(part.start, span.start), min(part.end, span.end)}
    pieces = []
    for start, end in pairwise(sorted(edges)):
        under = [(s, role, part) for s, role, part in inside if part.start <= start and end <= part.end]
        under.sort(key=lambda each: each[2].end - each[2].start)
        innermost = under[0] if under else None
        pieces.append(
            TextPiece(
                text=report.text[start:end],
                start=start,
                statements=tuple(dict.fromkeys(s.id for s, _, _ in under)),
                lands=tuple(s.id for s, role, _ in under if role == "content" and s.content[0].start == start),
                told=_told(view, innermost[0]) if innermost else None,
                role=innermost[1] if innermost else None,
                act=innermost[0].act.value if innermost else None,
            )
        )
    return BlockView(kind, tuple(pieces))


def _told(view: View, statement: Statement) -> str:
    """Who says it, how, through whom and when: "Ada Quill denies, hedged: likely; passed on by Corran Wire; said 2024-03-02"."""
    actor = actor_ref(view, statement)
    who = f"{actor.name} {ACT_WORDS[statement.act]}" if actor else "The outlet itself"
    parts = (
        who + (" that not" if statement.negated else ""),
        f"hedged: {statement.hedge.word}" if statement.hedge else "",
        f"passed on by {', '.join(hop.name for hop in statement.relay)}" if statement.relay else "",
        f"said {time_words(statement.said.value)}" if statement.said else "",
        f"of {', '.join(time_words(time.value) for time in statement.happened)}" if statement.happened else "",
    )
    return "; ".join(part for part in parts if part)
