"""Claims as schema.org Claim and, only where somebody really checked one, ClaimReview (JSON-LD).

Nothing here rates a claim by itself. A review is either the grade that a person gave it (`Verdict.GRADE`), in that person's
own words, or a statement in which an outlet tried to verify it and could not, in the outlet's own words and without a rating.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sayso.account.labels import web_link
from sayso.model import Claim, Judgement, Linked, Report, Statement, Verdict
from sayso.serve.exports.gathered import (
    ClaimTexts,
    Told,
    named_urn,
    speaker,
    standing,
    told_words,
    urn,
    without_text,
)
from sayso.serve.exports.pieces import around
from sayso.shapes import Json

_CONTEXT = ["https://schema.org", {"sayso": "urn:sayso:term:"}]
_AGENTS = {"person": "Person", "organization": "Organization", "group": "Organization"}


@dataclass(frozen=True, slots=True)
class _Heard:
    """A statement that a claim needs, with its report, of which only the passage is kept."""

    report: Report
    statement: Statement
    passage: str

    @property
    def speaker(self) -> str | None:
        return speaker(self.statement, self.report)

    @property
    def age(self) -> tuple[str, str]:
        """What sorts reports: the earliest first, those that nobody dates last."""
        return self.report.published.value if self.report.published else "9", self.report.id


def schemaorg(told: Iterable[Told], linked: Linked, judgements: Sequence[Judgement]) -> Iterator[str]:
    """The graph: each claim, by id, then the reviews of it."""
    needed = {s for claim in linked.claims for s in (*claim.statements, *claim.unverified_by)}
    heard: dict[str, _Heard] = {}
    texts = ClaimTexts(linked)
    for each in told:
        texts.hear(each)
        report = without_text(each.report)
        for statement in each.extraction.statements:
            if statement.id in needed:
                heard[statement.id] = _Heard(report, statement, told_words(each.report, statement))
    grades: dict[str, list[Judgement]] = {}
    for judgement in standing(judgements):
        if judgement.verdict is Verdict.GRADE and judgement.value:
            grades.setdefault(judgement.subject, []).append(judgement)
    yield from around({"@context": _CONTEXT}, "@graph", _nodes(linked, heard, texts, grades))


def _nodes(
    linked: Linked, heard: dict[str, _Heard], texts: ClaimTexts, grades: dict[str, list[Judgement]]
) -> Iterator[Json]:
    for claim in sorted(linked.claims, key=lambda claim: claim.id):
        text = texts.of(claim)
        yield _claim(claim, text, [heard[s] for s in claim.statements if s in heard])
        for check in _checks([heard[s] for s in claim.unverified_by if s in heard]):
            yield _outlets_check(claim, text, check)
        for judgement in grades.get(claim.id, ()):
            yield _persons_grade(claim, text, judgement)


def _checks(told: Sequence[_Heard]) -> list[_Heard]:
    """One check for each outlet that tried: where others carry its words, its own page, or else the earliest."""
    found: dict[str, _Heard] = {}
    for each in sorted(told, key=lambda each: (each.report.outlet != each.speaker, each.age, each.statement.id)):
        found.setdefault(each.speaker or each.report.id, each)
    return [found[name] for name in sorted(found)]


def _claim(claim: Claim, text: str, told: Sequence[_Heard]) -> Json:
    ordered = list({each.report.id: each.report for each in sorted(told, key=lambda each: each.age)}.values())
    made: Json = {
        "@id": urn(claim.id),
        "@type": "Claim",
        "identifier": claim.id,
        "text": text,
        "author": _speakers(told),
        "appearance": [_work(report) for report in ordered],
        "sayso:status": claim.status.value,
        "sayso:rule": claim.rule,
        "sayso:origins": claim.origins,
        "sayso:question": claim.question,
        "sayso:statement": list(claim.statements),
    }
    if ordered and ordered[0].published:
        made["firstAppearance"] = {"@id": urn(ordered[0].id)}
        made["datePublished"] = ordered[0].published.value
    return made


def _speakers(told: Sequence[_Heard]) -> list[Json]:
    found: dict[str, Json] = {}
    for each in told:
        actor, name = each.statement.actor, each.speaker
        if name:
            kind = _AGENTS.get(actor.type.value, "Thing") if actor else "NewsMediaOrganization"
            made: Json = {"@type": kind, "name": name}
            if actor and actor.role and kind == "Person":
                made["jobTitle"] = actor.role
            found.setdefault(name, made)
    return [found[name] for name in sorted(found)]


def _work(report: Report) -> Json:
    made: Json = {"@type": "NewsArticle", "@id": urn(report.id), "identifier": report.id}
    if link := web_link(report.url):
        made["url"] = link
    if report.title:
        made["headline"] = report.title
    if report.outlet:
        made["publisher"] = {"@type": "NewsMediaOrganization", "name": report.outlet}
    if report.published:
        made["datePublished"] = report.published.value
    return made


def _outlets_check(claim: Claim, text: str, check: _Heard) -> Json:
    """What an outlet says of its own attempt. It gives no verdict, so there is no rating."""
    report, statement = check.report, check.statement
    made: Json = {
        "@id": f"{urn(claim.id)}:{statement.id}",
        "@type": "ClaimReview",
        "claimReviewed": text,
        "itemReviewed": {"@id": urn(claim.id)},
        "reviewBody": check.passage,
        "sayso:statement": statement.id,
        "sayso:report": report.id,
    }
    if check.speaker:
        made["author"] = {"@type": "Organization", "name": check.speaker}
    if link := web_link(report.url):
        made["url"] = link
    if report.published:
        made["datePublished"] = report.published.value
    return made


def _persons_grade(claim: Claim, text: str, judgement: Judgement) -> Json:
    """A grade in the words it was given in: no number is made of it."""
    return {
        "@id": f"{urn(claim.id)}:{judgement.id}",
        "@type": "ClaimReview",
        "claimReviewed": text,
        "itemReviewed": {"@id": urn(claim.id)},
        "author": {"@type": "Person", "@id": named_urn("person", judgement.author), "name": judgement.author},
        "datePublished": judgement.at,
        "reviewRating": {"@type": "Rating", "alternateName": judgement.value},
        "sayso:judgement": judgement.id,
    }
