"""While a ledger stands still, all that it answers is of one moment, whatever others put in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sayso import ledger as ledgers
from sayso.ledger import Ledger
from sayso.serve.pages.account import account_page
from sayso.serve.pages.view import View
from tests.store.making import STEPS, captured


@pytest.fixture
def place(tmp_path: Path) -> str:
    where = str(tmp_path / "desk.db")
    with ledgers.open(where, create=True, steps=STEPS) as opened:
        opened.add_captured([captured("Ada said the dam held.", outlet="Post", published="2031-03-11")])
    return where


@pytest.fixture
def ledger(place: str) -> Iterator[Ledger]:
    with ledgers.open(place, steps=STEPS) as opened:
        yield opened


def come_in(place: str, words: str) -> None:
    """Another process puts in a report of the same story."""
    with ledgers.open(place, steps=STEPS) as other:
        other.add_captured([captured(words, outlet="Courier", published="2031-03-12")])


def test_what_comes_in_meanwhile_is_in_nothing(ledger: Ledger, place: str) -> None:
    with ledger.still():
        before = ledger.linked()
        come_in(place, "Bo said the dam broke.")
        assert ledger.linked() == before
        assert [r.outlet for r in ledger.reports()] == ["Post"]
        assert {c for line in ledger.account().sections for each in line.lines for c in each.claims} <= {
            claim.id for claim in before.claims
        }
    assert ledger.linked() != before
    assert {r.outlet for r in ledger.reports()} == {"Post", "Courier"}


def test_it_stands_still_once_however_often_it_is_asked_to(ledger: Ledger, place: str) -> None:
    with ledger.still():
        before = ledger.linked()
        with ledger.still():
            come_in(place, "Bo said the dam broke.")
        assert ledger.linked() == before


def test_it_goes_on_after_an_error(ledger: Ledger, place: str) -> None:
    before = ledger.linked()
    with pytest.raises(ZeroDivisionError), ledger.still():
        _ = ledger.linked().claims[0].origins / 0
    come_in(place, "Bo said the dam broke.")
    assert ledger.linked() != before


def test_a_view_is_of_one_moment(ledger: Ledger, place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A report that comes in between two things that a page reads: the account must not speak of claims that the page does not have."""
    (story,) = ledger.stories()
    asked = Ledger.story

    def slowly(self: Ledger, story: str, *, as_of: str | None = None) -> object:
        come_in(place, "Ada said the dam held. Ada said the dam broke at dawn.")
        return asked(self, story, as_of=as_of)

    monkeypatch.setattr(Ledger, "story", slowly)
    view = View.of(ledger, story.id)
    assert {
        claim for section in view.account.sections for line in section.lines for claim in line.claims
    } <= view.claims.keys()
    assert view.reports.keys() == view.extractions.keys()
    assert account_page(view).sections
