"""Protecting, on every backend: a judgement like any other, masked in what the ledger gives, and seen only by whoever keeps the file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from sayso import ledger as ledgers
from sayso.errors import RecordNotFound, UsageError
from sayso.ledger import Ledger
from sayso.model import Verdict
from tests.store.making import STEPS, captured

SERVE = Path(__file__).resolve().parents[2] / "src" / "sayso"


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return str(tmp_path / "ledger.db") if request.param == "sqlite" else str(request.getfixturevalue("postgres_url"))


@pytest.fixture
def ledger(url: str) -> Iterator[Ledger]:
    with ledgers.open(url, create=True, steps=STEPS) as opened:
        texts = ("Xantippe said 3 fell.", "Bo said 4 fell.", "Cy said Xantippe saw it.")
        opened.add_captured([captured(text) for text in texts])
        yield opened


def ids(opened: Ledger) -> list[str]:
    return [captured(text).report.id for text in ("Xantippe said 3 fell.", "Bo said 4 fell.")]


def test_a_name_is_masked_and_shown_again(ledger: Ledger) -> None:
    before = repr([list(ledger.reports()), ledger.linked(), ledger.account()])
    made = ledger.protect("actor:Xantippe", author="Mo", reason="threat")
    assert (made.kind, made.author, made.reason, made.names, made.secret) == ("person", "Mo", "threat", (), "")
    told = [
        list(ledger.reports()),
        list(ledger.extractions()),
        ledger.linked(),
        ledger.account(),
        ledger.actors(),
        ledger.judgements(),
    ]
    assert "xantippe" not in repr([*told, ledger.protections(), list(ledger.journal())]).lower()
    assert {s.actor.name for s in ledger.statements() if s.actor} == {made.label, "Bo", "Cy"}
    assert ledger.verify() == ()
    ledger.unprotect(made.label, author="Mo")
    assert repr([list(ledger.reports()), ledger.linked(), ledger.account()]) == before


def test_a_report_is_left_out_and_what_rests_on_it(ledger: Ledger) -> None:
    first, second = ids(ledger)
    claims = {claim.wording for claim in ledger.linked().claims}
    ledger.protect(second, author="Mo")
    assert second not in {report.id for report in ledger.reports()}
    assert second not in {extraction.report for extraction in ledger.extractions()}
    assert {claim.wording for claim in ledger.linked().claims} == claims - {"4 fell"}
    assert ledger.search("4") == ()
    assert second not in repr([ledger.state(), ledger.stories(), ledger.account(), ledger.state(as_of="2040-01-01")])
    for ask in (ledger.report, ledger.raw, ledger.show, ledger.extraction):
        with pytest.raises(RecordNotFound, match="protected"):
            ask(second)
    assert ledger.report(first).id == first
    ledger.unprotect(second, author="Mo")
    assert {claim.wording for claim in ledger.linked().claims} == claims


def test_what_is_protected_stays_so_for_whoever_opens_the_ledger_later(ledger: Ledger, url: str) -> None:
    label = ledger.protect("actor:Xantippe", author="Mo").label
    ledger.add_captured([captured("Dee said XANTIPPE fled.")])
    with ledgers.open(url, read_only=True, steps=STEPS) as other:
        assert "xantippe" not in repr(list(other.reports())).lower()
        assert [each.label for each in other.protections()] == [label]


def test_only_the_file_is_revealed(ledger: Ledger, url: str) -> None:
    ledger.protect("actor:Xantippe", author="Mo")
    if url.startswith("postgresql"):
        with pytest.raises(UsageError, match="only in the file"):
            ledgers.open(url, steps=STEPS, reveal=True)
        return
    with ledgers.open(url, steps=STEPS, reveal=True) as opened:
        assert "Xantippe" in repr(list(opened.reports()))
        assert opened.protections()[0].names == ("Xantippe",)


@pytest.mark.parametrize(
    ("subject", "author", "says"),
    [
        ("actor:Bo", " ", "needs an author"),
        ("Nobody Such", "Mo", "no actor has this name"),
        ("c-aaaa", "Mo", "there is no record|only actors and reports"),
        ("r-zzzz", "Mo", "there is no record"),
    ],
)
def test_what_cannot_be_protected(ledger: Ledger, subject: str, author: str, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        ledger.protect(subject, author=author)


def test_twice_and_undone_twice(ledger: Ledger) -> None:
    ledger.protect("actor:Bo", author="Mo")
    with pytest.raises(UsageError, match="protected already"):
        ledger.protect("actor:Bo", author="Mo")
    ledger.unprotect("Bo", author="Mo")
    with pytest.raises(UsageError, match="nothing of this name is protected"):
        ledger.unprotect("Bo", author="Mo")
    with pytest.raises(UsageError, match="sayso protect"):
        ledger.judge(Verdict.PROTECT, "actor:Bo", author="Mo")


def test_two_protections_of_one_name_have_ids_that_nobody_can_guess(url: str) -> None:
    with ledgers.open(url, create=True, steps=STEPS) as opened:
        opened.add_captured([captured("Bo said 4 fell.")])
        labels = set()
        for _ in range(3):
            labels.add(opened.protect("actor:Bo", author="Mo").label)
            opened.unprotect("Bo", author="Mo")
        assert len(labels) == 3


def test_nothing_that_serves_others_asks_to_reveal() -> None:
    """Only the commands that list and show records to whoever sits at the machine."""
    asking = {
        path.relative_to(SERVE).as_posix()
        for path in SERVE.rglob("*.py")
        if re.search("reveal[=_]", path.read_text("utf-8"))
    }
    ledger_side = {path for path in asking if path.startswith("ledger/")}
    commands = {f"serve/commands/{name}.py" for name in ("actors", "browse", "find", "judgements", "protect")}
    assert asking - ledger_side == commands | {"serve/options.py"}
