"""Clause against clause: what governs a word, who does what to whom, what is at issue; on parses written by hand."""

from __future__ import annotations

import pytest

from sayso.link.compare.governing import Level, held
from sayso.link.compare.issues import answering, key_of, turned_by_prefix
from sayso.link.compare.opposing import accord, clash, met
from sayso.link.compare.parsed import Named, Parse, Token, aligned, named
from sayso.link.compare.stances import MOST_STANCES, stances_of


def parse(written: str) -> Parse:
    """A parse from "word/lemma/POS/TAG/dep/head", a word each; the head is the number of a word, from 0."""
    tokens = []
    for piece in written.split():
        word, lemma, pos, tag, dep, head = piece.split("/")
        tokens.append(Token(word, lemma, pos, tag, dep, int(head)))
    return Parse(tuple(tokens))


HELD = parse("The/the/DET/DT/det/1 ship/ship/NOUN/NN/nsubjpass/3 is/be/AUX/VBZ/auxpass/3 held/hold/VERB/VBN/ROOT/3")
NO_LONGER_HELD = parse(
    "The/the/DET/DT/det/1 ship/ship/NOUN/NN/nsubjpass/5 is/be/AUX/VBZ/auxpass/5 no/no/ADV/RB/neg/4 longer/long/ADV/RB/advmod/5 "
    "held/hold/VERB/VBN/ROOT/5"
)
FREED = parse("The/the/DET/DT/det/1 ship/ship/NOUN/NN/nsubjpass/3 was/be/AUX/VBD/auxpass/3 freed/free/VERB/VBN/ROOT/3")
BOAT_FREED = parse(
    "The/the/DET/DT/det/1 boat/boat/NOUN/NN/nsubjpass/3 was/be/AUX/VBD/auxpass/3 freed/free/VERB/VBN/ROOT/3"
)
RESIGNED = parse("Roth/Roth/PROPN/NNP/nsubj/1 resigned/resign/VERB/VBD/ROOT/1")
REFUSED = parse(
    "Roth/Roth/PROPN/NNP/nsubj/1 refused/refuse/VERB/VBD/ROOT/1 to/to/PART/TO/aux/3 resign/resign/VERB/VB/xcomp/1"
)
DID_NOT_REFUSE = parse(
    "Roth/Roth/PROPN/NNP/nsubj/3 did/do/AUX/VBD/aux/3 not/not/PART/RB/neg/3 refuse/refuse/VERB/VB/ROOT/3 to/to/PART/TO/aux/5 "
    "resign/resign/VERB/VB/xcomp/3"
)
MAY_RESIGN = parse("Roth/Roth/PROPN/NNP/nsubj/2 may/may/AUX/MD/aux/2 resign/resign/VERB/VB/ROOT/2")
REPORTS_DENIED = parse(
    "She/she/PRON/PRP/nsubj/1 denied/deny/VERB/VBD/ROOT/1 reports/report/NOUN/NNS/dobj/1 that/that/SCONJ/IN/mark/5 "
    "Roth/Roth/PROPN/NNP/nsubj/5 resigned/resign/VERB/VBD/acl/2"
)
BUS_HIT = parse(
    "The/the/DET/DT/det/1 bus/bus/NOUN/NN/nsubj/2 hit/hit/VERB/VBD/ROOT/2 the/the/DET/DT/det/4 truck/truck/NOUN/NN/dobj/2"
)
BUS_WAS_HIT = parse(
    "The/the/DET/DT/det/1 bus/bus/NOUN/NN/nsubjpass/3 was/be/AUX/VBD/auxpass/3 hit/hit/VERB/VBN/ROOT/3 by/by/ADP/IN/agent/3 "
    "the/the/DET/DT/det/6 truck/truck/NOUN/NN/pobj/4"
)


def how(a: Parse, b: Parse) -> str:
    found = met(stances_of(a), stances_of(b), frozenset(), frozenset())
    if (opposed := clash(found)) is not None:
        return opposed.how.value
    if accord(found) is not None:
        return "alike"
    return ", ".join(sorted({m.how.value for m in found}))


@pytest.mark.parametrize(
    ("text", "word", "so", "level"),
    [
        (RESIGNED, 1, True, Level.SO),
        (REFUSED, 3, False, Level.SO),
        (DID_NOT_REFUSE, 5, True, Level.SO),
        (MAY_RESIGN, 2, True, Level.OPEN),
        (REPORTS_DENIED, 5, False, Level.SO),
        (NO_LONGER_HELD, 5, False, Level.SO),
    ],
)
def test_a_word_is_so_or_not_by_all_that_governs_it(text: Parse, word: int, so: bool, level: Level) -> None:
    found = held(text, word)
    assert (found.so, found.level) == (so, level)


def test_a_denial_is_told_from_a_mere_negation() -> None:
    assert held(REPORTS_DENIED, 5).denied
    assert not held(REFUSED, 3).denied


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        (FREED, HELD, "opposed"),
        (FREED, NO_LONGER_HELD, "alike"),
        (HELD, NO_LONGER_HELD, "opposed"),
        (BOAT_FREED, HELD, "elsewhere"),
        (RESIGNED, REFUSED, "opposed"),
        (RESIGNED, DID_NOT_REFUSE, "alike"),
        (RESIGNED, REPORTS_DENIED, "opposed"),
        (RESIGNED, MAY_RESIGN, "open"),
        (BUS_HIT, BUS_WAS_HIT, "swapped"),
        (BUS_HIT, BUS_HIT, "alike"),
    ],
)
def test_clauses_meet_alike_in_both_orders(a: Parse, b: Parse, expected: str) -> None:
    assert how(a, b) == expected
    assert how(b, a) == expected


def test_a_phrase_is_another_if_each_is_described_as_the_other_is_not() -> None:
    def phrase(head: str, *others: str) -> Named:
        return Named(head, frozenset((head,)), frozenset((head, *others)))

    assert aligned(phrase("trial", "dorn"), phrase("trial", "maddock")) is False
    assert aligned(phrase("trial", "dorn"), phrase("trial")) is True
    assert aligned(phrase("trial"), phrase("verdict")) is False
    assert aligned(phrase("trial"), Named("", pronoun=True)) is None
    assert aligned(phrase("trial"), None) is None


def test_an_amount_names_what_it_counts() -> None:
    dozens = parse("Dozens/dozen/NOUN/NNS/ROOT/0 of/of/ADP/IN/prep/0 shells/shell/NOUN/NNS/pobj/1")
    assert named(dozens, 0).head == "shell"


def test_every_issue_has_two_sides_that_differ() -> None:
    assert {answer.one for answer in answering()[key_of("open")]} == {True}
    for word, answers in answering().items():
        by_side = [(a.issue, a.of) for a in answers]
        assert len(by_side) == len(set(by_side)), word


@pytest.mark.parametrize(
    ("mine", "theirs", "turned"),
    [
        ("available", "unavailable", True),
        ("disobeyed", "obeyed", True),
        ("listed", "delisted", True),
        ("under", "der", False),
        ("open", "closed", False),
    ],
)
def test_a_prefix_may_negate(mine: str, theirs: str, turned: bool) -> None:
    assert turned_by_prefix(mine, theirs) is turned


def test_a_text_without_end_is_read_for_its_first_clauses() -> None:
    tokens = RESIGNED.tokens * 5000
    assert len(stances_of(Parse(tokens))) <= MOST_STANCES
