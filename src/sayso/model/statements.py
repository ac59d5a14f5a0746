"""What was read in one report: who says what, and the times, places, quantities and actors it names."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sayso.ids import make_id
from sayso.model.events import Event
from sayso.model.values import Precision, Problem, Span


@dataclass(frozen=True, slots=True)
class TimeMention:
    """A time expression. ``value`` is TIMEX3; earliest and latest are ISO 8601 and None if unanchored."""

    span: Span
    type: str  # DATE, TIME, DURATION, SET
    value: str
    earliest: str | None
    latest: str | None
    precision: Precision


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A toponym, resolved where that is possible. ``within`` runs from the nearest container outwards."""

    span: Span
    name: str
    lat: float | None = None
    lon: float | None = None
    precision_km: float | None = None
    gazetteer_id: str | None = None
    within: tuple[str, ...] = ()


class Measure(StrEnum):
    """The standard counts of incident coding."""

    KILLED = "killed"
    INJURED = "injured"
    CASUALTIES = "casualties"  # killed or injured, not told apart
    MISSING = "missing"
    CAPTURED = "captured"
    DISPLACED = "displaced"
    AFFECTED = "affected"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in the text: low <= best <= high, in ``unit``, of what is ``counted``.

    ``measure`` says which standard count it gives, when the words around it tell ("12 dead").
    ``high`` is None when open ("at least 12"), ``low`` likewise ("fewer than 12" has low 0).
    """

    span: Span
    low: float | None
    best: float | None
    high: float | None
    unit: str | None
    counted: str | None
    vague: bool = False
    measure: Measure | None = None


class ActorType(StrEnum):
    PERSON = "person"
    ORGANIZATION = "organization"
    PLACE = "place"
    GROUP = "group"
    DOCUMENT = "document"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who spoke or acted, as one report names them. ``role`` is the role's own words, or None."""

    id: str
    name: str
    type: ActorType
    role: str | None = None

    @staticmethod
    def make_id(*, name_key: str) -> str:
        """``name_key`` is the normalised name that merges spellings of one actor."""
        return make_id("a", name_key)


@dataclass(frozen=True, slots=True)
class ActorChain:
    """Every mention of one actor in one report."""

    actor: Actor
    mentions: tuple[Span, ...]
    names: tuple[str, ...]


class Kind(StrEnum):
    DIRECT = "direct"
    MIXED = "mixed"
    INDIRECT = "indirect"
    VOICE = "voice"  # the outlet's own voice


class Act(StrEnum):
    ASSERT = "assert"
    CONFIRM = "confirm"
    DENY = "deny"
    ACCUSE = "accuse"
    CLAIM_RESPONSIBILITY = "claim_responsibility"
    DECLINE_RESPONSIBILITY = "decline_responsibility"
    CORRECT = "correct"
    RETRACT = "retract"
    CANNOT_VERIFY = "cannot_verify"
    DECLINE_COMMENT = "decline_comment"
    PREDICT = "predict"
    ASSESS = "assess"
    PROMISE = "promise"
    ORDER = "order"
    CONDEMN = "condemn"
    ASK = "ask"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Hedge:
    """A word that weakens what is said, with its ICD 203 band where it has one ("likely")."""

    word: str
    span: Span
    band: str | None = None


class HopKind(StrEnum):
    OUTLET = "outlet"
    AGENCY = "agency"
    ACTOR = "actor"
    CHANNEL = "channel"


@dataclass(frozen=True, slots=True)
class Hop:
    """One relay between the speaker and this report."""

    name: str
    kind: HopKind
    span: Span


@dataclass(frozen=True, slots=True)
class Said:
    """When something was said or happened, as the words of the report tell it."""

    value: str
    precision: Precision
    span: Span


@dataclass(frozen=True, slots=True)
class Statement:
    """What one report says someone said.

    Source, cue and content may each be several spans (broken quotations); ``source`` is empty for the
    outlet's own voice. ``relay`` runs from the speaker outwards: nearest to the speaker first. ``events`` are those of the content.
    ``audience`` are the words for whoever was spoken to, ``said`` and ``said_in`` when and where.
    """

    id: str
    report: str
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    kind: Kind
    act: Act = Act.ASSERT
    negated: bool = False
    hedge: Hedge | None = None
    actor: Actor | None = None
    relay: tuple[Hop, ...] = ()
    medium: str | None = None
    audience: Span | None = None
    said: Said | None = None
    said_in: PlaceMention | None = None
    happened: tuple[Said, ...] = ()
    places: tuple[PlaceMention, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    events: tuple[Event, ...] = ()
    confidence: float = 1.0

    @staticmethod
    def make_id(*, report: str, source: tuple[Span, ...], cue: tuple[Span, ...], content: tuple[Span, ...]) -> str:
        return make_id("s", report, _spell(source), _spell(cue), _spell(content))


def _spell(spans: tuple[Span, ...]) -> str:
    return ",".join(f"{s.start}:{s.end}" for s in spans)


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was read out of one report."""

    report: str
    statements: tuple[Statement, ...]
    times: tuple[TimeMention, ...] = ()
    places: tuple[PlaceMention, ...] = ()
    actors: tuple[ActorChain, ...] = ()
    problems: tuple[Problem, ...] = ()
