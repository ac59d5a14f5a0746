"""A question that somebody asks, read: what kind of answer it wants, and of what. Nothing here knows the reports.

1. whose word is asked for      "did the governor say …", "according to the ministry"
2. what kind of answer          the question word, or a verb in front
3. the matter as a statement    "is the crossing closed?" -> "the crossing is closed"
4. what a number is to count    the same reading that counts in reports, with a number in the place of "how many"
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sayso.extract.parse import load_parser
from sayso.extract.quantities import find_quantities
from sayso.model import Measure, Slot, Wanted

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_SAYING = (
    r"say|says|said|claim|claims|claimed|confirm|confirms|confirmed|deny|denies|denied|announce|announces|announced|admit|admits|"
    r"admitted|acknowledge|acknowledges|acknowledged|report|reports|reported|state|states|stated|declare|declared|insist|insists|"
    r"insisted|concede|concedes|conceded|tell|told|estimate|estimates|estimated|put"
)
_LEMMAS = frozenset(
    "say claim confirm deny announce admit acknowledge report state declare insist concede tell reject dismiss".split()
)
_TRUE = re.compile(
    r"^\s*(?:is|was|has|have|had) (?:it|there) (?:been )?(?:really |indeed )?(?:true|so|the case|confirmed|known|certain|clear|a fact|established|"
    r"any confirmation) (?:that|if|whether)\s+",
    re.IGNORECASE,
)
_ACCORDING = re.compile(
    r",?\s*\b(?:according to|as told by|in the words of)\s+(?P<who>[^,?]+?)\s*(?=,|\?|$)", re.IGNORECASE
)
_INSERTED = re.compile(
    rf"\b(?:did|does|do|has|have|had)\s+(?P<who>(?:the |a |an )?[\w'’.-]+(?: [\w'’.-]+){{0,5}}?)\s+(?P<verb>{_SAYING})\b(?:\s+that\b)?",
    re.IGNORECASE,
)
_HOW_MANY = re.compile(
    r"\bhow many\b|\bhow much\b|\b(?:what|which) number of\b|\bhow (?:large|big|high) (?:is|was|are|were) the (?:number of|death toll|toll)\b",
    re.IGNORECASE,
)
_COUNT_NOUN = re.compile(
    r"\b(?:what(?:'s| is| was| are| were|)\s+)?(?:the )?(?:latest |current |total |official |final |confirmed |overall |exact |civilian )*"
    r"(?:(?P<toll>(?:death |casualty )?toll|death count|body count|(?:number of )?(?:casualties|deaths|fatalities|dead|killed|wounded|injured|injuries|missing|"
    r"displaced))"
    r"|(?:number|count|tally) of)\b",
    re.IGNORECASE,
)
_CIVILIAN = re.compile(r"\bcivilian (?:death toll|toll|deaths|casualties|fatalities|dead)\b", re.IGNORECASE)
_ANY = re.compile(
    r"^\s*(?:(?:was|were|is|are|has|have|had|did)\s+(?:there\s+)?(?:been\s+)?)?(?:any(?:one|body)?|some(?:one|body))\b", re.IGNORECASE
)  # fmt: skip
_ANY_OF = re.compile(r"^(?:was|were|is|are|has|have|had|did) (?:there )?(?:been )?any (?=\w)", re.IGNORECASE)
_WHO = re.compile(
    r"\b(?:who|whom|(?:which|what) (?:armed )?(?:group|side|army|country|party|state|government|organi[sz]ation|people|forces|troops|body|outlet|"
    r"official)s?)\b",
    re.IGNORECASE,
)
_WHERE = re.compile(
    r"\bwhere\b|\b(?:which|what) (?:town|village|city|place|country|region|province|district|area)\b", re.IGNORECASE
)
_WHEN = re.compile(
    r"\bwhen\b|\b(?:which|what) (?:time|day|date|year|month|hour)\b|\bhow long\b|\bhow soon\b", re.IGNORECASE
)
_WHAT = re.compile(r"\b(?:what|why|how|which)\b", re.IGNORECASE)
_AUX = frozenset(
    "is are was were am do does did has have had can could will would shall should may might must isn't aren't wasn't weren't don't "
    "doesn't didn't hasn't haven't hadn't can't couldn't won't wouldn't".split()
)
_NOT = re.compile(r"n['’]t\b|\b(?:not|never)\b", re.IGNORECASE)
_TIMES = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|yesterday|today|overnight|january|february|march|april|may|june|july|august|september|"
    r"october|november|december|(?:19|20)\d\d|(?:last|this|past|previous) (?:week|month|year))\b",
    re.IGNORECASE,
)
_MEASURES: tuple[tuple[Measure, re.Pattern[str]], ...] = (
    (Measure.CASUALTIES, re.compile(r"\bcasualt|\b(?:killed|dead) or (?:injured|wounded)\b", re.IGNORECASE)),
    (Measure.KILLED, re.compile(r"\b(?:toll|dead|death|deaths|killed|died|die|fatalit\w+|perish\w*|lost their li\w+|lives (?:were )?lost)\b", re.IGNORECASE)),
    (Measure.INJURED, re.compile(r"\b(?:injur\w+|wounded|hurt|hospitali[sz]ed)\b", re.IGNORECASE)),
    (Measure.MISSING, re.compile(r"\b(?:missing|unaccounted|(?:not|n['’]t) (?:been |be )?(?:accounted|found))\b", re.IGNORECASE)),
    (Measure.DISPLACED, re.compile(r"\b(?:displaced|homeless|fled|flee|evacuated|driven from|(?:leave|left) their homes)\b", re.IGNORECASE)),
    (Measure.CAPTURED, re.compile(r"\b(?:captured|taken prisoner|detained|prisoners|arrested)\b", re.IGNORECASE)),
)  # fmt: skip
_STAND_IN = 12  # the number that is put where the question asks for one


def read_question(text: str) -> Wanted:
    """What a question wants. Any text will do: where nothing tells what is asked for, ``slot`` is None."""
    asked = " ".join(text.split())
    core, speaker, saying = _speaker(asked)
    core = _TRUE.sub("", core).strip()
    said = core != asked.strip() and bool(_TRUE.match(asked))
    slot = _slot(core)
    if said and slot is None:
        slot = Slot.WHETHER
    at = tuple(match.group().casefold() for match in _TIMES.finditer(core))
    negated = bool(_NOT.search(core))
    if slot is Slot.HOW_MANY or (slot is Slot.WHETHER and _ANY.match(core) and _measure(core)):
        any_at_all = slot is Slot.WHETHER
        measure, counted = _counted(core)
        return Wanted(
            asked, Slot.HOW_MANY, _plain(core), negated, speaker, saying, measure, counted, any=any_at_all, at=at
        )
    if slot is Slot.WHETHER:
        matter, who, verb = (_plain(core), None, None) if said else _statement(load_parser()(_plain(core)))
        measure, counted, number = _number_in(matter)
        return Wanted(asked, slot, matter, negated, speaker or who, saying or verb, measure, counted, number, at=at)
    return Wanted(asked, slot, _plain(core), negated, speaker, saying, at=at)


def _plain(text: str) -> str:
    return text.strip().rstrip("?!. ").strip()


def _speaker(text: str) -> tuple[str, str | None, str | None]:
    """The question without whose word is asked for, and who that is."""
    if match := _ACCORDING.search(text):
        rest = text[: match.start()] + text[match.end() :]
        return rest.lstrip(" ,"), match["who"].strip(), "say"
    match = _INSERTED.search(text)
    if match and match.start() > 0 and _WHAT_WORD.match(text):
        return " ".join((text[: match.start()] + text[match.end() :]).split()), match["who"], match["verb"].casefold()
    return text, None, None


_WHAT_WORD = re.compile(r"\s*(?:how many|how much|what|who|whom|where|when|why|how|which|whose)\b", re.IGNORECASE)


def _slot(text: str) -> Slot | None:
    """What kind of answer is asked for."""
    words = text.split()
    first = words[0].casefold().replace("’", "'") if words else ""
    if _HOW_MANY.search(text):
        return Slot.HOW_MANY
    if first in _AUX:
        return Slot.WHETHER
    if _ANY.match(text) and _measure(text):
        return Slot.WHETHER
    other = r"\s*(?:who|whom|whose|where|when|why|how|which|what(?!['’]s|\s+(?:is|was|are|were)\b))\b"
    if not re.match(other, text, re.IGNORECASE) and _COUNT_NOUN.search(text):
        return Slot.HOW_MANY
    for slot, pattern in (
        (Slot.WHOSE, re.compile(r"\bwhose\b", re.IGNORECASE)),
        (Slot.WHEN, _WHEN),
        (Slot.WHERE, _WHERE),
        (Slot.WHO, _WHO),
        (Slot.WHAT, _WHAT),
    ):
        if pattern.search(text):
            return slot
    if re.match(r"\s*whether\b", text, re.IGNORECASE):
        return Slot.WHETHER
    return None


# ---------------------------------------------------------------------------------------------------
# How many of what


def _measure(text: str) -> Measure | None:
    return next((measure for measure, pattern in _MEASURES if pattern.search(text)), None)


def _counted(text: str) -> tuple[Measure | None, str | None]:
    """What befell those who are counted, and who they are: read off the question with a number put in."""
    clause = _HOW_MANY.sub(f"{_STAND_IN}", _ANY_OF.sub(f"{_STAND_IN} ", _plain(text)), count=1)
    if clause == _plain(text):
        match = _COUNT_NOUN.search(clause)
        toll = bool(match and match["toll"])
        clause = f"{_STAND_IN} people: {clause}" if toll or match is None else f"{_STAND_IN} {clause[match.end() :]}"
        if toll or match is None:
            return _measure(text), "civilians" if _CIVILIAN.search(text) else "people"
    clause = re.sub(rf"^{_STAND_IN} (?:of the|of|more) ", f"{_STAND_IN} ", clause)
    for quantity in find_quantities(load_parser()(f"{clause}.")):
        if quantity.best == _STAND_IN and quantity.span.start <= clause.find(str(_STAND_IN)) < quantity.span.end:
            counted = quantity.counted or ("people" if quantity.measure or _measure(text) else None)
            return quantity.measure or _measure(text), counted
    return _measure(text), None


def _number_in(matter: str) -> tuple[Measure | None, str | None, float | None]:
    """The figure that a yes-or-no question gives itself, where it counts people: its measure, whom it counts, the number."""
    for quantity in find_quantities(load_parser()(f"{matter}.")):
        if quantity.measure is not None and quantity.best is not None:
            return quantity.measure, quantity.counted or "people", quantity.best
    return None, None, None


# ---------------------------------------------------------------------------------------------------
# Yes or no


def _statement(doc: Doc) -> tuple[str, str | None, str | None]:
    """A question that begins with a verb, as the statement that it asks about; with whose word that would be, and the verb."""
    root = next((token for token in doc if token.dep_ == "ROOT"), doc[0])
    front = doc[0]
    subject = _subject(doc, root)
    if subject is None:
        return doc[1:].text, None, None
    begin, end = subject
    rest = doc[end:]
    if root.lemma_.casefold() in _LEMMAS and front.i < root.i:
        clause = next((t for t in root.children if t.dep_ in ("ccomp", "xcomp") and t.i > root.i), None)
        said = rest.text
        if clause is not None or any(t.dep_ in ("dobj", "prep") for t in root.children if t.i > root.i):
            after = doc[root.i + 1 :].text
            said = re.sub(r"^(?:that|whether|if)\s+", "", after, flags=re.IGNORECASE)
        if said and said != rest.text:
            return said, doc[begin:end].text, root.lemma_.casefold()
    verb = _NOT.sub("", front.lower_.removesuffix("n't"))
    statement = f"{doc[begin:end].text} {verb} {_NOT.sub('', rest.text)}"
    return " ".join(statement.split()), None, None


def _subject(doc: Doc, root: Token) -> tuple[int, int] | None:
    """The tokens of the subject of a question that begins with a verb: they come right after it (and after "not")."""
    start = 1
    while start < len(doc) and doc[start].lower_ in ("not", "n't", "n’t"):
        start += 1
    subjects = [t for t in doc if t.dep_ in ("nsubj", "nsubjpass", "expl", "csubj") and t.left_edge.i == start]
    for subject in subjects:
        edge = subject.right_edge.i
        if root.i > subject.i and edge >= root.i:
            edge = root.i - 1
        if edge + 1 < len(doc):  # else the rest of the question was taken for a part of the subject
            return start, edge + 1
    chunk = next((c for c in doc.noun_chunks if c.start == start), None)
    return (chunk.start, chunk.end) if chunk is not None else None
