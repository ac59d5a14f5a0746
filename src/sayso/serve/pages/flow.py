"""Who has it from whom: the reports of a story in time, by outlet, and what ties each to the one it derives from."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from sayso.account.labels import date_words, outlet_words
from sayso.model import Edge, EdgeKind
from sayso.serve.pages.paging import Paging, part_of
from sayso.serve.pages.parts import ReportRef, report_ref
from sayso.serve.pages.report import EDGE_WORDS
from sayso.serve.pages.view import View

#: Above so many reports the drawing shows outlets: points and arcs of more lie on each other.
MOST_DRAWN = 200
#: Outlets in the summary; those with fewest ties are counted.
MOST_OUTLETS = 40


@dataclass(frozen=True, slots=True)
class Node:
    """A report on the drawing. ``at`` is when it came out (ISO 8601, None where nobody knows), ``row`` the place of its outlet in
    `FlowPage.outlets`; ``origin`` numbers the origin it belongs to from 1, ``alone`` says that no other report does."""

    report: str
    at: str | None
    when: str
    title: str
    outlet: str
    row: int
    origin: int
    alone: bool
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class Tie:
    """One edge of the drawing, from ``derived`` to ``base``: places in `FlowPage.nodes`."""

    derived: int
    base: int
    kind: EdgeKind
    words: str
    score: float


@dataclass(frozen=True, slots=True)
class OutletTie:
    """How often reports of one outlet derive from reports of another, by kind; the ends are places in `FlowPage.outlets`."""

    derived: int
    base: int
    kind: EdgeKind
    words: str
    count: int


@dataclass(frozen=True, slots=True)
class EdgeRow:
    """One edge in the list: ``derived`` stands to ``base`` as ``words`` say, by ``reasons``, with a score from 0 to 1."""

    derived: ReportRef
    base: ReportRef
    kind: EdgeKind
    words: str
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OutletRow:
    """An outlet: how many reports it has here, how many of them have it from another report, how many others have it from them."""

    name: str
    reports: int
    derived: int
    base: int


@dataclass(frozen=True, slots=True)
class FlowPage:
    """Who has it from whom. ``nodes`` and ``ties`` are those of the drawing, empty above `MOST_DRAWN` reports, where
    ``outlet_ties`` sum them up. ``outlets`` are the rows, ``edges`` the part of all edges that ``paging`` tells, the surest first.

    ``origins`` counts the independent ways of knowing, ``shared`` those of more than one report.
    """

    story: str
    title: str
    as_of: str | None
    reports: int
    origins: int
    shared: int
    outlets: tuple[OutletRow, ...]
    more_outlets: int
    nodes: tuple[Node, ...]
    ties: tuple[Tie, ...]
    outlet_ties: tuple[OutletTie, ...]
    kinds: tuple[tuple[EdgeKind, str, int], ...]
    edges: tuple[EdgeRow, ...]
    paging: Paging


@dataclass(frozen=True, slots=True)
class Flow:
    """The graph of a story before it is shown: its edges, the surest first, and its outlets in the order of their first report."""

    edges: tuple[Edge, ...]
    outlets: tuple[OutletRow, ...]
    row_of: dict[str, int]  # by report id


def flow_page(view: View, *, start: int = 0) -> FlowPage:
    """The context of ``/stories/{id}/flow``."""
    flow = view.flow
    shown, paging = part_of(flow.edges, start)
    kinds = Counter(edge.kind for edge in flow.edges)
    small = len(view.reports) <= MOST_DRAWN
    nodes = _nodes(view) if small else ()
    outlets, outlet_ties = (flow.outlets, ()) if small else _summed(flow)
    return FlowPage(
        story=view.story.id,
        title=view.account.title,
        as_of=view.as_of,
        reports=len(view.reports),
        origins=len(view.linked.origins),
        shared=sum(len(origin.reports) > 1 for origin in view.linked.origins),
        outlets=outlets,
        more_outlets=len(flow.outlets) - len(outlets),
        nodes=nodes,
        ties=_ties(flow, nodes),
        outlet_ties=outlet_ties,
        kinds=tuple((kind, EDGE_WORDS[kind][0], kinds[kind]) for kind in EdgeKind if kinds[kind]),
        edges=tuple(_edge_row(view, edge) for edge in shown),
        paging=paging,
    )


def make_flow(view: View) -> Flow:
    """The graph of a story. One pass over all its reports and edges: keep it (`View.flow`)."""
    edges = [
        edge
        for origin in view.linked.origins
        for edge in origin.edges
        if edge.derived in view.reports and edge.base in view.reports
    ]
    edges.sort(key=lambda edge: (edge.kind is EdgeKind.FAMILY, -edge.score, edge.derived, edge.base, edge.kind))
    derived = {edge.derived for edge in edges if edge.kind is not EdgeKind.FAMILY}
    base = {edge.base for edge in edges if edge.kind is not EdgeKind.FAMILY}
    of_outlet: dict[str, list[str]] = defaultdict(list)
    for report in sorted(view.reports.values(), key=lambda r: (r.published.value if r.published else "9", r.id)):
        of_outlet[outlet_words(report.outlet, report.url, report.id)].append(report.id)
    rows = tuple(
        OutletRow(name, len(reports), len(derived.intersection(reports)), len(base.intersection(reports)))
        for name, reports in of_outlet.items()
    )
    row_of = {report: row for row, reports in enumerate(of_outlet.values()) for report in reports}
    return Flow(tuple(edges), rows, row_of)


def _nodes(view: View) -> tuple[Node, ...]:
    """Every report, by time of publication; those of unknown time last."""
    numbers: dict[str, int] = {}
    nodes = []
    for report in sorted(view.reports.values(), key=lambda r: (r.published.value if r.published else "9", r.id)):
        origin = view.origin_of.get(report.id)
        number = numbers.setdefault(origin.id if origin else report.id, len(numbers) + 1)
        ref = report_ref(view, report.id)
        nodes.append(
            Node(
                report=report.id,
                at=ref.published,
                when=date_words(ref.published, clock=True),
                title=ref.title,
                outlet=ref.outlet,
                row=view.flow.row_of[report.id],
                origin=number,
                alone=origin is None or len(origin.reports) == 1,
                withdrawn=ref.withdrawn,
            )
        )
    return tuple(nodes)


def _ties(flow: Flow, nodes: tuple[Node, ...]) -> tuple[Tie, ...]:
    place = {node.report: at for at, node in enumerate(nodes)}
    return tuple(
        Tie(place[edge.derived], place[edge.base], edge.kind, EDGE_WORDS[edge.kind][0], round(edge.score, 2))
        for edge in flow.edges
        if edge.derived in place and edge.base in place
    )


def _summed(flow: Flow) -> tuple[tuple[OutletRow, ...], tuple[OutletTie, ...]]:
    """The outlets with most ties to others, and how often each has it from each."""
    counts = Counter((flow.row_of[edge.derived], flow.row_of[edge.base], edge.kind) for edge in flow.edges)
    weight: Counter[int] = Counter()
    for (derived, base, _), count in counts.items():
        if derived != base:
            weight[derived] += count
            weight[base] += count
    order = sorted(range(len(flow.outlets)), key=lambda row: (-weight[row], -flow.outlets[row].reports, row))
    kept = sorted(order[:MOST_OUTLETS])
    place = {row: at for at, row in enumerate(kept)}
    ties = [
        OutletTie(place[derived], place[base], kind, EDGE_WORDS[kind][0], count)
        for (derived, base, kind), count in counts.items()
        if derived in place and base in place and derived != base
    ]
    ties.sort(key=lambda tie: (-tie.count, tie.derived, tie.base, tie.kind))
    return tuple(flow.outlets[row] for row in kept), tuple(ties)


def _edge_row(view: View, edge: Edge) -> EdgeRow:
    return EdgeRow(
        derived=report_ref(view, edge.derived),
        base=report_ref(view, edge.base),
        kind=edge.kind,
        words=EDGE_WORDS[edge.kind][0],
        score=round(edge.score, 2),
        reasons=edge.reasons,
    )
