"""Finding the names of protected people in any text, however they are written: in other letter cases, normal forms, widths, with
invisible characters between, in addresses and hash tags.

What is found is a span of the text as it stands, so that a mask can keep its length. A word too much is hidden rather than one too few:
every part of a person's name is hidden wherever it stands alone, unless it stands in the whole name of somebody else that is known.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from sayso.model import Span

_DROPPED = {"Mn", "Me", "Cf", "Cc"}  # marks on letters, and what cannot be seen
_BETWEEN = (
    r"(?:[\W_]|%[0-9a-f]{2}|&#?\w{1,6};){0,6}"  # what may stand between two parts of one name: a blank, a hyphen, "%20"
)
_STEM = 4  # letters from which on the beginning of a word tells which it is
_INFLECTED = 3  # letters that other scripts hang on to a name
# No part of anybody's name by themselves.
_PARTICLES = frozenset(
    "mr mrs ms miss dr prof sir dame lord lady the of and de da di do du del della la le los las van von der den ter bin ibn bint"
    " al el abu um umm jr sr st san ben y e".split()
)
# Names that are everyday words too: hidden only where they begin with a capital, or the text would fall apart.
_EVERYDAY = frozenset(
    """ace angel art bank banks baker barber bay bell best bill bishop black bond book booth bow bridge brown burn burns bush butler
    carpenter carter case chance chase church clay cook cooper court cross day dean drew earl english faith field fields fisher ford
    forest fox frank french gates gay gene gold good grace grant gray green grey guy hall hand hardy head hill hills holiday hope house
    hunt hunter ivy jack joy judge justice king knight lake lane law lily little long low mark marks marsh mason may mercy mill miller
    mills moon moore more nice north page park parks pat patience peace pearl pepper pierce pike pink plant pope porter post potter
    power price prince pride queen ray reed rich ridge ring rivers road rob rock rose rush sage sharp shepherd short singer small smart
    smith snow song south spencer spring star stern stone storm strange street strong sue summer sunny swan tailor tanner temple town
    turner violet walker wall ward waters weaver weeks wells west white wild will wise wolf wood woods worth young""".split()
)


class _Dropping(dict[int, int | None]):
    """Characters that do not count, found out as they come."""

    def __missing__(self, point: int) -> int | None:
        char = chr(point)
        dropped = unicodedata.category(char) in _DROPPED and not char.isspace()
        self[point] = None if dropped else point
        return self[point]


_DROP = _Dropping()


def folded(text: str) -> str:
    """``text`` with nothing left of case, width, ligatures, marks and invisible characters."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold()).translate(_DROP)


@dataclass(frozen=True, slots=True)
class Hidden:
    """Where a protected name stands, and whose it is: the key that `NamesHidden` was given for it."""

    span: Span
    key: str


class NamesHidden:
    """The names of some people and bodies. ``persons`` and ``bodies`` hold the names of each by a key; ``others`` are whole names of
    other people, in which a given name that they share is left as it is."""

    def __init__(
        self,
        persons: Iterable[tuple[str, Collection[str]]],
        bodies: Iterable[tuple[str, Collection[str]]] = (),
        *,
        others: Collection[str] = (),
    ) -> None:
        self._whole: dict[str, str] = {}  # folded parts joined by blanks -> key
        self._parts: dict[str, str] = {}
        self._last: set[str] = set()
        for key, names in persons:
            for name in names:
                parts = _parts_of(name)
                if len(parts) > 1:
                    self._whole.setdefault(" ".join(parts), key)
                telling = [part for part in parts if len(part) > 1 and part not in _PARTICLES]
                for part in telling or parts:
                    self._parts.setdefault(part, key)
                self._last.update(telling[-1:])
        for key, names in bodies:
            for name in names:
                self._whole.setdefault(" ".join(_parts_of(name)), key)
        self._whole.pop("", None)
        words = sorted({*self._whole, *self._parts}, key=lambda w: (-len(w), w))
        self._seeds = re.compile("|".join(re.escape(w.split(" ")[0]) for w in words)) if words else None
        self._words = words
        self._pattern = re.compile("|".join(f"({_spelled(w)})" for w in words)) if words else None
        shared = {" ".join(_parts_of(name)) for name in others}
        exempt = sorted(name for name in shared if self._shares(name))
        self._others = re.compile("|".join(rf"\b{_spelled(name)}\b" for name in exempt)) if exempt else None

    def __bool__(self) -> bool:
        return self._pattern is not None

    def key_of(self, name: str) -> str | None:
        """Whose name this is, where it is nothing but a name: whole, or a part of it beside titles and particles."""
        parts = _parts_of(name)
        if not parts:
            return None
        if (whole := self._whole.get(" ".join(parts))) is not None:
            return whole
        telling = [part for part in parts if part not in _PARTICLES and len(part) > 1]
        keys = {self._parts.get(part) for part in telling}
        return keys.pop() if len(keys) == 1 and set(telling) & self._parts.keys() and not self._exempt(name) else None

    def find(self, text: str) -> list[Hidden]:
        """Every place where a protected name stands, in order; none overlap."""
        if self._pattern is None or self._seeds is None:
            return []
        flat = folded(text)
        if not self._seeds.search(flat):
            return []
        starts, ends = _offsets(text, flat)
        exempt = [match.span() for match in self._others.finditer(flat)] if self._others else []
        found: list[Hidden] = []
        at = 0
        while match := self._pattern.search(flat, at):
            here = self._accepted(match, flat, text, starts, exempt)
            if here is None:
                at = match.start() + 1
                continue
            end, key = here
            at = max(end, match.start() + 1)
            # What cannot be seen belongs to the letter before: a mark on the last letter goes with it.
            found.append(Hidden(Span(starts[match.start()], ends[end - 1]), key))
        return found

    def near(self, asked: str) -> bool:
        """Whether what somebody looks for holds a protected name, or a beginning or another ending of a part of one: an index finds words
        by their stems."""
        if self.find(asked):
            return True
        longer = [part for part in self._parts if len(part) >= _STEM]
        words = [word for word in _parts_of(asked) if len(word) >= _STEM]
        return any(word.startswith(part[:-1]) or part.startswith(word) for word in words for part in longer)

    # -----------------------------------------------------------------------------------------------

    def _accepted(
        self, match: re.Match[str], flat: str, text: str, starts: list[int], exempt: list[tuple[int, int]]
    ) -> tuple[int, str] | None:
        """The end of what is to be hidden, and whose name it is; None where the letters are part of something else."""
        start, end = match.span()
        word = self._words[(match.lastindex or 1) - 1]
        if word in self._whole and " " in word:  # to the end of the word: another spelling, or an ending, tells as much
            while end < len(flat) and flat[end].isalpha() and not _humped(text, starts, end):
                end += 1
            return end, self._whole[word]
        key = self._parts.get(word) or self._whole[word]
        before = start == 0 or not flat[start - 1].isalpha() or _humped(text, starts, start)
        after = _word_end(flat, text, starts, end, native=match[0].isascii())
        if not before or after is None:
            return None
        small = not text[starts[start]].isupper() and text[starts[start]].lower() != text[starts[start]].upper()
        if small and (word in _EVERYDAY or len(match[0]) < 3) and not _in_address(flat, start, end):
            return None
        if word not in self._last and any(a <= start and end <= b for a, b in exempt):
            return None
        return after, key

    def _shares(self, name: str) -> bool:
        """Whether somebody else's name shares only parts that may stand in it."""
        parts = name.split(" ")
        mine = [part for part in parts if part in self._parts]
        return len(parts) > 1 and bool(mine) and not self._last.intersection(mine)

    def _exempt(self, name: str) -> bool:
        return self._others is not None and self._others.fullmatch(" ".join(_parts_of(name))) is not None


def _parts_of(name: str) -> list[str]:
    return re.findall(r"[^\W_]+", folded(name))


def _spelled(name: str) -> str:
    return _BETWEEN.join(re.escape(part) for part in name.split(" "))


def _offsets(text: str, flat: str) -> tuple[list[int], list[int]]:
    """For each character of the folded text where in ``text`` it begins and ends."""
    if text.isascii():
        return list(range(len(text))), list(range(1, len(text) + 1))
    starts: list[int] = []
    ends: list[int] = []
    for at, char in enumerate(text):
        here = folded(char)
        if not here and ends:
            ends[-1] = at + 1
        starts += [at] * len(here)
        ends += [at + 1] * len(here)
    assert len(starts) == len(flat), "folding goes letter by letter"
    return starts, ends


def _humped(text: str, starts: list[int], at: int) -> bool:
    """Whether a word of its own begins there by a capital alone, as in "#FreeAda"."""
    a, b = text[starts[at - 1]], text[starts[at]]
    return a.islower() and b.isupper()


def _word_end(flat: str, text: str, starts: list[int], end: int, *, native: bool) -> int | None:
    """Where the word ends of which a name was read up to ``end``; None where the name is only the beginning of another word."""
    if end == len(flat) or not flat[end].isalpha() or _humped(text, starts, end):
        return end
    rest = 0
    while end + rest < len(flat) and flat[end + rest].isalpha():
        rest += 1
    if native:
        return end + 1 if rest == 1 and flat[end] == "s" else None
    return end + rest if rest <= _INFLECTED else None


def _in_address(flat: str, start: int, end: int) -> bool:
    """Whether it stands as addresses and accounts write names: with a hyphen, slash, dot, at sign or underscore at it."""
    around = flat[start - 1 : start] + flat[end : end + 1]
    return any(mark in around for mark in "-_/.@#%+=") and not around.endswith(".")


def hidden_words(names: Collection[str]) -> Iterator[str]:
    """The words that are hidden for a person of these names, for whoever decides."""
    seen = NamesHidden([("", names)])
    yield from sorted(seen._parts)
