"""`sayso export`: the records of a ledger as rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import click

from sayso.serve.options import (
    json_option,
    ledger_argument,
    output_option,
    quiet_option,
    refuse_overwriting,
    story_option,
)
from sayso.serve.output import FORMATS, columns_of, rows_as, write_all
from sayso.serve.terminal import Messages, one_line

if TYPE_CHECKING:
    from sayso.ledger import Ledger
    from sayso.shapes import Json


def _origins(ledger: Ledger, story: str | None) -> Iterator[Json]:
    from sayso.shapes import origin_row

    return (origin_row(origin) for origin in sorted(ledger.linked(story=story).origins, key=lambda origin: origin.id))


def _questions(ledger: Ledger, story: str | None) -> Iterator[Json]:
    from sayso.shapes import question_row

    return (
        question_row(question)
        for question in sorted(ledger.linked(story=story).questions, key=lambda question: question.id)
    )


def _claims(ledger: Ledger, story: str | None) -> Iterator[Json]:
    from sayso.shapes import claim_row

    return (claim_row(claim) for claim in sorted(ledger.linked(story=story).claims, key=lambda claim: claim.id))


def _relations(ledger: Ledger, story: str | None) -> Iterator[Json]:
    from sayso.shapes import relation_row

    relations = ledger.linked(story=story).relations
    return (
        relation_row(relation)
        for relation in sorted(relations, key=lambda r: (r.from_claim, r.to_claim, r.kind, r.slot, r.judge))
    )


def _actors(ledger: Ledger, story: str | None) -> Iterator[Json]:
    from sayso.shapes import known_actor_row

    return (known_actor_row(actor) for actor in ledger.actors(story=story))  # the ledger gives them by id


def _stories(ledger: Ledger, story: str | None) -> Iterator[Json]:
    from sayso.shapes import story_row

    found = ledger.stories() if story is None else (ledger.story(story),)
    return (story_row(each) for each in found)


def _reports(ledger: Ledger, story: str | None) -> Iterator[Json]:
    from sayso.shapes import report_row

    return (report_row(report) for report in ledger.reports(story=story))  # the ledger gives them by id


def _statements(ledger: Ledger, story: str | None) -> Iterator[Json]:
    from sayso.shapes import statement_row

    reports = {report.id: report for report in ledger.reports(story=story)}
    statements = sorted(ledger.statements(), key=lambda statement: statement.id)
    statements = [statement for statement in statements if statement.report in reports]
    return (statement_row(reports[statement.report], statement) for statement in statements)


ROWS: dict[str, Callable[[Ledger, str | None], Iterator[Json]]] = {
    "origins": _origins,
    "questions": _questions,
    "claims": _claims,
    "relations": _relations,
    "actors": _actors,
    "stories": _stories,
    "reports": _reports,
    "statements": _statements,
}
"""What can be exported, each in the order of its ids; the names are those of their JSON Schemas too."""


@click.command()
@ledger_argument
@click.option("--what", type=click.Choice(list(ROWS)), required=True, help="Which records.")
@click.option("--format", "format_name", type=click.Choice(FORMATS), help="[default: jsonl]")
@story_option
@output_option
@json_option
@quiet_option
def export(
    ledger: str, what: str, format_name: str | None, story: str | None, output: str | None, as_json: bool, quiet: bool
) -> None:
    """Write the records of a ledger, sorted by id: the same content gives the same bytes, on every machine.

    In CSV, lists and objects stand as JSON in their cell, and text that a spreadsheet would run as a formula gets an
    apostrophe before it. To work with spans take JSON: there every text is as it was captured.

    \b
    Examples:
      sayso export flood.db --what claims
      sayso export flood.db --what statements --format csv --output statements.csv
      sayso export flood.db --what claims | jq -r 'select(.status == "disputed") | .wording'
    """
    if as_json and format_name == "csv":
        raise click.UsageError("--json and --format csv ask for different things: choose one.")
    refuse_overwriting(ledger, output)
    from sayso import ledger as ledgers

    with ledgers.open(ledger) as opened:
        write_all(rows_as(format_name or "jsonl", ROWS[what](opened, story), columns=columns_of(what)), output)
    if output and output != "-":
        Messages(quiet).note(f"The {what} are in {one_line(output)}.")
