"""What a number counts: the noun, its wording in the plural, and whether it means people."""

from __future__ import annotations

import re
from typing import Final

from spacy.tokens import Token

from sayso.extract.quantities_measure import MEASURES, Fate
from sayso.extract.quantities_numbers import LEXICON

PEOPLE: Final = frozenset(LEXICON["people"]["words"])
FATE_NOUNS: Final = frozenset(w for measure in MEASURES for w in LEXICON[measure.value]["nouns"])
_FATE_ADJECTIVES: Final = frozenset(w for measure in MEASURES for w in LEXICON[measure.value]["adjectives"])
PLURALS: Final = {
    "person": "people",
    "man": "men",
    "woman": "women",
    "child": "children",
    "foot": "feet",
    "body": "bodies",
    "wife": "wives",
}
_INVARIANT: Final = frozenset(
    {
        "people",
        "police",
        "personnel",
        "troops",
        "military",
        "dead",
        "wounded",
        "injured",
        "missing",
        "aircraft",
        "homeless",
        "crew",
        "species",
        "series",
        "spacecraft",
        "livestock",
        "cattle",
    }
)
_EMPTY_MODIFIERS: Final = frozenset(
    {
        "other",
        "more",
        "additional",
        "further",
        "new",
        "such",
        "same",
        "many",
        "few",
        "several",
        "own",
        "first",
        "last",
        "next",
        "previous",
        "total",
        "least",
        "most",
    }
)
_LONGEST_KIND: Final = 5  # tokens before the noun: "aid workers", "plain-clothes police officers"
# Nouns that say what befell people and not who they are.
STATES: Final = frozenset(
    """lives death deaths fatality fatalities dead deceased body bodies corpse corpses killing killings murder murders
    assassination assassinations execution executions
    injury injuries wounded injured casualty casualties victim victims missing arrest arrests detention detentions
    abduction abductions kidnapping
    kidnappings""".split()
)


def head_of(token: Token, last: Token) -> Token:
    """The noun that the number counts, or the number's own last token where it stands alone."""
    head = last
    for _ in range(4):
        if (
            head.dep_
            in ("nummod", "quantmod", "amod", "det", "compound", "nmod", "advmod", "predet", "poss", "preconj")
            and head.head != head
        ):
            above = head.head
            if above.i < token.i and above.pos_ not in ("NUM",):
                break
            head = above
            if head.pos_ in ("NOUN", "PROPN", "ADJ", "PRON") and head.i > last.i:
                return head
        else:
            break
    if head.i > last.i and head.pos_ in ("NOUN", "PROPN"):
        return head
    # "dozens of people", "three of the wounded"
    for child in (*last.children, *token.children):
        if child.dep_ == "prep" and child.lower_ == "of" and child.i > last.i:
            for counted in child.children:
                if counted.dep_ == "pobj":
                    return counted
    following = last.nbor(1) if last.i + 1 < len(last.doc) else last
    if following.lower_ == "of" and following.i + 1 < len(last.doc):
        return next((t for t in following.subtree if t.dep_ == "pobj" and t.head == following), last)
    # The parser sometimes hangs a noun that follows the number on the verb.
    if following.tag_ in ("NNS", "NNPS") or (following.pos_ == "NOUN" and following.lemma_.lower() in PEOPLE):
        return following
    if following.lower_ in FATE_NOUNS or following.lower_ in ("others", "more"):
        return following
    return last


def counted_of(head: Token, last: Token) -> str | None:
    """What is counted, in lower case, plural, with the words that say which kind: "russian citizens" as "Russian
    citizens".
    """
    if head.pos_ == "PRON" or head.lower_ in ("others", "more", "other"):
        return None
    first = next(
        (
            t.i
            for t in head.doc[last.i + 1 : head.i]
            if t.head == head
            and t.dep_ in ("compound", "amod", "nmod")
            and t.lower_ not in _EMPTY_MODIFIERS | _FATE_ADJECTIVES
        ),
        head.i,
    )
    while first - 2 > last.i and head.doc[first - 1].text == "-":  # "plain-clothes officers"
        first -= 2
    words = head.doc[first : head.i]
    kind = words.text if len(words) <= _LONGEST_KIND else ""
    return f"{kind} {plural(head)}".strip() if kind and kind[-1] != "-" else kind + plural(head)


def plural(noun: Token) -> str:
    """The plural of a noun, in lower case unless it is a name."""
    word = noun.text if noun.pos_ == "PROPN" else noun.lower_
    if noun.tag_ in ("NNS", "NNPS") or noun.lower_ in _INVARIANT or noun.pos_ not in ("NOUN", "PROPN"):
        return word
    if noun.lower_ in PLURALS:
        return PLURALS[noun.lower_]
    if word.endswith(("man",)) and noun.lower_[:-3] + "man" in PEOPLE | {"gunman", "spokesman", "policeman"}:
        return word[:-3] + "men"
    if re.search(r"[^aeiou]y$", word):
        return word[:-1] + "ies"
    return word + ("es" if re.search(r"(?:s|x|z|ch|sh)$", word) else "s")


def is_people(head: Token, counted: str | None, alone: bool, fate: Fate | None) -> bool:
    lemma = head.lemma_.lower()
    if not alone and (lemma in PEOPLE or head.lower_ in PEOPLE or head.lower_ in FATE_NOUNS | STATES):
        return True
    if not alone and (head.ent_type_ == "NORP" or lemma.endswith(("men", "women"))) and head.tag_ in ("NNS", "NNPS"):
        return True
    if not alone and head.pos_ in ("NOUN", "PROPN") and counted is not None and head.lower_ not in ("others", "more"):
        return False
    return fate is not None


def shared_noun(last: Token) -> Token | None:
    """The noun that a share is of: "45 percent of voters", "half the town"; None for a pronoun, or where none is told."""
    of = (child for child in last.children if child.dep_ == "prep" and child.lower_ == "of")
    found = next((noun for child in of for noun in child.children if noun.dep_ == "pobj"), None)
    if found is None and last.dep_ in ("predet", "nummod", "amod") and last.head.i > last.i:
        found = last.head if last.head.pos_ == "NOUN" else None
    return found if found is not None and found.pos_ != "PRON" else None
