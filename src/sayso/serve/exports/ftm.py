"""Actors, reports, claims and incidents as FollowTheMoney entities, one a line: what Aleph and OpenSanctions tools read.

KnownActor              Person, Organization, or LegalEntity where no report tells which
a person and a body     UnknownLink, "speaks for"
Report                  Article
a name in a report      Mention
Claim                   Note, on the actors who say it
Statement of a claim    Documentation: the report that has it, with its words
Incident                Event
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sayso.account.labels import web_link
from sayso.ids import make_id
from sayso.model import ActorType, Claim, Incident, KnownActor, Linked, Report, Statement
from sayso.serve.exports.gathered import ClaimTexts, Told, claims_of_statements, told_words
from sayso.serve.exports.times import iso, numbers
from sayso.shapes import Json, dumps

_SCHEMATA = {
    ActorType.PERSON: "Person",
    ActorType.ORGANIZATION: "Organization",
    ActorType.GROUP: "LegalEntity",
    ActorType.PLACE: "LegalEntity",  # a state that speaks or acts
    ActorType.UNKNOWN: "LegalEntity",
}
"""A document that says something is no entity of its own here: it acts in no schema."""


def ftm(
    told: Iterable[Told], linked: Linked, actors: Sequence[KnownActor], incidents: Sequence[Incident]
) -> Iterator[str]:
    """The entities: actors, then each report with what is in it, then claims and incidents."""
    return (dumps(entity) + "\n" for entity in _entities(told, linked, actors, incidents))


def _entities(
    told: Iterable[Told], linked: Linked, actors: Sequence[KnownActor], incidents: Sequence[Incident]
) -> Iterator[Json]:
    acting = [actor for actor in actors if actor.type in _SCHEMATA]
    known = {(member.report, member.actor): actor for actor in acting for member in actor.members}
    named = {name: actor for actor in reversed(acting) for name in actor.names}
    for actor in acting:
        yield _actor(actor)
        yield from _speaks_for(actor, named)
    claims, texts = claims_of_statements(linked), ClaimTexts(linked)
    said_by: dict[str, set[str]] = {}
    mentions: dict[str, dict[str, tuple[str, KnownActor]]] = {}
    for actor in acting:
        for member in actor.members:
            mentions.setdefault(member.report, {}).setdefault(actor.id, (member.name, actor))
    for each in told:
        report = each.report
        texts.hear(each)
        yield _article(each)
        for _, (name, actor) in sorted(mentions.get(report.id, {}).items()):
            yield _mention(report, name, actor)
        for statement in each.extraction.statements:
            speaking = known.get((report.id, statement.actor.id)) if statement.actor else None
            for claim in claims.get(statement.id, ()):
                if speaking:
                    said_by.setdefault(claim.id, set()).add(speaking.id)
                yield _documentation(report, statement, claim)
    for claim in sorted(linked.claims, key=lambda claim: claim.id):
        yield _note(claim, texts.of(claim), sorted(said_by.get(claim.id, ())))
    for incident in incidents:
        yield _event(incident)


def _entity(identifier: str, schema: str, **properties: Iterable[str | None] | str | None) -> Json:
    """Values are lists of strings; what is not known is left out, as FollowTheMoney has it."""
    kept: dict[str, list[str]] = {}
    for name, given in properties.items():
        values = [given] if isinstance(given, str) or given is None else given
        some = [text for value in values if value and (text := value.strip())]
        if some:
            kept[name] = list(dict.fromkeys(some))
    return {"id": identifier, "schema": schema, "properties": kept}


def _actor(actor: KnownActor) -> Json:
    schema = _SCHEMATA[actor.type]
    roles = sorted({member.role for member in actor.members if member.role})
    others = [name for name in actor.names if name != actor.name]
    sides = sorted({side.side for side in actor.sides if side.side != "unknown"})
    return _entity(
        actor.id,
        schema,
        name=actor.name,
        alias=others,
        summary=[f"Side: {side}" for side in sides],
        position=roles if schema == "Person" else None,
    )


def _speaks_for(actor: KnownActor, named: dict[str, KnownActor]) -> Iterator[Json]:
    for body in actor.bodies:
        found = named.get(body)
        if found is not None and found.id != actor.id:
            yield _entity(
                make_id("u", actor.id, found.id), "UnknownLink", subject=actor.id, object=found.id, role="speaks for"
            )


def _article(told: Told) -> Json:
    report = told.report
    return _entity(
        report.id,
        "Article",
        fileName=report.id,
        title=report.title,
        author=report.byline,
        publisher=report.outlet,
        publishedAt=_date(report.published.value if report.published else None),
        modifiedAt=_date(report.edited.value if report.edited else None),
        sourceUrl=web_link(report.url),
        mimeType=report.media_type,
        bodyText=report.text,
        notes=[f"SHA-256 {report.sha256}", f"Withdrawn {told.withdrawn.at}" if told.withdrawn else None],
    )


def _mention(report: Report, name: str, actor: KnownActor) -> Json:
    return _entity(
        make_id("m", report.id, actor.id),
        "Mention",
        document=report.id,
        name=name,
        resolved=actor.id,
        detectedSchema=_SCHEMATA[actor.type],
    )


def _documentation(report: Report, statement: Statement, claim: Claim) -> Json:
    said = statement.said.value if statement.said else None
    return _entity(
        make_id("d", statement.id, claim.id),
        "Documentation",
        document=report.id,
        entity=claim.id,
        role=f"{statement.act.value}, {statement.kind.value}" + (", negated" if statement.negated else ""),
        summary=told_words(report, statement),
        recordId=statement.id,
        date=_date(said) or _date(report.published.value if report.published else None),
        sourceUrl=web_link(report.url),
        publisher=report.outlet,
    )


def _note(claim: Claim, text: str, said_by: Sequence[str]) -> Json:
    origins = "1 independent origin" if claim.origins == 1 else f"{claim.origins} independent origins"
    return _entity(
        claim.id,
        "Note",
        name=text,
        description=text,
        summary=f"{claim.status.value} ({claim.rule}), {origins}",
        keywords=claim.status.value,
        entity=said_by,
    )


def _event(incident: Incident) -> Json:
    where = ", ".join(incident.places)
    return _entity(
        incident.id,
        "Event",
        name=f"{where or 'Incident'}, {incident.first}" if incident.first else where or "Incident",
        location=incident.places,
        startDate=_date(incident.first),
        endDate=_date(incident.last),
        proof=incident.reports,
    )


def _date(value: str | None) -> str | None:
    """A date as FollowTheMoney has it: ISO 8601 without a zone, UTC where a zone was told."""
    return iso(numbers(value)) or None
