"""`sayso publish`: the desk as pages that open from disk."""

from __future__ import annotations

from pathlib import Path

import click

from sayso.serve.options import as_of_option, json_option, ledger_argument, quiet_option, story_option
from sayso.serve.output import write, write_json
from sayso.serve.terminal import Messages


@click.command()
@ledger_argument
@click.argument("folder", metavar="DIR", type=click.Path())
@story_option
@as_of_option
@click.option("--force", is_flag=True, help="Replace what was published in DIR before; nothing else in it is touched.")
@json_option
@quiet_option
def publish(
    ledger: str, folder: str, story: str | None, as_of: str | None, force: bool, as_json: bool, quiet: bool
) -> None:
    """Write the account and every page that it leads to (questions, actors, timeline, map, flow, changes, reports) as pages that open
    from disk, without a server.

    Open DIR/index.html, or put the folder on any web server. Every line leads to the words it rests on, as on the desk; what needs a
    ledger that answers is left out: search, review, other times. The reports stand in it whole: mind whose texts they are.

    \b
    Examples:
      sayso publish flood.db flood-pages
      sayso publish flood.db monday --as-of 2024-03-04 --force
    """
    from dataclasses import asdict

    from sayso import ledger as ledgers
    from sayso.account.labels import counted
    from sayso.serve.publishing import publish as written

    messages = Messages(quiet)
    with ledgers.open(ledger) as opened, messages.progress("pages written") as progress:
        done = written(
            opened,
            folder,
            name=Path(ledgers.masked(ledger)).stem,
            story=story,
            as_of=as_of,
            force=force,
            progress=progress,
        )
    if as_json:
        write_json(asdict(done))
        return
    gone = f", {counted(done.removed, 'page')} of an earlier time removed" if done.removed else ""
    write(f"{counted(done.pages, 'page')} written{gone}. Open {Path(done.folder) / 'index.html'}\n")
