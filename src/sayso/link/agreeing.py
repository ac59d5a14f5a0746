"""Two statements that are near in meaning, of speakers who have nothing to do with each other: do they tell of one event?

Likeness of words and meaning alone takes half of such pairs for one claim where people see two look-alike things. The events in
brief tell more: who, whom, where, when, how many (`same_event`). On sentence pairs of ECB+ of which the likeness that is asked of
reports that derive from one another holds, precision rises from .777 to .941 where an event of both is this surely one
(`benchmarks/event_coref.py --statements`).
"""

from __future__ import annotations

from collections.abc import Sequence

from sayso.link.same_event import same_event
from sayso.link.tellings import Telling, ToldEvent, tell
from sayso.link.told import Told
from sayso.link.words import names_in
from sayso.model import Span

SURELY = 0.9


def agreeing(pairs: Sequence[tuple[Told, Told]]) -> list[bool]:
    """For each pair whether an event of the one is surely an event of the other."""
    # A pair of which one tells no event agrees on none.
    statements = {one.id: one for pair in pairs if all(each.statement.events for each in pair) for one in pair}
    reports = {one.report.id: one.report for one in statements.values()}
    names = {identifier: names_in(report.text) for identifier, report in reports.items()}
    told = [
        ToldEvent(f"{n} {one.id}", one.report.id, one.report.text, _around(one), event, names[one.report.id])
        for one in sorted(statements.values(), key=lambda t: t.id)
        for n, event in enumerate(one.statement.events)
    ]
    by_statement: dict[str, list[Telling]] = {one.id: [] for pair in pairs for one in pair}
    for telling in tell(told):
        by_statement[telling.id.split(" ", 1)[1]].append(telling)
    return [_agree(by_statement[a.id], by_statement[b.id]) for a, b in pairs]


def _around(one: Told) -> Span:
    spans = one.statement.content
    return Span(min(s.start for s in spans), max(s.end for s in spans))


def _agree(mine: Sequence[Telling], theirs: Sequence[Telling]) -> bool:
    verdicts = [same_event(a, b) for a in mine for b in theirs]
    return any(v.score >= SURELY for v in verdicts if v.veto is None) and not any(v.veto for v in verdicts)
