"""Whether one of two texts derives from the other: small texts of our own, copies and what only looks like one."""

from __future__ import annotations

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.link.derive import derive, find_notices
from sayso.link.overlap import copied_runs
from sayso.model import Derivation, EdgeKind, Report, Span
from tests.link.factories import report

pytestmark = pytest.mark.model

WIRE = (
    "A coal barge struck a pier of the old toll bridge at Varn on Tuesday morning, and the middle span came down within "
    "minutes. Four people who had been mending the railing were thrown into the river.",
    "Harbour master Ada Quill, who watched it from the quay, said that three of them had been pulled out alive and that "
    "divers were still looking for the fourth, a welder of 52.",
    "“The current is stronger than I have seen it in thirty years, and I will not send divers under that deck tonight,” she said.",
    "The tug that had pushed the barge lost power in the bend above the bridge, its owner, the Ilven Towing Company, told "
    "investigators. A fuel filter had been changed the day before.",
    "Some 9,000 people cross the bridge each day. Until a ferry is found they have to go round by Dorn, which takes an hour.",
    "Mayor Olen Marsk promised a temporary bridge within six weeks. “We asked the ministry for new fenders in 2019 and again "
    "in 2024, and each time there was no money,” he said.",
)
REWORDED = (
    "At Varn, the central section of the old toll bridge fell on Tuesday morning only minutes after a barge loaded with coal "
    "had hit one of its pillars. Four workers repairing the railings fell into the water.",
    "Three of the four were rescued alive, while a welder aged 52 was still being searched for, according to the master of the "
    "harbour, Ada Quill, who saw it happen from the quayside.",
    "“The flow is stronger than I have known it for thirty years and I am not going to send divers beneath that deck this night,” "
    "Quill said.",
    "The Ilven Towing Company, which owns the tug pushing the barge, told investigators the vessel had lost power in the bend "
    "upstream. One day earlier a filter for its fuel had been replaced.",
    "About 9,000 people use the bridge every day and must now take the way round through Dorn, an hour longer, until there is a ferry.",
    "A provisional bridge will stand in six weeks, the mayor, Olen Marsk, promised. “We requested new fenders from the ministry in "
    "2019 and once more in 2024 and there was never any money,” said Marsk.",
)
# Another reporter at the same river: her own people and things, and the same two officials.
OWN = (
    "Bricks and a bent railing lie on the towpath at Varn where children used to fish. Petra Lund, who sells bait from a van, "
    "saw the lamps go out one by one before she heard anything.",
    "“It made a noise like a drawer full of spoons,” she said. Her dog would not come out from under the van until the evening.",
    "At the fire station in Mill Street two crews dried their suits over the backs of chairs. Their boat had turned over once, and "
    "nobody wanted to talk of it.",
    "“The current is stronger than I have seen it in thirty years, and I will not send divers under that deck tonight,” said Ada "
    "Quill, the harbour master.",
    "Barges have struck the bridge eleven times since the war, the archive of the river police shows, most often in autumn. The "
    "last skipper to be tried for it, in 1988, paid a fine of 40 crowns.",
    "In the school by the church the lesson was given up at noon, because every child had somebody who crosses the river for work.",
)
OTHER = (
    "A coal train left the rails near Ostrel on Friday night, and two wagons rolled down the bank into a garden. Nobody was hurt.",
    "Station master Tor Brandt, who heard it from his kitchen, said that the line would be shut until cranes had come from the coast.",
    "“I have never heard such a noise in twenty years, and I will not let anyone near those wagons in the dark,” he said.",
    "The engine had lost its brakes on the slope above the town, the railway told inspectors. A valve had been changed last week.",
    "Some 3,000 people take the line each day. They have to go by bus, which takes an hour.",
)
NOTICES = (
    "Sign up to our morning letter and never miss the tales that matter to you, sent to your inbox free of charge every day.",
    "Copyright. This material may not be published, broadcast, rewritten or passed on to others without our consent in writing.",
    "We use cookies to improve your visit. Accept all of them or read how our partners handle and keep what they learn about you.",
    "Most read: ten soups for cold days, why your heating bill is wrong, and the walks by the sea that our readers like best.",
)


def of(*paragraphs: str, outlet: str | None = None, published: str | None = None) -> Report:
    return report(*paragraphs, outlet=outlet, published=published)


COPY, REWORD, PARTIAL, FAMILY = EdgeKind.COPY, EdgeKind.REWORD, EdgeKind.PARTIAL, EdgeKind.FAMILY


@pytest.mark.parametrize(
    ("a", "b", "kinds"),
    [
        (of(*WIRE), of(*WIRE), {COPY}),
        (of(*WIRE), of(*WIRE[:4]), {COPY}),  # cut
        (of(*WIRE), of(*WIRE, *NOTICES), {COPY}),
        (of(*WIRE), of(*REWORDED), {REWORD}),
        (of(*WIRE, *NOTICES[:2]), of(NOTICES[2], *REWORDED), {REWORD}),
        (of(*WIRE), of(*OWN[:3], *WIRE[1:4], *OWN[4:]), {PARTIAL}),
        (of(*OWN), of(*WIRE), {None}),  # the same official quoted independently
        (of(*WIRE), of(*OTHER), {None}),  # two incidents, told in like manner
        (of(*WIRE, *NOTICES), of(*OTHER, *NOTICES), {None}),  # furniture only
        (of(*WIRE, *NOTICES), of(*OWN, *NOTICES), {None}),
        (of("Nothing more is known."), of(*WIRE), {None}),
    ],
    ids=["copy", "cut", "with notices", "reworded", "reworded, notices", "three paragraphs", "one official", "two incidents",
         "notices only", "one official, notices", "a line"],
)  # fmt: skip
def test_what_is_derived_and_what_only_looks_like_it(a: Report, b: Report, kinds: set[EdgeKind | None]) -> None:
    found = derive(a, b)
    assert found.kind in kinds, found
    assert (found.score >= 0.5) == (found.kind is not None)
    assert found.reasons


@pytest.mark.parametrize(
    ("a", "b", "direction"),
    [
        (of(*WIRE, published="2031-04-02"), of(*REWORDED, published="2031-04-03"), "b_of_a"),
        (of(*WIRE, published="2031-04-03"), of(*REWORDED, published="2031-04-02"), "a_of_b"),
        (of(*WIRE), of(*WIRE[:4]), "b_of_a"),  # the shorter was cut from the longer
        (of(*WIRE), of(*WIRE), "none"),
        (of(*WIRE, "The Varn Post reported.", outlet="Copy Daily"), of(*WIRE, outlet="The Varn Post"), "a_of_b"),
        (
            of(*WIRE, "The Varn Post reported.", outlet="Copy Daily", published="2031-04-02"),
            of(*WIRE, outlet="The Varn Post", published="2031-04-09"),
            "none",  # what it credits is an earlier report, from which the later one may come as well
        ),
        (of(*WIRE), of(*REWORDED[:4]), "none"),  # two may have cut one wire story, each in its way
        (of(*WIRE, published="2031-04-02"), of(*OTHER, published="2031-04-03"), "none"),
    ],
)
def test_direction(a: Report, b: Report, direction: str) -> None:
    assert derive(a, b).direction == direction


def test_an_interview_that_two_reports_quote_makes_them_no_kin() -> None:
    said = (
        "“I counted the lamps on the quay before I went to sleep, and I counted them again at four,” said the harbour master.",
        "“There were nine of them both times, and at five there were none, and the bridge was not there either,” she said.",
        "“Nobody who works on this river will tell you that he was surprised, and I am not going to begin with it,” she said.",
        "“Ask the ministry where the money for the fenders went, because I have asked for it since my first winter here,” she said.",
    )
    first, second = of(WIRE[0], *said, WIRE[4]), of(OWN[0], OWN[2], *said, OWN[4])
    found = derive(first, second)
    assert found.kind in (None, EdgeKind.QUOTE), found
    assert found.score < 0.5


def test_one_outlets_follow_up_is_its_own_kind() -> None:
    first, later = of(*WIRE, outlet="Norwire"), of(OWN[0], OWN[2], *WIRE[:4], outlet="Norwire")
    assert derive(first, later).kind is FAMILY


def test_passages_are_spans_of_each_text_and_show_what_is_shared() -> None:
    a, b = of(*WIRE), of(*OWN[:3], *WIRE[1:3], *OWN[4:])
    shared = derive(a, b).passages
    assert [p.a.of(a.text) for p in shared] == [p.b.of(b.text) for p in shared]
    assert any(p.a.of(a.text).startswith("Harbour master Ada Quill") for p in shared)
    reworded = of(*REWORDED)
    pairs = [(p.a.of(a.text), p.b.of(reworded.text)) for p in derive(a, reworded).passages]
    assert any("Ilven Towing" in mine and "Ilven Towing" in theirs for mine, theirs in pairs)


def test_what_stands_in_unrelated_texts_is_a_notice() -> None:
    odd = "Ring the desk at any hour if you know more of the affair at the bridge, and ask for the night editor."
    texts = [of(*WIRE, odd), of(*OWN, odd), of(*OTHER, odd)]
    assert len(find_notices(texts)) == 1
    assert not find_notices([of(*WIRE, odd), of(*REWORDED, odd), of(*WIRE[:5], odd)][:2])
    assert not find_notices([of(*WIRE), of(*WIRE, "Later more."), of(*WIRE, "Nothing new.")])


def mirrored(found: Derivation) -> tuple[object, ...]:
    turned = {"a_of_b": "b_of_a", "b_of_a": "a_of_b", "none": "none"}[found.direction]
    return found.kind, turned, found.score, {(p.b, p.a) for p in found.passages}, found.reasons


PIECES = (*WIRE, *REWORDED, *OWN, *OTHER[:2], *NOTICES[:2])
texts = st.builds(
    lambda seed, size, outlet, day: of(
        *random.Random(seed).sample(PIECES, size), outlet=outlet, published=day and f"2031-04-0{day}"
    ),
    st.integers(0, 10**6),
    st.integers(1, 8),
    st.sampled_from([None, "Norwire", "The Varn Post"]),
    st.sampled_from([None, 1, 2]),
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(a=texts, b=texts)
def test_exchanging_the_two_mirrors_the_answer(a: Report, b: Report) -> None:
    found = derive(a, b)
    assert mirrored(derive(b, a)) == (
        found.kind, found.direction, found.score, {(p.a, p.b) for p in found.passages}, found.reasons,
    )  # fmt: skip
    for passage in found.passages:
        assert 0 <= passage.a.start < passage.a.end <= len(a.text)
        assert 0 <= passage.b.start < passage.b.end <= len(b.text)


@pytest.mark.parametrize(
    ("a", "b", "runs"),
    [
        ("one two three four five six seven eight", "zero one two three four five six seven eight nine", 1),
        ("one two three four five six seven", "one two three four five six seven", 0),  # too short a run
        ("one two three four five six seven eight", "eight seven six five four three two one", 0),
    ],
)
def test_copied_runs(a: str, b: str, runs: int) -> None:
    def words(text: str) -> list[tuple[str, Span]]:
        return [(w, Span(n, n + 1)) for n, w in enumerate(text.split())]

    assert len(copied_runs(words(a), words(b))) == runs
