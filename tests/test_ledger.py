"""The Python API, with made steps: what an `add` does, and that nothing derived is ever read stale."""

from __future__ import annotations

import dataclasses
import itertools
import random
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sayso import ledger as api
from sayso.errors import LedgerError, LedgerLocked, LedgerNotFound, UsageError
from sayso.ledger import Ledger
from sayso.ledger.records import Record
from sayso.model import Captured, Claim, Extraction, Line, Linked, Problem, Report, Statement, Verdict
from sayso.store import Entry
from sayso.store.codec import to_json, to_plain
from tests.store import making
from tests.store.making import STEPS, captured

TEXTS = [
    "Ada said 3 fell. Bo said it rains.",
    "Bo said 4 fell.",
    "Cy said it rains.",
    "Bo said 4 fell. Dee said nothing is lost.",
    "Ada said 3 fell. Bo said it rains. ",
    "Nobody spoke.",
]


@pytest.fixture
def path(tmp_path: Path) -> str:
    return str(tmp_path / "ledger.db")


@pytest.fixture
def ledger(path: str) -> Iterator[Ledger]:
    with api.open(path, create=True, steps=STEPS) as opened:
        yield opened


def everything() -> list[Captured]:
    return [captured(text, outlet=f"Outlet {n}") for n, text in enumerate(TEXTS)]


def derived_tables(path: str) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every derived table, as the file holds it; how often a story was linked is its own history."""
    tables = ["origins", "edges", "questions", "claims", "claim_statements", "relations", "derived_state", "pending"]
    tables += ["gists", "gist_keys", "paragraphs", "furniture"]
    queries = {table: f"SELECT * FROM {table}" for table in tables}
    queries["stories"] = "SELECT id, first, stale, sha256 FROM stories"
    with sqlite3.connect(path) as db:
        return {table: sorted(db.execute(query).fetchall(), key=str) for table, query in queries.items()}


# ---------------------------------------------------------------------------------------------------
# Adding


def test_add_reads_stores_and_links(ledger: Ledger, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for n, text in enumerate(TEXTS):
        (tmp_path / "in" / f"{n}.txt").write_text(text)
    seen: list[tuple[int, int | None]] = []
    result = ledger.add([str(tmp_path / "in"), "none.txt"], progress=lambda done, total: seen.append((done, total)))
    assert len(result.added) == 6
    assert [problem.where for problem in result.problems] == ["none.txt"]
    assert seen == [(6, None)]
    assert {claim.wording for claim in ledger.linked().claims} == {"3 fell", "4 fell", "it rains", "nothing is lost"}
    assert ledger.verify() == ()


def test_what_is_known_changes_nothing(ledger: Ledger) -> None:
    given = everything()
    first = ledger.add_captured([*given, given[0]])
    assert first.added == tuple(each.report.id for each in given)
    assert first.known == ()
    before = ledger.stats()
    again = ledger.add_captured([*given, given[0]])
    assert again.added == ()
    assert again.known == tuple(each.report.id for each in given)
    assert ledger.stats() == before


def test_other_bytes_at_a_known_address_are_a_new_version(ledger: Ledger) -> None:
    url = "https://post.example/flood"
    old = captured("Ada said 3 fell.", url=url, published="2031-05-01")
    new = captured("Ada said 5 fell.", url=url, published="2031-05-02")
    older = captured("Ada said 1 fell.", url=url, published="2031-04-30")
    other = captured("Ada said 3 fell.", url="https://post.example/else")
    first = ledger.add_captured([old, new, other])
    assert first.new_versions == (new.report.id,)
    assert ledger.add_captured([older, old]).new_versions == (older.report.id,)
    assert [report.text[9] for report in ledger.versions(old.report.id)] == ["1", "3", "5"]
    assert ledger.versions(other.report.id) == (other.report,)
    bare = captured("Bo said 4 fell.")
    ledger.add_captured([bare])
    assert ledger.versions(bare.report.id) == (bare.report,)


def test_a_report_that_cannot_be_read_is_kept(path: str) -> None:
    def extract(reports: Iterable[Report]) -> Iterator[Extraction]:
        for report in reports:
            if "4" in report.text:
                raise ZeroDivisionError("four")
            yield making.reading(report)

    with api.open(path, create=True, steps=dataclasses.replace(STEPS, extract=extract)) as ledger:
        result = ledger.add_captured(everything())
        assert len(result.added) == 6
        assert ["ZeroDivisionError: four" in problem.what for problem in result.problems] == [True, True]
        assert ledger.extraction(result.added[1]).statements == ()
        assert ledger.raw(result.added[1]) == TEXTS[1].encode()
        assert ledger.verify() == ()
    with api.open(path, steps=STEPS) as ledger:  # the reader was mended
        assert ledger.rebuild().reread == ()
        rebuilt = ledger.rebuild(reread=True)
        assert len(rebuilt.reread) == 6
        assert rebuilt.problems == ()
        assert len(ledger.extraction(result.added[1]).statements) == 1
        assert ledger.stats().statements == 8
        assert ledger.verify() == ()


def test_a_report_that_cannot_be_stored_is_named_and_the_rest_goes_on(ledger: Ledger) -> None:
    broken = captured("Ada said \ud800.", raw=b"?")
    good = captured("Bo said 4 fell.")
    result = ledger.add_captured([broken, good])
    assert (result.added, result.known) == ((good.report.id,), ())
    assert "U+D800" in result.problems[0].what


def test_what_landed_before_a_failure_stays(path: str) -> None:
    def ingest(places: Iterable[Any], *, options: Any = None) -> Iterator[Captured | Problem]:
        yield from everything()[:2]
        raise RuntimeError("the cable was pulled")

    with api.open(path, create=True, steps=dataclasses.replace(STEPS, ingest=ingest)) as ledger:
        with pytest.raises(RuntimeError):
            ledger.add(["anything"])
        assert ledger.stats().reports == 2
        assert len(ledger.linked().claims) == 3, "linked by whoever reads next"


def test_a_locked_or_missing_ledger_is_told_before_any_work(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(LedgerNotFound):
        api.open(path, steps=STEPS)
    api.open(path, create=True, steps=STEPS).close()
    monkeypatch.setattr(
        "sayso.store.open_store.__kwdefaults__",
        {"create": False, "busy_timeout_s": 0.05, "bare": False, "damaged": False},
    )
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with api.open(path, steps=STEPS) as ledger, pytest.raises(LedgerLocked):
        ledger.add_captured(iter(lambda: pytest.fail("looked at the input"), None))
    other.execute("ROLLBACK")
    other.close()


# ---------------------------------------------------------------------------------------------------
# What is derived


def test_any_order_and_any_sittings_give_the_same_bytes(tmp_path: Path) -> None:
    given = everything()
    whole = str(tmp_path / "whole.db")
    with api.open(whole, create=True, steps=STEPS) as ledger:
        ledger.add_captured(given)
        exported = to_json(to_plain(ledger.linked()))
    expected = derived_tables(whole)
    assert expected["claims"]
    assert expected["relations"]
    for trial in range(6):
        shuffled = given[:]
        random.Random(trial).shuffle(shuffled)
        path = str(tmp_path / f"{trial}.db")
        api.open(path, create=True, steps=STEPS).close()
        size = trial % 3 + 1
        for start in range(0, len(shuffled), size):
            with api.open(path, steps=STEPS) as ledger:  # a restart
                ledger.add_captured(shuffled[start : start + size])
        assert derived_tables(path) == expected
        with api.open(path, steps=STEPS) as ledger:
            assert to_json(to_plain(ledger.linked())) == exported
            ledger.rebuild()
        assert derived_tables(path) == expected


class Counted:
    """A step that counts how often it ran."""

    def __init__(self) -> None:
        self.runs = 0

    def link(self, reports: Sequence[Report], extractions: Sequence[Extraction], **more: Any) -> Linked:
        self.runs += 1
        assert [report.id for report in reports] == sorted(report.id for report in reports)
        assert [extraction.report for extraction in extractions] == [report.id for report in reports]
        return making.link(reports, extractions, **more)


def test_linking_runs_only_when_something_came(path: str) -> None:
    counted = Counted()
    steps = dataclasses.replace(STEPS, link=counted.link)
    with api.open(path, create=True, steps=steps) as ledger:
        ledger.add_captured(everything())
        for _ in range(3):
            ledger.linked()
            ledger.account()
        ledger.add_captured(everything())
        assert counted.runs == 1
        ledger.judge(Verdict.NOTE, ledger.linked().claims[0].id, author="Mo", value="look again")
        ledger.account()
        assert counted.runs == 1, "a note says nothing to linking"
        ledger.judge(Verdict.REJECT, ledger.linked().claims[0].statements[0], author="Mo")
        ledger.account()
        assert counted.runs == 2
    with api.open(path, steps=dataclasses.replace(steps, linker="made-2")) as ledger:
        ledger.linked()
        assert counted.runs == 3, "another linker makes the saved result stale"


def test_a_kill_between_storing_and_linking_is_made_good_by_the_next_reader(path: str) -> None:
    def killed(*_: Any, **__: Any) -> Linked:
        raise KeyboardInterrupt

    with api.open(path, create=True, steps=STEPS) as ledger:
        ledger.add_captured(everything()[:2])
    with api.open(path, steps=dataclasses.replace(STEPS, link=killed)) as ledger, pytest.raises(KeyboardInterrupt):
        ledger.add_captured(everything()[2:])
    with api.open(path, steps=STEPS) as ledger:
        assert ledger.verify() == ()
        assert "nothing is lost" in {claim.wording for claim in ledger.linked().claims}
    fresh = derived_tables(path)
    with api.open(path, steps=STEPS) as ledger:
        ledger.rebuild()
    assert derived_tables(path) == fresh


def test_a_reader_that_may_not_write_links_in_memory(path: str) -> None:
    with api.open(path, create=True, steps=STEPS) as ledger:
        ledger.add_captured(everything()[:2])
        ledger._store.add(  # stored, not linked
            [Entry(everything()[3], making.reading(everything()[3].report), STEPS.reader)]
        )
    before = derived_tables(path)
    with api.open(path, steps=STEPS) as ledger:
        ledger._store._rows.writable = False  # type: ignore[attr-defined]
        claims = {claim.wording for claim in ledger.linked().claims}
        assert "nothing is lost" in claims
        assert ledger.account().reports == 3
        shown = next(c for c in ledger.linked().claims if c.wording == "nothing is lost")
        assert ledger.show(shown.id[:8]) == shown
        with pytest.raises(LedgerError, match="only be read"):
            ledger.rebuild()
    assert derived_tables(path) == before


def test_reading_goes_on_while_another_process_writes(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with api.open(path, create=True, steps=STEPS) as ledger:
        ledger.add_captured(everything()[:2])
    monkeypatch.setattr(
        "sayso.store.open_store.__kwdefaults__",
        {"create": False, "busy_timeout_s": 0.05, "bare": False, "damaged": False},
    )
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with api.open(path, steps=dataclasses.replace(STEPS, linker="made-2")) as ledger:
        assert ledger.account().reports == 2
        with pytest.raises(LedgerLocked):
            ledger.rebuild()
    other.execute("ROLLBACK")
    other.close()


def test_a_report_added_by_another_while_we_link_is_not_forgotten(path: str) -> None:
    late = captured("Eve said all is over.")

    def link(reports: Sequence[Report], extractions: Sequence[Extraction], **more: Any) -> Linked:
        if late.report.id not in {report.id for report in reports}:
            with api.open(path, steps=STEPS) as other:
                other.add_captured([late])
        return making.link(reports, extractions, **more)

    with api.open(path, create=True, steps=dataclasses.replace(STEPS, link=link)) as ledger:
        ledger.add_captured(everything()[:1])
        assert "all is over" in {claim.wording for claim in ledger.linked().claims}
        assert len(ledger._store.derived.linked().origins) == 2


def test_rebuild_reads_again_what_another_reader_read(path: str) -> None:
    def shouting(reports: Iterable[Report]) -> Iterator[Extraction]:
        for report in reports:
            found = making.reading(report)
            yield dataclasses.replace(
                found, statements=tuple(dataclasses.replace(s, medium="shout") for s in found.statements)
            )

    with api.open(path, create=True, steps=STEPS) as ledger:
        ledger.add_captured(everything())
    newer = dataclasses.replace(STEPS, extract=shouting, reader="made-2")
    with api.open(path, steps=newer) as ledger:
        assert len(ledger.rebuild().reread) == 6
        assert {s.medium for s in ledger.statements()} == {"shout"}
        assert ledger.rebuild().reread == ()
        before = ledger.stats()
        assert len(ledger.rebuild(reread=True).reread) == 6
        after = ledger.stats()
        assert after.journal_rows == before.journal_rows + 1, "the same reading is not kept twice"
        assert ledger.verify() == ()


def test_vectors_are_computed_once_for_the_same_words(path: str) -> None:
    computed: list[str] = []

    def embed(reports: Sequence[Report], statements: Sequence[Statement], *, known: Any) -> dict[str, Any]:
        texts = {report.id: report.text for report in reports}
        missing = [s for s in statements if s.id not in known]
        computed.extend(s.content[0].of(texts[s.report]) for s in missing)
        return {**known, **{s.id: np.array([len(s.id), 0.5], dtype=np.float32) for s in missing}}

    def link(reports: Sequence[Report], extractions: Sequence[Extraction], *, vectors: Any, **more: Any) -> Linked:
        assert set(vectors) == {s.id for e in extractions for s in e.statements}
        return making.link(reports, extractions, vectors=vectors, **more)

    steps = dataclasses.replace(STEPS, embed=embed, link=link, embedder="lengths")
    with api.open(path, create=True, steps=steps) as ledger:
        ledger.add_captured(everything()[:2])
        assert sorted(computed) == ["3 fell", "4 fell", "it rains"]
        computed.clear()
        ledger.add_captured(everything())
        assert computed == ["nothing is lost"]
        computed.clear()
        ledger.linked(as_of="2031-06")
        assert computed == []


# ---------------------------------------------------------------------------------------------------
# Asking


def test_as_of_forgets_what_was_published_later(ledger: Ledger) -> None:
    early = captured("Ada said 3 fell.", published="2031-05-22")
    late = captured("Ada said 5 fell.", published="2031-05-24")
    undated = captured("Bo said it rains.", captured_at="2031-05-23T18:00:00Z")
    ledger.add_captured([late, early, undated])
    assert {report.id for report in ledger.reports(as_of="2031-05-23")} == {early.report.id, undated.report.id}
    assert ledger.account(as_of="2031-05-23T12:00Z").reports == 1
    assert [claim.wording for claim in ledger.linked(as_of="2031-05-22").claims] == ["3 fell"]
    assert len(ledger.linked().claims) == 3, "what is saved is of all reports"
    assert ledger.account(as_of="2031-05-23", title="Flood").title == "Flood"
    assert ledger.account(as_of="1999").reports == 0
    for wrong in ("yesterday", "", "2031-99"):
        with pytest.raises(UsageError, match="not a time"):
            ledger.account(as_of=wrong)


def test_every_record_is_shown_by_its_id_or_the_beginning_of_it(ledger: Ledger) -> None:
    ledger.add_captured(everything())
    linked, report = ledger.linked(), next(iter(ledger.reports()))
    note = ledger.judge(Verdict.NOTE, report.id, author="Mo", value="odd", at="2031-05-01T00:00:00Z")
    statement = next(iter(ledger.statements()))
    (section,) = ledger.account().sections
    records: list[Record] = [
        report,
        statement,
        note,
        linked.origins[0],
        linked.questions[0],
        linked.claims[0],
        section.lines[0],
    ]
    assert statement.actor is not None
    for record in [*records, statement.actor]:
        assert ledger.show(record.id) == record
        assert ledger.show(record.id[:10]) == record
    assert isinstance(ledger.show(section.lines[0].id), Line)
    assert isinstance(ledger.show(linked.claims[0].id), Claim)


@pytest.mark.parametrize("wrong", ["", "r", "x-abc", "r-", "c-", "r-zzzz", "l-none", "%", "r-%", "a'--", "\0"])
def test_an_id_that_is_none_or_several_is_named(ledger: Ledger, wrong: str) -> None:
    ledger.add_captured(everything())
    with pytest.raises(UsageError) as caught:
        ledger.show(wrong)
    assert caught.value.problem.where == repr(wrong)
    if wrong in ("r-", "c-"):
        assert "several ids" in caught.value.problem.what


def test_only_reports_have_bytes(ledger: Ledger) -> None:
    ledger.add_captured(everything())
    claim = ledger.linked().claims[0].id
    for ask in (ledger.raw, ledger.report, ledger.extraction, ledger.versions):
        with pytest.raises(UsageError):
            ask(claim)


def test_statements_can_be_asked_for_by_report(ledger: Ledger) -> None:
    result = ledger.add_captured(everything())
    found = list(ledger.statements(report=result.added[3][:9]))
    assert [s.actor.name for s in found if s.actor] == ["Bo", "Dee"]


def test_search_needs_a_limit_that_means_something(ledger: Ledger) -> None:
    ledger.add_captured(everything())
    assert len(ledger.search("fell")) == 4
    assert len(ledger.search("fell", limit=1)) == 1
    with pytest.raises(UsageError):
        ledger.search("fell", limit=0)


# ---------------------------------------------------------------------------------------------------
# Judging


def test_a_judgement_is_kept_and_given_to_the_linker(ledger: Ledger) -> None:
    ledger.add_captured(everything())
    wrong = next(s for s in ledger.statements(actor="Dee"))
    made = ledger.judge(Verdict.REJECT, wrong.id[:12], author="Mo")
    assert made.subject == wrong.id
    assert ledger.judgements() == (made,)
    assert "nothing is lost" not in {claim.wording for claim in ledger.linked().claims}
    ledger.rebuild(reread=True)
    assert "nothing is lost" not in {claim.wording for claim in ledger.linked().claims}
    assert ledger.verify() == ()


@pytest.mark.parametrize(
    ("verdict", "more"),
    [
        (Verdict.MERGE, {}),
        (Verdict.SPLIT, {}),
        (Verdict.NOTE, {}),
        (Verdict.CORRECT, {"value": ""}),
        (Verdict.ACCEPT, {"author": " "}),
        (Verdict.MERGE, {"other": "c-none"}),
        (Verdict.ACCEPT, {"subject": "c-none"}),
    ],
)
def test_half_a_judgement_is_refused(ledger: Ledger, verdict: Verdict, more: dict[str, str]) -> None:
    ledger.add_captured(everything())
    subject = more.pop("subject", ledger.linked().claims[0].id)
    author = more.pop("author", "Mo")
    with pytest.raises(UsageError):
        ledger.judge(verdict, subject, author=author, **more)
    assert ledger.judgements() == ()


def test_verify_takes_a_head_that_was_noted(ledger: Ledger) -> None:
    ledger.add_captured(everything()[:1])
    head = ledger.stats().journal_head
    ledger.add_captured(everything())
    assert ledger.verify(head=head) == ()
    assert ledger.verify(head="0" * 63 + "1") != ()
    assert [row.kind for row in itertools.islice(ledger.journal(), 3)] == ["init", "report", "extraction"]
