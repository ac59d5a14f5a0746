"""Finds the truth of the demonstration again in what sayso made of its reports.

The truth speaks in quotes, sayso in spans and ids: `Found` joins the two, and judges nothing but whether a statement
has the right words and the right speaker.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sayso.demo.truth import Passage, TrueActor, TrueAnswer, TrueStatement, Truth
from sayso.model import Claim, Extraction, Linked, Report, Slot, Span, Statement

# A statement holds a quote when this share of its characters lies in the statement's content: a reader may leave out a
# word at the edge, never most of it.
HOLDS = 0.6


def places_of(quote: str, text: str) -> list[Span]:
    """Where ``quote`` stands in ``text``; any white space in it fits any other."""
    pattern = r"\s+".join(re.escape(word) for word in quote.split())
    return [Span(*found.span()) for found in re.finditer(pattern, text)]


def reports_by_key(truth: Truth, reports: Iterable[Report]) -> dict[str, Report]:
    """The reports under the keys of the truth: by file, and by words where one file holds several."""
    reports = list(reports)
    found = {}
    for key, true in truth.reports.items():
        for report in reports:
            if report.capture.place.replace("\\", "/").endswith(true.file) and places_of(true.marker, report.text):
                found[key] = report
                break
    return found


def fits(actor: TrueActor, name: str) -> bool:
    """Whether ``name`` names this actor: a name fits with more words around it, a description only as a whole."""
    words = _words(name)
    for alias in (actor.name, *actor.aliases):
        wanted = _words(alias)
        if wanted == words or (alias[:1].isupper() and wanted and _runs_in(wanted, words)):
            return True
    return False


def share_inside(span: Span, spans: Iterable[Span]) -> float:
    """The share of ``span`` that lies in ``spans``, which may overlap."""
    inside: set[int] = set()
    for other in spans:
        inside.update(range(max(span.start, other.start), min(span.end, other.end)))
    return len(inside) / (span.end - span.start)


@dataclass(frozen=True, slots=True)
class Found:
    """What sayso made of the demonstration, under the keys of its truth.

    ``holding`` are the statements whose content has the words of a true one; ``right`` are those of them that have the
    right speaker too; ``claims`` are the claims that rest on a statement.
    """

    truth: Truth
    reports: dict[str, Report]
    holding: dict[str, tuple[Statement, ...]]
    right: dict[str, tuple[Statement, ...]]
    claims: dict[str, tuple[Claim, ...]] = field(repr=False)

    def spans(self, passage: Passage) -> tuple[str, list[Span]]:
        """The report id and the places of a passage; no places where the report is missing."""
        report = self.reports.get(passage.report)
        return (report.id, places_of(passage.quote, report.text)) if report else ("", [])

    def claims_of(self, key: str) -> set[Claim]:
        """The claims that rest on a true statement, in the mouth of its speaker."""
        return {claim for statement in self.right[key] for claim in self.claims.get(statement.id, ())}

    def claims_for(self, answer: TrueAnswer, slot: Slot) -> set[Claim]:
        """The claims that give a true answer; for a count only those with its number."""
        claims = set().union(*(self.claims_of(key) for key in answer.statements))
        return {claim for claim in claims if slot is not Slot.HOW_MANY or _gives(claim, answer)}

    def claim_for(self, answer: TrueAnswer, slot: Slot) -> Claim | None:
        """Of the claims that give a true answer, the one that rests on most statements."""
        return max(self.claims_for(answer, slot), key=lambda claim: (len(claim.statements), claim.id), default=None)


def find(truth: Truth, reports: Sequence[Report], extractions: Sequence[Extraction], linked: Linked) -> Found:
    """Joins the truth with what was made of the reports."""
    by_key = reports_by_key(truth, reports)
    read = {extraction.report: extraction.statements for extraction in extractions}
    holding: dict[str, tuple[Statement, ...]] = {}
    right: dict[str, tuple[Statement, ...]] = {}
    for true in truth.statements:
        report = by_key.get(true.report)
        places = places_of(true.quote, report.text) if report else []
        statements = read.get(report.id, ()) if report else ()
        holding[true.id] = tuple(
            each for each in statements if any(share_inside(place, each.content) >= HOLDS for place in places)
        )
        right[true.id] = tuple(each for each in holding[true.id] if has_speaker(truth, true, each))
    claims: dict[str, list[Claim]] = defaultdict(list)
    for claim in linked.claims:
        for statement in claim.statements:
            claims[statement].append(claim)
    return Found(truth, by_key, holding, right, {key: tuple(value) for key, value in claims.items()})


def has_speaker(truth: Truth, true: TrueStatement, statement: Statement) -> bool:
    """Whether a statement has the true speaker.

    In an actor's own channel no words need to name them, and an outlet may speak of itself by its name, as may the one
    whose report it carries.
    """
    if not statement.source and (true.actor == "voice" or true.own_channel):
        return True
    if true.actor == "voice":
        named = _words(statement.actor.name) if statement.actor else []
        own = truth.reports[true.report]
        outlets = [own.outlet, *([truth.reports[own.derived_from].outlet] if own.derived_from else [])]
        return bool(named) and any(_runs_in(named, _words(outlet)) for outlet in outlets)
    return statement.actor is not None and fits(truth.actors[true.actor], statement.actor.name)


def _gives(claim: Claim, answer: TrueAnswer) -> bool:
    given = claim.answer
    if given.best is None and given.low is None and given.high is None:
        return answer.value == 0 and given.holds is False  # "nobody was killed", read as a no
    low, high = given.low, given.high
    if given.best is not None:
        return given.best == answer.value
    assert isinstance(answer.value, int)
    return (low is None or low <= answer.value) and (high is None or answer.value <= high)


def _words(name: str) -> list[str]:
    words = re.findall(r"\w+", name.replace("’", "'").replace("'s", "").casefold())
    return words[1:] if words[:1] == ["the"] else words


def _runs_in(wanted: list[str], words: list[str]) -> bool:
    return any(words[at : at + len(wanted)] == wanted for at in range(len(words) - len(wanted) + 1))
