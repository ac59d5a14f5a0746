"""`sayso redact`: a name taken out of reports for good."""

from __future__ import annotations

import click

from sayso.serve.options import author_option, author_or_user, json_option, ledger_argument
from sayso.serve.output import write, write_json


@click.command()
@ledger_argument
@click.argument("report", metavar="REPORT|all")
@click.argument("names", metavar="NAME...", nargs=-1, required=True)
@click.option("--reason", metavar="TEXT", required=True, help="Why; it stands in the journal, so without the name.")
@click.option("--yes", is_flag=True, help="Do not ask whether it is meant.")
@author_option
@json_option
def redact(
    ledger: str, report: str, names: tuple[str, ...], reason: str, yes: bool, author: str | None, as_json: bool
) -> None:
    """Take the name of a witness out of a report, or out of all, for good. It cannot be undone.

    Every letter of the name becomes a block: in the bytes as captured, in the text, in all that was ever read out of the report, in the search
    index, in judgements once no report names the witness any more, and in all that follows. Every part of the name goes, in any letter
    case; further names of the same person are given after the first. Bytes that cannot be read letter by letter, such as a PDF, are replaced
    by the redacted text.

    The journal says what was done, by whom and why, where in the text the name stood, and the hash of everything before and after: so
    `sayso verify` holds still. The file is written anew, and nothing of the name is left in it. What lies elsewhere is not reached:
    backups, copies, exports, the disk itself below the file, the log of a server. From the hash before, somebody who guesses the name can see
    that the guess was right.

    \b
    Examples:
      sayso redact flood.db r-k3v "Mara Quill" --reason "a witness under threat"
      sayso redact flood.db all "Mara Quill" "Marochka" --reason "a witness under threat"
    """
    from dataclasses import asdict

    from sayso import ledger as ledgers
    from sayso.account.labels import counted

    if not yes:
        where = "every report" if report == "all" else report
        click.confirm(f"This takes the name out of {where} for good. Go on?", abort=True, err=True)
    with ledgers.open(ledger) as opened:
        done = opened.redact(None if report == "all" else report, names, author=author_or_user(author), reason=reason)
    if as_json:
        write_json(asdict(done))
        return
    write(f"Taken out of {counted(len(done.reports), 'report')}, in {counted(done.places, 'place')}.\n")
    if done.replaced:
        write(
            f"The bytes of {', '.join(done.replaced)} could not be redacted in place: the redacted text stands for them.\n"
        )
    if done.judgements:
        write(f"{counted(len(done.judgements), 'judgement')} redacted.\n")
    if done.left:
        write(f"It stands still in {counted(len(done.left), 'report')}: {', '.join(done.left[:5])}.\n")
    if not done.purged:
        write(
            "Another process is reading the ledger, so that its file may hold the name still. End that process, and run "
            "`sayso redact` again.\n"
        )
