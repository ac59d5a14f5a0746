"""The truth of a made story: its actors and incidents, what each says on which day, and how any two sayings stand to each other.

A saying answers one matter (a question with its scope: whom is counted, where, in which time), or none. `relation_of` is the
whole truth of relations: it knows nothing of words, only of matters, answers, parties and days.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import worlds_phrases as p
import worlds_words as w

DAYS = 6
#: Two parties whose numbers differ on one day contradict each other; from here on a higher number is news. Between, nothing is scored.
NEWS_DAYS = 3
#: Of "at least 20", a number this many times as large may be what stands behind it.
NEAR = 1.15


@dataclass(frozen=True)
class Speaker:
    """Who speaks. Those of one ``party`` (a ministry and its spokesman) are one, and ``side`` is "us", "them" or "neither"."""

    full: str  # "Ada Quill, the governor of Upper Varn", as at the first mention
    short: str  # as at later mentions
    head: str  # in a headline
    party: str
    side: str


@dataclass(frozen=True)
class Incident:
    """Something that happened. ``where`` is the town, ``back`` the days before the story's first day."""

    key: str
    kind: str
    town: str
    back: int


@dataclass(frozen=True)
class Answer:
    """An answer: a number with its bounds, or which of two sides of a matter. ``key`` tells answers of a matter apart."""

    key: str
    low: float = 0.0
    best: float = 0.0
    high: float = 0.0
    bound: str = "exact"  # of p.BOUNDS, "vague" or "feared"


@dataclass(frozen=True)
class Saying:
    """``speaker`` gives ``answer`` to ``matter`` on ``day``. ``kind`` chooses the words: count, feared, revised, whether, accuse,
    claim, deny, deny_figure, finer, scope, open, aside."""

    key: str
    speaker: int
    day: int
    kind: str
    topic: str
    matter: str
    answer: Answer
    incident: str
    denies: str = ""  # the key of an answer of the same matter
    was: Answer | None = None  # of a revision told in one sentence: what was said before
    loose: bool = False  # it may or may not be read as an answer of its matter: membership is not scored


@dataclass(frozen=True)
class Story:
    start: date
    us: tuple[str, str]
    them: tuple[str, str]
    region: str
    district: str
    clock: str
    speakers: tuple[Speaker, ...]
    incidents: dict[str, Incident]
    sayings: tuple[Saying, ...]


def make_story(rng: random.Random) -> Story:
    """One invented event of some days, with another village's and last month's beside it."""
    us, them = rng.sample(p.STATES, 2)
    region, (town, village, old) = rng.choice(w.REGIONS), rng.sample(w.TOWNS, 3)
    speakers = _speakers(rng, us, them, region, town)
    kind, other = rng.sample(sorted(p.INCIDENTS), 2)
    incidents = {
        "main": Incident("main", kind, town, 0),
        "village": Incident("village", kind if rng.random() < 0.5 else other, village, rng.choice((0, 0, -1))),
        "old": Incident("old", other, rng.choice((old, town)), rng.randrange(25, 40)),
    }
    start = date(2031, 2, 1) + timedelta(days=rng.randrange(0, 300))
    made = Story(
        start, us, them, region, rng.choice(w.DISTRICTS), f"{rng.randrange(1, 6)}:{rng.choice(('10', '20', '40'))} a.m.",
        speakers, incidents, (),
    )  # fmt: skip
    say = _Saying(rng, made)
    _tolls(rng, say)
    _scopes(rng, say)
    _whose(rng, say)
    _whether(rng, say)
    _finer(rng, say)
    _asked(rng, say)
    for n in rng.sample(range(len(p.ASIDES)), rng.randrange(6, 11)):
        say("aside", speaker=rng.randrange(len(speakers)), day=rng.randrange(DAYS), topic=str(n))
    return replace(made, sayings=tuple(say.made))


US = ("governor", "ministry", "police", "hospital", "army")


def _speakers(
    rng: random.Random, us: tuple[str, str], them: tuple[str, str], region: str, town: str
) -> tuple[Speaker, ...]:
    last = rng.sample(w.LAST, 6)
    first = [rng.choice(w.FIRST) for _ in last]
    group, observer = rng.choice(p.GROUPS), rng.choice(p.OBSERVERS)
    people = [f"{a} {b}" for a, b in zip(first, last, strict=True)]
    return (
        Speaker(f"{people[0]}, the governor of {region},", last[0], f"governor {last[0]}", "governor", "us"),
        Speaker(f"the {us[1]} {{interior|defence}} ministry", f"the {us[1]} ministry", f"{us[1]} ministry", "ministry", "us"),
        Speaker(f"police chief {people[1]}", last[1], f"police chief {last[1]}", "police", "us"),
        Speaker(f"{people[2]}, the director of the {town} hospital,", last[2], f"hospital director {last[2]}", "hospital", "us"),
        Speaker(f"{us[1]} army {{spokesman|spokeswoman}} {people[3]}", last[3], f"{us[1]} army", "army", "us"),
        Speaker(f"{them[1]} foreign ministry {{spokesman|spokeswoman}} {people[4]}", last[4], f"{them[1]} spokesman {last[4]}", "their ministry", "them"),
        Speaker(f"the {them[1]} general staff", f"the {them[1]} general staff", f"{them[1]} general staff", "their army", "them"),
        Speaker(group, group, group.removeprefix("the "), "group", "them"),
        Speaker(observer, observer, observer.removeprefix("the "), "observer", "neither"),
        Speaker(f"{people[5]}, a baker in {town},", last[5], f"baker {last[5]}", "resident", "neither"),
    )  # fmt: skip


GOVERNOR, MINISTRY, POLICE, HOSPITAL, ARMY, THEIR_MINISTRY, THEIR_ARMY, GROUP, OBSERVER, RESIDENT = range(10)


class _Saying:
    """Collects sayings, each with a key of its own."""

    def __init__(self, rng: random.Random, story: Story) -> None:
        self.rng, self.story, self.made = rng, story, list[Saying]()

    def __call__(
        self, kind: str, *, speaker: int, day: int, topic: str = "", matter: str = "", answer: Answer = Answer(""),
        incident: str = "main", denies: str = "", was: Answer | None = None, loose: bool = False,
    ) -> Saying:  # fmt: skip
        key = f"{len(self.made):02}"
        made = Saying(key, speaker, day, kind, topic, matter or f"aside {key}", answer, incident, denies, was, loose)
        self.made.append(made)
        return made


def number(best: float, bound: str = "exact") -> Answer:
    """A number as it is said: "at least" is open above, "about" a tenth to each side. The number alone tells answers apart."""
    high = float("inf") if bound == "at_least" else best * 1.1 if bound == "about" else best
    return Answer(f"{best:g}", best * 0.9 if bound == "about" else best, best, high, bound)


def _tolls(rng: random.Random, say: _Saying) -> None:
    """Counts that grow from day to day, of two bodies that may differ, and the other side's number."""
    for measure, chance in (("killed", 1.0), ("injured", 0.8), ("missing", 0.4), ("displaced", 0.4)):
        if rng.random() > chance:
            continue
        low = {"killed": 3, "injured": 9, "missing": 5, "displaced": 120}[measure]
        count = rng.randrange(low, low * 6)
        matter = f"{measure} main"
        body = rng.choice((GOVERNOR, POLICE, MINISTRY, HOSPITAL))
        day, last = 0, None
        while day < DAYS:
            bound = rng.choice(("exact", "exact", "exact", "at_least", "about" if count > 9 else "exact"))
            answer = number(count, bound)
            told_as_one = last is not None and rng.random() < 0.4 and measure in p.REVISED
            say(
                "revised" if told_as_one else "count", speaker=body, day=day, topic=measure, matter=matter, answer=answer,
                was=last if told_as_one else None,
            )  # fmt: skip
            # Others repeat it, or have another number on the same day.
            for other in rng.sample([GOVERNOR, POLICE, MINISTRY, HOSPITAL, OBSERVER], rng.randrange(0, 3)):
                if other != body:
                    differs = rng.random() < 0.35
                    theirs = count + rng.choice((-1, 1, 2, 3, count // 2 + 2)) if differs else count
                    say("count", speaker=other, day=day, topic=measure, matter=matter, answer=number(max(1, theirs)))
            if rng.random() < 0.3 and measure == "killed":
                _vague(rng, say, count, day, matter)
            last, day = answer, day + rng.choice((1, 1, 2, 3))
            count += rng.choice((1, 1, 2, 3, 5)) if measure != "missing" else -min(2, count - 1)
        if measure == "killed":
            if rng.random() < 0.6:
                first = next(s for s in say.made if s.matter == matter)
                say(
                    "count",
                    speaker=THEIR_MINISTRY,
                    day=0,
                    topic=measure,
                    matter=matter,
                    answer=number(max(1, int(first.answer.best) // 3)),
                )
            if rng.random() < 0.5:
                first = next(s for s in say.made if s.matter == matter and s.kind == "count")
                say(
                    "deny_figure", speaker=THEIR_ARMY, day=first.day, topic=measure, matter=matter,
                    answer=Answer(f"not {first.answer.key}"), denies=first.answer.key,
                )  # fmt: skip
            if rng.random() < 0.5:
                feared = rng.randrange(40, 90)
                say(
                    "feared", speaker=rng.choice((OBSERVER, RESIDENT)), day=0, topic=measure, matter=matter,
                    answer=Answer(f"feared {feared}", 0, feared, feared, "feared"), loose=True,
                )  # fmt: skip


def _vague(rng: random.Random, say: _Saying, count: int, day: int, matter: str) -> None:
    fits = [(words, low, high) for words, low, high in p.VAGUE if low <= count <= high]
    if fits:
        words, low, high = rng.choice(fits)
        answer = Answer(words, low, low, high, "vague")
        say("count", speaker=OBSERVER, day=day, topic="killed", matter=matter, answer=answer)


def _scopes(rng: random.Random, say: _Saying) -> None:
    """Numbers near the toll that count something else: the traps."""
    for scope in rng.sample(sorted(p.SCOPES), rng.randrange(4, 7)):
        day = rng.randrange(3)
        speaker = rng.choice((GOVERNOR, POLICE, MINISTRY, HOSPITAL, ARMY, OBSERVER))
        if scope in ("soldiers", "attackers"):
            speaker = rng.choice((ARMY, THEIR_ARMY))
        best = rng.randrange(2, 30)
        say("scope", speaker=speaker, day=day, topic=scope, matter=f"{scope} {best} {speaker}", answer=number(best))
    for incident, speaker in (("village", rng.choice((GOVERNOR, POLICE))), ("old", rng.choice((MINISTRY, OBSERVER)))):
        for measure in ("killed", "injured"):
            if rng.random() < 0.7:
                answer = number(rng.randrange(2, 40))
                matter, day = f"{measure} {incident}", rng.randrange(3)
                say("count", speaker=speaker, day=day, topic=measure, matter=matter, answer=answer, incident=incident)


def _whose(rng: random.Random, say: _Saying) -> None:
    """Accusations of the main incident and of last month's, denials of either, and a group that claims it."""
    for incident, chance in (("main", 0.9), ("old", 0.5), ("village", 0.4)):
        if rng.random() > chance:
            continue
        matter, day = f"who {incident}", rng.randrange(2)
        them = Answer("them")
        for speaker in rng.sample((GOVERNOR, MINISTRY, ARMY), rng.randrange(1, 3)):
            say("accuse", speaker=speaker, day=day, topic="who", matter=matter, answer=them, incident=incident)
        if rng.random() < 0.8:
            say(
                "deny", speaker=rng.choice((THEIR_MINISTRY, THEIR_ARMY)), day=day + rng.randrange(2), topic="who", matter=matter,
                answer=Answer("not them"), incident=incident, denies="them",
            )  # fmt: skip
        if incident == "main" and rng.random() < 0.5:
            say("claim", speaker=GROUP, day=day, topic="who", matter=matter, answer=Answer("group"))


def _whether(rng: random.Random, say: _Saying) -> None:
    for topic in rng.sample(sorted(p.WHETHER), rng.randrange(2, 4)):
        day = rng.randrange(4)
        matter = f"whether {topic}"
        ours = [POLICE, MINISTRY] if topic in ("plant", "corridor", "talks") else [ARMY, MINISTRY]
        yes, no = (ours, [THEIR_ARMY, THEIR_MINISTRY]) if topic != "control" else ([THEIR_ARMY], ours)
        for speaker in yes[: rng.randrange(1, 3)]:
            say("whether", speaker=speaker, day=day, topic=topic, matter=matter, answer=Answer("yes"))
        if rng.random() < 0.8:
            say(
                "whether",
                speaker=rng.choice(no),
                day=day + rng.randrange(2),
                topic=topic,
                matter=matter,
                answer=Answer("no"),
            )


def _finer(rng: random.Random, say: _Saying) -> None:
    for topic in p.FINER:
        if rng.random() < 0.6:
            one, other = rng.sample((GOVERNOR, POLICE, MINISTRY, OBSERVER), 2)
            say("finer", speaker=one, day=0, topic=topic, matter=f"{topic} main", answer=Answer("coarse"))
            say(
                "finer", speaker=other, day=rng.randrange(2), topic=topic, matter=f"{topic} main", answer=Answer("fine")
            )


def _asked(rng: random.Random, say: _Saying) -> None:
    for slot in rng.sample(sorted(p.OPEN), rng.randrange(1, 4)):
        speaker = rng.choice((GOVERNOR, POLICE, MINISTRY))
        say("open", speaker=speaker, day=rng.randrange(2), topic=slot, matter=f"open {slot}")


# ---------------------------------------------------------------------------------------------------
# The truth of two sayings


def relation_of(a: Saying, b: Saying, speakers: Sequence[Speaker]) -> frozenset[tuple[str, str]]:
    """What ``a`` and ``b`` may rightly be called: pairs of a kind and a direction ("a" is so to the other, "b", or "" for both
    ways). More than one where either is right; ("none", "") among them where it is right to call them nothing."""
    if a.matter != b.matter or "open" in (a.kind, b.kind):
        return frozenset({("none", "")})
    if a.denies or b.denies:
        if a.denies and b.denies:
            return frozenset({("same", "")} if a.answer.key == b.answer.key else {("none", "")})
        if a.denies == b.answer.key or b.denies == a.answer.key:
            way = "a" if a.denies else "b"
            return frozenset({("denies", way), ("contradicts", "")})
        return frozenset({("none", ""), ("contradicts", ""), ("same", "")})
    if a.answer.key == b.answer.key:
        return frozenset({("same", "")})
    if a.topic in p.FINER:
        return frozenset({("refines", "a" if a.answer.key == "fine" else "b")})
    if a.topic in p.COUNTS:
        return _numbers(a, b, speakers)
    if a.matter.startswith("who "):
        return frozenset(
            {("contradicts", ""), ("none", "")} if {a.answer.key, b.answer.key} == {"them", "group"} else {("none", "")}
        )
    one_party = speakers[a.speaker].party == speakers[b.speaker].party
    return frozenset({("none", ""), ("revises", "")} if one_party else {("contradicts", ""), ("denies", "")})


def _numbers(a: Saying, b: Saying, speakers: Sequence[Speaker]) -> frozenset[tuple[str, str]]:
    x, y = a.answer, b.answer
    if "feared" in (x.bound, y.bound):
        return frozenset({("none", "")})
    fits = x.low <= y.high and y.low <= x.high
    narrow = "a" if x.high - x.low < y.high - y.low else "b"
    gap = abs(a.day - b.day)
    # A finer form is of the same count, so of its day. Who says "at least 68" has counted: another number, however it fits, was
    # counted elsewhere or later, and is finer only where it lies right behind the bound.
    near = max(x.best, y.best) <= NEAR * min(x.best, y.best)
    finer = {("refines", narrow), ("none", "")} if fits and gap <= 1 else {("none", "")}
    if speakers[a.speaker].party == speakers[b.speaker].party:
        if gap == 0 or "vague" in (x.bound, y.bound):
            return frozenset(finer)
        late = frozenset({("revises", "a" if a.day > b.day else "b")})
        # "About 45", and 47 on the next day: the same count told better, or the next one.
        return late | finer if "about" in (x.bound, y.bound) else late
    if fits:
        if "vague" in (x.bound, y.bound):
            return frozenset({("refines", narrow)} if gap == 0 else finer)
        return frozenset(finer if near and gap == 0 else {("none", "")})
    if gap == 0 and "vague" not in (x.bound, y.bound):
        return frozenset({("contradicts", "")})
    if gap < NEWS_DAYS:
        return frozenset({("contradicts", ""), ("none", "")})
    return frozenset({("none", "")})
