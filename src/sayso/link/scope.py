"""What a number counts: of whom, where, in which time, and whether it is a total. Numbers are compared only within one scope.

A number without its scope is the commonest false conflict: 13 in a day, 90 in five days and 109 in a week of one city are no
dispute. Everything here errs towards "another scope".
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from sayso.link.actors import fold
from sayso.link.causes import Cause, cause_of
from sayso.link.certainty import COUNTING, FEARED, NO_REPORTS, POSSIBLE, is_confirmed, is_foreseen, is_suspected
from sayso.link.counting import FORESEEN, manner_of, part_of
from sayso.link.denying import how_it_denies
from sayso.link.sites import sites_of
from sayso.link.told import Told, day_of
from sayso.link.windows import (
    ago_before,
    goes_on_from,
    is_of_a_past_event,
    label_bounds,
    own_years,
    period_of,
    window_of,
    years_before,
)
from sayso.link.words import stem
from sayso.model import Act, Measure, Precision, Quantity, Said, Span

__all__ = ["CIVILIANS", "EVERYONE", "Figure", "period_of", "read_figures"]

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
_ONE_PERSON = frozenset("man men woman women boy girl child father mother".split())
_TOO_VAGUE = frozenset("many much any various numerous number more most few".split())
_RATE = re.compile(r"\b(?:a|per|each|every) (?:day|night|week|month|year)\b|\bdaily\b", re.IGNORECASE)
_BODY = re.compile(r"^\W*(?:\w+ ){0,2}(?:body|bodies|corpses?)\b", re.IGNORECASE)
_EITHER = re.compile(
    r"\b(?:killed|dead|died) (?:or|and|and/or|or have been) (?:injured|wounded|hurt|maimed)\b", re.IGNORECASE
)
# The word right behind a number decides what it counts, whatever else stands in the sentence ("3m affected").
_BEHIND: tuple[tuple[Measure, re.Pattern[str]], ...] = (
    (Measure.AFFECTED, re.compile(
        r"^\s*(?:\w+ )?affected\b|^(?: \w+){0,3} (?:killed|dead|injured|wounded|hurt)(?:, | or | and |missing|injured|wounded|hurt)+"
        r"(?:homeless|displaced|affected)\b", re.IGNORECASE)),
    (Measure.DISPLACED, re.compile(r"^\s*(?:\w+ )?(?:homeless|displaced)\b", re.IGNORECASE)),
    (Measure.MISSING, re.compile(r"^\s*(?:\w+ )?(?:missing|unaccounted)\b", re.IGNORECASE)),
    (Measure.INJURED, re.compile(r"^\s*(?:\w+ )?(?:injured|wounded|hurt)\b(?! (?:and|or) (?:dead|killed))", re.IGNORECASE)),
)  # fmt: skip
_SCALE = re.compile(r"\s*(?:thousand|million|m\b|k\b)", re.IGNORECASE)
# A day on which a toll rose is when it was told, not when anybody died.
_ROSE = re.compile(
    r"\b(?:toll|figure|number|count)\b.{0,100}\b(?:ris(?:es|en|ing)|rose|climb\w*|reach\w*|st(?:ands|ood)|pass\w*|revised|raised)\b",
    re.IGNORECASE | re.DOTALL,
)
_LAST = re.compile(r"\blast \w+day\b", re.IGNORECASE)  # of this week or of the one before: writers differ
_SUBORDINATE = re.compile(r"\b(?:after|when|while|as|before|because)\b", re.IGNORECASE)
# "in the city alone", "on Tuesday alone"; not "rests on her word alone".
_ALONE = re.compile(
    r"\b(?:in|at|on|from|near|inside|within|across|around)\s+"
    r"(?!\w+['’]s\b|(?:his|her|its|their|my|our)\b|the \w+['’]s\b)[^,;.]{0,40}?\balone\b",
    re.IGNORECASE,
)
# "Three of its soldiers" counts the speaker's own: another army's number is another scope.
_OWN_PEOPLE = re.compile(
    r"\b(?:its|their|our|his|her)\s+(?:own\s+)?$|\b(?:toll|losses) (?:of|among) (?:its|their|our)\b[^.]*$",
    re.IGNORECASE,
)
_ONE = re.compile(
    r"^(?:an?)\s+(?!(?:dozen|score|hundred|thousand|million|few|couple)\b)", re.IGNORECASE
)  # "a farmer" is one of the dead, not a kind
_OF_ITS = re.compile(r"^\s*(?:of )?(?:its|their|our|his|her)\b", re.IGNORECASE)
_WHOSE = re.compile(
    r"([\w-]+)(?:['’]s|s['’]) (?:own |total )?(?:losses|casualties|dead|death toll|toll)\b", re.IGNORECASE
)
_AGED = re.compile(
    r"\b(?:an?|the|another|one)\s+(?:[\w-]+\s+)?[\w-]+,? (?:of|aged)\s+$", re.IGNORECASE
)  # "a farmer of 61 died"
_AFTER_AGE = re.compile(r"\s*(?:[,.;)]|$|(?:and|who|was|were|is|died|dies|had|has|in|from|on|at)\b)", re.IGNORECASE)
_KIND = re.compile(
    r"^\s*([A-Z][a-z]+(?:an|ian|ish|ese|ic|i|ch))\s+(?:people|casualties|deaths|dead|victims|lives|nationals|citizens)\b"
)
_DASHED = re.compile(r"\s*[–—]\s|\s+-\s")
_ASKED = re.compile(r"\b(?:how|as|so|too|not)\s+$", re.IGNORECASE)
# What is only shunned, still going on, or called too small did not befall so many.
_AVERTED = re.compile(r"\b(?:prevent|avoid|avert)\w*\b[^.;]{0,30}$", re.IGNORECASE)
_DYING = re.compile(
    r"^[^.,;]{0,20}\b(?:is|are|was|were) (?:\w+ly )?dying\b|^[^.;]{0,40}\bwould be an? (?:\w+ )?(?:under|over)statement\b",
    re.IGNORECASE,
)
_PRONOUN = re.compile(r"\b(?:an?|the|this|that|every|each|no|any|which) (?:\w+ )?$", re.IGNORECASE)  # "a dismal one"
_SAW = re.compile(
    r"\b(?:saw|seen|see|seeing|witnessed)\s+(?:\w+\s+)?$", re.IGNORECASE
)  # what one person saw is a scene


@dataclass(frozen=True, eq=False)
class Figure:
    """A number that one statement gives, with the scope it holds for."""

    told: Told
    quantity: Quantity
    measure: Measure
    noun: str  # whoever is counted, in the words of the report
    counted: str  # "people", "civilians", or the stems of a narrower noun
    places: frozenset[str]
    local: frozenset[str]  # of those, the places that the number itself is said of ("nine died in Varn")
    wider: frozenset[str]  # what the places lie in
    alone: bool  # "in the city alone"
    period: str | None  # the words of a period that is not the whole event
    past: bool  # told as of an event of weeks or months ago: the one of now, or another
    days: tuple[float, float] | None  # when it happened, as far as known
    feared: bool  # an estimate or a fear, not a count; or that none was reported
    possible: bool  # of those: not told as so, but as what may be or may become so
    confirmed: bool  # told as confirmed, where others may only be suspected
    suspected: bool  # told as of the suspected or the probable
    cause: Cause | None  # the disease or disaster that they died of, where the words name it
    manner: str  # what sets numbers of one measure apart: bodies "found" or "buried", people who were "moved"
    part: str  # "more" of "another five", "of them" of "of them three"; "" for the whole

    @cached_property
    def id(self) -> str:
        return f"{self.told.id}/{self.quantity.span.start}/{self.measure.value}"

    @cached_property
    def low(self) -> float:
        return self.quantity.low if self.quantity.low is not None else 0.0

    @cached_property
    def high(self) -> float:
        return self.quantity.high if self.quantity.high is not None else float("inf")

    @cached_property
    def best(self) -> float:
        known = self.quantity.best
        return known if known is not None else self.low

    @cached_property
    def loose(self) -> bool:
        """Told by a word that is no number ("dozens", "several"); "about 20" is a number, though not an exact one."""
        return self.quantity.vague and not self.low < self.best < self.high

    @cached_property
    def exact(self) -> bool:
        return not self.quantity.vague and self.low == self.high


def read_figures(told: Sequence[Told]) -> list[Figure]:
    """The figures of all statements that give a standard count, in the order of the ledger."""
    figures: list[Figure] = []
    before: dict[str, list[Figure]] = {}
    for one in sorted(told, key=lambda t: (t.report.id, t.start, t.id)):
        if one.statement.act in (Act.ASK, Act.CANNOT_VERIFY, Act.DECLINE_COMMENT, Act.PREDICT):
            continue
        denied = one.statement.act is Act.DENY or how_it_denies(one) == "figure"
        for quantity in one.statement.quantities:
            if quantity.measure is None or not _is_count(one, quantity):
                continue
            figure = _read(one, quantity, _measure(one, quantity, quantity.measure))
            if figure.manner == "seen":
                continue  # bodies that somebody saw lying are a scene, not a count
            known = before.setdefault(one.report.id, [])
            figure = _inherit(figure, known)
            known.append(figure)
            if not denied:  # a denied number is no answer, though "none of them died" may go on from it
                figures.append(figure)
    return sorted(figures, key=lambda f: (f.told.order, f.quantity.span.start, f.measure.value))


def _is_count(one: Told, quantity: Quantity) -> bool:
    """Whether the number counts somebody here: no "how many", no bare "many", no rate, no age or share."""
    text = one.report.text
    words = quantity.span.of(text).casefold().split()
    before = text[max(0, quantity.span.start - 12) : quantity.span.start]
    after = text[quantity.span.end : quantity.span.end + 40]
    if all(w in _TOO_VAGUE or w in ("a", "of", "so", "too") for w in words) or _ASKED.search(before):
        return False
    if "%" in words[-1] or _AVERTED.search(text[max(0, quantity.span.start - 60) : quantity.span.start]):
        return False
    if _DYING.search(text[quantity.span.end : quantity.span.end + 60]) or (
        words == ["one"] and _PRONOUN.search(before)
    ):
        return False
    if re.search(r"\d\.\d", quantity.span.of(text)) and not _SCALE.match(after) and not _SCALE.search(" ".join(words)):
        return False  # nobody counts people in tenths: it is a magnitude or a share
    if _AGED.search(text[max(0, quantity.span.start - 40) : quantity.span.start]) and _AFTER_AGE.match(after):
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
    head, number, tail = clause.partition(span.of(text))
    earlier = goes_on_from(text, span)
    years = own_years(f"{head} # {tail}", segment.replace(number, "#", 1), one.when) or years_before(earlier, one.when)
    # "… rose to three after two died overnight": what follows after or when has a time of its own.
    period = window_of(head + number + _SUBORDINATE.split(tail, maxsplit=1)[0], segment) or ago_before(earlier)
    if period is not None and len(years) == 1 and _IN_A_YEAR.fullmatch(period) and years[0] not in period:
        period = f"in {years[0]}"  # "in 1968 a million died, and the 1957 pandemic killed two"
    if _counted(noun) == "people" and (kind := _KIND.match(after)):
        noun = f"{kind.group(1)} {noun}"  # "no Norlandic casualties" counts Norlanders
    if set(fold(noun)[-1:]) & set(fold(one.party.name)):
        noun = "people"  # nobody counts themselves: the reading took the speaker for the noun
    if _DASHED.match(after):
        noun = "people"  # a headline that names its speaker behind a dash
    days = None if _ROSE.search(clause) else _days(one)
    if days and _LAST.search(clause):
        days = (days[0] - 7.0, days[1])
    if years:
        days = (_year_start(years[0]), _year_start(years[-1]) + 365.0)
    places, local, wider = sites_of(one, clause, _segment(text, span.start, span.end, _BREAK_OF_SITES))
    none_reported = not quantity.best and bool(NO_REPORTS.search(clause))
    manner = manner_of(
        measure, segment, clause, noun=noun + after, bodies=bool(_BODY.match(text[span.end : span.end + 40]))
    )
    return Figure(
        told=one,
        quantity=quantity,
        measure=measure,
        noun=noun,
        counted="people"
        if _ONE.match(span.of(text))
        else f"{_counted(noun)} of {one.party.key}"
        if _OWN_PEOPLE.search(before) or _OF_ITS.match(after)
        else _counted(noun),
        places=places,
        local=local,
        wider=wider,
        alone=bool(_ALONE.search(segment)),
        period=period,
        past=is_of_a_past_event(f"{head}{number}{tail}"),
        days=days,
        feared=bool(FEARED.search(f"{segment} {cue}"))
        or (one.statement.act in (Act.ASSESS, Act.PREDICT) and not COUNTING.search(cue))
        or none_reported,
        possible=bool(POSSIBLE.search(segment)) or none_reported,
        confirmed=one.statement.act is Act.CONFIRM or is_confirmed(segment, clause, cue),
        suspected=one.statement.act is not Act.CONFIRM and is_suspected(segment, clause, cue),
        cause=cause_of(segment, clause, max(0, segment.find(number)), earlier),
        manner=FORESEEN if is_foreseen(segment) else "seen" if _SAW.search(before) else manner,
        part=part_of(measure, text[max(0, span.start - 90) : span.start], span.of(text), after),
    )


def _measure(one: Told, quantity: Quantity, read: Measure) -> Measure:
    """What a number counts: killed and injured together where the words do not tell them apart."""
    text, span = one.report.text, quantity.span
    behind = text[span.end : span.end + 40]
    for measure, pattern in _BEHIND:
        if pattern.match(behind):
            return measure
    return Measure.CASUALTIES if read is Measure.KILLED and _EITHER.search(_segment(text, *span)) else read


_OWN_NOUN = re.compile(r"\W*(?:of )?(?:\w+ ){0,2}(?:people|persons?|bodies|lives|deaths?)\b", re.IGNORECASE)
_NUMBER_OF = re.compile(
    r"\b(?:number of|toll)\b[^.;!?\n]*$", re.IGNORECASE
)  # "the number of missing was nine" says whose
_WHOLE = re.compile(r"\b(?:people|bodies|body|deaths?|persons?|no one|no-one|nobody|no)$", re.IGNORECASE)


def _inherit(figure: Figure, earlier: Sequence[Figure]) -> Figure:
    """A number with no noun of its own ("four are dead", "none had been killed") counts what was last counted just before it."""
    text, span = figure.told.report.text, figure.quantity.span
    if _ONE.match(span.of(text)):
        return figure
    if figure.counted != "people" or _OWN_NOUN.match(text[span.end : span.end + 40]) or _WHOLE.search(span.of(text)):
        return figure
    if _NUMBER_OF.search(text[max(0, span.start - 90) : span.start]):
        return figure
    for other in reversed(earlier):
        if other.told.party.key != figure.told.party.key:
            continue  # another speaker's number goes on from nothing that was said here
        if 0 <= span.start - other.quantity.span.end <= 220 and other.told.report.id == figure.told.report.id:
            return replace(figure, noun=other.noun, counted=other.counted, places=figure.places or other.places)
    return figure


def _counted(noun: str) -> str:
    words = [w for w in re.findall(r"[^\W\d_]+", noun.casefold()) if w not in _EMPTY]
    if set(words) & _ONE_PERSON:
        return "people"
    rest = [w for w in words if w not in EVERYONE]
    if not rest:
        return "people"
    if all(w in CIVILIANS for w in rest):
        return "civilians"
    return " ".join(sorted({stem(w) for w in rest}))


def _clause(text: str, start: int, end: int) -> str:
    """The sentence around a number, or its entry of a list of years, at most 160 characters to each side."""
    begin, stop = label_bounds(text, Span(start, end))
    text = text[:stop]
    left = max(text.rfind(mark, max(0, start - 160), start) for mark in (". ", "\n", "! ", "? ", "; "))
    left = max(left, begin - 1)
    ends = [n for mark in (". ", "\n", "! ", "? ", "; ") if (n := text.find(mark, end, end + 160)) >= 0]
    return text[left + 1 if left >= 0 else max(0, start - 160) : min(ends) if ends else end + 160]


def _segment(text: str, start: int, end: int, breaks: re.Pattern[str] | None = None) -> str:
    """The part of the sentence that the number stands in: up to a comma, a semicolon or a word that begins another part."""
    clause = _clause(text, start, end)
    breaks = breaks or _BREAK
    before = breaks.split(text[max(0, start - len(clause)) : start])[-1][-110:]
    return before + breaks.split(text[start : end + 110], maxsplit=1)[0]


_BREAK = re.compile(
    r"[,;](?=\s)|[.!?]\s|\n|\b(?:and that|while|although|though|but|and (?=[\d,]+ )|with (?=[\d,]+ )|"
    # "20 have died and it may be to blame for 40 more": what may be is not the twenty.
    r"and (?=(?:it|they|he|she|we|others?|another)\b)|and (?=(?:may|might|could|would|will)\b))"
)
# "13 have died and 75 were injured in Varn": both in Varn.
_BREAK_OF_SITES = re.compile(r"[,;](?=\s)|[.!?]\s|\n|\b(?:and that|while|although|though|but)")
_IN_A_YEAR = re.compile(r"(?:in|during) (?:19|20)\d\d")


def _days(one: Told) -> tuple[float, float] | None:
    """The days on which it happened, when the statement gives one day, or a week, month or year other than that of publication."""
    found = [day_of(h.value[:10]) for h in one.statement.happened if h.precision in _DAYS and h.value[:1].isdigit()]
    known = sorted(d for d in found if d is not None)
    vague = [
        h.value
        for h in one.statement.happened
        if h.precision in (Precision.YEAR, Precision.MONTH) and h.value[:1].isdigit()
    ]
    if known:
        return known[0], known[-1]
    weeks = [span for h in one.statement.happened if (span := _week_or_month(h, one.when))]
    if weeks:
        return min(first for first, _ in weeks), max(last for _, last in weeks)
    years = sorted(v[:4] for v in vague if one.when and not one.when.startswith(v[:4]))
    if years:
        return _year_start(years[0]), _year_start(years[-1]) + 365.0
    return None


def _week_or_month(said: Said, published: str) -> tuple[float, float] | None:
    """The days of a week or month before that of publication; a time within it tells nothing of two numbers given in it."""
    if said.precision is Precision.MONTH and (m := _MONTH.fullmatch(said.value)) and said.value != published[:7]:
        first = day_of(f"{said.value}-01")
        return None if first is None else (first, first + monthrange(int(m[1]), int(m[2]))[1] - 1.0)
    if said.precision is Precision.WEEK and (m := _WEEK.fullmatch(said.value)) and (told := day_of(published[:10])):
        monday = day_of(date.fromisocalendar(int(m[1]), int(m[2]), 1).isoformat())
        return None if monday is None or monday + 6.0 >= told else (monday, monday + 6.0)
    return None


_MONTH, _WEEK = re.compile(r"(\d{4})-(0[1-9]|1[0-2])"), re.compile(r"(\d{4})-W(0[1-9]|[1-4]\d|5[0-2])")
_DAYS = frozenset((Precision.DAY, Precision.HOUR, Precision.MINUTE, Precision.SECOND, Precision.PART_OF_DAY))


def _year_start(year: str) -> float:
    return day_of(year) or 0.0
