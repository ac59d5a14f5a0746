"""The derived tables: what linking gave, written in one go and read back as it was."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from typing import Any

from sayso.model import Answer, Claim, Edge, EdgeKind, Linked, Origin, Question, Relation, RelationKind, Slot, Status
from sayso.store.base import DerivedState
from sayso.store.codec import digest, from_plain
from sayso.store.rows import as_json, insert

_TABLES = ("edges", "origins", "relations", "claim_statements", "claims", "questions", "derived_state")


def save(db: sqlite3.Connection, linked: Linked, *, fingerprint: str, linker: str) -> None:
    """Puts ``linked`` in the place of what stood there, inside the caller's transaction."""
    for table in _TABLES:
        db.execute(f"DELETE FROM {table}")
    for at, origin in enumerate(linked.origins):
        insert(db, "origins", [{"id": origin.id, "position": at, "reports": as_json(origin.reports)}])
        insert(db, "edges", (_edge_row(origin, n, edge) for n, edge in enumerate(origin.edges)))
    insert(db, "questions", (_question_row(at, question) for at, question in enumerate(linked.questions)))
    for at, claim in enumerate(linked.claims):
        insert(db, "claims", [_claim_row(at, claim)])
        for role, statements in (("rests_on", claim.statements), ("unverified_by", claim.unverified_by)):
            rows = ({"claim": claim.id, "role": role, "position": n, "statement": s} for n, s in enumerate(statements))
            insert(db, "claim_statements", rows)
    insert(db, "relations", (_relation_row(at, relation) for at, relation in enumerate(linked.relations)))
    state = {"only": 1, "fingerprint": fingerprint, "linker": linker, "sha256": digest(linked)}
    insert(db, "derived_state", [state])


def state(db: sqlite3.Connection) -> DerivedState | None:
    """What the derived tables were made from, or None when they never were."""
    row = db.execute("SELECT fingerprint, linker, sha256 FROM derived_state").fetchone()
    return DerivedState(*row) if row else None


def load(db: sqlite3.Connection) -> Linked:
    """What stands in the derived tables."""
    edges: dict[str, list[Edge]] = defaultdict(list)
    for row in db.execute("SELECT * FROM edges ORDER BY origin, position"):
        edges[row["origin"]].append(_edge(row))
    statements: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in db.execute("SELECT * FROM claim_statements ORDER BY claim, role, position"):
        statements[row["claim"], row["role"]].append(row["statement"])
    return Linked(
        origins=tuple(
            Origin(row["id"], _texts(row["reports"]), tuple(edges[row["id"]]))
            for row in db.execute("SELECT * FROM origins ORDER BY position")
        ),
        questions=tuple(_question(row) for row in db.execute("SELECT * FROM questions ORDER BY position")),
        claims=tuple(
            _claim(row, tuple(statements[row["id"], "rests_on"]), tuple(statements[row["id"], "unverified_by"]))
            for row in db.execute("SELECT * FROM claims ORDER BY position")
        ),
        relations=tuple(_relation(row) for row in db.execute("SELECT * FROM relations ORDER BY position")),
    )


def _edge_row(origin: Origin, position: int, edge: Edge) -> dict[str, Any]:
    return {
        "origin": origin.id,
        "position": position,
        "derived": edge.derived,
        "base": edge.base,
        "kind": edge.kind.value,
        "score": float(edge.score),
        "reasons": as_json(edge.reasons),
    }


def _edge(row: sqlite3.Row) -> Edge:
    return Edge(row["derived"], row["base"], EdgeKind(row["kind"]), row["score"], _texts(row["reasons"]))


def _question_row(position: int, question: Question) -> dict[str, Any]:
    return {
        "id": question.id,
        "position": position,
        "text": question.text,
        "slot": question.slot.value,
        "open": int(question.open),
        "claims": as_json(question.claims),
        "asked_by": as_json(question.asked_by),
    }


def _question(row: sqlite3.Row) -> Question:
    return Question(
        id=row["id"],
        text=row["text"],
        slot=Slot(row["slot"]),
        claims=_texts(row["claims"]),
        open=bool(row["open"]),
        asked_by=_texts(row["asked_by"]),
    )


def _claim_row(position: int, claim: Claim) -> dict[str, Any]:
    return {
        "id": claim.id,
        "position": position,
        "question": claim.question,
        "wording": claim.wording,
        "status": claim.status.value,
        "rule": claim.rule,
        "origins": claim.origins,
        "answer_text": claim.answer.text,
        "answer": as_json(claim.answer),
        "sides": as_json(claim.sides),
    }


def _claim(row: sqlite3.Row, statements: tuple[str, ...], unverified_by: tuple[str, ...]) -> Claim:
    return Claim(
        id=row["id"],
        question=row["question"],
        wording=row["wording"],
        statements=statements,
        answer=from_plain(json.loads(row["answer"]), Answer),
        status=Status(row["status"]),
        rule=row["rule"],
        origins=row["origins"],
        sides=_texts(row["sides"]),
        unverified_by=unverified_by,
    )


def _relation_row(position: int, relation: Relation) -> dict[str, Any]:
    return {
        "position": position,
        "from_claim": relation.from_claim,
        "to_claim": relation.to_claim,
        "kind": relation.kind.value,
        "slot": relation.slot.value,
        "score": float(relation.score),
        "reasons": as_json(relation.reasons),
        "judge": relation.judge,
    }


def _relation(row: sqlite3.Row) -> Relation:
    return Relation(
        from_claim=row["from_claim"],
        to_claim=row["to_claim"],
        kind=RelationKind(row["kind"]),
        slot=Slot(row["slot"]),
        score=row["score"],
        reasons=_texts(row["reasons"]),
        judge=row["judge"],
    )


def _texts(column: str) -> tuple[str, ...]:
    return tuple(json.loads(column))
