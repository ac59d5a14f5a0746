"""The names of a text that may be places: what stands as places do, what may be one, and what is part of another name.

A candidate is a name that spaCy takes for a place and that nothing speaks against, or a proper name that the gazetteer
knows and that stands as places do: "in X", "X, Texas", "X County", "X police", "a X man", a dateline, a list of places. What
the gazetteer knows and nothing tells of is *doubtful*: it counts if it lies among the report's other places.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass, replace
from typing import Final

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Words

from sayso.extract.gazetteer import Gazetteer, Place, PlaceKind, SqliteGazetteer, demonyms, name_key
from sayso.extract.parse import text_of
from sayso.extract.places_evidence import is_body, is_of_town, stands
from sayso.extract.places_words import (
    AREAS,
    BODIES,
    DATELINE,
    DIRECTIONS,
    FEATURES,
    NAMED_BODIES,
    NEVER,
    PARTIES,
    PEOPLE,
    PLACE_ENTITIES,
    PLACE_NOUNS,
    POSTAL,
    SMALL_AREAS,
    STATES,
    TITLES,
)

_COUNTIES: Final = {"county": "county", "counties": "county", "parish": "parish", "parishes": "parish"}
_LISTED_COUNTIES: Final = re.compile(
    r"(?:\s*(?:,|,?\s+and|,?\s+or)\s+[A-Z][\w'’.-]+(?:\s[A-Z][\w'’.-]+)?){0,8}\s+(counties|parishes)\b"
)
_BEST: Final = 6  # readings of a town whose regions are weighed
_FEATURE_KM: Final = 60.0  # a river or lake that has the name of a town lies around it


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name that may be a place. ``certain``: a place even if no gazetteer knows it. ``of_town``: said as of a town."""

    start: int  # offsets in the Doc's text
    end: int
    name: str
    readings: tuple[Place, ...]
    certain: bool
    of_town: bool = False


def find_candidates(
    doc: Doc, people: Set[str], gazetteer: Gazetteer, illnesses: Set[str] = frozenset()
) -> tuple[list[Candidate], list[Candidate]]:
    """The names of ``doc`` that stand as places, and the doubtful ones, each in the order of the text.

    ``people`` are names of persons (`people_of`), ``illnesses`` of diseases (`illnesses_of`).
    """
    found: list[Candidate] = []
    doubtful: list[Candidate] = []
    end = 0
    for words in _names(doc):
        if words.start < end:
            continue
        for piece in _pieces(_whole(words, gazetteer), gazetteer):
            candidate = _candidate(piece, gazetteer)
            if candidate is None:
                continue
            is_place = stands(piece, candidate.readings, people, found[-1].end if found else None, illnesses)
            if is_place:
                found.append(candidate)
                end = piece.end
                break
            if is_place is None:
                doubtful.append(candidate)
                break
    return found, doubtful


def people_of(docs: Iterable[Doc]) -> frozenset[str]:
    """The last and first names of the persons that a report names in full."""
    names: set[str] = set()
    for doc in docs:
        for ent in doc.ents:
            words = [t.lower_ for t in ent if t.text[:1].isupper()] if ent.label_ == "PERSON" else []
            words = words[1:] if words and words[0] in demonyms() else words  # "Ukrainian Velden"
            if len(words) > 1 and not any(w in BODIES or w in TITLES for w in words):
                names.update((words[0], words[-1]))
    return frozenset(names)


_ILLNESS = re.compile(
    r"\b([A-Z]\w{2,})(?:\s+(?:virus|epidemic|pandemic|outbreak|fever|flu|disease|syndrome|vaccines?|patients)\b)"
)
_SPELLED_OUT = re.compile(
    r"\b((?:[A-Z][a-z]+\s+){2,5})\(([A-Za-z]{3,6})\)|\b((?:[A-Z]?[a-z]+\s+){2,5}[a-z]+), or ([A-Z]{3,6})\b"
)
_PLAGUES = frozenset("syndrome disease fever virus flu influenza illness infection".split())


def illnesses_of(text: str) -> frozenset[str]:
    """The names of diseases in a text: "the Marburg virus", "Severe Acute Respiratory Syndrome (Sars)".

    >>> sorted(illnesses_of("The SARS epidemic, and the Zika virus. A Middle East Respiratory Syndrome (Mers) case in Dorn."))
    ['mers', 'sars', 'zika']
    """
    found = {match[1].lower() for match in _ILLNESS.finditer(text)}
    for match in _SPELLED_OUT.finditer(text):
        words = (match[1] or match[3]).lower().split()
        short = (match[2] or match[4]).lower()
        if words[-1] in _PLAGUES and "".join(w[0] for w in words).endswith(short):
            found.add(short)
    return frozenset(found)


# ---------------------------------------------------------------------------------------------------
# Names


def _names(doc: Doc) -> Iterator[Words]:
    """Runs of proper names and the entities among them, without articles, titles of days, and possessives."""
    entity_at = {ent.start: ent for ent in doc.ents if ent.label_ in PLACE_ENTITIES}
    i, n = 0, len(doc)
    while i < n:
        entity = entity_at.get(i)
        if entity is not None:
            yield _trimmed(doc[entity.start : entity.end])
            i = entity.end
            continue
        if not (_is_name(doc[i]) or _is_dateline(doc, i)):
            i += 1
            continue
        start = i
        while i < n and (i not in entity_at or i == start) and (_is_name(doc[i]) or i == start or _joins(doc, i)):
            i += 1
        yield _trimmed(doc[start:i])
        i = max(i, start + 1)


def _is_name(token: Token) -> bool:
    if not token.text[:1].isupper() or token.ent_type_ in ("DATE", "TIME"):
        return False
    if token.pos_ == "PROPN":
        return token.ent_type_ != "NORP" or token.lower_ not in demonyms()
    if token.i + 1 == len(token.doc):
        return False
    after = token.nbor().text
    if token.is_sent_start is True:
        return after.lower() in PEOPLE or after == ":"  # "Marwick couple", "Marwick: what we know"
    return after in AREAS and token.lower_ not in demonyms()  # "the Marwick province", an adjective to spaCy


def _is_dateline(doc: Doc, i: int) -> bool:
    word = doc[i]
    return word.text.isupper() and len(word) > 3 and bool(DATELINE.match(text_of(doc), word.idx + len(word)))


def _joins(doc: Doc, i: int) -> bool:
    """ "Frankfurt am Main", "Nagorno-Karabakh", "Bay of Bengal": small words inside a name."""
    word = doc[i].lower_
    if i + 1 >= len(doc) or not doc[i + 1].text[:1].isupper():
        return False
    if doc[i].text.istitle() and doc[i].is_alpha and _is_name(doc[i + 1]):  # "Tha Yet Pin", where "yet" is a word
        return True
    return (
        word in ("-", "–", "am", "de", "del", "la", "el", "al", "upon", "le", "du", "da", "do", "dos")
        and doc[i + 1].pos_ == "PROPN"
    )


def _trimmed(words: Words) -> Words:
    doc, start, end = words.doc, words.start, words.end
    while start < end and (doc[start].lower_ in ("the", "'s", "’s") or doc[start].is_punct):
        start += 1
    while end > start and (
        doc[end - 1].lower_ in ("'s", "’s", "’", "of", "and")
        or doc[end - 1].is_space
        or (doc[end - 1].is_punct and doc[end - 1].text != ".")
    ):
        end -= 1
    return doc[start:end]


def _whole(words: Words, gazetteer: Gazetteer) -> Words:
    """The name with a people's word before it, or with what follows after "of", where the gazetteer knows the whole: "French
    Guiana", "Democratic Republic of the Congo"."""
    doc, start, at = words.doc, words.start, words.end
    if start == at:
        return words
    if start > 0 and doc[start - 1].lower_ in demonyms() and gazetteer.named(doc[start - 1 : at].text):
        return doc[start - 1 : at]
    if at < len(doc) and doc[at].lower_ == "of":
        at += 2 if at + 1 < len(doc) and doc[at + 1].lower_ == "the" else 1
        for end in range(min(at + 3, len(doc)), at, -1):
            if doc[at].text[:1].isupper() and gazetteer.named(doc[start:end].text):
                return doc[start:end]
    return words


def _pieces(words: Words, gazetteer: Gazetteer) -> Iterator[Words]:
    """The name, and where no gazetteer knows it, the known beginning of it and what stands after a hyphen."""
    if len(words) == 0:
        return
    doc = words.doc
    if len(words) < 2 or gazetteer.named(words.text):
        yield words
        return
    for i in range(words.start + 1, words.end - 1):
        if doc[i].text == "-" and doc[i - 1].text in PARTIES:  # "D-Houston"
            yield doc[i + 1 : words.end]
            return
    if words[0].lower_ in TITLES | BODIES:
        yield words
        return
    if words[0].lower_ in demonyms() and gazetteer.named(doc[words.start + 1 : words.end].text):  # "Russian Belgorod"
        yield doc[words.start + 1 : words.end]
        return
    for end in range(min(words.end - 1, words.start + 4), words.start, -1):
        if doc[end].lower_ in TITLES or is_body(doc[end], BODIES | NAMED_BODIES) or doc[end].text == "-":
            piece = doc[words.start : end]
            if _has_own_name(piece, gazetteer):
                yield piece
                return
    yield words


def _has_own_name(words: Words, gazetteer: Gazetteer) -> bool:
    """The gazetteer knows the name; "Dublin City", which is only another name of Dublin, is "Dublin" and a body of it."""
    places = gazetteer.named(words.text)
    if words[-1].lower_ != "city":
        return bool(places)
    return any(name_key(p.name) == name_key(words.text) for p in places)


def _candidate(words: Words, gazetteer: Gazetteer) -> Candidate | None:
    if len(words) > 6:
        return None
    name = words.text
    key = name_key(name)
    if len(key) < 2 or key in NEVER or key in demonyms() or not name[0].isupper():
        return None
    readings, certain, end = _readings(words, name, gazetteer)
    text_end = words.end_char if end is None else end
    return Candidate(
        words.start_char,
        text_end,
        text_of(words.doc)[words.start_char : text_end],
        readings,
        certain,
        is_of_town(words),
    )


# ---------------------------------------------------------------------------------------------------
# Readings


def _readings(words: Words, name: str, gazetteer: Gazetteer) -> tuple[tuple[Place, ...], bool, int | None]:
    """The places of this name, whether it is one even if unknown, and where it ends when a word of kind belongs to it."""
    doc = words.doc
    following = doc[words.end] if words.end < len(doc) else None
    after = following.lower_ if following is not None else ""
    state = _state(words, name, after)
    if state is not None:
        return _only(gazetteer.named(state), PlaceKind.STATE), True, None
    if following is not None and after in AREAS | _COUNTIES.keys() - {"counties", "parishes"}:
        whole = gazetteer.named(f"{name} {after}")
        if whole:
            return whole, True, following.idx + len(following)
        known = gazetteer.named(name)
        if after in AREAS and known:
            return _areas(known, gazetteer), True, following.idx + len(following)
        if any(p.kind is PlaceKind.COUNTY for p in known):
            return _only(known, PlaceKind.COUNTY), True, following.idx + len(following)
    listed = _LISTED_COUNTIES.match(text_of(doc), words.end_char)
    if listed and (
        after not in _COUNTIES or doc[words.start - 1].lower_ in ("and", "or", ",")
    ):  # "Anderson and Cherokee counties"
        counties = gazetteer.named(f"{name} {_COUNTIES[listed[1]]}")
        if counties:
            return counties, True, None
    readings = gazetteer.named(name)
    certain = not name.isupper()
    if readings and _after_area_of(words):  # "the region of Belgorod"
        return _areas(readings, gazetteer), True, None
    if readings:
        return readings, certain, None
    return _of_parts(name.split(), gazetteer), certain, None


def _state(words: Words, name: str, after: str) -> str | None:
    """The state that an abbreviation stands for: "Tenn.", and after a comma "TN"."""
    if name in STATES:
        return STATES[name]
    if after == "." and f"{name}." in STATES:
        return STATES[f"{name}."]
    start = words.start
    return POSTAL.get(name) if start > 0 and words.doc[start - 1].text == "," else None


def _of_parts(parts: list[str], gazetteer: Gazetteer) -> tuple[Place, ...]:
    """The places of an unknown name that has a known one in it: "southern Lebanon", "Puno Region", "Hudson River"."""
    if len(parts) < 2:  # "Henrico police": the county
        return gazetteer.named(f"{parts[0]} County") if parts else ()
    first, last = parts[0].lower(), parts[-1].lower()
    if parts[1] == "of" and first in PLACE_NOUNS:  # "Port of Marwick"
        return gazetteer.named(" ".join(parts[2:]))
    if first in DIRECTIONS:
        rest = parts[1:]
        return gazetteer.named(" ".join(rest)) or _of_parts(rest, gazetteer)
    known = gazetteer.named(" ".join(parts[:-1])) if last in AREAS | SMALL_AREAS | FEATURES else ()
    if last == "state" and known and known[0].country == "US" and first not in ("washington", "new"):
        return ()  # "Michigan State" is a university; "Washington State" and "New York State" are the states
    if last in AREAS:
        return _areas(known, gazetteer)
    if last in FEATURES:
        towns = (p for p in known if p.kind is PlaceKind.CITY)
        return tuple(replace(p, id=None, kind=PlaceKind.REGION, precision_km=_FEATURE_KM) for p in towns)
    return known


def _areas(places: tuple[Place, ...], gazetteer: Gazetteer) -> tuple[Place, ...]:
    """The regions of towns: "the Belgorod region"; where one is of that name itself, that one."""
    if not isinstance(gazetteer, SqliteGazetteer):
        return places
    return tuple(p if p.kind is not PlaceKind.CITY else gazetteer.area_of(p) for p in places[:_BEST])


def _after_area_of(words: Words) -> bool:
    doc, start = words.doc, words.start
    return start > 1 and doc[start - 1].lower_ == "of" and doc[start - 2].lower_ in AREAS - {"state"}


def _only(places: tuple[Place, ...], kind: PlaceKind) -> tuple[Place, ...]:
    return tuple(p for p in places if p.kind is kind) or places
