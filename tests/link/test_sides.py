"""Which side each actor is on, and what sides do to a status. Countries and people are invented, but for Poland and Czechia."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.link import known_actors, known_stories, link
from sayso.link.actors import find_parties
from sayso.link.judged import NOBODY, read_judgements
from sayso.link.sides import UNKNOWN, find_sides
from sayso.model import (
    Act,
    Actor,
    ActorType,
    Extraction,
    Judgement,
    KnownActor,
    Linked,
    Measure,
    RelationKind,
    Report,
    Status,
    Verdict,
)
from tests.link.factories import actor, extraction, report, says

ORG, PLACE, GROUP = ActorType.ORGANIZATION, ActorType.PLACE, ActorType.GROUP


def each_in_a_report(actors: Sequence[Actor]) -> tuple[list[Report], list[Extraction]]:
    reports = [report(f"{one.name} said the road was shut.", outlet=f"Outlet {n}") for n, one in enumerate(actors)]
    read = [
        extraction(where, says(where, "the road was shut", one)) for where, one in zip(reports, actors, strict=True)
    ]
    return reports, read


def sides(
    actors: Sequence[Actor], against: Sequence[tuple[int, int]] = (), *rows: tuple[int, str | None, str]
) -> list[str]:
    """The side of each actor in one story, where those at the positions of ``against`` contradict each other; ``rows`` are what
    a person says: of whom, in whose report, and the side."""
    reports, read = each_in_a_report(actors)
    stories = {r.id: 0 for r in reports}
    made = [
        Judgement(
            f"j-{n}",
            Verdict.CORRECT,
            f"actor:{actors[who].name}",
            where and reports[int(where)].id,
            f"side: {side}",
            "Ilse",
            f"2031-01-0{n + 1}",
        )
        for n, (who, where, side) in enumerate(rows)
    ]
    judged = read_judgements(made) if rows else NOBODY
    parties = find_parties(read, judged=judged, stories=stories)
    held = [(0, parties.by_place[x.report, one.id].key) for x, one in zip(read, actors, strict=True)]
    found = find_sides(held, [(held[a], held[b]) for a, b in against], parties, judged, stories)
    return [found[each].name for each in held]


MINISTRY = actor("Polish Defence Ministry", ORG)
SPOKESMAN = actor("Olen Marsk", role="Czech army spokesman")
BRIGADE = actor("Free River Brigade", GROUP)
ENVOY = actor("Emil Tarsk", role="representative of the Free River Brigade")
DOCTOR = actor("Ada Quill", role="doctor")


@pytest.mark.parametrize(
    ("actors", "against", "expected"),
    [
        ((MINISTRY, SPOKESMAN), (), ["Poland", "Czechia"]),
        ((actor("Warsaw", PLACE), actor("the Kremlin", ORG)), (), ["Poland", "Russia"]),
        ((DOCTOR, actor("officials", GROUP)), (), [UNKNOWN, UNKNOWN]),
        ((actor("Polish officials", GROUP), actor("French government", ORG)), (), ["Poland", "France"]),
        ((BRIGADE, ENVOY), (), [UNKNOWN, UNKNOWN]),  # whom they are against, nobody told
        ((BRIGADE, ENVOY, MINISTRY), ((0, 2), (1, 2)), ["Free River Brigade", "Free River Brigade", "Poland"]),
        ((DOCTOR, MINISTRY), ((0, 1),), ["Ada Quill", "Poland"]),
        (
            (actor("Ada Quill", role="head of the Prague-based Polish Opposition Centre"), MINISTRY),
            ((0, 1),),
            ["Polish Opposition Centre", "Poland"],
        ),
        ((actor("Poland and Czechia", GROUP), actor("the Kremlin", ORG)), ((0, 1),), ["Poland and Czechia", "Russia"]),
        ((MINISTRY, actor("Bram Odo", role="Polish minister")), ((0, 1),), ["Poland", "Poland"]),  # a quarrel within
    ],
)
def test_the_side_of_an_actor(actors: Sequence[Actor], against: Sequence[tuple[int, int]], expected: list[str]) -> None:
    assert sides(actors, against) == expected


def test_a_person_says_which_side() -> None:
    assert sides((MINISTRY, DOCTOR), (), (1, None, "the strikers")) == ["Poland", "the strikers"]
    assert sides((MINISTRY, DOCTOR), (), (0, "0", "Varn")) == ["Varn", UNKNOWN]
    assert sides((MINISTRY,), (), (0, None, "Varn"), (0, None, "Ostrel")) == ["Ostrel"]


# ---------------------------------------------------------------------------------------------------
# Sides and statuses, through the whole of linking

KILLED = Measure.KILLED


OPENINGS = (
    "Shells fell on the mill at Dorn on Tuesday.",
    "After the shells on the mill at Dorn, people asked who had fired.",
    "In Dorn the mill still burned when night came; shells lay in the yard.",
    "Who fired the shells at Dorn? Of the mill there, little is left.",
)


def story(*told: tuple[Actor, str, float | None, Act]) -> tuple[list[Report], list[Extraction]]:
    """A report for each of these, a day apart: who, the words, the number of dead in them, the act."""
    reports, read = [], []
    for n, (who, words, dead, act) in enumerate(told):
        where = report(
            f"{OPENINGS[n]} {who.name} said {words}.",
            outlet=f"Outlet {n}",
            published="2031-04-02",
        )
        count = (next(w for w in words.split() if w.isdigit()), dead, KILLED, "millers") if dead is not None else None
        reports.append(where)
        read.append(extraction(where, says(where, words, who, act=act, count=count)))
    return reports, read


POLES = actor("Olen Marsk", role="Polish army spokesman")
CZECHS = actor("Bram Odo", role="Czech army spokesman")
POLAND = actor("Polish Defence Ministry", ORG)
BOTH = "the old mill at Dorn was hit by four shells shortly before noon"


@pytest.mark.model
def test_sides_that_contradict_each_other_agree_on_what_both_say() -> None:
    told = (
        (POLAND, "5 millers were killed in Dorn", 5.0, Act.ASSERT),
        (CZECHS, "9 millers were killed in Dorn", 9.0, Act.ASSERT),
        (POLES, BOTH, None, Act.ASSERT),  # of whom nobody was contradicted, but his ministry was
        (CZECHS, BOTH, None, Act.ASSERT),
    )
    claims = {c.wording: c.status for c in link(*story(*told)).claims}
    assert claims[BOTH] is Status.AGREED
    assert Status.DISPUTED in claims.values()


@pytest.mark.model
def test_what_one_hands_on_of_the_other_is_no_agreement() -> None:
    """ "Marsk said that Odo had told him …": the words are in one man's mouth."""
    told = (
        (POLAND, "5 millers were killed in Dorn", 5.0, Act.ASSERT),
        (CZECHS, "9 millers were killed in Dorn", 9.0, Act.ASSERT),
    )
    reports, read = story(*told)
    where = report(f"Olen Marsk said Bram Odo had told him that {BOTH}.", published="2031-04-02", outlet="Dorn Post")
    outer = says(where, f"Bram Odo had told him that {BOTH}", POLES)
    inner = says(where, BOTH, CZECHS)
    linked = link([*reports, where], [*read, extraction(where, outer, inner)])
    assert all(claim.status is not Status.AGREED for claim in linked.claims)


@pytest.mark.model
def test_two_of_one_side_never_agree_across_sides() -> None:
    other = actor("Ada Quill", role="Polish police spokeswoman")
    told = (
        (POLAND, "5 millers were killed in Dorn", 5.0, Act.ASSERT),
        (other, "9 millers were killed in Dorn", 9.0, Act.ASSERT),
        (POLAND, BOTH, None, Act.ASSERT),
        (other, BOTH, None, Act.ASSERT),
    )
    claims = {c.wording: c.status for c in link(*story(*told)).claims}
    assert claims[BOTH] is not Status.AGREED


@pytest.mark.model
def test_two_actors_whom_a_person_joins_revise_and_dispute_nothing() -> None:
    told = (
        (actor("Ada Quill"), "5 millers were killed in Dorn", 5.0, Act.ASSERT),
        (actor("Adele Quill"), "9 millers were killed in Dorn", 9.0, Act.ASSERT),
    )
    reports, read = story(*told)
    kinds = {r.kind for r in link(reports, read).relations}
    assert kinds == {RelationKind.CONTRADICTS}
    joined = Judgement(
        "j-1", Verdict.MERGE, "actor:Ada Quill", "actor:Adele Quill", None, "Ilse", "2031-05-01T00:00:00Z"
    )
    assert RelationKind.CONTRADICTS not in {r.kind for r in link(reports, read, judgements=[joined]).relations}


# ---------------------------------------------------------------------------------------------------
# As records

REPORTS, READ = each_in_a_report((MINISTRY, SPOKESMAN, BRIGADE, ENVOY, DOCTOR, actor("Quill"), actor("Warsaw", PLACE)))
NOTHING = Linked((), (), (), ())
STORIES = {r.id: "y-even" if n % 2 == 0 else "y-odd" for n, r in enumerate(REPORTS)}


def test_every_member_and_every_story_is_told_once() -> None:
    known = known_actors(REPORTS, READ, NOTHING, STORIES)
    stories = {s.id: s for s in known_stories(REPORTS, STORIES)}
    assert sorted(r for s in stories.values() for r in s.reports) == sorted(r.id for r in REPORTS)
    assert sorted(m.report for a in known for m in a.members) == sorted(r.id for r in REPORTS)
    for one in known:
        assert {m.report for m in one.members} <= {r for side in one.sides for r in stories[side.story].reports}
    [ada] = [a for a in known if a.name == "Ada Quill"]
    assert ada.names == ("Ada Quill", "Quill")
    assert [a.bodies for a in known if a.name == "Emil Tarsk"] == [("Free River Brigade",)]


@settings(max_examples=20, deadline=None)
@given(st.permutations(range(len(READ))))
def test_any_order_gives_the_same_records(order: list[int]) -> None:
    def made(places: Sequence[int]) -> tuple[KnownActor, ...]:
        return known_actors([REPORTS[n] for n in places], [READ[n] for n in places], NOTHING, STORIES)

    assert made(order) == made(range(len(READ)))
