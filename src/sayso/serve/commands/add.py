"""`sayso init` and `sayso add`: making a ledger, and putting reports into it."""

from __future__ import annotations

from typing import Any

import click

from sayso.serve.options import (
    ingest_options,
    json_option,
    ledger_argument,
    quiet_option,
    reading_options,
    workers_option,
)
from sayso.serve.output import write, write_json
from sayso.serve.terminal import Messages, one_line


@click.command()
@ledger_argument
@json_option
def init(ledger: str, as_json: bool) -> None:
    """Make an empty ledger: one file that holds everything, or tables on a PostgreSQL server.

    A ledger that is there already stays as it is. `sayso add` makes one too, where there is none.

    \b
    Examples:
      sayso init flood.db
      sayso init sqlite:///cases/flood.db
      sayso init postgresql://desk@db.example.org/flood
    """
    from sayso import ledger as ledgers

    with ledgers.open(ledger, create=True) as opened:
        stats = opened.stats()
    if as_json:
        write_json({"ledger": ledgers.masked(ledger), "reports": stats.reports, "journal_head": stats.journal_head})
    else:
        held = "empty" if not stats.reports else f"holds {stats.reports:,} reports"
        write(f"{one_line(ledgers.masked(ledger))} is a ledger and {'is ' if not stats.reports else ''}{held}.\n")


@click.command()
@ledger_argument
@click.argument("places", metavar="PLACE...", nargs=-1, required=True, type=click.Path(allow_dash=True))
@reading_options
@workers_option
@click.option(
    "--run",
    metavar="WHERE",
    help='Read on a Ray cluster: "ray" for one of this machine, "ray://HOST:PORT" for one that runs.  [default: here]',
)
@json_option
@quiet_option
@click.pass_context
def add(
    ctx: click.Context,
    /,
    ledger: str,
    places: tuple[str, ...],
    workers: int | None,
    run: str | None,
    as_json: bool,
    quiet: bool,
    **chosen: Any,
) -> None:
    """Read reports into a ledger, which is made if there is none.

    A PLACE is a file, a folder (walked), a URL (also s3://, gs://, az://), or - for standard input. Text, Markdown, HTML,
    PDF, RSS and Atom, JSON and JSON lines of common scrapers, Telegram Desktop's result.json, WARC, WACZ, CSV, lists of
    URLs, and gzip of any are told apart by what is in them. What a bare text lacks can stand beside it in NAME.meta.json.

    The same bytes again change nothing; the same address with other bytes is a new version of the report. An input
    that is refused is named, the rest goes on, and the exit code is 1. An `add` that was interrupted goes on where it
    stopped when it is run again.

    \b
    Examples:
      sayso add flood.db reports/
      sayso add flood.db https://example.org/flood https://example.org/feed.xml
      sayso add flood.db note.txt --outlet "Harbour Post" --published 2024-03-02
      curl -s https://example.org/page | sayso add flood.db - --url https://example.org/page
      sayso add flood.db CC-NEWS/ --run ray --workers 8
    """
    from sayso import ledger as ledgers
    from sayso.shapes import problem_dict

    messages = Messages(quiet)
    options = ingest_options(**chosen)
    with ledgers.open(ledger, create=True) as opened, messages.progress("reports read") as progress:
        result = opened.add(places, options=options, workers=workers, run=run, progress=progress)
    for problem in result.problems:
        messages.problem(problem)
    if as_json:
        write_json(
            {
                "ledger": ledgers.masked(ledger),
                "added": list(result.added),
                "known": list(result.known),
                "new_versions": list(result.new_versions),
                "problems": [problem_dict(problem) for problem in result.problems],
            }
        )
    else:
        write(summary(len(result.added), len(result.known), len(result.new_versions), len(result.problems)) + "\n")
    ctx.exit(1 if result.problems else 0)


def summary(added: int, known: int, new_versions: int, problems: int) -> str:
    """What became of an `add`, in one line."""
    from sayso.account.labels import counted

    parts = [f"{counted(added, 'report')} added"]
    if new_versions:
        parts[0] += f" ({new_versions:,} of them new versions)" if new_versions > 1 else " (one of them a new version)"
    if known:
        parts.append(f"{known:,} already known")
    if problems:
        parts.append(f"{counted(problems, 'problem')} named above")
    return ", ".join(parts) + "."
