"""Events in brief: what is told as done, planned, wished or ruled out, each part with its words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sayso.model.values import Span


class Modality(StrEnum):
    HAPPENED = "happened"  # or is so
    PLANNED = "planned"
    WISHED = "wished"
    ORDERED = "ordered"
    PREDICTED = "predicted"
    HYPOTHETICAL = "hypothetical"


class Certainty(StrEnum):
    CERTAIN = "certain"
    PROBABLE = "probable"
    POSSIBLE = "possible"
    OPEN = "open"  # nothing is said of whether it comes about: what is wished, ordered, or asked


@dataclass(frozen=True, slots=True)
class Event:
    """A predicate with who does it and whom or what it befalls, where, when and how many: spans of the report's text.

    ``negated`` says that it is told as not so ("did not", "failed to"); ``told_by`` is the word that makes it planned, possible
    or negated, where one does. ``place``, ``time`` and ``quantity`` are those of the mentions that hang on this predicate.
    """

    predicate: Span
    lemma: str
    agent: Span | None = None
    patient: Span | None = None
    place: Span | None = None
    time: Span | None = None
    quantity: Span | None = None
    negated: bool = False
    modality: Modality = Modality.HAPPENED
    certainty: Certainty = Certainty.CERTAIN
    told_by: Span | None = None
