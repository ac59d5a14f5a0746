"""The cast of one report: every actor that its text names, with what it calls them and what kind of actor each is.

All names are read before any source is asked for, so that an office in the lead can stand for whoever is named further down.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sayso.extract.entities import LOCATIVE, find_bodies, find_entities, find_people
from sayso.extract.names import Naming, actor_words, name_key, naming_of
from sayso.extract.parse import Passage
from sayso.extract.phrases import noun_phrase
from sayso.model import Actor, ActorType, PlaceMention, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as SpacySpan

_APPOSITION = 8  # tokens after a name in which the noun of an apposition is looked for
_MAX_ROLE = 18  # tokens; a longer noun phrase carries clauses that tell of other things
_MAX_ACRONYMS = 60  # sought in the text one by one; a report with more of them is a list
# How much a mention says of what kind its actor is: a title or office tells, a label of the recogniser hints, and least
# for a single word, where the small model is right about half of the time.
_BY_WORDS, _BY_PLACE, _BY_LABEL, _BY_LABEL_ALONE = 4.0, 1.5, 1.0, 0.5
_MAY_BE_SURNAME = (ActorType.PERSON, ActorType.UNKNOWN, ActorType.ORGANIZATION)
_SEX = {"mr": "he", "sir": "he", "lord": "he", "mrs": "she", "ms": "she", "miss": "she", "dame": "she", "lady": "she"}


@dataclass
class Member:
    """One actor of the report while it is being read."""

    key: str
    name: str
    role: str | None = None
    proper: bool = True
    head: str = ""  # the noun it was first called by
    votes: dict[ActorType, float] = field(default_factory=dict)
    mentions: list[Span] = field(default_factory=list)
    subject_at: set[int] = field(default_factory=set)  # where a mention is the subject of its clause
    names: dict[str, None] = field(default_factory=dict)
    roles: set[str] = field(default_factory=set)
    spoke_at: int = -1
    sex: str = ""  # "he" or "she", where a title or a pronoun tells

    @property
    def type(self) -> ActorType:
        """The kind of actor that most of what the report says of it speaks for; the first said among equals."""
        return max(self.votes, key=lambda kind: self.votes[kind]) if self.votes else ActorType.UNKNOWN

    def vote(self, kind: ActorType, weight: float) -> None:
        if kind is not ActorType.UNKNOWN:
            self.votes[kind] = self.votes.get(kind, 0.0) + weight

    def last_before(self, at: int) -> int | None:
        """Where the last mention before ``at`` begins, or None."""
        return max((s.start for s in self.mentions if s.start < at), default=None)

    def actor(self) -> Actor:
        return Actor(Actor.make_id(name_key=self.key), self.name, self.type, self.role)


class Members:
    """The actors of one report by the key of their names; read from its passages, and added to as sources name more."""

    def __init__(
        self, passages: Sequence[Passage], outlet: str | None = None, places: Sequence[PlaceMention] = ()
    ) -> None:
        self._place_at = {place.span.end: place for place in places}
        self.by_key: dict[str, Member] = {}
        self._surnames: dict[str, set[str]] = {}
        self._of_kin: set[str] = set()  # "his wife, Ilse Tolvik", after a Tolvik: the surname alone is not hers
        self._acronyms: dict[str, str] = {}
        self._by_word: dict[str, dict[str, Member]] = {}
        self._outlet = name_key(outlet) if outlet else None
        self._read_acronyms([e.text for p in passages for e in find_entities(p.doc)])
        self._spell_out("\n".join(p.text for p in passages))
        for passage in passages:
            self._read_names(passage)
        self._join_shorter()

    def _join_shorter(self) -> None:
        """A shorter name that stood before the full one: "Tolvik" in the headline, "Freedom Front" before "Freedom Front of Dorn"."""
        for key in list(self.by_key):
            member = self.by_key[key]
            fuller = self._surnames.get(key, set()) if member.type in _MAY_BE_SURNAME else set()
            if member.type is not ActorType.PERSON and " " in key and not self._is_joint(key):
                fuller = {k for k in self.by_key if k.startswith(key + " ") and not self._is_joint(k)}
            fuller = fuller & self.by_key.keys() - {key}
            if len(fuller) == 1 and member.proper:
                self._merge(member, self.by_key[next(iter(fuller))])

    def _merge(self, shorter: Member, fuller: Member) -> None:
        """All that is known of the one is known of the other."""
        del self.by_key[shorter.key]
        for called in self._by_word.values():
            if called.pop(shorter.key, None):
                called[fuller.key] = fuller
        fuller.mentions = sorted({*fuller.mentions, *shorter.mentions})
        fuller.subject_at |= shorter.subject_at
        fuller.roles |= shorter.roles
        fuller.role = fuller.role or shorter.role
        fuller.sex = fuller.sex or shorter.sex
        fuller.names = dict.fromkeys((*fuller.names, *shorter.names))
        for kind, weight in shorter.votes.items():
            fuller.vote(kind, weight if fuller.votes.get(kind) else 0.0)

    def _read_acronyms(self, names: Sequence[str]) -> None:
        """ "GM" beside "General Motors": capitals that are the initials of just one longer name of the report."""
        full: dict[str, set[str]] = {}
        for name in names:
            words = [w for w in re.findall(r"[\w’'-]+", name) if w[0].isupper() and w.lower() != "the"]
            short = [w for w in words if len(w) > 1 and w.isupper()]
            if len(words) >= 2 and len(short) in (0, len(words)):  # "UN" is not the "US Navy"
                full.setdefault("".join(w[0] for w in words), set()).add(
                    re.sub(r"^[Tt]he ", "", re.sub(r"['’]s$", "", name))
                )
        for name in names:
            meant = full.get(name.replace(".", ""), set()) if name.isupper() and len(name) <= 6 else set()
            if len({name_key(m) for m in meant}) == 1:
                self._acronyms[name_key(name)] = min(meant)

    def _spell_out(self, text: str) -> None:
        """ "the IDA" where "the Independent Doctors Association" stands in the text, whatever the recogniser made of it."""
        for short in sorted(set(re.findall(r"\b[A-Z]{3,6}\b", text)))[:_MAX_ACRONYMS]:
            joined = r"\s(?:(?:of|for|the|and|on|to|in)\s)*".join(rf"{c}[a-z’'-][A-Za-z’'-]*" for c in short)
            full = {name_key(match) for match in re.findall(rf"\b{joined}\b", text)}
            if len(full) == 1 and name_key(short) not in self._acronyms:
                match = re.search(rf"\b{joined}\b", text)
                self._acronyms[name_key(short)] = " ".join(match.group().split()) if match else short

    def all(self) -> list[Member]:
        return list(self.by_key.values())

    def called(self, *words: str) -> list[Member]:
        """The actors that have one of these words in their name or role."""
        return list({key: m for word in words for key, m in self._by_word.get(word, {}).items()}.values())

    def _index(self, member: Member) -> None:
        for word in (*member.key.split(), *member.roles):
            self._by_word.setdefault(word, {})[member.key] = member

    def unnamed(self, naming: Naming, span: Span) -> Member | None:
        """Begins the chain of somebody who has no name. None where somebody else of the report is called the same."""
        key = name_key(naming.name)
        if naming.proper or key in self.by_key:
            return None
        member = self.by_key[key] = Member(key, naming.name, None, proper=False, head=naming.head.lower())
        member.vote(naming.type, _BY_WORDS)
        member.mentions.append(span)
        self._index(member)
        return member

    def spoken_for(self, speaker: Member) -> Member:
        """Whose "we" a speaker says: a spokesman's or a chief's is the body's that his role names, the first of several."""
        if speaker.type not in (ActorType.PERSON, ActorType.UNKNOWN) or not speaker.roles & actor_words().person:
            return speaker
        role = f" {name_key(speaker.role or '')} "
        found: list[tuple[int, int, Member]] = []
        beside: list[Member] = []
        for member in self.all():
            body = member.type in (ActorType.ORGANIZATION, ActorType.UNKNOWN, ActorType.GROUP)
            if member.proper and member is not speaker and body:
                keys = {member.key, *map(name_key, member.names)}
                found += [(at, -len(key), member) for key in keys if (at := role.find(f" {key} ")) >= 0]
                beside += [member] if any(set(key.split()) <= speaker.roles for key in keys) else []
        if found:
            return min(found, key=lambda f: (f[0], f[1], f[2].key))[2]
        return beside[0] if len(beside) == 1 else speaker

    def _read_names(self, passage: Passage) -> None:
        doc = passage.doc
        for match in re.finditer(
            r"((?:[A-Z][\w’'-]+\s+(?:(?:of|for|the|and)\s+)*)+[A-Z][\w’'-]+)\s+\(([A-Z]{2,8})\)", passage.text
        ):
            name = re.sub(r"^The\s+", "", match.group(1))
            initials = "".join(w[0] for w in re.findall(r"[A-Z]\w*", name))
            if len(initials) >= 2 and match.group(2).endswith(initials):  # "the Red Cross (ICRC)"
                self._acronyms[name_key(match.group(2))] = name
            elif initials.endswith(match.group(2)):
                words = re.findall(r"\S+", name)
                capitals = [n for n, w in enumerate(words) if w[0].isupper()]
                start = capitals[len(capitals) - len(match.group(2))]
                self._acronyms[name_key(match.group(2))] = " ".join(words[start:])
        for named in (*find_entities(doc), *find_bodies(doc), *find_people(doc)):
            entity = named
            place = self._place_at.get(passage.span(entity.start_char, entity.end_char).end)
            if place is not None and entity.label_ == "PERSON" and len(place.name.split()) < len(entity):
                # "Norlandic Dorn" is a town that the text tells of as one, whatever the recogniser takes it for.
                entity = entity[-len(place.name.split()) :]
            head = entity.root
            naming = naming_of(head, list(entity))
            if naming.proper:
                key = name_key(naming.name)
                if _is_kin(entity) and key.split()[-1] in self.by_key:
                    self._of_kin.add(key)
                member = self.add(naming, passage.span(entity.start_char, entity.end_char))
                # By the word before it: the parse goes astray at "In Dorn, ministry spokeswoman Ilse Kell said".
                if place is not None and place.span == passage.span(entity.start_char, entity.end_char):
                    member.vote(ActorType.PLACE, _BY_PLACE)
                if entity.start and doc[entity.start - 1].lower_ in LOCATIVE:
                    member.vote(ActorType.PLACE, _BY_PLACE)
                elif head.dep_ in ("nsubj", "nsubjpass"):
                    member.subject_at.add(passage.start + entity.start_char)
                self._read_role(member, head, entity)
                self._index(member)

    @staticmethod
    def _read_role(member: Member, head: Token, entity: SpacySpan) -> None:
        """The words around a name that say who it is: "the provincial governor, Arn Tolvik", "Tolvik, a local official".

        The parse tells them where it holds; in text that lost its commas the nearest words do ("the Watch a monitoring group").
        """
        doc, common = head.doc, actor_words().common
        phrase = noun_phrase(head)
        if len(phrase) <= _MAX_ROLE and not any(doc[i].dep_ == "conj" for i in phrase):
            around = (doc[i] for i in phrase if not entity.start <= i < entity.end)
            member.roles.update(t.lower_ for t in around if t.is_alpha and not t.is_stop)
        if office := _office_before(head):
            member.roles.update(office)
            member.vote(ActorType.PERSON, _BY_WORDS)
        before = doc[max(0, entity.start - 2) : entity.start]
        if len(before) and before[-1].pos_ == "ADP":  # "the head of Dorn": Dorn is no head; in a report it may speak
            common = actor_words().document
        beside = before if not any(t.pos_ in ("VERB", "AUX") for t in before) else ()  # "a spokesman told Reuters"
        member.roles.update(t.lower_ for t in beside if t.lower_ in common and t.dep_ != "pobj")
        title = (
            entity[0].lower_
            if entity[0].lower_ in actor_words().honorifics
            else before[-1].lower_
            if len(before)
            else ""
        )
        member.sex = member.sex or _SEX.get(title.rstrip("."), "")
        if (title in actor_words().honorifics or title in actor_words().person) and entity[0].text[:1].isupper():
            # "Governor Arn Tolvik", "Ms Kell", whatever the recogniser takes the name for
            member.vote(ActorType.PERSON, _BY_WORDS)
        after = doc[entity.end : entity.end + _APPOSITION]
        if len(after) and (after[0].text == "," or after[0].lower_ in ("a", "an")):
            opening = after[1:2] if after[0].text == "," else after[0:1]
            if len(opening) and opening[0].lower_ in ("a", "an", "the"):
                words = list(_until_clause(after[1:]))
                follows = doc[words[-1].i + 1] if words and words[-1].i + 1 < len(doc) else None
                # "in Dorn, the rescue service said": the next speaker, no apposition.
                if words and (follows is None or follows.pos_ not in ("VERB", "AUX")):
                    member.roles.update(t.lower_ for t in words if t.is_alpha and not t.is_stop)

    def _is_joint(self, key: str) -> bool:
        """ "the Freedom Front and the River Guard": two said together, and no fuller name of either."""
        return " and " in key and self.by_key[key].type is ActorType.GROUP

    def add(self, naming: Naming, span: Span) -> Member:
        key = _without_form(name_key(naming.name))
        key = _without_form(name_key(self._acronyms.get(key, key)))
        words = key.split()
        kind = naming.type
        if len(words) >= 2 and kind is ActorType.PERSON:
            if key not in self._of_kin:
                self._surnames.setdefault(words[-1], set()).add(key)
        elif (
            len(words) == 1
            and key in self._surnames
            and kind in (ActorType.PERSON, ActorType.UNKNOWN, ActorType.ORGANIZATION)
        ):
            full = self._surnames[key]
            if len(full) == 1:
                key = next(iter(full))
                kind = ActorType.PERSON
        elif len(words) == 1 and key.endswith("s") and key not in self._surnames and key[:-1] in self._surnames:
            full = self._surnames[key[:-1]]  # "Akidis words": an apostrophe that was lost
            key, kind = (next(iter(full)), ActorType.PERSON) if len(full) == 1 else (key, kind)
        if kind is not ActorType.PERSON and len(words) >= 2:
            longer = [k for k in self.by_key if k.startswith(key + " ") and not self._is_joint(k)]
            key = longer[0] if len(longer) == 1 else key  # "Freedom Front" for "Freedom Front of Dorn"
            # … and the other way round, where the shorter one came first.
            shorter = [k for k in self.by_key if " " in k and key.startswith(k + " ") and not naming.role]
            joint = kind is ActorType.GROUP and " and " in key
            key = shorter[0] if key not in self.by_key and len(shorter) == 1 and not joint else key
        if kind is ActorType.ORGANIZATION and len(words) == 1 and key in actor_words().organization:
            longer = [k for k, m in self.by_key.items() if key in k.split() and m.last_before(span.start) is not None]
            key = max(longer, key=lambda k: (self.by_key[k].last_before(span.start) or 0, k)) if longer else key
        member = self.by_key.get(key)
        if member is None:
            name = self._acronyms.get(name_key(naming.name), naming.name)
            member = self.by_key[key] = Member(key, name, naming.role, naming.proper, naming.head.lower())
            if key == self._outlet:
                member.vote(ActorType.ORGANIZATION, 2 * _BY_WORDS)
        if span not in member.mentions:
            weight = _BY_WORDS if naming.sure else _BY_LABEL if len(words) > 1 else _BY_LABEL_ALONE
            member.vote(kind, weight)
        if naming.role:
            member.roles.update(w.lower() for w in re.findall(r"[\w-]+", naming.role))
            if member.role is None or (len(naming.role) > len(member.role) and len(naming.role.split()) <= 8):
                member.role = naming.role
        if span not in member.mentions:
            member.mentions.append(span)
        member.names.setdefault(naming.name)
        self._index(member)
        return member


# Words at the end of a company's name that tell its legal form, and that the report leaves out when it names it again.
_FORMS = re.compile(r" (?:inc|incorporated|corp|corporation|ltd|limited|llc|plc|ag|gmbh|nv|n v|s a|s p a|se|kk|k k)$")


def _without_form(key: str) -> str:
    """ "Kolm Steel Corp." and "Kolm Steel" are one.

    >>> _without_form("kolm steel corp")
    'kolm steel'
    """
    return _FORMS.sub("", key)


_KIN = frozenset(
    "wife husband son daughter brother sister father mother widow widower niece nephew cousin lady spouse".split()
)


def _is_kin(entity: SpacySpan) -> bool:
    """ "his wife, Ilse Tolvik", "the governor's brother Arn Kell", "first lady Ilse Tolvik"."""
    before = entity.doc[max(0, entity.start - 4) : entity.start]
    return any(t.lower_ in _KIN for t in before) or entity[0].lower_ in _KIN


def _office_before(head: Token) -> set[str]:
    """ "the governor of Dorn, Ivo Kell": the parse sets the name beside the place, whose name it cannot be."""
    place = head.head
    if (
        head.dep_ != "appos"
        or (head.pos_ != "PROPN" or head.ent_type_ == "GPE")
        or place.dep_ != "pobj"
        or place.head.lower_ not in ("of", "for")
    ):
        return set()
    office = place.head.head
    if office.lemma_.lower() not in actor_words().person:
        return set()
    return {t.lower_ for t in (office, *office.lefts) if t.is_alpha and not t.is_stop}


def _until_clause(tokens: Iterable[Token]) -> Iterator[Token]:
    """An apposition up to its noun: it ends with the first word that names a kind of actor, or where a clause begins."""
    for token in tokens:
        if token.pos_ in ("VERB", "AUX", "ADP", "SCONJ") or token.lower_ in ("who", "which", "that"):
            return
        yield token
        if token.lower_ in actor_words().common:
            return


class RepeatedNames:
    """Names of the report where the recogniser passed over them: the same words, and no part of a longer name."""

    def __init__(self, members: Members) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], Member]]] = {}
        for member in members.all():
            for name in member.names if member.proper else ():
                words = tuple(name.split())
                if words and len(name) > 2 and words[0][:1].isupper() and words[0].lower() not in actor_words().common:
                    self._by_first.setdefault(words[0], []).append((words, member))
        for same in self._by_first.values():
            same.sort(key=lambda s: -len(s[0]))

    def within(self, doc: Doc, taken: set[int]) -> Iterator[tuple[SpacySpan, Member]]:
        """Each such name outside the tokens ``taken``, which grow by it."""
        for token in doc:
            for words, member in self._by_first.get(token.text, ()) if token.i not in taken else ():
                found = doc[token.i : token.i + len(words)]
                if tuple(t.text for t in found) == words and not _goes_on(found):
                    taken.update(t.i for t in found)
                    yield found, member
                    break


def _goes_on(name: SpacySpan) -> bool:
    """Whether capitals beside a name make it part of a longer one; an office does not ("Kolm President Ivo Kell")."""
    doc = name.doc
    beside = (*doc[max(0, name.start - 1) : name.start], *doc[name.end : name.end + 1])
    return any(t.text[:1].isupper() and t.pos_ == "PROPN" and t.lower_ not in actor_words().person for t in beside)
