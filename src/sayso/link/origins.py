"""Which reports go back to one another, and so how many independent origins there are.

    1. candidates     pairs that share rare runs of words, a page, a forward, a credit, or an order of facts
    2. comparison     each pair that is worth it gets an edge or none, with reasons in words
    3. direction      who derives from whom: forwards and credits first, then time, then length
    4. family         what one outlet found out by itself is one way of knowing, in however many reports
    5. origins        groups of reports that edges connect; every report is in exactly one

When unsure, dependent. The thresholds follow what 200 hand-labelled pairs of local news taught (copies share most runs,
rewordings .13 to .37 of 3- to 5-grams, look-alikes are mostly furniture); they were checked by reading the edges they give.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from sayso.link.alignment import Aligned
from sayso.link.credits import credited_by_form, credited_by_relay, is_agency, key
from sayso.link.grouping import group
from sayso.link.passages import Passages, candidate_pairs, read_passages, shared_quotations, shared_share
from sayso.link.told import day_of
from sayso.model import Edge, EdgeKind, Extraction, Origin, Report

COPY_SHARE = 0.70  # of the shorter report's runs
REWORD_SHARE = 0.13  # of the shorter report's runs outside quotation marks: the least of the seed's true rewordings
REWORD_RUNS = 12  # and so many of them, that one shared sentence is not enough
FAMILY_SHARE = 0.40  # an outlet's follow-up that carries most of its earlier report
QUOTES_SHARED = 3  # so many long quotations in common, with some prose, are one set of notes
CREDIT_SHARE = 0.04  # a credit alone may be for one sentence; with a little shared prose it is the report's own base
RELAY_SHARE = 0.10  # one statement had from another outlet makes no report derived: more of its prose must be there
OWN_REPORTING = 0.5  # the score of an edge that says "one outlet" and no more
CREDIT_DAYS = 3.0  # two reports that credit one agency within this time carry one dispatch


@dataclass(frozen=True, slots=True)
class _Side:
    """One report as the comparison of a pair sees it."""

    report: Report
    passages: Passages
    form: frozenset[str]
    relay: frozenset[str]

    @property
    def outlet(self) -> str:
        return key(self.report.outlet or "")

    @property
    def day(self) -> float | None:
        return day_of(self.report.published.value if self.report.published else None)


def find_origins(
    reports: Sequence[Report],
    extractions: Mapping[str, Extraction],
    aligned: Mapping[tuple[str, str], Aligned] | None = None,
) -> tuple[Origin, ...]:
    """The origins of these reports; each report in exactly one. ``aligned`` comes from `alignment.align`."""
    ordered = sorted(reports, key=lambda r: r.id)
    passages = read_passages(ordered)
    sides = {
        r.id: _Side(r, passages[r.id], credited_by_form(r), credited_by_relay(r, extractions.get(r.id)))
        for r in ordered
    }
    aligned = aligned or {}
    pairs = {*candidate_pairs(passages), *_by_page(ordered), *_by_credit(sides), *aligned}
    edges = []
    for a, b in sorted(pairs):
        edge = compare(sides[a], sides[b], aligned.get((a, b)))
        if edge is not None:
            edges.append(edge)
    edges = _without_echoes(sides, edges)
    return _connect([r.id for r in ordered], [*edges, *_family(sides, edges)])


def compare(a: _Side, b: _Side, aligned: Aligned | None) -> Edge | None:
    """The edge between two reports, or None: the strongest of the signals, with every reason that speaks for it."""
    share = shared_share(a.passages.runs, b.passages.runs)
    own = shared_share(a.passages.own_runs, b.passages.own_runs)
    own_count = len(a.passages.own_runs & b.passages.own_runs)
    quotes = shared_quotations(a.passages, b.passages)
    one_outlet = bool(a.outlet) and a.outlet == b.outlet
    credit = _credit(a, b)
    reasons: list[str] = []
    kind: EdgeKind | None = None
    score = 0.0
    if a.report.url and a.report.url == b.report.url:
        kind, score = EdgeKind.COPY, 1.0
        reasons.append("two versions of one page")
    elif (forward := _forward(a, b)) and (share >= REWORD_SHARE or _short_and_equal(a, b)):
        kind, score = EdgeKind.FORWARD, 1.0
        reasons.append(forward)
    elif share >= COPY_SHARE:
        kind, score = EdgeKind.COPY, share
    elif _short_and_equal(a, b):
        kind, score = EdgeKind.COPY, 0.9
        reasons.append("the same short text")
    elif one_outlet:
        if own >= FAMILY_SHARE and own_count >= REWORD_RUNS:
            kind, score = EdgeKind.FAMILY, 0.5 + own / 2
            reasons.append("one outlet carrying on its own report")
    elif own >= REWORD_SHARE and own_count >= REWORD_RUNS:
        kind, score = EdgeKind.REWORD, min(0.95, 0.6 + own)
    elif aligned is not None:
        kind, score = EdgeKind.REWORD, aligned.score
    elif credit and own >= credit[2]:
        kind, score = EdgeKind.CREDIT, 0.8
    elif len(quotes) >= QUOTES_SHARED and own >= CREDIT_SHARE:
        kind, score = EdgeKind.QUOTE, 0.6
    elif agency := _one_agency(a, b):
        kind, score = EdgeKind.CREDIT, 0.7
        reasons.append(agency)
    if kind is None:
        return None
    if share:
        reasons.append(f"{share:.0%} of the shorter report's runs of five words stand in both")
    if quotes:
        reasons.append(
            f"{len(quotes)} quotations of eight words or more in common"
            if len(quotes) > 1
            else "a long quotation in common"
        )
    if aligned is not None:
        reasons.append(aligned.reason)
    if credit:
        reasons.append(credit[1])
    derived, base, why = _direction(a, b, credit)
    return Edge(derived, base, kind, round(score, 4), (*reasons, why))


def _credit(a: _Side, b: _Side) -> tuple[_Side, str, float] | None:
    """The side that credits the other's outlet, the reason, and the share of its prose that must be there too."""
    for side, other in ((a, b), (b, a)):
        if other.outlet and side.outlet != other.outlet:
            if other.outlet in side.form:
                return side, f"its byline, dateline or credit names {other.report.outlet}", CREDIT_SHARE
            if other.outlet in side.relay:
                return side, f"it has statements from {other.report.outlet}", RELAY_SHARE
    return None


def _one_agency(a: _Side, b: _Side) -> str | None:
    """Two reports that both carry one agency's dispatch, though the dispatch itself is not in the ledger."""
    shared = sorted(name for name in a.form & b.form if is_agency(name))
    if not shared or a.day is None or b.day is None or abs(a.day - b.day) > CREDIT_DAYS:
        return None
    some = shared_share(a.passages.own_runs, b.passages.own_runs)
    return f"both credit {shared[0].upper()}" if some >= CREDIT_SHARE else None


def _forward(a: _Side, b: _Side) -> str | None:
    for side, other in ((a, b), (b, a)):
        if side.report.forwarded_from and key(side.report.forwarded_from) == other.outlet and other.outlet:
            return f"forwarded from {other.report.outlet}"
    if (
        a.report.forwarded_from
        and b.report.forwarded_from
        and key(a.report.forwarded_from) == key(b.report.forwarded_from)
    ):
        return f"both forwarded from {a.report.forwarded_from}"
    return None


def _short_and_equal(a: _Side, b: _Side) -> bool:
    """Messages too short for runs, with the same words."""
    return 0 < a.passages.words <= 40 and a.passages.runs == b.passages.runs and bool(a.passages.runs)


def _direction(a: _Side, b: _Side, credit: tuple[_Side, str, float] | None) -> tuple[str, str, str]:
    """(derived, base, why): forwards and credits tell it surely, time mostly, length hardly."""
    for side, other in ((a, b), (b, a)):
        if side.report.forwarded_from and key(side.report.forwarded_from) == other.outlet:
            return side.report.id, other.report.id, "the forward names it"
    if credit is not None:
        other = b if credit[0] is a else a
        return credit[0].report.id, other.report.id, "the one that credits derives from the credited"
    precise = (a.report.published and b.report.published) and a.report.published.value != b.report.published.value
    if precise and a.day is not None and b.day is not None and a.day != b.day:
        late, early = (a, b) if a.day > b.day else (b, a)
        return late.report.id, early.report.id, "the other was published earlier"
    if a.passages.words != b.passages.words:
        short, long = sorted((a, b), key=lambda s: s.passages.words)
        return short.report.id, long.report.id, "times tell nothing; the other is longer"
    late_id, early_id = max(a.report.id, b.report.id), min(a.report.id, b.report.id)
    return late_id, early_id, "direction unknown"


def _by_page(reports: Sequence[Report]) -> set[tuple[str, str]]:
    """Versions of one address, and forwards with the channel they name."""
    groups: dict[str, list[str]] = defaultdict(list)
    for report in reports:
        if report.url:
            groups[f"url {report.url}"].append(report.id)
        if report.forwarded_from:
            groups[f"channel {key(report.forwarded_from)}"].append(report.id)
    return {(ids[0], other) for ids in groups.values() for other in ids[1:]}


def _by_credit(sides: Mapping[str, _Side]) -> set[tuple[str, str]]:
    """Reports with the reports of the outlet they credit, a few days around; and those that credit one agency."""
    by_outlet: dict[str, list[str]] = defaultdict(list)
    for identifier in sorted(sides):
        if outlet := sides[identifier].outlet:
            by_outlet[outlet].append(identifier)
    pairs = set()
    wires: dict[tuple[str, int], list[str]] = defaultdict(list)
    for identifier in sorted(sides):
        side = sides[identifier]
        names = side.form | side.relay
        if side.report.forwarded_from:
            names |= {key(side.report.forwarded_from)}
        for name in sorted(names):
            for other in by_outlet.get(name, ()):
                if other != identifier and _near(side, sides[other]):
                    pairs.add((min(identifier, other), max(identifier, other)))
        for name in sorted(side.form):
            if is_agency(name) and side.day is not None:
                for shift in (0, 1):  # buckets overlap, so that neighbours across a border meet
                    wires[name, 2 * int(side.day / CREDIT_DAYS + shift / 2) + shift].append(identifier)
    for ids in wires.values():
        pairs.update((a, b) for n, a in enumerate(ids) for b in ids[n + 1 : n + 40])
    return pairs


def _near(a: _Side, b: _Side) -> bool:
    return a.day is None or b.day is None or abs(a.day - b.day) <= CREDIT_DAYS


def _without_echoes(sides: Mapping[str, _Side], edges: Sequence[Edge]) -> list[Edge]:
    """The edges without those in which an outlet would derive from a report that itself derives from that outlet: what the
    two share is the outlet's own earlier text."""
    outlets = {identifier: side.outlet for identifier, side in sides.items()}
    taken: dict[str, set[str]] = defaultdict(set)
    for edge in edges:
        taken[edge.derived].add(outlets[edge.base])
    return [
        e
        for e in edges
        if not (outlets[e.derived] and outlets[e.derived] != outlets[e.base] and outlets[e.derived] in taken[e.base])
    ]


def is_family_only(edge: Edge) -> bool:
    """Whether an edge says that one outlet made both reports, and nothing of their texts."""
    return edge.kind is EdgeKind.FAMILY and edge.score <= OWN_REPORTING


def derivation_groups(ids: Sequence[str], edges: Sequence[Edge]) -> dict[str, str]:
    """For every report the first of those that edges connect it with: reports whose sentences may be one another's."""
    groups = group(sorted(ids), [(e.derived, e.base, e.score) for e in edges])
    return {identifier: members[0] for members in groups for identifier in members}


def _family(sides: Mapping[str, _Side], edges: Sequence[Edge]) -> list[Edge]:
    """A chain, in the order of time, through the reports of each outlet that carry nobody else's.

    What an outlet took from another belongs to that one's origin and is no link between the two: else one agency's story
    in every paper would make one origin of them all.
    """
    outlets = {identifier: side.outlet for identifier, side in sides.items()}
    carried = {e.derived for e in edges if outlets[e.derived] != outlets[e.base]}
    carried |= {identifier for identifier, side in sides.items() if side.report.forwarded_from}
    known = {frozenset((e.derived, e.base)) for e in edges}
    chains: dict[str, list[_Side]] = defaultdict(list)
    for identifier in sorted(sides):
        if outlets[identifier] and identifier not in carried:
            chains[outlets[identifier]].append(sides[identifier])
    found = []
    for chain in chains.values():
        chain.sort(key=lambda s: (s.day if s.day is not None else float("-inf"), s.report.id))
        for early, late in pairwise(chain):
            if frozenset((early.report.id, late.report.id)) not in known:
                reason = f"both are {late.report.outlet}'s own reporting"
                found.append(Edge(late.report.id, early.report.id, EdgeKind.FAMILY, OWN_REPORTING, (reason,)))
    return found


def _connect(ids: Sequence[str], edges: Sequence[Edge]) -> tuple[Origin, ...]:
    groups = group(ids, [(e.derived, e.base, e.score) for e in edges])
    home = {identifier: n for n, members in enumerate(groups) for identifier in members}
    by_group: dict[int, list[Edge]] = defaultdict(list)
    for edge in edges:
        by_group[home[edge.derived]].append(edge)
    found = []
    for n, members in enumerate(groups):
        own = sorted(by_group[n], key=lambda e: (e.derived, e.base, e.kind.value))
        found.append(Origin(Origin.make_id(reports=members), tuple(sorted(members)), tuple(own)))
    return tuple(sorted(found, key=lambda o: o.id))
