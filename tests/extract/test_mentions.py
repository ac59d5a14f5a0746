"""Mentions that are no names: pronouns, possessives, descriptions and roles, each in the chain of its actor or in none."""

from __future__ import annotations

import pytest

from sayso.extract import extract
from tests.extract.making import report

pytestmark = pytest.mark.model


def whose(text: str, *words: str) -> list[str | None]:
    """The actors in whose chains these words stand, each sought in the text behind the one before it."""
    chains = extract(report(text)).actors
    found: list[str | None] = []
    at = 0
    for one in words:
        at = text.index(one, at)
        here = [c.actor.name for c in chains for m in c.mentions if (m.start, m.end) == (at, at + len(one))]
        assert len(here) <= 1, (one, here)
        found.append(here[0] if here else None)
        at += len(one)
    return found


@pytest.mark.parametrize(
    ("text", "words", "actors"),
    [
        (
            "The Belmark Council met on Monday. It will vote on the dam in May.",
            ("It",),
            ["Belmark Council"],
        ),
        (
            "Governor Arn Tolvik walked through the town. Villagers met him and thanked his driver.",
            ("him", "his"),
            ["Arn Tolvik", "Arn Tolvik"],
        ),
        (
            "The River Front lost the bridge but kept its camp.",
            ("its",),
            ["River Front"],
        ),
        (
            "Mayor Ilse Kell drove to Dorn. She had left her office at noon.",
            ("She", "her"),
            ["Ilse Kell", "Ilse Kell"],
        ),
        (
            "The Belmark Council says they will pay.",
            ("they",),
            ["Belmark Council"],
        ),
        (
            "Arn Tolvik blamed himself.",
            ("himself",),
            ["Arn Tolvik"],
        ),
        # A title tells who is "he" and who is "she".
        (
            "Mr Arn Tolvik wrote to Ms Ilse Kell. She did not answer, and he wrote again.",
            ("She", "he"),
            ["Ilse Kell", "Arn Tolvik"],
        ),
        # "They" are the villagers.
        ("The Belmark Council met. Villagers threw stones. They were driven off.", ("They",), ["Villagers"]),
        # The nearer of two owners.
        (
            "Reporters asked about Kolm Steel and its chief.",
            ("its",),
            ["Kolm Steel"],
        ),
        # "who", "which", "whose".
        (
            "Mayor Arn Tolvik, who leads the council, left. The Belmark Council, which he leads, stayed.",
            ("who", "which"),
            ["Arn Tolvik", "Belmark Council"],
        ),
    ],
)
def test_a_pronoun_is_its_actors(text: str, words: tuple[str, ...], actors: list[str | None]) -> None:
    assert whose(text, *words) == actors


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The Belmark Council met. It is unclear who won.", "It"),
        ("The Belmark Council met while it rained.", "it"),
        ("The Belmark Council met. It seems that nobody won.", "It"),
        ("The Belmark Council made it clear that nobody won.", "it"),
        ("The Belmark Council met. It is time to vote.", "It"),
        ("The Belmark Council met. It was reported that nobody won.", "It"),
        ("The Belmark Council met. It was the rain that brought down the dam.", "It"),
        ("Kolm Steel built the bridge. It collapsed on Monday.", "It collapsed"),
        # A man is no "it", a body no "he".
        ("Arn Tolvik slept. It was stolen.", "It"),
        ("The Belmark Council met. A man ran in, and he was shot.", "he"),
        ("Villagers threw stones. The Belmark Council saw it.", "it"),
        # A bomber who hides his belt hides his own.
        ("Mayor Arn Tolvik was killed by a bomber who had hidden his belt.", "his"),
        # Not beside itself under one verb.
        ("The Belmark Council sued it.", "it"),
    ],
)
def test_a_pronoun_that_is_no_actors_stays_out(text: str, word: str) -> None:
    assert whose(text, word) == [None]


@pytest.mark.parametrize(
    ("text", "words", "actors"),
    [
        (
            "Regional governor Arn Tolvik drove to Dorn. Villagers stopped the governor at the bridge.",
            ("the governor",),
            ["Arn Tolvik"],
        ),
        (
            "The River Front took the bridge on Monday. The army shelled the group at night.",
            ("the group",),
            ["River Front"],
        ),
        (
            "The Defence Ministry bought boats. Critics of the ministry laughed.",
            ("the ministry",),
            ["Defence Ministry"],
        ),
        (
            "Kolm Steel Company will close its works. Workers of the company were told on Monday.",
            ("the company",),
            ["Kolm Steel Company"],
        ),
        (
            "The Independent Doctors Association (IDA) left. Its board had asked the IDA to stay.",
            ("The Independent Doctors Association", "IDA", "Its", "IDA"),
            ["Independent Doctors Association", "Independent Doctors Association"] * 2,
        ),
        # In the words of a chief "the company" is his own.
        (
            "The Belmark Bank closed on Monday. The Belmark Bank said it was broke. "
            "Ostra Airways chief Arn Tolvik said the company would grow.",
            ("the company",),
            ["Ostra Airways"],
        ),
        # Who has no name: spoken of again, in a chain of its own, and never one of those named.
        (
            "Two men in masks robbed a bank. Police chased the two men. They escaped.",
            ("Two men", "the two men", "They"),
            ["Two men"] * 3,
        ),
        (
            "Mayor Arn Tolvik fled. A driver saw it. Police asked the driver for his name.",
            ("A driver", "the driver", "his"),
            ["driver"] * 3,
        ),
        (
            "Kolm Steel Company will close. A company in Ostra hired the workers. Shares of the company rose.",
            ("Kolm Steel Company", "the company"),
            ["Kolm Steel Company", "company"],
        ),
        # Beside a name: before it, behind it, and said of it.
        ("Police arrested Kolm Steel chief Arn Tolvik.", ("Kolm Steel chief",), ["Arn Tolvik"]),
        ("Police arrested Arn Tolvik, the mayor of Dorn.", ("the mayor of Dorn",), ["Arn Tolvik"]),
        ("Arn Tolvik is the mayor of Dorn.", ("the mayor of Dorn",), ["Arn Tolvik"]),
    ],
)
def test_a_description_is_its_actors(text: str, words: tuple[str, ...], actors: list[str | None]) -> None:
    assert whose(text, *words) == actors


@pytest.mark.parametrize(
    ("text", "word"),
    [
        # "The group" is no country, and no ministry.
        ("Belmark sent troops to Dorn. Soldiers chased the group.", "the group"),
        ("The Defence Ministry sent boats. Soldiers chased the group.", "the group"),
        # The president of another country, another company, a new governor.
        (
            "Dornish President Arn Tolvik flew home. Crowds cheered the president of Belmark.",
            "the president of Belmark",
        ),
        ("Kolm Steel will close. Workers joined the other company.", "the other company"),
        ("Governor Arn Tolvik left. Crowds cheered the new governor.", "the new governor"),
        # Several are not the one.
        ("Kolm Steel will close. Shares of the companies fell.", "the companies"),
        ("Arn Tolvik is not the mayor of Dorn.", "the mayor of Dorn"),
        ("The River Front left. Boys were sent to the front.", "the front"),
        ("A man in a mask fled. Police questioned the man from Ostra.", "the man from Ostra"),
    ],
)
def test_a_description_that_fits_nobody_stays_out(text: str, word: str) -> None:
    assert whose(text, word) == [None]


@pytest.mark.parametrize(
    ("text", "words", "actors"),
    [
        (
            "“I lost my house, and we had no warning,” said farmer Arn Tolvik.",
            ("I", "my", "we"),
            ["Arn Tolvik"] * 3,
        ),
        # A spokeswoman's "we" is the body's she speaks for, her "I" is her own.
        (
            "Kolm Steel was founded in 1950. “We will rebuild, I promise,” said Kolm Steel spokeswoman Ilse Kell.",
            ("We", "I"),
            ["Kolm Steel", "Ilse Kell"],
        ),
        # "He" in a quotation is never the one who speaks.
        ("Mayor Arn Tolvik met Ivo Kell. “He is a liar,” said Tolvik.", ("He",), ["Ivo Kell"]),
        # Outside quotation marks "we" is the outlet's.
        ("Arn Tolvik left before we arrived.", ("we",), [None]),
    ],
)
def test_words_of_a_quotation_belong_to_its_speaker(
    text: str, words: tuple[str, ...], actors: list[str | None]
) -> None:
    assert whose(text, *words) == actors


def test_two_of_one_surname_stay_two() -> None:
    text = "Mr Arn Tolvik met his brother Ivo Tolvik in Dorn. Arn Tolvik left early."
    chains = {c.actor.name: len(c.mentions) for c in extract(report(text)).actors}
    assert chains["Arn Tolvik"] == 3
    assert chains["Ivo Tolvik"] == 2  # and "his brother"


def test_a_name_that_the_recogniser_passes_over_is_found_by_its_words() -> None:
    text = "Kolm Steel will close its works in Dorn.\nwhy it had to close\nBefore KOLM there was Kolm Steel."
    chain = next(c for c in extract(report(text)).actors if c.actor.name == "Kolm Steel")
    assert [m.of(text) for m in chain.mentions].count("Kolm Steel") == 2
