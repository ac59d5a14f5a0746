"""The views for people who open the file: read by plain sqlite3, as Datasette reads them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import pytest

from sayso import ledger
from sayso.ledger import Ledger
from sayso.model import Verdict
from sayso.shapes import words
from tests.store.making import STEPS, captured

VIEWS = (
    "account_claims",
    "claim_reports",
    "derivations_readable",
    "relations_readable",
    "report_origins",
    "reports_readable",
    "who_said_what",
    "withdrawn_reports",
)


def rows(path: Path, query: str) -> list[dict[str, Any]]:
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as db:
        db.row_factory = sqlite3.Row
        return [dict(row) for row in db.execute(query)]


def answers_as_the_ledger_does(path: Path, opened: Ledger) -> None:
    """Every view against what the Python API tells."""
    linked, reports = opened.linked(), {report.id: report for report in opened.reports()}
    statements = {statement.id: statement for statement in opened.statements()}

    told = {row["statement"]: row for row in rows(path, "SELECT * FROM who_said_what")}
    assert told.keys() == statements.keys()
    for key, statement in statements.items():
        row, text = told[key], reports[statement.report].text
        spans = (*statement.source, *statement.cue, *statement.content)
        first, last = min(span.start for span in spans), max(span.end for span in spans)
        assert (row["starts_at"], row["ends_at"], row["passage"]) == (first, last, text[first:last])
        assert row["said_by"] == (statement.actor.name if statement.actor else reports[statement.report].outlet)
        assert " ".join(row["words"].split()) == words(text, statement.content)
        assert (row["act"], row["report"]) == (statement.act.value, statement.report)
        claims = [claim.id for claim in linked.claims if key in claim.statements]
        assert (row["claims"] or "") == "; ".join(sorted(claims))

    claims_told = {row["claim"]: row for row in rows(path, "SELECT * FROM account_claims")}
    assert claims_told.keys() == {claim.id for claim in linked.claims}
    questions = {question.id: question.text for question in linked.questions}
    for claim in linked.claims:
        row = claims_told[claim.id]
        assert (row["wording"], row["status"], row["rule"]) == (claim.wording, claim.status.value, claim.rule)
        assert (row["origins"], row["question"]) == (claim.origins, questions[claim.question])
        assert row["statements"] == len(claim.statements)
        assert row["reports"] == len({statements[s].report for s in claim.statements})
        assert (row["low"], row["best"], row["high"]) == (claim.answer.low, claim.answer.best, claim.answer.high)
        assert row["holds"] == (None if claim.answer.holds is None else int(claim.answer.holds))
        assert row["could_not_verify"] == len(claim.unverified_by)
        assert (row["sides"] or "") == "; ".join(claim.sides)

    ties = rows(path, "SELECT * FROM relations_readable")
    wording = {claim.id: claim.wording for claim in linked.claims}
    assert sorted((t["from_claim"], t["relation"], t["to_claim"], t["reasons"] or "") for t in ties) == sorted(
        (r.from_claim, r.kind.value, r.to_claim, "; ".join(r.reasons)) for r in linked.relations
    )
    assert all((t["claim"], t["other_claim"]) == (wording[t["from_claim"]], wording[t["to_claim"]]) for t in ties)

    page = {row["report"]: row for row in rows(path, "SELECT * FROM reports_readable")}
    assert page.keys() == reports.keys()
    withdrawn = opened.withdrawals()
    for key, report in reports.items():
        assert (page[key]["outlet"], page[key]["characters"]) == (report.outlet, len(report.text))
        assert page[key]["statements"] == len([s for s in statements.values() if s.report == key])
        assert page[key]["withdrawn_at"] == (withdrawn[key].at if key in withdrawn else None)

    derived = rows(path, "SELECT report, kind, from_report FROM derivations_readable")
    edges = [(edge.derived, edge.kind.value, edge.base) for origin in linked.origins for edge in origin.edges]
    assert sorted(tuple(row.values()) for row in derived) == sorted(edges)
    origins = {(row["report"], row["origin"]) for row in rows(path, "SELECT * FROM report_origins")}
    assert origins == {(report, origin.id) for origin in linked.origins for report in origin.reports}


@pytest.fixture
def made(tmp_path: Path) -> Iterator[tuple[Path, Ledger]]:
    path = tmp_path / "made.db"
    with ledger.open(str(path), create=True, steps=STEPS) as opened:
        opened.add_captured(
            [
                captured("Ada said 3 fell. Then Бо said it rains; Bo said it rains.", published="2031-04-08"),
                captured("Cy said 4 fell.", outlet="Hill Echo", published="2031-04-09", url="https://hill.example/a"),
                captured("Cy said 4 fell.", outlet="Mill News"),
            ]
        )
        opened.linked()
        yield path, opened


def test_they_answer_as_the_ledger_does(made: tuple[Path, Ledger]) -> None:
    answers_as_the_ledger_does(*made)


def test_every_view_is_one_of_plain_columns(made: tuple[Path, Ledger]) -> None:
    path, _ = made
    names = [row["name"] for row in rows(path, "SELECT name FROM sqlite_master WHERE type = 'view'")]
    assert set(VIEWS) <= set(names)
    for view in VIEWS:
        for row in rows(path, f"SELECT * FROM {view}"):
            for value in row.values():
                assert not (isinstance(value, str) and value.startswith(("[", "{"))), (view, value)


def test_a_withdrawal_stands_until_it_is_undone(made: tuple[Path, Ledger]) -> None:
    path, opened = made
    report = next(opened.reports()).id

    def told() -> list[tuple[str, str]]:
        return [(r["report"], r["author"]) for r in rows(path, "SELECT * FROM withdrawn_reports")]

    opened.withdraw(report, author="Eve", reason="retracted")
    assert told() == [(report, "Eve")]
    opened.undo_withdrawal(report, author="Eve")
    assert told() == []
    standing = next(j for j in opened.judgements() if j.verdict is Verdict.WITHDRAW)
    opened.withdraw(report, author="Eve", reason="retracted", on=standing.at)  # takes back what undid it
    assert told() == [(report, "Eve")]
    opened.undo_withdrawal(report, author="Eve")
    assert told() == []


def test_nothing_can_be_written_through_them(made: tuple[Path, Ledger]) -> None:
    path, _ = made
    with closing(sqlite3.connect(path)) as db:
        for view in VIEWS:
            with pytest.raises(sqlite3.OperationalError, match="view"):
                db.execute(f"DELETE FROM {view}")


@pytest.mark.slow
@pytest.mark.model
def test_they_answer_on_the_demonstration(tmp_path: Path) -> None:
    path = tmp_path / "demo.db"
    with as_file(files("sayso.demo") / "reports") as folder, ledger.open(str(path), create=True) as opened:
        opened.add([str(folder)])
        opened.linked()
        answers_as_the_ledger_does(path, opened)
    (row,) = rows(
        path, "SELECT count(*) AS n FROM who_said_what WHERE outlet = 'Aldgrave' AND said_by = 'Ruta Mandell'"
    )
    assert row["n"] > 3
    copies = rows(path, "SELECT outlet, kind, from_outlet FROM derivations_readable WHERE outlet = 'WorldBriefly24'")
    assert {"outlet": "WorldBriefly24", "kind": "reword", "from_outlet": "Aldgrave"} in copies
    disputed = rows(path, "SELECT * FROM account_claims WHERE status = 'disputed' AND measure = 'killed'")
    assert any(claim["best"] == 14 and claim["counted"] == "Kelmoran soldiers" for claim in disputed)
    assert json.dumps(disputed)
