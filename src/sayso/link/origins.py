"""Which reports go back to one another, and so how many independent origins there are.

    1. candidates     pairs that share rare runs of words, a page, a forward, a credit, or an order of facts
    2. comparison     each pair that is worth it gets an edge or none, with reasons and a direction    pairing, derivation
    3. echoes         what an outlet shares with its own copyist is its own earlier text
    4. family         what one publisher found out by itself is one way of knowing, in however many reports
    5. origins        groups of reports that edges connect; every report is in exactly one

When unsure, dependent.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

from sayso.link.credits import credited_by_form, credited_by_relay, is_agency, key
from sayso.link.derivation import read_prose, told_prose
from sayso.link.embed import Vector
from sayso.link.fingerprints import Laid, digest_of
from sayso.link.grouping import group
from sayso.link.judged import NOBODY, Judged
from sayso.link.likeness import Prose
from sayso.link.pairing import CREDIT_DAYS, Found, Side, compare
from sayso.link.passages import Furniture, Passages, candidate_pairs, find_furniture, read_passages
from sayso.link.publishers import Publishers
from sayso.link.remembered import Remembered
from sayso.link.told import Told
from sayso.model import Edge, EdgeKind, Extraction, Origin, Report

OWN_REPORTING = 0.5  # the score of an edge that says "one outlet" and no more
SHARED_MAKER = frozenset((EdgeKind.COMMON,))
"""Edges of reports that go back to one release: neither derives from the other."""


def find_origins(
    reports: Sequence[Report],
    extractions: Mapping[str, Extraction],
    near: Iterable[tuple[str, str]] = (),
    told: Read | None = None,
    furniture: Furniture = frozenset(),
    judged: Judged = NOBODY,
) -> tuple[Origin, ...]:
    """The origins of these reports; each report in exactly one.

    ``near`` are pairs of reports that may tell the same in the same order (from `alignment.told_alike`). ``told`` has the
    statements with their vectors; without it the sentences of the reports are compared. ``furniture`` is what their outlets
    print elsewhere too, ``judged`` what people said of pairs of reports and of outlets.
    """
    ordered = sorted(reports, key=lambda r: r.id)
    furniture = furniture | find_furniture(ordered)
    passages = read_passages(ordered, furniture)

    def side(report: Report) -> Side:
        read = (
            partial(_prose_of, report, passages[report.id], told)
            if told
            else partial(read_prose, report, furniture=furniture)
        )
        relay = credited_by_relay(report, extractions.get(report.id))
        return Side(report, passages[report.id], credited_by_form(report), relay, read, without_furniture=True)

    sides = {r.id: side(r) for r in ordered}
    pairs = {*candidate_pairs(passages), *_by_page(ordered), *_by_credit(sides), *near}
    pairs = {pair for pair in pairs if pair not in judged.dropped} | {
        p for p in judged.accepted if {*p} <= sides.keys()
    }
    edges = []
    for (a, b), edge in _compared(sides, sorted(pairs), told).items():
        if edge is not None:
            edges.append(edge)
        elif (a, b) in judged.accepted:
            base, derived = sorted((sides[a].report, sides[b].report), key=_age)
            edges.append(Edge(derived.id, base.id, EdgeKind.CREDIT, 1.0, (f"{judged.accepted[a, b]} says so",)))
    edges = _without_echoes(sides, edges)
    family = [
        e for e in _family(sides, edges, Publishers(judged)) if tuple(sorted((e.derived, e.base))) not in judged.dropped
    ]
    return _connect([r.id for r in ordered], [*edges, *family])


def _age(report: Report) -> tuple[str, str]:
    return (report.published.value if report.published else report.capture.captured_at, report.id)


@dataclass(frozen=True, eq=False)
class Read:
    """The statements of all reports with their vectors, and which of them are whose."""

    told: Sequence[Told]
    rows: Vector
    laid: Mapping[str, Laid]


_COMPARED: Remembered[tuple[bytes, bytes], Edge | None] = Remembered(100_000)  # some 40 MB


def _compared(
    sides: Mapping[str, Side], pairs: Sequence[tuple[str, str]], read: Read | None
) -> dict[tuple[str, str], Edge | None]:
    """The edge between the two reports of each pair, or None; pairs that were compared before are not compared again."""
    if read is None:
        return {(a, b): _edge(compare(sides[a], sides[b])) for a, b in pairs}
    marks = {identifier: _mark(sides[identifier], read) for identifier in {i for pair in pairs for i in pair}}
    by_mark = {(marks[a], marks[b]): (a, b) for a, b in pairs}

    def work_out(missing: Sequence[tuple[bytes, bytes]]) -> Iterator[Edge | None]:
        for a, b in map(by_mark.__getitem__, missing):
            yield _edge(compare(sides[a], sides[b]))

    return {by_mark[mark]: edge for mark, edge in _COMPARED.of(by_mark, work_out).items()}


def _edge(found: Found) -> Edge | None:
    if found.kind is None:
        return None
    return Edge(found.derived.report.id, found.base.report.id, found.kind, found.score, found.reasons)


def _mark(side: Side, read: Read) -> bytes:
    """All that `compare` looks at, as a digest."""
    report, laid = side.report, read.laid.get(side.report.id)
    published = report.published.value if report.published else ""
    told = (report.id, report.text, report.url or "", report.outlet or "", published, report.forwarded_from or "")
    credits = (str(len(side.form)), *sorted(side.form), *sorted(side.relay))
    return digest_of((*told, *credits, "", *side.passages.paragraphs), laid.digest if laid is not None else b"")


def _prose_of(report: Report, passages: Passages, read: Read) -> Prose:
    mine = list(read.laid[report.id].places) if report.id in read.laid else []
    return told_prose(report, passages, [read.told[n] for n in mine], read.rows[mine])


def _by_page(reports: Sequence[Report]) -> set[tuple[str, str]]:
    """Versions of one address, and forwards with the channel they name."""
    groups: dict[str, list[str]] = defaultdict(list)
    for report in reports:
        if report.url:
            groups[f"url {report.url}"].append(report.id)
        if report.forwarded_from:
            groups[f"channel {key(report.forwarded_from)}"].append(report.id)
    return {(ids[0], other) for ids in groups.values() for other in ids[1:]}


def _by_credit(sides: Mapping[str, Side]) -> set[tuple[str, str]]:
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


def _near(a: Side, b: Side) -> bool:
    return a.day is None or b.day is None or abs(a.day - b.day) <= CREDIT_DAYS


def _without_echoes(sides: Mapping[str, Side], edges: Sequence[Edge]) -> list[Edge]:
    """The edges without those in which an outlet would derive from a report that itself derives from that outlet: what the
    two share is the outlet's own earlier text."""
    outlets = {identifier: side.outlet for identifier, side in sides.items()}
    taken: dict[str, set[str]] = defaultdict(set)
    for edge in edges:
        if edge.kind not in SHARED_MAKER:
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


def _family(sides: Mapping[str, Side], edges: Sequence[Edge], publishers: Publishers) -> list[Edge]:
    """A chain, in the order of time, through the reports of each publisher that carry nobody else's.

    What an outlet took from another belongs to that one's origin and is no link between the two: else one agency's story
    in every paper would make one origin of them all.
    """
    outlets = {identifier: side.outlet for identifier, side in sides.items()}
    across = [e for e in edges if outlets[e.derived] != outlets[e.base]]
    carried = {e.derived for e in across} | {e.base for e in across if e.kind in SHARED_MAKER}
    carried |= {identifier for identifier, side in sides.items() if side.report.forwarded_from}
    known = {frozenset((e.derived, e.base)) for e in edges}
    chains: dict[str, list[Side]] = defaultdict(list)
    for identifier in sorted(sides):
        if outlets[identifier] and identifier not in carried:
            family = publishers.of(sides[identifier].report.outlet)
            chains[f"publisher {family}" if family else outlets[identifier]].append(sides[identifier])
    found = []
    for chain in chains.values():
        chain.sort(key=lambda s: (s.day if s.day is not None else float("-inf"), s.report.id))
        for early, late in pairwise(chain):
            if frozenset((early.report.id, late.report.id)) not in known:
                one_outlet = outlets[early.report.id] == outlets[late.report.id]
                whose = late.report.outlet if one_outlet else publishers.of(late.report.outlet)
                reason = f"both are {whose}'s own reporting"
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
