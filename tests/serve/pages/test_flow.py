"""Who has it from whom: reports in time, and outlets where there are too many."""

from __future__ import annotations

import pytest

from sayso.model import Edge, EdgeKind, Origin
from sayso.serve.pages import flow
from sayso.serve.pages.flow import flow_page
from sayso.serve.pages.view import View
from tests.serve.pages.making import a_report, a_view

WIRE, POST, ECHO, LONE = (
    a_report("Northwire", "2031-03-12T08:00"),
    a_report("Tarn Post", "2031-03-12T10:00"),
    a_report("The Echo", "2031-03-12T11:00"),
    a_report("Valley Radio", None),
)


def edge(derived: str, base: str, kind: EdgeKind = EdgeKind.REWORD, score: float = 0.8) -> Edge:
    return Edge(derived, base, kind, score, ("credits it",))


def the_view(*edges: Edge) -> View:
    together = Origin("o-wire", (WIRE.id, POST.id, ECHO.id), edges)
    return a_view([ECHO, LONE, POST, WIRE], origins=[together, Origin("o-lone", (LONE.id,))])


def test_reports_stand_in_time_and_share_the_number_of_their_origin() -> None:
    page = flow_page(the_view(edge(POST.id, WIRE.id)))
    assert [(node.outlet, node.origin, node.alone) for node in page.nodes] == [
        ("Northwire", 1, False),
        ("Tarn Post", 1, False),
        ("The Echo", 1, False),
        ("Valley Radio", 2, True),
    ]
    assert (page.origins, page.shared) == (2, 1)
    assert [outlet.name for outlet in page.outlets] == ["Northwire", "Tarn Post", "The Echo", "Valley Radio"]


def test_a_tie_leads_from_the_derived_to_its_base() -> None:
    page = flow_page(the_view(edge(POST.id, WIRE.id), edge(ECHO.id, POST.id, EdgeKind.COPY, 0.99)))
    assert [(t.derived, t.base, t.words) for t in page.ties] == [(2, 1, "is a copy of"), (1, 0, "rewords")]
    assert [(row.derived.outlet, row.base.outlet, row.reasons) for row in page.edges] == [
        ("The Echo", "Tarn Post", ("credits it",)),
        ("Tarn Post", "Northwire", ("credits it",)),
    ]


def test_one_publisher_is_no_taking_over_and_stands_last() -> None:
    page = flow_page(the_view(edge(POST.id, WIRE.id, EdgeKind.FAMILY, 1.0), edge(ECHO.id, WIRE.id, score=0.5)))
    assert [row.kind for row in page.edges] == [EdgeKind.REWORD, EdgeKind.FAMILY]
    assert [(outlet.name, outlet.derived, outlet.base) for outlet in page.outlets[:3]] == [
        ("Northwire", 0, 1),
        ("Tarn Post", 0, 0),
        ("The Echo", 1, 0),
    ]


def test_too_many_reports_are_summed_up_by_outlet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flow, "MOST_DRAWN", 3)
    monkeypatch.setattr(flow, "MOST_OUTLETS", 2)
    page = flow_page(the_view(edge(POST.id, WIRE.id), edge(ECHO.id, WIRE.id), edge(ECHO.id, POST.id)))
    assert (page.nodes, page.ties) == ((), ())
    assert ([outlet.name for outlet in page.outlets], page.more_outlets) == (["Northwire", "Tarn Post"], 2)
    assert [(tie.derived, tie.base, tie.count) for tie in page.outlet_ties] == [(1, 0, 1)]
    assert page.paging.total == 3, "the list still holds every tie"


def test_a_tie_to_a_report_that_is_not_here_is_left_out() -> None:
    assert flow_page(the_view(edge(POST.id, "r-elsewhere"))).edges == ()
