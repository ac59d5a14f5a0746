"""The shapes that others rely on: model values as plain JSON values, one function for each shape.

Keys and nesting are those that the package documents and ships as JSON Schemas (`schema`). A span is
``[start, end]``, half-open, in Unicode code points of the report's canonical text. What is not known is
``null``, never left out. Every function is pure: the same value gives the same JSON on every machine.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable
from importlib.resources import files
from typing import Any

from sayso.errors import UsageError
from sayso.model import (
    Account,
    Actor,
    ActorChain,
    Answer,
    Citation,
    Claim,
    Edge,
    Event,
    Extraction,
    Judgement,
    Line,
    Origin,
    PlaceMention,
    Problem,
    Quantity,
    Question,
    Relation,
    Report,
    Said,
    Section,
    Span,
    Statement,
    TimeMention,
)

Json = dict[str, Any]

SCHEMAS = (
    "extract",
    "account",
    "origins",
    "questions",
    "claims",
    "relations",
    "reports",
    "statements",
    "report-listing",
    "problem",
)
"""The names that `schema` knows: what `sayso extract` and `sayso account` print, the rows of `sayso export`
by the name that ``--what`` takes, a line of `sayso reports --json`, and a problem."""

_SCORE_DIGITS = 4  # scores come from float32 arithmetic, whose last digits differ between machines

# Legal inside a JSON string, yet not safe in a line of a stream: C1 controls can start a terminal escape, bidi
# controls reorder what a reader sees, U+0085, U+2028 and U+2029 end a line for many readers, and a lone surrogate
# has no UTF-8.
_UNSAFE_IN_A_LINE = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


# ---------------------------------------------------------------------------------------------------
# One report and what it says: `sayso extract`


def extract_line(report: Report, extraction: Extraction) -> Json:
    """One line of `sayso extract`: a report, and all that was read out of it."""
    return {
        "report": report_dict(report),
        "statements": [statement_dict(statement) for statement in extraction.statements],
        "times": [_time(time) for time in extraction.times],
        "places": [_place(place) for place in extraction.places],
        "actors": [_chain(chain) for chain in extraction.actors],
        "problems": [problem_dict(problem) for problem in (*report.problems, *extraction.problems)],
    }


def report_dict(report: Report) -> Json:
    """A report with its text, and the path or URL that it was read from."""
    return {
        "id": report.id,
        "sha256": report.sha256,
        "path": _path(report),
        "url": report.url,
        **_particulars(report),
        **_text(report),
    }


def statement_dict(statement: Statement) -> Json:
    """A statement as it stands in a line of `sayso extract`; its report is the one of that line."""
    return {
        "id": statement.id,
        "source": _spans(statement.source),
        "cue": _spans(statement.cue),
        "content": _spans(statement.content),
        "kind": statement.kind.value,
        "act": statement.act.value,
        "negated": statement.negated,
        "hedge": None
        if statement.hedge is None
        else {"word": statement.hedge.word, "span": list(statement.hedge.span), "band": statement.hedge.band},
        "actor": None if statement.actor is None else actor_dict(statement.actor),
        "relay": [{"name": hop.name, "kind": hop.kind.value, "span": list(hop.span)} for hop in statement.relay],
        "medium": statement.medium,
        "audience": None if statement.audience is None else list(statement.audience),
        "said": None if statement.said is None else _said(statement.said),
        "said_in": None if statement.said_in is None else _place(statement.said_in),
        "happened": [_said(time) for time in statement.happened],
        "places": [_place(place) for place in statement.places],
        "quantities": [_quantity(quantity) for quantity in statement.quantities],
        "events": [_event(event) for event in statement.events],
        "confidence": _score(statement.confidence),
    }


def problem_dict(problem: Problem) -> Json:
    return {"what": problem.what, "where": problem.where, "remedy": problem.remedy}


# ---------------------------------------------------------------------------------------------------
# Rows: `sayso export` and the lists


def report_row(report: Report) -> Json:
    """What a report is and says, without where and when we came by it: the same on every machine."""
    return {"id": report.id, "sha256": report.sha256, "url": report.url, **_particulars(report), **_text(report)}


def report_listing(report: Report) -> Json:
    """A report without its text, with its capture: a line of `sayso reports --json`."""
    return {
        "id": report.id,
        "sha256": report.sha256,
        "path": _path(report),
        "url": report.url,
        **_particulars(report),
        "characters": len(report.text),
        "captured": {
            "at": report.capture.captured_at,
            "method": report.capture.method,
            "place": report.capture.place,
            "container_sha256": report.capture.container_sha256,
            "locator": report.capture.locator,
        },
    }


def statement_row(report: Report, statement: Statement) -> Json:
    """A statement on its own: with its report, and with the words of its spans."""
    return {
        **statement_dict(statement),
        "report": report.id,
        "outlet": report.outlet,
        "published": report.published.value if report.published else None,
        "source_words": words(report.text, statement.source),
        "content_words": words(report.text, statement.content),
    }


def origin_row(origin: Origin) -> Json:
    """An origin with its reports; an edge runs ``from`` the report that derives ``to`` the one it derives from."""
    return {"id": origin.id, "reports": list(origin.reports), "edges": [_edge(edge) for edge in origin.edges]}


def question_row(question: Question) -> Json:
    return {
        "id": question.id,
        "text": question.text,
        "slot": question.slot.value,
        "claims": list(question.claims),
        "open": question.open,
        "asked_by": list(question.asked_by),
    }


def claim_row(claim: Claim) -> Json:
    return {
        "id": claim.id,
        "question": claim.question,
        "wording": claim.wording,
        "statements": list(claim.statements),
        "answer": _answer(claim.answer),
        "status": claim.status.value,
        "rule": claim.rule,
        "origins": claim.origins,
        "sides": list(claim.sides),
        "unverified_by": list(claim.unverified_by),
    }


def relation_row(relation: Relation) -> Json:
    """How the claim ``from`` stands to the claim ``to``."""
    return {
        "from": relation.from_claim,
        "to": relation.to_claim,
        "kind": relation.kind.value,
        "slot": relation.slot.value,
        "score": _score(relation.score),
        "reasons": list(relation.reasons),
        "judge": relation.judge,
    }


def judgement_row(judgement: Judgement) -> Json:
    return {
        "id": judgement.id,
        "verdict": judgement.verdict.value,
        "subject": judgement.subject,
        "other": judgement.other,
        "value": judgement.value,
        "author": judgement.author,
        "at": judgement.at,
    }


# ---------------------------------------------------------------------------------------------------
# The account


def account_dict(account: Account) -> Json:
    """What `sayso account --format json` prints."""
    return {
        "title": account.title,
        "as_of": account.as_of,
        "reports": account.reports,
        "origins": account.origins,
        "sections": [_section(section) for section in account.sections],
    }


def _section(section: Section) -> Json:
    return {"key": section.key.value, "heading": section.heading, "lines": [line_dict(line) for line in section.lines]}


def line_dict(line: Line) -> Json:
    return {
        "id": line.id,
        "text": line.text,
        "status": line.status.value,
        "rule": line.rule,
        "question": line.question,
        "claims": list(line.claims),
        "citations": [citation_dict(citation) for citation in line.citations],
    }


def citation_dict(citation: Citation) -> Json:
    return {
        "statement": citation.statement,
        "report": citation.report,
        "outlet": citation.outlet,
        "url": citation.url,
        "published": citation.published,
        "spans": _spans(citation.spans),
        "exact": citation.exact,
    }


# ---------------------------------------------------------------------------------------------------
# Writing, and the schemas


def dumps(value: object, *, indent: int | None = None) -> str:
    """``value`` as JSON that is safe as a line of a stream and on a terminal.

    Text stays readable (Cyrillic is written as Cyrillic); only characters that could break the line, or act
    on a terminal, are written as ``\\uXXXX``, so nothing is lost.
    """
    written = json.dumps(value, ensure_ascii=False, allow_nan=False, indent=indent)
    return _UNSAFE_IN_A_LINE.sub(lambda match: f"\\u{ord(match.group()):04x}", written)


def schema(name: str) -> Json:
    """The JSON Schema (draft 2020-12) of a shape, complete in itself; the names are `SCHEMAS`.

    The files that the package ships refer to ``common.schema.json`` beside them; here what it defines is
    brought in, so that any validator can use the result as it is. Raises UsageError for another name.
    """
    if name not in SCHEMAS:
        raise UsageError("there is no such schema", where=name, remedy=f"Choose one of: {', '.join(SCHEMAS)}.")
    shared: Json = _read_schema("common")["$defs"]
    own = _read_schema(name)
    bundled: Json = json.loads(json.dumps(own).replace('"common.schema.json#/$defs/', '"#/$defs/'))
    definitions: Json = json.loads(json.dumps(shared).replace('"common.schema.json#/$defs/', '"#/$defs/'))
    bundled["$defs"] = {**definitions, **bundled.get("$defs", {})}
    return bundled


def _read_schema(name: str) -> Json:
    read: Json = json.loads(files("sayso").joinpath("schemas", f"{name}.schema.json").read_text("utf-8"))
    return read


def words(text: str, spans: Iterable[Span]) -> str:
    """The words of ``text`` that stand in ``spans``, white space folded, pieces joined by " … "."""
    return " … ".join(" ".join(span.of(text).split()) for span in spans)


# ---------------------------------------------------------------------------------------------------
# The small shapes inside the others


def _particulars(report: Report) -> Json:
    """What a report's page says about itself."""
    return {
        "outlet": report.outlet,
        "byline": report.byline,
        "title": report.title,
        "published": report.published.value if report.published else None,
        "published_precision": report.published.precision.value if report.published else None,
        "edited": report.edited.value if report.edited else None,
        "edited_precision": report.edited.precision.value if report.edited else None,
        "language": report.language,
        "media_type": report.media_type,
        "forwarded_from": report.forwarded_from,
        "reply_to": report.reply_to,
    }


def _text(report: Report) -> Json:
    return {
        "text": report.text,
        "blocks": [
            {"kind": block.kind.value, "start": block.span.start, "end": block.span.end} for block in report.blocks
        ],
    }


def _path(report: Report) -> str | None:
    """The path it was read from, or None for what came from the network."""
    place = report.capture.place
    return None if re.match(r"(?i)https?://", place) else place


def _spans(spans: Iterable[Span]) -> list[list[int]]:
    return [list(span) for span in spans]


def actor_dict(actor: Actor) -> Json:
    return {"id": actor.id, "name": actor.name, "type": actor.type.value, "role": actor.role}


def _chain(chain: ActorChain) -> Json:
    return {
        "id": chain.actor.id,
        "name": chain.actor.name,
        "type": chain.actor.type.value,
        "role": chain.actor.role,
        "mentions": _spans(chain.mentions),
        "names": list(chain.names),
    }


def _said(time: Said) -> Json:
    return {"value": time.value, "precision": time.precision.value, "span": list(time.span)}


def _time(time: TimeMention) -> Json:
    return {
        "span": list(time.span),
        "type": time.type,
        "value": time.value,
        "earliest": time.earliest,
        "latest": time.latest,
        "precision": time.precision.value,
    }


def _place(place: PlaceMention) -> Json:
    return {
        "span": list(place.span),
        "name": place.name,
        "lat": _number(place.lat),
        "lon": _number(place.lon),
        "precision_km": _number(place.precision_km),
        "gazetteer_id": place.gazetteer_id,
        "within": list(place.within),
    }


def _quantity(quantity: Quantity) -> Json:
    return {
        "span": list(quantity.span),
        "low": _number(quantity.low),
        "best": _number(quantity.best),
        "high": _number(quantity.high),
        "unit": quantity.unit,
        "counted": quantity.counted,
        "vague": quantity.vague,
        "measure": quantity.measure.value if quantity.measure else None,
    }


def _event(event: Event) -> Json:
    parts = ("predicate", "agent", "patient", "place", "time", "quantity", "told_by")
    spans = {part: getattr(event, part) for part in parts}
    return {
        "lemma": event.lemma,
        **{part: None if span is None else list(span) for part, span in spans.items()},
        "negated": event.negated,
        "modality": event.modality.value,
        "certainty": event.certainty.value,
    }


def _answer(answer: Answer) -> Json:
    return {
        "text": answer.text,
        "low": _number(answer.low),
        "best": _number(answer.best),
        "high": _number(answer.high),
        "unit": answer.unit,
        "counted": answer.counted,
        "measure": answer.measure.value if answer.measure else None,
        "holds": answer.holds,
    }


def _edge(edge: Edge) -> Json:
    return {
        "from": edge.derived,
        "to": edge.base,
        "kind": edge.kind.value,
        "score": _score(edge.score),
        "reasons": list(edge.reasons),
    }


def _number(value: float | None) -> float | int | None:
    """Whole numbers without a decimal point ("12", not "12.0"); no JSON has infinity, so that is null."""
    if value is None or not math.isfinite(value):
        return None
    return int(value) if value == int(value) else value


def _score(value: float) -> float:
    return round(float(value), _SCORE_DIGITS)
