"""What befell those who are counted: killed, injured, missing, captured, displaced, affected, or casualties.

Read from the verb, noun or adjective that governs the number, by the parse; where the parse is of no use
(headlines, damaged text), from the words that touch the number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from spacy.tokens import Token

from sayso.extract.quantities_idioms import told_by_idiom
from sayso.extract.quantities_numbers import LEXICON
from sayso.model import Measure

MEASURES: Final = (
    Measure.KILLED,
    Measure.INJURED,
    Measure.CASUALTIES,
    Measure.MISSING,
    Measure.CAPTURED,
    Measure.DISPLACED,
    Measure.AFFECTED,
)


def _table(part: str) -> dict[str, Measure]:
    return {word: measure for measure in MEASURES for word in LEXICON[measure.value][part]}


_TRANSITIVE: Final = _table("transitive")
_INTRANSITIVE: Final = _table("intransitive")
_NOUNS: Final = _table("nouns")
_ADJECTIVES: Final = _table("adjectives")
_TOLLS: Final = _table("tolls")
_ACTS: Final = _table("acts")
# People whose standing another verb may change: "four hostages were executed".
_STATUS_NOUNS: Final = frozenset({"hostage", "prisoner", "captive", "detainee", "refugee", "evacuee", "victim"})
_FREEING: Final = frozenset({"free", "release", "exchange", "swap", "return", "ransom"})
# Verbs that need a second word: "shoot dead", "take prisoner", "gun down".
_PAIRS: Final = {tuple(w.split()): m for w, m in _TRANSITIVE.items() if " " in w}
# "Were reported killed", "are feared dead": the word behind these tells.
_REPORTING: Final = frozenset(
    {"report", "confirm", "presume", "believe", "fear", "list", "leave", "find", "declare", "pronounce"}
)
_PAIR_VERBS: Final = frozenset(first for first, _ in _PAIRS)

# Adjectives and participles as they touch a number: "12 dead", "12 people were killed", "killing 12".
_PARTICIPLES: Final[dict[str, Measure]] = {
    **_ADJECTIVES,
    "assassinated": Measure.KILLED,
    "massacred": Measure.KILLED,
    "shot dead": Measure.KILLED,
    "gunned down": Measure.KILLED,
    "died": Measure.KILLED,
    "die": Measure.KILLED,
    "perished": Measure.KILLED,
    "drowned": Measure.KILLED,
    "beheaded": Measure.KILLED,
    "abducted": Measure.CAPTURED,
    "taken hostage": Measure.CAPTURED,
    "taken prisoner": Measure.CAPTURED,
    "hostage": Measure.CAPTURED,
    "prisoner": Measure.CAPTURED,
    "fled": Measure.DISPLACED,
    "flee": Measure.DISPLACED,
    "disappeared": Measure.MISSING,
    "unaccounted for": Measure.MISSING,
}
_ACTIVES: Final[dict[str, Measure]] = {
    form: measure
    for base, measure in _TRANSITIVE.items()
    if " " not in base
    for form in (
        [base, f"{base}s", f"{base}d", f"{base[:-1]}ing"]
        if base.endswith("e")
        else [base, f"{base}s", f"{base}ed", f"{base}ing"]
    )
} | {"kidnapping": Measure.CAPTURED, "kidnapped": Measure.CAPTURED, "slew": Measure.KILLED, "hurting": Measure.INJURED}


def _any(words: dict[str, Measure]) -> str:
    return "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in sorted(words, key=lambda w: (-len(w), w)))


_AFTER: Final = re.compile(
    rf"\s*(?P<noun>(?:(?:other|more|additional|further)\s+)?(?:[\w’'-]+\s+){{0,2}}?)"
    r"(?:(?:were|was|are|is|have|has|had|been|be|being|got|gone|going|went|left|reported|reportedly|confirmed|feared|believed|presumed|listed|as|also|still|badly|"
    r"seriously|severely|slightly|critically|lightly|found|shot\s+and|could\s+have|may\s+have|might\s+have|will\s+have|to\s+have|allegedly|instantly)\s+){0,4}"
    rf"(?P<word>{_any(_PARTICIPLES)})\b(?P<both>\s*(?:,|and|or|/)\s*(?:(?:seriously|severely|badly)\s+)?(?P<word2>{_any(_PARTICIPLES)})\b)?(?!\s+by\s+the\s+dozen)",
    re.IGNORECASE,
)
_BEFORE: Final = re.compile(
    rf"(?:^|(?<=\W))(?P<word>{_any(_ACTIVES)})(?P<both>\s+(?:and|or)\s+(?P<word2>{_any(_ACTIVES)}))?\s+(?:of\s+)?(?:him\s+and\s+|her\s+and\s+)?$",
    re.IGNORECASE,
)
_TOLL: Final = re.compile(
    rf"\b(?P<toll>{_any(_TOLLS)})\b(?:\s+(?:in|at|near|by|from|of|for|after|across|on)\s+(?:[\w’'-]+\s+){{1,8}}?|\s+)?"
    r"(?:(?:now|had|has|have|was|is|stood|stands|standing|rose|rises|risen|rising|climbed|climbs|jumped|jumps|grew|grows|reached|reaches|hit|hits|at|to|of|up|by|"
    r"from(?:\s+[\w,.-]+){1,4}?\s+to|to(?:\s+[\w,.-]+){1,4}?\s+from|from|currently|passed|passes|topped|tops|exceeded|exceeds|could|may|would|reach|rise|climb|be|been|numbered|numbering|number|increased|soared|sits|still|officially|revised|lowered|raised|down|upwards|downwards)\s+){0,7}(?:[:–-]\s*)?$",
    re.IGNORECASE,
)
_BREAK: Final = re.compile(r"[.;:!?\n]|,\s+(?!including)")


@dataclass(frozen=True, slots=True)
class Fate:
    """A standard count; ``negated`` when the words say that it did not happen."""

    measure: Measure
    negated: bool = False


def measure_of(head: Token, number: Token, text: str, start: int, end: int) -> Fate | None:
    """The standard count that the number in characters [start, end) of ``text`` gives, or None.

    ``head`` is the noun that is counted (or the number itself, when it stands alone).
    """
    if _is_whole(head, number):
        return None
    if (idiom := told_by_idiom(head)) is not None:
        negated = idiom is not Measure.MISSING and head.dep_.startswith("nsubj") and _negated(head.head)
        return Fate(idiom, negated)  # who has not been found is missing
    if head.lemma_.lower() in _STATUS_NOUNS and head.dep_ in ("dobj", "nsubjpass") and head.head.lemma_ in _FREEING:
        return None  # "thirty prisoners were freed"
    noun = _from_noun(head)
    if noun is not None and head.lemma_.lower() not in _STATUS_NOUNS:
        return noun
    return _from_governor(head, 0) or _from_touching(text, start, end, head, number) or noun or _from_toll(text, start)


def _is_whole(head: Token, number: Token) -> bool:
    """ "three of the 40 passengers", "none of the 40": of the 40 only a part is told of."""
    if head.dep_ != "pobj" or head.head.lower_ != "of" or number.i < head.head.i:
        return False
    part = head.head.head
    words = (part.lower_, part.lemma_.lower())
    return part.like_num or any(w in LEXICON["fractions"] or w in LEXICON["none"]["words"] for w in words)


def _from_noun(head: Token) -> Fate | None:
    """ "Three deaths", "12 wounded", "two dead soldiers", "people displaced by"."""
    measure = _NOUNS.get(head.lemma_.lower()) or _NOUNS.get(head.lower_)
    if measure is not None and not (measure is Measure.CAPTURED and head.lower_ in ("killing", "murder")):
        return Fate(measure)
    if head.lower_ in _ADJECTIVES:
        return Fate(_ADJECTIVES[head.lower_])
    for child in head.children:
        if child.dep_ in ("amod", "acl", "relcl", "conj", "advcl"):
            fate = _from_modifier(child, head)
            if fate is not None:
                return fate
    return None


def _from_modifier(child: Token, head: Token) -> Fate | None:
    if child.dep_ == "amod":
        measure = _ADJECTIVES.get(child.lower_)
        return Fate(measure) if measure is not None and not (child.i > 0 and child.nbor(-1).lower_ == "not") else None
    if child.dep_ == "acl" and child.tag_ == "VBN":
        measure = _verb(child, passive=True)
        return Fate(measure) if measure is not None else None
    if child.dep_ == "relcl":
        subject = next((t for t in child.children if t.dep_ in ("nsubj", "nsubjpass")), None)
        if subject is None or subject.lower_ not in ("who", "that", "which"):
            return None
        passive = subject.dep_ == "nsubjpass"
        measure = _verb(child, passive=True) if passive else _INTRANSITIVE.get(child.lemma_)
        return Fate(measure, _negated(child)) if measure is not None else None
    return None


def _from_governor(token: Token, depth: int) -> Fate | None:
    """Up the tree: subject or object of a verb, "deaths of", "including", "and three civilians"."""
    governor, dep = token.head, token.dep_
    if depth > 5 or governor == token:
        return None
    if dep in ("nsubjpass", "csubjpass") or (dep == "nsubj" and _is_passive(governor)):
        return _fate(governor, _verb(governor, passive=True))
    if dep == "nsubj":
        measure = _INTRANSITIVE.get(governor.lemma_) or _state(governor)
        return _fate(governor, measure)
    if dep == "poss" and governor.lemma_.lower() in _ACTS:  # "the six monks' murder"
        return Fate(_ACTS[governor.lemma_.lower()])
    if dep == "attr" and governor.lemma_ == "be":  # "among the dead were five children"
        among = (t for c in governor.children if c.lower_ == "among" for t in c.children if t.dep_ == "pobj")
        return next((fate for t in among if (fate := _from_noun(t)) is not None), None)
    if dep in ("dobj", "obj", "dative", "oprd"):
        if governor.lemma_ in ("leave", "find", "report", "count", "presume", "fear", "claim", "take", "make", "cause"):
            measure = _complement(governor)
            return _fate(governor, measure) if measure is not None else None
        if governor.lemma_ == "include":  # "the toll includes 11 children"
            return next(
                (Fate(_TOLLS[c.lower_]) for c in governor.children if c.dep_ == "nsubj" and c.lower_ in _TOLLS), None
            )
        return _fate(governor, _verb(governor, passive=False))
    if dep in ("conj", "appos") or (
        dep in ("nummod", "nmod", "amod", "compound", "quantmod") and governor.pos_ in ("NOUN", "PROPN", "NUM", "ADJ")
    ):
        if dep == "conj" and governor.pos_ not in ("NOUN", "PROPN", "NUM", "PRON", "ADJ", "DET"):
            return None
        return (
            _from_noun(governor) if dep in ("conj", "appos") and _NOUNS.get(governor.lemma_) is None else None
        ) or _from_governor(governor, depth + 1)
    if dep == "pobj" and governor.pos_ in ("ADP", "SCONJ", "VERB"):
        return _through_preposition(governor, depth)
    return None


def _through_preposition(preposition: Token, depth: int) -> Fate | None:
    word, above = preposition.lower_, preposition.head
    if word == "of" and above.pos_ in ("NOUN", "PROPN"):
        measure = _ACTS.get(above.lemma_.lower()) or _NOUNS.get(above.lemma_.lower())
        return (
            Fate(measure)
            if measure is not None
            else _from_governor(above, depth + 1)
            if above.lower_ in _PARTITIVES
            else None
        )
    if word == "of" and above.pos_ in ("NUM", "DET", "PRON", "ADJ"):  # "three of the men", "none of them"
        return _from_governor(above, depth + 1)
    before = preposition.nbor(-1).lower_ if preposition.i else ""
    if word == "with" and {above.lower_, before} & {"along", "together"}:
        verb = above.head if above.pos_ == "ADV" else above  # "was killed along with two guards"
        return _fate(verb, _verb(verb, passive=True) or _INTRANSITIVE.get(verb.lemma_)) if verb.pos_ == "VERB" else None
    if word in ("including", "among", "like"):
        return (
            _from_noun(above)
            or _from_governor(above, depth + 1)
            or (_fate(above, _verb(above, passive=_is_passive(above))) if above.pos_ == "VERB" else None)
        )
    return None


_PARTITIVES: Final = frozenset(
    """group total family dozen dozens hundreds scores thousands number crew some couple members none all many most
    each half
    several""".split()
)


def _fate(verb: Token, measure: Measure | None) -> Fate | None:
    if measure is None:
        return None
    return Fate(measure, _negated(verb))


def _verb(verb: Token, *, passive: bool) -> Measure | None:
    """The count that an object of ``verb`` belongs to; "killed or injured" are casualties."""
    lemma = verb.lemma_.lower()
    measure = _TRANSITIVE.get(lemma)
    if lemma in _PAIR_VERBS:
        for child in verb.children:
            measure = _PAIRS.get((lemma, child.lower_), measure)
    if measure is None and lemma in _REPORTING:
        return _complement(verb)
    both = {Measure.KILLED, Measure.INJURED}
    for other in verb.children if measure in both else ():
        alone = not any(c.dep_ in ("nsubjpass", "dobj", "nsubj") for c in other.children)
        if other.dep_ == "conj" and alone and {measure, _TRANSITIVE.get(other.lemma_)} == both:
            return Measure.CASUALTIES
    return measure


def _complement(verb: Token) -> Measure | None:
    """ "Left 12 dead", "are missing", "were reported killed"."""
    for child in verb.children:
        if child.dep_ in ("oprd", "acomp", "xcomp", "ccomp", "advmod", "conj") and child.i > verb.i:
            measure = _ADJECTIVES.get(child.lower_) or (
                _verb(child, passive=True) if child.tag_ == "VBN" and child != verb else None
            )
            if measure is not None:
                return measure
    return None


def _state(verb: Token) -> Measure | None:
    """ "Are missing", "had to be hospitalized", "were among those killed"."""
    if verb.lemma_ in ("be", "remain", "go", "lie", "become"):
        for child in verb.children:
            if child.dep_ == "prep" and child.lower_ == "among":
                fate = next((f for t in child.children if t.dep_ == "pobj" and (f := _from_noun(t))), None)
                return fate.measure if fate is not None else None
        return _complement(verb)
    if verb.lemma_ in ("have", "need", "get", "appear", "seem"):
        for child in verb.children:
            if child.dep_ == "xcomp" and _is_passive(child):
                return _verb(child, passive=True)
    return None


def _is_passive(verb: Token) -> bool:
    return any(child.dep_ == "auxpass" for child in verb.children)


def _negated(verb: Token) -> bool:
    return any(child.dep_ == "neg" or child.lower_ == "never" for child in verb.children)


# ---------------------------------------------------------------------------------------------------
# The words that touch the number


def _from_touching(text: str, start: int, end: int, head: Token, number: Token) -> Fate | None:
    before = text[max(0, start - 60) : start]
    tail = _BREAK.split(before)[-1]
    m = _BEFORE.search(tail)
    if m is not None:
        return Fate(_joined(_ACTIVES, m), bool(re.search(r"\b(?:not|n['’]t|never|without)\s*$", tail[: m.start()])))
    after = _BREAK.split(text[end : end + 90])[0]
    m = _AFTER.match(after)
    if m is None:
        return None
    nouns = m["noun"].split()
    if any(w.lower() in _STRANGERS for w in nouns) or (
        nouns and nouns[-1].lower() in ("who", "have", "had", "and", "or", "the")
    ):
        return None
    # "Two gunmen killed a guard": the touching word is the next verb's own, not theirs.
    if m["word"].lower() in (
        "killed",
        "injured",
        "wounded",
        "hurt",
        "kidnapped",
        "captured",
        "abducted",
        "detained",
        "arrested",
    ) and re.match(
        r"\s+(?:an?|the|his|her|their|at\s+least|some|several|\d+|more|people|him|them|civilians|one|two|three|four|five|six|seven|eight|nine|ten|dozens|hundreds)\b",
        after[m.end() :],
    ):
        return None
    verb = head.head
    if (
        head.dep_ == "nsubj"
        and verb.lower_ == m["word"].lower()
        and any(c.dep_ in ("dobj", "obj") for c in verb.children)
    ):
        return None
    return Fate(_joined(_PARTICIPLES, m), " not " in f" {after[: m.end('word')].lower()} ")


def _joined(table: dict[str, Measure], m: re.Match[str]) -> Measure:
    first = table[" ".join(m["word"].lower().split())]
    if not m["word2"]:
        return first
    second = table[" ".join(m["word2"].lower().split())]
    return Measure.CASUALTIES if {first, second} == {Measure.KILLED, Measure.INJURED} else first


_STRANGERS: Final = frozenset(
    """of in on at by from for to with after before when that which but as since percent year years day days hour
    hours week weeks month months km miles
    kilometers kilometres meters metres times""".split()
)


def _from_toll(text: str, start: int) -> Fate | None:
    sentence = re.split(r"[.;!?\n](?:\s|$)", text[max(0, start - 120) : start])[-1]
    m = _TOLL.search(sentence)
    if m is None:
        return None
    return Fate(_TOLLS[" ".join(m["toll"].lower().split())])
