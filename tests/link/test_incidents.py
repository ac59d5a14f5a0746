"""Which reports of one story tell of one incident: the same place on the same day, in the opening of both."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sayso.link.incidents import find_incidents, read_happening, same_incident
from sayso.model import Extraction, PlaceMention, Precision, Report, Said, Span

from .factories import report, says

SHELLED = "Shells hit the market of Ostrel and killed four traders, doctors said."
AGAIN = "Four traders died when shells fell on Ostrel's market, a doctor there said."
FAR = "Shells hit the market of Brenn and killed four traders, doctors said."


def told(text: str, place: str, day: str = "2031-04-02", *, country: bool = False) -> tuple[Report, Extraction]:
    made = report(text, published=day)
    start = text.index(place)
    mention = PlaceMention(
        Span(start, start + len(place)), place, 1.0, 2.0, 1.0, "17", () if country else ("Lower Varn", "Corvane")
    )
    return made, Extraction(made.id, (says(made, text),), places=(mention,))


def together(*pairs: tuple[Report, Extraction]) -> bool:
    reports, extractions = zip(*pairs, strict=True)
    return len(set(find_incidents(reports, extractions).values())) == 1


def test_the_same_place_on_the_same_day_is_one_incident() -> None:
    assert together(told(SHELLED, "Ostrel"), told(AGAIN, "Ostrel"))


def test_another_day_is_another_incident() -> None:
    assert not together(told(SHELLED, "Ostrel"), told(AGAIN, "Ostrel", "2031-04-03"))


def test_the_day_a_report_names_counts_as_well_as_its_own() -> None:
    made, extraction = told(AGAIN, "Ostrel", "2031-04-03")
    when = Said("2031-04-02", Precision.DAY, Span(0, 4))
    (statement,) = extraction.statements
    dated = replace(extraction, statements=(replace(statement, happened=(when,)),))
    assert together(told(SHELLED, "Ostrel"), (made, dated))
    old = replace(extraction, statements=(replace(statement, happened=(replace(when, value="2031-03-02"),)),))
    assert read_happening(made, old).days == read_happening(made, extraction).days


def test_another_place_is_another_incident_and_a_country_is_no_place() -> None:
    brenn, extraction = told(FAR, "Brenn")
    elsewhere = tuple(replace(p, within=("Upper Varn", "Corvane")) for p in extraction.places)
    assert not together(told(SHELLED, "Ostrel"), (brenn, replace(extraction, places=elsewhere)))
    assert not read_happening(*told(SHELLED, "Ostrel", country=True)).places


def test_same_place_and_day_need_the_words_as_well() -> None:
    feast = told("A feast for the patron saint of Ostrel drew choirs and bakers from the whole valley.", "Ostrel")
    assert not together(told(SHELLED, "Ostrel"), feast)


@pytest.mark.parametrize("order", [1, -1])
def test_any_order_gives_the_same_incidents(order: int) -> None:
    told_of = [told(SHELLED, "Ostrel"), told(AGAIN, "Ostrel"), told(FAR, "Brenn", "2031-04-09")][::order]
    found = find_incidents([r for r, _ in told_of], [x for _, x in told_of])
    assert found == find_incidents([r for r, _ in told_of[::-1]], [x for _, x in told_of])
    a, b = (read_happening(*each) for each in told_of[:2])
    assert same_incident(a, b) == same_incident(b, a)
