"""The sentences of a made world: an event, what an outlet chooses to tell of it, and the same told again in other words.

A sentence is kept as the frame and the choices that it was made of, so that rewording chooses again: a few words, or another
frame for the same fact, or words inside quotation marks too.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import worlds_words as w

_NUMBERS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
    "nineteen twenty"
).split()
_SLOT = re.compile(r"<(\w+)>")

Choices = dict[str, int]


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


def fact(event: Event, kind: str, rng: random.Random, taken: set[str]) -> Line:
    """A fact in a frame of one's own: two who write independently seldom build a sentence alike."""
    handed = rng.choice(w.ATTRIBUTED) if kind != "what" else "%s"
    return Line(kind, _fresh(w.FACTS[kind], rng, taken), {}, rng.randrange(len(event.speakers)), handed)


def own_matter(rng: random.Random, taken: set[str]) -> Line:
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


def quote(event: Event, n: int, rng: random.Random) -> Line:
    speaker, frame, choices = event.quotes[n]
    said = expand(frame, dict(choices), rng)
    form = rng.choice(
        ("“%s,” <who> <said>.", "<Who> <said>: “%s.”", "“%s,” <said> <who>.", "In the words of <who>, “%s.”")
    )
    return Line("quote", frame, dict(choices), speaker, form, said)


def scene(rng: random.Random, taken: set[str]) -> Line:
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
    lines = [fact(event, k, rng, taken) for k in ("what", *kinds)]
    for n in rng.sample(range(len(event.quotes)), rng.choice((0, 1, 1, 2, 2, 4))):
        lines.insert(rng.randrange(2, len(lines) + 1), quote(event, n, rng))
    for _ in range(rng.randrange(1, 4) if scenes is None else scenes):
        lines.insert(rng.randrange(1, len(lines) + 1), scene(rng, taken))
    for _ in range(rng.randrange(3, 10) if scenes is None else 0):
        lines.insert(rng.randrange(1, len(lines) + 1), own_matter(rng, taken))
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
            handed = line.handed if strength == "light" else quote(event, 0, rng).handed
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
            out.insert(rng.randrange(1, len(out)), scene(rng, taken))
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
