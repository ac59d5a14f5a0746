"""Where a content ends: what a boundary that was set a word too early cuts off.

The tagger ends a content before a word that no comma sets off from the speaker ("hospitals and schools said the Observatory"), and
at a cue in the middle, though the sentence goes on with what the event did ("Two areas were hit, Kell said, causing fires").
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sayso.extract.found import Found
from sayso.extract.parse import Passage

if TYPE_CHECKING:
    from spacy.tokens import Token

_HANGS = ("CCONJ", "ADP", "DET")  # no clause ends with "and", "of" or "the"
_CLOSEST = 3  # words that may be missing
# What an event does to the world; of a participle of any other verb ("adding", "citing", "waving") the speaker is the subject.
_RESULTS = frozenset(
    """block break bring burn bury close crush cut cause damage derail destroy disable displace disrupt flatten flood force ground
    halt hit injure kill leave level prompt rock rupture send shatter shut spark strand strike submerge topple trap trigger wound
    wreck""".split()
)


def complete(found: Found, passage: Passage) -> Found:
    """The attribution with its content to its end."""
    return _with_result(_without_hanging_word(found, passage), passage)


def _without_hanging_word(found: Found, passage: Passage) -> Found:
    """ "… destruction in facilities and |hospitals| said the Observatory": the words up to the speaker or cue belong to it."""
    tokens = passage.tokens_within(found.content[-1:])
    ahead = [i for i in (*found.source, *found.cue) if tokens and i > tokens[-1].i]
    if not ahead or tokens[-1].pos_ not in _HANGS or tokens[-1].lower_ in ("that", "this", "all", "both", "so", "yet"):
        return found
    gap = passage.doc[tokens[-1].i + 1 : min(ahead)]
    if not 0 < len(gap) <= _CLOSEST or any(t.is_punct or t.is_sent_start for t in gap):
        return found
    end = gap[-1].idx + len(gap[-1])
    return replace(found, content=(*found.content[:-1], (found.content[-1][0], end)))


def _with_result(found: Found, passage: Passage) -> Found:
    """ "Two areas were hit, Kell said, |causing two houses to burn|"."""
    doc, said = passage.doc, (*found.source, *found.cue)
    last = max(said, default=-1)
    before = found.content and passage.doc[min(said, default=0)].idx >= found.content[-1][1]
    if not before or last + 2 >= len(doc) or doc[last + 1].text != "," or doc[last + 2].tag_ != "VBG":
        return found
    participle = doc[last + 2]
    if participle.lemma_ not in _RESULTS or participle.is_sent_start:
        return found
    clause = _clause(participle)
    start, end = clause[0].idx, clause[-1].idx + len(clause[-1])
    if any(a < end and start < b for a, b in found.content):
        return found
    return replace(found, content=(*found.content, (start, end)))


def _clause(participle: Token) -> list[Token]:
    """The run of tokens from a participle to the end of its clause, without the mark that closes the sentence."""
    inside = {t.i for t in participle.subtree}
    run = [participle]
    while run[-1].i + 1 in inside:
        run.append(participle.doc[run[-1].i + 1])
    while len(run) > 1 and run[-1].is_punct:
        run.pop()
    return run
