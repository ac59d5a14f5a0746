"""What linking gives without some reports: those that are protected. What is saved is made from all; stories that hold one of them are
linked again in memory without it, each once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from sayso.ledger.linking import Linking
from sayso.ledger.one_story import Linkers, unlinked
from sayso.ledger.state import State
from sayso.model import Extraction, Linked, Problem, Report, Status
from sayso.pipeline import Steps
from sayso.store import Store


class Hiding(Linking):
    """As `Linking`, for whoever may not know of the reports ``hidden``. It saves nothing of its own: ``whole`` does."""

    def __init__(self, store: Store, steps: Steps, *, whole: Linking, hidden: Collection[str]) -> None:
        super().__init__(store, steps)
        self._whole = whole
        self.hidden = frozenset(hidden)
        self._parts: dict[str, Linked] = {}
        self._parts_of: str | None = None  # the end of the journal that they were made at

    def refresh(self, linkers: Linkers | None = None) -> tuple[Problem, ...]:
        return self._whole.refresh(linkers)

    def rebuild(self, linkers: Linkers | None = None) -> tuple[Problem, ...]:
        return self._whole.rebuild(linkers)

    def linked(self) -> Linked:
        return self.state().linked

    def state(self) -> State:
        return self._seen(super().state())

    def state_of(self, story: str) -> State | None:
        found = super().state_of(story)
        return None if found is None else self._seen(found)

    def state_at(self, moment: datetime) -> State:
        return self._seen(super().state_at(moment))

    def state_without(self, later: Collection[str]) -> State:
        return self._seen(super().state_without(later))

    def states_around(self, later: Collection[str]) -> tuple[State, State] | None:
        found = super().states_around(later)
        return None if found is None else (self._seen(found[0]), self._seen(found[1]))

    def _seen(self, state: State) -> State:
        stories = {report: story for report, story in state.stories.items() if report not in self.hidden}
        left = set(stories.values())
        return replace(
            state, stories=stories, parts={story: part for story, part in state.parts.items() if story in left}
        )

    def _standing(
        self, reports: Sequence[Report], moment: datetime | None = None, *, without: Collection[str] = ()
    ) -> tuple[tuple[Report, ...], tuple[Extraction, ...]]:
        seen = [report for report in reports if report.id not in self.hidden]
        return super()._standing(seen, moment, without=without)

    def _part(self, story: str) -> Linked:
        (members,) = self._store.derived.members([story]).values()
        if self.hidden.isdisjoint(members):
            return super()._part(story)
        if (head := self._store.head()) != self._parts_of:
            self._parts, self._parts_of = {}, head
        if story not in self._parts:
            reports, extractions = self._standing(tuple(self._store.reports(members)))
            furniture = self._store.derived.furniture(self._paragraphs(reports))
            here = unlinked(reports, extractions, self._store.judgements(), furniture)
            self._parts[story] = self._link(here, keep=False)
        return self._parts[story]


def statuses_in(linked: Linked, statements: Collection[str]) -> dict[str, frozenset[Status]]:
    """The statuses of the claims that rest on each of these statements; none of those that no claim rests on."""
    found: dict[str, set[Status]] = {}
    asked = frozenset(statements)
    for claim in linked.claims:
        for statement in asked.intersection(claim.statements):
            found.setdefault(statement, set()).add(claim.status)
    return {statement: frozenset(each) for statement, each in found.items()}
