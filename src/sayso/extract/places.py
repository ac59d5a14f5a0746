"""The places that a text names: toponyms, not peoples, persons or bodies, resolved to a point and what holds it.

A candidate is a name that spaCy takes for a place, or any proper name that the gazetteer knows and that stands as
places do ("in X", "the village of X", "X, Texas"). Names of more than one place are settled for the whole report at
once (`places_choose`).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Final

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Words

from sayso.extract.gazetteer import Gazetteer, Place, PlaceKind, SqliteGazetteer, demonyms, name_key
from sayso.extract.parse import text_of
from sayso.extract.places_choose import Choice, choose
from sayso.model import PlaceMention, Span

_WORDS: Final[dict[str, Any]] = tomllib.loads(
    files("sayso.extract").joinpath("data/places_words.toml").read_text("utf-8")
)
_PREPOSITIONS: Final = frozenset(_WORDS["prepositions"])
_WEAK: Final = frozenset(_WORDS["weak_prepositions"])
_PLACE_NOUNS: Final = frozenset(_WORDS["place_nouns"])
_AREAS: Final = frozenset(_WORDS["areas"])
_SMALL_AREAS: Final = frozenset(_WORDS["small_areas"])
_DIRECTIONS: Final = frozenset(_WORDS["directions"])
_SAYING: Final = frozenset(_WORDS["saying"])
_NEVER: Final = frozenset(_WORDS["never"])
_STATES: Final[dict[str, str]] = _WORDS["us_states"]
_CAPITALS: Final = {name: (country, code) for name, (country, code) in _WORDS["capitals"].items()}
_PLACE_ENTITIES: Final = frozenset({"GPE", "LOC"})
_BIG: Final = 100_000  # people; a town of this size is taken for a place where nothing else in the text says so
_NEAR: Final = re.compile(
    r",?\s*(?:(?:a|the)\s+[\w\s-]{3,30}\s)?(?:near|outside|close\s+to|(?:north|south|east|west|\w+east|\w+west)\s+of|in|,)\s+(?:the\s+)?$|,\s*$"
)
_LIST: Final = re.compile(r"\s*(?:,|;|,?\s+and|,?\s+or)\s+")
_DATELINE: Final = re.compile(r"\s*(?:,\s*[A-Z][\w. ]{2,20})?\s*(?:\([A-Z][\w ./]{1,24}\)\s*)?(?:--|[-–—])\s")
_BEST: Final = 6  # readings of a town whose regions are weighed
_INFERRED_KM: Final = 25.0  # an unknown village "near X" lies within a short drive of it


@dataclass(frozen=True, slots=True)
class _Candidate:
    start: int  # offsets in the Doc's text
    end: int
    name: str
    readings: tuple[Place, ...]
    certain: bool  # a place even if no gazetteer knows it


def find_places(doc: Doc, *, offset: int = 0, gazetteer: Gazetteer) -> tuple[PlaceMention, ...]:
    """The toponyms of ``doc``, in order. ``offset`` is where it begins in the report's text.

    For a report that is parsed in passages `find_report_places` is better: it weighs all its places together.
    """
    return find_report_places([(doc, offset)], gazetteer=gazetteer)


def find_report_places(parts: Sequence[tuple[Doc, int]], *, gazetteer: Gazetteer) -> tuple[PlaceMention, ...]:
    """The toponyms of a report given as Docs with their offsets, settled together, in the order of the text.

    ``within`` runs from the nearest container outwards. A name that no gazetteer knows comes back without a point,
    or, when it is said to be near a known place, with that place's point and a wide ``precision_km``.
    """
    candidates = [(c, doc, offset) for doc, offset in parts for c in _candidates(doc, gazetteer)]
    choices = [_choice(i, candidates) for i in range(len(candidates))]
    places = choose(choices)
    mentions = []
    for i, (candidate, _, offset) in enumerate(candidates):
        place = places[i]
        span = Span(candidate.start + offset, candidate.end + offset)
        if place is not None:
            mentions.append(_mention(span, candidate.name, place, gazetteer))
        elif candidate.certain:
            mentions.append(_inferred(i, candidates, places, span, gazetteer))
    return tuple(mentions)


def _choice(i: int, candidates: Sequence[tuple[_Candidate, Doc, int]]) -> Choice:
    """A candidate with the container named right behind it: "Paris, Texas", "Kozinka in Belgorod region"."""
    candidate, doc, _ = candidates[i]
    containers: tuple[Place, ...] = ()
    if i + 1 < len(candidates) and candidates[i + 1][1] is doc:
        following = candidates[i + 1][0]
        between = text_of(doc)[candidate.end : following.start]
        if re.fullmatch(
            r",\s*|\s+in\s+(?:the\s+)?|,\s+(?:a|the)\s+[\w\s-]{3,40}\s(?:in|of)\s+(?:the\s+)?|\s*\(", between
        ):
            containers = following.readings[:6]
    contents: tuple[Place, ...] = ()
    if (
        i > 0
        and candidates[i - 1][1] is doc
        and re.fullmatch(r",\s*", text_of(doc)[candidates[i - 1][0].end : candidate.start])
    ):
        contents = candidates[i - 1][0].readings[:4]
    key = name_key(candidate.name)
    return Choice(key, candidate.readings, containers, contents, _CAPITALS.get(key))


def _mention(span: Span, name: str, place: Place, gazetteer: Gazetteer) -> PlaceMention:
    return PlaceMention(span, name, place.lat, place.lon, place.precision_km, place.id, gazetteer.within(place))


def _inferred(
    i: int,
    candidates: Sequence[tuple[_Candidate, Doc, int]],
    places: Sequence[Place | None],
    span: Span,
    gazetteer: Gazetteer,
) -> PlaceMention:
    candidate, doc, _ = candidates[i]
    if i + 1 < len(candidates) and candidates[i + 1][1] is doc and (near := places[i + 1]) is not None:
        between = text_of(doc)[candidate.end : candidates[i + 1][0].start]
        if len(between) < 48 and _NEAR.match(between):
            radius = max(_INFERRED_KM, near.precision_km)
            within = (near.name, *gazetteer.within(near))
            return PlaceMention(span, candidate.name, near.lat, near.lon, radius, None, within)
    return PlaceMention(span, candidate.name)


# ---------------------------------------------------------------------------------------------------
# Candidates


def _candidates(doc: Doc, gazetteer: Gazetteer) -> list[_Candidate]:
    found: list[_Candidate] = []
    doubtful: list[_Candidate] = []
    end = 0
    for words in _names(doc):
        if words.start < end:
            continue
        candidate = _candidate(words, gazetteer)
        if candidate is None:
            continue
        listed = found and candidate.readings and _LIST.fullmatch(text_of(doc), found[-1].end, candidate.start)
        if listed or _stands_as_place(words, words.root, candidate.readings):
            found.append(candidate)
            end = words.end
        elif candidate.readings:
            doubtful.append(candidate)
    # A name that once stands as a place is that place wherever it stands.
    known = {name_key(c.name) for c in found}
    found.extend(c for c in doubtful if name_key(c.name) in known)
    return sorted(found, key=lambda c: c.start)


def _names(doc: Doc) -> Iterator[Words]:
    """Runs of proper names and the entities among them, without articles, titles of days, and possessives."""
    entity_at = {ent.start: ent for ent in doc.ents if ent.label_ in _PLACE_ENTITIES}
    i, n = 0, len(doc)
    while i < n:
        token = doc[i]
        entity = entity_at.get(i)
        if entity is not None:
            yield _trimmed(doc[entity.start : entity.end])
            i = entity.end
            continue
        if not _is_name(token):
            i += 1
            continue
        start = i
        while i < n and (i not in entity_at or i == start) and (_is_name(doc[i]) or _joins(doc, i)):
            i += 1
        yield _trimmed(doc[start:i])
        i = max(i, start + 1)


def _is_name(token: Token) -> bool:
    return token.pos_ == "PROPN" and token.text[:1].isupper() and token.ent_type_ not in ("DATE", "TIME", "NORP")


def _joins(doc: Doc, i: int) -> bool:
    """ "Frankfurt am Main", "Nagorno-Karabakh", "Bay of Bengal": small words inside a name."""
    word = doc[i].lower_
    if i + 1 >= len(doc) or not doc[i + 1].text[:1].isupper():
        return False
    return (
        word in ("-", "–", "am", "de", "del", "la", "el", "al", "upon", "le", "du", "da", "do", "dos")
        and doc[i + 1].pos_ == "PROPN"
    )


def _trimmed(words: Words) -> Words:
    doc, start, end = words.doc, words.start, words.end
    while start < end and (doc[start].lower_ in ("the", "'s", "’s") or doc[start].is_punct):
        start += 1
    while end > start and (
        doc[end - 1].lower_ in ("'s", "’s", "’")
        or doc[end - 1].is_space
        or (doc[end - 1].is_punct and doc[end - 1].text != ".")
    ):
        end -= 1
    return doc[start:end]


def _candidate(words: Words, gazetteer: Gazetteer) -> _Candidate | None:
    if len(words) == 0 or len(words) > 6:
        return None
    name = words.text
    key = name_key(name)
    if len(key) < 2 or key in _NEVER or key in demonyms() or not name[0].isupper():
        return None
    root = words.root
    if _is_part_of_name(words, root) or _is_government(words, root):
        return None
    readings, certain, end = _readings(words, name, gazetteer)
    text_end = words.end_char if end is None else end
    return _Candidate(words.start_char, text_end, text_of(words.doc)[words.start_char : text_end], readings, certain)


def _readings(words: Words, name: str, gazetteer: Gazetteer) -> tuple[tuple[Place, ...], bool, int | None]:
    """The places of this name, whether it is one even if unknown, and where it ends when a word of kind belongs to it."""
    doc = words.doc
    certain = words.root.ent_type_ in _PLACE_ENTITIES and not name.isupper()
    following = doc[words.end] if words.end < len(doc) else None
    if name in _STATES or (f"{name}." in _STATES and following is not None and following.text == "."):
        return _only(gazetteer.named(_STATES.get(name) or _STATES[f"{name}."]), PlaceKind.STATE), True, None
    if following is not None and following.lower_ in _AREAS | {"county"} and following.i == words.end:
        whole = gazetteer.named(f"{name} {following.lower_}")
        if whole:
            return whole, True, following.idx + len(following)
        towns = gazetteer.named(name)
        if any(p.kind is not PlaceKind.CITY for p in towns):
            known = _only(towns, PlaceKind.STATE) if following.lower_ == "state" else towns
            return known, True, None
        if towns and following.lower_ in _AREAS and isinstance(gazetteer, SqliteGazetteer):
            areas = [p if p.kind is not PlaceKind.CITY else gazetteer.area_of(p) for p in towns[:_BEST]]
            return tuple(areas), True, following.idx + len(following)
    readings = gazetteer.named(name)
    if readings and _after_area_of(words) and isinstance(gazetteer, SqliteGazetteer):  # "the region of Belgorod"
        return tuple(p if p.kind is not PlaceKind.CITY else gazetteer.area_of(p) for p in readings[:_BEST]), True, None
    if readings:
        return readings, certain, None
    parts = name.split()
    if len(parts) > 1 and parts[0].lower() in _DIRECTIONS:
        return gazetteer.named(" ".join(parts[1:])), certain, None
    if len(parts) > 1 and parts[-1].lower() in _AREAS | _SMALL_AREAS | {"city"}:
        towns = gazetteer.named(" ".join(parts[:-1]))
        if isinstance(gazetteer, SqliteGazetteer) and parts[-1].lower() in _AREAS:
            return (
                tuple(p if p.kind is not PlaceKind.CITY else gazetteer.area_of(p) for p in towns[:_BEST]),
                certain,
                None,
            )
        return towns, certain, None
    return (), certain, None


def _after_area_of(words: Words) -> bool:
    doc, start = words.doc, words.start
    return start > 1 and doc[start - 1].lower_ == "of" and doc[start - 2].lower_ in _AREAS - {"state"}


def _only(places: tuple[Place, ...], kind: PlaceKind) -> tuple[Place, ...]:
    return tuple(p for p in places if p.kind is kind) or places


def _is_part_of_name(words: Words, root: Token) -> bool:
    """ "Paris Hilton", "Moscow State University", "the Washington Post": a piece of another name."""
    doc = words.doc
    entity = (
        next((e for e in root.sent.ents if e.start <= words.start and e.end >= words.end), None)
        if root.ent_type_
        else None
    )
    if (
        entity is not None
        and entity.label_ in ("PERSON", "ORG", "FAC", "WORK_OF_ART", "EVENT", "PRODUCT", "LAW")
        and len(entity) > len(words)
    ):
        return True
    if words.end < len(doc):
        after = doc[words.end]
        if (
            after.pos_ == "PROPN"
            and after.text[:1].isupper()
            and after.head.i >= after.i
            and root.head == after
            and after.lower_ not in _PLACE_NOUNS
        ):
            return True
    if words.start > 0:
        before = doc[words.start - 1]
        if (
            before.pos_ == "PROPN"
            and before.text[:1].isupper()
            and before.head == root
            and before.ent_type_ not in ("DATE", "TIME")
        ):
            return True
        if before.lower_ in ("of", "for") and words.start > 1:  # "Bank of England", "Legion for Russia"
            name = doc[words.start - 2]
            if (
                name.pos_ == "PROPN"
                and name.text[:1].isupper()
                and name.lower_ not in _PLACE_NOUNS
                and name.ent_type_ not in ("GPE", "LOC", "DATE", "PERSON")
            ):
                return True
        if before.text in ("Mr.", "Mrs.", "Ms.", "Dr.", "@", "#"):
            return True
    return False


def _is_government(words: Words, root: Token) -> bool:
    """ "Moscow has blamed", "the White House said": the subject of a verb of saying is an actor."""
    subject = root
    while subject.dep_ == "conj" and subject.head != subject:
        subject = subject.head
    return subject.dep_ == "nsubj" and subject.head.lemma_.lower() in _SAYING


def _stands_as_place(words: Words, root: Token, readings: tuple[Place, ...]) -> bool:
    doc = words.doc
    kind = root.ent_type_
    before = doc[words.start - 1] if words.start > 0 else None
    if before is not None and before.lower_ == "the" and words.start > 1:
        before = doc[words.start - 2]
    after = doc[words.end] if words.end < len(doc) else None
    preposition = before.lower_ if before is not None else ""
    if before is not None and preposition == "of" and words.start > 1 and doc[words.start - 2].lower_ in _PLACE_NOUNS:
        return True
    if before is not None and preposition in _PLACE_NOUNS | _DIRECTIONS:
        return bool(readings) or kind in _PLACE_ENTITIES
    if kind in _PLACE_ENTITIES:
        return True
    if not readings:
        return False
    if readings[0].kind in (PlaceKind.COUNTRY, PlaceKind.STATE, PlaceKind.REGION) and len(readings[0].name) > 3:
        return kind not in ("PERSON",) or preposition in _PREPOSITIONS | _WEAK
    if after is not None and after.lower_ in _AREAS | _SMALL_AREAS:
        return True
    if preposition in _PREPOSITIONS:
        return kind != "PERSON" or (
            preposition in ("in", "near", "outside", "into", "at") and readings[0].population >= 1000
        )
    if after is not None and after.text == "," and words.end + 1 < len(doc) and doc[words.end + 1].ent_type_ == "GPE":
        return True
    opens = before is None or before.is_space or before.i < root.sent.start
    if opens and (words.text.isupper() or words.end_char < 40) and _DATELINE.match(text_of(doc), words.end_char):
        return True
    if preposition == "from" and len(words) == 1:
        return readings[0].population >= 500
    if preposition in _WEAK:
        return (kind in ("", "FAC") and readings[0].population >= 5_000) or (
            readings[0].population >= _BIG and kind != "PERSON"
        )
    return kind != "PERSON" and readings[0].population >= _BIG and len(words.text) > 3 and kind != "ORG"
