"""Who is who over many reports: an actor with all its names, whom it speaks for, and on which side it stands in a story."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from sayso.ids import make_id
from sayso.model.statements import ActorType


@dataclass(frozen=True)
class Gist:
    """What one report is about, from that report alone. ``day`` is its day of publication, counted from 1970 (None if unknown).

    ``terms`` are stems with their weights, of unit length together, in the order of the alphabet. ``keys`` are pairs of
    leading terms ("cholera+haiti") and rare names: reports of one story share at least one.
    """

    report: str
    day: float | None
    terms: tuple[tuple[str, float], ...]
    keys: tuple[str, ...]

    @cached_property
    def weights(self) -> Mapping[str, float]:
        return dict(self.terms)


@dataclass(frozen=True, slots=True)
class Story:
    """Reports that tell of one running affair. ``first`` and ``last`` are the earliest and latest time of publication."""

    id: str
    title: str
    reports: tuple[str, ...]
    first: str | None = None
    last: str | None = None

    @staticmethod
    def make_id(*, opens: str) -> str:
        """``opens`` is the id of the story's earliest report: a story keeps its id while no earlier report joins it."""
        return make_id("y", opens)


@dataclass(frozen=True, slots=True)
class Incident:
    """Reports of one story that tell of one place on one day. ``places`` are those that all of them name in their openings, folded;
    ``first`` and ``last`` the earliest and latest day of publication."""

    id: str
    story: str
    reports: tuple[str, ...]
    places: tuple[str, ...]
    first: str | None = None
    last: str | None = None

    @staticmethod
    def make_id(*, reports: tuple[str, ...]) -> str:
        return make_id("i", *sorted(reports))


@dataclass(frozen=True, slots=True)
class StoryListing:
    """A story with how much there is of it: its outlets, its independent origins, its claims that are disputed and its questions
    that are open."""

    story: Story
    outlets: tuple[str, ...]
    origins: int
    disputed_claims: int
    open_questions: int


@dataclass(frozen=True, slots=True)
class Membership:
    """What one report calls an actor, and why that is this actor: the reasons in words, with a score from 0 to 1."""

    report: str
    actor: str  # the id of the actor as that report names it
    name: str
    role: str | None
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TakenSide:
    """The side of an actor in a story: a state, a body, a name of their own, or "unknown"."""

    story: str
    side: str
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownActor:
    """An actor across reports. ``name`` is the one that is shown; ``bodies`` are those it speaks for, ``state`` its state."""

    id: str
    name: str
    type: ActorType
    names: tuple[str, ...]
    members: tuple[Membership, ...]
    bodies: tuple[str, ...] = ()
    state: str | None = None
    sides: tuple[TakenSide, ...] = ()

    @staticmethod
    def make_id(*, key: str) -> str:
        """``key`` is what the actor is known by: the folded words of its fullest name."""
        return make_id("p", key)
