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
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from sayso.extract.carriers import carrier_kind as carrier_kind_of
from sayso.extract.cast import Member, Members
from sayso.extract.names import Naming, actor_words
from sayso.extract.parse import Passage
from sayso.extract.phrases import speaks, subject_of
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
# Words for a body that its name need not hold: "the company" for Kolm Steel, "the newspaper" for the Ostra Herald.
BUSINESS = frozenset(
    """company firm airline bank operator manufacturer retailer carmaker automaker shipbuilder brewer developer utility owner
    charity club union foundation watchdog""".split()
)
PRESS = frozenset("newspaper paper broadcaster station channel magazine daily website site network".split())
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
    possible = [m for m in members.all() if not personal or _of_sex(m, pronoun.lower_)]
    people = [m for m in possible if m.type is ActorType.PERSON and m.last_before(at) is not None]
    unknown = [m for m in possible if m.type is ActorType.UNKNOWN]
    others = [m for m in members.all() if m.type in _COLLECTIVE]
    # "she" is a person's; a name that nothing tells to be a person's stands in only when there is no person.
    spoken = [m for m in unknown if m.proper and m.spoke_at >= 0]  # "Caesar": whoever speaks under one name
    fitting = ([*people, *spoken] or unknown) if personal else others
    near = [(start, m) for m in fitting if (start := m.last_before(at)) is not None and at - start <= _REACH]
    here = [(start, m) for start, m in near if start >= passage.start]
    if last is not None and personal and not _of_sex(last, pronoun.lower_) and people:
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
    fitting = [m for m in named if _agree(Nominal(subject, m.key, m, 0.0), pronoun) == 1]
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


# --- pronouns that speak for nobody: by salience ----------------------------------------------------

# How much a mention weighs for a pronoun behind it, after Lappin and Leass (1994): by its part in the sentence, halved with every
# sentence that lies between.
_RECENT, _SUBJECT, _OBJECT, _OBLIQUE, _FREE = 100, 80, 50, 40, 80
_ROLE = {"nsubj": _SUBJECT, "nsubjpass": _SUBJECT, "dobj": _OBJECT, "attr": _OBJECT, "pobj": _OBLIQUE, "poss": _OBLIQUE}
_BOUND = 100  # more for the subject of the clause that the pronoun stands in, or that of the clause above it
_GUESSED = 0.3  # a name that nothing tells to be a person's, for "he" and "she"
_MARGIN = 1.1  # by so much the first must outweigh the second, or nobody is chosen
_MEASURES = frozenset("DATE TIME PERCENT MONEY QUANTITY CARDINAL ORDINAL".split())
_REFLEXIVE = frozenset("itself themselves himself herself".split())
_MANY = frozenset("they them their theirs themselves".split())
_DOERS = (
    "er",
    "or",
    "ist",
    "ian",
    "ee",
)  # how nouns for people end; others too, which then stand in the way of a guess
_SHE = frozenset(
    "woman girl mother wife sister daughter queen spokeswoman chairwoman businesswoman mrs ms miss dame lady".split()
)
_HE = frozenset(
    "man boy father husband brother son king spokesman chairman businessman bishop pope mr sir lord".split()
)


@dataclass(frozen=True)
class Nominal:
    """A noun or pronoun that a later pronoun may go back to: of an actor's chain, or of one that nobody is known by."""

    token: Token
    key: str
    member: Member | None
    weight: float
    many: bool = False
    quoted: bool = False


def weight_of(token: Token) -> float:
    """What a mention weighs by its part in the sentence; less inside another noun's phrase."""
    head, owner = token, token
    while head.dep_ == "conj" and head.head.i != head.i:
        head = owner = head.head
    role = _ROLE.get(head.dep_, 0.0)
    while owner.dep_ in ("poss", "compound", "pobj", "prep", "nmod", "amod") and owner.head.i != owner.i:
        owner = owner.head
    free = owner is head or owner.pos_ in ("VERB", "AUX")
    return _RECENT + role + (_FREE if free else 0) - (5 if token.dep_ == "conj" else 0)


def most_salient(
    pronoun: Token, trail: Sequence[Sequence[Nominal]], *, quoted: bool = False, never: Member | None = None
) -> Nominal | None:
    """The nominal that a pronoun most likely goes back to, among those of the last sentences (the present one last).

    It may be one that is no actor's ("the bridge … it"); then the pronoun is nobody's. None where two weigh alike.
    """
    lower = pronoun.lower_
    if lower in _REFLEXIVE:
        beside = pronoun.i and next((n for n in trail[-1] if n.token.i == pronoun.i - 1), None)  # "the council itself"
        if beside:
            return beside
        own = subject_of(pronoun.head)
        return next((n for n in trail[-1] if own is not None and n.token.i == own.i), None)
    weights: dict[str, float] = {}
    last: dict[str, Nominal] = {}
    for back, sentence in enumerate(reversed(trail)):
        for nominal in sentence:
            token = nominal.token
            if (back == 0 and not _may_precede(token, pronoun)) or (never is not None and nominal.member is never):
                continue
            likely = _agree(nominal, pronoun) * (0.5 if nominal.quoted and not quoted else 1.0)
            if likely:
                weight = nominal.weight + (_parallel(token, pronoun) if back == 0 else 0)
                weights[nominal.key] = weights.get(nominal.key, 0.0) + weight * likely / 2**back
                last.setdefault(nominal.key, nominal)
    ranked = sorted(weights, key=lambda k: (-weights[k], k))
    if not ranked or (len(ranked) > 1 and weights[ranked[0]] < _MARGIN * weights[ranked[1]]):
        return None
    best = last[ranked[0]]
    return Nominal(pronoun, best.key, best.member, weight_of(pronoun), lower in _MANY, quoted)


def by_salience(noun: Token, trail: Sequence[Sequence[Nominal]]) -> list[Member]:
    """The actors of the last sentences that stand before a noun, the most salient first."""
    weights: dict[str, float] = {}
    known: dict[str, Member] = {}
    for back, sentence in enumerate(reversed(trail)):
        for nominal in sentence:
            if nominal.member is not None and (back or _may_precede(nominal.token, noun)):
                weights[nominal.key] = weights.get(nominal.key, 0.0) + nominal.weight / 2**back
                known[nominal.key] = nominal.member
    return [known[key] for key in sorted(weights, key=lambda k: (-weights[k], k))]


def _may_precede(token: Token, pronoun: Token) -> bool:
    """Whether grammar lets a noun of the same sentence be meant: it stands before, governs no part the pronoun stands in, and is
    not beside it under one verb ("the council sued it")."""
    if token.i >= pronoun.i:
        return False
    up = pronoun
    while up.head.i != up.i and up.dep_ not in ("relcl", "conj"):
        up = up.head
        if up.i == token.i:
            return False
    possessive = pronoun.dep_ == "poss"
    governor = (
        pronoun.head.head if pronoun.dep_ == "pobj" and pronoun.head.dep_ in ("agent", "dative") else pronoun.head
    )
    return possessive or token.head.i != governor.i or token.dep_ == "poss"


def _parallel(token: Token, pronoun: Token) -> float:
    """What a noun of the same sentence weighs more for where it stands: "Kolm and its chief", "forced Kolm to cut its prices",
    "Kolm says it"."""
    head = pronoun.head
    if pronoun.dep_ == "poss" and head.dep_ in ("conj", "appos") and head.head.i == token.i:
        return 4 * _BOUND
    clause = head
    while clause.pos_ not in ("VERB", "AUX") and clause.head.i != clause.i:
        clause = clause.head
    if clause.dep_ == "relcl" and clause.head.i == token.i and pronoun.i > clause.i:
        return 2 * _BOUND  # "a bomber who hid his belt"
    if pronoun.dep_ in ("nsubj", "nsubjpass") and clause.i == head.i:
        clause = clause.head  # the clause that says, asks or wants this one
    while clause.dep_ == "conj" and not any(c.dep_ in ("nsubj", "nsubjpass") for c in clause.children):
        clause = clause.head  # "confirmed … but said it"
    subject = token.dep_ in ("nsubj", "nsubjpass") and token.head.i == clause.i
    subject = subject or (clause.dep_ == "xcomp" and token.dep_ == "dobj" and token.head.i == clause.head.i)
    return _BOUND if subject else 0.0


def _agree(nominal: Nominal, pronoun: Token) -> float:
    """Whether number and kind let a pronoun mean a noun: 1, less where the kind is only guessed, 0 where they do not."""
    words, lower, token, member = actor_words(), pronoun.lower_, nominal.token, nominal.member
    lemma = token.lemma_.lower()
    if token.ent_type_ in _MEASURES:
        return 0.0
    named = member is not None and member.proper
    person = (
        lemma in words.person and not named if member is None or not member.proper else member.type is ActorType.PERSON
    )
    person = person or (
        member is not None and (member.type is ActorType.PERSON or (member.head in words.person and not named))
    )
    if lower in words.he or lower in words.she:
        wrong = _SHE if lower in words.he else _HE
        if nominal.many or lemma in wrong:
            return 0.0
        if member is not None and (
            member.roles & wrong or member.sex not in ("", "he" if lower in words.he else "she")
        ):
            return 0.0
        if member is None and any(
            c.dep_ == "relcl" and any(t.lower_ == "who" for t in c.children) for c in token.children
        ):
            return 1.0  # "a bomber who"
        guessed = lemma.endswith(_DOERS) if member is None else member.type is ActorType.UNKNOWN and member.proper
        return 1.0 if person else _GUESSED if guessed else 0.0
    if lower in _MANY:
        body = member is not None or _is_body(lemma) or lemma in words.group
        return 1.0 if nominal.many or (body and not person) else 0.0
    if nominal.many or person:
        return 0.0
    return float(member is not None or not _needs_an_actor(pronoun) or _is_body(lemma))


def _of_sex(member: Member, pronoun: str) -> bool:
    """Whether a title or an office does not speak against "he" or "she"."""
    he = pronoun in actor_words().he
    return not member.roles & (_SHE if he else _HE) and member.sex in ("", "he" if he else "she")


def _is_body(noun: str) -> bool:
    return noun in actor_words().organization or noun in BUSINESS


def _needs_an_actor(pronoun: Token) -> bool:
    """ "it says", "its spokesman": nothing that is no actor speaks, plans or has officials."""
    if pronoun.dep_ == "poss":
        owned = pronoun.head.lemma_.lower()
        return owned in actor_words().person or owned in actor_words().group
    verb = pronoun.head
    return pronoun.dep_ == "nsubj" and verb.pos_ == "VERB" and (speaks(verb) or verb.lemma_ in _WILLED)


_WILLED = frozenset(
    """want plan hope intend decide agree expect seek refuse believe employ hire buy acquire sue try aim promise offer
    consider prefer think know vote fight""".split()
)
