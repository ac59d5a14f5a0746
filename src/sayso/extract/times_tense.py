"""Which side of the present a time lies on, as the verb that it belongs to tells."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from spacy.tokens import Token

_COMING: Final = frozenset(
    {"plan", "schedule", "expect", "due", "set", "vow", "intend", "hope", "aim", "want", "slate"}
)
# What somebody is asked, told or has promised to do is still to be done: "asked donors to come back on Wednesday".
_ASKING: Final = frozenset(
    """ask order urge tell call invite instruct require request advise plead beg direct summon promise pledge agree decide threaten
    prepare offer command""".split()
)
_SCHEDULED: Final = frozenset(
    """election vote summit deadline trial hearing referendum meeting match launch debate conference runoff primary
    ballot session congress
    inauguration ceremony festival game race final talks""".split()
)
# What the timetable says is told in the present: "the fair opens in May". Other verbs in the present tell what is so.
_TIMETABLED: Final = frozenset(
    """open start begin commence launch leave depart arrive return resume end finish close expire conclude take come go run meet host play
    face visit air premiere retire step reopen kick get vote elect celebrate mark hold fall""".split()
)
_MAY: Final = frozenset({"may", "might", "could", "can", "should", "must"})


class Tense(StrEnum):
    """What the verb says about which side of the present a time lies on."""

    PAST = "past"
    FUTURE = "future"
    SCHEDULED = "scheduled"  # it says when a planned event is: "the November election"
    UNKNOWN = "unknown"


def tense_of(token: Token) -> Tense:
    """The tense of the nearest verb above the expression; UNKNOWN where it does not tell past from future."""
    noun = token.head
    if noun.i > token.i and noun.pos_ in ("NOUN", "PROPN") and noun.lemma_.lower() in _SCHEDULED:
        return Tense.SCHEDULED
    verb, through_noun = token, False
    for _ in range(8):
        if verb.pos_ in ("VERB", "AUX") and verb is not token:
            break
        if verb.head == verb:
            return Tense.UNKNOWN
        verb = verb.head
        through_noun = through_noun or verb.pos_ == "NOUN"
    else:
        return Tense.UNKNOWN
    tense = _tense_of(verb, depth=0)
    # "praised the debate, Oct. 9": the verb's past says nothing of the noun's day.
    return Tense.UNKNOWN if through_noun and tense is Tense.PAST else tense


def _tense_of(verb: Token, depth: int) -> Tense:
    helpers = [child for child in verb.children if child.dep_ in ("aux", "auxpass")]
    words = {helper.lower_ for helper in helpers}
    if words & {"will", "shall", "'ll", "’ll", "wo"} or (verb.tag_ == "VBG" and words & {"is", "are", "'s", "’s"}):
        return Tense.FUTURE
    if verb.tag_ == "VBD" or words & {"was", "were", "had", "has", "have", "did", "'ve", "’ve"}:
        return Tense.FUTURE if verb.lemma_ in _COMING and depth else Tense.PAST
    if words & _MAY:
        return Tense.FUTURE
    if "to" in words and depth < 3:  # an infinitive lies ahead of the verb that governs it
        governor = verb.head
        ahead = _COMING | _ASKING
        if governor != verb and (governor.lemma_ in ahead or governor.lower_ in ahead or governor.lemma_ == "be"):
            return Tense.FUTURE
        return (
            _tense_of(governor, depth + 1) if governor != verb and governor.pos_ in ("VERB", "AUX") else Tense.UNKNOWN
        )
    if verb.tag_ in ("VBZ", "VBP") and not helpers and verb.lemma_ in _TIMETABLED:
        return Tense.FUTURE
    if (
        verb.tag_ in ("VBG", "VBN", "VB")
        and verb.head != verb
        and verb.head.pos_ in ("VERB", "AUX")
        and depth < 3
        and not helpers
    ):
        return _tense_of(verb.head, depth + 1)
    return Tense.UNKNOWN
