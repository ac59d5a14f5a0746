"""The documentation site builds without a warning, loads nothing from elsewhere, and has everything that can be looked up."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

import sayso
from making import commands, endpoints, json_shapes
from making.console import run
from making.links import CARRIED, relinked
from making.printed import Unexpected, with_output
from making.prose import markdown
from making.site import filled

ROOT = Path(__file__).resolve().parent.parent
IMAGES = sorted((ROOT / "docs" / "images").glob("*.png"))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built as `make docs` builds it, but for what commands print: `tests/test_docs.py` runs those."""
    pytest.importorskip("mkdocs", reason="mkdocs is in the extra `docs`, a part of `dev`")
    pytest.importorskip("material", reason="mkdocs-material is in the extra `docs`, a part of `dev`")
    out = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(out)]
    environment = {**os.environ, "SAYSO_SITE_PRINTED": "false", "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return out


class _Words(HTMLParser):
    """The text of a page, and what a browser would load for it."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.loaded: list[str] = []

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        loads = tag in ("script", "img", "iframe", "source", "video", "audio", "embed", "object") or (
            tag == "link" and named.get("rel") not in ("canonical", "next", "prev")
        )
        for each in ("src", "href", "data", "srcset"):
            if loads and named.get(each):
                self.loaded.append(str(named[each]))


def read(page: Path) -> _Words:
    parser = _Words()
    parser.feed(page.read_text("utf-8"))
    return parser


def words(site: Path, page: str) -> str:
    return " ".join("".join(read(site / page).words).split())


@pytest.mark.slow
def test_nothing_is_loaded_from_elsewhere(site: Path) -> None:
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > 20
    loaded = {(page.name, address) for page in pages for address in read(page).loaded}
    assert {each for each in loaded if re.match(r"(?:[a-z]+:)?//", each[1])} == set()
    assert {each[1] for each in loaded if not (site / each[1].lstrip("./")).exists()} <= {""}, "what is loaded is there"
    styles = "".join(path.read_text("utf-8") for path in site.rglob("*.css"))
    assert re.findall(r"(?:@import|url\()\s*[\"']?(?:https?:)?//[^)\"']+", styles) == []


@pytest.mark.slow
def test_every_command_can_be_looked_up(site: Path) -> None:
    from sayso.serve.cli import COMMANDS

    page = words(site, "reference/commands.html")
    assert [name for name in COMMANDS if f"Usage: sayso {name}" not in page] == []
    assert "Usage: sayso people LEDGER add" in page, "subcommands too"


@pytest.mark.parametrize("words", [[], ["check"], ["gazetteer", "import"]], ids=" ".join)
def test_commands_say_on_the_page_what_they_say(words: list[str], tmp_path: Path) -> None:
    said = run(["sayso", *words, "--help"], tmp_path).stdout
    assert said.startswith("Usage: sayso")
    assert f"```text\n{said.rstrip()}\n```" in commands.page()


@pytest.mark.slow
def test_every_public_name_can_be_looked_up(site: Path) -> None:
    text = (site / "reference/python.html").read_text("utf-8") + (site / "reference/types.html").read_text("utf-8")
    shown = set(re.findall(r"<code>(?:sayso\.)?(\w+)</code>", text))
    assert {name for name in sayso.__all__ if name != "__version__"} - shown == set()
    methods = {name for name in vars(sayso.Ledger) if not name.startswith("_") and getattr(sayso.Ledger, name).__doc__}
    assert {name for name in methods if f"<code>Ledger.{name}</code>" not in text} == set()


@pytest.mark.slow
def test_every_endpoint_shape_and_table_can_be_looked_up(site: Path) -> None:
    described = endpoints.openapi()
    page = words(site, "reference/http.html")
    assert [path for path in described["paths"] if path.removeprefix("/api/v1") not in page] == []
    assert json.loads((site / "reference/openapi.json").read_text("utf-8")) == described
    shapes = words(site, "reference/json.html")
    for name, text in json_shapes.schemas().items():
        assert (site / "reference/schemas" / name).read_text("utf-8") == text
        assert json.loads(text)["title"].rstrip(".") in shapes or name == "common.schema.json"
    tables = words(site, "reference/tables.html")
    for name in ("reports", "statements", "journal", "claims", "account_claims", "who_said_what"):
        assert re.search(rf"\b{name}\b", tables)
    assert "the order of arrival" in tables, "comments of columns stand beside them"


@pytest.mark.slow
def test_rules_stand_in_their_own_words(site: Path) -> None:
    from sayso.account.labels import STATUS_WORDS
    from sayso.link.likeness import MEASURES
    from sayso.link.status import RULES

    page = words(site, "concepts.html")
    assert [each.meaning for each in STATUS_WORDS.values() if each.meaning not in page] == []
    assert [rule.__name__ for rule, _ in RULES if " ".join((rule.__doc__ or "").split()) not in page] == []
    weighing = words(site, "weighing.html")
    assert [each.__name__ for each in MEASURES if " ".join((each.__doc__ or "").split()) not in weighing] == []


@pytest.mark.slow
def test_every_document_is_on_the_site(site: Path) -> None:
    documents = [path.relative_to(ROOT / "docs").with_suffix(".html") for path in (ROOT / "docs").rglob("*.md")]
    carried = [Path(page).with_suffix(".html") for page in CARRIED.values()]
    assert [path for path in documents + carried if not (site / path).is_file()] == []
    assert list(site.rglob("*.py")) == [], "no code of ours is published with it"


def test_pictures_are_small() -> None:
    sizes = {path.name: path.stat().st_size for path in IMAGES}
    assert "account.png" in sizes
    assert {name for name, size in sizes.items() if size > 150_000} == set()
    assert sum(sizes.values()) < 1_500_000


def test_every_picture_is_shown() -> None:
    text = "".join(path.read_text("utf-8") for path in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
    assert [path.name for path in IMAGES if f"images/{path.name})" not in text] == []


@pytest.mark.parametrize(
    ("docstring", "expected"),
    [
        ("At least 2 < n, *really*.", r"At least 2 \< n, \*really\*."),
        ("``low`` is None, `Captured` too.", "`low` is None, `Captured` too."),
        ("<script>alert(1)</script>", r"\<script\>alert(1)\</script\>"),
        ("One.\n\n    code()\n\nTwo.", "One.\n\n\n```text\ncode()\n\n```\nTwo."),
    ],
)
def test_docstrings_are_text(docstring: str, expected: str) -> None:
    assert markdown(docstring) == expected


@pytest.mark.parametrize(
    ("page", "text", "expected"),
    [
        ("evidence.md", "[c](changes.md#a)", "[c](changes.md#a)"),
        ("howto/newsroom.md", "[c](../changes.md)", "[c](../changes.md)"),
        ("index.md", "[b](../benchmarks/README.md)", "[b](project/benchmarks.md)"),
        ("reading.md", "[a card](../src/sayso/ids.py)", "a card (`src/sayso/ids.py`)"),
        ("project/benchmarks.md", "[r](../docs/reading.md)", "[r](../reading.md)"),
        ("project/contributing.md", "[w](https://a.example/b)", "[w](https://a.example/b)"),
    ],
)
def test_links_work_on_the_site(page: str, text: str, expected: str) -> None:
    assert relinked(text, page) == expected


def test_pieces_have_known_names() -> None:
    assert "| `agreed` |" in filled("{{ statuses }}")
    with pytest.raises(KeyError):
        filled("{{ nonsense }}")


@pytest.fixture
def kept_elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("making.printed.KEPT", tmp_path / "kept")


@pytest.mark.usefixtures("kept_elsewhere")
def test_pages_show_what_commands_print() -> None:
    page = "Say:\n\n```console\n$ echo one; echo two\n...\n$ ls examples > /dev/null\n```\n\n```sh\necho three\n```\n"
    shown = page.replace("...\n", "one\ntwo\n")
    assert with_output(page, "page.md") == shown
    assert with_output(page, "page.md") == shown, "the second time from what was kept"


@pytest.mark.usefixtures("kept_elsewhere")
@pytest.mark.parametrize("body", ["$ echo one\ntwo\n", "$ false\n"])
def test_what_a_page_did_not_expect_stops_the_build(body: str) -> None:
    with pytest.raises(Unexpected):
        with_output(f"```console\n{body}```\n", "page.md")
