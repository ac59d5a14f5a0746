"""Places: which names are places, and which of several they are. Invented towns, compiled into a gazetteer of our own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from spacy.language import Language

from sayso.extract import extract, gazetteer_build
from sayso.extract.gazetteer import (
    Gazetteer,
    Place,
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
from sayso.extract.places_choose import Choice, choose, holds
from tests.extract.making import report


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


@pytest.mark.parametrize(
    ("text", "inferred"),
    [
        ("Shells fell on Ozhna, a village near Velden.", True),
        (
            "Shells fell on Ozhna, a small border town in the west, near Velden.",
            False,
        ),  # a place, and nobody says where
        ("Troops entered Ozhna, 12 km (7 miles) south of Velden.", True),
        ("Anna Ozhna, a town councillor in Velden, said so.", None),
    ],
)
def test_what_is_said_behind_an_unknown_name(
    nlp: Language, places: SqliteGazetteer, text: str, inferred: bool | None
) -> None:
    found = {m.name: m for m in find_places(nlp(text), gazetteer=places)}
    assert ("Ozhna" in found or "Anna Ozhna" in found) is (inferred is not None)
    if inferred is not None:
        assert (found["Ozhna"].precision_km is not None) is inferred


def test_an_unknown_village_near_a_known_town_is_inferred(nlp: Language, places: SqliteGazetteer) -> None:
    mentions = {
        m.name: m for m in find_places(nlp("Shells fell on the village of Ozhna, near Velden."), gazetteer=places)
    }
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


# ---------------------------------------------------------------------------------------------------
# The words around a name, and the company of the report's other places

LOCAL_TOWNS = [
    town(10, "Marwick", "GB", "ENG", (54.0, -2.0), 900_000, "MRW"),
    town(11, "Marwick", "US", "TX", (31.0, -97.0), 40_000),
    town(12, "Ashby", "US", "TX", (31.2, -97.2), 6_000),
    town(13, "Ashby", "GB", "ENG", (52.7, -1.4), 70_000),
    town(14, "Kelby", "US", "OH", (40.0, -83.0), 5_000),
    town(15, "Velden", "UA", "05", (50.0, 36.0), 600_000),
    town(16, "Sandria", "UA", "06", (48.0, 34.0), 900),
    town(17, "Lebanon", "US", "TX", (31.1, -96.9), 9_000),
    town(18, "Karrow", "UA", "06", (48.0, 35.0), 40_000),
]
LOCAL_STATES = {"TX": {"geonameid": 4736286, "name": "Texas"}, "OH": {"geonameid": 5165418, "name": "Ohio"}}
LOCAL_COUNTIES = [
    {"fips": "1", "name": "Ashby County", "state": "TX"},
    {"fips": "2", "name": "Ashby County", "state": "OH"},
    {"fips": "3", "name": "Dorrel County", "state": "TX"},
]
AREAS = Areas(
    divisions={"UA": {"05": "Velden Oblast", "06": "Sandria"}},
    districts={"GB": [["Marshire", "ENG", 54.2, -2.2, 40, 500_000]]},
    counties={"1": [31.2, -97.1, 30, 50_000], "2": [40.1, -83.1, 30, 90_000], "3": [31.4, -97.4, 30, 10_000]},
)


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> SqliteGazetteer:
    path = tmp_path_factory.mktemp("gazetteer") / "local.sqlite3"
    compile_places(path, LOCAL_TOWNS, LOCAL_STATES, LOCAL_COUNTIES, AREAS)
    return SqliteGazetteer(path)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # what is of the town and in it
        ("Marwick police arrested two men on Monday.", ["Marwick"]),
        ("The Marwick Police Department closed the road.", ["Marwick"]),
        ("Two men were charged in Ashby County Circuit Court.", ["Ashby County"]),
        ("An Ashby man was arrested after the fire.", ["Ashby"]),
        ("Ashby residents were told to leave their homes.", ["Ashby"]),
        ("Texas Gov. Ann Lee signed the bill.", ["Texas"]),
        # what has its name from it
        ("Marwick University closed its doors.", []),
        ("The Marwick Post reported the fire first.", []),
        ("Doctors saw more cases of the Marwick virus.", []),
        ("The rebels left the Marwick agreement.", []),
        ("It cost US$5 million.", []),
        ("Marwick City beat them twice this season.", []),
        ("She teaches at the University of Marwick.", []),
        # governments
        ("The White House and the Kremlin had no comment.", []),
        ("Velden has denied the claim.", []),
        # persons
        ("Ann Ashby was ill. Neighbors had not seen Ashby for days.", []),
        ("Ann Ashby left the town of Ashby.", ["Ashby"]),
        # addresses, ages, parties, datelines
        ("Joe Lee, 34, of Ashby, was hurt in the crash.", ["Ashby"]),
        ("The bill is by Ann Lee, D-Ashby, and two others.", ["Ashby"]),
        ("MARWICK, Texas (AP) -- Two men died in a fire.", ["MARWICK", "Texas"]),
        ("The plant is in Kelby, OH, and in Marwick, TX.", ["Kelby", "OH", "Marwick", "TX"]),
        ("Fire crews came from Ashby and Dorrel counties.", ["Ashby", "Dorrel"]),
        # names no gazetteer has
        ("Shells fell on the village of Pruna overnight.", ["Pruna"]),
        ("They met Pruna on Monday.", []),
        # a school of a person's name, a university of a state's
        ("She went to Kelby High School.", []),
        ("Texas State beat Ohio State on Saturday.", []),
    ],
)
def test_the_words_around_tell(nlp: Language, local: SqliteGazetteer, text: str, expected: list[str]) -> None:
    assert names(nlp, text, local) == expected


@pytest.mark.parametrize(
    ("text", "name", "number"),
    [
        ("The mill in Ashby burned down.", "Ashby", "13"),
        ("The mill in Ashby burned down. It is a town in Texas.", "Ashby", "12"),
        ("The mill in Ashby burned down. Dorrel County sent a fire engine.", "Ashby", "12"),
        ("Troops left Lebanon for Velden.", "Lebanon", "272103"),
        ("The mayor said in Velden that Karrow had fallen.", "Karrow", "18"),
        ("A Lebanon woman and two Lebanon men were hurt in Marwick, Texas.", "Lebanon", "17"),
        ("Fire crews from Kelby came to Ashby County.", "Ashby County", None),
    ],
)
def test_the_company_of_other_places_tells(
    nlp: Language, local: SqliteGazetteer, text: str, name: str, number: str | None
) -> None:
    found = {m.name: m.gazetteer_id for m in find_places(nlp(text), gazetteer=local)}
    assert found[name] == number


def test_a_county_lies_where_its_state_and_company_say(nlp: Language, local: SqliteGazetteer) -> None:
    def county(text: str) -> tuple[str, ...]:
        return next(m.within for m in find_places(nlp(text), gazetteer=local) if m.name == "Ashby County")

    assert county("The mill in Ashby County, Texas, burned.")[0] == "Texas"
    assert county("The mill in Ashby County, Ohio, burned.")[0] == "Ohio"
    assert county("Crews from Kelby drove to a fire in Ashby County.")[0] == "Ohio"


def test_a_town_in_a_state_that_has_none_of_its_name_is_inferred(nlp: Language, local: SqliteGazetteer) -> None:
    mentions = {m.name: m for m in find_places(nlp("The mill in Kelby, Texas, burned."), gazetteer=local)}
    assert mentions["Kelby"].gazetteer_id is None
    assert mentions["Kelby"].within == ("Texas", "United States")
    assert (mentions["Kelby"].precision_km or 0) >= 200


def test_a_namesake_far_from_what_it_is_said_to_be_near_is_not_meant(nlp: Language, local: SqliteGazetteer) -> None:
    mentions = {m.name: m for m in find_places(nlp("Shells hit the town of Kelby, near Velden."), gazetteer=local)}
    assert (mentions["Kelby"].gazetteer_id, mentions["Kelby"].lat) == (None, mentions["Velden"].lat)
    assert mentions["Kelby"].within[0] == "Velden"


def test_areas_are_named_and_hold_their_towns(local: SqliteGazetteer) -> None:
    assert [p.kind for p in local.named("Velden Oblast")] == [PlaceKind.STATE]
    assert [p.kind for p in local.named("Velden")] == [PlaceKind.CITY]  # the great town has the name for itself
    assert local.named("Sandria")[0].kind is PlaceKind.STATE  # and the hamlet has not
    assert local.within(local.named("Velden")[0]) == ("Velden Oblast", "Ukraine")
    assert [(p.kind, p.lat) for p in local.named("Marshire")] == [(PlaceKind.COUNTY, 54.2)]
    assert [(p.admin1, p.lat) for p in local.named("Ashby County")] == [("OH", 40.1), ("TX", 31.2)]
    assert local.named("MRW") == ()  # a code is no name


def place(name: str, country: str, at: tuple[float, float], people: int, kind: PlaceKind = PlaceKind.CITY) -> Place:
    return Place(f"{name} {country}", name, kind, *at, country, "1", people, 5.0)


GREAT = place("Orrin", "GB", (51.5, 0.0), 3_000_000)
SMALL = place("Orrin", "US", (40.0, -83.0), 20_000)
BESIDE = place("Tamsin", "US", (40.1, -83.1), 4_000)
CAPITAL = place("Wexcombe", "US", (39.0, -77.0), 700_000)
LAND = place("Orrin", "LB", (33.8, 35.8), 5_000_000, PlaceKind.COUNTRY)


@pytest.mark.parametrize(
    ("choices", "story", "expected"),
    [
        ([Choice("orrin", (GREAT, SMALL))], {}, GREAT),
        (
            [Choice("orrin", (GREAT, SMALL)), Choice("wexcombe", (CAPITAL,))],
            {},
            GREAT,
        ),  # a capital alone moves no metropolis
        ([Choice("orrin", (GREAT, SMALL), containers=(CAPITAL,))], {}, GREAT),  # a town holds only what lies in it
        ([Choice("orrin", (LAND, SMALL))], {}, LAND),
        ([Choice("orrin", (LAND, SMALL), of_town=True), Choice("tamsin", (BESIDE,))], {"US": 1.0}, SMALL),
        ([Choice("orrin", (GREAT, SMALL), favoured=SMALL.id)], {}, SMALL),
        ([Choice("orrin", ())], {}, None),
    ],
)
def test_which_reading_is_chosen(choices: list[Choice], story: dict[str, float], expected: Place | None) -> None:
    assert choose(choices, story)[0] == expected


def test_of_two_alike_the_country_of_the_story() -> None:
    one, other = place("Selby", "GB", (53.8, -1.1), 15_000), place("Selby", "US", (35.0, -90.0), 16_000)
    choices = [Choice("selby", (other, one))]
    assert choose(choices, {"GB": 1.0}) == [one]
    assert choose(choices, {"US": 1.0}) == [other]


def test_nothing_to_choose_from() -> None:
    assert choose([]) == []


@pytest.mark.parametrize(
    "text",
    ["The region of Velden was quiet. He lives in Velden.", "He lives in Velden. The region of Velden was quiet."],
)
def test_a_town_and_its_region_are_two_in_any_order(nlp: Language, places: SqliteGazetteer, text: str) -> None:
    """Which of the two comes first does not decide what both are."""
    ids = {m.gazetteer_id for m in find_places(nlp(text), gazetteer=places)}
    assert ids == {"3", None}


def test_a_hamlet_holds_no_town() -> None:
    town_ = Place("1", "Marwick", PlaceKind.CITY, 31.0, -97.0, "US", "TX", 40_000, 5.0)
    hamlet = Place("2", "Kelby", PlaceKind.CITY, 31.01, -97.0, "US", "TX", 900, 5.0)
    assert (holds(town_, hamlet), holds(hamlet, town_)) == (True, False)


def test_a_name_told_in_two_containers_is_two_places(nlp: Language, places: SqliteGazetteer) -> None:
    text = "Torsk, Poland, and Torsk, Ukraine, are twinned."
    assert [m.gazetteer_id for m in find_places(nlp(text), gazetteer=places) if m.name == "Torsk"] == ["5", "4"]


def test_what_holds_a_doubtful_name_makes_it_a_place(nlp: Language, places: SqliteGazetteer) -> None:
    text = "Shells fell on Velden, Ukraine. A trader from Torsk, Ukraine, died."
    assert "Torsk" in names(nlp, text, places)


@pytest.mark.parametrize(
    "text",
    [
        "Velden: What we know of the raid\n\nNobody was hurt in Velden.",
        "They flew to Ukrainian Velden. Nobody was hurt in Velden.",
    ],
)
def test_a_people_s_word_and_a_label_are_no_part_of_the_name(nlp: Language, places: SqliteGazetteer, text: str) -> None:
    assert names(nlp, text, places) == ["Velden", "Velden"]


@pytest.mark.parametrize(
    "text", ["The mill in Torsk, Texas, burned. Nobody was in Torsk.", "In Torsk a mill burned. It is in Torsk, Texas."]
)
def test_a_town_told_to_be_where_none_is_known_is_none_of_the_known(
    nlp: Language, places: SqliteGazetteer, text: str
) -> None:
    found = [m.gazetteer_id for m in find_places(nlp(text), gazetteer=places) if m.name == "Torsk"]
    assert found == [None, None]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("The SARS epidemic cost Canada dear. Countries affected by SARS were poorer.", ["Canada"]),
        ("Severe Acute Respiratory Syndrome (Sars) came to Canada. It was worse during Sars.", ["Canada"]),
        ("The Marburg virus is named after a town. Doctors in Marburg treated the first patients.", ["Marburg"]),
    ],
)
def test_an_illness_is_no_place_though_a_town_has_its_name(text: str, places: list[str]) -> None:
    assert [p.span.of(text) for p in extract(report(text)).places] == places
