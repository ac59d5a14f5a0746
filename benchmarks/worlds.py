"""Invented events told by invented outlets, with the truth of who has it from whom: what origins are learned and measured on.

    python benchmarks/worlds.py [--seed N] [--worlds N] [--out DIR]

A world is an event with facts and with quotations by named speakers. Outlets witness it independently, or write from one
press release, or take another's report: copied, cut, reworded lightly or heavily, with quotations that drift, three
paragraphs or one of it, or their own earlier paragraphs; some credit it, some print furniture. Out come the reports, and
apart from them the truth. The same seed gives the same worlds.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import combinations
from pathlib import Path

import worlds_words as w
from worlds_lines import Event, Line, expand, make_event, paragraphs, quote, render, reword, scene, witness

#: How a report came about. "light", "heavy" and "drift" are the strengths of rewording that figures are printed by.
DERIVED = ("copy", "cut", "light", "heavy", "drift", "three", "one", "family")
REWORDINGS = ("light", "heavy", "drift")
# How often each way occurs in a world: twice a rewording or a part for one copy or cut.
WAYS = (*REWORDINGS, *REWORDINGS, "copy", "cut", "three", "three", "one", "one", "family")


@dataclass(frozen=True)
class Written:
    """One report of a world: what is published, and beside it the truth."""

    outlet: str
    published: str
    text: str
    made: str  # witness, release, other, or one of DERIVED
    base: int | None  # the place, in its world, of the report it derives from
    origin: str  # reports of one origin share it


# ---------------------------------------------------------------------------------------------------
# Worlds


@dataclass
class _Making:
    """A report while its world is made."""

    outlet: str
    at: datetime
    event: Event
    lines: list[Line]
    body: list[str]  # sentences
    made: str
    base: int | None
    origin: str
    paragraphs: list[str] = field(default_factory=list)


def make_world(seed: int, *, ways: Sequence[str] = WAYS, size: int = 12) -> list[Written]:
    """One world of about ``size`` reports; ``ways`` are those in which reports derive in it."""
    rng = random.Random(f"world {seed}")
    event = make_event(rng)
    outlets = rng.sample(w.OUTLETS, len(w.OUTLETS))
    start = datetime(2031, 4, 1) + timedelta(hours=rng.randrange(0, 4000))
    made: list[_Making] = []
    taken: set[str] = set()  # frames that somebody in this world has used

    def add(outlet: str, lines: list[Line], how: str, base: int | None, origin: str, *, of: Event = event) -> _Making:
        after = made[base].at if base is not None else start
        at = after + timedelta(minutes=rng.randrange(10, 60 * 30))
        report = _Making(outlet, at, of, lines, [], how, base, origin)
        made.append(report)
        return report

    for _ in range(rng.randrange(2, 4)):
        seen = _as_counted(event, rng)
        one = add(outlets.pop(), witness(seen, rng, taken), "witness", None, f"own {len(made)}", of=seen)
        one.body = render(seen, one.lines, rng)
        one.paragraphs = paragraphs(one.body, rng)
    if rng.random() < 0.6:
        _from_release(event, rng, outlets, add, taken)
    if rng.random() < 0.5:
        other = make_event(rng, avoid=(event.slots["town"],))
        one = add(outlets.pop(), witness(other, rng, taken), "other", None, f"own {len(made)}", of=other)
        one.body = render(other, one.lines, rng)
        one.paragraphs = paragraphs(one.body, rng)
    while len(made) < size:
        how = rng.choice(ways)
        bases = [n for n, r in enumerate(made) if r.made in ("witness", "release", "copy", *REWORDINGS)]
        _derive(rng, how, rng.choice(bases), made, outlets, add, taken)
    _mention(rng, made)
    boilerplate = _furniture(rng, made)
    return [
        Written(
            r.outlet,
            r.at.strftime("%Y-%m-%dT%H:%M:00Z"),
            "\n\n".join([*r.paragraphs, *extra]),
            r.made,
            r.base,
            r.origin,
        )
        for r, extra in zip(made, boilerplate, strict=True)
    ]


def _mention(rng: random.Random, made: Sequence[_Making]) -> None:
    """What proves nothing: a statement in writing that many cite, and one thing had from another outlet in a report of one's
    own."""
    for report in made:
        if report.made in ("witness", "other"):
            others = [r.outlet for r in made if r.outlet != report.outlet]
            for words, chance in ((", {0} reported.", 0.3), (", officials said in a statement.", 0.4)):
                if rng.random() < chance:
                    place = rng.randrange(len(report.paragraphs))
                    ending = words.format(rng.choice(others))
                    report.paragraphs[place] = report.paragraphs[place].removesuffix(".") + ending


def _as_counted(event: Event, rng: random.Random) -> Event:
    """The event with the figures that one outlet has: counts change by the hour, and two reporters ask at different hours."""
    numbers = {
        name: n + rng.choice((-1, 1, 2, 3)) if n > 4 and rng.random() < 0.4 else n for name, n in event.numbers.items()
    }
    return replace(event, numbers=numbers)


def _from_release(
    event: Event, rng: random.Random, outlets: list[str], add: Callable[..., _Making], taken: set[str]
) -> None:
    """Two or three write-ups of one press release: its facts and quotations, partly its very words, in each outlet's order."""
    release = witness(event, rng, taken, scenes=0)
    for line in release:
        expand(line.frame, line.choices, rng)
    origin = f"release {rng.random():.6f}"
    office = rng.choice(("the regional government", "the police", "the interior ministry", "the town"))
    for _ in range(rng.randrange(2, 4)):
        own = reword(event, release, rng.choice(("light", "heavy")), rng, taken)
        head, rest = own[:1], [line for line in own[1:] if rng.random() < 0.75]
        # Each write-up puts things where it thinks right.
        rest = [
            line
            for _, line in sorted(((n + rng.gauss(0, 2.5), line) for n, line in enumerate(rest)), key=lambda p: p[0])
        ]
        for _ in range(rng.randrange(0, 3)):
            rest.insert(rng.randrange(0, len(rest) + 1), scene(rng, taken))
        quotes = [n for n in range(len(event.quotes)) if event.quotes[n][1] not in {line.frame for line in rest}]
        if quotes and rng.random() < 0.5:
            rest.insert(rng.randrange(0, len(rest) + 1), quote(event, rng.choice(quotes), rng))
        one = add(outlets.pop(), [*head, *rest], "release", None, origin)
        one.body = render(event, one.lines, rng)
        told = rng.choice(("in a news release", "in a statement", "in a press release", "in a written statement"))
        place = rng.randrange(0, len(one.body))
        one.body[place] = one.body[place].removesuffix(".") + f", {office} said {told}."
        one.paragraphs = paragraphs(one.body, rng)


def _derive(
    rng: random.Random, how: str, base: int, made: list[_Making], outlets: list[str], add: Callable[..., _Making],
    taken: set[str],
) -> None:  # fmt: skip
    source = made[base]
    event = source.event
    outlet = source.outlet if how == "family" else outlets.pop() if outlets else f"Outlet {len(made)}"
    if how in REWORDINGS:
        lines = reword(event, source.lines, how, rng, taken)
        body = render(event, lines, rng, mangled=how == "drift")
        one = add(outlet, lines, how, base, source.origin, of=event)
        one.body, one.paragraphs = body, paragraphs(body, rng)
    elif how in ("copy", "cut"):
        kept = list(source.paragraphs)
        if how == "cut":
            kept = kept[: max(2, round(len(kept) * rng.uniform(0.4, 0.8)))]
        elif rng.random() < 0.5:
            kept.insert(rng.randrange(1, len(kept) + 1), render(event, [scene(rng, taken)], rng)[0])
        one = add(outlet, source.lines, "copy" if how == "copy" else "cut", base, source.origin, of=event)
        one.body, one.paragraphs = source.body, kept
    else:
        counted = _as_counted(event, rng)
        mine = witness(counted, rng, taken)
        own = paragraphs(render(counted, mine, rng), rng)
        count = 1 if how == "one" else 3
        places = range(max(1, len(source.paragraphs) - count + 1))
        first = rng.choice(places)
        passage = source.paragraphs[first : first + count]
        if how != "family" and rng.random() < 0.4:  # taken over, yet touched up
            passage = [_touched(p, rng) for p in passage]
        where = rng.randrange(1, len(own) + 1)
        if how == "three":
            own = own[: max(2, len(own) - 2)]
        elif how == "family":
            own = own[: rng.randrange(2, 5)]
            where = len(own)
            passage = source.paragraphs[: rng.randrange(2, 2 + max(1, len(source.paragraphs) - 1))]
        one = add(outlet, mine, how, base, source.origin, of=event)
        one.paragraphs = [*own[:where], *passage, *own[where:]]
        one.body = own
    if how != "family" and rng.random() < 0.3:
        credit = rng.choice(("{0} reported.", "as {0} reported.", "according to {0}.", "{0} said."))
        at = 0 if how not in ("one", "three") else rng.randrange(len(one.paragraphs))
        one.paragraphs = list(one.paragraphs)
        one.paragraphs[at] = one.paragraphs[at].removesuffix(".") + ", " + credit.format(source.outlet)
    elif how in ("copy", "cut") and rng.random() < 0.3:
        one.paragraphs = [f"{event.slots['town'].upper()} ({source.outlet}) — {one.paragraphs[0]}", *one.paragraphs[1:]]


def _touched(paragraph: str, rng: random.Random) -> str:
    """A paragraph with a few words changed by an editor."""
    pairs = (("said", "stated"), ("people", "persons"), ("were", "had been"), ("about", "roughly"), ("killed", "left dead"),
             ("also", "too"), ("after", "following"), ("began", "started"), ("homes", "houses"), ("told reporters", "said"))  # fmt: skip
    for old, new in pairs:
        if rng.random() < 0.6:
            paragraph = re.sub(rf"\b{old}\b", new, paragraph, count=1)
    return paragraph


def _furniture(rng: random.Random, made: Sequence[_Making]) -> list[list[str]]:
    """What each site prints under its reports; some sites are built by one maker and print the same."""
    blocks = [expand(frame, {}, rng) for frame in w.FURNITURE]
    makers = [rng.sample(blocks, rng.randrange(2, 5)) for _ in range(2)]
    site: dict[str, list[str]] = {}
    for report in made:
        if report.outlet not in site:
            site[report.outlet] = rng.choice((*makers, [])) if rng.random() < 0.7 else rng.sample(blocks, 1)
    return [site[r.outlet] for r in made]


# ---------------------------------------------------------------------------------------------------
# Pairs with their truth


@dataclass(frozen=True)
class Pair:
    """Two reports of one world. ``label``: derived, common, family or independent; ``how`` is the way of the derivation."""

    a: Written
    b: Written
    label: str
    how: str


def pairs_of(world: Sequence[Written]) -> Iterator[Pair]:
    """Every pair of a world whose truth is plain; two that each took a part of a third are left out."""
    for (i, a), (j, b) in combinations(enumerate(world), 2):
        if a.origin != b.origin:
            yield Pair(a, b, "independent", "other" if "other" in (a.made, b.made) else "independent")
        elif (how := _chain(world, i, j)) is not None:
            yield Pair(a, b, "family" if how == "family" else "derived", how)
        elif a.made == b.made == "release":
            yield Pair(a, b, "common", "release")


def _chain(world: Sequence[Written], i: int, j: int) -> str | None:
    """The weakest step on the way from one report to the other through their bases; None where part met part."""
    ways: list[str] = []
    a, b = i, j
    while a != b:
        if a < b:
            a, b = b, a
        base = world[a].base  # a base is made before what derives from it
        if base is None:
            return None
        ways.append(world[a].made)
        a = base
    part = [how for how in ways if how in ("three", "one", "family")]
    if len(part) > 1 or (part and len(ways) > 1):
        return None
    strength = ("copy", "cut", "light", "heavy", "drift", "three", "family", "one")
    return max(ways, key=strength.index)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--worlds", type=int, default=1)
    parser.add_argument("--out", type=Path, help="write reports.jsonl and truth.jsonl here instead of printing")
    args = parser.parse_args()
    for seed in range(args.seed, args.seed + args.worlds):
        world = make_world(seed)
        rows = [{"world": seed, "outlet": r.outlet, "published": r.published, "text": r.text} for r in world]
        truth = [
            {"world": seed, "report": n, "made": r.made, "base": r.base, "origin": r.origin}
            for n, r in enumerate(world)
        ]
        if args.out is None:
            for row, true in zip(rows, truth, strict=True):
                print(
                    f"--- {true['report']} {row['outlet']} {row['published']}: {true['made']} of {true['base']}\n{row['text']}\n"
                )
            continue
        args.out.mkdir(parents=True, exist_ok=True)
        for name, lines in (("reports", rows), ("truth", truth)):
            with (args.out / f"{name}.jsonl").open("a", encoding="utf-8") as file:
                file.writelines(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)


if __name__ == "__main__":
    main()
