"""What changed between two times: `sayso changes --json` and `sayso withdraw --json`."""

from __future__ import annotations

from sayso.model import Change, Changes, Withdrawal
from sayso.shapes.account import citation_dict
from sayso.shapes.linked import claim_in_brief, judgement_row
from sayso.shapes.writing import Json


def changes_dict(changes: Changes) -> Json:
    """What `sayso changes --json` prints; the weightiest change first."""
    return {
        "since": changes.since,
        "until": changes.until,
        "came": list(changes.came),
        "withdrawn": list(changes.withdrawn),
        "changes": [change_dict(change) for change in changes.changes],
    }


def withdrawal_dict(withdrawal: Withdrawal) -> Json:
    """What `sayso withdraw --json` prints."""
    return {
        "report": withdrawal.report,
        "judgement": judgement_row(withdrawal.judgement),
        "copies": list(withdrawal.copies),
        "changes": [change_dict(change) for change in withdrawal.changes.changes],
    }


def change_dict(change: Change) -> Json:
    return {
        "kind": change.kind.value,
        "weight": change.weight.value,
        "before": [claim_in_brief(claim) for claim in change.before],
        "after": [claim_in_brief(claim) for claim in change.after],
        "question": {"id": change.question.id, "text": change.question.text} if change.question else None,
        "against": [claim_in_brief(claim) for claim in change.against],
        "why": list(change.reasons),
        "citations": [citation_dict(citation) for citation in change.citations],
    }
