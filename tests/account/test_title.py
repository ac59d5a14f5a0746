"""Which headline names an account, and what stands there where none does."""

from __future__ import annotations

from dataclasses import replace

from sayso.account import compose
from sayso.model import Edge, EdgeKind, Linked, Origin, Report
from tests.account.making import linked, report

BODY = "The weir at Dorn broke on Monday and the mill was lost. The weir at Dorn held for a hundred years."


def titled(title: str, *, outlet: str, published: str) -> Report:
    return replace(report(BODY, outlet=outlet, published=published), title=title)


def test_the_headline_that_most_reports_bear_out_and_the_latest_of_equals() -> None:
    reports = [
        titled("Weir at Dorn broke", outlet="A", published="2031-04-02"),
        titled("Weir at Dorn broke on Monday", outlet="B", published="2031-04-03"),
        titled("A baker remembers", outlet="C", published="2031-04-04"),
    ]
    assert compose(reports, [], linked(reports, [])).title == "Weir at Dorn broke on Monday"


def test_never_a_rewordings() -> None:
    base = titled("Mill lost", outlet="A", published="2031-04-02")
    farm = titled("Weir at Dorn broke on Monday and mill was lost", outlet="Farm", published="2031-04-03")
    origin = Origin("o-1", (base.id, farm.id), (Edge(farm.id, base.id, EdgeKind.REWORD, 0.8, ("alike",)),))
    assert compose([base, farm], [], Linked((origin,), (), (), ())).title == "Mill lost"


def test_a_plain_title_where_no_report_has_one() -> None:
    reports = [report(BODY, outlet=name) for name in ("A", "B", "C")]
    assert compose(reports, [], linked(reports, [])).title == "Dorn, broke: what 3 reports say"
    assert compose(reports[:1], [], linked(reports[:1], [])).title == "What these reports say"


def test_a_plain_title_takes_the_whole_of_a_name_of_two_words() -> None:
    body = "In Dorn the marsh fever is here. It is the marsh fever of Dorn, and this was the marsh fever."
    reports = [report(f"{body} {name} saw it.", outlet=name) for name in ("A", "B", "C")]
    assert "marsh fever" in compose(reports, [], linked(reports, [])).title
