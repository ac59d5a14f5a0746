"""Who a source is: names, roles, pronouns and descriptions of one report brought to one actor each.

`cast` reads whom the report names; `reference` tells whom a pronoun or a description stands for; when nothing fits, a source stays
what it is, and is never forced onto a name.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from sayso.extract.carriers import is_channel
from sayso.extract.cast import Member, Members
from sayso.extract.issuers import issuer
from sayso.extract.mentions import Words, add_mentions
from sayso.extract.names import Naming, actor_words, name_beside, naming_of
from sayso.extract.parse import Passage, text_of
from sayso.extract.phrases import noun_phrase
from sayso.extract.reference import of_description, of_pronoun
from sayso.model import Actor, ActorChain, ActorType, PlaceMention, Statement

if TYPE_CHECKING:
    from spacy.tokens import Token


_BESIDE = 70  # characters behind a description in which a call sign is looked for


class Cast:
    """The actors of one report. Made from its passages, then asked for each source in the order of the text."""

    def __init__(
        self,
        passages: Sequence[Passage],
        outlet: str | None = None,
        places: Sequence[PlaceMention] = (),
        *,
        writer: Actor | None = None,
        of_channel: bool = False,
    ) -> None:
        """``writer`` is who wrote the report, where it says so; ``of_channel`` that it is the owner of the channel it stands in."""
        self._members = Members(passages, outlet, places)
        self._writer = writer
        self._of_channel = of_channel
        self._passages = passages
        self._quotes = any(passage.quotations for passage in passages)
        self._last_speaker: Member | None = None
        self._last_person: Member | None = None
        self._spoke: list[tuple[int, Member]] = []

    def speaker(self, passage: Passage, source: tuple[int, ...], *, outer: tuple[int, ...] = ()) -> Actor | None:
        """The actor of a source phrase (token indices of the passage), or None for an empty one.

        ``outer`` is the source of the words in which this one stands: "I" and "we" are its own. Must be called in the
        order of the text: a pronoun refers back to earlier calls.
        """
        if not source:
            return None
        doc = passage.doc
        phrase = [doc[i] for i in source]
        span = passage.span(phrase[0].idx, phrase[-1].idx + len(phrase[-1]))
        head = _head(phrase)
        if head.lower_ in actor_words().we and len(phrase) == 1:
            return self._oneself(head, passage, outer)
        member: Member | None
        if head.lower_ in ("who", "which", "that") and head.pos_ in ("PRON", "DET"):
            member = _antecedent(head, passage, self._members)
        elif head.lower_ in actor_words().pronouns:
            member = of_pronoun(head, span.start, passage, self._members, self._last_speaker)
        else:
            naming = naming_of(head, phrase)
            called = None if naming.proper else name_beside(passage.text[phrase[0].idx : phrase[-1].idx + _BESIDE])
            if called is not None:
                naming = Naming(called, ActorType.PERSON, naming.name, proper=True, head=naming.head)
            known = None
            if naming.type is ActorType.DOCUMENT and naming.definite and " " not in naming.name:
                known = issuer(head, passage, self._passages, self._members)
            if known is None and not naming.proper:
                known = of_description(naming, span.start, passage.kind, self._members, self._last_speaker)
            member = known or self._members.add(naming, span)
        if member is None or head.lower_ == "you":
            return Actor(Actor.make_id(name_key=head.lower_), head.text, ActorType.UNKNOWN)
        if span not in member.mentions:
            member.mentions.append(span)
        self._spoke.append((span.start, member))
        if outer:  # "Kell said Orm thought it right. “We go on,” he added": whoever is spoken of in the words of another does not go on
            member.subject_at -= {at for at in member.subject_at if span.start <= at < span.end}
            return member.actor()
        member.subject_at.add(span.start)
        member.spoke_at = span.start
        self._last_speaker = member
        if member.type is ActorType.PERSON or (member.type is ActorType.UNKNOWN and member.proper):
            self._last_person = member
        return member.actor()

    def _oneself(self, head: Token, passage: Passage, outer: tuple[int, ...]) -> Actor:
        """ "I", "we": whoever speaks the words they stand in. Where a report sets speech in marks, outside of them it is who wrote it."""
        if outer and not {passage.doc[i].lower_ for i in outer} & actor_words().we:
            speaker = self.speaker(passage, outer)
            if speaker is not None:
                return speaker
        if self._quotes and not _in_quotes(head, passage):
            return self._of_the_writer(head) or _unnamed(head)
        last = self._last_speaker
        if head.lower_ in _ALONE or (last is not None and last.type is ActorType.GROUP and not last.proper):
            last = self._last_person or last
        if last is not None and not _spoken_to(last, head) and not _spoken_of(last, head, passage):
            return last.actor()
        return self._of_the_writer(head) or _unnamed(head)

    def _of_the_writer(self, head: Token) -> Actor | None:
        """Who says "I" where nobody is quoted: the one who wrote the report; in a channel "we" is its owner as well."""
        writer = self._writer
        if writer is None or _marks_open(head) or (head.lower_ not in _ALONE and not self._of_channel):
            return None
        words = writer.name.casefold().split()
        for member in self._members.all():
            name = member.key.split()
            if member.proper and member.type is ActorType.PERSON and words[-len(name) :] == name:
                return member.actor()
        return writer

    def chains(self, statements: Iterable[Statement]) -> tuple[ActorChain, ...]:
        """Every actor of the report that is named, spoke or is spoken of again, with all its mentions, in order of appearance.

        ``statements`` are all of the report: who says what tells whose "we" a quotation's is.
        """
        spoken = [(span, s.actor.id) for s in statements if s.actor for span in s.content]
        wanted = {actor for _, actor in spoken}
        by_id = {Actor.make_id(name_key=m.key): m for m in self._members.all()}
        said = [Words(span, by_id[actor]) for span, actor in spoken if actor in by_id]
        add_mentions(self._passages, self._members, said, self._spoke)
        chains = [
            ActorChain(m.actor(), tuple(sorted(m.mentions)), tuple(m.names))
            for m in self._members.all()
            if m.mentions and (m.proper or len(m.mentions) > 1 or Actor.make_id(name_key=m.key) in wanted)
        ]
        return tuple(sorted(chains, key=lambda c: (c.mentions[0], c.actor.id)))


_ALONE = ("i", "me", "my", "myself")


def _unnamed(head: Token) -> Actor:
    return Actor(Actor.make_id(name_key="we"), head.text, ActorType.UNKNOWN)


def _in_quotes(head: Token, passage: Passage) -> bool:
    """Whether a token stands in a quotation, one that is never closed too."""
    return _marks_open(head) or any(q.outer.start <= head.idx < q.outer.end for q in passage.quotations)


def _marks_open(head: Token) -> bool:
    """Whether quotation marks are open before a token, within its paragraph."""
    before = text_of(head.doc)[: head.idx]
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1


def _antecedent(pronoun: Token, passage: Passage, members: Members) -> Member | None:
    """Whom "who" or "which" goes back to: the noun phrase that stands right before it."""
    doc = pronoun.doc
    for i in range(pronoun.i - 1, max(-1, pronoun.i - 4), -1):
        if doc[i].pos_ in ("NOUN", "PROPN"):
            head = _posted(doc[i]) or doc[i]
            while head.head.i != head.i and head.head.pos_ in ("NOUN", "PROPN") and head.head.i < pronoun.i:
                head = head.head
            phrase = [doc[n] for n in noun_phrase(head) if n < pronoun.i]
            phrase = phrase if head.i > pronoun.i - 4 else [t for t in phrase if t.i <= head.i]
            if phrase:
                last = phrase[-1]
                return members.add(naming_of(head, phrase), passage.span(phrase[0].idx, last.idx + len(last)))
    return None


def _posted(noun: Token) -> Token | None:
    """ "posted a video on Telegram that shows …": the video shows it, not the place where it was posted."""
    governor = noun.head.head
    if noun.dep_ != "pobj" or governor.pos_ != "VERB" or not is_channel(noun.text):
        return None
    return next((c for c in governor.children if c.dep_ == "dobj" and c.i < noun.i), None)


def _spoken_to(member: Member, subject: Token) -> bool:
    """ "I asked Kell": whoever asks is not the one who is asked."""
    name = set(member.key.split())
    return any(c.dep_ in ("dobj", "iobj", "dative") and c.lower_ in name for c in subject.head.children)


def _spoken_of(member: Member, pronoun: Token, passage: Passage) -> bool:
    """ "I wonder if I would be as strong as Stanley": whoever is named behind an "I" of the same sentence is not the one who says it."""
    start, end = passage.start + pronoun.idx, passage.start + pronoun.sent.end_char
    return any(start < mention.start < end for mention in member.mentions)


def _head(phrase: Sequence[Token]) -> Token:
    """The token of a phrase that governs the others."""
    inside = {t.i for t in phrase}
    for token in phrase:
        governs = token.head.i == token.i or token.head.i not in inside
        if governs and token.pos_ in ("NOUN", "PROPN", "PRON", "NUM", "DET", "ADJ"):
            return token
    return phrase[-1]
