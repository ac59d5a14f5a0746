"""The whole way on the demonstration, from its reports to the account, measured against its truth.

Run with ``-s`` to see the table and every miss. A floor is what was measured, a little lower: raise it when the figure
rises, and never lower it without saying why.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from sayso.demo import copy_reports, load_truth
from tests.demo.matching import places_of, reports_by_key
from tests.demo.score import Score, score, table

TRUTH = load_truth()

FLOORS: dict[str, float] = {}

MOST_LINES = 40  # a reader's page, not a dump


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> Score:
    """The demonstration in a ledger of its own, scored."""
    from sayso import ledger as ledgers

    folder = tmp_path_factory.mktemp("demo")
    copy_reports(folder / "reports")
    with ledgers.open(str(folder / "ledger.db"), create=True) as ledger:
        result = ledger.add([str(folder / "reports")])
        assert result.problems == ()
        found = score(TRUTH, ledger.reports(), ledger.extractions(), ledger.linked(), ledger.account())
    print("\n" + table(found))  # noqa: T201  (the figures are what this test is for; pytest shows them with -s)
    return found
