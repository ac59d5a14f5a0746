"""`sayso derive`: whether one of two texts derives from the other, without a ledger."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING

import click

from sayso.serve.options import json_option, quiet_option
from sayso.serve.output import write_json
from sayso.serve.terminal import Messages

if TYPE_CHECKING:
    from sayso.model import Report

_REMEDY = 'Give an object with the texts "a" and "b" on each line.'


@click.command()
@click.argument("texts", metavar="[A B]", nargs=-1, type=click.Path(allow_dash=True))
@click.option(
    "--pairs",
    metavar="FILE",
    type=click.Path(allow_dash=True),
    help='JSON lines with "a" and "b", whole texts; - is stdin.',
)
@json_option
@quiet_option
@click.pass_context
def derive(ctx: click.Context, /, texts: tuple[str, ...], pairs: str | None, as_json: bool, quiet: bool) -> None:
    """Print whether A derives from B, B from A, or neither: one JSON object a line for each pair.

    A and B are files that hold one report each; --pairs takes many pairs from one file. "kind" is copy, reword, partial,
    quote, credit, family (one outlet's own), common (both written from one release) or independent; "direction" a_of_b,
    b_of_a or none; "score" the probability that one derives from the other; "passages" pairs of spans of what both have.

    \b
    With --pairs a line may also hold "a_outlet", "b_outlet", "a_published" and "b_published".
    Examples:
      sayso derive wire.txt page.txt
      sayso derive --pairs pairs.jsonl | jq -r .kind
    """
    if bool(texts) == bool(pairs) or (texts and len(texts) != 2):
        raise click.UsageError("Give two files, or --pairs and a file of pairs.")
    messages = Messages(quiet or sys.stdout.isatty())
    refused = _two(texts, messages) if pairs is None else _many(pairs, messages)
    ctx.exit(1 if refused else 0)


def _two(places: tuple[str, ...], messages: Messages) -> int:
    """The answer for two files; how many were refused."""
    from sayso import pipeline
    from sayso.model import Captured, Problem
    from sayso.shapes import derivation_row

    reports = []
    problems = []
    for place in places:
        found = list(pipeline.ingest([place]))
        problems += [each for each in found if isinstance(each, Problem)]
        read = [each.report for each in found if isinstance(each, Captured)]
        if len(read) > 1:
            problems.append(Problem(f"it holds {len(read)} reports", place, "Give a file that holds one."))
        reports += read[:1]
    for problem in problems:
        messages.problem(problem)
    if not problems:
        for derivation in pipeline.derive([(reports[0], reports[1])]):
            write_json(derivation_row(derivation))
    return len(problems)


def _many(path: str, messages: Messages) -> int:
    """The answers for a file of pairs, in its order; how many lines were refused."""
    from sayso import pipeline
    from sayso.errors import InputError
    from sayso.shapes import derivation_row

    refused = done = 0
    with _opened(path) as file, messages.progress("pairs compared") as progress:
        name = "stdin" if path == "-" else path
        total = 0

        def every() -> Iterator[Report]:
            nonlocal total
            for _, line in _lines(file):
                total += 1
                try:
                    yield from _pair(line, name)
                except InputError:
                    continue  # it is named when its turn comes

        def readable() -> Iterator[tuple[Report, Report]]:
            nonlocal refused
            for number, line in _lines(file):
                try:
                    yield _pair(line, f"{name}, line {number}")
                except InputError as error:
                    progress.close()
                    messages.problem(error.problem)
                    refused += 1

        for derivation in pipeline.derive(readable(), among=every()):
            write_json(derivation_row(derivation))
            done += 1
            progress(done + refused, total)
    return refused


@contextmanager
def _opened(path: str) -> Iterator[IO[bytes]]:
    """The file, to be read twice; stdin is kept in a file for that."""
    from sayso.errors import UsageError

    if path == "-":
        with TemporaryFile() as kept:
            for block in iter(lambda: sys.stdin.buffer.read(1 << 20), b""):
                kept.write(block)
            yield kept
        return
    try:
        file = open(path, "rb")  # noqa: SIM115
    except OSError as error:
        raise UsageError(
            f"the file cannot be read ({error.strerror or error})",
            where=path,
            remedy="Choose another file for --pairs.",
        ) from error
    with file:
        yield file


def _lines(file: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    """The lines from the first on, with their numbers; empty ones are passed over."""
    file.seek(0)
    for number, line in enumerate(file, 1):
        if line.strip():
            yield number, line


def _pair(line: bytes, where: str) -> tuple[Report, Report]:
    """The two reports of a line. Raises InputError where there are none."""
    from sayso import pipeline
    from sayso.errors import InputError

    try:
        row = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise InputError("it is no JSON", where=where, remedy=_REMEDY) from error
    if not isinstance(row, dict):
        raise InputError("it is no object", where=where, remedy=_REMEDY)
    reports = []
    for side in ("a", "b"):
        text, outlet, published = row.get(side), row.get(f"{side}_outlet"), row.get(f"{side}_published")
        if not isinstance(text, str) or not text.strip():
            raise InputError(f'"{side}" is missing, empty or no text', where=where, remedy=_REMEDY)
        if not all(isinstance(each, str | None) for each in (outlet, published)):
            raise InputError(f'"{side}_outlet" or "{side}_published" is no text', where=where, remedy="Leave it out.")
        try:
            made = pipeline.text_report(text, place=where, outlet=outlet or None, published=published or None)
        except ValueError as error:
            raise InputError(
                f'"{side}_published" is no time', where=where, remedy="Write it as ISO 8601, or leave it out."
            ) from error
        reports.append(made)
    return reports[0], reports[1]
