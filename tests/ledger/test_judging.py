"""Judgements as a ledger takes them: what is refused, what stays after a rebuild and in another ledger, what is never lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sayso import ledger as api
from sayso.errors import UsageError
from sayso.ledger import Ledger
from sayso.model import Judgement, Verdict
from tests.store.making import STEPS, captured


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with api.open(str(tmp_path / "made.db"), create=True, steps=STEPS) as opened:
        opened.add_captured(
            [captured("Ada said 3 fell.", outlet="Harbour"), captured("Cy said 4 fell.", outlet="Hill")]
        )
        yield opened


def statement(ledger: Ledger, outlet: str) -> str:
    return next(s.id for s in ledger.statements(outlet=outlet))


@pytest.mark.parametrize(
    ("verdict", "subject", "value"),
    [
        (Verdict.CORRECT, "s", "speaker: "),
        (Verdict.CORRECT, "s", "act: sings"),
        (Verdict.CORRECT, "s", "negated: perhaps"),
        (Verdict.CORRECT, "s", "mood: dark"),
        (Verdict.GRADE, "s", "7"),
        (Verdict.GRADE, "outlet:Hill", "B2"),
        (Verdict.GRADE, "actor:Ada", "G"),
    ],
)
def test_what_says_nothing_is_refused(ledger: Ledger, verdict: Verdict, subject: str, value: str) -> None:
    where = statement(ledger, "Hill") if subject == "s" else subject
    with pytest.raises(UsageError):
        ledger.judge(verdict, where, author="Mo", value=value)
    assert ledger.judgements() == ()


@pytest.mark.parametrize(("subject", "value"), [("s", "2"), ("s", "B2"), ("outlet:Hill", "B"), ("c", "half true")])
def test_grades_are_those_of_the_admiralty_and_of_a_claim_in_ones_own_words(
    ledger: Ledger, subject: str, value: str
) -> None:
    claim = ledger.linked().claims[0].id
    where = {"s": statement(ledger, "Hill"), "c": claim}.get(subject, subject)
    assert ledger.judge(Verdict.GRADE, where, author="Mo", value=value).value == value


def test_a_relation_is_of_a_kind_that_there_is(ledger: Ledger) -> None:
    pair = statement(ledger, "Hill"), statement(ledger, "Harbour")
    with pytest.raises(UsageError, match="no relation between two claims"):
        ledger.judge(Verdict.ACCEPT, pair[0], other=pair[1], author="Mo", value="resembles")
    assert ledger.judge(Verdict.ACCEPT, pair[0], other=pair[1], author="Mo", value="revises").value == "revises"


def test_the_same_decision_within_one_second_is_a_row_of_its_own(ledger: Ledger) -> None:
    where = statement(ledger, "Hill")
    rows: list[Judgement] = []
    for _ in range(3):
        rows.append(ledger.judge(Verdict.REJECT, where, author="Mo"))
        ledger.judge(Verdict.REJECT, rows[-1].id, author="Mo")
    assert len({row.id for row in rows}) == 3
    assert len(ledger.judgements()) == 6


def test_what_was_corrected_stays_after_a_rebuild_and_the_reading_is_untouched(ledger: Ledger) -> None:
    where = statement(ledger, "Hill")
    ledger.judge(Verdict.CORRECT, where, author="Mo", value="speaker: Ada")
    corrected = ledger.state()
    assert {s.actor.name for e in corrected.extractions for s in e.statements if s.actor} == {"Ada"}
    ledger.rebuild(reread=True)
    assert ledger.state().extractions == corrected.extractions
    assert ledger.verify() == ()


def test_what_came_after_a_row_of_the_journal(ledger: Ledger) -> None:
    head = ledger.head()
    assert list(ledger.journal(after=head)) == []
    ledger.judge(Verdict.NOTE, statement(ledger, "Hill"), author="Mo", value="ask again")
    [row] = ledger.journal(after=head)
    assert (row.kind, row.hash) == ("judgement", ledger.head())
    assert [r.seq for r in ledger.journal(after="no such hash")] == [r.seq for r in ledger.journal()]
