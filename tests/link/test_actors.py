"""Who is one party across reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.link.actors import Parties, Party, bring_together, find_parties, fold, is_a_name, same_party, seat_of
from sayso.link.judged import Judged, read_judgements
from sayso.model import Actor, ActorChain, ActorType, Extraction, Judgement, Span, Verdict
from tests.link.factories import actor, extraction, report, says

ORG = ActorType.ORGANIZATION
PLACE = ActorType.PLACE
GROUP = ActorType.GROUP


def each_in_a_report(actors: Sequence[Actor]) -> list[Extraction]:
    """What is read where every actor speaks in a report of its own."""
    read = []
    for n, one in enumerate(actors):
        where = report(f"{one.name} said that the road was shut.", outlet=f"Outlet {n}")
        read.append(extraction(where, says(where, "the road was shut", one)))
    return read


def parties(*actors: Actor) -> list[Party]:
    """The parties of actors who each speak in a report of their own."""
    read = each_in_a_report(actors)
    found = bring_together(read)
    return [found[x.report, one.id] for x, one in zip(read, actors, strict=True)]


def why(*actors: Actor) -> tuple[float, tuple[str, ...]]:
    """Why the last of these actors belongs to its party."""
    read = each_in_a_report(actors)
    return find_parties(read).joined[read[-1].report, actors[-1].id]


def in_one_report(*actors: Actor) -> Extraction:
    """Actors who all speak in one report."""
    where = report(*(f"{one.name} said road {n} was shut." for n, one in enumerate(actors)))
    return extraction(where, *(says(where, f"road {n} was shut", one) for n, one in enumerate(actors)))


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        (actor("Ada Quill"), actor("Quill"), True),  # a surname, of one person only
        (actor("Gov. Ada Quill"), actor("Ada Quill"), True),
        (actor("Andriy Poltan"), actor("Andrij Poltan"), True),
        (actor("Ada Quill"), actor("Bram Quill"), False),  # never two first names
        (actor("Institute for River Safety", ORG), actor("IRS", ORG), True),
        (actor("Free River Brigade", ORG), actor("Free River", ORG), True),
        (actor("officials", ActorType.GROUP), actor("officials", ActorType.GROUP), False),
        (actor("governor"), actor("governor"), False),  # a role alone
        (actor("Varn city council", ORG), actor("Varn city council", ORG), True),
        (actor("Moscow", ActorType.PLACE), actor("the Kremlin", ORG), True),
        (actor("Haitian government", ORG), actor("Haiti’s government", ORG), True),
        (actor("Norlandic government", ORG), actor("Norland", ActorType.PLACE), True),  # an invented country's too
        (actor("Ada Quill", role="the leading general in Haiti"), actor("Haitian government", ORG), False),
    ],
)
def test_one_party_or_two(first: Actor, second: Actor, same: bool) -> None:
    a, b = parties(first, second)
    assert (a.key == b.key) is same, (a, b)


def test_a_surname_of_two_people_is_neither() -> None:
    a, b, bare = parties(actor("Ada Quill"), actor("Bram Quill"), actor("Quill"))
    assert len({a.key, b.key, bare.key}) == 3


def test_a_role_is_the_one_named_holder_in_its_report() -> None:
    where = report("Governor Ada Quill said the road was shut.", "The governor said the bridge was safe.")
    named, role = actor("Ada Quill", role="governor of Varn"), actor("governor")
    read = extraction(where, says(where, "the road was shut", named), says(where, "the bridge was safe", role))
    found = bring_together([read])
    assert found[where.id, role.id].key == found[where.id, named.id].key


def test_a_spokesman_and_the_body_answer_for_one_another() -> None:
    spokesman, ministry = parties(
        actor("Olen Marsk", role="Varn Defence Ministry spokesman"), actor("Varn Defence Ministry", ORG)
    )
    assert spokesman.key != ministry.key
    assert same_party(spokesman, ministry) == "the same body (varn defence ministri)"


@pytest.mark.parametrize(
    ("name", "named"),
    [
        ("Varn Council", True),
        ("the Varn Council", True),
        ("al-Mahdi", True),
        ("each government", False),
        ("Every ministry", False),
        ("rescuers from Varn", False),
        ("", False),
    ],
)
def test_what_is_a_name(name: str, named: bool) -> None:
    assert is_a_name(name) is named


@pytest.mark.parametrize(("name", "seat"), [("the Kremlin", "russia"), ("Haitian government", "haiti"), ("Varn", None)])
def test_seats(name: str, seat: str | None) -> None:
    assert seat_of(fold(name)) == seat


# ---------------------------------------------------------------------------------------------------
# Joins across reports, each with its reason


@pytest.mark.parametrize(
    ("first", "second", "reason"),
    [
        (actor("Orhan Qaddarin"), actor("Orhan Kadharin"), "spelled otherwise"),
        (actor("Volodymyr Tarsky"), actor("Vladimir Tarskii"), "forms of one first name"),
        (actor("Freedom Legion for Poland", GROUP), actor("Freedom of Poland Legion", GROUP), "in another order"),
        (
            actor("Liberty of Poland Legion", GROUP),
            actor("Freedom of Poland Legion", GROUP),
            "translated: Freedom / Liberty",
        ),
        (actor("Warsaw", PLACE), actor("Polish government", ORG), "seat of government: Poland"),
        (actor("Free River Brigade", ORG), actor("Free River", ORG), "the only fuller name"),
        (actor("Ada Quill"), actor("Quill"), "surname of the only person so called: Ada Quill"),
        (actor("Bram Odo Quill"), actor("B. Quill"), "initials: B Quill"),
        (actor("Institute for River Safety", ORG), actor("IRS", ORG), "initials: IRS"),
        (actor("Ada Quill", role="governor of Varn"), actor("Varn governor"), "holds the office: Varn governor"),
        (
            actor("Ada Quill", role="governor"),
            actor("the Varn governor"),
            "the only one of the story with this office: the Varn governor",
        ),
        (actor("Ada Quill", role="U.K. FINANCE MINISTER"), actor("Britain's finance minister"), "holds the office"),
        (actor("U.S.", PLACE), actor("Washington", PLACE), "seat of government: United States"),
        (actor("Bram Odo Quill"), actor("Bram Quill"), "without the middle name"),
        (actor("Norlandic Defence Ministry", ORG), actor("Norland", PLACE), None),
        (
            actor("Polish Defence Ministry", ORG),
            actor("Defence Ministry", ORG),
            "the only Defence Ministry of the story",
        ),
        (actor("the Courier's Ada Quill"), actor("Ada Quill"), "the same name"),
        (actor("World Health Organization", ORG), actor("WHO", ORG), "known as both"),
    ],
)
def test_a_join_says_why(first: Actor, second: Actor, reason: str | None) -> None:
    a, b = parties(first, second)
    assert (a.key == b.key) is (reason is not None)
    if reason is not None:
        both = [why(first, second), why(second, first)]
        assert any(reason in " ".join(reasons) for _, reasons in both), both
        assert all(0.0 < score <= 1.0 for score, _ in both)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (actor("Olga Tarskov"), actor("Olga Tarskova")),
        (actor("Quill & Sons", ORG), actor("Ada Quill")),
        (actor("Quill", ORG), actor("Ada Quill")),  # a firm and a person
        (actor("Ada Quill", role="former governor of Varn"), actor("Varn governor")),
        (actor("Ada Quill", role="governor of Ostrel"), actor("Varn governor")),
        (actor("Ada Quill", role="spokeswoman for the governor of Varn"), actor("Varn governor")),
        (actor("Polish Defence Ministry", ORG), actor("Czech Defence Ministry", ORG)),
        (actor("Warsaw", PLACE), actor("Prague", PLACE)),
        (actor("Polish Red Cross", ORG), actor("Red Cross", ORG)),
        (actor("Polish officials", GROUP), actor("Polish government", ORG)),
        (actor("Poland National Bank", ORG), actor("Poland", PLACE)),
        (actor("Ostrel Liberation Front", ORG), actor("Ostrel Freedom Front", ORG)),
        (actor("Georgia"), actor("Tbilisi", PLACE)),  # a woman of that name
        (actor("U.N.", ORG), actor("U.S.", PLACE)),
        (actor("Ada Quill", role="Varn mayor"), actor("Varn Major")),
        (actor("Justice Ministry", ORG), actor("Interior Ministry", ORG)),
        (actor("Bram Odo", ORG), actor("BO", ORG)),  # two letters are anybody's initials
        (actor("Marl CEO"), actor("CEO")),
        (actor("John Smith", role="mayor of Varn"), actor("John Smith", role="striker")),
        (actor("John Smith", role="mayor of Varn"), actor("John Smith", role="mayor of Ostrel")),
    ],
)
def test_strangers_stay_apart(first: Actor, second: Actor) -> None:
    a, b = parties(first, second)
    assert a.key != b.key


def test_a_name_that_could_mean_two_means_neither() -> None:
    ministries = parties(
        actor("Polish Defence Ministry", ORG), actor("Czech Defence Ministry", ORG), actor("Defence Ministry", ORG)
    )
    assert len({p.key for p in ministries}) == 3
    governors = parties(
        actor("Ada Quill", role="governor of Varn"), actor("Bram Odo", role="Varn governor"), actor("the Varn governor")
    )
    assert len({p.key for p in governors}) == 3
    initials = parties(actor("Bram Quill"), actor("Bea Quill"), actor("B. Quill"))
    assert len({p.key for p in initials}) == 3


def test_one_name_and_two_walks_of_life_are_two_people_and_who_says_neither_is_a_third() -> None:
    mayor, striker, again, bare = parties(
        actor("John Smith", role="mayor of Varn"),
        actor("John Smith", role="Varn striker"),
        actor("John Smith", role="Varn's mayor"),
        actor("John Smith"),
    )
    assert mayor.key == again.key
    assert len({mayor.key, striker.key, bare.key}) == 3


def test_one_life_told_in_one_report_joins_the_two() -> None:
    both = actor("John Smith", role="mayor of Varn and former striker")
    found = parties(actor("John Smith", role="mayor of Varn"), actor("John Smith", role="striker"), both)
    assert found[0].key == found[2].key


def test_two_spellings_in_one_report_are_two_people() -> None:
    one = in_one_report(actor("Bill Ferrowby"), actor("William Ferrowby"))
    assert len({p.key for p in bring_together([one]).values()}) == 2


def test_a_role_of_another_country_is_not_the_holder_of_this_report() -> None:
    one = in_one_report(actor("Ada Quill", role="Polish general"), actor("Czech general"))
    assert len({p.key for p in bring_together([one]).values()}) == 2
    one = in_one_report(actor("Ada Quill", role="Polish general"), actor("Polish general"))
    assert len({p.key for p in bring_together([one]).values()}) == 1


def test_a_surname_belongs_to_its_story_before_the_ledger() -> None:
    read = each_in_a_report([actor("Ada Quill"), actor("Quill"), actor("Bram Quill")])
    stories = {read[0].report: 0, read[1].report: 0, read[2].report: 1}
    found = find_parties(read, stories=stories).by_place
    keys = [found[x.report, x.statements[0].actor.id].key for x in read if x.statements[0].actor]
    assert keys[0] == keys[1] != keys[2]


def test_a_surname_is_who_bears_it_in_its_report_even_if_they_say_nothing_there() -> None:
    def mentions(read: Extraction, *names: str) -> Extraction:
        return replace(read, actors=tuple(ActorChain(actor(n), (Span(0, 1),), (n,)) for n in names))

    ada, bram, bare, both, alone = each_in_a_report(
        [actor("Ada Quill"), actor("Bram Quill"), actor("Quill"), actor("Quill"), actor("Quill")]
    )
    read = [ada, bram, mentions(bare, "Bram Quill"), mentions(both, "Ada Quill", "Bram Quill"), alone]
    found = find_parties(read)
    keys = [found.by_place[x.report, x.statements[0].actor.id].key for x in read if x.statements[0].actor]
    assert keys[2] == keys[1]
    assert len({keys[0], keys[1], keys[3], keys[4]}) == 4
    assert found.joined[bare.report, actor("Quill").id] == (0.95, ("called so in its report: Bram Quill",))


def test_a_first_name_or_somebody_introduced_anew_is_no_surname_of_another_story() -> None:
    read = each_in_a_report([actor("Ada Ahmed"), actor("Ahmed"), actor("Ada Quill"), actor("Quill", role="student")])
    found = find_parties(read, stories={x.report: n for n, x in enumerate(read)}).by_place
    assert len({p.key for p in found.values()}) == 4


def test_an_ally_of_a_government_is_not_that_government() -> None:
    ally, government = parties(
        actor("Czechia", PLACE, role="ally of the Polish government"), actor("Polish government", ORG)
    )
    assert same_party(ally, government) is None


# ---------------------------------------------------------------------------------------------------
# Affiliation


@pytest.mark.parametrize(
    ("who", "state"),
    [
        (actor("Ada Quill", role="Polish Defence Ministry spokeswoman"), "Poland"),
        (actor("Ada Quill", role="Poland's ambassador to the United States"), "Poland"),
        (actor("Ada Quill", role="Kremlin spokeswoman"), "Russia"),
        (actor("Polish Army", ORG), "Poland"),
        (actor("Warsaw", PLACE), "Poland"),
        (actor("Polish officials", GROUP), "Poland"),
        (actor("Ada Quill", role="Polish singer"), None),
        (actor("Ada Quill", role="boxer who boxed for Poland"), None),
        (actor("Ada Quill", role="UK journalist"), None),
        (actor("Ada Quill", role="vice president of Gulf of Poland Exploration"), None),
        (actor("Ada Quill", role="captain of the Polish border service"), "Poland"),
        (actor("Ministry of Defence of Poland", ORG), "Poland"),
        (actor("Ada Quill", role="former Polish president"), None),
        (actor("Ada Quill", role="leader of a Polish opposition group"), None),
        (actor("Polish Volunteer Corps", GROUP), None),
        (actor("Ada Quill", role="contractor for the Polish army"), None),
        (actor("Ada Quill", role="representative of the Warsaw-based Czech Opposition Centre"), None),
        (actor("Ada Quill", role="governor"), None),
        (actor("Ada Quill"), None),
    ],
)
def test_the_state_an_actor_belongs_to(who: Actor, state: str | None) -> None:
    [party] = parties(who)
    assert party.state == state


def test_the_state_of_a_body_is_the_state_of_who_speaks_for_it() -> None:
    spokesman, _, _ = parties(
        actor("Olen Marsk", role="Defence Ministry spokesman"),
        actor("Polish Defence Ministry", ORG),
        actor("Defence Ministry", ORG),
    )
    assert spokesman.state is None  # in a report of its own nobody told which one
    read = in_one_report(
        actor("Polish Defence Ministry", ORG),
        actor("Defence Ministry", ORG),
        actor("Olen Marsk", role="Defence Ministry spokesman"),
    )
    found = {p.name: p.state for p in bring_together([read]).values()}
    assert found == {"Polish Defence Ministry": "Poland", "Olen Marsk": "Poland"}


def test_an_invented_country_is_a_state_where_its_government_acts() -> None:
    ministry, place, _ = parties(
        actor("Norlandic Defence Ministry", ORG), actor("Norland", PLACE), actor("Ostrel", PLACE)
    )
    assert ministry.state == place.state == "Norland"


def test_a_journalist_of_a_country_does_not_speak_for_its_government() -> None:
    journalist, minister = parties(
        actor("Ada Quill", role="UK journalist"), actor("Bram Odo", role="UK Defence Secretary")
    )
    assert same_party(journalist, minister) is None


def test_two_states_defence_ministries_are_no_one_body() -> None:
    a, b = parties(
        actor("Ada Quill", role="Polish Defence Ministry spokeswoman"),
        actor("Bram Odo", role="Czech defence ministry spokesman"),
    )
    assert same_party(a, b) is None


# ---------------------------------------------------------------------------------------------------
# What people decide


def judged(*rows: tuple[Verdict, str, str | None]) -> Judged:
    made = [
        Judgement(f"j-{n}", verdict, subject, other, None, "Ilse", f"2031-04-0{n + 1}T00:00:00Z")
        for n, (verdict, subject, other) in enumerate(rows)
    ]
    return read_judgements(made)


def keys_under(decided: Judged, *actors: Actor) -> list[str]:
    read = each_in_a_report(actors)
    found = find_parties(read, judged=decided).by_place
    return [found[x.report, one.id].key for x, one in zip(read, actors, strict=True)]


ADA, BRAM, BARE = actor("Ada Quill"), actor("Bram Quill"), actor("Quill")
MERGED = (Verdict.MERGE, "actor:Ada Quill", "actor:Quill")


def test_a_person_joins_what_the_rules_leave_apart() -> None:
    a, b, bare = keys_under(judged(MERGED), ADA, BRAM, BARE)
    assert a == bare != b


def test_a_person_parts_what_the_rules_join() -> None:
    a, bare = keys_under(judged((Verdict.SPLIT, "actor:Quill", "actor:Ada Quill")), ADA, BARE)
    assert a != bare


def test_the_last_word_of_a_person_counts() -> None:
    split = (Verdict.SPLIT, "actor:Quill", "actor:Ada Quill")
    a, bare = keys_under(judged(split, MERGED), ADA, BARE)
    assert a == bare
    a, bare = keys_under(judged(MERGED, split), ADA, BARE)
    assert a != bare


def test_a_judgement_is_undone_by_rejecting_it_and_that_can_be_undone_too() -> None:
    undo, redo = (Verdict.REJECT, "j-0", None), (Verdict.REJECT, "j-1", None)
    assert len(set(keys_under(judged(MERGED, undo), ADA, BRAM, BARE))) == 3
    assert len(set(keys_under(judged(MERGED, undo, redo), ADA, BRAM, BARE))) == 2


def test_one_name_in_two_reports_can_be_parted_and_the_rest_stays() -> None:
    read = each_in_a_report([ADA, ADA, ADA])
    subjects = [f"actor:Ada Quill@{x.report}" for x in read]
    found = find_parties(read, judged=judged((Verdict.SPLIT, subjects[0], subjects[1]))).by_place
    keys = [found[x.report, ADA.id].key for x in read]
    assert keys[0] != keys[1]
    assert keys[2] in keys[:2]


def test_a_join_of_a_person_says_whose() -> None:
    read = each_in_a_report([ADA, BRAM, BARE])
    found = find_parties(read, judged=judged(MERGED))
    assert found.joined[read[2].report, BARE.id] == (1.0, ("joined by Ilse",))


# ---------------------------------------------------------------------------------------------------
# Laws

CAST = (
    actor("Ada Quill", role="governor of Varn"),
    actor("Bram Quill"),
    actor("Quill"),
    actor("the Varn governor"),
    actor("Freedom of Poland Legion", GROUP),
    actor("Liberty Legion for Poland", GROUP),
    actor("Warsaw", PLACE),
    actor("Poland", PLACE),
    actor("Polish Defence Ministry", ORG),
    actor("Defence Ministry", ORG),
    actor("Orhan Qaddarin", role="Polish Defence Ministry spokesman"),
    actor("Orhan Kadharin"),
    actor("Qaddarin"),
    actor("John Smith", role="mayor of Varn"),
    actor("John Smith", role="striker"),
    actor("John Smith"),
    actor("officials", GROUP),
)
READ = each_in_a_report(CAST)


def _sortable(found: Parties) -> list[tuple[object, ...]]:
    return sorted(
        (*place, p.key, p.name, sorted(p.bodies), p.state or "", *found.joined[place])
        for place, p in found.by_place.items()
    )


@settings(max_examples=30, deadline=None)
@given(st.permutations(range(len(READ))))
def test_any_order_of_arrival_gives_the_same_actors(order: list[int]) -> None:
    assert _sortable(find_parties([READ[n] for n in order])) == _sortable(find_parties(READ))


@settings(max_examples=40, deadline=None)
@given(st.sets(st.integers(0, len(READ) - 1), min_size=1))
def test_every_actor_has_one_party_with_a_reason(chosen: set[int]) -> None:
    read = [READ[n] for n in sorted(chosen)]
    found = find_parties(read)
    places = {(x.report, s.actor.id) for x in read for s in x.statements if s.actor}
    assert set(found.by_place) == set(found.joined) == places
    assert sorted(m.place for members in found.members.values() for m in members) == sorted(places)
    assert all(reasons and 0 < score <= 1 for score, reasons in found.joined.values())
    assert len({p.key for p in found.by_place.values()}) == len(found.members)


def test_thousands_of_actors_take_a_moment() -> None:
    """Candidates are found by keys: ten times the actors never take a hundred times as long."""
    from time import perf_counter

    def seconds(size: int) -> float:
        many = [actor(f"Ada{n} Quill{n % (size // 2)}", role="governor of Varn") for n in range(size)]
        many += [actor(f"Quill{n}") for n in range(size)] + [actor(f"Varn{n} Council", ORG) for n in range(size)]
        read = each_in_a_report(many)
        start = perf_counter()
        find_parties(read)
        return perf_counter() - start

    small = seconds(200)
    assert seconds(2000) < 40 * small + 1.0
