"""The arguments and options that several commands share, each declared once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from sayso.errors import UsageError

Command = Callable[..., Any]

ledger_argument = click.argument("ledger", metavar="LEDGER", type=click.Path())
"""The file that holds the ledger, or the URL of a database."""

json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON on stdout, for machines.")

quiet_option = click.option("--quiet", "-q", is_flag=True, help="No notes and no progress on stderr.")

output_option = click.option(
    "--output", "-o", metavar="FILE", type=click.Path(), help="Write to this file instead of stdout."
)

limit_option = click.option(
    "--limit", "-n", type=click.IntRange(min=1), metavar="N", help="Show at most this many.  [default: all]"
)


def refuse_overwriting(ledger: str, output: str | None) -> None:
    """Raises UsageError when ``output`` is the ledger itself, which must never be written over."""
    if output is None or output == "-":
        return
    try:
        same = Path(ledger).samefile(output)
    except (OSError, ValueError):
        same = False
    if same:
        raise UsageError("this is the ledger itself", where=output, remedy="Choose another file for --output.")
