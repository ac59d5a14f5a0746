"""The core types: what sayso knows, and on whose say-so.

Everything here is a small frozen value: no input or output, no database, no behaviour beyond what its
own fields answer. Offsets are half-open and count Unicode code points of a report's canonical text.
The flow is Report -> Statement -> (Origin, Question, Claim, Relation) -> Account -> Line -> Citation;
a Judgement is what a person said about any of them.
"""

from __future__ import annotations

from sayso.model.account import Account, Citation, Line, Section, SectionKey
from sayso.model.actors import Gist, Incident, KnownActor, Membership, Story, StoryListing, TakenSide
from sayso.model.asking import Asked, Given, Outcome, Wanted
from sayso.model.changes import Change, ChangeKind, Changes, ChangeWeight, Withdrawal
from sayso.model.checking import Check, CheckedClaim, CheckedStatement, CheckedTie
from sayso.model.claims import (
    Answer,
    Claim,
    ClaimOrigin,
    Derivation,
    Edge,
    EdgeKind,
    Judgement,
    Linked,
    Origin,
    OriginType,
    Passage,
    Question,
    Relation,
    RelationKind,
    Slot,
    Status,
    Verdict,
)
from sayso.model.comparing import Comparison, Direction, PairKind
from sayso.model.events import Certainty, Event, Modality
from sayso.model.reports import Block, BlockKind, Capture, Captured, Report
from sayso.model.statements import (
    Act,
    Actor,
    ActorChain,
    ActorType,
    Extraction,
    Hedge,
    Hop,
    HopKind,
    Kind,
    Measure,
    PlaceMention,
    Quantity,
    Said,
    Statement,
    TimeMention,
)
from sayso.model.values import Instant, Precision, Problem, Span

__all__ = [
    "Account",
    "Act",
    "Actor",
    "ActorChain",
    "ActorType",
    "Answer",
    "Asked",
    "Block",
    "BlockKind",
    "Capture",
    "Captured",
    "Certainty",
    "Change",
    "ChangeKind",
    "ChangeWeight",
    "Changes",
    "Check",
    "CheckedClaim",
    "CheckedStatement",
    "CheckedTie",
    "Citation",
    "Claim",
    "ClaimOrigin",
    "Comparison",
    "Derivation",
    "Direction",
    "Edge",
    "EdgeKind",
    "Event",
    "Extraction",
    "Gist",
    "Given",
    "Hedge",
    "Hop",
    "HopKind",
    "Incident",
    "Instant",
    "Judgement",
    "Kind",
    "KnownActor",
    "Line",
    "Linked",
    "Measure",
    "Membership",
    "Modality",
    "Origin",
    "OriginType",
    "Outcome",
    "PairKind",
    "Passage",
    "PlaceMention",
    "Precision",
    "Problem",
    "Quantity",
    "Question",
    "Relation",
    "RelationKind",
    "Report",
    "Said",
    "Section",
    "SectionKey",
    "Slot",
    "Span",
    "Statement",
    "Status",
    "Story",
    "StoryListing",
    "TakenSide",
    "TimeMention",
    "Verdict",
    "Wanted",
    "Withdrawal",
]
