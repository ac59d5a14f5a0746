"""What people decide, as rows that are appended: checked, named, and never written twice."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import UTC, datetime, timedelta

from sayso import pipeline
from sayso.errors import UsageError
from sayso.ledger.naming import ACTOR, Naming, check
from sayso.ledger.protecting import Protection, is_name, kind_of, protection, protections, value_of
from sayso.model import Judgement, KnownActor, Verdict
from sayso.store import Store
from sayso.store.moments import first_moment

_NEEDS_OTHER = {Verdict.MERGE, Verdict.SPLIT}
_NEEDS_VALUE = {Verdict.CORRECT, Verdict.GRADE, Verdict.NOTE}
_STAMP = "%Y-%m-%dT%H:%M:%SZ"
_WHOLE_DAY = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")


class Judging:
    """Puts the judgements of people into one store."""

    def __init__(self, store: Store, whole_id: Callable[..., str], actors: Callable[[], Sequence[KnownActor]]) -> None:
        self._store = store
        self._whole_id = whole_id
        self._actors = actors

    def judge(
        self,
        verdict: Verdict,
        subject: str,
        *,
        author: str,
        other: str | None = None,
        value: str | None = None,
        at: str | None = None,
    ) -> Judgement:
        """Appends one judgement. Raises UsageError when a part is missing, a record unknown, or a report withdrawn already."""
        if verdict in _NEEDS_OTHER and other is None:
            raise UsageError(f"to {verdict} takes two records", where=subject, remedy="Name the other one as well.")
        if verdict in _NEEDS_VALUE and not value:
            raise UsageError(f"the {verdict} is empty", where=subject, remedy="Give its text.")
        if not author.strip():
            raise UsageError("a judgement needs an author", where=subject, remedy="Say who judges.")
        if verdict is Verdict.PROTECT:
            raise UsageError("this verdict has a command of its own", where=subject, remedy="Use `sayso protect`.")
        naming = Naming(self._store, self._whole_id, self._actors)
        if verdict is Verdict.WITHDRAW:
            subject = self._whole_id(subject, kind="r")
            self._refuse_again(subject)
        subject, other = naming.subject(subject, verdict), None if other is None else naming.subject(other, verdict)
        check(verdict, subject, other, value)
        return self._append(verdict, subject, author=author, other=other, value=value, at=at)

    def _append(
        self,
        verdict: Verdict,
        subject: str,
        *,
        author: str,
        other: str | None = None,
        value: str | None = None,
        at: str | None = None,
    ) -> Judgement:
        at = at or self._now(verdict, subject, other=other, value=value, author=author)
        made = Judgement(
            id=_id(verdict, subject, other=other, value=value, author=author, at=at),
            verdict=verdict,
            subject=subject,
            other=other,
            value=value,
            author=author,
            at=at,
        )
        self._store.judge(made)
        return made

    def take_in(self, judgements: Iterable[Judgement]) -> int:
        """Appends judgements that were made in another ledger, as they are; how many were not here yet.

        What one of them speaks of need not be here: it counts when its report comes. Raises UsageError, before anything is
        appended, for one whose id does not follow from what it says.
        """
        given = list(judgements)
        for each in given:
            made = _id(each.verdict, each.subject, other=each.other, value=each.value, author=each.author, at=each.at)
            if made != each.id:
                raise UsageError(
                    "its id does not follow from what it says: it was changed on the way",
                    where=each.id,
                    remedy="Export the judgements again.",
                )
        known = {each.id for each in self._store.judgements()}
        new = [each for each in given if each.id not in known]
        for each in sorted(new, key=lambda j: (j.at, j.id)):
            self._store.judge(each)
        return len(new)

    def withdraw(self, report: str, *, author: str, reason: str | None, on: str | None) -> Judgement:
        """Withdraws a report from the first moment of ``on``, or from now. The same withdrawal again, after it was undone, takes
        back what undid it: no row is written twice."""
        at = _now() if on is None else _written(on)
        whole = self._whole_id(report, kind="r")
        made = self.judge(Verdict.WITHDRAW, whole, author=author, value=reason or None, at=at)
        rejections = [j for j in self._store.judgements() if j.verdict is Verdict.REJECT]
        done = {rejection.subject for rejection in rejections}
        undoing = (rejection for rejection in rejections if rejection.subject == made.id)
        for rejection in sorted(undoing, key=lambda j: (j.id in done, j.id)):  # first what nobody has rejected yet
            if whole in self.withdrawals(None):
                break
            self._reject(rejection.id, author)
        return made

    def undo_withdrawal(self, report: str, *, author: str) -> Judgement:
        """Rejects what withdrew a report; the last rejection. Raises UsageError for a report that is not withdrawn."""
        report = self._whole_id(report, kind="r")
        last: Judgement | None = None
        while standing := self.withdrawals(None).get(report):  # several people can have withdrawn it at once
            last = self._reject(standing.id, author)
        if last is None:
            raise UsageError("this report is not withdrawn", where=report, remedy="There is nothing to undo.")
        return last

    def protect(self, subject: str, *, author: str, names: Collection[str], reason: str | None) -> Protection:
        """Protects an actor with all the names that are known of it, or a report."""
        if not author.strip():
            raise UsageError("a judgement needs an author", where=subject, remedy="Say who judges.")
        if subject.startswith("r-"):
            whole, kind, known = self._whole_id(subject, kind="r"), "report", frozenset[str]()
        else:
            whole = Naming(self._store, self._whole_id, self._actors).subject(subject, Verdict.CORRECT)
            if not whole.startswith(ACTOR):
                raise UsageError(
                    "only actors and reports are protected",
                    where=subject,
                    remedy="Name an actor, or give the id of a report.",
                )
            name = whole.removeprefix(ACTOR).partition("@r-")[0]
            alike = [a for a in self._actors() if name.casefold() in {n.casefold() for n in (a.name, *a.names)}]
            kind = kind_of(alike[0] if alike else None)
            known = frozenset((name, *names, *(n for actor in alike for n in actor.names if is_name(n))))
        for standing in protections(self._store.judgements()):
            if whole == (standing.report or self._subject_of(standing)):
                raise UsageError("this is protected already", where=standing.label, remedy="There is nothing to do.")
        made = self._append(Verdict.PROTECT, whole, author=author, value=value_of(kind, known, reason or None))
        return protection(made)

    def unprotect(self, subject: str, *, author: str) -> Judgement:
        """Rejects what protects a label, name or id; the last rejection."""
        last: Judgement | None = None
        for each in protections(self._store.judgements()):
            called = {each.label, each.report, each.judgement, *each.names, self._subject_of(each)}
            if subject in called or f"{ACTOR}{subject}" in called or (each.report or "-").startswith(subject):
                last = self._append(Verdict.REJECT, each.judgement, author=author)
        if last is None:
            raise UsageError(
                "nothing of this name is protected", where=subject, remedy="`sayso protect` lists what is."
            )
        return last

    def _subject_of(self, protected: Protection) -> str:
        return next(j.subject for j in self._store.judgements() if j.id == protected.judgement)

    def _reject(self, judgement: str, author: str) -> Judgement:
        return self.judge(Verdict.REJECT, judgement, author=author)

    def _now(self, verdict: Verdict, subject: str, *, other: str | None, value: str | None, author: str) -> str:
        """Now, or the first second after all that was decided about these records and in which this very row is not there yet. A row is
        told by its second, of several the last counts, and within a second a person can decide, take it back, and decide the same
        again; a clock can also be set back. (When a withdrawal counts from is no time of the clock.)"""
        judgements = self._store.judgements()
        known = {each.id for each in judgements}
        about = {subject, other} - {None}
        decided = [each for each in judgements if about & {each.subject, each.other, each.id}]
        before = [first_moment(each.at) for each in decided if each.verdict is not Verdict.WITHDRAW]
        moment = max([datetime.now(UTC), *(at + timedelta(seconds=1) for at in before if at is not None)])
        while True:
            at = moment.strftime(_STAMP)
            if _id(verdict, subject, other=other, value=value, author=author, at=at) not in known:
                return at
            moment += timedelta(seconds=1)

    def withdrawals(self, moment: datetime | None) -> dict[str, Judgement]:
        """The reports that were withdrawn by then, None for now, each with the judgement that says so."""
        return pipeline.withdrawals(self._store.judgements(), at=moment)

    def _refuse_again(self, report: str) -> None:
        if standing := self.withdrawals(None).get(report):
            raise UsageError(
                f"this report is withdrawn already, from {standing.at} on, by {standing.author}",
                where=report,
                remedy=f"Its withdrawal is {standing.id}; undo that first to give another time or reason.",
            )


def _now() -> str:
    return datetime.now(UTC).strftime(_STAMP)


def _id(
    verdict: Verdict, subject: str, *, author: str, at: str, other: str | None = None, value: str | None = None
) -> str:
    return Judgement.make_id(verdict=verdict, subject=subject, other=other, value=value, author=author, at=at)


def _written(on: str) -> str:
    """A time as a judgement holds it, in UTC: a day as a day, anything finer to the second, a month or year by its first day."""
    first = first_moment(on)
    if first is None:
        raise UsageError(
            "this is not a time", where=repr(on), remedy='Write it as in "2023-05-23" or "2023-05-23T14:00Z".'
        )
    return first.strftime("%Y-%m-%d" if _WHOLE_DAY.fullmatch(on) else _STAMP)
