"""The same event across reports: CoNLL F1 on ECB+, beside the baseline of the same stem.

    python benchmarks/event_coref.py --data DIR [--part Dev|Train] [--errors N] [--statements]

DIR holds the folder ``ecbplus``. Dev is what is reported; the weights of `sayso.link.same_event` were fitted on Train. Printed are MUC,
B³ and CEAFe (precision, recall, F1; counts summed over the sub-topics), the mean of the three F1, and that mean averaged over
the sub-topics:

* within each sub-topic as given (reports of one incident), and within each topic, where two look-alike incidents lie together as in a
  ledger and a chain across them is an error;
* on gold mentions, chains of one counted, as is the custom for this set; and on our own mentions (`sayso.extract.events`: verbs only), those in
  annotated sentences, which count as found where the head is the same. There chains of one are left out on both sides;
* ours, the same stem, and every mention by itself.

``--statements`` prints instead whether two sentences say the same, by the rules of linking and by these rules with events beside.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import combinations, product
from pathlib import Path
from typing import NamedTuple, TypeVar

from coref import Chain, Counts, b_cubed, best_pairs, muc
from ecb_plus import Read, read, read_documents
from sayso.link.agreeing import SURELY, agreement, may_tell_the_same, predicates, tells, tells_most
from sayso.link.answers import CANDIDATE_COSINE, SAME_COSINE_KIN, same_content
from sayso.link.embed import cosines, embed_texts, lattice
from sayso.link.grouping import group
from sayso.link.same_event import LEAST, MOST_LINKED, chance, measure, same_event, times_differ
from sayso.link.tellings import Telling, ToldEvent, tell
from sayso.link.words import Words, weights
from sayso.model import Event

Item = TypeVar("Item")
Sides = tuple[list[Chain], list[Chain]]  # gold and found of one sub-topic
Links = Sequence[tuple[str, str, float]]


class Gold(NamedTuple):
    """A gold mention, by the number of the mention of ours that stands for it, else by a number of its own."""

    number: int
    chain: str
    subtopic: str
    topic: str


@dataclass(frozen=True, eq=False)
class Mention:
    """A mention that is put in chains: a gold one, or one of our events."""

    number: int
    telling: Telling
    subtopic: str
    topic: str


class Set(NamedTuple):
    mentions: list[Mention]
    gold: list[Gold]


def read_part(data: Path, part: str) -> list[Read]:
    return list(read(read_documents(data, part)))


def on_gold_mentions(reads: Sequence[Read]) -> Set:
    mentions = _mentions([(r, event) for r in reads for event in r.of_gold])
    chains = [gold.chain for r in reads for gold in r.document.gold]
    return Set(mentions, [Gold(m.number, c, m.subtopic, m.topic) for m, c in zip(mentions, chains, strict=True)])


def on_our_mentions(reads: Sequence[Read]) -> Set:
    """Our events; a gold mention is found by the event of the same head, the first where two share it."""
    mentions = _mentions([(r, event) for r in reads for event in r.found])
    at = {(m.telling.told.report, m.telling.told.event.predicate.start): m.number for m in mentions}
    gold: list[Gold] = []
    for r in reads:
        for one, event in zip(r.document.gold, r.of_gold, strict=True):
            number = at.pop((r.document.name, event.predicate.start), len(mentions) + len(gold))
            gold.append(Gold(number, one.chain, r.document.subtopic, r.document.topic))
    return Set(mentions, gold)


def _mentions(found: Sequence[tuple[Read, Event]]) -> list[Mention]:
    told = []
    for n, (r, event) in enumerate(found):
        sentence = next(s for s in r.sentences if s.start <= event.predicate.start < s.end)
        report = r.document.report
        told.append(ToldEvent(f"{n:06d}", r.document.name, report.text, sentence, event, _names(report.text)))
    return [
        Mention(n, telling, r.document.subtopic, r.document.topic)
        for n, (telling, (r, _)) in enumerate(zip(tell(told), found, strict=True))
    ]


@cache
def _names(text: str) -> frozenset[str]:
    return Words(text).names


# --- the metrics: those of `coref`, and CEAFe in parts ---------------------------------------------


def ceaf_e(gold: Sequence[Chain], found: Sequence[Chain]) -> Counts:
    """As in `coref`, but by parts that share no mention, which are paired apart: the same sum, for hundreds of chains."""
    home = {m: n for n, chain in enumerate(found) for m in chain}
    links = [(f"g{g}", f"f{home[m]}", 1.0) for g, chain in enumerate(gold) for m in chain if m in home]
    ids = [*(f"g{n}" for n in range(len(gold))), *(f"f{n}" for n in range(len(found)))]
    total = 0.0
    for members in group(ids, links):
        mine = [gold[int(m[1:])] for m in members if m[0] == "g"]
        theirs = [found[int(m[1:])] for m in members if m[0] == "f"]
        alike = [[2 * len(g & f) / (len(g) + len(f)) for f in theirs] for g in mine]
        total += sum(alike[g][f] for g, f in best_pairs(alike))
    return Counts(total, len(found), total, len(gold))


METRICS = {"MUC": muc, "B3": b_cubed, "CEAFe": ceaf_e}


class Scores(NamedTuple):
    conll: float
    by_subtopic: float
    parts: dict[str, tuple[float, float, float]]

    def line(self) -> str:
        columns = "   ".join(f"{n} {100 * p:5.1f} {100 * r:5.1f} {100 * f:5.1f}" for n, (p, r, f) in self.parts.items())
        return f"CoNLL F1 {100 * self.conll:5.1f}  mean {100 * self.by_subtopic:5.1f}   {columns}"


def conll(sides: Sequence[Sides]) -> Scores:
    """The scores over all sub-topics, and the mean of theirs."""
    parts, each = {}, [0.0] * len(sides)
    for name, metric in METRICS.items():
        counts = [metric(gold, found) for gold, found in sides]
        total = Counts(0, 0, 0, 0)
        for n, count in enumerate(counts):
            total = total.plus(count)
            each[n] += count.scores()[2] / len(METRICS)
        parts[name] = total.scores()
    return Scores(sum(f for _, _, f in parts.values()) / len(parts), sum(each) / len(each), parts)


# --- ours beside theirs ---------------------------------------------------------------------------


def by_level(items: Iterable[Item], level: str) -> dict[str, list[Item]]:
    """Mentions, or gold mentions, by ``subtopic`` or ``topic``."""
    groups: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        groups[getattr(item, level)].append(item)
    return dict(sorted(groups.items()))


def linked(some: Set, level: str, links: Links, share: float) -> list[Sides]:
    """Gold chains, and those that these links join within each sub-topic or topic, beside each other."""
    home = {m.telling.id: getattr(m, level) for m in some.mentions}
    inside: dict[str, list[tuple[str, str, float]]] = defaultdict(list)
    for a, b, score in links:
        if home[a] == home[b]:
            inside[home[a]].append((a, b, score))
    telling = {m.telling.id: m.telling for m in some.mentions}
    found = {
        key: group([m.telling.id for m in mentions], inside[key], share=share, apart=partial(_apart, telling))
        for key, mentions in by_level(some.mentions, level).items()
    }
    return beside(some, level, {k: [frozenset(map(int, members)) for members in g] for k, g in found.items()})


def _apart(telling: Mapping[str, Telling], a: str, b: str) -> bool:
    return times_differ(telling[a], telling[b]) is not None


def keyed(some: Set, level: str, key: Callable[[Mention], object]) -> list[Sides]:
    """Gold chains, and the mentions that share a key as one chain, beside each other."""
    found = {}
    for name, mentions in by_level(some.mentions, level).items():
        chains: dict[object, set[int]] = defaultdict(set)
        for mention in mentions:
            chains[key(mention)].add(mention.number)
        found[name] = [frozenset(chain) for chain in chains.values()]
    return beside(some, level, found)


def beside(some: Set, level: str, found: Mapping[str, list[Chain]]) -> list[Sides]:
    sides = []
    for name, gold in by_level(some.gold, level).items():
        chains: dict[str, set[int]] = defaultdict(set)
        for one in gold:
            chains[one.chain].add(one.number)
        sides.append(([frozenset(chain) for _, chain in sorted(chains.items())], found.get(name, [])))
    return sides


def without_single(sides: Sequence[Sides]) -> list[Sides]:
    return [([g for g in gold if len(g) > 1], [f for f in found if len(f) > 1]) for gold, found in sides]


def our_links(mentions: Sequence[Mention]) -> list[tuple[str, str, float]]:
    pairs = (pair for found in by_level(mentions, "topic").values() for pair in combinations(found, 2))
    verdicts = ((a.telling.id, b.telling.id, chance(measure(a.telling, b.telling))) for a, b in pairs)
    return [link for link in verdicts if link[2] >= LEAST]


def show(name: str, some: Set, *, alone: bool) -> None:
    """One table; chains of one count only where ``alone``."""
    links = our_links(some.mentions)
    chain = {f"{one.number:06d}": one.chain for one in some.gold}
    judged = [(chain[a] == chain[b]) for a, b, _ in links if a in chain and b in chain]
    print(f"== {name}: {len(some.mentions)} mentions, {len(some.gold)} in gold")
    print(
        f"  pairs linked in a topic: {len(links)}; of {len(judged)} of gold mentions {sum(judged) / max(1, len(judged)):.3f} are right"
    )
    for level in ("subtopic", "topic"):
        for label, sides in (
            ("sayso", linked(some, level, links, MOST_LINKED)),
            ("same stem", keyed(some, level, lambda m: m.telling.stem)),
            ("each by itself", keyed(some, level, lambda m: m.number)),
        ):
            print(
                f"  within {level:8} {label:15s} {conll(sides if alone else without_single(sides)).line()}", flush=True
            )


def print_statements(reads: Sequence[Read]) -> None:
    """Do two sentences of two reports of a topic say the same ("same" as in `link_pairs`)? The rule of linking, and with our events."""
    events: dict[tuple[str, int], list[Telling]] = defaultdict(list)
    for m in on_our_mentions(reads).mentions:
        events[m.telling.told.report, m.telling.told.sentence.start].append(m.telling)
    told = [
        (r.document, s, chains)
        for r in reads
        for s in r.sentences
        if (chains := {g.chain for g in r.document.gold if s.start <= g.span.start < s.end})
    ]
    texts = [span.of(document.report.text) for document, span, _ in told]
    rows, words = lattice(embed_texts(texts)), [Words(text) for text in texts]
    idf = {
        topic: weights(w.stems for w, (d, *_) in zip(words, told, strict=True) if d.topic == topic)
        for topic in {d.topic for d, *_ in told}
    }
    acts = [predicates([x.told.event for x in events[d.name, at.start]]) for d, at, _ in told]
    clauses = [tells(text, bool(of)) for text, of in zip(texts, acts, strict=True)]
    # Gold, the rule of strangers, that of kin, the likeliest one event; whether two events are told by both, and whether both are clauses.
    found: list[tuple[bool, bool, bool, float, bool, bool]] = []
    for (i, (a, at, here)), (j, (b, there, others)) in combinations(enumerate(told), 2):
        if a.topic == b.topic and a.name != b.name:
            near = float(cosines(rows[[i]], rows[[j]])[0, 0])
            mine, theirs = events[a.name, at.start], events[b.name, there.start]
            pairs = product(mine, theirs) if near >= SAME_COSINE_KIN else ()
            best = max((chance(measure(x, y)) for x, y in pairs if times_differ(x, y) is None), default=0.0)
            stranger, kin = (same_content(words[i], words[j], near, kin=kin).holds for kin in (False, True))
            two = near >= CANDIDATE_COSINE and may_tell_the_same(acts[i], acts[j])
            two = (
                two
                and tells_most(words[i], words[j], idf[a.topic])
                and agreement(mine, theirs, strangers=True).two_events
            )
            whole = clauses[i] and clauses[j]
            found.append((len(here & others) >= min(2, len(here), len(others)), stranger, kin, best, two, whole))
    true = sum(gold for gold, *_ in found)
    print(f"== do two sentences say the same? {len(found)} pairs of a topic, {true} do")
    for name, said in (
        ("the rule for strangers", [f[1] for f in found]),
        ("the rule for kin", [f[2] for f in found]),
        *((f"for strangers, and one event from {t}", [f[1] and f[3] >= t for f in found]) for t in (0.5, 0.9)),
        *((f"for kin, and one event from {t}", [f[2] and f[3] >= t for f in found]) for t in (0.5, 0.7, 0.8, 0.9)),
        ("most of it told, and two events", [f[4] for f in found]),
        (
            "linking: the first, or the last two, of two clauses",
            [f[5] and (f[1] or (f[2] and f[3] >= SURELY) or f[4]) for f in found],
        ),
    ):
        hit = sum(yes and f[0] for yes, f in zip(said, found, strict=True))
        print(f"  {name:50} said {sum(said):4}  P {hit / max(1, sum(said)):.3f} R {hit / max(1, true):.3f}")


def errors(some: Set, count: int) -> Iterator[str]:
    """Pairs of gold mentions that are linked wrongly, surest first, with the reasons; then those missed, likeliest first."""
    chain = {one.number: one.chain for one in some.gold}
    wrong: list[tuple[float, Mention, Mention]] = []
    missed: list[tuple[float, Mention, Mention]] = []
    for mentions in by_level(some.mentions, "topic").values():
        for a, b in combinations(mentions, 2):
            score = chance(measure(a.telling, b.telling))
            if (score >= LEAST) != (chain[a.number] == chain[b.number]):
                (wrong if score >= LEAST else missed).append((score, a, b))
    for label, found in (("wrong", wrong), ("missed", missed)):
        for score, a, b in sorted(found, key=lambda f: (-f[0], f[1].number, f[2].number))[: count * 7 : 7]:
            verdict = same_event(a.telling, b.telling)
            yield f"{label} {score:.2f} {a.subtopic}/{b.subtopic}: {'; '.join(verdict.reasons)}"
            yield from (f"    [{m.telling.predicate}] {m.telling.around.text}" for m in (a, b))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--part", choices=("Dev", "Train"), default="Dev")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="list every seventh of the N worst pairs")
    parser.add_argument("--statements", action="store_true", help="whether events tell which sentences say the same")
    args = parser.parse_args()
    reads = read_part(args.data, args.part)
    print(f"ECB+ {args.part}: {len(reads)} reports, {sum(len(r.sentences) for r in reads)} annotated sentences")
    if args.statements:
        print_statements(reads)
        return
    gold = on_gold_mentions(reads)
    show("gold mentions", gold, alone=True)
    show("our mentions, chains of one left out", on_our_mentions(reads), alone=False)
    for line in errors(gold, args.errors) if args.errors else ():
        print(line)


if __name__ == "__main__":
    main()
