"""What changed since a time: the page over changes that were found, and the moment from which on."""

from __future__ import annotations

import pytest

from sayso.model import Change, ChangeKind, Changes, ChangeWeight, Citation
from sayso.serve.pages.changes import changes_page, default_since
from sayso.serve.pages.view import View
from tests.serve.pages.making import a_claim, a_report, a_statement, a_view

POST, WIRE = a_report("Tarn Post", "2031-03-11"), a_report("Northwire", "2031-03-12T09:00:00Z")
SAID = a_statement(POST)
HELD = a_claim(SAID)
BROKE = a_claim(SAID, words="the dam broke")


def the_view() -> View:
    return a_view([POST, WIRE], [SAID], claims=[HELD])


def changes(*found: Change, since: str = "2031-03-11") -> Changes:
    return Changes(since, None, (WIRE.id, "r-elsewhere"), (), found)


REVISED = Change(ChangeKind.REVISED, (BROKE,), (HELD,), against=(HELD,), reasons=("broke first, held later",))
NEW = Change(ChangeKind.NEW, after=(BROKE,))
NEW_AND_NAMED = Change(ChangeKind.NEW, after=(HELD,))
BACKGROUND = Change(ChangeKind.NEW, after=(BROKE,), weight=ChangeWeight.BACKGROUND)
GRAVE = Change(ChangeKind.DISPUTED, (HELD,), (HELD,), weight=ChangeWeight.LESSER)


@pytest.mark.parametrize(
    ("found", "everything", "headings", "untold"),
    [
        ((), False, [], 0),
        ((REVISED, NEW), False, [("Revised", 1), ("New", 1)], 0),
        ((REVISED, NEW_AND_NAMED), False, [("Revised", 1)], 1),  # the revision names it already
        ((REVISED, NEW_AND_NAMED), True, [("Revised", 1), ("New", 1)], 1),
        ((GRAVE, BACKGROUND), False, [("Now disputed", 1)], 1),
        ((BACKGROUND,), True, [("New", 1)], 1),
    ],
)
def test_what_the_account_does_not_tell_is_counted_and_shown_on_demand(
    found: tuple[Change, ...], everything: bool, headings: list[tuple[str, int]], untold: int
) -> None:
    page = changes_page(the_view(), changes(*found), everything=everything)
    assert [(group.heading, len(group.changes)) for group in page.groups] == headings
    assert (list(page.counts), page.untold) == (headings, untold)


def test_a_change_tells_what_was_what_is_and_why() -> None:
    (group,) = changes_page(the_view(), changes(REVISED)).groups
    (change,) = group.changes
    assert [claim.wording for claim in (*change.before, *change.after)] == ["the dam broke", "the dam held"]
    assert change.reasons == ("broke first, held later",)


def test_a_citation_of_a_report_that_is_not_here_is_left_out() -> None:
    here = Citation(SAID.id, POST.id, "Tarn Post", None, "2031-03-11", (), "the dam held")
    gone = Citation("s-x", "r-elsewhere", "Elsewhere", None, None, (), "gone")
    change = Change(ChangeKind.NEW, after=(BROKE,), citations=(here, gone))
    (group,) = changes_page(the_view(), changes(change)).groups
    assert [cite.label for cite in group.changes[0].citations] == ["Tarn Post, 11 March"]


def test_reports_that_came_are_those_of_the_story() -> None:
    page = changes_page(the_view(), changes())
    assert ([report.outlet for report in page.came], page.more_came) == (["Northwire"], 0)


@pytest.mark.parametrize(
    ("published", "since"),
    [
        (["2031-03-12T09:00:00Z", "2031-03-10"], "2031-03-11"),
        (["2031-01-01"], "2030-12-31"),
        (["2031-03"], "2031-03"),
        ([None], "1970-01-01"),
    ],
)
def test_it_begins_the_day_before_the_last_report(published: list[str | None], since: str) -> None:
    assert default_since(a_view([a_report(f"Outlet {n}", at) for n, at in enumerate(published)])) == since


def test_the_moment_asked_for_can_be_chosen_though_no_report_came_out_then() -> None:
    page = changes_page(the_view(), changes(since="2031-03-05"))
    assert [(moment.value, moment.reports) for moment in page.moments] == [
        ("2031-03-05", 0),
        ("2031-03-11", 1),
        ("2031-03-12T09:00:00Z", 2),
    ]
