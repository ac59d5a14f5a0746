"""Web Annotation, PROV-O and schema.org as JSON-LD: read by pyld and rdflib with contexts given here, so nothing is fetched."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from pyld import jsonld
from rdflib import RDF, Graph, Literal, Namespace, URIRef

from sayso.serve.exports.gathered import urn
from sayso.serve.exports.prov import prov
from sayso.serve.exports.schemaorg import schemaorg
from sayso.serve.exports.webannotation import webannotation
from tests.serve.exports.making import HOSTILE, World, world

PROV = Namespace("http://www.w3.org/ns/prov#")
OA = Namespace("http://www.w3.org/ns/oa#")
SCHEMA = Namespace("https://schema.org/")
SAYSO = Namespace("urn:sayso:term:")

_AS = "http://www.w3.org/ns/activitystreams#"
# Of the published contexts what our documents use, as the specifications define those terms.
CONTEXTS = {
    "http://www.w3.org/ns/anno.jsonld": {
        "oa": str(OA),
        "as": _AS,
        "rdf": str(RDF),
        "id": "@id",
        "type": "@type",
        **{
            t: f"oa:{t}"
            for t in ("Annotation", "SpecificResource", "TextualBody", "TextQuoteSelector", "TextPositionSelector")
        },
        "AnnotationCollection": "as:OrderedCollection",
        "AnnotationPage": "as:OrderedCollectionPage",
        "Software": "as:Application",
        "body": {"@id": "oa:hasBody", "@type": "@id"},
        "target": {"@id": "oa:hasTarget", "@type": "@id"},
        "source": {"@id": "oa:hasSource", "@type": "@id"},
        "selector": {"@id": "oa:hasSelector", "@type": "@id"},
        "motivation": {"@id": "oa:motivatedBy", "@type": "@vocab"},
        "purpose": {"@id": "oa:hasPurpose", "@type": "@vocab"},
        **{t: f"oa:{t}" for t in ("describing", "tagging", "linking", "exact", "prefix", "suffix", "start", "end")},
        "generator": {"@id": "as:generator", "@type": "@id"},
        "partOf": {"@id": "as:partOf", "@type": "@id"},
        "items": {"@id": "as:items", "@type": "@id", "@container": "@list"},
        "startIndex": "as:startIndex",
        "total": "as:totalItems",
        "value": "rdf:value",
        "format": "http://purl.org/dc/elements/1.1/format",
        "language": "http://purl.org/dc/elements/1.1/language",
        "label": "http://www.w3.org/2000/01/rdf-schema#label",
        "name": "http://xmlns.com/foaf/0.1/name",
    },
    "https://schema.org": {
        "@vocab": str(SCHEMA),
        "url": {"@type": "@id"},
        "itemReviewed": {"@type": "@id"},
    },
}


def load(url: str, options: Any = None) -> dict[str, Any]:
    """The document at a URL, for pyld; any that is not given here fails the test."""
    return {
        "contentType": "application/ld+json",
        "contextUrl": None,
        "documentUrl": url,
        "document": {"@context": CONTEXTS[url]},
    }


def graph(pieces: Any) -> tuple[dict[str, Any], Graph]:
    """The document, and its triples as pyld gives them."""
    document: dict[str, Any] = json.loads("".join(pieces))
    quads = jsonld.to_rdf(document, {"documentLoader": load, "format": "application/n-quads"})
    made = Graph()
    made.parse(data=quads, format="nt")
    return document, made


def of(world_: World, name: str) -> tuple[dict[str, Any], Graph]:
    if name == "webannotation":
        return graph(webannotation(world_.told, world_.linked))
    if name == "prov":
        return graph(prov(world_.told, world_.linked, world_.actors, world_.judgements))
    return graph(schemaorg(world_.told, world_.linked, world_.judgements))


@pytest.mark.parametrize("name", ["webannotation", "prov", "schemaorg"])
@pytest.mark.parametrize("evil", ["", *HOSTILE.values()], ids=["plain", *HOSTILE])
def test_every_text_comes_back_as_a_literal(name: str, evil: str) -> None:
    document, triples = of(world(evil), name)
    whole = json.dumps(document, ensure_ascii=False)
    assert len(triples) > 40
    for node in {n for triple in triples for n in triple if isinstance(n, URIRef)}:
        assert str(node).startswith(
            (
                "urn:sayso:",
                "http://www.w3.org/",
                "https://schema.org/",
                "https://tarn.example/",
                "https://hill.example/",
                "http://purl.org/",
                "http://xmlns.com/",
            )
        ), node
    if evil:
        assert json.dumps(evil, ensure_ascii=False)[1:-1] in whole
        assert any(evil in str(node) for triple in triples for node in triple if isinstance(node, Literal))


# ---------------------------------------------------------------------------------------------------
# Web Annotation


def test_an_annotation_finds_its_words() -> None:
    made = world()
    document, triples = of(made, "webannotation")
    texts = {told.report.id: told.report.text for told in made.told}
    assert document["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    assert document["partOf"]["total"] == len(document["items"]) == 5
    for item in document["items"]:
        text = texts[item["sayso:report"].removeprefix("urn:sayso:")]
        for target in item["target"]:
            quote, position = target["selector"]
            start, end = position["start"], position["end"]
            assert text[start:end] == quote["exact"] != ""
            assert text[:start].endswith(quote["prefix"])
            assert text[end:].startswith(quote["suffix"])
            assert text.count(quote["prefix"] + quote["exact"] + quote["suffix"]) == 1
    assert len(set(triples.subjects(RDF.type, OA.Annotation))) == 5


def test_an_annotation_leads_to_its_claim_and_page() -> None:
    made = world()
    document, _ = of(made, "webannotation")
    first = made.linked.claims[0].statements[0]
    (item,) = (item for item in document["items"] if item["id"] == urn(first))
    assert item["target"][0]["source"] == "https://tarn.example/weir?a=1&b=2"
    assert item["body"][0]["value"] == (
        "Ada Quill (mayor of Sollen): asserts, in indirect speech, by way of Varn Agency, hedged with 'reportedly'"
    )
    (link,) = (body for body in item["body"] if body["purpose"] == "linking")
    assert link["source"]["id"] == urn(made.linked.claims[0].id)
    assert (link["source"]["sayso:status"], link["source"]["sayso:origins"]) == ("reported", 1)


def test_a_report_without_an_address_is_named_by_its_id() -> None:
    document, _ = of(world(), "webannotation")
    sources = {target["source"] for item in document["items"] for target in item["target"]}
    assert len([source for source in sources if source.startswith("urn:sayso:r-")]) == 2


# ---------------------------------------------------------------------------------------------------
# PROV-O


def test_provenance_runs_from_claims_to_outlets() -> None:
    made = world()
    document, triples = of(made, "prov")
    read = Graph().parse(data=json.dumps(document), format="json-ld")  # rdflib by itself agrees with pyld
    assert len(read) == len(triples)
    claim = URIRef(urn(made.linked.claims[0].id))
    said, copied = (URIRef(urn(statement)) for statement in made.linked.claims[0].statements)
    weir, copy = triples.value(said, PROV.wasQuotedFrom), triples.value(copied, PROV.wasQuotedFrom)
    assert set(triples.objects(claim, PROV.wasDerivedFrom)) == {said, copied}
    assert (copy, PROV.wasDerivedFrom, weir) in triples
    assert (weir, PROV.wasAttributedTo, URIRef("urn:sayso:outlet:Tarn%20Post")) in triples
    assert (said, PROV.wasAttributedTo, URIRef(urn(made.actors[0].id))) in triples
    assert (URIRef(urn(made.actors[0].id)), PROV.actedOnBehalfOf, URIRef(urn(made.actors[2].id))) in triples
    assert (URIRef(urn("o-aaaa")), PROV.hadMember, copy) in triples
    assert (claim, SAYSO.origins, Literal(1)) in triples
    moment = triples.value(weir, PROV.generatedAtTime)
    assert isinstance(moment, Literal)
    assert moment.toPython() == datetime(2031, 4, 8, 10, 30, tzinfo=UTC)
    assert triples.value(copy, PROV.generatedAtTime) is None  # a day is no moment
    (why,) = triples.objects(copy, PROV.qualifiedDerivation)
    assert str(triples.value(why, SAYSO.kind)) == "copy"


def test_one_publishers_reports_derive_not_from_each_other() -> None:
    _, triples = of(world(), "prov")
    ((copy, weir),) = triples.subject_objects(SAYSO.same_origin_as)
    assert len(list(triples.objects(copy, PROV.wasDerivedFrom))) == 1
    assert (copy, PROV.wasDerivedFrom, weir) in triples


def test_judgements_are_activities_of_people() -> None:
    made = world()
    _, triples = of(made, "prov")
    eve = URIRef("urn:sayso:person:Eve%20Holm")
    assert set(triples.subjects(PROV.wasAssociatedWith, eve)) == {URIRef(urn(j.id)) for j in made.judgements}
    ((report, by),) = triples.subject_objects(PROV.wasInvalidatedBy)
    assert (by, PROV.used, report) in triples
    assert str(triples.value(report, PROV.invalidatedAtTime)).startswith("2031-04-10T07:00:00")


def test_relations_and_denials_are_told() -> None:
    made = world()
    _, triples = of(made, "prov")
    broke, blame = (URIRef(urn(claim.id)) for claim in made.linked.claims)
    assert (blame, SAYSO.denies, broke) in triples
    assert (broke, PROV.wasRevisionOf, blame) in triples
    assert str(triples.value(blame, PROV.value)) == "Norland denied it was to blame"


# ---------------------------------------------------------------------------------------------------
# schema.org


def nodes(document: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [node for node in document["@graph"] if node["@type"] == kind]


def test_a_claim_names_who_says_it_and_where() -> None:
    made = world()
    document, triples = of(made, "schemaorg")
    broke, blame = nodes(document, "Claim")
    if broke["text"] != "the weir broke on Tuesday":
        broke, blame = blame, broke
    assert broke["author"] == [{"@type": "Person", "name": "Ada Quill", "jobTitle": "mayor of Sollen"}]
    assert [work["publisher"]["name"] for work in broke["appearance"]] == ["Tarn Post", "Hill Echo"]
    assert broke["firstAppearance"] == {"@id": broke["appearance"][0]["@id"]}
    assert (broke["sayso:status"], broke["sayso:origins"], broke["identifier"]) == (
        "reported",
        1,
        made.linked.claims[0].id,
    )
    assert blame["text"] == "Norland denied it was to blame"  # never "it was to blame", by Norland
    assert len(set(triples.subjects(RDF.type, SCHEMA.Claim))) == 2


def test_a_review_is_what_somebody_says_and_no_rating_is_invented() -> None:
    made = world()
    document, _ = of(made, "schemaorg")
    reviews = {node["author"]["name"]: node for node in nodes(document, "ClaimReview")}
    assert reviews.keys() == {"Eve Holm", "The Tarn Post"}  # the grade that was undone is none
    assert reviews["Eve Holm"]["reviewRating"] == {
        "@type": "Rating",
        "alternateName": "Misleading: true of the old weir",
    }
    assert "reviewRating" not in reviews["The Tarn Post"]
    assert reviews["The Tarn Post"]["reviewBody"] == "The Tarn Post could not verify who opened it"
    assert {review["itemReviewed"]["@id"] for review in reviews.values()} == {urn(made.linked.claims[0].id)}
    assert "ratingValue" not in json.dumps(document)


def test_without_a_check_there_is_no_review() -> None:
    made = world()
    claims = tuple(claim for claim in made.linked.claims if not claim.unverified_by)
    linked = made.linked.__class__(made.linked.origins, made.linked.questions, claims, ())
    document = json.loads("".join(schemaorg(made.told, linked, made.judgements)))
    assert nodes(document, "ClaimReview") == []
