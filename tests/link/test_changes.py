"""What changed between two states, on claims made by hand: which claim is which, and what each difference is called."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.link.changes import find_changes, match_claims
from sayso.model import (
    Answer,
    Change,
    ChangeKind,
    Claim,
    Linked,
    Measure,
    Question,
    Relation,
    RelationKind,
    Slot,
    Status,
)

K = ChangeKind


def claim(
    statements: str,
    status: Status = Status.REPORTED,
    *,
    origins: int = 1,
    killed: float | None = None,
    unverified: str = "",
    question: str = "q-1",
) -> Claim:
    """A claim that rests on the statements of these letters; ``killed`` makes it a figure."""
    ids = tuple(f"s-{letter}" for letter in statements)
    number = {} if killed is None else {"low": killed, "best": killed, "high": killed, "measure": Measure.KILLED}
    return Claim(
        id=Claim.make_id(question=f"{question} {killed}", statements=ids),
        question=question,
        wording=f"what {statements} say",
        statements=ids,
        answer=Answer(statements, **number),  # type: ignore[arg-type]
        status=status,
        rule="made",
        origins=origins,
        unverified_by=tuple(f"s-{letter}" for letter in unverified),
    )


def state(*claims: Claim, relations: Sequence[Relation] = (), questions: Sequence[Question] = ()) -> Linked:
    return Linked((), tuple(questions), claims, tuple(relations))


def tie(a: Claim, kind: RelationKind, b: Claim) -> Relation:
    return Relation(a.id, b.id, kind, Slot.WHAT, 1.0, ("made",))


def brief(change: Change) -> tuple[ChangeKind, tuple[str, ...], tuple[str, ...]]:
    """The kind and the statements' letters of the claims before and after."""
    before, after = (
        tuple("".join(s.removeprefix("s-") for s in c.statements) for c in side)
        for side in (change.before, change.after)
    )
    return change.kind, before, after


def told(
    before: Linked, after: Linked, withdrawn: str = ""
) -> list[tuple[ChangeKind, tuple[str, ...], tuple[str, ...]]]:
    return [brief(c) for c in find_changes(before, after, withdrawn={f"s-{letter}" for letter in withdrawn})]


# ---------------------------------------------------------------------------------------------------
# Which claim is which


@pytest.mark.parametrize(
    ("before", "after", "same", "split", "merged"),
    [
        ("a", "a", {"a": "a"}, {}, {}),
        ("a", "ab", {"a": "ab"}, {}, {}),
        ("ab", "a", {"ab": "a"}, {}, {}),
        ("ab", "ac", {"ab": "ac"}, {}, {}),
        ("a", "b", {}, {}, {}),
        ("abc", "ab c", {"abc": "ab"}, {"abc": ["c"]}, {}),
        ("ab c", "abc", {"ab": "abc"}, {}, {"abc": ["c"]}),
        ("ab c", "a bc", {"ab": "a", "c": "bc"}, {}, {}),
    ],
)
def test_claims_are_matched_by_their_statements(
    before: str, after: str, same: dict[str, str], split: dict[str, list[str]], merged: dict[str, list[str]]
) -> None:
    old, new = [claim(w) for w in before.split()], [claim(w) for w in after.split()]
    letters = {c.id: "".join(s[2:] for s in c.statements) for c in (*old, *new)}
    found = match_claims(state(*old), state(*new))
    assert {letters[a]: letters[b] for a, b in found.same.items()} == same
    assert {letters[a]: [letters[b] for b in bs] for a, bs in found.split.items()} == split
    assert {letters[b]: [letters[a] for a in several] for b, several in found.merged.items()} == merged


@pytest.mark.parametrize(("before", "after"), [("ab cd", "ac bd"), ("ab c", "a bc"), ("abc de f", "ad be cf")])
def test_any_order_of_claims_is_matched_the_same(before: str, after: str) -> None:
    old, new = [claim(w) for w in before.split()], [claim(w) for w in after.split()]
    found = match_claims(state(*old), state(*new))
    for turned in itertools.permutations(old):
        for other in itertools.permutations(new):
            assert match_claims(state(*turned), state(*other)) == found


@st.composite
def states(draw: st.DrawFn) -> Linked:
    """Some of ten statements, shared out among claims; some claims are figures."""
    homes = draw(st.dictionaries(st.sampled_from("abcdefghij"), st.integers(0, 4)))
    groups: dict[int, str] = {}
    for letter, home in sorted(homes.items()):
        groups[home] = groups.get(home, "") + letter
    return state(*(claim(letters, killed=draw(st.sampled_from([None, 1.0, 2.0]))) for letters in groups.values()))


@given(states(), states())
def test_every_claim_of_both_states_is_told_of_once(before: Linked, after: Linked) -> None:
    found = match_claims(before, after)
    changes = find_changes(before, after)
    gone = [c.id for change in changes if change.kind is K.GONE for c in change.before]
    new = [c.id for change in changes if change.kind is K.NEW for c in change.after]
    merged = [a for several in found.merged.values() for a in several]
    split = [b for several in found.split.values() for b in several]
    assert sorted([*found.same, *merged, *gone]) == sorted(c.id for c in before.claims)
    assert sorted([*found.same.values(), *set(split), *new]) == sorted(c.id for c in after.claims)


def test_two_numbers_of_one_sentence_stay_apart() -> None:
    three, four = claim("a", killed=3), claim("a", killed=4)
    more = claim("ab", killed=4)
    assert match_claims(state(three, four), state(three, more)).same == {three.id: three.id, four.id: more.id}
    assert told(state(three, four), state(three, more)) == []


def test_a_number_and_the_words_of_its_sentence_are_two_claims() -> None:
    number, words = claim("a", killed=3), claim("a")
    assert told(state(number, words), state(claim("ab", killed=3), claim("ac"))) == []
    assert told(state(number), state(number, words)) == [(K.NEW, (), ("a",))]


# ---------------------------------------------------------------------------------------------------
# What a difference is called

R, D, C = Status.REPORTED, Status.DISPUTED, Status.CORROBORATED


@pytest.mark.parametrize(
    ("before", "after", "kinds"),
    [
        (claim("a"), claim("ab"), []),
        (claim("a"), claim("ab", origins=2), [K.GAINED_ORIGIN]),
        (claim("a"), claim("ab", C, origins=2), [K.GAINED_ORIGIN]),
        (claim("ab", C, origins=2), claim("a"), [K.LOST_ORIGIN]),
        (claim("ab", C, origins=2), claim("ab"), [K.LOST_ORIGIN]),
        (claim("a"), claim("a", D), [K.DISPUTED]),
        (claim("a"), claim("ab", D, origins=2), [K.DISPUTED]),
        (claim("a", D), claim("ab", D, origins=2), [K.GAINED_ORIGIN]),
        (claim("a", D), claim("a"), [K.UNDISPUTED]),
        (claim("a", D), claim("a", Status.REVISED), [K.REVISED]),
        (claim("a"), claim("a", Status.WITHDRAWN), [K.WITHDRAWN]),
        (claim("a", Status.REVISED), claim("a"), [K.STATUS]),
        (claim("a"), claim("a", Status.CLAIMED), [K.STATUS]),
        (claim("a"), claim("a", unverified="v"), [K.UNVERIFIED]),
        (claim("a", unverified="v"), claim("a", unverified="v"), []),
        (claim("a"), claim("a", D, unverified="v"), [K.DISPUTED, K.UNVERIFIED]),
    ],
)
def test_kinds(before: Claim, after: Claim, kinds: list[ChangeKind]) -> None:
    assert [c.kind for c in find_changes(state(before), state(after))] == kinds


def test_new_gone_and_withdrawn() -> None:
    assert told(state(claim("a")), state(claim("b"))) == [(K.GONE, ("a",), ()), (K.NEW, (), ("b",))]
    assert told(state(claim("a")), state(), withdrawn="a") == [(K.WITHDRAWN, ("a",), ())]
    assert told(state(claim("ab")), state(), withdrawn="a") == [(K.GONE, ("ab",), ())]


def test_splits_and_merges_are_said_once_and_are_neither_new_nor_gone() -> None:
    one, two, whole = claim("ab"), claim("c"), claim("abc")
    assert told(state(whole), state(one, two)) == [(K.SPLIT, ("abc",), ("ab", "c"))]
    assert told(state(one, two), state(whole)) == [(K.MERGED, ("ab", "c"), ("abc",))]


def test_a_revision_names_the_later_answer_and_its_statements() -> None:
    first, second = claim("a", Status.REVISED, killed=1), claim("b", killed=3)
    before = state(replace(first, status=R))
    revised, new = find_changes(before, state(first, second, relations=[tie(second, RelationKind.REVISES, first)]))
    assert (revised.kind, revised.against, revised.statements) == (K.REVISED, (second,), ("s-b",))
    assert (new.kind, new.after, new.against) == (K.NEW, (second,), (first,))


def test_a_dispute_names_only_what_stands_against_it_newly() -> None:
    one, old, new = claim("a", D), claim("b", D), claim("c", D)
    before = state(replace(one, status=R), replace(old, status=R), relations=[tie(old, RelationKind.SUPPORTS, one)])
    after = state(one, new, relations=[tie(new, RelationKind.DENIES, one)])
    disputed = next(c for c in find_changes(before, after) if c.kind is K.DISPUTED)
    assert (disputed.against, disputed.statements) == ((new,), ("s-c",))


def test_what_stood_against_a_claim_is_named_when_it_falls() -> None:
    one, other = claim("a", D), claim("b", D)
    before = state(one, other, relations=[tie(other, RelationKind.CONTRADICTS, one)])
    gone, freed = find_changes(before, state(replace(one, status=R)), withdrawn={"s-b"})
    assert (gone.kind, gone.before) == (K.WITHDRAWN, (other,))
    assert gone.reasons == ("with it goes that it contradicts “what a say”",)
    assert (freed.kind, freed.against, freed.statements) == (K.UNDISPUTED, (other,), ("s-b",))


def test_a_relation_that_goes_between_claims_that_stay() -> None:
    one, other = claim("a"), claim("b")
    before = state(one, other, relations=[tie(one, RelationKind.REFINES, other)])
    (untied,) = find_changes(before, state(claim("ac"), other))
    assert brief(untied) == (K.UNTIED, ("a", "b"), ("ac", "b"))
    assert untied.reasons == ("“what a say” no longer refines “what b say”",)


def asked(letters: str, *, open: bool = True, claims: Sequence[Claim] = (), slot: Slot = Slot.WHO) -> Question:
    ids = tuple(f"s-{letter}" for letter in letters)
    return Question(Question.make_id(slot=slot, matter=letters), f"who {letters}?", slot, _ids(claims), open, ids)


def _ids(claims: Sequence[Claim]) -> tuple[str, ...]:
    return tuple(c.id for c in claims)


def test_questions_that_open_stay_are_answered_or_go() -> None:
    doer = claim("z", question="q-2")
    answering = Question("q-2", "who?", Slot.WHO, (doer.id,), False)
    assert told(state(), state(questions=[asked("a")])) == [(K.OPENED, (), ())]
    assert told(state(questions=[asked("a")]), state(questions=[asked("ab")])) == []
    assert told(state(questions=[asked("a")]), state()) == [(K.GONE, (), ())]
    closed = state(doer, questions=[asked("a", open=False), answering])
    found = find_changes(state(questions=[asked("a")]), closed)
    assert [(c.kind, c.after) for c in found] == [(K.ANSWERED, (doer,)), (K.NEW, (doer,))]


def test_an_answer_is_not_guessed_among_several() -> None:
    doers = [claim(letter, question=f"q-{letter}") for letter in "xy"]
    answering = [Question(f"q-{n}", "who?", Slot.WHO, (c.id,), False) for n, c in zip("xy", doers, strict=True)]
    after = state(*doers, questions=[asked("a", open=False), *answering])
    answered = next(c for c in find_changes(state(questions=[asked("a")]), after) if c.kind is K.ANSWERED)
    assert answered.after == ()


def test_the_same_state_and_any_order_give_the_same() -> None:
    claims = [claim("a", D), claim("b", D), claim("cd"), claim("e", killed=2)]
    ties = [tie(claims[0], RelationKind.DENIES, claims[1]), tie(claims[2], RelationKind.SUPPORTS, claims[3])]
    later = [claim("af", D), claim("c"), claim("d"), claim("eg", killed=2), claim("h")]
    whole, after = state(*claims, relations=ties), state(*later)
    assert find_changes(whole, whole) == ()
    expected = find_changes(whole, after)
    assert {K.SPLIT, K.NEW, K.GONE} <= {c.kind for c in expected}
    turned = state(*reversed(claims), relations=ties[::-1])
    assert find_changes(turned, state(*reversed(later))) == expected
