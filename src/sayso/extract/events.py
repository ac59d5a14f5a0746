"""What is told as done, planned, wished or ruled out: the events of a clause, and how far each has happened.

    for event in find_events(doc):
        print(event.lemma, event.agent, event.patient, event.modality, event.negated)

Read off the parse: the words beside a predicate ("will", "not", "may") and those that govern it ("plans to", "failed to",
"a call for"), from the nearest outwards. The values are those of FactBank and NewsReader (Saurí and Pustejovsky 2009; van Son et
al. 2014): whether it is so, how sure that is, and whether it lies ahead. Who says all this is the attribution's to tell.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from sayso.extract.phrases import noun_phrase
from sayso.model import Certainty, Event, Modality, PlaceMention, Quantity, Span, TimeMention

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_FARTHEST = 5  # governors looked at: "was expected to agree to start to sell" has four


@dataclass(frozen=True, slots=True)
class Standing:
    """How far an event has come about, in the words that tell it. ``told_by`` is the word that says so, if there is one."""

    modality: Modality = Modality.HAPPENED
    certainty: Certainty = Certainty.CERTAIN
    negated: bool = False
    ahead: bool = False  # it lies in the future of the one who tells it
    told_by: Span | None = None


@dataclass(frozen=True)
class _Words:
    governing: dict[
        str, Modality | str
    ]  # a verb's or adjective's lemma; "averted" and "supposed" beside the modalities
    nouns: dict[str, Modality | str]
    possible: frozenset[str]
    probable: frozenset[str]
    conditional: frozenset[str]


@lru_cache(maxsize=1)
def _words() -> _Words:
    with (files("sayso.extract") / "data" / "events.toml").open("rb") as file:
        data = tomllib.load(file)
    kinds: dict[str, Modality | str] = {
        "supposed": "supposed",
        "averted": "averted",
        "predicted": Modality.PREDICTED,
        "ordered": Modality.ORDERED,
        "wished": Modality.WISHED,
        "planned": Modality.PLANNED,
    }
    governing = {word: kind for name, kind in kinds.items() for word in data[name]}
    nouns = {word: kinds[name] for name, words in data["nouns"].items() for word in words}
    return _Words(
        governing, nouns, frozenset(data["possible"]), frozenset(data["probable"]), frozenset(data["conditional"])
    )


def find_events(
    doc: Doc,
    *,
    offset: int = 0,
    times: Sequence[TimeMention] = (),
    places: Sequence[PlaceMention] = (),
    quantities: Sequence[Quantity] = (),
) -> tuple[Event, ...]:
    """The events that verbs tell, in the order of the text; "to be" only with what it says of its subject.

    ``times``, ``places`` and ``quantities`` are mentions with offsets of the report's text, in which ``doc`` begins at ``offset``;
    each goes to the event that it hangs on in the parse, the first of several.
    """
    predicates = [t for t in doc if _is_predicate(t)]
    at = {t.i: n for n, t in enumerate(predicates)}
    counted = [q for q in quantities if not any(t.span.overlaps(q.span) for t in times)]  # "three days" counts nothing
    where, when, how_many = (_hanging(doc, offset, mentions, at) for mentions in (places, times, counted))
    for n, token in enumerate(predicates):
        if (governor := at.get(_accompanied(token).i, n)) != n:
            for shared in (where, when):
                if governor in shared:
                    shared.setdefault(n, shared[governor])
    return tuple(
        _event(token, offset, place=where.get(n), time=when.get(n), quantity=how_many.get(n))
        for n, token in enumerate(predicates)
    )


def _event(token: Token, offset: int, *, place: Span | None, time: Span | None, quantity: Span | None) -> Event:
    def moved(span: Span | None) -> Span | None:
        return None if span is None else Span(span.start + offset, span.end + offset)

    standing = standing_of(token)
    return Event(
        Span(token.idx + offset, token.idx + len(token) + offset),
        token.lemma_.lower(),
        moved(_phrase(_agent(token))),
        moved(_phrase(_patient(token))),
        place,
        time,
        quantity,
        standing.negated,
        standing.modality,
        standing.certainty,
        moved(standing.told_by),
    )


def _hanging(
    doc: Doc, offset: int, mentions: Sequence[TimeMention | PlaceMention | Quantity], predicates: Mapping[int, int]
) -> dict[int, Span]:
    """For the number of a predicate, the first mention that has no nearer predicate above it in the parse."""
    found: dict[int, Span] = {}
    for mention in mentions:
        words = doc.char_span(mention.span.start - offset, mention.span.end - offset, alignment_mode="expand")
        if words is None or mention.span.start < offset:
            continue
        governors = (t.i for t in (words.root, *words.root.ancestors) if t.i in predicates)
        nearest = next(governors, None)
        if nearest is not None:
            found.setdefault(predicates[nearest], mention.span)
    return found


def _is_predicate(token: Token) -> bool:
    if token.pos_ == "VERB":
        return token.dep_ not in ("aux", "auxpass", "amod", "case", "mark", "prep")
    return token.pos_ == "AUX" and any(c.dep_ in ("attr", "acomp") for c in token.children)


def _agent(verb: Token) -> Token | None:
    for child in verb.children:
        if child.dep_ == "nsubj":
            return child
        if child.dep_ == "agent":
            return next((c for c in child.children if c.dep_ == "pobj"), None)
    if (verb.dep_ in ("conj", "xcomp") and verb.head.pos_ == "VERB") or _accompanied(verb) is not verb:
        if any(c.dep_ == "nsubjpass" for c in verb.children):
            return None
        return _agent(verb.head)
    return verb.head if verb.dep_ == "acl" and verb.tag_ == "VBG" else None


def _accompanied(verb: Token) -> Token:
    """ "shelled the town on Monday, killing two": the verb with which a participle shares doer, place and time; else itself."""
    if verb.tag_ == "VBG" and verb.dep_ == "conj" and verb.head.tag_ == "VBG":
        first = _accompanied(verb.head)
        return verb if first is verb.head else first
    bare = not any(c.dep_ in ("mark", "aux", "nsubj", "nsubjpass", "prep") and c.i < verb.i for c in verb.children)
    alone = verb.tag_ == "VBG" and verb.dep_ == "advcl" and bare
    return verb.head if alone and verb.head.pos_ == "VERB" and verb.head.i < verb.i else verb


def _patient(verb: Token) -> Token | None:
    for child in verb.children:
        if child.dep_ in ("dobj", "nsubjpass", "attr"):
            return child
    return verb.head if verb.dep_ == "acl" and verb.tag_ == "VBN" else None


def _phrase(head: Token | None) -> Span | None:
    if head is None:
        return None
    tokens = noun_phrase(head)
    return _span(head.doc[tokens[0]], head.doc[tokens[-1]])


def _span(first: Token, last: Token) -> Span:
    return Span(first.idx, last.idx + len(last))


def standing_of(token: Token) -> Standing:
    """How far what the token tells (a verb, or a noun for an event) has happened, by the words beside and above it."""
    standing = _beside(token, Standing())
    at = token
    for _ in range(_FARTHEST):
        head = at.head
        if head.i == at.i:
            break
        standing, going_on = _under(at, head, standing)
        if not going_on:
            break
        at = head
    return standing if standing.ahead else _in_time_of(token, standing)


# Clauses of time, and what hangs on a predicate as a noun: they lie where it lies.
_SAME_TIME = frozenset(("dobj", "pobj", "nsubjpass", "prep", "attr", "compound", "conj", "dative"))
_TEMPORAL = frozenset("before when until till once after as while".split())


def _in_time_of(token: Token, standing: Standing) -> Standing:
    """ "will cancel the order", "will leave before the tour starts": what belongs to something ahead lies ahead too."""
    at = token
    for _ in range(_FARTHEST):
        head = at.head
        noun = at.pos_ in ("NOUN", "PROPN", "ADP") and at.dep_ in _SAME_TIME
        temporal = at.dep_ == "advcl" and any(c.lower_ in _TEMPORAL for c in at.children)
        if head.i == at.i or not (noun or temporal):
            return standing
        if head.pos_ in ("VERB", "AUX"):
            above = standing_of(head)
            return (
                replace(standing, modality=above.modality, ahead=True, told_by=above.told_by)
                if above.ahead
                else standing
            )
        at = head
    return standing


def _beside(token: Token, standing: Standing) -> Standing:
    """What stands beside a predicate: "will not sell", "may", "no attack", "if it sells"."""
    words = _words()
    for child in token.children:
        lower = child.lower_
        if child.dep_ == "neg" or (
            child.dep_ in ("det", "advmod", "cc", "preconj") and lower in ("no", "never", "neither", "nor")
        ):
            standing = replace(standing, negated=not standing.negated)
        elif child.dep_ in ("nsubj", "nsubjpass", "dobj", "attr") and (
            lower in ("nobody", "none", "nothing") or any(c.lower_ == "no" and c.dep_ == "det" for c in child.children)
        ):
            standing = replace(standing, negated=True)
        elif child.dep_ == "aux" and lower in ("will", "shall", "'ll", "’ll", "wo", "going"):
            standing = _ahead(standing, Modality.PREDICTED, child)
        elif child.dep_ == "aux" and lower == "would":
            standing = _ahead(standing, Modality.HYPOTHETICAL, child)
        elif child.dep_ == "mark" and lower in words.conditional:
            standing = replace(_ahead(standing, Modality.HYPOTHETICAL, child), certainty=Certainty.POSSIBLE)
        elif child.dep_ in ("aux", "advmod", "amod") and lower in words.possible:
            standing = replace(standing, certainty=Certainty.POSSIBLE, told_by=standing.told_by or _span(child, child))
            if child.dep_ == "aux" and lower != "can" and not _has_been(token):  # "can carry 290" is so now
                standing = _ahead(standing, Modality.PREDICTED, child)
        elif child.dep_ in ("aux", "advmod", "amod") and lower in words.probable:
            standing = replace(standing, certainty=Certainty.PROBABLE, told_by=standing.told_by or _span(child, child))
    return standing


def _has_been(token: Token) -> bool:
    """ "may have sold": no future."""
    return any(c.dep_ == "aux" and c.lower_ in ("have", "'ve", "’ve") for c in token.children)


def _ahead(standing: Standing, modality: Modality, word: Token) -> Standing:
    if standing.modality is not Modality.HAPPENED:
        return replace(standing, ahead=True)
    return replace(standing, modality=modality, ahead=True, told_by=standing.told_by or _span(word, word))


# By these a word hangs on what governs it, if that is a verb or an adjective.
_CLAUSES = frozenset(
    ("xcomp", "ccomp", "pcomp", "acl", "relcl", "advcl", "dobj", "pobj", "prep", "conj", "attr", "nsubjpass")
)


def _under(token: Token, head: Token, standing: Standing) -> tuple[Standing, bool]:
    """What governs a predicate makes of it, and whether to look further up."""
    words = _words()
    if token.dep_ not in _CLAUSES:
        return standing, False
    infinitive = any(c.dep_ == "aux" and c.lower_ == "to" for c in token.children)
    if token.dep_ == "conj":
        # "will close and sell" shares the helping word; "did not say where but wanted …" does not.
        shares = token.tag_ in ("VB", "VBN", "VBG") and token.tag_ == head.tag_ and not _has_own(token)
        return (_beside_aux(head, standing), True) if shares else (standing, token.pos_ == "NOUN")
    if head.pos_ == "NOUN":
        kind = words.nouns.get(head.lemma_.lower())
        if kind is not None and token.dep_ in ("acl", "prep", "pobj", "ccomp", "xcomp"):
            return _made(standing, kind, head), True
        if token.dep_ == "relcl":
            return standing, False
        if token.dep_ == "acl" and infinitive:
            return _ahead(standing, Modality.PLANNED, token), False
        return standing, token.dep_ in ("prep", "pobj", "pcomp", "acl")
    if token.dep_ in ("pobj", "pcomp"):  # the preposition; what governs it comes next
        return standing, True
    if token.dep_ == "advcl":
        return (_ahead(standing, Modality.PLANNED, token), False) if infinitive else (standing, False)
    kind = _governs(head)
    if infinitive and head.lemma_ == "be" and token.dep_ in ("xcomp", "ccomp"):
        return _ahead(standing, Modality.PLANNED, head), False  # "was to be delivered"
    if kind is None:
        if token.dep_ == "xcomp":
            return _beside_aux(head, standing), True  # "might be forced to sell"
        return standing, token.dep_ in ("dobj", "prep", "attr") and token.pos_ in (
            "NOUN",
            "PROPN",
            "ADP",
        ) and head.pos_ == "AUX"
    if token.dep_ == "ccomp" and kind is Modality.PLANNED and _finite_past(token):
        return standing, False
    if kind == "averted" and token.dep_ == "prep" and token.lower_ != "from":
        return standing, False  # "banned the flights due to accidents": the accidents were none the less
    return _made(_beside_aux(head, standing) if kind == "averted" else standing, kind, head), token.dep_ == "xcomp"


def _governs(token: Token) -> Modality | str | None:
    """What a verb or adjective makes of what it governs, by its lemma; spaCy's lemma of "hoped" and "hoping" is "hop"."""
    governing, lower = _words().governing, token.lower_
    forms = (token.lemma_.lower(), lower, lower.removesuffix("d"), lower.removesuffix("ing") + "e")
    return next((governing[form] for form in forms if form in governing), None)


def _has_own(token: Token) -> bool:
    return any(c.dep_ in ("nsubj", "nsubjpass", "aux", "auxpass") for c in token.children)


def _finite_past(token: Token) -> bool:
    return token.tag_ in ("VBD", "VBZ") or any(c.tag_ == "VBD" for c in token.children if c.dep_.startswith("aux"))


def _beside_aux(head: Token, standing: Standing) -> Standing:
    """The helping words of what governs hold for what is governed."""
    own = _beside(head, Standing())
    if own.modality is not Modality.HAPPENED:
        standing = replace(
            standing,
            modality=own.modality if standing.modality is Modality.HAPPENED else standing.modality,
            ahead=True,
            told_by=standing.told_by or own.told_by,
        )
    if own.certainty is not Certainty.CERTAIN:
        standing = replace(standing, certainty=own.certainty)
    return replace(standing, negated=standing.negated != own.negated)


def _made(standing: Standing, kind: Modality | str, word: Token) -> Standing:
    told_by = standing.told_by or _span(word, word)
    denied = _beside(word, Standing()).negated
    if kind == "averted":
        return replace(standing, negated=not standing.negated, told_by=told_by)
    if kind == "supposed":
        if standing.certainty is Certainty.CERTAIN:
            standing = replace(standing, certainty=Certainty.PROBABLE)
        return replace(standing, negated=standing.negated != denied, told_by=told_by)
    assert isinstance(kind, Modality)
    certainty = (
        Certainty.OPEN
        if kind in (Modality.WISHED, Modality.ORDERED)
        else Certainty.PROBABLE
        if kind is Modality.PREDICTED
        else None
    )
    if standing.modality in (Modality.HAPPENED, Modality.PREDICTED, Modality.HYPOTHETICAL):
        standing = replace(standing, modality=kind, ahead=True, told_by=told_by)
    if certainty is not None and standing.certainty is Certainty.CERTAIN:
        standing = replace(standing, certainty=certainty)
    return replace(standing, negated=standing.negated != denied)
