"""Who? Who did it, who said so, and who did or suffered what one sentence tells."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from sayso.link.asked.holding import Answering, Found, Holding, covered, named_in, nothing, ordered
from sayso.link.asked.whether import bears_out
from sayso.link.responsibility import Doer, read_doer
from sayso.link.told import Told
from sayso.link.words import Words, stem
from sayso.model import Act, Event, Outcome, RelationKind, Wanted

_DID = re.compile(
    r"\b(?:behind|responsib\w+|attack\w*|carried out|carry out|launched|staged|raided|stormed|shelled|shelling|bombed|bombarded|bombing|"
    r"fired on|struck|did (?:it|this)|perpetrat\w+|blame\w*|accused|to blame)\b",
    re.IGNORECASE,
)
_CLAIMED = re.compile(r"\b(?:claim\w*|took|taken|take) (?:\w+ )?responsib|\bclaim\w* (?:to have|credit)", re.IGNORECASE)
_ACCUSED = re.compile(r"\b(?:blamed|accused|accuses|blames)\b", re.IGNORECASE)
_SAID = re.compile(
    r"^\s*who(?:m)? (?:has |had |have |first |also |else )*(?P<verb>said|says|say|claims|claimed|reported|reports|announced|confirmed|"
    r"admitted|acknowledged|conceded|denied|denies|stated|told \w+)(?:\s+that)?\s+(?P<what>.+)$",
    re.IGNORECASE,
)
_ACCUSED_IS = re.compile(
    r"^[\W]*(?:that )?(?P<who>[^.;,]{2,70}?) (?:for |of |(?:was|were|is|are|had been|has been|stood) (?:behind|responsible|to blame)|"
    r"(?:had |has |have )?(?:carried out|staged|launched|attacked|shelled|bombed|raided))\b",
    re.IGNORECASE,
)
_ACCUSED_BY = re.compile(
    r"\b(?:carried out|staged|launched|attacked|shelled|bombed|raided|the work) (?:by|of) (?P<who>[^.;,”\"]{2,70})",
    re.IGNORECASE,
)
_PLAIN = frozenset(
    stem(w)
    for w in """attack attacks attacked raid raided strike struck assault incident event behind responsible responsibility carried carry launched
    staged stormed claimed claim took blame blamed accused drone group side army country party perpetrated perpetrator did incursion who
    explosion blast hit""".split()
)
_DENYING = (Act.DENY, Act.DECLINE_RESPONSIBILITY)
_LONG_AGO = re.compile(
    r"\b(?:last (?:week|month|year)|(?:weeks?|months?|years?) (?:ago|earlier)|in (?:19|20)\d\d)\b", re.IGNORECASE
)
_AGAINST = (RelationKind.CONTRADICTS, RelationKind.DENIES)


def doers(wanted: Wanted, held: Holding) -> Found:
    """Whoever the claims name: for the deed of the story, for what somebody said, for the doer of one event."""
    if match := _SAID.match(wanted.matter):
        return _who_said(wanted, match["what"], match["verb"], held)
    if _DID.search(wanted.matter) or _CLAIMED.search(wanted.matter):
        found = _who_did(wanted, held)
        if found.outcome is not Outcome.UNKNOWN:
            return found
    return _of_event(wanted, held)


def _who_did(wanted: Wanted, held: Holding) -> Found:
    """Those whom statements name for the deed, themselves or others; and denials of whoever is named."""
    found: dict[str, list[Doer]] = defaultdict(list)
    for told in held.told.values():
        doer = None if told.report.id in held.superseded else read_doer(told) or _accused(told)
        if doer is None or (doer.own and told.voice) or not _this_deed(wanted, doer, held):
            continue  # an outlet in its own voice takes nothing on itself
        if _CLAIMED.search(wanted.matter) and not doer.own:
            continue
        if _ACCUSED.search(wanted.matter) and told.statement.act is not Act.ACCUSE:
            continue
        for claim in held.claims_of.get(told.id, ()):
            found[claim.id].append(doer)
    for i in [i for i, doers in found.items() if _elsewhere(wanted, doers, held)]:
        del found[i]
    if not found:
        return nothing("no report says who did it")
    answers = [
        Answering(min((d.doer for d in doers), key=lambda n: (len(n), n)), held.claims[i], tuple(d.told for d in doers))
        for i, doers in found.items()
    ]
    denials = [] if _CLAIMED.search(wanted.matter) else list(_denials(wanted, answers, held))
    names = {held.proper(a.answer) for a in answers if not a.before} - {frozenset()}  # a description names nobody else
    outcome = Outcome.DISPUTED if denials else Outcome.SEVERAL if len(names) > 1 else Outcome.ANSWERED
    question = held.questions.get(ordered(answers)[0].claim.question)
    return Found(outcome, (*ordered(answers), *ordered(denials)), question)


def _accused(told: Told) -> Doer | None:
    """Whom an accusation names, of whatever deed."""
    if told.statement.act is not Act.ACCUSE or told.statement.negated:
        return None
    match = _ACCUSED_IS.match(told.text) or _ACCUSED_BY.search(told.text)
    if match is None or not any(w[:1].isupper() for w in match["who"].split()):
        return None
    return Doer(told, match["who"].strip(" “”\"',"), Words(told.text), own=False)


def _this_deed(wanted: Wanted, doer: Doer, held: Holding) -> bool:
    """Whether a statement names the doer of the deed that is asked about: at that place, at that time, with the words left over."""
    sentence = doer.told.sentence
    stems = frozenset(stem(w) for w in Words(f"{doer.event.text} {sentence}").tokens)
    own = frozenset(stem(w) for w in Words(doer.doer).tokens)
    elsewhere = not (stems - own - held.called(doer.told)).isdisjoint(held.places)
    for name in held.names(wanted):
        if not named_in(name, stems) and (elsewhere or not named_in(name, held.common)):
            return False
    if not wanted.at and _LONG_AGO.search(sentence):
        return False
    if any(time not in sentence.casefold() for time in wanted.at):
        return False
    return all(covered(word, stems) for word in held.content(wanted) - _PLAIN)


def _elsewhere(wanted: Wanted, doers: Sequence[Doer], held: Holding) -> bool:
    """Whether the statements of a claim name another place than the question, and none of them this one."""
    stems = frozenset(stem(w) for d in doers for w in Words(d.event.text).tokens)
    own = frozenset(stem(w) for d in doers for w in Words(d.doer).tokens)
    names = held.names(wanted) & held.places
    return bool(names) and not any(named_in(n, stems) for n in names) and not (stems - own).isdisjoint(held.places)


def _denials(wanted: Wanted, answers: Sequence[Answering], held: Holding) -> Iterator[Answering]:
    """What the ledger holds against the answers, and what whoever is named says against it in the same place."""
    known = {a.claim.id for a in answers}
    named = frozenset(n for a in answers for n in Words(f". {a.answer}").names)
    own = {t.party.key for a in answers for t in a.told if not t.voice and t.statement.act is not Act.ACCUSE}
    confessed = frozenset(
        n for a in answers if any(t.party.key in own for t in a.told) for n in Words(f". {a.answer}").names
    )  # who takes it on themselves denies other things than this
    telling = held.names(wanted) | (held.content(wanted) - _PLAIN)
    for claim in held.linked.claims:
        if claim.id in known:
            continue
        told = held.statements(claim)
        against = any(
            r.kind in _AGAINST and {r.from_claim, r.to_claim} & known for r in held.relations.get(claim.id, ())
        )
        theirs = [
            t
            for t in told
            if t.statement.act in _DENYING
            and t.party.key not in own
            and telling
            and any(named_in(n, held.called(t)) for n in named - confessed)
            and all(covered(n, frozenset(stem(w) for w in Words(t.sentence).tokens)) for n in telling)
        ]
        if told and (against or theirs):
            yield Answering(f"denied by {', '.join(held.who(theirs or told))}", claim, tuple(theirs or told))


def _who_said(wanted: Wanted, what: str, verb: str, held: Holding) -> Found:
    """Those who say what the question says that somebody said."""
    yes, no = bears_out(what, wanted, held)
    told = [(claim, t) for claim, t, _ in (no if verb.casefold().startswith("den") else yes)]
    answers = []
    for claim, _ in told:
        spoken = tuple(t for t in held.statements(claim) if not t.voice)
        if spoken:
            answers.append(Answering(", ".join(held.who(spoken)), claim, spoken))
    if not answers:
        return nothing("no claim says that, or nobody is named for it")
    return Found(Outcome.ANSWERED, ordered(answers), held.questions.get(answers[0].claim.question))


def _of_event(wanted: Wanted, held: Holding) -> Found:
    """Who did, or suffered, what one sentence tells: the same verb, and every other word of the question in the event's own parts."""
    rest, names = held.content(wanted), held.names(wanted)
    found: dict[str, Answering] = {}
    for claim in held.linked.claims:
        for t in held.statements(claim):
            for event in t.statement.events:
                verb = stem(event.lemma)
                if verb not in rest or event.negated:
                    continue
                who = _part(event, wanted, t, rest - {verb}, names)
                if who is not None and claim.id not in found:
                    found[claim.id] = Answering(who, claim, (t,))
    if not found:
        return nothing("no report says who")
    for claim in held.linked.claims:  # another who tells the same deed, in a sentence whose doer was not read
        told = [
            t
            for t in held.statements(claim)
            if t.report.id not in held.superseded
            and all(named_in(w, frozenset(stem(x) for x in t.words.tokens)) for w in rest | names)
        ]
        if told and claim.id not in found and told[0].statement.act not in (Act.ASK, Act.DECLINE_COMMENT):
            found[claim.id] = Answering(claim.wording, claim, tuple(told))
    answers = ordered(list(found.values()))
    several = len({a.answer.casefold() for a in answers if not a.before}) > 1
    return Found(
        Outcome.SEVERAL if several else Outcome.ANSWERED,
        answers,
        held.questions.get(answers[0].claim.question),
        sure=False,
    )


_PASSIVE = re.compile(r"^\s*who (?:was|were|is|are|has been|have been|had been|got)\b", re.IGNORECASE)


def _part(event: Event, wanted: Wanted, told: Told, rest: frozenset[str], names: frozenset[str]) -> str | None:
    """The words for whoever is asked for, where the event's other part has its head in the question, and the clause all the rest."""
    text = told.report.text
    asked, other = (event.patient, event.agent) if _PASSIVE.match(wanted.matter) else (event.agent, event.patient)
    if asked is None:
        return None
    parts = " ".join(span.of(text) for span in (other, event.place) if span is not None)
    near = frozenset(stem(w) for w in Words(parts).tokens)
    clause = frozenset(stem(w) for w in Words(told.text).tokens)
    if (rest | names) and not any(named_in(w, near) for w in rest | names):
        return None
    if not all(named_in(w, clause) for w in rest | names):
        return None
    who = asked.of(text)
    plain = who.casefold().split()
    return None if not plain or (len(plain) == 1 and plain[0] in _PRONOUNS) else " ".join(who.split())


_PRONOUNS = frozenset("it he she they them him her we us i you who that which this these those one some others".split())
