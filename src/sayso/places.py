"""The places that reports are read with: those that come with sayso, and one's own; and where outlets are at home.

from pathlib import Path
from sayso.places import import_outlets, import_places, places_named

import_places(Path("villages.csv"))
import_outlets(Path("outlets.csv"))
for place, within in places_named("Ozhna"):
    ...
"""

from __future__ import annotations

from sayso.extract.gazetteer import Place, PlaceKind, default_gazetteer
from sayso.extract.gazetteer_outlets import import_outlets, own_outlets_file
from sayso.extract.gazetteer_own import Imported, import_places, own_places_file

__all__ = [
    "Imported",
    "Place",
    "PlaceKind",
    "import_outlets",
    "import_places",
    "own_outlets_file",
    "own_places_file",
    "places_named",
]


def places_named(name: str) -> list[tuple[Place, tuple[str, ...]]]:
    """The places of a name, in any spelling that is known, the likeliest first; each with what it lies in."""
    known = default_gazetteer()
    return [(place, known.within(place)) for place in known.named(name)]
