"""As of a moment, by the Python API: a moment at which all was out gives exactly what there is now."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest

from sayso import ledger as api
from sayso.errors import UsageError
from sayso.ledger import Ledger
from sayso.model import Claim
from tests.store.making import STEPS, captured


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with api.open(str(tmp_path / "made.db"), create=True, steps=STEPS) as opened:
        opened.add_captured(
            [
                captured("Ada said 3 fell. Then Bo said it rains.", outlet="Harbour", published="2031-04-08"),
                captured("Cy said 4 fell.", outlet="Hill", published="2031-04-09"),
                captured("Dee said it rains.", outlet="Mill", published="2031-04-10"),
            ]
        )
        yield opened


def test_when_all_was_out_everything_is_as_it_is_now(ledger: Ledger) -> None:
    late = "2031-04-10"
    assert ledger.linked(as_of=late) == ledger.linked()
    assert ledger.actors(as_of=late) == ledger.actors()
    assert ledger.stories(as_of=late) == ledger.stories()
    assert list(ledger.reports(as_of=late)) == list(ledger.reports())
    assert list(ledger.statements(as_of=late)) == list(ledger.statements())
    assert ledger.search("rains", as_of=late) == ledger.search("rains")
    assert ledger.account(as_of=late).sections == ledger.account().sections
    for claim in ledger.linked().claims:
        assert ledger.show(claim.id, as_of=late) == claim


def test_before_that_only_what_was_out_counts(ledger: Ledger) -> None:
    assert {s.content[0].of(ledger.report(s.report).text) for s in ledger.statements(as_of="2031-04-08")} == {
        "3 fell",
        "it rains",
    }
    assert [ledger.report(hit.report).outlet for hit in ledger.search("rains", as_of="2031-04-09")] == ["Harbour"]
    assert {actor.name for actor in ledger.actors(as_of="2031-04-08")} == {"Ada", "Bo"}
    assert list(ledger.statements(as_of="2031-04-07")) == []


def test_hits_that_came_later_take_no_place_of_earlier_ones(ledger: Ledger) -> None:
    later = [captured(f"Cy said it rains. {n}", outlet=f"Late {n}", published="2031-05-01") for n in range(30)]
    ledger.add_captured(later)
    hits = ledger.search("rains", limit=2, as_of="2031-04-10")
    assert {ledger.report(hit.report).outlet for hit in hits} == {"Harbour", "Mill"}


def test_what_was_not_there_yet_says_so(ledger: Ledger) -> None:
    report = next(r for r in ledger.reports() if r.outlet == "Mill")
    statement = next(ledger.statements(report=report.id))
    assert statement.actor is not None
    rains = next(c for c in ledger.linked().claims if c.wording == "it rains")
    four = next(c for c in ledger.linked().claims if c.wording == "4 fell")
    then = next(c for c in ledger.linked(as_of="2031-04-08").claims if c.wording == "it rains")
    for identifier in (report.id, statement.id, statement.actor.id, rains.id, four.id):
        with pytest.raises(UsageError, match="not there yet as of 2031-04-08"):
            ledger.show(identifier, as_of="2031-04-08")
    with pytest.raises(UsageError, match=f"stood then in {then.id}"):
        ledger.show(rains.id, as_of="2031-04-08")
    with pytest.raises(UsageError, match="it is of 2031-04-10"):
        ledger.show(report.id, as_of="2031-04-08")
    assert isinstance(ledger.show(then.id, as_of="2031-04-08"), Claim)
    with pytest.raises(UsageError, match="no record with this id"):
        ledger.show("c-zzzz", as_of="2031-04-08")


def test_a_moment_is_linked_once(ledger: Ledger) -> None:
    assert ledger.linked(as_of="2031-04-09") is ledger.linked(as_of="2031-04-09")
    before = ledger.linked(as_of="2031-04-09")
    ledger.add_captured([captured("Cy said 5 fell.", outlet="Hill", published="2031-04-09")])
    assert len(ledger.linked(as_of="2031-04-09").claims) == len(before.claims) + 1


@pytest.mark.parametrize("wrong", ["yesterday", "", "2031-02-30", "24:00"])
def test_a_time_that_is_none_is_refused_everywhere(ledger: Ledger, wrong: str) -> None:
    for ask in (ledger.linked, ledger.actors, ledger.stories, ledger.account, ledger.reports, ledger.statements):
        with pytest.raises(UsageError, match="not a time"):
            ask(as_of=wrong)
    for look in (ledger.search, ledger.show):
        with pytest.raises(UsageError, match="not a time"):
            look("rains", as_of=wrong)
    with pytest.raises(UsageError, match="not a time"):
        ledger.withdrawals(as_of=wrong)


def test_changes_are_the_same_in_whatever_order_the_reports_came(tmp_path: Path) -> None:
    given = [
        captured("Ada said 3 fell. Then Bo said it rains.", outlet="Harbour", published="2031-04-08"),
        captured("Cy said 4 fell. Bo said the dam holds.", outlet="Hill", published="2031-04-09"),
        captured("Dee said it rains. Dee said 5 fell.", outlet="Mill", published="2031-04-10"),
    ]
    told = []
    for n, order in enumerate(itertools.permutations(given)):
        with api.open(str(tmp_path / f"{n}.db"), create=True, steps=STEPS) as opened:
            for each in order:
                opened.add_captured([each])
            told.append(opened.changes(since="2031-04-08"))
    assert told[0].changes
    assert all(each == told[0] for each in told)
