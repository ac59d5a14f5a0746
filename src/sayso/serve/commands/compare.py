"""`sayso compare`: what two short texts are to each other, without a ledger."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import IO, TYPE_CHECKING

import click

from sayso.serve.options import json_option, quiet_option
from sayso.serve.output import write_json
from sayso.serve.terminal import Messages

if TYPE_CHECKING:
    from sayso.short_texts import ShortText

Refuse = Callable[[str, str], None]

_REMEDY = 'Give an object with the texts "a" and "b" on each line, and their times as "a_published" and "b_published" if known.'


@click.command()
@click.argument("texts", metavar="[A B]", nargs=-1)
@click.option("--pairs", metavar="FILE", type=click.File("rb"), help='JSON lines with "a" and "b"; - is stdin.')
@json_option
@quiet_option
@click.pass_context
def compare(ctx: click.Context, /, texts: tuple[str, ...], pairs: IO[bytes] | None, as_json: bool, quiet: bool) -> None:
    """Print what two sentences or headlines are to each other: one JSON object a line for each pair.

    A and B are the texts themselves; --pairs takes many pairs from a file. "kind" is same, supports (one bears the other
    out and tells more), refines (a finer number, time or place), revises (the same actor's later and other answer), denies,
    contradicts, or unrelated (neither, on the same matter or not); "direction" a_of_b, b_of_a or none; "slot" what it is
    about; "score" how sure that is; "reasons" what decided it.

    \b
    With --pairs a line may also hold "a_published" and "b_published"; other keys are passed over.
    Examples:
      sayso compare "The Varn bridge was opened." "The Varn bridge was not opened, the mayor said."
      sayso compare --pairs pairs.jsonl | jq -r .kind
    """
    if (pairs is None) == (not texts) or (texts and len(texts) != 2):
        raise click.UsageError("Give two texts, or --pairs and a file of pairs.")
    from sayso import short_texts
    from sayso.shapes import comparison_row

    messages = Messages(quiet or sys.stdout.isatty())
    refused: list[str] = []
    with messages.progress("pairs compared") as progress:

        def refuse(where: str, what: str) -> None:
            from sayso.model import Problem

            progress.close()  # the bar gives its line to the message
            messages.problem(Problem(what, where, _REMEDY if pairs else "Give two texts with words in them."))
            refused.append(where)

        given = _lines(pairs) if pairs is not None else [("the texts", {"a": texts[0], "b": texts[1]})]
        for done, comparison in enumerate(short_texts.compare(_good(given, refuse)), 1):
            write_json(comparison_row(comparison))
            progress(done)
    ctx.exit(1 if refused else 0)


def _lines(file: IO[bytes]) -> Iterator[tuple[str, object]]:
    """Each line that is not blank, with its place; a line that is no JSON comes as the error."""
    given = getattr(file, "name", "-")
    name = given if isinstance(given, str) and given not in ("-", "<stdin>") else "stdin"
    for number, line in enumerate(file, 1):
        if not line.strip():
            continue
        try:
            yield f"{name}, line {number}", json.loads(line.decode("utf-8-sig"))
        except (ValueError, RecursionError) as error:
            yield f"{name}, line {number}", error


def _good(given: Iterable[tuple[str, object]], refuse: Refuse) -> Iterator[tuple[ShortText, ShortText]]:
    """The pairs that can be compared; the others are refused, each with its place."""
    from sayso.short_texts import short_text

    for where, row in given:
        if isinstance(row, Exception):
            refuse(where, "this is no JSON")
            continue
        if not isinstance(row, dict) or not isinstance(row.get("a"), str) or not isinstance(row.get("b"), str):
            refuse(where, 'the texts "a" and "b" are not there')
            continue
        times = row.get("a_published"), row.get("b_published")
        if not all(time is None or isinstance(time, str) for time in times):
            refuse(where, "a time of publication is no text")
            continue
        try:
            yield short_text(row["a"], times[0]), short_text(row["b"], times[1])
        except ValueError as error:
            refuse(where, str(error))
