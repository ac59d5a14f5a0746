"""Origins: which reports go back to one way of knowing, and why. When unsure: dependent.

Pairs worth comparing share runs of words outside quotation marks (two outlets may quote one speaker and still both
have been there); furniture that an outlet repeats on its pages does not count.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sayso.link.words import shingles, tokens
from sayso.model import BlockKind, Edge, EdgeKind, Kind, Origin, Report, Statement

RUN = 6  # words; runs of 5 join strangers by stock phrases, runs of 8 miss rewordings (200 hand-labelled pairs)
# Shares of the shorter report that stand in the longer one, from the same pairs: rewordings share about a third.
COPY_SHARE = 0.80
REWORD_SHARE = 0.15
LEAST_RUNS = 8  # fewer shared runs than this is one sentence at most
CREDIT_SHARE = 0.02  # a credit line and any run of shared words at all
FURNITURE_REPORTS = 3  # a run in this many reports of one outlet is its furniture
COMMON_REPORTS = 25  # a run in more reports than this says nothing about any pair

_QUOTED = re.compile(r"[“\"][^”\"\n]*[”\"]")
_READ = (BlockKind.PARAGRAPH, BlockKind.LIST, BlockKind.QUOTE)


@dataclass(frozen=True)
class _Prose:
    report: Report
    runs: frozenset[tuple[str, ...]]


def find_edges(reports: Sequence[Report]) -> tuple[Edge, ...]:
    """Every derivation between two of these reports that their words, credits or addresses show."""
    prose = _without_furniture([_Prose(r, _runs(r)) for r in sorted(reports, key=lambda r: r.id)])
    by_run: dict[tuple[str, ...], list[int]] = {}
    for number, each in enumerate(prose):
        for run in each.runs:
            by_run.setdefault(run, []).append(number)
    shared: Counter[tuple[int, int]] = Counter()
    for holders in by_run.values():
        if len(holders) <= COMMON_REPORTS:
            shared.update((a, b) for n, a in enumerate(holders) for b in holders[n + 1 :])
    edges = {}
    for (a, b), count in shared.items():
        edge = _edge(prose[a], prose[b], count)
        if edge:
            edges[edge.derived, edge.base] = edge
    for edge in _versions(reports):
        edges.setdefault((edge.derived, edge.base), edge)
    return tuple(edges[key] for key in sorted(edges))


def group(reports: Sequence[Report], edges: Iterable[Edge]) -> tuple[Origin, ...]:
    """The origins: reports that edges connect are one. Every report is in exactly one."""
    parent = {r.id: r.id for r in reports}

    def root(node: str) -> str:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    edges = tuple(edges)
    for edge in edges:
        one, two = sorted((root(edge.derived), root(edge.base)))
        parent[two] = one
    members: dict[str, list[str]] = {}
    for report in sorted(parent):
        members.setdefault(root(report), []).append(report)
    return tuple(
        Origin(Origin.make_id(reports=tuple(ids)), tuple(ids), tuple(e for e in edges if e.derived in ids))
        for ids in sorted(members.values())
    )


def independent_origins(
    statements: Sequence[Statement], origin_of: Mapping[str, str], actor_of: Mapping[str, str]
) -> frozenset[str]:
    """The independent ways in which a claim is known.

    Everyone who quotes one named actor goes back to that actor; an unnamed speaker and an outlet's own words go back
    to the report's origin. An outlet's own words do not count beside a speaker whom the same origin quotes: they may
    well rest on that speaker.
    """
    spoken = {
        (
            f"actor {actor_of.get(s.actor.id, s.actor.id)}"
            if s.actor.name[:1].isupper()
            else f"report {origin_of[s.report]}"
        ): origin_of[s.report]
        for s in statements
        if s.actor is not None
    }
    carried = {origin_of[s.report] for s in statements if s.actor is not None}
    own = {
        f"report {origin_of[s.report]}"
        for s in statements
        if s.kind is Kind.VOICE and origin_of[s.report] not in carried
    }
    known = sorted(frozenset(spoken) | own)
    # Two speakers on one page are two voices but one outlet's choice of words: no more ways than origins of reports.
    return frozenset(known[: len({origin_of[s.report] for s in statements})])


def _runs(report: Report) -> frozenset[tuple[str, ...]]:
    found: set[tuple[str, ...]] = set()
    for block in report.blocks:
        if block.kind in _READ:
            words = [w.casefold() for w in tokens(_QUOTED.sub(" ", block.span.of(report.text)))]
            if len(words) >= RUN:
                found |= shingles(words, RUN)
    return frozenset(found)


def _without_furniture(prose: list[_Prose]) -> list[_Prose]:
    counts: Counter[tuple[str, tuple[str, ...]]] = Counter()
    for each in prose:
        counts.update((each.report.outlet or "", run) for run in each.runs)
    return [
        _Prose(
            p.report,
            frozenset(r for r in p.runs if not p.report.outlet or counts[p.report.outlet, r] < FURNITURE_REPORTS),
        )
        for p in prose
    ]


def _edge(a: _Prose, b: _Prose, count: int) -> Edge | None:
    share = count / max(1, min(len(a.runs), len(b.runs)))
    derived, base = _direction(a.report, b.report)
    credit = _credits(derived, base) or _credits(base, derived)
    if credit and _credits(base, derived):
        derived, base = base, derived
    words = f"{share:.0%} of the shorter text's runs of {RUN} words stand in the other ({count})"
    if derived.forwarded_from and base.outlet and derived.forwarded_from.casefold() == base.outlet.casefold():
        return Edge(derived.id, base.id, EdgeKind.FORWARD, 1.0, (f"forwarded from {base.outlet}", words))
    if share >= COPY_SHARE and count >= LEAST_RUNS:
        kind = EdgeKind.COPY
    elif share >= REWORD_SHARE and count >= LEAST_RUNS:
        kind = EdgeKind.REWORD
    elif credit and share >= CREDIT_SHARE:
        kind = EdgeKind.CREDIT
    else:
        return None
    return Edge(
        derived.id,
        base.id,
        kind,
        round(min(1.0, share + (0.3 if credit else 0.0)), 4),
        (words, *((credit,) if credit else ())),
    )


def _direction(a: Report, b: Report) -> tuple[Report, Report]:
    """(derived, base): the later published derives; of equals the shorter; of equals the greater id."""
    ordered = sorted((a, b), key=lambda r: (r.published.value if r.published else "9999", -len(r.text), r.id))
    return ordered[1], ordered[0]


def _credits(report: Report, other: Report) -> str | None:
    """Whether a report credits the other's outlet in its byline, dateline or credit line."""
    if not other.outlet or not report.outlet or report.outlet == other.outlet:
        return None
    name = other.outlet.casefold()
    places = [report.byline or ""]
    places += [b.span.of(report.text) for b in report.blocks if b.kind in (BlockKind.DATELINE, BlockKind.CREDIT)]
    return f"credits {other.outlet}" if any(name in p.casefold() for p in places) else None


def _versions(reports: Sequence[Report]) -> list[Edge]:
    by_url: dict[str, list[Report]] = {}
    for report in reports:
        if report.url:
            by_url.setdefault(report.url, []).append(report)
    edges = []
    for versions in by_url.values():
        ordered = sorted(
            versions, key=lambda r: (r.published.value if r.published else "", r.edited.value if r.edited else "", r.id)
        )
        edges += [
            Edge(later.id, earlier.id, EdgeKind.COPY, 1.0, ("a later version of the same address",))
            for earlier, later in zip(ordered, ordered[1:], strict=False)
        ]
    return edges
