"""Who a source is: names, roles, pronouns and descriptions of one report brought to one actor each.

The cast of a report is read in the order of its text. A pronoun or a description goes to the last fitting actor
before it; when nothing fits it stays what it is, and is never forced onto a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sayso.extract.attribution import noun_phrase
from sayso.extract.names import Naming, actor_words, name_key, naming_of
from sayso.extract.parse import Passage
from sayso.model import Actor, ActorChain, ActorType, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as SpacySpan

# How far back a pronoun looks, in characters. News prose renames its speaker every paragraph or two.
_PRONOUN_REACH = 1_500
_COLLECTIVE = (ActorType.ORGANIZATION, ActorType.GROUP, ActorType.PLACE, ActorType.UNKNOWN)
_MESSAGES = {"message", "statement", "post", "video", "letter", "tweet", "release", "memo", "email"}
_BODY_WORDS = {"group", "organization", "organisation", "movement", "militia"}
# What stands in one of these is a place, whatever the entity recogniser takes an unknown name for.
_LOCATIVE = {
    "in",
    "at",
    "near",
    "outside",
    "inside",
    "around",
    "across",
    "into",
    "toward",
    "towards",
    "through",
    "throughout",
}
# How much a mention says of what kind its actor is: a title or office tells, a label of the recogniser hints, and least
# for a single word, where the small model is right about half of the time (STACK figures: "Belgorod" 1 time in 6).
_MAX_DESCRIPTION = 5  # words of a description that may stand for somebody who is named elsewhere
_APPOSITION = 8  # tokens after a name in which the noun of an apposition is looked for
_MAX_ROLE = 18  # tokens; a longer noun phrase carries clauses that tell of other things
_BY_WORDS, _BY_PLACE, _BY_LABEL, _BY_LABEL_ALONE = 4.0, 1.5, 1.0, 0.5


@dataclass
class _Member:
    """One actor of the report while it is being read."""

    key: str
    name: str
    role: str | None = None
    proper: bool = True
    votes: dict[ActorType, float] = field(default_factory=dict)
    mentions: list[Span] = field(default_factory=list)
    subject_at: set[int] = field(default_factory=set)  # where a mention is the subject of its clause
    names: dict[str, None] = field(default_factory=dict)
    roles: set[str] = field(default_factory=set)
    spoke_at: int = -1

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


class Cast:
    """The actors of one report. Made from its passages, then asked for each source in the order of the text."""

    def __init__(self, passages: Sequence[Passage], outlet: str | None = None) -> None:
        self._members: dict[str, _Member] = {}
        self._last_speaker: _Member | None = None
        self._surnames: dict[str, set[str]] = {}
        self._acronyms: dict[str, str] = {}
        self._outlet = name_key(outlet) if outlet else None
        for passage in passages:
            self._read_names(passage)

    # -- the names of the text ----------------------------------------------------------------------

    def _read_names(self, passage: Passage) -> None:
        doc = passage.doc
        for match in re.finditer(
            r"((?:[A-Z][\w’'-]+\s+(?:(?:of|for|the|and)\s+)*)+[A-Z][\w’'-]+)\s+\(([A-Z]{2,8})\)", doc.text
        ):
            initials = "".join(w[0] for w in re.findall(r"[A-Z]\w*", match.group(1)))
            if initials.endswith(match.group(2)) or initials == match.group(2):
                words = re.findall(r"\S+", match.group(1))
                capitals = [n for n, w in enumerate(words) if w[0].isupper()]
                start = capitals[len(capitals) - len(match.group(2))]
                self._acronyms[name_key(match.group(2))] = " ".join(words[start:])
        for entity in _entities(doc):
            head = entity.root
            naming = naming_of(head, list(entity))
            if naming.proper:
                member = self._member(naming, passage.span(entity.start_char, entity.end_char))
                # By the word before it: the parse goes astray at "In Dorn, ministry spokeswoman Ilse Kell said".
                if entity.start and doc[entity.start - 1].lower_ in _LOCATIVE:
                    member.vote(ActorType.PLACE, _BY_PLACE)
                elif head.dep_ in ("nsubj", "nsubjpass"):
                    member.subject_at.add(passage.start + entity.start_char)
                self._read_role(member, head, entity)

    @staticmethod
    def _read_role(member: _Member, head: Token, entity: SpacySpan) -> None:
        """The words around a name that say who it is: "the provincial governor, Arn Tolvik", "Tolvik, a local official".

        The parse tells them where it holds; in text that lost its commas the nearest words do ("the Watch a monitoring group").
        """
        doc, common = head.doc, actor_words().common
        phrase = noun_phrase(head)
        if len(phrase) <= _MAX_ROLE and not any(doc[i].dep_ == "conj" for i in phrase):
            around = (doc[i] for i in phrase if not entity.start <= i < entity.end)
            member.roles.update(t.lower_ for t in around if t.is_alpha and not t.is_stop)
        before = doc[max(0, entity.start - 2) : entity.start]
        member.roles.update(t.lower_ for t in before if t.lower_ in common and t.dep_ != "pobj")
        after = doc[entity.end : entity.end + _APPOSITION]
        if len(after) and (after[0].text == "," or after[0].lower_ in ("a", "an")):
            opening = after[1:2] if after[0].text == "," else after[0:1]
            if len(opening) and opening[0].lower_ in ("a", "an", "the"):
                member.roles.update(t.lower_ for t in _until_clause(after[1:]) if t.is_alpha and not t.is_stop)

    def _member(self, naming: Naming, span: Span) -> _Member:
        key = name_key(naming.name)
        key = name_key(self._acronyms.get(key, naming.name))
        words = key.split()
        kind = naming.type
        if len(words) >= 2 and kind is ActorType.PERSON:
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
        if kind is not ActorType.PERSON and len(words) >= 2:
            longer = [k for k in self._members if k.startswith(key + " ")]
            key = longer[0] if len(longer) == 1 else key  # "Freedom Front" for "Freedom Front of Dorn"
        if kind is ActorType.ORGANIZATION and len(words) == 1 and key in actor_words().organization:
            longer = [k for k, m in self._members.items() if key in k.split() and m.last_before(span.start) is not None]
            key = max(longer, key=lambda k: (self._members[k].last_before(span.start) or 0, k)) if longer else key
        member = self._members.get(key)
        if member is None:
            name = self._acronyms.get(name_key(naming.name), naming.name)
            member = self._members[key] = _Member(key, name, naming.role, naming.proper)
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
        return member

    # -- the sources --------------------------------------------------------------------------------

    def speaker(self, passage: Passage, source: tuple[int, ...], *, speaks: bool = True) -> Actor | None:
        """The actor of a source phrase (token indices of the passage), or None for an empty one.

        Must be called in the order of the text: a pronoun refers back to earlier calls.
        """
        if not source:
            return None
        doc = passage.doc
        phrase = [doc[i] for i in source]
        span = passage.span(phrase[0].idx, phrase[-1].idx + len(phrase[-1]))
        head = _head(phrase)
        if head.lower_ in actor_words().we and len(phrase) == 1:
            last = self._last_speaker
            return (
                last.actor() if last is not None else Actor(Actor.make_id(name_key="we"), head.text, ActorType.UNKNOWN)
            )
        if head.lower_ in actor_words().pronouns or (head.pos_ == "PRON" and head.lower_ in ("who", "which", "that")):
            member = self._of_pronoun(head, span.start, passage)
            if member is None:
                return Actor(Actor.make_id(name_key=head.lower_), head.text, ActorType.UNKNOWN)
        else:
            naming = naming_of(head, phrase)
            member = self._of_description(naming, span.start) if not naming.proper else None
            if member is None:
                member = self._member(naming, span)
        if span not in member.mentions:
            member.mentions.append(span)
        member.subject_at.add(span.start)
        if speaks:
            member.spoke_at = span.start
            self._last_speaker = member
        return member.actor()

    def _of_pronoun(self, pronoun: Token, at: int, passage: Passage) -> _Member | None:
        """Whom a pronoun stands for: who is speaking in this paragraph; else the subject of the nearest sentence before it."""
        words = actor_words()
        personal = pronoun.lower_ in words.he | words.she
        people = [m for m in self._members.values() if m.type is ActorType.PERSON and m.last_before(at) is not None]
        unknown = [m for m in self._members.values() if m.type is ActorType.UNKNOWN]
        others = [m for m in self._members.values() if m.type in _COLLECTIVE]
        # "she" is a person's; a name that nothing tells to be a person's stands in only when there is no person.
        fitting = (people or unknown) if personal else others
        near = [(start, m) for m in fitting if (start := m.last_before(at)) is not None]
        near = [(start, m) for start, m in near if at - start <= _PRONOUN_REACH]
        here = [(start, m) for start, m in near if start >= passage.start]
        last = self._last_speaker
        if last is not None and last.spoke_at >= passage.start:
            if last.type in (ActorType.PERSON, ActorType.UNKNOWN) if personal else last.type in _COLLECTIVE:
                return last
            # "The ministry said … He added …": machine translation gives a body the wrong pronoun. With no
            # fitting actor in the paragraph, the one who is speaking goes on.
            if not here:
                return last
        if here:
            return self._subject_before(here, at, passage)
        if last is not None and any(m is last for _, m in near):
            return last
        pool = [(m.spoke_at, m) for _, m in near if m.spoke_at >= 0] or near
        return max(pool, key=lambda p: (p[0], p[1].key))[1] if pool else None

    def _subject_before(self, here: Sequence[tuple[int, _Member]], at: int, passage: Passage) -> _Member:
        """Of actors mentioned in the paragraph: the subject of the nearest sentence that names one, else its first."""
        for sentence in reversed([s for s in passage.doc.sents if passage.start + s.start_char < at]):
            start, end = passage.start + sentence.start_char, min(at, passage.start + sentence.end_char)
            named = sorted(
                (mention.start not in m.subject_at, mention.start, m.key)
                for _, m in here
                for mention in m.mentions
                if start <= mention.start < end
            )
            if named:
                return self._members[named[0][2]]
        return max(here, key=lambda p: (p[0], p[1].key))[1]

    def _of_description(self, naming: Naming, at: int) -> _Member | None:
        """ "the governor", "a monitoring group": the last actor before it who bears that word, else the only one after it.

        Leads say "the governor said" and name the governor further down. Words beside the head must fit: "the Dornish
        minister" is not the Belmark one.
        """
        if naming.type is ActorType.DOCUMENT and naming.head in _MESSAGES and " " not in naming.name:
            speaker = self._last_speaker
            return speaker if speaker is not None and at - speaker.spoke_at <= _PRONOUN_REACH else None
        words = [w for w in re.findall(r"[\w-]+", naming.name) if len(w) > 2]
        head = naming.head.lower()
        many = naming.type is ActorType.GROUP and head not in _BODY_WORDS  # "officials": never one of those named
        if many or len(words) > _MAX_DESCRIPTION:
            return None

        def bears(member: _Member) -> bool:
            own = member.roles | set(member.key.split())
            named = all(w.lower() in own for w in words if w[0].isupper() and w.lower() != head)
            return named and (head in own or head + "s" in own)

        bearing = [m for m in self._members.values() if m.proper and bears(m)]
        nameless = [m for m in self._members.values() if not m.proper and bears(m) and m.last_before(at) is not None]
        if naming.definite and not bearing and nameless:
            return max(nameless, key=lambda m: (m.last_before(at) or 0, m.key))  # "a witness … The witness"
        if (
            naming.definite
            and head == "source"
            and not bearing
            and self._last_speaker
            and not self._last_speaker.proper
        ):
            return self._last_speaker
        if not bearing and head in _BODY_WORDS and naming.definite:
            bearing = [
                m for m in self._members.values() if m.proper and set(m.key.split()) & actor_words().armed_or_civic
            ]
        before = [(last, m) for m in bearing if (last := m.last_before(at)) is not None]
        if before and naming.definite:
            return max(before, key=lambda p: (p[0], p[1].key))[1]
        alone = len(bearing) == 1 and (naming.definite or len(words) == 1)
        return bearing[0] if alone and (naming.definite or head not in _BODY_WORDS) else None

    def chains(self, used: Iterable[str]) -> tuple[ActorChain, ...]:
        """Every actor of the report that has a proper name or spoke, with all its mentions, in order of appearance."""
        wanted = set(used)
        chains = [
            ActorChain(m.actor(), tuple(sorted(m.mentions)), tuple(m.names))
            for m in self._members.values()
            if m.mentions and (m.proper or Actor.make_id(name_key=m.key) in wanted)
        ]
        return tuple(sorted(chains, key=lambda c: (c.mentions[0], c.actor.id)))


def _until_clause(tokens: Iterable[Token]) -> Iterator[Token]:
    """An apposition up to its noun: it ends with the first word that names a kind of actor, or where a clause begins."""
    for token in tokens:
        if token.pos_ in ("VERB", "AUX", "ADP", "SCONJ") or token.lower_ in ("who", "which", "that"):
            return
        yield token
        if token.lower_ in actor_words().common:
            return


_PARTICLE = re.compile(r"\s(?:[Aa]l|[Ee]l|[Bb]in|[Ii]bn|[Aa]bu|[Dd]e|[Dd]a|[Vv]an|[Vv]on)?[\s-]*")


def _entities(doc: Doc) -> Iterator[SpacySpan]:
    """People, bodies and places of a doc; two pieces of one name ("Talal" and "Barazi" of "Talal al-Barazi") as one."""
    wanted = [e for e in doc.ents if e.label_ in ("PERSON", "ORG", "GPE")]
    at = 0
    while at < len(wanted):
        first, last = wanted[at], wanted[at]
        while at + 1 < len(wanted):
            following = wanted[at + 1]
            gap = doc.text[last.end_char : following.start_char]
            compound = not gap.strip() and last.root.dep_ == "compound" and last.root.head.i == following.root.i
            if first.label_ != "PERSON" or not (compound or (gap.strip() and _PARTICLE.fullmatch(gap))):
                break
            at += 1
            last = wanted[at]
        yield first if first is last else doc[first.start : last.end]
        at += 1


def _head(phrase: Sequence[Token]) -> Token:
    """The token of a phrase that governs the others."""
    inside = {t.i for t in phrase}
    for token in phrase:
        governs = token.head.i == token.i or token.head.i not in inside
        if governs and token.pos_ in ("NOUN", "PROPN", "PRON", "NUM", "DET", "ADJ"):
            return token
    return phrase[-1]
