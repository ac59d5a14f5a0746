"""`sayso completion`: the script that lets a shell complete commands and options."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from sayso.serve.options import json_option
from sayso.serve.output import write, write_json


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@json_option
@click.pass_context
def completion(ctx: click.Context, shell: str, as_json: bool) -> None:
    """Print a script that completes commands and options in your shell.

    \b
    Examples:
      sayso completion bash >> ~/.bashrc
      sayso completion zsh > "${fpath[1]}/_sayso"
      sayso completion fish > ~/.config/fish/completions/sayso.fish
    """
    complete = get_completion_class(shell)
    assert complete is not None, shell  # click knows the three that the argument admits
    script_of = complete(ctx.find_root().command, {}, "sayso", "_SAYSO_COMPLETE")
    script = script_of.source_template % script_of.source_vars()
    if as_json:
        write_json({"shell": shell, "script": script})
    else:
        write(script)
