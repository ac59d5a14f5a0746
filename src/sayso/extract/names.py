"""Names in one report: what a noun phrase calls its actor, and which other names mean the same.

spaCy's small model often misreads names (a bare surname becomes an organisation), so a name's shape, the words
beside it and the report's other mentions count for as much as the entity label.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from sayso.model import ActorType

if TYPE_CHECKING:
    from spacy.tokens import Token

_INSIDE_NAME = {
    "of",
    "for",
    "the",
    "and",
    "&",
    "de",
    "la",
    "al",
    "el",
    "bin",
    "ibn",
    "van",
    "von",
    "der",
    "di",
    "da",
    "'s",
    "’s",
    "-",
    "–",
}
_LABELS = {
    "PERSON": ActorType.PERSON,
    "ORG": ActorType.ORGANIZATION,
    "GPE": ActorType.PLACE,
    "LOC": ActorType.PLACE,
    "FAC": ActorType.PLACE,
    "NORP": ActorType.GROUP,
}
# Words for a body that its name need not hold: "the company" for Kolm Steel, "the newspaper" for the Ostra Herald.
BUSINESS = frozenset(
    """company firm airline bank operator manufacturer retailer carmaker automaker shipbuilder brewer developer utility owner
    charity club union foundation watchdog""".split()
)
PRESS = frozenset("newspaper paper broadcaster station channel magazine daily website site network".split())


@dataclass(frozen=True)
class ActorWords:
    person: frozenset[str]
    organization: frozenset[str]
    group: frozenset[str]
    document: frozenset[str]
    armed_or_civic: frozenset[str]
    honorifics: frozenset[str]
    body_in_two_words: frozenset[str]
    he: frozenset[str]
    she: frozenset[str]
    they: frozenset[str]
    we: frozenset[str]
    wider: Mapping[str, frozenset[str]]

    @property
    def common(self) -> frozenset[str]:
        """Nouns that name a kind of actor, and so nobody."""
        return self.person | self.organization | self.group | self.document

    @property
    def pronouns(self) -> frozenset[str]:
        return self.he | self.she | self.they


@lru_cache(maxsize=1)
def actor_words() -> ActorWords:
    """The word lists of ``data/actors.toml``."""
    with (files("sayso.extract") / "data" / "actors.toml").open("rb") as file:
        data = tomllib.load(file)
    wider = {word: frozenset(offices) for word, offices in data.pop("wider").items()}
    return ActorWords(**{name: frozenset(words) for name, words in data.items()}, wider=wider)


@dataclass(frozen=True)
class Naming:
    """What a noun phrase says of its actor: a proper name or a description, the kind of actor, the role's words.

    ``sure`` tells that words (a title, an office, "Ministry") make the kind, not the entity recogniser alone.
    """

    name: str
    type: ActorType
    role: str | None
    proper: bool
    definite: bool = False
    head: str = ""  # the head noun's lemma
    sure: bool = True


def name_key(name: str) -> str:
    """The form of a name under which its spellings meet: no case, accents, articles, titles or punctuation.

    >>> name_key("The Belmark Defence Ministry") == name_key("Belmark’s defence ministry")
    True
    """
    plain = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    plain = re.sub(r"['’]s\b", "", plain)
    words = re.findall(r"\w+", plain)
    while words and (words[0] in ("the", "a", "an") or words[0] in actor_words().honorifics):
        words.pop(0)
    return " ".join(words) or plain.strip()


_BODY_TOO = frozenset("owner manager founder critic supporter opponent source author insider".split())


def naming_of(head: Token, phrase: Sequence[Token]) -> Naming:
    """What the noun phrase ``phrase`` with this head calls its actor."""
    phrase = _without_clock(head, phrase)
    shouting = len(phrase) > 1 and all(not c.islower() for t in phrase for c in t.text)
    if shouting and head.lower_ in actor_words().common:
        return _descriptive_naming(head, phrase)  # in capitals every noun looks like a name
    inside = {t.i for t in phrase}
    if (
        head.lower_ in actor_words().person
        and head.pos_ == "PROPN"
        and not any(_is_name(c) for c in head.children if c.dep_ == "appos")
    ):
        return _descriptive_naming(head, phrase)  # "the President", "Mayor of Dorn": an office, no name
    appositions = [c for c in head.children if c.dep_ == "appos" and c.i in inside]
    # "the Drevani foreign ministry": written small, a body is called by all its words, whatever the tagger takes its head for.
    article = len(phrase) > 1 and phrase[0].lower_ in ("the", "a", "an")
    small = head.text.islower() and (article or head.lower_ in actor_words().organization)
    if small or (head.pos_ != "PROPN" and not _is_name(head)):
        named = next((c for c in appositions if _is_name(c)), None)
        if named is not None:
            before = [t for t in phrase if t.i < named.left_edge.i]
            inner = _proper_naming(named, [t for t in phrase if t.i >= named.left_edge.i])
            # "ambassador to the UN, Leo Marsk"; but "the owner, Northway Lines"
            of_either = head.lemma_.lower() in _BODY_TOO and inner.type is ActorType.ORGANIZATION
            office = head.lemma_.lower() in actor_words().person and not of_either
            kind = ActorType.PERSON if office else inner.type
            role = _clean(_words(before)) if kind is ActorType.PERSON else inner.role
            sure = inner.sure or office
            return Naming(inner.name, kind, role or inner.role, proper=True, head=named.lemma_, sure=sure)
        return _descriptive_naming(head, phrase)
    if any(c.dep_ == "conj" and c.i in inside and _is_name(c) for c in head.children):
        # "Ukraine and the United States": said together, so neither is named alone.
        return Naming(_clean(_words(phrase)) or head.text, ActorType.GROUP, None, proper=True, head=head.lemma_)
    return _proper_naming(head, phrase)


_CLOCK = re.compile(r"(?:[01]\d|2[0-3])[0-5]\d|(?:[01]?\d|2[0-3]):[0-5]\d")


def _without_clock(head: Token, phrase: Sequence[Token]) -> Sequence[Token]:
    """Without the time of day that a live page puts before an entry: "1126 Dorn's ambassador, Leo Marsk"."""
    rest = [t for n, t in enumerate(phrase) if not (n == 0 and t is not head and _CLOCK.fullmatch(t.text))]
    return rest if len(rest) < len(phrase) and rest and rest[0].text[:1].isupper() else phrase


def _is_name(token: Token) -> bool:
    return token.pos_ == "PROPN" or (token.ent_type_ in ("PERSON", "ORG", "GPE") and token.text[:1].isupper())


def _proper_naming(head: Token, phrase: Sequence[Token]) -> Naming:
    words = actor_words()
    inside = {t.i: t for t in phrase}
    doc = head.doc
    run = [head]
    person_like = head.ent_type_ == "PERSON"
    i = head.i - 1
    while i in inside and _joins_name(doc[i]) and not (person_like and doc[i].lower_ in ("of", "the", "and")):
        run.insert(0, doc[i])
        i -= 1
    while run and run[0] is not head and run[0].lower_ in _INSIDE_NAME | {"the"}:
        run.pop(0)
    if not person_like:
        i = head.i + 1
        while i in inside and (
            _joins_name(doc[i]) and (doc[i].lower_ not in _INSIDE_NAME or (i + 1 in inside and _capital(inside, i + 1)))
        ):
            if doc[i].lower_ == "and" or (doc[i].text in ("-", "–", "'s", "’s") and i + 1 not in inside):
                break
            run.append(doc[i])
            i += 1
        while run[-1] is not head and run[-1].lower_ in _INSIDE_NAME:
            run.pop()
    titles: list[Token] = []
    # "Foreign Minister Sergei Lavrov", "President Putin": what ends in an office is the role, the rest the name.
    last_office = max((n for n, t in enumerate(run[:-1]) if t.lower_.rstrip(".") in words.person), default=-1)
    ends_in_office = run[-1].lower_ in words.person
    of_a_body = last_office >= 0 and run[last_office].lower_ == "general" and _is_body(run[last_office + 1 :])
    if last_office >= 0 and not ends_in_office and not of_a_body and run[last_office + 1].text[:1].isupper():
        titles, run = run[: last_office + 1], run[last_office + 1 :]
    while len(run) > 1 and run[0].lower_ in words.honorifics:
        run.pop(0)
    name = re.sub(r"['’]s$", "", _words(run)).strip()
    before = _after_a_full_name([t for t in phrase if t.i < run[0].i])
    role = _clean(_words(before)) or _apposition_role(head, inside)
    kind = _type_by_words(run, role, bool(titles))
    return Naming(name, kind or _type_by_label(head, run), role, proper=True, head=head.lemma_, sure=kind is not None)


def _is_body(run: list[Token]) -> bool:
    """Whether "General" before these words is no rank: "General Motors", "General Assembly"."""
    plural = run[0].tag_ == "NNPS" or (run[0].lemma_ != run[0].text and run[0].ent_type_ == "ORG")
    return bool({t.lower_ for t in run} & (actor_words().organization | _GENERAL)) or (len(run) == 1 and plural)


_GENERAL = frozenset("motors electric mills dynamics staff secretariat workers".split())


def _after_a_full_name(role: list[Token]) -> list[Token]:
    """ "… told the Courier's Ana Dorn Prime Minister Ivo Kell": a caption runs into the sentence; its people are no role."""
    words = actor_words().person
    last = [t.ent_type_ == "PERSON" and t.lower_ not in words and t.text[:1].isupper() for t in role]
    ends = [n for n in range(1, len(role) - 1) if last[n - 1] and last[n] and not last[n + 1]]
    return role[ends[-1] + 1 :] if ends and role[ends[-1] + 1].lower_ not in ("'s", "’s", ",", "and") else role


def _capital(inside: dict[int, Token], i: int) -> bool:
    token = inside[i]
    if token.lower_ in _INSIDE_NAME and i + 1 in inside:
        return _capital(inside, i + 1)
    return token.text[:1].isupper()


def _joins_name(token: Token) -> bool:
    if token.lower_ in _INSIDE_NAME:
        return True
    return token.text[:1].isupper() and token.pos_ in ("PROPN", "ADJ", "NOUN", "X")


def _apposition_role(head: Token, inside: dict[int, Token]) -> str | None:
    for child in head.children:
        if child.dep_ == "appos" and child.i in inside and child.i > head.i:
            return _clean(_words(sorted(child.subtree, key=lambda t: t.i)))
    return None


def _type_by_words(run: Sequence[Token], role: str | None, titled: bool) -> ActorType | None:
    """The kind of actor that the words of a name or its role tell, if they do."""
    words = actor_words()
    tokens = {t.lower_ for t in run}
    if tokens & words.organization and run[-1].lower_ not in words.person:
        return ActorType.ORGANIZATION
    if titled or (role and any(w.lower() in words.person for w in re.findall(r"\w+", role))):
        return ActorType.PERSON
    return None


def _type_by_label(head: Token, run: Sequence[Token]) -> ActorType:
    """The kind of actor that the entity recogniser takes a name for: weak evidence, above all for a single word."""
    label = _LABELS.get(head.ent_type_)
    if label is ActorType.ORGANIZATION and len(run) == 1 and not head.text.isupper():
        return ActorType.UNKNOWN  # a bare surname that the tagger takes for a body; the report's other names decide
    if label is not None:
        return label
    return ActorType.GROUP if head.tag_ == "NNPS" else ActorType.UNKNOWN


def _with_the_word_before(head: Token) -> str:
    return f"{head.nbor(-1).lower_} {head.lower_}" if head.i else head.lower_


def _descriptive_naming(head: Token, phrase: Sequence[Token]) -> Naming:
    words = actor_words()
    own = list(phrase)
    definite = bool(own) and own[0].lower_ in (
        "the",
        "this",
        "that",
        "these",
        "those",
        "his",
        "her",
        "its",
        "their",
        "both",
    )
    trimmed = own[1:] if own and own[0].lower_ in ("the", "a", "an", "this", "that", "these", "those") else own
    lemma, lower = head.lemma_.lower(), head.lower_
    if head.tag_ in ("NNS", "NNPS") and (lower in words.group or lemma in words.person):
        kind = ActorType.GROUP
    elif lemma in words.document or lower in words.document:
        kind = ActorType.DOCUMENT
    elif lemma in words.person:
        kind = ActorType.PERSON
    elif {lemma, lower} & words.organization or _with_the_word_before(head) in words.body_in_two_words:
        kind = ActorType.ORGANIZATION
    elif lemma in words.group or lower in words.group:
        kind = ActorType.GROUP
    else:
        kind = ActorType.UNKNOWN
    described = _clean(re.sub(r",? (?:which|who|that)$|['’]s$", "", _words(trimmed))) or head.text
    single = _NAME_LAST.search(described)
    if single and kind in (ActorType.PERSON, ActorType.ORGANIZATION, ActorType.GROUP):
        # "An armed group of exiles, the Red Guard", "The general in charge, Temur Vask": the name comes last.
        role = _clean(described[: single.start()]) if kind is ActorType.PERSON else None
        return Naming(single.group(1), kind, role, proper=True, head=lemma)
    named = _NAMED_LAST.search(described)
    if named and kind in (ActorType.GROUP, ActorType.ORGANIZATION, ActorType.UNKNOWN):
        # "The two groups, which fight there, the Red Guard and the River Front": the names say more than the noun.
        return Naming(re.sub(r"\bthe ", "", named.group(1)), ActorType.GROUP, None, proper=True, head=lemma)
    if len(described.split()) > _MAX_DESCRIPTION:
        described = _clean(re.split(r",| [–—-] | which | who | that ", described)[0]) or described
    return Naming(described, kind, None, proper=False, definite=definite, head=lemma)


_CALLED = re.compile(
    r"\b(?:call[ -]?sign|nom de guerre|goes by|known (?:only |just )?(?:as|by)|nicknamed|alias)\b[^.“\"‘'A-Z]{0,25}[“\"‘']?([A-Z][\w-]+)"
)


def name_beside(words: str) -> str | None:
    """The name that somebody described is known by: "one of its fighters, who goes by the call sign “Caesar”".

    >>> name_beside("a fighter who goes by the call sign “Caesar”")
    'Caesar'
    """
    match = _CALLED.search(words)
    return match.group(1) if match else None


_ONE_NAME = r"(?:the )?[A-Z][\w’'-]*(?: (?:of|for|the|[A-Z][\w’'-]*))*"
_NAMED_LAST = re.compile(rf", ({_ONE_NAME} and {_ONE_NAME})$")
_NAME_LAST = re.compile(r", (?:the )?([A-Z][\w’'-]*(?: (?:(?:of|for|the) )*[A-Z][\w’'-]*)+)$")
_MAX_DESCRIPTION = 8  # words; longer descriptions carry clauses that are no part of who someone is


def _words(tokens: Sequence[Token]) -> str:
    if not tokens:
        return ""
    doc = tokens[0].doc
    first, last = tokens[0], tokens[-1]
    return doc[first.i : last.i + 1].text


def _clean(words: str) -> str | None:
    words = re.sub(r"^(?:the|a|an|its|his|her|their)(?:\s+|$)", "", words.strip(' ,–—-"“”()'), flags=re.I)
    words = re.sub(r"\s*[\[(][^\])]*$", "", re.sub(r"\s+", " ", words)).strip(" ,")
    if words.lower() in actor_words().honorifics:
        return None
    return words if any(c.isalpha() for c in words) else None
