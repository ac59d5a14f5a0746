"""The life of a ledger, done in a process of its own to which something may happen, and what is looked up afterwards (see `faults.py`)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from injuring import Outcome, Say, in_child
from sayso import ledger as ledgers
from sayso.errors import LedgerNotFound, SaysoError
from sayso.model import Captured, Linked, Verdict
from sayso.pipeline import Steps

SITTING = 4  # reports added at once
AUTHOR = "Ada"


@dataclass
class Row:
    """What one fault came to."""

    fault: str
    injected: int = 0
    acknowledged: int = 0
    found: int = 0
    verify: Counter[str] = field(default_factory=Counter)
    finished: int = 0
    messages: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    all_found: bool = True  # whether all must be found that was acknowledged

    @property
    def ok(self) -> bool:
        found = self.found == self.acknowledged or not self.all_found
        return not self.wrong and found and self.injected == self.finished

    def lines(self) -> Iterator[str]:
        verify = ", ".join(f"{what} {times}" for what, times in self.verify.most_common(3))
        yield (
            f"{'ok ' if self.ok else 'NO '} {self.fault:44} {self.injected:5} {self.acknowledged:6} {self.found:6}"
            f" {self.finished:6}  {verify}"
        )
        for message, times in self.messages.most_common(3):
            yield f"      said {times} times: {message}"
        for wrong in self.wrong[:3]:
            yield f"      WRONG: {wrong}"


@dataclass(frozen=True)
class Life:
    """What is done to the ledger at ``url`` from its making on, and to its copy at ``copy``; the same at every call, and done again it
    does what is left to do. ``steps`` read and link."""

    url: str
    copy: str
    given: Sequence[Captured]
    steps: Steps

    def __call__(self, say: Say) -> None:
        with ledgers.open(self.url, create=True, steps=self.steps) as ledger:
            for start in range(0, len(self.given), SITTING):
                ledger.add_captured(sitting := self.given[start : start + SITTING])
                for each in sitting:
                    say(each.report.id)
            first, last = self.given[0].report.id, self.given[-1].report.id
            note = ledger.judge(Verdict.NOTE, first, author=AUTHOR, value="seen", at="2031-01-01T00:00:00Z")
            say(note.id)
            if last not in ledger.withdrawals():
                ledger.withdraw(last, author=AUTHOR, on="2000-01-01")
            say(ledger.withdrawals()[last].id)
            ledger.rebuild(reread=True)
            ledger.copy_to(self.copy)

    def state(self, url: str) -> tuple[object, ...]:
        """All that counts in a ledger: what two lives must agree in. Raises AssertionError where `verify` finds something."""
        with ledgers.open(url, steps=self.steps) as ledger:
            linked: Linked = ledger.linked()
            findings = ledger.verify()
            assert findings == (), findings
            held = {report.id: ledger.raw(report.id) for report in ledger.reports()}
            return held, tuple(ledger.statements()), ledger.judgements(), linked

    def states(self) -> tuple[object, ...]:
        return *self.state(self.url), *self.state(self.copy)


Places = Callable[[], tuple[str, str]]


def files_in(folder: Path) -> Places:
    """Names for a ledger and its copy, others at each call."""
    number = count()

    def places() -> tuple[str, str]:
        at = folder / str(next(number))
        at.mkdir()
        return str(at / "ledger.db"), str(at / "copy.db")

    return places


def look(row: Row, life: Life, outcome: Outcome) -> None:
    """Looks up what was acknowledged, before anything is mended."""
    row.injected += 1
    row.acknowledged += len(outcome.acknowledged)
    if outcome.crashed:
        row.wrong.append(f"no message, but {outcome.crashed.strip().splitlines()[-1]}")
    if outcome.what:
        row.messages[f"{outcome.what}. {outcome.remedy} (exit {outcome.exit_code})"] += 1
        if outcome.exit_code != 3 or not outcome.remedy:
            row.wrong.append(f"exit {outcome.exit_code}, remedy {outcome.remedy!r}: {outcome.what}")
    try:
        with ledgers.open(life.url, steps=life.steps) as ledger:
            held = {report.id for report in ledger.reports()} | {judgement.id for judgement in ledger.judgements()}
            row.found += len(held & set(outcome.acknowledged))
            findings = ledger.verify()
            row.verify["passes" if not findings else findings[0].what] += 1
            if findings:
                row.wrong.append(f"{findings[0].where}: {findings[0].what}")
    except LedgerNotFound:
        row.verify["no ledger yet"] += 1


def finish(row: Row, life: Life, expected: tuple[object, ...]) -> None:
    """Does the work again, undisturbed; it must come to what it would have come to."""
    again = in_child(life)
    if not again.done:
        row.wrong.append(f"done again, it failed: {again.what or again.crashed}")
        return
    try:
        same = life.states() == expected
    except (SaysoError, AssertionError) as error:
        row.wrong.append(f"done again, {error}")
        return
    row.finished += same
    if not same:
        row.wrong.append("done again, it came to something else")


def spread(upto: int, times: int) -> list[int]:
    """So many whole numbers from 1 to ``upto``, at equal distances."""
    steps = max(1, min(times, upto) - 1)
    return sorted({1 + round(n * (upto - 1) / steps) for n in range(steps + 1)})
