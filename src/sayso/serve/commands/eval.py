"""`sayso eval`: how far a reading agrees with people's annotations."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sayso.errors import UsageError
from sayso.serve.options import json_option, quiet_option, reader_option, workers_option
from sayso.serve.output import write, write_json
from sayso.serve.terminal import Messages

if TYPE_CHECKING:
    from sayso.evaluate import Attribution, GoldDocument


@click.command("eval")
@click.argument("what", type=click.Choice(["attribution"]))
@click.argument("folder", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--statements",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Score these lines of `sayso extract` (or another reader's, in that form) instead of reading the texts.",
)
@click.option("--least", type=click.FloatRange(0, 1), default=0.0, metavar="X", help="Leave out what is less sure.")
@click.option(
    "--worst", type=click.IntRange(min=0), default=5, metavar="N", help="List so many worst texts.  [default: 5]"
)
@reader_option
@workers_option
@json_option
@quiet_option
def evaluate(
    what: str,
    folder: Path,
    statements: Path | None,
    least: float,
    worst: int,
    reader: str,
    workers: int | None,
    as_json: bool,
    quiet: bool,
) -> None:
    """Score who-said-what against annotated texts.

    DIR holds texts NAME.txt with their annotations beside them: NAME.ann (brat: Source, Cue, Content), NAME.json (standoff
    offsets) or NAME.sheet (written by hand; docs/annotation.md). Attributions match when content and source overlap
    enough; labels are compared on those that match. What a text's outlet says in its own voice is not scored.

    \b
    Examples:
      sayso eval attribution corpus/
      sayso eval attribution corpus/ --least 0.6 --worst 20
      sayso eval attribution corpus/ --statements other-reader.jsonl --json
    """
    from sayso.evaluate import read_corpus, score_documents
    from sayso.evaluate.table import lines, rows

    try:
        documents = list(read_corpus(folder))
    except ValueError as error:
        raise UsageError(
            f"annotations that cannot be read: {error}", where=str(folder), remedy="Mend the file."
        ) from error
    if not documents:
        raise UsageError(
            "no annotated texts", where=str(folder), remedy="Put NAME.ann, .json or .sheet beside NAME.txt."
        )
    readings = _given(statements) if statements else _read(documents, reader, workers, Messages(quiet))
    score = score_documents(((d, readings.get(d.name, ())) for d in documents), least=least)
    if as_json:
        listed = [{"name": n, "f1": round(f, 1), "gold": g} for f, n, g in sorted(score.documents)[:worst]]
        write_json({"documents": len(documents), "figures": list(rows(score)), "worst": listed})
    else:
        write("\n".join(lines(score, worst=worst)) + "\n")


def _read(
    documents: Sequence[GoldDocument], reader: str, workers: int | None, messages: Messages
) -> dict[str, Sequence[Attribution]]:
    """Our own reading of each text, by its name."""
    from sayso import pipeline
    from sayso.config import WORKERS
    from sayso.model import Problem
    from sayso.shapes import extract_line

    found: dict[str, Sequence[Attribution]] = {}
    read_all = pipeline.read_by_rules if reader == "rules" else pipeline.read
    with messages.progress("texts read") as progress:
        for one in read_all([str(d.path) for d in documents], workers=workers or WORKERS):
            if isinstance(one, Problem):
                messages.problem(one)
                continue
            captured, extraction = one
            line = extract_line(captured.report, extraction)
            found[Path(captured.report.capture.place).stem] = list(_attributed(line["statements"]))
            progress(len(found))
    return found


def _given(path: Path) -> dict[str, Sequence[Attribution]]:
    """Readings from a file of JSON lines, by the name of the text: the stem of the report's path."""
    found: dict[str, Sequence[Attribution]] = {}
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        try:
            row = json.loads(line)
            found[Path(row["report"]["path"]).stem] = list(_attributed(row["statements"]))
        except (ValueError, KeyError, TypeError) as error:
            raise UsageError(
                f"line {number} is no line of `sayso extract` ({error!r})",
                where=str(path),
                remedy="See docs/formats.md.",
            ) from error
    return found


def _attributed(statements: Sequence[dict[str, object]]) -> Iterator[Attribution]:
    from sayso.evaluate.gold import attribution_of

    for row in statements:
        if row.get("kind") != "voice" and row["cue"]:
            yield attribution_of(row)
