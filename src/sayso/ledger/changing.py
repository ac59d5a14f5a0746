"""What changed between two states of one ledger: from the linked records of each to changes with words and citations."""

from __future__ import annotations

from collections.abc import Mapping

from sayso import pipeline
from sayso.ledger.state import State
from sayso.model import Changes, EdgeKind, Judgement, Linked
from sayso.pipeline import Steps

_REPEATS = (EdgeKind.COPY, EdgeKind.REWORD, EdgeKind.PARTIAL, EdgeKind.TRANSLATE, EdgeKind.FORWARD, EdgeKind.CREDIT)


def changes_between(
    before: State,
    after: State,
    *,
    steps: Steps,
    withdrawals: Mapping[str, Judgement],
    since: str | None = None,
    until: str | None = None,
) -> Changes:
    """What changed by claim from ``before`` to ``after``. ``withdrawals`` are the reports withdrawn as of ``after``."""
    then, now = ({report.id for report in state.reports} for state in (before, after))
    withdrawn = {i: judgement for i, judgement in sorted(withdrawals.items()) if i in then - now}
    statements = [s.id for x in before.extractions if x.report in withdrawn for s in x.statements]
    reports = {report.id: report for state in (before, after) for report in state.reports}
    extractions = {x.report: x for state in (before, after) for x in state.extractions}
    worded = pipeline.word_changes(
        pipeline.find_changes(before.linked, after.linked, withdrawn=statements),
        tuple(reports[i] for i in sorted(reports)),
        tuple(extractions[i] for i in sorted(extractions)),
        after.linked,
        accounts=[
            steps.account(state.reports, state.extractions, state.linked, title=None, as_of=as_of)
            for state, as_of in ((after, until), (before, since))
        ],
        withdrawals=withdrawn,
    )
    return Changes(since, until, tuple(sorted(now - then)), tuple(withdrawn), worded)


def copies_of(report: str, linked: Linked) -> tuple[str, ...]:
    """The reports that derive from one, straight or through others, by id: another outlet's copy falls with nobody's say-so."""
    found = {report}
    edges = [e for origin in linked.origins for e in origin.edges if e.kind in _REPEATS]
    while more := {e.derived for e in edges if e.base in found} - found:
        found |= more
    return tuple(sorted(found - {report}))
