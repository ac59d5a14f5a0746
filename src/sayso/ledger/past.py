"""States of a ledger as of earlier moments, each linked once as long as what was out by then stays the same."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

from sayso.errors import UsageError
from sayso.ledger.bearing import bears, meant
from sayso.ledger.lately import came
from sayso.ledger.linking import Linking
from sayso.ledger.state import State
from sayso.ledger.stories import story_called
from sayso.model import Judgement, Verdict
from sayso.store import JournalRow, Store
from sayso.store.moments import last_moment, was_out

_KEPT = 2  # states held in memory: what compares two needs both


class Past:
    """The states of one store at moments. A command asks for one moment several times; linking it takes seconds."""

    def __init__(self, store: Store, linking: Linking) -> None:
        self._store = store
        self._linking = linking
        self._states: dict[
            datetime, tuple[str, State]
        ] = {}  # by the moment, with the end of the journal that they hold at
        self._stood: dict[tuple[str | None, str | None], State] | None = (
            None  # while time stands still, what was asked for
        )

    @contextmanager
    def still(self) -> Iterator[None]:
        """As long as it lasts, one question about the state has one answer, whatever others put in meanwhile."""
        if self._stood is not None:
            yield
            return
        self._stood = {}
        try:
            yield
        finally:
            self._stood = None

    @property
    def stands(self) -> bool:
        return self._stood is not None

    def state(self, as_of: str | None, story: str | None = None) -> State:
        """Everything, linked, as of the end of that time (ISO 8601), None is now; of one story where its id, or the beginning
        of it, is given.

        Raises UsageError for what is not a time, and for a story that there is not.
        """
        if self._stood is None:
            return self._read(as_of, story)
        if (as_of, story) not in self._stood:
            self._stood[as_of, story] = self._read(as_of, story)
        return self._stood[as_of, story]

    def _read(self, as_of: str | None, story: str | None) -> State:
        if story is not None:
            found = self._linking.state_of(story) if as_of is None else None
            if found is None or not found.reports:  # a story of which nothing counts any more is none
                state = self.state(as_of) if found is None else found
                found = state.of(story_called(sorted({state.stories[report.id] for report in state.reports}), story))
            return found
        if as_of is None:
            return self._linking.state()
        return self._state_at(moment_of(as_of))

    def _state_at(self, moment: datetime) -> State:
        """What came in since may be of later: then the state of that moment is what it was."""
        now = self._store.head()
        held = self._states.pop(moment, None)
        state = held[1] if held and self.same_since(held[0], moment) else None
        if state is None:
            while len(self._states) >= _KEPT:
                del self._states[next(iter(self._states))]
            state = self._linking.state_at(moment)
        self._states[moment] = (now, state)
        return state

    def same_since(self, row: str, moment: datetime | None) -> bool:
        """Whether nothing that came in after the journal's row of that hash changes what is linked as of a moment, None is now: no
        report that was out by then, no reading of one, and no judgement but remarks. False for a row that there is not."""
        now = self._store.head()
        if row == now:
            return True
        rows = list(self._store.journal(after=row))
        if not rows or rows[0].prev != row:
            return False
        every = {judgement.id: judgement for judgement in self._store.judgements()}
        return not any(self._changes(each, moment, every) for each in rows)

    def _changes(self, row: JournalRow, moment: datetime | None, every: Mapping[str, Judgement]) -> bool:
        told = json.loads(row.payload)
        if row.kind == "judgement":
            made = every.get(told["judgement"])
            return made is None or meant(made, every).verdict is Verdict.PROTECT or bears(made, every)
        if row.kind in ("report", "extraction") and moment is not None:
            report = self._store.report(told["report"])
            return report is None or was_out(report, moment)
        return True

    def since_row(self, row: str) -> tuple[State, State] | None:
        """What there was when the journal ended with the row of that hash, and what there is now, of the stories that are not the
        same in both; None for a row that there is not.

        By the journal and not by any time a report tells: most reports come in later than they were published.
        """
        while True:
            now = self._store.head()
            rows = list(self._store.journal(after=row)) if row != now else []
            if rows and rows[0].prev != row:
                return None
            later = came(rows)
            found = self._linking.states_around(later) or (self._linking.state_without(later), self._linking.state())
            if self._store.head() == now:  # else more came in meanwhile, and stands in one of the two by chance
                return _apart(*found)


def _apart(before: State, after: State) -> tuple[State, State]:
    """Both without the stories that linking gave alike: whatever came in, most of a large ledger is as it was."""
    same = {story for story, linked in before.parts.items() if after.parts.get(story) == linked}
    return before.of(*(before.parts.keys() - same)), after.of(*(after.parts.keys() - same))


def moment_of(as_of: str) -> datetime:
    """The last moment of a time. Raises UsageError for what is not one."""
    moment = last_moment(as_of)
    if moment is None:
        raise UsageError(
            "this is not a time", where=repr(as_of), remedy='Write it as in "2023-05-23" or "2023-05-23T14:00Z".'
        )
    return moment
