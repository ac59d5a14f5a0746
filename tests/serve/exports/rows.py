"""The rows of a made world, by the name that ``--what`` takes."""

from __future__ import annotations

from sayso.shapes import (
    Json,
    claim_row,
    incident_row,
    judgement_row,
    known_actor_row,
    origin_row,
    question_row,
    relation_row,
    report_row,
    statement_row,
)
from tests.serve.exports.making import World


def rows_of(of: World, what: str) -> list[Json]:
    reports = {told.report.id: told for told in of.told}
    every: dict[str, list[Json]] = {
        "origins": [origin_row(origin) for origin in of.linked.origins],
        "questions": [question_row(question) for question in of.linked.questions],
        "claims": [claim_row(claim) for claim in of.linked.claims],
        "relations": [relation_row(relation) for relation in of.linked.relations],
        "actors": [known_actor_row(actor) for actor in of.actors],
        "judgements": [judgement_row(judgement) for judgement in of.judgements],
        "stories": [{"id": "y-a", "title": "A", "reports": ["r-a"], "from": None, "to": "2031"}],
        "incidents": [incident_row(incident) for incident in of.incidents],
        "reports": [report_row(told.report, told.withdrawn) for told in of.told],
        "statements": [
            statement_row(reports[s.report].report, s, reports[s.report].withdrawn)
            for told in of.told
            for s in told.extraction.statements
        ],
    }
    return every[what]
