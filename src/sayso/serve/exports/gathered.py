"""What exports are made of: reports with what was read in them, one after the other, and the words of ids and addresses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import quote

from sayso.model import Account, Act, Claim, Extraction, Judgement, Linked, Report, Statement, Verdict
from sayso.shapes import words

if TYPE_CHECKING:
    from sayso.ledger import Ledger


_AS_ONE = 300  # characters: beyond it lies something else between who says it and what
_ASSERTING = frozenset({Act.ASSERT, Act.CONFIRM, Act.CLAIM_RESPONSIBILITY, Act.CORRECT})


@dataclass(frozen=True, slots=True)
class Which:
    """Of which time and which story an export is; None is now, and all."""

    as_of: str | None = None
    story: str | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """One report with all that was read in it, and the judgement that withdrew it, None while it counts."""

    report: Report
    extraction: Extraction
    withdrawn: Judgement | None = None


def told(ledger: Ledger, which: Which) -> Iterator[Told]:
    """The reports by id, one at a time: never all their texts at once."""
    withdrawn = ledger.withdrawals(as_of=which.as_of)
    for report in ledger.reports(as_of=which.as_of, story=which.story):
        yield Told(report, ledger.extraction(report.id), withdrawn.get(report.id))


def without_text(report: Report) -> Report:
    """A report to be kept while others go by: what its page says of itself, without its words."""
    return replace(report, text="", blocks=())


def urn(identifier: str) -> str:
    """The name of a record in linked data: the same on every machine, and nothing that a program would try to open."""
    return f"urn:sayso:{quote(identifier, safe='-')}"


def named_urn(kind: str, name: str) -> str:
    """The same for what has a name and no id: an outlet, or a person who judges."""
    return f"urn:sayso:{kind}:{quote(name, safe='')}"


def address(report: Report) -> str:
    """Where a report is on the web, or its name where it is nowhere: only http and https are addresses."""
    from sayso.account.labels import web_link  # brings the templates, which `sayso export --help` does without

    return web_link(report.url) or urn(report.id)


def claims_of_statements(linked: Linked) -> Mapping[str, tuple[Claim, ...]]:
    """The claims that rest on each statement, in the order of their ids."""
    found: dict[str, tuple[Claim, ...]] = {}
    for claim in sorted(linked.claims, key=lambda claim: claim.id):
        for statement in claim.statements:
            found[statement] = (*found.get(statement, ()), claim)
    return found


def speaker(statement: Statement, report: Report) -> str | None:
    """Who says it: the actor, or in the outlet's own voice the outlet; None where neither has a name."""
    return statement.actor.name if statement.actor else report.outlet


def told_words(report: Report, statement: Statement) -> str:
    """A statement with who says it and how ("Norland denied that its army was there"), as it stands in the report."""
    spans = sorted((*statement.source, *statement.cue, *statement.content))
    if not spans:
        return ""
    whole = " ".join(report.text[spans[0].start : max(span.end for span in spans)].split())
    return whole if len(whole) <= _AS_ONE else words(report.text, spans)


class ClaimTexts:
    """What each claim says, in words that stand alone once its reports were heard.

    The wording of a claim is the content of its clearest statement. Of a denial that is what was denied ("its army was there"):
    alone it would say the opposite, so such a claim is given in the words of its first statement, with who denies.
    """

    def __init__(self, linked: Linked) -> None:
        self._texts = {claim.id: claim.wording for claim in linked.claims}
        self._opened_by: dict[str, list[Claim]] = {}
        for claim in linked.claims:
            for statement in claim.statements[:1]:
                self._opened_by.setdefault(statement, []).append(claim)

    def hear(self, told: Told) -> None:
        for statement in told.extraction.statements:
            for claim in self._opened_by.get(statement.id, ()):
                if claim.answer.holds is False or statement.act not in _ASSERTING:
                    self._texts[claim.id] = told_words(told.report, statement) or claim.wording

    def of(self, claim: Claim) -> str:
        return self._texts[claim.id]


def cited_reports(account: Account) -> frozenset[str]:
    """The ids of the reports that the lines of an account cite."""
    return frozenset(c.report for section in account.sections for line in section.lines for c in line.citations)


def standing(judgements: Iterable[Judgement]) -> list[Judgement]:
    """The judgements that nobody undid, oldest first. A rejection that is itself rejected undoes nothing."""
    ordered = sorted(judgements, key=lambda judgement: (judgement.at, judgement.id))
    against: dict[str, list[str]] = {}
    for judgement in ordered:
        if judgement.verdict is Verdict.REJECT and judgement.subject.startswith("j-"):
            against.setdefault(judgement.subject, []).append(judgement.id)

    def stands(identifier: str) -> bool:
        return not any(stands(other) for other in against.get(identifier, ()))

    return [judgement for judgement in ordered if stands(judgement.id) and not judgement.subject.startswith("j-")]


def ids_in(ledger: Ledger, which: Which) -> frozenset[str]:
    """The ids of all records of a story, and the names of its actors as judgements call them."""
    linked = ledger.linked(as_of=which.as_of, story=which.story)
    found = {origin.id for origin in linked.origins}
    found.update(question.id for question in linked.questions)
    found.update(claim.id for claim in linked.claims)
    for each in told(ledger, which):
        found.add(each.report.id)
        found.update(statement.id for statement in each.extraction.statements)
    for actor in ledger.actors(as_of=which.as_of, story=which.story):
        found.add(actor.id)
        found.update(f"actor:{name}" for name in actor.names)
    return frozenset(found)


def about(judgements: Iterable[Judgement], ids: frozenset[str]) -> list[Judgement]:
    """The judgements of these records, and those that undo them."""
    found: list[Judgement] = []
    known = set(ids)
    for judgement in sorted(judgements, key=lambda judgement: (judgement.at, judgement.id)):
        if known & {judgement.subject.partition("@r-")[0], judgement.other}:
            found.append(judgement)
            known.add(judgement.id)
    return found
