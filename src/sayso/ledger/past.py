"""States of a ledger as of earlier moments, each linked once as long as the records stay."""

from __future__ import annotations

import json
from datetime import datetime

from sayso.errors import UsageError
from sayso.ledger.linking import Linking, State
from sayso.ledger.stories import story_called
from sayso.store import JournalRow, Store
from sayso.store.moments import last_moment

_KEPT = 2  # states held in memory: what compares two needs both


class Past:
    """The states of one store at moments. A command asks for one moment several times; linking it takes seconds."""

    def __init__(self, store: Store, linking: Linking) -> None:
        self._store = store
        self._linking = linking
        self._states: dict[tuple[str, datetime], State] = {}  # by the end of the journal and the moment
        self._last: tuple[str, State] | None = None  # what `since_row` found last, by the end of the journal then

    def state(self, as_of: str | None, story: str | None = None) -> State:
        """Everything, linked, as of the end of that time (ISO 8601), None is now; of one story where its id, or the beginning
        of it, is given.

        Raises UsageError for what is not a time, and for a story that there is not.
        """
        if story is not None:
            found = self._linking.state_of(story) if as_of is None else None
            if found is None:
                state = self.state(as_of)
                found = state.of(story_called(sorted({state.stories[report.id] for report in state.reports}), story))
            return found
        if as_of is None:
            return self._linking.state()
        key = self._store.stats().journal_head, moment_of(as_of)
        if key not in self._states:
            while len(self._states) >= _KEPT:
                del self._states[next(iter(self._states))]
            self._states[key] = self._linking.state_at(key[1])
        return self._states[key]

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
            if self._last is not None and self._last[0] == row:
                before = self._last[1]
            else:
                before = self._linking.state_without({i for each in rows if (i := _came(each))})
            after = self._linking.state() if rows else before
            if self._store.head() == now:  # else more came in meanwhile, and stands in one of the two by chance
                self._last = (now, after)
                return _apart(before, after)


def _apart(before: State, after: State) -> tuple[State, State]:
    """Both without the stories that linking gave alike: whatever came in, most of a large ledger is as it was."""
    same = {story for story, linked in before.parts.items() if after.parts.get(story) == linked}
    return before.of(*(before.parts.keys() - same)), after.of(*(after.parts.keys() - same))


def _came(row: JournalRow) -> str | None:
    """The id of the report or judgement that came in with a row of the journal; None for a row of another kind."""
    return json.loads(row.payload).get(row.kind) if row.kind in ("report", "judgement") else None


def moment_of(as_of: str) -> datetime:
    """The last moment of a time. Raises UsageError for what is not one."""
    moment = last_moment(as_of)
    if moment is None:
        raise UsageError(
            "this is not a time", where=repr(as_of), remedy='Write it as in "2023-05-23" or "2023-05-23T14:00Z".'
        )
    return moment
