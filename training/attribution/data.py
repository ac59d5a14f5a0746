"""Annotated texts for the attribution tagger: PolNeAR's brat files and our own standoff corpus, as one type.

    DATA/polnear/{train,dev}/text/**.txt and attributions/**.ann     one annotator a text, the first by name
    CORPUS/**.jsonl                                                  a document a line, offsets only:
        {"corpus", "document", "sha256", "part": "train|dev",
         "statements": [{"source": [[start, end], ...], "cue": [...], "content": [...], ...}]}

The texts of the second are no part of this repository: `corpus.texts.read_text` finds them in the data folder, and a
text whose SHA-256 is another is refused.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sayso.model import Span

_TEXT_BOUND = re.compile(r"^(T\d+)\t\S+ (\d+ \d+(?:;\d+ \d+)*)\t")
_EVENT = re.compile(r"^E\d+\t(.*)$")


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
    root = data / "polnear" / part
    annotations = sorted((root / "attributions").rglob("*.ann"))
    for path in sorted((root / "text").rglob("*.txt")):
        of_text = [a for a in annotations if a.name.startswith(path.stem)]
        if of_text:
            text = path.read_bytes().decode("utf-8")
            yield Document(f"polnear/{path.stem}", text, read_brat(of_text[0].read_bytes().decode("utf-8")))


def read_brat(standoff: str) -> tuple[Marked, ...]:
    """The attributions of one .ann file. Lines that are neither text-bound nor events (broken ones too) are passed by."""
    spans: dict[str, tuple[Span, ...]] = {}
    lines = standoff.split("\n")
    for line in lines:
        if bound := _TEXT_BOUND.match(line):
            pairs = (pair.split() for pair in bound[2].split(";"))
            spans[bound[1]] = tuple(Span(int(start), int(end)) for start, end in pairs)
    marked = []
    for line in lines:
        if event := _EVENT.match(line.rstrip("\r")):
            roles: dict[str, tuple[Span, ...]] = defaultdict(tuple)
            for argument in event[1].split():
                name, _, target = argument.partition(":")
                roles[name.rstrip("0123456789")] += spans.get(target, ())
            marked.append(_marked(roles["Source"], roles["Cue"], roles["Content"]))
    return tuple(m for m in marked if m.content)


def read_corpus(corpus: Path, data: Path, part: str) -> Iterator[Document]:
    """The documents of our own corpus that belong to ``part``; statements without a cue (the outlet's own voice) are
    not for a tagger of cues."""
    from training.attribution.corpus.texts import read_text

    for path in sorted(corpus.rglob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line) if line.strip() else {}
            if row.get("part") != part:
                continue
            text = read_text(row["corpus"], row["document"], data)
            if hashlib.sha256(text.encode("utf-8")).hexdigest() != row["sha256"]:
                raise ValueError(f"{path.name}: {row['corpus']}/{row['document']} is not the text that was annotated")
            marked = (
                _marked(*(tuple(Span(*pair) for pair in statement[role]) for role in ("source", "cue", "content")))
                for statement in row["statements"]
            )
            yield Document(f"{row['corpus']}/{row['document']}", text, tuple(m for m in marked if m.cue and m.content))


def _marked(source: tuple[Span, ...], cue: tuple[Span, ...], content: tuple[Span, ...]) -> Marked:
    return Marked(tuple(sorted(source)), tuple(sorted(cue)), tuple(sorted(content)))
