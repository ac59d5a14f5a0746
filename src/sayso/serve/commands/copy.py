"""`sayso copy`: a ledger in another file, or on a server, or back from there."""

from __future__ import annotations

import dataclasses

import click

from sayso.serve.options import json_option, ledger_argument, quiet_option
from sayso.serve.output import write, write_json
from sayso.serve.terminal import Messages, one_line


@click.command()
@ledger_argument
@click.argument("to", metavar="TO", type=click.Path())
@click.option("--salvage", is_flag=True, help="Save what can be read of a damaged ledger into a new one.")
@json_option
@quiet_option
@click.pass_context
def copy(ctx: click.Context, ledger: str, to: str, salvage: bool, as_json: bool, quiet: bool) -> None:
    """Copy a ledger to another file, to a PostgreSQL server, or from there to a file.

    Everything is copied: reports with the bytes that were captured, every reading with its reader, judgements, and the
    journal as the chain it is, so that an end of it noted earlier still proves that nothing was changed. What follows
    from them is linked anew, and comes to the same. People who may log in to the desk are not in the ledger.

    TO must not hold another ledger. A copy that was interrupted goes on when the command is run again, and one that was
    made earlier gets what came in since.

    A damaged ledger is not copied, as a copy proves what it proves. With --salvage every report whose bytes are whole, and every
    judgement, is put into a new ledger, whose journal begins then; what is lost is named, and the exit code is 1.

    \b
    Examples:
      sayso copy flood.db postgresql://desk@db.example.org/flood
      sayso copy postgresql://desk@db.example.org/flood flood.db
      sayso copy flood.db backup/flood.db
      sayso copy damaged.db saved.db --salvage
    """
    from sayso import ledger as ledgers
    from sayso.account.labels import counted

    messages = Messages(quiet)
    if salvage:
        ctx.exit(_salvage(ledger, to, messages, as_json=as_json))
    with ledgers.open(ledger, read_only=True) as opened, messages.progress("journal rows copied") as progress:
        result = opened.copy_to(to, progress=progress)
    if as_json:
        write_json(dataclasses.asdict(result))
        return
    copied = (
        f"{counted(result.reports, 'report')}, {counted(result.readings, 'reading')} and "
        f"{counted(result.judgements, 'judgement')} copied to {one_line(result.url)}"
        if result.rows
        else f"{one_line(result.url)} holds all of it already"
    )
    write(f"{copied}.\nThe journal ends with {result.stats.journal_head}\n")


def _salvage(ledger: str, to: str, messages: Messages, *, as_json: bool) -> int:
    """The exit code."""
    from sayso.account.labels import counted
    from sayso.ledger.salvaging import salvage
    from sayso.pipeline import Steps
    from sayso.shapes import problem_dict

    with messages.progress("reports saved") as progress:
        result = salvage(ledger, to, steps=Steps(), progress=progress)
    for problem in result.problems:
        messages.problem(problem)
    if as_json:
        write_json({**dataclasses.asdict(result), "problems": [problem_dict(problem) for problem in result.problems]})
    else:
        again = f" ({result.reread:,} of them read anew)" if result.reread else ""
        write(
            f"{counted(result.reports, 'report')}{again} and {counted(result.judgements, 'judgement')} saved to "
            f"{one_line(result.url)}, {counted(len(result.problems), 'problem')}.\n"
            f"Its journal begins anew and ends with {result.stats.journal_head}\n"
        )
    return 1 if result.problems else 0
