"""What a reporting verb has as its content, by the frames that the lexicon allows: a clause, an object, an infinitive."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sayso.extract.cues import Cue
from sayso.extract.found import Found
from sayso.extract.parse import Passage
from sayso.extract.phrases import speaks

if TYPE_CHECKING:
    from spacy.tokens import Token

# Participles beside a closing "X said" that tell how it was said, and so are no part of what was said.
_MANNER = {
    "add",
    "cite",
    "refer",
    "speak",
    "say",
    "describe",
    "call",
    "quote",
    "write",
    "tell",
    "use",
    "note",
    "accord",
    "point",
}


def content_of(verb: Token, cue: Cue, taken: set[int]) -> set[int]:
    """The token indices of what is said, by the frames that the cue allows; the most clausal frame wins."""
    content: set[int] = set()
    clauses: list[Token] = []
    children = list(verb.children)
    passive = any(c.dep_ == "nsubjpass" for c in children)
    # "It is unclear who did it – X blamed Y": with an object of its own, a verb does not reach back for a clause.
    has_object = bool(cue.frames & {"object", "of"}) and any(c.dep_ == "dobj" for c in children)
    if "of" in cue.frames:
        content.update(_accused(verb, passive))
    if not content and "clause" in cue.frames:
        for child in children:
            if has_object and child.i < verb.i:
                continue
            if child.dep_ == "ccomp" or (child.dep_ == "parataxis" and child.i > verb.i):
                clauses.append(child)
        # "A says it did it; B denies that …": with a clause behind the cue, the one before it is somebody else's.
        behind = [c for c in clauses if c.i > verb.i]
        for child in behind or clauses:
            content.update(t.i for t in child.subtree)
        if not content:
            content.update(_hanging_clause(verb))
        if not content and not has_object:
            content.update(_host_clause(verb) or _clause_of_quoted(verb))
        content -= _own_cues(verb, content)
        if content and min(content) < verb.i:
            content.update(_trailing_clause(verb))
    if not content and cue.frames & {"infinitive", "gerund", "clause"}:
        for child in children:
            if child.dep_ == "xcomp" and child.pos_ in ("VERB", "AUX"):
                finite_enough = "infinitive" in cue.frames or child.tag_ == "VBG"
                if finite_enough:
                    content.update(t.i for t in child.subtree)
                    if "infinitive" in cue.frames:
                        content.update(
                            t.i for c in children if c.dep_ in ("dobj", "dative") and c.i < child.i for t in c.subtree
                        )
    if not content and "as" in cue.frames:
        for child in children:
            named = child.dep_ == "prep" and child.lower_ in ("as", "for")
            if child.dep_ in ("oprd", "dobj", "ccomp", "xcomp") or (named and child.i > verb.i):
                content.update(t.i for t in child.subtree)
    if not content and "at" in cue.frames and any(c.dep_ == "dobj" for c in children):
        at = [c for c in children if c.dep_ == "prep" and c.lower_ == "at" and any(t.like_num for t in c.subtree)]
        content.update(t.i for c in at for t in (*next(o for o in children if o.dep_ == "dobj").subtree, *c.subtree))
    if not content and "object" in cue.frames:
        for child in children:
            if child.dep_ == "dobj" or (passive and child.dep_ == "nsubjpass"):
                content.update(t.i for t in child.subtree)
        if content:
            content.update(
                t.i
                for c in children
                if c.dep_ == "prep" and c.i > max(content) and c.lower_ in ("for", "of", "by", "as")
                for t in c.subtree
            )
    return content - taken - _handing_on(verb, content)


def _handing_on(verb: Token, content: set[int]) -> set[int]:
    """An "according to X" that closes the content names who hands it on; it was not said."""
    return {
        t.i
        for i in content
        if verb.doc[i].lower_ == "according" and any(c.lower_ == "to" for c in verb.doc[i].children)
        for t in verb.doc[i].subtree
    }


def _hanging_clause(verb: Token) -> set[int]:
    """ "said in a briefing that …": the parse hangs the clause on the noun before it; it is what was said."""
    for token in verb.subtree:
        if token.dep_ in ("acl", "relcl", "ccomp") and token.i > verb.i and token.head.pos_ in ("NOUN", "PROPN"):
            that = any(c.lower_ == "that" and c.dep_ not in ("nsubj", "csubj") for c in token.children)
            if that and any(c.dep_ in ("nsubj", "nsubjpass", "expl") for c in token.children):
                return {t.i for t in token.subtree}
    return set()


def _host_clause(verb: Token) -> set[int]:
    """ "The war, he said, is over" and "as he said, the war is over": the clause that the cue interrupts."""
    head = verb.head
    interrupts = verb.dep_ == "parataxis"
    with_as = verb.dep_ == "advcl" and any(c.lower_ == "as" for c in verb.children)
    if head.i == verb.i or not (interrupts or with_as) or head.pos_ not in ("VERB", "AUX"):
        return set()
    return {t.i for t in head.subtree} - {t.i for t in verb.subtree}


def _clause_of_quoted(verb: Token) -> set[int]:
    """ "The bridge is gone, Kell was quoted as saying": the clause hangs on "quoted"."""
    quoted = verb.head.head if verb.dep_ == "pcomp" else verb.head
    if quoted.lemma_ not in ("quote", "cite") or quoted.tag_ != "VBN":
        return set()
    clauses = [c for c in quoted.children if c.dep_ in ("ccomp", "parataxis") and c.i < quoted.i]
    return {t.i for c in clauses for t in c.subtree}


def _own_cues(verb: Token, content: set[int]) -> set[int]:
    """ "…, he said, adding that …" parsed into the content: a second cue with a content of its own is cut off."""
    cut: set[int] = set()
    for i in content:
        token = verb.doc[i]
        if token.dep_ != "advcl" or token.tag_ != "VBG" or token.i < verb.i:
            continue
        if speaks(token) and any(c.dep_ == "ccomp" for c in token.children):
            cut.update(t.i for t in token.subtree)
    return cut


def _trailing_clause(verb: Token) -> set[int]:
    """ "Two areas were hit, Gladkov said, causing two houses to burn": the participle belongs to what was said."""
    return {
        t.i
        for child in verb.children
        if child.dep_ == "advcl" and child.i > verb.i and child.tag_ == "VBG" and child.lemma_ not in _MANNER
        for t in child.subtree
    }


def _accused(verb: Token, passive: bool) -> set[int]:
    target = next((c for c in verb.children if c.dep_ == ("nsubjpass" if passive else "dobj")), None)
    if target is None:
        return set()
    tokens = {t.i for t in target.subtree}
    for child in verb.children:
        if child.dep_ == "prep" and child.lower_ in ("of", "for", "with", "over", "on", "in"):
            tokens.update(t.i for t in child.subtree)
    return tokens


def within_participle(found: Found, passage: Passage) -> Found:
    """ "the group claiming responsibility is made up of …": what a participle beside a noun has said ends before that noun's verb."""
    verb = passage.doc[found.verb]
    if verb.dep_ != "acl" or verb.head.i >= verb.i:
        return found
    own = max(t.i for t in verb.subtree)
    main = verb.head.head
    if not verb.i <= own < main.i:
        return found
    end = passage.doc[own].idx + len(passage.doc[own])
    content = tuple((a, min(b, end)) for a, b in found.content if a < end)
    return replace(found, content=content) if content else found


def responsibility_in_cue(found: Found, passage: Passage) -> Found:
    """ "claimed responsibility on Telegram for the blast": the responsibility belongs to the cue, and where it was claimed to neither."""
    doc = passage.doc
    verb = next((i for i in found.cue if doc[i].lemma_ == "claim"), len(doc))
    near = range(verb + 1, min(verb + 3, len(doc)))  # "claimed full responsibility"
    noun = next((i for i in near if doc[i].lower_ == "responsibility"), None)
    if noun is None:
        return found
    before = next((t.i for t in doc[noun + 1 : noun + _AHEAD] if t.lower_ == "for" or t.is_sent_start), None)
    if before is None or doc[before].lower_ != "for" or before + 1 >= len(doc):
        return found
    start = doc[before + 1].idx
    content = tuple((max(a, start), b) for a, b in found.content if b > start)
    end = before if before == noun + 1 else noun
    cue = (*(i for i in found.cue if i <= verb), *range(verb + 1, end + 1))
    return replace(found, cue=cue, content=content) if content else found


_AHEAD = 12  # tokens between "responsibility" and its "for"
