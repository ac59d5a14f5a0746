"""Withdrawing a report, and undoing it: what was judged, and what that changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sayso.ledger.changing import changes_between, copies_of
from sayso.ledger.judging import Judging
from sayso.ledger.past import Past
from sayso.model import Judgement, Verdict, Withdrawal
from sayso.pipeline import Steps


def withdraw(
    judging: Judging, past: Past, steps: Steps, make: Callable[[], Judgement], report: Callable[[Judgement], str]
) -> Withdrawal:
    """``make`` appends the judgement, ``report`` gives the id of the report that it speaks of."""
    before = past.state(None)
    made = make()
    after = past.state(None)
    withdrawals: Mapping[str, Judgement] = judging.withdrawals(None)
    changes = changes_between(before, after, steps=steps, withdrawals=withdrawals)
    linked = before.linked if made.verdict is Verdict.WITHDRAW else after.linked
    whole = report(made)
    return Withdrawal(made, whole, copies_of(whole, linked), changes)
