"""Whether? Claims that hold every word of the question, and say the same or the opposite of it.

Two readings must agree on each: the comparison of two sentences that `sayso compare` makes, and the signs of the words themselves
(a negation, a denial, words that exclude each other). What only one of them tells is left out.
"""

from __future__ import annotations

import re

from sayso.link.asked.holding import (
    Answering,
    Found,
    Holding,
    covered,
    named_in,
    nothing,
    ordered,
    same_name,
    told_stems,
)
from sayso.link.opposites import opposed
from sayso.link.told import Told
from sayso.link.words import NEGATIONS, Words, stem
from sayso.model import Act, Claim, Outcome, PairKind, RelationKind, Wanted

LOOKED_AT = 16  # claims, the nearest in meaning
LEAST_NEAR = 0.45
DENIAL_NEAR = 0.50  # of a party that the question names: it may deny in words of its own
REACH = 5  # words behind a negation that it may be said of
DENIAL_SHARE = 0.6  # … but must hold so many of the question's
PARAPHRASE = 0.82  # so near in meaning that a word of the question may be missing
_SAYS_NOTHING = frozenset(
    (Act.ASK, Act.CANNOT_VERIFY, Act.DECLINE_COMMENT, Act.PREDICT, Act.PROMISE, Act.ORDER)
)  # of whether it is so
_DENYING = frozenset((Act.DENY, Act.RETRACT, Act.DECLINE_RESPONSIBILITY))
_BEARS_OUT = (PairKind.SAME, PairKind.SUPPORTS, PairKind.REFINES)
_AGAINST = (PairKind.DENIES, PairKind.CONTRADICTS, PairKind.REVISES)
_COUNTERS = (RelationKind.CONTRADICTS, RelationKind.DENIES)
_NOT = re.compile(r"n['’]t\b|\b(?:not|never|no)\b", re.IGNORECASE)
_OWN = re.compile(r"\b(?:its|our|their|his|her|we|us|it|they)\b", re.IGNORECASE)
_WHERE = re.compile(
    r"\b(?:in|at|near|on|from|outside|around|of) (?:the )?(?P<a>[A-Z][\w-]+)|\b(?:the|a) (?P<b>[A-Z][\w-]+) (?=[a-z])"
)
_A_QUESTION = re.compile(r"\W*(?:who|whom|whose|what|which|where|when|why|how|whether|if)\b", re.IGNORECASE)
_UNSURE = re.compile(
    r"\b(?:may|might|could|should|must|ought|hop\w+|try|tries|tried|trying|attempt\w*|plan\w*|aim\w*|expect\w*|want\w*|seek\w*|threat\w*|propos\w*|urg\w+|"
    r"unable|fail\w*|(?:would|will)(?! (?:\w+ )?(?:stay|remain|continue))|if|unless|fear\w*|possibl\w*|perhaps|probabl\w*|"
    r"alleg\w+|rumou?r\w*|suspect\w*|likely)\b",
    re.IGNORECASE,
)

Side = list[tuple[Claim, Told, tuple[str, ...]]]


def whether(wanted: Wanted, held: Holding) -> Found:
    """Yes, no, or both, each with its claims; nothing where no claim is surely about the matter."""
    yes, no = bears_out(wanted.matter, wanted, held)
    if wanted.speaker:
        yes = [each for each in yes if _said(wanted.speaker, each[0], held)]
        no = [each for each in no if _said(wanted.speaker, each[0], held)]
        if wanted.saying in ("deny", "denies", "denied", "reject", "dismiss"):
            yes, no = no, yes  # "did Norland deny it?": yes, where it says that it is not so
    if not yes and not no:
        return nothing("no claim is surely about this" + (f", of {wanted.speaker}" if wanted.speaker else ""))
    words = ("it is so", "it is not so") if wanted.negated else ("yes", "no")
    answers = [Answering(words[0], claim, _shown(wanted, claim, told, held)) for claim, told, _ in yes]
    answers += [Answering(words[1], claim, _shown(wanted, claim, told, held)) for claim, told, _ in no]
    standing = {a.answer for a in answers if not a.before}
    outcome = Outcome.DISPUTED if len(standing) > 1 else Outcome.ANSWERED
    first = (yes or no)[0]
    return Found(outcome, ordered(answers), held.questions.get(first[0].question), reasons=first[2])


def bears_out(matter: str, wanted: Wanted, held: Holding) -> tuple[Side, Side]:
    """Claims that say that it is so, and claims that say that it is not, each with the statement that decided and the reasons."""
    near: list[tuple[float, Claim, Told]] = []
    for cosine, claim, told in held.near_claims(matter, held.linked.claims):
        if cosine < LEAST_NEAR or len(near) >= LOOKED_AT:
            break
        if told.statement.act not in _SAYS_NOTHING and _about(matter, wanted, cosine, claim, told, held):
            near.append((cosine, claim, told))
    found = held.compare([(matter, _as_said(told)) for _, _, told in near])
    yes: Side = []
    no: Side = []
    doubtful: Side = []
    for (_, claim, told), comparison in zip(near, found, strict=True):
        against = _against(matter, wanted, told)
        if comparison.kind in _BEARS_OUT and not against and not _UNSURE.search(told.text):
            yes.append((claim, told, comparison.reasons))
        elif comparison.kind in _AGAINST and against:
            no.append((claim, told, (against, *comparison.reasons)))
        elif against:
            doubtful.append((claim, told, (against,)))
    if yes:  # one that may speak against it is told rather than left out
        no += doubtful
    _add_counters(yes, no, held)
    if yes:
        _add_denials(matter, wanted, yes, no, held)
    return yes, no


def _about(matter: str, wanted: Wanted, cosine: float, claim: Claim, told: Told, held: Holding) -> bool:
    """Whether a claim is about all that the question names: its names, its times, its words."""
    if _A_QUESTION.match(told.text) or not all(_named(name, matter, claim, told, held) for name in held.names(wanted)):
        return False
    if any(time not in told.sentence.casefold() for time in wanted.at):
        return False
    asked = held.content_of(matter, wanted)
    stems = told_stems(told)
    missing = [word for word in asked if not covered(word, stems)]
    if missing and opposed(matter, told.text):
        missing = missing[2:]  # the word that excludes it stands there in its place, and perhaps without its object
    return not missing or (cosine >= PARAPHRASE and len(missing) == 1 and len(asked) >= 4)


def _named(name: str, matter: str, claim: Claim, told: Told, held: Holding) -> bool:
    """Whether what is said names whoever the question names: not only who says it, unless they speak of their own ("its forces"). A
    place need not be named where the whole story plays."""
    said = frozenset(stem(w) for t in held.statements(claim) for w in t.words.tokens)
    if told.statement.act in _DENYING:
        said |= told_stems(told)
    if named_in(name, said) or (_OWN.search(told.text) and named_in(name, held.called(told))):
        return True
    where = any(same_name(stem(m["a"] or m["b"]), name) for m in _WHERE.finditer(matter))
    return where and name in held.places and named_in(name, held.common)


def _as_said(told: Told) -> str:
    """The words to compare: of a denial with its speaker and verb, which alone say that it is one."""
    return told.sentence if told.statement.act in _DENYING else told.text


def _against(matter: str, wanted: Wanted, told: Told) -> str | None:
    """What in the words of a statement says that it is not so; None where nothing does, or two signs undo each other."""
    signs = []
    if told.statement.act in _DENYING:
        signs.append("a denial")
    asked = {stem(w) for w in Words(matter).tokens}
    events = [e for e in told.statement.events if stem(e.lemma) in asked]  # "no oil leaks since it sank": it did sink
    negated = any(e.negated for e in events) if events else _negated_near(asked, told)
    negated = negated or told.statement.negated
    if negated:
        signs.append("negated")
    if reason := opposed(matter, _NOT.sub(" ", told.text) if negated else told.text):
        signs.append(reason)  # "has not been taken" is no capture once, not twice
    if Words(matter).negated:
        signs.append("the question is negated itself")
    return signs[0] if len(signs) % 2 else None


def _negated_near(asked: set[str], told: Told) -> bool:
    """Whether a negation stands shortly before one of the question's words."""
    words = told.words.folded
    places = [n for n, word in enumerate(words) if word in NEGATIONS or word.endswith("n't")]
    return any(
        stem(words[n]) in asked for place in places for n in range(place + 1, min(len(words), place + REACH + 1))
    )


def _add_counters(yes: Side, no: Side, held: Holding) -> None:
    """What the ledger itself holds against a claim of either side stands on the other."""
    known = {claim.id for claim, _, _ in (*yes, *no)}
    for side, other in ((list(yes), no), (list(no), yes)):
        for claim, _, _ in side:
            for relation in held.relations.get(claim.id, ()):
                counter = held.claims.get(relation.to_claim if relation.from_claim == claim.id else relation.from_claim)
                if relation.kind in _COUNTERS and counter is not None and counter.id not in known:
                    known.add(counter.id)
                    other += [(counter, told, relation.reasons) for told in held.statements(counter)[:1]]


def _add_denials(matter: str, wanted: Wanted, yes: Side, no: Side, held: Holding) -> None:
    """Denials of a party that the question names: whoever is told that it is so must be told that they deny it."""
    names, asked = held.names(wanted), held.content_of(matter, wanted)
    known = {claim.id for claim, _, _ in (*yes, *no)}
    for cosine, claim, told in held.near_claims(matter, held.linked.claims):
        if cosine < DENIAL_NEAR:
            break
        denies = told.statement.act in _DENYING or Words(told.text).negated
        theirs = any(named_in(name, held.called(told)) for name in names)
        stems = frozenset(stem(w) for w in Words(told.sentence).tokens)
        shared = sum(covered(word, stems) for word in asked)
        if denies and theirs and shared >= DENIAL_SHARE * len(asked) and claim.id not in known and not told.voice:
            no.append((claim, told, (f"a denial of {told.party.name}",)))


def _said(speaker: str, claim: Claim, held: Holding) -> bool:
    return any(held.spoken_by(speaker, t) for t in held.statements(claim))


def _shown(wanted: Wanted, claim: Claim, told: Told, held: Holding) -> tuple[Told, ...]:
    every = held.statements(claim)
    if wanted.speaker:
        every = [t for t in every if held.spoken_by(wanted.speaker, t)]
    return tuple([told, *(t for t in every if t.id != told.id)] if told in every else every)
