"""The shapes that others rely on: model values as plain JSON values, one function for each shape.

Keys and nesting are those that the package documents and ships as JSON Schemas (`schema`). A span is
``[start, end]``, half-open, in Unicode code points of the report's canonical text. What is not known is
``null``, never left out. Every function is pure: the same value gives the same JSON on every machine.
"""

from __future__ import annotations

from sayso.shapes.account import account_dict, citation_dict, line_dict
from sayso.shapes.actors import incident_row, known_actor_row, story_listing, story_row
from sayso.shapes.asking import asked_dict
from sayso.shapes.changes import change_dict, changes_dict, withdrawal_dict
from sayso.shapes.checking import check_dict
from sayso.shapes.linked import (
    claim_in_brief,
    claim_row,
    comparison_row,
    derivation_row,
    judgement_row,
    origin_row,
    question_row,
    relation_row,
)
from sayso.shapes.reading import (
    extract_line,
    problem_dict,
    report_dict,
    report_listing,
    report_row,
    statement_dict,
    statement_row,
)
from sayso.shapes.small import actor_dict, words
from sayso.shapes.writing import SCHEMAS, Json, dumps, schema

__all__ = [
    "SCHEMAS",
    "Json",
    "account_dict",
    "actor_dict",
    "asked_dict",
    "change_dict",
    "changes_dict",
    "check_dict",
    "citation_dict",
    "claim_in_brief",
    "claim_row",
    "comparison_row",
    "derivation_row",
    "dumps",
    "extract_line",
    "incident_row",
    "judgement_row",
    "known_actor_row",
    "line_dict",
    "origin_row",
    "problem_dict",
    "question_row",
    "relation_row",
    "report_dict",
    "report_listing",
    "report_row",
    "schema",
    "statement_dict",
    "statement_row",
    "story_listing",
    "story_row",
    "withdrawal_dict",
    "words",
]
