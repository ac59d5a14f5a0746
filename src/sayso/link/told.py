"""A statement as linking sees it: its words, its party, its time and its place in the report, in one value."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sayso.link.actors import Parties, Party, find_parties, fold
from sayso.link.embed import statement_text
from sayso.link.words import Words, words_of
from sayso.model import Extraction, Report, Span, Statement


@dataclass(frozen=True, eq=False)
class Told:
    """One statement in its report. ``day`` counts days since 1970 of publication (None if unknown)."""

    statement: Statement
    report: Report
    words: Words
    sentence: str  # source, cue and content together, as the report has them
    party: Party
    day: float | None
    start: int
    voice: bool  # told in an outlet's own voice, and the outlet is no actor of the matter itself
    twin: Told | None = None  # the statement that it repeats, in the report that its report derives from

    @property
    def id(self) -> str:
        return self.statement.id

    @property
    def text(self) -> str:
        return self.words.text

    @property
    def when(self) -> str:
        return self.report.published.value if self.report.published else ""

    @property
    def order(self) -> tuple[float, str, int, str]:
        """The order of a ledger: by time of publication, then report, then place in the text."""
        return (self.day if self.day is not None else float("-inf"), self.report.id, self.start, self.id)


def day_of(value: str | None) -> float | None:
    """Days since 1970-01-01 UTC of an ISO 8601 time of any precision; None if it cannot be read."""
    if not value:
        return None
    text = value[:-1] + "+00:00" if value.endswith("Z") else value
    if len(text) == 4:
        text += "-01-01"
    elif len(text) == 7:
        text += "-01"
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return moment.timestamp() / 86400


def read_statements(
    reports: Mapping[str, Report],
    extractions: Iterable[Extraction],
    *,
    without: frozenset[str] = frozenset(),
    parties: Parties | None = None,
) -> list[Told]:
    """Every statement of the ledger in its order; those in ``without`` (rejected by a person) are left out.

    ``parties`` tells who is one actor; found here if left out.
    """
    extractions = list(extractions)
    known = (parties or find_parties(extractions)).by_place
    # A channel or site that an actor of the matter runs speaks in that actor's name, not as a bystander.
    every = sorted(known.values(), key=lambda p: (p.key, p.name))
    known = (
        known | {("", " ".join(fold(p.name))): p for p in every if p.named} | {("", p.key): p for p in every if p.named}
    )
    told = []
    for extraction in extractions:
        report = reports.get(extraction.report)
        if report is None:
            continue
        for statement in {s.id: s for s in extraction.statements}.values():
            if statement.id in without or not statement.content:
                continue
            told.append(_tell(report, statement, known))
    return sorted(told, key=lambda t: t.order)


_CHANNELS = re.compile(
    r"^https?://(?:www\.|m\.)?(?:t\.me|telegram\.me|x\.com|twitter\.com|facebook\.com|vk\.com)/", re.IGNORECASE
)


def is_own_channel(report: Report) -> bool:
    """Whether a report is a message of a channel: where its outlet is an actor of the matter, the actor speaks."""
    return report.capture.method == "telegram" or bool(report.url and _CHANNELS.match(report.url))


# As `fold` writes them: "a reporter for the Courier" is the Courier.
_STAFF = frozenset(
    "reporter reporters correspondent correspondents iournalist iournalists team crew photographer writer".split()
)


def _is_own(outlet: tuple[str, ...], actor: tuple[str, ...], channel: bool) -> bool:
    """Whether an actor is the outlet itself: "the BBC's Ada Quill" on its own page, or its own name ("the Courier could not
    verify"). In a channel the actor of its name speaks for themselves."""
    if not outlet or outlet == actor:
        return bool(outlet) and not channel
    if actor[-len(outlet) :] == outlet and set(actor[: -len(outlet)]) <= _STAFF:
        return True
    return actor[: len(outlet)] == outlet


def _tell(report: Report, statement: Statement, parties: Mapping[tuple[str, str], Party]) -> Told:
    spans = (*statement.source, *statement.cue, *statement.content)
    whole = Span(min(s.start for s in spans), max(s.end for s in spans))
    outlet = report.outlet or report.id
    party = Party(f"outlet {' '.join(fold(outlet)) or outlet.casefold()}", outlet, bool(report.outlet))
    if statement.actor is not None:
        own = bool(report.outlet) and _is_own(fold(outlet), fold(statement.actor.name), is_own_channel(report))
        party = party if own else parties[report.id, statement.actor.id]
    elif is_own_channel(report):
        party = parties.get(("", " ".join(fold(outlet)))) or party
    words = words_of(statement_text(report, statement))
    return Told(
        statement=statement,
        report=report,
        words=words,
        sentence=" ".join(whole.of(report.text).split()),
        party=party,
        day=day_of(report.published.value if report.published else None),
        start=statement.content[0].start,
        voice=party.key.startswith("outlet "),
    )
