"""Who did it? Claims of responsibility, accusations, and descriptions of the doers answer one question for each event."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from sayso.link.actors import fold, same_party
from sayso.link.drafts import Draft, Tie
from sayso.link.grouping import group
from sayso.link.told import Told
from sayso.link.words import Words
from sayso.model import Act, Answer, RelationKind, Slot

OPENING = 900  # characters: headline and first paragraphs, which say what a report is about
DAYS = 3.0  # two statements this far apart may speak of two attacks
_EVENTS = (
    r"attacks?|assault|raid|operation|incursion|bombings?|blasts?|explosions?|shelling|strikes?|shootings?|killings?|"
    r"killing|murder|massacre|hijacking|kidnapping|ambush|sabotage|fire|crash|breach|hack|incidents?"
)
_EVENT = re.compile(rf"\b(?:{_EVENTS})\b", re.IGNORECASE)
_DOERS = r"attackers?|instigators?|perpetrators?|assailants?|gunmen|raiders|bombers?|culprits?|saboteurs|infiltrators"
_BY = re.compile(
    r"\b(?:carried out|staged|launched|mounted|conducted|organi[sz]ed|planned|perpetrated|committed|was the work|were the work)"
    r" (?:by|of) ([^.;,”\"]{3,90})",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r"^(?:that )?([^.;,”\"]{2,70}?) (?:was|were|is|are|had been|has been|stood) (?:behind|responsible for) (?:the|this|it|last|\w+day)",
    re.IGNORECASE,
)
_ARE = re.compile(rf"\b(?:the|these) (?:{_DOERS}),? (?:were|was|are)\s*[“\"']?([^.;”\"]{{3,80}})", re.IGNORECASE)
_CALLED = re.compile(rf"^(?:the|these) (?:{_DOERS}),? (?:as )?\s*[“\"']?([^.;”\"]{{3,80}})", re.IGNORECASE)
_CALLING = re.compile(r"\b(?:call|describ|label|brand|dub|nam)", re.IGNORECASE)
_NOBODY = frozenset("nobody none no".split())
_SELF = re.compile(
    rf"^(?:that )?(?:it|they|we|he|she|its \w+|his \w+|our \w+) (?:was|were|had been|has|have|had)? ?"
    rf"(?:behind|carried out|conducted|staged|launched|mounted|responsible for) (?:the|this|a|an|an? \w+) (?:[\w-]+ )*?(?:{_EVENTS})",
    re.IGNORECASE,
)
_BLAMED = re.compile(r"\bblam|\bpoint|\battribut|\bheld?\b|\bresponsib", re.IGNORECASE)
_ACCUSED_OF = re.compile(
    r"^(.{2,70}?) (?:for|of (?:being behind|carrying out|staging|launching|organi[sz]ing|responsibility for)) (.+)$",
    re.IGNORECASE,
)
_SELF_WORDS = frozenset("it they we he she them us its our his her who which that this those these".split())
# Words that every event has, which tell no event from another.
_PLAIN = frozenset(
    """attack assault raid oper incurs bomb blast explos shell strike shoot kill murder respons incid direct claim blame
    region area villag citi town border cross carri call launch group involv""".split()
)


@dataclass(frozen=True, eq=False)
class Doer:
    """A statement that says who did it: the ``doer`` in its words, and what is said of the event."""

    told: Told
    doer: str
    event: Words
    own: bool  # the speaker takes responsibility

    @cached_property
    def telling(self) -> frozenset[str]:
        """What sets the event apart: words of the event that are neither plain nor the doer's own name."""
        own = Words(f". {self.doer} {self.told.party.name}").stems
        return self.event.names - _PLAIN - own

    @cached_property
    def of_the_opening(self) -> bool:
        """The event is the one that everybody means ("the attack"), or has a name that the opening of the report has."""
        return not self.telling or bool(self.telling & Words(self.told.report.text[:OPENING]).names)


def responsibility_questions(told: Sequence[Told]) -> tuple[list[Draft], frozenset[str]]:
    """Questions "who carried it out?", one for each event, and the ids of the statements that answer them."""
    doers = [d for d in (read_doer(one) for one in told) if d is not None]
    drafts = []
    used: set[str] = set()
    by_id = {d.told.id: d for d in doers}
    items = sorted(by_id, key=lambda i: by_id[i].told.order)
    links = [
        (a, b, score)
        for n, a in enumerate(items)
        for b in items[n + 1 :]
        if (score := _one_event(by_id[a], by_id[b])) > 0
    ]

    def apart(a: str, b: str) -> bool:
        return _two_events(by_id[a], by_id[b])

    for members in group(items, links, apart=apart):
        found = [by_id[m] for m in members]
        if len(found) == 1 and not found[0].own:
            continue  # an accusation alone is a claim like any other
        drafts.append(_draft(found))
        used.update(members)
    return drafts, frozenset(used)


def read_doer(one: Told) -> Doer | None:
    """Who did it, according to this statement; None if it does not say."""
    act, text = one.statement.act, one.text
    if set(one.party.name.casefold().split()) & _NOBODY:
        return None
    if act is Act.CLAIM_RESPONSIBILITY or (act in (Act.ASSERT, Act.CONFIRM) and _SELF.search(text) and not one.voice):
        return Doer(one, one.party.name, Words(text), own=True)
    cue = " ".join(span.of(one.report.text) for span in one.statement.cue)
    if one.statement.negated or act in (Act.DENY, Act.DECLINE_RESPONSIBILITY, Act.ASK, Act.CANNOT_VERIFY):
        return None
    if act is Act.ACCUSE:
        match = _ACCUSED_OF.match(text)
        if match and (_BLAMED.search(cue) or " of " in text) and _EVENT.search(match.group(2)):
            return _doer(one, match.group(1), match.group(2))
        return None
    for pattern in (_BY, _BEHIND, _ARE, *((_CALLED,) if _CALLING.search(cue) else ())):
        match = pattern.search(text)
        if match and not one.voice:
            return _doer(one, match.group(1), text)
    return None


def _doer(one: Told, doer: str, event: str) -> Doer | None:
    words = fold(doer)
    if not words or words[0] in _SELF_WORDS or not any(w[0].isupper() for w in doer.split()):
        return None
    return Doer(one, doer.strip(" “”\"',"), Words(event), own=False)


def _one_event(a: Doer, b: Doer) -> float:
    if _two_events(a, b):
        return 0.0
    shared = a.telling & b.telling
    same_report = a.told.report.id == b.told.report.id
    if not shared and not (a.of_the_opening and b.of_the_opening):
        return 0.0
    return 1.0 + 0.5 * bool(shared) + 0.3 * same_report


def _two_events(a: Doer, b: Doer) -> bool:
    if a.told.day is not None and b.told.day is not None and abs(a.told.day - b.told.day) > DAYS:
        return True
    mine, theirs = a.telling, b.telling
    return bool(mine and theirs and not mine & theirs)


def _draft(doers: Sequence[Doer]) -> Draft:
    doers = sorted(doers, key=lambda d: d.told.order)
    items = [d.told.id for d in doers]
    by_id = {d.told.id: d for d in doers}
    links = [(a, b, 1.0) for n, a in enumerate(items) for b in items[n + 1 :] if _same_doer(by_id[a], by_id[b])]
    groups = [[by_id[m] for m in members] for members in group(items, links)]
    event = _EVENT.search(min((d for d in doers), key=lambda d: (not d.own, d.told.order)).event.text)
    draft = Draft(
        slot=Slot.WHO,
        matter=f"responsibility {doers[0].told.id}",
        text=f"Who carried out the {event.group().casefold()}?" if event else "Who did it?",
        claims=[tuple(d.told for d in g) for g in groups],
        answers=[Answer(min((d for d in g), key=lambda d: (not d.own, len(d.doer), d.doer)).doer) for g in groups],
    )
    for n, mine in enumerate(groups):
        for m, theirs in enumerate(groups[:n]):
            reason = _dispute(mine, theirs)
            if reason:
                draft.ties.append(Tie(n, m, RelationKind.CONTRADICTS, 0.7, reason))
    return draft


def _same_doer(a: Doer, b: Doer) -> bool:
    if a.own and b.own and same_party(a.told.party, b.told.party):
        return True
    return _kin(a.doer, b.doer) >= 0.99


def _kin(a: str, b: str) -> float:
    """The share of the shorter name's telling words that the other has; words meet by their first five letters."""
    mine, theirs = ({w[:5] for w in fold(n) if len(w) > 2 and w not in _SELF_WORDS} for n in (a, b))
    return len(mine & theirs) / min(len(mine), len(theirs)) if mine and theirs else 0.0


def _dispute(mine: Sequence[Doer], theirs: Sequence[Doer]) -> tuple[str, ...] | None:
    """Different actors name different doers of one event, and no name of the one answer has anything of the other.

    A group that takes responsibility and a description ("citizens of …") need not exclude each other; two descriptions do,
    and so does an accusation of somebody else.
    """
    if any(_kin(a.doer, b.doer) > 0.0 for a in mine for b in theirs):
        return None
    for a in mine:
        for b in theirs:
            if same_party(a.told.party, b.told.party) or not a.told.party.named or not b.told.party.named:
                continue
            accused = Act.ACCUSE in (a.told.statement.act, b.told.statement.act)
            if (a.own and b.own) or ((a.own or b.own) and not accused):
                continue
            return f"{a.told.party.name} names {a.doer}, {b.told.party.name} names {b.doer}", "the same event"
    return None
