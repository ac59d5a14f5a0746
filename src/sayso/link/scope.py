"""What a number counts: of whom, where, in which time, and whether it is a total. Numbers are compared only within one scope.

A number without its scope is the commonest false conflict: 13 in a day, 90 in five days and 109 in a week of one city are no
dispute. Everything here errs towards "another scope".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sayso.link.told import Told, day_of
from sayso.link.words import stem
from sayso.model import Act, Measure, Precision, Quantity

# Nouns that name whoever is counted without saying who.
EVERYONE = frozenset(
    """people person persons individual individuals body bodies dead victim victims casualty casualties life lives death
    deaths fatality fatalities corpse corpses injured wounded missing homeless displaced others soul souls""".split()
)
CIVILIANS = frozenset(
    "civilian civilians resident residents villager villagers local locals townspeople inhabitant inhabitants".split()
)
# Words beside the noun that do not change who is counted.
_EMPTY = frozenset(
    """dead other others injured wounded missing more different innocent confirmed least total additional another further
    homeless displaced of the a an its their his her our some trapped""".split()
)
_TOO_VAGUE = frozenset("many much any various numerous number more most few".split())
_PERIOD = re.compile(
    r"\b(?:in|over|within|during)?\s*(?:the )?(?:past|last|previous|first)\s+(?:\w+\s+)?(?:hours?|days?|weeks?|months?|years?)\b"
    r"|\b(?:a|per|each|every|one) (?:day|night|week|month|year)\b|\bdaily\b|\bthis (?:week|month|year)\b"
    r"|\bsince (?!then\b)(?:the )?\w+(?: \w+)?|\bso far this \w+|\bovernight\b|\b(?:in|during) (?:19|20)\d\d\b",
    re.IGNORECASE,
)
_RATE = re.compile(r"\b(?:a|per|each|every) (?:day|night|week|month|year)\b|\bdaily\b", re.IGNORECASE)
_FEARED = re.compile(
    r"\b(?:fear\w*|may|might|could|would|estimat\w*|believ\w*|thought|likely|expect\w*|possibl\w*|perhaps|predict\w*|"
    r"potential\w*|risk\w*|if|warn\w*|speculat\w*)\b",
    re.IGNORECASE,
)
_RECOVERED = re.compile(
    r"\b(?:buried|recovered|collected|mass graves?|morgues?|mortuar\w+|stacked|counted|retrieved|removed|identified|pulled)\b",
    re.IGNORECASE,
)
_OF_THEM = re.compile(
    r"^\s*(?:of (?:them|those|whom|which|the (?:dead|victims|wounded|injured|\d))|were \w+ing\b)", re.IGNORECASE
)
_AMONG = re.compile(
    r"\b(?:of (?:them|those|whom)|among (?:them|those|the)|including|includes?)\b[\s,]*$", re.IGNORECASE
)
_MORE = re.compile(r"\b(?:another|others?|additional|further)\b[\s,]*$", re.IGNORECASE)
# "Three of its soldiers" counts the speaker's own: another army's number is another scope.
_MOVED = re.compile(
    r"\b(?:relocat\w+|evacuat\w+|fle(?:d|e|eing)|moved?|resettl\w+|shelter\w*|camps?|tents?|cross\w+)\b", re.IGNORECASE
)
_OWN_PEOPLE = re.compile(
    r"\b(?:its|their|our|his|her)\s+(?:own\s+)?$|\b(?:toll|losses) (?:of|among) (?:its|their|our)\b[^.]*$",
    re.IGNORECASE,
)
_OF_ITS = re.compile(r"^\s*(?:of )?(?:its|their|our|his|her)\b", re.IGNORECASE)
_MORE_AFTER = re.compile(r"^\s*(?:others?\b|more\b(?! than))", re.IGNORECASE)
_WHOSE = re.compile(
    r"([\w-]+)(?:['’]s|s['’]) (?:own |total )?(?:losses|casualties|dead|death toll|toll)\b", re.IGNORECASE
)
_ASKED = re.compile(r"\b(?:how|as|so|too|not)\s+$", re.IGNORECASE)
_YEAR = re.compile(r"\b(1[89]\d\d|20\d\d)\b")
_NOT_PLACES = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december""".split()
)
_PLACE = re.compile(
    r"\b(?:in|at|near|outside|around|on|from|across|of)\s+(?:the\s+)?(?:\w+\s+(?:of|in)\s+)?((?:[A-Z][\w’'-]+)(?:[ -][A-Z][\w’'-]+)*)"
)


@dataclass(frozen=True, eq=False)
class Figure:
    """A number that one statement gives, with the scope it holds for."""

    told: Told
    quantity: Quantity
    measure: Measure
    noun: str  # whoever is counted, in the words of the report
    counted: str  # "people", "civilians", or the stems of a narrower noun
    places: frozenset[str]
    period: str | None  # the words of a period that is not the whole event
    days: tuple[float, float] | None  # when it happened, as far as known
    feared: bool  # an estimate or a fear, not a count
    manner: str  # what sets numbers of one measure apart: "found" bodies, people who were "moved"
    part: bool  # "another five", "of them three"

    @property
    def id(self) -> str:
        return f"{self.told.id}/{self.quantity.span.start}/{self.measure.value}"

    @property
    def low(self) -> float:
        return self.quantity.low if self.quantity.low is not None else 0.0

    @property
    def high(self) -> float:
        return self.quantity.high if self.quantity.high is not None else float("inf")

    @property
    def best(self) -> float:
        known = self.quantity.best
        return known if known is not None else self.low

    @property
    def exact(self) -> bool:
        return not self.quantity.vague and self.low == self.high


def read_figures(told: Sequence[Told]) -> list[Figure]:
    """The figures of all statements that give a standard count, in the order of the ledger."""
    figures: list[Figure] = []
    before: dict[str, list[Figure]] = {}
    for one in sorted(told, key=lambda t: (t.report.id, t.start, t.id)):
        if one.statement.act in (Act.DENY, Act.ASK, Act.CANNOT_VERIFY, Act.DECLINE_COMMENT, Act.PREDICT):
            continue
        for quantity in one.statement.quantities:
            if quantity.measure is None or not _is_count(one, quantity):
                continue
            figure = _read(one, quantity, quantity.measure)
            known = before.setdefault(one.report.id, [])
            figures.append(_inherit(figure, known))
            known.append(figures[-1])
    return sorted(figures, key=lambda f: (f.told.order, f.quantity.span.start, f.measure.value))


def _is_count(one: Told, quantity: Quantity) -> bool:
    """Whether the number counts somebody here: no "how many", no bare "many", no rate, no age or share."""
    text = one.report.text
    words = quantity.span.of(text).casefold().split()
    before = text[max(0, quantity.span.start - 12) : quantity.span.start]
    after = text[quantity.span.end : quantity.span.end + 40]
    if all(w in _TOO_VAGUE or w in ("a", "of", "so", "too") for w in words) or _ASKED.search(before):
        return False
    if re.match(
        r"\s*(?:%|per ?cent|-year|year-old|times|hours|days|weeks|months|km|miles|metres)", after, re.IGNORECASE
    ):
        return False
    return not _RATE.search(after)


def _read(one: Told, quantity: Quantity, measure: Measure) -> Figure:
    text, span = one.report.text, quantity.span
    clause = _clause(text, span.start, span.end)
    segment = _segment(text, span.start, span.end)
    cue = " ".join(c.of(text) for c in one.statement.cue)
    before, after = text[max(0, span.start - 60) : span.start], text[span.end : span.end + 25]
    noun = quantity.counted or "people"
    if _counted(noun) == "people" and (whose := _WHOSE.search(clause)):
        noun = whose.group(1)  # "the raiders' losses at 23 dead" counts raiders
    own_years = {y for y in _YEAR.findall(clause) if not one.when.startswith(y)}
    period = _PERIOD.search(clause)
    days = _days(one)
    if own_years:
        days = (_year_start(min(own_years)), _year_start(max(own_years)) + 365.0)
    places = {place.name.casefold() for place in one.statement.places} or _places(clause)
    return Figure(
        told=one,
        quantity=quantity,
        measure=measure,
        noun=noun,
        counted=f"{_counted(noun)} of {one.party.key}"
        if _OWN_PEOPLE.search(before) or _OF_ITS.match(after)
        else _counted(noun),
        places=frozenset(places),
        period=" ".join(period.group().casefold().split()) if period else None,
        days=days,
        feared=bool(_FEARED.search(f"{segment} {cue}")) or one.statement.act in (Act.ASSESS, Act.PREDICT),
        manner=_manner(measure, segment),
        part=_is_part(measure, before, after),
    )


_OWN_NOUN = re.compile(r"\W*(?:of )?(?:\w+ ){0,2}(?:people|persons?|bodies|lives|deaths?)\b", re.IGNORECASE)
_WHOLE = re.compile(r"\b(?:people|bodies|body|deaths?|persons?|no one|no-one|nobody|no)$", re.IGNORECASE)


def _inherit(figure: Figure, earlier: Sequence[Figure]) -> Figure:
    """A number with no noun of its own ("four are dead", "none had been killed") counts what was last counted just before it."""
    text, span = figure.told.report.text, figure.quantity.span
    if figure.counted != "people" or _OWN_NOUN.match(text[span.end : span.end + 40]) or _WHOLE.search(span.of(text)):
        return figure
    for other in reversed(earlier):
        if 0 <= span.start - other.quantity.span.end <= 220 and other.told.report.id == figure.told.report.id:
            return replace(figure, noun=other.noun, counted=other.counted, places=figure.places or other.places)
    return figure


def _is_part(measure: Measure, before: str, after: str) -> bool:
    """Whether the number is a part or an addition ("of them two", "another five killed"), not the whole count.

    "Six others were wounded" after a number of dead is a whole: of the dead only, another is an addition.
    """
    if _OF_THEM.match(after) or _AMONG.search(before):
        return True
    return measure is Measure.KILLED and bool(_MORE.search(before) or _MORE_AFTER.match(after))


def _counted(noun: str) -> str:
    words = [w for w in re.findall(r"[^\W\d_]+", noun.casefold()) if w not in _EMPTY]
    rest = [w for w in words if w not in EVERYONE]
    if not rest:
        return "people"
    if all(w in CIVILIANS for w in rest):
        return "civilians"
    return " ".join(sorted({stem(w) for w in rest}))


def _clause(text: str, start: int, end: int) -> str:
    """The sentence around a number, at most 160 characters to each side."""
    left = max(text.rfind(mark, max(0, start - 160), start) for mark in (". ", "\n", "! ", "? ", "; "))
    ends = [n for mark in (". ", "\n", "! ", "? ", "; ") if (n := text.find(mark, end, end + 160)) >= 0]
    return text[left + 1 if left >= 0 else max(0, start - 160) : min(ends) if ends else end + 160]


def _segment(text: str, start: int, end: int) -> str:
    """The part of the sentence that the number stands in: up to a comma, a semicolon or a word that begins another part."""
    clause = _clause(text, start, end)
    before = _BREAK.split(text[max(0, start - len(clause)) : start])[-1][-110:]
    return before + _BREAK.split(text[start : end + 110], maxsplit=1)[0]


_BREAK = re.compile(r"[,;](?=\s)|[.!?]\s|\n|\b(?:and that|while|although|though|but|and (?=[\d,]+ )|with (?=[\d,]+ ))")


def _manner(measure: Measure, segment: str) -> str:
    """Bodies found or buried are not all who died; people brought or gone elsewhere are not all who lost their homes."""
    if measure is Measure.KILLED and _RECOVERED.search(segment):
        return "found"
    if measure is Measure.DISPLACED and _MOVED.search(segment):
        return "moved"
    return ""


def _places(clause: str) -> set[str]:
    names = {m for m in _PLACE.findall(clause) if m.split()[0].casefold() not in _NOT_PLACES}
    return {name.casefold().removesuffix("'s").removesuffix("’s") for name in names}


def _days(one: Told) -> tuple[float, float] | None:
    """The days on which it happened, when the statement gives one day; a vaguer time sets nothing apart."""
    found = [day_of(h.value[:10]) for h in one.statement.happened if h.precision in _DAYS and h.value[:1].isdigit()]
    known = sorted(d for d in found if d is not None)
    vague = [
        h.value
        for h in one.statement.happened
        if h.precision in (Precision.YEAR, Precision.MONTH) and h.value[:1].isdigit()
    ]
    if known:
        return known[0], known[-1]
    years = sorted(v[:4] for v in vague if one.when and not one.when.startswith(v[:4]))
    if years:
        return _year_start(years[0]), _year_start(years[-1]) + 365.0
    return None


_DAYS = frozenset((Precision.DAY, Precision.HOUR, Precision.MINUTE, Precision.SECOND, Precision.PART_OF_DAY))


def _year_start(year: str) -> float:
    return day_of(year) or 0.0
