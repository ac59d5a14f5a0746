"""Search on a server finds what it finds in a file."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from sayso.store import Entry, Hit, Store, open_store
from tests.store.making import captured, reading

WORDS = "bridge bridges Kelm kelm's the of fell falling café cafe CAFÉ Кельм мост naïve 12,000 3.5 a\u0301b 橋 x_y İstanbul ß".split()
LONG = "z" * 5000


def made(number: int) -> str:
    rng = random.Random(number)
    return " ".join(f"Ada said {' '.join(rng.choices(WORDS, k=rng.randint(1, 7)))}." for _ in range(rng.randint(1, 4)))


TEXTS = [
    *(made(number) for number in range(60)),
    f"Ada said {LONG} fell near the mill.",
    "the " * 400 + "grey heron stood. Bo said the heron left.",  # more places than a tsvector holds of one lexeme
    " ".join(f"w{n}" for n in range(17_000)) + " grey heron far away",  # and more than it holds in all
    " ".join(f"word{n:07d}filler" for n in range(80_000)) + " blue heron",  # and more bytes
]


@pytest.fixture(scope="module")
def stores(postgres: object) -> Iterator[tuple[Store, Store]]:
    opened = open_store("sqlite://", create=True), open_store(postgres.new_schema(), create=True)  # type: ignore[attr-defined]
    for store in opened:
        for n, text in enumerate(TEXTS):
            each = captured(text, outlet=f"Outlet {n % 5}", title="Kelm bridge" if n % 7 == 0 else None)
            store.add([Entry(each, reading(each.report), "made-1")])
    yield opened
    for store in opened:
        store.close()


def seen(hits: tuple[Hit, ...]) -> set[tuple[object, ...]]:
    return {(hit.report, hit.statement, hit.snippet, hit.words, hit.marks) for hit in hits}


QUERIES = [
    "bridge",
    "BRIDGES fell",
    '"the bridge"',
    '"bridge the" kelm',
    '"of the" fell',
    "cafe",
    "кельм",
    '"мост кельм"',
    "kelm's",
    "12,000",
    "x_y",
    "İstanbul",
    "istanbul",
    "áb",
    "橋",
    "ß",
    "ada",
    "outlet",
    '"outlet 3"',
    '"bridge outlet"',  # no phrase goes from one column to the next
    LONG,
    f'"{LONG} fell"',
    "heron",
    '"grey heron"',
    '"blue heron"',
    '"heron blue"',
    '"w16998 w16999 grey"',
    "word0079999filler",
    "missing",
    "² ½",
    *(f'"{" ".join(text.split()[3:5])}" ada' for text in TEXTS[:9]),
]


@pytest.mark.parametrize("query", QUERIES)
def test_the_hits_are_the_same(stores: tuple[Store, Store], query: str) -> None:
    here, there = (store.search(query, limit=500) for store in stores)
    assert seen(there) == seen(here)
    by_kind = [hit.statement is None for hit in there]
    assert by_kind == sorted(by_kind), "statements first"
    for kind in (True, False):
        scores = [hit.score for hit in there if (hit.statement is None) is kind]
        assert scores == sorted(scores, reverse=True)


def test_most_of_these_queries_find_something(stores: tuple[Store, Store]) -> None:
    empty = [query for query in QUERIES if not stores[1].search(query, limit=500)]
    assert len(empty) < 10, empty


def test_the_index_can_be_made_again(stores: tuple[Store, Store]) -> None:
    store = stores[1]
    before = {query: store.search(query, limit=50) for query in QUERIES}
    store.note_rebuild()
    assert {query: store.search(query, limit=50) for query in QUERIES} == before
    assert store.verify() == ()
