"""Offices that one person holds in one place at a time: which one a role or a name tells of ("Ilvane governor")."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from sayso.link.actors_names import fold_all, without_points
from sayso.link.seats import body_words, state_at


@dataclass(frozen=True, slots=True)
class Office:
    """``name`` is folded ("foreign minister"); ``places`` are the words of where, folded, states by their names."""

    name: str
    places: frozenset[str]


_WORD = re.compile(r"[^\W_][\w’'-]*")
_OF = re.compile(r"\b(?:of|for|in)\b")
_END = re.compile(r"[,;(]|\b(?:who|which|that|whose|bordering|near|and|on|since|where)\b")


@lru_cache(maxsize=50_000)
def read_office(text: str, peoples: frozenset[tuple[str, str]] = frozenset()) -> Office | None:
    """The office that ``text`` names, or None where it names none or says that somebody else holds it ("former governor",
    "spokesman for the mayor"). ``peoples`` are words for the people of places that no table knows, each with its place."""
    known = body_words()
    text = _END.split(without_points(text).strip())[0]
    before, *after = _OF.split(text, maxsplit=1)
    words = [(w, folded) for w in _WORD.findall(before) for folded in fold_all(_bare(w))]
    if not words or words[-1][0].casefold() == "major":  # folded, it is the mayor
        return None
    if words[-1][1] not in known.offices or any(f in known.no_holder for _, f in words):
        return None
    name = [words[-1][1]]
    rest = words[:-1]
    while rest and known.same.get(rest[-1][1], rest[-1][1]) in known.of_office:
        word = rest.pop()[1]
        name.insert(0, known.same.get(word, word))
    beside = [(w, f) for w, f in rest if f not in known.beside_office or w == "New"]
    if any(not w[:1].isupper() for w, _ in beside):
        return None  # "the hospital governor" is another kind of governor
    where = [(w, f) for w in _WORD.findall(after[0]) for f in fold_all(_bare(w)) if w[:1].isupper()] if after else []
    places = _places([f for _, f in beside], dict(peoples)) | _places([f for _, f in where], dict(peoples))
    return Office(" ".join(name), places)


def _bare(word: str) -> str:
    return re.sub(r"['’]s?$", "", word)


def _places(words: list[str], peoples: dict[str, str]) -> frozenset[str]:
    """The places that these words tell of, in lower case: states by their own name, others by the word as it stands."""
    found: set[str] = set()
    n = 0
    while n < len(words):
        told = state_at(words, n)
        if told:
            found.add(told[0].casefold())
        elif words[n] == "new" and n + 1 < len(words):  # New Mexico is not Mexico
            found.add(" ".join(words[n : n + 2]))
            n += 1
        elif words[n] not in body_words().beside_office:
            found.add(peoples.get(words[n], words[n]))
        n += told[1] if told else 1
    return frozenset(found)
