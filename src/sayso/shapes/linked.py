"""What is brought together from many reports: the rows of `sayso export`, and judgements."""

from __future__ import annotations

from sayso.model import Claim, Comparison, Derivation, Judgement, Origin, Question, Relation
from sayso.shapes.small import answer_dict, edge_dict, known_by_dict, score
from sayso.shapes.writing import Json


def origin_row(origin: Origin) -> Json:
    """An origin with its reports; an edge runs ``from`` the report that derives ``to`` the one it derives from."""
    return {"id": origin.id, "reports": list(origin.reports), "edges": [edge_dict(edge) for edge in origin.edges]}


def derivation_row(derivation: Derivation) -> Json:
    """How two texts stand to each other. A passage is ``[a_start, a_end, b_start, b_end]``."""
    return {
        "kind": derivation.kind.value if derivation.kind else "independent",
        "direction": derivation.direction,
        "score": score(derivation.score),
        "passages": [[*p.a, *p.b] for p in derivation.passages],
        "reasons": list(derivation.reasons),
    }


def comparison_row(comparison: Comparison) -> Json:
    """What two short texts are to each other."""
    return {
        "kind": comparison.kind.value,
        "direction": comparison.direction.value,
        "slot": comparison.slot.value,
        "score": score(comparison.score),
        "reasons": list(comparison.reasons),
    }


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
        "answer": answer_dict(claim.answer),
        "status": claim.status.value,
        "rule": claim.rule,
        "origins": claim.origins,
        "sides": list(claim.sides),
        "unverified_by": list(claim.unverified_by),
        "known_by": [known_by_dict(origin) for origin in claim.known_by],
    }


def claim_in_brief(claim: Claim) -> Json:
    """A claim in few words: `sayso show` has the rest."""
    return {
        "id": claim.id,
        "wording": claim.wording,
        "status": claim.status.value,
        "rule": claim.rule,
        "origins": claim.origins,
    }


def relation_row(relation: Relation) -> Json:
    """How the claim ``from`` stands to the claim ``to``."""
    return {
        "from": relation.from_claim,
        "to": relation.to_claim,
        "kind": relation.kind.value,
        "slot": relation.slot.value,
        "score": score(relation.score),
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
