"""What two short texts are to each other: the result of a comparison, with its reasons in words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sayso.model.claims import Slot


class PairKind(StrEnum):
    SAME = "same"
    SUPPORTS = "supports"  # one bears the other out, and tells more
    REFINES = "refines"  # one gives the finer number, time or place
    REVISES = "revises"  # the same actor's later and other answer
    DENIES = "denies"
    CONTRADICTS = "contradicts"
    UNRELATED = "unrelated"  # neither bears the other out nor speaks against it, on the same matter or not


class Direction(StrEnum):
    """Which of the two stands so to the other: the first "denies" the second, say."""

    A_OF_B = "a_of_b"
    B_OF_A = "b_of_a"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Comparison:
    """What one text is to another. ``score`` tells how sure that is, in 0..1; ``reasons`` are those that decided it."""

    kind: PairKind
    direction: Direction
    slot: Slot
    score: float
    reasons: tuple[str, ...]
