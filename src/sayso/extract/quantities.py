"""The numbers that a text tells: how many of what, how roughly, and what befell them.

`quantities_numbers` reads number phrases from the characters, `quantities_measure` the standard counts from the
parse; here the phrases that count nothing (ages, dates, names of things) are left out, and what is counted is
named. Words and the reading of vague words (ACLED's table) are data (`data/quantities_lexicon.toml`).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import replace
from math import inf
from typing import Final

from spacy.tokens import Doc, Token

from sayso.extract.parse import text_of
from sayso.extract.quantities_counted import (
    FATE_NOUNS,
    PEOPLE,
    PLURALS,
    STATES,
    counted_of,
    head_of,
    is_people,
    shared_noun,
)
from sayso.extract.quantities_measure import Fate, measure_of
from sayso.extract.quantities_numbers import LEXICON, Number, find_numbers
from sayso.extract.times_find import find_expressions
from sayso.model import Measure, Quantity, Span

_ANIMALS: Final = frozenset(LEXICON["animals"]["words"])
_LOOSE: Final = frozenset({"few", "many", "various", "multiple", "numerous", "quite a few"})  # said of anything
_LABELS: Final = frozenset(LEXICON["labels"]["words"])
_CALENDAR_FORMS: Final = frozenset(
    {"duration", "span", "shift", "bare_units", "every", "per", "long", "recent", "turn", "weekday_set"}
)
_ANYONE: Final = frozenset({"anyone", "anybody"})
_WITHOUT: Final = re.compile(
    r"\bwithout\s+(?:any\s+)?(?:(?:loss\s+of\s+life)|(?P<noun>casualties|injuries|deaths|fatalities|victims))\b", re.I
)
_AGE_AFTER: Final = re.compile(
    r"[-\s]+years?[-\s]+olds?\b|\s+years?\s+of\s+age\b|[-\s]+(?:month|week|day)s?[-\s]+olds?\b", re.I
)
_AGE_BEFORE: Final = re.compile(r"\b(?:aged?|ages|age\s+of|turned|turning)\s+$", re.I)
_STREET_AFTER: Final = re.compile(
    r"\s+(?:[NSEW]\.?\s+)?(?:[A-Z][\w’'.-]*\s+){1,3}(?:St|Street|Rd|Road|Ave|Avenue|Blvd|Boulevard|Lane|Ln|Dr|Drive|Square|Sq|Way|Court|Ct|Place|Highway|Hwy)\b"
)
_STRONGEST: Final = 10.0  # no earthquake on record had a greater magnitude than 9.5
_REACH: Final = 30
_MAGNITUDE: Final = re.compile(r"\bmagnitude(?:\s+of)?(?:\s+(?:about|around|at\s+least))?[-\s]+$", re.I)
_SCALE: Final = re.compile(r"\s+on\s+the\s+(?:open-ended\s+)?(?:Richter|moment\s+magnitude)\b", re.I)
_PEOPLED: Final = frozenset("population household family community town village city country camp district".split())
_SENTENCE_END: Final = re.compile(r"[.!?][\"'”’)]*\s|\n")
_PART_BEFORE: Final = re.compile(r"\b(?:including|among\s+(?:them|whom))\s+(?:[\w-]+\s+){0,2}$", re.I)
_PART_AFTER: Final = re.compile(r"\s+of\s+(?:them|whom)\b", re.I)
_LIST_ITEM: Final = re.compile(r"(?:^|\n)\s*[(\[]?$")


def find_quantities(doc: Doc, *, offset: int = 0) -> tuple[Quantity, ...]:
    """The quantities of ``doc``, in order; ``offset`` is where it begins in the report's text.

    ``unit`` is "people", "%", an ISO currency code, a unit of measure ("km", "hour") or None. ``counted`` is in
    lower case and plural ("civilians"), so that "one civilian" and "several civilians" name the same.
    """
    text = text_of(doc)
    starts = [token.idx for token in doc]
    times = [(e.start, e.end) for e in find_expressions(doc) if e.form not in _CALENDAR_FORMS]
    time_starts = [start for start, _ in times]
    found: list[Quantity] = []
    for number in find_numbers(text):
        at = bisect_right(time_starts, number.core) - 1
        if at >= 0 and times[at][1] > number.core:
            continue
        if at + 1 < len(times) and times[at + 1][0] < number.end:
            continue
        quantity = _quantity(doc, text, starts, number, offset)
        if quantity is not None:
            found.append(_as_part(quantity, found, text, offset))
    found.extend(_single_victims(doc, text, found, offset))
    found.extend(_negated_ones(doc, text, offset))
    found.sort(key=lambda q: q.span)
    return tuple(_without_overlaps(found))


def _quantity(doc: Doc, text: str, starts: list[int], number: Number, offset: int) -> Quantity | None:
    token = doc[max(bisect_right(starts, number.core) - 1, 0)]
    last = doc[max(bisect_left(starts, number.end) - 1, token.i)]
    if _counts_nothing(text, number, token, last):
        return None
    span = Span(number.start + offset, number.end + offset)
    if number.unit is not None:
        noun = shared_noun(last) if number.unit == "%" else None
        counted = noun.lower_ if noun is not None else None
        # A share of the fields befell nobody, whatever else the sentence tells.
        whom = noun is None or noun.lemma_.lower() in _PEOPLED or is_people(noun, counted, False, None)
        fate = measure_of(last, last, text, number.start, number.end) if number.unit == "%" and whom else None
        return _made(span, number, number.unit, counted, fate.measure if fate else None)
    if number.low <= _STRONGEST and (
        _MAGNITUDE.search(text[: number.start][-_REACH:]) or _SCALE.match(text, number.end)
    ):
        return _made(span, number, "magnitude", None, None)
    head = head_of(token, last)
    fate = measure_of(head, last, text, number.start, number.end)
    alone = head.i <= last.i
    if number.is_none:
        return _none(span, number, head, fate, alone)
    if number.words == "one" and fate is None and (alone or re.match(r"\s+of\b", text[number.end : number.end + 4])):
        return None  # "one of the", "this one", "one can"
    if fate is not None and fate.negated:
        fate = None
    counted = None if alone else counted_of(head, last)
    if fate is not None and (counted is None or head.lower_ in STATES):
        counted = "people"  # "12 dead", "three deaths", "killing three"
    if number.words in _LOOSE | {"both"} and (
        token.dep_ == "preconj"
        or token.tag_ == "CC"
        or (token.i and doc[token.i - 1].lower_ in ("how", "so", "too", "as", "that"))
    ):
        return None  # "how many", "both the army and the navy"
    if number.words == "multiple" and not alone and head.tag_ == "NN":  # "a multiple murder"
        return None
    if alone and _stands_for_things(last):
        fate, counted = None, None
    unit = "people" if is_people(head, counted, alone, fate) else None
    if fate is not None and unit is None:
        fate = _of_things(head, fate)
        unit = "people" if fate is not None and fate.measure in (Measure.KILLED, Measure.INJURED) else None
    if (
        fate is None
        and unit is None
        and (number.words in _LOOSE or (counted is None and number.words in ("several", "both")))
    ):
        return None
    if (
        number.bound is None
        and _may_be_year(text, number)
        and (last.i + 1 >= len(doc) or doc[last.i + 1].tag_ != "NNS")
    ):
        return None
    if alone and fate is None and unit is None and not _stands_as_number(token, last):
        return None
    return _made(span, number, unit, counted, fate.measure if fate else None)


def _as_part(quantity: Quantity, found: list[Quantity], text: str, offset: int) -> Quantity:
    """ "12 dead, including three children", "at least three, two of them women": the part met the fate of the whole."""
    if quantity.measure is not None or not found or quantity.unit not in ("people", None):
        return quantity
    start, end = quantity.span.start - offset, quantity.span.end - offset
    between = text[found[-1].span.end - offset : start]
    if len(between) > 160 or _SENTENCE_END.search(between):
        return quantity
    if not (_PART_BEFORE.search(between) or (_PART_AFTER.match(text, end) and "," in between)):
        return quantity
    whole = found[-1]
    if whole.measure is None or (quantity.unit is None and not _PART_AFTER.match(text, end)):
        return quantity
    return replace(quantity, measure=whole.measure, unit="people", counted=quantity.counted or _part_noun(text, end))


def _part_noun(text: str, end: int) -> str | None:
    """ "two of them children": the word after "them", where it names people."""
    m = re.match(r"\s+of\s+(?:them|whom)\s+(?:were\s+|was\s+)?(\w+)", text[end : end + 40])
    if m is None:
        return "people"
    word = m[1].lower()
    return word if word in PEOPLE or word.removesuffix("s") in PEOPLE or word in PLURALS.values() else "people"


def _stands_for_things(last: Token) -> bool:
    """ "Two recordings, one captured by a camera": the number stands for what is no person."""
    noun = last.head
    if (
        last.lower_ == "one"
        and any(c.dep_ == "acl" for c in last.children)
        and last.dep_ not in ("nsubj", "nsubjpass", "dobj")
    ):
        return True
    return (
        last.dep_ in ("appos", "conj")
        and noun.pos_ == "NOUN"
        and noun.lemma_.lower() not in PEOPLE
        and noun.lower_ not in PEOPLE | FATE_NOUNS
    )


def _of_things(head: Token, fate: Fate) -> Fate | None:
    """What befell a noun that is not known to count people: villages are captured, but not as prisoners are."""
    if fate.measure is Measure.AFFECTED:
        return fate
    if fate.measure in (Measure.KILLED, Measure.INJURED) and head.lemma_.lower() not in _ANIMALS:
        return fate
    return None


def _made(span: Span, number: Number, unit: str | None, counted: str | None, measure: Measure | None) -> Quantity:
    high = None if number.high == inf else float(number.high)
    return Quantity(span, float(number.low), float(number.best), high, unit, counted, number.vague, measure)


def _none(span: Span, number: Number, head: Token, fate: Fate | None, alone: bool) -> Quantity | None:
    """ "No one died", "no casualties": zero. "No reason" is no number, nor is "no one knows"."""
    if fate is None:
        return None
    if number.words == "no" and alone:
        return None
    counted = "people" if alone or head.lower_ in STATES else counted_of(head, head)
    return Quantity(span, 0.0, 0.0, 0.0, "people", counted, False, fate.measure)


# ---------------------------------------------------------------------------------------------------
# Numbers that count nothing


def _counts_nothing(text: str, number: Number, token: Token, last: Token) -> bool:
    before, after = text[max(0, number.core - 24) : number.core], text[number.end : number.end + 48]
    if number.unit in ("year", "month", "day", "week") and re.match(r"[-\s]+olds?\b|\s+of\s+age\b", after):
        return True
    if _AGE_AFTER.match(after) or _AGE_BEFORE.search(before) or _is_age(text, number, before, after):
        return True
    if number.unit is not None:
        return False
    if text[number.core : number.core + 1].isdigit():
        if _STREET_AFTER.match(after) or (
            _LIST_ITEM.search(text[max(0, number.core - 6) : number.core]) and re.match(r"[.)\]]\s", after)
        ):
            return True
        if re.match(r"[-–]\w", after) and not re.match(
            r"-(?:strong|man|member|person|vehicle|story|storey|seat)", after
        ):
            return True
        label = re.search(r"([A-Za-z.]+)\s*#?$", before)
        if before.endswith("#") or (label and _is_label(label[1], token)):
            return True
    return token.ent_type_ == "PERSON" and number.words == "one"


def _is_age(text: str, number: Number, before: str, after: str) -> bool:
    """ "Anna Toma, 34, said": a number between commas behind a name."""
    return (
        text[number.core : number.core + 1].isdigit()
        and number.bound is None
        and number.best < 120
        and re.search(r"[A-Za-z][\w’'.)]*,\s*$", before) is not None
        and re.match(r"\s*(?:,|\.(?:\s|$)|\)|;|\s+and\s+[A-Z])", after) is not None
    )


def _is_label(word: str, token: Token) -> bool:
    """Whether ``word`` before a figure makes it the name of a thing: Flight 19, Boeing 737, Resolution 1701."""
    if word.lower() in _LABELS:
        return word[0].isupper() or word.lower() in ("no", "no.", "nos", "page", "room", "number", "line")
    if not word[0].isupper() or token.i == token.sent.start:
        return False
    previous = token.nbor(-1) if token.i else token
    if previous.pos_ != "PROPN" or previous.text.rstrip(".") != word.rstrip("."):
        return False
    return token.head.i < token.i or (token.head.pos_ == "PROPN" and token.head.tag_ != "NNPS")


def _may_be_year(text: str, number: Number) -> bool:
    figure = text[number.core : number.end]
    return len(figure) == 4 and figure.isdigit() and 1800 <= int(figure) <= 2100


def _stands_as_number(token: Token, last: Token) -> bool:
    """A number with nothing counted is kept where it is an object or subject: "rose to 14", "numbered 12"."""
    return (
        last.dep_ in ("pobj", "dobj", "attr", "nsubj", "nsubjpass", "npadvmod")
        and last.pos_ == "NUM"
        and token.i >= last.i - 4
        and last.lower_ != "one"
    )


# ---------------------------------------------------------------------------------------------------
# One without a number, and nobody without a "no"


def _single_victims(doc: Doc, text: str, found: list[Quantity], offset: int) -> list[Quantity]:
    """ "A civilian from the village died": one, where the words tell what befell them."""
    victims = []
    for token in doc:
        if token.lower_ in ("a", "an", "another") and token.dep_ == "det":
            head = token.head
            if (
                head.tag_ != "NN"
                or head.i - token.i > 5
                or not (head.lemma_.lower() in PEOPLE and head.lemma_.lower() not in FATE_NOUNS)
            ):
                continue
            if head.dep_ in ("appos", "attr"):  # "the death of Toma, a father of two"
                continue
            fate = measure_of(head, head, text, token.idx, token.idx + len(token))
            if fate is not None and not fate.negated:
                span = Span(token.idx + offset, head.idx + len(head) + offset)
                victims.append(Quantity(span, 1.0, 1.0, 1.0, "people", counted_of(head, token), False, fate.measure))
    return victims


def _negated_ones(doc: Doc, text: str, offset: int) -> list[Quantity]:
    """ "Did not kill anyone", "without casualties": zero."""
    found = []
    for token in doc:
        if token.lower_ in _ANYONE:
            fate = measure_of(token, token, text, token.idx, token.idx + len(token))
            if fate is not None and fate.negated:
                span = Span(token.idx + offset, token.idx + len(token) + offset)
                found.append(Quantity(span, 0.0, 0.0, 0.0, "people", "people", False, fate.measure))
    for m in _WITHOUT.finditer(text):
        noun = (m["noun"] or "deaths").lower()
        measure = {"injuries": Measure.INJURED, "deaths": Measure.KILLED, "fatalities": Measure.KILLED}.get(
            noun, Measure.CASUALTIES
        )
        found.append(
            Quantity(Span(m.start() + offset, m.end() + offset), 0.0, 0.0, 0.0, "people", "people", False, measure)
        )
    return found


def _without_overlaps(found: list[Quantity]) -> list[Quantity]:
    kept: list[Quantity] = []
    for quantity in found:
        if not kept or not kept[-1].span.overlaps(quantity.span):
            kept.append(quantity)
    return kept
