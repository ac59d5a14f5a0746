"""`sayso stories`: the running affairs that the reports of a ledger tell of."""

from __future__ import annotations

from itertools import islice

import click

from sayso.serve.options import as_of_option, json_option, ledger_argument, limit_option
from sayso.serve.output import rows_as, write_all
from sayso.serve.terminal import Messages, stdout_width, table


@click.command()
@ledger_argument
@as_of_option
@limit_option
@json_option
def stories(ledger: str, as_of: str | None, limit: int | None, as_json: bool) -> None:
    """List the stories of a ledger, the one that was told of last first: how many reports, outlets and independent origins
    each has, from when to when, how many claims of it are disputed and how many questions open.

    The id of a story is taken from its earliest report, so that it stays when later ones join; give it, or the beginning
    of it, as --story to `account`, `claims`, `actors`, `reports`, `changes` and `export`.

    \b
    Examples:
      sayso stories week.db
      sayso stories week.db --as-of 2024-03-02 --limit 10
      sayso stories week.db --json | jq -r 'select(.disputed_claims > 0) | .title'
    """
    from sayso import ledger as ledgers
    from sayso.account.labels import date_words
    from sayso.shapes import story_listing

    with ledgers.open(ledger) as opened:
        found = islice(opened.story_listings(as_of=as_of), limit)
        if as_json:
            write_all(rows_as("jsonl", map(story_listing, found), columns=()))
            return
        rows = [
            (
                listing.story.id,
                _days(date_words(listing.story.first), date_words(listing.story.last)),
                str(len(listing.story.reports)),
                str(len(listing.outlets)),
                str(listing.origins),
                str(listing.disputed_claims),
                str(listing.open_questions),
                listing.story.title,
            )
            for listing in found
        ]
    if not rows:
        Messages().note("There are none.")
        return
    headings = ("Story", "Told", "Reports", "Outlets", "Origins", "Disputed", "Open", "Title")
    write_all(line + "\n" for line in table(headings, rows, width=stdout_width()))


def _days(first: str, last: str) -> str:
    return first if first == last else f"{first} - {last}"
