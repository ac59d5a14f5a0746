"""Whether what is told has happened: certainty, polarity and time of the events of MEANTIME, beside two baselines.

    python benchmarks/factuality.py --data DIR [--errors N]

DIR holds ``meantime_factuality/conll_gold/*/*.conll``: 120 Wikinews reports (CC BY) in which people marked 2,000 event words with
certainty, polarity and time (van Son et al. 2014). The event words are given; what is read of each is its standing
(`sayso.extract.events`). Printed: F1 of every class, its mean over the classes, and accuracy, for ours, for the most
frequent class, and for cue words in the sentence ("may", "not", "will", "to").
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, Token

from sayso.extract.events import standing_of
from sayso.extract.parse import load_parser
from sayso.model import Certainty, Modality

Labels = tuple[str, str, str]
SETS = ("certainty", "polarity", "time")


def read(path: Path) -> Iterator[list[tuple[str, Labels | None]]]:
    """The sentences of a file: each token with the labels of the event that begins there."""
    sentence: list[tuple[str, Labels | None]] = []
    for line in path.read_text("utf-8").splitlines():
        fields = line.split("\t")
        if len(fields) < 6:
            if sentence:
                yield sentence
            sentence = []
        elif fields[2].startswith("B-"):
            certainty, polarity, time = (field.split("-")[1] for field in fields[3:6])
            sentence.append((fields[1], (certainty, polarity, time)))
        else:
            sentence.append((fields[1], None))
    if sentence:
        yield sentence


def ours(token: Token) -> Labels:
    s = standing_of(token)
    unsaid = s.certainty is Certainty.OPEN
    certainty = "UNDERSPECIFIED" if unsaid else s.certainty.name
    polarity = (
        "NEG"
        if s.negated
        else "UNDERSPECIFIED"
        if unsaid or (s.modality is Modality.HYPOTHETICAL and s.certainty is Certainty.POSSIBLE)
        else "POS"
    )
    return certainty, polarity, "FUTURE" if s.ahead else "NON_FUTURE"


def by_cue_words(token: Token) -> Labels:
    words = {t.lower_ for t in token.sent}
    certainty = (
        "POSSIBLE" if words & {"may", "might", "could"} else "PROBABLE" if words & {"probably", "likely"} else "CERTAIN"
    )
    polarity = "NEG" if words & {"not", "n't", "no", "never"} else "POS"
    before = token.nbor(-1).lower_ if token.i else ""
    return certainty, polarity, "FUTURE" if before in ("to", "will", "would") else "NON_FUTURE"


def table(name: str, gold: Sequence[Labels], found: Sequence[Labels]) -> None:
    print(f"== {name}")
    for at, labels in enumerate(SETS):
        wanted, got = Counter(g[at] for g in gold), Counter(f[at] for f in found)
        hits = Counter(g[at] for g, f in zip(gold, found, strict=True) if g[at] == f[at])
        scores = {c: 200 * hits[c] / (wanted[c] + got[c]) for c in wanted}
        classes = ", ".join(f"{c} {scores[c]:.1f} (of {n})" for c, n in wanted.most_common())
        print(
            f"{labels:10s} mean F1 {sum(scores.values()) / len(scores):5.1f}  right {100 * hits.total() / len(gold):5.1f} %   {classes}"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--errors", type=int, default=0, help="print so many events that were read otherwise")
    args = parser.parse_args()
    files = sorted((args.data / "meantime_factuality" / "conll_gold").glob("*/*.conll"))
    if not files:
        raise SystemExit(f"No MEANTIME files under {args.data}: give the evaluation data's folder with --data.")
    nlp = load_parser()
    events = [event for path in files for event in _events(nlp, path)]
    gold = [labels for _, labels in events]
    found = [ours(token) for token, _ in events]
    print(f"{len(files)} reports, {len(events)} events")
    most: Mapping[int, str] = {at: Counter(g[at] for g in gold).most_common(1)[0][0] for at in range(3)}
    table("sayso", gold, found)
    table("most frequent class", gold, [(most[0], most[1], most[2])] * len(gold))
    table("cue words", gold, [by_cue_words(token) for token, _ in events])
    wrong = [(t, g, f) for (t, g), f in zip(events, found, strict=True) if g != f]
    for token, g, f in wrong[: args.errors]:
        print(f"{token.text!r} {'/'.join(g)} read {'/'.join(f)}: {token.sent.text}")


def _events(nlp: Language, path: Path) -> Iterator[tuple[Token, Labels]]:
    for sentence in read(path):
        doc = Doc(nlp.vocab, words=[word for word, _ in sentence])
        for _, component in nlp.pipeline:
            doc = component(doc)
        yield from ((doc[n], labels) for n, (_, labels) in enumerate(sentence) if labels is not None)


if __name__ == "__main__":
    main()
