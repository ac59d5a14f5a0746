"""Where outlets are at home, as the editor says it: a CSV of outlets (a name or a site's address) with the place of each.

The table lies beside one's own places in the cache folder. An import is put in place in one step; an outlet that comes again
takes the older line's place. What cannot be read is named with its line, and the rest goes on.
"""

from __future__ import annotations

import csv
import os
import tempfile
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from sayso.errors import InputError
from sayso.extract.gazetteer import Gazetteer, Place, PlaceKind, cache_folder, default_gazetteer, name_key
from sayso.extract.gazetteer_own import Imported
from sayso.extract.places_words import POSTAL, STATES
from sayso.model import Problem

_SCHEMA: Final = 1  # raise it when the columns change
_MOST_PROBLEMS: Final = 20  # named one by one; the others are counted
_COLUMNS: Final = ("outlet", "id", "name", "kind", "lat", "lon", "country", "admin1", "population", "km")


def own_outlets_file(folder: Path | None = None) -> Path:
    """Where the outlets of this user lie, whether or not there are any yet."""
    return (folder or cache_folder()) / f"own-outlets-{_SCHEMA}.csv"


@lru_cache(maxsize=1)
def own_outlets() -> Mapping[str, Place | None]:
    """The outlets of this user by `outlet_key`, each with its place; None for one that is at home nowhere."""
    return read_outlets(own_outlets_file())


def outlet_key(outlet: str) -> str:
    """An outlet's name, or the host of its site, as it is looked up."""
    return host_of(outlet) or name_key(outlet).removeprefix("the ")


def host_of(url: str | None) -> str:
    """The host of an address, with or without its scheme, in lower case and without "www."; "" where it is none."""
    text = (url or "").strip()
    if " " in text or "." not in text.strip("."):
        return ""
    try:
        return (urlsplit(text if "//" in text else f"//{text}").hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def import_outlets(file: Path, *, folder: Path | None = None, gazetteer: Gazetteer | None = None) -> Imported:
    """Adds the outlets of ``file`` to one's own: a CSV with the columns outlet and place.

    A place is named with what holds it ("Marwick, Texas"); without, it is the likeliest of its name. An empty one says that
    the outlet is at home nowhere: its name and address then tell nothing.

    Raises:
        InputError: the file cannot be read, or holds no outlet; nothing was changed.
    """
    problems: list[Problem] = []
    failed = 0
    target = own_outlets_file(folder)
    known = gazetteer or default_gazetteer()
    try:
        table = read_outlets(target)
        read: dict[str, Place | None] = {}
        for line, outlet, place in _rows(file):
            try:
                read[_checked(outlet)] = _place(place, known) if place else None
            except ValueError as error:
                failed += 1
                if failed <= _MOST_PROBLEMS:
                    problems.append(
                        Problem(str(error), f"{file}, line {line}", "Mend the line and import the file again.")
                    )
        if not read:
            raise InputError(
                "no outlet could be read from it",
                where=str(file),
                remedy=problems[0].what if problems else "Give a CSV with the columns outlet and place.",
            )
        _write(target, table | read)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(
            f"cannot be read ({error})",
            where=str(file),
            remedy="Give a CSV with the columns outlet and place, in UTF-8.",
        ) from error
    own_outlets.cache_clear()
    return Imported(len(read), failed, tuple(problems))


def _rows(file: Path) -> Iterator[tuple[int, str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as stream:
        rows = csv.DictReader(stream, restkey="", skipinitialspace=True)
        header = {(name or "").strip().lower(): name for name in rows.fieldnames or ()}
        missing = [name for name in ("outlet", "place") if name not in header]
        if missing:
            raise InputError(
                f"has no column {', '.join(missing)}",
                where=str(file),
                remedy='Give the columns outlet and place: The Marwick News,"Marwick, Texas".',
            )
        for row in rows:
            yield rows.line_num, (row[header["outlet"]] or "").strip(), (row[header["place"]] or "").strip()


def _checked(outlet: str) -> str:
    key = outlet_key(outlet)
    if not key:
        raise ValueError("the outlet has no name")
    return key


def _place(text: str, gazetteer: Gazetteer) -> Place:
    """The likeliest place of a name that lies in all that is named behind it."""
    name, *containers = (part.strip() for part in text.split(","))
    holding = {name_key(POSTAL.get(c, STATES.get(c, c))) for c in containers if c}
    for place in gazetteer.named(name):
        if place.kind is not PlaceKind.REGION and holding <= set(map(name_key, gazetteer.within(place))):
            return place
    raise ValueError(f"the gazetteer knows no place {text!r}; add it with sayso gazetteer import, or name a larger one")


def read_outlets(file: Path) -> dict[str, Place | None]:
    """The table that imports wrote into ``file``: each outlet's place by `outlet_key`; none where there is no file."""
    if not file.exists():
        return {}
    with file.open(encoding="utf-8", newline="") as stream:
        return {row["outlet"]: _of_row(row) for row in csv.DictReader(stream)}


def _of_row(row: Mapping[str, str]) -> Place | None:
    if not row["name"]:
        return None
    return Place(
        row["id"] or None,
        row["name"],
        PlaceKind(row["kind"]),
        float(row["lat"]),
        float(row["lon"]),
        row["country"],
        row["admin1"],
        int(row["population"]),
        float(row["km"]),
    )


def _write(target: Path, table: Mapping[str, Place | None]) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(prefix="own-outlets-", suffix=".part", dir=target.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as stream:
            rows = csv.writer(stream)
            rows.writerow(_COLUMNS)
            for outlet, place in sorted(table.items()):
                rows.writerow((outlet, *_as_row(place)))
        os.replace(draft, target)
    finally:
        Path(draft).unlink(missing_ok=True)


def _as_row(place: Place | None) -> tuple[object, ...]:
    if place is None:
        return ("",) * (len(_COLUMNS) - 1)
    p = place
    return (p.id or "", p.name, p.kind, p.lat, p.lon, p.country, p.admin1, p.population, p.precision_km)
