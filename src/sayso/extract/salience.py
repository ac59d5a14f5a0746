"""Which noun of the last sentences a pronoun goes back to, by salience (Lappin and Leass 1994).

Each noun weighs by its part in its sentence, and by half with every sentence that lies between; of those that a pronoun can agree
with, the weightiest is meant, and nobody where two weigh alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sayso.extract.cast import Member
from sayso.extract.names import BUSINESS, actor_words
from sayso.extract.phrases import speaks, subject_of
from sayso.model import ActorType

if TYPE_CHECKING:
    from spacy.tokens import Token

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


_LONGEST_LIST = 60  # members of "A, B, C and D", and of one noun's phrase in another's, that are gone through


def weight_of(token: Token) -> float:
    """What a mention weighs by its part in the sentence; less inside another noun's phrase."""
    head, owner = token, token
    for _ in range(_LONGEST_LIST):
        if head.dep_ != "conj" or head.head.i == head.i:
            break
        head = owner = head.head
    role = _ROLE.get(head.dep_, 0.0)
    for _ in range(_LONGEST_LIST):
        if owner.dep_ not in ("poss", "compound", "pobj", "prep", "nmod", "amod") or owner.head.i == owner.i:
            break
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
            likely = agree(nominal, pronoun) * (0.5 if nominal.quoted and not quoted else 1.0)
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


def agree(nominal: Nominal, pronoun: Token) -> float:
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


def of_sex(member: Member, pronoun: str) -> bool:
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
