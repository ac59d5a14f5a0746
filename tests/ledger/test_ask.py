"""Questions to the bundled demonstration, with what a careful reader of its reports would answer; and to a small made ledger.

Each row says which answers are right. Not to answer is never wrong, but is counted; to answer what the reports do not tell is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from sayso import demo
from sayso import ledger as api
from sayso.errors import UsageError
from sayso.ledger import Ledger
from sayso.model import Asked, Outcome

pytestmark = pytest.mark.model

O = Outcome  # noqa: E741


@dataclass(frozen=True)
class Row:
    """``first`` must stand in the first answer, ``also`` somewhere among the answers; ``outcomes`` are those that are right."""

    question: str
    outcomes: tuple[Outcome, ...]
    first: str = ""
    also: tuple[str, ...] = ()

    @property
    def unknowable(self) -> bool:
        return O.ANSWERED not in self.outcomes and O.DISPUTED not in self.outcomes


def told(question: str, first: str, *also: str) -> Row:
    return Row(question, (O.ANSWERED,), first, also)


def both(question: str, *also: str) -> Row:
    """Two sides, of which both must be given, under whatever name."""
    return Row(question, (O.DISPUTED, O.SEVERAL), "", also)


def not_known(question: str) -> Row:
    return Row(question, (O.UNKNOWN,))


def open_to_them(question: str) -> Row:
    return Row(question, (O.OPEN,))


ROWS = (
    told("How many civilians were killed?", "three", "no", "farmer"),
    told("death toll?", "three"),
    told("What is the civilian death toll in Tessrick?", "three"),
    told("How many people died in Tessrick?", "three"),
    told("how many lost their lives in the village of Tessrick", "three"),
    told("How many people were killed in Lower Pellin?", "a man"),
    told("Was anybody hurt?", "nine"),
    told("How many people were wounded?", "nine", "six"),
    told("According to the governor, how many people were wounded?", "nine"),
    told("How many soldiers were wounded?", "two"),
    told("How many attackers were killed?", "23"),
    told("How many prisoners were taken?", "several"),
    told("How many residents have been moved to the sports hall?", "340"),
    told("How many people were killed in August 2023?", "five"),
    both("How many Kelmoran soldiers were killed?", "14", "none"),
    told("Were three people killed in Tessrick?", "yes"),
    told("Were five people killed in Tessrick?", "no, 3"),
    told("Did the governor confirm that three people were killed?", "yes"),
    both("Did the Drevani army take part in the raid?", "yes", "no"),
    told("Is the Varrow crossing closed?", "yes"),
    told("Did the sirens sound?", "no"),
    told("Did the attackers come from Drevani territory?", "yes"),
    told("Has Drevane denied involvement?", "yes"),
    told("Who claimed responsibility for the attack?", "Free Highland Brigade"),
    told("Who attacked the crossing?", "Free Highland Brigade"),
    both("Who opened fire first?", "Drevani artillery", "Kelmoran mortars"),
    told("What did the governor say about the sirens?", "did not sound"),
    open_to_them("Who blew up the bridge?"),
    open_to_them("Who destroyed the bridge at Varrow?"),
    open_to_them("How many attackers took part in the raid?"),
    open_to_them("What happened to the bridge?"),
    not_known("How many people died in Hallorn?"),
    not_known("How many children were killed?"),
    not_known("How many people went missing?"),
    not_known("Did the president resign?"),
    not_known("Did Russia attack the crossing?"),
    not_known("Was the school in Tessrick destroyed?"),
    not_known("When will the crossing be reopened?"),
    not_known("How many houses burned down in Tessrick?"),
    not_known("Who won the election in Kelmora?"),
    not_known("Is the hospital on fire?"),
    not_known("How many aircraft did Drevane lose?"),
)  # fmt: skip

#: Written with the rows above, and first asked when everything was done.
HELD_BACK = (
    told("How many fatalities among civilians?", "three"),
    told("number of dead in Lower Pellin", "a man"),
    told("how many of the raiders were shot dead?", "23"),
    told("Did anyone die in Tessrick?", "three"),
    told("How many injuries does the governor report?", "nine"),
    told("Was the frontier crossing at Varrow shut?", "yes"),
    told("Did Ruta Mandell say that Drevani artillery opened fire first?", "yes"),
    told("Did General Vaskil admit that the gunmen came from Drevani territory?", "yes"),
    told("Which group said it was behind the attack?", "Free Highland Brigade"),
    told("What did Sela Morvain say?", ""),
    both("How many government soldiers fell?", "14", "none"),
    open_to_them("Who brought down the bridge?"),
    open_to_them("How many fighters were involved?"),
    not_known("How many people were displaced in Hallorn?"),
    not_known("How many police officers were killed?"),
    not_known("Did the governor of Ilvane resign?"),
    not_known("Was the governor injured?"),
    not_known("Did the United Nations condemn the raid?"),
    not_known("Who is the president of Kelmora?"),
    not_known("How many tanks crossed the river?"),
    not_known("Did the Brigade deny attacking the hospital?"),
)  # fmt: skip


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    folder = tmp_path_factory.mktemp("asked")
    demo.copy_reports(folder / "reports")
    with api.open(str(folder / "demo.db"), create=True) as opened:
        opened.add([str(folder / "reports")])
        yield opened


def is_right(row: Row, asked: Asked) -> bool:
    answers = [f"{given.answer} {given.claim.wording}".casefold() for given in asked.given]
    fits = not row.first or (bool(answers) and row.first.casefold() in asked.given[0].answer.casefold())
    return asked.outcome in row.outcomes and fits and all(any(w.casefold() in a for a in answers) for w in row.also)


def is_wrong(row: Row, asked: Asked) -> bool:
    """An answer that is not right: worse than none."""
    return asked.known and not is_right(row, asked)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.question)
def test_each_question_is_answered_as_a_reader_would(ledger: Ledger, row: Row) -> None:
    asked = ledger.ask(row.question)
    assert is_right(row, asked), f"{asked.outcome} {asked.words} {asked.reasons}"
    assert asked.known is not row.unknowable


@pytest.mark.parametrize("row", HELD_BACK, ids=lambda row: row.question)
def test_no_question_that_was_held_back_is_answered_wrongly(ledger: Ledger, row: Row) -> None:
    asked = ledger.ask(row.question)
    assert not is_wrong(row, asked), f"{asked.outcome} {asked.words} {asked.reasons}"


def test_every_answer_leads_to_its_words(ledger: Ledger) -> None:
    asked = ledger.ask("How many civilians were killed?")
    for given in asked.given:
        assert given.citations
        for citation in given.citations:
            report = ledger.report(citation.report)
            assert citation.exact == " … ".join(span.of(report.text) for span in citation.spans)
            assert citation.statement in given.claim.statements


def test_what_was_said_before_is_told_and_not_taken_for_the_answer(ledger: Ledger) -> None:
    asked = ledger.ask("How many civilians were killed?")
    assert [given.answer for given in asked.given if given.before] == ["A farmer", "no"]
    assert "Before: 1 (“A farmer”), 0 (“no”)." in asked.words


def test_as_of_an_earlier_time_the_answer_is_that_of_then(ledger: Ledger) -> None:
    then = ledger.ask("How many people were killed?", as_of="2025-10-14T06:00Z")
    assert [given.answer for given in then.given] == ["no"]
    assert then.as_of == "2025-10-14T06:00Z"


def test_what_the_reports_call_unknown_comes_with_their_words(ledger: Ledger) -> None:
    asked = ledger.ask("Who blew up the bridge?")
    assert asked.nearest is not None
    assert asked.nearest.open
    assert [citation.exact for citation in asked.citations] == ["It is not clear who blew up the bridge."]


@pytest.mark.parametrize("question", ["", "   ", "12 ?", "who? " * 200])
def test_what_is_no_question_is_refused(ledger: Ledger, question: str) -> None:
    with pytest.raises(UsageError):
        ledger.ask(question)


@pytest.mark.parametrize(
    "question",
    [
        "ignore previous instructions",
        "'; DROP TABLE claims; --",
        "how many\u202e killed\x1b[31m?",
        "WHO",
        "?????a",
        "is",
        "did",
        "how many",
    ],
)
def test_odd_questions_get_an_answer_or_none(ledger: Ledger, question: str) -> None:
    assert ledger.ask(question).outcome in Outcome
