"""The shape of ``truth.json``: what a person who wrote the demonstration's reports knows about them.

Words are given as short quotes, never as offsets: a quote stands exactly once in the canonical text of its report, so
the truth survives any change of how a page becomes text. Records name each other by key.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

import cattrs

from sayso.model import Act, ActorType, EdgeKind, RelationKind, Slot, Status

Value = bool | int | str
"""The answer to a question: yes or no, a number, or a name."""


@dataclass(frozen=True, slots=True)
class Incident:
    """What happened where. Times are ISO 8601."""

    title: str
    country: str
    province: str
    neighbour: str
    begins: str
    ends: str


@dataclass(frozen=True, slots=True)
class TrueActor:
    """Who speaks. An alias that begins in lower case is a description and fits only as a whole."""

    name: str
    aliases: tuple[str, ...]
    type: ActorType
    side: str | None


@dataclass(frozen=True, slots=True)
class TrueReport:
    """One report: the file that holds it, and ``marker``, words by which it is known within that file.

    Reports of one ``origin`` are one way of knowing: an outlet's own reports, and those that derive from them.
    """

    file: str
    marker: str
    outlet: str
    published: str
    origin: str
    derived_from: str | None = None
    derivation: str | None = None  # an EdgeKind, or "partial" for one that carries only a part
    edited: str | None = None
    forwarded_from: str | None = None
    reply_to: str | None = None
    version_of: str | None = None

    @property
    def edge(self) -> EdgeKind | None:
        """The kind of derivation as a ledger names it; None where there is none, or only of a part."""
        return None if self.derivation in (None, "partial") else EdgeKind(self.derivation)


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of one report."""

    report: str
    quote: str


@dataclass(frozen=True, slots=True)
class TrueStatement:
    """Something that a report says that ``actor`` said. ``quote`` lies in its content.

    ``own_channel`` marks what an actor wrote in a channel of their own, where no words name the speaker; any of
    ``act`` is right; ``negated`` is None where the words around the quote leave it open; ``relay`` names who stands
    between the speaker and the report.
    """

    id: str
    report: str
    actor: str
    act: tuple[Act, ...]
    quote: str
    negated: bool | None = False
    own_channel: bool = False
    nested: bool = False
    hedge: str | None = None
    relay: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TrueAnswer:
    """One answer to a question, the statements that give it, and the statuses that are right for it."""

    key: str
    value: Value
    statements: tuple[str, ...]
    status: tuple[Status, ...]


@dataclass(frozen=True, slots=True)
class TrueRelation:
    """How one answer of a question stands to another."""

    answer: str
    to: str
    kind: RelationKind


@dataclass(frozen=True, slots=True)
class TrueQuestion:
    """A question with its answers.

    ``sole_origin`` names the one origin that the current answer rests on, however many reports carry it;
    ``independent_origins`` counts them where there are more.
    """

    id: str
    slot: Slot
    text: str
    status: tuple[Status, ...]
    answers: tuple[TrueAnswer, ...]
    relations: tuple[TrueRelation, ...]
    current: str | None = None
    sole_origin: str | None = None
    independent_origins: int | None = None
    corrected_by: str | None = None


@dataclass(frozen=True, slots=True)
class NotConflict:
    """Two statements that look as if they could not both be true, and can."""

    a: str
    b: str
    why: str


@dataclass(frozen=True, slots=True)
class Drift:
    """One utterance as several reports quote it, no longer in the same words. ``first`` is nearest to it."""

    speaker: str
    wordings: tuple[str, ...]
    first: str


@dataclass(frozen=True, slots=True)
class AgainstInterest:
    """A statement that costs the one who makes it."""

    statement: str
    why: str


@dataclass(frozen=True, slots=True)
class Unverified:
    """A statement that an outlet could not verify, and the statements that this is about."""

    statement: str
    about: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """What nobody knows at the end, and where a report says so."""

    id: str
    slot: Slot
    text: str
    raised: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class AnsweredLater:
    """What was open in early reports and is no longer: the question that has the answer."""

    question: str
    raised: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Background:
    """An older incident, told as background. ``when`` is an ISO 8601 time as known."""

    id: str
    when: str
    told: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Truth:
    about: str
    incident: Incident
    sides: dict[str, str]
    actors: dict[str, TrueActor]
    reports: dict[str, TrueReport]
    statements: tuple[TrueStatement, ...]
    questions: tuple[TrueQuestion, ...]
    not_conflicts: tuple[NotConflict, ...]
    drift: tuple[Drift, ...]
    against_interest: tuple[AgainstInterest, ...]
    unverified: tuple[Unverified, ...]
    open: tuple[OpenQuestion, ...]
    answered_later: tuple[AnsweredLater, ...]
    background: tuple[Background, ...]
    furniture: tuple[Passage, ...]  # words of a page that are no part of its report

    def statement(self, key: str) -> TrueStatement:
        """The statement with this id. Raises KeyError where there is none."""
        for statement in self.statements:
            if statement.id == key:
                return statement
        raise KeyError(key)

    def passages(self) -> tuple[Passage, ...]:
        """Every quote of the truth with its report, statements first."""
        return (
            *(Passage(each.report, each.quote) for each in self.statements),
            *(passage for each in self.open for passage in each.raised),
            *(passage for each in self.answered_later for passage in each.raised),
            *(passage for each in self.background for passage in each.told),
        )


def read_truth(text: str) -> Truth:
    """The truth as written in ``truth.json``; raises an error for a key that is missing, unknown or of another type."""
    converter = cattrs.Converter(forbid_extra_keys=True)
    converter.register_structure_hook(bool | int | str, lambda value, _: value)
    return converter.structure(json.loads(text), Truth)
