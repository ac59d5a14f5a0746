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
    address reply release""".split()
)
_VERIFYING = {"verify", "confirm", "corroborate", "authenticate", "establish", "ascertain", "check"}
_REFUSING = {"decline", "refuse"}
_NEGATING_WORDS = {"no", "none", "nobody", "nothing", "never", "neither", "nor", "no-one", "nowhere", "not", "n't"}
# "baseless", "false": calling a thing so denies it.
_FALSE_WORDS = r"(?:false|untrue|baseless|unfounded|fabricated|a lie|lies|fake|nonsense|fiction|absurd|groundless)"
_FALSE = re.compile(rf"\b{_FALSE_WORDS}\b", re.I)
_CALLED_FALSE = re.compile(
    rf"(?:that )?(?:the|this|these|those|such)\b.{{0,60}}\b(?:was|were|is|are) {_FALSE_WORDS}\b", re.I
)
_FALSE_VERBS = {"call", "dismiss", "describe", "label", "brand", "say"}


def act_of(found: Found, passage: Passage) -> Act:
    """The act of an attribution: the cue's own, unless the words around it make it another.

    The order matters: a refusal or a failed verification is never also an assertion.
    """
    verb = passage.doc[found.verb]
    negated = is_negated(verb)
    content = _content_text(found, passage)
    if verb.lemma_ in _VERIFYING and (negated or _unable(verb)) and _can(verb):
        return Act.CANNOT_VERIFY
    if _declines(verb) or (negated and verb.dep_ != "xcomp" and verb.lemma_ in _TELLING and not _clause_child(verb)):
        return Act.DECLINE_COMMENT
    responsibility = next((c for c in verb.children if c.dep_ == "dobj" and c.lemma_ == "responsibility"), None)
    if responsibility is not None and verb.lemma_ in ("claim", "accept", "take", "deny", "admit"):
        declines = negated or verb.lemma_ == "deny"
        return Act.DECLINE_RESPONSIBILITY if declines else Act.CLAIM_RESPONSIBILITY
    if verb.lemma_ == "call" and any(c.dep_ == "prep" and c.lower_ == "for" and c.i > verb.i for c in verb.children):
        return Act.ORDER
    if verb.lemma_ in _FALSE_VERBS and verb.lemma_ != "say" and _FALSE.search(content):
        return Act.DENY
    if found.cue_entry.act is Act.ASSERT:
        if verb.lemma_ == "say" and _CALLED_FALSE.match(content):
            return Act.DENY
        if re.search(r"\b(?:can|could) (?:now )?confirm\b", content, re.I):
            return Act.CONFIRM
    return found.cue_entry.act


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
    return is_negated(passage.doc[found.verb]) and passage.doc[found.verb].pos_ == "VERB"


def _clause_child(verb: Token) -> bool:
    return any(
        c.dep_ == "ccomp" and any(m.lower_ == "that" for m in c.children if m.dep_ == "mark") for c in verb.children
    )


def _declines(verb: Token) -> bool:
    return verb.dep_ == "xcomp" and verb.head.lemma_ in _REFUSING and verb.lemma_ in _TELLING


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
