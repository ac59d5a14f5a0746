"""A question and what the claims of a ledger answer: `sayso ask --json`."""

from __future__ import annotations

from sayso.model import Asked, Given, Question
from sayso.shapes.account import citation_dict
from sayso.shapes.linked import claim_in_brief
from sayso.shapes.small import answer_dict
from sayso.shapes.writing import Json


def asked_dict(asked: Asked) -> Json:
    """What `sayso ask --json` prints. ``answers`` is empty for what is not known; those that stand come first."""
    return {
        "question": asked.question,
        "slot": asked.slot.value if asked.slot else None,
        "outcome": asked.outcome.value,
        "known": asked.known,
        "words": asked.words,
        "answers": [_given(given) for given in asked.given],
        "nearest": _question(asked.nearest) if asked.nearest else None,
        "citations": [citation_dict(citation) for citation in asked.citations],
        "others": [_question(question) for question in asked.others],
        "reasons": list(asked.reasons),
        "as_of": asked.as_of,
    }


def _given(given: Given) -> Json:
    return {
        "answer": given.answer,
        "words": given.words,
        "number": answer_dict(given.claim.answer)["best"],
        "before": given.before,
        "by": list(given.by),
        "claim": claim_in_brief(given.claim),
        "question": _question(given.question),
        "citations": [citation_dict(citation) for citation in given.citations],
    }


def _question(question: Question) -> Json:
    return {"id": question.id, "text": question.text, "slot": question.slot.value, "open": question.open}
