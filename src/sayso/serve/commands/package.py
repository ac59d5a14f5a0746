"""`sayso package`: evidence that somebody without sayso can check."""

from __future__ import annotations

import click

from sayso.serve.options import as_of_option, json_option, ledger_argument, quiet_option, story_option
from sayso.serve.output import write, write_json
from sayso.serve.terminal import Messages, one_line


@click.command()
@ledger_argument
@click.argument("folder", metavar="OUT", type=click.Path())
@story_option
@as_of_option
@json_option
@quiet_option
def package(ledger: str, folder: str, story: str | None, as_of: str | None, as_json: bool, quiet: bool) -> None:
    """Write an evidence package: the bytes of every report as captured, their hashes, the whole journal, what was read and judged, the
    account with its citations, and the proofs of time, as a bag (BagIt, RFC 8493).

    OUT must be new; it is written whole or not at all. In it README.txt says what is what, and `python3 verify.py` checks the journal,
    the records and the bytes with Python alone, without sayso.

    With --story or --as-of the journal is whole still, as it is one chain, and the records are those of that story and time. What is
    protected is left out, and said to be.

    \b
    Examples:
      sayso package flood.db flood-evidence
      sayso package flood.db for-the-court --story y-k3v --as-of 2024-03-04
      python3 flood-evidence/verify.py
    """
    from dataclasses import asdict

    from sayso import ledger as ledgers
    from sayso.account.labels import counted
    from sayso.serve.package import package as written

    messages = Messages(quiet)
    with ledgers.open(ledger) as opened, messages.progress("journal rows written") as progress:
        done = written(opened, folder, story=story, as_of=as_of, progress=progress)
    if as_json:
        write_json(asdict(done))
        return
    left = f"\n{counted(done.withheld, 'record')} withheld: data/withheld.jsonl says why." if done.withheld else ""
    write(
        f"{counted(done.reports, 'report')}, {done.bytes:,} bytes, {counted(done.judgements, 'judgement')} and "
        f"{counted(done.rows, 'journal row')} written to {one_line(done.folder)}.{left}\n"
        f"The journal ends with {done.head}\n"
    )
