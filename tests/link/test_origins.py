"""Which reports go back to one another, and how many independent origins a claim has."""

from __future__ import annotations

import itertools

import pytest

from sayso.link.credits import credited_by_form
from sayso.link.judged import read_judgements
from sayso.link.origins import derivation_groups, find_origins, is_family_only
from sayso.link.publishers import Publishers
from sayso.link.told import read_statements
from sayso.link.utterances import claim_origins
from sayso.model import ActorType, EdgeKind, Judgement, Origin, Report, Verdict
from tests.link.factories import actor, extraction, report, says

WIRE = (
    "A coal barge struck the pier of the old toll bridge at Varn on Tuesday morning, and the middle span came down within "
    "minutes while the tug that had pushed it stood by, its crew said.",
    "The harbour master, who watched it from the quay, said that nobody had been on the span and that divers would look at "
    "the footing as soon as the current allowed, which he did not expect before the weekend.",
)
REWORDED = (
    "A coal barge struck the pier of the old toll bridge at Varn, and the central section fell not long afterwards, "
    "said the men on board the tug.",
    "The man in charge of the harbour said that nobody had been on the span and that divers would look at the foundations "
    "when the river is calmer.",
)
OTHER = (
    "Council workers in Dorn have gone on strike over their pay, and the schools of the town will stay shut until at least "
    "the end of the month, a union leader told a crowd outside the town hall.",
)
MENU = "Subscribe to our morning letter and read the stories that matter most to the people who live along the river."


def groups(*reports: Report) -> list[set[str | None]]:
    names = {r.id: r.outlet for r in reports}
    return sorted(({names[i] for i in o.reports} for o in find_origins(reports, {})), key=lambda g: sorted(map(str, g)))


def only(*reports: Report) -> Origin:
    [origin] = find_origins(reports, {})
    return origin


def test_a_copy_derives_from_the_earlier() -> None:
    first = report(*WIRE, outlet="Norwire", published="2031-04-02")
    second = report(*WIRE, outlet="Copy Daily", published="2031-04-03")
    [edge] = only(second, first).edges
    assert (edge.kind, edge.derived, edge.base) == (EdgeKind.COPY, second.id, first.id)
    assert any("100%" in reason for reason in edge.reasons)


def test_a_rewording_is_one_origin() -> None:
    edge = only(report(*WIRE, outlet="A"), report(*REWORDED, outlet="B", published="2031-04-03")).edges[0]
    assert edge.kind is EdgeKind.REWORD


def test_another_story_is_another_origin() -> None:
    assert groups(report(*WIRE, outlet="A"), report(*OTHER, outlet="B")) == [{"A"}, {"B"}]


def test_furniture_joins_nobody() -> None:
    stories = [
        f"The {what} of Varn was opened again on Monday by the mayor." for what in ("mill", "fair", "lock", "baths")
    ]
    reports = [
        report(story, MENU, outlet="Varn Post", published=f"2031-04-0{n + 1}") for n, story in enumerate(stories)
    ]
    assert {e.kind for e in only(*reports).edges} == {EdgeKind.FAMILY}  # one outlet's, and nothing of their texts


def test_one_outlets_own_reports_are_one_origin_by_a_chain() -> None:
    days = [
        report(f"On day {n} the ferry of Varn lay in the harbour.", outlet="Varn Post", published=f"2031-04-0{n}")
        for n in range(1, 5)
    ]
    origin = only(*days)
    assert [
        (e.derived, e.base)
        for e in sorted(origin.edges, key=lambda e: days.index(next(d for d in days if d.id == e.derived)))
    ] == [(late.id, early.id) for early, late in itertools.pairwise(days)]
    assert all(is_family_only(e) for e in origin.edges)
    assert set(derivation_groups([d.id for d in days], []).values()) == {d.id for d in days}


def test_what_an_outlet_took_from_another_does_not_join_the_two_outlets() -> None:
    wire = report(*WIRE, outlet="Norwire")
    copied = report(*WIRE, outlet="Varn Post", published="2031-04-03")
    own = report(*OTHER, outlet="Varn Post", published="2031-04-04")
    assert groups(wire, copied, own) == [{"Norwire", "Varn Post"}, {"Varn Post"}]
    assert {len(o.reports) for o in find_origins([wire, copied, own], {})} == {1, 2}


def test_an_outlet_that_goes_on_derives_from_nobody_who_copied_it() -> None:
    first = report(*WIRE, outlet="Norwire", published="2031-04-02")
    copied = report(*WIRE, outlet="Copy Daily", published="2031-04-03", byline="Norwire")
    later = report(*WIRE, "A crane was on its way on Thursday.", outlet="Norwire", published="2031-04-04")
    derived = {e.derived for o in find_origins([first, copied, later], {}) for e in o.edges if e.base == copied.id}
    assert later.id not in derived


def test_two_versions_of_a_page_are_one_origin() -> None:
    versions = [report(text, outlet="A", url="https://a.example/1") for text in ("The bridge fell.", "A span fell.")]
    assert only(*versions).edges[0].reasons[0] == "two versions of one page"


def test_a_forward_names_its_base() -> None:
    base = report("Shells are falling on the eastern bank, stay in your cellars tonight.", outlet="Varn Watch")
    forward = report(
        "Shells are falling on the eastern bank, stay in your cellars tonight.", outlet="River Chat", published="2031-04-01",
        forwarded_from="Varn Watch",
    )  # fmt: skip
    [edge] = only(base, forward).edges
    assert (edge.kind, edge.derived, edge.base) == (EdgeKind.FORWARD, forward.id, base.id)


def test_every_report_is_in_exactly_one_origin() -> None:
    reports = [
        report(*WIRE, outlet="A"),
        report(*WIRE, outlet="B"),
        report(*OTHER, outlet="C"),
        report(MENU, outlet="D"),
    ]
    found = [i for o in find_origins(reports, {}) for i in o.reports]
    assert sorted(found) == sorted(r.id for r in reports)


QUILL, MARSK = actor("Ada Quill"), actor("Olen Marsk")
CROWD = actor("officials", ActorType.GROUP)


@pytest.mark.parametrize(
    ("speakers", "relays", "count"),
    [
        ((QUILL, QUILL), (None, None), 1),  # one actor in two outlets
        ((QUILL, MARSK), (None, None), 2),
        ((None, None), (None, None), 2),  # two outlets in their own voice
        ((None, None), ("Norwire", "Norwire"), 1),  # through one agency
        ((QUILL, MARSK), ("Norwire", "Norwire"), 1),
        ((CROWD, CROWD), (None, None), 1),  # unnamed: when unsure, dependent
        ((QUILL, CROWD), (None, None), 1),
        (
            (actor("Varn Food Programme", ActorType.ORGANIZATION), actor("Food Programme", ActorType.ORGANIZATION)),
            (None,) * 2,
            1,
        ),
    ],
)
def test_independent_ways_of_knowing(speakers: tuple[object, ...], relays: tuple[str | None, ...], count: int) -> None:
    reports, read = {}, []
    for n, (speaker, relay) in enumerate(zip(speakers, relays, strict=True)):
        where = report("The middle span is gone.", outlet=f"Outlet {n}")
        reports[where.id] = where
        read.append(extraction(where, says(where, "The middle span is gone", speaker, relay=relay)))  # type: ignore[arg-type]
    told = read_statements(reports, read)
    found = claim_origins(told, {identifier: identifier for identifier in reports})
    assert len(found) == count
    assert all(origin.reasons for origin in found)


def test_one_quotation_under_two_names_is_one_utterance() -> None:
    words = "we shall not leave the weir before every boat is back at its own mooring"
    reports, read = {}, []
    for n, speaker in enumerate((QUILL, MARSK)):
        where = report(f"{speaker.name} said: {words}.", outlet=f"Outlet {n}")
        reports[where.id] = where
        read.append(extraction(where, says(where, words, speaker)))
    assert len(claim_origins(read_statements(reports, read), {})) == 1


@pytest.mark.parametrize(("reports", "count"), [(1, 2), (2, 1)])
def test_one_outlet_is_one_origin_unless_one_report_names_two(reports: int, count: int) -> None:
    sentences = ("Ada Quill said the weir had burst overnight.", "Olen Marsk said that in the night the weir burst.")
    made = [report(*sentences)] if reports == 1 else [report(sentence) for sentence in sentences]
    pairs = [
        (made[0], says(made[0], "the weir had burst overnight", QUILL)),
        (made[-1], says(made[-1], "in the night the weir burst", MARSK)),
    ]
    read = [extraction(where, *(s for w, s in pairs if w is where)) for where in made]
    assert len(claim_origins(read_statements({r.id: r for r in made}, read), {})) == count


def test_an_outlet_counts_no_dead_by_itself() -> None:
    first, second = report("Ada Quill said nine died.", outlet="A"), report("Nine died.", outlet="B")
    read = [extraction(first, says(first, "nine died", QUILL)), extraction(second, says(second, "Nine died"))]
    told = read_statements({first.id: first, second.id: second}, read)
    assert len(claim_origins(told, {}, figure=True)) == 1
    assert len(claim_origins(told, {})) == 2


@pytest.mark.parametrize(
    ("outlets", "value", "count"),
    [
        (("Daily Mirror", "Daily Express"), None, 1),  # one publisher, as the shipped table has it
        (("Daily Mirror", "The Varn Post"), None, 2),
        (("Daily Mirror", "The Varn Post"), "family: Reach", 1),  # as a person says
        (("Daily Mirror", "Daily Express"), "family: none", 2),
    ],
)
def test_outlets_of_one_publisher_are_one_way_of_knowing(
    outlets: tuple[str, str], value: str | None, count: int
) -> None:
    made = [report("The middle span is gone.", outlet=outlet) for outlet in outlets]
    said = [
        Judgement("j-1", Verdict.CORRECT, f"outlet:{outlets[1]}", None, value, "Mo", "2031-04-03T00:00:00Z")
        for _ in filter(None, [value])
    ]
    publishers = Publishers(read_judgements(said))
    told = read_statements({r.id: r for r in made}, [extraction(r, says(r, "The middle span is gone")) for r in made])
    assert len(claim_origins(told, {}, publishers=publishers)) == count
    assert (
        len(
            find_origins(
                [report(f"{o} was there on day {n}.", outlet=o) for n, o in enumerate(outlets)],
                {},
                judged=read_judgements(said),
            )
        )
        == count
    )


def test_a_bare_word_for_news_is_no_ones_outlet() -> None:
    assert Publishers().of("News") is None
    assert Publishers().of(None) is None


@pytest.mark.parametrize(
    ("last", "credited"),
    [
        ("The Associated Press contributed to this report.", {"ap"}),
        ("Reporting by the Associated Press", {"ap"}),
        ("Agence France-Presse contributed reporting.", {"afp"}),
        ("Volunteers contributed to this dam.", set()),
    ],
)
def test_an_agency_is_credited_by_its_full_name(last: str, credited: set[str]) -> None:
    assert credited_by_form(report("The weir burst.", "Nobody was hurt.", last)) == credited
