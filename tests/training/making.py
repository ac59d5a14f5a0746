"""A small annotated text of ours, and folders that hold it as the data sets and the corpus do."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

from sayso.model import Span
from training.attribution.data import Marked

TEXT = (
    "The mayor of Ostra, Ivo Kell, denied that anyone had died. Officials said the bridge was open.\n"
    "“No one was hurt, as far as we know,” warned Mara Lind, a doctor. The river rose, and fell.\n"
)


def span(words: str, text: str = TEXT) -> tuple[Span, ...]:
    start = text.index(words)
    return (Span(start, start + len(words)),)


KELL = Marked(span("The mayor of Ostra, Ivo Kell,"), span("denied"), span("that anyone had died"))
OFFICIALS = Marked(span("Officials"), span("said"), span("the bridge was open"))
LIND = Marked(span("Mara Lind, a doctor"), span("warned"), span("“No one was hurt, as far as we know,”"))


def data_of(folder: Path, texts: dict[str, str]) -> Path:
    """A folder of data sets that holds these texts as FA-KES has its own."""
    (folder / "fa_kes").mkdir(parents=True)
    with (folder / "fa_kes" / "fa_kes.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["unit_id", "article_content"])
        writer.writerows(texts.items())
    return folder


def statement(marked: Marked, **labels: object) -> dict[str, Any]:
    spans = {role: [list(s) for s in getattr(marked, role)] for role in ("source", "cue", "content")}
    none: dict[str, Any] = {"hedge": None, "relay": [], "medium": None, "who": None, "word_of": None}
    return spans | {"act": "assert", "negated": False} | none | labels


def write_corpus(folder: Path, *rows: dict[str, Any]) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "fa_kes.dev.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return folder
