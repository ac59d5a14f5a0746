"""Are two events, told in two sentences, one event? A probability, with the reasons in words; and groups of tellings.

    a, b, *others = tell([ToldEvent(id, report, text, sentence, event, names), …])      tellings
    same_event(a, b)                                                                    how likely, and why
    one_event([a, b, *others])                                                          groups of those that tell of one event

    1. measures    how the predicates, those who take part, and all around them are alike, each a named function
    2. weighing    a logistic weighing of them, other weights where the predicates have one stem
    3. veto        times that exclude each other
    4. groups      joined from the strongest pair down, where enough of the pairs across are linked       grouping

The weights are fitted on people's annotation of ECB+ (`training/same_event/`); `benchmarks/event_coref.py` prints what they reach.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import combinations
from math import exp

import numpy as np

from sayso.link.embed import Vector
from sayso.link.grouping import group
from sayso.link.tellings import Part, Telling

LEAST = 0.5  # probability from which two tellings are linked: more likely one than not
NEAR = 0.45  # from here a reason says that two predicates are near in meaning; the weighing has its own say
MOST_LINKED = 0.3  # of the pairs across two groups that must be linked before the groups join


# ---------------------------------------------------------------------------------------------------
# The measures: each between -1 and 1, each the same whichever comes first


def same_stem(a: Telling, b: Telling) -> float:
    """Whether the predicates are forms of one word."""
    return float(a.stem == b.stem)


def kin(a: Telling, b: Telling) -> float:
    """How far the predicates are of one family ("acquire", "acquisition"; "quake", "earthquake"): the share of the shorter that
    both begin with, from four letters on."""
    short, long = sorted((a.told.event.lemma, b.told.event.lemma), key=lambda lemma: (len(lemma), lemma))
    if len(short) >= 5 and (long.startswith(short) or long.endswith(short)):
        return 1.0
    shared = next((n for n, (x, y) in enumerate(zip(short, long, strict=False)) if x != y), len(short))
    return shared / max(4, len(short)) if shared >= 4 else 0.0


def word(a: Telling, b: Telling) -> float:
    """How near the bare predicates are in meaning."""
    return _cosine(a.word, b.word)


def within(a: Telling, b: Telling) -> float:
    """How near the predicates are in meaning, each in its sentence."""
    return _cosine(a.within, b.within)


def very_near(a: Telling, b: Telling) -> float:
    """The same, where it counts: what lies above one half."""
    return max(0.0, within(a, b) - 0.5) ** 2


# Verbs that tell little by themselves: two that share one may be any two events. "To say" above all.
LIGHT = frozenset(
    "be have say tell make take do get go come give put see use find show keep let begin start want".split()
)


def light(a: Telling, b: Telling) -> float:
    """Whether the predicates are verbs that tell little by themselves ("made", "took", "said")."""
    return ((a.told.event.lemma in LIGHT) + (b.told.event.lemma in LIGHT)) / 2


def doers(a: Telling, b: Telling) -> float:
    """How near those who do it are in meaning; nothing where one is not told."""
    return _cosine(a.doer_row, b.doer_row)


def victims(a: Telling, b: Telling) -> float:
    """How near those are whom or what it befalls; nothing where one is not told."""
    return _cosine(a.victim_row, b.victim_row)


def other_doers(a: Telling, b: Telling) -> float:
    """Whether both name who does it, and neither name stands in the other's sentence."""
    return _other_names(a, a.doer, b, b.doer)


def other_victims(a: Telling, b: Telling) -> float:
    """Whether both name whom or what it befalls, and neither name stands in the other's sentence."""
    return _other_names(a, a.victim, b, b.victim)


def other_places(a: Telling, b: Telling) -> float:
    """Whether both tell where, and neither place stands in the other's sentence."""
    return _other_names(a, a.place, b, b.place)


def turned(a: Telling, b: Telling) -> float:
    """Whether who does it in one is whom it befalls in the other: "her arrest", "arrested her"."""
    doer_a, victim_a, doer_b, victim_b = (p.words.stems for p in (a.doer, a.victim, b.doer, b.victim))
    return float(bool(doer_a & victim_b or doer_b & victim_a))


def words(a: Telling, b: Telling) -> float:
    """Of the telling words around the predicate of the shorter sentence, the share that the other has."""
    return len(a.others & b.others) / max(4, min(len(a.others), len(b.others)))


def names(a: Telling, b: Telling) -> float:
    """Of the names in the sentence with fewer, the share that the other has."""
    mine, theirs = a.around.names, b.around.names
    return len(mine & theirs) / max(2, min(len(mine), len(theirs)))


def reports(a: Telling, b: Telling) -> float:
    """Of the names in the report with fewer, the share that the other has: reports of two incidents have few in common."""
    mine, theirs = a.told.names, b.told.names
    if a.told.report == b.told.report:
        return 1.0
    return len(mine & theirs) / max(3, min(len(mine), len(theirs)))


def one_report(a: Telling, b: Telling) -> float:
    """Whether one report tells both: it tells nothing twice without need."""
    return float(a.told.report == b.told.report)


def numbers(a: Telling, b: Telling) -> float:
    """Whether the numbers that belong to them agree (1), differ (-1), or are not told (0)."""
    mine, theirs = a.quantity.words.numbers, b.quantity.words.numbers
    return (1.0 if mine & theirs else -1.0) if mine and theirs else 0.0


def times(a: Telling, b: Telling) -> float:
    """Whether the times that belong to them share a word that dates (1), exclude each other (-1), or tell nothing (0)."""
    if times_differ(a, b):
        return -1.0
    mine, theirs = _dates(a.time.text), _dates(b.time.text)
    return float(any(mine[kind] & theirs[kind] for kind in mine))


def standing(a: Telling, b: Telling) -> float:
    """Whether one lies ahead or is only wished, and the other has happened."""
    return float(a.ahead != b.ahead)


def negation(a: Telling, b: Telling) -> float:
    """Whether one is told as not so."""
    return float(a.told.event.negated != b.told.event.negated)


MEASURES: tuple[Callable[[Telling, Telling], float], ...] = (
    same_stem, kin, word, within, very_near, light, doers, victims, other_doers, other_victims, other_places, turned,
    words, names, reports, one_report, numbers, times, standing, negation,
)  # fmt: skip
"""Every measure; its docstring says what it is. Weights are kept by their names."""


def measure(a: Telling, b: Telling) -> dict[str, float]:
    """All measures of a pair by name."""
    return {each.__name__: float(each(a, b)) for each in MEASURES}


def _cosine(a: Vector, b: Vector) -> float:
    return round(float(np.dot(a, b)), 4)


def _other_names(a: Telling, mine: Part, b: Telling, theirs: Part) -> float:
    both = bool(mine.capitals and theirs.capitals)
    return float(both and not mine.capitals & b.every and not theirs.capitals & a.every)


_DAYS = frozenset("mon tue wed thu fri sat sun".split())
_MONTHS = frozenset("jan feb mar apr may jun jul aug sep oct nov dec".split())
_DATE_WORD = re.compile(
    r"\b(?:(mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?|(jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)"
    r"(?:uary|ruary|ch|il|ust|tember|ober|ember)?|((?:19|20)\d\d))\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=20_000)
def _dates(text: str) -> Mapping[str, frozenset[str]]:
    found = [match.group().casefold()[:4] for match in _DATE_WORD.finditer(text)]
    return {
        "day of the week": frozenset(f[:3] for f in found if f[:3] in _DAYS),
        "month": frozenset(f[:3] for f in found if f[:3] in _MONTHS),
        "year": frozenset(f for f in found if f.isdigit()),
    }


def times_differ(a: Telling, b: Telling) -> str | None:
    """Both tell when, and the days of the week, months or years exclude each other."""
    mine, theirs = _dates(a.time.text), _dates(b.time.text)
    for kind in mine:
        if mine[kind] and theirs[kind] and not mine[kind] & theirs[kind]:
            return f"another {kind} ({min(mine[kind])}, {min(theirs[kind])})"
    return None


# ---------------------------------------------------------------------------------------------------
# What they say together


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether two tellings are of one event: the probability, what forbids it whatever else, and the reasons in words."""

    score: float
    veto: str | None
    reasons: tuple[str, ...]

    @property
    def holds(self) -> bool:
        return self.veto is None and self.score >= LEAST


def same_event(a: Telling, b: Telling) -> Verdict:
    """Whether two tellings are of one event."""
    values = measure(a, b)
    veto = times_differ(a, b)
    return Verdict(chance(values), veto, tuple(_reasons(a, b, values, veto)))


def chance(values: Mapping[str, float]) -> float:
    """The probability that the measures of a pair give together."""
    weights = _weights()
    alike = values["same_stem"] > 0
    total = weights["bias"] + sum(weights.get(name, 0.0) * value for name, value in values.items())
    if alike:
        total += sum(weights.get(f"{name}_of_one_stem", 0.0) * value for name, value in values.items())
    return round(1 / (1 + exp(-max(-30.0, min(30.0, total)))), 4)


@lru_cache(maxsize=1)
def _weights() -> Mapping[str, float]:
    weights: Mapping[str, float] = tomllib.loads(
        files("sayso.link").joinpath("data/same_event.toml").read_text("utf-8")
    )["weights"]
    return weights


def _reasons(a: Telling, b: Telling, values: Mapping[str, float], veto: str | None) -> Iterable[str]:
    if veto:
        yield veto
    if values["same_stem"]:
        yield f"both tell of “{min(a.told.event.lemma, b.told.event.lemma)}”"
    elif values["kin"] >= 0.75:
        yield f"“{a.predicate}” and “{b.predicate}” are of one family"
    elif values["within"] >= NEAR:
        yield f"“{a.predicate}” and “{b.predicate}” are near in meaning here ({values['within']:.2f})"
    if shared := a.doer.words.stems & b.doer.words.stems:
        yield f"done by one ({', '.join(sorted(shared))})"
    if shared := a.victim.words.stems & b.victim.words.stems:
        yield f"befalls one ({', '.join(sorted(shared))})"
    if values["other_doers"]:
        yield f"done by “{a.doer.text}” and “{b.doer.text}”"
    if values["other_victims"]:
        yield f"befalls “{a.victim.text}” and “{b.victim.text}”"
    if values["other_places"]:
        yield f"at “{a.place.text}” and “{b.place.text}”"
    if values["numbers"] < 0:
        yield f"other numbers (“{a.quantity.text}”, “{b.quantity.text}”)"
    if values["negation"]:
        yield "one is told as not so"
    if values["standing"]:
        yield "one lies ahead"


def one_event(tellings: Sequence[Telling], *, least: float = LEAST) -> list[tuple[str, ...]]:
    """The ids of the tellings, grouped by event; each in exactly one group, in the order of ids.

    Every pair is compared: give it the tellings of one story.
    """
    ordered = sorted(tellings, key=lambda t: t.id)
    links = []
    vetoes = set()
    for a, b in combinations(ordered, 2):
        if times_differ(a, b):
            vetoes.add((a.id, b.id))
        elif (score := chance(measure(a, b))) >= least:
            links.append((a.id, b.id, score))
    return group([t.id for t in ordered], links, vetoes=vetoes, share=MOST_LINKED)
