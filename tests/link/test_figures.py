"""Which numbers answer one question, and how they stand to each other."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sayso.link import link
from sayso.link.drafts import Draft
from sayso.link.figures import figure_questions
from sayso.link.scope import read_figures
from sayso.link.told import read_statements
from sayso.model import Act, Measure, RelationKind, Report, Statement
from tests.link.factories import actor, extraction, report, says

QUILL, MARSK = actor("Ada Quill"), actor("Olen Marsk")


def questions(*told: tuple[Report, Statement]) -> list[Draft]:
    reports = {where.id: where for where, _ in told}
    read = [extraction(where, *(s for w, s in told if w.id == where.id)) for where in reports.values()]
    figures = read_figures(read_statements(reports, read))
    return figure_questions(figures, frozenset())


def killed(
    sentence: str,
    number: str,
    best: float,
    who: object,
    *,
    day: str = "2031-04-02",
    counted: str = "people",
    outlet: str = "A",
    measure: Measure = Measure.KILLED,
    low: float | None = None,
    high: float | None = None,
    vague: bool = False,
    act: Act = Act.ASSERT,
) -> tuple[Report, Statement]:
    where = report(f"{sentence}.", outlet=outlet, published=day)
    count = (number, best, measure, counted)
    return where, says(where, sentence, who, count=count, low=low, high=high, vague=vague, act=act)  # type: ignore[arg-type]


def relations(drafts: list[Draft]) -> list[tuple[str, RelationKind, str]]:
    return [(d.answers[t.first].text, t.kind, d.answers[t.second].text) for d in drafts for t in d.ties]


NINE = killed("nine people died in Varn", "nine", 9, QUILL)


def test_one_actors_later_number_is_a_revision() -> None:
    drafts = questions(NINE, killed("twelve people died in Varn", "twelve", 12, QUILL, day="2031-04-03"))
    assert relations(drafts) == [("twelve", RelationKind.REVISES, "nine")]


def test_a_report_may_tell_the_older_number_later() -> None:
    where = report("Ada Quill said one person died in Varn. She had first said that no one died in Varn.")
    one = says(where, "one person died in Varn", QUILL, count=("one", 1, Measure.KILLED, "people"))
    none = says(where, "no one died in Varn", QUILL, count=("no one", 0, Measure.KILLED, "people"))
    drafts = questions((where, one), (where, none))
    assert relations(drafts) == [("one", RelationKind.REVISES, "no one")]


def test_two_actors_on_one_day_contradict_each_other() -> None:
    drafts = questions(NINE, killed("thirty people died in Varn", "thirty", 30, MARSK, outlet="B"))
    assert relations(drafts) == [("thirty", RelationKind.CONTRADICTS, "nine")] or relations(drafts) == [
        ("nine", RelationKind.CONTRADICTS, "thirty")
    ]


@pytest.mark.parametrize(
    "other",
    [
        killed("thirty people died in Dorn", "thirty", 30, MARSK, outlet="B"),  # another place
        killed("thirty soldiers died in Varn", "thirty", 30, MARSK, outlet="B", counted="soldiers"),
        killed("thirty people were hurt in Varn", "thirty", 30, MARSK, outlet="B", measure=Measure.INJURED),
        killed("thirty people died in Varn in the past week", "thirty", 30, MARSK, outlet="B"),  # another period
        killed("thirty people died in Varn in 1987", "thirty", 30, MARSK, outlet="B"),
        killed("up to thirty people may have died in Varn", "thirty", 30, MARSK, outlet="B"),  # a fear, not a count
        killed("dozens of people died in Varn", "dozens", 24, MARSK, outlet="B", low=24, high=99, vague=True),
        killed("another thirty people died in Varn", "thirty", 30, MARSK, outlet="B"),  # an addition
        killed("thirty people died in Varn", "thirty", 30, MARSK, outlet="B", day="2031-04-09"),  # news, not a dispute
        killed("thirty people died in Varn", "thirty", 30, None, outlet="B"),  # nobody is named for it
        killed("thirty of its people died in Varn", "thirty", 30, MARSK, outlet="B"),  # the speaker's own
        killed(
            "bodies of thirty people were recovered in Varn", "thirty", 30, MARSK, outlet="B"
        ),  # found, not all dead
    ],
)
def test_no_conflict_across_scopes(other: tuple[Report, Statement]) -> None:
    assert not [r for r in relations(questions(NINE, other)) if r[1] is RelationKind.CONTRADICTS]


def test_a_bound_and_a_number_are_no_conflict() -> None:
    least = killed("at least 12 people died in Varn", "at least 12", 12, QUILL, low=12, high=float("inf"))
    drafts = questions(least, killed("14 people died in Varn", "14", 14, MARSK, outlet="B"))
    assert [len(d.claims) for d in drafts] == [2]
    assert relations(drafts) == []  # who says twelve has counted: fourteen is another count, and no finer form of it


def test_one_number_said_twice_is_one_answer() -> None:
    [draft] = questions(NINE, killed("nine people died in Varn", "nine", 9, MARSK, outlet="B"))
    assert [len(c) for c in draft.claims] == [2]
    assert draft.text == "How many people were killed?"


@pytest.mark.parametrize(
    ("sentence", "number"),
    [
        ("how many people died in Varn", "many"),
        ("three people a day die in Varn", "three"),
        ("many people died", "many"),
        ("a farmer of 61 died in Varn", "61"),
        ("a quake of 7.0 killed people in Varn", "7.0"),
    ],
)
def test_what_is_no_count(sentence: str, number: str) -> None:
    assert questions(killed(sentence, number, 3, QUILL)) == []


def test_more_is_an_addition_and_revises_nothing() -> None:
    six = killed("six people are wounded", "six", 6, QUILL, measure=Measure.INJURED)
    more = killed("nine more people are wounded", "nine", 9, QUILL, measure=Measure.INJURED, day="2031-04-03")
    assert relations(questions(six, more)) == []


@pytest.mark.parametrize(
    ("sentence", "number", "best"),
    [
        ("nine bodies were stacked outside the morgue at noon", "nine", 9),
        ("12 bodies had been buried in mass graves", "12", 12),
        ("14 bodies had been collected", "14", 14),
        ("20 people were killed or injured in Dorn", "20", 20),
        ("30 people died in Varn alone", "30", 30),
        ("a mortar killed two people and left 40 homeless", "40", 40),
    ],
)
def test_what_is_no_toll_stands_in_no_line_with_the_toll(sentence: str, number: str, best: float) -> None:
    toll = killed("50 people were killed", "50", 50, MARSK, outlet="B")
    assert len(questions(toll, killed(sentence, number, best, QUILL))) == 2


def test_who_fled_into_rubble_is_not_buried() -> None:
    told = killed("nine people who had been buried in the rubble died", "nine", 9, QUILL)
    assert len(questions(NINE, told)) == 1


def test_the_toll_of_a_long_event_is_one_question() -> None:
    early = killed("120 people were killed", "120", 120, QUILL)
    later = killed("300 people were killed", "300", 300, MARSK, day="2031-04-05", outlet="B")
    again = killed("some 300 people were killed", "some 300", 300, None, day="2031-04-20", outlet="C")
    reports = {where.id: where for where, _ in (early, later, again)}
    read = [extraction(where, s) for where, s in (early, later, again)]
    [draft] = figure_questions(read_figures(read_statements(reports, read)), frozenset())
    assert [a.best for a in draft.answers] == [120, 300]


@pytest.mark.parametrize(
    ("first", "second"),
    [(("20", 20.0, "2031-04-02"), ("70,000", 70000.0, "2031-04-02")), (("90,000", 90000.0, "2031-04-02"), ("85", 85.0, "2031-04-09"))],
)  # fmt: skip
def test_a_small_part_is_no_answer_to_the_toll(first: tuple[str, float, str], second: tuple[str, float, str]) -> None:
    told = [
        killed(f"{n} people died", n, best, who, day=day, outlet=who.name)
        for (n, best, day), who in ((first, QUILL), (second, MARSK))
    ]
    assert len(questions(*told)) == 2


def test_between_two_numbers_is_neither() -> None:
    [draft] = questions(
        killed("100 people died", "100", 100, QUILL),
        killed("between 100 and 200 people died", "between 100 and 200", 100, MARSK, low=100, high=200, outlet="B"),
    )
    assert len(draft.claims) == 2
    assert [r for r in relations([draft]) if r[1] is RelationKind.CONTRADICTS] == []


def test_a_man_is_one_of_the_dead_and_no_kind_of_people() -> None:
    one = killed("a farmer was killed in Varn", "a farmer", 1, QUILL, counted="farmer")
    [draft] = questions(one, killed("three people are dead in Varn", "three", 3, QUILL, day="2031-04-03"))
    assert relations([draft]) == [("three", RelationKind.REVISES, "a farmer")]


def test_the_dead_of_one_town_and_of_all_are_two_questions_also_of_one_speaker() -> None:
    everywhere = killed("38 are dead following protests", "38", 38, QUILL, day="2031-04-03")
    assert len(questions(killed("13 people died in Varn", "13", 13, QUILL), everywhere)) == 2


def test_a_toll_that_rises_on_a_day_did_not_happen_on_it() -> None:
    [draft] = questions(
        NINE, killed("the toll rose to 11 after two more had died overnight", "11", 11, QUILL, day="2031-04-03")
    )
    assert relations([draft]) == [("11", RelationKind.REVISES, "nine")]


def test_a_denied_number_is_no_answer() -> None:
    assert questions(killed("nine people died in Varn", "nine", 9, QUILL, act=Act.DENY)) == []


def test_a_speakers_own_name_and_word_alone_are_no_place() -> None:
    brigade = actor("Free Highland Brigade")
    claim = killed(
        "claim to have killed 14 soldiers rests on the Brigade's word alone", "14", 14, brigade, counted="soldiers"
    )
    (figure,) = read_figures(read_statements({claim[0].id: claim[0]}, [extraction(*claim)]))
    assert (figure.places, figure.alone) == (frozenset(), False)


@pytest.mark.parametrize(
    "other",
    [
        killed("thirty people died in Varn, including the gunman", "thirty", 30, MARSK, outlet="B"),
        killed("thirty people, the attacker among them, died in Varn", "thirty", 30, MARSK, outlet="B"),
        killed("no deaths had been reported in Varn so far", "no", 0, MARSK, outlet="B"),
        killed("thirty of the dead in Varn were children", "thirty", 30, MARSK, outlet="B"),
        killed("thirty people died in Varn a month ago", "thirty", 30, MARSK, outlet="B"),
    ],
)
def test_another_manner_of_counting_is_no_conflict(other: tuple[Report, Statement]) -> None:
    assert relations(questions(NINE, other)) == []


def test_a_number_that_was_left_behind_stands_against_nobodys() -> None:
    where = report("Olen Marsk had first reported thirty dead in Varn.", outlet="B")
    old = says(where, "thirty dead in Varn", MARSK, count=("thirty", 30, Measure.KILLED, "people"))
    assert relations(questions(NINE, (where, old))) == []


@pytest.mark.parametrize(("day", "kinds"), [("2031-04-03", [RelationKind.REVISES]), ("2031-04-02", [])])
def test_at_least_and_another_number_of_one_speaker_are_two_answers(day: str, kinds: list[RelationKind]) -> None:
    least = killed("at least 14 people died in Varn", "at least 14", 14, QUILL, low=14, high=float("inf"))
    [draft] = questions(least, killed("15 people died in Varn", "15", 15, QUILL, day=day, outlet="B"))
    assert len(draft.claims) == 2
    assert relations([draft]) == [("15", kind, "at least 14") for kind in kinds]


OPEN = float("inf")
REFINES = RelationKind.REFINES


@pytest.mark.parametrize(
    ("wide", "low", "best", "high", "number", "other", "day", "kinds"),
    [
        ("more than 100", 100, 100, OPEN, "103", 103, "2031-04-02", [REFINES]),
        ("more than 100", 100, 100, OPEN, "103", 103, "2031-04-04", []),  # a toll grows
        ("more than 100", 100, 100, OPEN, "150", 150, "2031-04-02", []),  # nobody calls 150 more than 100
        ("at least 68", 68, 68, OPEN, "72", 72, "2031-04-02", []),  # 68 was counted
        ("up to 81", 0, 81, 81, "79", 79, "2031-04-02", []),  # an older count
        ("up to 81", 0, 81, 81, "seven", 7, "2031-04-02", []),
        ("dozens", 24, 24, 99, "36", 36, "2031-04-03", [REFINES]),
        ("dozens", 24, 24, 99, "36", 36, "2031-04-12", []),
    ],
)
def test_a_finer_figure_is_the_same_count_told_more_narrowly(
    wide: str, low: float, best: float, high: float, number: str, other: float, day: str, kinds: list[RelationKind]
) -> None:
    rough = killed(f"{wide} people died in Varn", wide, best, None, low=low, high=high, vague=wide == "dozens")
    [draft] = questions(rough, killed(f"{number} people died in Varn", number, other, None, outlet="B", day=day))
    assert relations([draft]) == [(number, kind, wide) for kind in kinds]


def test_narrower_bounds_under_the_same_top_are_finer_and_no_revision() -> None:
    most = killed("up to 900 people died in Varn", "up to 900", 900, QUILL, low=0, high=900)
    narrow = killed("800 to 900 people died in Varn", "800 to 900", 800, QUILL, low=800, high=900, outlet="B")
    assert relations(questions(most, narrow)) == [("800 to 900", REFINES, "up to 900")]


def test_about_a_number_and_the_next_one_of_one_speaker() -> None:
    roughly = killed("about 150 people died in Varn", "about 150", 150, QUILL, low=135, high=165, vague=True)
    exact = killed("152 people died in Varn", "152", 152, QUILL, outlet="B")
    assert relations(questions(roughly, exact)) == [("152", REFINES, "about 150")]
    later = killed("160 people died in Varn", "160", 160, QUILL, outlet="B", day="2031-04-06")
    assert relations(questions(roughly, later)) == [("160", RelationKind.REVISES, "about 150")]


def test_suspected_and_confirmed_are_two_counts() -> None:
    suspected = killed("81 deaths in Varn are probably due to the fever", "81", 81, QUILL)
    confirmed = killed("15 deaths in Varn are confirmed", "15", 15, QUILL, day="2031-04-04", outlet="B")
    more = killed("19 deaths in Varn are confirmed", "19", 19, QUILL, day="2031-04-06", outlet="C")
    assert relations(questions(suspected, confirmed)) == []
    assert relations(questions(suspected, confirmed, more)) == [("19", RelationKind.REVISES, "15")]


@pytest.mark.parametrize(
    "other",
    [
        "the Kelmoran flu killed 900 people",  # another disease
        "the bird flu killed 900 people",
        "the earthquake killed 900 people",  # another kind of cause
        "900 people died in Varn in 1957",
        "1957: Kelmoran flu killed 900 people",
        "seasonal flu kills 900 people",  # what is usual is no event
        "900 people die of flu in an average year",
        "the flu could kill 900 people",  # nor is what may yet be
    ],
)
def test_a_number_of_another_matter_or_time_is_no_answer(other: str) -> None:
    told = [
        killed("swine flu has killed 81 people", "81", 81, QUILL),
        killed("swine flu has killed 90 people", "90", 90, MARSK, outlet="B", day="2031-04-03"),
        killed(other, "900", 900, MARSK, outlet="C", day="2031-04-03"),
    ]
    reports = {where.id: where for where, _ in told}
    figures = read_figures(read_statements(reports, [extraction(where, s) for where, s in told]))
    drafts = figure_questions(figures, frozenset({"swine"}))
    assert sorted([a.text for a in d.answers] for d in drafts) == [["81", "90"], ["900"]]


@pytest.mark.parametrize(
    ("sentences", "count"),
    [
        ("In 2004 a storm struck Dorn. It killed 900 people.", 0),
        ("Six years ago came the great storm. That too caused 900 deaths.", 0),
        ("The port bore the brunt of the storm of 2004. On that occasion 900 people died.", 0),
        ("Norland has known storms since 2004. 900 people died.", 1),  # a sentence of its own
        ("A storm struck in 2004. It has now killed 900 people.", 1),
    ],
)
def test_a_sentence_that_goes_on_telling_of_the_past(sentences: str, count: int) -> None:
    where = report(sentences, outlet="B", published="2031-04-03")
    told = says(where, sentences.rstrip(".").split(". ")[-1], None, count=("900", 900, Measure.KILLED, "people"))
    drafts = questions(killed("700 people died", "700", 700, None), (where, told))
    assert sum(len(d.claims) == 2 for d in drafts) == count


@pytest.mark.parametrize(
    ("other", "measure"),
    [
        ("thirty people died outside France", Measure.CASUALTIES),
        ("Olen Marsk had seen thirty casualties", Measure.CASUALTIES),  # a scene, and no count at all
        ("there were thirty victims", Measure.CASUALTIES),
        ("thirty people were killed, injured or homeless", Measure.KILLED),
    ],
)
def test_what_is_counted_elsewhere_or_otherwise_is_another_question(other: str, measure: Measure) -> None:
    mine = killed("nine casualties were counted in France", "nine", 9, QUILL, measure=measure)
    assert all(len(d.claims) == 1 for d in questions(mine, killed(other, "thirty", 30, MARSK, measure=measure)))


def test_one_country_and_outside_it_are_no_conflict() -> None:
    here = killed("15 people died in France", "15", 15, QUILL)
    away = killed("one person died outside France", "one", 1, MARSK, outlet="B")
    assert relations(questions(here, away)) == []


def test_a_higher_number_on_a_later_day_is_news() -> None:
    later = killed("thirty people died in Varn", "thirty", 30, MARSK, outlet="B", day="2031-04-03")
    assert relations(questions(NINE, later)) == []
    nobody = killed("no one died in Varn", "no one", 0, QUILL)
    assert [kind for _, kind, _ in relations(questions(nobody, later))] == [RelationKind.CONTRADICTS]
    lower = killed("four people died in Varn", "four", 4, MARSK, outlet="B", day="2031-04-03")
    assert relations(questions(NINE, lower)) == [("four", RelationKind.CONTRADICTS, "nine")]


@pytest.mark.parametrize(
    "sentence",
    [
        "dozens of people are slowly dying",
        "a campaign can prevent even dozens of deaths",
        "dozens of casualties would be a serious understatement",
    ],
)
def test_what_is_no_count_of_what_happened(sentence: str) -> None:
    assert questions(killed(sentence, "dozens", 24, QUILL, low=24, high=99, vague=True)) == []


def test_about_a_number_is_that_number() -> None:
    roughly = killed("about 40 people died in Varn", "about 40", 40, QUILL, low=36, high=44, vague=True)
    [draft] = questions(roughly, killed("40 people died in Varn", "40", 40, MARSK, outlet="B"))
    assert [len(c) for c in draft.claims] == [2]


def test_that_so_many_may_have_died_is_another_answer_than_that_they_did() -> None:
    fear = killed("thirty people may have died in Varn", "thirty", 30, MARSK, outlet="B")
    [draft] = questions(killed("thirty people died in Varn", "thirty", 30, QUILL), fear)
    assert len(draft.claims) == 2
    assert relations([draft]) == []


def test_fewer_confirmed_than_were_thought_revise_nothing() -> None:
    few = killed("eight deaths in Varn are confirmed", "eight", 8, QUILL, day="2031-04-04")
    assert relations(questions(NINE, few)) == []


def test_two_towns_that_every_report_names_are_two_questions() -> None:
    other = killed("thirty people died in Dorn", "thirty", 30, MARSK, outlet="B")
    reports = {where.id: where for where, _ in (NINE, other)}
    figures = read_figures(read_statements(reports, [extraction(where, s) for where, s in (NINE, other)]))
    assert len(figure_questions(figures, frozenset({"varn", "dorn"}))) == 2


def test_one_sentence_tells_a_revision_whoever_speaks() -> None:
    where = report("Ada Quill raised the death toll in Varn from nine to twelve.")
    words = "raised the death toll in Varn from nine to twelve"
    old = says(where, words, None, count=("nine", 9, Measure.KILLED, "people"))
    both = replace(
        old,
        quantities=(
            *old.quantities,
            *says(where, words, None, count=("twelve", 12, Measure.KILLED, "people")).quantities,
        ),
    )
    assert relations(questions((where, both))) == [("twelve", RelationKind.REVISES, "nine")]


def test_a_figure_that_is_called_false_is_no_answer_of_the_one_who_does() -> None:
    words = "called the toll of nine an invention"
    assert len(questions(NINE)) == 1
    assert questions(killed(words, "nine", 9, MARSK, outlet="B", act=Act.ASSESS)) == []


@pytest.mark.model
def test_two_numbers_of_one_sentence_are_two_claims() -> None:
    where = report("Ada Quill lowered the death toll in Varn from 176 to 101.")
    words = "lowered the death toll in Varn from 176 to 101"
    old = says(where, words, QUILL, count=("176", 176, Measure.KILLED, "people"))
    new = says(where, words, QUILL, count=("101", 101, Measure.KILLED, "people"))
    linked = link([where], [extraction(where, replace(old, quantities=(*old.quantities, *new.quantities)))])
    numbers = {claim.id: claim.answer.best for claim in linked.claims if claim.answer.measure}
    assert [(numbers[r.from_claim], r.kind, numbers[r.to_claim]) for r in linked.relations] == [
        (101, RelationKind.REVISES, 176)
    ]


@pytest.mark.parametrize(
    ("later", "kinds"),
    [
        ("four people died in Varn", []),  # of another attack: the dead do not grow fewer
        ("the death toll in Varn is now four", [RelationKind.REVISES]),
    ],
)
def test_fewer_dead_are_a_revision_only_where_a_toll_is_told(later: str, kinds: list[RelationKind]) -> None:
    fewer = killed(later, "four", 4, QUILL, day="2031-04-04", outlet="B")
    assert [kind for _, kind, _ in relations(questions(NINE, fewer))] == kinds


def test_one_speakers_numbers_of_two_affairs_revise_nothing() -> None:
    first = killed("nine people died when planes struck a market", "nine", 9, QUILL)
    other = killed("30 people died when rebels shelled a bus", "30", 30, QUILL, day="2031-04-04", outlet="B")
    assert relations(questions(first, other)) == []
    toll = killed("the toll has risen to 30", "30", 30, QUILL, day="2031-04-04", outlet="B")
    assert relations(questions(first, toll)) == [("30", RelationKind.REVISES, "nine")]
