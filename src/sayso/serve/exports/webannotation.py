"""Statements as W3C Web Annotations (JSON-LD): what each report says someone said, anchored in its words.

The page is one AnnotationPage of one AnnotationCollection. Each span of a statement's content is a target, found by its
words with what stands before and after them, and by its position in the report's canonical text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sayso.model import Claim, Linked, Report, Span, Statement
from sayso.serve.exports.gathered import Told, address, claims_of_statements, speaker, urn
from sayso.serve.exports.pieces import around
from sayso.shapes import Json

_CONTEXT = [
    "http://www.w3.org/ns/anno.jsonld",
    {"sayso": "urn:sayso:term:", "sayso:report": {"@type": "@id"}, "sayso:actor": {"@type": "@id"}},
]
_AROUND = 32  # characters before and after: enough to tell two places of the same words apart, as other tools do it

_ACT_WORDS = {  # of those that an "s" does not make a verb of
    "assess": "assesses",
    "deny": "denies",
    "claim_responsibility": "claims responsibility",
    "decline_responsibility": "declines responsibility",
    "cannot_verify": "could not verify",
    "decline_comment": "declines to comment",
    "other": "says",
}


def webannotation(told: Iterable[Told], linked: Linked) -> Iterator[str]:
    """The statements by report and place in its text, each as an annotation."""
    claims = claims_of_statements(linked)
    count = 0

    def annotations() -> Iterator[Json]:
        nonlocal count
        for each in told:
            for statement in each.extraction.statements:
                count += 1
                yield _annotation(each, statement, claims.get(statement.id, ()))

    collection = {"id": urn("annotations"), "type": "AnnotationCollection", "label": "Who says what"}
    yield from around(
        {"@context": _CONTEXT, "id": urn("annotations-1"), "type": "AnnotationPage", "startIndex": 0},
        "items",
        annotations(),
        tail=lambda: {"partOf": {**collection, "total": count}},
    )


def _annotation(told: Told, statement: Statement, claims: tuple[Claim, ...]) -> Json:
    report = told.report
    spans = statement.content or statement.cue or statement.source
    made: Json = {
        "id": urn(statement.id),
        "type": "Annotation",
        "motivation": "describing",
        "generator": {"id": urn("software"), "type": "Software", "name": "sayso"},
        "body": [*_bodies(report, statement), *(_link(claim) for claim in claims)],
        "target": [_target(report, span) for span in spans] or [address(report)],
        "sayso:report": urn(report.id),
        "sayso:act": statement.act.value,
        "sayso:kind": statement.kind.value,
        "sayso:negated": statement.negated,
        "sayso:confidence": round(statement.confidence, 4),
        "sayso:withdrawn": told.withdrawn is not None,
    }
    if statement.actor:
        made["sayso:actor"] = urn(statement.actor.id)
    if statement.source:
        made["sayso:source_span"] = [_target(report, span) for span in statement.source]
    if statement.cue:
        made["sayso:cue_span"] = [_target(report, span) for span in statement.cue]
    return made


def _bodies(report: Report, statement: Statement) -> Iterator[Json]:
    yield {
        "type": "TextualBody",
        "purpose": "describing",
        "format": "text/plain",
        "language": "en",
        "value": _described(report, statement),
    }
    for tag in (statement.act.value, statement.kind.value, *(["negated"] if statement.negated else [])):
        yield {"type": "TextualBody", "purpose": "tagging", "format": "text/plain", "value": tag}


def _described(report: Report, statement: Statement) -> str:
    """ "Ruta Mandell (spokeswoman): denies, in direct speech, by way of TASS"."""
    who = speaker(statement, report) or "The outlet"
    role = f" ({statement.actor.role})" if statement.actor and statement.actor.role else ""
    act = _ACT_WORDS.get(statement.act.value, f"{statement.act.value}s")
    kind = "in the outlet's own voice" if statement.kind.value == "voice" else f"in {statement.kind.value} speech"
    relay = "".join(f", by way of {hop.name}" for hop in statement.relay)
    hedge = f", hedged with {statement.hedge.word!r}" if statement.hedge else ""
    return f"{who}{role}: {act}, {kind}{relay}{hedge}"


def _link(claim: Claim) -> Json:
    return {
        "type": "SpecificResource",
        "purpose": "linking",
        "source": {
            "id": urn(claim.id),
            "type": "sayso:Claim",
            "sayso:wording": claim.wording,
            "sayso:holds": claim.answer.holds,  # false: it is denied
            "sayso:status": claim.status.value,
            "sayso:rule": claim.rule,
            "sayso:origins": claim.origins,
        },
    }


def _target(report: Report, span: Span) -> Json:
    text = report.text
    return {
        "type": "SpecificResource",
        "source": address(report),
        "selector": [
            {
                "type": "TextQuoteSelector",
                "exact": span.of(text),
                "prefix": text[max(0, span.start - _AROUND) : span.start],
                "suffix": text[span.end : span.end + _AROUND],
            },
            {"type": "TextPositionSelector", "start": span.start, "end": span.end},
        ],
    }
