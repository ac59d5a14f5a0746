"""Annotated texts for the attribution tagger: PolNeAR's brat files and our own standoff corpus, as one type.

    DATA/polnear/{train,dev}/text/**.txt and attributions/**.ann     one annotator a text, the first by name
    CORPUS/**.jsonl                                                  a document a line, offsets only:
        {"corpus", "document", "part": "train|dev", "sha256",
         "statements": [{"source": [[start, end], ...], "cue": [...], "content": [...], ...}]}

The texts of the second are no part of this repository: `corpus.texts.read_text` finds them in the data folder, and a
text whose SHA-256 is another is refused. `corpus/README.md` says what else a line holds.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sayso.evaluate import Attribution, gold
from sayso.model import Span
from training.attribution.corpus.texts import digest, read_text


@dataclass(frozen=True)
class Marked:
    """One annotated attribution: character spans, each role possibly empty or in several pieces."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]


@dataclass(frozen=True)
class Document:
    name: str
    text: str
    marked: tuple[Marked, ...]


def read_polnear(data: Path, part: str) -> Iterator[Document]:
    for document in gold.read_corpus(data / "polnear" / part):
        yield Document(f"polnear/{document.name}", document.text, tuple(map(_marked, document.statements)))


def read_corpus(corpus: Path, data: Path, part: str) -> Iterator[Document]:
    """The documents of our own corpus that belong to ``part``; statements without a cue (the outlet's own voice) are
    not for a tagger of cues.

    Raises:
        KeyError: a text that was annotated is not under ``data``.
        ValueError: the text there is not the one that was annotated.
    """
    for path in sorted(corpus.rglob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line) if line.strip() else {}
            if row.get("part") != part:
                continue
            text = read_text(row["corpus"], row["document"], data)
            if digest(text) != row["sha256"]:
                raise ValueError(f"{path.name}: {row['corpus']}/{row['document']} is not the text that was annotated")
            marked = (_marked(gold.attribution_of(statement)) for statement in row["statements"])
            yield Document(f"{row['corpus']}/{row['document']}", text, tuple(m for m in marked if m.cue and m.content))


def _marked(one: Attribution) -> Marked:
    return Marked(tuple(sorted(one.source)), tuple(sorted(one.cue)), tuple(sorted(one.content)))
