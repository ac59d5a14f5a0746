"""`sayso extract`: who says what in a report, without a ledger."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

import click

from sayso.model import Extraction, Report
from sayso.serve.options import (
    ingest_options,
    json_option,
    quiet_option,
    reader_option,
    reading_options,
    workers_option,
)
from sayso.serve.output import write, write_json
from sayso.serve.terminal import Messages, one_line, stdout_width, table


@click.command()
@click.argument("places", metavar="PATH...", nargs=-1, required=True, type=click.Path(allow_dash=True))
@reading_options
@reader_option
@workers_option
@click.option("--pretty", is_flag=True, help="A table for people instead of JSON.")
@click.option("--jsonl", "as_jsonl", is_flag=True, help="JSON lines, one for each report: the default.")
@json_option
@quiet_option
@click.pass_context
def extract(
    ctx: click.Context,
    /,
    places: tuple[str, ...],
    reader: str,
    workers: int | None,
    pretty: bool,
    as_jsonl: bool,
    as_json: bool,
    quiet: bool,
    **chosen: Any,
) -> None:
    """Print who says what in reports: one JSON object a line, one line for each report.

    A PATH is whatever `sayso add` takes. Every statement has its source, cue and content as spans, pairs of offsets
    into the report's "text", with its actor, act, hedge, relay, times, places and quantities.

    \b
    Examples:
      sayso extract page.html
      sayso extract --pretty note.txt
      sayso extract reports/ | jq -r '.statements[] | .actor.name'
      cat note.txt | sayso extract - --outlet "Harbour Post" --published 2024-03-02
    """
    if pretty and (as_json or as_jsonl):
        raise click.UsageError("--pretty is for people and --json for machines: choose one.")
    from sayso import pipeline
    from sayso.config import WORKERS
    from sayso.model import Problem
    from sayso.shapes import extract_line

    messages = Messages(quiet or sys.stdout.isatty())  # lines that stream by on the terminal are progress enough
    refused = done = 0
    read_all = pipeline.read_by_rules if reader == "rules" else pipeline.read
    with messages.progress("reports read") as progress:
        for found in read_all(places, options=ingest_options(**chosen), workers=workers or WORKERS):
            if isinstance(found, Problem):
                progress.close()  # the bar gives its line to the message
                messages.problem(found)
                refused += 1
                continue
            captured, extraction = found
            if pretty:
                write("\n".join(_for_people(captured.report, extraction)) + "\n\n")
            else:
                write_json(extract_line(captured.report, extraction))
            done += 1
            progress(done)
    ctx.exit(1 if refused else 0)


def _for_people(report: Report, extraction: Extraction) -> Iterator[str]:
    from sayso.account.labels import counted, date_words, outlet_words
    from sayso.shapes import words

    when = date_words(report.published.value) if report.published else ""
    yield one_line(report.title or report.capture.place)
    yield one_line(", ".join(filter(None, (outlet_words(report.outlet, report.url, report.id), when))))
    rows = [
        (
            statement.actor.name if statement.actor else words(report.text, statement.source) or "(own voice)",
            statement.act.value.replace("_", " "),
            words(report.text, statement.content),
        )
        for statement in extraction.statements
    ]
    yield counted(len(rows), "statement") if rows else "No statements were found."
    if rows:
        yield from table(("Actor", "Act", "Words"), rows, width=stdout_width())
