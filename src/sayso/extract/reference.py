"""Whom a pronoun or a description stands for, among the actors of the report (`cast`).

A pronoun looks back: one that speaks ("he said") to whoever speaks in its paragraph, any other to the most salient noun of the last
sentences. For the speakers of our own corpus salience alone is right no more often (74.3 % of 490, 2026-11), so both are kept; which
nouns a pronoun can agree with is asked in one place. A description ("the governor", "a monitoring group") looks back first, and
forward where only one actor of the report bears its word, as leads name the office and later paragraphs its holder. When nothing
fits, nobody is chosen.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from sayso.extract.carriers import carrier_kind as carrier_kind_of
from sayso.extract.cast import Member, Members
from sayso.extract.names import BUSINESS, PRESS, Naming, actor_words
from sayso.extract.parse import Passage
from sayso.extract.salience import Nominal, agree, of_sex
from sayso.model import ActorType, BlockKind

if TYPE_CHECKING:
    from spacy.tokens import Token

# How far back a pronoun looks, in characters. News prose renames its speaker every paragraph or two.
_REACH = 1_500
_LEAD = 700  # characters in which whoever an indefinite description ("a judge in Ostra") means may be named
_MAX_DESCRIPTION = 5  # words of a description that may stand for somebody who is named elsewhere
_COLLECTIVE = (ActorType.ORGANIZATION, ActorType.GROUP, ActorType.PLACE, ActorType.UNKNOWN, ActorType.DOCUMENT)
_MESSAGES = frozenset("message statement post video letter tweet release memo email".split())
_BODY_WORDS = frozenset("group organization organisation movement militia".split())
# A body that watches others: "a monitoring group" for the Dorn Observatory for Human Rights.
_WATCHING = frozenset("monitor monitoring watchdog rights human-rights war-monitor".split())
_WATCHERS = frozenset("observatory watch monitor monitoring rights amnesty network".split())
_WATCHER_HEADS = frozenset("monitor watchdog group organisation organization network body ngo".split())
_RIGHTS = frozenset("human war conflict independent opposition local based".split())
_PUBLIC = frozenset("ministry police court government army council parliament commission department office".split())


carrier_kind = lru_cache(maxsize=4096)(carrier_kind_of)  # asked of every body of a report for each "the newspaper"


def of_pronoun(pronoun: Token, at: int, passage: Passage, members: Members, last: Member | None) -> Member | None:
    """Whom a pronoun that speaks stands for: the subject above its relative clause; else who is speaking in this paragraph; else the
    subject of the nearest sentence before it."""
    if (above := _above(pronoun, passage, members)) is not None:
        return above
    words = actor_words()
    personal = pronoun.lower_ in words.he | words.she
    possible = [m for m in members.all() if not personal or of_sex(m, pronoun.lower_)]
    people = [m for m in possible if m.type is ActorType.PERSON and m.last_before(at) is not None]
    unknown = [m for m in possible if m.type is ActorType.UNKNOWN]
    others = [m for m in members.all() if m.type in _COLLECTIVE]
    # "she" is a person's; a name that nothing tells to be a person's stands in only when there is no person.
    spoken = [m for m in unknown if m.proper and m.spoke_at >= 0]  # "Caesar": whoever speaks under one name
    fitting = ([*people, *spoken] or unknown) if personal else others
    near = [(start, m) for m in fitting if (start := m.last_before(at)) is not None and at - start <= _REACH]
    here = [(start, m) for start, m in near if start >= passage.start]
    if last is not None and personal and not of_sex(last, pronoun.lower_) and people:
        last = None
    if last is not None and personal and last.type is ActorType.UNKNOWN and not last.proper:
        # "a shareholder", "the findings": no "he" where somebody who is known for a person spoke in the paragraph.
        spoke = [m for m in people if m.spoke_at >= passage.start]
        last = max(spoke, key=lambda m: (m.spoke_at, m.key)) if spoke else last
    if personal and last is not None and (introduced := _introduced_since(last, here, at)) is not None:
        return introduced
    if last is not None and last.spoke_at >= passage.start:
        if last.type in (ActorType.PERSON, ActorType.UNKNOWN) if personal else last.type in _COLLECTIVE:
            return last
        # "The ministry said … He added …": machine translation gives a body the wrong pronoun. With no
        # fitting actor in the paragraph, the one who is speaking goes on.
        if not here:
            return last
    if here:
        return _subject_before(here, at, passage, members)
    if last is not None and any(m is last for _, m in near):
        return last
    pool = [(m.spoke_at, m) for _, m in near if m.spoke_at >= 0] or near
    return max(pool, key=lambda p: (p[0], p[1].key))[1] if pool else None


def _above(pronoun: Token, passage: Passage, members: Members) -> Member | None:
    """ "The Watch posted a video that it said was new": the subject of the sentence, for a pronoun in a relative clause of it."""
    clause = pronoun
    while clause.dep_ != "relcl" and clause.head.i != clause.i:
        clause = clause.head
    verb = clause.head
    while verb.pos_ not in ("VERB", "AUX") and verb.head.i != verb.i:
        verb = verb.head
    subject = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass") and c.i < clause.left_edge.i), None)
    if clause.dep_ != "relcl" or subject is None:
        return None
    at = passage.start + subject.idx
    named = [m for m in members.all() if any(s.start <= at < s.end and s.end <= at + len(subject) for s in m.mentions)]
    fitting = [m for m in named if agree(Nominal(subject, m.key, m, 0.0), pronoun) == 1]
    return fitting[0] if len(fitting) == 1 else None


def _introduced_since(last: Member, here: Sequence[tuple[int, Member]], at: int) -> Member | None:
    """ "The minister said … Mara Dorn, from Ostra, is one of them. She heard …": whom the paragraph names for the first time, in
    full and as the subject of a sentence, after all that it has of the last speaker."""
    spoken_of = max((m.start for m in last.mentions if m.start < at), default=-1)
    new = [
        (m.mentions[0].start, m)
        for _, m in here
        if m is not last and " " in m.key and spoken_of < m.mentions[0].start and m.mentions[0].start in m.subject_at
    ]
    return max(new, key=lambda p: (p[0], p[1].key))[1] if new else None


def _subject_before(here: Sequence[tuple[int, Member]], at: int, passage: Passage, members: Members) -> Member:
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
            return members.by_key[named[0][2]]
    return max(here, key=lambda p: (p[0], p[1].key))[1]


def of_description(
    naming: Naming, at: int, kind: BlockKind, members: Members, last: Member | None, near: Sequence[Member] = ()
) -> Member | None:
    """Whom a description stands for. Words beside its head must fit: "the Dornish minister" is not the Belmark one.

    Of several that are named before it, the first of ``near``, else whoever spoke last, else the last one named.
    """
    head = naming.head.lower()
    if naming.type is ActorType.DOCUMENT and head in _MESSAGES and " " not in naming.name:
        return last if last is not None and at - last.spoke_at <= _REACH else None
    words = [w for w in re.findall(r"[\w-]+", naming.name) if len(w) > 2 and not w.lower().endswith("-based")]
    many = naming.type is ActorType.GROUP and head not in _BODY_WORDS  # "officials": never one of those named
    if many or len(words) > _MAX_DESCRIPTION:
        return None
    definite = naming.definite or kind is BlockKind.HEADLINE  # headlines drop the article
    if _watches(head, words):
        return _watcher(at, members, definite=definite)
    called = [m for m in members.called(head, head + "s", *actor_words().wider.get(head, ())) if _bears(m, head, words)]
    # "the source" is nobody's name: whoever is called by it ("told Sputnik, a source said") stays beside it.
    bearing = [m for m in called if m.proper and head != "source" and _one_kind(m, naming)]
    if not bearing and definite:
        # "the group" is no "videos released by the group".
        nameless = [m for m in called if not m.proper and m.head == head]
        earlier = [m for m in nameless if m.last_before(at) is not None]
        if earlier:
            return max(earlier, key=lambda m: (m.last_before(at) or 0, m.key))  # "a witness … The witness"
        if head == "source" and last is not None and not last.proper:
            return last
        if len(words) == 1:
            bearing = _unnamed_kind(head, members)
    before = [(start, m) for m in bearing if (start := m.last_before(at)) is not None]
    if before and definite:
        nearest = next((m for m in near if any(m is b for _, b in before)), None)
        if nearest is not None:
            return nearest
        spoke = [(start, m) for start, m in before if m.spoke_at >= 0]
        return max(spoke or before, key=lambda p: (p[0], p[1].key))[1]
    if before or len(bearing) != 1 or (head in _BODY_WORDS and not definite):
        return None
    return bearing[0] if definite or len(words) == 1 or at < _LEAD else None


def _watches(head: str, words: Sequence[str]) -> bool:
    """ "a monitor", "the Britain-based rights group"; a watchdog for chemical weapons watches something else."""
    beside = {w.lower() for w in words} - {head}
    other = {w.lower() for w in words if not w[0].isupper()} - {head} - _WATCHING - _RIGHTS
    return head in _WATCHER_HEADS and not other and (head in ("monitor", "watchdog", "ngo") or bool(beside & _WATCHING))


def _watcher(at: int, members: Members, *, definite: bool) -> Member | None:
    """The body that watches others: for "the monitor" the last one named; for "a monitor" the only one near by, before or behind,
    or the one named most often."""
    watching = [
        m
        for m in members.all()
        if m.proper and set(m.key.split()) & _WATCHERS and m.type is not ActorType.PLACE and not carrier_kind(m.name)
    ]
    named = [(start, m) for m in watching if (start := m.last_before(at)) is not None]
    if definite and named:
        return max(named, key=lambda p: (p[0], p[1].key))[1]
    # "the Observatory" counts for the one whose whole name holds it.
    watching = [m for m in watching if not any(set(m.key.split()) < set(o.key.split()) for o in watching)]
    watching = [m for m in watching if any(abs(mention.start - at) <= _LEAD for mention in m.mentions)]
    watching.sort(key=lambda m: (-len(m.mentions), m.key))
    sole = len(watching) == 1 or (watching and len(watching[0].mentions) > len(watching[1].mentions))
    return watching[0] if sole else None


def _one_kind(member: Member, naming: Naming) -> bool:
    """A person is no body: "the rescue service" is not the man who leads it."""
    person, body = ActorType.PERSON, (ActorType.ORGANIZATION, ActorType.GROUP)
    if naming.head.lower() in _BODY_WORDS and (member.type is ActorType.PLACE or carrier_kind(member.name)):
        return False  # "the group" is neither a country nor a news agency
    return not ((naming.type in body and member.type is person) or (naming.type is person and member.type in body))


def _bears(member: Member, head: str, words: Sequence[str]) -> bool:
    """Whether an actor is called by the word ``head``, and by every capitalised word beside it."""
    own = member.roles | set(member.key.split())
    named = all({w.lower(), _without_s(w)} & own for w in words if w[0].isupper() and w.lower() != head)
    wider = actor_words().wider.get(head, ())
    return named and (head in own or head + "s" in own or any(word in member.roles for word in wider))


def _without_s(word: str) -> str:
    """ "the UNs envoy": an apostrophe that was lost."""
    return word[:-1].lower() if word.endswith("s") and word[:-1].isupper() else word.lower()


def _unnamed_kind(head: str, members: Members) -> list[Member]:
    """Actors that a word for their kind may mean though no name or role holds it."""
    if head in _BODY_WORDS:
        return [
            m
            for m in members.all()
            if m.proper and set(m.key.split()) & actor_words().armed_or_civic and not carrier_kind(m.name)
        ]
    bodies = [m for m in members.all() if m.proper and m.type in (ActorType.ORGANIZATION, ActorType.UNKNOWN)]
    if head in PRESS:
        return [m for m in bodies if carrier_kind(m.name) is not None]
    if head in BUSINESS:
        return [m for m in bodies if carrier_kind(m.name) is None and not set(m.key.split()) & _PUBLIC]
    return []
