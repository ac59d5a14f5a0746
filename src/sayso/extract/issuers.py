"""Who issued a document that speaks: "the statement" that a ministry made, "the report" of an observatory."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sayso.extract.cast import Member, Members
from sayso.extract.names import naming_of
from sayso.extract.parse import Passage
from sayso.extract.phrases import noun_phrase, subject_of
from sayso.model import ActorType

if TYPE_CHECKING:
    from spacy.tokens import Token

_OF_WHOM = frozenset("by from of".split())


def issuer(document: Token, passage: Passage, passages: Sequence[Passage], members: Members) -> Member | None:
    """The body or person who issued ``document``, from the last mention of such a document before it: "a report by the
    Watch", "the Watch's report", "the Watch said in a report". None where none of these tells."""
    word = document.lemma_.lower()
    for earlier in reversed([p for p in passages if p.start <= passage.start]):
        for token in reversed(earlier.doc):
            before = earlier is not passage or token.i < document.i
            if before and token.lemma_.lower() == word and (found := _named_beside(token, earlier, members)):
                return found
    return None


def _named_beside(document: Token, passage: Passage, members: Members) -> Member | None:
    for token in (*_owners(document), _subject_over(document)):
        if token is None or token.pos_ == "PRON":
            continue
        phrase = [passage.doc[i] for i in noun_phrase(token)]
        if document in phrase:
            phrase = [token]
        naming = naming_of(token, phrase)
        if naming.proper and naming.type is not ActorType.DOCUMENT:
            return members.add(naming, passage.span(phrase[0].idx, phrase[-1].idx + len(phrase[-1])))
    return None


def _owners(document: Token) -> list[Token]:
    """ "the Watch's report", "a report by the Watch"."""
    owners = [c for c in document.children if c.dep_ == "poss"]
    for child in document.children:
        if child.lower_ in _OF_WHOM and child.dep_ in ("prep", "agent"):
            owners += [c for c in child.children if c.dep_ == "pobj" and (c.pos_ == "PROPN" or child.lower_ != "of")]
        elif child.dep_ == "acl" and child.tag_ == "VBN":
            owners += [
                c for agent in child.children if agent.dep_ == "agent" for c in agent.children if c.dep_ == "pobj"
            ]
    return owners


def _subject_over(document: Token) -> Token | None:
    """ "the Watch said in a report", "the Watch issued a statement"."""
    governor = document.head
    if document.dep_ == "pobj" and governor.lower_ in ("in", "through", "via"):
        verb = governor.head
        return subject_of(verb) if verb.pos_ == "VERB" else None
    if document.dep_ == "dobj" and governor.lemma_ in ("issue", "release", "publish", "send", "post", "sign"):
        return subject_of(governor)
    return None
