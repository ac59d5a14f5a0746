"""Redaction: the name is gone from every place that holds it, the journal says what was done, and everything still verifies."""

from __future__ import annotations

import json
import re
import sqlite3
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from sayso import ledger as ledgers
from sayso.errors import LedgerError, UsageError
from sayso.ledger import Ledger
from sayso.ledger.bytes_hidden import without
from sayso.ledger.names_hidden import NamesHidden
from sayso.model import Captured, Report, Verdict
from tests.store.making import STEPS, captured

NAME = "Xantippe"  # one word, as the made steps read names; letters that stand together nowhere else
TEXTS = {
    "one": f"{NAME} said 3 fell. Bo said it rains.",
    "two": f"Cy said {NAME} saw it. {NAME.upper()} said it rains.",
    "three": "Dee said it rains.",
}


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return str(tmp_path / "ledger.db") if request.param == "sqlite" else str(request.getfixturevalue("postgres_url"))


@pytest.fixture
def ledger(url: str) -> Iterator[Ledger]:
    """Two reports that name her, one that does not; and what people judged of her."""
    with ledgers.open(url, create=True, steps=STEPS) as opened:
        opened.add_captured(
            [captured(text, title=f"{name} by {NAME}" if name == "one" else None) for name, text in TEXTS.items()]
        )
        opened.judge(Verdict.CORRECT, f"actor:{NAME}", author="Mo", value="side: Norland")
        opened.protect(f"actor:{NAME}", author="Mo", reason="asked for it")
        yield opened


def everything(opened: Ledger) -> str:
    """All that the ledger's own methods tell, with nothing masked."""
    opened._reveal, opened._guard = True, None
    told = [
        list(opened.reports()),
        list(opened.extractions()),
        opened.judgements(),
        list(opened.journal()),
        opened.linked(),
    ]
    raws = [opened.raw(report.id) for report in opened.reports()]
    return repr(
        [*told, raws, opened.stories(), opened.actors(), opened.account(), opened.search("rains", limit=50)]
    ).lower()


def ids(opened: Ledger) -> dict[str, str]:
    return {
        name: captured(text, title=f"{name} by {NAME}" if name == "one" else None).report.id
        for name, text in TEXTS.items()
    }


def test_of_every_report_nothing_is_left(ledger: Ledger) -> None:
    head = ledger.head()
    assert NAME.lower() in everything(ledger)
    done = ledger.redact(None, [NAME], author="Mo", reason="a witness under threat")
    assert set(done.reports) == {ids(ledger)["one"], ids(ledger)["two"]}
    assert (done.left, done.replaced, done.purged) == ((), (), True)
    assert len(done.judgements) == 2
    assert NAME.lower() not in everything(ledger)
    assert ledger.search(NAME) == ()
    assert ledger.verify(head=head) == ()


def test_the_text_keeps_its_length_and_spans_their_words(ledger: Ledger) -> None:
    before = {x.report: [s.content for s in x.statements] for x in ledger.extractions()}
    ledger.redact(None, [NAME], author="Mo", reason="threat")
    for report in ledger.reports():
        original = next(text for name, text in TEXTS.items() if ids(ledger)[name] == report.id)
        assert report.text == re.sub(NAME, "█" * len(NAME), original, flags=re.I)
        assert [s.content for s in ledger.extraction(report.id).statements] == before[report.id]
    assert {s.actor.name for s in ledger.statements() if s.actor} == {"a redacted person", "Bo", "Cy", "Dee"}


def test_the_journal_says_what_was_done_and_not_to_whom(ledger: Ledger) -> None:
    report = ids(ledger)["two"]
    before = ledger._store.report(report)
    assert before is not None
    ledger.redact(report, [NAME], author="Mo", reason="a witness under threat")
    row = next(row for row in ledger.journal() if row.kind == "redaction")
    says = json.loads(row.payload)
    after = ledger.report(report)
    assert NAME.lower() not in row.payload.lower()
    assert (says["report"], says["by"], says["why"], says["bytes"]) == (
        report,
        "Mo",
        "a witness under threat",
        "in place",
    )
    assert [TEXTS["two"][start:end].lower() for start, end in says["spans"]] == [NAME.lower()] * 2
    assert says["sha256"] == [before.sha256, after.sha256]
    assert all(re.fullmatch("[0-9a-f]{64}", each) for each in says["record"])
    assert len(says["readings"]) == 1


def test_of_one_report_the_others_and_what_was_judged_stay(ledger: Ledger) -> None:
    done = ledger.redact(ids(ledger)["two"], [NAME], author="Mo", reason="threat")
    assert done.left == (ids(ledger)["one"],)
    assert done.judgements == ()
    with_name = [report.id for report in ledger._store.reports() if NAME.lower() in report.text.lower()]
    assert with_name == [ids(ledger)["one"]]
    assert ledger.verify() == ()
    assert ledger.redact(ids(ledger)["one"], [NAME], author="Mo", reason="threat").left == ()
    assert NAME.lower() not in everything(ledger)


def test_reports_of_the_same_bytes_go_together(url: str) -> None:
    with ledgers.open(url, create=True, steps=STEPS) as opened:
        two = [captured(f"{NAME} said it rains.", outlet=outlet) for outlet in ("Tarn Post", "Hill Post")]
        opened.add_captured(two)
        done = opened.redact(two[0].report.id, [NAME], author="Mo", reason="threat")
        assert set(done.reports) == {each.report.id for each in two}
        assert NAME.lower() not in everything(opened)
        assert opened.verify() == ()


def test_what_was_read_before_goes_too(ledger: Ledger) -> None:
    ledger._store.add_extractions(list(ledger._store.extractions()), reader="made-2")
    assert len(ledger._store.readings_of(ids(ledger)["one"])) == 2
    ledger.redact(None, [NAME], author="Mo", reason="threat")
    assert NAME.lower() not in repr([ledger._store.reading(n) for n in range(1, 7)]).lower()
    assert ledger.verify() == ()


def test_reports_that_come_later_are_stored_as_ever_and_nothing_can_be_changed_by_hand(ledger: Ledger) -> None:
    ledger.redact(None, [NAME], author="Mo", reason="threat")
    assert ledger.add_captured([captured("Ed said it snows.")]).added
    assert ledger.verify() == ()
    rows = ledger._store._rows  # type: ignore[attr-defined]
    for table in ("blobs", "reports", "extractions", "statements", "judgements", "journal"):
        with pytest.raises(LedgerError, match="append-only"), rows.writing():
            rows.run(f"DELETE FROM {table}")  # a server is told of it at the end


def test_the_copy_of_a_redacted_ledger_verifies_and_an_older_copy_is_refused(ledger: Ledger, tmp_path: Path) -> None:
    ledger.copy_to(str(tmp_path / "older.db"))
    ledger.redact(None, [NAME], author="Mo", reason="threat")
    with pytest.raises(UsageError, match="holds it still"):
        ledger.copy_to(str(tmp_path / "older.db"))
    ledger.copy_to(str(tmp_path / "newer.db"))
    with ledgers.open(str(tmp_path / "newer.db"), steps=STEPS) as copied:
        assert copied.verify(head=ledger.head()) == ()
        assert NAME.lower() not in everything(copied)


@pytest.mark.parametrize(
    ("names", "author", "reason", "says"),
    [
        ([NAME], "Mo", f"{NAME} asked", "the name itself stands in what the journal would say"),
        ([NAME], NAME.lower(), "threat", "the name itself stands"),
        (["Nobody Such"], "Mo", "threat", "stands in none of these reports"),
        ([" .. "], "Mo", "threat", "no name to redact"),
    ],
)
def test_what_makes_no_sense_is_refused(ledger: Ledger, names: list[str], author: str, reason: str, says: str) -> None:
    head = ledger.head()
    with pytest.raises(UsageError, match=says):
        ledger.redact(None, names, author=author, reason=reason)
    assert ledger.head() == head


# ---------------------------------------------------------------------------------------------------
# The file


def on_disk(folder: Path) -> list[bytes]:
    return [file.read_bytes() for file in folder.iterdir() if file.is_file()]


def packed(text: str) -> bytes:
    """The bytes as the file keeps them, without the beginning, which any two may share."""
    return zlib.compress(text.encode("utf-8"))[8:]


def test_no_byte_of_it_is_left_in_the_file_or_the_log_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    with ledgers.open(str(path), create=True, steps=STEPS) as opened:
        opened.add_captured([captured(text) for text in TEXTS.values()])
        opened.add_captured([captured(f"Ann said {n} fell near {NAME}." + " It rains." * 50) for n in range(40)])
        opened.account()
        held = b"".join(on_disk(tmp_path))
        assert re.search(NAME.encode(), held, re.I)
        assert packed(TEXTS["one"]) in held
        done = opened.redact(None, [NAME], author="Mo", reason="threat")
        assert done.purged
        for _ in range(2):  # while it is open, and after it was closed
            held = b"".join(on_disk(tmp_path))
            assert not re.search(NAME.encode(), held, re.I)
            assert not re.search(NAME[:7].encode(), held, re.I), "nor its stem in the search index"
            assert packed(TEXTS["one"]) not in held
            opened.close()
    with sqlite3.connect(path) as db:
        assert [
            b for (b,) in db.execute("SELECT bytes FROM blobs") if re.search(NAME.encode(), zlib.decompress(b), re.I)
        ] == []


def test_who_reads_meanwhile_is_told_of(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    with ledgers.open(str(path), create=True, steps=STEPS) as opened:
        opened.add_captured([captured(text) for text in TEXTS.values()])
        opened.linked()
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN")
        other.execute("SELECT count(*) FROM reports").fetchall()
        opened._store._rows.run("PRAGMA busy_timeout = 50")  # type: ignore[attr-defined]
        assert not opened.redact(None, [NAME], author="Mo", reason="threat").purged
        other.close()


# ---------------------------------------------------------------------------------------------------
# Bytes

HIDDEN = NamesHidden([("x", ["Ada Quill"])])
PAGES: dict[str, tuple[str, bytes, bytes | None]] = {
    "plain": ("text/plain", b"Ada Quill said so.\r\n", "█████████ said so.\r\n".encode()),
    "latin": ("text/plain", "caf\u00e9 Ada Quill".encode("latin-1"), "caf\u00e9 #########".encode("latin-1")),
    "marked": ("text/plain", "Ada Quill".encode("utf-8-sig"), "█████████".encode("utf-8-sig")),
    "wide": ("text/plain", "Ada Quill \u20ac".encode("utf-16"), "█████████ \u20ac".encode("utf-16")),
    "page": ("text/html", b"<a href='/ada-quill'><b>Quill</b></a>", "<a href='/█████████'><b>█████</b></a>".encode()),
    "between tags": ("text/html", b"<b>Ad</b>a said", None),
    "an entity within": ("text/html", b"Qu&#105;ll said", None),
    "an escape within": ("application/json", b'{"by": "Qu\\u0069ll"}', None),
    "an address": ("text/html", b"<a href='?by=Qu%69ll'>", None),
    "packed": ("application/pdf", b"%PDF-1.4", None),
    "nothing of her": ("text/plain", b"It rains.", b"It rains."),
}


@pytest.mark.parametrize("name", PAGES)
def test_bytes_are_freed_in_place_or_not_at_all(name: str) -> None:
    media_type, raw, expected = PAGES[name]
    assert without(media_type, raw, HIDDEN) == expected


def test_bytes_that_cannot_be_read_letter_by_letter_are_replaced_by_the_text(tmp_path: Path) -> None:
    made = captured(f"{NAME} said it rains.", raw=b"%PDF-1.4 \x00 packed")
    report: Report = replace(made.report, media_type="application/pdf")
    with ledgers.open(str(tmp_path / "ledger.db"), create=True, steps=STEPS) as opened:
        opened.add_captured([Captured(report, made.raw)])
        done = opened.redact(report.id, [NAME], author="Mo", reason="threat")
        assert done.replaced == (report.id,)
        assert opened.raw(report.id).decode() == "█" * len(NAME) + " said it rains."
        says = json.loads(next(row for row in opened.journal() if row.kind == "redaction").payload)
        assert says["bytes"] == "replaced by the text"
        assert opened.verify() == ()
