"""The page of the command line: what every command says with ``--help``."""

from __future__ import annotations

from collections.abc import Iterator

import click

from sayso.serve.cli import COMMANDS, cli

WIDTH = 98  # what click leaves of a terminal of 100 columns


def page() -> str:
    """Every command in the order of work, its subcommands behind it."""
    top = click.Context(cli, info_name="sayso", **cli.context_settings)
    lines = [
        "# Commands",
        "",
        "What each command says with `--help`, in the order of work. Made from the program itself.",
        "",
        _block(cli, top),
    ]
    for name, (_, words) in COMMANDS.items():
        command = cli.get_command(top, name)
        assert command is not None, name
        for level, (path, each, context) in _with_subcommands(command, name, top):
            lines += ["", f"{'#' * (level + 2)} `sayso {path}`", ""]
            if level == 0:
                lines += [words, ""]
            lines.append(_block(each, context))
    return "\n".join(lines) + "\n"


def _with_subcommands(
    command: click.Command, path: str, parent: click.Context, level: int = 0
) -> Iterator[tuple[int, tuple[str, click.Command, click.Context]]]:
    context = click.Context(command, parent=parent, info_name=path.rsplit(" ", 1)[-1])
    yield level, (path, command, context)
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            if below is not None:
                yield from _with_subcommands(below, f"{path} {name}", context, level + 1)


def _block(command: click.Command, context: click.Context) -> str:
    context.terminal_width = WIDTH
    return f"```text\n{command.get_help(context).rstrip()}\n```"
