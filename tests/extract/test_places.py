"""Places: which names are places, and which of several they are. Invented towns, compiled into a gazetteer of our own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from spacy.language import Language

from sayso.extract import gazetteer_build
from sayso.extract.gazetteer import (
    Gazetteer,
    PlaceKind,
    SqliteGazetteer,
    TableGazetteer,

    default_gazetteer,
    demonyms,
    distance_km,
    name_key,

)
from sayso.extract.gazetteer_build import Areas, compile_places, read_towns
from sayso.extract.places import find_places, find_report_places


def town(
    number: int, name: str, country: str, admin1: str, at: tuple[float, float], people: int, *other: str
) -> dict[str, Any]:
    return {
        "geonameid": number,
        "name": name,
        "latitude": at[0],
        "longitude": at[1],
        "countrycode": country,
        "population": people,
        "admin1code": admin1,
        "alternatenames": list(other),
    }


TOWNS = [
    town(1, "Marwick", "GB", "ENG", (54.0, -2.0), 900_000, "Марвик"),
    town(2, "Marwick", "US", "TX", (31.0, -97.0), 40_000),
    town(3, "Velden", "UA", "05", (50.0, 36.0), 600_000, "Вельден", "Weldén"),
    town(4, "Torsk", "UA", "05", (50.2, 36.3), 1_200),
    town(5, "Torsk", "PL", "72", (52.0, 20.0), 90_000),
    town(6, "Houstead", "US", "TX", (30.0, -95.0), 2_000_000),
]
STATES = {"TX": {"geonameid": 4736286, "name": "Texas"}}
COUNTIES = [{"name": "Marwick County", "state": "TX"}]


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> SqliteGazetteer:
    path = tmp_path_factory.mktemp("gazetteer") / "places.sqlite3"
    compile_places(path, TOWNS, STATES, COUNTIES)
    return SqliteGazetteer(path)


def names(nlp: Language, text: str, gazetteer: Gazetteer) -> list[str]:
    return [m.span.of(text) for m in find_places(nlp(text), gazetteer=gazetteer)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Two shells fell in Velden on Monday.", ["Velden"]),
        ("He was born in the village of Torsk.", ["Torsk"]),
        ("The convoy left France and reached Ukraine.", ["France", "Ukraine"]),
        ("The Ukrainian army withdrew.", []),
        ("Ukrainians voted in large numbers.", []),
        ("Ukraine said it had won.", []),
        ("Paris has accused the rebels of lying.", []),
        ("The deal was signed in the United States.", ["United States"]),
        ("Fighting went on in the Velden region.", ["Velden region"]),
        ("Fighting went on in southern Ukraine.", ["Ukraine"]),
        ("It happened in March.", []),
        ("", []),
    ],
)
def test_which_names_are_places(nlp: Language, places: SqliteGazetteer, text: str, expected: list[str]) -> None:
    assert names(nlp, text, places) == expected


@pytest.mark.parametrize(
    ("text", "name", "number"),
    [
        ("The mill in Marwick burned.", "Marwick", "1"),
        ("The mill in Marwick, Texas, burned.", "Marwick", "2"),
        ("The road from Houstead in Texas to Marwick is closed.", "Marwick", "2"),
        ("Shells fell on the city of Velden and then on the village of Torsk.", "Torsk", "4"),
        ("The fair in Torsk, Poland, was closed.", "Torsk", "5"),
    ],
)
def test_which_of_several(nlp: Language, places: SqliteGazetteer, text: str, name: str, number: str) -> None:
    found = {m.name: m.gazetteer_id for m in find_places(nlp(text), gazetteer=places)}
    assert found[name] == number


def test_a_region_is_wider_than_its_town(nlp: Language, places: SqliteGazetteer) -> None:
    (region,) = find_places(nlp("Fighting went on in the Velden region."), gazetteer=places)
    (city,) = find_places(nlp("Fighting went on in Velden."), gazetteer=places)
    assert (region.precision_km or 0) > (city.precision_km or 0) > 0
    assert (region.gazetteer_id, region.within) == (None, ("Ukraine",))


def test_within_runs_outwards(nlp: Language, places: SqliteGazetteer) -> None:
    mentions = find_places(nlp("The mill in Marwick, Texas, burned."), gazetteer=places)
    assert [m.within for m in mentions] == [("Texas", "United States"), ("United States",)]


def test_passages_are_weighed_together(nlp: Language, places: SqliteGazetteer) -> None:
    first, second = "Shells fell on Velden, Ukraine.", "A farm in Torsk burned."
    mentions = find_report_places([(nlp(first), 0), (nlp(second), 100)], gazetteer=places)
    assert (mentions[-1].name, mentions[-1].gazetteer_id) == ("Torsk", "4")
    assert mentions[-1].span == (100 + second.index("Torsk"), 100 + second.index("Torsk") + 5)


def test_an_unknown_village_near_a_known_town_is_inferred(nlp: Language, places: SqliteGazetteer) -> None:
    mentions = {
        m.name: m for m in find_places(nlp("Shells fell on the village of Ozhna, near Velden."), gazetteer=places)
    }
    if "Ozhna" in mentions:  # the parser must have taken it for a place
        assert mentions["Ozhna"].gazetteer_id is None
        assert mentions["Ozhna"].lat == mentions["Velden"].lat
        assert (mentions["Ozhna"].precision_km or 0) >= 25


def test_without_towns_the_countries_remain(nlp: Language) -> None:
    gazetteer = TableGazetteer("no towns")
    (mention,) = find_places(nlp("They crossed into Ukraine."), gazetteer=gazetteer)
    assert (mention.gazetteer_id, gazetteer.note) == ("690791", "no towns")


def test_a_gazetteer_that_cannot_be_built_is_no_exception(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    monkeypatch.setenv("SAYSO_CACHE_DIR", str(blocked / "cache"))
    default_gazetteer.cache_clear()
    try:
        gazetteer = default_gazetteer()
        assert "SAYSO_CACHE_DIR" in (gazetteer.note or "")
        assert gazetteer.named("France")
    finally:
        default_gazetteer.cache_clear()


@pytest.mark.parametrize("chunk", [1, 7, 64, 1 << 20])
def test_towns_are_read_whatever_the_size_of_a_piece(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chunk: int
) -> None:
    monkeypatch.setattr(gazetteer_build, "_CHUNK", chunk)
    path = tmp_path / "towns.json"
    path.write_text(json.dumps({str(t["geonameid"]): t for t in TOWNS}, ensure_ascii=False), "utf-8")
    assert list(read_towns(path)) == TOWNS


@pytest.mark.parametrize(
    ("one", "other"), [("Kyïv", "kyiv"), ("St. Marwick", "st marwick"), ("Ak-Torsk", "ak  torsk"), ("N’Tor", "N'Tor")]
)
def test_spellings_share_a_key(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


def test_every_spelling_finds_the_place(places: SqliteGazetteer) -> None:
    assert {p.id for n in ("Velden", "VELDEN", "Вельден", "Welden") for p in places.named(n)} == {"3"}


def test_kinds(places: SqliteGazetteer) -> None:
    assert [p.kind for p in places.named("Texas")] == [PlaceKind.STATE]
    assert [p.kind for p in places.named("Marwick County")] == [PlaceKind.COUNTY]
    assert [p.kind for p in places.named("Ukraine")] == [PlaceKind.COUNTRY]
    assert places.named("Nowhere at all") == ()


def test_distance(places: SqliteGazetteer) -> None:
    velden, torsk = places.named("Velden")[0], places.named("Torsk")[1]
    assert distance_km(velden, torsk) == pytest.approx(31, abs=2)


def test_demonyms_are_no_places() -> None:
    assert {"ukrainian", "ukrainians", "french"} <= demonyms()
    assert "ukraine" not in demonyms()
