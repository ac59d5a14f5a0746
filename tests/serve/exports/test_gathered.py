"""What exports are made of: passages, claims as they stand alone, and the judgements that stand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sayso.model import Judgement, Report, Verdict
from sayso.serve.exports.gathered import ClaimTexts, about, address, named_urn, standing, told_words, urn
from tests.serve.exports.making import HOSTILE, world


def judged(identifier: str, verdict: Verdict, subject: str, at: str = "2031") -> Judgement:
    return Judgement(identifier, verdict, subject, None, None, "Eve", at)


def weir() -> Report:
    return next(told.report for told in world().told if told.report.outlet == "Tarn Post")


def test_a_statement_is_told_with_who_says_it_and_how() -> None:
    made = world()
    (told,) = (told for told in made.told if told.report.outlet == "Tarn Post")
    assert [told_words(told.report, statement) for statement in told.extraction.statements] == [
        "Ada Quill, mayor of Sollen, said the weir broke on Tuesday",
        "Norland denied it was to blame",
        "The Tarn Post could not verify who opened it",
    ]
    far = replace(told.report, text=told.report.text.replace(", mayor of Sollen,", " " + "x" * 17))
    assert "…" not in told_words(far, told.extraction.statements[0])
    longer = replace(told.report, text="y" * 400)
    spread = replace(
        told.extraction.statements[0], content=(told.extraction.statements[0].content[0]._replace(end=390),)
    )
    assert told_words(longer, spread).count(" … ") == 2  # too far apart: only its own words


def test_a_claim_that_denies_is_told_as_a_denial_once_its_report_was_heard() -> None:
    made = world()
    broke, blame = made.linked.claims
    texts = ClaimTexts(made.linked)
    for told in made.told:
        texts.hear(told)
    assert (texts.of(broke), texts.of(blame)) == ("the weir broke on Tuesday", "Norland denied it was to blame")


@pytest.mark.parametrize(
    ("judgements", "stand"),
    [
        ([judged("j-a", Verdict.GRADE, "c-a")], ["j-a"]),
        ([judged("j-a", Verdict.GRADE, "c-a"), judged("j-b", Verdict.REJECT, "j-a")], []),
        (
            [
                judged("j-c", Verdict.REJECT, "j-b", "2033"),
                judged("j-b", Verdict.REJECT, "j-a", "2032"),
                judged("j-a", Verdict.GRADE, "c-a", "2031"),
            ],
            ["j-a"],
        ),
    ],
)
def test_what_was_undone_does_not_stand(judgements: list[Judgement], stand: list[str]) -> None:
    assert [judgement.id for judgement in standing(judgements)] == stand


def test_judgements_of_some_records() -> None:
    ours = judged("j-a", Verdict.GRADE, "c-a", "2031")
    undone = judged("j-b", Verdict.REJECT, "j-a", "2032")
    named = judged("j-c", Verdict.CORRECT, "actor:Ada Quill@r-k3v")
    other = judged("j-d", Verdict.GRADE, "c-z")
    assert about([undone, other, named, ours], frozenset({"c-a", "actor:Ada Quill"})) == [ours, named, undone]


@pytest.mark.parametrize("evil", HOSTILE.values(), ids=HOSTILE)
def test_names_in_linked_data_are_uris_and_differ(evil: str) -> None:
    made = named_urn("outlet", evil)
    assert made.isascii()
    assert not set(made) & set(" <>\"{}|\\^`'\n\r\0")
    assert named_urn("outlet", evil + ":") != made
    assert address(replace(weir(), url=evil)) == urn(weir().id)
