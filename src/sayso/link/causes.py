"""What the counted died of, where the words tell: which disease or disaster. The dead of one are no answer to "how many?" of another.

Only diseases and what nature does are told apart by name. Blame is not: "Drevani shelling" and "Norlandic shelling" may be two
words for one event, and who did it is a question of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

_DISEASE = (
    r"(?:flu|influenza|fever|virus|viruses|disease|illness|syndrome|plague|pandemic|epidemic|outbreak|strain|infection|"
    r"pneumonia|poisoning)"
)
# Diseases that everybody calls by a name of their own. To add one, add it here.
_NAMED = (
    r"(?:malaria|cholera|measles|ebola|sars|mers|aids|hiv|tuberculosis|typhoid|typhus|smallpox|polio|dengue|zika|anthrax|"
    r"v?cjd|bse|covid(?:-19)?|coronavirus|diphtheria|meningitis|rabies|leprosy|hepatitis|cancer)"
)
_NATURE = (
    r"(?:(?:earth)?quakes?|tremors?|tsunamis?|hurricanes?|cyclones?|typhoons?|tornado(?:es)?|storms?|floods?|landslides?|mudslides?|"
    r"avalanches?|eruptions?|volcano(?:es)?|heatwaves?|droughts?|famines?|wildfires?|blizzards?)"
)
_MADE = (
    r"(?:crash(?:es)?|derailments?|collision|shipwreck|"
    r"(?:road|traffic|train|ferry|plane|air|rail|car|bus) (?:accidents?|disasters?|deaths|fires?)|theat(?:er|re) fires?)"
)
_CAUSE = re.compile(
    rf"(?P<before>(?:[\w'’“”\"-]+ ){{0,3}})\b(?:(?P<named>{_NAMED})|(?P<disease>{_DISEASE})|(?P<nature>{_NATURE})|(?P<made>{_MADE}))"
    r"(?P<more>(?: (?:flu|virus|pandemic|epidemic|outbreak|strain))*)\b(?P<after> (?-i:[A-Z])[\w’-]+)?",
    re.IGNORECASE,
)
_NAMED_STORM = re.compile(r"hurricane|cyclone|typhoon|storm", re.IGNORECASE)
# Kinds of a disease that are written small.
_KINDS = frozenset("swine pig bird avian seasonal equine yellow scarlet bubonic foot-and-mouth".split())
_NO_NAMES = frozenset(
    """the a an this that new deadly killer massive powerful strong major huge devastating severe possible suspected human
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september
    october november december its their his her what how all as in of on from at with and but for if when global world asian-style""".split()
)
_WHICH = re.compile(r"^\W*(?:which|that|who)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Cause:
    """What a number's people died of: ``kind`` (disease, nature, made) and its ``name`` ("asian flu" is "asian"), "" where it has none."""

    kind: str
    name: str


def cause_of(segment: str, clause: str, at: int, earlier: str) -> Cause | None:
    """What the words around a number name as the cause; None if they name none.

    ``segment`` is the number's part of the sentence and ``at`` its place in it; what is nearest to it counts. A part that begins
    with "which" is of what stands before it in ``clause``; ``earlier`` is what the sentence goes on from, whose last cause counts.
    """
    found = [(min(abs(m.start() - at), abs(m.end() - at)), m) for m in _CAUSE.finditer(segment)]
    if found:
        return _named(min(found, key=lambda f: f[0])[1])
    if _WHICH.match(segment):
        before = clause[: clause.find(segment.strip())]
        last = [_named(m) for m in _CAUSE.finditer(before)][-1:]
        return last[0] if last else None
    last = [_named(m) for m in _CAUSE.finditer(earlier)][-1:]
    return last[0] if last else None


def _named(match: re.Match[str]) -> Cause:
    if named := match["named"]:
        return Cause("disease", named.casefold())
    if match["made"]:
        return Cause("made", "")
    kind = "disease" if match["disease"] else "nature"
    words = [w.strip("“”\"'’") for w in match["before"].split()]
    first = match.start() == 0  # a capital that begins a sentence is no name
    names: list[str] = []
    for n, word in enumerate(words):
        low = word.casefold().removesuffix("’s").removesuffix("'s")
        proper = word[:1].isupper() and not (first and n == 0) and low not in _NO_NAMES
        if proper or low in _KINDS:
            names.append(low)
        elif low not in _NO_NAMES:
            names.clear()  # "in Varn and neighbouring towns the flood": what stands further off names something else
    if match["after"] and not names and _NAMED_STORM.fullmatch(match["nature"] or ""):
        names = [match["after"].strip().casefold()]  # "Hurricane Ada"
    return Cause(kind, " ".join(names))


def differ(
    a: Cause | None, b: Cause | None, main: str | None, usual: frozenset[str], aliases: frozenset[tuple[str, str]]
) -> bool:
    """Whether two numbers are surely of two matters.

    ``main`` is the kind of cause that the story is about (None if unknown), ``usual`` are the names that most reports of the story
    give, and ``aliases`` pairs of names for one thing. A name that few
    reports have sets a number apart from all that bear another name or none.
    """
    if a == b:
        return False
    kinds = {c.kind if c is not None else main for c in (a, b)} - {None}
    if len(kinds) > 1:
        return True
    mine, theirs = (c.name if c is not None else "" for c in (a, b))
    if mine == theirs:
        return False
    if mine and theirs:
        related = set(mine.split()) & set(theirs.split()) or (min(mine, theirs), max(mine, theirs)) in aliases
        return not related
    return (mine or theirs) not in usual


def aliases_of(names: Iterable[str], texts: Iterable[str]) -> frozenset[tuple[str, str]]:
    """Pairs of names that some text gives to one thing: side by side, or one in brackets behind the other ("H1N1 swine flu", "swine
    flu (H1N1)")."""
    texts = [text.casefold() for text in texts]
    found = set()
    for a, b in combinations(sorted(set(names) - {""}), 2):
        for x, y in ((a, b), (b, a)):
            beside = re.compile(rf"\b{re.escape(x)}(?: {_DISEASE})* \(?{re.escape(y)}\b")
            if any(beside.search(text) for text in texts):
                found.add((a, b))
    return frozenset(found)
