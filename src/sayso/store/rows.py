"""Core types as rows of the tables, and back. Scalars get columns of their own, everything nested is JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sayso.model import (
    Act,
    Actor,
    ActorChain,
    ActorType,
    Block,
    Capture,
    Event,
    Extraction,
    Hedge,
    Hop,
    Instant,
    Judgement,
    Kind,
    PlaceMention,
    Precision,
    Problem,
    Quantity,
    Report,
    Said,
    Span,
    Statement,
    TimeMention,
    Verdict,
)
from sayso.store.codec import from_plain, to_json, to_plain

Row = Mapping[str, Any]

GAP = " … "
"""Stands between the words of a broken quotation."""


def as_json(value: object) -> str:
    """A core type, or a tuple of them, as the text of a JSON column."""
    return to_json(to_plain(value))


def words_of(text: str, spans: Sequence[Span]) -> str:
    """The words that stand in ``spans``, with a mark where the passage is broken."""
    return GAP.join(span.of(text) for span in spans)


def report_row(report: Report) -> dict[str, Any]:
    return {
        "id": report.id,
        "outlet": report.outlet,
        "title": report.title,
        "published": report.published.value if report.published else None,
        "published_precision": report.published.precision.value if report.published else None,
        "url": report.url,
        "byline": report.byline,
        "edited": report.edited.value if report.edited else None,
        "edited_precision": report.edited.precision.value if report.edited else None,
        "language": report.language,
        "media_type": report.media_type,
        "forwarded_from": report.forwarded_from,
        "reply_to": report.reply_to,
        "captured_at": report.capture.captured_at,
        "capture_method": report.capture.method,
        "capture_place": printable(report.capture.place),
        "container_sha256": report.capture.container_sha256,
        "locator": report.capture.locator,
        "sha256": report.sha256,
        "text": report.text,
        "blocks": as_json(report.blocks),
        "problems": as_json(report.problems),
    }


def printable(place: str) -> str:
    """``place`` as text that every database holds: the bytes of a file name that are no UTF-8 stand as \\xNN."""
    return place.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def report_from(row: Row) -> Report:
    return Report(
        id=row["id"],
        sha256=row["sha256"],
        text=row["text"],
        blocks=_nested(row["blocks"], tuple[Block, ...]),
        media_type=row["media_type"],
        capture=Capture(
            captured_at=row["captured_at"],
            method=row["capture_method"],
            place=row["capture_place"],
            container_sha256=row["container_sha256"],
            locator=row["locator"],
        ),
        url=row["url"],
        outlet=row["outlet"],
        byline=row["byline"],
        title=row["title"],
        published=_instant(row["published"], row["published_precision"]),
        edited=_instant(row["edited"], row["edited_precision"]),
        language=row["language"],
        forwarded_from=row["forwarded_from"],
        reply_to=row["reply_to"],
        problems=_nested(row["problems"], tuple[Problem, ...]),
    )


def extraction_row(extraction: Extraction, *, reader: str, sha256: str) -> dict[str, Any]:
    return {
        "report": extraction.report,
        "reader": reader,
        "sha256": sha256,
        "times": as_json(extraction.times),
        "places": as_json(extraction.places),
        "actors": as_json(extraction.actors),
        "problems": as_json(extraction.problems),
    }


def extraction_from(row: Row, statements: Iterable[Row]) -> Extraction:
    return Extraction(
        report=row["report"],
        statements=tuple(statement_from(statement) for statement in statements),
        times=_nested(row["times"], tuple[TimeMention, ...]),
        places=_nested(row["places"], tuple[PlaceMention, ...]),
        actors=_nested(row["actors"], tuple[ActorChain, ...]),
        problems=_nested(row["problems"], tuple[Problem, ...]),
    )


def statement_row(statement: Statement, *, text: str, extraction: int, position: int) -> dict[str, Any]:
    """``text`` is the report's, for the columns with words."""
    actor = statement.actor
    return {
        "extraction": extraction,
        "position": position,
        "id": statement.id,
        "report": statement.report,
        "actor_name": actor.name if actor else None,
        "act": statement.act.value,
        "kind": statement.kind.value,
        "words": words_of(text, statement.content),
        "source_words": words_of(text, statement.source),
        "cue_words": words_of(text, statement.cue),
        "negated": int(statement.negated),
        "hedge_word": statement.hedge.word if statement.hedge else None,
        "medium": statement.medium,
        "said_value": statement.said.value if statement.said else None,
        "actor_id": actor.id if actor else None,
        "actor_type": actor.type.value if actor else None,
        "actor_role": actor.role if actor else None,
        "confidence": float(statement.confidence),
        "source": as_json(statement.source),
        "cue": as_json(statement.cue),
        "content": as_json(statement.content),
        "hedge": as_json(statement.hedge) if statement.hedge else None,
        "relay": as_json(statement.relay),
        "said": as_json(statement.said) if statement.said else None,
        "audience": as_json(statement.audience) if statement.audience else None,
        "said_in": as_json(statement.said_in) if statement.said_in else None,
        "happened": as_json(statement.happened),
        "places": as_json(statement.places),
        "quantities": as_json(statement.quantities),
        "events": as_json(statement.events),
    }


def statement_from(row: Row) -> Statement:
    return Statement(
        id=row["id"],
        report=row["report"],
        source=_nested(row["source"], tuple[Span, ...]),
        cue=_nested(row["cue"], tuple[Span, ...]),
        content=_nested(row["content"], tuple[Span, ...]),
        kind=Kind(row["kind"]),
        act=Act(row["act"]),
        negated=bool(row["negated"]),
        hedge=_nested(row["hedge"], Hedge) if row["hedge"] else None,
        actor=actor_from(row),
        relay=_nested(row["relay"], tuple[Hop, ...]),
        medium=row["medium"],
        said=_nested(row["said"], Said) if row["said"] else None,
        audience=_nested(row["audience"], Span) if row["audience"] else None,
        said_in=_nested(row["said_in"], PlaceMention) if row["said_in"] else None,
        happened=_nested(row["happened"], tuple[Said, ...]),
        places=_nested(row["places"], tuple[PlaceMention, ...]),
        quantities=_nested(row["quantities"], tuple[Quantity, ...]),
        events=_nested(row["events"], tuple[Event, ...]),
        confidence=row["confidence"],
    )


def actor_from(row: Row) -> Actor | None:
    if row["actor_id"] is None:
        return None
    return Actor(row["actor_id"], row["actor_name"], ActorType(row["actor_type"]), row["actor_role"])


def judgement_row(judgement: Judgement) -> dict[str, Any]:
    return {
        "id": judgement.id,
        "verdict": judgement.verdict.value,
        "subject": judgement.subject,
        "other": judgement.other,
        "value": judgement.value,
        "author": judgement.author,
        "at": judgement.at,
    }


def judgement_from(row: Row) -> Judgement:
    return Judgement(
        id=row["id"],
        verdict=Verdict(row["verdict"]),
        subject=row["subject"],
        other=row["other"],
        value=row["value"],
        author=row["author"],
        at=row["at"],
    )


def _instant(value: str | None, precision: str | None) -> Instant | None:
    if value is None and precision is None:
        return None
    return Instant(value or "", Precision(precision or ""))  # one without the other was tampered with


def _nested(text: str, kind: Any) -> Any:
    if text == "[]":
        return ()
    return from_plain(json.loads(text), kind)
