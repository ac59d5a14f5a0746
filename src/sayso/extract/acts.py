"""What a statement does (its act), whether what it says is negated, and how far it is hedged."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from sayso.extract.cues import lexicon
from sayso.extract.found import Found, Told
from sayso.extract.parse import Passage
from sayso.model import Act, Hedge

if TYPE_CHECKING:
    from spacy.tokens import Token

_TELLING = frozenset(
    """comment specify say elaborate respond disclose provide give name identify discuss detail explain reveal answer
    address reply release confirm deny tell offer return speculate mention""".split()
)
_VERIFYING = frozenset("verify confirm corroborate authenticate establish ascertain check determine".split())
_NEGATING_WORDS = {"no", "none", "nobody", "nothing", "never", "neither", "nor", "no-one", "nowhere", "not", "n't"}

_NOT = re.compile(r"\b(?:not|never|no|nor|neither|cannot)\b|n['’]t\b", re.I)
_REFUSING = re.compile(
    r"\b(?:declin|refus|avoid)\w*\b|\bwould not (?:say|comment|confirm|elaborate|discuss)|\bno (?:immediate |further |additional )?comment\b"
    r"|\bwithout (?:saying|specify|mention|giving|elaborat|nam|identify)\w*|\bmade no mention\b|\bhad no (?:immediate )?(?:toll|word|figure)",
    re.I,
)
_NO_WORD = re.compile(r"\bno\b|\bwithout\b", re.I)
_SPEAKING = re.compile(r"\b(?:comment|say|answer|name|identif|discuss|elaborat|respon)", re.I)
_UNABLE = re.compile(
    r"\b(?:unable|difficult|hard|not in a position|impossible|fail(?:s|ed)?|not (?:yet )?(?:been )?able|no way|could not|couldn['’]t|"
    r"can ?not|can['’]t|no independent|"
    r"not (?:immediately |yet )?(?:possible|independently))\b",
    re.I,
)
_RESPONSIBILITY = re.compile(r"\b(?:responsibility|credit) for\b|\bresponsibility\b", re.I)
_TAKING = re.compile(r"\b(?:claim|accept|assum|admit|acknowledg|tak(?:e|es|en|ing)\b|took\b)\w*", re.I)
_NOBODY = re.compile(r"(?:neither|none|nobody|no)\b", re.I)
# "baseless", "false": calling a thing so denies it.
_FALSE_WORDS = r"(?:false|untrue|baseless|unfounded|fabricated|a lie|lies|fake|nonsense|fiction|absurd|groundless)"
_FALSE = re.compile(rf"\b{_FALSE_WORDS}\b", re.I)
_CALLED_FALSE = re.compile(
    rf"(?:that )?(?:the|this|these|those|such)\b.{{0,60}}\b(?:was|were|is|are) {_FALSE_WORDS}\b", re.I
)
_FALSE_VERBS = {"call", "dismiss", "describe", "label", "brand", "say"}
_CALL_FOR = re.compile(r"\bcall(?:s|ed|ing)? (?:\w+ )?(?:for|on|upon)\b", re.I)
_OPEN = re.compile(
    r"\b(?:unclear|unknown|uncertain|questions? (?:still )?remain|not (?:yet |immediately |publicly )?(?:clear|known))\b",
    re.I,
)
_NOT_GUILTY, _GUILTY = re.compile(r"\bnot guilty\b", re.I), re.compile(r"\bguilty\b", re.I)
_TAKING_BACK = re.compile(r"\bt(?:ak|ook)\w* back\b", re.I)
_TO = re.compile(r"^[\"“‘']?(?:not )?to \w+|^for [\w ,’']{2,60} to be\b|^for [\w ,’']{2,60} to \w+", re.I)
_OBJECT_TO = re.compile(r"(?!whether|if|how|why|what|who|when|where)(?:[\w’'-]+ ){1,6}(?:not )?to [a-z]+", re.I)
# "it would pay", "we will find them": the subject of what is said is the one who says it.
_OWN = r"(?:it|he|she|they|we|i|its \w+|their \w+|our \w+)"
_WILL = r"(?:will|would|shall|won['’]t|['’]ll|(?:is|are|was|were|am) (?:going|prepared|determined|ready) to|intends? to|plan(?:s|ned)? to)"
_PROMISES = re.compile(rf"^[\"“‘' ]*(?:that )?{_OWN} ?(?:also |never |not )?{_WILL}\b", re.I)
# "it had planted the device": said of oneself, it claims the deed.
_DEED = re.compile(
    r"^[\"“‘' ]*(?:that )?(?:it|they|we|its (?:fighters|members|men)|their (?:fighters|men)|our (?:fighters|men)) "
    r"(?:was|were|had been|has|have|had)? ?(?:behind|carried out|planted|launched|staged|attacked|killed|shot down|shot dead|bombed|blown|"
    r"ambushed|kidnapped|abducted|assassinated|detonated|hijacked|hacked|encrypted|burned|burnt|sunk|sank|set (?:fire|off|the)|glued|painted)\b",
    re.I,
)
_ATTACK = re.compile(
    r"^(?:(?:that |the|this|a|an|it|both|two|three) ?)?(?:[\w-]+ ){0,3}?(?:attacks?|bombings?|assault|raid|strikes?|shootings?|blasts?|killings?|"
    r"ambush|explosions?|kidnappings?|hijacking|assassination|murder)\b",
    re.I,
)
_RESPONSIBLE = re.compile(
    r"(?:that )?.{3,90}? (?:is|are|was|were|has been|have been|had been) (?:responsible for|to blame for|behind)\b",
    re.I,
)
_SELF = re.compile(rf"[\"“‘' ]*(?:that )?{_OWN}\b", re.I)
_DENYING = re.compile(r"\b(?:den(?:y|ies|ied|ying)|disclaim\w*|reject\w*|disown\w*|disavow\w*)\b", re.I)
_NOT_MINE = re.compile(
    r"^[\"“‘' ]*(?:that )?(?:it|they|we|its \w+|their \w+)(?: (?:was|were|had|is|are))? (?:not|nothing|no part)(?: been)? "
    r"(?:behind|responsible|involved|its|their|our|to do with)\b",
    re.I,
)


def act_of(found: Found, passage: Passage, told: Told) -> Act:
    """The act of an attribution: what its cue does, unless cue and content together do another thing. ``told`` is where its
    content begins, in its own passage or another.

    The order matters: a refusal, a failed check or a silence is never also an assertion.
    """
    lemma, cue = found.cue_entry.lemma, _cue_text(found, passage)
    content, source = _bare(told), _source_text(found, passage)
    negated = bool(_NOT.search(cue)) or bool(_NOBODY.match(source)) or is_negated(passage.doc[found.verb])
    act = _of_silence(found, passage, cue, content, negated) or _of_responsibility(cue, told, source, negated)
    if act is not None:
        return act
    if _OPEN.search(cue):
        return Act.ASK
    if _GUILTY.search(cue):
        return Act.DENY if _NOT_GUILTY.search(cue) else Act.CONFIRM
    if _TAKING_BACK.search(cue):
        return Act.RETRACT
    if lemma == "call":
        following = passage.text[passage.doc[found.verb].idx :][:30]
        if _CALL_FOR.match(following) or _CALL_FOR.search(cue):
            return Act.ORDER
        return Act.DENY if _FALSE.search(content) else Act.ASSESS
    if lemma in _FALSE_VERBS and lemma != "say" and _FALSE.search(content):
        return Act.DENY
    if lemma == "warn" and re.match(r"against\b", content, re.I):
        return Act.ORDER
    if lemma == "hold" and re.search(r"\bresponsible\b", content):
        return Act.ACCUSE
    if _TO.match(content) or (lemma == "ask" and _OBJECT_TO.match(content)):
        if lemma in ("determine", "resolve", "commit"):
            return Act.PROMISE
        if lemma in ("ask", "tell", "say", "write", "appeal", "signal", "warn", "remind", "advise"):
            return Act.ORDER
        if lemma in ("agree", "offer"):
            return Act.PROMISE
    act = Act.ASSERT if found.cue_entry.act is Act.DECLINE_COMMENT else found.cue_entry.act
    return _of_neutral(told, lemma, content) if act is Act.ASSERT else act


_MARKS = ('"', "“", "«", "„")


def _is_of_others(told: Told) -> bool:
    """Whether what is said begins with somebody else. In a quotation whoever speaks is "we": “They bombed us” claims nothing."""
    return told.text.lstrip()[:1] in _MARKS and not _FIRST_PERSON.match(told.text)


_FIRST_PERSON = re.compile(r"\W*(?:that )?(?:we|i|our|my)\b", re.IGNORECASE)


def _of_neutral(told: Told, lemma: str, content: str) -> Act:
    """A plain cue performs what its content does: a question asks, "we will" promises, "it will" predicts."""
    first = re.split(r"(?<=[.!?])[\"”]?\s", content, maxsplit=1)[0]
    if first.endswith("?"):
        return Act.ASK
    if lemma == "say" and _CALLED_FALSE.match(content):
        return Act.DENY
    if re.search(r"\b(?:can|could) (?:now )?confirm\b", content, re.I):
        return Act.CONFIRM
    if _DEED.match(content) and not _is_of_others(told):
        return Act.CLAIM_RESPONSIBILITY
    if _RESPONSIBLE.match(first) and not _SELF.match(first):
        return Act.ACCUSE
    if _PROMISES.match(first) and not _is_of_others(told):
        return Act.PROMISE
    return Act.PREDICT if _is_future(told) else Act.ASSERT


def _is_future(told: Told) -> bool:
    """Whether the main clause of what is said tells of what is to come: "the toll will rise", "is likely to rise"."""
    passage = told.passage
    members = {t.i for t in told.tokens}
    if not members:
        return False
    first = passage.sentence(min(members)).start
    for root in (passage.doc[i] for i in members):
        if passage.sentence(root.i).start != first or (root.head.i in members and root.head.i != root.i):
            continue
        if any(c.lower_ in ("will", "wo", "'ll", "’ll") and c.dep_ == "aux" for c in root.children):
            return True
        if root.lower_ in ("expected", "likely", "set") and any(c.dep_ == "xcomp" for c in root.children):
            return True
        if any(c.lower_ == "likely" and c.dep_ in ("acomp", "oprd") for c in root.children):
            return True
    return False


_NOT_ONE = re.compile(r"(?:neither|none|no|nothing)\b", re.IGNORECASE)


def _of_silence(found: Found, passage: Passage, cue: str, content: str, negated: bool) -> Act | None:
    """A failed check, a refusal to speak, or that nothing was said."""
    verb, lemma = passage.doc[found.verb], found.cue_entry.lemma
    none = _NOT_ONE.match(content) is not None and _can(verb)  # "Neither account could be verified"
    if lemma in _VERIFYING and (none or _UNABLE.search(cue) or _unable(verb) or (negated and _can(verb))):
        return Act.CANNOT_VERIFY
    if negated and (
        lemma in ("confirmation", "verification")
        or (lemma in ("determine", "establish") and not content.startswith("to "))
    ):
        return Act.CANNOT_VERIFY
    if _REFUSING.search(cue) and (
        lemma in _TELLING or _NO_WORD.search(cue) or _SPEAKING.search(f"{cue} {content[:40]}")
    ):
        return Act.DECLINE_COMMENT
    if _declines(verb):
        return Act.DECLINE_COMMENT
    telling = lemma in _TELLING or any(lemma_of(w) in _TELLING for w in re.findall(r"\w+", cue))
    told = re.search(r"\bbeen told\b", cue, re.I)
    if negated and telling and not told and not _clause_child(verb) and not content.lower().startswith("that "):
        return Act.DECLINE_COMMENT
    return None


def lemma_of(word: str) -> str | None:
    """The reporting verb that a word is a form of."""
    return lexicon().verb_forms.get(word.lower())


def _of_responsibility(cue: str, told: Told, source: str, negated: bool) -> Act | None:
    """ "claimed responsibility for the attack", "claimed the attack", "disowned it"; "no group has claimed" stays a claim, negated."""
    content = _bare(told)
    denying = bool(_DENYING.search(cue)) or (negated and not _NOBODY.match(source))
    taken = Act.DECLINE_RESPONSIBILITY if denying else Act.CLAIM_RESPONSIBILITY
    taking = bool(_TAKING.search(cue)) or bool(_DENYING.search(cue))
    named = _RESPONSIBILITY.search(cue) or _RESPONSIBILITY.match(re.sub(r"^(?:direct|any|no|full) ", "", content))
    if taking and named:
        return taken
    if re.search(r"\bdisown|\bdistanc\w+ (?:itself|themselves|himself|herself) from", cue, re.I) or (
        _NOT_MINE.match(content) and not _is_of_others(told)
    ):
        return Act.DECLINE_RESPONSIBILITY
    if (
        re.search(r"\bclaim", cue, re.I)
        and _ATTACK.match(content)
        and not re.search(r"\b(?:was|were|is|are|had|has|have)\b", content[:60])
    ):
        return taken
    return None


def is_negated(verb: Token) -> bool:
    """Whether the verb itself is negated: "did not", "never", "no one said"."""
    return any(c.dep_ == "neg" for c in verb.children) or (
        verb.dep_ == "xcomp" and any(c.dep_ == "neg" for c in verb.head.children)
    )


def content_negated(told: Told) -> bool:
    """Whether the main clause of the content says that something is not so ("no one died", "had not attacked"); ``told`` is where
    the content begins.

    For an act that itself denies or refuses, the act carries the negation and this reads the content alone.
    """
    passage, inside = told.passage, told.tokens
    if not inside:
        return False
    if re.match(r"[\"“‘']*(?:that )?(?:not|never|no|nobody|none|nothing|neither)\b", _bare(told), re.I):
        return True
    # What a quotation goes on to say in its next sentence is another thing that was said.
    first = passage.sentence(inside[0].i).start
    members = {t.i for t in inside if passage.sentence(t.i).start == first}
    roots = [t for t in inside if t.i in members and (t.head.i == t.i or t.head.i not in members)]
    for root in roots:
        if root.lower_ in _NEGATING_WORDS or any(
            c.lower_ == "no" and c.i in members and c.dep_ == "det" for c in root.children
        ):
            return True
        for child in root.children:
            if child.i not in members:
                continue
            if child.dep_ == "neg" or child.lower_ in ("never", "nobody", "none", "nothing", "neither"):
                return True
            if child.dep_ in ("nsubj", "nsubjpass", "dobj", "attr", "expl") and any(
                c.lower_ in ("no", "neither") and c.dep_ in ("det", "neg") for c in child.children
            ):
                return True
    return False


def cue_negated(found: Found, passage: Passage) -> bool:
    """Whether the cue is negated, as in "did not claim", "has never said"."""
    source = _source_text(found, passage)
    if re.search(r"\bno doubt\b", _cue_text(found, passage), re.I):
        return False
    return bool(_NOT.search(_cue_text(found, passage)) or _NOBODY.match(source)) or (
        is_negated(passage.doc[found.verb]) and passage.doc[found.verb].pos_ == "VERB"
    )


def _cue_text(found: Found, passage: Passage) -> str:
    first, last = passage.doc[min(found.cue)], passage.doc[max(found.cue)]
    return passage.text[first.idx : last.idx + len(last)]


def _source_text(found: Found, passage: Passage) -> str:
    if not found.source:
        return ""
    first, last = passage.doc[min(found.source)], passage.doc[max(found.source)]
    return passage.text[first.idx : last.idx + len(last)]


def _clause_child(verb: Token) -> bool:
    return any(
        c.dep_ == "ccomp" and any(m.lower_ == "that" for m in c.children if m.dep_ == "mark") for c in verb.children
    )


def _declines(verb: Token) -> bool:
    return verb.dep_ == "xcomp" and verb.head.lemma_ in ("decline", "refuse") and verb.lemma_ in _TELLING


def _unable(verb: Token) -> bool:
    """ "unable to verify", "failed to verify", "not able to verify"."""
    if verb.dep_ not in ("xcomp", "ccomp", "acl"):
        return False
    head = verb.head
    if head.lower_ == "able":
        return any(c.dep_ == "neg" for c in (*head.children, *head.head.children))
    return head.lower_ in ("unable", "impossible", "failed", "fail")


def _can(verb: Token) -> bool:
    return (
        _unable(verb)
        or any(c.lower_ in ("could", "can", "ca", "able", "cannot") for c in verb.children if c.dep_ == "aux")
        or any(c.lower_ == "independently" for c in verb.children)
        or (verb.dep_ == "xcomp" and verb.head.lower_ == "able")
    )


# ---------------------------------------------------------------------------------------------------
# Hedges


@lru_cache(maxsize=1)
def _hedges() -> tuple[re.Pattern[str], dict[str, str]]:
    with (files("sayso.extract") / "data" / "hedges.toml").open("rb") as file:
        data = tomllib.load(file)
    words = sorted([*data["bands"], *data["words"]["plain"]], key=lambda w: (-len(w), w))
    return re.compile(r"\b(?:" + "|".join(map(re.escape, words)) + r")\b", re.I), data["bands"]


def hedge_of(found: Found, passage: Passage, told: Iterable[Told]) -> Hedge | None:
    """The first word that weakens the statement: the cue itself where it is a hedging one, else one in the content."""
    if found.cue_entry.hedge:
        verb = passage.doc[found.verb]
        return Hedge(verb.text, passage.span(verb.idx, verb.idx + len(verb)))
    return next((hedge for each in told if (hedge := hedge_in(each.passage, each.content))), None)


# "could" of ability, not of doubt: "could not flee", "could be heard", "before they could".
_ABLE = re.compile(
    r"\bcould(?:n['’]t| not| barely| hardly| only| be (?:heard|seen|felt)| (?:see|hear|tell|reach|do|find|get|afford))\b"
    r"|\b(?:before|until|that|who|as|if|whatever|all) \w+ could\b|\bwho could\b",
    re.I,
)


def hedge_in(passage: Passage, spans: tuple[tuple[int, int], ...]) -> Hedge | None:
    """The first hedging word in these spans of the passage. "May 23" is a month, not a hedge."""
    pattern, bands = _hedges()
    for start, end in spans:
        for match in pattern.finditer(passage.text, start, end):
            word = match.group()
            if word == "May":  # far more often the month than the verb
                continue
            if word.lower() == "could" and _ABLE.search(
                passage.text, max(start, match.start() - 20), min(end, match.end() + 12)
            ):
                continue
            return Hedge(word, passage.span(*match.span()), bands.get(word.lower()))
    return None


def _bare(told: Told) -> str:
    return told.text.strip("\"“”' ")
