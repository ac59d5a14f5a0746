"""What speaks for a name being a place where it stands, and what against: the words around it, and who bears it.

"Marwick police" and "in Marwick" are places; "Moscow said" is a government, "Marwick University" another name, "the Minsk
agreements" are elsewhere, and a Marwick who was introduced as "Ann Marwick" is a person.
"""

from __future__ import annotations

import re
from collections.abc import Set
from typing import Final

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Words

from sayso.extract.gazetteer import OWN, Place, PlaceKind, demonyms, name_key
from sayso.extract.parse import text_of
from sayso.extract.places_words import (
    AREAS,
    BODIES,
    BODIES_OF,
    DATELINE,
    DIRECTIONS,
    DISTANCE,
    FEATURES,
    GIVEN_NAMES,
    LIST,
    NAMED_AFTER,
    NAMED_BODIES,
    PARTIES,
    PEOPLE,
    PLACE_ENTITIES,
    PLACE_NOUNS,
    POSTAL,
    PREPOSITIONS,
    SAYING,
    SETTLED,
    SMALL_AREAS,
    STATES,
    STREETS,
    SURE,
    TITLES,
    WEAK,
)

_BIG: Final = 100_000  # people; a town of this size is taken for a place where nothing else in the text says so
_SOME: Final = 1_000  # people; a place that a person's name is taken for has them
_TOWN: Final = 3_000  # people; what spaCy takes for a place and nothing else tells of is at least a town
_LARGE: Final = frozenset({PlaceKind.COUNTRY, PlaceKind.STATE, PlaceKind.REGION})
_OTHERS: Final = frozenset({"PERSON", "ORG", "FAC", "WORK_OF_ART", "EVENT", "PRODUCT", "LAW"})


# What is said right behind a name that no gazetteer knows: "Ozhna, a village near Marwick", "Ozhna, 12 km (7 miles) south of Marwick".
_SAID_TO_BE: Final = re.compile(
    rf",?\s+(?:a|the)\s+(?:[a-z-]+\s+){{0,3}}(?:{'|'.join(sorted(SETTLED))})\b(?=\s*[,(]|\s+(?:near|in|of|on|outside|close|where|which|that|with|north|south|east|west)\b)"
    rf"|{DISTANCE}\s*(?:\w+\s+)?(?:of|from)\s+(?:the\s+)?[A-Z]"
)


def stands(
    words: Words, readings: tuple[Place, ...], people: Set[str], last: int | None, illnesses: Set[str] = frozenset()
) -> bool | None:
    """Whether ``words`` are a place where they stand; None where nothing tells.

    ``people`` are the names of persons in the text, ``illnesses`` those of diseases, ``last`` is where the place before ends.
    """
    doc, root, label = words.doc, words.root, words.root.ent_type_
    before, after = _before(words), _at(doc, words.end)
    if _is_called_after(words, after):
        return False
    body = _has_body(after, readings, BODIES)
    if not body and _has_body(after, readings, NAMED_BODIES):
        return None
    placed = _is_placed(words, before, after, readings, last)
    if _word(_at(doc, words.start - 2)) in BODIES_OF and _word(before) == "of":
        return False
    if not placed and not body and _is_label(before, after):
        return None
    if not placed and (_is_government(root) or (not body and _is_part_of_name(words, root))):
        return False
    if words.text.lower() in illnesses and not placed:
        there = _word(before) in ("in", "at", "near") and root.dep_ != "compound"
        if not there:  # "during SARS", "in SARS patients", "the Marburg virus"; but "doctors in Marburg"
            return False
    told = placed or _is_told(words, before, after)
    town = is_of_town(words)
    listed = last is not None and bool(LIST.fullmatch(text_of(doc), last, words.start_char))
    large = bool(readings) and readings[0].kind in _LARGE and len(readings[0].name) > 3
    person = words.text.lower() in people and label != "LOC" and not (large and label == "GPE")
    if not readings:  # no gazetteer knows it: what is said around it must
        if _SAID_TO_BE.match(text_of(doc), words.end_char) and not person and not words.text.isupper():
            return True
        kind = label in PLACE_ENTITIES or _is_kind(before, SETTLED)
        known = told or town or listed or words[-1].lower_ in FEATURES
        return kind and known and not person and not words.text.isupper()
    if not person and any((p.id or "").startswith(OWN) for p in readings):
        return True  # the user has named it, and means it
    some = large or readings[0].population >= _SOME
    if person:
        return told and some
    if words.root.pos_ != "PROPN" and not label and not told:  # "Early voters"
        return None
    if label in PLACE_ENTITIES:
        if told or town or body or listed or large:
            return True
        code = words.text.isupper() and len(words.text) < 6
        return False if code else readings[0].population >= _TOWN or None
    if label == "PERSON":
        if (
            _is_great(words, readings[0])
            or (listed and readings[0].population >= _BIG)
            or told
            or town
            or body
            or (large and _word(before) in PREPOSITIONS | WEAK)
        ):
            return some
        return None
    if label == "NORP":
        return told or town or body or None
    if label == "ORG":
        large, listed = large and readings[0].kind is not PlaceKind.REGION, False
    return large or told or town or body or listed or _is_likely(words, before, readings, label) or None


def _is_placed(
    words: Words, before: Token | None, after: Token | None, readings: tuple[Place, ...], last: int | None
) -> bool:
    """A town with its state, a state after its town, a politician's or a dateline's town: "X, Texas", "D-X", "X (Agency) -- "."""
    doc = words.doc
    if (
        last is not None
        and text_of(doc)[last : words.start_char].strip() == ","
        and readings
        and readings[0].kind in _LARGE
    ):
        return True
    if _word(after) == "," and _is_container(_at(words.doc, words.end + 1)):
        return True
    if before is not None and before.text == "-" and before.i and words.doc[before.i - 1].text in PARTIES:
        return True
    return _is_dateline(words, before)


def _is_told(words: Words, before: Token | None, after: Token | None) -> bool:
    """The words around tell of a place, whoever else has the name: "in X", "the village of X", "the X region"."""
    preposition = _word(before)
    if preposition in SURE or _is_kind(before, PLACE_NOUNS | DIRECTIONS):
        return True
    if _word(after) in AREAS | SMALL_AREAS:
        return True
    return words.text in STATES or f"{words.text}." in STATES or (preposition == "," and words.text in POSTAL)


def _is_kind(before: Token | None, kinds: Set[str]) -> bool:
    """ "the village of X", "southern X": the word before says that a place follows."""
    if before is None:
        return False
    if before.lower_ == "of":
        return _word(_at(before.doc, before.i - 1)) in PLACE_NOUNS
    return before.lower_ in kinds


def is_of_town(words: Words) -> bool:
    """Said as towns are, hardly as countries, which have a word for their people: "a X man", "Ann Dorn, 34, of X"."""
    doc, start = words.doc, words.start
    after = _at(doc, words.end)
    if after is not None and after.text.islower() and after.lower_ in PEOPLE:
        return True
    if is_body(after, BODIES):
        return True
    if start > 1 and doc[start - 1].lower_ == "of":
        start -= 1
    if start > 2 and doc[start - 1].text == ",":
        age = doc[start - 2].is_digit and len(doc[start - 2]) < 4 and doc[start - 3].text == ","
        return age or doc[start - 2].lower_ in STREETS
    return False


def _is_likely(words: Words, before: Token | None, readings: tuple[Place, ...], label: str) -> bool:
    preposition, people = _word(before), readings[0].population
    if preposition in PREPOSITIONS:
        return True
    if preposition == "from" and len(words) == 1:
        return people >= 500
    if preposition in WEAK:
        return (label in ("", "FAC") and people >= 5_000) or people >= _BIG
    if label == "ORG":  # a team or a firm of a town's name acts
        return words.root.dep_ not in ("nsubj", "nsubjpass", "poss") and _is_great(words, readings[0])
    return people >= _BIG and len(words.text) > 3


def _is_great(words: Words, place: Place) -> bool:
    """A country, or a large town under its own name, and no name that people have: spaCy takes many for persons."""
    key = name_key(words.text)
    if place.kind is PlaceKind.COUNTRY:
        return key not in GIVEN_NAMES
    return place.population >= _BIG and key not in GIVEN_NAMES and (len(words) > 1 or name_key(place.name) == key)


def _before(words: Words) -> Token | None:
    """The word before, over an article."""
    before = _at(words.doc, words.start - 1)
    if before is not None and before.lower_ in ("the", "a", "an") and before.i > 0:
        return words.doc[before.i - 1]
    return before


def _at(doc: Doc, i: int) -> Token | None:
    return doc[i] if 0 <= i < len(doc) else None


def _word(token: Token | None) -> str:
    return token.lower_ if token is not None else ""


def _is_container(token: Token | None) -> bool:
    if token is None:
        return False
    return token.ent_type_ == "GPE" or token.text in STATES or token.text in POSTAL or f"{token.text}." in STATES


def _is_dateline(words: Words, before: Token | None) -> bool:
    opens = before is None or before.is_space or before.is_sent_end or words[0].is_sent_start or before.text in '.!?"”'
    if not opens or not (words.text.isupper() or words.end_char < 40):
        return False
    return bool(DATELINE.match(text_of(words.doc), words.end_char))


def _has_body(after: Token | None, readings: tuple[Place, ...], bodies: Set[str]) -> bool:
    """ "Marwick Police Department", "Texas Gov. Ann Dorn": what is called after the place and is of it and in it."""
    if after is None or not readings or not after.text[:1].isupper():
        return False
    kind = readings[0].kind
    if after.lower_ in TITLES:
        return kind is not PlaceKind.COUNTRY
    return kind in (PlaceKind.CITY, PlaceKind.COUNTY) and is_body(after, bodies)


def is_body(after: Token | None, bodies: Set[str]) -> bool:
    """The word begins the name of one of these bodies."""
    if after is None or not after.text[:1].isupper() or after.lower_ not in bodies:
        return False
    if after.lower_ != "city":
        return True
    following = _at(after.doc, after.i + 1)  # "Marwick City Council", and "Marwick City", who play football
    return following is not None and following.lower_ in BODIES | TITLES


def _is_called_after(words: Words, after: Token | None) -> bool:
    """ "West Nile virus", "the Minsk agreements", "US$5": what only bears the name."""
    if words.start > 0 and words.doc[words.start - 1].text in ("$", "@", "#", "Mr.", "Mrs.", "Ms.", "Dr."):
        return True
    return after is not None and (after.lower_ in NAMED_AFTER or (after.text == "$" and not after.whitespace_))


def _is_part_of_name(words: Words, root: Token) -> bool:
    """ "Paris Hilton", "Moscow State University", "the Washington Post": a piece of another name."""
    doc = words.doc
    if root.ent_type_ in _OTHERS and _is_inside_entity(words):
        return True
    if words.end < len(doc):
        after = doc[words.end]
        if (
            after.pos_ == "PROPN"
            and after.text[:1].isupper()
            and after.head.i >= after.i
            and root.head == after
            and after.lower_ not in PLACE_NOUNS
        ):
            return True
    if words.start == 0:
        return False
    before = doc[words.start - 1]
    if (
        before.pos_ == "PROPN"
        and before.text[:1].isupper()
        and before.head == root
        and before.ent_type_ not in ("DATE", "TIME")
        and before.lower_ not in DIRECTIONS | demonyms()
    ):
        return True
    if before.lower_ in ("of", "for") and words.start > 1:  # "Bank of England", "Legion for Russia"
        name = doc[words.start - 2]
        return (
            name.pos_ == "PROPN"
            and name.text[:1].isupper()
            and name.lower_ not in PLACE_NOUNS | TITLES
            and name.ent_type_ not in ("GPE", "LOC", "DATE", "PERSON")
        )
    return False


def _is_inside_entity(words: Words) -> bool:
    """An entity begins before these words or goes on after them."""
    doc = words.doc
    first, last = doc[words.start], doc[words.end - 1]
    opening = {"the"} | demonyms()  # "Russian Belgorod", which spaCy takes for a person
    if first.ent_iob_ == "I" and first.ent_type_ in _OTHERS and doc[words.start - 1].lower_ not in opening:
        return True
    return words.end < len(doc) and doc[words.end].ent_iob_ == "I" and last.ent_type_ in _OTHERS


def _is_label(before: Token | None, after: Token | None) -> bool:
    """ "Marwick: what we know": the heading of what follows, where or about whom it may be."""
    return (before is None or before.is_space) and _word(after) == ":"


def _is_government(root: Token) -> bool:
    """ "Moscow has blamed", "the White House said": the subject of a verb of saying is an actor."""
    subject = root
    while subject.dep_ == "conj" and subject.head != subject:
        subject = subject.head
    return subject.dep_ == "nsubj" and subject.head.lemma_.lower() in SAYING
