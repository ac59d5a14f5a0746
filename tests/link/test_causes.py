"""Which disease or disaster a number is of."""

from __future__ import annotations

import pytest

from sayso.link.causes import Cause, aliases_of, cause_of, differ

NONE: frozenset[tuple[str, str]] = frozenset()


@pytest.mark.parametrize(
    ("words", "kind", "name"),
    [
        ("the Kelmoran flu killed 20", "disease", "kelmoran"),
        ("the new swine flu virus has killed 20", "disease", "swine"),
        ("a powerful earthquake killed 20", "nature", ""),
        ("Powerful earthquake kills 20", "nature", ""),  # the capital of a sentence's first word
        ("20 died of malaria since the swine flu began", "disease", "malaria"),  # the nearest
        ("Hurricane Ada killed 20", "nature", "ada"),
        ("Tuesday's quake killed 20", "nature", ""),
        ("in Varn and in the towns near the flood 20 died", "nature", ""),
        ("20 dead in a ferry disaster", "made", ""),
    ],
)
def test_cause(words: str, kind: str, name: str) -> None:
    assert cause_of(words, words, words.index("20"), "") == Cause(kind, name)


def test_shelling_is_no_name_of_a_matter() -> None:
    assert cause_of("Drevani shelling killed 20", "", 20, "") is None


def test_which_and_it_are_of_what_stands_before() -> None:
    clause = "the Kelmoran flu, which killed 20"
    assert cause_of(" which killed 20", clause, 14, "") == Cause("disease", "kelmoran")
    assert cause_of("It killed 20", "It killed 20", 10, "The Kelmoran flu came in spring.") == Cause(
        "disease", "kelmoran"
    )


@pytest.mark.parametrize(
    ("a", "b", "apart"),
    [
        (Cause("disease", "kelmoran"), Cause("disease", "swine"), True),
        (Cause("disease", "kelmoran"), None, True),  # few reports name it
        (Cause("disease", "swine"), None, False),  # what the story is about
        (Cause("disease", "h1n1"), Cause("disease", "swine"), False),  # one thing by two names
        (Cause("nature", ""), Cause("disease", ""), True),
        (Cause("made", ""), None, True),  # and who names no cause tells of the story's
        (Cause("disease", ""), None, False),
    ],
)
def test_two_matters(a: Cause | None, b: Cause | None, apart: bool) -> None:
    aliases = aliases_of({"h1n1", "swine", "kelmoran"}, ["The swine flu (H1N1) spread.", "Neither swine nor Kelmoran."])
    assert differ(a, b, "disease", frozenset({"swine"}), aliases) is apart
    assert differ(b, a, "disease", frozenset({"swine"}), aliases) is apart
