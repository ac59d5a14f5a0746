"""Which words of a passage name somebody: what the recogniser takes for people, bodies and places, and what it passes over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from spacy.tokens import Span as SpacySpan

from sayso.extract.names import actor_words
from sayso.extract.parse import text_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

# What stands in one of these is a place, whatever the entity recogniser takes an unknown name for.
LOCATIVE = frozenset("in at near outside inside around across into toward towards through throughout".split())
_CAPITALS = re.compile(r"(?:[A-Z][\w’'-]+\s+(?:(?:of|for|the|and)\s+)*)+[A-Z][\w’'-]+")


def find_bodies(doc: Doc) -> Iterator[SpacySpan]:
    """Names that hold a word for a body ("Dorn Observatory for Human Rights") which the recogniser passed over."""
    if not any(c.islower() for c in text_of(doc)):
        return
    taken = {t.i for e in doc.ents for t in e}
    for match in _CAPITALS.finditer(text_of(doc)):
        span = doc.char_span(*match.span())
        while span is not None and len(span) > 1 and (span[0].is_stop or span[0].lower_ in LOCATIVE):
            span = span[1:]
        words = {t.lower_ for t in span or ()}
        if (
            span is not None
            and len(span) > 1
            and words & actor_words().organization
            and not words & actor_words().person
        ) and not any(t.i in taken for t in span):
            yield span


def find_people(doc: Doc) -> Iterator[SpacySpan]:
    """Names of people that the recogniser passed over: behind an office or title, or with one in apposition."""
    words = actor_words()
    taken = {t.i for e in doc.ents for t in e}
    for token in doc:
        if token.i in taken or token.pos_ != "PROPN" or token.dep_ == "compound" or not _part_of_name(token):
            continue
        start = token.i
        while start and start - 1 not in taken and doc[start - 1].pos_ == "PROPN" and _part_of_name(doc[start - 1]):
            start -= 1
        before = doc[start - 1].lower_ if start else ""
        beside = [*token.children, *(c for c in token.head.children if token.head.lemma_ == "be" and c.dep_ == "attr")]
        apposed = any(c.dep_ in ("appos", "attr") and c.lemma_.lower() in words.person for c in beside)
        if before in words.honorifics or (token.i > start and (before in words.person or apposed)):
            yield doc[start : token.i + 1]


def _part_of_name(token: Token) -> bool:
    words = actor_words()
    lower, office = token.lower_, token.lower_ in words.honorifics or token.lower_ in words.person
    kind = office or lower in words.organization or lower in words.group or lower in words.document
    return token.text[:1].isupper() and not token.text.isupper() and not kind


_THINGS = re.compile(r"[A-Z]{2,5}s")  # "UAVs": several of a thing


def _names_nobody(entity: SpacySpan) -> bool:
    """A single adjective ("Ukrainian forces" of which only the first word is taken for a name), or things by their initials."""
    return len(entity) == 1 and (entity[0].tag_ == "JJ" or _THINGS.fullmatch(entity.text) is not None)


_PARTICLE = re.compile(r"\s(?:[Aa]l|[Ee]l|[Bb]in|[Ii]bn|[Aa]bu|[Dd]e|[Dd]a|[Vv]an|[Vv]on)?[\s-]*")


def _parted(entity: SpacySpan) -> Iterator[SpacySpan]:
    """ "the mayor of [Dorn, Ivo Kell]", taken for one name: the place, and who holds the office."""
    doc, start = entity.doc, entity.start
    comma = next((t.i for t in entity if t.text == ","), None)
    office = doc[start - 2].lemma_.lower() if start > 1 and doc[start - 1].lower_ == "of" else ""
    if comma is None or entity.end - comma < 3 or office not in actor_words().person:
        yield entity
        return
    yield SpacySpan(doc, entity.start, comma, label="GPE")
    yield SpacySpan(doc, comma + 1, entity.end, label="PERSON")


def find_entities(doc: Doc) -> Iterator[SpacySpan]:
    """People, bodies and places of a doc; two pieces of one name ("Talal" and "Barazi" of "Talal al-Barazi") as one."""
    wanted = [p for e in doc.ents if e.label_ in ("PERSON", "ORG", "GPE") for p in _parted(e) if not _names_nobody(p)]
    at = 0
    while at < len(wanted):
        first, last = wanted[at], wanted[at]
        while at + 1 < len(wanted):
            following = wanted[at + 1]
            gap = doc[last.end - 1 : following.start + 1].text[len(doc[last.end - 1]) : -len(doc[following.start])]
            compound = not gap.strip() and last.root.dep_ == "compound" and last.root.head.i == following.root.i
            if first.label_ != "PERSON" or not (compound or (gap.strip() and _PARTICLE.fullmatch(gap))):
                break
            at += 1
            last = wanted[at]
        yield first if first is last else doc[first.start : last.end]
        at += 1
