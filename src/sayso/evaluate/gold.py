"""Annotated corpora: a folder of texts with people's annotations beside them, in one of three documented forms.

For a text ``NAME.txt`` (read character for character) the annotations stand in

* ``NAME.ann``: brat standoff with events of Source, Cue and Content, discontinuous spans too (PolNeAR's form); also in a
  folder ``attributions`` beside that of the texts, as ``NAME_ANNOTATOR.ann``; of several annotators the first by name is taken;
* ``NAME.json``: ``{"statements": [{"source": [[start, end], …], "cue": …, "content": …, "act", "negated", "hedge", "relay",
  "medium", "who", "word_of"}]}``, the last seven optional (one line of our own corpus);
* ``NAME.sheet``: what annotators write by hand (`sayso.evaluate.sheets`).
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from glob import escape
from pathlib import Path
from typing import Any

from sayso.evaluate.sheets import compile_sheet
from sayso.model import Span

Spans = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Attribution:
    """One attribution, as a person annotated or a reader read it. Labels that nobody gave are None, not empty."""

    source: Spans
    cue: Spans
    content: Spans
    act: str | None = None
    negated: bool | None = None
    hedge: Spans | None = None
    relay: tuple[tuple[Span, str], ...] | None = None  # (where it stands, kind of hop), nearest to the speaker first
    medium: str | None = None
    who: Span | None = None  # the name that a pronoun or description stands for
    word_of: Span | None = None  # on whose word the source tells it
    actor: str | None = None  # a reader's name for who speaks
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """A text and everything that was annotated in it."""

    name: str
    path: Path
    text: str
    statements: tuple[Attribution, ...]


def read_corpus(folder: Path) -> Iterator[GoldDocument]:
    """Every annotated text under ``folder``, by path. A text with no annotations beside it is left out.

    Raises:
        ValueError: an annotation file cannot be read; the message names the file and the line.
    """
    for path in sorted(folder.rglob("*.txt")):
        text = path.read_bytes().decode("utf-8")
        for suffix, read in (("ann", read_brat), ("json", _standoff), ("sheet", _sheet)):
            annotations = path.with_suffix(f".{suffix}")
            if not annotations.is_file() and suffix == "ann":
                annotations = _first_annotator(path)
            if annotations.is_file():
                try:
                    statements = tuple(s for s in read(annotations.read_bytes().decode("utf-8"), text) if s.content)
                except (ValueError, KeyError, TypeError, IndexError) as error:
                    raise ValueError(f"{annotations}: {error}") from error
                yield GoldDocument(path.stem, path, text, statements)
                break


def _first_annotator(text: Path) -> Path:
    """PolNeAR's layout: ``PART/text/NAME.txt`` with ``PART/attributions/NAME_ANNOTATOR.ann``."""
    theirs = text.parent.parent / "attributions"
    return next(iter(sorted(theirs.glob(f"{escape(text.stem)}_*.ann"))), text.with_suffix(".ann"))


def attribution_of(row: Mapping[str, Any]) -> Attribution:
    """One attribution from JSON: a statement of our own standoff form, or of a line of `sayso extract`."""
    hedge, relay, actor = row.get("hedge"), row.get("relay"), row.get("actor")
    if isinstance(hedge, Mapping):
        hedge = hedge["span"]
    return Attribution(
        source=_spans(row["source"]),
        cue=_spans(row["cue"]),
        content=_spans(row["content"]),
        act=row.get("act"),
        negated=row.get("negated"),
        hedge=_spans([hedge] if hedge else []) if "hedge" in row else None,
        relay=tuple((Span(*hop["span"]), str(hop["kind"])) for hop in relay) if relay is not None else None,
        medium=row.get("medium"),
        who=_span(row.get("who")),
        word_of=_span(row.get("word_of")),
        actor=actor["name"] if isinstance(actor, Mapping) else None,
        confidence=float(row.get("confidence", 1.0)),
    )


def _span(value: Any) -> Span | None:
    return Span(int(value[0]), int(value[1])) if value else None


def _spans(pairs: Iterable[Iterable[int]]) -> Spans:
    return tuple(Span(*pair) for pair in pairs)


def _standoff(annotations: str, text: str) -> Iterator[Attribution]:
    for row in json.loads(annotations)["statements"]:
        yield attribution_of(row)


def _sheet(annotations: str, text: str) -> Iterator[Attribution]:
    rows, errors = compile_sheet(annotations, text)
    if errors:
        raise ValueError("; ".join(errors))
    for row in rows:
        yield attribution_of(row)


def read_brat(annotations: str, text: str) -> Iterator[Attribution]:
    spans: dict[str, Spans] = {}
    # A span's own words follow on the line, and may hold line breaks: only what begins like a record is one.
    lines = [line.rstrip("\r").split("\t") for line in annotations.split("\n") if re.match(r"[TE]\d+\t", line)]
    for parts in lines:
        if parts[0].startswith("T"):
            offsets = parts[1].partition(" ")[2]
            spans[parts[0]] = tuple(Span(*map(int, pair.split())) for pair in offsets.split(";"))
    for parts in lines:
        if parts[0].startswith("E"):
            roles: dict[str, Spans] = defaultdict(tuple)
            for role in parts[1].split():
                name, _, target = role.partition(":")
                roles[name.rstrip("0123456789")] += spans[target]
            yield Attribution(roles["Source"], roles["Cue"], roles["Content"])
