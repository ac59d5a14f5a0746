"""Phrases of the parse that attribution needs: a verb with its auxiliaries, its subject, a whole noun phrase."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.extract.cues import lexicon

if TYPE_CHECKING:
    from spacy.tokens import Token

_SUBJECT = ("nsubj", "csubj")
_GROUP = ("aux", "auxpass", "neg", "prt")


def verb_group(verb: Token) -> tuple[int, ...]:
    """The verb with its auxiliaries, negation, particle and what stands between them ("has repeatedly denied")."""
    parts = [verb.i, *(c.i for c in verb.children if c.dep_ in _GROUP)]
    governor = verb.head
    if verb.dep_ == "xcomp" and governor.lemma_ in (
        "decline",
        "refuse",
        "unable",
        "able",
        "appear",
        "seem",
        "go",
        "continue",
        "begin",
    ):
        parts += [governor.i, *(c.i for c in governor.children if c.dep_ in _GROUP)]
    first, last = min(parts), max(parts)
    allowed = {"aux", "auxpass", "neg", "advmod", "prt", "xcomp", "acomp", "ROOT"}
    doc = verb.doc
    if all(i in parts or doc[i].dep_ in allowed for i in range(first, last + 1)):
        return tuple(range(first, last + 1))
    return tuple(sorted(parts))


def subject_of(verb: Token, depth: int = 0) -> Token | None:
    """Who performs the verb: its own subject, an agent, or that of the verb it hangs on."""
    if depth > 6:
        return None
    quoted = quoted_as(verb)
    if quoted is not None:
        return quoted
    passive = any(c.dep_ == "auxpass" for c in verb.children) or any(c.dep_ == "nsubjpass" for c in verb.children)
    if verb.tag_ == "VBN" and verb.dep_ in ("advcl", "acl") and not any(c.dep_ == "aux" for c in verb.children):
        passive = True  # "asked whether …, she said": the one who is asked does not ask
    for child in verb.children:
        if child.dep_ in _SUBJECT and not passive:
            if child.lower_ in ("who", "which", "that") and verb.dep_ == "relcl":
                return verb.head
            return child
    for child in verb.children:
        if child.dep_ == "agent":
            return next((c for c in child.children if c.dep_ == "pobj"), None)
    if passive:
        return None
    if verb.dep_ == "acl" and verb.tag_ == "VBG":
        return verb.head
    if verb.dep_ in ("conj", "xcomp", "advcl", "pcomp") and verb.head.i != verb.i:
        head = verb.head
        if verb.dep_ == "pcomp":
            head = head.head
        if verb.dep_ == "xcomp" and head.lemma_ in ("quote", "cite"):
            return next((c for c in head.children if c.dep_ == "nsubjpass"), None)
        if head.pos_ in ("VERB", "AUX"):
            own = subject_of(head, depth + 1)
            if own is not None:
                return own
            return next((c for c in head.children if c.dep_ == "nsubjpass"), None)
        if head.pos_ in ("NOUN", "PROPN") and verb.tag_ in ("VBG", "VBN"):
            return head
        if head.dep_ in ("acomp", "attr"):
            return subject_of(head.head, depth + 1)
    return None


def quoted_as(verb: Token) -> Token | None:
    """ "Kell was quoted by the Courier as saying", "the Courier quoted Kell as saying": the one quoted, however it parses."""
    if verb.i < 2 or verb.tag_ != "VBG" or verb.nbor(-1).lower_ != "as":
        return None
    for token in reversed(verb.doc[verb.sent.start : verb.i]):
        if token.lemma_ in ("quote", "cite") and token.pos_ == "VERB":
            return next((c for c in token.children if c.dep_ in ("nsubjpass", "dobj")), None)
    return None


def noun_phrase(head: Token) -> tuple[int, ...]:
    """The full noun phrase of a source: its subtree without clauses and dangling punctuation."""
    kept = {head.i}
    waiting = [head]
    while waiting:
        for token in waiting.pop().children:
            clause = token.dep_ in ("advcl", "ccomp", "parataxis") or (token.dep_ == "acl" and token.tag_ == "VBG")
            if not clause and not (token.dep_ == "relcl" and speaks(token)):
                kept.add(token.i)
                waiting.append(token)
    # Keep the run around the head: what a clause cut off does not come back behind it.
    doc = head.doc
    first = last = head.i
    while first - 1 in kept:
        first -= 1
    while last + 1 in kept:
        last += 1
    run = list(range(first, last + 1))
    while run and (doc[run[-1]].is_punct or doc[run[-1]].is_space or doc[run[-1]].dep_ == "cc") and run[-1] != head.i:
        run.pop()
    while run and (doc[run[0]].is_punct or doc[run[0]].is_space) and run[0] != head.i:
        run.pop(0)
    return tuple(run)


def speaks(token: Token) -> bool:
    """Whether the rules take the word for a reporting verb."""
    entry = lexicon().verbs.get(token.lemma_)
    return entry is not None and bool(entry.frames)
