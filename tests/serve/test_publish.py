"""The desk in a folder: every link leads to a file that is there, nothing is asked of a server, and no other file is touched."""

from __future__ import annotations

import dataclasses
import json
import os
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest

from sayso import ledger as ledgers
from sayso.errors import SaysoError, UsageError
from sayso.ledger import Ledger
from sayso.model import Captured, Edge, EdgeKind, Origin
from sayso.serve import publishing
from sayso.serve.pages.paging import part_of
from sayso.serve.pages.view import View
from sayso.serve.publishing import LIST, POLICY, Published, publish
from tests.serve.conftest import Run
from tests.store.making import STEPS, captured

HOSTILE = (
    '"><script>alert(1)</script><img src=x onerror=alert(2)><a href="/evil">x</a> href="javascript:alert(3)" </title>'
)
FIRST = [
    captured("Ada said 3 fell. Then Bo said it rains.", outlet="Tarn Post", published="2031-04-08"),
    captured("Cy said 4 fell.", outlet="Hill Echo", published="2031-04-09", url="https://echo.example/a"),
    captured(f"Dee said {HOSTILE}.", outlet=HOSTILE, title=HOSTILE, url="javascript:alert(4)", published="2031-04-10"),
]
SECOND = [captured("#fair Eve said the fair opened.", outlet="Fair Day", published="2031-05-01")]


def made(path: Path, *batches: list[Captured]) -> Ledger:
    opened = ledgers.open(str(path), create=True, steps=STEPS)
    opened.add_captured([each for batch in batches for each in batch])
    return opened


@pytest.fixture(scope="module")
def one(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a ledger of one story."""
    folder = tmp_path_factory.mktemp("one")
    with made(folder / "flood.db", FIRST) as ledger:
        publish(ledger, str(folder / "pages"), name="flood")
    return folder / "pages"


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a ledger of two stories."""
    folder = tmp_path_factory.mktemp("two")
    with made(folder / "flood.db", FIRST, SECOND) as ledger:
        publish(ledger, str(folder / "pages"), name="flood")
    return folder / "pages"


class Seen(HTMLParser):
    """What a page holds: its elements with their attributes, and its ids."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)
        self.ids = {told["id"] for _, told in self.elements if told.get("id")}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))


def pages_of(folder: Path) -> dict[Path, Seen]:
    return {path: Seen(path.read_text("utf-8")) for path in sorted(folder.rglob("*.html"))}


@pytest.fixture(params=["one", "two"])
def folder(request: pytest.FixtureRequest) -> Path:
    found: Path = request.getfixturevalue(request.param)
    return found


def test_every_link_leads_to_something_in_the_folder(folder: Path) -> None:
    pages, links = pages_of(folder), 0
    for path, seen in pages.items():
        for tag, told in seen.elements:
            for address in (told.get("href"), told.get("src"), told.get("action")):
                if address is None or (tag == "a" and address.startswith("https://echo.example/")):
                    continue
                links += 1
                file, _, anchor = address.partition("#")
                assert not re.match(r"[a-z]+:|/", file), (path, address)
                target = (path.parent / unquote(file)).resolve() if file else path
                assert target.is_file(), (path, address)
                assert target.is_relative_to(folder.resolve()), (path, address)
                assert not anchor or anchor in pages[target].ids, (path, address)
    assert links > 100


def test_nothing_in_it_acts(folder: Path) -> None:
    for path, seen in pages_of(folder).items():
        for tag, told in seen.elements:
            assert tag not in ("script", "form", "input", "button", "iframe", "img", "aside"), path
            assert not any(name.startswith("on") or name == "style" for name in told), (path, told)
        policies = [
            told["content"] for tag, told in seen.elements if told.get("http-equiv") == "content-security-policy"
        ]
        assert policies == [POLICY], path
        assert "script-src" not in POLICY
        assert "default-src 'none'" in POLICY


def test_its_first_page_is_the_account_or_the_list_of_stories(one: Path, two: Path) -> None:
    assert 'class="lines"' in (one / "index.html").read_text("utf-8")
    listed = (two / "index.html").read_text("utf-8")
    assert 'class="stories"' in listed
    assert len(re.findall(r'href="stories/y-[a-z0-9]+/account\.html"', listed)) == 2


def test_every_question_claim_and_report_has_its_page(one: Path) -> None:
    with ledgers.open(str(one.parent / "flood.db"), steps=STEPS) as ledger:
        assert {path.stem for path in (one / "reports").iterdir()} == {report.id for report in ledger.reports()}
        assert {path.stem for path in (one / "claims").iterdir()} == {claim.id for claim in ledger.linked().claims}
    assert {path.name for path in one.iterdir()} == {
        "index.html", "questions.html", "reports.html", "assets", "claims", "questions", "reports", LIST,
        "actors.html", "actors", "timeline.html", "timeline-background.html", "map.html", "flow.html",
        "changes.html", "changes-all.html",
    }  # fmt: skip


def test_the_bar_leads_to_every_page_but_those_that_need_a_server(folder: Path) -> None:
    for path, seen in pages_of(folder).items():
        if path == folder / "index.html" and 'class="stories"' in path.read_text("utf-8"):
            continue
        bar = re.search(r'<nav aria-label="This story">(.*?)</nav>', path.read_text("utf-8"), re.S)
        assert bar is not None, path
        words = re.findall(r">([A-Z][a-z]+)</a>", bar[1])
        assert words == ["Account", "Questions", "Actors", "Timeline", "Map", "Flow", "Changes", "Reports"], path
        assert seen.ids


def test_long_lists_stand_in_parts_that_lead_to_each_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sayso.serve.pages.actors.part_of", lambda items, start, size=2: part_of(items, start, size=2))
    with made(tmp_path / "flood.db", FIRST) as ledger:
        publish(ledger, str(tmp_path / "pages"), name="flood")
        count = len(ledger.actors())
    parts = sorted(path.name for path in (tmp_path / "pages").glob("actors*.html"))
    assert parts == ["actors-2.html", "actors.html"]
    assert count == 4
    first, second = ((tmp_path / "pages" / name).read_text("utf-8") for name in ("actors.html", "actors-2.html"))
    assert 'rel="next" href="actors-2.html"' in first
    assert 'rel="prev" href="actors.html"' in second


def test_two_reports_beside_each_other_are_one_page(tmp_path: Path) -> None:
    """Whichever of the two one comes from."""
    with made(tmp_path / "flood.db", FIRST) as ledger:
        view = View.of(ledger, ledger.stories()[0].id)
    (a, b, *_) = sorted(view.reports)
    edge = Edge(derived=a, base=b, kind=EdgeKind.COPY, score=0.9, reasons=("same words",))
    linked = dataclasses.replace(view.linked, origins=(Origin(Origin.make_id(reports=(a, b)), (a, b), (edge,)),))
    pages = list(publishing._record_pages(dataclasses.replace(view, linked=linked), several=False))
    (beside,) = (page for page in pages if page.template == "beside.html")
    assert beside.file == f"beside/{a}-{b}.html"
    assert {beside.address, *beside.also} == {f"/reports/{a}/beside/{b}", f"/reports/{b}/beside/{a}"}


def test_the_same_ledger_gives_the_same_bytes(one: Path, tmp_path: Path) -> None:
    with ledgers.open(str(one.parent / "flood.db"), steps=STEPS) as ledger:
        publish(ledger, str(tmp_path / "again"), name="flood")
    files = {path.relative_to(one): path.read_bytes() for path in one.rglob("*") if path.is_file()}
    assert files == {
        p.relative_to(tmp_path / "again"): p.read_bytes() for p in (tmp_path / "again").rglob("*") if p.is_file()
    }


def test_as_of_a_time_only_what_was_out_then(one: Path, tmp_path: Path) -> None:
    with ledgers.open(str(one.parent / "flood.db"), steps=STEPS) as ledger:
        publish(ledger, str(tmp_path / "then"), name="flood", as_of="2031-04-08")
        with pytest.raises(SaysoError):
            publish(ledger, str(tmp_path / "before"), name="flood", as_of="2001-01-01")
    page = (tmp_path / "then" / "index.html").read_text("utf-8")
    assert "what was out by then." in page
    assert "Go to now" not in page
    assert len(list((tmp_path / "then" / "reports").iterdir())) == 1
    assert not (tmp_path / "before").exists()


def test_one_story_alone(two: Path, tmp_path: Path) -> None:
    with ledgers.open(str(two.parent / "flood.db"), steps=STEPS) as ledger:
        story = next(each.id for each in ledger.stories() if len(each.reports) == 1)
        publish(ledger, str(tmp_path / "fair"), name="flood", story=story[:8])
    assert "the fair opened" in (tmp_path / "fair" / "index.html").read_text("utf-8")
    assert len(list((tmp_path / "fair" / "reports").iterdir())) == 1


# ---------------------------------------------------------------------------------------------------
# The folder


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return made(tmp_path / "flood.db", FIRST)


def left_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} - {"flood.db", "flood.db-wal", "flood.db-shm"}


def test_an_empty_folder_will_do_and_a_filled_one_will_not(ledger: Ledger, tmp_path: Path) -> None:
    target = tmp_path / "pages"
    target.mkdir()
    publish(ledger, str(target), name="flood")
    with pytest.raises(UsageError, match="not empty"):
        publish(ledger, str(target), name="flood")
    (tmp_path / "file").write_text("mine")
    with pytest.raises(UsageError, match="no folder"):
        publish(ledger, str(tmp_path / "file"), name="flood", force=True)
    assert left_in(tmp_path) == {"pages", "file"}


def test_publishing_again_replaces_its_own_files_and_no_other(ledger: Ledger, tmp_path: Path) -> None:
    target = tmp_path / "pages"
    first = publish(ledger, str(target), name="flood")
    (target / "notes.txt").write_text("mine")
    (target / "claims" / "mine.html").write_text("mine")
    gone = next(iter(ledger.reports())).id
    ledger.withdraw(gone, author="Ada")
    before = set(target.rglob("*.html"))
    again = publish(ledger, str(target), name="flood", force=True)
    after = set(target.rglob("*.html"))
    assert again.removed == len(before - after) > 0
    assert {path.parent.name for path in before - after} == {"claims", "actors"}
    assert again.pages == first.pages - again.removed
    assert (target / "notes.txt").read_text() == (target / "claims" / "mine.html").read_text() == "mine"
    assert "withdrawn" in (target / "reports" / f"{gone}.html").read_text("utf-8")
    assert left_in(tmp_path) == {"pages"}
    assert publish(ledger, str(target), name="flood", force=True) == Published(str(target), again.pages, 0)


@pytest.mark.parametrize("where", ["index.html", "assets/desk.css"])
def test_a_file_that_somebody_changed_is_not_written_over(ledger: Ledger, tmp_path: Path, where: str) -> None:
    target = tmp_path / "pages"
    publish(ledger, str(target), name="flood")
    (target / where).write_text("mine now")
    ledger.withdraw(next(iter(ledger.reports())).id, author="Ada")
    before = {path: path.read_bytes() for path in target.rglob("*") if path.is_file()}
    with pytest.raises(UsageError, match="changed since"):
        publish(ledger, str(target), name="flood", force=True)
    assert {path: path.read_bytes() for path in target.rglob("*") if path.is_file()} == before
    assert left_in(tmp_path) == {"pages"}


def test_a_folder_of_somebody_elses_pages_is_refused_even_by_force(ledger: Ledger, tmp_path: Path) -> None:
    target = tmp_path / "site"
    target.mkdir()
    (target / "index.html").write_text("mine")
    with pytest.raises(UsageError, match="not published from here"):
        publish(ledger, str(target), name="flood", force=True)
    assert left_in(target) == {"index.html"}


@pytest.mark.parametrize(
    "listed", ["../outside.txt", "/etc/hostname", "claims/../../outside.txt", "notes.txt", ".hidden.html"]
)
def test_a_list_that_somebody_changed_removes_nothing_else(ledger: Ledger, tmp_path: Path, listed: str) -> None:
    import hashlib

    target, outside = tmp_path / "pages", tmp_path / "outside.txt"
    publish(ledger, str(target), name="flood")
    for file in (outside, target / "notes.txt", target / ".hidden.html"):
        file.write_text("mine")
    told = json.loads((target / LIST).read_text())
    told["files"][listed] = hashlib.sha256(b"mine").hexdigest()
    (target / LIST).write_text(json.dumps(told))
    publish(ledger, str(target), name="flood", force=True)
    assert all(file.read_text() == "mine" for file in (outside, target / "notes.txt", target / ".hidden.html"))


@pytest.mark.parametrize("content", ["", "[]", '{"files": 3}', "\0", '{"files": ["a"]}'])
def test_a_list_that_cannot_be_read_is_said(ledger: Ledger, tmp_path: Path, content: str) -> None:
    target = tmp_path / "pages"
    publish(ledger, str(target), name="flood")
    (target / LIST).write_text(content)
    with pytest.raises(UsageError, match="cannot be read"):
        publish(ledger, str(target), name="flood", force=True)


def test_it_writes_through_no_link(ledger: Ledger, tmp_path: Path) -> None:
    target, elsewhere = tmp_path / "pages", tmp_path / "elsewhere"
    elsewhere.mkdir()
    target.mkdir()
    (target / "claims").symlink_to(elsewhere)
    with pytest.raises(UsageError, match="link to somewhere else"):
        publish(ledger, str(target), name="flood", force=True)
    assert left_in(elsewhere) == set()
    assert left_in(target) == {"claims"}


@pytest.mark.parametrize("fails_at", [1, 3, 7])
def test_what_fails_half_way_leaves_all_as_it_was(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fails_at: int
) -> None:
    target = tmp_path / "pages"
    publish(ledger, str(target), name="flood")
    ledger.withdraw(next(iter(ledger.reports())).id, author="Ada")
    before = {path: path.read_bytes() for path in target.rglob("*") if path.is_file()}
    calls, real = [0], os.replace

    def failing(start: Path, end: Path) -> None:
        calls[0] += 1
        if calls[0] == fails_at:
            raise OSError("the disk is full")
        real(start, end)

    monkeypatch.setattr(os, "replace", failing)
    with pytest.raises(UsageError, match="disk is full"):
        publish(ledger, str(target), name="flood", force=True)
    assert {path: path.read_bytes() for path in target.rglob("*") if path.is_file()} == before
    assert left_in(tmp_path) == {"pages"}


def test_what_fails_while_it_is_written_leaves_nothing(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_: object) -> bytes:
        raise OSError("no room")

    monkeypatch.setattr(publishing, "_asset", failing)
    with pytest.raises(UsageError, match="no room"):
        publish(ledger, str(tmp_path / "pages"), name="flood")
    assert left_in(tmp_path) == set()


# ---------------------------------------------------------------------------------------------------
# The command


def test_the_command_says_what_it_wrote(run: Run, filled: str, tmp_path: Path) -> None:
    target = str(tmp_path / "pages")
    done = run("publish", filled, target)
    assert done.exit_code == 0, done.output
    assert re.fullmatch(rf"\d+ pages written\. Open {re.escape(target)}/index\.html\n", done.stdout)
    told = run("publish", filled, target, "--force", "--json")
    assert json.loads(told.stdout).keys() == {"folder", "pages", "removed"}
    refused = run("publish", filled, target)
    assert refused.exit_code == 2
    assert isinstance(refused.exception, (SystemExit, UsageError))
    assert run("publish", filled, filled).exit_code == 2
    assert run("publish", filled, str(tmp_path / "other"), "--story", "y-none").exit_code == 2
