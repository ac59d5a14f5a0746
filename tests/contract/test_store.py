"""What every store must do, asked of each backend."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Iterator

import numpy as np
import pytest

from sayso.errors import UsageError
from sayso.model import (
    Act,
    Actor,
    ActorChain,
    ActorType,
    Block,
    BlockKind,
    Captured,
    Certainty,
    Edge,
    EdgeKind,
    Event,
    Extraction,
    Gist,
    Hedge,
    Hop,
    HopKind,
    Instant,
    Judgement,
    Kind,
    Linked,
    Measure,
    Modality,
    Origin,
    PlaceMention,
    Precision,
    Problem,
    Quantity,
    Report,
    Said,
    Span,
    Statement,
    Status,
    TimeMention,
    Verdict,
)
from sayso.store import Entry, Noted, Pending, Store, open_store
from tests.store.making import captured, extract, file_all, link, reading, save_linked

BACKENDS: dict[str, Callable[[pytest.FixtureRequest], str]] = {
    "sqlite file": lambda request: str(request.getfixturevalue("tmp_path") / "ledger.db"),
    "sqlite in memory": lambda request: "sqlite://",
    "postgresql": lambda request: str(request.getfixturevalue("postgres_url")),
}


@pytest.fixture(params=list(BACKENDS))
def store(request: pytest.FixtureRequest) -> Iterator[Store]:
    opened = open_store(BACKENDS[request.param](request), create=True)
    yield opened
    opened.close()


def entry(each: Captured, *, reader: str = "made-1") -> Entry:
    return Entry(each, reading(each.report), reader)


def fill(store: Store, *texts: str) -> list[Report]:
    """Reports of these texts, stored and linked."""
    everything = [captured(text) for text in texts]
    store.add([entry(each) for each in everything])
    reports = list(store.reports())
    file_all(store)
    save_linked(store, link(reports, list(store.extractions()), judgements=store.judgements()))
    return [each.report for each in everything]


def rich() -> Entry:
    """A report and an extraction in which every field holds something."""
    text = "Ödrun 🜁 said at least 12 miners died near Kelm, according to Wire.\nNo end to “this"
    bare = captured(text, url="https://post.example/1?a=b&c=d", published="2031-03-04", edited="2031-03-05")
    report = dataclasses.replace(
        bare.report,
        title="Mine\0 fire",
        byline="Ann Ode",
        language="en",
        forwarded_from="a channel",
        reply_to="17",
        blocks=(Block(BlockKind.HEADLINE, Span(0, 5)), Block(BlockKind.QUOTE, Span(5, 9))),
        problems=(Problem("odd \0 bytes", "here", "none"),),
        capture=dataclasses.replace(bare.report.capture, container_sha256="0" * 64, locator="line 3"),
    )
    spans = {"source": (Span(0, 7),), "cue": (Span(8, 12),), "content": (Span(13, 20), Span(22, 30))}
    place = PlaceMention(Span(44, 48), "Kelm", 1.5, -2.25, 3.0, "g:1", ("Ode", "Tarn"))
    statement = Statement(
        id=Statement.make_id(report=report.id, **spans),
        report=report.id,
        kind=Kind.MIXED,
        act=Act.CONFIRM,
        negated=True,
        hedge=Hedge("at least", Span(13, 21), "likely"),
        actor=Actor("a-x", "Ödrun", ActorType.PERSON, "mayor"),
        relay=(Hop("Wire", HopKind.AGENCY, Span(63, 67)),),
        medium="telegram",
        audience=Span(5, 9),
        said=Said("2031-03-04", Precision.DAY, Span(1, 2)),
        said_in=place,
        happened=(Said("2031", Precision.YEAR, Span(2, 3)),),
        places=(place,),
        quantities=(Quantity(Span(22, 24), 12, 12.5, None, None, "miners", True, Measure.KILLED),),
        events=(
            Event(
                Span(32, 36),
                "die",
                Span(22, 31),
                Span(22, 24),
                Span(44, 48),
                Span(1, 2),
                Span(22, 24),
                True,
                Modality.PREDICTED,
                Certainty.OPEN,
                Span(13, 21),
            ),
        ),
        confidence=0.75,
        **spans,
    )
    extraction = Extraction(
        report.id,
        (statement,),
        times=(TimeMention(Span(1, 3), "DATE", "2031", None, "2031-12-31", Precision.YEAR),),
        places=(place,),
        actors=(ActorChain(Actor("a-x", "Ödrun", ActorType.PERSON), (Span(0, 5),), ("Ödrun", "she")),),
        problems=(Problem("a", "b", "c"),),
    )
    return Entry(Captured(report, bare.raw), extraction, "made-1")


def test_what_is_stored_comes_back_as_it_was(store: Store) -> None:
    given = rich()
    report = given.captured.report
    assert store.add([given]) == (report.id,)
    assert store.report(report.id) == report
    assert list(store.reports()) == [report]
    assert store.raw(report.id) == given.captured.raw
    assert store.extraction(report.id) == given.extraction
    assert list(store.extractions()) == [given.extraction]
    assert store.statement(given.extraction.statements[0].id) == given.extraction.statements[0]
    assert store.at_url("https://post.example/1?a=b&c=d") == (report,)
    assert store.readers() == {report.id: "made-1"}
    assert store.verify() == ()


def test_what_is_not_there_is_none(store: Store) -> None:
    assert store.report("r-none") is None
    assert store.raw("r-none") is None
    assert store.extraction("r-none") is None
    assert store.statement("s-none") is None
    assert store.actor("a-none") is None
    assert store.derived.linker() is None
    assert store.derived.linked() == Linked((), (), (), ())
    assert store.verify() == ()


def test_the_same_report_again_changes_nothing(store: Store) -> None:
    first, second = captured("Ada said it rains."), captured("Bo said it snows.")
    assert store.add([entry(first), entry(first)]) == (first.report.id,)
    before = store.stats()
    assert store.add([entry(first)]) == ()
    assert store.stats() == before
    assert store.add([entry(first), entry(second)]) == (second.report.id,)
    assert store.known([first.report.id, "r-none"]) == {first.report.id}


def test_two_reports_of_the_same_bytes_share_them(store: Store) -> None:
    one, two = captured("Ada said it rains.", outlet="A"), captured("Ada said it rains.", outlet="B")
    store.add([entry(one), entry(two)])
    assert (store.stats().reports, store.stats().blobs) == (2, 1)
    assert store.raw(one.report.id) == store.raw(two.report.id) == one.raw


def test_a_batch_lands_whole_or_not_at_all(store: Store) -> None:
    good, bad = captured("Ada said it rains."), captured("Bo said it snows.")
    wrong = Entry(Captured(bad.report, b"other bytes"), reading(bad.report), "made-1")
    before = store.stats()
    with pytest.raises(ValueError, match="sha256"):
        store.add([entry(good), wrong])
    assert store.stats() == before
    assert store.report(good.report.id) is None
    assert store.search("rains", limit=5) == ()


def test_many_reports_come_by_id(store: Store) -> None:
    everything = [captured(f"Ada said {n} fell.") for n in range(450)]
    store.add([entry(each) for each in everything])
    assert [report.id for report in store.reports()] == sorted(each.report.id for each in everything)
    assert [e.report for e in store.extractions()] == sorted(each.report.id for each in everything)
    assert len(store.known([each.report.id for each in everything])) == 450


def test_a_later_reading_counts_and_the_earlier_stays(store: Store) -> None:
    each = captured("Ada said it rains. Bo said it snows.")
    whole = reading(each.report)
    part = dataclasses.replace(whole, statements=whole.statements[1:])
    store.add([Entry(each, whole, "made-1")])
    file_all(store)
    store.add_extractions([part], reader="made-2")
    assert store.extraction(each.report.id) == part
    assert [s.id for s in store.statements()] == [part.statements[0].id]
    assert store.statement(whole.statements[0].id) is None
    assert store.search("rains", limit=5)[0].statement is None, "only the report still holds the word"
    assert store.readers() == {each.report.id: "made-2"}
    assert store.derived.pending() == Pending(reports=(each.report.id,)), "it must be linked again"
    assert store.ids("s-", limit=9) == (part.statements[0].id,)
    assert store.verify() == ()


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, ["it rains", "12 fell", "it snows"]),
        ({"actor": "ada"}, ["it rains", "12 fell"]),
        ({"actor": Actor.make_id(name_key="bo")}, ["it snows"]),
        ({"outlet": "Two"}, ["it snows"]),
        ({"act": Act.DENY}, []),
        ({"kind": Kind.INDIRECT, "actor": "Bo"}, ["it snows"]),
        ({"actor": "x' OR 'a' = 'a"}, []),
    ],
)
def test_statements_are_chosen(store: Store, asked: dict[str, str], expected: list[str]) -> None:
    one, two = (
        captured("Ada said it rains. Ada said 12 fell.", outlet="One"),
        captured("Bo said it snows.", outlet="Two"),
    )
    store.add([entry(one), entry(two)])
    texts = {one.report.id: one.report.text, two.report.id: two.report.text}
    found = [s.content[0].of(texts[s.report]) for s in store.statements(**asked)]  # type: ignore[arg-type]
    assert sorted(found) == sorted(expected)


def test_the_statements_of_a_report_come_as_they_stand(store: Store) -> None:
    each = captured("Ada said b. Ada said a. Bo said c.")
    store.add([entry(each)])
    assert tuple(store.statements(report=each.report.id)) == reading(each.report).statements


def test_linked_comes_back_as_it_was(store: Store) -> None:
    reports = fill(store, "Ada said 3 fell.", "Bo said 4 fell.", "Cy said it rains.", "Dee said it rains.")
    made = link(sorted(reports, key=lambda r: r.id), list(store.extractions()))
    origin = Origin(
        made.origins[0].id,
        made.origins[0].reports,
        (Edge(reports[0].id, reports[1].id, EdgeKind.QUOTE, 1, ("for a reason", "and another")),),
    )
    claim = dataclasses.replace(made.claims[0], unverified_by=made.claims[1].statements, sides=("b", "a"))
    question = dataclasses.replace(made.questions[0], asked_by=("s-2", "s-1"), open=True)
    given = Linked(
        (*made.origins[1:], origin),
        (*made.questions[1:], question),
        (*made.claims[1:], claim),
        made.relations,
    )
    assert given.relations
    save_linked(store, given)
    assert store.derived.linked() == given
    assert store.stats().claims == len(given.claims)


def test_linked_of_another_set_is_not_saved(store: Store) -> None:
    fill(store, "Ada said 3 fell.")
    (story,) = store.derived.stories()
    store.add([entry(captured("Bo said 4 fell."))])
    file_all(store)
    assert not store.derived.save(story, Linked((), (), (), ()))
    assert [each.stale for each in store.derived.stories()] == [True]


def test_what_comes_in_is_pending_until_it_is_filed(store: Store) -> None:
    store.derived.forget("made-1")
    one, two = captured("Ada said 3 fell."), captured("Bo said 4 fell.")
    store.add([entry(one), entry(two)])
    first, second = sorted((one.report.id, two.report.id))
    assert store.derived.pending() == Pending((first, second))
    assert store.derived.pending(limit=1) == Pending((first,))
    store.derived.settle(Pending((first,)))
    assert store.derived.pending() == Pending((second,))
    store.derived.forget("made-2")
    assert store.derived.linker() == "made-2"
    assert store.derived.pending() == Pending((first, second))


def gist(report: str, day: float | None, *keys: str) -> Gist:
    return Gist(report, day, (("word", 1.0),), keys)


def test_reports_are_found_by_their_keys_and_days(store: Store) -> None:
    ids = [each.report.id for each in map(captured, ("Ada.", "Bo.", "Cy.", "Dee."))]
    store.add([entry(captured(text)) for text in ("Ada.", "Bo.", "Cy.", "Dee.")])
    a, b, c, d = ids
    gists = [gist(a, 10.0, "x", "y"), gist(b, 14.0, "y"), gist(c, None, "y", "x"), gist(d, 90.0, "x")]
    store.derived.file(gists, {}, {a: a, b: b, c: c, d: d})
    assert store.derived.gists([a, c]) == {a: gists[0], c: gists[2]}
    partners = {report for held in store.derived.partners(gist("r-new", 12.0, "x", "y"), days=5) for report in held}
    assert partners == {a, b, c}
    assert {i for held in store.derived.partners(gist("r-new", None, "x"), days=5) for i in held} == {a, c, d}
    assert [story.id for story in store.derived.stories()] == [c, a, b, d], "by day, those without one first"
    store.derived.file([gist(b, 14.0, "z")], {}, {b: b})
    assert store.derived.partners(gist("r-new", 14.0, "y"), days=1) == [(c,)], "an old key finds nothing"


def test_stories_that_join_hold_nothing_until_they_are_linked(store: Store) -> None:
    one, two = captured("Ada said 3 fell."), captured("Bo said 3 fell.")
    store.add([entry(one), entry(two)])
    a, b = sorted((one.report.id, two.report.id))
    store.derived.file([gist(a, 1.0, "x"), gist(b, 2.0, "x")], {}, {a: a, b: b})
    for story in store.derived.stories():
        (reports,) = store.derived.members([story.id]).values()
        made = link(list(store.reports(reports)), list(store.extractions(reports)))
        assert store.derived.save(story, dataclasses.replace(made, questions=(), claims=(), relations=()))
    assert len(store.derived.linked().origins) == 2
    assert store.derived.stories(stale=True) == ()
    store.derived.file([], {}, {a: a, b: a})
    assert [(story.id, story.stale) for story in store.derived.stories()] == [(a, True)]
    assert store.derived.members([a]) == {a: (a, b)}
    assert store.derived.stories_of([a, b]) == {a: a, b: a}
    assert store.derived.linked() == Linked((), (), (), ())


def test_where_a_record_is_at_home(store: Store) -> None:
    one = captured("Ada said 3 fell.")
    store.add([entry(one)])
    store.derived.file([gist(one.report.id, 1.0, "x")], {}, {one.report.id: "y-one"})
    made = link(list(store.reports()), list(store.extractions()))
    (shelf,) = store.derived.stories()
    assert store.derived.save(shelf, made)
    ids = [one.report.id, made.origins[0].id, made.questions[0].id, made.claims[0].id, "y-one"]
    assert [store.derived.home(i) for i in ids] == ["y-one"] * 5
    assert [store.derived.home(i) for i in ("r-none", "c-none", "j-none", "", "'; DROP TABLE claims; --")] == [None] * 5


def test_statements_have_the_statuses_of_the_claims_that_rest_on_them(store: Store) -> None:
    reports = fill(store, "Ada said the dam held 3 hours. Bo said the dam held 5 hours. Cy said it rained.")
    asked = [statement.id for statement in reading(reports[0]).statements]
    found = store.derived.statuses([*asked, "s-none"])
    assert [found[each] for each in asked] == [{Status.DISPUTED}, {Status.DISPUTED}, {Status.REPORTED}]
    assert store.derived.statuses([]) == {}


def test_the_head_is_the_last_row_and_the_journal_goes_on_after_it(store: Store) -> None:
    before = store.head()
    assert before == store.stats().journal_head
    store.add([entry(captured("Ada said 3 fell."))])
    assert store.head() != before
    rows = list(store.journal(after=before))
    assert [row.kind for row in rows] == ["report", "extraction"]
    assert rows[-1].hash == store.head()


def test_furniture_is_noted_and_forgotten(store: Store) -> None:
    ids = sorted(each.report.id for each in map(captured, ("Ada.", "Bo.", "Cy.")))
    store.add([entry(captured(text)) for text in ("Ada.", "Bo.", "Cy.")])
    keys = {ids[0]: ["p", "q"], ids[1]: ["p"], ids[2]: ["p"]}
    store.derived.file([gist(i, None, "x") for i in ids], keys, {ids[0]: ids[0], ids[1]: ids[0], ids[2]: ids[2]})
    assert store.derived.printed_in(["p", "q"], enough=-1) == {"p": {ids[0], ids[2]}, "q": {ids[0]}}
    assert {key: len(found) for key, found in store.derived.printed_in(["p"], enough=1).items()} == {"p": 1}
    store.derived.note_furniture({"p": True, "q": False})
    assert store.derived.furniture(["p", "q"]) == {"p"}
    store.derived.note_furniture({"p": False})
    assert store.derived.furniture(["p", "q"]) == frozenset()


def test_judgements_are_appended(store: Store) -> None:
    fill(store, "Ada said 3 fell.")
    late = Judgement("j-1", Verdict.NOTE, "c-1", None, "look again", "Mo", "2031-02-02T00:00:00Z")
    early = Judgement("j-2", Verdict.MERGE, "c-1", "c-2", None, "Mo", "2031-01-01T00:00:00Z")
    for judgement in (late, early, late):
        store.judge(judgement)
    assert store.judgements() == (early, late)
    assert store.derived.pending() == Pending(judgements=("j-2", "j-1")), "they must be obeyed"
    assert store.verify() == ()


def test_vectors_are_kept_per_model(store: Store) -> None:
    row = np.array([0.25, -1.0, 3e-8], dtype=np.float32)
    store.derived.save_vectors("small", {"k1": row})
    store.derived.save_vectors("small", {"k1": row * 2})
    assert store.derived.vectors("large", ["k1"]) == {}
    found = store.derived.vectors("small", ["k1", "k2"])
    assert list(found) == ["k1"]
    assert found["k1"].dtype == np.float32
    assert found["k1"].tolist() == row.tolist()


SEARCHED = "Storm at Kelm\n\nAda said the bridges of Kelm fell. “It’s over,” Bo said nothing is safe."


@pytest.mark.parametrize(
    ("query", "statements", "marked"),
    [
        ("bridge", 1, ["bridges"]),  # by its stem
        ("KELM fell", 1, ["Kelm", "fell"]),
        ('"of kelm"', 1, ["of", "Kelm"]),
        ('"kelm of"', 0, []),
        ("storm", 0, ["Storm"]),
        ("ada", 1, []),  # only the actor's name
        ("bridge AND NOT fell", 0, []),
        ("missing", 0, []),
    ],
)
def test_search_finds_words_and_where_they_stand(store: Store, query: str, statements: int, marked: list[str]) -> None:
    each = captured(SEARCHED)
    store.add([entry(each)])
    hits = store.search(query, limit=5)
    assert sum(hit.statement is not None for hit in hits) == statements
    found = [mark.of(SEARCHED) for hit in hits for mark in hit.marks]
    assert [word for phrase in found for word in phrase.split()] == marked
    for hit in hits:
        assert hit.words == hit.snippet.of(SEARCHED)
        assert all(hit.snippet.contains(mark) for mark in hit.marks)


@pytest.mark.parametrize(
    "query",
    [
        '"',
        'a"b',
        "text:x",
        "NEAR(a b)",
        "a*",
        "-a",
        "^a",
        "(",
        "a OR",
        "{a b}: c",
        "x'; DROP TABLE reports; --",
        "a\0b",
    ],
)
def test_what_was_typed_is_only_words(store: Store, query: str) -> None:
    store.add([entry(captured(SEARCHED))])
    if any(letter.isalnum() for letter in query):
        assert store.search(query, limit=5) == ()
    else:
        with pytest.raises(UsageError, match="no word"):
            store.search(query, limit=5)
    assert store.stats().reports == 1


def test_a_text_that_holds_the_marks_of_the_search_gets_none(store: Store) -> None:
    text = "Ada said the \x02\ue000on\x03bridge fell."
    store.add([entry(captured(text))])
    (hit,) = store.search("bridge", limit=5)
    assert hit.marks == ()


@pytest.mark.parametrize("query", ["fell", "rains", '"it rains"', "Ada", "3", "rains fell"])
def test_what_is_found_in_short_is_what_search_finds(store: Store, query: str) -> None:
    texts = ["Ada said 3 fell. Then Bo said it rains.", "Cy said it rains and 3 fell.", "It rains, and nobody fell."]
    fill(store, *texts, *(f"Ada said {n} fell in the rains." for n in range(60)))
    hits = store.search(query, limit=10_000)
    found = store.find(query)
    assert [(each.report, each.statement) for each in found] == [(hit.report, hit.statement) for hit in hits]
    for each, hit in zip(found, hits, strict=True):
        report = store.report(each.report)
        assert report is not None
        assert (each.outlet, each.url, each.captured_at) == (report.outlet, report.url, report.capture.captured_at)
        said = hit.said
        assert (each.actor, each.act) == (
            (said.actor.name if said.actor else None, said.act.value) if said else (None, None)
        )
    some = hits[::3]
    shown = store.hits(
        query,
        statements=[hit.statement for hit in some if hit.statement],
        reports=[hit.report for hit in some if not hit.statement],
    )
    assert {(hit.report, hit.statement, hit.snippet, hit.marks) for hit in shown} == {
        (hit.report, hit.statement, hit.snippet, hit.marks) for hit in some
    }


def test_without_words_the_statements_that_fit_are_found_in_short(store: Store) -> None:
    fill(store, "Ada said 3 fell. Then Bo said it rains.", "Ada said 4 fell.")
    found = store.find(None, actor="ada")
    assert [each.statement for each in found] == [s.id for s in store.statements(actor="ada")]
    assert len(found) == 2
    assert store.hits("fell", statements=(), reports=()) == ()


def test_search_gives_no_more_than_asked(store: Store) -> None:
    store.add([entry(captured(f"Ada said bridge {n} fell.")) for n in range(9)])
    hits = store.search("bridge", limit=4)
    assert len(hits) == 4
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_ids_are_found_by_their_beginning(store: Store) -> None:
    reports = fill(store, *(f"Ada said {n} fell." for n in range(40)))
    ids = sorted(report.id for report in reports)
    assert store.ids(ids[0], limit=9) == (ids[0],)
    assert store.ids("r-", limit=7) == tuple(ids[:7])
    assert store.ids("a-", limit=9) == (Actor.make_id(name_key="ada"),)
    assert store.ids("%", limit=9) == store.ids("", limit=9) == store.ids("x-", limit=9) == ()


def test_an_actor_is_as_the_first_report_has_them(store: Store) -> None:
    store.add([entry(captured("Ada said it rains."))])
    assert store.actor(Actor.make_id(name_key="ada")) == Actor(Actor.make_id(name_key="ada"), "Ada", ActorType.PERSON)


def test_an_actor_who_says_nothing_is_known_too(store: Store) -> None:
    each = captured("Ada said it rains.")
    eve = Actor("a-eve", "Eve", ActorType.PERSON, "mayor")
    store.add([Entry(each, dataclasses.replace(reading(each.report), actors=(ActorChain(eve, (), ()),)), "made-1")])
    assert store.actor("a-eve") == eve
    assert store.ids("a-e", limit=9) == ("a-eve",)


def test_the_journal_tells_what_was_done(store: Store) -> None:
    reports = fill(store, "Ada said 3 fell.")
    store.judge(Judgement("j-1", Verdict.NOTE, reports[0].id, None, "hm", "Mo", "2031-02-02T00:00:00Z"))
    store.note_rebuild()
    rows = list(store.journal())
    assert [row.kind for row in rows] == ["init", "report", "extraction", "judgement", "rebuild"]
    assert [row.seq for row in rows] == [1, 2, 3, 4, 5]
    assert [row.prev for row in rows[1:]] == [row.hash for row in rows[:-1]]
    assert store.stats().journal_head == rows[-1].hash
    assert store.verify(head=rows[2].hash) == ()
    (problem,) = store.verify(head="f" * 64)
    assert "cut off" in problem.what


def test_what_a_store_cannot_hold_is_refused_by_name(store: Store) -> None:
    each = captured("Ada said \ud83d it rains.", raw=b"x")
    problem = store.refuses(each)
    assert problem is not None
    assert "text" in problem.what
    assert "U+D83D at 9" in problem.what
    assert store.refuses(captured("Ada said 🌧.")) is None


def test_half_characters_beside_the_text_do_no_harm(store: Store) -> None:
    each = captured("Ada said it rains.")
    report = dataclasses.replace(
        each.report,
        problems=(Problem("odd \ud83d\ude00", "b\udcff.txt", "none"),),
        capture=dataclasses.replace(each.report.capture, place="b\udcff.txt"),
    )
    store.add([Entry(Captured(report, each.raw), reading(report), "made-1")])
    kept = store.report(report.id)
    assert kept is not None
    assert kept.problems[0].where == "b\ufffd.txt"
    assert kept.capture.place == "b\\xff.txt"
    assert store.verify() == ()


def test_a_span_outside_its_text_is_found(store: Store) -> None:
    each = captured("Ada said it rains.")
    (statement,) = reading(each.report).statements
    spans = {"source": statement.source, "cue": statement.cue, "content": (Span(9, 900),)}
    beyond = dataclasses.replace(
        statement, id=Statement.make_id(report=each.report.id, **spans), content=(Span(9, 900),)
    )
    store.add([Entry(each, Extraction(each.report.id, (beyond,)), "made-1")])
    (problem,) = store.verify()
    assert problem.where == f"statement {beyond.id}"
    assert "9:900" in problem.what


def test_an_id_that_does_not_follow_is_found(store: Store) -> None:
    each = captured("Ada said it rains.")
    other = dataclasses.replace(each.report, published=Instant("1999", Precision.YEAR))
    store.add([Entry(Captured(other, each.raw), reading(other), "made-1")])
    (problem,) = store.verify()
    assert problem.where == f"report {other.id}"
    assert problem.what.startswith("its id does not follow from what it holds: row 2 of the journal")


def test_every_extraction_must_have_its_report(store: Store) -> None:
    with pytest.raises(ValueError, match="not in the ledger"):
        store.add_extractions(list(extract([captured("Ada said it rains.").report])), reader="made-1")
    assert list(store.extractions()) == []


def test_a_reading_is_found_by_its_number(store: Store) -> None:
    each = captured("Ada said it rains. Bo said it snows.")
    whole = reading(each.report)
    part = dataclasses.replace(whole, statements=whole.statements[1:])
    store.add([Entry(each, whole, "made-1")])
    store.add_extractions([part], reader="made-2")
    numbers = [json.loads(row.payload)["extraction"] for row in store.journal() if row.kind == "extraction"]
    assert [store.reading(number) for number in numbers] == [whole, part]
    assert store.reading(99) is None


def test_who_waits_is_told_of_a_change(store: Store) -> None:
    before = store.head()
    assert store.wait_for_change(before, timeout_s=0.01) == before
    store.add([entry(captured("Ada said it rains."))])
    assert store.wait_for_change(before, timeout_s=60) == store.head() != before


HARD = "Ada said \0 and \ufdd0 and \ufdd1, \ufdd0\ufdd1 \ufdd0\ufdd0\0\0 fell. Bo said it\x01\x1f\x7f rains “off”\\ 'so' %s ? $1."


def test_any_character_comes_back_as_it_was(store: Store) -> None:
    each = captured(HARD, outlet="Ta\0rn \ufdd0", url="https://post.example/\0?a=%s", title="\0", raw=bytes(range(256)))
    report = dataclasses.replace(each.report, text=HARD)
    entered = Entry(Captured(report, each.raw), reading(report), "ma\0de")
    store.add([entered])
    noted = Judgement("j-1", Verdict.NOTE, report.id, None, "look\0 \ufdd0 again", "Mo\0", "2031-02-02T00:00:00Z")
    store.judge(noted)
    assert store.report(report.id) == report
    assert store.raw(report.id) == bytes(range(256))
    assert store.extraction(report.id) == entered.extraction
    assert store.readers() == {report.id: "ma\0de"}
    assert store.judgements() == (noted,)
    assert store.at_url("https://post.example/\0?a=%s") == (report,)
    assert [s.id for s in store.statements(outlet="Ta\0rn \ufdd0")] == [s.id for s in entered.extraction.statements]
    (hit,) = store.search("fell", limit=5)
    assert hit.words == hit.snippet.of(HARD)
    assert hit.marks == (), "FTS5 marks nothing in a text with NUL"
    assert store.verify() == ()


def test_an_address_may_be_as_long_as_it_likes(store: Store) -> None:
    url = "https://post.example/" + "é/" * 9000
    each = captured("Ada said it rains.", url=url)
    store.add([entry(each)])
    key = "k" * 9000
    store.derived.file([gist(each.report.id, 1.0, key)], {}, {each.report.id: "y-1"})
    assert store.at_url(url) == (each.report,)
    assert store.derived.partners(gist("r-new", 1.0, key), days=1) == [(each.report.id,)]
    assert store.derived.gists([each.report.id])[each.report.id].keys == (key,)


def test_a_name_is_the_same_in_capitals_of_ascii_alone(store: Store) -> None:
    store.add([entry(captured("AdÄm said it rains. Bo said it snows."))])
    assert [len(list(store.statements(actor=name))) for name in ("ADÄM", "adäm", "adÄm", "bO")] == [1, 0, 1, 1]


def copied(store: Store) -> list[Noted]:
    """The journal of a store with what it speaks of."""
    found = []
    for row in store.journal():
        payload = json.loads(row.payload)
        report, raw = store.report(payload.get("report", "")), store.raw(payload.get("report", ""))
        found.append(
            Noted(
                row,
                captured=Captured(report, raw) if row.kind == "report" and report and raw is not None else None,
                extraction=store.reading(payload["extraction"]) if row.kind == "extraction" else None,
                judgement=next((j for j in store.judgements() if j.id == payload.get("judgement")), None),
            )
        )
    return found


def test_another_journal_is_taken_over_as_it_is(store: Store, request: pytest.FixtureRequest) -> None:
    new = "sqlite://"
    if store.url.startswith("postgresql:"):
        new = request.getfixturevalue("postgres").new_schema()
    reports = fill(store, "Ada said 3 fell. Bo said\0 4 fell.", "Cy said it rains.")
    store.add_extractions([Extraction(reports[0].id, ())], reader="made-2")
    store.judge(Judgement("j-1", Verdict.NOTE, reports[0].id, None, "hm", "Mo", "2031-02-02T00:00:00Z"))
    store.note_rebuild()
    given = copied(store)
    to = open_store(new, create=True, bare=True)
    to.take_over(given[:4])
    with pytest.raises(ValueError, match="journal row 6"):
        to.take_over(given[5:])
    assert len(list(to.journal())) == 4
    to.take_over(given[4:])
    assert list(to.journal()) == list(store.journal())
    assert list(to.reports()) == list(store.reports())
    assert list(to.extractions()) == list(store.extractions())
    assert to.readers() == store.readers()
    assert to.judgements() == store.judgements()
    assert to.verify(head=given[2].row.hash) == ()
    assert set(to.derived.pending().reports) == {report.id for report in reports}
    to.add([entry(captured("Dee said it snows."))])
    assert to.verify(head=store.head()) == (), "the chain goes on"
    to.close()
