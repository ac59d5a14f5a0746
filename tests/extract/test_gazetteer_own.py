"""Places of one's own: from a dump of GeoNames or a CSV, beside the towns that come with sayso."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from sayso.errors import InputError
from sayso.extract.gazetteer import SqliteGazetteer
from sayso.extract.gazetteer_build import compile_places
from sayso.extract.gazetteer_own import import_places, own_places_file
from sayso.extract.parse import load_parser
from sayso.extract.places import find_places
from tests.extract.test_places import STATES, TOWNS


def dump_line(number: int, name: str, kind: str, lat: str, lon: str, *, people: int = 0, other: str = "") -> str:
    fields = [
        str(number),
        name,
        name,
        other,
        lat,
        lon,
        kind,
        "PPL",
        "UA",
        "",
        "05",
        "",
        "",
        "",
        str(people),
        "",
        "",
        "",
        "2026-01-01",
    ]
    return "\t".join(fields)


@pytest.fixture
def towns(tmp_path: Path) -> Path:
    path = tmp_path / "towns.sqlite3"
    compile_places(path, TOWNS, STATES, [])
    return path


def gazetteer(towns: Path, folder: Path) -> SqliteGazetteer:
    return SqliteGazetteer(towns, own_places_file(folder))


def test_a_csv(tmp_path: Path, towns: Path) -> None:
    file = tmp_path / "villages.csv"
    file.write_text(
        "Name,Latitude,Longitude,aliases,within\nOzhna,50.1,36.2,Ожна|Ozhno,Grell district|Velden region\n", "utf-8"
    )
    assert import_places(file, folder=tmp_path).count == 1
    known = gazetteer(towns, tmp_path)
    (place,) = known.named("ОЖНА")
    assert (place.name, place.lat, place.lon) == ("Ozhna", 50.1, 36.2)
    assert known.within(place) == ("Grell district", "Velden region")
    assert [p.id for p in known.named("Velden")] == ["3"]  # those that come with sayso are still there


@pytest.mark.model
def test_a_place_that_the_user_named_is_one_wherever_it_stands(tmp_path: Path, towns: Path) -> None:
    doc = load_parser()("Troops entered Zhovtnarka on Tuesday.")
    assert find_places(doc, gazetteer=SqliteGazetteer(towns)) == ()
    file = tmp_path / "villages.csv"
    file.write_text("name,lat,lon\nZhovtnarka,49.6,37.5\n", "utf-8")
    import_places(file, folder=tmp_path)
    (found,) = find_places(doc, gazetteer=gazetteer(towns, tmp_path))
    assert (found.name, found.lat, found.lon) == ("Zhovtnarka", 49.6, 37.5)


@pytest.mark.parametrize("packed", [False, True])
def test_a_dump_gives_its_towns_and_areas(tmp_path: Path, towns: Path, packed: bool) -> None:
    lines = [
        dump_line(71, "Ozhna", "P", "50.1", "36.2", people=900, other="Ожна,Ozhno"),
        dump_line(72, "Ozhna Raion", "A", "50.2", "36.3"),
        dump_line(73, "Ozhna Hill", "T", "50.3", "36.4"),
    ]
    file = tmp_path / "UA.txt"
    file.write_text("\n".join(lines) + "\n", "utf-8")
    if packed:
        with zipfile.ZipFile(tmp_path / "UA.zip", "w") as archive:
            archive.write(file, "UA.txt")
            archive.writestr("readme.txt", "about the columns")
        file = tmp_path / "UA.zip"
    assert import_places(file, folder=tmp_path).count == 2
    known = gazetteer(towns, tmp_path)
    assert [(p.id, p.population) for p in known.named("Ozhno")] == [("71", 900)]
    assert known.named("Ozhna Raion")
    assert not known.named("Ozhna Hill")


def test_a_place_that_comes_again_takes_the_older_ones_place(tmp_path: Path, towns: Path) -> None:
    file = tmp_path / "places.csv"
    for name, lat in (("Ozhna", "50.1"), ("Nova Ozhna", "50.4")):
        file.write_text(f"id,name,lat,lon\nv1,{name},{lat},36.2\n", "utf-8")
        import_places(file, folder=tmp_path)
    known = gazetteer(towns, tmp_path)
    assert not known.named("Ozhna")
    assert [p.lat for p in known.named("Nova Ozhna")] == [50.4]


def test_ones_own_stands_for_geonames_place_of_the_same_id(tmp_path: Path, towns: Path) -> None:
    file = tmp_path / "places.csv"
    file.write_text("id,name,lat,lon,population\n3,Velden,50.05,36.01,600000\n", "utf-8")
    import_places(file, folder=tmp_path)
    assert [p.lat for p in gazetteer(towns, tmp_path).named("Velden")] == [50.05]


def test_bad_rows_are_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    file = tmp_path / "places.csv"
    file.write_text(
        "name,lat,lon,kind,precision_km\nOzhna,50.1,36.2,,\nHmel,950,36.2,,\n,50,36,,\nTorn,x,y,,\nPost,50,36,outpost,\nFar,50,36,,-1\nShort\n",
        "utf-8",
    )
    done = import_places(file, folder=tmp_path)
    assert (done.count, done.failed) == (1, 6)
    assert [p.where.rpartition(" ")[2] for p in done.problems] == ["3", "4", "5", "6", "7", "8"]
    assert "outpost" in done.problems[3].what


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("none.csv", None),
        ("empty.csv", b""),
        ("columns.csv", b"a,b\n1,2\n"),
        ("rows.csv", b"name,lat,lon\n,,\n"),
        ("latin.csv", "name,lat,lon\nÖzhna,50,36\n".encode("latin-1")),
        ("no.zip", b"PK\x03\x04 nothing"),
    ],
)
def test_what_holds_no_place_changes_nothing(tmp_path: Path, name: str, content: bytes | None) -> None:
    good = tmp_path / "good.csv"
    good.write_text("name,lat,lon\nOzhna,50.1,36.2\n", "utf-8")
    import_places(good, folder=tmp_path)
    before = own_places_file(tmp_path).read_bytes()
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError, match=name.replace(".", r"\.")):
        import_places(tmp_path / name, folder=tmp_path)
    assert own_places_file(tmp_path).read_bytes() == before
    assert not list(tmp_path.glob("*.part"))
