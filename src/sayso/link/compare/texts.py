"""A short text as it is compared: its words, what the reader found in it, when it was published; and two of them as a pair."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from sayso.link.compare.marks import marks_of
from sayso.link.compare.opposing import Met, accord, clash, met
from sayso.link.compare.parsed import Parse
from sayso.link.compare.stances import Stance, stances_of
from sayso.link.embed import Vector, cosines, embed_texts, lattice
from sayso.link.told import day_of
from sayso.link.words import Words, stem
from sayso.model import Event, Extraction, Quantity

_TITLE_SHARE = 0.6  # of the longer words with a capital: then capitals tell no names


@dataclass(frozen=True, eq=False)
class Text:
    """One side of a comparison. What the reader found (``extraction``, ``events``, ``quantities``, ``parse``) may be missing."""

    text: str
    published: str | None = None
    extraction: Extraction | None = None
    events: tuple[Event, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    parse: Parse | None = None
    words: Words = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "words", Words(self.text))

    @property
    def day(self) -> float | None:
        return day_of(self.published)

    @cached_property
    def stems(self) -> frozenset[str]:
        """Content words as stems, without those that only mark a stand ("hoax", "reportedly")."""
        taking_a_stand = {stem(w) for words in self.marks.values() for w in re.findall(r"\w+", words)}
        return frozenset(self.words.stems - taking_a_stand) or self.words.stems

    @cached_property
    def every_stem(self) -> frozenset[str]:
        return frozenset(stem(word) for word in self.words.tokens)

    @cached_property
    def names(self) -> frozenset[str]:
        """Stems of names; none where the text is written Like a Title, as capitals then tell nothing."""
        longer = [w for w in self.words.tokens if len(w) > 3 and not w[0].isdigit()]
        if sum(w[0].isupper() for w in longer) > _TITLE_SHARE * len(longer):
            return frozenset()
        return self.words.names

    @property
    def unnamed(self) -> bool:
        """Whether it names nobody and nothing, as captions do: no capital after its first letter."""
        return not any(letter.isupper() for letter in self.text.strip()[1:])

    @property
    def marks(self) -> Mapping[str, str]:
        return marks_of(self.text)

    @cached_property
    def stances(self) -> tuple[Stance, ...]:
        """What it tells, clause by clause."""
        return stances_of(self.parse) if self.parse is not None else ()

    @cached_property
    def negated_lemmas(self) -> frozenset[str]:
        """What is told as not so or not done: "not arrested", "failed to open"."""
        return frozenset(e.lemma for e in self.events if e.negated)

    @cached_property
    def told_lemmas(self) -> frozenset[str]:
        return frozenset(e.lemma for e in self.events if not e.negated)

    @cached_property
    def places(self) -> frozenset[str]:
        return frozenset(p.name.casefold() for p in self.extraction.places) if self.extraction else frozenset()

    @cached_property
    def times(self) -> tuple[str, ...]:
        """Days and years as the text tells them."""
        if self.extraction is None:
            return ()
        return tuple(
            t.span.of(self.text)
            for t in self.extraction.times
            if t.type in ("DATE", "TIME") and any(c.isdigit() for c in t.value)
        )

    @cached_property
    def wider_places(self) -> frozenset[str]:
        found = self.extraction.places if self.extraction else ()
        return frozenset(w.casefold() for p in found for w in p.within)


@dataclass(frozen=True, eq=False)
class Pair:
    """Two texts with the cosine of their vectors, and those vectors (of unit length) where they are known."""

    a: Text
    b: Text
    cosine: float
    vectors: tuple[Vector, Vector] | None = None

    @cached_property
    def shared(self) -> frozenset[str]:
        return self.a.stems & self.b.stems

    @cached_property
    def met(self) -> tuple[Met, ...]:
        """The clauses of the two that meet."""
        return met(self.a.stances, self.b.stances, self.a.every_stem, self.b.every_stem)

    @cached_property
    def clash(self) -> Met | None:
        """Two clauses that cannot both hold."""
        return clash(self.met)

    @cached_property
    def accord(self) -> Met | None:
        """Two clauses that tell the same, where none of the two texts exclude each other."""
        return accord(self.met)

    @property
    def settled(self) -> bool:
        """A negation or an opposite word in one of them says what the other says without: nothing sets them against each other."""
        return self.accord is not None and self.accord.turned

    def share_of(self, one: Text) -> float:
        """How much of ``one``'s content words the other has."""
        return len(self.shared) / len(one.stems) if one.stems else 0.0


def pair_up(pairs: Sequence[tuple[Text, Text]], known: Mapping[str, Vector] | None = None) -> list[Pair]:
    """Pairs with their vectors; every text is embedded once, and not at all where ``known`` has its vector."""
    known = known or {}
    texts = sorted({t.text for pair in pairs for t in pair if t.text not in known})
    rows = {**known, **dict(zip(texts, embed_texts(texts), strict=True))}
    return [
        Pair(
            a,
            b,
            float(cosines(lattice(rows[a.text][None]), lattice(rows[b.text][None]))[0, 0]),
            (rows[a.text], rows[b.text]),
        )
        for a, b in pairs
    ]
