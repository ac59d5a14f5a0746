"""Places as GeoJSON, read back by the geojson library."""

from __future__ import annotations

import json

import geojson as library
import pytest

from sayso.serve.exports.geojson import geojson
from tests.serve.exports.making import HOSTILE, world


@pytest.mark.parametrize("evil", ["", *HOSTILE.values()], ids=["plain", *HOSTILE])
def test_it_is_valid(evil: str) -> None:
    made = world(evil)
    collection = library.loads("".join(geojson(made.told, made.linked)))
    assert collection.is_valid, collection.errors()
    names = {feature.properties["name"] for feature in collection.features}
    assert names == {f"Sollen{evil}", f"Nowhere{evil}"}


def test_a_place_leads_to_its_claim_and_back() -> None:
    made = world()
    features = json.loads("".join(geojson(made.told, made.linked)))["features"]
    broke = made.linked.claims[0]
    (sollen,) = (feature for feature in features if feature["properties"]["name"] == "Sollen")
    assert sollen["geometry"] == {"type": "Point", "coordinates": [10.5, 60.123457]}
    told = sollen["properties"]
    assert (told["claim"], told["status"], told["origins"], told["rule"]) == (broke.id, "reported", 1, "single_origin")
    assert (told["precision_km"], told["within"], told["gazetteer_id"]) == (2.0, ["Varn"], "g:1")
    assert told["statements"] == [broke.statements[0]]
    assert told["urls"] == ["https://tarn.example/weir?a=1&b=2"]
    assert [f["id"] for f in features] == sorted(f["id"] for f in features)


def test_no_point_is_invented() -> None:
    features = json.loads("".join(geojson(world().told, world().linked)))["features"]
    (nowhere,) = (feature for feature in features if feature["properties"]["role"] == "said_in")
    assert nowhere["geometry"] is None
    assert nowhere["properties"]["claim"] is None


def test_of_nothing() -> None:
    made = world()
    assert json.loads("".join(geojson((), made.linked))) == {"type": "FeatureCollection", "features": []}
