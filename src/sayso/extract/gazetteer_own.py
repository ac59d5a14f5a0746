"""Places of one's own beside the towns that come with sayso: a dump of GeoNames, or a CSV of villages, positions, camps.

They lie in a SQLite file of their own in the cache folder. An import is put in place in one step; a place that comes again
under its id takes the older one's place. What cannot be read is named with its line, and the rest goes on.
"""

from __future__ import annotations

import csv
import io
import os
import shutil
import sqlite3
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sayso.errors import InputError
from sayso.extract.gazetteer import OWN, Place, PlaceKind, cache_folder, default_gazetteer, name_key
from sayso.model import Problem

_SCHEMA: Final = 1  # raise it when the tables change
_RADIUS_KM: Final = 1.0  # of a place whose file gives none: a village
_AREA_KM: Final = 30.0  # of an administrative area in a dump, which gives its middle alone
_MOST_PROBLEMS: Final = 20  # named one by one; the others are counted
# The columns of a dump (readme.txt at download.geonames.org/export/dump) that are read here.
_ID, _NAME, _ALTERNATES, _LAT, _LON, _CLASS, _COUNTRY, _ADMIN1, _PEOPLE = 0, 1, 3, 4, 5, 6, 8, 10, 14
_COLUMNS: Final = 19
_KINDS: Final = {"P": PlaceKind.CITY, "A": PlaceKind.REGION}  # populated places and administrative areas
# What a CSV's columns may be called.
_CALLED: Final[Mapping[str, tuple[str, ...]]] = {
    "name": ("name", "place", "asciiname"),
    "lat": ("lat", "latitude", "y"),
    "lon": ("lon", "lng", "long", "longitude", "x"),
    "aliases": ("aliases", "alternatenames", "alternate_names", "other_names"),
    "id": ("id", "geonameid"),
    "kind": ("kind", "type"),
    "country": ("country", "countrycode", "country_code"),
    "within": ("within", "region", "admin1"),
    "population": ("population", "people"),
    "precision_km": ("precision_km", "radius_km", "precision"),
}


@dataclass(frozen=True, slots=True)
class OwnPlace:
    """A place with its other names, and the names of what it lies in, from the nearest outwards."""

    place: Place
    aliases: tuple[str, ...] = ()
    within: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Imported:
    """How an import went: places or outlets written, rows that could not be read, and the first of these by line."""

    count: int
    failed: int
    problems: tuple[Problem, ...]


def own_places_file(folder: Path | None = None) -> Path:
    """Where the places of this user lie, whether or not there are any yet."""
    return (folder or cache_folder()) / f"own-places-{_SCHEMA}.sqlite3"


def import_places(file: Path, *, folder: Path | None = None, progress: Callable[[int], None] | None = None) -> Imported:
    """Adds the places of ``file`` to one's own: a GeoNames dump (``XX.txt``, or the zip it comes in) or a CSV with a header.

    ``progress`` is told the number of places read so far.

    Raises:
        InputError: the file cannot be read, or holds no place; nothing was changed.
    """
    problems: list[Problem] = []
    failed = 0

    def wrong(line: int, what: str) -> None:
        nonlocal failed
        failed += 1
        if failed <= _MOST_PROBLEMS:
            problems.append(Problem(what, f"{file}, line {line}", "Mend the line and import the file again."))

    target = own_places_file(folder)
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix="own-places-", suffix=".part", dir=target.parent)
    os.close(handle)
    draft = Path(name)
    try:
        if target.exists():
            shutil.copyfile(target, draft)
        count = _write(draft, _read(file, wrong), progress)
        if not count:
            raise InputError(
                "no place could be read from it",
                where=str(file),
                remedy=problems[0].what
                if problems
                else "Give a GeoNames dump, or a CSV with the columns name, lat, lon.",
            )
        os.replace(draft, target)
    except (OSError, UnicodeDecodeError, zipfile.BadZipFile, csv.Error) as error:
        raise InputError(
            f"cannot be read ({error})",
            where=str(file),
            remedy="Give a GeoNames dump (.txt or .zip) or a CSV, in UTF-8.",
        ) from error
    finally:
        draft.unlink(missing_ok=True)
    default_gazetteer.cache_clear()
    return Imported(count, failed, tuple(problems))


def _write(path: Path, places: Iterable[OwnPlace], progress: Callable[[int], None] | None) -> int:
    count = 0
    with closing(sqlite3.connect(path)) as db, db:
        db.executescript(
            """
            PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
            CREATE TABLE IF NOT EXISTS places (id INTEGER PRIMARY KEY, gid TEXT NOT NULL UNIQUE, name TEXT NOT NULL,
                kind TEXT NOT NULL, lat REAL NOT NULL, lon REAL NOT NULL, country TEXT NOT NULL, admin1 TEXT NOT NULL,
                population INTEGER NOT NULL, km REAL NOT NULL, within TEXT NOT NULL);
            CREATE TABLE IF NOT EXISTS names (key TEXT NOT NULL, place INTEGER NOT NULL, PRIMARY KEY (key, place)) WITHOUT ROWID;
            CREATE INDEX IF NOT EXISTS names_of_place ON names (place);
            """
        )
        for count, own in enumerate(places, start=1):
            p = own.place
            db.execute("DELETE FROM names WHERE place = (SELECT id FROM places WHERE gid = ?)", (p.id,))
            db.execute("DELETE FROM places WHERE gid = ?", (p.id,))
            row = (
                p.id,
                p.name,
                p.kind,
                p.lat,
                p.lon,
                p.country,
                p.admin1,
                p.population,
                p.precision_km,
                "|".join(own.within),
            )
            number = db.execute(
                "INSERT INTO places (gid, name, kind, lat, lon, country, admin1, population, km, within)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                row,
            ).lastrowid
            keys = {name_key(n) for n in (p.name, *own.aliases)}
            db.executemany("INSERT OR IGNORE INTO names VALUES (?, ?)", [(k, number) for k in keys if len(k) > 1])
            if progress is not None and count % 1000 == 0:
                progress(count)
    return count


Wrong = Callable[[int, str], None]


def _read(file: Path, wrong: Wrong) -> Iterator[OwnPlace]:
    if file.suffix.lower() == ".zip":
        with zipfile.ZipFile(file) as archive:
            inside = [n for n in archive.namelist() if n.lower().endswith(".txt") and "readme" not in n.lower()]
            if len(inside) != 1:
                raise InputError("holds no dump of GeoNames", where=str(file), remedy="Give the .txt file from it.")
            with archive.open(inside[0]) as packed:
                yield from _read_dump(io.TextIOWrapper(packed, "utf-8"), wrong)
    else:
        with file.open(encoding="utf-8-sig", newline="") as stream:
            first = stream.readline()
            stream.seek(0)
            dump = first.count("\t") == _COLUMNS - 1
            yield from _read_dump(stream, wrong) if dump else _read_csv(stream, file, wrong)


def _read_dump(stream: Iterable[str], wrong: Wrong) -> Iterator[OwnPlace]:
    """The populated places and administrative areas of a dump; hills, hotels and rivers are left out."""
    for line, text in enumerate(stream, start=1):
        fields = text.rstrip("\r\n").split("\t")
        if len(fields) != _COLUMNS:
            wrong(line, f"the line has {len(fields)} columns, a GeoNames dump has {_COLUMNS}")
            continue
        kind = _KINDS.get(fields[_CLASS])
        if kind is None:
            continue
        try:
            lat, lon = _point(fields[_LAT], fields[_LON])
            people = int(fields[_PEOPLE] or 0)
        except ValueError as error:
            wrong(line, str(error))
            continue
        km = _AREA_KM if kind is PlaceKind.REGION else _RADIUS_KM
        place = Place(fields[_ID], fields[_NAME], kind, lat, lon, fields[_COUNTRY], fields[_ADMIN1], people, km)
        yield OwnPlace(place, tuple(n for n in fields[_ALTERNATES].split(",") if n))


def _read_csv(stream: io.TextIOBase | Iterable[str], file: Path, wrong: Wrong) -> Iterator[OwnPlace]:
    """The rows of a CSV with a header; several names in one field are parted by "|"."""
    rows = csv.DictReader(iter(stream), restkey="", skipinitialspace=True)
    header = {(name or "").strip().lower(): name for name in rows.fieldnames or ()}
    column = {ours: next((header[n] for n in names if n in header), None) for ours, names in _CALLED.items()}
    missing = [name for name in ("name", "lat", "lon") if column[name] is None]
    if missing:
        raise InputError(
            f"has no column {', '.join(missing)}",
            where=str(file),
            remedy="Give the columns name, lat and lon, and if you can aliases, id, kind, country, within, population, precision_km.",
        )
    for row in rows:

        def field(name: str, row: Mapping[str, object] = row) -> str:
            held = row.get(column[name] or "")  # None where the row is too short, a list where it is too long
            return held.strip() if isinstance(held, str) else ""

        try:
            yield _from_fields(field)
        except ValueError as error:
            wrong(rows.line_num, str(error))


def _from_fields(field: Callable[[str], str]) -> OwnPlace:
    name = field("name")
    if not name_key(name):
        raise ValueError("the place has no name")
    lat, lon = _point(field("lat"), field("lon"))
    kind = field("kind").lower()
    if kind and kind not in set(PlaceKind):
        raise ValueError(f"{kind!r} is no kind of place: one of {', '.join(PlaceKind)}")
    km = float(field("precision_km") or _RADIUS_KM)
    people = int(float(field("population") or 0))
    if not km > 0 or people < 0:
        raise ValueError("precision_km must be above 0, and population not below")
    place = Place(
        field("id") or f"{OWN}{name_key(name)}:{lat:.4f}:{lon:.4f}",
        name,
        PlaceKind(kind or PlaceKind.CITY),
        lat,
        lon,
        field("country").upper(),
        "",
        people,
        km,
    )
    return OwnPlace(place, _several(field("aliases")), _several(field("within")))


def _several(names: str) -> tuple[str, ...]:
    return tuple(n for n in (part.strip() for part in names.split("|")) if n)


def _point(lat: str, lon: str) -> tuple[float, float]:
    try:
        point = float(lat), float(lon)
    except ValueError:
        raise ValueError(f"no coordinates: {lat!r}, {lon!r}") from None
    if not (-90 <= point[0] <= 90 and -180 <= point[1] <= 180):
        raise ValueError(f"no point on the earth: {lat}, {lon}")
    return point
