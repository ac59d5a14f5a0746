"""The core types: what sayso knows, and on whose say-so.

Everything here is a small frozen value: no input or output, no database, no behaviour beyond what its
own fields answer. Offsets are half-open and count Unicode code points of a report's canonical text.
The flow is Report -> Statement -> (Origin, Question, Claim, Relation) -> Account -> Line -> Citation;
a Judgement is what a person said about any of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from sayso.ids import make_id

# ---------------------------------------------------------------------------------------------------
# Small values


class Span(NamedTuple):
    """A half-open pair of offsets [start, end) into a report's canonical text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words of ``text`` that stand in this span."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end


class Precision(StrEnum):
    """How finely a time is known."""

    SECOND = "second"
    MINUTE = "minute"
    HOUR = "hour"
    PART_OF_DAY = "part_of_day"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    SEASON = "season"
    YEAR = "year"
    DECADE = "decade"
    RELATIVE = "relative"  # an expression that could not be anchored ("Tuesday", with no published time)


@dataclass(frozen=True, slots=True)
class Instant:
    """An ISO 8601 time with the precision to which it is known ("2023-05-23", day)."""

    value: str
    precision: Precision


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that went wrong: what, in which input or place, and what the user can do."""

    what: str
    where: str
    remedy: str


# ---------------------------------------------------------------------------------------------------
# Reports


class BlockKind(StrEnum):
    HEADLINE = "headline"
    DATELINE = "dateline"
    PARAGRAPH = "paragraph"
    CAPTION = "caption"
    CREDIT = "credit"
    QUOTE = "quote"
    LIST = "list"
    BOILERPLATE = "boilerplate"


@dataclass(frozen=True, slots=True)
class Block:
    """A span of the canonical text with the part it plays on the page. Blocks never overlap."""

    kind: BlockKind
    span: Span


@dataclass(frozen=True, slots=True)
class Capture:
    """How the bytes of a report came to us. No part of the report's identity."""

    captured_at: str  # ISO 8601 in UTC, to the second
    method: str  # file, stdin, http, feed, warc, wacz, telegram, jsonl, csv
    place: str  # the path or URL that was given
    container_sha256: str | None = None  # of the archive or feed that held the bytes
    locator: str | None = None  # where in the container: line 12, record 7, message 1042


@dataclass(frozen=True, slots=True)
class Report:
    """One report as captured; never changed afterwards.

    ``sha256`` is that of the bytes as captured (kept beside it, see `Captured`), ``text`` the canonical
    text that every span counts in. For ``text/plain`` it is the decoded file, character for character.
    """

    id: str
    sha256: str
    text: str
    blocks: tuple[Block, ...]
    media_type: str
    capture: Capture
    url: str | None = None
    outlet: str | None = None
    byline: str | None = None
    title: str | None = None
    published: Instant | None = None
    edited: Instant | None = None
    language: str | None = None
    forwarded_from: str | None = None  # the channel or person a message was forwarded from: provenance
    reply_to: str | None = None  # the id of the message, in its channel, that this one answers
    problems: tuple[Problem, ...] = ()

    @staticmethod
    def make_id(
        *, sha256: str, url: str | None, outlet: str | None, published: Instant | None, locator: str | None = None
    ) -> str:
        """The id of a report: its bytes, and what sets one copy of the same bytes apart from another.

        ``locator`` counts only where one captured record holds several reports (a key inside it that does
        not depend on the machine or the order); else None.
        """
        return make_id("r", sha256, url, outlet, published.value if published else None, locator)


@dataclass(frozen=True, slots=True)
class Captured:
    """A report together with the very bytes it was read from."""

    report: Report
    raw: bytes


# ---------------------------------------------------------------------------------------------------
# What stands in a report: times, places, quantities, actors


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


# ---------------------------------------------------------------------------------------------------
# Statements


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
    outlet's own voice. ``relay`` runs from the speaker outwards: nearest to the speaker first.
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
    said: Said | None = None
    happened: tuple[Said, ...] = ()
    places: tuple[PlaceMention, ...] = ()
    quantities: tuple[Quantity, ...] = ()
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


# ---------------------------------------------------------------------------------------------------
# What is brought together: origins, questions, claims, relations


class EdgeKind(StrEnum):
    COPY = "copy"
    REWORD = "reword"
    TRANSLATE = "translate"
    QUOTE = "quote"
    CREDIT = "credit"
    FORWARD = "forward"
    FAMILY = "family"


@dataclass(frozen=True, slots=True)
class Edge:
    """One report derives from another: ``derived`` from ``base``, with the reasons in words."""

    derived: str
    base: str
    kind: EdgeKind
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Origin:
    """An independent way of knowing: the reports that all go back to it, and why."""

    id: str
    reports: tuple[str, ...]
    edges: tuple[Edge, ...] = ()

    @staticmethod
    def make_id(*, reports: tuple[str, ...]) -> str:
        return make_id("o", *sorted(reports))


class Slot(StrEnum):
    WHO = "who"
    WHAT = "what"
    WHERE = "where"
    WHEN = "when"
    HOW_MANY = "how_many"
    WHETHER = "whether"
    WHOSE = "whose"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a claim answers: a number, a yes or no, or words. Numbers are low <= best <= high."""

    text: str
    low: float | None = None
    best: float | None = None
    high: float | None = None
    unit: str | None = None
    counted: str | None = None
    measure: Measure | None = None
    holds: bool | None = None  # for whether-questions


class Status(StrEnum):
    AGREED = "agreed"
    CORROBORATED = "corroborated"
    REPORTED = "reported"
    CLAIMED = "claimed"
    DISPUTED = "disputed"
    REVISED = "revised"
    WITHDRAWN = "withdrawn"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Claim:
    """One distinct answer to a question, resting on its statements.

    ``wording`` is the clearest of its statements' own words; ``rule`` names the status rule that gave
    ``status``; ``unverified_by`` lists statements in which an outlet tried to verify it and could not.
    """

    id: str
    question: str
    wording: str
    statements: tuple[str, ...]
    answer: Answer
    status: Status
    rule: str
    origins: int
    sides: tuple[str, ...] = ()
    unverified_by: tuple[str, ...] = ()

    @staticmethod
    def make_id(*, question: str, statements: tuple[str, ...]) -> str:
        return make_id("c", question, *sorted(statements))


@dataclass(frozen=True, slots=True)
class Question:
    """Statements that fill one slot of one matter belong to one question; its answers are claims.

    ``asked_by`` lists statements that raise the question or say that it is not answered.
    """

    id: str
    text: str
    slot: Slot
    claims: tuple[str, ...]
    open: bool
    asked_by: tuple[str, ...] = ()

    @staticmethod
    def make_id(*, slot: Slot, matter: str) -> str:
        """``matter`` identifies what the question is about, whatever order its statements came in."""
        return make_id("q", slot.value, matter)


class RelationKind(StrEnum):
    SAME = "same"
    DENIES = "denies"
    CONTRADICTS = "contradicts"
    REVISES = "revises"
    REFINES = "refines"
    SUPPORTS = "supports"


@dataclass(frozen=True, slots=True)
class Relation:
    """How one claim stands to another. ``judge`` is "machine" or the name of a person."""

    from_claim: str
    to_claim: str
    kind: RelationKind
    slot: Slot
    score: float
    reasons: tuple[str, ...]
    judge: str = "machine"


@dataclass(frozen=True, slots=True)
class Linked:
    """What linking gives for a set of reports; the same for every order in which they came."""

    origins: tuple[Origin, ...]
    questions: tuple[Question, ...]
    claims: tuple[Claim, ...]
    relations: tuple[Relation, ...]


# ---------------------------------------------------------------------------------------------------
# What people said about it


class Verdict(StrEnum):
    ACCEPT = "accept"
    REJECT = "reject"
    MERGE = "merge"
    SPLIT = "split"
    CORRECT = "correct"
    GRADE = "grade"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a person decided about a record: an appended row, never an edit."""

    id: str
    verdict: Verdict
    subject: str  # the id of the record it is about
    other: str | None  # the second record of a merge or split, or None
    value: str | None  # the correction, grade or note
    author: str
    at: str  # ISO 8601 in UTC

    @staticmethod
    def make_id(*, verdict: Verdict, subject: str, other: str | None, value: str | None, author: str, at: str) -> str:
        return make_id("j", verdict.value, subject, other, value, author, at)


# ---------------------------------------------------------------------------------------------------
# The account


class SectionKey(StrEnum):
    ESTABLISHED = "established"
    EACH_SIDE = "each_side"
    DISPUTED = "disputed"
    FIGURES = "figures"
    UNVERIFIED = "unverified"
    CHANGED = "changed"
    OPEN = "open"
    BACKGROUND = "background"


@dataclass(frozen=True, slots=True)
class Citation:
    """The spans of one report that a line rests on. ``exact`` is the words of those spans, joined by " … "."""

    statement: str
    report: str
    outlet: str | None
    url: str | None
    published: str | None
    spans: tuple[Span, ...]
    exact: str


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence of the account, with all it rests on."""

    id: str
    text: str
    status: Status
    rule: str
    question: str | None
    claims: tuple[str, ...]
    citations: tuple[Citation, ...]

    @staticmethod
    def make_id(*, section: SectionKey, text: str, claims: tuple[str, ...]) -> str:
        return make_id("l", section.value, text, *claims)


@dataclass(frozen=True, slots=True)
class Section:
    key: SectionKey
    heading: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Account:
    """What is established, who says what, what is disputed, what changed, what nobody knows."""

    title: str
    as_of: str | None
    reports: int
    origins: int
    sections: tuple[Section, ...]
