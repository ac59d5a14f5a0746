"""`sayso export`: the records of a ledger as rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from sayso.serve.options import (
    as_of_option,
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


@dataclass(frozen=True, slots=True)
class Which:
    """Of which time and which story the rows are; None is now, and all."""

    as_of: str | None
    story: str | None


def _origins(ledger: Ledger, which: Which) -> Iterator[Json]:
    from sayso.shapes import origin_row

    return (
        origin_row(origin)
        for origin in sorted(ledger.linked(as_of=which.as_of, story=which.story).origins, key=lambda origin: origin.id)
    )


def _questions(ledger: Ledger, which: Which) -> Iterator[Json]:
    from sayso.shapes import question_row

    return (
        question_row(question)
        for question in sorted(
            ledger.linked(as_of=which.as_of, story=which.story).questions, key=lambda question: question.id
        )
    )


def _claims(ledger: Ledger, which: Which) -> Iterator[Json]:
    from sayso.shapes import claim_row

    return (
        claim_row(claim)
        for claim in sorted(ledger.linked(as_of=which.as_of, story=which.story).claims, key=lambda claim: claim.id)
    )


def _relations(ledger: Ledger, which: Which) -> Iterator[Json]:
    from sayso.shapes import relation_row

    relations = ledger.linked(as_of=which.as_of, story=which.story).relations
    return (
        relation_row(relation)
        for relation in sorted(relations, key=lambda r: (r.from_claim, r.to_claim, r.kind, r.slot, r.judge))
    )


def _actors(ledger: Ledger, which: Which) -> Iterator[Json]:
    from sayso.shapes import known_actor_row

    return (
        known_actor_row(actor) for actor in ledger.actors(as_of=which.as_of, story=which.story)
    )  # the ledger gives them by id


def _stories(ledger: Ledger, which: Which) -> Iterator[Json]:
    from sayso.shapes import story_row

    if which.story is not None:
        return iter([story_row(ledger.story(which.story, as_of=which.as_of))])
    return (story_row(story) for story in ledger.stories(as_of=which.as_of))


def _incidents(ledger: Ledger, which: Which) -> Iterator[Json]:
    from sayso.shapes import incident_row

    return (incident_row(incident) for incident in ledger.incidents(as_of=which.as_of, story=which.story))


def _reports(ledger: Ledger, which: Which) -> Iterator[Json]:
    from sayso.shapes import report_row

    withdrawn = ledger.withdrawals(as_of=which.as_of)
    reports = ledger.reports(as_of=which.as_of, story=which.story)  # the ledger gives them by id
    return (report_row(report, withdrawn.get(report.id)) for report in reports)


def _statements(ledger: Ledger, which: Which) -> Iterator[Json]:
    from sayso.shapes import statement_row

    withdrawn = ledger.withdrawals(as_of=which.as_of)
    reports = {report.id: report for report in ledger.reports(as_of=which.as_of, story=which.story)}
    statements = sorted(ledger.statements(as_of=which.as_of), key=lambda statement: statement.id)
    return (statement_row(reports[s.report], s, withdrawn.get(s.report)) for s in statements if s.report in reports)


ROWS: dict[str, Callable[[Ledger, Which], Iterator[Json]]] = {
    "origins": _origins,
    "questions": _questions,
    "claims": _claims,
    "relations": _relations,
    "actors": _actors,
    "stories": _stories,
    "incidents": _incidents,
    "reports": _reports,
    "statements": _statements,
}
"""What can be exported, each in the order of its ids; the names are those of their JSON Schemas too."""


@click.command()
@ledger_argument
@click.option("--what", type=click.Choice(list(ROWS)), required=True, help="Which records.")
@click.option("--format", "format_name", type=click.Choice(FORMATS), help="[default: jsonl]")
@as_of_option
@story_option
@output_option
@json_option
@quiet_option
def export(
    ledger: str,
    what: str,
    format_name: str | None,
    as_of: str | None,
    story: str | None,
    output: str | None,
    as_json: bool,
    quiet: bool,
) -> None:
    """Write the records of a ledger, sorted by id: the same content gives the same bytes, on every machine.

    In CSV, lists and objects stand as JSON in their cell, and text that a spreadsheet would run as a formula gets an
    apostrophe before it. To work with spans take JSON: there every text is as it was captured.

    \b
    Examples:
      sayso export flood.db --what claims
      sayso export flood.db --what claims --as-of 2024-03-02
      sayso export flood.db --what statements --format csv --output statements.csv
      sayso export flood.db --what claims | jq -r 'select(.status == "disputed") | .wording'
    """
    if as_json and format_name == "csv":
        raise click.UsageError("--json and --format csv ask for different things: choose one.")
    refuse_overwriting(ledger, output)
    from sayso import ledger as ledgers

    with ledgers.open(ledger) as opened:
        write_all(
            rows_as(format_name or "jsonl", ROWS[what](opened, Which(as_of, story)), columns=columns_of(what)), output
        )
    if output and output != "-":
        Messages(quiet).note(f"The {what} are in {one_line(output)}.")
