"""What a statement does (its act), whether what it says is negated, and how far it is hedged."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from sayso.extract.attribution import Found
from sayso.extract.parse import Passage
from sayso.model import Act, Hedge

if TYPE_CHECKING:
    from spacy.tokens import Token

_TELLING = frozenset(
    """comment specify say elaborate respond disclose provide give name identify discuss detail explain reveal answer
    address reply release confirm deny tell offer return speculate""".split()
)
_VERIFYING = frozenset("verify confirm corroborate authenticate establish ascertain check".split())
_NEGATING_WORDS = {"no", "none", "nobody", "nothing", "never", "neither", "nor", "no-one", "nowhere", "not", "n't"}

_NOT = re.compile(r"\b(?:not|never|no|nor|neither|cannot)\b|n['’]t\b", re.I)
_REFUSING = re.compile(
    r"\b(?:declin|refus|avoid)\w*\b|\bwould not (?:say|comment|confirm|elaborate|discuss)|\bno comment\b", re.I
)
_SPEAKING = re.compile(r"\b(?:comment|say|answer|name|identif|discuss|elaborat|respon)", re.I)
_UNABLE = re.compile(
    r"\b(?:unable|impossible|fail(?:s|ed)?|not (?:yet )?(?:been )?able|no way|could not|couldn['’]t|can ?not|can['’]t|no independent|"
    r"not (?:immediately |yet )?(?:possible|independently))\b",
    re.I,
)
_RESPONSIBILITY = re.compile(r"\b(?:responsibility|credit) for\b|\bresponsibility\b", re.I)
_TAKING = frozenset("claim accept take assume admit acknowledge".split())
# "baseless", "false": calling a thing so denies it.
_FALSE_WORDS = r"(?:false|untrue|baseless|unfounded|fabricated|a lie|lies|fake|nonsense|fiction|absurd|groundless)"
_FALSE = re.compile(rf"\b{_FALSE_WORDS}\b", re.I)
_CALLED_FALSE = re.compile(
    rf"(?:that )?(?:the|this|these|those|such)\b.{{0,60}}\b(?:was|were|is|are) {_FALSE_WORDS}\b", re.I
)
_FALSE_VERBS = {"call", "dismiss", "describe", "label", "brand", "say"}
_CALL_FOR = re.compile(r"\bcall(?:s|ed|ing)? (?:\w+ )?(?:for|on|upon)\b", re.I)


def act_of(found: Found, passage: Passage) -> Act:
    """The act of an attribution: the cue's own, unless the words around it make it another.

    The order matters: a refusal or a failed verification is never also an assertion.
    """
    verb = passage.doc[found.verb]
    lemma = found.cue_entry.lemma
    cue = _cue_text(found, passage)
    content = _content_text(found, passage)
    negated = bool(_NOT.search(cue)) or is_negated(verb)
    if lemma in _VERIFYING and (_UNABLE.search(cue) or _unable(verb) or (negated and _can(verb))):
        return Act.CANNOT_VERIFY
    if lemma in ("confirmation", "verification") and negated:
        return Act.CANNOT_VERIFY
    if _REFUSING.search(cue) and (lemma in _TELLING or _SPEAKING.search(f"{cue} {content[:30]}")):
        return Act.DECLINE_COMMENT
    silent = negated and verb.dep_ != "xcomp" and lemma in _TELLING and not _clause_child(verb)
    if _declines(verb) or (silent and not content.lower().startswith("that ")):
        return Act.DECLINE_COMMENT
    if _about_responsibility(found, cue, content):
        declines = negated or lemma in ("deny", "disclaim", "reject")
        return Act.DECLINE_RESPONSIBILITY if declines else Act.CLAIM_RESPONSIBILITY
    if lemma == "call":
        following = passage.doc.text[verb.idx : verb.idx + 30]
        return (
            Act.ORDER
            if _CALL_FOR.match(following) or _CALL_FOR.search(cue)
            else (Act.DENY if _FALSE.search(content) else Act.ASSESS)
        )
    if lemma in _FALSE_VERBS and lemma != "say" and _FALSE.search(content):
        return Act.DENY
    if found.cue_entry.act is Act.ASSERT:
        if lemma == "say" and _CALLED_FALSE.match(content):
            return Act.DENY
        if re.search(r"\b(?:can|could) (?:now )?confirm\b", content, re.I):
            return Act.CONFIRM
    return found.cue_entry.act


def _about_responsibility(found: Found, cue: str, content: str) -> bool:
    """ "claimed responsibility for the attack": the noun stands in the cue, or at the head of the content."""
    if found.cue_entry.lemma == "responsibility":
        return True
    taking = found.cue_entry.lemma in _TAKING or found.cue_entry.lemma in ("deny", "disclaim", "reject")
    return taking and bool(
        _RESPONSIBILITY.search(cue) or _RESPONSIBILITY.match(content.removeprefix("direct ").removeprefix("any "))
    )


def is_negated(verb: Token) -> bool:
    """Whether the verb itself is negated: "did not", "never", "no one said"."""
    return any(c.dep_ == "neg" for c in verb.children) or (
        verb.dep_ == "xcomp" and any(c.dep_ == "neg" for c in verb.head.children)
    )


def content_negated(found: Found, passage: Passage) -> bool:
    """Whether the main clause of the content says that something is not so ("no one died", "had not attacked").

    For an act that itself denies or refuses, the act carries the negation and this reads the content alone.
    """
    doc = passage.doc
    inside = [t for t in doc if any(a <= t.idx < b for a, b in found.content)]
    if not inside:
        return False
    members = {t.i for t in inside}
    roots = [t for t in inside if t.head.i == t.i or t.head.i not in members]
    for root in roots:
        if root.lower_ in _NEGATING_WORDS:
            return True
        for child in root.children:
            if child.i not in members:
                continue
            if child.dep_ == "neg" or child.lower_ in ("never", "nobody", "none", "nothing", "neither"):
                return True
            if child.dep_ in ("nsubj", "nsubjpass", "dobj", "attr", "expl") and any(
                c.lower_ in ("no", "neither") and c.dep_ in ("det", "neg") for c in child.children
            ):
                return True
    return False


def cue_negated(found: Found, passage: Passage) -> bool:
    """Whether the cue is negated, as in "did not claim", "has never said"."""
    return bool(_NOT.search(_cue_text(found, passage))) or (
        is_negated(passage.doc[found.verb]) and passage.doc[found.verb].pos_ == "VERB"
    )


def _cue_text(found: Found, passage: Passage) -> str:
    first, last = passage.doc[min(found.cue)], passage.doc[max(found.cue)]
    return passage.doc.text[first.idx : last.idx + len(last)]


def _clause_child(verb: Token) -> bool:
    return any(
        c.dep_ == "ccomp" and any(m.lower_ == "that" for m in c.children if m.dep_ == "mark") for c in verb.children
    )


def _declines(verb: Token) -> bool:
    return verb.dep_ == "xcomp" and verb.head.lemma_ in ("decline", "refuse") and verb.lemma_ in _TELLING


def _unable(verb: Token) -> bool:
    """ "unable to verify", "failed to verify", "not able to verify"."""
    if verb.dep_ not in ("xcomp", "ccomp", "acl"):
        return False
    head = verb.head
    if head.lower_ == "able":
        return any(c.dep_ == "neg" for c in (*head.children, *head.head.children))
    return head.lower_ in ("unable", "impossible", "failed", "fail")


def _can(verb: Token) -> bool:
    return (
        _unable(verb)
        or any(c.lower_ in ("could", "can", "ca", "able", "cannot") for c in verb.children if c.dep_ == "aux")
        or any(c.lower_ == "independently" for c in verb.children)
        or (verb.dep_ == "xcomp" and verb.head.lower_ == "able")
    )


# ---------------------------------------------------------------------------------------------------
# Hedges


@lru_cache(maxsize=1)
def _hedges() -> tuple[re.Pattern[str], dict[str, str]]:
    with (files("sayso.extract") / "data" / "hedges.toml").open("rb") as file:
        data = tomllib.load(file)
    words = sorted([*data["bands"], *data["words"]["plain"]], key=lambda w: (-len(w), w))
    return re.compile(r"\b(?:" + "|".join(map(re.escape, words)) + r")\b", re.I), data["bands"]


def hedge_of(found: Found, passage: Passage) -> Hedge | None:
    """The first word that weakens the statement: the cue itself where it is a hedging one, else one in the content."""
    if found.cue_entry.hedge:
        verb = passage.doc[found.verb]
        return Hedge(verb.text, passage.span(verb.idx, verb.idx + len(verb)))
    return hedge_in(passage, found.content)


def hedge_in(passage: Passage, spans: tuple[tuple[int, int], ...]) -> Hedge | None:
    """The first hedging word in these spans of the passage. "May 23" is a month, not a hedge."""
    pattern, bands = _hedges()
    for start, end in spans:
        for match in pattern.finditer(passage.doc.text, start, end):
            word = match.group()
            if word == "May":  # far more often the month than the verb
                continue
            return Hedge(word, passage.span(*match.span()), bands.get(word.lower()))
    return None


def _content_text(found: Found, passage: Passage) -> str:
    return " ".join(passage.doc.text[a:b] for a, b in found.content).strip("\"“”' ")
