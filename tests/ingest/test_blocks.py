"""Plain text to blocks: what is marked as furniture, and above all what is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.ingest.blocks import find_blocks, same_title
from tests.ingest.making import kinds

LEAD = "The dam above Ostrel held through the night, the river authority said on Wednesday."
NEXT = "Its head, Pavel Dorn, told reporters that nobody had been hurt."


def middle(line: str) -> str:
    """The kind that ``line`` gets between two ordinary paragraphs."""
    found = {words: kind for kind, words in kinds(f"{LEAD}\n\n{line}\n\n{NEXT}\n")}
    return found[line]


@pytest.mark.parametrize(
    "line",
    [
        "Advertisement",
        "ADVERTISEMENT",
        "Leave a Comment",
        "Share this",
        "Share this: Facebook Twitter WhatsApp",
        "Read more: Five things to know about the dam at Ostrel",
        "READ MORE",
        "View this interactive content on",
        "02:41 – Source: KTV",
        "1:02:33 - Now playing",
        "Video 02:41",
        "Watch: Engineers open the gates at Ostrel",
        "Find out how the gates are opened by hand",
        "Sign up for our newsletter",
        "Sign up for the Courier's morning newsletter here.",
        "Follow the Courier on Facebook for the latest",
        "23 comments",
        "Page 3 of 7",
        "Updated 4:12 PM, Wed April 2, 2031",
        "© 2031 Velmark Courier. All rights reserved.",
        "Читайте также: Плотина выдержала",
        "Реклама",
        "Mehr zum Thema",
        "https://courier.example/ostrel-dam",
        "***",
    ],
)
def test_furniture_is_marked(line: str) -> None:
    assert middle(line) == "boilerplate"


@pytest.mark.parametrize(
    "line",
    [
        "Advertisement boards along the road to Karsk were torn down by the wind.",
        "Share this burden with us, the mayor told the neighbouring towns.",
        "Watch towers along the border were abandoned, officials said.",
        "Read more widely, Dorn urged his critics.",
        "At 02:41 a source at KTV heard the first siren.",
        "Comments by the minister were not carried by state television.",
        "Follow-up tests showed no damage.",
        "“Leave a comment, or leave the room,” the judge said.",
        "Reuters could not verify the account.",
        "By Wednesday the water had fallen by two metres.",
        "By then, two people had died.",
        "Police said 14 people were killed.",
        "He said no.",
        "Sign up sheets were handed out to 300 residents, the Red Cross said.",
        "Dorn: we were lucky.",
        "Live ammunition was found in the cellar.",
        "Photographs of the wall were sent to the ministry.",
        "A man stands accused of opening the third gate.",
        "Soldiers stand ready to help, the minister said.",
        "Below, we list what is known of the two gates and of the men who opened them.",
    ],
)
def test_a_sentence_that_only_looks_like_furniture_stays_a_paragraph(line: str) -> None:
    assert middle(line) == "paragraph"


@pytest.mark.parametrize(
    "line",
    [
        "Iva Marek/Reuters",
        "Handout/Velmark River Authority/AFP",
        "Getty Images",
        "Photo: Iva Marek",
        "Photo: J. Vey/AFP",
        "Image credit: Velmark River Authority",
        "By Iva Marek and Jon Vey",
        "Reporting by Iva Marek; Editing by Jon Vey",
        "(Photo by Iva Marek for the Courier)",
    ],
)
def test_credits_are_marked(line: str) -> None:
    assert middle(line) == "credit"


@pytest.mark.parametrize("line", ["12/14", "and/or", "Karsk/Ostrel", "He spoke to AP/Reuters. They agreed."])
def test_a_slash_alone_makes_no_credit(line: str) -> None:
    assert middle(line) != "credit"


def test_captions_by_their_own_words() -> None:
    assert middle("The dam at Ostrel in spring (file photo).") == "caption"
    assert middle("In this handout photo, water runs over the crest of the dam.") == "caption"


def test_a_caption_beside_a_credit_line() -> None:
    line = "A still image shows water running over the crest of the dam."
    assert middle(line) == "paragraph"
    found = kinds(f"{LEAD}\n\nMarek/Reuters\n\n{line}\n\n{NEXT}\n\n{NEXT}")
    assert ("caption", line) in found


def test_a_caption_set_off_by_the_gap_that_a_picture_left() -> None:
    line = "A helicopter flies over the lower town, the site of the evacuation."
    even = f"Title here\n\n{LEAD}\n\n{NEXT}\n\n{line}\n\n{NEXT} Again.\n\n{LEAD} Again."
    assert ("paragraph", line) in kinds(even)
    assert ("caption", line) in kinds(even.replace(f"\n\n{line}", f"\n\n\n{line}"))


def test_headline_and_its_repeat() -> None:
    title = "Dam at Ostrel holds after night of rain"
    found = kinds(f"{title}\n\n{title.upper()}!\n\n{LEAD}\n\n{NEXT}\n")
    assert [kind for kind, _ in found] == ["headline", "boilerplate", "paragraph", "paragraph"]


@pytest.mark.parametrize("text", [LEAD, f"{LEAD}\n\n{NEXT}", "One line without an end"])
def test_a_first_sentence_is_no_headline(text: str) -> None:
    assert kinds(text)[0][0] == "paragraph"


def test_a_known_title_is_found_below_a_label() -> None:
    found = kinds(f"Advertisement\n\nThe dam holds.\n\n{LEAD}", title="The dam holds")
    assert [kind for kind, _ in found] == ["boilerplate", "headline", "paragraph"]


def test_a_message_has_no_headline() -> None:
    assert kinds(f"Siren in Karsk\n\n{LEAD}", has_headline=False)[0][0] != "boilerplate"


@pytest.mark.parametrize(
    ("dateline", "rest"),
    [
        ("KARSK, April 2 (Reuters) -", "The dam held, officials said."),
        ("KARSK (AP) —", "The dam held, officials said."),
        ("Karsk, Velmark (CNN) —", "The dam held, officials said."),
        ("KARSK, Velmark —", "The dam held, officials said."),
        ("OSTREL/KARSK, 2 April 2031 (AFP) –", "The dam held, officials said."),
        ("КАРСК, 2 апреля. /ТАСС/.", "Плотина выдержала, сообщили власти."),
        ("КАРСК, 2 апр", None),
    ],
)
def test_a_dateline_is_set_apart_from_its_paragraph(dateline: str, rest: str | None) -> None:
    if rest is None:
        assert kinds(f"{dateline} и так далее.\n\n{NEXT}")[0][0] == "paragraph"
        return
    found = kinds(f"{dateline} {rest}\n\n{NEXT}")
    assert found[:2] == [("dateline", dateline), ("paragraph", rest)]


@pytest.mark.parametrize(
    "line",
    [
        "The mayor - a former teacher - said no.",
        "Ostrel - the lower town - was empty.",
        "NATO said on Wednesday - twice - that it knew.",
    ],
)
def test_a_dash_in_a_sentence_is_no_dateline(line: str) -> None:
    assert kinds(f"{line}\n\n{NEXT}")[0] == ("paragraph", line)


def test_front_matter_is_boilerplate_and_nothing_overlaps() -> None:
    text = f"outlet: X\n\n{LEAD}"
    found = kinds(text, start=10)
    assert found == [("boilerplate", "outlet: X"), ("paragraph", LEAD)]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Dam holds", "DAM HOLDS!", True),
        ("Dam at Ostrel holds after night of rain", "Dam at Ostrel holds after night of rains", True),
        ("Dam holds", "Dam breaks", False),
        ("", "", False),
    ],
)
def test_same_title(one: str, other: str, same: bool) -> None:
    assert same_title(one, other) is same


@given(st.text(alphabet=st.sampled_from("Ab .\n\r>-1\u2028“:/\t"), max_size=200))
def test_blocks_are_ordered_disjoint_trimmed_and_lose_no_word(text: str) -> None:
    at = 0
    covered = set[int]()
    for block in find_blocks(text):
        start, end = block.span
        assert at <= start < end <= len(text)
        assert block.span.of(text) == block.span.of(text).strip()
        covered.update(range(start, end))
        at = end
    assert all(i in covered for i, c in enumerate(text) if c.isalnum() and c not in "1")


def test_capitals_alone_are_no_dateline_where_all_is_in_capitals() -> None:
    assert kinds(f"THE SHELL -- SAID TO BE OLD -- WENT OFF AT NOON.\n\n{NEXT}")[0][0] == "paragraph"
    assert kinds(f"DORN, 2 MAY (NORWIRE) -- THE SHELL WENT OFF AT NOON.\n\n{NEXT}")[0][0] == "dateline"
