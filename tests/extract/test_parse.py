"""Passages: what is parsed as one, and what texts made to be slow cost."""

from __future__ import annotations

import pytest

from sayso.extract.parse import parse_report
from sayso.extract.phrases import noun_phrase
from sayso.extract.reading import read_report
from tests.extract.making import report


@pytest.mark.parametrize(
    "unit", ["“Ada said, ", "RT @a: ", "said, “", "he said ", "Mr. A ", "😀 ", "a, ", "of the "], ids=repr
)
def test_words_that_run_on_are_read_in_pieces(unit: str) -> None:
    """What rules look through for each verb is the sentence: four times the text is four times the pieces, none of them longer."""
    read = {}
    for times in (1, 4):
        text = unit * (times * 3000 // len(unit))
        passages = parse_report(report(text))
        assert "".join(p.text for p in passages).split() == text.split()
        assert all(report(text).text[p.start :].startswith(p.text.rstrip()) for p in passages)
        assert not read_report(report(text), passages).problems
        read[times] = max(len(sentence) for p in passages for sentence in p.doc.sents)
    assert read[4] <= read[1] <= 400


def test_a_long_paragraph_of_sentences_is_one_passage() -> None:
    text = "Ilse Korvan said that the bridge over the river was shut. " * 60
    assert len(parse_report(report(text))) == 1


def test_the_token_at_a_place() -> None:
    (passage,) = parse_report(report("The bridge  fell."))
    found = [passage.token_at(n) for n in (0, 4, 9, 12, 40)]
    assert [t.text if t else None for t in found] == ["The", "bridge", "bridge", "fell", None]


def test_a_noun_phrase_goes_no_further_than_its_own_clause() -> None:
    (passage,) = parse_report(report("The mayor of Varn, Ilse Korvan, who said little, left."))
    head = next(t for t in passage.doc if t.text == "mayor")
    assert " ".join(passage.doc[i].text for i in noun_phrase(head)) == "The mayor of Varn , Ilse Korvan"
