"""A question in the making: its answers as lists of statements, before anything has an id."""

from __future__ import annotations

from dataclasses import dataclass, field

from sayso.link.told import Told
from sayso.model import Answer, RelationKind, Slot


@dataclass(frozen=True, slots=True)
class Tie:
    """How the answer number ``first`` of a draft stands to the answer number ``second``, with the reasons in words."""

    first: int
    second: int
    kind: RelationKind
    score: float
    reasons: tuple[str, ...]


@dataclass(eq=False)
class Draft:
    """One question with its distinct answers. ``matter`` identifies it in every order of arrival."""

    slot: Slot
    matter: str
    text: str
    claims: list[tuple[Told, ...]] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    ties: list[Tie] = field(default_factory=list)
    asked_by: list[Told] = field(default_factory=list)
    open: bool = False
