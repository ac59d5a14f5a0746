"""Finding any record by its id, or by the only id that begins so."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sayso.errors import UsageError
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

Record = Report | Statement | Actor | KnownActor | Story | Origin | Question | Claim | Judgement | Line
"""Whatever has an id."""

_REMEDY = "Ids are shown by `sayso reports`, `sayso statements` and `sayso claims`."
_NAMED = 5  # ids named when the beginning fits several


class Records:
    """The records of one store, and those that are derived from them; the latter are made when they are asked for."""

    def __init__(
        self,
        store: Store,
        *,
        linked: Callable[[], Linked],
        account: Callable[[], Account],
        actors: Callable[[], Sequence[KnownActor]],
        stories: Callable[[], Sequence[Story]],
    ) -> None:
        self._store = store
        self._linked = linked
        self._account = account
        self._actors = actors
        self._stories = stories

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
            raise UsageError("there is no record with this id", where=repr(given), remedy=_REMEDY)
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
