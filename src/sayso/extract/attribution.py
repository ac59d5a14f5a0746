"""Who says what, read off the parse: sources, cues and contents of one passage.

The rules are those of the quotation literature (Pareti 2015; Newell et al. 2018): a reporting word from the lexicon,
its subject as source, its clausal complement, object or neighbouring quotation as content. Each rule is a function
that gives a `Found` or nothing; `find_attributions` is the order in which they are asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from sayso.extract.carriers import carrier_kind
from sayso.extract.contents import content_of
from sayso.extract.cues import Cue, lexicon
from sayso.extract.found import Found
from sayso.extract.offsets import runs
from sayso.extract.parse import Passage
from sayso.extract.phrases import noun_phrase, subject_of, verb_group
from sayso.extract.quoted import continue_quotations, neighbour_quotation, pair, quoted_tokens, snap_to_quotations
from sayso.model import Act

if TYPE_CHECKING:
    from spacy.tokens import Token

_NOBODY = {"nobody", "none", "everybody", "everyone", "anyone", "anybody"}
_COMPLEMENTS = ("dobj", "ccomp", "prep", "dative", "xcomp", "attr")
_QUOTE_MARKS = set("\"“”„«»‘’'`") | {"``", "''"}
# Subjects of these as the only words around a quotation are no speakers.
_NO_SPEAKER = {"this", "that", "which", "there", "what", "these", "those", "it"}


def find_attributions(passage: Passage) -> tuple[Found, ...]:
    """All attributions of one passage, in the order of their cues."""
    quoted = quoted_tokens(passage)
    found: list[Found] = []
    for token in passage.doc:
        if token.i in quoted:
            continue
        result = _of_verb(token, passage) or _of_put_it(token, passage) or _of_noun(token) or _of_preposition(token)
        if result is None:
            continue
        snapped = snap_to_quotations(result, passage)
        if not _is_bare(snapped, passage):
            found.append(snapped)
    found = without_relays(found, passage)
    found = continue_quotations(found, passage)
    return tuple(found)


def _is_bare(found: Found, passage: Passage) -> bool:
    """Whether the content is nothing, or a word that only points ("which", "it")."""
    words = " ".join(passage.text[a:b] for a, b in found.content).lower()
    return words in ("", "which", "what", "that", "it", "this", "so", "them")


def _of_verb(verb: Token, passage: Passage) -> Found | None:
    if verb.pos_ not in ("VERB", "AUX") or verb.tag_ == "MD":
        return None
    cue = lexicon().verbs.get(verb.lemma_.lower())
    if cue is None or not cue.frames or verb.dep_ in ("amod", "compound"):
        return None
    group = verb_group(verb)
    subject = subject_of(verb)
    source = noun_phrase(subject) if subject is not None else ()
    if "refusal" in cue.frames and _refuses(verb):
        content = {t.i for c in verb.children if c.i > verb.i and c.dep_ in _COMPLEMENTS for t in c.subtree} or {verb.i}
        spans = runs(content - set(source) - (set(group) - {verb.i}), verb)
        return Found(replace(cue, act=Act.DECLINE_COMMENT), verb.i, source, group, spans) if source and spans else None
    if verb.dep_ == "xcomp" and any(c.dep_ == "neg" for c in verb.children):
        return None  # "agreed not to reveal": nothing was said
    content = content_of(verb, cue, set(group) | set(source))
    if not content and cue.frames & {"clause", "quote"}:
        quotation = neighbour_quotation(verb, source, passage, close="clause" not in cue.frames)
        if quotation is not None and (source or verb.lemma_ in ("say", "add", "tell", "write")):
            return Found(cue, verb.i, source, group, (pair(quotation.outer),), by_quotation=True)
    if not content or not source:
        return None
    if subject is not None and (subject.lower_ in _NOBODY or (subject.lower_ == "one" and _is_no_one(subject))):
        return None  # "nobody has claimed responsibility": the outlet says so
    if subject is not None and subject.lower_ in _NO_SPEAKER and subject.lower_ != "it":
        return None
    return Found(cue, verb.i, source, group, runs(content, verb))


def _is_no_one(pronoun: Token) -> bool:
    """Whether "one" is the second word of "no one"."""
    return pronoun.i > 0 and pronoun.nbor(-1).lower_ == "no"


def _refuses(verb: Token) -> bool:
    """ "did not specify", "declined to comment", "refused to say"."""
    if verb.dep_ == "xcomp" and verb.head.lemma_ in ("decline", "refuse"):
        return True
    return verb.dep_ != "xcomp" and any(c.dep_ == "neg" for c in verb.children)


def _of_put_it(verb: Token, passage: Passage) -> Found | None:
    """ "As one of them put it in a video: “…”": the parse rarely survives this form, its words do."""
    doc = passage.doc
    if verb.lemma_ != "put" or verb.i + 1 >= len(doc) or doc[verb.i + 1].lower_ != "it":
        return None
    sentence = passage.sentence(verb.i)
    quotation = next((q for q in passage.quotations if q.outer.start > verb.idx), None)
    opening = next((t.i for t in doc[sentence.start : verb.i] if t.lower_ == "as"), None)
    if quotation is None or opening is None or quotation.outer.start > sentence.end_char + 2:
        return None
    end = next((t.i for t in doc[opening + 1 : verb.i] if t.text == ","), verb.i)
    source = tuple(range(opening + 1, end))
    if not source or len(source) > 15:
        return None
    cue = Cue("put it", Act.ASSERT)
    return Found(cue, verb.i, source, (verb.i, verb.i + 1), (pair(quotation.outer),), by_quotation=True)


def _of_noun(noun: Token) -> Found | None:
    """ "Kyiv's denials that …", "a claim by the group that …": a reporting noun with both a speaker and a content."""
    if noun.pos_ != "NOUN":
        return None
    cue = lexicon().nouns.get(noun.lemma_.lower())
    if cue is None:
        return None
    holder = next((c for c in noun.children if c.dep_ == "poss"), None)
    if holder is None:
        for child in noun.children:
            if child.dep_ == "prep" and child.lower_ in ("by", "from"):
                holder = next((c for c in child.children if c.dep_ == "pobj"), None)
    clause = next((c for c in noun.children if c.dep_ in ("acl", "ccomp", "relcl")), None)
    if holder is None or clause is None or not _opens_with_that_or_to(clause):
        return None
    content = {t.i for t in clause.subtree}
    source = tuple(i for i in noun_phrase(holder) if noun.doc[i].tag_ != "POS")
    words = tuple(sorted({noun.i} - set(source)))
    return Found(cue, noun.i, source, words, runs(content, noun))


def _opens_with_that_or_to(clause: Token) -> bool:
    if clause.dep_ == "relcl":
        return False
    return any(c.dep_ in ("mark", "aux") and c.lower_ in ("that", "to") for c in clause.children)


def _of_preposition(token: Token) -> Found | None:
    """ "According to police, …": the rest of the clause is the content."""
    if token.lower_ != "according":
        return None
    to = next((c for c in token.children if c.lower_ == "to"), None)
    if to is None:
        return None
    speaker = next((c for c in to.children if c.dep_ == "pobj"), None)
    if speaker is None:
        return None
    host = token.head
    while host.pos_ not in ("VERB", "AUX") and host.head.i != host.i:
        host = host.head
    if host.i == token.i:
        return None
    own = {t.i for t in token.subtree}
    content = {t.i for t in host.subtree} - own
    if host.dep_ not in ("ROOT", "ccomp", "conj", "parataxis"):
        content = {t.i for t in token.sent} - own
    cue = Cue("according to", Act.ASSERT)
    return Found(cue, token.i, noun_phrase(speaker), (token.i, to.i), runs(content, token))


def without_relays(found: Sequence[Found], passage: Passage) -> list[Found]:
    """What only hands on a full attribution becomes its relay, not a second speaker: an "according to" around it, or the outlet
    behind it ("Kell denied it, state radio said")."""
    return [f for f in found if not (_according(f) or _by_outlet(f, passage)) or not _hands_on(f, found, passage)]


def _according(found: Found) -> bool:
    return found.cue_entry.lemma == "according to"


def _by_outlet(found: Found, passage: Passage) -> bool:
    """Whether this is ", the Herald reported" behind what it reports."""
    if found.cue_entry.lemma not in ("report", "say") or not found.source or not found.content:
        return False
    before = max(b for _, b in found.content) <= passage.doc[min((*found.source, *found.cue))].idx
    return before and carrier_kind(" ".join(passage.doc[i].text for i in found.source)) is not None


def _hands_on(outer: Found, found: Sequence[Found], passage: Passage) -> bool:
    """Whether another attribution of its sentence stands in what ``outer`` has as its content, and for an outlet fills it."""
    doc = passage.doc
    inner = [
        f
        for f in found
        if not _according(f) and f is not outer and passage.sentence(f.verb).start == passage.sentence(outer.verb).start
    ]
    if _according(outer):
        # "According to Kell, the bridge fell because the army said …" hands on nothing: it is Kell's own statement.
        return any(f.source and _fills(f, piece, passage) for f in inner for piece in outer.content)
    return any(
        f.source and a <= doc[f.source[0]].idx <= a + _ARTICLE and doc[f.verb].idx < b
        for f in inner
        for a, b in outer.content
    )


def _fills(found: Found, piece: tuple[int, int], passage: Passage) -> bool:
    """Whether an attribution is what a stretch of text tells: its verb governs the whole, or source, cue and content are nearly
    all that stands there, from its beginning on."""
    doc, (a, b) = passage.doc, piece
    if a <= doc[found.verb].idx < b and not any(a <= t.idx < b for t in doc[found.verb].ancestors):
        return True
    own = [(doc[i].idx, doc[i].idx + len(doc[i])) for i in (*found.source, *found.cue)] + list(found.content)
    start, end = min(x for x, _ in own), max(y for _, y in own)
    return start <= a + _ARTICLE and a < end and min(end, b) - max(start, a) >= _MOST * (b - a)


_MOST = 0.7  # of a content, by characters
_ARTICLE = 4  # characters: the inner attribution opens what the outlet reports, but for an article
