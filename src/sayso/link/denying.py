"""How a statement denies: by its act, by what it says that its own side did not do, or by calling a figure false."""

from __future__ import annotations

import re

from sayso.link.told import Told
from sayso.link.words import Words
from sayso.model import Act

NUMBER_WORDS = re.compile(r"\b(?:figures?|numbers?|tolls?|counts?)\b", re.IGNORECASE)
# "We did not attack Varn": a deed of one's own that is denied, without a word for denying.
_NOT_US = re.compile(
    r"^\W*(?:we|it|they|he|she|our \w+|its \w+) (?:(?:did|do|does|have|has|had)(?: not|n['’]t)(?! been)|never|"
    r"(?:was|were)(?: not|n['’]t) (?:involved|behind|responsible))\b",
    re.IGNORECASE,
)
_CALLED_FALSE = re.compile(
    r"\b(?:call|describ|dismiss|brand|denounc|label)\w*\b.{0,120}\b(?:false|untrue|fake|(?:an? |pure )?(?:invention|lie|fabrication|fairy tale|fiction)s?|"
    r"nonsense|fabricated|invented|propaganda)\b",
    re.IGNORECASE | re.DOTALL,
)


def how_it_denies(one: Told) -> str | None:
    """How a statement denies: "denial" by its act; "doing", of what it says that its own side did not do; "figure", that it calls
    false; None if it does not."""
    act = one.statement.act
    if act is Act.DENY:
        return "denial"
    if act is Act.DECLINE_RESPONSIBILITY or (act in (Act.ASSERT, Act.OTHER) and _NOT_US.search(one.text)):
        return "doing"
    if act in (Act.ASSERT, Act.ASSESS, Act.OTHER, Act.CONDEMN) and NUMBER_WORDS.search(one.text):
        return "figure" if calls_false(one) else None
    return None


def calls_false(one: Told) -> bool:
    """Whether a statement repeats a figure only to call it false ("called the toll of 14 an invention")."""
    return bool(_CALLED_FALSE.search(one.sentence))


# Words that deny in whatever act: what has them is itself no charge.
DENYING = re.compile(
    r"\b(?:nothing to do with|no (?:part|role|involvement|influence|hand) in|not involved|did not take part|den(?:y|ies|ied|ial)|reject\w*)\b",
    re.IGNORECASE,
)
# Words of a denial that say nothing of their own: what is denied stands in an accusation before it ("denied any role").
_EMPTY = Words(
    """it them this that all involvement involved role part hand responsibility responsible accusation accused allegation alleged charge
    claim report suggestion invention version account information assertion wrongdoing complicity knowledge connection
    link criticism any such official direct what taken"""
).stems
# Whom the one who denies speaks of as their own ("any role for its army").
OWN = Words("army armies armed forces troops soldiers government military fighters units men country side").stems


def is_empty(denial: Told) -> bool:
    """Whether a denial has no content of its own: "denied it", "denied that its army was involved"."""
    return denial.words.stems <= _EMPTY | OWN
