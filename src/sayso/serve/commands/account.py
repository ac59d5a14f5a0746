"""`sayso account`: the page worth reading."""

from __future__ import annotations

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
from sayso.serve.output import write
from sayso.serve.terminal import Messages, one_line, plain

if TYPE_CHECKING:
    from sayso.ledger import Ledger

FORMATS = ("md", "html", "json")


@click.command()
@ledger_argument
@click.option(
    "--format",
    "format_name",
    type=click.Choice(FORMATS),
    help="Markdown, one self-contained page, or JSON.  [default: md]",
)
@output_option
@click.option("--title", metavar="TEXT", help="The title of the account.  [default: made from the reports]")
@as_of_option
@story_option
@json_option
@quiet_option
def account(
    ledger: str,
    format_name: str | None,
    output: str | None,
    title: str | None,
    as_of: str | None,
    story: str | None,
    as_json: bool,
    quiet: bool,
) -> None:
    """Write the account of a ledger: what is established, who says what, what is disputed, what changed, what nobody
    knows yet. Every line leads to the words it rests on.

    The HTML is one file that needs no network: every citation opens the passage in its report.

    \b
    Examples:
      sayso account flood.db
      sayso account flood.db --format html --output flood.html
      sayso account week.db --story y-k3v
      sayso account flood.db --as-of 2024-03-02T18:00Z
      sayso account flood.db --json | jq '.sections[] | select(.key == "disputed")'
    """
    if as_json and format_name not in (None, "json"):
        raise click.UsageError(f"--json and --format {format_name} ask for different things: choose one.")
    chosen = "json" if as_json else format_name or "md"
    refuse_overwriting(ledger, output)
    from sayso import ledger as ledgers

    with ledgers.open(ledger) as opened:
        written = rendered(opened, chosen, title=title, as_of=as_of, story=story)
    write(written, output)
    if output and output != "-":
        Messages(quiet).note(f"The account is in {one_line(output)}.")


def rendered(
    opened: Ledger, format_name: str, *, title: str | None = None, as_of: str | None = None, story: str | None = None
) -> str:
    """The account of a ledger in one of FORMATS, with a line end after it."""
    from sayso.shapes import account_dict, dumps

    made = opened.account(title=title, as_of=as_of, story=story)
    if format_name == "json":
        return dumps(account_dict(made), indent=2) + "\n"
    if format_name == "html":
        from sayso.account import to_html

        reports = tuple(opened.reports(as_of=as_of, story=story))
        return to_html(made, reports, linked=opened.linked(as_of=as_of, story=story))
    from sayso.account import to_markdown

    return plain(to_markdown(made))
