"""Contents that two attributions claim, each given to one; and a second cue of one speaker ends the first one's words."""

from __future__ import annotations

from sayso.extract.tagger import Attribution
from sayso.extract.untangle import cut_coordinated, speaker_of_quoted, untangle
from sayso.model import Span


def spans(text: str, *words: str) -> tuple[Span, ...]:
    return tuple(Span(text.index(w), text.index(w) + len(w)) for w in words)


def one(text: str, source: str, cue: str, *content: str) -> Attribution:
    return Attribution(spans(text, source), spans(text, cue), spans(text, *content), 1.0)


def contents(text: str, attributions: list[Attribution]) -> list[list[str]]:
    return [[s.of(text) for s in a.content] for a in attributions]


def test_a_quotation_goes_to_the_nearer_cue() -> None:
    text = "“The dam held,” Tolvik said.\n“Two houses are lost,” Kell added."
    first = one(text, "Tolvik", "said", "“The dam held,”", "“Two houses are lost,”")
    second = one(text, "Kell", "added", "“Two houses are lost,”")
    assert contents(text, untangle([first, second], text)) == [["“The dam held,”"], ["“Two houses are lost,”"]]


def test_nested_words_stay_with_both() -> None:
    text = "Tolvik said Kell had denied the loss of two houses."
    outer = one(text, "Tolvik", "said", "Kell had denied the loss of two houses")
    inner = one(text, "Kell", "had denied", "the loss of two houses")
    assert contents(text, untangle([outer, inner], text)) == [
        ["Kell had denied the loss of two houses"],
        ["the loss of two houses"],
    ]


def test_a_second_cue_of_the_same_speaker_ends_the_first_content() -> None:
    text = "Tolvik admitted that he had the key, but denied that he had used it."
    first = one(text, "Tolvik", "admitted", "that he had the key, but denied that he had used it")
    second = one(text, "Tolvik", "denied", "that he had used it")
    assert contents(text, cut_coordinated([first, second], text))[0] == ["that he had the key"]


def test_a_sentence_with_its_own_speaker_is_not_swallowed() -> None:
    text = "“Nobody was hurt,” Kell told reporters. About 400 people have left, she said."
    first = one(text, "Kell", "told", "“Nobody was hurt,”")
    second = one(text, "she", "said", "“Nobody was hurt,” Kell told reporters. About 400 people have left")
    assert contents(text, cut_coordinated([first, second], text)) == [
        ["“Nobody was hurt,”"],
        ["About 400 people have left"],
    ]


def test_the_one_quoted_is_the_source() -> None:
    text = "“Nobody has heard a shot,” Norwire quotes her as saying on Sunday."
    (turned,) = speaker_of_quoted([one(text, "Norwire", "quotes", "“Nobody has heard a shot,”", "her")], text)
    assert [s.of(text) for s in turned.source] == ["her"]
    assert [s.of(text) for s in turned.content] == ["“Nobody has heard a shot,”"]


def test_the_quoting_agency_goes_where_the_one_quoted_has_the_words_already() -> None:
    text = "Norwire quoted Tolvik as saying that the town was quiet."
    outer = one(text, "Norwire", "quoted", "Tolvik as saying that the town was quiet")
    inner = one(text, "Tolvik", "as saying", "that the town was quiet")
    assert speaker_of_quoted([outer, inner], text) == [inner]


def test_a_cited_reason_is_nobodys_words() -> None:
    text = "Norwire cited a lack of funds, as the mayor had done."
    given = [one(text, "Norwire", "cited", "a lack of funds")]
    assert speaker_of_quoted(given, text) == given


def test_what_a_refusal_governs_is_its_content() -> None:
    text = "Tolvik refused to comment on the letter."
    refusal = one(text, "Tolvik", "refused", "to comment on the letter")
    comment = one(text, "Tolvik", "comment on", "the letter")
    assert contents(text, cut_coordinated([refusal, comment], text)) == [["to comment on the letter"]]


def test_a_numbered_unit_ends_no_sentence() -> None:
    text = "The report said that Detachment No. 3 Brigade staff told it two men had died."
    outer = one(text, "The report", "said", "that Detachment No. 3 Brigade staff told it two men had died")
    inner = one(text, "Brigade staff", "told", "two men had died")
    assert contents(text, cut_coordinated([outer, inner], text))[0] == [
        "that Detachment No. 3 Brigade staff told it two men had died"
    ]
