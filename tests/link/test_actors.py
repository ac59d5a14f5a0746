"""Who is one party across reports."""

from __future__ import annotations

import pytest

from sayso.link.actors import Party, bring_together, fold, is_a_name, same_party, seat_of
from sayso.model import Actor, ActorType
from tests.link.factories import actor, extraction, report, says

ORG = ActorType.ORGANIZATION


def parties(*actors: Actor) -> list[Party]:
    """The parties of actors who each speak in a report of their own."""
    read = []
    for n, one in enumerate(actors):
        where = report(f"{one.name} said that the road was shut.", outlet=f"Outlet {n}")
        read.append((where, one, extraction(where, says(where, "the road was shut", one))))
    found = bring_together([x for _, _, x in read])
    return [found[where.id, one.id] for where, one, _ in read]


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        (actor("Ada Quill"), actor("Quill"), True),  # a surname, of one person only
        (actor("Gov. Ada Quill"), actor("Ada Quill"), True),
        (actor("Andriy Poltan"), actor("Andrij Poltan"), True),
        (actor("Ada Quill"), actor("Bram Quill"), False),  # never two first names
        (actor("Institute for River Safety", ORG), actor("IRS", ORG), True),
        (actor("Free River Brigade", ORG), actor("Free River", ORG), True),
        (actor("officials", ActorType.GROUP), actor("officials", ActorType.GROUP), False),
        (actor("governor"), actor("governor"), False),  # a role alone
        (actor("Varn city council", ORG), actor("Varn city council", ORG), True),
        (actor("Moscow", ActorType.PLACE), actor("the Kremlin", ORG), True),
        (actor("Haitian government", ORG), actor("Haiti’s government", ORG), True),
        (actor("Norlandic government", ORG), actor("Norland", ActorType.PLACE), True),  # an invented country's too
        (actor("Ada Quill", role="the leading general in Haiti"), actor("Haitian government", ORG), False),
    ],
)
def test_one_party_or_two(first: Actor, second: Actor, same: bool) -> None:
    a, b = parties(first, second)
    assert (a.key == b.key) is same, (a, b)


def test_a_surname_of_two_people_is_neither() -> None:
    a, b, bare = parties(actor("Ada Quill"), actor("Bram Quill"), actor("Quill"))
    assert len({a.key, b.key, bare.key}) == 3


def test_a_role_is_the_one_named_holder_in_its_report() -> None:
    where = report("Governor Ada Quill said the road was shut.", "The governor said the bridge was safe.")
    named, role = actor("Ada Quill", role="governor of Varn"), actor("governor")
    read = extraction(where, says(where, "the road was shut", named), says(where, "the bridge was safe", role))
    found = bring_together([read])
    assert found[where.id, role.id].key == found[where.id, named.id].key


def test_a_spokesman_and_the_body_answer_for_one_another() -> None:
    spokesman, ministry = parties(
        actor("Olen Marsk", role="Varn Defence Ministry spokesman"), actor("Varn Defence Ministry", ORG)
    )
    assert spokesman.key != ministry.key
    assert same_party(spokesman, ministry) == "the same body (varn defence ministri)"


@pytest.mark.parametrize(
    ("name", "named"),
    [
        ("Varn Council", True),
        ("the Varn Council", True),
        ("al-Mahdi", True),
        ("each government", False),
        ("Every ministry", False),
        ("rescuers from Varn", False),
        ("", False),
    ],
)
def test_what_is_a_name(name: str, named: bool) -> None:
    assert is_a_name(name) is named


@pytest.mark.parametrize(("name", "seat"), [("the Kremlin", "russia"), ("Haitian government", "haiti"), ("Varn", None)])
def test_seats(name: str, seat: str | None) -> None:
    assert seat_of(fold(name)) == seat
