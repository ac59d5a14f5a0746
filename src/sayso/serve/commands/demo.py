"""`sayso demo`: the bundled demonstration, from reports to a page."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import click

from sayso.errors import InputError, UsageError
from sayso.serve.commands.account import rendered
from sayso.serve.commands.add import summary
from sayso.serve.options import json_option, quiet_option
from sayso.serve.output import write, write_json
from sayso.serve.terminal import Messages, one_line

LEDGER, PAGE, REPORTS = "ledger.db", "account.html", "reports"


@click.command()
@click.argument("folder", metavar="[DIR]", default="sayso-demo", type=click.Path(file_okay=False))
@json_option
@quiet_option
@click.pass_context
def demo(ctx: click.Context, folder: str, as_json: bool, quiet: bool) -> None:
    """Run sayso on an invented incident in an invented country, told by a dozen invented outlets.

    Copies the reports to DIR (./sayso-demo if left out), reads them into a ledger there, prints the account and says
    where the page is. Running it again changes nothing, and files that you changed stay as you left them.

    \b
    Examples:
      sayso demo
      sayso demo /tmp/demo --quiet > account.md
    """
    from sayso import ledger as ledgers
    from sayso.shapes import account_dict, problem_dict

    messages = Messages(quiet)
    base = Path(folder)
    reports, ledger, page = base / REPORTS, base / LEDGER, base / PAGE
    copy_reports(bundled_reports(), reports)
    with ledgers.open(str(ledger), create=True) as opened:
        messages.note(f"Reading the reports in {one_line(str(reports))}")
        with messages.progress("reports read") as progress:
            result = opened.add([str(reports)], progress=progress)
        for problem in result.problems:
            messages.problem(problem)
        messages.note(summary(len(result.added), len(result.known), len(result.new_versions), len(result.problems)))
        write(rendered(opened, "html"), str(page))
        if as_json:
            write_json(
                {
                    "ledger": str(ledger),
                    "page": str(page),
                    "reports": str(reports),
                    "added": list(result.added),
                    "known": list(result.known),
                    "account": account_dict(opened.account()),
                    "problems": [problem_dict(problem) for problem in result.problems],
                }
            )
        else:
            write(rendered(opened, "md"))
    messages.note(
        f"\nThe page    {page.resolve()}\nThe ledger  {ledger.resolve()}\n"
        f"Next: sayso claims {one_line(str(ledger))}; sayso search {one_line(str(ledger))} WORDS"
    )
    ctx.exit(1 if result.problems else 0)


def bundled_reports() -> Traversable:
    """The folder of reports that the package brings. Raises InputError where it brings none."""
    folder = files("sayso").joinpath("demo", "reports")
    if not folder.is_dir():
        raise InputError(
            "this installation brings no demonstration", where="sayso demo", remedy="Install sayso from its wheel."
        )
    return folder


def copy_reports(source: Traversable, target: Path) -> None:
    """Copies a folder of the package with all in it; a file that is there already stays as it is."""
    try:
        target.mkdir(parents=True, exist_ok=True)
        for entry in sorted(source.iterdir(), key=lambda entry: entry.name):
            copy = target / entry.name
            if entry.is_dir():
                copy_reports(entry, copy)
            elif not copy.exists():
                copy.write_bytes(entry.read_bytes())
    except OSError as error:
        raise UsageError(
            f"the reports cannot be copied there ({error.strerror or error})",
            where=str(target),
            remedy="Give a folder that can be written.",
        ) from error
