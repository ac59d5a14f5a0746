"""Where an outlet is at home, and what that tells of the places in its reports."""

from __future__ import annotations

from pathlib import Path

import pytest
from spacy.language import Language

from sayso.errors import InputError
from sayso.extract.gazetteer import SqliteGazetteer
from sayso.extract.gazetteer_build import compile_places
from sayso.extract.gazetteer_outlets import host_of, import_outlets, outlet_key, own_outlets_file, read_outlets
from sayso.extract.places import find_places
from sayso.extract.places_outlet import homes_of
from tests.extract.test_places import STATES, TOWNS, town

MORE = [
    town(20, "Arden Falls", "US", "TX", (31.5, -97.2), 9_000),
    town(21, "Kelby", "US", "TX", (31.2, -97.1), 3_000),
    town(22, "Kelby", "GB", "ENG", (51.0, -1.0), 80_000),
    town(23, "Grelia", "PL", "72", (52.0, 21.0), 4_000_000),
    town(24, "Grelia", "US", "TX", (31.3, -97.3), 20_000),
    town(25, "Ilmar", "PL", "72", (52.1, 21.1), 30_000),
    town(26, "Ilmar", "US", "TX", (31.4, -97.4), 20_000),
]


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> SqliteGazetteer:
    path = tmp_path_factory.mktemp("gazetteer") / "places.sqlite3"
    compile_places(path, [*TOWNS, *MORE], STATES, [])
    return SqliteGazetteer(path)


@pytest.mark.parametrize(
    ("outlet", "url", "keys"),
    [
        ("The Marwick Daily News", None, ["marwick"]),
        ("The Marwick and Velden Times", None, ["marwick", "velden"]),
        ("Marwick", None, []),  # nothing says that it is a paper of Marwick
        ("The Daily News", None, []),
        ("Anchor & Bell", None, []),
        (None, "https://www.themarwicknews.com/2026/a", ["marwick"]),
        (None, "https://ardenfallsherald.com/", ["arden falls"]),
        (None, "https://marwickandveldentimes.com/", ["marwick", "velden"]),
        (None, "https://news.example.org/marwick", []),  # a path says where the story is, or who wrote it
        ("marwicknews.com", None, ["marwick"]),  # an outlet that is known by its host
        ("The Marwick News", "https://velden.example.net/", ["marwick"]),
        (None, "https://www.example.ie/", ["ireland"]),  # at least the country
        (None, "https://example.io/", []),  # an ending that sites of all countries use
        (None, "not an address", []),
        (None, "http://[::1/", []),
        (None, None, []),
    ],
)
def test_the_places_in_a_name(places: SqliteGazetteer, outlet: str | None, url: str | None, keys: list[str]) -> None:
    assert [home.key for home in homes_of(outlet, url, places, {})] == keys


@pytest.mark.parametrize(
    ("url", "countries"),
    [
        ("https://ilmarnews.com/", ["US", "PL"]),  # an English name is given where papers are English
        ("https://grelianews.com/", ["PL", "US"]),  # but a great city anywhere has such papers too
        ("https://ilmarnews.pl/", ["PL"]),
        ("https://kelby.pl/", ["PL"]),  # no Kelby is there: the country alone
    ],
)
def test_which_place_of_a_name_has_the_paper(places: SqliteGazetteer, url: str, countries: list[str]) -> None:
    (home,) = homes_of(None, url, places, {})
    assert [place.country for place, _ in sorted(home.readings, key=lambda r: -r[1])] == countries


@pytest.mark.parametrize(
    ("text", "name", "table", "number"),
    [
        ("The mill in Marwick burned.", "Marwick", {}, "1"),
        ("The mill in Marwick burned.", "Marwick", {"the gazette": "2"}, "2"),
        ("The mill in Kelby burned.", "Kelby", {"the gazette": "20"}, "21"),  # near where the paper is
        ("The mill in Marwick, England, burned.", "Marwick", {"the gazette": "2"}, "1"),  # told in the text
        ("The king spoke in London and Velden, Ukraine.", "Velden", {"the gazette": "2"}, "3"),  # and far from home
    ],
)
def test_a_paper_speaks_of_its_own_places(
    nlp: Language, places: SqliteGazetteer, text: str, name: str, table: dict[str, str], number: str
) -> None:
    by_id = {p.id: p for n in ("Marwick", "Arden Falls") for p in places.named(n)}
    known = {outlet_key(outlet): by_id[town] for outlet, town in table.items()}
    homes = homes_of("The Gazette", None, places, known)
    found = {m.name: m.gazetteer_id for m in find_places(nlp(text), gazetteer=places, homes=homes)}
    assert found[name] == number


def test_the_name_of_a_paper_tells_of_the_towns_around_it(nlp: Language, places: SqliteGazetteer) -> None:
    doc = nlp("The mill in Kelby burned.")
    for outlet, number in (("The Arden Falls Herald", "21"), ("The Herald", "22")):
        homes = homes_of(outlet, None, places, {})
        (mention,) = find_places(doc, gazetteer=places, homes=homes)
        assert (outlet, mention.gazetteer_id) == (outlet, number)


def test_a_table_is_imported_line_by_line(tmp_path: Path, places: SqliteGazetteer) -> None:
    file = tmp_path / "outlets.csv"
    file.write_text(
        "Outlet,Place\n"
        'The Gazette,"Marwick, TX"\n'
        "www.courier.example,Marwick\n"
        "The World,\n"
        "The Bell,Nowhere\n"
        ",Marwick\n"
        'The Star,"Velden, Texas"\n',
        "utf-8",
    )
    done = import_outlets(file, folder=tmp_path, gazetteer=places)
    assert (done.count, done.failed) == (3, 3)
    assert [problem.where[-6:] for problem in done.problems] == ["line 5", "line 6", "line 7"]
    table = read_outlets(own_outlets_file(tmp_path))
    assert {key: place.id if place else None for key, place in table.items()} == {
        "gazette": "2",
        "courier.example": "1",
        "world": None,
    }
    assert homes_of("The Marwick World", None, places, table) != ()
    assert homes_of("The World", "https://themarwicknews.com/", places, table) == ()  # it is at home nowhere
    assert [h.key for h in homes_of(None, "https://news.courier.example/a", places, table)] == ["marwick"]


def test_an_outlet_that_comes_again_takes_the_older_line_s_place(tmp_path: Path, places: SqliteGazetteer) -> None:
    file = tmp_path / "outlets.csv"
    for place in ("Marwick", "Velden"):
        file.write_text(f"outlet,place\nThe Gazette,{place}\n", "utf-8")
        import_outlets(file, folder=tmp_path, gazetteer=places)
    table = read_outlets(own_outlets_file(tmp_path))
    assert [place.id for place in table.values() if place] == ["3"]


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", "outlet,place\n", "outlet,place\nThe Bell,Nowhere\n"])
def test_a_table_without_an_outlet_changes_nothing(tmp_path: Path, places: SqliteGazetteer, text: str) -> None:
    file = tmp_path / "outlets.csv"
    file.write_text(text, "utf-8")
    with pytest.raises(InputError):
        import_outlets(file, folder=tmp_path, gazetteer=places)
    assert not own_outlets_file(tmp_path).exists()


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://www.Example.org/a?b", "example.org"),
        ("example.org", "example.org"),
        ("The Marwick News", ""),
        ("U.S. News", ""),
        ("http://[::1/", ""),
        (None, ""),
    ],
)
def test_the_host_of_an_address(url: str | None, host: str) -> None:
    assert host_of(url) == host
