"""Finding any record by its id, or by the only id that begins so."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from sayso.errors import RecordNotFound, UsageError
from sayso.model import (
    Account,
    Actor,
    Claim,
    Judgement,
    KnownActor,
    Line,
    Linked,
    Origin,
    Question,
    Report,
    Statement,
    Story,
)
from sayso.store import Store
from sayso.store.moments import was_out

Record = Report | Statement | Actor | KnownActor | Story | Origin | Question | Claim | Judgement | Line
"""Whatever has an id."""

_REMEDY = "Ids are shown by `sayso reports`, `sayso statements` and `sayso claims`."
_NAMED = 5  # ids named when the beginning fits several


class Records:
    """The records of one store, and those that are derived from them; the latter are made when they are asked for.

    With a ``moment``, what is derived is that of then, and a report that came later is none.
    """

    def __init__(
        self,
        store: Store,
        *,
        linked: Callable[[], Linked],
        account: Callable[[], Account],
        actors: Callable[[], Sequence[KnownActor]],
        stories: Callable[[], Sequence[Story]],
        moment: datetime | None = None,
    ) -> None:
        self._store = store
        self._moment = moment
        self._linked = linked
        self._account = account
        self._actors = actors
        self._stories = stories

    def get(self, given: str) -> Record:
        """The record with that id, or with the only id that begins so. Raises UsageError when there is none, or several."""
        found = self.find(self.whole_id(given))
        assert found is not None, given
        return found

    def get_then(self, given: str, as_of: str, *, now: Records) -> Record:
        """The same for a record of an earlier time. Of one that is there only ``now``, the error says so."""
        try:
            found = self.get(given)
        except UsageError as none:
            try:
                known = now.get(given)
            except UsageError:
                raise none from None
            raise _not_yet(known, as_of, self._once(known)) from None
        if not self._was_there(found):
            raise _not_yet(found, as_of, "")
        return found

    def _was_there(self, record: Record) -> bool:
        """Whether a record that stands in the store was there by the moment; judgements hold at every time."""
        if self._moment is None:
            return True
        reports: list[str] = []
        match record:
            case Report():
                reports = [record.id]
            case Statement():
                reports = [record.report]
            case Actor():
                reports = sorted({s.report for s in self._store.statements(actor=record.id)})
        found = [report for report in map(self._store.report, reports) if report]
        return not found or any(was_out(report, self._moment) for report in found)

    def _once(self, record: Record) -> str:
        """Which claims held the statements of a claim then, for whoever looks for it."""
        if not isinstance(record, Claim):
            return ""
        earlier = [c.id for c in self._linked().claims if not set(c.statements).isdisjoint(record.statements)]
        return f"What it rests on stood then in {', '.join(sorted(earlier))}." if earlier else ""

    def whole_id(self, given: str, *, kind: str | None = None) -> str:
        """The id that ``given`` is, or is the only beginning of; of that ``kind`` ("r" for reports) if one is named.

        Raises UsageError when there is none, or several, which it names.
        """
        if kind is not None and not given.startswith(f"{kind}-"):
            raise UsageError(f'ids of this kind begin with "{kind}-"', where=repr(given), remedy=_REMEDY)
        found = self._ids(given)
        if given in found:
            return given
        if not found:
            raise RecordNotFound("there is no record with this id", where=repr(given), remedy=_REMEDY)
        if len(found) > 1:
            named = ", ".join(found[:_NAMED]) + (", …" if len(found) > _NAMED else "")
            raise UsageError(f"several ids begin so: {named}", where=repr(given), remedy="Give more of the id.")
        return found[0]

    def find(self, record_id: str) -> Record | None:
        """The record with exactly this id, or None."""
        match record_id.partition("-")[0]:
            case "r":
                return self._store.report(record_id)
            case "s":
                return self._store.statement(record_id)
            case "a":
                return self._store.actor(record_id)
            case "j":
                return next((each for each in self._store.judgements() if each.id == record_id), None)
            case _:
                return next((each for each in self._derived(record_id) if each.id == record_id), None)

    def _ids(self, prefix: str) -> list[str]:
        """The ids that begin with ``prefix``; of many only as many as tell that there are many."""
        if derived := self._derived(prefix):
            return sorted(record.id for record in derived if record.id.startswith(prefix))
        return list(self._store.ids(prefix, limit=_NAMED + 1))

    def _derived(self, record_id: str) -> Sequence[Origin | Question | Claim | Line | KnownActor | Story]:
        """All derived records of the kind that this id, or beginning of one, speaks of."""
        match record_id.partition("-")[0]:
            case "o":
                return self._linked().origins
            case "q":
                return self._linked().questions
            case "c":
                return self._linked().claims
            case "l":
                return [line for section in self._account().sections for line in section.lines]
            case "p":
                return self._actors()
            case "y":
                return self._stories()
            case _:
                return ()


def _not_yet(record: Record, as_of: str, hint: str) -> UsageError:
    when = ""
    if isinstance(record, Report) and record.published:
        when = f": it is of {record.published.value}"
    return RecordNotFound(
        f"this was not there yet as of {as_of}{when}",
        where=record.id,
        remedy=hint or "Give a later time, or leave --as-of out.",
    )
