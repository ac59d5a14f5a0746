"""The texts of the corpus, looked up in the data sets they come from; none of them is kept here.

`read_text(corpus, document, data)` gives the very text that the annotations' offsets count in. A data set is read from
``DATA/NAME`` as published; what is done to it is written here and nowhere else:

* ``fa_kes``: the ``article_content`` column as it is.
* ``muc4``: the lines of a paragraph joined by one space, paragraphs parted by an empty line.
* ``meantime``: the raw layer, PTB quotation marks made straight and spaces before punctuation and clitics taken out.
"""

from __future__ import annotations

import csv
import hashlib
import re
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

CORPORA = ("fa_kes", "muc4", "meantime")


def read_text(corpus: str, document: str, data: Path) -> str:
    """The text of one document.

    Raises:
        KeyError: there is no such corpus or document under ``data``.
        OSError: a file of the corpus is missing.
    """
    if corpus not in CORPORA:
        raise KeyError(f"no corpus {corpus!r}: one of {', '.join(CORPORA)}")
    texts = documents(corpus, data)
    if document not in texts:
        raise KeyError(f"no {corpus}/{document} under {data}: see training/attribution/corpus/README.md for the texts")
    return texts[document]


def digest(text: str) -> str:
    """SHA-256 of a text, by which an annotated line knows its own."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


@cache
def documents(corpus: str, data: Path) -> dict[str, str]:
    """All texts of one corpus by the id of the document."""
    return {"fa_kes": _fa_kes, "muc4": _muc4, "meantime": _meantime}[corpus](data)


def _fa_kes(data: Path) -> dict[str, str]:
    with (data / "fa_kes" / "fa_kes.csv").open(encoding="utf-8", errors="replace", newline="") as file:
        return {row["unit_id"]: row["article_content"] for row in csv.DictReader(file)}


def _muc4(data: Path) -> dict[str, str]:
    texts = {}
    files = [p for p in sorted((data / "muc4").glob("*/*-muc[34]*")) if not p.name.startswith("key")]
    for path in files:
        for piece in re.split(r"(?m)^(?=(?:DEV|TST\d)-MUC\d-\d+)", path.read_text("latin-1")):
            head, _, body = piece.partition("\n")
            if match := re.match(r"(?:DEV|TST\d)-MUC\d-\d+", head):
                paragraphs = [" ".join(p.split()) for p in re.split(r"\n\s*\n", body)]
                texts[match[0]] = "\n\n".join(p for p in paragraphs if p)
    return texts


def _meantime(data: Path) -> dict[str, str]:
    texts = {}
    for path in sorted((data / "meantime_factuality" / "NAFpipelineInput").glob("*/*.naf")):
        raw = ElementTree.parse(path).getroot().findtext("raw") or ""
        texts[path.name.removesuffix(".xml.naf")] = _untokenised(raw)
    return texts


def _untokenised(raw: str) -> str:
    text = re.sub(r"[ \t]+", " ", raw).strip()
    text = text.replace("``", '"').replace("''", '"')
    return re.sub(r" (?=(?:'s|'t|'re|'ve|'ll|'m|'d|n't)\b|[,.;:?!%])", "", text)
