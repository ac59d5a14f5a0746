"""What linking gave as rows of its tables, and back. Every row names its story and its place in it."""

from __future__ import annotations

import json
from typing import Any

from sayso.model import (
    Answer,
    Claim,
    ClaimOrigin,
    Edge,
    EdgeKind,
    Origin,
    Question,
    Relation,
    RelationKind,
    Slot,
    Status,
)
from sayso.store.codec import from_plain
from sayso.store.rows import Row, as_json


def edge_row(origin: Origin, position: int, edge: Edge) -> dict[str, Any]:
    return {
        "origin": origin.id,
        "position": position,
        "derived": edge.derived,
        "base": edge.base,
        "kind": edge.kind.value,
        "score": float(edge.score),
        "reasons": as_json(edge.reasons),
    }


def edge_from(row: Row) -> Edge:
    return Edge(row["derived"], row["base"], EdgeKind(row["kind"]), row["score"], texts(row["reasons"]))


def origin_row(story: str, position: int, origin: Origin) -> dict[str, Any]:
    return {"id": origin.id, "story": story, "position": position, "reports": as_json(origin.reports)}


def question_row(story: str, position: int, question: Question) -> dict[str, Any]:
    return {
        "id": question.id,
        "story": story,
        "position": position,
        "text": question.text,
        "slot": question.slot.value,
        "open": int(question.open),
        "claims": as_json(question.claims),
        "asked_by": as_json(question.asked_by),
    }


def question_from(row: Row) -> Question:
    return Question(
        id=row["id"],
        text=row["text"],
        slot=Slot(row["slot"]),
        claims=texts(row["claims"]),
        open=bool(row["open"]),
        asked_by=texts(row["asked_by"]),
    )


def claim_row(story: str, position: int, claim: Claim) -> dict[str, Any]:
    return {
        "id": claim.id,
        "story": story,
        "position": position,
        "question": claim.question,
        "wording": claim.wording,
        "status": claim.status.value,
        "rule": claim.rule,
        "origins": claim.origins,
        "answer_text": claim.answer.text,
        "answer": as_json(claim.answer),
        "sides": as_json(claim.sides),
        "known_by": as_json(claim.known_by),
    }


def claim_from(row: Row, statements: tuple[str, ...], unverified_by: tuple[str, ...]) -> Claim:
    return Claim(
        id=row["id"],
        question=row["question"],
        wording=row["wording"],
        statements=statements,
        answer=from_plain(json.loads(row["answer"]), Answer),
        status=Status(row["status"]),
        rule=row["rule"],
        origins=row["origins"],
        sides=texts(row["sides"]),
        unverified_by=unverified_by,
        known_by=tuple(from_plain(each, ClaimOrigin) for each in json.loads(row["known_by"])),
    )


def relation_row(story: str, position: int, relation: Relation) -> dict[str, Any]:
    return {
        "story": story,
        "position": position,
        "from_claim": relation.from_claim,
        "to_claim": relation.to_claim,
        "kind": relation.kind.value,
        "slot": relation.slot.value,
        "score": float(relation.score),
        "reasons": as_json(relation.reasons),
        "judge": relation.judge,
    }


def relation_from(row: Row) -> Relation:
    return Relation(
        from_claim=row["from_claim"],
        to_claim=row["to_claim"],
        kind=RelationKind(row["kind"]),
        slot=Slot(row["slot"]),
        score=row["score"],
        reasons=texts(row["reasons"]),
        judge=row["judge"],
    )


def texts(column: str) -> tuple[str, ...]:
    return tuple(json.loads(column))
