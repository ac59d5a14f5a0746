"""Where it happened: places that have a point, how surely, and names that have none."""

from __future__ import annotations

import math

import pytest

from sayso.errors import RecordNotFound
from sayso.model import PlaceMention
from sayso.serve.pages.places import map_page, place_page
from sayso.serve.pages.view import View
from tests.serve.pages.making import a_claim, a_place, a_report, a_statement, a_view

POST, WIRE = a_report("Tarn Post", "2031-03-12"), a_report("Northwire", "2031-03-13")


def view_of(*places: tuple[PlaceMention, ...]) -> View:
    """A claim for each tuple of places, by reports in turn."""
    said = [a_statement((POST, WIRE)[at % 2], key=str(at), places=of_one) for at, of_one in enumerate(places)]
    return a_view([POST, WIRE], said, claims=[a_claim(s, words=f"claim {at}") for at, s in enumerate(said)])


def test_one_place_under_several_names_is_one_and_as_sure_as_the_surest() -> None:
    named = a_place("Corran", 50.0, 36.0, precision_km=20.0, gazetteer_id="7")
    surer = a_place("Corran city", 50.1, 36.1, precision_km=2.0, gazetteer_id="7", within=("Norland",))
    page = map_page(view_of((named,), (surer,), (named,)))
    (place,) = page.places
    assert (place.name, place.lat, place.precision_km, place.within) == ("Corran", 50.1, 2.0, ("Norland",))
    assert (place.claims, place.statements) == (3, 3)


@pytest.mark.parametrize(
    ("lat", "lon"),
    [(None, None), (50.0, None), (math.nan, 36.0), (50.0, math.inf), (91.0, 36.0), (50.0, 181.0)],
)
def test_no_point_is_invented(lat: float | None, lon: float | None) -> None:
    page = map_page(view_of((a_place("Tessrick", lat, lon),)))
    assert (page.places, page.drawn, [place.name for place in page.unresolved]) == ((), (), ["Tessrick"])


@pytest.mark.parametrize("precision", [None, math.nan, math.inf, -1.0])
def test_a_precision_that_is_none_is_not_drawn(precision: float | None) -> None:
    page = map_page(view_of((a_place("Corran", 50.0, 36.0, precision_km=precision),)))
    assert page.places[0].precision_km is None


def test_places_with_most_claims_stand_first_and_come_in_parts() -> None:
    here, there = a_place("Here", 1.0, 1.0), a_place("There", 2.0, 2.0)
    view = view_of((here,), (there,), (there,))
    assert [place.name for place in map_page(view).places] == ["There", "Here"]
    page = map_page(view, start=1)
    assert [place.name for place in page.places] == ["Here"]
    assert [(place.name, place.listed) for place in page.drawn] == [("There", False), ("Here", True)]


def test_a_place_has_every_claim_told_of_it() -> None:
    here = a_place("Here", 1.0, 1.0)
    view = view_of(*[(here,)] * 6, (a_place("There", 2.0, 2.0),))
    (place, _) = map_page(view).places
    assert (len(place.named), place.claims) == (4, 6)
    page = place_page(view, place.id)
    assert {claim.wording for claim in page.claims} == {f"claim {at}" for at in range(6)}


def test_a_name_without_a_point_has_a_page_too() -> None:
    view = view_of((a_place("Tessrick"),))
    page = place_page(view, map_page(view).unresolved[0].id)
    assert (page.name, page.lat, len(page.claims)) == ("Tessrick", None, 1)


def test_a_place_of_which_nothing_is_told_is_not_found() -> None:
    with pytest.raises(RecordNotFound, match="no such place"):
        place_page(view_of(), "l-none")
