"""`sayso export`: the records of a ledger as rows, or the whole of it in a format of the field."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import click

from sayso.errors import UsageError
from sayso.serve.exports import DOCUMENTS, Pieces
from sayso.serve.exports.gathered import Which
from sayso.serve.options import (
    as_of_option,
    json_option,
    ledger_argument,
    output_option,
    quiet_option,
    refuse_overwriting,
    story_option,
)
from sayso.serve.output import columns_of, rows_as, write_all
from sayso.serve.terminal import Messages, one_line

if TYPE_CHECKING:
    from sayso.ledger import Ledger
    from sayso.shapes import Json


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


def _judgements(ledger: Ledger, which: Which) -> Iterator[Json]:
    """All of them, whatever the story and the time: a judgement mends our reading at every time."""
    from sayso.shapes import judgement_row

    return (judgement_row(judgement) for judgement in sorted(ledger.judgements(), key=lambda j: j.id))


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
    "judgements": _judgements,
}
"""What can be exported, each in the order of its ids; the names are those of their JSON Schemas too."""


ROW_FORMATS = {
    "jsonl": "one JSON object a line",
    "json": "a JSON array",
    "csv": "for a spreadsheet",
    "parquet": "nested columns, for DuckDB, pandas and R",
}
"""The formats of rows, which take --what, with what each is for."""


def _formats_help() -> str:
    """What `--help` tells of each format, from the two tables."""
    lines = ["\b", "Formats of rows (with --what):"]
    lines += [f"  {name:<14} {purpose}" for name, purpose in ROW_FORMATS.items()]
    lines += ["", "\b", "Formats of a whole ledger, or of one story with --story (without --what):"]
    lines += [f"  {name:<14} {document.purpose}" for name, document in DOCUMENTS.items()]
    return "\n".join(lines)


@click.command(epilog=_formats_help())
@ledger_argument
@click.option("--what", type=click.Choice(list(ROWS)), help="Which records; for the formats of rows.")
@click.option(
    "--format",
    "format_name",
    type=click.Choice([*ROW_FORMATS, *DOCUMENTS]),
    metavar="NAME",
    help="One of the formats below.  [default: jsonl]",
)
@as_of_option
@story_option
@output_option
@json_option
@quiet_option
def export(
    ledger: str,
    what: str | None,
    format_name: str | None,
    as_of: str | None,
    story: str | None,
    output: str | None,
    as_json: bool,
    quiet: bool,
) -> None:
    """Write the records of a ledger as rows, or the whole of it in a format that other tools read.

    Rows are sorted by id: the same content gives the same bytes, on every machine. A document holds what the account
    and its evidence hold, with ids, statuses, numbers of independent origins, and the words that all rests on, as far
    as its format has room for them. Nothing is fetched, and text of a report is never markup, formula or command.

    In CSV, lists and objects stand as JSON in their cell, and text that a spreadsheet would run as a formula gets an
    apostrophe before it. To work with spans take JSON or Parquet: there every text is as it was captured. Parquet and
    PDF need more libraries: pip install 'sayso[exports]'.

    \b
    Examples:
      sayso export flood.db --what claims
      sayso export flood.db --what claims --as-of 2024-03-02
      sayso export flood.db --what statements --format csv --output statements.csv
      sayso export flood.db --what claims | jq -r 'select(.status == "disputed") | .wording'
      sayso export flood.db --what statements --format parquet -o statements.parquet
      sayso export flood.db --format pdf -o flood.pdf
      sayso export week.db --story y-k3v --format geojson -o places.geojson
      sayso export flood.db --format csl-json | pandoc --from csljson --to markdown
    """
    chosen = format_name or "jsonl"
    _check(chosen, what, output, as_json=as_json)
    refuse_overwriting(ledger, output)
    from sayso import ledger as ledgers

    with ledgers.open(ledger) as opened, opened.still():
        write_all(_pieces(opened, chosen, what, Which(as_of, story)), output)
    if output and output != "-":
        kind = f"The {what} are" if what else f"The {chosen} is"
        Messages(quiet).note(f"{kind} in {one_line(output)}.")


def _check(chosen: str, what: str | None, output: str | None, *, as_json: bool) -> None:
    """Raises UsageError for options that do not go together, before anything is opened or computed."""
    document = DOCUMENTS.get(chosen)
    if document and what:
        raise UsageError(
            f"{chosen} holds the whole ledger, not rows of one kind",
            where=f"--format {chosen} --what {what}",
            remedy=f"Leave --what out, or choose one of: {', '.join(ROW_FORMATS)}.",
        )
    if not document and not what:
        raise click.UsageError(f"Say with --what which records, one of: {', '.join(ROWS)}.")
    if as_json and not (document.json if document else chosen in ("jsonl", "json")):
        raise click.UsageError(f"--json and --format {chosen} ask for different things: choose one.")
    binary = document.binary if document else chosen == "parquet"
    if binary and output in (None, "-") and sys.stdout.isatty():
        raise UsageError(
            f"{chosen} is bytes, which a terminal cannot show",
            where="stdout",
            remedy=f"Give a file: --output ledger.{chosen}.",
        )


def _pieces(opened: Ledger, chosen: str, what: str | None, which: Which) -> Pieces:
    """What is to be written, in pieces."""
    if what is None:
        return DOCUMENTS[chosen].write(opened, which)
    rows = ROWS[what](opened, which)
    if chosen == "parquet":
        from sayso.serve.exports.parquet import parquet

        return parquet(rows, what=what)
    return rows_as(chosen, rows, columns=columns_of(what))
