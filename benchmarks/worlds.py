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

#: How a report came about. "light", "heavy" and "drift" are the strengths of rewording that figures are printed by.
DERIVED = ("copy", "cut", "light", "heavy", "drift", "three", "one", "family")
REWORDINGS = ("light", "heavy", "drift")
# How often each way occurs in a world: twice a rewording or a part for one copy or cut.
WAYS = (*REWORDINGS, *REWORDINGS, "copy", "cut", "three", "three", "one", "one", "family")
_NUMBERS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty".split()
_SLOT = re.compile(r"<(\w+)>")

Choices = dict[str, int]


@dataclass(frozen=True)
class Written:
    """One report of a world: what is published, and beside it the truth."""

    outlet: str
    published: str
    text: str
    made: str  # witness, release, other, or one of DERIVED
    base: int | None  # the place, in its world, of the report it derives from
    origin: str  # reports of one origin share it


@dataclass(frozen=True)
class Speaker:
    name: str
    title: str


@dataclass(frozen=True)
class Line:
    """One sentence as it was chosen: which frame, and which way at each choice. Rewording chooses again."""

    kind: str  # a key of FACTS or OWN, "scene", or "quote"
    frame: str
    choices: Choices = field(default_factory=dict)
    speaker: int | None = None
    handed: str = "%s"
    said: str = ""  # the quotation, with its choices made


@dataclass(frozen=True)
class Event:
    slots: dict[str, str]
    numbers: dict[str, int]
    speakers: tuple[Speaker, ...]
    quotes: tuple[tuple[int, str, Choices], ...]  # (speaker, frame, choices): what was really said
    facts: tuple[str, ...]


def expand(frame: str, choices: Choices, rng: random.Random, path: str = "") -> str:
    """``frame`` with each choice made; those in ``choices`` are kept, and the others are made and noted there."""
    out, at = [], 0
    while at < len(frame):
        if frame[at] != "{":
            out.append(frame[at])
            at += 1
            continue
        depth, end, parts, last = 1, at + 1, [], at + 1
        while depth:
            letter = frame[end]
            depth += (letter == "{") - (letter == "}")
            if (letter == "|" and depth == 1) or depth == 0:
                parts.append(frame[last:end])
                last = end + 1
            end += 1
        key = f"{path}/{at}"
        chosen = choices.setdefault(key, rng.randrange(len(parts))) % len(parts)
        out.append(expand(parts[chosen], choices, rng, f"{key}.{chosen}"))
        at = end
    return "".join(out)


def make_event(rng: random.Random, avoid: Sequence[str] = ()) -> Event:
    words = w.EVENTS[rng.choice(sorted(w.EVENTS))]
    town = rng.choice([t for t in w.TOWNS if t not in avoid])
    fixed = {
        "town": town,
        "region": rng.choice(w.REGIONS),
        "district": rng.choice(w.DISTRICTS),
        "hospital": rng.choice(w.HOSPITALS),
        "weekday": rng.choice(w.WEEKDAYS),
        "later": rng.choice(w.WEEKDAYS),
        "clock": f"{rng.randrange(1, 12)}:{rng.choice(['05', '10', '20', '30', '40', '45', '50'])} {rng.choice(['a.m.', 'p.m.'])}",
        "year": str(rng.randrange(1950, 2015)),
        "year2": str(rng.randrange(2016, 2026)),
    }
    # The site and the cause are facts of the event; how it is called varies from report to report.
    slots = {**words, **fixed}
    for name in ("site", "came", "cause"):
        slots[name] = expand(words[name], {}, rng)
    dead = rng.randrange(2, 60)
    numbers = {
        "dead": dead,
        "hurt": rng.randrange(5, 180),
        "grave": rng.randrange(2, 12),
        "missing": rng.randrange(2, 40),
        "moved": rng.randrange(3, 60) * 50,
        "crewcount": rng.randrange(3, 40) * 10,
        "broken": rng.randrange(4, 120),
        "cost": rng.randrange(2, 90),
        "dark": rng.randrange(4, 90) * 100,
        "aid": rng.randrange(2, 60),
        "held": rng.randrange(2, 9),
        "old": rng.randrange(5, 90),
        "times": rng.randrange(2, 9),
        "kids": rng.randrange(2, 9),
        "named": rng.randrange(2, 12),
    }
    names = rng.sample(w.LAST, 5)
    speakers = tuple(
        Speaker(f"{rng.choice(w.FIRST)} {last}", title)
        for last, title in zip(names, rng.sample(w.TITLES, 5), strict=True)
    )
    quotes = []
    for frame in rng.sample(w.QUOTES, 9):
        choices: Choices = {}
        expand(frame, choices, rng)
        quotes.append((rng.randrange(5), frame, choices))
    facts = ("what", *rng.sample([f for f in w.FACTS if f != "what"], rng.randrange(12, 16)))
    return Event(slots, numbers, speakers, tuple(quotes), facts)


# ---------------------------------------------------------------------------------------------------
# Choosing sentences, and choosing them again


def _fact(event: Event, kind: str, rng: random.Random, taken: set[str]) -> Line:
    """A fact in a frame of one's own: two who write independently seldom build a sentence alike."""
    handed = rng.choice(w.ATTRIBUTED) if kind != "what" else "%s"
    return Line(kind, _fresh(w.FACTS[kind], rng, taken), {}, rng.randrange(len(event.speakers)), handed)


def _own(rng: random.Random, taken: set[str]) -> Line:
    """Something that only this outlet has: a person, a place and a figure of its own, or words said to it alone."""
    private = {"p:given": rng.randrange(len(w.FIRST)), "p:last": rng.randrange(len(w.LAST)), "p:spot": rng.randrange(len(w.SPOTS)),
               "p:own": rng.randrange(3, 90)}  # fmt: skip
    if rng.random() < 0.3:
        told = _fresh(w.TOLD, rng, taken)
        form = rng.choice(
            ("“%s,” said <person>.", "<person> of <spot> said: “%s.”", "“%s,” <person>, who lives at <spot>, told us.")
        )
        frame = form.replace("%s", told)
        return Line("scene", frame, private, None, "%s", expand(frame, private, rng))
    kind = rng.choice(sorted(w.OWN))
    return Line(kind, _fresh(w.OWN[kind], rng, taken), private)


def _fresh(frames: Sequence[str], rng: random.Random, taken: set[str]) -> str:
    free = [f for f in frames if f not in taken]
    frame = rng.choice(free if free and rng.random() < 0.85 else list(frames))
    taken.add(frame)
    return frame


def _quote(event: Event, n: int, rng: random.Random) -> Line:
    speaker, frame, choices = event.quotes[n]
    said = expand(frame, dict(choices), rng)
    form = rng.choice(
        ("“%s,” <who> <said>.", "<Who> <said>: “%s.”", "“%s,” <said> <who>.", "In the words of <who>, “%s.”")
    )
    return Line("quote", frame, dict(choices), speaker, form, said)


def _scene(rng: random.Random, taken: set[str]) -> Line:
    frame = _fresh(w.SCENES, rng, taken)
    choices: Choices = {}
    return Line("scene", frame, choices, None, "%s", expand(frame, choices, rng))


def witness(event: Event, rng: random.Random, taken: set[str], *, scenes: int | None = None) -> list[Line]:
    """A report of one's own: which facts, in which order, in which words, with what was seen there."""
    order = {kind: place for place, kind in enumerate(w.FACTS)}
    loose = rng.choice((1.5, 3.0, 6.0))  # news mostly puts the same first, and some put it otherwise
    most = len(event.facts) - 1
    kinds = rng.sample(event.facts[1:], rng.choice((2, 3, 4, 4, 5, 6, 8, min(12, most))))
    kinds.sort(key=lambda k: order[k] + rng.gauss(0, loose))
    lines = [_fact(event, k, rng, taken) for k in ("what", *kinds)]
    for n in rng.sample(range(len(event.quotes)), rng.choice((0, 1, 1, 2, 2, 4))):
        lines.insert(rng.randrange(2, len(lines) + 1), _quote(event, n, rng))
    for _ in range(rng.randrange(1, 4) if scenes is None else scenes):
        lines.insert(rng.randrange(1, len(lines) + 1), _scene(rng, taken))
    for _ in range(rng.randrange(3, 10) if scenes is None else 0):
        lines.insert(rng.randrange(1, len(lines) + 1), _own(rng, taken))
    return lines


def reword(event: Event, lines: Sequence[Line], strength: str, rng: random.Random, taken: set[str]) -> list[Line]:
    """The same sentences told again: a few words, or other frames, or other frames and drifting quotations."""
    out: list[Line] = []
    for line in lines:
        again = 0.35 if strength == "light" else 0.7
        kept = {k: v for k, v in line.choices.items() if k.startswith("p:") or rng.random() > again}
        if line.kind == "quote":
            said, choices = line.said, line.choices
            if strength == "drift":
                choices = {k: v for k, v in line.choices.items() if rng.random() > 0.6}
                said = expand(line.frame, choices, rng)
            handed = line.handed if strength == "light" else _quote(event, 0, rng).handed
            out.append(replace(line, said=said, handed=handed, choices=dict(choices)))
        elif line.kind == "scene":
            if "“" in line.frame and strength != "drift":
                kept = dict(line.choices)  # words in quotation marks stay as they were said
            said = expand(line.frame, kept, rng)
            out.append(replace(line, choices=kept, said=said))
        elif strength == "light":
            out.append(replace(line, choices=kept))
        else:
            # A paraphrase turns most sentences round and only changes words in the others.
            fresh = line.frame if rng.random() < 0.3 else rng.choice((w.FACTS | w.OWN)[line.kind])
            private = {k: v for k, v in line.choices.items() if k.startswith("p:")}
            handed = (
                rng.choice(w.ATTRIBUTED)
                if rng.random() < 0.5 and line.kind in w.FACTS and line.kind != "what"
                else line.handed
            )
            out.append(replace(line, frame=fresh, choices=kept if fresh == line.frame else private, handed=handed))
    if strength != "light":
        for n in range(len(out) - 1):  # neighbours change places now and then, and a sentence is dropped
            if n and rng.random() < 0.08:
                out[n], out[n + 1] = out[n + 1], out[n]
        out = [line for n, line in enumerate(out) if n < 2 or rng.random() > 0.12]
        if rng.random() < 0.3:
            out.insert(rng.randrange(1, len(out)), _scene(rng, taken))
    return out


def render(event: Event, lines: Sequence[Line], rng: random.Random, *, mangled: bool = False) -> list[str]:
    """The sentences in words; a speaker is introduced once, then goes by a shorter name."""
    introduced: set[int] = set()
    out = []
    for line in lines:
        said = line.said or expand(line.frame, line.choices, rng)
        sentence = _fill(event, said, line.choices, rng)
        if line.handed != "%s":
            assert line.speaker is not None
            who = _name(event, line.speaker, line.choices, rng, first=line.speaker not in introduced, mangled=mangled)
            introduced.add(line.speaker)
            inner = sentence if line.kind == "quote" or line.handed.startswith("%s") else _lower(sentence, event)
            inner = inner.removesuffix(".")
            frame = line.handed.replace("{the|<title>} ", "")
            frame = frame.replace("<said>", _chosen("said", w.SAID, line.choices, rng))
            frame = frame.replace("<reported>", _chosen("reported", w.REPORTED, line.choices, rng))
            frame = frame.replace("<Who>", who[0].upper() + who[1:]).replace("<who>", who)
            sentence = re.sub(r",([.,:])", r"\1", frame.replace("%s", inner))
            sentence = sentence.rstrip(",") + ("" if sentence.endswith((".", ".”")) else ".")
        out.append(sentence[0].upper() + sentence[1:])
    return out


def _chosen(name: str, frame: str, choices: Choices, rng: random.Random) -> str:
    return expand(frame, choices, rng, name)


def _lower(sentence: str, event: Event) -> str:
    first = sentence.split(maxsplit=1)[0].strip("',.")
    proper = {part for value in event.slots.values() for part in value.split() if part[:1].isupper()}
    return sentence if first in proper or first in w.WEEKDAYS else sentence[0].lower() + sentence[1:]


def _fill(event: Event, words: str, choices: Choices, rng: random.Random) -> str:
    def value(match: re.Match[str]) -> str:
        name = match[1]
        if name == "person":
            return f"{w.FIRST[choices['p:given']]} {w.LAST[choices['p:last']]}"
        if name == "spot":
            return w.SPOTS[choices["p:spot"]]
        if name in event.numbers or name == "own":
            number = choices["p:own"] if name == "own" else event.numbers[name]
            spelled = choices.setdefault(f"n:{name}", rng.randrange(2))
            return _NUMBERS[number] if spelled and number <= 20 else f"{number:,}"
        return expand(event.slots[name], choices, rng, f"s:{name}:{match.start()}")

    for _ in range(2):  # a slot may hold a slot
        words = _SLOT.sub(value, words)
    return words


def _name(event: Event, n: int, choices: Choices, rng: random.Random, *, first: bool, mangled: bool) -> str:
    speaker = event.speakers[n]
    title = expand(speaker.title, choices, rng, f"t:{n}")
    given, last = speaker.name.split()
    if mangled and choices.setdefault("mangled", rng.randrange(3)) == 0:
        last = last[:-1] + {"k": "ck", "n": "nn", "r": "rr"}.get(last[-1], last[-1] + "e")
    if first:
        return (f"the {title}, {given} {last},", f"{given} {last}, the {title},")[
            choices.setdefault("full", rng.randrange(2))
        ]
    return (last, f"{given[0]}. {last}", f"the {title}", last)[choices.setdefault("short", rng.randrange(4))]


def paragraphs(sentences: Sequence[str], rng: random.Random) -> list[str]:
    out, at = [], 0
    while at < len(sentences):
        step = rng.choice((1, 1, 2, 2, 3))
        out.append(" ".join(sentences[at : at + step]))
        at += step
    return out


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
            rest.insert(rng.randrange(0, len(rest) + 1), _scene(rng, taken))
        quotes = [n for n in range(len(event.quotes)) if event.quotes[n][1] not in {line.frame for line in rest}]
        if quotes and rng.random() < 0.5:
            rest.insert(rng.randrange(0, len(rest) + 1), _quote(event, rng.choice(quotes), rng))
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
            kept.insert(rng.randrange(1, len(kept) + 1), render(event, [_scene(rng, taken)], rng)[0])
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
