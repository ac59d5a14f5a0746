"""A text measured against a ledger: new, known, against; whose copy; which story. Nothing of it is ever written."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from sayso import demo, pipeline
from sayso import ledger as api
from sayso.errors import InputError, LedgerError, UsageError
from sayso.ledger import Ledger
from sayso.model import Captured, Check, CheckedClaim, EdgeKind, RelationKind, Status

pytestmark = pytest.mark.model

NOTE = """Governor Davin Orsel said that four people had been killed in Tessrick.

Drevane's Foreign Ministry denied that Drevani soldiers had taken part in the assault on the Varrow crossing.

It is still not clear who blew up the bridge at Varrow.

Mayor Elsa Korrin said the school in Tessrick would reopen on Monday.
"""


def text(words: str, *, outlet: str = "Northern Star", published: str | None = "2025-10-17") -> Captured:
    return Captured(pipeline.text_report(words, place="note.txt", outlet=outlet, published=published), words.encode())


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("checked")
    demo.copy_reports(folder / "reports")
    with api.open(str(folder / "demo.db"), create=True) as opened:
        opened.add([str(folder / "reports")])
    return str(folder / "demo.db")


@pytest.fixture(scope="module")
def ledger(path: str) -> Iterator[Ledger]:
    with api.open(path) as opened:
        yield opened


@pytest.fixture(scope="module")
def note(ledger: Ledger) -> Check:
    return ledger.check(text(NOTE))


def claims_of(check: Check, words: str) -> tuple[CheckedClaim, ...]:
    (found,) = [
        each for each in check.statements if words in " ".join(s.of(check.report.text) for s in each.statement.content)
    ]
    return found.claims


def test_it_joins_the_story_that_it_tells_of(note: Check, ledger: Ledger) -> None:
    (only,) = ledger.stories()
    assert [story.id for story in note.stories] == [only.id]
    assert not note.held


def test_what_no_claim_has_is_new(note: Check) -> None:
    (claim,) = claims_of(note, "reopen on Monday")
    assert claim.new
    assert (claim.then.status, claim.then.origins, claim.ties) == (Status.REPORTED, 1, ())


def test_a_revision_names_what_it_revises(note: Check) -> None:
    ties = [tie for claim in claims_of(note, "four people") for tie in claim.ties]
    (tie,) = [tie for tie in ties if tie.kind is RelationKind.REVISES and not tie.of_ledger]
    assert tie.claim.answer.best == 3
    assert (tie.claim.status, tie.then) == (Status.REPORTED, Status.REVISED)
    assert tie.reasons


def test_a_denial_names_what_it_denies(note: Check) -> None:
    (claim,) = claims_of(note, "taken part in the assault")
    assert claim.new
    (tie,) = claim.ties
    assert (tie.kind, tie.of_ledger, tie.then) == (RelationKind.DENIES, False, Status.DISPUTED)
    assert "Drevani soldiers" in tie.claim.wording


def test_a_question_is_the_ledgers_own(note: Check, ledger: Ledger) -> None:
    (asked,) = [question for each in note.statements for question in each.asks]
    assert asked in ledger.linked().questions


def test_a_copy_is_known_and_adds_no_origin(ledger: Ledger) -> None:
    base = next(report for report in ledger.reports() if report.outlet == "Aldgrave" and report.title)
    copied = Captured(replace(base, id="r-copied", outlet="Copy Mill", url=None, published=None), ledger.raw(base.id))
    check = ledger.check(copied)
    edge = next(edge for edge in check.edges if {edge.derived, edge.base} == {"r-copied", base.id})
    assert edge.kind is EdgeKind.COPY
    assert base.id in check.kin
    every = [claim for each in check.statements for claim in each.claims]
    assert every
    assert [claim.then.wording for claim in every if claim.new] == []
    assert [claim.then.wording for claim in every if claim.then.origins > claim.known[0].origins] == []


def test_a_report_that_is_held_is_told_so(ledger: Ledger) -> None:
    report = next(ledger.reports())
    check = ledger.check(Captured(report, ledger.raw(report.id)))
    assert check.held
    assert all(claim.known for each in check.statements for claim in each.claims)


def test_another_matter_joins_no_story(ledger: Ledger) -> None:
    check = ledger.check(text("The bakers of Wrenfield said on Friday that flour had become dearer again."))
    assert (check.stories, check.edges, check.kin) == ((), (), ())
    assert all(claim.new for each in check.statements for claim in each.claims)


def test_as_of_an_earlier_time_less_is_known(ledger: Ledger) -> None:
    then = ledger.check(
        text("Governor Davin Orsel said three people were dead in Tessrick."), as_of="2025-10-14T20:00Z"
    )
    now = ledger.check(text("Governor Davin Orsel said three people were dead in Tessrick."))
    assert all(c.new for each in then.statements for c in each.claims)
    assert any(not c.new for each in now.statements for c in each.claims)
    assert then.as_of == "2025-10-14T20:00Z"


@pytest.mark.parametrize("read_only", [False, True])
def test_nothing_is_written(path: str, read_only: bool) -> None:
    before = hashlib.sha256(Path(path).read_bytes()).hexdigest()
    with api.open(path, read_only=read_only) as opened:
        stats, claims = opened.stats(), opened.linked().claims
        opened.check(text(NOTE))
        assert (opened.stats(), opened.linked().claims) == (stats, claims)
    assert hashlib.sha256(Path(path).read_bytes()).hexdigest() == before


def test_what_is_only_read_cannot_be_written(path: str) -> None:
    with api.open(path, read_only=True) as opened, pytest.raises(LedgerError, match="only be read"):
        opened.add_captured([text("Ada Quill said it rains.")])


def test_the_same_as_when_it_had_come_in(tmp_path: Path) -> None:
    """What the check foretells of a claim is what the ledger has once the report was added."""
    demo.copy_reports(tmp_path / "reports")
    with api.open(str(tmp_path / "demo.db"), create=True) as opened:
        opened.add([str(tmp_path / "reports")])
        foretold = {claim.then for each in opened.check(text(NOTE)).statements for claim in each.claims}
        opened.add_captured([text(NOTE)])
        assert foretold <= set(opened.linked().claims)


def test_a_text_that_cannot_be_held_is_refused(ledger: Ledger) -> None:
    broken = text("Ada Quill said it rains.")
    with pytest.raises(InputError):
        ledger.check(Captured(replace(broken.report, text="half \ud800"), broken.raw))
    with pytest.raises(UsageError):
        ledger.check(broken, as_of="some day")
