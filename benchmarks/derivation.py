"""Does one report derive from another? `sayso derive` beside the usual measures of likeness.

    python benchmarks/derivation.py [--data DIR] [--worlds 8] [--show N] [--limit N]

- Made worlds (`worlds.py`, seeds that no weight was fitted on): pair F1 (derived or not) and B3 of origins, by strength of
  rewording, and with all ways of deriving together. sayso at its own threshold; MinHash, Jaccard of runs of five words,
  cosine of TF-IDF and of MiniLM each at the threshold that is best for it in this very run, and MinHash at 0.7.
- With DIR (folders ``timeline17`` and ``ecbplus``): of the pairs of reports that share most rare runs of words, how many are
  called one origin, apart for two incidents and for reports of one event more than ten days apart (false alarms, nearly
  all); ``--show N`` lists the N strongest edges by outlet, date and number, to be read by somebody. Without DIR that
  part is left out.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations, islice
from math import log, sqrt
from pathlib import Path
from zlib import crc32

import numpy as np

from link_pairs import b_cubed
from sayso.link.derive import derive
from sayso.link.embed import embed_texts
from sayso.link.grouping import group
from sayso.link.passages import Passages, read_passages
from sayso.link.sentences import sentences
from sayso.model import Derivation, Report, Span
from sayso.pipeline import text_report
from timeline17 import OUTLETS, join_tokens
from worlds import REWORDINGS, WAYS, Written, make_world, pairs_of

FIRST_SEED = 7000  # training/derive/fit.py begins at 2000
_WORD = re.compile(r"\w+")
Score = Callable[[int, int], float]


def words(text: str) -> list[str]:
    return [w.casefold() for w in _WORD.findall(text)]


def shingle_set(text: str) -> set[int]:
    found = words(text)
    return {crc32(" ".join(found[n : n + 5]).encode()) for n in range(len(found) - 4)}


def jaccard(texts: Sequence[str]) -> Score:
    sets = [shingle_set(t) for t in texts]
    return lambda i, j: len(sets[i] & sets[j]) / max(1, len(sets[i] | sets[j]))


def minhash(texts: Sequence[str]) -> Score:
    rng = np.random.default_rng(1)
    prime = (1 << 61) - 1
    factors = [(int(a), int(b)) for a, b in rng.integers(1, 1 << 60, size=(128, 2))]
    signs = [np.array([min((a * x + b) % prime for x in shingle_set(t) or {0}) for a, b in factors]) for t in texts]
    return lambda i, j: float(np.mean(signs[i] == signs[j]))


def tf_idf(texts: Sequence[str]) -> Score:
    counts = [Counter(words(t)) for t in texts]
    holders = Counter(word for c in counts for word in c)
    rows = [{w: n * log((1 + len(texts)) / (1 + holders[w])) for w, n in c.items()} for c in counts]
    lengths = [sqrt(sum(v * v for v in row.values())) or 1.0 for row in rows]
    return lambda i, j: sum(v * rows[j].get(w, 0.0) for w, v in rows[i].items()) / (lengths[i] * lengths[j])


def minilm(texts: Sequence[str]) -> Score:
    rows = []
    for text in texts:
        parts = [span.of(text) for span in sentences(text, Span(0, len(text)))]
        middle = embed_texts(parts).astype(float).mean(axis=0)
        rows.append(middle / (np.linalg.norm(middle) or 1.0))
    return lambda i, j: float(rows[i] @ rows[j])


BASELINES: dict[str, Callable[[Sequence[str]], Score]] = {
    "MinHash": minhash,
    "5-gram Jaccard": jaccard,
    "TF-IDF cosine": tf_idf,
    "MiniLM cosine": minilm,
}
# World, and the score and the say (one origin?) of each pair of its reports.
Scored = tuple[list[Written], dict[tuple[int, int], tuple[float, bool]]]


def read(one: Written) -> Report:
    return text_report(one.text, place="made", outlet=one.outlet, published=one.published)


def by_sayso(world: list[Written]) -> Scored:
    reports = [read(one) for one in world]
    found = {(i, j): derive(reports[i], reports[j]) for i, j in combinations(range(len(world)), 2)}
    return world, {pair: (each.score, each.kind is not None) for pair, each in found.items()}


def by_measure(world: list[Written], measure: Callable[[Sequence[str]], Score]) -> Scored:
    score = measure([one.text for one in world])
    return world, {(i, j): (score(i, j), False) for i, j in combinations(range(len(world)), 2)}


def pair_f1(scored: Sequence[Scored], threshold: float) -> float:
    """F1 of "derived" over the pairs whose truth is plain."""
    hit = said = true = 0
    for world, scores in scored:
        place = {id(one): n for n, one in enumerate(world)}
        for pair in pairs_of(world):
            derived = pair.label in ("derived", "family")
            called = scores[place[id(pair.a)], place[id(pair.b)]][0] >= threshold
            hit, said, true = hit + (derived and called), said + called, true + derived
    return 2 * hit / (said + true) if said + true else 0.0


def origins_f1(scored: Sequence[Scored], threshold: float | None) -> float:
    """B3 F1 of the origins; with None for the threshold, by what was said of each pair."""
    total = 0.0
    for world, scores in scored:
        links = [
            (str(i), str(j), score)
            for (i, j), (score, one_origin) in scores.items()
            if (one_origin if threshold is None else score >= threshold)
        ]
        groups = group([str(n) for n in range(len(world))], links)
        found = {member: n for n, members in enumerate(groups) for member in members}
        gold = {str(n): one.origin for n, one in enumerate(world)}
        precision, recall = b_cubed(found, gold)
        total += 2 * precision * recall / (precision + recall)
    return total / len(scored)


def print_bands(scored: Sequence[Scored]) -> None:
    """How far a score can be trusted: of the pairs in each band, how many are derived; and of each way, how many are found."""
    bands: dict[int, list[bool]] = defaultdict(list)
    ways: dict[str, list[bool]] = defaultdict(list)
    for world, scores in scored:
        place = {id(one): n for n, one in enumerate(world)}
        for pair in pairs_of(world):
            score = scores[place[id(pair.a)], place[id(pair.b)]][0]
            bands[min(4, int(score * 5))].append(pair.label in ("derived", "family"))
            ways[pair.how].append(score >= 0.5)
    for band, truths in sorted(bands.items()):
        share = sum(truths) / len(truths)
        print(f"    score {band / 5:.1f} to {(band + 1) / 5:.1f}: {len(truths):5} pairs, {share:.2f} of them derived")
    for way, called in sorted(ways.items()):
        print(f"    {way:12} {len(called):5} pairs, {sum(called) / len(called):.2f} of them called derived")


def thresholds(scored: Sequence[Scored]) -> list[float]:
    values = sorted({score for _, scores in scored for score, _ in scores.values()})
    return values[:: max(1, len(values) // 60)]


def print_worlds(count: int) -> None:
    sets: list[tuple[str, tuple[str, ...]]] = [(way, (way,)) for way in REWORDINGS]
    for name, ways in (*sets, ("all ways", WAYS)):
        worlds = [make_world(FIRST_SEED + n, ways=ways) for n in range(count)]
        pairs = sum(1 for world in worlds for _ in pairs_of(world))
        print(f"\n{name}: {count} worlds, {sum(map(len, worlds))} reports, {pairs} pairs      pair F1   origin B3")
        ours = [by_sayso(world) for world in worlds]
        print(f"  {'sayso':34} {pair_f1(ours, 0.5):8.3f} {origins_f1(ours, None):10.3f}")
        if name == "all ways":
            print_bands(ours)
        for label, measure in BASELINES.items():
            scored = [by_measure(world, measure) for world in worlds]
            if label == "MinHash":
                print(f"  {'MinHash at 0.7':34} {pair_f1(scored, 0.7):8.3f} {origins_f1(scored, 0.7):10.3f}")
            steps = thresholds(scored)
            best = max(pair_f1(scored, t) for t in steps), max(origins_f1(scored, t) for t in steps)
            print(f"  {label + ', best thresholds':34} {best[0]:8.3f} {best[1]:10.3f}")


# ---------------------------------------------------------------------------------------------------
# Real reports: no truth is given, so only what is plainly false is counted, and the rest is shown to be read

Named = tuple[str, str, Report]  # event, name, report


def timeline17(data: Path) -> Iterator[Named]:
    for folder in sorted((data / "timeline17").iterdir()):
        if (folder / "articles.json").is_file():
            event, outlet = folder.name.split("_")
            for row in json.loads((folder / "articles.json").read_text("utf-8")):
                text = " ".join(join_tokens(row["text"]).split())
                if len(text.split()) >= 80:
                    name = f"{outlet} {row['dct'][:10]} {row['uid']}"
                    yield (
                        event,
                        name,
                        text_report(text, place=name, outlet=OUTLETS.get(outlet, outlet), published=row["dct"][:10]),
                    )


def ecb_plus(data: Path) -> Iterator[Named]:
    """Reports by sub-topic: ``2_1ecb`` and ``2_1ecbplus`` tell of two incidents of one kind."""
    for part in ("Dev", "Train"):
        tokens: dict[str, list[str]] = defaultdict(list)
        for line in (data / f"ecbplus/ECB_{part}_corpus.txt").read_text("utf-8").splitlines():
            fields = line.split("\t")
            if len(fields) >= 4:
                tokens[fields[0]].append(fields[3])
        for name, found in sorted(tokens.items()):
            topic = name.split("_")[0] + ("+" if name.endswith("plus") else "")
            if len(found) >= 60:
                yield topic, name, text_report(join_tokens(" ".join(found)), place=name)


def candidates(named: Sequence[Named], passages: Mapping[str, Passages]) -> Iterator[tuple[Named, Named]]:
    """Pairs of two outlets with ten or more rare runs of five words in common, those that share most of them first."""
    index: dict[int, list[int]] = defaultdict(list)
    for n, (_, _, report) in enumerate(named):
        for run in passages[report.id].runs:
            index[run].append(n)
    counts: Counter[tuple[int, int]] = Counter()
    for there in index.values():
        if len(there) <= 12:
            counts.update(combinations(there, 2))
    shares = {}
    for (i, j), count in counts.items():
        a, b = named[i][2], named[j][2]
        if count >= 10 and not (a.outlet and a.outlet == b.outlet):
            shares[i, j] = count / min(len(passages[a.id].runs), len(passages[b.id].runs))
    for i, j in sorted(shares, key=lambda pair: (-shares[pair], pair)):
        yield named[i], named[j]


def days_apart(a: Report, b: Report) -> int | None:
    if a.published is None or b.published is None:
        return None
    return abs((date.fromisoformat(a.published.value[:10]) - date.fromisoformat(b.published.value[:10])).days)


def print_real(data: Path, show: int, limit: int) -> None:
    edges: list[tuple[Derivation, str, str]] = []
    named = list(timeline17(data))
    passages = read_passages([r for _, _, r in named])
    seen: Counter[str] = Counter()
    said: Counter[str] = Counter()
    for (event, name, a), (other_event, other, b) in islice(candidates(named, passages), limit):
        gap = days_apart(a, b) or 0
        where = "two events" if event != other_event else "over ten days apart" if gap > 10 else "within ten days"
        found = derive(a, b)
        seen[where] += 1
        if found.kind is not None:
            said[where] += 1
            edges.append((found, name, other))
    print(f"\ntimeline17: {len(named)} reports; the pairs of two outlets with most rare runs in common")
    for where in sorted(seen):
        print(f"  {where:22} {seen[where]:6} pairs, {said[where]:4} called one origin")
    named = list(ecb_plus(data))
    passages = read_passages([r for _, _, r in named])
    seen, said = Counter(), Counter()
    for (topic, name, a), (other_topic, other, b) in islice(candidates(named, passages), limit):
        where = "one incident" if topic == other_topic else "two incidents"
        found = derive(a, b)
        seen[where] += 1
        if found.kind is not None:
            said[where] += 1
            edges.append((found, name, other))
    print(f"ECB+: {len(named)} reports; the pairs with most rare runs in common")
    for where in sorted(seen):
        print(f"  {where:22} {seen[where]:6} pairs, {said[where]:4} called one origin")
    edges.sort(key=lambda e: (-e[0].score, e[1], e[2]))
    for found, name, other in edges[:show]:
        print(f"  {found.score:.3f} {found.kind} {found.direction:7} {name} | {other}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, help="the folder that holds timeline17 and ecbplus")
    parser.add_argument("--worlds", type=int, default=8, help="worlds for each row; 0 leaves them out")
    parser.add_argument(
        "--show", type=int, default=0, metavar="N", help="list the N strongest edges of the real reports"
    )
    parser.add_argument("--limit", type=int, default=120, metavar="N", help="compare the N likeliest pairs of each set")
    args = parser.parse_args()
    if args.worlds:
        print_worlds(args.worlds)
    if args.data is None or not (args.data / "timeline17").is_dir() or not (args.data / "ecbplus").is_dir():
        print("\nReal reports: left out, for --data names no folder with timeline17 and ecbplus.")
        return
    print_real(args.data, args.show, args.limit)


if __name__ == "__main__":
    main()
