"""`sayso rebuild` and `sayso verify`: keeping a ledger sound."""

from __future__ import annotations

import dataclasses

import click

from sayso.serve.options import json_option, ledger_argument, quiet_option, workers_option
from sayso.serve.output import write, write_json
from sayso.serve.terminal import Messages, problem_line


@click.command()
@ledger_argument
@click.option("--reread", is_flag=True, help="Read every report again, not only those an older reader had read.")
@workers_option
@json_option
@quiet_option
@click.pass_context
def rebuild(ctx: click.Context, ledger: str, reread: bool, workers: int | None, as_json: bool, quiet: bool) -> None:
    """Make everything derived again from the records: origins, questions, claims, relations, the search index.

    Reports and judgements stay as they are. Run it after an upgrade of sayso; nothing else should ever need it.

    \b
    Examples:
      sayso rebuild flood.db
      sayso rebuild flood.db --reread --workers 2
    """
    from sayso import ledger as ledgers
    from sayso.account.labels import counted
    from sayso.config import WORKERS
    from sayso.shapes import problem_dict

    messages = Messages(quiet)
    with ledgers.open(ledger) as opened, messages.progress("reports read again") as progress:
        result = opened.rebuild(reread=reread, workers=workers or WORKERS, progress=progress)
    for problem in result.problems:
        messages.problem(problem)
    if as_json:
        write_json(
            {
                "reread": list(result.reread),
                "stats": dataclasses.asdict(result.stats),
                "problems": [problem_dict(problem) for problem in result.problems],
            }
        )
    else:
        stats = result.stats
        write(
            f"{counted(len(result.reread), 'report')} read again. From {counted(stats.reports, 'report')} and "
            f"{counted(stats.statements, 'statement')}: {counted(stats.origins, 'origin')}, "
            f"{counted(stats.questions, 'question')}, {counted(stats.claims, 'claim')}.\n"
        )
    ctx.exit(1 if result.problems else 0)


@click.command()
@ledger_argument
@click.option("--head", metavar="HASH", help="An end of the journal noted earlier, which must still stand in it.")
@json_option
@click.pass_context
def verify(ctx: click.Context, ledger: str, head: str | None, as_json: bool) -> None:
    """Check the hash of every stored byte and every row, and the journal of what was done, in which each row holds
    the hash of the one before. The exit code is 3 when anything is not as it was stored.

    Note the end of the journal that this prints, somewhere else than in the ledger: --head proves later that nothing
    before it was changed or cut off.

    \b
    Examples:
      sayso verify flood.db
      sayso verify flood.db --head 9f2c...
    """
    from sayso import ledger as ledgers
    from sayso.account.labels import counted
    from sayso.errors import LedgerDamaged
    from sayso.shapes import problem_dict

    stats = None
    try:
        with ledgers.open(ledger) as opened:
            findings = opened.verify(head=head)
            stats = opened.stats() if not findings else None
    except LedgerDamaged as error:
        findings = (error.problem,)
    if as_json:
        write_json(
            {
                "ok": not findings,
                "journal_head": stats.journal_head if stats else None,
                "stats": dataclasses.asdict(stats) if stats else None,
                "problems": [problem_dict(problem) for problem in findings],
            }
        )
    elif stats:
        write(
            f"All is as it was stored: {counted(stats.reports, 'report')}, {stats.bytes:,} bytes, "
            f"{counted(stats.statements, 'statement')}, {counted(stats.journal_rows, 'journal row')}.\n"
            f"The journal ends with {stats.journal_head}\n"
        )
    else:
        write("".join(f"damaged: {problem_line(problem)}\n" for problem in findings))
    ctx.exit(3 if findings else 0)
