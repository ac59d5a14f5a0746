"""Changes in words: which reports brought them, with the very words, and how much each matters to who reads the account."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from sayso.account.editor import Editor
from sayso.account.labels import counted, date_words, outlet_words, rule_words, year_of
from sayso.account.lines import is_old
from sayso.account.weight import weight
from sayso.account.wording import cite, in_headline, said, sentence, told
from sayso.model import (
    Account,
    Change,
    ChangeKind,
    ChangeWeight,
    Citation,
    Claim,
    Extraction,
    Judgement,
    Kind,
    Linked,
    Report,
    SectionKey,
    Statement,
    Status,
)

MOST_CITED = 3  # reports told for one change; the others are counted
_OF_ORIGINS = (ChangeKind.GAINED_ORIGIN, ChangeKind.LOST_ORIGIN)
_WENT = (ChangeKind.GONE, ChangeKind.LOST_ORIGIN, ChangeKind.UNDISPUTED)
# Of new claims, those that stand against something come before those that one origin tells.
_NEW_FIRST = (Status.DISPUTED, Status.REVISED, Status.WITHDRAWN, Status.AGREED, Status.CORROBORATED)


def word_changes(
    found: Iterable[Change],
    reports: Sequence[Report],
    extractions: Sequence[Extraction],
    linked: Linked,
    *,
    accounts: Sequence[Account],
    withdrawals: Mapping[str, Judgement],
) -> tuple[Change, ...]:
    """The changes with their reasons, citations and weights, the weightiest first.

    ``reports`` and ``extractions`` are those of both states, ``linked`` is the later one, ``accounts`` are of both, the
    later one first; ``withdrawals`` are the reports withdrawn between the two, each with the judgement that says so. Dates of
    the newest report's year are written without it.
    """
    desk = _ChangeDesk(Editor.of(reports, extractions, linked), accounts, withdrawals)
    worded = [desk.worded(change) for change in found]
    return tuple(sorted(worded, key=desk.rank))


class _ChangeDesk:
    def __init__(self, editor: Editor, accounts: Sequence[Account], withdrawals: Mapping[str, Judgement]) -> None:
        self._editor = editor
        self._withdrawals = withdrawals
        self._year = max(
            (year_of(r.published.value) or "" for r in editor.desk.reports.values() if r.published), default=""
        )
        self._main: dict[str, int] = {}
        self._background: dict[str, int] = {}
        for account in accounts:
            for section in account.sections:
                place = self._background if section.key is SectionKey.BACKGROUND else self._main
                for line in section.lines:
                    for identifier in (*line.claims, line.question or ""):
                        place.setdefault(identifier, len(place))

    def rank(self, change: Change) -> tuple[object, ...]:
        """Where a change stands among the others: its kind, what the account tells, the order of the account."""
        new = change.kind is ChangeKind.NEW
        status = _NEW_FIRST.index(change.after[0].status) if new and change.after[0].status in _NEW_FIRST else 9
        ids = _ids(change)
        return (
            list(ChangeKind).index(change.kind),
            list(ChangeWeight).index(change.weight),
            status,
            min((self._main.get(i, 10**6) for i in ids), default=10**6),
            min((self._lightness(claim) for claim in (*change.after, *change.before)), default=0.0),
            ids,
        )

    def _lightness(self, claim: Claim) -> float:
        """The weight of a claim of either state, negated: the weightiest sorts first."""
        statements = self._editor.statements(claim)
        return -round(weight(claim, statements, self._editor.desk, self._editor.topic), 6) if statements else 0.0

    def worded(self, change: Change) -> Change:
        reasons, citations = self._because(change)
        return replace(
            change,
            reasons=tuple(dict.fromkeys((*reasons, *change.reasons))),
            citations=citations,
            weight=self._weight(change),
        )

    def _weight(self, change: Change) -> ChangeWeight:
        ids = _ids(change)
        if change.kind in _OF_ORIGINS and change.after[0].status in (Status.REVISED, Status.WITHDRAWN):
            return ChangeWeight.LESSER  # how many origins had a figure that nobody gives any more is no news
        if change.kind is ChangeKind.UNVERIFIED and not self._tried(change):
            return ChangeWeight.LESSER
        if any(i in self._main for i in ids):
            return ChangeWeight.MAIN
        if any(i in self._background for i in ids):
            return ChangeWeight.BACKGROUND
        claims = [c for c in (*change.after, *change.before) if self._editor.statements(c)]
        old = bool(claims) and all(is_old(self._editor, claim) for claim in claims)
        return ChangeWeight.BACKGROUND if old else ChangeWeight.LESSER

    def _because(self, change: Change) -> tuple[list[str], tuple[Citation, ...]]:
        fallen = change.kind in _WENT or (change.kind is ChangeKind.WITHDRAWN and not change.after)
        fallen = fallen or (change.kind is ChangeKind.STATUS and bool(change.against))
        telling = [] if change.kind is ChangeKind.STATUS and not change.against else self._telling(change)
        cited = [self._cited(s) for s in telling[:MOST_CITED]]
        reasons = self._withdrawn(change)
        if not (fallen and reasons):
            reasons += [self._introduced(change, words) for words, _ in cited]
            if more := len(telling) - MOST_CITED if telling else 0:
                reasons += [f"and {counted(more, 'report')} more"] if more > 0 else []
        if not reasons:
            reasons = _without_statements(change)
            cited = [self._cited(s) for s in self._one_a_report(self._own(change))[:MOST_CITED]]
        if change.kind is ChangeKind.GONE and change.against:
            reasons = [f"its words count as “{claim.wording}” now" for claim in change.against]
        return reasons, tuple(citation for _, citation in cited)

    def _telling(self, change: Change) -> list[Statement]:
        """The statements to quote: of a claim the clearest of each report, of several claims the clearest of each."""
        known = self._editor.desk.statements
        named = [known[i] for i in change.statements if i in known]
        if change.kind is ChangeKind.UNVERIFIED:
            named = self._tried(change) or named
        bringing = change.after if change.kind is ChangeKind.ANSWERED else change.against
        if change.kind not in (ChangeKind.REVISED, ChangeKind.DISPUTED, ChangeKind.ANSWERED) or len(bringing) < 2:
            return self._one_a_report(named)
        firsts = [self._one_a_report(s for s in named if s.id in claim.statements)[:1] for claim in bringing]
        return list(dict.fromkeys(s for first in firsts for s in first))

    def _tried(self, change: Change) -> list[Statement]:
        """The failed checks that a report made itself: a copy or rewording tried nothing."""
        known = self._editor.desk.statements
        return [known[i] for i in change.statements if i in known and known[i].report not in self._editor.derived]

    def _introduced(self, change: Change, words: str) -> str:
        if change.kind is ChangeKind.UNDISPUTED:
            return f"no longer against it: {words}"
        if change.kind is ChangeKind.STATUS:
            return f"no longer in its place: {words}"
        return f"without {words}" if change.kind is ChangeKind.LOST_ORIGIN else words

    def _withdrawn(self, change: Change) -> list[str]:
        """That reports were withdrawn on which the claim, or what stood against it, rested."""
        went = {s for claim in change.before for s in claim.statements} | set(change.statements)
        went -= {s for claim in change.after for s in claim.statements}
        known = self._editor.desk.statements
        gone = sorted({known[i].report for i in went if i in known} & self._withdrawals.keys())
        return [withdrawal_words(self._editor.desk.reports[i], self._withdrawals[i]) for i in gone]

    def _own(self, change: Change) -> list[Statement]:
        return [s for claim in (*change.after, *change.before) for s in self._editor.statements(claim)]

    def _one_a_report(self, statements: Iterable[Statement]) -> list[Statement]:
        """The statements to quote, the clearest of each report, those of reports that repeat no other first."""
        editor = self._editor
        best: dict[str, Statement] = {}
        for s in editor.best(statements):
            best.setdefault(s.report, s)
        return sorted(
            best.values(),
            key=lambda s: (
                s.report in editor.derived,
                in_headline(editor.desk, s),
                len(s.content) > 1,  # words in pieces read worse than words in one
                editor.when(s),
                s.id,
            ),
        )

    def _cited(self, statement: Statement) -> tuple[str, Citation]:
        """ "Radio Kelm, 24 May: Ilse Korvan said that …", and the citation of these words."""
        desk = self._editor.desk
        words = told(desk, statement) if statement.kind is Kind.VOICE else said(desk, statement)
        citation = cite(desk, statement, words.spans if words else statement.content)
        text = words.text if words else " ".join(citation.exact.split())
        when = date_words(citation.published, year=year_of(citation.published) != self._year, clock=True)
        outlet = outlet_words(citation.outlet, citation.url, citation.report)
        return f"{', '.join(filter(None, (outlet, when)))}: {sentence(text)}", citation


def withdrawal_words(report: Report, judgement: Judgement) -> str:
    """ "Radio Kelm, 24 May 2031, was withdrawn on 26 May 2031 (Ada Quill): taken from an old video"."""
    when = date_words(report.published.value) if report.published else ""
    source = ", ".join(filter(None, (outlet_words(report.outlet, report.url, report.id), when)))
    reason = f": {' '.join(judgement.value.split())}" if judgement.value else ""
    return f"{source}, was withdrawn on {date_words(judgement.at)} ({judgement.author}){reason}"


def _without_statements(change: Change) -> list[str]:
    """Why, where no statement came or went: origins and claims are told apart otherwise once more is known."""
    if change.kind is ChangeKind.LOST_ORIGIN:
        return [f"what counted as {counted(change.before[0].origins, 'origin')} goes back to fewer"]
    if change.kind is ChangeKind.GAINED_ORIGIN:
        return [f"what counted as {counted(change.before[0].origins, 'origin')} is told apart now"]
    if change.kind is ChangeKind.WITHDRAWN:
        return ["whoever said it took it back"]
    if change.kind is ChangeKind.SPLIT:
        return [f"what counted as one claim is {counted(len(change.after), 'claim')} now"]
    if change.kind is ChangeKind.MERGED:
        return [f"what counted as {counted(len(change.before), 'claim')} is one now"]
    if change.kind is ChangeKind.ANSWERED:
        return ["what was said since answers it"]
    if change.kind is ChangeKind.STATUS and change.after[0].status is Status.CLAIMED:
        return ["those who say it are party to a dispute now"]
    if change.kind is ChangeKind.STATUS:
        return [f"by the rule “{rule_words(change.after[0].rule)}”, and not “{rule_words(change.before[0].rule)}”"]
    return []


def _ids(change: Change) -> tuple[str, ...]:
    claims: tuple[Claim, ...] = (*change.after, *change.before)
    return (*(claim.id for claim in claims), *([change.question.id] if change.question else []))
