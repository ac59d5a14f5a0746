"""A line of figures: every number once, by who stands for it, in the order of time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sayso.account import check_account, compose
from sayso.model import Account, Answer, Claim, Linked, Measure, Quantity, Question, Report, SectionKey, Slot, Statement
from tests.account.making import claim, extraction, linked, report, span, statement

Told = tuple[Report, Statement]


def given(
    who: str, number: str, best: float, *, day: str, outlet: str, vague: bool = False, rest: str = "people had died"
) -> Told:
    """A report of one sentence in which somebody, or the outlet itself, gives a number of dead."""
    words = f"{number} {rest}"
    made = report(f"{who} said {words}." if who else f"In all {words}.", outlet=outlet, published=day)
    where = span(made.text, number)
    quantity = Quantity(where, best, best, best, None, "people", vague, Measure.KILLED)
    content = words if who else made.text.rstrip(".")
    s = statement(made, source=who, cue="said" if who else "", content=content)
    return made, replace(s, quantities=(quantity,))


def account(*answers: Sequence[Told]) -> Account:
    """The account of one question, each of whose answers rests on these statements."""
    question = Question.make_id(slot=Slot.HOW_MANY, matter="dead")
    claims: list[Claim] = []
    for told in answers:
        quantity = told[0][1].quantities[0]
        answer = Answer("n", quantity.low, quantity.best, quantity.high, None, "people", Measure.KILLED)
        made = claim([s for _, s in told])
        known = made.id in {c.id for c in claims}  # one sentence may give two answers
        claims.append(replace(made, id=f"{made.id}2" if known else made.id, question=question, answer=answer))
    reports = list({made.id: made for told in answers for made, _ in told}.values())
    read = list({made.id: extraction(made, [s]) for told in answers for made, s in told}.values())
    bundle: Linked = linked(reports, claims)
    asked = Question(question, "How many people were killed?", Slot.HOW_MANY, tuple(c.id for c in claims), False)
    bundle = replace(bundle, questions=(asked,))
    made_account = compose(reports, read, bundle)
    assert check_account(made_account, {r.id: r.text for r in reports}) == [] or made_account.sections
    return made_account


def figures(*answers: Sequence[Told]) -> list[str]:
    return [line.text for s in account(*answers).sections if s.key is SectionKey.FIGURES for line in s.lines]


def test_the_toll_as_it_was_revised_and_who_gave_each() -> None:
    first = [given("Arn Tolvik", "40", 40, day="2031-04-02", outlet="A")]
    later = [given("Ilse Korvan", "90", 90, day="2031-04-04", outlet="B")]
    assert figures(later, first) == [
        "Arn Tolvik said 40 people had died (2 April 2031); Ilse Korvan said 90 people had died (4 April 2031)."
    ]


def test_a_named_speaker_stands_for_a_number_before_the_outlet() -> None:
    outlet = given("", "40", 40, day="2031-04-02", outlet="A")
    named = given("Arn Tolvik", "40", 40, day="2031-04-03", outlet="B")
    assert figures([outlet, named]) == ["Arn Tolvik said 40 people had died."]


def test_thousands_give_way_to_numbers() -> None:
    vague = [given("Arn Tolvik", "thousands", 1000, day="2031-04-01", outlet="A", vague=True)]
    first = [given("Arn Tolvik", "4,000", 4000, day="2031-04-02", outlet="B")]
    later = [given("Ilse Korvan", "9,000", 9000, day="2031-04-04", outlet="C")]
    [line] = figures(vague, first, later)
    assert "thousands" not in line
    assert figures(vague) == ["Arn Tolvik said thousands people had died."]


def test_a_long_series_shows_its_first_and_its_latest() -> None:
    days = [
        [given(f"Arn Tolvik{'abcdefghi'[n]}", f"{n + 1}0", 10.0 * (n + 1), day=f"2031-04-0{n + 1}", outlet=f"O{n}")]
        for n in range(9)
    ]
    [line] = figures(*days)
    assert "10 people" in line
    assert "90 people" in line
    assert line.count(" said ") == 6


def test_words_are_cut_but_never_before_the_number() -> None:
    long = "people had died in the valley, and the mill, the school and the old weir were gone, and nobody in Dorn knew when the road would be mended again"
    [line] = figures([given("Arn Tolvik", "40", 40, day="2031-04-02", outlet="A", rest=long)])
    assert line.startswith("Arn Tolvik said 40 people had died in the valley")
    assert "mended" not in line


def amounts(*outlets: str) -> list[str]:
    """The lines of figures where these outlets tell one amount of kilometres."""
    told = []
    for n, outlet in enumerate(outlets):
        words = f"40 km of the coast of Dorn were fouled, the harbour {n} too"
        made = report(f"Arn Tolvik said {words}.", outlet=outlet, published=f"2031-04-0{n + 1}")
        quantity = Quantity(span(made.text, "40 km"), 40, 40, 40, "km", None, False, None)
        told.append(
            (made, replace(statement(made, source="Arn Tolvik", cue="said", content=words), quantities=(quantity,)))
        )
    question = Question.make_id(slot=Slot.HOW_MANY, matter="amount")
    one = replace(claim([s for _, s in told]), question=question, answer=Answer("40 km", 40, 40, 40, "km"))
    reports = [made for made, _ in told]
    asked = Question(question, "How much?", Slot.HOW_MANY, (one.id,), False)
    bundle = replace(linked(reports, [one]), questions=(asked,))
    made_account = compose(reports, [extraction(made, [s]) for made, s in told], bundle)
    return [line.text for s in made_account.sections if s.key is SectionKey.FIGURES for line in s.lines]


def test_an_amount_is_a_figure_where_two_outlets_give_it() -> None:
    assert amounts("A", "B") == ["Arn Tolvik said 40 km of the coast of Dorn were fouled, the harbour 0 too."]
    assert amounts("A") == amounts("A", "A") == []


def test_a_number_that_is_a_circumstance_gives_way_to_one_that_is_told() -> None:
    """Though only an outlet tells the second, and a speaker the first."""
    late = report(
        "Arn Tolvik said the council of Dorn will hear the pilots of the barge whose blast killed 40.", outlet="B"
    )
    words = "the council of Dorn will hear the pilots of the barge whose blast killed 40"
    circumstance = statement(late, source="Arn Tolvik", cue="said", content=words)
    number = Quantity(span(late.text, "40"), 40, 40, 40, None, "people", False, Measure.KILLED)
    plain = given("", "40", 40, day="2031-04-03", outlet="C")
    assert figures([(late, replace(circumstance, quantities=(number,))), plain]) == ["C: In all 40 people had died."]


def test_a_sentence_that_gives_two_numbers_is_told_once() -> None:
    made, first = given(
        "Olen Marsk", "176", 176, day="2031-04-02", outlet="A", rest="people had died, and now 101 people"
    )
    where = span(made.text, "101")
    second = replace(first, quantities=(Quantity(where, 101, 101, 101, None, "people", False, Measure.KILLED),))
    (line,) = figures([(made, first)], [(made, second)])
    assert line.count("176") == 1
