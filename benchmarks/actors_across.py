"""Who is who across reports: names of people and bodies joined over documents, against MEANTIME's cross-document chains.

    python benchmarks/actors_across.py --data DIR [--errors N]

DIR holds ``meantime_coref/MEANTIME-prep/output_data/en/entities_mentions.json``: 106 Wikinews reports (CC BY) on four topics. An
item is a person or body in a document, under one name: the fullest run of capitalised words around a proper head among its
mentions there, of people without a title. Items of one topic are brought together by `sayso.link.actors.find_parties` from name and type alone (no roles,
no other names, which real reports have), and by two baselines: the same string, and the same last word, folded. Printed are
pairwise and B³ precision, recall and F1; pairs and items are summed over the topics.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from sayso.link.actors import find_parties, fold
from sayso.model import Act, Actor, ActorType, Extraction, Kind, Span, Statement

INSIDE = Path("meantime_coref/MEANTIME-prep/output_data/en/entities_mentions.json")
TYPES = {"PER": ActorType.PERSON, "ORG": ActorType.ORGANIZATION}
_JOINING = frozenset(("of", "for", "and", "&", "the", "de", "van", "von", "-", "'s"))


class Item(NamedTuple):
    """A person or body in a document, under its name there."""

    document: str
    chain: str
    name: str
    type: ActorType


Grouping = Callable[[Sequence[Item]], list[str]]
"""A label for each item; items of one label are one actor."""


def read_items(data: Path) -> dict[str, list[Item]]:
    """The items of each topic, in order of document and chain."""
    path = data / INSIDE if (data / INSIDE).exists() else next(data.rglob("entities_mentions.json"))
    names: dict[tuple[str, str, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    types: dict[tuple[str, str, str], ActorType] = {}
    for mention in json.loads(path.read_text("utf-8")):
        if mention["mention_type"] not in TYPES or mention["mention_head_pos"] != "PROPN":
            continue
        name = _name(mention["tokens_str"].split(), mention["mention_head"])
        if name:
            # "cross_ORG37…" and "cross_intra_ORG37…" are one entity: the prefix only says where it has mentions.
            place = mention["topic"], mention["doc_id"], re.sub(r"^(?:cross_)?(?:intra_)?", "", mention["coref_chain"])
            names[place][name] += 1
            types[place] = TYPES[mention["mention_type"]]
    topics: dict[str, list[Item]] = defaultdict(list)
    for place in sorted(names):
        topic, document, chain = place
        kind = types[place]
        runs = Counter({_without_title(n) if kind is ActorType.PERSON else n: k for n, k in names[place].items()})
        topics[topic].append(Item(document, chain, max(runs, key=lambda n: (len(n.split()), runs[n], n)), kind))
    return topics


def _without_title(name: str) -> str:
    """A person's name without what stands before it: the reading takes that for the role."""
    return re.sub(
        r"^.*\b(?:CEO|CFO|Officer|President|Chairman|Minister|Secretary|Senator|Inc\.|analyst|Mr\.?|Dr\.?) ", "", name
    )


def _name(tokens: Sequence[str], head: str) -> str:
    """The run of capitalised words around the head, without an article."""
    if head not in tokens:
        return ""
    at = len(tokens) - 1 - list(reversed(tokens)).index(head)
    first = last = at
    while first and (tokens[first - 1][:1].isupper() or tokens[first - 1] in _JOINING):
        first -= 1
    while last + 1 < len(tokens) and (tokens[last + 1][:1].isupper() or tokens[last + 1] in ("of", "for", "&")):
        last += 1
    run = list(tokens[first : last + 1])
    while run and (run[0] in _JOINING or run[0].casefold() in ("the", "a", "an")):
        run.pop(0)
    while run and run[-1] in _JOINING:
        run.pop()
    return " ".join(run).replace(" 's", "'s")


def by_sayso(items: Sequence[Item]) -> list[str]:
    """The party of each item, found from name and type."""
    statements: dict[str, list[Statement]] = defaultdict(list)
    for n, item in enumerate(items):
        actor = Actor(f"a-{n}", item.name, item.type)
        statements[item.document].append(
            Statement(f"s-{n}", item.document, (), (), (Span(n, n + 1),), Kind.INDIRECT, Act.ASSERT, actor=actor)
        )
    found = find_parties([Extraction(document, tuple(said)) for document, said in statements.items()]).by_place
    return [found[item.document, f"a-{n}"].key for n, item in enumerate(items)]


def by_string(items: Sequence[Item]) -> list[str]:
    return [item.name for item in items]


def by_last_word(items: Sequence[Item]) -> list[str]:
    return [(fold(item.name) or (item.name,))[-1] for item in items]


GROUPINGS: dict[str, Grouping] = {"sayso": by_sayso, "same string": by_string, "same last word": by_last_word}


class Counts(NamedTuple):
    """Pairs found, right and there to find; B³'s sums of precision and recall, and the number of items."""

    found: int = 0
    right: int = 0
    gold: int = 0
    precision: float = 0.0
    recall: float = 0.0
    items: int = 0

    def plus(self, other: Counts) -> Counts:
        return Counts(
            self.found + other.found,
            self.right + other.right,
            self.gold + other.gold,
            self.precision + other.precision,
            self.recall + other.recall,
            self.items + other.items,
        )


def count(items: Sequence[Item], labels: Sequence[str]) -> Counts:
    """The counts of one topic. Pairs within a document are left out: which mentions are one there is another question."""
    pairs = [(a, b) for a, b in combinations(range(len(items)), 2) if items[a].document != items[b].document]
    found = {(a, b) for a, b in pairs if labels[a] == labels[b]}
    gold = {(a, b) for a, b in pairs if items[a].chain == items[b].chain}
    ours, theirs = Counter(labels), Counter(item.chain for item in items)
    both = Counter(zip(labels, (item.chain for item in items), strict=True))
    shared = [both[label, item.chain] for label, item in zip(labels, items, strict=True)]
    return Counts(
        len(found),
        len(found & gold),
        len(gold),
        sum(n / ours[label] for n, label in zip(shared, labels, strict=True)),
        sum(n / theirs[item.chain] for n, item in zip(shared, items, strict=True)),
        len(items),
    )


def _scores(precision: float, recall: float) -> str:
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return f"{precision:5.3f} {recall:5.3f} {f1:5.3f}"


def _row(name: str, counts: Counts) -> str:
    pairs = _scores(counts.right / max(counts.found, 1), counts.right / max(counts.gold, 1))
    cubed = _scores(counts.precision / max(counts.items, 1), counts.recall / max(counts.items, 1))
    return f"{name:<28} {counts.items:>5}   {pairs}   {cubed}"


def _errors(items: Sequence[Item], labels: Sequence[str]) -> Iterator[str]:
    seen = set()
    for a, b in combinations(range(len(items)), 2):
        if items[a].document == items[b].document:
            continue
        joined, one = labels[a] == labels[b], items[a].chain == items[b].chain
        names = tuple(sorted((items[a].name, items[b].name)))
        if joined != one and (names, joined) not in seen:
            seen.add((names, joined))
            yield f"  {'joined' if joined else 'missed'}: {names[0]} / {names[1]}"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="print N wrong pairs of names of a topic")
    options = parser.parse_args()
    topics = read_items(options.data)
    print(f"{'':<28} {'items':>5}   {'pairs P':>5} {'R':>4} {'F1':>6}    {'B³ P':>5} {'R':>4} {'F1':>6}")
    for name, grouping in GROUPINGS.items():
        total = Counts()
        for topic in sorted(topics):
            labels = grouping(topics[topic])
            counts = count(topics[topic], labels)
            total = total.plus(counts)
            if name == "sayso":
                print(_row(f"  {topic.removeprefix('corpus_')}", counts))
                for line in list(_errors(topics[topic], labels))[: options.errors]:
                    print(line)
        print(_row(name, total))


if __name__ == "__main__":
    main()
