"""The words of a claim: those of its clearest statement, exactly as they stand in the report."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from sayso.link.told import Told
from sayso.model import Act, Kind

LEAST_WORDS = 6
MOST_WORDS = 40
BORNE_OUT = 0.6  # as many of the words make "most of it" (agreeing.py)
_VERB = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|will|would|can|could|may|might|must|should|did|does|do|died|killed|left|made|took|"
    r"said|says|won|held|hit|came|went|began|[a-z]{3,}ed)\b"
)
_LEAD = re.compile(r"^(?:[\s“\"'‘—–,;:.-]+|that\s+|whether\s+)+", re.IGNORECASE)
_END = re.compile(r"[.!?](?=[\s”\"’]|$)")


def clearest(statements: Sequence[Told]) -> Told:
    """The statement to take the words from: a whole clause, by a named actor, neither clipped nor long, which tells no more than the
    others do; the latest of those."""
    others = {t.words.text: t.words.stems for t in statements}
    return max(
        sorted(statements, key=lambda t: t.order),
        # A rewording's words are nobody's.
        key=lambda t: (t.twin is None, _form(t), _borne_out(t, others), _standing(t), t.order),
    )


def _borne_out(one: Told, every: Mapping[str, frozenset[str]]) -> int:
    """How many of the wordings have most of the words of this one."""
    mine = one.words.stems
    return sum(len(mine & theirs) >= BORNE_OUT * len(mine) for theirs in every.values())


def wording_of(one: Told) -> str:
    """The words of a statement's fullest content span, from its first word to the end of a sentence."""
    text = one.report.text
    spans = sorted(one.statement.content, key=lambda s: (-(s.end - s.start), s.start))
    words = text[spans[0].start : spans[0].end]
    lead = _LEAD.match(words)
    words = words[lead.end() :] if lead else words
    if len(words.split()) > MOST_WORDS:
        ends = [m.end() for m in _END.finditer(words) if LEAST_WORDS <= len(words[: m.end()].split()) <= MOST_WORDS]
        if ends:
            words = words[: ends[-1]]
    return words.strip(' \n\t,;:“”"') or text[spans[0].start : spans[0].end].strip()


def _form(one: Told) -> int:
    """Whether its words are a clause of its own, neither clipped nor long; and whether they have a verb."""
    words = wording_of(one).split()
    return 2 * (LEAST_WORDS <= len(words) <= MOST_WORDS) + bool(_VERB.search(" ".join(words)))


def _standing(one: Told) -> int:
    """Whether somebody says it outright, and by name."""
    plain = one.statement.kind in (Kind.INDIRECT, Kind.DIRECT) and one.statement.act not in (Act.DENY, Act.CONDEMN)
    return plain + (one.party.named and not one.voice)
