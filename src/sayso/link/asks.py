"""Asked and not answered: "it remains unclear who", "did not say how many", "questions remain about" are open questions."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from sayso.link.drafts import Draft
from sayso.link.grouping import group
from sayso.link.told import Told
from sayso.link.words import Words
from sayso.model import Act, Kind, Slot

DAYS = 7.0
ALIKE = 0.5  # of the shorter question's content words
_UNKNOWN = re.compile(
    r"\b(?:unclear|not (?:immediately |yet |at all )?(?:clear|known|certain)|unknown|unanswered|no one knows|nobody knows|"
    r"questions? (?:remain\w*|persist\w*|linger\w*|(?:was|were|is|are) (?:raised|left))|remains? (?:a mystery|to be seen|an open question)|"
    r"yet to (?:be )?(?:determine|establish|explain|say|confirm)\w*|mystery)\b",
    re.IGNORECASE,
)
_WITHHELD = re.compile(
    r"\b(?:(?:did|does|do|would|could|will|has|have|had) ?n[o'’]t|declin\w+ to|refus\w+ to|without|gave no|give no|giving no|no)\b.{0,40}?"
    r"\b(?:say|specify|give|name|tell|disclose|reveal|provide|elaborate|identify|comment|explain|number|details?)\b",
    re.IGNORECASE,
)
_WH: tuple[tuple[Slot, re.Pattern[str]], ...] = (
    (Slot.HOW_MANY, re.compile(r"\b(?:how (?:many|much|big|large)|(?:the )?(?:figure|size|scale|extent|toll) (?:of|for)|number)\b", re.IGNORECASE)),
    (Slot.WHOSE, re.compile(r"\bwhose\b", re.IGNORECASE)),
    (Slot.WHO, re.compile(r"\b(?:who|whom|which (?:group|side|army|country)|about the (?:group|people|men|attackers?))\b|\bidentit\w+", re.IGNORECASE)),
    (Slot.WHERE, re.compile(r"\bwhere\b", re.IGNORECASE)),
    (Slot.WHEN, re.compile(r"\bwhen\b|\bhow (?:long|soon)\b", re.IGNORECASE)),
    (Slot.WHETHER, re.compile(r"\b(?:whether|if)\b", re.IGNORECASE)),
    (Slot.WHAT, re.compile(r"\b(?:what|why|how|which)\b|\babout\b", re.IGNORECASE)),
)  # fmt: skip
_WH_WORD = re.compile(r"\b(?:who|whom|whose|what|where|when|why|how|whether|which)\b", re.IGNORECASE)
_TAIL = re.compile(
    r",?(?: (?:and|or) why,?)? (?:is|was|are|were|remains?) (?:still |yet |as yet )?(?:not (?:yet |immediately )?)?"
    r"(?:un)?(?:known|clear|certain|answered)\b.*$",
    re.IGNORECASE | re.DOTALL,
)
# "widespread confusion about how it was authorized": what people wonder at, nobody has answered.
_WONDERED = re.compile(
    r"\b(?:confusion|uncertainty|puzzlement|no agreement|mystery|little (?:is|was) known)\b[^.;]{0,60}?"
    r"\b(?:about|over|as to|on|around)\s+(?=(?:who|whom|whose|what|where|when|why|how|whether|which)\b)",
    re.IGNORECASE,
)
# "the group behind it, how it happened and what it means": three questions in one sentence.
_NEXT_QUESTION = re.compile(
    r",?\s+(?:and|or)\s+(?=(?:who|whose|what|where|when|why|how|whether)\b)"
    r"|,\s+(?=(?:who|whose|what|where|when|why|how|whether)\b)",
    re.IGNORECASE,
)
_MARKS = " .,;:–—“”\"'"
_SHORTEST = 3  # words of a question: "why" alone goes with its neighbour
# "asked if we could help him", "debate whether a levy could work": a favour, a programme.
_REQUEST = re.compile(r"(?:if|whether) (?:i|we|you|he|she|they) (?:could|can|would|will|might)\b", re.IGNORECASE)
_PONDERS = re.compile(r"\b(?:debat|investigat|discuss|explor|examin|consider|look)\w*", re.IGNORECASE)
# "questioned why he would not attend": a reproach.
_REPROACH = re.compile(r"\bquestion(?:s|ed|ing)?\Z", re.IGNORECASE)
_NOBODY = re.compile(r"(?:nobody|no[ -]one)\b", re.IGNORECASE)
_ORDER = re.compile(r"^(?:\w+ ){0,3}?(?:not )?to \w+", re.IGNORECASE)


def is_question(one: Told) -> bool:
    """Whether a statement says that something is not known or was not told, rather than telling or requesting something."""
    act, sentence = one.statement.act, f"{one.sentence} {one.text}"
    if act is Act.ASK:
        if _UNKNOWN.search(sentence):
            return True
        cue = " ".join(c.of(one.report.text) for c in one.statement.cue)
        if _REPROACH.search(cue) and one.text[:4].lower() == "why ":
            return False
        # "How can anyone look at this and not weep?", somebody says: a speech, whose question asks nothing.
        spoken = one.statement.kind in (Kind.DIRECT, Kind.MIXED)
        asked = not (_REQUEST.match(one.text) or _PONDERS.search(cue))
        asked = asked and (
            one.voice or not one.text.rstrip(" ”\"'").endswith("?")
        )  # an interviewer's question has an answer
        return not spoken and asked and bool(_slot_words(one.text)) and not _ORDER.match(one.text)
    if act is Act.DECLINE_COMMENT:
        return bool(_WH_WORD.search(one.text)) or _slot_words(one.text) is Slot.HOW_MANY
    if (
        _NOBODY.match(one.party.name) and act is not Act.DENY
    ):  # "Nobody knows who fired first"; what nobody denies is agreed
        return bool(_WH_WORD.search(one.text))
    if _WONDERED.search(one.text):
        return not one.statement.negated
    if one.voice or act is Act.OTHER:
        return bool(_UNKNOWN.search(one.text)) and _slot_words(one.text) is not None
    return False


@dataclass(frozen=True, eq=False)
class Asked:
    """One question that a statement asks, in its words; ``number`` counts those of the statement."""

    told: Told
    text: str
    slot: Slot
    number: int

    @property
    def id(self) -> str:
        return f"{self.told.id} {self.number}" if self.number else self.told.id

    @cached_property
    def stems(self) -> frozenset[str]:
        return Words(self.text).stems


def asked_in(one: Told) -> list[Asked]:
    """Each question that a statement asks."""
    first, *others = _clauses(one)
    found = [Asked(one, _worded(first), slot_of(one), 0)]
    found += [Asked(one, _worded(c), _slot_words(c) or Slot.WHAT, n) for n, c in enumerate(others, start=1)]
    return found


def open_questions(told: Sequence[Told]) -> list[Draft]:
    """One open question for each thing that is asked; the same thing asked in several reports is one question."""
    asks = {asked.id: asked for one in told if is_question(one) for asked in asked_in(one)}
    items = list(asks)
    # Only questions of one slot that share a word can be alike, or that have none.
    place = {identifier: n for n, identifier in enumerate(items)}
    holders: dict[tuple[Slot, str], list[str]] = defaultdict(list)
    for identifier, ask in asks.items():
        for stem in ask.stems or {""}:
            holders[ask.slot, stem].append(identifier)
    pairs = {pair for held in holders.values() for pair in combinations(held, 2)}
    ordered = sorted(pairs, key=lambda pair: (place[pair[0]], place[pair[1]]))
    links = [(a, b, score) for a, b in ordered if (score := _alike(asks[a], asks[b])) > 0]
    drafts = []
    for members in group(items, links, share=0.5):
        found = [asks[m] for m in members]
        clearest = min(found, key=lambda asked: (abs(len(asked.text.split()) - 12), asked.told.order, asked.number))
        by = list({asked.told.id: asked.told for asked in found}.values())
        drafts.append(Draft(found[0].slot, f"asked {found[0].id}", clearest.text, asked_by=by, open=True))
    return drafts


def close_answered(asked: Sequence[Draft], answered: Sequence[Draft]) -> None:
    """Closes each question who did it, where all who ask did so before the first answer: then it was answered since."""
    days = [t.day for draft in answered for claim in draft.claims for t in claim if t.day is not None]
    for question in asked:
        if days and question.slot is Slot.WHO and _DID.search(question.text) and question.asked_by:
            question.open = any(t.day is None or t.day >= min(days) for t in question.asked_by)


_DID = re.compile(
    r"\b(?:behind|responsib\w+|attack\w*|carried out|carry out|launched|staged|planted|fired on|killed|shot|identit\w+ of the \w*(?:attack|gun|assail)\w*)\b",
    re.IGNORECASE,
)


def slot_of(one: Told) -> Slot:
    """The slot that the wh-word names; the first one in the words that are asked."""
    return _slot_words(one.text) or _slot_words(one.sentence) or Slot.WHAT


def question_text(one: Told) -> str:
    """The first thing that is asked, in the words of the report, as a question."""
    return _worded(_clauses(one)[0])


def _worded(clause: str) -> str:
    return clause[:1].upper() + clause[1:] + "?"


def _clauses(one: Told) -> list[str]:
    """The clauses that ask, in the words of the report."""
    text = one.text
    about = re.search(r"\bquestions? \w+ (?:about|over|as to|on) (.*)", text, re.IGNORECASE | re.DOTALL)
    number = re.search(
        r"\b(?:the )?(?:exact )?(?:number|identit\w+|cause|extent|scale) of .*", text, re.IGNORECASE | re.DOTALL
    )
    if about or number:
        clause = about.group(1) if about else number.group() if number else ""
    else:
        match = re.search(
            r"\b(?:who|whom|whose|what|where|when|why|how|whether|which)\b.*", text, re.IGNORECASE | re.DOTALL
        )
        clause = _TAIL.sub("", match.group() if match else text)
    parts: list[str] = []
    for part in _NEXT_QUESTION.split(clause):
        if parts and min(len(part.split()), len(parts[-1].split())) < _SHORTEST:
            return [clause.strip(_MARKS)]
        parts.append(part.strip(_MARKS))
    return parts


def _slot_words(text: str) -> Slot | None:
    found = [(match.start(), n, slot) for n, (slot, pattern) in enumerate(_WH) if (match := pattern.search(text))]
    # A bare "about" or "how" counts only where no other word asks.
    precise = [f for f in found if f[2] is not Slot.WHAT]
    return min(precise or found)[2] if found else None


def _alike(a: Asked, b: Asked) -> float:
    days = a.told.day, b.told.day
    if (days[0] is not None and days[1] is not None and abs(days[0] - days[1]) > DAYS) or a.slot is not b.slot:
        return 0.0
    mine, theirs = a.stems, b.stems
    shared = mine & theirs
    if not mine or not theirs:
        return 1.0 if not mine and not theirs and a.told.party.key == b.told.party.key else 0.0
    share = len(shared) / min(len(mine), len(theirs))
    return share if share >= ALIKE and (len(shared) >= 2 or share >= 0.99) else 0.0
