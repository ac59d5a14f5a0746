"""Made stories as reports: each outlet tells what was said up to its day, in words of its own, with the truth beside it.

    python benchmarks/worlds_told.py [--seed N] [--reports N]

`tell(seed)` gives the reports of one story, `many(seed, reports)` yields reports of story after story, as many as are wanted
(text only: nothing is read). The same seed gives the same reports.
"""

from __future__ import annotations

import argparse
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

import worlds_phrases as p
import worlds_words as w
from worlds_lines import expand
from worlds_matters import DAYS, RESIDENT, Answer, Saying, Story, make_story

_NUMBERS = (
    "no one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
    "nineteen twenty"
).split()
_SLOT = re.compile(r"<(\w+)>")
# Marks around what an item rests on while a text is made; they stand in no published text.
_BEGIN, _END = "\ue000", "\ue001"


@dataclass(frozen=True)
class Item:
    """One saying as a report tells it: the span of its number, of its clause, or of its sentence."""

    saying: Saying
    start: int
    end: int
    target: str | None = None  # of a failed check: the key of the saying that it speaks of


@dataclass(frozen=True)
class Told:
    """One report: what is published, and beside it the truth."""

    outlet: str
    published: str
    text: str
    items: tuple[Item, ...]


@dataclass
class _Sentence:
    text: str  # with marks
    sayings: list[tuple[Saying, str | None]]  # for each pair of marks, in their order; and the target


def tell(seed: int, *, reports: int = 12) -> tuple[Story, list[Told]]:
    """One story in about so many reports, each outlet's own."""
    rng = random.Random(f"relations {seed}")
    story = make_story(rng)
    outlets = rng.sample(w.OUTLETS, len(w.OUTLETS))
    told = []
    for n in range(reports):
        day = min(DAYS - 1, int(DAYS * (n + rng.random()) / reports))
        told.append(_report(story, day, outlets[n % len(outlets)], rng))
    return story, told


def many(seed: int, reports: int) -> Iterator[Told]:
    """Reports of story after story, at any size: nothing is kept of those that were given."""
    given = 0
    while given < reports:
        _, told = tell(seed, reports=min(12, reports - given))
        yield from told
        given += len(told)
        seed += 1


def _report(story: Story, day: int, outlet: str, rng: random.Random) -> Told:
    known = [s for s in story.sayings if s.day <= day]
    fresh = [s for s in known if s.day >= day - 1]
    before = [s for s in known if s.day < day - 1]
    chosen = rng.sample(fresh, min(len(fresh), rng.randrange(7, 12)))
    chosen += rng.sample(before, min(len(before), rng.randrange(0, 4)))
    # A denial is told with what it denies, more often than not; a count with no other of its speaker and matter.
    for saying in [s for s in chosen if s.denies]:
        denied = [
            s for s in known if s.matter == saying.matter and s.answer.key == saying.denies and s.day <= saying.day
        ]
        if denied and not set(denied) & set(chosen) and rng.random() < 0.7:
            chosen.append(rng.choice(denied))
    chosen = _without_repeats(chosen)
    lead = [s for s in chosen if s.kind == "count" and s.matter == "killed main"][:1]
    rest = [s for s in chosen if s not in lead and not s.denies]
    rng.shuffle(rest)
    order = lead + rest
    for saying in [s for s in chosen if s.denies]:
        at = [n for n, s in enumerate(order) if s.matter == saying.matter and s.answer.key == saying.denies]
        order.insert(at[-1] + 1 if at else rng.randrange(len(order) + 1), saying)
    mentioned: set[int] = set()
    lines: list[_Sentence] = []
    if lead and rng.random() < 0.7:
        lines.append(_headline(story, lead[0], rng))
    for n, saying in enumerate(order):
        near = (
            n > 0
            and saying.denies != ""
            and order[n - 1].answer.key == saying.denies
            and order[n - 1].matter == saying.matter
        )
        lines.append(_sentence(story, saying, day, mentioned, rng, near=near))
        checkable = saying.kind in ("count", "whether", "accuse", "claim") and saying.day >= day - 1
        if checkable and rng.random() < 0.08:
            lines.append(_unverified(saying, outlet, rng))
    return _published(story, day, outlet, lines, rng)


def _without_repeats(chosen: list[Saying]) -> list[Saying]:
    """A report gives no speaker's number twice, but the newer with the older marked as such."""
    kept: dict[tuple[int, str, str], Saying] = {}
    for saying in chosen:
        kept.setdefault((saying.speaker, saying.matter, saying.answer.key), saying)
    return list(kept.values())


# ---------------------------------------------------------------------------------------------------
# Sentences


def _sentence(
    story: Story, saying: Saying, day: int, mentioned: set[int], rng: random.Random, *, near: bool
) -> _Sentence:
    speaker = story.speakers[saying.speaker]
    full = saying.speaker not in mentioned
    mentioned.add(saying.speaker)
    name = expand(speaker.full if full else speaker.short, {}, rng)
    slots = _slots(story, saying, name, rng)
    if saying.kind == "revised" and saying.was is not None:
        text = _fill(expand(rng.choice(p.REVISED[saying.topic]), {}, rng), slots)
        old = replace(saying, key=f"{saying.key} before", answer=saying.was, day=saying.day - 1, was=None)
        both = sorted(
            ((_found(text, "old").start(), saying.key, old), (_found(text, "new").start(), "", saying)),
            key=lambda x: x[0],
        )
        return _Sentence(text, [(s, None) for _, _, s in both])
    if saying.kind in ("accuse", "claim", "deny", "deny_figure", "open"):
        frames = {"accuse": p.ACCUSED, "claim": p.CLAIMED, "deny": p.DENIED_EMPTY if near and rng.random() < 0.5 else p.DENIED,
                  "deny_figure": p.DENIED_FIGURE, "open": p.OPEN.get(saying.topic, ())}[saying.kind]  # fmt: skip
        text = _fill(expand(rng.choice(frames), {}, rng), slots)
        return _Sentence(_BEGIN + text + _END, [(saying, None)])
    if saying.kind == "count" and saying.topic in p.COUNTED and rng.random() < 0.3:
        return _Sentence(_fill(expand(rng.choice(p.COUNTED[saying.topic]), {}, rng), slots), [(saying, None)])
    clause = _fill(_clause(story, saying, rng), slots)
    if saying.kind not in ("count", "scope", "feared") or _BEGIN not in clause:
        clause = _BEGIN + clause + _END
    older = saying.day < day - 1 or (saying.day < day and rng.random() < 0.5)
    frame = rng.choice(p.SAID_BEFORE if older and saying.speaker != RESIDENT else p.SAID)
    saidday = (story.start + timedelta(days=saying.day)).strftime("%A")
    clause = re.sub(r"\b([Ii]ts|[Oo]ur)\b", lambda m: "our" if "“" in frame else "its", clause)
    text = _fill(expand(frame, {}, rng), {**slots, "p": clause, "P": _upper(clause), "saidday": saidday})
    return _Sentence(text, [(saying, None)])


def _clause(story: Story, saying: Saying, rng: random.Random) -> str:
    if saying.kind == "count":
        return expand(rng.choice(p.COUNTS[saying.topic]), {}, rng)
    if saying.kind == "feared":
        return expand(rng.choice(p.FEARED[saying.topic]), {}, rng)
    if saying.kind == "scope":
        return expand(rng.choice(p.SCOPES[saying.topic]), {}, rng)
    if saying.kind == "whether":
        return expand(rng.choice(p.WHETHER[saying.topic][saying.answer.key == "no"]), {}, rng)
    if saying.kind == "finer":
        return expand(rng.choice(p.FINER[saying.topic][saying.answer.key == "fine"]), {}, rng)
    return expand(p.ASIDES[int(saying.topic)], {}, rng)


def _headline(story: Story, saying: Saying, rng: random.Random) -> _Sentence:
    slots = _slots(story, saying, "", rng)
    clause = _fill(_clause(story, saying, rng), slots)
    role = story.speakers[saying.speaker].head
    text = _fill(
        expand(rng.choice(p.HEADLINES), {}, rng), {"p": clause, "P": _upper(clause), "r": role, "R": _upper(role)}
    )
    return _Sentence(text + "\n", [(saying, None)])


def _unverified(saying: Saying, outlet: str, rng: random.Random) -> _Sentence:
    frames = p.UNVERIFIED_FIGURE if saying.kind == "count" else p.UNVERIFIED
    text = _fill(expand(rng.choice(frames), {}, rng), {"outlet": outlet})
    check = replace(saying, key=f"{saying.key} check", kind="unverified", matter=f"check {saying.key}")
    return _Sentence(_BEGIN + text + _END, [(check, saying.key)])


def _slots(story: Story, saying: Saying, name: str, rng: random.Random) -> dict[str, str]:
    incident = story.incidents[saying.incident]
    words = p.INCIDENTS[incident.kind]
    noun = "" if saying.kind == "scope" and saying.topic == "soldiers" else "people"
    # What is long past is told with its time: without it nobody could tell the two apart.
    town = f"{incident.town} {rng.choice(('last month', 'a month ago'))}" if incident.back > 20 else incident.town
    slots = {
        "S": _upper(name), "s": name, "town": town, "district": story.district, "clock": story.clock,
        "region": story.region, "people": story.us[1], "them": story.them[0], "Them": story.them[0],
        "their": story.them[1], "event": expand(words["event"], {}, rng), "hit": expand(words["hit"], {}, rng),
        "shelling": f"{words['hitting']} {town}", "where": f"{rng.choice(('in', 'in', 'at'))} {town}",
    }  # fmt: skip
    if saying.answer.best or saying.kind in ("count", "scope", "feared"):
        style = rng.random() < 0.5
        new = _spell(saying.answer, style, rng)
        slots |= {"x": f"{_BEGIN}{new}{_END}", "n": f"{_BEGIN}{new}{_END} {_noun(saying.answer, noun, rng)}".rstrip()}
        slots["n2"] = slots["x"]
        if saying.was is not None:
            old = _spell(saying.was, style, rng)
            slots |= {
                "o": f"{_BEGIN}\ue002{old}{_END}",
                "on": f"{_BEGIN}\ue002{old}{_END} {_noun(saying.was, noun, rng)}",
            }
            for name_ in ("x", "n", "n2"):
                slots[name_] = slots[name_].replace(_BEGIN, f"{_BEGIN}\ue003")
    if saying.kind == "deny_figure":
        denied = _spell(Answer("", best=float(saying.denies)), True, rng)
        slots["x"] = denied
    return slots


def _noun(answer: Answer, noun: str, rng: random.Random) -> str:
    return "person" if answer.best == 1 and answer.bound == "exact" and noun else noun


def _spell(answer: Answer, in_words: bool, rng: random.Random) -> str:
    if answer.bound == "vague":
        return answer.key
    n = int(answer.best)
    word = _NUMBERS[n] if in_words and 0 < n < len(_NUMBERS) else f"{n:,}"
    return rng.choice(p.BOUNDS.get(answer.bound, ("",))) + word


def _fill(text: str, slots: dict[str, str]) -> str:
    filled = _SLOT.sub(lambda m: slots.get(m.group(1), m.group()), text)
    return filled if filled == text else _fill(filled, slots)


def _found(text: str, which: str) -> re.Match[str]:
    found = re.search("\ue002" if which == "old" else "\ue003", text)
    assert found is not None, text
    return found


def _upper(text: str) -> str:
    """The first letter as a capital, past any mark."""
    at = next((n for n, c in enumerate(text) if c.isalnum()), 0)
    return text[:at] + text[at : at + 1].upper() + text[at + 1 :]


# ---------------------------------------------------------------------------------------------------
# Texts


def _published(story: Story, day: int, outlet: str, lines: list[_Sentence], rng: random.Random) -> Told:
    text, items = "", list[Item]()
    for n, line in enumerate(lines):
        marked = _tidy(line.text)
        plain, spans = _unmark(marked)
        assert len(spans) == len(line.sayings), marked
        for (saying, target), (start, end) in zip(line.sayings, spans, strict=True):
            items.append(Item(saying, len(text) + start, len(text) + end, target))
        text += plain
        if not plain.endswith("\n"):
            text += "\n\n" if rng.random() < 0.4 or n + 1 == len(lines) else " "
        else:
            text += "\n"
    at = f"{6 + rng.randrange(15):02}:{rng.choice(('00', '10', '25', '40'))}:00Z"
    published = f"{(story.start + timedelta(days=day)).isoformat()}T{at}"
    return Told(outlet, published, text.rstrip() + "\n", tuple(items))


def _tidy(text: str) -> str:
    """What slots leave behind: doubled spaces and commas, a capital at the beginning."""
    text = re.sub(r" {2,}", " ", text).replace(",,", ",").replace(" ,", ",").replace(",.", ".").replace(" .", ".")
    return _upper(text) if text[:1] not in "“" else text


def _unmark(marked: str) -> tuple[str, list[tuple[int, int]]]:
    plain, spans, start = "", [], 0
    for letter in marked:
        if letter == _BEGIN:
            start = len(plain)
        elif letter == _END:
            spans.append((start, len(plain)))
        elif letter not in "\ue002\ue003":
            plain += letter
    return plain, spans


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--reports", type=int, default=12)
    args = parser.parse_args()
    for report in many(args.seed, args.reports):
        print(f"--- {report.outlet} {report.published}\n{report.text}")
        for item in report.items:
            s = item.saying
            print(f"    [{report.text[item.start : item.end]}] {s.kind} {s.matter}: {s.answer.key}")
        print()


if __name__ == "__main__":
    main()
