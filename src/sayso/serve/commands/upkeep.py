"""`sayso rebuild` and `sayso verify`: keeping a ledger sound."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import click

from sayso.errors import UsageError
from sayso.model import Problem
from sayso.serve.commands.proof import block_option, ca_option, files, headers, proof_lines, proof_row
from sayso.serve.options import json_option, ledger_argument, quiet_option, workers_option
from sayso.serve.output import write, write_json
from sayso.serve.terminal import Messages, one_line, problem_line

if TYPE_CHECKING:
    from sayso.ledger.proofs import Proof

_PROOF = "Give the right certificate or header; a proof that is wrong proves nothing, and the ledger is as it was."


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
@ca_option
@block_option
@json_option
@click.pass_context
def verify(
    ctx: click.Context, ledger: str, head: str | None, roots: tuple[str, ...], blocks: tuple[str, ...], as_json: bool
) -> None:
    """Check the hash of every stored byte and every row, and the journal of what was done, in which each row holds
    the hash of the one before. The exit code is 3 when anything is not as it was stored.

    What is wrong is told in the order of the journal: the first line names the first broken link, the row that tells of it, and what to do.

    Rows that were cut off the end, or a journal that was written anew with everything to fit, only an end of the journal shows that was noted
    somewhere else: note the one that this prints, and give it with --head later; or have it stamped (`sayso proof`). Proofs that are attached
    are checked, and it is told what of them was not.

    \b
    Examples:
      sayso verify flood.db
      sayso verify flood.db --head 9f2c...
      sayso verify flood.db --ca authority.pem
    """
    from sayso import ledger as ledgers
    from sayso.account.labels import counted
    from sayso.errors import LedgerDamaged
    from sayso.shapes import problem_dict

    stats = None
    proofs: tuple[Proof, ...] = ()
    unread = ""
    try:
        with ledgers.open(ledger) as opened:
            findings = opened.verify(head=head)
            stats = opened.stats() if not findings else None
            try:
                proofs = opened.proofs(roots=files(roots), blocks=headers(blocks)) if not findings else ()
            except UsageError as error:
                if roots or blocks:
                    raise
                unread = f"{error.problem.what}. {error.problem.remedy}"
    except LedgerDamaged as error:
        findings = (error.problem,)
    findings += tuple(Problem(each.wrong, f"journal row {each.row} (proof)", _PROOF) for each in proofs if each.wrong)
    if as_json:
        write_json(
            {
                "ok": not findings,
                "journal_head": stats.journal_head if stats else None,
                "stats": dataclasses.asdict(stats) if stats else None,
                "problems": [problem_dict(problem) for problem in findings],
                "proofs": [proof_row(each) for each in proofs],
            }
        )
    elif stats and not findings:
        write(
            f"All is as it was stored: {counted(stats.reports, 'report')}, {stats.bytes:,} bytes, "
            f"{counted(stats.statements, 'statement')}, {counted(stats.journal_rows, 'journal row')}.\n"
            + "".join(f"{line}\n" for each in proofs for line in proof_lines(each))
            + (f"Proofs of time were not checked: {one_line(unread)}\n" if unread else "")
            + f"The journal ends with {stats.journal_head}\n"
        )
    else:
        write("".join(f"damaged: {problem_line(problem)}\n" for problem in findings))
    ctx.exit(3 if findings else 0)
