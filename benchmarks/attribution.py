"""Who said what: our reading beside other readers and beside people, on annotated news.

    python benchmarks/attribution.py --data DIR [--part dev] [--limit N] [--worst 5] [--weights DIR]

DIR holds ``polnear/PART/text/**.txt`` and ``polnear/PART/attributions/**.ann`` (of several annotators the first by name counts), and
the data sets that our own corpus annotates (`training/attribution/corpus`). Printed, with the metrics of
`sayso.evaluate.attribution`:

* our reader (tagger and rules), on the texts as they are and with every double quotation mark taken out; how many of its speakers
  come out by a name;
* the same reader with other weights, where --weights names their folder (those trained on our own corpus alone, say);
* our rules alone (`sayso.extract.extract_by_rules`);
* textacy's direct quotations, where textacy is installed (`pip install textacy`); texts on which it raises count as empty;
* people: each text that several annotated, every annotator against every other;
* our own corpus, its development part, for the readers that are ours.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from glob import escape
from itertools import permutations
from pathlib import Path

from sayso.evaluate import Attribution, GoldDocument, Score, read_corpus, score_documents
from sayso.evaluate.gold import attribution_of, read_brat
from sayso.evaluate.table import lines, reliability
from sayso.extract import extract_by_rules, extract_many
from sayso.extract.parse import load_parser
from sayso.ingest import IngestOptions, read_sources
from sayso.model import Captured, Extraction, Kind, Report, Span, Statement

CORPUS = Path(__file__).resolve().parent.parent / "training" / "attribution" / "corpus"
MARKS = frozenset('"“”„«»')

Read = Callable[[Sequence[GoldDocument]], Mapping[str, Sequence[Attribution]]]


def by_sayso(documents: Sequence[GoldDocument]) -> dict[str, list[Attribution]]:
    return _read(documents, extract_many)


def by_weights(weights: Path) -> Read:
    def read(documents: Sequence[GoldDocument]) -> dict[str, list[Attribution]]:
        return _read(documents, partial(extract_many, weights=weights))

    return read


def by_rules(documents: Sequence[GoldDocument]) -> dict[str, list[Attribution]]:
    return _read(documents, extract_by_rules)


def _read(
    documents: Sequence[GoldDocument], extract: Callable[[Iterable[Report]], Iterator[Extraction]]
) -> dict[str, list[Attribution]]:
    with tempfile.TemporaryDirectory() as folder:
        for number, document in enumerate(documents):
            Path(folder, f"{number:05d}.txt").write_bytes(document.text.encode("utf-8"))
        read = read_sources([folder], options=IngestOptions())
        reports = {int(Path(c.report.capture.place).stem): c.report for c in read if isinstance(c, Captured)}
    found: dict[str, list[Attribution]] = {}
    for number, extraction in zip(reports, extract(reports.values()), strict=True):
        statements = [s for s in extraction.statements if s.kind is not Kind.VOICE and s.cue]
        found[documents[number].name] = [_attribution(s) for s in statements]
    return found


def _attribution(s: Statement) -> Attribution:
    return Attribution(
        s.source,
        s.cue,
        s.content,
        act=s.act.value,
        negated=s.negated,
        hedge=(s.hedge.span,) if s.hedge else (),
        relay=tuple((hop.span, hop.kind.value) for hop in s.relay),
        medium=s.medium,
        actor=s.actor.name if s.actor else None,
        confidence=s.confidence,
    )


def by_textacy(documents: Sequence[GoldDocument]) -> dict[str, list[Attribution]]:
    from textacy.extract.triples import direct_quotations

    nlp, raised = load_parser(), 0
    found: dict[str, list[Attribution]] = {}
    for document in documents:
        try:
            quotes = list(direct_quotations(nlp(document.text)))
        except Exception:  # it raises for a whole text with one unbalanced mark
            raised += 1
            continue
        found[document.name] = [
            Attribution(
                tuple(Span(t.idx, t.idx + len(t)) for t in quote.speaker),
                tuple(Span(t.idx, t.idx + len(t)) for t in quote.cue),
                (Span(quote.content.start_char, quote.content.end_char),),
            )
            for quote in quotes
        ]
    print(f"(textacy raised on {raised} of {len(documents)} texts)")
    return found


def without_marks(document: GoldDocument) -> GoldDocument:
    """The document with every double quotation mark taken out, its annotations moved along."""
    moved: list[int] = []
    kept: list[str] = []
    for char in document.text:
        moved.append(len(kept))
        if char not in MARKS:
            kept.append(char)
    moved.append(len(kept))

    def move(spans: tuple[Span, ...]) -> tuple[Span, ...]:
        return tuple(Span(moved[a], moved[b]) for a, b in spans if moved[a] < moved[b])

    statements = tuple(
        replace(s, source=move(s.source), cue=move(s.cue), content=move(s.content)) for s in document.statements
    )
    return replace(document, text="".join(kept), statements=tuple(s for s in statements if s.content))


def people(root: Path) -> Iterator[tuple[GoldDocument, Sequence[Attribution]]]:
    """Texts that several people annotated: each annotator as gold, each other as a reader."""
    for text in sorted((root / "text").rglob("*.txt")):
        several = sorted((root / "attributions").rglob(f"{escape(text.stem)}_*.ann"))
        words = text.read_bytes().decode("utf-8")
        read = [tuple(s for s in read_brat(p.read_bytes().decode("utf-8"), words) if s.content) for p in several]
        for gold, other in permutations(read, 2):
            yield GoldDocument(text.stem, text, words, gold), other


def own_corpus(data: Path, part: str) -> Iterator[GoldDocument]:
    """Our annotations on the texts of the data sets; none where the texts are not there."""
    sys.path.insert(0, str(CORPUS.parents[2]))
    from training.attribution.corpus.texts import read_text

    for path in sorted(CORPUS.glob("*.jsonl")):
        for row in map(json.loads, path.read_text("utf-8").splitlines()):
            if row["part"] == part:
                try:
                    text = read_text(row["corpus"], row["document"], data)
                except (OSError, KeyError):
                    continue
                statements = tuple(attribution_of(s) for s in row["statements"])
                yield GoldDocument(f"{row['corpus']}.{row['document']}", path, text, statements)


def show(name: str, documents: Sequence[GoldDocument], read: Read, worst: int) -> None:
    started = time.perf_counter()
    found = read(documents)
    seconds = time.perf_counter() - started
    score = score_documents((d, found.get(d.name, ())) for d in documents)
    _print(f"{name}, {seconds:.1f} s", score, worst, read is by_sayso)
    if read is by_sayso:
        spoken = [a.actor for ones in found.values() for a in ones if a.source]
        share = 100 * sum(map(is_named, spoken)) / max(1, len(spoken))
        print(f"speakers who come out by a name: {share:.1f} % of {len(spoken)} that have a source", flush=True)


def is_named(actor: str | None) -> bool:
    """Whether a speaker is called by a name, and not by a pronoun or what they are."""
    words = (actor or "").split()
    return any(w[0].isupper() for w in words) and " ".join(words).lower() not in _PRONOUNS


_PRONOUNS = frozenset("i we he she they it who which that you one some".split())


def _print(name: str, score: Score, worst: int = 0, sure: bool = False) -> None:
    print(f"== {name}")
    print("\n".join(lines(score, worst=worst)), flush=True)
    if sure:
        print("\n".join(reliability(score)), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--part", default="dev")
    parser.add_argument("--limit", type=int, default=None, help="only the first N texts")
    parser.add_argument("--worst", type=int, default=0, help="list this many of the worst texts")
    parser.add_argument("--weights", type=Path, default=None, help="a folder of other weights, for rows of their own")
    args = parser.parse_args()
    root = args.data / "polnear" / args.part
    documents = list(read_corpus(root))[: args.limit]
    if not documents:
        raise SystemExit(f"No annotated texts under {root}: give the evaluation data's folder with --data.")
    show(f"PolNeAR {args.part}: sayso", documents, by_sayso, args.worst)
    show(f"PolNeAR {args.part}, no quotation marks: sayso", [without_marks(d) for d in documents], by_sayso, 0)
    if args.weights:
        show(f"PolNeAR {args.part}: sayso with {args.weights}", documents, by_weights(args.weights), 0)
    show(f"PolNeAR {args.part}: sayso's rules alone", documents, by_rules, 0)
    try:
        show(f"PolNeAR {args.part}: textacy, direct quotations", documents, by_textacy, 0)
    except ImportError:
        print("(textacy is not installed: pip install textacy to have its row)")
    _print(f"PolNeAR {args.part}: one annotator against another", score_documents(people(root)))
    own = list(own_corpus(args.data, "dev"))[: args.limit]
    if own:
        show("own corpus, development part: sayso", own, by_sayso, args.worst)
        if args.weights:
            show(f"own corpus, development part: sayso with {args.weights}", own, by_weights(args.weights), 0)
        show("own corpus, development part: sayso's rules alone", own, by_rules, 0)


if __name__ == "__main__":
    main()
