"""`sayso protect`: who or what is shown nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sayso.serve.options import author_option, author_or_user, json_option, ledger_argument, reveal_option
from sayso.serve.output import write, write_json
from sayso.serve.terminal import Messages, one_line

if TYPE_CHECKING:
    from sayso.ledger import Protection


@click.command()
@ledger_argument
@click.argument("subject", metavar="[NAME|REPORT]", required=False)
@click.option("--also", "names", metavar="NAME", multiple=True, help="Another name of the same actor; may be repeated.")
@click.option("--reason", metavar="TEXT", help="Why.")
@click.option(
    "--undo", is_flag=True, help="Protect it no more: give the name, the id, or the label that stands for it."
)
@author_option
@reveal_option
@json_option
def protect(
    ledger: str,
    subject: str | None,
    names: tuple[str, ...],
    reason: str | None,
    undo: bool,
    author: str | None,
    reveal: bool,
    as_json: bool,
) -> None:
    """Protect an actor, by name or id, or a report, by id. Without either, list what is protected.

    A protected actor is shown as "a protected person (bkqz)", the same letters everywhere, in every page, list, export, feed, alert and answer.
    In the texts of reports every letter of its names becomes a block, in any letter case, in addresses too; the bytes of reports that hold
    one are not handed out. Names are those that the ledger knows, those given with --also, and each part of them. A protected report
    is left out of everything, also of what the account rests on.

    It hides, and removes nothing: the ledger's file holds all of it still. To see it, the commands that show records take --reveal, for a
    ledger in a file. To remove a name for good, see `sayso redact`.

    \b
    Examples:
      sayso protect flood.db "Mara Quill" --reason "asked not to be named"
      sayso protect flood.db "Mara Quill" --also "Marochka"
      sayso protect flood.db r-k3v
      sayso protect flood.db
      sayso protect flood.db "Mara Quill" --undo
    """
    from sayso import ledger as ledgers

    if subject is None and (names or reason or undo):
        raise click.UsageError("Say whom or what: a name, or the id of a report.")
    with ledgers.open(ledger, reveal=reveal) as opened:
        if subject is None:
            found = opened.protections()
        elif undo:
            opened.unprotect(subject, author=author_or_user(author))
            found = opened.protections()
        else:
            found = (opened.protect(subject, author=author_or_user(author), names=names, reason=reason),)
    if as_json:
        write_json([_row(each) for each in found])
        return
    if not found:
        Messages().note("Nothing is protected.")
    write("".join(_line(each) + "\n" for each in found))


def _row(protection: Protection) -> dict[str, object]:
    return {
        "judgement": protection.judgement,
        "kind": protection.kind,
        "label": protection.label,
        "author": protection.author,
        "at": protection.at,
        "reason": protection.reason,
        "names": list(protection.names),
        "report": protection.report,
    }


def _line(protection: Protection) -> str:
    names = f": {', '.join(map(one_line, protection.names))}" if protection.names else ""
    report = f": {protection.report}" if protection.report else ""
    why = f", {one_line(protection.reason)}" if protection.reason else ""
    return f"{protection.label}{names}{report}  ({one_line(protection.author)}, {protection.at}{why})"
