"""What changed in a story since a time, claim by claim: the grave first, what the account does not tell only on demand."""

from __future__ import annotations

import threading
from collections import Counter, OrderedDict
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from concurrent.futures import TimeoutError as Late
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import groupby
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from sayso.account.labels import citation_words, date_words, year_of
from sayso.model import Change, ChangeKind, Changes, ChangeWeight, Citation
from sayso.serve.changed import HEADINGS, is_named, is_told, named_elsewhere
from sayso.serve.pages.account import CitationView
from sayso.serve.pages.moments import Moment, moments
from sayso.serve.pages.paging import Paging, part_of
from sayso.serve.pages.parts import ClaimRef, ReportRef, claim_ref, report_ref
from sayso.serve.pages.view import View

if TYPE_CHECKING:
    from sayso.serve.desk import Desk

#: Reports that came or went, named one by one; the others are counted.
MOST_REPORTS = 12
#: How long a reader waits for a comparison before the page says that it is coming: one of a few hundred reports takes seconds.
PATIENCE_S = 1.0
#: Seconds after which such a page is asked for again.
AGAIN_S = 3
#: Changes that are kept worked out. One between two days of a story of 5,000 reports is a few megabytes.
KEPT = 24


@dataclass(frozen=True, slots=True)
class ChangeView:
    """One change. ``before`` are claims as of ``since``, whose ids hold then; ``after`` and ``against`` hold at the page's time.

    ``question`` is the id and the words of a question that was opened or answered, None of a claim's change.
    """

    kind: ChangeKind
    weight: ChangeWeight
    before: tuple[ClaimRef, ...]
    after: tuple[ClaimRef, ...]
    against: tuple[ClaimRef, ...]
    question: tuple[str, str] | None
    reasons: tuple[str, ...]
    citations: tuple[CitationView, ...]


@dataclass(frozen=True, slots=True)
class ChangeGroup:
    """Changes of one kind, under the heading that everything of ours gives it."""

    kind: ChangeKind
    heading: str
    changes: tuple[ChangeView, ...]


@dataclass(frozen=True, slots=True)
class ChangesPage:
    """What changed from the end of ``since`` to the page's time. ``everything`` says whether what the account does not tell is
    among it; ``untold`` counts that. ``counts`` are of the whole list by kind, ``groups`` the part that ``paging`` tells.

    ``moments`` are those that ``since`` may be set to. ``came`` and ``withdrawn`` name reports, ``more_came`` counts the others.
    ``ready`` is False where all of that is still being worked out, and nothing of it is here yet.
    """

    story: str
    title: str
    as_of: str | None
    since: str
    since_words: str
    moments: tuple[Moment, ...]
    everything: bool
    untold: int
    counts: tuple[tuple[str, int], ...]
    came: tuple[ReportRef, ...]
    more_came: int
    withdrawn: tuple[ReportRef, ...]
    groups: tuple[ChangeGroup, ...]
    paging: Paging
    ready: bool


def default_since(view: View) -> str:
    """The day before the last report of a story, or its last time as it is where that is no day. "1970-01-01" of an undated one."""
    last = max((r.published.value for r in view.reports.values() if r.published), default=None)
    if last is None:
        return "1970-01-01"
    try:
        return (datetime.fromisoformat(last[:10]) - timedelta(days=1)).date().isoformat()
    except ValueError:
        return last


def changes_page(view: View, changes: Changes, *, start: int = 0, everything: bool = False) -> ChangesPage:
    """The context of ``/stories/{id}/changes``. ``changes`` are those of the story from a time to that of ``view``."""
    assert changes.since is not None
    named = named_elsewhere(changes.changes)
    told = [change for change in changes.changes if is_told(change) and not is_named(change, named)]
    listed: Sequence[Change] = changes.changes if everything else told
    shown, paging = part_of(listed, start)
    counts = Counter(change.kind for change in listed)
    came = [report for report in changes.came if report in view.reports]
    return ChangesPage(
        story=view.story.id,
        title=view.account.title,
        as_of=view.as_of,
        since=changes.since,
        since_words=date_words(changes.since, clock=True),
        moments=_moments(view, changes.since),
        everything=everything,
        untold=len(changes.changes) - len(told),
        counts=tuple((heading, counts[kind]) for kind, heading in HEADINGS.items() if counts[kind]),
        came=tuple(
            sorted((report_ref(view, each) for each in came), key=lambda r: (r.published or "", r.id))[:MOST_REPORTS]
        ),
        more_came=max(0, len(came) - MOST_REPORTS),
        withdrawn=tuple(report_ref(view, report) for report in changes.withdrawn if report in view.reports),
        groups=tuple(
            ChangeGroup(kind, HEADINGS[kind], tuple(_change(view, change) for change in group))
            for kind, group in groupby(shown, key=lambda change: change.kind)
        ),
        paging=paging,
        ready=True,
    )


def coming_page(view: View, since: str) -> ChangesPage:
    """The page while the changes since then are being worked out."""
    return replace(changes_page(view, Changes(since, view.as_of, (), (), ())), ready=False)


def _moments(view: View, since: str) -> tuple[Moment, ...]:
    """Where the reader can begin: when reports came out, and the time that is asked for."""
    found = {moment.value: moment for moment in moments(view.reports.values())}
    if since not in found:
        out = sum(bool(r.published and r.published.value[: len(since)] <= since) for r in view.reports.values())
        found[since] = Moment(since, date_words(since, clock=True), out)
    return tuple(found[value] for value in sorted(found))


def _change(view: View, change: Change) -> ChangeView:
    return ChangeView(
        kind=change.kind,
        weight=change.weight,
        before=tuple(claim_ref(claim) for claim in change.before),
        after=tuple(claim_ref(claim) for claim in change.after),
        against=tuple(claim_ref(claim) for claim in change.against),
        question=(change.question.id, change.question.text) if change.question else None,
        reasons=tuple(_reasons(change)),
        citations=tuple(_citations(view, change.citations)),
    )


def _reasons(change: Change) -> Iterator[str]:
    """Why; not what only says again the words that stand above it, with the report that is cited below."""
    shown = {_bare(claim.wording) for claim in change.after[:1] or change.before[:1]}
    for reason in change.reasons:
        if _bare(reason.rpartition(": ")[2]) not in shown or " said: " in reason:
            yield reason


def _bare(words: str) -> str:
    """Words without what quotation and the end of a sentence put around them."""
    return " ".join(words.split()).replace("“", '"').replace("”", '"').strip(' ".').casefold()


def _citations(view: View, citations: Sequence[Citation]) -> Iterator[CitationView]:
    for citation in citations:
        if citation.report in view.reports:
            yield CitationView(
                report=citation.report,
                statement=citation.statement,
                label=citation_words(citation, this_year=year_of(view.story.last)),
                exact=" ".join(citation.exact.split()),
                withdrawn=citation.report in view.withdrawals,
            )


# ---------------------------------------------------------------------------------------------------
# Worked out once

Asked = tuple[str, str, str, str | None]
"""The end of the journal, the story, since when, until when."""

_kept: WeakKeyDictionary[Desk, OrderedDict[Asked, Future[Changes]]] = WeakKeyDictionary()
_lock = threading.Lock()


def changes_of(desk: Desk, view: View, since: str, *, patience_s: float | None = None) -> Changes | None:
    """What changed in the story of ``view`` from the end of ``since`` to the view's time; None where that is not worked out within
    ``patience_s``, and will be there later. It is worked out once for each state of the ledger.

    Raises UsageError for what is not a time, and for a ``since`` after the view's time.
    """
    key = (view.head, view.story.id, since, view.as_of)
    with _lock:
        kept = _kept.setdefault(desk, OrderedDict())
        if key not in kept or (kept[key].done() and kept[key].exception()):
            kept[key] = desk.compare(lambda ledger: ledger.changes(since=since, until=view.as_of, story=view.story.id))
        kept.move_to_end(key)
        while len(kept) > KEPT:
            kept.popitem(last=False)
        found = kept[key]
    try:
        return found.result(patience_s)
    except Late:
        return None
