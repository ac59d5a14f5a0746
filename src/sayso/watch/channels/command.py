"""A message as JSON on the standard input of a program. No shell: nothing in a message can become a part of the command."""

from __future__ import annotations

import subprocess

from sayso.watch.channels.notsent import NotSent
from sayso.watch.settings import Command
from sayso.watch.wording import line


def run(command: Command, body: bytes) -> None:
    """Runs the program; it has taken the message when it ends with 0. Raises NotSent."""
    try:
        done = subprocess.run(
            command.argv,
            input=body,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            timeout=command.timeout_s,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise NotSent(f"it took longer than {command.timeout_s:g} s") from error
    except (OSError, ValueError) as error:
        raise NotSent(f"it cannot be run ({getattr(error, 'strerror', None) or 'no such program'})") from error
    if done.returncode != 0:
        last = done.stderr.decode("utf-8", "replace").strip().splitlines()[-1:]
        raise NotSent(line(f"it ended with {done.returncode}" + (f": {last[0]}" if last else ""), most=200))
