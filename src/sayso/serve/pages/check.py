"""A text that somebody pasted or dropped, against what the ledger holds: what is new, known, against it, and whose copy it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from sayso.account.labels import date_words, outlet_words, quoted, report_title
from sayso.model import Check, CheckedClaim, CheckedStatement, CheckedTie, RelationKind, Report
from sayso.serve.pages.parts import ACT_WORDS, RELATION_WORDS, ClaimRef, Piece, claim_ref, pieces
from sayso.serve.pages.report import EDGE_WORDS
from sayso.serve.passage import around


class Standing(StrEnum):
    """How a statement of the text stands to the ledger, what an editor must see first before the rest."""

    AGAINST = "against"  # a claim of the ledger denies or contradicts it, or it them
    REVISES = "revises"  # its speaker gave another answer before, or gives one later
    NEW = "new"
    FINER = "finer"  # it says the same more exactly, or less
    KNOWN = "known"
    ASKS = "asks"  # it claims nothing, and asks or says that something is not known
    NOTHING = "nothing"  # nothing in it is a claim


_STANDING = {
    RelationKind.DENIES: Standing.AGAINST,
    RelationKind.CONTRADICTS: Standing.AGAINST,
    RelationKind.REVISES: Standing.REVISES,
    RelationKind.REFINES: Standing.FINER,
}
STANDING_WORDS = {
    Standing.AGAINST: "Stands against what the ledger holds",
    Standing.REVISES: "Revises, or was revised",
    Standing.NEW: "New",
    Standing.FINER: "Known, finer or coarser",
    Standing.KNOWN: "Known already",
    Standing.ASKS: "Asks, or says that it is not known",
    Standing.NOTHING: "Claims nothing",
}


@dataclass(frozen=True, slots=True)
class TieView:
    """How a claim of the text stands to one of the ledger; ``words`` read from the text's to the ledger's."""

    kind: RelationKind
    words: str
    claim: ClaimRef
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CheckedView:
    """A statement of the text in its sentence, how it stands, and to which claims. ``then`` is the status it would have."""

    id: str
    sentence: tuple[Piece, ...]
    quoted: str
    who: str
    act_words: str
    standing: Standing
    standing_words: str
    then: tuple[str, ...]
    known: tuple[ClaimRef, ...]
    ties: tuple[TieView, ...]
    asks: tuple[str, ...]
    could_not_verify: tuple[ClaimRef, ...]


@dataclass(frozen=True, slots=True)
class KinView:
    """A report of the ledger that the text derives from, or that derives from it."""

    report: str
    words: str
    label: str
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StoryRef:
    id: str
    title: str


@dataclass(frozen=True, slots=True)
class CheckPage:
    """What was found in a text that is not in the ledger. ``held`` says that it is in it, byte for byte.

    ``stories`` are those it would join; ``groups`` says how many statements stand how. ``key`` names the text while the desk still
    remembers it, so that it can be added as it was checked.
    """

    key: str
    title: str
    outlet: str
    published: str
    held: bool
    stories: tuple[StoryRef, ...]
    kin: tuple[KinView, ...]
    statements: tuple[CheckedView, ...]
    groups: tuple[tuple[Standing, str, int], ...]
    problems: tuple[str, ...]


def check_page(check: Check, others: Mapping[str, Report], *, key: str) -> CheckPage:
    """The context of ``/check``. ``others`` are the reports of the ledger that stand on the other end of its edges, by id."""
    report = check.report
    order = list(Standing)
    statements = sorted(
        (_statement(report, each) for each in check.statements), key=lambda s: order.index(s.standing)
    )  # within one standing they stay in the order of the text
    counts = {standing: sum(s.standing is standing for s in statements) for standing in order}
    return CheckPage(
        key=key,
        title=report_title(report),
        outlet=outlet_words(report.outlet, report.url, "no outlet named") if report.outlet or report.url else "",
        published=date_words(report.published.value, clock=True) if report.published else "",
        held=check.held,
        stories=tuple(StoryRef(story.id, story.title) for story in check.stories),
        kin=tuple(_kin(check, others)),
        statements=tuple(statements),
        groups=tuple((standing, STANDING_WORDS[standing], count) for standing, count in counts.items() if count),
        problems=tuple(f"{problem.what}. {problem.remedy}" for problem in check.problems),
    )


def _kin(check: Check, others: Mapping[str, Report]) -> list[KinView]:
    found = []
    for edge in check.edges:
        forth = edge.derived == check.report.id
        other = others.get(edge.base if forth else edge.derived)
        if other is not None:
            when = date_words(other.published.value) if other.published else ""
            label = ", ".join(filter(None, (outlet_words(other.outlet, other.url, other.id), when)))
            words = EDGE_WORDS[edge.kind][0 if forth else 1]
            found.append(KinView(other.id, words, label, round(edge.score, 2), edge.reasons))
    return found


def _statement(report: Report, checked: CheckedStatement) -> CheckedView:
    statement = checked.statement
    roles = (("source", statement.source), ("cue", statement.cue), ("content", statement.content))
    ties = tuple(_tie(tie) for claim in checked.claims for tie in claim.ties)
    standing = _standing(checked, ties)
    words = " … ".join(" ".join(span.of(report.text).split()) for span in statement.content)
    return CheckedView(
        id=statement.id,
        sentence=pieces(report.text, around(report, statement), roles),
        quoted=quoted(words),
        who=statement.actor.name if statement.actor else "",
        act_words=ACT_WORDS[statement.act],
        standing=standing,
        standing_words=STANDING_WORDS[standing],
        then=tuple(dict.fromkeys(claim.then.status.value for claim in checked.claims)),
        known=tuple(_known(claim) for claim in checked.claims if claim.known),
        ties=ties,
        asks=tuple(question.text for question in checked.asks),
        could_not_verify=tuple(claim_ref(claim) for claim in checked.could_not_verify),
    )


def _known(claim: CheckedClaim) -> ClaimRef:
    return claim_ref(claim.known[0])


def _tie(tie: CheckedTie) -> TieView:
    words = RELATION_WORDS[tie.kind][1 if tie.of_ledger else 0]
    return TieView(tie.kind, words, claim_ref(tie.claim), tie.reasons)


def _standing(checked: CheckedStatement, ties: tuple[TieView, ...]) -> Standing:
    """The first that holds in the order of `Standing`: a claim that is known and stood against is against."""
    held = {_STANDING[tie.kind] for tie in ties if tie.kind in _STANDING}
    held |= {Standing.NEW if claim.new else Standing.KNOWN for claim in checked.claims}
    if not checked.claims:
        held.add(Standing.ASKS if checked.asks or checked.could_not_verify else Standing.NOTHING)
    return next(standing for standing in Standing if standing in held)
