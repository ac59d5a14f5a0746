"""Who speaks in a story, and one of them."""

from __future__ import annotations

import pytest

from sayso.errors import RecordNotFound
from sayso.model import Membership, Relation, RelationKind, Slot
from sayso.serve.pages import actors
from sayso.serve.pages.actors import actor_page, actors_page
from sayso.serve.pages.view import View
from tests.serve.pages.making import a_claim, a_report, a_statement, a_view, an_actor

POST, HERALD, WIRE = (
    a_report("Tarn Post", "2031-03-12"),
    a_report("Corran Herald", "2031-03-11"),
    a_report("Northwire", "2031-03-13"),
)
FIRST, LATER, OTHER = a_statement(POST), a_statement(WIRE), a_statement(HERALD, "Bo")
HELD, BROKE = a_claim(FIRST, words="the dam held"), a_claim(LATER, words="the dam broke")
SAYS_OTHERWISE = a_claim(OTHER, words="the dam broke at noon")


def tie(start: str, end: str, kind: RelationKind = RelationKind.REVISES) -> Relation:
    return Relation(start, end, kind, Slot.WHAT, 0.913, ("held first, broke later",))


def the_view(*relations: Relation) -> View:
    return a_view(
        (POST, HERALD, WIRE),
        (FIRST, LATER, OTHER),
        claims=(HELD, BROKE, SAYS_OTHERWISE),
        relations=relations,
        actors=(an_actor("Bo", OTHER, side="Drevane"), an_actor("Ada", FIRST, LATER)),
    )


def test_who_said_most_stands_first() -> None:
    page = actors_page(the_view())
    assert [(item.actor.name, item.statements, item.reports, item.actor.side) for item in page.actors] == [
        ("Ada", 2, 2, None),
        ("Bo", 1, 1, "Drevane"),
    ]
    assert page.speaking == 2


def test_what_an_actor_said_stands_in_the_order_in_which_it_came_out() -> None:
    page = actor_page(the_view(), an_actor("Ada").id)
    assert [(each.statement.report.outlet, each.claims[0].wording) for each in page.said] == [
        ("Tarn Post", "the dam held"),
        ("Northwire", "the dam broke"),
    ]


def test_all_it_said_comes_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actors, "SAID_SIZE", 1)
    page = actor_page(the_view(), an_actor("Ada").id, start=1)
    assert ([each.statement.report.outlet for each in page.said], page.paging.previous) == (["Northwire"], 0)


@pytest.mark.parametrize(
    ("relations", "found"),
    [
        ((tie(BROKE.id, HELD.id),), [("revises", "the dam broke", "the dam held")]),
        ((tie(BROKE.id, HELD.id, RelationKind.CONTRADICTS),), [("contradicts", "the dam broke", "the dam held")]),
        ((tie(BROKE.id, HELD.id, RelationKind.REFINES),), []),  # goes together
        ((tie(SAYS_OTHERWISE.id, HELD.id, RelationKind.DENIES),), []),  # somebody else
    ],
    ids=["revises", "contradicts", "refines", "of another"],
)
def test_against_itself_is_only_what_the_same_actor_told(
    relations: tuple[Relation, ...], found: list[tuple[str, str, str]]
) -> None:
    page = actor_page(the_view(*relations), an_actor("Ada").id)
    assert [(c.words, c.first.wording, c.second.wording) for c in page.conflicts] == found
    for conflict in page.conflicts:
        assert (conflict.first_said.report.outlet, conflict.second_said.report.outlet) == ("Northwire", "Tarn Post")
        assert conflict.reasons == ("held first, broke later",)


def test_names_that_are_one_for_the_same_reason_stand_in_one_row() -> None:
    members = (
        Membership(POST.id, "a-1", "Ada", "governor", 1.0, ("the same name",)),
        Membership(WIRE.id, "a-1", "Ada", None, 1.0, ("the same name",)),
        Membership(HERALD.id, "a-2", "the governor", None, 0.8, ("the only governor of its report",)),
    )
    actor = an_actor("Ada", members=members)
    page = actor_page(a_view((POST, HERALD, WIRE), actors=(actor,)), actor.id)
    assert [(a.name, a.roles, a.score, a.reasons, a.count) for a in page.aliases] == [
        ("Ada", ("governor",), 1.0, ("the same name",), 2),
        ("the governor", (), 0.8, ("the only governor of its report",), 1),
    ]
    assert [ref.outlet for ref in page.aliases[0].reports] == ["Tarn Post", "Northwire"]


def test_an_actor_of_another_story_is_not_found() -> None:
    with pytest.raises(RecordNotFound, match="no such actor"):
        actor_page(the_view(), "p-nobody")
