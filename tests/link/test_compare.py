"""What two short texts are to each other: the comparisons one by one, and the kinds on sentences of our own."""

from __future__ import annotations

from functools import cache

import pytest

from sayso.link.compare import COMPARISONS, Pair, Text, findings
from sayso.link.compare.marks import marks_of
from sayso.link.compare.weighing import DECISIONS, FEATURES, TONES, against_by, shipped
from sayso.model import Comparison, Direction, Measure, PairKind, Quantity, Slot, Span
from sayso.short_texts import compare, short_text


def found(a: str, b: str, cosine: float = 0.8) -> dict[str, str]:
    return {f.name: f.reason for f in findings(Pair(Text(a), Text(b), cosine))}


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("Photo of the Ullock giant is a hoax", "debunked", "hoax"),
        ("Mayor denies that the bridge fell", "denied", "denies"),
        ("There is no evidence of a leak", "doubted", "no evidence"),
        ("Paper retracts its story on the ferry", "withdrawn", "retracts"),
        ("No, the bridge has not fallen", "corrected", "No"),
        ("The bridge reportedly fell", "hearsay", "reportedly"),
        ("The bridge may fall", "hedged", "may"),
        ("Did the bridge fall?", "asked", "?"),
        ("Sources: the bridge fell", "reported", "Sources"),
        ("Council confirms the bridge fell", "confirmed", "confirms"),
    ],
)
def test_marks(text: str, kind: str, words: str) -> None:
    assert marks_of(text)[kind] == words


@pytest.mark.parametrize(
    "text", ["It was not a hoax", "She never denied it", "The bridge fell in May 2031", "A falsetto voice rang out"]
)
def test_a_negated_mark_and_a_part_of_a_word_are_none(text: str) -> None:
    assert not {"debunked", "denied", "hedged"} & marks_of(text).keys()


@pytest.mark.parametrize(
    ("name", "a", "b"),
    [
        ("negation", "The lock at Dorn was opened", "The lock at Dorn was not opened"),
        ("nothing_there", "There is no boat on the lake", "A boat is on the lake"),
        ("exclusive_words", "The road to Varn was reopened", "The road to Varn is blocked"),
        ("antonyms", "The keeper was convicted", "The keeper was acquitted"),
        ("other_names", "the mayor Quill resigned in Varn", "the mayor Corr resigned in Varn"),
        ("debunked", "A whale swam up the Ilv", "The whale in the Ilv is a fake"),
        ("one_word_apart", "the train left Dorn heading north", "the train left Dorn heading south"),
        (
            "same_words",
            "the toll bridge over the Ilv was closed to all traffic",
            "the toll bridge over the Ilv was closed to all traffic",
        ),
    ],
)
def test_a_comparison_finds_it_in_both_orders_and_not_in_a_text_with_itself(name: str, a: str, b: str) -> None:
    assert name in found(a, b)
    assert found(a, b).keys() == found(b, a).keys()
    if name != "same_words":
        assert name not in found(a, a)


def test_capitals_of_a_title_are_no_names() -> None:
    assert "other_names" not in found(
        "Mayor Quits After Bridge Falls In Town", "Town Chief Leaves Post Over Lost Bridge"
    )


def test_numbers_are_compared_only_within_one_scope() -> None:
    def text(words: str, number: str, measure: Measure | None, low: float, high: float | None) -> Text:
        at = words.index(number)
        quantity = Quantity(Span(at, at + len(number)), low, low, high, None, "people", False, measure)
        return Text(words, quantities=(quantity,))

    twelve = text("12 people were killed in Dorn", "12", Measure.KILLED, 12, 12)
    for words, number, measure, high, name in (
        ("15 people were killed in Dorn", "15", Measure.KILLED, 15.0, "other_number"),
        ("At least 10 people were killed in Dorn", "At least 10", Measure.KILLED, None, "finer_number"),
        ("12 people were killed in Dorn", "12", Measure.KILLED, 12.0, "same_number"),
        ("15 people were hurt in Dorn", "15", Measure.INJURED, 15.0, "numbers_of_other_things"),
    ):
        other = text(words, number, measure, 10.0 if high is None else high, high)
        names = {f.name for f in findings(Pair(twelve, other, 0.9))}
        kinds = names & {"other_number", "finer_number", "same_number", "numbers_of_other_things"}
        assert kinds == {name}, words


@pytest.mark.parametrize(
    ("a", "b", "decision"),
    [
        ("A man is standing on the bridge.", "no man is standing there", "against_unnamed"),
        ("  The lock is shut", "The lock is open", "against_unnamed"),
        ("The lock at Dorn is shut", "The lock is open", "against"),
        ("The lock is open", "THE LOCK IS SHUT", "against"),
    ],
)
def test_two_texts_that_name_nobody_are_weighed_apart(a: str, b: str, decision: str) -> None:
    for one, other in ((a, b), (b, a)):
        assert against_by(Pair(Text(one), Text(other), 0.8)) == decision


def test_every_comparison_tells_users_what_it_does_and_has_a_weight() -> None:
    weights = shipped()
    assert set(weights.tones) == set(TONES)
    for decision in DECISIONS:
        assert list(weights.weights[decision]) == list(FEATURES)
    assert all(getattr(c, "func", c).__doc__ for c in COMPARISONS.values())


@cache
def compared(a: str, b: str, a_published: str | None = None, b_published: str | None = None) -> Comparison:
    (result,) = compare([(short_text(a, a_published), short_text(b, b_published))])
    return result


MIRROR = {Direction.A_OF_B: Direction.B_OF_A, Direction.B_OF_A: Direction.A_OF_B, Direction.NONE: Direction.NONE}


@pytest.mark.model
@pytest.mark.parametrize(
    ("a", "b", "kinds"),
    [
        (
            "The toll bridge over the Ilv was closed to traffic.",
            "The toll bridge across the Ilv was closed to traffic.",
            "same",
        ),
        ("A whale was filmed in the harbour of Dorn.", "Film of a whale in the harbour of Dorn is a hoax", "denies"),
        ("The mayor of Varn has resigned.", "Mayor of Varn denies she has resigned", "denies"),
        ("The mayor of Varn has resigned.", "No, the mayor of Varn has not resigned", "denies"),
        ("The lock at Dorn was opened to boats.", "The lock at Dorn was not opened to boats.", "contradicts"),
        ("A man is standing on the bridge.", "There is no man standing on the bridge.", "contradicts"),
        # opposite outcomes, and what turns a verb
        ("The minister resigned.", "The minister refused to resign.", "contradicts"),
        ("Rebels seized the airport.", "Rebels lost the airport.", "contradicts"),
        ("The bridge was destroyed.", "The bridge is intact.", "contradicts"),
        ("The ship was freed.", "The ship is still held.", "contradicts"),
        ("The militia attacked the army.", "The army attacked the militia.", "contradicts"),
        ("Vern was fined 40,000 crowns.", "Vern was fined 90,000 crowns.", "contradicts"),
        ("The army used gas in Dorn.", "The army denied using gas in Dorn.", "denies"),
        # turned twice, or by another word: no conflict
        ("The ship was freed.", "The ship is no longer held.", "same supports"),
        ("The bridge was not destroyed.", "The bridge is intact.", "same supports"),
        ("The minister refused to resign.", "The minister did not resign.", "same supports"),
        # opposite things of two, or one only possible
        ("The bridge was destroyed.", "The dam is intact.", "unrelated"),
        ("Profits at Tarn Steel rose.", "Profits at Orlo Foods fell.", "unrelated"),
        ("The harbour may close in winter.", "The harbour did not close last winter.", "unrelated"),
        # other scope: no conflict
        (
            "12 people were killed in the blast in Dorn.",
            "30 people were injured in the blast in Dorn.",
            "unrelated supports refines",
        ),
        ("Two barges sank at Varn on 3 May 2031.", "No barge sank at Varn on 9 June 2031.", "unrelated"),
        ("The mayor of Varn opened a new school.", "The council of Dorn did not raise the water tax.", "unrelated"),
        ("The ferry to Ullock was cancelled.", "Rain fell on the hills for nine days.", "unrelated"),
        # who only hands it on takes no stand
        ("The mayor of Varn has resigned.", "Has the mayor of Varn resigned?", "unrelated"),
        ("The mayor of Varn has resigned.", "Mayor of Varn has reportedly resigned, rumours say", "unrelated"),
    ],
)
def test_kinds(a: str, b: str, kinds: str) -> None:
    result, turned = compared(a, b), compared(b, a)
    assert result.kind.value in kinds.split(), result
    assert result.reasons
    assert 0 <= result.score <= 1
    assert (turned.kind, turned.direction, turned.score) == (result.kind, MIRROR[result.direction], result.score)


@pytest.mark.model
def test_who_denies_is_told_by_the_direction() -> None:
    result = compared("The mayor of Varn has resigned.", "Mayor of Varn denies she has resigned")
    assert (result.kind, result.direction, result.slot) == (PairKind.DENIES, Direction.B_OF_A, Slot.WHETHER)


@pytest.mark.model
def test_counts_exclude_each_other_at_one_time_grow_later_and_are_revised_by_their_own_source() -> None:
    twelve, fifteen = (
        "Twelve people were killed in the blast in Dorn.",
        "Fifteen people were killed in the blast in Dorn.",
    )
    at_once = compared(twelve, fifteen, "2031-04-08", "2031-04-08")
    assert (at_once.kind, at_once.slot) == (PairKind.CONTRADICTS, Slot.HOW_MANY)
    assert compared(twelve, fifteen, "2031-04-08", "2031-04-14").kind is PairKind.UNRELATED
    first = "Twelve people were killed in the blast in Dorn, Governor Ada Quill said."
    later = "Fifteen people were killed in the blast in Dorn, Governor Ada Quill said."
    revised = compared(first, later, "2031-04-08", "2031-04-09")
    assert (revised.kind, revised.direction) == (PairKind.REVISES, Direction.B_OF_A)
    assert compared(first, "At least ten people were killed in the blast in Dorn.").kind is PairKind.REFINES
