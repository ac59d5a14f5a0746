"""Where everything comes from, as W3C PROV-O in JSON-LD: reports, who published and wrote from whom, statements, claims,
and what people judged.

The context stands in the document itself: reading it fetches nothing. Terms of ours begin with ``sayso:``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sayso.account.labels import web_link
from sayso.model import Claim, Edge, EdgeKind, Judgement, KnownActor, Linked, Origin, RelationKind, Statement
from sayso.serve.exports.gathered import ClaimTexts, Told, named_urn, told_words, urn
from sayso.serve.exports.pieces import around
from sayso.serve.exports.times import numbers
from sayso.shapes import Json, words
from sayso.shapes.small import spans_list

_DATE_TIME = "xsd:dateTime"
_CONTEXT: Json = {
    "prov": "http://www.w3.org/ns/prov#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "schema": "https://schema.org/",
    "sayso": "urn:sayso:term:",
    **{
        f"prov:{term}": {"@type": "@id"}
        for term in (
            "wasDerivedFrom",
            "wasQuotedFrom",
            "wasRevisionOf",
            "wasAttributedTo",
            "wasInvalidatedBy",
            "wasAssociatedWith",
            "actedOnBehalfOf",
            "hadMember",
            "entity",
            "used",
        )
    },
    **{f"prov:{term}": {"@type": _DATE_TIME} for term in ("generatedAtTime", "invalidatedAtTime", "endedAtTime")},
    **{f"sayso:{kind.value}": {"@type": "@id"} for kind in RelationKind},
    "sayso:same_origin_as": {"@type": "@id"},
    "sayso:about": {"@type": "@id"},
    "schema:url": {"@type": "@id"},
    "sayso:spans": {"@type": "@json"},
}

# Two reports of one publisher, or from one release, know it from one place; neither is made from the other.
_NO_DERIVATION = (EdgeKind.FAMILY, EdgeKind.COMMON)
_AGENTS = {"person": "prov:Person", "organization": "prov:Organization", "group": "prov:Organization"}


def prov(
    told: Iterable[Told], linked: Linked, actors: Sequence[KnownActor], judgements: Sequence[Judgement]
) -> Iterator[str]:
    """The graph: actors, reports with their statements, origins, claims, judgements, each by id."""
    yield from around({"@context": _CONTEXT}, "@graph", _nodes(told, linked, actors, judgements))


def _nodes(
    told: Iterable[Told], linked: Linked, actors: Sequence[KnownActor], judgements: Sequence[Judgement]
) -> Iterator[Json]:
    known = {(member.report, member.actor): actor.id for actor in actors for member in actor.members}
    named = {name: actor.id for actor in reversed(actors) for name in actor.names}
    for actor in actors:
        yield _actor(actor, named)
    edges: dict[str, list[Edge]] = {}
    for origin in linked.origins:
        for edge in origin.edges:
            edges.setdefault(edge.derived, []).append(edge)
    outlets: set[str] = set()
    texts = ClaimTexts(linked)
    for each in told:
        texts.hear(each)
        yield from _report(each, edges.get(each.report.id, ()), outlets)
        for statement in each.extraction.statements:
            yield _statement(each, statement, known)
    for origin in sorted(linked.origins, key=lambda origin: origin.id):
        yield _origin(origin)
    yield from _claims(linked, texts)
    yield from _judgements(judgements)


def _actor(actor: KnownActor, named: dict[str, str]) -> Json:
    made: Json = {
        "@id": urn(actor.id),
        "@type": ["prov:Agent", *([kind] if (kind := _AGENTS.get(actor.type.value)) else [])],
        "rdfs:label": actor.name,
        "sayso:name": list(actor.names),
    }
    bodies = [urn(named[body]) for body in actor.bodies if named.get(body, actor.id) != actor.id]
    if bodies:
        made["prov:actedOnBehalfOf"] = bodies
    if actor.state:
        made["sayso:state"] = actor.state
    return made


def _report(told: Told, edges: Sequence[Edge], outlets: set[str]) -> Iterator[Json]:
    report = told.report
    made: Json = {
        "@id": urn(report.id),
        "@type": ["prov:Entity", "schema:NewsArticle"],
        "sayso:sha256": report.sha256,
    }
    if report.title:
        made["rdfs:label"] = report.title
    if link := web_link(report.url):
        made["schema:url"] = link
    if report.byline:
        made["sayso:byline"] = report.byline
    if report.outlet:
        made["prov:wasAttributedTo"] = named_urn("outlet", report.outlet)
    if report.published:
        made["sayso:published"] = report.published.value
        made |= _moment("prov:generatedAtTime", report.published.value)
    if told.withdrawn:
        made |= _moment("prov:invalidatedAtTime", told.withdrawn.at)
        made["prov:wasInvalidatedBy"] = urn(told.withdrawn.id)
    yield made | _derivations(edges)
    if report.outlet and report.outlet not in outlets:
        outlets.add(report.outlet)
        yield {
            "@id": named_urn("outlet", report.outlet),
            "@type": ["prov:Agent", "prov:Organization", "sayso:Outlet"],
            "rdfs:label": report.outlet,
        }


def _derivations(edges: Sequence[Edge]) -> Json:
    """From whom a report was written: the plain property, and a qualified one with the kind, the score and the reasons."""
    made: Json = {}
    for edge in sorted(edges, key=lambda edge: (edge.base, edge.kind)):
        if edge.kind in _NO_DERIVATION:
            made.setdefault("sayso:same_origin_as", []).append(urn(edge.base))
            continue
        made.setdefault("prov:wasDerivedFrom", []).append(urn(edge.base))
        if edge.kind is EdgeKind.QUOTE:
            made.setdefault("prov:wasQuotedFrom", []).append(urn(edge.base))
        made.setdefault("prov:qualifiedDerivation", []).append(
            {
                "@type": "prov:Derivation",
                "prov:entity": urn(edge.base),
                "sayso:kind": edge.kind.value,
                "sayso:score": round(edge.score, 4),
                "sayso:reason": list(edge.reasons),
            }
        )
    return made


def _statement(told: Told, statement: Statement, known: dict[tuple[str, str], str]) -> Json:
    report = told.report
    made: Json = {
        "@id": urn(statement.id),
        "@type": ["prov:Entity", "sayso:Statement"],
        "rdfs:label": told_words(report, statement),
        "prov:value": words(report.text, statement.content),
        "prov:wasQuotedFrom": urn(report.id),
        "sayso:spans": spans_list(statement.content),
        "sayso:kind": statement.kind.value,
        "sayso:act": statement.act.value,
        "sayso:negated": statement.negated,
    }
    if statement.actor:
        actor = known.get((report.id, statement.actor.id))
        made["prov:wasAttributedTo"] = urn(actor or statement.actor.id)
    elif report.outlet:
        made["prov:wasAttributedTo"] = named_urn("outlet", report.outlet)
    if statement.relay:
        made["sayso:relay"] = {"@list": [hop.name for hop in statement.relay]}
    return made


def _origin(origin: Origin) -> Json:
    return {
        "@id": urn(origin.id),
        "@type": ["prov:Entity", "prov:Collection", "sayso:Origin"],
        "prov:hadMember": [urn(report) for report in origin.reports],
    }


def _claims(linked: Linked, texts: ClaimTexts) -> Iterator[Json]:
    """A claim is derived from the statements it rests on; how it stands to others hangs on it."""
    ties: dict[str, dict[str, list[str]]] = {}
    for relation in sorted(linked.relations, key=lambda r: (r.from_claim, r.kind, r.to_claim, r.slot, r.judge)):
        terms = [f"sayso:{relation.kind.value}"]
        if relation.kind is RelationKind.REVISES:
            terms.append("prov:wasRevisionOf")
        for term in terms:
            others = ties.setdefault(relation.from_claim, {}).setdefault(term, [])
            if urn(relation.to_claim) not in others:
                others.append(urn(relation.to_claim))
    for claim in sorted(linked.claims, key=lambda claim: claim.id):
        yield _claim(claim, texts.of(claim)) | ties.get(claim.id, {})


def _claim(claim: Claim, text: str) -> Json:
    return {
        "@id": urn(claim.id),
        "@type": ["prov:Entity", "sayso:Claim"],
        "prov:value": text,
        "prov:wasDerivedFrom": [urn(statement) for statement in claim.statements],
        "sayso:status": claim.status.value,
        "sayso:rule": claim.rule,
        "sayso:origins": claim.origins,
        "sayso:question": urn(claim.question),
    }


def _judgements(judgements: Sequence[Judgement]) -> Iterator[Json]:
    people: set[str] = set()
    for judgement in sorted(judgements, key=lambda judgement: (judgement.at, judgement.id)):
        person = named_urn("person", judgement.author)
        if person not in people:
            people.add(person)
            yield {"@id": person, "@type": ["prov:Agent", "prov:Person"], "rdfs:label": judgement.author}
        about = [judgement.subject, *([judgement.other] if judgement.other else [])]
        yield {
            "@id": urn(judgement.id),
            "@type": ["prov:Activity", "sayso:Judgement"],
            "prov:wasAssociatedWith": person,
            "prov:used": [_subject(record) for record in about],
            "sayso:verdict": judgement.verdict.value,
            "sayso:value": judgement.value,
            **_moment("prov:endedAtTime", judgement.at),
        }


def _subject(record: str) -> str:
    """A record by its id; actors and outlets that a judgement calls by name, by that name."""
    kind, colon, name = record.partition(":")
    return named_urn(kind, name) if colon else urn(record)


def _moment(term: str, value: str) -> Json:
    """A time as xsd:dateTime, if it is known to the minute: a day is no moment."""
    parts = numbers(value)
    if len(parts) < 5:
        return {}
    year, month, day, hour, minute, second = (*parts, 0)[:6]
    return {term: f"{year:04d}-{month:02d}-{day:02d}T{hour:02d}:{minute:02d}:{second:02d}Z"}
