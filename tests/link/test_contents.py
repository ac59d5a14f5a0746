"""Statements in words: the same, the opposite, and neither."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sayso.link.answers import opposite_content, same_content
from sayso.link.asks import close_answered, open_questions, question_text, slot_of
from sayso.link.contents import finer_time, same_claims
from sayso.link.embed import cosines, embed_texts, lattice
from sayso.link.grouping import FORCED, group
from sayso.link.judged import read_judgements
from sayso.link.nearness import near_of
from sayso.link.opposites import opposed, outcome_of
from sayso.link.responsibility import responsibility_questions
from sayso.link.told import day_of, read_statements
from sayso.link.wording import clearest, wording_of
from sayso.link.words import Words, stem
from sayso.model import Act, Judgement, Kind, Precision, Said, Slot, Span, Verdict
from tests.link.factories import actor, extraction, report, says


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        (
            "the toll bridge over the Ilv was closed to traffic",
            "the toll bridge over the Ilv was closed to all traffic",
            True,
        ),
        ("the toll bridge over the Ilv was closed", "the toll bridge over the Ilv was not closed", False),
        ("12 boats sank in the harbour of Varn", "15 boats sank in the harbour of Varn", False),
        ("the mayor of Varn resigned on Monday night", "the mayor of Dorn resigned on Monday night", False),
        ("the assault on Varn began before dawn", "the assault on Varn had been repelled", False),  # they share Varn
    ],
)
def test_same_content(first: str, second: str, same: bool) -> None:
    assert same_content(Words(first), Words(second), 0.95).holds is same


def test_likeness_needs_meaning_and_words() -> None:
    one, two = Words("the governor opened the new lock"), Words("the governor opened the new school in town")
    assert not same_content(one, two, 0.6).holds
    assert not same_content(one, Words("rain fell for many hours upstream"), 0.9).holds


@pytest.mark.parametrize(
    ("first", "second", "against"),
    [
        ("the old weir at Varn was hit by the barge", "the old weir at Varn was not hit by the barge", True),
        # what is negated is no word of the other
        ("the Courier tells of the stops and starts of the Varn weir works", "stops and starts do not mean the Varn weir works failed", False),
    ],
)  # fmt: skip
def test_a_negation_is_against_what_says_the_same_word(first: str, second: str, *, against: bool) -> None:
    assert opposite_content(Words(first), Words(second), 0.9).holds is against


def test_opposite_content_gives_its_reason() -> None:
    like = opposite_content(
        Words("the mountain road to Varn was reopened"), Words("the mountain road to Varn was closed"), 0.8
    )
    assert like.holds
    assert "whether it is open" in like.reasons[0]


def test_opposites_need_both_sides() -> None:
    assert opposed("the attack was repelled", "the fighting is ongoing")
    assert opposed("the attack was repelled", "the attack was repelled, and none of it is ongoing") is None
    assert outcome_of("they continue to hold the mill and had repelled us") is None


def test_words() -> None:
    words = Words("“Nine of the Varn ferries,” she said, weren’t insured for 1,200 crowns in Dorn.")
    assert {"9", "1200"} <= words.numbers
    assert {stem("Varn"), stem("Dorn")} <= words.names
    assert words.negated
    assert "said" not in words.stems


def test_groups_are_the_same_in_every_order_and_obey_vetoes() -> None:
    items = ["a", "b", "c", "d"]
    links = [("a", "b", 0.9), ("b", "c", 0.8), ("c", "d", 0.7)]
    assert group(items, links) == group(items, links[::-1]) == [("a", "b", "c", "d")]
    apart = {("a", "c")}
    assert group(items, links, apart=lambda a, b: (min(a, b), max(a, b)) in apart) == [("a", "b"), ("c", "d")]
    assert group(items, links, share=0.6) == [("a", "b"), ("c", "d")]
    assert group(items, [*links, ("a", "d", FORCED)], apart=lambda a, b: True) == [("a", "d"), ("b",), ("c",)]


def test_the_last_judgement_counts() -> None:
    def row(verdict: Verdict, at: str) -> Judgement:
        return Judgement(f"j-{at}", verdict, "s-b", "s-a", None, "Ada", at)

    judged = read_judgements([row(Verdict.SPLIT, "2031-04-03"), row(Verdict.MERGE, "2031-04-02")])
    assert judged.split == {("s-a", "s-b")}
    assert not judged.merged


@pytest.mark.parametrize(
    ("words", "slot", "question"),
    [
        ("It remains unclear who fired first.", Slot.WHO, "Who fired first?"),
        ("How many fighters crossed is still unknown.", Slot.HOW_MANY, "How many fighters crossed?"),
        ("the number of boats that were lost", Slot.HOW_MANY, "The number of boats that were lost?"),
        ("whether the dam had been mined", Slot.WHETHER, "Whether the dam had been mined?"),
    ],
)
def test_what_is_asked(words: str, slot: Slot, question: str) -> None:
    where = report(words)
    [told] = read_statements({where.id: where}, [extraction(where, says(where, words, act=Act.ASK))])
    assert (slot_of(told), question_text(told)) == (slot, question)


@pytest.mark.parametrize(
    ("second", "joined"),
    [
        ("the government of Varn is stable", True),
        ("the council takes issue with his remarks that the government of Varn is stable", False),
        ("the council dismissed claims that the government of Varn is stable", False),
        ("the government of Varn is about to be stable", False),
    ],
)
def test_who_tells_of_a_saying_does_not_say_it(second: str, joined: bool) -> None:
    first = "the government of Varn is stable"
    one, other = report(f"Ada Quill said {first}.", outlet="A"), report(f"Ada Quill said {second}.", outlet="B")
    read = [
        extraction(where, says(where, words, actor("Ada Quill"))) for where, words in ((one, first), (other, second))
    ]
    told = read_statements({w.id: w for w in (one, other)}, read)
    claims, bonds = same_claims(told, near_of([(0, 1, 0.9)]), {one.id: "one", other.id: "other"})
    assert (len(claims) == 1) is joined
    assert not bonds


def test_two_people_by_name_in_one_report_say_two_things_however_alike() -> None:
    first, second = (
        "we shall help to build the town of Varn again",
        "they are ready to help to build up the town of Varn",
    )
    for outlets, joined in ((("A", "A"), False), (("A", "B"), True)):
        where = report(f"Ada Quill said {first}. Olen Marsk said {second}.", outlet=outlets[0])
        other = where if outlets[0] == outlets[1] else report(f"Olen Marsk said {second}.", outlet=outlets[1])
        read = [(where, says(where, first, actor("Ada Quill"))), (other, says(other, second, actor("Olen Marsk")))]
        reports = {w.id: w for w, _ in read}
        told = read_statements(reports, [extraction(w, *(s for r, s in read if r is w)) for w in reports.values()])
        claims, _ = same_claims(told, near_of([(0, 1, 0.8)]), dict.fromkeys(reports, "one group"))
        assert (len(claims) == 1) is joined


@pytest.mark.parametrize(
    ("kind", "asked"), [(Kind.DIRECT, False), (Kind.INDIRECT, True)]
)  # a question in a speech asks nothing
def test_a_speech_asks_no_open_question(kind: Kind, asked: bool) -> None:
    words = "how anyone could have crossed the weir that night"
    where = report(f"Ada Quill asked {words}.")
    s = replace(says(where, words, actor("Ada Quill"), act=Act.ASK), kind=kind)
    told = read_statements({where.id: where}, [extraction(where, s)])
    assert bool(open_questions(told)) is asked


@pytest.mark.parametrize(
    ("cue", "words", "asked"),
    [
        ("asked", "who had opened the weir", True),
        ("asked", "if we could help him find his son", False),
        ("debate", "whether a levy could work", False),
        ("investigates", "how the mill is seen in Varn", False),
    ],
)
def test_a_favour_or_a_programme_asks_no_open_question(cue: str, words: str, asked: bool) -> None:
    where = report(f"Ada Quill {cue} {words}.")
    at = where.text.index(cue)
    s = replace(says(where, words, actor("Ada Quill"), act=Act.ASK), cue=(Span(at, at + len(cue)),))
    told = read_statements({where.id: where}, [extraction(where, s)])
    assert bool(open_questions(told)) is asked


@pytest.mark.parametrize(("day", "still_open"), [("2031-04-01", False), ("2031-04-09", True)])
def test_who_did_it_is_closed_by_an_answer_that_came_later(day: str, still_open: bool) -> None:
    words = "It is not clear who was behind the attack"
    early = report(f"{words}.", outlet="A", published=day)
    late = report("The River Brigade said it carried out the attack.", outlet="B", published="2031-04-05")
    claimed = says(late, "it carried out the attack", actor("The River Brigade"), act=Act.CLAIM_RESPONSIBILITY)
    reports = {r.id: r for r in (early, late)}
    told = read_statements(reports, [extraction(early, says(early, words, act=Act.ASK)), extraction(late, claimed)])
    asked = open_questions(told)
    close_answered(asked, responsibility_questions(told)[0])
    assert [q.open for q in asked] == [still_open]


def test_a_reporter_for_the_outlet_is_the_outlet() -> None:
    where = report("A reporter for The Varn Post saw that the mill had burned.")
    s = says(where, "the mill had burned", actor("reporter for The Varn Post"))
    [told] = read_statements({where.id: where}, [extraction(where, s)])
    assert told.voice


def test_wording_is_found_in_the_report() -> None:
    words = (
        "that the lock gates had given way. " + "Nobody could say when they would be mended again, and " * 8 + "so on."
    )
    where = report(f"Ada Quill said {words}")
    [told] = read_statements({where.id: where}, [extraction(where, says(where, words, actor("Ada Quill")))])
    assert wording_of(told) == "the lock gates had given way."
    assert wording_of(told) in where.text


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("1970-01-02", 1.0),
        ("1970-01-01T12:00:00Z", 0.5),
        ("1970", 0.0),
        ("1970-02", 31.0),
        ("XXXX-WXX-2", None),
        (None, None),
    ],
)
def test_days(value: str | None, day: float | None) -> None:
    assert day_of(value) == day


@pytest.mark.model
def test_vectors_do_not_depend_on_their_company() -> None:
    texts = [
        "The governor said one civilian had died.",
        "Short.",
        "A long sentence about a lock, a weir and a mill. " * 6,
    ]
    together = embed_texts(texts)
    assert all(np.array_equal(embed_texts([text])[0], row) for text, row in zip(texts, together, strict=True))
    rows = lattice(together)
    whole = cosines(rows, rows)
    assert all(cosines(rows[[i]], rows[[j]])[0, 0] == whole[i, j] for i in range(3) for j in range(3))
    assert whole[0, 0] == pytest.approx(1.0, abs=1e-3)


@pytest.mark.parametrize(
    ("first", "second", "finer"),
    [
        (("2031-04-02T02:40", Precision.MINUTE), ("2031-04-02TNI", Precision.PART_OF_DAY), True),
        (("2031-04-02TNI", Precision.PART_OF_DAY), ("2031-04-02T02:40", Precision.MINUTE), False),
        (("2031-04-02T02:40", Precision.MINUTE), ("2031-04-02T03:10", Precision.MINUTE), False),
        (("2031-04-02T02:40", Precision.MINUTE), ("2031-03-02", Precision.DAY), False),  # another day
    ],
)
def test_finer_time(first: tuple[str, Precision], second: tuple[str, Precision], finer: bool) -> None:
    where = report("the raid began then. the raid began at that time")
    made = [
        replace(says(where, words, actor("Ada Quill")), happened=(Said(value, precision, Span(0, 3)),))
        for words, (value, precision) in (("the raid began then", first), ("the raid began at that time", second))
    ]
    a, b = read_statements({where.id: where}, [extraction(where, *made)])
    assert (finer_time(a, b) is not None) is finer


def test_what_nobody_knows_is_asked() -> None:
    where = report("Nobody knows who carried out the raid on Varn.")
    told = read_statements(
        {where.id: where}, [extraction(where, says(where, "who carried out the raid on Varn", actor("Nobody")))]
    )
    [draft] = open_questions(told)
    assert draft.slot is Slot.WHO


@pytest.mark.parametrize(
    ("cue", "disputed"), [("spoke of", True), ("ruled out", False), ("stopped short of naming", False)]
)
def test_what_a_cue_itself_rules_out_is_no_word_against_a_negation(cue: str, disputed: bool) -> None:
    plain = report(f"The council {cue} any risk of infection from eating pork.", outlet="A")
    other = report("Ada Quill said there was no risk of infection from eating pork.", outlet="B")
    at = plain.text.index(cue)
    words = says(plain, "any risk of infection from eating pork", actor("The council"))
    told = read_statements(
        {r.id: r for r in (plain, other)},
        [
            extraction(plain, replace(words, cue=(Span(at, at + len(cue)),))),
            extraction(
                other, says(other, "there was no risk of infection from eating pork", actor("Ada Quill"), negated=True)
            ),
        ],
    )
    _, bonds = same_claims(told, near_of([(0, 1, 0.85)]), {})
    assert bool(bonds) is disputed


def test_the_wording_of_a_claim_tells_no_more_than_most_who_say_it() -> None:
    """The last to say it adds a cause of its own, which the claim must not have from it alone."""
    mine, hers, yours = (
        "the lock gates of Varn had given way",
        "the lock gates at Varn had given way",
        ("the lock gates of Varn had given way after a barge struck them in fog because its pilot slept"),
    )
    told = []
    for words, outlet, day in ((mine, "A", "2031-04-01"), (hers, "B", "2031-04-02"), (yours, "C", "2031-04-03")):
        where = report(f"Ada Quill said {words}.", outlet=outlet, published=day)
        told += read_statements({where.id: where}, [extraction(where, says(where, words, actor("Ada Quill")))])
    assert wording_of(clearest(told)) == hers
    assert wording_of(clearest(told[2:])) == yours
