"""Searching: words, filters, and how many hits each value of a filter has."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sayso import ledger as ledgers
from sayso.ledger import Ledger
from sayso.serve.pages import search
from sayso.serve.pages.search import Asked, SearchPage, search_page
from tests.store.making import STEPS, captured


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    place = tmp_path_factory.mktemp("search") / "dam.db"
    with ledgers.open(str(place), create=True, steps=STEPS) as opened:
        opened.add_captured(
            [
                captured("Ada said the dam held. Bo said the dam broke.", outlet="Tarn Post", published="2031-03-11"),
                captured("Ada said the dam held for 3 hours.", outlet="Northwire", published="2031-03-12"),
                captured("Ada said the dam held for 5 hours.", outlet="Northwire", published="2031-03-13"),
                captured("Nobody speaks of the dam here.", outlet="The Echo"),
            ]
        )
        yield opened


def counts(page: SearchPage, name: str) -> dict[str, int]:
    return {value.value: value.count for facet in page.facets if facet.name == name for value in facet.values}


def test_words_find_statements_first_and_count_what_they_are_of(ledger: Ledger) -> None:
    page = search_page(ledger, Asked("dam"))
    assert (page.found, page.paging.total) == (5, 5)
    assert page.hits[-1].statement is None, "a report of which no statement holds the word"
    assert counts(page, "outlet") == {"Northwire": 2, "Tarn Post": 2, "The Echo": 1}
    assert counts(page, "actor") == {"Ada": 3, "Bo": 1}
    assert counts(page, "status") == {"disputed": 2, "reported": 2}


@pytest.mark.parametrize(
    ("asked", "hits"),
    [
        (Asked("dam", outlet="Northwire"), 2),
        (Asked("dam", outlet="northwire", actor="ada"), 2),
        (Asked("dam", actor="Bo"), 1),
        (Asked("dam", actor="Nobody"), 0),
        (Asked("dam", act="assert"), 4),
        (Asked("dam", act="deny"), 0),
        (Asked("dam", status="disputed"), 2),
        (Asked("dam", place="Corran"), 0),
        (Asked("dam", from_day="2031-03-12"), 2),
        (Asked("dam", to_day="2031-03-12"), 3),
        (Asked("dam", from_day="2031-03-12", to_day="2031-03-12"), 1),
        (Asked(actor="Ada"), 3),  # without words
        (Asked(outlet="Tarn Post"), 2),
        (Asked(act="deny"), 0),
        (Asked(act="juggle"), 0),
    ],
)
def test_filters_narrow_what_was_found(ledger: Ledger, asked: Asked, hits: int) -> None:
    page = search_page(ledger, asked)
    assert (page.paging.total, page.problem) == (hits, None)
    assert page.filters == asked.filters


def test_each_count_is_of_the_hits_that_pass_the_other_filters(ledger: Ledger) -> None:
    page = search_page(ledger, Asked("dam", outlet="Northwire"))
    assert counts(page, "outlet") == {"Northwire": 2, "Tarn Post": 2, "The Echo": 1}, "another choice would give these"
    assert counts(page, "actor") == {"Ada": 2}
    assert next(value.chosen for facet in page.facets if facet.name == "outlet" for value in facet.values)


def test_a_chosen_value_that_no_hit_has_stays_on_offer(ledger: Ledger) -> None:
    page = search_page(ledger, Asked("dam", actor="Cy", outlet="The Echo"))
    assert counts(page, "actor") == {"Cy": 0}


@pytest.mark.parametrize(
    ("asked", "problem"),
    [
        (Asked('"'), "no word"),
        (Asked("dam", from_day="12 March"), "not a day"),
        (Asked("dam", to_day="2031-02-30"), "not a day"),
        (Asked(place="Corran"), "nothing to look for"),
    ],
)
def test_what_cannot_be_looked_for_is_said(ledger: Ledger, asked: Asked, problem: str) -> None:
    page = search_page(ledger, asked)
    assert page.problem is not None
    assert problem in page.problem
    assert page.hits == ()


def test_nothing_asked_is_no_problem(ledger: Ledger) -> None:
    page = search_page(ledger, Asked("  "))
    assert (page.hits, page.problem, page.facets) == ((), None, ())


def test_counts_are_of_all_hits_however_many_and_every_part_can_be_reached(tmp_path: Path) -> None:
    many = [
        captured(f"Ada said the dam held on {n}.", outlet=f"Outlet {n % 3}", published="2031-03-11") for n in range(430)
    ]
    with ledgers.open(str(tmp_path / "many.db"), create=True, steps=STEPS) as opened:
        opened.add_captured(many)
        page = search_page(opened, Asked("dam"))
        assert (page.found, page.paging.total, len(page.hits)) == (430, 430, search.MOST)
        assert counts(page, "outlet") == {"Outlet 0": 144, "Outlet 1": 143, "Outlet 2": 143}
        assert counts(page, "actor") == {"Ada": 430}
        narrowed = search_page(opened, Asked("dam", outlet="Outlet 1"))
        assert (narrowed.found, narrowed.paging.total) == (430, 143)
        seen: list[str] = []
        start: int | None = 0
        while start is not None:
            part = search_page(opened, Asked("dam"), start=start)
            seen += [hit.statement or "" for hit in part.hits]
            start = part.paging.next
        assert len(set(seen)) == len(seen) == 430
        assert seen[: search.MOST] == [hit.statement for hit in opened.search("dam", limit=search.MOST)]
        assert search_page(opened, Asked(actor="Ada")).paging.total == 430


def test_hits_come_in_parts(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "MOST", 2)
    page = search_page(ledger, Asked("dam"), start=4)
    assert (len(page.hits), page.paging.previous, page.paging.next) == (1, 2, None)


def test_as_of_a_time_there_are_no_statuses_to_filter_by(ledger: Ledger) -> None:
    page = search_page(ledger, Asked("dam"), as_of="2031-03-11")
    assert page.paging.total == 3, "two that were out, and one without a time that was captured before"
    assert "status" not in {facet.name for facet in page.facets}
