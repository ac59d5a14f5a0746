"""What two short texts are to each other, on pairs of our own: sentences of invented news, each with the kinds that are right for it.

    python benchmarks/compare_own.py [--rows] [--half development|held]

``benchmarks/compare_pairs`` holds two tables of other topics: ``development.tsv`` (war, courts, business, transport, diplomacy), by which
rules and words were made, and ``held.tsv`` (disaster, elections, health, sport, crime), which was only scored. About two in five
pairs cannot both hold, a quarter say the same, many with a negation in one ("did not hold", "burst"), and a quarter do neither, many
with a negation or an opposite that concerns something else. A pair counts as right only if it is so in both orders. Printed: how many
are given one of the right kinds, and on which side of three (agree, conflict, neither) they come out; ``--rows`` prints those that were not.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sayso.model import PairKind
from sayso.short_texts import compare, short_text

TABLES = Path(__file__).with_name("compare_pairs")
HALVES = ("development", "held")
SIDES = {
    "agree": frozenset((PairKind.SAME, PairKind.SUPPORTS, PairKind.REFINES)),
    "conflict": frozenset((PairKind.DENIES, PairKind.CONTRADICTS, PairKind.REVISES)),
    "neither": frozenset((PairKind.UNRELATED,)),
}


@dataclass(frozen=True, slots=True)
class Row:
    """Two texts, when they were published if that matters, and the kinds that are right."""

    topic: str
    kinds: frozenset[PairKind]
    a: str
    b: str
    a_published: str | None
    b_published: str | None

    @property
    def side(self) -> str:
        return side_of(min(self.kinds))


def side_of(kind: PairKind) -> str:
    return next(name for name, kinds in SIDES.items() if kind in kinds)


def read_table(half: str) -> list[Row]:
    """The rows of one half."""
    with (TABLES / f"{half}.tsv").open(encoding="utf-8", newline="") as file:
        return [
            Row(
                row["topic"],
                frozenset(PairKind(kind) for kind in row["kinds"].split()),
                row["a"],
                row["b"],
                row["a_published"] or None,
                row["b_published"] or None,
            )
            for row in csv.DictReader(file, delimiter="\t", restval="")
        ]


def answers(rows: Sequence[Row]) -> list[tuple[PairKind, PairKind]]:
    """The kind of each row, in the order given and turned round."""
    pairs = [(short_text(r.a, r.a_published), short_text(r.b, r.b_published)) for r in rows]
    kinds = [c.kind for c in compare([*pairs, *((b, a) for a, b in pairs)])]
    return list(zip(kinds[: len(rows)], kinds[len(rows) :], strict=True))


def right(row: Row, said: tuple[PairKind, PairKind]) -> bool:
    return all(kind in row.kinds for kind in said)


def on_its_side(row: Row, said: tuple[PairKind, PairKind]) -> bool:
    return all(side_of(kind) == row.side for kind in said)


def print_half(half: str, *, each: bool) -> None:
    rows = read_table(half)
    said = answers(rows)
    kind = sum(map(right, rows, said)) / len(rows)
    side = sum(map(on_its_side, rows, said)) / len(rows)
    print(f"{half}: {len(rows)} pairs, right kind {kind:.3f}, right side {side:.3f}")
    for name in SIDES:
        mine = [(r, s) for r, s in zip(rows, said, strict=True) if r.side == name]
        counts = Counter(side_of(s[0]) if side_of(s[0]) == side_of(s[1]) else "split" for _, s in mine)
        told = ", ".join(f"{n} {where}" for where, n in counts.most_common())
        print(
            f"  {name:9} of {len(mine)}: right kind {sum(right(r, s) for r, s in mine) / len(mine):.3f}; told as {told}"
        )
    for topic in sorted({r.topic for r in rows}):
        mine = [(r, s) for r, s in zip(rows, said, strict=True) if r.topic == topic]
        print(f"  {topic:9} right kind {sum(right(r, s) for r, s in mine) / len(mine):.3f}")
    if each:
        for row, (first, turned) in zip(rows, said, strict=True):
            if not right(row, (first, turned)):
                wanted = " or ".join(sorted(row.kinds))
                print(f"    {wanted}, said {first}{'' if turned is first else f' and {turned}'}: {row.a} / {row.b}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", action="store_true", help="print every pair that was not told right")
    parser.add_argument("--half", choices=HALVES, help="score this half only")
    args = parser.parse_args()
    for half in (args.half,) if args.half else HALVES:
        print_half(half, each=args.rows)


if __name__ == "__main__":
    main()
