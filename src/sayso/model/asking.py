"""A question that somebody asks of a ledger, as it was read, and what the ledger's claims answer."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sayso.model.account import Citation
from sayso.model.claims import Claim, Question, Slot
from sayso.model.statements import Measure


@dataclass(frozen=True, slots=True)
class Wanted:
    """A question as it was read.

    ``slot`` is None where nothing in the words says what is asked for. ``matter`` is the question as a statement ("the crossing is
    closed"), without its question word and without ``speaker``, whose word is asked for ("did the governor confirm that …").
    ``saying`` is the verb with which that is asked, ``measure`` and ``counted`` what a "how many" counts. ``at`` are the words for
    where and when it is asked about.
    """

    text: str
    slot: Slot | None
    matter: str
    negated: bool = False
    speaker: str | None = None
    saying: str | None = None
    measure: Measure | None = None
    counted: str | None = None
    number: float | None = None  # "were three people killed?"
    any: bool = False  # "was anybody killed?": a count, or none
    at: tuple[str, ...] = ()


class Outcome(StrEnum):
    """What came of a question."""

    ANSWERED = "answered"
    DISPUTED = "disputed"  # several answers that cannot hold together
    SEVERAL = "several"  # answers to several questions, any of which may be meant
    OPEN = "open"  # the reports say that it is not known
    UNKNOWN = "unknown"  # nothing in the reports answers it, or not surely


@dataclass(frozen=True, slots=True)
class Given:
    """One answer that the reports give. ``answer`` is it in short ("three", "yes", a name, or the claim's own words), ``words`` those of
    a report in which it stands; ``by`` are those who say so; ``before`` marks one that its own speaker has since revised or taken back."""

    answer: str
    words: str
    claim: Claim
    question: Question
    by: tuple[str, ...]
    before: bool
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a ledger answers to a question: ``given`` are the answers, those that stand first; empty where nothing is known.

    ``words`` is the answer in a sentence of ours. ``nearest`` is the question of the ledger that comes nearest to what was asked where
    nothing answers it; for what the reports themselves call unknown, the question that they ask, with their words in
    ``citations``. ``others`` are further questions that may be meant. ``reasons`` say in words why it was answered so, or not.
    """

    question: str
    slot: Slot | None
    outcome: Outcome
    words: str
    given: tuple[Given, ...] = ()
    nearest: Question | None = None
    citations: tuple[Citation, ...] = ()
    others: tuple[Question, ...] = ()
    reasons: tuple[str, ...] = ()
    as_of: str | None = None

    @property
    def known(self) -> bool:
        return bool(self.given)
