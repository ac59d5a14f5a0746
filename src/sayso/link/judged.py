"""What people decided, as the linking obeys it: judgements are rows, the latest on a record or pair of records counts.

    reject  a statement            it is left out of every claim
    merge   statement, statement   they are one claim
    split   statement, statement   they are never one claim
    reject  claim, claim           the machine's relation between them is dropped
    accept  claim, claim           the relation is kept, with the person as its judge; with "contradicts" or another kind it
                                   is what the person says, from the first to the second
    correct statement              "speaker: …" ("none": the outlet's own voice), "act: …" or "negated: yes|no"
    merge   actor, actor           they are one actor
    split   actor, actor           they are never one actor
    correct actor                  "side: …", "state: …" or "body: …": it is what the person says, in every story,
    correct actor, report          or in the story of that report
    reject  report, report         neither has it from the other
    accept  report, report         one has it from the other
    correct outlet                 "family: …": the publisher whose other outlets and it are one, "none" for nobody
    reject  a judgement            it does not count, and what stood before it does
    withdraw report                from its time on nothing rests on the report
    protect  actor or report       says nothing to linking: it is shown nowhere

What is said of claims is said of a statement of each: those ids stay when claims grow (ids of claims do as long as these stay). An actor is called by
name ("actor:Ada Quill"), or by a name in one report ("actor:Ada Quill@r-…"): names stay when other reports come.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import NamedTuple

from sayso.link.actors_names import fold
from sayso.model import Judgement, RelationKind, Verdict

Pair = tuple[str, str]
ACTOR = "actor:"
OUTLET = "outlet:"
CORRECTED = ("side", "state", "body")


class ActorName(NamedTuple):
    """The actors of one folded name, in all reports or in one."""

    words: tuple[str, ...]
    report: str | None = None


class Correction(NamedTuple):
    """What a person says of an actor; ``report`` is one of the story that it holds in, None for every story."""

    actor: ActorName
    report: str | None
    what: str  # one of CORRECTED
    value: str
    author: str


@dataclass(frozen=True, slots=True)
class Judged:
    """Judgements sorted by what they are about. Pairs are in alphabetical order."""

    rejected: frozenset[str]
    merged: frozenset[Pair]
    split: frozenset[Pair]
    dropped: frozenset[Pair]
    accepted: dict[Pair, str]
    actors_merged: Mapping[tuple[ActorName, ActorName], str] = field(default_factory=dict)  # with the author
    actors_split: frozenset[tuple[ActorName, ActorName]] = frozenset()
    corrections: tuple[Correction, ...] = ()
    families: Mapping[str, str] = field(default_factory=dict)  # of outlets, by name
    related: Mapping[Pair, tuple[RelationKind, str]] = field(
        default_factory=dict
    )  # from the first to the second, by whom

    def spoken_of_singly(self) -> frozenset[tuple[tuple[str, ...], str]]:
        """Names in single reports that a person joined or parted: each with its report."""
        pairs = (*self.actors_merged, *self.actors_split)
        named = (name for pair in pairs for name in pair)
        return frozenset((name.words, name.report) for name in named if name.report is not None)


NOBODY = Judged(frozenset(), frozenset(), frozenset(), frozenset(), {})
"""No judgement at all."""


def read_judgements(judgements: Iterable[Judgement]) -> Judged:
    """The judgements that stand: of several on one record or pair, the last by time."""
    latest: dict[tuple[str, str], Judgement] = {}
    corrections: dict[tuple[ActorName, str | None, str], Correction] = {}
    families: dict[str, str] = {}
    deciding = (Verdict.ACCEPT, Verdict.REJECT, Verdict.MERGE, Verdict.SPLIT)
    for judgement in _standing(judgements):
        if judgement.verdict is Verdict.CORRECT and judgement.subject.startswith(ACTOR):
            if made := _correction(judgement):
                corrections[made.actor, made.report, made.what] = made
        elif judgement.verdict is Verdict.CORRECT and judgement.subject.startswith(OUTLET):
            what, _, value = (judgement.value or "").partition(":")
            if what.strip().casefold() == "family" and value.strip():
                families[judgement.subject.removeprefix(OUTLET)] = value.strip()
        elif judgement.verdict in deciding:
            pair = (judgement.subject, "") if judgement.other is None else _pair(judgement.subject, judgement.other)
            latest[pair] = judgement
    related = {
        (j.subject, j.other): (RelationKind(j.value), j.author)
        for pair, j in sorted(latest.items())
        if j.verdict is Verdict.ACCEPT and j.other is not None and j.value in set(RelationKind)
    }
    actors = {pair: judgement for pair, judgement in latest.items() if pair[0].startswith(ACTOR)}
    by_verdict: dict[Verdict, list[Pair]] = {verdict: [] for verdict in deciding}
    for pair, judgement in latest.items():
        if pair not in actors:
            by_verdict[judgement.verdict].append(pair)
    return Judged(
        rejected=frozenset(a for a, b in by_verdict[Verdict.REJECT] if not b),
        merged=frozenset(p for p in by_verdict[Verdict.MERGE] if p[1]),
        split=frozenset(p for p in by_verdict[Verdict.SPLIT] if p[1]),
        dropped=frozenset(p for p in by_verdict[Verdict.REJECT] if p[1]),
        accepted={p: latest[p].author for p in sorted(by_verdict[Verdict.ACCEPT]) if p[1]},
        actors_merged={
            _actors(*pair): j.author for pair, j in sorted(actors.items()) if j.verdict is Verdict.MERGE and pair[1]
        },
        actors_split=frozenset(_actors(*pair) for pair, j in actors.items() if j.verdict is Verdict.SPLIT and pair[1]),
        corrections=tuple(corrections[key] for key in sorted(corrections, key=str)),
        families=dict(sorted(families.items())),
        related=related,
    )


def statement_corrections(judgements: Iterable[Judgement]) -> dict[str, dict[str, str]]:
    """What people corrected in statements, by statement id: "speaker", "act" or "negated" with the last value."""
    found: dict[str, dict[str, str]] = {}
    for judgement in _standing(judgements):
        if judgement.verdict is Verdict.CORRECT and judgement.subject.startswith("s-"):
            what, _, value = (judgement.value or "").partition(":")
            found.setdefault(judgement.subject, {})[what.strip().casefold()] = value.strip()
    return found


def withdrawals(judgements: Iterable[Judgement], *, at: datetime | None) -> dict[str, Judgement]:
    """The reports that were withdrawn by ``at``, each with the first judgement that says so; by now, where that is None."""
    found: dict[str, Judgement] = {}
    for judgement in _standing(judgements):
        if judgement.verdict is Verdict.WITHDRAW and (at is None or _begins(judgement) <= at):
            found.setdefault(judgement.subject, judgement)
    return found


def protections(judgements: Iterable[Judgement]) -> tuple[Judgement, ...]:
    """The judgements by which actors and reports are protected, oldest first; undone ones do not count."""
    return tuple(judgement for judgement in _standing(judgements) if judgement.verdict is Verdict.PROTECT)


def withdrawn_reports(judgements: Iterable[Judgement], *, at: datetime | None) -> frozenset[str]:
    """The ids of the reports that nothing rests on as of ``at``; undone withdrawals do not count."""
    return frozenset(withdrawals(judgements, at=at))


def _begins(judgement: Judgement) -> datetime:
    """The first moment of the time that a judgement names; UTC where it names no zone."""
    try:
        moment = datetime.fromisoformat(judgement.at)
    except ValueError:  # a time that is none holds always: better one report too few than a false one
        return datetime.min.replace(tzinfo=UTC)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _standing(judgements: Iterable[Judgement]) -> list[Judgement]:
    """Oldest first, without those that another rejects; a rejection that is itself rejected rejects nothing."""
    ordered = sorted(judgements, key=lambda j: (j.at, j.id))
    against: dict[str, list[str]] = {}
    for judgement in ordered:
        if judgement.verdict is Verdict.REJECT and judgement.subject.startswith("j-"):
            against.setdefault(judgement.subject, []).append(judgement.id)

    def stands(identifier: str) -> bool:
        return not any(stands(other) for other in against.get(identifier, ()))

    return [j for j in ordered if stands(j.id) and not j.subject.startswith("j-")]


def actor_name(subject: str) -> ActorName:
    """The actors that the subject of a judgement calls by name: "actor:Ada Quill", "actor:Ada Quill@r-…"."""
    name, _, report = subject.removeprefix(ACTOR).partition("@r-")
    return ActorName(fold(name), f"r-{report}" if report else None)


def _actors(a: str, b: str) -> tuple[ActorName, ActorName]:
    first, second = sorted((actor_name(a), actor_name(b)), key=lambda n: (n.words, n.report or ""))
    return first, second


def _correction(judgement: Judgement) -> Correction | None:
    what, _, value = (judgement.value or "").partition(":")
    if what.strip().casefold() not in CORRECTED:
        return None
    name = actor_name(judgement.subject)
    return Correction(name, judgement.other, what.strip().casefold(), value.strip(), judgement.author)


def _pair(a: str, b: str) -> Pair:
    return (a, b) if a <= b else (b, a)
