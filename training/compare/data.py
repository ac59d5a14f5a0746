"""The development data as pairs of texts with what people said of them. No text of it enters the project; only the weights do."""

from __future__ import annotations

import json
import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SICK_FOR_EACH_WAY = 4.5  # relatedness from which an entailment goes both ways in all but a few pairs
STS_SAME, STS_MORE, STS_OTHER = 4.0, 2.6, 1.6  # of 0..5: the same; one tells more; something else
ECB_A_TOPIC = 120


@dataclass(frozen=True, slots=True)
class Labelled:
    """Two texts; for each decision of `sayso.link.compare.weighing` yes, no, or None where the data does not tell."""

    a: str
    b: str
    against: bool | None
    bears_out: bool | None
    same: bool | None
    stance: str | None = None  # of Emergent: how headline ``b`` stands to claim ``a``
    group: str = ""


def emergent(data: Path) -> Iterator[Labelled]:
    """Claims (a) with headlines (b): for, observing, against. Rumours of 2014; folds are by claim."""
    for line in (data / "emergent/emergent.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        stance = row["stance"]
        bears_out = None if stance == "against" else stance == "for"
        same = None if stance == "for" else False
        yield Labelled(row["claim"], row["headline"], stance == "against", bears_out, same, stance, row["claim"])


def sick(data: Path, part: str) -> Iterator[Labelled]:
    """Sentences of image captions: entailment, neutral, contradiction. "Neutral" may be alike in all but a detail, so that only
    the unlike ones count as not borne out."""
    for line in (data / f"sts_msrp/data/sts/sick2014/SICK_{part}.txt").read_text("utf-8").splitlines()[1:]:
        _, a, b, score, label = line.split("\t")[:5]
        entails, related = label.strip() == "ENTAILMENT", float(score)
        bears_out = True if entails else False if label.strip() == "NEUTRAL" and related < 2.5 else None
        same = (related >= SICK_FOR_EACH_WAY) if entails else None
        yield Labelled(a, b, label.strip() == "CONTRADICTION", bears_out, same)


def msrp(data: Path, part: str) -> Iterator[Labelled]:
    """News sentences: paraphrase or not. Those that are not are alike, and most tell more or other details."""
    text = (data / f"sts_msrp/data/para/msr/msr-para-{part}.tsv").read_text(encoding="utf-8-sig")
    for line in text.splitlines()[1:]:
        label, _, _, a, b = line.split("\t")
        yield Labelled(a, b, False, True if label == "1" else None, label == "1")


def headlines(data: Path) -> Iterator[Labelled]:
    """Headlines of STS with a likeness of 0..5."""
    for path in sorted((data / "sts_msrp/data/sts/semeval-sts").glob("*/headlines*.tsv")):
        for line in path.read_text("utf-8").splitlines():
            score, a, b, *_ = line.split("\t")
            if not score:
                continue
            alike = float(score)
            bears_out = True if alike >= STS_SAME else False if alike <= STS_OTHER else None
            same = True if alike >= STS_SAME else False if alike >= STS_MORE else None
            yield Labelled(a, b, False if alike <= STS_OTHER or alike >= STS_SAME else None, bears_out, same)


def ecb_other_events(data: Path) -> Iterator[Labelled]:
    """Sentences of two look-alike events of one topic of ECB+ (two earthquakes, two trials), with no event in common."""
    for part in ("Dev", "Train"):
        folder = data / "ecbplus"
        sentences: dict[tuple[str, int], list[str]] = defaultdict(list)
        for line in (folder / f"ECB_{part}_corpus.txt").read_text("utf-8").splitlines():
            fields = line.split("\t")
            if len(fields) >= 4:
                sentences[fields[0], int(fields[1])].append(fields[3])
        chains: dict[tuple[str, int], set[str]] = defaultdict(set)
        for mention in json.loads((folder / f"ECB_{part}_Event_gold_mentions.json").read_text("utf-8")):
            chains[mention["doc_id"], mention["sent_id"]].add(mention["coref_chain"])
        topics: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for key in sorted(chains):
            topics[key[0].split("_")[0]].append(key)
        chance = random.Random(7)
        for topic, keys in sorted(topics.items()):
            first, second = ([k for k in keys if k[0].endswith("plus") is plus] for plus in (False, True))
            pairs = [(a, b) for a in first for b in second if not chains[a] & chains[b]]
            for a, b in chance.sample(pairs, min(ECB_A_TOPIC, len(pairs))):
                yield Labelled(
                    " ".join(sentences[a]), " ".join(sentences[b]), False, False, None, group=f"{part} {topic}"
                )


def claimdiff(data: Path) -> Iterator[tuple[str, str, bool, bool, str]]:
    """Claims of two outlets: whether the second strengthens, whether it weakens the first; and the topic. Only measured, not trained on."""
    rows = {}
    for part in ("strength", "weak"):
        rows[part] = json.loads((data / f"claimdiff/ClaimDiff-{part}-train.json").read_text("utf-8"))["data"]
    weak = {row["pair_id"]: bool(row["relation"]) for row in rows["weak"]}
    for row in rows["strength"]:
        yield row["claim_a"], row["claim_b"], bool(row["relation"]), weak[row["pair_id"]], row["topic"]
