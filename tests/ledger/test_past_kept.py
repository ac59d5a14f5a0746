"""States of the past are not linked again for what does not bear on them, and are what a clean link of them gives all the same."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso import ledger as ledgers
from sayso.ledger import Ledger
from sayso.ledger.bearing import bears
from sayso.ledger.kept import Kept
from sayso.link.judged import read_judgements
from sayso.model import Judgement, Linked, Verdict
from sayso.pipeline import Steps
from tests.store.making import STEPS, captured, link

DAYS = ("2031-04-08", "2031-04-09", "2031-04-10")


def obedient(reports: Any, extractions: Any, **how: Any) -> Linked:
    """The made link, which shows in the words of a story's claims whatever the real one would obey of the judgements in it."""
    judged = read_judgements(how["judgements"])
    here = {s.id for x in extractions for s in x.statements} | {report.id for report in reports}

    def of_here(pairs: Any) -> list[Any]:
        return sorted(pair for pair in pairs if not here.isdisjoint(pair))

    obeyed = (
        sorted(judged.rejected & here), of_here(judged.merged), of_here(judged.split), of_here(judged.dropped),
        of_here(judged.accepted), of_here(judged.related), judged.actors_merged, judged.corrections, judged.families,
    )  # fmt: skip
    made = link(reports, extractions, **{**how, "judgements": ()})
    claims = tuple(dataclasses.replace(claim, rule=repr(obeyed)) for claim in made.claims)
    return dataclasses.replace(made, claims=claims)


class Counting:
    """Steps whose linking is counted: by how many reports each time."""

    def __init__(self) -> None:
        self.linked: list[int] = []
        self.steps: Steps = dataclasses.replace(STEPS, link=self._link)

    def _link(self, reports: Any, extractions: Any, **how: Any) -> Linked:
        self.linked.append(len(reports))
        return obedient(reports, extractions, **how)

    def times(self, act: Callable[[], object]) -> int:
        """How often ``act`` links something."""
        before = len(self.linked)
        act()
        return len(self.linked) - before


@pytest.fixture
def counting() -> Counting:
    return Counting()


@pytest.fixture
def ledger(tmp_path: Path, counting: Counting) -> Iterator[Ledger]:
    with ledgers.open(str(tmp_path / "flood.db"), create=True, steps=counting.steps) as opened:
        opened.add_captured(
            [
                captured("Ada said 3 fell.", outlet="Harbour", published=DAYS[0]),
                captured("Cy said 4 fell.", outlet="Hill", published=DAYS[1]),
                captured("#fair Eve said the fair opened.", outlet="Fair", published=DAYS[0]),
            ]
        )
        yield opened


def clean(ledger: Ledger) -> Ledger:
    """The same ledger for somebody who has nothing in memory: steps of their own, so that nothing kept is theirs."""
    return ledgers.open(ledger.url, steps=Counting().steps)


def test_a_moment_is_linked_once_and_only_where_it_differs(ledger: Ledger, counting: Counting) -> None:
    assert counting.times(lambda: ledger.state(as_of=DAYS[0])) == 1, "the fair is what it is now"
    assert counting.times(lambda: ledger.changes(since=DAYS[0])) == 0
    assert counting.times(lambda: ledger.state(as_of=DAYS[0])) == 0


def test_what_came_in_for_later_changes_no_moment_before(ledger: Ledger, counting: Counting) -> None:
    before = ledger.state(as_of=DAYS[0])
    ledger.add_captured([captured("Bo said 5 fell.", outlet="Mill", published=DAYS[2])])
    assert counting.times(lambda: ledger.state(as_of=DAYS[0])) == 0
    assert ledger.state(as_of=DAYS[0]) is before
    ledger.add_captured([captured("Dee said 6 fell.", outlet="Late", published=DAYS[0])])
    assert counting.times(lambda: ledger.state(as_of=DAYS[0])) == 1
    with clean(ledger) as other:
        assert ledger.state(as_of=DAYS[0]) == other.state(as_of=DAYS[0])


def test_a_state_that_was_linked_as_the_present_is_known_as_the_past(ledger: Ledger, counting: Counting) -> None:
    ledger.add_captured([captured("Bo said 5 fell.", outlet="Mill", published=DAYS[2])])
    assert counting.times(lambda: ledger.state(as_of=DAYS[1])) == 0


def test_remarks_link_nothing_and_a_decision_taken_back_is_known(ledger: Ledger, counting: Counting) -> None:
    (statement,) = ledger.statements(outlet="Hill")
    head = ledger.head()

    def remark() -> Judgement:
        ledger.judge(Verdict.GRADE, statement.report, value="2", author="Mo")
        ledger.judge(Verdict.NOTE, statement.id, value="ask", author="Mo")
        made = ledger.judge(Verdict.ACCEPT, statement.id, value="reported; 1 statement, 1 origin", author="Mo")
        ledger.judge(Verdict.REJECT, made.id, author="Mo")
        ledger.state()
        return made

    assert counting.times(remark) == 0
    assert ledger.same_since(head)
    rejected = ledger.judge(Verdict.REJECT, statement.id, author="Mo")
    assert counting.times(ledger.state) == 1
    assert not ledger.same_since(head)
    ledger.judge(Verdict.REJECT, rejected.id, author="Mo")
    with clean(ledger) as other:
        assert ledger.state() == other.state()


def test_to_accept_what_was_rejected_says_something(ledger: Ledger) -> None:
    (statement,) = ledger.statements(outlet="Hill")
    ledger.judge(Verdict.REJECT, statement.id, author="Mo", at="2031-05-01T10:00:00Z")
    ledger.state()
    head = ledger.head()
    ledger.judge(Verdict.ACCEPT, statement.id, author="Bea", at="2031-05-02T10:00:00Z")
    assert not ledger.same_since(head)
    assert str(statement.id) not in ledger.linked().claims[0].rule


def test_a_protection_is_no_remark(ledger: Ledger) -> None:
    head = ledger.head()
    report = next(iter(ledger.reports())).id
    ledger.protect(report, author="Mo")
    assert not ledger.same_since(head)
    assert not ledger.same_since("f" * 64)


def test_reports_of_later_leave_the_past_the_same_and_the_present_not(ledger: Ledger) -> None:
    head = ledger.head()
    ledger.add_captured([captured("Bo said 5 fell.", outlet="Mill", published=DAYS[2])])
    assert ledger.same_since(head, as_of=DAYS[1])
    assert not ledger.same_since(head, as_of=DAYS[2])
    assert not ledger.same_since(head)


def test_a_rebuild_links_anew_whatever_is_kept(ledger: Ledger, counting: Counting) -> None:
    assert counting.times(ledger.rebuild) == 2


# ---------------------------------------------------------------------------------------------------
# Whatever is done, in whatever order

_TEXTS = (
    "Ada said 3 fell.",
    "Cy said 4 fell.",
    "Bo said it rains.",
    "#fair Eve said it rains.",
    "#fair Ada said 3 fell.",
)
_VERDICTS = (Verdict.ACCEPT, Verdict.REJECT, Verdict.MERGE, Verdict.SPLIT, Verdict.NOTE, Verdict.GRADE)
_ADD = st.tuples(st.just("add"), st.integers(0, 4), st.integers(0, 2))
_JUDGE = st.tuples(st.just("judge"), st.sampled_from(_VERDICTS), st.integers(0, 9), st.none() | st.integers(0, 9))
_BACK = st.tuples(st.just("back"), st.integers(0, 9))
_NAME = st.tuples(st.just("name"), st.sampled_from(["Ada", "Bo"]), st.sampled_from(["side: north", "side: south"]))


@settings(max_examples=25)
@given(st.lists(st.one_of(_ADD, _ADD, _JUDGE, _JUDGE, _BACK, _NAME), min_size=2, max_size=9))
def test_every_moment_is_what_a_clean_link_gives(tmp_path_factory: pytest.TempPathFactory, acts: list[Any]) -> None:
    path = tmp_path_factory.mktemp("acts") / "acts.db"
    with ledgers.open(str(path), create=True, steps=Counting().steps) as ledger:
        for number, act in enumerate(acts):
            _do(ledger, number, act)
            with clean(ledger) as other:
                for moment in (None, *DAYS):
                    assert ledger.state(as_of=moment) == other.state(as_of=moment), (act, moment)
                    assert ledger.linked(as_of=moment) == other.linked(as_of=moment)


def _do(ledger: Ledger, number: int, act: Any) -> None:
    at = f"2031-05-01T10:00:{number:02}Z"
    statements = sorted(s.id for s in ledger.statements())
    match act:
        case ("add", text, day):
            ledger.add_captured([captured(_TEXTS[text], outlet=f"Outlet {number}", published=DAYS[day])])
        case ("name", who, value) if statements:
            ledger.judge(Verdict.CORRECT, f"actor:{who}", value=value, author="Mo", at=at)
        case ("back", which) if ledger.judgements():
            taken = ledger.judgements()[which % len(ledger.judgements())]
            ledger.judge(Verdict.REJECT, taken.id, author="Mo", at=at)
        case ("judge", verdict, first, second) if statements:
            one = statements[first % len(statements)]
            two = statements[second % len(statements)] if second is not None else None
            pairs = verdict in (Verdict.MERGE, Verdict.SPLIT)
            if pairs and two in (None, one):
                return
            value = "2" if verdict in (Verdict.NOTE, Verdict.GRADE) else None
            other = (
                two
                if two != one and verdict in (Verdict.ACCEPT, Verdict.REJECT, Verdict.MERGE, Verdict.SPLIT)
                else None
            )
            ledger.judge(verdict, one, other=other, value=value, author="Mo", at=at)


# ---------------------------------------------------------------------------------------------------


def test_what_weighs_too_much_goes_the_least_used_first() -> None:
    kept: Kept[str] = Kept(5)
    kept.put("a", "A", 2)
    kept.put("b", "B", 2)
    assert kept.get("a") == "A"
    kept.put("c", "C", 2)
    assert (kept.get("a"), kept.get("b"), kept.get("c")) == ("A", None, "C")
    kept.put("d", "D", 50)
    assert (kept.get("a"), kept.get("d")) == (None, "D"), "the last one stays whatever it weighs"
    kept.clear()
    assert kept.get("d") is None


@pytest.mark.parametrize(
    ("verdict", "subject", "other", "bearing"),
    [
        (Verdict.GRADE, "r-a", None, False),
        (Verdict.NOTE, "s-a", None, False),
        (Verdict.ACCEPT, "s-a", None, False),
        (Verdict.ACCEPT, "s-a", "s-b", True),
        (Verdict.REJECT, "s-a", None, True),
        (Verdict.CORRECT, "actor:Ada", None, True),
        (Verdict.WITHDRAW, "r-a", None, True),
        (Verdict.REJECT, "j-grade", None, False),
        (Verdict.REJECT, "j-merge", None, True),
    ],
)
def test_what_bears(verdict: Verdict, subject: str, other: str | None, bearing: bool) -> None:
    known = {
        "j-grade": Judgement("j-grade", Verdict.GRADE, "r-a", None, "2", "Mo", DAYS[0]),
        "j-merge": Judgement("j-merge", Verdict.MERGE, "s-a", "s-b", None, "Mo", DAYS[0]),
    }
    assert bears(Judgement("j-new", verdict, subject, other, None, "Mo", DAYS[1]), known) is bearing


def test_the_steps_are_part_of_what_is_kept(tmp_path: Path) -> None:
    """Two linkers in one process never take each other's."""
    with ledgers.open(str(tmp_path / "a.db"), create=True, steps=Counting().steps) as ledger:
        ledger.add_captured([captured("Ada said 3 fell.", published=DAYS[0])])
    other = Counting()
    with ledgers.open(str(tmp_path / "a.db"), steps=dataclasses.replace(other.steps, linker="made-2")) as ledger:
        assert other.times(ledger.state) == 1
