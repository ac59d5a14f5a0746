"""What a statement does, what it negates and how far it is hedged."""

from __future__ import annotations

import pytest

from tests.extract.making import one, read

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Ilse Korvan said the bridge was closed.", "assert"),
        ("Ilse Korvan confirmed that the bridge was closed.", "confirm"),
        ("Belmark denied involvement.", "deny"),
        ("The Red Guard claimed responsibility for the blast.", "claim_responsibility"),
        ("The Red Guard denied responsibility for the blast.", "decline_responsibility"),
        ("Belmark accused Norland of shelling the village.", "accuse"),
        ("The spokesman declined to comment on the blast.", "decline_comment"),
        ("Ilse Korvan did not specify the number of victims.", "decline_comment"),
        ("The Courier could not independently verify the claim.", "cannot_verify"),
        ("The Courier was unable to verify the figure.", "cannot_verify"),
        ("Ilse Korvan warned that the river would rise.", "predict"),
        ("The president ordered the army to withdraw from the valley.", "order"),
        ("The minister vowed to rebuild the town.", "promise"),
        ("The church condemned the attack.", "condemn"),
        # In a quotation whoever speaks is "we".
        ("“We bombed the depot,” said the front's spokesman.", "claim_responsibility"),
        ("The front said it bombed the depot.", "claim_responsibility"),
        ("“They bombed us while we slept,” said nurse Amal Haddad.", "assert"),
        ("“We will open the gates,” Arn Velk said.", "promise"),
        ("“They will pay for the gates,” Arn Velk said.", "predict"),
        ("“They were not behind the attack,” Arn Velk said.", "assert"),
        ("The governor called the reports “a lie from start to end”.", "deny"),
    ],
)
def test_acts(text: str, act: str) -> None:
    assert one(text).act == act


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        ("Ilse Korvan said no one died.", True),
        ("Ilse Korvan said the dam had not failed.", True),
        ("Ilse Korvan said the dam had failed.", False),
        ("Ilse Korvan said a man who did not flee had died.", False),
    ],
)
def test_negation_of_the_main_clause(text: str, negated: bool) -> None:
    assert one(text).statement.negated is negated


def test_hedges_in_the_content_and_on_the_cue_and_their_band() -> None:
    likely = one("Ilse Korvan said the dam was likely to fail.").statement.hedge
    assert likely is not None
    assert (likely.word, likely.band) == ("likely", "55-80")
    believed = one("Ilse Korvan believes the dam has failed.").statement.hedge
    assert believed is not None
    assert believed.word == "believes"
    assert one("Ilse Korvan said on May 3 that the dam held.").statement.hedge is None


def test_what_nobody_knows_is_asked_in_the_outlets_voice() -> None:
    [asked] = read("It remains unclear who fired the first shot.", voice=True)
    assert (asked.act, asked.who) == ("ask", None)
