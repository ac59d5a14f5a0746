"""To whom and where something was said: "told parliament", "said to her troops", "said in Geneva".

Both are read off the words that hang on the verb of the cue, outside source and content; so a place in what is said ("said the
bridge in Ostra had gone") is none of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sayso.extract.found import Found
from sayso.extract.parse import Passage
from sayso.extract.phrases import noun_phrase
from sayso.model import PlaceMention, Span

if TYPE_CHECKING:
    from spacy.tokens import Token

# What takes the one spoken to as its object; of other verbs an object is what is said, or whom it befalls ("blamed Belmark").
_TELLING = frozenset("tell inform brief notify assure warn remind advise ask urge order address thank beg".split())
_AT = frozenset("in at from near outside".split())
_SPEAKING = frozenset("speak talk write address appear brief".split())


def audience_of(found: Found, passage: Passage) -> Span | None:
    """Who was spoken to, as the report's words: the object of "told", or what follows "to" beside the cue."""
    verb = passage.doc[found.verb]
    taken = _taken(found, passage)
    objects = [
        c for c in verb.children if c.dep_ in ("dobj", "dative", "iobj") and c.pos_ in ("NOUN", "PROPN", "PRON", "NUM")
    ]
    told = [c for c in objects if verb.lemma_.lower() in _TELLING]
    told += [w for p in _prepositions(verb, found) if p.lower_ == "to" for w in p.children if w.dep_ == "pobj"]
    for head in told:
        phrase = [i for i in noun_phrase(head) if i not in taken]
        if head.i not in taken and phrase and passage.doc[phrase[0]].sent == verb.sent:
            first, last = passage.doc[phrase[0]], passage.doc[phrase[-1]]
            return passage.span(first.idx, last.idx + len(last))
    return None


def place_of_saying(found: Found, passage: Passage, places: Sequence[PlaceMention]) -> PlaceMention | None:
    """The place that hangs on the cue: "said in Geneva", "speaking in Geneva, she said". The first of several."""
    verb = passage.doc[found.verb]
    taken = _taken(found, passage)
    spoken = [c for c in verb.children if c.dep_ == "advcl" and c.lemma_.lower() in _SPEAKING]
    for preposition in [p for v in (verb, *spoken) for p in _prepositions(v, found) if p.lower_ in _AT]:
        for head in preposition.children:
            start = passage.start + head.idx
            at = next((p for p in places if p.span.start <= start < p.span.end), None)
            if head.dep_ == "pobj" and head.i not in taken and at is not None:
                return at
    return None


def _prepositions(verb: Token, found: Found) -> list[Token]:
    """The prepositions of the cue's own verb; a cue without one ("according to") has none."""
    return (
        [c for c in verb.children if c.dep_ in ("prep", "dative") and c.i not in found.cue]
        if verb.pos_ == "VERB"
        else []
    )


def _taken(found: Found, passage: Passage) -> frozenset[int]:
    return frozenset((*found.source, *found.cue, *(t.i for t in passage.tokens_within(found.content))))
