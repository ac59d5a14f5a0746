"""Whether two names are spellings of one name: each comparison says why in words, with a score, or gives None.

Precision first. Two different first names are never one person; a letter may differ only inside long names; what is
merely like another name is another name.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from sayso.link.actors_names import LONGEST_NAME
from sayso.link.seats import Words, body_words, first_names, state_at

Likeness = tuple[float, str]
Say = Callable[[str], str]
"""A folded word as a report writes it, for the reason that is shown."""

LONG = 8  # letters of a surname inside which one may differ: "Johnson" and "Johnston" are two people
TAIL = 2  # last letters that must agree all the same: "Petersen" and "Peterson", "Ivanov" and "Ivanova" are two
_ARTICLES = frozenset(("al", "el", "ul", "ad", "ash"))

# Habits of transcription from Arabic, Persian, Cyrillic and German into English and French, applied in this order.
_LETTERS: tuple[tuple[str, str], ...] = (
    (r"[yj]", "i"),
    (r"(?<=[oe])ff$", "v"),  # Smirnoff, Smirnov
    (r"(?<=\w\w)ee(?=\w)", "i"),  # Saleem, Salim
    (r"tsch|tch", "ch"),
    (r"shch|sch", "sh"),
    (r"^ch(?=[aeiou]\w\w)|(?<=[aeiou])ch(?=[aeiou])", "sh"),  # Bachir, Bashir
    (r"([bdgt])h(?=\1h|\1)", r"\1"),  # Qadhdhafi
    (r"kh", "H"),
    (r"([bdg])h", r"\1"),  # Gadhafi, Baghdadi
    (r"(?<=[aeiou])h$", ""),  # Sarah, Nasrallah
    (r"ph", "f"),
    (r"x", "ks"),
    (r"ck|q|c(?![eih])", "k"),
    (r"^g(?=\w{5})", "k"),  # Gaddafi, Qaddafi
    (r"w", "v"),
    (r"ou|oo", "u"),
    (r"(?<=[^aeioug])([uo])e(?=\w\w)", r"\1"),  # Mueller, Muller
    (r"^ie", "e"),  # Yevgeny, Evgeny
    (r"H", "h"),
    (r"(.)\1+", r"\1"),
    (r"ei$", "i"),
)
_COMPILED = tuple((re.compile(old), new) for old, new in _LETTERS)


@lru_cache(maxsize=200_000)
def sound(word: str) -> str:
    """A folded word in the spelling under which its transcriptions meet.

    >>> sound("qaddafi") == sound("kadhafi") == sound("gaddafi")
    True
    >>> sound("march") == sound("marsh")
    False
    """
    for old, new in _COMPILED:
        word = old.sub(new, word)
    return word


@lru_cache(maxsize=100_000)
def person_words(words: Words) -> Words:
    """The words of a person's name without the articles of Arabic names, where enough is left: "Bashar al-Assad"."""
    bare = tuple(w for w in words if w not in _ARTICLES)
    return bare if len(bare) > 1 else words


def people_alike(a: Words, b: Words, say: Say = str.capitalize) -> Likeness | None:
    """Two full names of people are spellings of one: the surname sounds the same and no first name differs."""
    mine, theirs = person_words(a), person_words(b)
    if min(len(mine), len(theirs)) < 2:
        return None
    if mine == theirs:
        return 0.95, "with and without the article of the name"
    if len(mine) == len(theirs) and all(sound(x) == sound(y) for x, y in zip(mine, theirs, strict=True)):
        return 0.95, f"spelled otherwise: {_differing(mine, theirs, say)}"
    if sound("".join(mine)) == sound("".join(theirs)):
        return 0.95, f"spelled otherwise: {_title(mine, say)} / {_title(theirs, say)}"
    if mine[1:-1] != theirs[1:-1] or len(mine) != len(theirs):
        return None
    first, last = _word_alike(mine[0], theirs[0]), _word_alike(mine[-1], theirs[-1])
    if last and mine[0] in first_names() and first_names()[mine[0]] & first_names().get(theirs[0], frozenset()):
        return 0.85, f"forms of one first name: {_differing(mine, theirs, say)}"
    if first and (distance := _a_letter_apart(mine[-1], theirs[-1])):
        return distance, f"a letter apart: {_differing(mine, theirs, say)}"
    return None


def _word_alike(a: str, b: str) -> bool:
    return a == b or sound(a) == sound(b)


def _a_letter_apart(a: str, b: str) -> float | None:
    """The score of two long words that one letter tells apart, not the first and not one of the last."""
    if min(len(a), len(b)) < LONG or len(a) != len(b) or a[0] != b[0] or a[-TAIL:] != b[-TAIL:]:
        return None
    return 0.75 if sum(x != y for x, y in zip(a, b, strict=True)) == 1 else None


def may_be_one_person(a: Words, b: Words) -> bool:
    """Whether nothing in two names of people says that they are two: no other surname, first name or middle name.

    A missing first or middle name, and an initial, say nothing.
    """
    mine, theirs = person_words(a), person_words(b)
    if not mine or not theirs:
        return True
    if not (_word_alike(mine[-1], theirs[-1]) or _a_letter_apart(mine[-1], theirs[-1])):
        return sound("".join(mine)) == sound("".join(theirs))
    if min(len(mine), len(theirs)) < 2:
        return True
    if not _given_agree(mine[0], theirs[0]):
        return sound("".join(mine)) == sound("".join(theirs))
    middle, other = mine[1:-1], theirs[1:-1]
    if not middle or not other:
        return True
    return len(middle) == len(other) and all(_given_agree(x, y) for x, y in zip(middle, other, strict=True))


def _given_agree(a: str, b: str) -> bool:
    if min(len(a), len(b)) == 1:
        return a[0] == b[0]
    return _word_alike(a, b) or bool(first_names().get(a, frozenset()) & first_names().get(b, frozenset()))


def shorter_form(short: Words, full: Words, say: Say = str.capitalize) -> Likeness | None:
    """``short`` leaves out or abbreviates what ``full`` has: a bare surname, an initial, no middle name. Which of several
    people it is, it does not say: whoever asks must know that there is one."""
    mine, theirs = person_words(short), person_words(full)
    if len(theirs) < 2 or len(theirs) > LONGEST_NAME or mine == theirs or not may_be_one_person(mine, theirs):
        return None
    if len(mine) == 1:
        return (0.85, "surname of the only person so called") if len(mine[0]) > 1 else None
    if len(mine[0]) == 1 and len(theirs[0]) > 1:
        return 0.8, f"initials: {_title(mine, say)}"
    if len(mine) < len(theirs):
        return 0.85, f"without the middle name: {_title(mine, say)}"
    if len(mine) == len(theirs) and any(len(x) == 1 < len(y) for x, y in zip(mine, theirs, strict=True)):
        return 0.85, f"initials: {_title(mine, say)}"
    return None


# ---------------------------------------------------------------------------------------------------
# Bodies


@lru_cache(maxsize=100_000)
def body_key(words: Words, peoples: frozenset[tuple[str, str]] = frozenset()) -> Words:
    """The words of a body's name in their order, each in the form that its translations share: "liberty" as "freedom",
    "Russian" as "russia". ``peoples`` are words for the people of places that no table knows, each with its place."""
    known, invented = body_words(), dict(peoples)
    found: list[str] = []
    n = 0
    while n < len(words):
        if told := state_at(words, n):
            found.append(told[0])
            n += told[1]
            continue
        word = invented.get(words[n], words[n])
        if word not in known.idle:
            found.append(known.same.get(word, word))
        n += 1
    while len(found) > 2 and len(found[-1]) == 1:  # what points leave of a company's form: "N.V."
        found.pop()
    if len(found) > 3 and found[-1] == "".join(w[0] for w in found[:-1]).casefold():
        found.pop()  # "European Space Agency ESA"
    return tuple(found) or words


def bodies_alike(a: Words, b: Words, key_a: Words, key_b: Words, say: Say = str.capitalize) -> Likeness | None:
    """Two names of bodies have the same words, in translation or in another order. ``key_a`` is `body_key` of ``a``."""
    if sorted(key_a) != sorted(key_b):
        return None
    if len(key_a) < 2 and not (set(a) ^ set(b)) & body_words().idle:
        return None
    ordered = key_a == key_b
    if not ordered and len(key_a) == 2 and not set(key_a) & body_words().institutions:
        return None  # "Virginia West" and "West Virginia"
    reasons = []
    mine, theirs = sorted(set(a) - set(b)), sorted(set(b) - set(a))
    if mine and theirs:
        reasons.append(f"translated: {_title(tuple(mine), say)} / {_title(tuple(theirs), say)}")
    elif mine or theirs:
        reasons.append(f"with or without: {_title(tuple(mine or theirs), say)}")
    if not ordered:
        reasons.append("the same words in another order")
    return (0.9 if ordered else 0.85), "; ".join(reasons) or "the same words"


def is_bare_institution(key: Words) -> bool:
    """Whether a body's name tells only its kind ("Defence Ministry"): which one it is, the place around it says."""
    known = body_words()
    return bool(set(key) & known.institutions) and set(key) <= known.institutions | known.fields


def _differing(a: Words, b: Words, say: Say) -> str:
    return ", ".join(f"{say(x)} / {say(y)}" for x, y in zip(a, b, strict=True) if x != y)


def _title(words: Words, say: Say) -> str:
    return " ".join(map(say, words))
