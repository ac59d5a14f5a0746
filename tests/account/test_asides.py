"""What stands on a page and is no news makes no line."""

from __future__ import annotations

import pytest

from sayso.account import compose
from sayso.account.asides import speaks_of_itself
from sayso.model import Act, Status
from tests.account.making import claim, extraction, linked, report, statement

FILLER = (
    "The council of Dorn met on Monday and heard three reports on the state of the weir and the mill beside it. " * 4
)


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("Two houses burned in the village of Dorn during the night.", True),
        ("A still image shows two houses that burned in the village of Dorn.", False),
        ("Satellite photos released by the army show two houses in Dorn.", False),
        ("Pictured: the two houses that burned in the village of Dorn.", False),
        ("You will see two burnt houses in the village of Dorn.", False),
        ("Thanks for reading our notes from the village of Dorn.", False),
        ("An image problem has plagued the council of Dorn for years.", True),
    ],
)
def test_captions_and_talk_are_no_lines(words: str, shown: bool) -> None:
    made = report(words)
    s = statement(made, content=words)
    account = compose([made], [extraction(made, [s])], linked([made], [claim([s], status=Status.REPORTED)]))
    assert bool(account.sections) is shown


def test_an_opinion_asks_nothing_that_is_not_known() -> None:
    asked = "It is unclear how free will explains the fall of the weir."
    column = report(f"I have thought of you, dear reader, and I ask myself what my own part is. {asked} {FILLER}")
    news = report(f"{asked} {FILLER}", outlet="Radio Kelm")
    for made, shown in ((column, False), (news, True)):
        s = statement(made, content=asked, act=Act.ASK)
        assert bool(compose([made], [extraction(made, [s])], linked([made], [], asked=[s])).sections) is shown


def test_who_i_and_you_are_counts_only_outside_quotation_marks() -> None:
    assert not speaks_of_itself(report(f"“I saw you, and you saw me, and my house burned,” Arn Tolvik said. {FILLER}"))
    assert speaks_of_itself(report(f"I saw you, and you saw me, and my house burned. {FILLER}"))


def test_a_correction_is_done_and_says_so() -> None:
    words = {
        "corrected": ("an earlier report that the mill had burned down", True),
        "is revising": ("the plans for the relief of the whole valley", False),
        "to clarify": ("the part that the army plays in the valley", False),
    }
    for cue, (content, shown) in words.items():
        made = report(f"Arn Tolvik {cue} {content}.")
        s = statement(made, source="Arn Tolvik", cue=cue, content=content, act=Act.CORRECT)
        account = compose([made], [extraction(made, [s])], linked([made], [claim([s], status=Status.REPORTED)]))
        assert any(section.key.value == "changed" for section in account.sections) is shown, cue


def test_what_is_advised_on_is_not_told() -> None:
    for content, shown in (
        ("whether the level at Dorn should be raised", False),
        ("that the level at Dorn rose", True),
    ):
        made = report(f"The group advised {content}.")
        s = statement(made, source="The group", cue="advised", content=content)
        account = compose([made], [extraction(made, [s])], linked([made], [claim([s], status=Status.REPORTED)]))
        assert bool(account.sections) is shown, content
