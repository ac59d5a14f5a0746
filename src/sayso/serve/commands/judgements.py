"""`sayso judgements`: what people decided about the records of a ledger, carried from one ledger to another."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sayso.errors import UsageError
from sayso.model import Judgement, Verdict
from sayso.serve.options import json_option, ledger_argument, limit_option, quiet_option, reveal_option
from sayso.serve.output import rows_as, write_all
from sayso.serve.terminal import Messages, one_line

if TYPE_CHECKING:
    from sayso.ledger import Ledger

_FIELDS = ("id", "verdict", "subject", "other", "value", "author", "at")


@click.command()
@ledger_argument
@click.option(
    "--import",
    "taken_from",
    metavar="FILE",
    type=click.Path(),
    help="Take in what `sayso export --what judgements` wrote of another ledger.",
)
@limit_option
@reveal_option
@json_option
@quiet_option
def judgements(
    ledger: str, taken_from: str | None, limit: int | None, reveal: bool, as_json: bool, quiet: bool
) -> None:
    """List what people decided, the latest first: each with its author and time, and never changed afterwards.

    With --import, judgements of another ledger are appended as they are. They are about ids of statements and reports, and names of
    actors and outlets, which are the same in every ledger that holds the same reports.

    \b
    Examples:
      sayso judgements flood.db
      sayso export flood.db --what judgements --output judged.jsonl
      sayso judgements other.db --import judged.jsonl
    """
    from sayso import ledger as ledgers
    from sayso.shapes import judgement_row

    with ledgers.open(ledger, reveal=reveal) as opened:
        if taken_from is not None:
            _take_in(opened, Path(taken_from), Messages(quiet))
            return
        found = list(reversed(opened.judgements()))
    if as_json:
        write_all(rows_as("jsonl", map(judgement_row, islice(found, limit)), columns=()))
        return
    if not found:
        Messages(quiet).note("There are none.")
    write_all(_line(each) + "\n" for each in islice(found, limit))


def _line(judgement: Judgement) -> str:
    about = " ".join(one_line(part) for part in (judgement.subject, judgement.other, judgement.value) if part)
    return f"{judgement.id}  {judgement.at}  {judgement.verdict.value} {about} ({one_line(judgement.author)})"


def _take_in(opened: Ledger, path: Path, messages: Messages) -> None:
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError("this file cannot be read", where=str(path), remedy="Check its path; it is UTF-8.") from error
    given = list(_read(lines, path))
    new = opened.take_judgements(given)
    messages.note(f"{new:,} judgements taken in, {len(given) - new:,} were here already.")


def _read(lines: list[str], path: Path) -> Iterator[Judgement]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row: Any = json.loads(line)
            parts = {field: row[field] for field in _FIELDS}
            if not all(
                isinstance(part, str) or (part is None and name in ("other", "value")) for name, part in parts.items()
            ):
                raise TypeError
            yield Judgement(**{**parts, "verdict": Verdict(parts["verdict"])})
        except (ValueError, KeyError, TypeError) as error:
            raise UsageError(
                "this line is no judgement",
                where=f"{path}:{number}",
                remedy="Take the file that `sayso export --what judgements` wrote.",
            ) from error
