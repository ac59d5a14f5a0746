"""Makes the corpus from annotators' sheets, and checks it: standoff JSON Lines, in which no text stands.

    python -m training.attribution.corpus.build show --data DATA CORPUS DOCUMENT
    python -m training.attribution.corpus.build compile --data DATA --parts PARTS.json --out DIR SHEETS...
    python -m training.attribution.corpus.build check --data DATA [DIR]
    python -m training.attribution.corpus.build agree --data DATA FIRST SECOND

* `show` prints a text with its sentences numbered, as a sheet counts them.
* `compile` reads the sheets CORPUS.DOCUMENT.sheet of the folders SHEETS (`sayso.evaluate.sheets`) and writes
  DIR/CORPUS.PART.jsonl, a document a line, sorted; PARTS is ``{"train": [[CORPUS, DOCUMENT], ...], "dev": [...]}``. Where
  anything is wrong it says what and writes nothing: all of it is mended on the sheets.
* `check` holds every line of DIR against its text, and counts.
* `agree` scores one folder of sheets against another, over the texts that both have.

Sheets quote their texts, so they are not kept; the lines are.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from sayso.evaluate import GoldDocument, Score, score_documents
from sayso.evaluate.gold import attribution_of
from sayso.evaluate.sheets import SheetError, check_apart, compile_sheet, number_sentences
from sayso.evaluate.table import lines
from sayso.model import Act, HopKind
from training.attribution.corpus.texts import digest, read_text

HERE = Path(__file__).parent
PARTS = ("train", "dev")
_LABELS = ("source", "cue", "content", "act", "negated", "hedge", "relay", "medium", "who", "word_of")
_ACTS = frozenset(act.value for act in Act)
_HOPS = frozenset(kind.value for kind in HopKind)

Row = dict[str, Any]
ReadText = Callable[[str, str], str]  # (corpus, document) -> text; KeyError or OSError where there is none


def numbered(text: str) -> Iterator[str]:
    for number, (start, end) in enumerate(number_sentences(text), 1):
        yield f"[{number}] {text[start:end]}"


def read_parts(path: Path) -> dict[tuple[str, str], str]:
    """(corpus, document) -> part.

    Raises:
        ValueError: a part has another name, or a document is in two.
    """
    parts: dict[tuple[str, str], str] = {}
    for part, documents in json.loads(path.read_text("utf-8")).items():
        if part not in PARTS:
            raise ValueError(f"{path}: no part {part!r}: one of {', '.join(PARTS)}")
        for corpus, document in documents:
            if (corpus, document) in parts:
                raise ValueError(f"{path}: {corpus}/{document} twice")
            parts[corpus, document] = part
    return parts


def compile_sheets(
    folders: Iterable[Path], parts: Mapping[tuple[str, str], str], read: ReadText
) -> tuple[list[Row], list[str]]:
    """A row for each sheet, sorted by corpus and document, and everything that is wrong with any of them."""
    rows: dict[tuple[str, str], Row] = {}
    errors: list[str] = []
    for path in sorted(p for folder in folders for p in folder.glob("*.sheet")):
        corpus, _, document = path.name.removesuffix(".sheet").partition(".")
        if (corpus, document) not in parts:
            errors.append(f"{path}: in no part")
        elif (corpus, document) in rows:
            errors.append(f"{path}: a second sheet of this document")
        else:
            try:
                text = read(corpus, document)
            except (KeyError, OSError) as error:
                errors.append(f"{path}: {error}")
                continue
            statements, wrong = compile_sheet(path.read_text("utf-8"), text)
            row = {"corpus": corpus, "document": document, "part": parts[corpus, document], "sha256": digest(text)}
            rows[corpus, document] = row = json.loads(json.dumps(row | {"statements": statements}))
            errors += [f"{path}: {error}" for error in (*wrong, *check_row(row, text))]
            row["statements"].sort(key=lambda s: (s["cue"], s["content"], s["source"]))
    return [rows[key] for key in sorted(rows)], errors


def write_rows(rows: Iterable[Row], out: Path) -> list[Path]:
    """OUT/CORPUS.PART.jsonl, in the order of the rows."""
    files: dict[Path, list[str]] = {}
    for row in rows:
        files.setdefault(out / f"{row['corpus']}.{row['part']}.jsonl", []).append(json.dumps(row))
    out.mkdir(parents=True, exist_ok=True)
    for path, written in files.items():
        path.write_text("".join(f"{line}\n" for line in written), encoding="utf-8")
    return sorted(files)


def check_row(row: Mapping[str, Any], text: str) -> Iterator[str]:
    """What is wrong with one document: another text, offsets outside it or inside words, roles that share characters."""
    if row["sha256"] != digest(text):
        yield "the text is not the one that was annotated"
        return
    seen = set()
    for number, statement in enumerate(row["statements"], 1):
        where = f"statement {number}"
        if tuple(statement) != _LABELS:
            yield f"{where}: fields are {', '.join(statement)}"
            continue
        if not statement["cue"] or not statement["content"]:
            yield f"{where}: no cue or no content"
        if statement["act"] not in _ACTS or any(hop["kind"] not in _HOPS for hop in statement["relay"]):
            yield f"{where}: no such act or kind of relay"
        for role, (start, end) in spans_of(statement):
            if not 0 <= start < end <= len(text):
                yield f"{where}: {role} {start}-{end} lies outside the text"
            elif not whole_words(text, start, end):
                yield f"{where}: {role} {text[start:end][:40]!r} at {start} is not made of whole words"
        try:
            check_apart(dict(statement), text)
        except SheetError as error:
            yield f"{where}: {error}"
        key = json.dumps([statement[role] for role in ("source", "cue", "content")])
        if key in seen:
            yield f"{where}: stands here twice"
        seen.add(key)


def spans_of(statement: Mapping[str, Any]) -> Iterator[tuple[str, tuple[int, int]]]:
    """Every span of a statement with the name of its field."""
    for role in ("source", "cue", "content"):
        yield from ((role, (start, end)) for start, end in statement[role])
    for label in ("hedge", "who", "word_of"):
        if statement[label]:
            yield label, tuple(statement[label])
    for hop in statement["relay"]:
        yield "relay", tuple(hop["span"])


def whole_words(text: str, start: int, end: int) -> bool:
    """Whether neither end lies inside a word or beside a blank of its own.

    >>> [whole_words("Kell's dog", *span) for span in ((0, 4), (0, 3), (7, 10), (6, 10))]
    [True, False, True, False]
    """
    inside = (0 < place < len(text) and text[place - 1].isalnum() and text[place].isalnum() for place in (start, end))
    return not any(inside) and not text[start].isspace() and not text[end - 1].isspace()


def check_folder(folder: Path, read: ReadText) -> tuple[Counter[str], list[str]]:
    """Counts of documents, statements and words by file, and everything that is wrong."""
    counts: Counter[str] = Counter()
    errors: list[str] = []
    seen: set[tuple[str, str]] = set()
    for path in sorted(folder.glob("*.jsonl")):
        rows, keys = [], []
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            try:
                row = json.loads(line)
                keys.append((row["corpus"], row["document"]))
                rows.append(row)
            except (ValueError, KeyError, TypeError) as error:
                errors.append(f"{path.name}: line {number} is no document: {error!r}")
        if keys != sorted(keys):
            errors.append(f"{path.name}: the documents are not sorted")
        for row, key in zip(rows, keys, strict=True):
            where = f"{path.name}: {'/'.join(key)}"
            if key in seen:
                errors.append(f"{where}: stands in the corpus twice")
            seen.add(key)
            if path.name != f"{row['corpus']}.{row['part']}.jsonl":
                errors.append(f"{where}: belongs into {row['corpus']}.{row['part']}.jsonl")
            try:
                text = read(*key)
            except (KeyError, OSError) as error:
                errors.append(f"{where}: {error}")
                continue
            errors += [f"{where}: {error}" for error in check_row(row, text)]
            sizes = {"documents": 1, "statements": len(row["statements"]), "words": len(text.split())}
            for name in (path.name, row["part"], "all"):
                counts.update({f"{name} {unit}": size for unit, size in sizes.items()})
    return counts, errors


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    verbs = parser.add_subparsers(dest="verb", required=True)
    show, making, check, agree = (verbs.add_parser(name) for name in ("show", "compile", "check", "agree"))
    for verb in (show, making, check, agree):
        verb.add_argument("--data", type=Path, required=True, help="the folder of the data sets")
    show.add_argument("corpus")
    show.add_argument("document")
    making.add_argument("--parts", type=Path, required=True)
    making.add_argument("--out", type=Path, default=HERE)
    making.add_argument("sheets", type=Path, nargs="+", help="folders of sheets")
    check.add_argument("folder", type=Path, nargs="?", default=HERE)
    agree.add_argument("first", type=Path)
    agree.add_argument("second", type=Path)
    args = parser.parse_args()

    def read(corpus: str, document: str) -> str:
        return read_text(corpus, document, args.data)

    if args.verb == "agree":
        print("\n".join(lines(agreement(args.first, args.second, read))))
    elif args.verb == "show":
        print("\n".join(numbered(read(args.corpus, args.document))))
    elif args.verb == "compile":
        parts = read_parts(args.parts)
        rows, errors = compile_sheets(args.sheets, parts, read)
        _stop_at(errors)
        for path in write_rows(rows, args.out):
            print(path)
        done = {(row["corpus"], row["document"]) for row in rows}
        print(f"{len(done)} documents, {sum(len(row['statements']) for row in rows)} statements")
        for corpus, document in sorted(parts.keys() - done):
            print(f"no sheet yet: {corpus}.{document}")
    else:
        counts, errors = check_folder(args.folder, read)
        for name in sorted(
            {key.rpartition(" ")[0] for key in counts}, key=lambda name: (not name.endswith("jsonl"), name)
        ):
            print(
                f"{name:21s}" + ", ".join(f"{counts[f'{name} {u}']} {u}" for u in ("documents", "statements", "words"))
            )
        _stop_at(errors)


def agreement(first: Path, second: Path, read: ReadText) -> Score:
    """How far the second folder's sheets agree with the first's, over the texts that both have."""
    pairs = []
    for path in sorted(first.glob("*.sheet")):
        other = second / path.name
        if other.is_file():
            text = read(*path.name.removesuffix(".sheet").split(".", 1))
            one, two = (
                tuple(attribution_of(row) for row in compile_sheet(p.read_text("utf-8"), text)[0])
                for p in (path, other)
            )
            pairs.append((GoldDocument(path.stem, path, text, one), two))
    return score_documents(pairs)


def _stop_at(errors: Sequence[str]) -> None:
    for error in errors:
        print(error)
    if errors:
        raise SystemExit(f"errors: {len(errors)}")


if __name__ == "__main__":
    main()
