"""What befell those who are counted, where no single word tells it: "lost their lives", "shot to death", "in critical condition".

Each reading takes the noun that is counted and gives the standard count, or None.
"""

from __future__ import annotations

from typing import Final

from spacy.tokens import Token

from sayso.model import Measure

_HARMING: Final = frozenset(
    "shoot beat stab hack burn crush trample bludgeon starve freeze torture put stone club".split()
)
_BURNT: Final = frozenset(("burn", "bury", "burned", "buried"))
_TAKING: Final = frozenset("claim cost take".split())
_HURTS: Final = frozenset("wound injury burn fracture laceration bruise concussion cut".split())
_BEARING: Final = frozenset("suffer sustain have receive".split())
_CONDITIONS: Final = frozenset("critical serious grave stable".split())
_SLAYERS: Final = frozenset("killer murderer assassin slayer".split())
_DRIVING: Final = frozenset("drive force chase expel".split())
_HOMES: Final = frozenset("home house".split())
_SEEKING: Final = frozenset("find locate trace".split())
_DEATHS: Final = frozenset("death killing murder assassination massacre slaying execution".split())


def told_by_idiom(head: Token) -> Measure | None:
    """The count that an idiom gives ``head``, the noun that is counted."""
    governor = head.head
    if head.dep_ in ("nsubj", "nsubjpass") and governor.pos_ in ("VERB", "AUX"):
        return _of_subject(governor)
    if head.dep_ in ("dobj", "dative") and governor.pos_ == "VERB":
        if _to_death(governor):
            return Measure.KILLED
        if head.lemma_.lower() == "life" and governor.lemma_ in _TAKING:
            return Measure.KILLED  # "claimed 12 lives"
        if _from_home(governor):
            return Measure.DISPLACED
    if head.dep_ in ("pobj", "dobj") and governor.lower_ == "death" and _to_death(governor.head.head):
        return Measure.KILLED  # "shot to death three farmers": what the parse hangs on "death"
    if head.dep_ == "pobj" and governor.lower_ == "of":
        return _of_genitive(governor.head)
    return None


def _of_subject(verb: Token) -> Measure | None:
    if _to_death(verb) or (verb.lemma_.lower() in _BURNT and any(c.lower_ == "alive" for c in verb.children)):
        return Measure.KILLED
    objects = [c for c in verb.children if c.dep_ == "dobj"]
    if verb.lemma_ == "lose" and any(o.lemma_.lower() == "life" and _has_own(o) for o in objects):
        return Measure.KILLED
    if verb.lemma_ in _BEARING and any(o.lemma_.lower() in _HURTS for o in objects):
        return Measure.INJURED
    if verb.lemma_ == "treat" and _governed(verb, "for", _HURTS):
        return Measure.INJURED
    passive = any(c.dep_ == "auxpass" for c in verb.children)
    if passive and _from_home(verb):
        return Measure.DISPLACED
    if passive and verb.lemma_ in _SEEKING and any(c.dep_ == "neg" for c in verb.children):
        return Measure.MISSING  # "nine people have not been found"
    for preposition in (c for c in verb.children if c.lower_ == "in" and verb.lemma_ in ("be", "remain")):
        for noun in (c for c in preposition.children if c.lemma_ == "condition"):
            if any(c.lower_ in _CONDITIONS for c in noun.children):
                return Measure.INJURED
        in_hospital = [c for c in preposition.children if c.lemma_ in ("hospital", "clinic")]
        if in_hospital and any(_governed(t, "with", _HURTS) for t in (verb, *in_hospital)):
            return Measure.INJURED
    return None


def _of_genitive(noun: Token) -> Measure | None:
    lemma = noun.lemma_.lower()
    if lemma in _SLAYERS or (lemma in _DEATHS and noun.pos_ == "NOUN"):
        return Measure.KILLED  # "the death of four students who had been kidnapped"
    if lemma == "life" and noun.dep_ == "dobj" and noun.head.lemma_ in _TAKING:
        return Measure.KILLED
    return None


def _from_home(verb: Token) -> bool:
    """ "Driven from their homes": away from it, and not by choice."""
    return verb.lemma_.lower() in _DRIVING and _governed(verb, "from", _HOMES)


def _to_death(verb: Token) -> bool:
    return verb.pos_ == "VERB" and verb.lemma_.lower() in _HARMING and _governed(verb, "to", frozenset(("death",)))


def _governed(verb: Token, preposition: str, nouns: frozenset[str]) -> bool:
    return any(w.lemma_.lower() in nouns for c in verb.children if c.lower_ == preposition for w in c.children)


def _has_own(noun: Token) -> bool:
    """ "their lives", not "12 lives": "the insurers lost 12 lives" tells of policies."""
    return any(c.dep_ == "poss" for c in noun.children)
