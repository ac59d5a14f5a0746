"""The command `sayso`: the visible list of its commands, and how each way of ending becomes an exit code.

To add a command: write it in a module of ``serve/commands`` and add one line to COMMANDS. The modules import
what is heavy (spaCy, trafilatura, onnxruntime) inside the functions that need it, so that `sayso --help` is quick.
"""

from __future__ import annotations

import errno
import os
import sys
import traceback
from collections.abc import Sequence
from typing import Any

import click

from sayso.errors import SaysoError
from sayso.serve.commands.account import account
from sayso.serve.commands.add import add, init
from sayso.serve.commands.browse import claims, reports, statements
from sayso.serve.commands.completion import completion
from sayso.serve.commands.demo import demo
from sayso.serve.commands.export import export
from sayso.serve.commands.extract import extract
from sayso.serve.commands.find import search, show
from sayso.serve.commands.upkeep import rebuild, verify
from sayso.serve.terminal import one_line

COMMANDS: tuple[click.Command, ...] = (
    demo,
    init,
    add,
    account,
    reports,
    statements,
    claims,
    search,
    show,
    export,
    extract,
    rebuild,
    verify,
    completion,
)

# Outside the four documented codes, so that a script never takes it for one of them (sysexits.h: EX_SOFTWARE).
EXIT_INTERNAL = 70
EXIT_INTERRUPTED = 130  # 128 + SIGINT, as shells report it


class Commands(click.Group):
    """The group of all commands, in the order of work rather than of the alphabet."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> Any:
        """Runs a command and ends the process with its exit code; says in plain words what went wrong."""
        if not standalone_mode:
            return super().main(args, prog_name, complete_var, standalone_mode=False, **extra)
        try:
            code = super().main(args, prog_name or "sayso", complete_var, standalone_mode=False, **extra)
            _flush()
        except click.ClickException as error:
            error.show()
            code = error.exit_code
        except SaysoError as error:
            _say_error(error)
            code = error.exit_code
        except (click.Abort, KeyboardInterrupt):
            click.echo("\nStopped. What was written before is kept.", err=True)
            code = EXIT_INTERRUPTED
        except OSError as error:
            code = _ended_by(error)
        except Exception as error:
            code = _internal(error)
        sys.exit(code if isinstance(code, int) else 0)


def _flush() -> None:
    # What is still in the buffer meets a closed pipe here, where it can be handled, and not while Python shuts down.
    sys.stdout.flush()


def _ended_by(error: OSError) -> int:
    if error.errno != errno.EPIPE:
        return _internal(error)
    # The reader has all it wanted (`| head`). Nothing may be written any more, not even by the interpreter's exit.
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, sys.stdout.fileno())
    return 0


def _say_error(error: SaysoError) -> None:
    problem = error.problem
    click.echo(f"Error: {one_line(problem.what)}", err=True)
    click.echo(f"  where:  {one_line(problem.where)}", err=True)
    click.echo(f"  remedy: {one_line(problem.remedy)}", err=True)


def _internal(error: Exception) -> int:
    if os.environ.get("SAYSO_TRACEBACK"):
        traceback.print_exception(error)
    else:
        what = one_line(str(error)) or "no message"
        click.echo(f"Error: {type(error).__name__}: {what}", err=True)
        click.echo("  This should not happen. Run again with SAYSO_TRACEBACK=1 and report what it prints.", err=True)
    return EXIT_INTERNAL


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit codes: 0 done; 1 done, but some input was refused; 2 the command was wrong; 3 the ledger is unusable.",
)
@click.version_option(package_name="sayso", message="%(prog)s %(version)s")
def cli() -> None:
    """On whose say-so do we know this?

    sayso reads many reports of a developing event and keeps the account of it: what is established, who says
    what, what is disputed, what changed, what nobody knows yet. Every line leads to the words it rests on.

    \b
      sayso demo                          an invented incident, from reports to a page worth reading
      sayso add flood.db reports/         read a folder (or pages, feeds, archives) into a ledger
      sayso account flood.db              the account of it, in Markdown
      sayso show flood.db c-k3v           one claim, with the words it rests on
      sayso extract page.html | jq .      who says what in one page; needs no ledger

    Every command takes --json: the result for machines on stdout, and messages on stderr as always.
    """


for _command in COMMANDS:
    cli.add_command(_command)


def main() -> None:
    """The entry point of the installed command."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a locale without a character shows "?" and goes on
            stream.reconfigure(errors="replace")
    cli.main()
