"""How a number counts: all of them, a part, an addition; bodies found or buried, people who were moved, attackers counted in.

Numbers that count in another manner are no answers to one question: none of them revises or contradicts the toll.
"""

from __future__ import annotations

import re

from sayso.model import Measure

# What a number of bodies tells, each its own count: those lying in one place, those in graves, those found so far. None of
# them is the toll. To add a way of counting bodies, add a line; the first that fits counts.
_BODIES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("stored", re.compile(r"\b(?:morgues?|mortuar\w+|stacked|piled|laid out)\b", re.IGNORECASE)),
    ("buried", re.compile(r"\b(?:mass graves?|cremated|buried(?! (?:alive|in the (?:rubble|debris|mud|snow)|under|beneath)))\b", re.IGNORECASE)),
    ("found", re.compile(r"\b(?:recovered|collected|counted|retrieved|removed|identified|pulled|found)\b", re.IGNORECASE)),
)  # fmt: skip
_MOVED = re.compile(
    r"\b(?:relocat\w+|evacuat\w+|fle(?:d|e|eing)(?! (?:\w+ )?homes?\b)|moved?|resettl\w+|shelter\w*|camps?|tents?|cross\w+)\b",
    re.IGNORECASE,
)
# Counting the gunman or not makes another number, and no conflict.
_DOERS = (
    r"(?:attackers?|gunm[ae]n|assailants?|bombers?|raiders?|shooters?|suspects?|perpetrators?|hijackers?|assassins?)"
)
_WITH_ATTACKERS = re.compile(
    rf"(?<!not )\b(?:including|counting) (?:the |an? |its |their |\w+ )?(?:\w+ ){{0,2}}?{_DOERS}\b|"
    rf"\b{_DOERS} (?:included|among them|counted)\b",
    re.IGNORECASE,
)
_VICTIMS = re.compile(r"\bvictims\b", re.IGNORECASE)
_OF_THEM = re.compile(
    r"^\s*(?:of (?:them|those|whom|which|the (?:dead|victims|wounded|injured|\d))|were \w+ing\b)", re.IGNORECASE
)
_AMONG = re.compile(
    r"\b(?:of (?:them|those|whom)|among (?:them|those|the)|the (?:dead|victims|wounded|injured)\b[^.;,]{0,40}? (?:were|are|was)|"
    r"includ(?:ing|es?|ed))\b[\s,]*$|"
    r"\bof the [\d,]+ (?:\w+ ){0,3}?(?:deaths?|dead|killed|fatalities|victims)\b[^.;]{0,60}$",
    re.IGNORECASE,
)
# "19 dead, including a doctor and [a nurse]"
_LISTED = re.compile(r"\bincluding (?:an? |\w+ )?[\w-]+(?:, (?:an? )?[\w-]+)* and $", re.IGNORECASE)
_MORE = re.compile(r"\b(?:another|others?|additional|further)\b[\s,]*$", re.IGNORECASE)
# "The toll rose by one, to 16"
_BY = re.compile(
    r"\b(?:rise|rises|risen|rose|rising|increas\w+|grown|grew|grow|climb\w*|up|jump\w*) by\s*$", re.IGNORECASE
)
_MORE_AFTER = re.compile(r"^\s*others?\b", re.IGNORECASE)
_ADDED = re.compile(r"^\s*more\b(?! than)|^\s*(?:additional|further)\b", re.IGNORECASE)
_ADDED_WORDS = re.compile(r"\b(?:more|additional|further)\s*$", re.IGNORECASE)

FORESEEN = "foreseen"
VICTIMS = "victims"
OF_THEM = "of them"
MORE = "more"


def manner_of(measure: Measure, segment: str, clause: str, *, bodies: bool, noun: str = "") -> str:
    """Bodies found or buried are not all who died; people brought or gone elsewhere are not all who lost their homes; victims are
    all whom it struck, and casualties the killed and the injured.

    ``segment`` is the part of the sentence that the number stands in, ``clause`` all of it, ``noun`` whoever is counted, with the words behind it;
    ``bodies`` says that bodies are counted. "" for a plain count.
    """
    if measure is Measure.CASUALTIES and _VICTIMS.search(noun):
        return VICTIMS
    if measure in (Measure.KILLED, Measure.CASUALTIES):
        for manner, pattern in _BODIES:
            if pattern.search(segment):
                return manner
        if bodies:
            return "seen"
    if measure is Measure.DISPLACED and _MOVED.search(segment):
        return "moved"
    if measure in (Measure.KILLED, Measure.INJURED, Measure.CASUALTIES) and _WITH_ATTACKERS.search(clause):
        return "with attackers"
    return ""


def part_of(measure: Measure, before: str, words: str, after: str) -> str:
    """Whether the number is a part ("of them two") or an addition ("nine more", "another five killed"), not the whole count; "" if
    neither.

    "Six others were wounded" after a number of dead is a whole: of the dead only, another is an addition.
    """
    if _BY.search(before) or _ADDED.match(after) or _ADDED_WORDS.search(words):
        return MORE
    if _OF_THEM.match(after) or _AMONG.search(before) or (measure is Measure.KILLED and _LISTED.search(before)):
        return OF_THEM
    more = measure is Measure.KILLED and bool(_MORE.search(before) or _MORE_AFTER.match(after))
    return MORE if more else ""
