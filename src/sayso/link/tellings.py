"""An event as one report tells it, ready to be compared: its parts in words, and the vectors of its predicate and of those who take part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from sayso.link.embed import Vector, embed_texts
from sayso.link.embed_within import embed_within
from sayso.link.remembered import Remembered
from sayso.link.words import Words, stem
from sayso.model import Event, Modality, Span


@dataclass(frozen=True)
class ToldEvent:
    """One event of a report, and the sentence or statement that tells it.

    ``names`` are those of the whole report (`Words.names`), by which reports of two incidents are told apart.
    """

    id: str
    report: str
    text: str
    sentence: Span
    event: Event
    names: frozenset[str] = frozenset()


@dataclass(frozen=True, eq=False)
class Telling:
    """An event in its sentence, ready to be compared."""

    told: ToldEvent
    word: Vector  # of the predicate alone
    within: Vector  # of the predicate in its sentence
    doer_row: Vector
    victim_row: Vector

    @property
    def id(self) -> str:
        return self.told.id

    @property
    def predicate(self) -> str:
        return self.told.event.predicate.of(self.told.text)

    @cached_property
    def stem(self) -> str:
        return stem(self.told.event.lemma)

    @cached_property
    def around(self) -> Words:
        return Words(self.told.sentence.of(self.told.text))

    @cached_property
    def every(self) -> frozenset[str]:
        """Stems of all words of the sentence."""
        return frozenset(stem(word) for word in self.around.tokens)

    @cached_property
    def others(self) -> frozenset[str]:
        """Stems of the telling words beside the predicate."""
        return self.around.stems - {self.stem}

    @cached_property
    def doer(self) -> Part:
        return self._part(self.told.event.agent)

    @cached_property
    def victim(self) -> Part:
        return self._part(self.told.event.patient)

    @cached_property
    def place(self) -> Part:
        return self._part(self.told.event.place)

    @cached_property
    def time(self) -> Part:
        return self._part(self.told.event.time)

    @cached_property
    def quantity(self) -> Part:
        return self._part(self.told.event.quantity)

    @cached_property
    def ahead(self) -> bool:
        return self.told.event.modality is not Modality.HAPPENED

    def _part(self, span: Span | None) -> Part:
        return Part(span.of(self.told.text) if span is not None else "")


@dataclass(frozen=True)
class Part:
    """The words of one who takes part, of a place, a time or a number; empty where none is told."""

    text: str

    @cached_property
    def words(self) -> Words:
        return Words(self.text)

    @cached_property
    def capitals(self) -> frozenset[str]:
        return frozenset(stem(word) for word in self.words.tokens if word[0].isupper() and word.lower() != "the")


# A phrase takes 2 kB, a sentence with its words some 3: so many are 30 MB.
_PHRASES: Remembered[str, Vector] = Remembered(8_000)
_WITHIN: Remembered[tuple[str, tuple[Span, ...]], Vector] = Remembered(4_000)


def tell(told: Sequence[ToldEvent]) -> list[Telling]:
    """The events with their vectors, in the order given."""
    spans: dict[str, set[Span]] = {}
    for one in told:
        start = one.sentence.start
        at = Span(one.event.predicate.start - start, one.event.predicate.end - start)
        spans.setdefault(one.sentence.of(one.text), set()).add(at)
    asked = [(text, tuple(sorted(places))) for text, places in sorted(spans.items())]
    within = {
        (text, span): row
        for (text, places), rows in _WITHIN.of(asked, embed_within).items()
        for span, row in zip(places, rows, strict=True)
    }
    phrases = sorted({text for one in told for text in _phrases(one)})
    vectors = _PHRASES.of(phrases, lambda texts: [row.copy() for row in embed_texts(texts)])
    found = []
    for one in told:
        start = one.sentence.start
        at = Span(one.event.predicate.start - start, one.event.predicate.end - start)
        lemma, doer, victim = (vectors[text] for text in _phrases(one))
        found.append(Telling(one, lemma, within[one.sentence.of(one.text), at], doer, victim))
    return found


def _phrases(one: ToldEvent) -> tuple[str, str, str]:
    doer, victim = (s.of(one.text) if s is not None else "" for s in (one.event.agent, one.event.patient))
    return one.event.lemma, doer, victim
