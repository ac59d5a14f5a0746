"""No text makes reading fail: real texts cut, spliced, re-encoded and shuffled, thousands of them.

    python benchmarks/any_text.py --data DIR [--number 10000] [--seed 1]

DIR holds ``polnear/dev/text``, ``fa_kes`` and ``timeline17``. Each damaged text is read; counted are exceptions, problems that name an
unreadable passage, offsets outside the text and contents without a word. The last line is "0 faults in N texts" when all is well.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from sayso.extract import extract_many
from sayso.ingest.blocks import find_blocks
from sayso.model import Capture, Report

_LONGEST = 4_000  # characters of a damaged text: two pages, so that thousands are read in minutes
_MARKS = "\"“”‘’'«»„`()[]{}—–-:;,.!?…\0\u200b\ufffd\u202e\x1b\t\r\n\x0b 😀é"


def damaged(texts: Sequence[str], rng: random.Random) -> str:
    """One text made from others, with one to four kinds of damage."""
    text = _piece(rng.choice(texts), rng)
    for change in rng.choices((_cut, _splice, _shuffle, _reencode, _sprinkle, _case, _repeat), k=rng.randint(1, 4)):
        text = change(text, texts, rng)
    return text[:_LONGEST]


def _piece(text: str, rng: random.Random) -> str:
    start = rng.randrange(max(1, len(text) - 200))
    return text[start : start + rng.randint(40, 2_500)]


def _cut(text: str, texts: Sequence[str], rng: random.Random) -> str:
    return text[rng.randrange(len(text) + 1) :][: rng.randrange(1, len(text) + 2)]


def _splice(text: str, texts: Sequence[str], rng: random.Random) -> str:
    at = rng.randrange(len(text) + 1)
    return text[:at] + _piece(rng.choice(texts), rng) + text[at:]


def _shuffle(text: str, texts: Sequence[str], rng: random.Random) -> str:
    mark = rng.choice(("\n", ". ", " "))
    pieces = text.split(mark)
    rng.shuffle(pieces)
    return mark.join(pieces)


def _reencode(text: str, texts: Sequence[str], rng: random.Random) -> str:
    wrong = rng.choice(("latin-1", "cp1252", "koi8-r", "utf-16-le"))
    return text.encode("utf-8", "replace").decode(wrong, "replace")


def _sprinkle(text: str, texts: Sequence[str], rng: random.Random) -> str:
    out = list(text)
    for _ in range(rng.randint(1, 30)):
        out.insert(rng.randrange(len(out) + 1), rng.choice(_MARKS))
    return "".join(out)


def _case(text: str, texts: Sequence[str], rng: random.Random) -> str:
    return rng.choice((str.upper, str.lower, str.title, str.swapcase))(text)


def _repeat(text: str, texts: Sequence[str], rng: random.Random) -> str:
    word = rng.choice(text.split() or ["said"])
    return text + rng.choice((" ", "\n", "")) + f"{word} " * rng.randint(1, 200)


def report_of(text: str, number: int = 0) -> Report:
    """A report of this text, as plain text would come from a file, though a file could not hold all of these characters."""
    capture = Capture("2026-01-01T00:00:00Z", "file", f"damaged-{number}.txt")
    return Report(f"r-{number}", "0" * 64, text, find_blocks(text), "text/plain", capture)


def faults(texts: Iterable[str]) -> Iterator[str]:
    """What is wrong with the reading of these texts, each in a line."""
    numbered = enumerate(texts)
    while batch := [report_of(text, number) for number, text in islice(numbered, 64)]:
        try:
            read = list(extract_many(batch))
        except Exception as error:
            yield f"exception in texts {batch[0].id} to {batch[-1].id}: {error!r}"
            continue
        for report, extraction in zip(batch, read, strict=True):
            yield from (f"{report.id}: {p.what}" for p in extraction.problems if "could not be read" in p.what)
            for s in extraction.statements:
                spans = (*s.source, *s.cue, *s.content, *(hop.span for hop in s.relay))
                if any(not 0 <= a < b <= len(report.text) for a, b in spans):
                    yield f"{report.id}: offsets outside the text"
                if not any(c.isalnum() for span in s.content for c in span.of(report.text)):
                    yield f"{report.id}: a content without a word"


def sources(data: Path) -> list[str]:
    texts = [p.read_text("utf-8") for p in sorted((data / "polnear" / "dev" / "text").rglob("*.txt"))]
    for path in sorted((data / "fa_kes").glob("*.csv")):
        with path.open(encoding="utf-8", errors="replace", newline="") as file:
            texts += [row["article_content"] for row in csv.DictReader(file)]
    for path in sorted((data / "timeline17").glob("*_bbc/articles.json")):
        texts += [row["text"] for row in json.loads(path.read_text("utf-8"))[:200] if row["text"]]
    if not texts:
        raise SystemExit(f"No texts under {data}: give the evaluation data's folder with --data.")
    return texts


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--number", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    texts, rng, started, wrong = sources(args.data), random.Random(args.seed), time.perf_counter(), 0
    done = 0

    def made() -> Iterator[str]:
        nonlocal done
        for done in range(1, args.number + 1):
            if done % 1000 == 0:
                print(f"{done} texts, {time.perf_counter() - started:.0f} s", file=sys.stderr, flush=True)
            yield damaged(texts, rng)

    for fault in faults(made()):
        wrong += 1
        print(fault, flush=True)
    print(f"{wrong} faults in {done} texts")


if __name__ == "__main__":
    main()
