"""Quotations over several paragraphs, and what stands in another paragraph than its cue."""

from __future__ import annotations

import pytest

from tests.extract.making import one, read

SHUT = "“Right now the bridge is shut. It will stay shut until the engineers have looked at it.”"
GATES = "“We did not open the gates, whatever people say about it.”"


@pytest.mark.parametrize(
    "paragraphs",
    [
        ("“No one told us,” Ilse Korvan said.", SHUT),
        ("Ilse Korvan said: “No one told us.", SHUT),
        ("Ilse Korvan said: “No one told us.”", SHUT),
        ("“No one told us,” Ilse Korvan said.", SHUT, GATES),
    ],
)
def test_who_spoke_last_goes_on(paragraphs: tuple[str, ...]) -> None:
    (spoken,) = [f for f in read("\n".join(paragraphs)) if f.who == "Ilse Korvan"]
    for paragraph in paragraphs[1:]:
        assert spoken.what.endswith(paragraphs[-1])
        assert paragraph in spoken.what
    assert spoken.kind == "direct"


@pytest.mark.parametrize(
    "paragraphs",
    [
        ("“No one told us,” Ilse Korvan said.", f"{SHUT[:-1]},” Arn Tolvik said."),
        ("“No one told us,” Ilse Korvan said.", "Arn Tolvik said the water fell on Monday.", SHUT),
    ],
)
def test_words_of_another_are_not_given_to_who_spoke_before(paragraphs: tuple[str, ...]) -> None:
    assert not any("engineers" in f.what for f in read("\n".join(paragraphs)) if f.who == "Ilse Korvan")


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (
            "Ilse Korvan denied the charge. “We did not open the gates, and nobody told us to.” The river fell on Monday.",
            "the charge … “We did not open the gates, and nobody told us to.”",
        ),
        (
            "Ilse Korvan denied the charge. “We did not open the gates, and nobody told us to.”",
            "the charge … “We did not open the gates, and nobody told us to.”",
        ),
        ("Ilse Korvan denied the charge. “The Water Gate” is a song.", "the charge"),
        (
            "Ilse Korvan denied the charge. “We saw the gates open, and nobody told us,” Arn Tolvik said.",
            "the charge",
        ),
        (
            "Ilse Korvan denied the charge. “We saw the gates open, and nobody told us.” Arn Tolvik, a nurse. The river fell.",
            "the charge",
        ),
    ],
)
def test_a_sentence_in_marks_is_who_spoke_in_the_sentence_before(text: str, what: str) -> None:
    assert [f.what for f in read(text) if f.who == "Ilse Korvan"] == [what]


def test_a_sentence_in_marks_is_never_the_outlets_own() -> None:
    assert not [
        f.what for f in read("The lights went out. “We sat in the dark.” It was late.", voice=True) if "We" in f.what
    ]


@pytest.mark.parametrize(
    ("quoted", "negated", "hedge", "act"),
    [
        ("“There was no attack on the bridge. It still stands.”", True, None, "assert"),
        ("“We may have hit the depot.”", False, "may", "assert"),
        ("“The bridge is shut to all traffic.”", False, None, "assert"),
        ("“Where are the engineers now?”", False, None, "ask"),
    ],
)
def test_a_quotation_below_its_colon_is_read_as_one_beside_it(
    quoted: str, negated: bool, hedge: str | None, act: str
) -> None:
    for between in (" ", "\n"):
        found = one(f"The governor, Ilse Korvan, wrote on Telegram:{between}{quoted}")
        assert (found.what, found.kind, found.act) == (quoted, "direct", act)
        assert found.statement.negated is negated
        assert (found.statement.hedge.word if found.statement.hedge else None) == hedge


def test_a_quotation_below_its_colon_is_taken_whole() -> None:
    quoted = (
        "“We have a town where our streets, half- drowned and dark, are left to the river because nobody came. You walk "
        "down the street, you get wet. In the old town they’ve had thousands of calls, thousands since Monday. And I’m "
        "asking, where is this? What are we doing? We have to bring back the boats, and the light.”"
    )
    assert one(f"He said:\n{quoted}").what == quoted
