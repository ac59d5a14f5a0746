"""A name as linking compares it: its plain words, and whether it is a name at all or only says what somebody is."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Words before a name that are no part of it.
HONORIFICS = frozenset(
    """mr mrs ms miss dr prof professor sir dame lord lady rev reverend president vice prime minister chancellor governor
    gov senator sen representative rep mayor general gen colonel col lieutenant lt major maj captain capt sergeant sgt
    admiral adm commander cmdr king queen prince princess pope sheikh imam judge justice chief secretary ambassador spokesman
    spokeswoman spokesperson acting deputy former then""".split()
)
# Names that say what somebody is, not who: they stand for different people in different reports. A name that ends in one
# of them is no name ("regional officials"); an institution is one when words of its own stand before it ("Defence Ministry").
CROWD = frozenset(
    """official officials authority authorities policeman spokesman spokeswoman spokesperson governor mayor minister
    president general colonel lieutenant captain officer officers resident residents witness witnesses villager villagers
    expert experts analyst analysts doctor doctors medic medics rescuer rescuers soldier soldiers fighter fighters commander
    critics aide aides adviser lawyer lawyers prosecutor prosecutors man woman men women people message statement source
    sources third two three some many several one others representative diplomat diplomats activist activists he she they we
    it i who reports report nobody none anybody everyone exiles farmer information ceo cfo chairman chairwoman boss""".split()
)
INSTITUTIONS = frozenset(
    "police government ministry military army hospital party group media council parliament".split()
)
LONGEST_NAME = 4  # words of a person's full name; more is a description
_FUNCTION = frozenset("the a an of for and in on at to from by with s its their his her our".split())


@lru_cache(maxsize=100_000)
def fold(name: str) -> tuple[str, ...]:
    """A name as its plain words: no accents, case, articles, possessives or honorifics; y, j and i as one letter."""
    plain = re.sub(r"['’]s\b", "", plain_letters(without_points(name)))
    words = [w for w in re.findall(r"[^\W_]+", plain) if w not in _FUNCTION]
    while len(words) > 1 and words[0] in HONORIFICS and words[1] not in ("ministry", "department"):
        words = words[1:]
    return tuple(transliterated(w) for w in words)


@lru_cache(maxsize=100_000)
def fold_all(text: str) -> tuple[str, ...]:
    """The plain words of a role, honorifics kept: they are what a role is made of."""
    plain = without_points(text).casefold()
    return tuple(transliterated(w) for w in re.findall(r"[^\W_]+", plain) if w not in _FUNCTION)


def without_points(text: str) -> str:
    """ "U.S." as "US": states and unions that are written with points or without; initials of people keep theirs."""
    return _POINTED.sub(lambda m: m.group().replace(".", "") + " ", text)


_POINTED = re.compile(r"\b(?:U\.S\.A|U\.S|U\.N|U\.K|E\.U|U\.A\.E)\b\.?")


def plain_letters(name: str) -> str:
    """Without case and accents."""
    return "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)).casefold()


def transliterated(word: str) -> str:
    """Spellings of one name from another alphabet meet: Andriy and Andrij, Vyacheslav and Viacheslav."""
    return re.sub(r"i+", "i", re.sub(r"[yj]", "i", word)) if len(word) > 3 else word


def is_generic(words: tuple[str, ...]) -> bool:
    """Whether a folded name only tells a role, a crowd or a kind of institution."""
    return not words or words[-1] in _CROWD or all(w in _CROWD or w in _INSTITUTIONS or w.isdigit() for w in words)


def is_a_name(name: str) -> bool:
    """Whether words begin like a name: "Varn Council", "al-Mahdi"; not "rescuers from Varn", not "each government"."""
    words = re.findall(r"[^\W_][\w’'-]*", name)
    words = words[1:] if len(words) > 1 and words[0].casefold() in ("the", "a", "an") else words
    if not words or words[0].casefold() in _DISTRIBUTIVE:
        return False
    particle = re.split(r"[-’']", words[0])[0] in _PARTICLES
    return words[0][0].isupper() or particle or not any(w[0].islower() for w in words)


_DISTRIBUTIVE = frozenset("each every both either neither some several many most other another all any".split())
_PARTICLES = frozenset("al el de da di du la le van von der bin ibn abu".split())
_CROWD = frozenset(transliterated(w) for w in CROWD)
_INSTITUTIONS = frozenset(transliterated(w) for w in INSTITUTIONS)
