"""The command `sayso`: the visible list of its commands, and how each way of ending becomes an exit code.

To add a command: write it in a module of ``serve/commands`` and add one line to COMMANDS. A module is imported when one
of its commands runs, and imports what is heavy (spaCy, trafilatura, onnxruntime) only inside the functions that need
it, so that `sayso --help` is quick.
"""

from __future__ import annotations

import contextlib
import errno
import logging
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

from sayso.serve.terminal import one_line

if TYPE_CHECKING:
    from sayso.errors import SaysoError

COMMANDS = {
    "demo": ("demo", "An invented incident, from reports to a page worth reading."),
    "init": ("add", "Make an empty ledger."),
    "add": ("add", "Read files, pages, feeds and archives into a ledger."),
    "watch": ("watch", "Poll feeds, pages and folders, and tell people what changed."),
    "account": ("account", "Write the account: what is known, and on whose say-so."),
    "ask": ("ask", "Answer a question from the claims, or say that it is not known."),
    "check": ("check", "Tell what in a text is new to a ledger, known, or disputed."),
    "stories": ("stories", "List the running affairs that the reports tell of."),
    "changes": ("changes", "Tell what changed since a time, claim by claim."),
    "reports": ("browse", "List the reports."),
    "statements": ("browse", "List who says what."),
    "claims": ("browse", "List what is claimed, with its status."),
    "actors": ("actors", "List who is who over all reports, and why."),
    "judge": ("actors", "Say what you decide about a record; it can be undone."),
    "judgements": ("judgements", "List what people decided, or take in what they decided elsewhere."),
    "protect": ("protect", "Have an actor or a report shown nowhere; it can be undone."),
    "redact": ("redact", "Take a name out of reports for good."),
    "withdraw": ("changes", "Withdraw a report: nothing rests on it any more."),
    "serve": ("serve", "Read and judge a ledger in a browser."),
    "people": ("people", "Who may log in to the desk, and what they did."),
    "publish": ("publish", "Write the desk as pages that open from disk."),
    "search": ("find", "Find words in statements and reports."),
    "show": ("find", "Show one record, with the words it rests on."),
    "package": ("package", "Write an evidence package that anybody can check without sayso."),
    "export": ("export", "Write a ledger as rows, map, timeline, linked data or PDF."),
    "extract": ("extract", "Print who says what in reports; needs no ledger."),
    "compare": ("compare", "Tell what two sentences or headlines are to each other."),
    "derive": ("derive", "Tell whether one of two texts derives from the other."),
    "eval": ("eval", "Score who-said-what against annotated texts."),
    "gazetteer": ("gazetteer", "Places of your own, beside those that come with sayso."),
    "mcp": ("mcp", "Serve a ledger to agents over the Model Context Protocol."),
    "copy": ("copy", "Copy a ledger to another file, or to or from a server."),
    "rebuild": ("upkeep", "Make everything derived again from the records."),
    "proof": ("proof", "Proofs from elsewhere of when the journal ended so."),
    "verify": ("upkeep", "Check every stored byte and the journal."),
    "completion": ("completion", "Print the completion script of a shell."),
}
"""Every command, in the order of work, with its module in ``serve/commands`` and what it does in one line. The command
is the object of that name in the module, imported when it is called for."""

_ATTRIBUTE = {"eval": "evaluate"}  # where the command's name is one that Python uses itself

# Outside the four documented codes, so that a script never takes it for one of them (sysexits.h: EX_SOFTWARE).
EXIT_INTERNAL = 70
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
EXIT_INTERRUPTED = 130  # 128 + SIGINT, as shells report it


class _ReaderGone(Exception):
    """Whoever read our stdout has closed it."""


class Commands(click.Group):
    """The group of COMMANDS, in their order rather than that of the alphabet."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, short_help = COMMANDS[cmd_name]
        command = getattr(import_module(f"sayso.serve.commands.{module}"), _ATTRIBUTE.get(cmd_name, cmd_name))
        assert isinstance(command, click.Command), cmd_name
        command.short_help = short_help
        return command

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:  # before click ends the process with 1, which has another meaning here
            raise _ReaderGone from error

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list in `sayso --help`, for which no command needs to be imported."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, short_help) for name, (_, short_help) in COMMANDS.items()])

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
        except (click.Abort, KeyboardInterrupt):
            click.echo("\nStopped. What was written before is kept.", err=True)
            code = EXIT_INTERRUPTED
        except Exception as error:
            code = _ended_by(error)
        sys.exit(code if isinstance(code, int) else 0)


def _flush() -> None:
    # What is still in the buffer meets a closed pipe here, where it can be handled, and not while Python shuts down.
    sys.stdout.flush()


def _write_no_more() -> None:
    """What is still to be flushed as the interpreter ends would fail once more. Not every stdout is a file."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _ended_by(error: Exception) -> int:
    """Says what ended the command, in plain words; its exit code."""
    if isinstance(error, (_ReaderGone, BrokenPipeError)):
        # The reader has all it wanted (`| head`). Nothing may be written any more, not even as the interpreter ends.
        _write_no_more()
        return 0
    from sayso.errors import SaysoError, UsageError

    if isinstance(error, OSError) and error.errno in _NO_ROOM:
        _write_no_more()
        return _explained(
            UsageError(
                f"what the command had to say could not be written ({error.strerror})",
                where=error.filename or "stdout",
                remedy="Free some space, or write elsewhere. What is in the ledger is not touched by this.",
            )
        )
    return _explained(error) if isinstance(error, SaysoError) else _internal(error)


def _explained(error: SaysoError) -> int:
    problem = error.problem
    click.echo(f"Error: {one_line(problem.what)}", err=True)
    click.echo(f"  where:  {one_line(problem.where)}", err=True)
    click.echo(f"  remedy: {one_line(problem.remedy)}", err=True)
    return error.exit_code


def _internal(error: Exception) -> int:
    if os.environ.get("SAYSO_TRACEBACK"):
        import traceback

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


def main() -> None:
    """The entry point of the installed command."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a locale without a character shows "?" and goes on
            stream.reconfigure(errors="replace")
    # What the library has to say of long work goes to stderr, as all messages do.
    told = logging.StreamHandler()
    told.setFormatter(logging.Formatter("%(message)s"))
    logging.getLogger("sayso").addHandler(told)
    logging.getLogger("sayso").setLevel(logging.INFO)
    cli.main()
