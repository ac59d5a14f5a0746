"""Questions, claims and relations measured on made stories with known truth (`worlds_told`), through the real pipeline.

    python benchmarks/relations.py [--worlds N] [--seed S] [--reports N] [--data DIR]

Printed: pairs of sayings rightly brought under one question, and rightly called one claim; relations by kind, between answers;
how often two answers that have nothing to do with each other, or differ in scope, are called a conflict, with the worst of
them in words; failed checks and open questions. Beside each stands a baseline from the same run. Sayings that the reading did not
find count as missed. Nothing comes from DIR: the stories are made here.

Seeds from 1 to 99 are for mending; figures that are told anywhere come from seeds of 1000 and more.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path

import numpy as np

from sayso.extract import extract_many
from sayso.link import embed_statements, link
from sayso.link.embed import cosines, lattice
from sayso.model import Extraction, Linked, Report, Statement
from sayso.pipeline import text_report
from worlds_matters import Saying, Story, relation_of
from worlds_told import Item, Told, tell

KINDS = ("denies", "revises", "contradicts", "refines")
CONFLICTS = frozenset(("contradicts", "denies"))
NUMBERS = frozenset(("count", "revised", "scope", "feared"))
Kind = tuple[str, str]  # a kind, and which of two is so to the other: "a", "b", or "" for both ways
Reading = Callable[[Sequence[Report]], Iterable[Extraction]]


@dataclass(frozen=True, eq=False)
class Found:
    """One item of the truth with what was made of it: the statement that carries it, its claims and their questions."""

    item: Item
    report: Report
    statement: Statement | None
    claims: frozenset[str]
    questions: frozenset[str]
    number: tuple[float, str] | None  # as read: the number and its measure

    @property
    def saying(self) -> Saying:
        return self.item.saying

    @property
    def answer(self) -> tuple[str, str]:
        return self.saying.matter, self.saying.answer.key

    @property
    def sentence(self) -> str:
        """The sentence that tells it, with the item in brackets."""
        text, item = self.report.text, self.item
        begin = max(text.rfind(mark, 0, item.start) for mark in (". ", ".” ", "\n")) + 1
        ends = [n for mark in (". ", ".” ", "\n") if (n := text.find(mark, item.end - 1)) >= 0]
        whole = f"{text[begin : item.start]}[{text[item.start : item.end]}]{text[item.end : min(ends, default=len(text)) + 1]}"
        return " ".join(whole.split())


@dataclass
class Score:
    hit: int = 0
    said: int = 0
    right: int = 0  # of those that are said
    gold: int = 0

    def __str__(self) -> str:
        precision = self.right / self.said if self.said else 0.0
        recall = self.hit / self.gold if self.gold else 0.0
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        return f"P {precision:.3f} R {recall:.3f} F1 {f1:.3f}   ({self.right} right of {self.said} said, {self.hit} of {self.gold} found)"

    def add(self, said: bool, gold: bool) -> None:
        self.said += said
        self.gold += gold
        self.right += said and gold
        self.hit += said and gold


@dataclass
class Tally:
    """Everything counted, of one way of linking."""

    question: Score = field(default_factory=Score)
    same: Score = field(default_factory=Score)
    kinds: dict[str, Score] = field(default_factory=lambda: {kind: Score() for kind in KINDS})
    apart: int = 0  # pairs of answers that have no relation …
    false: int = 0  # … and are called a conflict
    alike: int = (
        0  # of those, pairs that look alike: both numbers, both about a doer, both of a matter that holds or not
    )
    false_alike: int = 0
    worst: list[tuple[float, str]] = field(default_factory=list)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1000)
    parser.add_argument("--worlds", type=int, default=8)
    parser.add_argument("--reports", type=int, default=12, help="of each world")
    parser.add_argument("--data", type=Path, help="not used")
    args = parser.parse_args()
    measure(range(args.seed, args.seed + args.worlds), args.reports, lambda reports: list(extract_many(reports)))


def measure(seeds: Sequence[int], size: int, read: Reading, *, examples: int = 10) -> dict[str, Tally]:
    """Reads, links and scores the worlds of these seeds, prints the table, and gives what was counted by its name."""
    ours, base = Tally(), Tally()
    checks, opened = Score(), Score()
    items = read_items = reports_read = 0
    pairs: list[tuple[float, bool]] = []  # cosine and truth, for the best threshold of the baseline
    worlds = []
    seconds = 0.0
    for seed in seeds:
        story, told = tell(seed, reports=size)
        reports = [
            text_report(t.text, place=f"{seed}/{n}.txt", outlet=t.outlet, published=t.published)
            for n, t in enumerate(told)
        ]
        extractions = list(read(reports))
        vectors = embed_statements(reports, [s for x in extractions for s in x.statements], known={})
        begun = time.perf_counter()
        linked = link(reports, extractions, vectors=vectors)
        seconds += time.perf_counter() - begun
        found = list(_found(told, reports, extractions, linked))
        items += len(found)
        read_items += sum(f.statement is not None for f in found)
        reports_read += len(reports)
        _checks(found, linked, extractions, checks)
        _opened(found, linked, extractions, opened)
        scored = [f for f in found if f.saying.kind != "unverified"]
        rows = lattice(
            np.stack(
                [
                    vectors[f.statement.id] if f.statement else np.zeros_like(next(iter(vectors.values())))
                    for f in scored
                ]
            )
        )
        near = cosines(rows, rows)
        worlds.append((story, scored, near, linked))
        pairs += [
            (float(near[i, j]), _is_same(a, b, story))
            for (i, a), (j, b) in combinations(enumerate(scored), 2)
            if a.statement and b.statement and not (a.saying.loose or b.saying.loose)
        ]
    least = best_threshold(pairs)
    for story, scored, near, linked in worlds:
        _score(story, scored, _by_claims(linked), ours)
        _score(story, scored, _by_rule(scored, near, least), base)
    _print(ours, base, least, checks, opened, (len(worlds), reports_read, items, read_items, seconds), examples)
    return {"ours": ours, "baseline": base}


# ---------------------------------------------------------------------------------------------------
# What became of each item


def _found(
    told: Sequence[Told], reports: Sequence[Report], extractions: Sequence[Extraction], linked: Linked
) -> Iterator[Found]:
    claims_of: dict[str, list[str]] = defaultdict(list)
    claims = {c.id: c for c in linked.claims}
    for claim in linked.claims:
        for statement in claim.statements:
            claims_of[statement].append(claim.id)
    read = {x.report: x.statements for x in extractions}
    for one, report in zip(told, reports, strict=True):
        for item in one.items:
            carrier = _carrier(item, read[report.id])
            mine = claims_of[carrier.id] if carrier else []
            counted = [c for c in mine if claims[c].answer.measure is not None]
            number = None
            if item.saying.kind in NUMBERS and carrier:
                quantity = next(q for q in carrier.quantities if q.span.start < item.end and item.start < q.span.end)
                number = quantity.best or 0.0, quantity.measure.value if quantity.measure else ""
                mine = [c for c in counted if claims[c].answer.best == quantity.best] or counted or mine
            else:
                mine = [c for c in mine if c not in counted] or mine
            yield Found(item, report, carrier, frozenset(mine), frozenset(claims[c].question for c in mine), number)


def _carrier(item: Item, statements: Sequence[Statement]) -> Statement | None:
    """The statement that tells the item: that holds its number, else the one that covers most of its words."""
    best: tuple[float, int, Statement] | None = None
    for statement in statements:
        if item.saying.kind in NUMBERS:
            holds = any(q.span.start < item.end and item.start < q.span.end for q in statement.quantities)
            measured = any(
                q.measure is not None and q.span.start < item.end and item.start < q.span.end
                for q in statement.quantities
            )
            share = holds * (1.0 + measured + 0.5 * (statement.actor is not None))
        else:
            spans = statement.content
            both = sum(max(0, min(s.end, item.end) - max(s.start, item.start)) for s in spans)
            length = sum(s.end - s.start for s in spans) or 1
            # A denial may have no more content than "it": then the cue is what stands in the item.
            share = both / length + 0.5 * both / (item.end - item.start) + 0.2 * (statement.actor is not None)
            share = share if both / length >= 0.5 else 0.0
        rank = share, -sum(s.end - s.start for s in statement.content), statement
        if share >= 0.5 and (best is None or rank[:2] > best[:2]):
            best = rank
    return best[2] if best else None


def _checks(found: Sequence[Found], linked: Linked, extractions: Sequence[Extraction], score: Score) -> None:
    """Failed checks: said are the marks on claims, right those on a claim of the saying that the check speaks of."""
    marks = [(mark, claim.id) for claim in linked.claims for mark in claim.unverified_by]
    wanted = {
        (f.statement.id, claim) for f in found if f.item.target and f.statement
        for g in found if g.saying.key == f.item.target and g.report is f.report for claim in g.claims
    }  # fmt: skip
    score.said += len(set(marks))
    score.right += len(set(marks) & wanted)
    score.gold += sum(f.item.target is not None for f in found)
    marked = {mark for mark, claim in set(marks) & wanted}
    score.hit += sum(f.item.target is not None and f.statement is not None and f.statement.id in marked for f in found)


def _opened(found: Sequence[Found], linked: Linked, extractions: Sequence[Extraction], score: Score) -> None:
    spans = {s.id: (s.report, min(c.start for c in s.content)) for x in extractions for s in x.statements if s.content}
    asking = [spans[s] for q in linked.questions if q.open for s in q.asked_by]
    open_items = [f for f in found if f.saying.kind == "open"]

    def inside(where: tuple[str, int], f: Found) -> bool:
        return where[0] == f.report.id and f.item.start <= where[1] < f.item.end

    score.said += len(asking)
    score.right += sum(any(inside(a, f) for f in open_items) for a in asking)
    score.gold += len(open_items)
    score.hit += sum(any(inside(a, f) for a in asking) for f in open_items)


# ---------------------------------------------------------------------------------------------------
# What is said of two of them


Says = Callable[[Found, Found], tuple[bool, set[Kind]]]


def _by_claims(linked: Linked) -> Says:
    """Whether two are of one question, and what their claims are to each other."""
    relations: dict[tuple[str, str], set[Kind]] = defaultdict(set)
    for r in linked.relations:
        relations[r.from_claim, r.to_claim].add((r.kind.value, "a"))
        relations[r.to_claim, r.from_claim].add((r.kind.value, "b"))

    def says(a: Found, b: Found) -> tuple[bool, set[Kind]]:
        if a.claims & b.claims:
            return True, {("same", "")}
        kinds = {kind for x in a.claims for y in b.claims for kind in relations.get((x, y), ())}
        return bool(a.questions & b.questions), kinds

    return says


def _by_rule(scored: Sequence[Found], near: np.ndarray, least: float) -> Says:
    """The baseline: near in meaning is the same; another number of one measure in one story is a contradiction."""
    place = {id(f): n for n, f in enumerate(scored)}

    def says(a: Found, b: Found) -> tuple[bool, set[Kind]]:
        if a.statement is None or b.statement is None:
            return False, set()
        if a.number and b.number and a.number[1] and a.number[1] == b.number[1]:
            return True, {("same", "")} if a.number == b.number else {("contradicts", "")}
        close = float(near[place[id(a)], place[id(b)]])
        if close >= least:
            return True, {("contradicts", "")} if a.statement.negated != b.statement.negated else {("same", "")}
        return False, set()

    return says


def best_threshold(pairs: Sequence[tuple[float, bool]]) -> float:
    """The cosine that gives the best F1 of "same" on these very pairs: it flatters the baseline."""
    ordered = sorted(pairs, reverse=True)
    gold = sum(same for _, same in ordered)
    best, hit = (0.0, 1.0), 0
    for n, (cosine, same) in enumerate(ordered, 1):
        hit += same
        best = max(best, (2 * hit / (n + gold), cosine))
    return best[1]


# ---------------------------------------------------------------------------------------------------
# Scores


def _is_same(a: Found, b: Found, story: Story) -> bool:
    return ("same", "") in relation_of(a.saying, b.saying, story.speakers)


def _turned(kinds: Iterable[Kind], flip: bool) -> set[Kind]:
    return {(k, {"a": "b", "b": "a", "": ""}[way]) if flip else (k, way) for k, way in kinds}


def _score(story: Story, scored: Sequence[Found], says: Says, tally: Tally) -> None:
    gold: dict[tuple[tuple[str, str], tuple[str, str]], set[Kind]] = defaultdict(set)
    strict: dict[tuple[tuple[str, str], tuple[str, str]], set[str]] = defaultdict(set)
    said: dict[tuple[tuple[str, str], tuple[str, str]], dict[Kind, tuple[Found, Found]]] = defaultdict(dict)
    for a, b in combinations(scored, 2):
        truth = relation_of(a.saying, b.saying, story.speakers)
        one_question, kinds = says(a, b)
        if not (a.saying.loose or b.saying.loose):
            tally.question.add(one_question, a.saying.matter == b.saying.matter)
            if not {("same", ""), ("none", "")} <= truth:
                tally.same.add(("same", "") in kinds, ("same", "") in truth)
        if a.answer == b.answer:
            continue
        flip = b.answer < a.answer
        pair = (b.answer, a.answer) if flip else (a.answer, b.answer)
        gold[pair] |= _turned(truth, flip)
        if ("none", "") not in truth and not _bridged(a.saying, b.saying, story):
            # That something is so and that it is not contradict each other; whoever calls it a denial is right as well.
            strict[pair] |= {k for k, way in truth if (k, way) != ("denies", "")}
        for kind in _turned(kinds, flip):
            said[pair].setdefault(kind, (a, b))
    for pair, allowed in gold.items():
        called = said.get(pair, {})
        right = {k for k, way in called if (k, way) in allowed or (k, "") in allowed}
        for name in KINDS:
            if name in {k for k, _ in called}:
                tally.kinds[name].said += 1
                tally.kinds[name].right += name in right
        needed = strict.get(pair, set())
        # Where one pair of answers is both revised by one party and contradicted by another, either is enough.
        need = "denies" if "denies" in needed else next((k for k in KINDS if k in needed & right), None)
        need = need or next((k for k in KINDS if k in needed), None)
        if need is not None:
            tally.kinds[need].gold += 1
            tally.kinds[need].hit += need in right or (need == "contradicts" and "denies" in right)
        if allowed == {("none", "")}:
            conflict = next((called[k] for k in sorted(called) if k[0] in CONFLICTS), None)
            alike = _look_alike(*pair)
            tally.apart += 1
            tally.alike += alike
            tally.false += conflict is not None
            tally.false_alike += alike and conflict is not None
            if conflict is not None:
                word = next(k for k, _ in sorted(called) if k in CONFLICTS)
                told = " / ".join(f"{f.sentence} ({f.saying.matter})" for f in conflict)
                tally.worst.append((float(alike), f"{word}: {told}"))


def _bridged(a: Saying, b: Saying, story: Story) -> bool:
    """Whether one party gave another number between these two: a revision replaces the last number, not the first."""
    early, late = sorted((a.day, b.day))
    party = story.speakers[a.speaker].party
    return party == story.speakers[b.speaker].party and any(
        early < s.day < late and s.matter == a.matter and story.speakers[s.speaker].party == party
        for s in story.sayings
    )


def _look_alike(a: tuple[str, str], b: tuple[str, str]) -> bool:
    """Two numbers, two sayings of who did it, or two of whether something is so."""
    kinds = [_family(matter) for matter, _ in (a, b)]
    return kinds[0] == kinds[1] != ""


def _family(matter: str) -> str:
    word = matter.split(maxsplit=1)[0]
    return "" if word in ("aside", "open") else word if word in ("who", "whether", "where", "when") else "number"


def _print(
    ours: Tally,
    base: Tally,
    least: float,
    checks: Score,
    opened: Score,
    size: tuple[int, int, int, int, float],
    examples: int,
) -> None:
    worlds, reports, items, read, seconds = size
    print(
        f"{worlds} worlds, {reports} reports, {items} sayings; read {read} ({read / max(1, items):.1%}); linked in {seconds:.1f} s"
    )
    print(
        f"baseline: cosine of at least {least:.2f} (the best on these very pairs) is the same; another number of one measure contradicts"
    )
    for name, tally in (("sayso", ours), ("baseline", base)):
        print(f"\n{name}")
        print(f"  one question   {tally.question}")
        print(f"  same claim     {tally.same}")
        for kind in KINDS:
            print(f"  {kind:14} {tally.kinds[kind]}")
        print(
            f"  false conflicts among look-alikes of another scope: {tally.false_alike} of {tally.alike} ({tally.false_alike / max(1, tally.alike):.2%})"
        )
        print(
            f"  false conflicts among all unrelated answers:        {tally.false} of {tally.apart} ({tally.false / max(1, tally.apart):.2%})"
        )
    print(f"\nsayso, failed checks   {checks}")
    print(f"sayso, open questions  {opened}")
    print(f"\nFalse conflicts of sayso, the {examples} worst:")
    shown = Counter(words for _, words in ours.worst)
    for _, words in sorted(set(ours.worst), key=lambda x: (-x[0], x[1]))[:examples]:
        print(f"  {words}" + (f" ×{shown[words]}" if shown[words] > 1 else ""))


if __name__ == "__main__":
    main()
