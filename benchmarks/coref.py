"""Who is who within one report: chains of mentions against MEANTIME's, beside the baseline of the same head lemma.

    python benchmarks/coref.py --data DIR [--limit N] [--errors N]

DIR holds ``meantime_coref/MEANTIME-prep/output_data/en/entities_mentions.json`` and ``meantime.conll`` (or is a folder inside): 106
Wikinews reports (CC BY) with entity mentions in chains. Chains are cut where a report ends. The tokens are joined to readable text:
the title is a headline, all behind the date one paragraph, as the set does not tell where paragraphs begin. Printed are MUC, B³
and CEAFe (precision, recall, F1; counts summed over the reports) and the mean of the three F1, for people, bodies and places
and for all types, products and finance too:

* on gold mentions: each takes the chain of our mention with the same span, else of the one with the same head whose length is
  nearest; a gold mention that we have not is a chain by itself. The baseline puts the same mentions together by the lemma of their head;
* with our own mentions, which count as found where the head is the same (same span first, one to one). Chains of one mention are left
  out on both sides, as in CoNLL-2012. The baseline puts our mentions together by the lemma of their head. Ours behind the last
  sentence that has a gold mention are left out: many reports are annotated in their first sentences only.

While the rules were made, the errors in the reports on Airbus and Apple were listed and looked at; the reports on cars and the stock
market were seen in passing only, and have lines of their own.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from sayso.extract.parse import Passage, parse_reports, readable_spans
from sayso.extract.reading import read_report
from sayso.extract.tagger import find_many
from sayso.model import Block, BlockKind, Capture, Extraction, Report, Span
from timeline17 import TO_THE_LEFT, TO_THE_RIGHT

ACTORS = frozenset(("PER", "ORG", "LOC"))
SEEN = ("corpus_airbus", "corpus_apple")  # whose errors were looked at while the rules were made
INSIDE = Path("meantime_coref/MEANTIME-prep/output_data/en")

Chain = frozenset[int]  # the numbers of its mentions; gold and found mentions are numbered together


class Counts(NamedTuple):
    """A metric's numerators and denominators, which add up over reports."""

    hit_p: float
    of_p: float
    hit_r: float
    of_r: float

    def plus(self, other: Counts) -> Counts:
        return Counts(*(a + b for a, b in zip(self, other, strict=True)))

    def scores(self) -> tuple[float, float, float]:
        precision = self.hit_p / self.of_p if self.of_p else 0.0
        recall = self.hit_r / self.of_r if self.of_r else 0.0
        return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


# --- the metrics ----------------------------------------------------------------------------------


def muc(gold: Sequence[Chain], found: Sequence[Chain]) -> Counts:
    """Links: of the n - 1 that hold a chain of n together, those that the other side has too (Vilain et al. 1995)."""
    return Counts(*_links(found, gold), *_links(gold, found))


def _links(chains: Sequence[Chain], others: Sequence[Chain]) -> tuple[float, float]:
    home = _homes(others)
    pieces = (
        len({home.get(m, -1 - m) for m in chain}) for chain in chains
    )  # a mention nobody has is a piece by itself
    return sum(len(c) - p for c, p in zip(chains, pieces, strict=True)), sum(len(c) - 1 for c in chains)


def b_cubed(gold: Sequence[Chain], found: Sequence[Chain]) -> Counts:
    """Mentions: of those in a mention's own chain, the share that the other side's chain of it holds (Bagga and Baldwin 1998)."""
    return Counts(*_shares(found, gold), *_shares(gold, found))


def _shares(chains: Sequence[Chain], others: Sequence[Chain]) -> tuple[float, float]:
    home = _homes(others)
    shared = Counter((n, home[m]) for n, chain in enumerate(chains) for m in chain if m in home)
    return sum(k * k / len(chains[n]) for (n, _), k in shared.items()), sum(map(len, chains))


def ceaf_e(gold: Sequence[Chain], found: Sequence[Chain]) -> Counts:
    """Chains: gold and found paired one to one, as alike as can be; two are alike by 2 |both| / (|one| + |other|) (Luo 2005)."""
    alike = [[2 * len(g & f) / (len(g) + len(f)) for f in found] for g in gold]
    total = sum(alike[g][f] for g, f in best_pairs(alike))
    return Counts(total, len(found), total, len(gold))


def best_pairs(worth: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """Rows and columns paired one to one, so that their worth sums up to the most there is: the Hungarian method.

    Row by row: the new row takes the column on the cheapest path of exchanges; ``paid_row`` and ``paid_column`` are the dual prices.
    """
    if not worth or not worth[0]:
        return []
    if len(worth) > len(worth[0]):
        return sorted((row, column) for column, row in best_pairs(list(zip(*worth, strict=True))))
    rows, columns = len(worth), len(worth[0])
    paid_row, paid_column = [0.0] * (rows + 1), [0.0] * (columns + 1)
    taken_by = [0] * (columns + 1)  # the row of each column; rows and columns count from 1, 0 is nobody
    for row in range(1, rows + 1):
        taken_by[0], column = row, 0
        least, came_from = [float("inf")] * (columns + 1), [0] * (columns + 1)
        visited = [False] * (columns + 1)
        while taken_by[column]:
            visited[column] = True
            current, step, following = taken_by[column], float("inf"), 0
            for c in range(1, columns + 1):
                if not visited[c]:
                    cost = -worth[current - 1][c - 1] - paid_row[current] - paid_column[c]
                    if cost < least[c]:
                        least[c], came_from[c] = cost, column
                    if least[c] < step:
                        step, following = least[c], c
            for c in range(columns + 1):
                if visited[c]:
                    paid_row[taken_by[c]] += step
                    paid_column[c] -= step
                else:
                    least[c] -= step
            column = following
        while column:
            taken_by[column] = taken_by[came_from[column]]
            column = came_from[column]
    return sorted((taken_by[c] - 1, c - 1) for c in range(1, columns + 1) if taken_by[c])


def _homes(chains: Sequence[Chain]) -> dict[int, int]:
    return {m: n for n, chain in enumerate(chains) for m in chain}


METRICS: Mapping[str, Callable[[Sequence[Chain], Sequence[Chain]], Counts]] = {
    "MUC": muc,
    "B3": b_cubed,
    "CEAFe": ceaf_e,
}


def chains_by(keys: Mapping[int, Hashable], *, alone: bool = True) -> list[Chain]:
    """Mentions that share a key as one chain; chains of one mention only where ``alone``."""
    groups: dict[Hashable, set[int]] = defaultdict(set)
    for mention, key in keys.items():
        groups[key].add(mention)
    return [frozenset(group) for group in groups.values() if alone or len(group) > 1]


# --- the data -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Mention:
    span: Span
    head: int  # where its head begins in the text
    lemma: str
    chain: str
    type: str


@dataclass(frozen=True)
class Document:
    topic: str
    report: Report
    mentions: tuple[Mention, ...]
    annotated: int  # up to this character


def lay_out(sentences: Sequence[Sequence[str]]) -> tuple[str, list[list[int]]]:
    """Tokens as readable text, and where each token begins in it; the title is a line of its own, and so is a date behind it.

    >>> lay_out([["Dam", "breaks"], ["``", "Leave", ",", "''", "he", "said", "."]])
    ('Dam breaks\\n“Leave,” he said.', [[0, 4], [11, 12, 17, 18, 20, 23, 27]])
    """
    text = ""
    starts: list[list[int]] = []
    for number, sentence in enumerate(sentences):
        dated = number == 2 and sentences[1][-1] not in (".", "?", "!", "''")
        glue = number == 1 or dated or not text
        text += "\n" if number == 1 or dated else ""
        starts.append([])
        for raw in sentence:
            token = {"``": "“", "''": "”"}.get(raw, raw)
            text += "" if glue or token == "”" or TO_THE_LEFT.match(token) else " "
            starts[-1].append(len(text))
            text += token
            glue = token == "“" or token in TO_THE_RIGHT
    return text, starts


def read_documents(folder: Path) -> Iterator[Document]:
    """Each report with its gold mentions; of a span that was marked twice the first counts."""
    sentences: dict[str, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    for line in (folder / "meantime.conll").read_text("utf-8").splitlines():
        fields = line.split("\t")
        if len(fields) == 5:
            sentences[fields[0]][int(fields[1])].append(fields[3])
    marked: dict[str, list[dict[str, object]]] = defaultdict(list)
    for row in json.loads((folder / "entities_mentions.json").read_text("utf-8")):
        marked[row["conll_doc_key"]].append(row)
    for name, rows in sorted(marked.items()):
        numbers = sorted(sentences[name])
        tokens = [sentences[name][n] for n in numbers]
        text, starts = lay_out(tokens)
        mentions: dict[Span, Mention] = {}
        for row in rows:
            mention = _mention(row, dict(zip(numbers, zip(starts, tokens, strict=True), strict=True)))
            mentions.setdefault(mention.span, mention)
        last = max(m.span.start for m in mentions.values())
        annotated = next((s[0] for s in starts if s and s[0] > last), len(text))
        yield Document(
            str(rows[0]["topic"]), _report(text), tuple(sorted(mentions.values(), key=lambda m: m.span)), annotated
        )


def _mention(row: Mapping[str, object], sentences: Mapping[int, tuple[list[int], list[str]]]) -> Mention:
    starts, tokens = sentences[int(str(row["sent_id"]))]
    numbers: list[int] = sorted(row["tokens_number"])  # type: ignore[call-overload]
    head, last = int(str(row["mention_head_id"])), numbers[-1]
    return Mention(
        Span(starts[numbers[0]], starts[last] + len(tokens[last])),
        starts[head if head in numbers else last],
        str(row["mention_head_lemma"]).lower(),
        str(row["coref_chain"]),
        str(row["mention_type"]),
    )


def _report(text: str) -> Report:
    title, *rest = (Span(*m.span()) for m in re.finditer(r"[^\n]+", text))
    blocks = [Block(BlockKind.HEADLINE, title), *(Block(BlockKind.PARAGRAPH, line) for line in rest)]
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    return Report(
        id=Report.make_id(sha256=sha256, url=None, outlet=None, published=None),
        sha256=sha256,
        text=text,
        blocks=tuple(blocks),
        media_type="text/plain",
        capture=Capture("2024-01-01T00:00:00Z", "file", "meantime"),
    )


# --- ours beside theirs ---------------------------------------------------------------------------


def our_mentions(extraction: Extraction, passages: Sequence[Passage], until: int) -> list[Mention]:
    """The mentions of every chain, each with the head that the parse gives it."""
    mentions: dict[Span, Mention] = {}
    for chain in extraction.actors:
        for span in chain.mentions:
            passage = next((p for p in passages if p.start <= span.start < p.start + len(p.text)), None)
            if passage is None or span.start >= until:
                continue
            start, end = span.start - passage.start, span.end - passage.start
            words = passage.doc.char_span(start, end, alignment_mode="expand")
            if words is not None:
                head = words.root
                one = Mention(span, passage.start + head.idx, head.lemma_.lower(), chain.actor.id, chain.actor.type)
                mentions.setdefault(span, one)
    return sorted(mentions.values(), key=lambda m: m.span)


def counterparts(gold: Sequence[Mention], ours: Sequence[Mention], *, once: bool) -> dict[int, int]:
    """For each gold mention, by number, our mention of the same span, else of the same head; ``once``: each of ours for one only."""
    met: dict[int, int] = {}
    exact = {m.span: n for n, m in enumerate(ours)}
    for n, mention in enumerate(gold):
        if mention.span in exact:
            met[n] = exact[mention.span]
    for n, mention in enumerate(gold):
        if n not in met:
            used = set(met.values()) if once else set()
            like = [k for k, m in enumerate(ours) if m.head == mention.head and k not in used]
            if like:
                met[n] = min(like, key=lambda k: abs(_length(mention.span) - _length(ours[k].span)))
    return met


def _length(span: Span) -> int:
    return span.end - span.start


class Sides(NamedTuple):
    """Gold chains, ours and the baseline's over one numbering of mentions."""

    gold: list[Chain]
    ours: list[Chain]
    baseline: list[Chain]


def on_gold_mentions(gold: Sequence[Mention], ours: Sequence[Mention]) -> Sides:
    met = counterparts(gold, ours, once=False)
    return Sides(
        chains_by({n: m.chain for n, m in enumerate(gold)}),
        chains_by({n: ours[met[n]].chain if n in met else n for n in range(len(gold))}),
        chains_by({n: m.lemma for n, m in enumerate(gold)}),
    )


def on_our_mentions(gold: Sequence[Mention], ours: Sequence[Mention]) -> Sides:
    number = {k: n for n, k in counterparts(gold, ours, once=True).items()}
    numbered = {number.get(k, len(gold) + k): m for k, m in enumerate(ours)}
    return Sides(
        chains_by({n: m.chain for n, m in enumerate(gold)}, alone=False),
        chains_by({n: m.chain for n, m in numbered.items()}, alone=False),
        chains_by({n: m.lemma for n, m in numbered.items()}, alone=False),
    )


def show(name: str, sides: Sequence[Sides]) -> None:
    print(f"== {name}")
    for who in ("ours", "baseline"):
        means, columns = [], []
        for metric, count in METRICS.items():
            total = Counts(0, 0, 0, 0)
            for one in sides:
                total = total.plus(count(one.gold, one.ours if who == "ours" else one.baseline))
            p, r, f = (100 * score for score in total.scores())
            means.append(f)
            columns.append(f"{metric} {p:5.1f} {r:5.1f} {f:5.1f}")
        label = "sayso" if who == "ours" else "same head lemma"
        print(f"{label:16s} CoNLL F1 {sum(means) / len(means):5.1f}   {'   '.join(columns)}", flush=True)


def folder_in(data: Path) -> Path:
    """The folder of the set: the one given, or where it lies inside."""
    for folder in (data, data / INSIDE, data / Path(*INSIDE.parts[1:])):
        if (folder / "entities_mentions.json").is_file():
            return folder
    raise SystemExit(f"No MEANTIME chains under {data}: give the evaluation data's folder with --data.")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--limit", type=int, default=None, help="only the first N reports")
    parser.add_argument(
        "--errors", type=int, default=0, help="print so many gold mentions of actors that are in no chain of theirs"
    )
    args = parser.parse_args()
    documents = list(read_documents(folder_in(args.data)))[: args.limit]
    started = time.perf_counter()
    parsed = list(parse_reports(d.report for d in documents))
    tagged = find_many((d.report.text, readable_spans(d.report)) for d in documents)
    read = [read_report(d.report, p, t) for d, p, t in zip(documents, parsed, tagged, strict=True)]
    print(
        f"{len(documents)} reports, {sum(len(d.mentions) for d in documents)} gold mentions, {time.perf_counter() - started:.1f} s"
    )
    ours = [our_mentions(x, p, d.annotated) for x, p, d in zip(read, parsed, documents, strict=True)]
    report(documents, ours)
    for line in list(errors(documents, ours))[: args.errors]:
        print(line)


def report(documents: Sequence[Document], ours: Sequence[Sequence[Mention]]) -> None:
    """All the tables."""
    actors = [[m for m in d.mentions if m.type in ACTORS] for d in documents]
    show("gold mentions of people, bodies and places", list(map(on_gold_mentions, actors, ours)))
    for name, seen in (("Airbus and Apple, errors looked at", True), ("cars and the stock market, not", False)):
        part = [n for n, d in enumerate(documents) if (d.topic in SEEN) is seen]
        show(f"  of these: {name}", [on_gold_mentions(actors[n], ours[n]) for n in part])
    show("gold mentions of all types", [on_gold_mentions(d.mentions, o) for d, o in zip(documents, ours, strict=True)])
    show("our mentions, people, bodies and places in gold", list(map(on_our_mentions, actors, ours)))
    show(
        "our mentions, all types in gold",
        [on_our_mentions(d.mentions, o) for d, o in zip(documents, ours, strict=True)],
    )
    met = sum(len(counterparts(g, o, once=True)) for g, o in zip(actors, ours, strict=True))
    of_gold, of_ours = sum(map(len, actors)), sum(map(len, ours))
    print(
        f"mentions of actors: {met} of {of_gold} gold ones found ({100 * met / max(1, of_gold):.1f} %), by {of_ours} of ours"
    )


def errors(documents: Sequence[Document], ours: Sequence[Sequence[Mention]]) -> Iterator[str]:
    """Gold mentions that ours leaves out, or puts with most of another gold chain."""
    for document, mine in zip(documents, ours, strict=True):
        if document.topic not in SEEN:
            continue
        text, gold = document.report.text, [m for m in document.mentions if m.type in ACTORS]
        met = counterparts(gold, mine, once=False)
        mostly: dict[str, Counter[str]] = defaultdict(Counter)
        for n, k in met.items():
            mostly[mine[k].chain][gold[n].chain] += 1
        names = {m.chain: m.span.of(text) for m in reversed(gold)}
        for n, mention in enumerate(gold):
            around = text[max(0, mention.span.start - 40) : mention.span.end + 30].replace("\n", " ")
            if n not in met:
                yield f"missed   {mention.span.of(text)!r} of {names[mention.chain]!r}: …{around}…"
            elif (most := mostly[mine[met[n]].chain].most_common(1)[0][0]) != mention.chain:
                yield f"with {names[most]!r}   {mention.span.of(text)!r} of {names[mention.chain]!r}: …{around}…"


if __name__ == "__main__":
    main()
