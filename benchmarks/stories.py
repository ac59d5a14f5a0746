"""Which reports belong to one story, and which to one incident: what is brought together, and what is kept apart.

    python benchmarks/stories.py --data DIR [--ties N] [--only NAME]

DIR holds the folders ``timeline17``, ``ecbplus``, ``fa_kes``, ``polnear`` and ``muc4`` of the evaluation data. Printed, each beside
single link by TF-IDF (the ledger's own counts, over openings, within the same days) at the threshold that is best for that set,
and at the one that linking used before:

- timeline17: all articles of all events mixed. Gold: the event (four of them; nine folders, as several outlets cover one).
  Not every article of a folder is of its event (digests, sports), so recall cannot reach 1.
- ecbplus: sub-topics, two look-alike affairs for each topic, without dates; only the sentences that are annotated.
- fa_kes: reports of the Syrian war in groups of one date and place; stories, and incidents after extraction (150 reports, some
  minutes). A report's day of publication is set from the gold date, for want of another: so a second baseline has it too.
- polnear, muc4: no gold. How large the largest story grows in a year of one campaign, and in two years of news from Latin America.
- folded: timeline17, polnear, muc4 and fa_kes with all days folded onto one month. Ties across sets or events are false, but for
  Syria in the news of 2016. It is harder than a real stream: a year of an affair falls on each month.

Scores are B3 and the adjusted Rand index (ARI), for all and for two halves by hash of id. The thresholds were chosen with all sets
in view (on the whole of each), so the halves show scatter and no held-out figure. ``--ties N`` prints openings of N random
ties of each set side by side, for reading.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from math import comb, sqrt
from pathlib import Path

from quantities_muc4 import read_texts
from sayso.link.grouping import group
from sayso.link.incidents import find_incidents
from sayso.link.stories import DAYS, find_stories, read_gist, tied_pairs
from sayso.link.told import day_of
from sayso.link.words import Words, weights
from sayso.model import Block, BlockKind, Capture, Instant, Precision, Report, Span
from timeline17 import OUTLETS, join_tokens

Gold = dict[str, str]
MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
GRID = (0.06, 0.08, 0.10, 0.12, 0.14, 0.16, 0.18, 0.20, 0.25, 0.30, 0.35, 0.40, 0.50)
IN_USE = 0.20  # the threshold of TF-IDF that linking used before
COMMON = 200  # the baseline passes over words of more openings than this


def made(identifier: str, text: str, day: str | None, outlet: str | None = None) -> Report:
    return Report(
        identifier,
        "",
        text,
        (Block(BlockKind.PARAGRAPH, Span(0, len(text))),),
        "text/plain",
        Capture("2026-01-01T00:00:00Z", "file", "benchmark"),
        outlet=outlet,
        published=Instant(day, Precision.DAY) if day else None,
    )


def timeline17(data: Path) -> tuple[list[Report], Gold]:
    reports: list[Report] = []
    gold: Gold = {}
    for path in sorted((data / "timeline17").glob("*/articles.json")):
        event, _, outlet = path.parent.name.partition("_")
        for article in json.loads(path.read_text(encoding="utf-8")):
            if text := join_tokens(article["text"]).strip():
                report = made(f"{path.parent.name}_{article['uid']}", text, article["dct"][:10], OUTLETS[outlet])
                reports.append(report)
                gold[report.id] = event
    return reports, gold


def ecbplus(data: Path) -> tuple[list[Report], Gold]:
    sentences: dict[str, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    for part in ("Dev", "Train"):
        for line in (data / f"ecbplus/ECB_{part}_corpus.txt").read_text(encoding="utf-8").splitlines():
            fields = line.split("\t")
            if len(fields) >= 4:
                sentences[fields[0]][int(fields[1])].append(fields[3])
    reports = [
        made(name, " ".join(join_tokens(" ".join(own[n])) for n in sorted(own)), None)
        for name, own in sorted(sentences.items())
    ]
    return reports, {r.id: r.id.split("_")[0] + ("plus" if r.id.endswith("plus") else "ecb") for r in reports}


def fa_kes(data: Path) -> tuple[list[Report], Gold]:
    """The reports that share date and place with another, and those groups."""
    reports: list[Report] = []
    groups: Gold = {}
    with (data / "fa_kes/fa_kes.csv").open(encoding="utf-8", errors="replace", newline="") as file:
        for row in csv.DictReader(file):
            try:
                day = datetime.strptime((row["date"] or "").strip(), "%m/%d/%Y").strftime("%Y-%m-%d")
            except ValueError:
                continue
            reports.append(made(row["unit_id"], f"{row['article_title']}\n{row['article_content']}", day))
            groups[row["unit_id"]] = f"{day} {(row['location'] or '').strip().casefold()}"
    sizes = Counter(groups.values())
    kept = [r for r in reports if sizes[groups[r.id]] > 1]
    return kept, {r.id: groups[r.id] for r in kept}


def polnear(data: Path) -> list[Report]:
    reports = []
    for path in sorted((data / "polnear").glob("*/text/*.txt")):
        day = re.search(r"_(\d{4}-\d\d-\d\d)_", path.name)
        text = path.read_bytes().decode("utf-8")
        reports.append(made(path.stem, text, day[1] if day else None, path.name.split("_")[0]))
    return reports


def muc4(data: Path) -> list[Report]:
    reports = []
    for name, text in read_texts(data / "muc4/dev").items():
        found = re.search(r"(\d{1,2}) (\w{3})\w* (\d\d)\b", text[:200])
        day = None
        if found and found[2] in MONTHS:
            day = f"19{found[3]}-{MONTHS.index(found[2]) + 1:02d}-{int(found[1]):02d}"
        reports.append(made(name, text, day))
    return reports


def b_cubed(found: Sequence[object], gold: Sequence[object]) -> tuple[float, float, float]:
    """B3 precision, recall and their harmonic mean."""
    mine, theirs, both = Counter(found), Counter(gold), Counter(zip(found, gold, strict=True))
    precision = sum(n * n / mine[f] for (f, _), n in both.items()) / len(found)
    recall = sum(n * n / theirs[g] for (_, g), n in both.items()) / len(found)
    return precision, recall, 2 * precision * recall / (precision + recall)


def rand_index(found: Sequence[object], gold: Sequence[object]) -> float:
    """The Rand index adjusted for chance (Hubert and Arabie 1985)."""
    together = sum(comb(n, 2) for n in Counter(zip(found, gold, strict=True)).values())
    mine, theirs = (sum(comb(n, 2) for n in Counter(side).values()) for side in (found, gold))
    expected = mine * theirs / comb(len(found), 2)
    return (together - expected) / ((mine + theirs) / 2 - expected)


def half_of(identifier: str) -> int:
    return hashlib.sha256(identifier.encode()).digest()[0] % 2


def scores(found: Mapping[str, int], gold: Gold) -> str:
    parts = []
    for name, ids in (
        ("all", sorted(gold)),
        *((f"half {k}", [i for i in sorted(gold) if half_of(i) == k]) for k in (0, 1)),
    ):
        mine, theirs = [found[i] for i in ids], [gold[i] for i in ids]
        precision, recall, f1 = b_cubed(mine, theirs)
        parts.append(f"{name} B3 {precision:.3f} {recall:.3f} {f1:.3f} ARI {rand_index(mine, theirs):.3f}")
    return "; ".join(parts)


def sizes(found: Mapping[str, int]) -> str:
    counts = [n for _, n in Counter(found.values()).most_common()]
    alone = sum(n == 1 for n in counts)
    return f"{len(counts)} groups, {alone} of one report, largest {counts[:6]}"


def tfidf_ties(reports: Sequence[Report], days: float = DAYS) -> dict[tuple[str, str], float]:
    """TF-IDF cosines of openings within these days: what tied reports before."""
    openings = {r.id: Words(r.text[:1200]) for r in reports}
    idf = weights(openings[i].stems for i in sorted(openings))
    day = {r.id: day_of(r.published.value) if r.published else None for r in reports}
    index: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for i in sorted(openings):
        words = openings[i]
        raw = {s: (idf[s] + 1.0) * (2.0 if s in words.names else 1.0) for s in sorted(words.stems)}
        length = sqrt(sum(v * v for v in raw.values())) or 1.0
        for term, weight in raw.items():
            index[term].append((i, weight / length))
    products: dict[tuple[str, str], float] = defaultdict(float)
    for term in sorted(index):
        if len(index[term]) <= COMMON:
            for n, (a, weight) in enumerate(index[term]):
                for b, other in index[term][n + 1 :]:
                    products[a, b] += weight * other
    return {p: s for p, s in products.items() if s >= GRID[0] and _near(day[p[0]], day[p[1]], days)}


def single_link(ids: Sequence[str], ties: Mapping[tuple[str, str], float], least: float) -> dict[str, int]:
    groups = group(ids, [(a, b, score) for (a, b), score in ties.items() if score >= least])
    return {i: n for n, members in enumerate(groups) for i in members}


def _near(a: float | None, b: float | None, days: float) -> bool:
    return a is None or b is None or abs(a - b) <= days


def print_tfidf(reports: Sequence[Report], gold: Gold, days: float = DAYS, note: str = "") -> None:
    """The baseline at the threshold that is best for this set, and at the one that is best elsewhere."""
    ids = sorted(gold)
    ties = tfidf_ties(reports, days)
    tried = {least: single_link(ids, ties, least) for least in GRID}
    top = max(GRID, key=lambda t: b_cubed([tried[t][i] for i in ids], [gold[i] for i in ids])[2])
    for least in sorted({top, IN_USE}):
        print(f"  TF-IDF at {least:.2f}{note}   {scores(tried[least], gold)}; {sizes(tried[least])}")


def against_gold(name: str, reports: Sequence[Report], gold: Gold) -> None:
    found = find_stories(reports)
    print(f"{name}: {len(reports)} reports, {len(set(gold.values()))} in the gold")
    print(f"  stories          {scores(found, gold)}; {sizes(found)}")
    print_tfidf(reports, gold)
    if len(set(gold.values())) < 10:
        for event in sorted(set(gold.values())):
            own = Counter(found[i] for i in gold if gold[i] == event)
            print(f"    {event}: {own.most_common(1)[0][1] / own.total():.3f} of {own.total()} in its largest story")


def incidents(data: Path) -> None:
    from sayso.pipeline import extract

    reports, gold = fa_kes(data)
    against_gold("fa_kes, stories", reports, gold)
    found = find_incidents(reports, extract(reports))
    print(f"fa_kes, incidents\n  incidents        {scores(found, gold)}; {sizes(found)}")
    print_tfidf(reports, gold, 0.0, ", same day")


def without_gold(name: str, reports: Sequence[Report]) -> None:
    found = find_stories(reports)
    print(f"{name}: {len(reports)} reports\n  stories          {sizes(found)}")
    ties = tfidf_ties(reports)
    for least in (GRID[0], IN_USE):
        print(f"  TF-IDF at {least:.2f}   {sizes(single_link(sorted(r.id for r in reports), ties, least))}")


def folded(data: Path) -> None:
    reports, home = [], {}
    articles, events = timeline17(data)
    for name, own in (("t", articles), ("polnear", polnear(data)), ("muc4", muc4(data)), ("fa_kes", fa_kes(data)[0])):
        for report in own:
            if report.published:
                day = int(day_of(report.published.value) or 0) % 30 + 1
                published = Instant(f"2026-06-{day:02d}", Precision.DAY)
                reports.append(replace(report, id=f"{name}:{report.id}", published=published))
                home[reports[-1].id] = events[report.id] if name == "t" else name
    print(f"folded: {len(reports)} reports")
    base = tfidf_ties(reports)
    for name, ties in (
        ("ties", [(a, b) for a, b, _ in tied_pairs(read_gist(r) for r in reports)]),
        *((f"TF-IDF at {t:.2f}", [pair for pair, score in base.items() if score >= t]) for t in (GRID[0], IN_USE)),
    ):
        across = Counter(
            " ~ ".join(sorted((home[a], home[b])))
            for a, b in ties
            if home[a] != home[b] and {home[a], home[b]} != {"fa_kes", "polnear"}
        )
        share = 10_000 * across.total() / len(ties)
        print(
            f"  {name:16} {len(ties)} ties, {across.total()} across ({share:.1f} in 10,000): {dict(across.most_common(4))}"
        )


def print_ties(name: str, reports: Sequence[Report], many: int) -> None:
    by_id = {r.id: r for r in reports}
    ties = sorted(
        tied_pairs(read_gist(r) for r in reports), key=lambda t: hashlib.sha256(f"{t[0]} {t[1]}".encode()).digest()
    )
    for n, (a, b, score) in enumerate(ties[:many]):
        print(f"[{name} {n}] {score:.2f}")
        for report in (by_id[a], by_id[b]):
            print(f"    {report.published.value if report.published else '-':10} {' '.join(report.text[:300].split())}")


def main(arguments: Iterable[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--only", choices=["timeline17", "ecbplus", "fa_kes", "polnear", "muc4", "folded"])
    parser.add_argument("--ties", type=int, default=0, metavar="N", help="print N random ties of each set")
    args = parser.parse_args(arguments if arguments is None else list(arguments))
    steps: dict[str, Callable[[], None]] = {
        "timeline17": lambda: against_gold("timeline17", *timeline17(args.data)),
        "ecbplus": lambda: against_gold("ecbplus", *ecbplus(args.data)),
        "fa_kes": lambda: incidents(args.data),
        "polnear": lambda: without_gold("polnear", polnear(args.data)),
        "muc4": lambda: without_gold("muc4", muc4(args.data)),
        "folded": lambda: folded(args.data),
    }
    for name, step in steps.items():
        if args.only in (None, name):
            step()
    if args.ties:
        print_ties("timeline17", timeline17(args.data)[0], args.ties)
        print_ties("polnear", polnear(args.data), args.ties)
        print_ties("muc4", muc4(args.data), args.ties)


if __name__ == "__main__":
    main()
