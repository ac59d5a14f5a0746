"""Ties between the answers of a draft as relations between claims, after what people said of them.

A person speaks of two claims, or of a statement of each: the latter stays true of whatever claims they are in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from sayso.link.contents import Bond
from sayso.link.drafts import Draft, Tie
from sayso.link.judged import Judged
from sayso.model import Relation, Slot


def relations_of(draft: Draft, ids: Sequence[str], judged: Judged) -> list[Relation]:
    found = []
    for tie in draft.ties:
        first, second = ids[tie.first], ids[tie.second]
        if first == second:
            continue
        said = _said_of(draft, tie, (first, second), judged)
        if said is not None:
            found.append(replace(said, slot=draft.slot))
    return found


def supporting(bonds: Sequence[Bond], claims: Sequence[tuple[str, Draft, int]], judged: Judged) -> Iterator[Relation]:
    """What bears out what. Both claims keep their own questions: whoever bears an answer out does not give it."""
    homes: dict[str, list[tuple[str, Draft, int]]] = defaultdict(list)
    for home in claims if bonds else ():
        for one in home[1].claims[home[2]]:
            homes[one.id].append(home)
    for bond in bonds:
        first = _home_of(homes.get(bond.first, ()), number=False)
        second = _home_of(homes.get(bond.second, ()), number=bond.about_number)
        if first is None or second is None:
            continue
        ends = [first[1].claims[first[2]], second[1].claims[second[2]]]
        beside = Draft(second[1].slot, "", "", ends, ties=[Tie(0, 1, bond.kind, bond.score, bond.reasons)])
        yield from relations_of(beside, (first[0], second[0]), judged)


def _home_of(homes: Sequence[tuple[str, Draft, int]], *, number: bool) -> tuple[str, Draft, int] | None:
    """Of the claims that hold a statement the one that is meant: its figure where ``number`` says so, else what it says in words."""
    wanted = [home for home in homes if (home[1].slot is Slot.HOW_MANY) is number]
    return next(iter(wanted or homes), None)


def _said_of(draft: Draft, tie: Tie, ids: tuple[str, str], judged: Judged) -> Relation | None:
    """A tie as a relation, after what people said of the two claims, or of a statement of each; None where they dropped it."""
    machine = Relation(*ids, tie.kind, draft.slot, tie.score, tie.reasons)
    if not (judged.dropped or judged.accepted or judged.related):
        return machine
    sides = [[ids[n], *(t.id for t in draft.claims[claim])] for n, claim in enumerate((tie.first, tie.second))]
    pairs = [(a, b) for a in sides[0] for b in sides[1]]
    for a, b in pairs:
        for start, end, forth in ((a, b, True), (b, a, False)):
            if (start, end) in judged.related:
                kind, author = judged.related[start, end]
                reasons = tie.reasons if kind is tie.kind and forth else (f"{author} says so",)
                return Relation(*(ids if forth else ids[::-1]), kind, draft.slot, 1.0, reasons, author)
    plain = [(a, b) if a <= b else (b, a) for a, b in pairs]
    if any(pair in judged.dropped for pair in plain):
        return None
    author = next((judged.accepted[pair] for pair in plain if pair in judged.accepted), "machine")
    return replace(machine, judge=author)


def judged_bonds(judged: Judged) -> list[Bond]:
    """The relations that people gave, as bonds between the statements that they pointed at."""
    return [
        Bond(a, b, kind, 1.0, (f"{author} says so",), judge=author)
        for (a, b), (kind, author) in judged.related.items()
        if a.startswith("s-") and b.startswith("s-")
    ]
