"""What people decide about claims, statements and pairs of reports, and that linking obeys it however the claims grow."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from sayso.extract import extract
from sayso.link import link
from sayso.link.corrected import corrected
from sayso.link.judged import read_judgements, statement_corrections
from sayso.model import Act, Judgement, Kind, Linked, Relation, RelationKind, Statement, Status, Verdict
from tests.extract.making import report

pytestmark = pytest.mark.model

FIRST = report("Governor Arn Tolvik said no one was killed in Dorn.", outlet="Dorn Courier", published="2031-04-02")
LATER = report(
    "Governor Arn Tolvik said three people were killed in Dorn.", outlet="Radio Kelm", published="2031-04-03"
)
GROWN = report("Three people died in Dorn, Governor Arn Tolvik said.", outlet="Kelm Evening", published="2031-04-04")
OTHER = report("Ilse Korvan said the road to Dorn was closed.", outlet="The Long Post", published="2031-04-03")
STORY = (FIRST, LATER, GROWN, OTHER)
READ = {r.id: extract(r) for r in STORY}


def judgement(
    verdict: Verdict, subject: str, other: str | None = None, value: str | None = None, n: int = 0
) -> Judgement:
    at = f"2031-05-01T00:00:{n:02}Z"
    made = Judgement.make_id(verdict=verdict, subject=subject, other=other, value=value, author="Mo", at=at)
    return Judgement(made, verdict, subject, other, value, "Mo", at)


def said(r: object, *, number: int = 0) -> Statement:
    return READ[r.id].statements[number]  # type: ignore[attr-defined]


def linked(judgements: Sequence[Judgement] = (), reports: Sequence[object] = STORY) -> Linked:
    ids = [r.id for r in reports]  # type: ignore[attr-defined]
    read = list(corrected([READ[i] for i in ids], judgements))
    return link([r for r in STORY if r.id in ids], read, judgements=judgements)


def between(result: Linked, a: Statement, b: Statement) -> list[Relation]:
    claims = {s: {c.id for c in result.claims if s in c.statements} for s in (a.id, b.id)}
    return [
        r
        for r in result.relations
        if (r.from_claim in claims[a.id] and r.to_claim in claims[b.id])
        or (r.from_claim in claims[b.id] and r.to_claim in claims[a.id])
    ]


def test_the_story_has_a_revision_to_judge() -> None:
    assert [r.kind for r in between(linked(), said(LATER), said(FIRST))] == [RelationKind.REVISES]


@pytest.mark.parametrize("reports", [(FIRST, LATER), STORY], ids=["as judged", "after the claim grew"])
def test_a_rejected_relation_stays_away_when_its_claims_grow(reports: Sequence[object]) -> None:
    result = linked([judgement(Verdict.REJECT, said(LATER).id, said(FIRST).id)], reports)
    assert between(result, said(LATER), said(FIRST)) == []
    assert Status.REVISED not in {c.status for c in result.claims}


def test_an_accepted_relation_names_its_judge_and_may_be_of_another_kind() -> None:
    kept = linked([judgement(Verdict.ACCEPT, said(LATER).id, said(FIRST).id)])
    assert [(r.kind, r.judge) for r in between(kept, said(LATER), said(FIRST))] == [(RelationKind.REVISES, "Mo")]
    other = linked([judgement(Verdict.ACCEPT, said(GROWN).id, said(FIRST).id, "contradicts")])
    [relation] = between(other, said(GROWN), said(FIRST))
    assert (relation.kind, relation.judge, relation.score, relation.reasons) == (
        RelationKind.CONTRADICTS,
        "Mo",
        1.0,
        ("Mo says so",),
    )


def test_a_relation_that_the_machine_did_not_see_is_made_in_the_direction_that_was_given() -> None:
    result = linked([judgement(Verdict.ACCEPT, said(OTHER).id, said(FIRST).id, "supports")])
    [relation] = between(result, said(OTHER), said(FIRST))
    claims = {c.id: c for c in result.claims}
    assert said(OTHER).id in claims[relation.from_claim].statements
    assert (relation.kind, relation.judge) == (RelationKind.SUPPORTS, "Mo")


def test_the_last_word_on_a_pair_counts_and_an_undone_one_does_not() -> None:
    pair = said(LATER).id, said(FIRST).id
    first = judgement(Verdict.REJECT, *pair)
    assert between(linked([first, judgement(Verdict.ACCEPT, *pair, n=1)]), said(LATER), said(FIRST)) != []
    assert between(linked([first, judgement(Verdict.REJECT, first.id, n=1)]), said(LATER), said(FIRST)) != []


def test_two_reports_are_one_origin_or_two_as_a_person_says() -> None:
    a, b = sorted((FIRST.id, OTHER.id))
    apart = {frozenset(o.reports) for o in linked().origins}
    assert frozenset((a, b)) not in apart
    together = linked([judgement(Verdict.ACCEPT, a, b)])
    [origin] = [o for o in together.origins if {a, b} <= set(o.reports)]
    assert [(e.derived, e.base, e.reasons) for e in origin.edges] == [(OTHER.id, FIRST.id, ("Mo says so",))]
    again = linked([judgement(Verdict.ACCEPT, a, b), judgement(Verdict.REJECT, a, b, n=1)])
    assert {frozenset(o.reports) for o in again.origins} == apart


@pytest.mark.parametrize(
    ("value", "speaker", "act", "negated", "kind"),
    [
        ("speaker: Ilse Korvan", "Ilse Korvan", Act.ASSERT, False, Kind.INDIRECT),
        ("speaker: none", None, Act.ASSERT, False, Kind.VOICE),
        ("act: deny", "Arn Tolvik", Act.DENY, False, Kind.INDIRECT),
        ("negated: yes", "Arn Tolvik", Act.ASSERT, True, Kind.INDIRECT),
        (
            "act: sings",
            "Arn Tolvik",
            Act.ASSERT,
            False,
            Kind.INDIRECT,
        ),  # a row from elsewhere: no such act, so no change
    ],
)
def test_a_corrected_statement(value: str, speaker: str | None, act: Act, negated: bool, kind: Kind) -> None:
    statement = said(LATER)
    [extraction] = corrected([READ[LATER.id]], [judgement(Verdict.CORRECT, statement.id, value=value)])
    [made] = [s for s in extraction.statements if s.id == statement.id]
    assert (made.actor.name if made.actor else None, made.act, made.negated, made.kind) == (speaker, act, negated, kind)
    assert READ[LATER.id].statements[0] == statement  # the reading itself is as it was


def test_a_corrected_speaker_gives_the_claim_another_origin() -> None:
    def names(result: Linked) -> set[str | None]:
        return {o.name for c in result.claims if said(OTHER).id in c.statements for o in c.known_by}

    assert names(linked()) == {"Ilse Korvan"}
    assert names(linked([judgement(Verdict.CORRECT, said(OTHER).id, value="speaker: Arn Tolvik")])) == {"Arn Tolvik"}


def test_corrections_of_one_statement_add_up() -> None:
    rows = [
        judgement(Verdict.CORRECT, "s-abc", value="act: deny"),
        judgement(Verdict.CORRECT, "s-abc", value="speaker: A", n=1),
        judgement(Verdict.CORRECT, "s-abc", value="speaker: B", n=2),
    ]
    assert statement_corrections(rows) == {"s-abc": {"act": "deny", "speaker": "B"}}
    assert read_judgements(rows).corrections == ()  # those of actors are something else
