"""What changed since a row of the journal, looked for only in the stories that it touched: the same as in all of them."""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso import ledger as api
from sayso.ledger import Since
from sayso.ledger.linking import Linking
from sayso.model import Captured, Linked, Verdict
from tests.ledger.test_filing import FILED, Furnished
from tests.ledger.test_past_kept import obedient
from tests.store.making import captured

SAID = st.builds(
    lambda tags, who, number, day, outlet, printed: captured(
        f"{' '.join(sorted(tags))} {who} said {number} fell.{' (Join us.)' if printed else ''}",
        outlet=outlet,
        published=(date(2031, 1, 1) + timedelta(days=day)).isoformat(),
    ),
    st.sets(st.sampled_from(("#flood", "#fire", "#vote", "#quake")), min_size=1, max_size=2),
    st.sampled_from(("Ada", "Cy")),
    st.integers(3, 5),
    st.integers(0, 6),
    st.sampled_from(("Post", "Mail")),
    st.booleans(),
)


def shown(reports: Any, extractions: Any, **how: Any) -> Linked:
    """The made link, which shows in its claims which judgements it was to obey, and in its questions what it was told is furniture."""
    furnished = Furnished()(reports, extractions, furniture=how["furniture"])
    return dataclasses.replace(obedient(reports, extractions, **how), questions=furnished.questions)


SHOWN = dataclasses.replace(FILED, link=shown)


def since(url: str, row: str, *, slowly: bool) -> Since:
    """What a process that remembers nothing finds."""
    with pytest.MonkeyPatch.context() as patch:
        if slowly:
            patch.setattr(Linking, "states_around", lambda self, later: None)
        with api.open(url, steps=SHOWN) as fresh:
            return fresh.since(row)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(SAID, min_size=1, max_size=3), min_size=1, max_size=5))
def test_it_is_what_all_stories_give(tmp_path_factory: pytest.TempPathFactory, batches: list[list[Captured]]) -> None:
    url = str(tmp_path_factory.mktemp("lately") / "flood.db")
    with api.open(url, create=True, steps=SHOWN) as ledger:
        rows = [ledger.head()]
        for batch in batches:
            ledger.add_captured(batch)
            rows.append(ledger.head())
    for row in rows:
        assert since(url, row, slowly=False) == since(url, row, slowly=True)


_ANY = st.integers(0, 9)
_ADD = st.tuples(st.just("add"), st.lists(SAID, min_size=1, max_size=3))
_VERDICTS = (Verdict.ACCEPT, Verdict.REJECT, Verdict.MERGE, Verdict.MERGE, Verdict.SPLIT, Verdict.NOTE, Verdict.CORRECT)
_JUDGE = st.tuples(st.just("judge"), st.sampled_from(_VERDICTS), _ANY, st.none() | _ANY)
_BACK = st.tuples(st.just("back"), _ANY)
_WITHDRAW = st.tuples(st.just("withdraw"), _ANY)
_PROTECT = st.tuples(st.just("protect"), _ANY)
_NAME = st.tuples(st.just("name"), st.sampled_from(("Ada", "Cy")))


@settings(max_examples=60, deadline=None)
@given(_ADD, st.lists(st.one_of(_ADD, _ADD, _JUDGE, _JUDGE, _BACK, _WITHDRAW, _PROTECT, _NAME), max_size=6))
def test_whatever_is_done_in_whatever_order(
    tmp_path_factory: pytest.TempPathFactory, first: Any, acts: list[Any]
) -> None:
    url = str(tmp_path_factory.mktemp("lately") / "flood.db")
    with api.open(url, create=True, steps=SHOWN, reveal=True) as ledger:
        rows = [ledger.head()]
        for number, act in enumerate([first, *acts]):
            _do(ledger, number, act)
            rows.append(ledger.head())
    for row in dict.fromkeys(rows):
        quick, slow = since(url, row, slowly=False), since(url, row, slowly=True)
        assert quick == slow
        for one, other in ((quick.before, slow.before), (quick.after, slow.after)):
            assert list(one.parts) == list(other.parts), "in the same order"


def _do(ledger: api.Ledger, number: int, act: Any) -> None:
    at = f"2031-05-01T10:00:{number:02}Z"
    statements, reports = sorted(s.id for s in ledger.statements()), sorted(r.id for r in ledger.reports())
    match act:
        case ("add", batch):
            ledger.add_captured(batch)
        case ("judge", Verdict.CORRECT, which, _):
            ledger.judge(Verdict.CORRECT, statements[which % len(statements)], value="speaker: Eve", author="Mo", at=at)
        case ("judge", Verdict.NOTE, which, _):
            ledger.judge(Verdict.NOTE, statements[which % len(statements)], value="seen", author="Mo", at=at)
        case ("judge", verdict, which, second):
            one = statements[which % len(statements)]
            other = None if second is None else statements[second % len(statements)]
            if other != one and (other or verdict in (Verdict.ACCEPT, Verdict.REJECT)):
                ledger.judge(verdict, one, other=other, author="Mo", at=at)
        case ("back", which) if ledger.judgements():
            taken = ledger.judgements()[which % len(ledger.judgements())]
            ledger.judge(Verdict.REJECT, taken.id, author="Mo", at=at)
        case ("withdraw", which):
            report = reports[which % len(reports)]
            if report in ledger.withdrawals():
                ledger.undo_withdrawal(report, author="Mo")
            else:
                ledger.withdraw(report, author="Mo", on="2031-05-01")
        case ("protect", which):
            report = reports[which % len(reports)]
            if report not in {each.report for each in ledger.protections()}:
                ledger.protect(report, author="Mo")
        case ("name", who):
            ledger.judge(Verdict.CORRECT, f"actor:{who}", value="side: north", author="Mo", at=at)


def test_only_the_stories_that_are_touched_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = str(tmp_path / "flood.db")
    with api.open(url, create=True, steps=SHOWN) as ledger:
        ledger.add_captured(
            [captured(f"#tag{n} Ada said {n} fell.", published="2031-01-01", outlet=f"Post {n}") for n in range(8)]
        )
        row = ledger.head()
        ledger.add_captured([captured("#tag3 Cy said 4 fell.", published="2031-01-02", outlet="Mail")])
        ledger.judge(Verdict.NOTE, ledger.reports().__next__().id, value="seen", author="Mara Quill")
        monkeypatch.setattr(Linking, "state", lambda self: pytest.fail("all of the ledger was read"))
        found = ledger.since(row)
    assert [len(state.reports) for state in (found.before, found.after)] == [1, 2]
    assert len(found.changes.changes) == 2


@pytest.fixture
def url(tmp_path: Path) -> str:
    """Four stories of one report each; the first two print what is no news in three stories."""
    made = str(tmp_path / "flood.db")
    with api.open(made, create=True, steps=SHOWN) as ledger:
        ledger.add_captured(
            [
                captured(f"#tag{n} Ada said {n} fell.{' (Join us.)' * (n < 2)}", published=f"2031-01-0{n + 1}")
                for n in range(4)
            ]
        )
    return made


def _statements(ledger: api.Ledger) -> list[str]:
    """The statements of the four stories, in their order."""
    texts = {report.id: report.text for report in ledger.reports()}
    return [s.id for s in sorted(ledger.statements(), key=lambda s: texts[s.report])]


def _withdraws(ledger: api.Ledger) -> None:
    ledger.withdraw(next(r.id for r in ledger.reports() if "#tag3" in r.text), author="Mo")


def _rejects(ledger: api.Ledger) -> None:
    ledger.judge(Verdict.REJECT, _statements(ledger)[2], author="Mo")


def _joins(ledger: api.Ledger) -> None:
    ledger.judge(Verdict.MERGE, _statements(ledger)[2], other=_statements(ledger)[3], author="Mo")


def _parts(ledger: api.Ledger) -> None:
    ledger.judge(Verdict.REJECT, ledger.judgements()[-1].id, author="Mo")


def _bridges(ledger: api.Ledger) -> None:
    ledger.add_captured([captured("#tag2 #tag3 Cy said 9 fell.", published="2031-01-03")])


def _prints(ledger: api.Ledger) -> None:
    ledger.add_captured([captured("#tag7 Ada said 7 fell. (Join us.)", published="2031-01-01")])


def _brings_printers_together(ledger: api.Ledger) -> None:
    ledger.add_captured([captured("#tag0 #tag1 Cy said 9 fell.", published="2031-01-02")])


@pytest.mark.parametrize(
    ("first", "then", "before", "after"),
    [
        (None, _withdraws, 1, 1),
        (None, _rejects, 1, 1),
        (None, _joins, 2, 1),
        (_joins, _parts, 1, 2),
        (_joins, _bridges, 1, 1),
        (None, _bridges, 2, 1),
        (None, _prints, 2, 3),  # what the first two print is no news any more
        (_prints, _brings_printers_together, 3, 2),  # and is news again
    ],
)
def test_so_many_stories_are_touched_and_no_other_is_read(
    url: str, monkeypatch: pytest.MonkeyPatch, first: Any, then: Any, before: int, after: int
) -> None:
    with api.open(url, steps=SHOWN) as ledger:
        if first:
            first(ledger)
        row = ledger.head()
        then(ledger)
    slow = since(url, row, slowly=True)
    monkeypatch.setattr(Linking, "state", lambda self: pytest.fail("all of the ledger was read"))
    quick = since(url, row, slowly=False)
    assert quick == slow
    assert (len(quick.before.parts), len(quick.after.parts)) == (before, after)


def test_what_may_bear_on_any_story_is_looked_for_in_all(url: str, tmp_path: Path) -> None:
    with api.open(url, steps=SHOWN) as ledger, api.open(str(tmp_path / "other.db"), create=True, steps=SHOWN) as other:
        row = ledger.head()
        ledger.judge(Verdict.CORRECT, "actor:Ada", value="side: north", author="Mo")
        assert len(ledger.since(row).after.parts) == 4
        other.add_captured([captured("#tag1 Ada said 1 fell. (Join us.)", published="2031-01-02")])
        (statement,) = other.statements()
        rejected = other.judge(Verdict.REJECT, statement.id, author="Bea", at="2031-05-01T10:00:00Z")
        taken_back = other.judge(Verdict.REJECT, rejected.id, author="Bea", at="2031-05-02T10:00:00Z")
        ledger.take_judgements([taken_back])
        row = ledger.head()
        ledger.take_judgements([rejected])
    assert since(url, row, slowly=False) == since(url, row, slowly=True)


def test_what_was_read_anew_or_blacked_out_meanwhile_stands_in_both(url: str) -> None:
    """A process that was there all the time gives no words away that another could not: none that were redacted since."""
    with api.open(url, steps=SHOWN) as ledger:
        row = ledger.head()
        ledger.judge(Verdict.CORRECT, "actor:Ada", value="side: north", author="Mo")
        ledger.since(row)
        row = ledger.head()
        report = next(r for r in ledger.reports() if "#tag2" in r.text)
        ledger.redact(report.id, ["Ada"], author="Mo", reason="asked for")
        ledger.judge(Verdict.CORRECT, "actor:Cy", value="side: south", author="Mo")
        found = ledger.since(row)
        assert "Ada" not in next(r for r in found.before.reports if r.id == report.id).text
    assert found == since(url, row, slowly=False)
