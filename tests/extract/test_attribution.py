"""Who said what, on sentences of our own: the actor, the words, the kind."""

from __future__ import annotations

import pytest

from tests.extract.making import one, read

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("text", "who", "what", "kind"),
    [
        ("Mayor Ilse Korvan said the bridge was closed.", "Ilse Korvan", "the bridge was closed", "indirect"),
        ("The bridge was closed, Mayor Ilse Korvan said.", "Ilse Korvan", "The bridge was closed", "indirect"),
        ("“The bridge is closed,” said Ilse Korvan.", "Ilse Korvan", "“The bridge is closed,”", "direct"),
        (
            'Ilse Korvan said the bridge was "closed for good".',
            "Ilse Korvan",
            'the bridge was "closed for good"',
            "mixed",
        ),
        ("According to police, two men fled the village.", "police", "two men fled the village", "indirect"),
        (
            "Two men fled the village, according to Colonel Arn Tolvik.",
            "Arn Tolvik",
            "Two men fled the village",
            "indirect",
        ),
        (
            "The Defence Ministry denied that its troops had fired.",
            "Defence Ministry",
            "that its troops had fired",
            "indirect",
        ),
    ],
)
def test_one_attribution(text: str, who: str, what: str, kind: str) -> None:
    found = one(text)
    assert (found.who, found.what, found.kind) == (who, what, kind)


def test_a_quotation_of_two_sentences_around_one_cue_is_one_statement() -> None:
    found = one("“We heard shots,” Ilse Korvan said. “Then the lights went out in the whole street.”")
    assert found.what == "“We heard shots,” … “Then the lights went out in the whole street.”"


def test_a_quotation_that_never_closes_keeps_its_speaker_and_harms_nobody_else() -> None:
    first, second = read(
        "Ilse Korvan said: “We have losses. A man from the mill died at the bridge.\nArn Tolvik said the road was open."
    )
    assert (first.who, first.what) == ("Ilse Korvan", "“We have losses. A man from the mill died at the bridge.")
    assert (second.who, second.what) == ("Arn Tolvik", "the road was open")


def test_a_quotation_over_two_paragraphs_is_one_statement() -> None:
    found = one("Ilse Korvan said: “We heard shots in the night.\n“Then the lights went out.”")
    assert found.what == "“We heard shots in the night. … “Then the lights went out.”"


def test_a_headline_label_is_no_speaker() -> None:
    from sayso.extract import extract
    from tests.extract.making import report

    statements = extract(report("Dorn: Rebels say they hold the bridge", headline=True)).statements
    assert [s.actor.name for s in statements if s.actor] == ["Rebels"]


def test_the_outlets_own_voice_is_a_statement_without_an_actor() -> None:
    found = read("The bridge fell into the river on Monday. Police said it was old.", voice=True)
    assert [(f.who, f.what) for f in found if f.kind == "voice"] == [
        (None, "The bridge fell into the river on Monday.")
    ]


def test_a_signpost_is_no_statement() -> None:
    assert read("Here’s what you need to know about the flood.", voice=True) == []


def test_offsets_lie_in_the_text_and_no_content_is_empty() -> None:
    text = '“” said.\n"\nHe said "\n... , ,\nShe said: “.\n'
    for found in read(text, voice=True):
        assert all(0 <= s.start < s.end <= len(text) for s in found.statement.content)


def test_according_to_is_a_relay_only_of_what_it_hands_on() -> None:
    handed = read("The driver denied the charge, according to his lawyer, Arn Tolvik.")
    assert [(r.who, r.cue) for r in handed] == [("driver", "denied")]
    own = read(
        "According to Mayor Arn Tolvik, the bridge fell because the engineers had warned that “it would not last the winter”."
    )
    assert ("Arn Tolvik", "According to") in [(r.who, r.cue) for r in own]


def test_who_is_told_to_do_something_says_nothing() -> None:
    found = read("Water over the weir: Lower Dorn told to leave")
    assert "Lower Dorn" not in [each.who for each in found]


def test_the_scene_of_the_telling_is_no_part_of_what_is_told() -> None:
    (said,) = read(
        "“Nobody was hurt,” Mayor Ada Quill told reporters outside the school where families had been taken."
    )
    assert (said.who, said.what) == ("Ada Quill", "“Nobody was hurt,”")
