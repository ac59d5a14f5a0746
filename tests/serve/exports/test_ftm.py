"""FollowTheMoney entities, validated by its own model."""

from __future__ import annotations

import json
from typing import Any

import pytest
from followthemoney import model

from sayso.serve.exports.ftm import ftm
from tests.serve.exports.making import HOSTILE, World, world


def entities(of: World) -> list[dict[str, Any]]:
    pieces = list(ftm(of.told, of.linked, of.actors, of.incidents))
    assert all(piece.count("\n") == 1 and piece.endswith("\n") for piece in pieces)
    return [json.loads(piece) for piece in pieces]


def by_schema(of: World) -> dict[str, list[dict[str, list[str]]]]:
    found: dict[str, list[dict[str, list[str]]]] = {}
    for entity in entities(of):
        found.setdefault(entity["schema"], []).append(entity["properties"])
    return found


def test_its_own_model_takes_every_value() -> None:
    for entity in entities(world()):
        proxy = model.get_proxy(entity, cleaned=False)
        model.get(entity["schema"]).validate(entity)  # type: ignore[union-attr, arg-type]
        kept = {name: set(proxy.get(name)) for name in entity["properties"]}
        assert kept == {name: set(values) for name, values in entity["properties"].items()}


@pytest.mark.parametrize("evil", HOSTILE.values(), ids=HOSTILE)
def test_no_words_break_it(evil: str) -> None:
    made = entities(world(evil))
    assert len(made) == len(entities(world()))
    ids = {entity["id"] for entity in made}
    for entity in made:
        proxy = model.get_proxy(entity, cleaned=False)
        for prop, value in proxy.itervalues():
            if prop.type.name == "entity":
                assert value in ids
            if prop.type.name == "url":
                assert value.startswith(("https://tarn.example/", "https://hill.example/"))


def test_every_id_is_one_and_leads_somewhere() -> None:
    made = entities(world())
    ids = [entity["id"] for entity in made]
    assert len(ids) == len(set(ids))
    assert [entity["schema"] for entity in made[:4]] == ["Person", "UnknownLink", "LegalEntity", "Organization"]


def test_a_claim_is_a_note_documented_by_reports() -> None:
    of = world()
    found = by_schema(of)
    broke, blame = of.linked.claims
    notes = {note["name"][0]: note for note in found["Note"]}
    assert notes.keys() == {"the weir broke on Tuesday", "Norland denied it was to blame"}
    note = notes["the weir broke on Tuesday"]
    assert note["summary"] == ["reported (single_origin), 1 independent origin"]
    assert note["entity"] == [of.actors[0].id]
    documents = {record["recordId"][0]: record for record in found["Documentation"]}
    assert documents.keys() == {*broke.statements, *blame.statements}
    told = documents[broke.statements[0]]
    assert told["summary"] == ["Ada Quill, mayor of Sollen, said the weir broke on Tuesday"]
    assert told["date"] == ["2031-04-08T10:30:00"]
    assert documents[blame.statements[0]]["role"] == ["deny, indirect"]


def test_reports_mentions_and_incidents() -> None:
    found = by_schema(world())
    weir = next(article for article in found["Article"] if article.get("publisher") == ["Tarn Post"])
    assert weir["publishedAt"] == ["2031-04-08T10:30:00"]
    assert weir["sourceUrl"] == ["https://tarn.example/weir?a=1&b=2"]
    assert any("Withdrawn 2031-04-10T07:00:00Z" in article["notes"] for article in found["Article"])
    assert len(found["Mention"]) == 4
    (event,) = found["Event"]
    assert (event["name"], event["startDate"], event["endDate"]) == (
        ["sollen, 2031-04-08"],
        ["2031-04-08"],
        ["2031-04-09"],
    )
