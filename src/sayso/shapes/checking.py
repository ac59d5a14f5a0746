"""A text measured against a ledger: `sayso check --json`."""

from __future__ import annotations

from sayso.model import Check, CheckedClaim, CheckedStatement, CheckedTie, Report
from sayso.shapes.linked import claim_in_brief
from sayso.shapes.reading import problem_dict
from sayso.shapes.small import actor_dict, edge_dict, score, spans_list, words
from sayso.shapes.writing import Json


def check_dict(check: Check) -> Json:
    """What `sayso check --json` prints for each report. An edge runs ``from`` the report that derives ``to`` the one it derives from."""
    report = check.report
    return {
        "report": {
            "id": report.id,
            "place": report.capture.place,
            "outlet": report.outlet,
            "url": report.url,
            "title": report.title,
            "published": report.published.value if report.published else None,
        },
        "as_of": check.as_of,
        "held": check.held,
        "stories": [{"id": s.id, "title": s.title, "reports": len(s.reports)} for s in check.stories],
        "edges": [edge_dict(edge) for edge in check.edges],
        "kin": list(check.kin),
        "statements": [_statement(report, each) for each in check.statements],
        "problems": [problem_dict(problem) for problem in check.problems],
    }


def _statement(report: Report, checked: CheckedStatement) -> Json:
    statement = checked.statement
    return {
        "id": statement.id,
        "actor": None if statement.actor is None else actor_dict(statement.actor),
        "act": statement.act.value,
        "negated": statement.negated,
        "source": spans_list(statement.source),
        "content": spans_list(statement.content),
        "words": words(report.text, statement.content),
        "claims": [_claim(claim) for claim in checked.claims],
        "asks": [{"id": q.id, "text": q.text, "open": q.open} for q in checked.asks],
        "could_not_verify": [claim_in_brief(claim) for claim in checked.could_not_verify],
    }


def _claim(claim: CheckedClaim) -> Json:
    return {
        "new": claim.new,
        "then": claim_in_brief(claim.then),
        "known": [claim_in_brief(known) for known in claim.known],
        "ties": [_tie(tie) for tie in claim.ties],
    }


def _tie(tie: CheckedTie) -> Json:
    return {
        "kind": tie.kind.value,
        "direction": "ledger_to_text" if tie.of_ledger else "text_to_ledger",
        "claim": claim_in_brief(tie.claim),
        "then": tie.then.value,
        "score": score(tie.score),
        "reasons": list(tie.reasons),
    }
