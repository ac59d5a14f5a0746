"""How the answers to each question about numbers changed, and who gave them: a ledger from Python.

    python examples/watch_a_question.py [FOLDER]

Reads the reports of FOLDER (the three of examples/weir if left out) into a ledger in a temporary folder.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from sayso import ledger as ledgers
from sayso.model import Slot


def main(folder: str) -> None:
    with tempfile.TemporaryDirectory() as made, ledgers.open(str(Path(made) / "watch.db"), create=True) as ledger:
        ledger.add([folder])
        linked = ledger.linked()
        reports = {report.id: report for report in ledger.reports()}
        statements = {statement.id: statement for statement in ledger.statements()}
        claims = {claim.id: claim for claim in linked.claims}
        for question in linked.questions:
            if question.slot is not Slot.HOW_MANY:
                continue
            print(question.text)
            for claim in (claims[each] for each in question.claims):
                print(f"  {claim.answer.text} ({claim.status}: {claim.rule})")
                for statement in (statements[each] for each in claim.statements):
                    report = reports[statement.report]
                    who = statement.actor.name if statement.actor else "in its own voice"
                    print(f"    {report.published.value if report.published else 'undated'}, {report.outlet}: {who}")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "examples/weir")
