"""What changed, for a terminal: grouped by kind, what matters first, what does not only counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

import click

from sayso.account.labels import STATUS_WORDS, counted
from sayso.model import Answer, Change, ChangeKind, ChangeWeight, Claim, Status
from sayso.serve.evidence import answer_words
from sayso.serve.terminal import cut, one_line

HEADINGS = {
    ChangeKind.WITHDRAWN: "Withdrawn",
    ChangeKind.REVISED: "Revised",
    ChangeKind.DISPUTED: "Now disputed",
    ChangeKind.LOST_ORIGIN: "Fewer origins",
    ChangeKind.UNVERIFIED: "Could not be verified",
    ChangeKind.UNDISPUTED: "No longer disputed",
    ChangeKind.GAINED_ORIGIN: "More origins",
    ChangeKind.STATUS: "Another status",
    ChangeKind.ANSWERED: "Answered",
    ChangeKind.OPENED: "Newly open",
    ChangeKind.GONE: "Gone",
    ChangeKind.NEW: "New",
    ChangeKind.SPLIT: "Told apart",
    ChangeKind.MERGED: "Taken for one",
    ChangeKind.UNTIED: "No longer tied",
}
"""Every kind, in the order in which an editor wants to know."""

# What no editor may miss, even where the account does not tell the claim.
_GRAVE = (ChangeKind.WITHDRAWN, ChangeKind.REVISED, ChangeKind.DISPUTED, ChangeKind.UNDISPUTED)
_MOST = 10  # changes of a kind before --all: together no more than two or three screens
_FIGURE = 40  # cells of a number with its measure
_WORDS = 160  # cells of a claim's wording: a claim is known by its beginning, and its id leads to the rest


def change_lines(changes: Sequence[Change], *, everything: bool) -> Iterator[str]:
    """The changes as lines. Unless ``everything``, a new claim that another change names already is not told twice."""
    named = named_elsewhere(changes)
    for kind, group in groupby(changes, key=lambda c: c.kind):
        every = list(group)
        shown = every if everything else [c for c in every if is_told(c) and not is_named(c, named)][:_MOST]
        yield ""
        yield click.style(f"{HEADINGS[kind]} ({len(every):,})", bold=True)
        shared = _shared_reasons(shown)
        yield from (f"  {one_line(reason)}" for reason in shared)
        for change in shown:
            yield ""
            yield from _one(change, told=shared)
        hidden = len(every) - len(shown) - sum(not everything and is_named(c, named) for c in every)
        if hidden:
            yield ""
            yield f"  {'... and ' if shown else ''}{_left_out(every, hidden, shown)}"


def _shared_reasons(shown: Sequence[Change]) -> list[str]:
    """What brought all of them, such as one report that was withdrawn: it is told once."""
    if len(shown) < 2:
        return []
    return [reason for reason in shown[0].reasons if all(reason in change.reasons for change in shown)]


def named_elsewhere(changes: Sequence[Change]) -> set[str]:
    """The claims that changes of other kinds than "new" name, by their ids."""
    return {claim.id for c in changes if c.kind is not ChangeKind.NEW for claim in (*c.against, *c.after)}


def is_told(change: Change) -> bool:
    """Whether an editor wants to know of it: the account tells the claim, or what became of it is grave."""
    return change.weight is ChangeWeight.MAIN or (change.kind in _GRAVE and change.weight is ChangeWeight.LESSER)


def is_named(change: Change, named: set[str]) -> bool:
    """Whether it is a new claim that another change names already, by its id."""
    return change.kind is ChangeKind.NEW and change.after[0].id in named


def _left_out(every: Sequence[Change], hidden: int, shown: Sequence[Change]) -> str:
    background = sum(c.weight is ChangeWeight.BACKGROUND for c in every if c not in shown)
    lesser = f"{hidden:,} {'more' if shown else 'that the account does not tell'}"
    part = "" if not background else ", background" if background == hidden else f", {background:,} of them background"
    return f"{lesser}{part}: --all shows them."


def _one(change: Change, *, told: Sequence[str]) -> Iterator[str]:
    if change.question is not None:
        yield f"  {change.question.id}  {one_line(change.question.text)}"
    elif change.kind in (ChangeKind.SPLIT, ChangeKind.MERGED, ChangeKind.UNTIED):
        for claim in change.before if change.kind is ChangeKind.MERGED else change.after:
            yield f"  {claim.id}  {_wording(claim)}"
    else:
        claim = (change.after or change.before)[0]
        yield f"  {claim.id}  {_standing(change)}"
        yield f"      {_wording(claim)}"
    if change.kind in (ChangeKind.REVISED, ChangeKind.DISPUTED):
        verb = "now" if change.kind is ChangeKind.REVISED else "against"
        for other in change.against[:3]:
            yield f"      {verb}: {_wording(other)} ({other.id})"
    for reason in (each for each in change.reasons if each not in told):
        yield f"      - {one_line(reason)}"


def _standing(change: Change) -> str:
    """ "reported, now disputed; 1 origin"."""
    before, after = change.before[:1], change.after[:1]
    if not after:
        return f"was {_status(before[0].status)}, {counted(before[0].origins, 'origin')}"
    new = after[0]
    if not before:
        return f"{_status(new.status)}, {counted(new.origins, 'origin')}"
    old = before[0]
    status = _status(new.status) if old.status is new.status else f"{_status(old.status)}, now {_status(new.status)}"
    if old.origins == new.origins:
        return f"{status}; {counted(new.origins, 'origin')}"
    return f"{status}; {counted(old.origins, 'origin')}, now {new.origins:,}"


def _status(status: Status) -> str:
    return STATUS_WORDS[status].name.lower()


def _wording(claim: Claim) -> str:
    """The wording, with the number before it where the claim is one: "14 killed: …"."""
    figure = _figure(claim.answer)
    return (f"{cut(one_line(figure), _FIGURE)}: " if figure else "") + cut(one_line(claim.wording), _WORDS)


def _figure(answer: Answer) -> str:
    """A number as it was given: "14 killed"; "thousands killed", never "1,000 to 9,999". Who was counted stands in the words."""
    if answer.low is None and answer.best is None and answer.high is None:
        return ""
    exact = answer.low == answer.best == answer.high
    if answer.measure is None or exact:
        return answer_words(replace(answer, unit=None, counted=None) if answer.measure else answer)
    return f"{answer.text} {answer.measure.value}"
