"""The arguments and options that several commands share, each declared once."""

from __future__ import annotations

import getpass
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from sayso.errors import UsageError

if TYPE_CHECKING:
    from sayso.ingest.options import IngestOptions

Declared = TypeVar("Declared", bound=Callable[..., Any])

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

story_option = click.option(
    "--story", metavar="ID", help="Only of this story; the beginning of its id will do (see `sayso stories`)."
)

as_of_option = click.option(
    "--as-of",
    metavar="TIME",
    help='As of the end of that time, from what was out by then: "2024-03-02", "2024-03-02T18:00Z".',
)

reveal_option = click.option(
    "--reveal", is_flag=True, help="Show what is protected as it is; only for a ledger in a file (see `sayso protect`)."
)

author_option = click.option(
    "--author", metavar="NAME", help="Who decides.  [default: the name you are logged in with]"
)

workers_option = click.option(
    "--workers",
    type=click.IntRange(min=1),
    metavar="N",
    help="Read in this many processes; each needs about 550 MB of its own.  [default: 1]",
)

reader_option = click.option(
    "--reader",
    type=click.Choice(["tagger", "rules"]),
    default="tagger",
    help="Read with the trained network and rules, or by rules alone.  [default: tagger]",
)


def reading_options(command: Declared) -> Declared:
    """The options of commands that read places: what a report says of itself, and what may be fetched.

    The command gets them as keyword arguments, to be handed on to `ingest_options`.
    """
    for option in reversed(
        (
            click.option("--outlet", metavar="NAME", help="Who published it, whatever the input says."),
            click.option(
                "--published", metavar="TIME", help="When it was published: ISO 8601, as finely as it is known."
            ),
            click.option("--url", metavar="URL", help="Where it was published; for inputs that hold one report."),
            click.option("--title", metavar="TEXT", help="Its title."),
            click.option("--byline", metavar="TEXT", help="Who wrote it."),
            click.option("--language", metavar="CODE", help="Its language: en, uk, ru, ..."),
            click.option(
                "--follow/--no-follow",
                "follow_links",
                default=None,
                help="Fetch the pages that a feed links to.  [default: only for a feed given as a URL]",
            ),
            click.option(
                "--allow-private", is_flag=True, help="Allow addresses of this machine and of private networks."
            ),
            click.option("--ignore-robots", is_flag=True, help="Fetch pages that robots.txt asks robots not to fetch."),
        )
    ):
        command = option(command)
    return command


def ingest_options(*, ignore_robots: bool = False, **chosen: Any) -> IngestOptions:
    """The IngestOptions for the values that `reading_options` gave a command."""
    from sayso.ingest.options import IngestOptions

    return IngestOptions(respect_robots=not ignore_robots, **chosen)


def author_or_user(author: str | None) -> str:
    """The author given, or whoever is logged in. Raises click.UsageError where nobody is."""
    if author is not None:
        return author
    try:
        return getpass.getuser()
    except (OSError, KeyError) as error:
        raise click.UsageError("Nobody is logged in here: say with --author who decides.") from error


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
