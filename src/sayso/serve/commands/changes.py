"""`sayso changes` and `sayso withdraw`: what changed since a time, and what falls with a report."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sayso.serve.options import author_option, author_or_user, json_option, ledger_argument, story_option
from sayso.serve.output import write_json
from sayso.serve.terminal import Messages, one_line

if TYPE_CHECKING:
    from sayso.model import Changes, Withdrawal

all_option = click.option(
    "--all", "everything", is_flag=True, help="Show every change, also of claims that the account does not tell."
)


@click.command()
@ledger_argument
@click.option("--since", metavar="TIME", required=True, help='From the end of that time on: "2024-03-02".')
@click.option("--until", metavar="TIME", help="To the end of that time.  [default: now]")
@story_option
@all_option
@json_option
def changes(ledger: str, since: str, until: str | None, story: str | None, everything: bool, as_json: bool) -> None:
    """Tell what changed since a time, claim by claim: what was withdrawn, revised or disputed, what gained or lost an
    origin, what could not be verified, which questions were answered or came up, what is new.

    Both states are those of the reports that were out by then. A claim that merely gained a statement is the same
    claim. What the account does not tell is counted, and shown with --all; --json has all of it.

    \b
    Examples:
      sayso changes flood.db --since 2024-03-02T06:00Z
      sayso changes flood.db --since 2024-03-01 --until 2024-03-02
      sayso changes week.db --since 2024-03-01 --story y-k3v
      sayso changes flood.db --since 2024-03-01 --json | jq '.changes[] | select(.kind == "revised")'
    """
    from sayso import ledger as ledgers
    from sayso.serve.changed import change_lines
    from sayso.shapes import changes_dict

    with ledgers.open(ledger) as opened:
        found = opened.changes(since=since, until=until, story=story)
    if as_json:
        write_json(changes_dict(found))
        return
    click.echo(_heading(found))
    for line in change_lines(found.changes, everything=everything):
        click.echo(line)
    if found.changes:
        click.echo(f"\nAs it was: sayso claims {one_line(ledgers.masked(ledger))} --as-of {one_line(since)}")


@click.command()
@ledger_argument
@click.argument("report", metavar="REPORT")
@click.option("--reason", metavar="TEXT", help="Why: what its outlet said, or how it was found to be false.")
@click.option("--on", metavar="TIME", help="From the beginning of that time on nothing rests on it.  [default: now]")
@click.option("--undo", is_flag=True, help="Let a withdrawn report count again.")
@author_option
@all_option
@json_option
def withdraw(
    ledger: str,
    report: str,
    reason: str | None,
    on: str | None,
    undo: bool,
    author: str | None,
    everything: bool,
    as_json: bool,
) -> None:
    """Withdraw a report that its outlet retracted, or that was found to be false, and tell what falls with it.

    It stays in the ledger and is shown as withdrawn; as of a time before --on it counts still. Reports that copied it
    stand on their own: they are named, for you to decide.

    \b
    Examples:
      sayso withdraw flood.db r-k3v --reason "The Post took it down: the video is of 2019."
      sayso withdraw flood.db r-k3v --on 2024-03-03T09:00Z --author "Mara Quill"
      sayso withdraw flood.db r-k3v --undo
    """
    if undo and (reason is not None or on is not None):
        raise click.UsageError("--undo takes back a withdrawal: it needs neither --reason nor --on.")
    from sayso import ledger as ledgers
    from sayso.shapes import withdrawal_dict

    with ledgers.open(ledger) as opened:
        who = author_or_user(author)
        made = (
            opened.undo_withdrawal(report, author=who)
            if undo
            else opened.withdraw(report, author=who, reason=reason, on=on)
        )
    if as_json:
        write_json(withdrawal_dict(made))
        return
    _tell(made, undo=undo, everything=everything)


def _tell(made: Withdrawal, *, undo: bool, everything: bool) -> None:
    from sayso.account.labels import date_words
    from sayso.serve.changed import change_lines

    told = (
        f"{made.report} counts again, at every time."
        if undo
        else f"{made.report} is withdrawn from {date_words(made.judgement.at, clock=True)} on."
    )
    click.echo(told if made.changes.changes else f"{told} Nothing rested on it.")
    for line in change_lines(made.changes.changes, everything=everything):
        click.echo(line)
    if made.copies and not undo:
        Messages().note(
            "\nThese derive from it and still count; withdraw them too if they have nothing of their own:\n  "
            + "\n  ".join(made.copies)
        )


def _heading(found: Changes) -> str:
    from sayso.account.labels import counted, date_words

    until = date_words(found.until, clock=True) if found.until else "now"
    came = f"{counted(len(found.came), 'report') if found.came else 'no reports'} came"
    gone = f", {len(found.withdrawn):,} withdrawn" if found.withdrawn else ""
    nothing = "" if found.changes else " Nothing changed."
    return one_line(f"From {date_words(found.since, clock=True)} to {until}: {came}{gone}.{nothing}")
