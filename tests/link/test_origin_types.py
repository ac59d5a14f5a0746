"""How whoever stands at the beginning of a claim knows it."""

from __future__ import annotations

import pytest

from sayso.link.origin_types import is_first_hand
from sayso.link.told import Told, read_statements
from sayso.link.utterances import claim_origins
from sayso.model import Act, Actor, ActorType, ClaimOrigin, OriginType
from tests.link.factories import actor, extraction, report, says


def told(words: str, who: Actor | None = None, *, act: Act = Act.ASSERT, relay: str | None = None) -> list[Told]:
    name = f"{who.name} said " if who else ""
    where = report(f"{name}{words}.")
    return read_statements({where.id: where}, [extraction(where, says(where, words, who, act=act, relay=relay))])


def origin(one: list[Told], *, sided: bool = False) -> ClaimOrigin:
    (found,) = claim_origins(one, {}, sided=lambda _: sided)
    return found


SPAN_GONE = "the middle span was gone"


@pytest.mark.parametrize(
    ("who", "relay", "sided", "expected"),
    [
        (None, None, False, OriginType.OWN_REPORTING),
        (None, "Norwire", False, OriginType.REHASH),
        (actor("Ada Quill", role="resident of Varn"), None, False, OriginType.WITNESS),
        (actor("residents", ActorType.GROUP), None, False, OriginType.WITNESS),
        (actor("Ada Quill", role="a professor of hydrology"), None, False, OriginType.ANALYST),
        (actor("Institute for River Studies", ActorType.ORGANIZATION), None, False, OriginType.ANALYST),
        (actor("Ada Quill", role="the county coroner"), None, False, OriginType.OFFICIAL_RECORD),
        (actor("Ada Quill", role="mayor"), None, False, OriginType.OFFICIAL_RECORD),
        (actor("Ada Quill", role="mayor"), None, True, OriginType.PARTY),
        (actor("Ada Quill"), None, False, OriginType.UNKNOWN),
        (actor("sources", ActorType.GROUP), "Norwire", False, OriginType.REHASH),
        (actor("sources", ActorType.GROUP), None, False, OriginType.UNKNOWN),
    ],
)
def test_how_they_know(who: Actor | None, relay: str | None, sided: bool, expected: OriginType) -> None:
    assert origin(told(SPAN_GONE, who, relay=relay), sided=sided).type is expected


def test_what_an_outlet_saw_it_witnessed() -> None:
    assert origin(told("A reporter saw that the middle span was gone")).type is OriginType.WITNESS


def test_who_takes_responsibility_is_a_party() -> None:
    made = told("it had blown up the span", actor("Free Weir", ActorType.GROUP), act=Act.CLAIM_RESPONSIBILITY)
    assert origin(made).type is OriginType.PARTY


@pytest.mark.parametrize(
    ("who", "relay", "expected"),
    [
        (None, None, True),
        (None, "Norwire", False),
        (actor("Ada Quill"), None, True),
        (actor("Ada Quill"), "Norwire", True),
        (actor("Ada Quill", role="analyst"), None, False),
        (actor("officials", ActorType.GROUP), None, False),
    ],
)
def test_who_answers_for_it_by_name_and_from_near(who: Actor | None, relay: str | None, expected: bool) -> None:
    (one,) = told(SPAN_GONE, who, relay=relay)
    assert is_first_hand(one, lambda _: False) is expected


@pytest.mark.parametrize(
    ("who", "relay", "name"),
    [
        (None, None, "The Varn Post"),
        (None, "Norwire", None),
        (actor("Ada Quill"), "Norwire", "Ada Quill"),
        (actor("officials", ActorType.GROUP), None, None),
    ],
)
def test_who_stands_at_the_beginning(who: Actor | None, relay: str | None, name: str | None) -> None:
    assert origin(told(SPAN_GONE, who, relay=relay)).name == name


def test_what_a_reporter_saw_is_no_part_of_what_the_report_took_over() -> None:
    """A report that carries paragraphs of another, and tells in one of its own what its reporter saw."""
    wire = report("The middle span was gone.", outlet="Norwire")
    post = report("Our reporter saw that the middle span was gone.", outlet="The Varn Post")
    told_by_both = read_statements(
        {wire.id: wire, post.id: post},
        [
            extraction(wire, says(wire, "The middle span was gone")),
            extraction(post, says(post, "Our reporter saw that the middle span was gone")),
        ],
    )
    found = claim_origins(told_by_both, {wire.id: "o-1", post.id: "o-1"})
    assert sorted(each.type for each in found) == [OriginType.OWN_REPORTING, OriginType.WITNESS]
