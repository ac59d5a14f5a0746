"""What is protected leaves by no exit. The exits are taken from the code's own tables (commands with their options, routes, tools, formats,
methods of the ledger), so that a new one fails here until somebody says how it is asked."""

from __future__ import annotations

import html
import inspect
import io
import json
import re
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import click
import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient

from sayso import ledger as ledgers
from sayso.ledger import Ledger
from sayso.ledger.guard import _OPEN
from sayso.ledger.names_hidden import folded
from sayso.model import Verdict
from sayso.serve.cli import COMMANDS, cli
from sayso.serve.desk import Desk
from sayso.serve.exports import DOCUMENTS
from sayso.serve.mcp.tools import TOOLS
from sayso.serve.web.app import make_app
from sayso.watch.noticing import notice
from sayso.watch.settings import Rule
from sayso.watch.wording import alert_json
from tests.serve.people.test_roles import routes_of

pytestmark = [pytest.mark.model, pytest.mark.slow]

NAME = "Davin Orsel"
_NAME = re.compile("davin|orsel")
MEANWHILE = "Davin Orsel said that nobody was killed in Tessrick. DAVIN ORSEL also denied it. A soldier died, Orsel's aide said."


@dataclass(frozen=True)
class Made:
    """A copy of the demonstration in which a person and a report are protected. ``passages`` stand in that report alone."""

    path: Path
    report: str
    passages: tuple[str, ...]
    before: str  # the end of the journal before anybody was protected

    def leaks(self, given: str | bytes) -> list[str]:
        """The protected words that stand in it, however they are written there."""
        text = given.decode("utf-8", "replace") if isinstance(given, bytes) else given
        spelled = [text, html.unescape(re.sub(r"<[^>]*>", "", text)), unquote(text)]
        spelled += [re.sub(r"\\u([0-9a-fA-F]{4})", lambda m: chr(int(m[1], 16)), each) for each in spelled]
        plain = [_flat(each) for each in spelled]
        found = [m[0] for each in plain for m in _NAME.finditer(each)]
        return found + [passage for passage in self.passages for each in plain if passage in each]


def _flat(text: str) -> str:
    return " ".join(folded(text).split())


@pytest.fixture(scope="module")
def made(demo_ledger: Path, tmp_path_factory: pytest.TempPathFactory) -> Made:
    path = Path(shutil.copy(demo_ledger, tmp_path_factory.mktemp("protected") / "demo.db"))
    with ledgers.open(str(path)) as opened:
        before = opened.head()
        texts = {report.id: _flat(report.text) for report in opened.reports()}
        alone = {
            report.id: [
                words
                for block in report.blocks
                if len(words := _flat(block.span.of(report.text))[:60]) == 60
                and sum(words in text for text in texts.values()) == 1
            ]
            for report in opened.reports()
            if not _NAME.search(texts[report.id])
        }
        report = max(alone, key=lambda i: (len(alone[i]), i))
        opened.judge(Verdict.NOTE, report, author="Mo", value=f"wants to be quoted: {alone[report][0]}")
        opened.judge(Verdict.CORRECT, NAME, author="Mo", value="side: Kelmora")
        opened.protect(NAME, author="Mo", names=["Orselle"], reason=f"{NAME} asked for it")
        opened.protect(report, author="Mo")
        assert opened.verify() == ()
    made = Made(path, report, tuple(alone[report]), before)
    assert len(made.passages) > 2
    return made


def test_the_test_itself_would_see_it(demo_ledger: Path, made: Made) -> None:
    with ledgers.open(str(demo_ledger), read_only=True) as opened:
        told = json.dumps([report.text for report in opened.reports()])
    assert {"davin", "orsel", *made.passages} <= set(made.leaks(told))
    assert made.leaks("DAVI\u0301N") == ["davin"] * 6
    assert made.leaks(b"<b>O</b>rs&#101;l") and made.leaks("Ｏｒｓｅｌ") and made.leaks("%4frsel")  # noqa: PT018


# ---------------------------------------------------------------------------------------------------
# The command line

STORY_ID, CLAIM_ID, SEEN_ID = "<story>", "<claim>", "<report>"  # ids that are looked up

# How each command is asked; more than once where its answers differ. Every option that is a choice or a switch is tried besides.
ASKED: dict[str, list[list[str]]] = {
    "account": [["account", "L"]],
    "ask": [["ask", "L", "How many people were killed?"], ["ask", "L", f"What did {NAME} say?"], ["ask", "L", "Who spoke?"]],
    "check": [["check", "L", "TEXT"]],
    "stories": [["stories", "L"]],
    "changes": [["changes", "L", "--since", "2025-10-14"]],
    "reports": [["reports", "L"]],
    "statements": [["statements", "L"], ["statements", "L", "--actor", NAME]],
    "claims": [["claims", "L"], ["claims", "L", "--actor", NAME]],
    "actors": [["actors", "L"], ["actors", "L", "protected"]],
    "judge": [["judge", "L", "note", CLAIM_ID, "--value", "hm", "--author", "Mo"]],
    "judgements": [["judgements", "L"]],
    "withdraw": [["withdraw", "L", SEEN_ID, "--author", "Mo"]],
    "protect": [["protect", "L"]],
    "publish": [["publish", "L", "OUT"]],
    "package": [["package", "L", "OUT"]],
    "search": [["search", "L", "governor"], ["search", "L", "killed"], ["search", "L", NAME], ["search", "L", "orselle"]],
    "show": [["show", "L", STORY_ID], ["show", "L", CLAIM_ID], ["show", "L", SEEN_ID], ["show", "L", "<actor>"], ["show", "L", "<line>"]],
    "export": [["export", "L", "--what", "claims"], *(["export", "L", "--format", name] for name in DOCUMENTS)],
    "rebuild": [["rebuild", "L"]],
    "verify": [["verify", "L"]],
    "add": [["add", "L", "TEXT"]],
}  # fmt: skip

# What gives nothing of a ledger away, or whose answers are asked for elsewhere.
NO_EXIT = {
    "demo": "makes its own ledger",
    "init": "makes an empty ledger",
    "watch": "its alerts: test_alerts",
    "serve": "its pages: test_every_route",
    "mcp": "its tools: test_every_tool",
    "people": "who may log in; nothing of the ledger",
    "copy": "copies the ledger itself, with what protects",
    "extract": "reads files, not the ledger",
    "compare": "compares two texts, not the ledger",
    "derive": "compares files, not the ledger",
    "eval": "scores texts, not the ledger",
    "gazetteer": "places of one's own",
    "completion": "prints a script",
}
_WAITED_FOR = {
    "redact",
    "proof",
}  # commands with tests of their own: tests/serve/test_redact.py, tests/serve/test_proof.py
_LEFT_OUT = {"--reveal", "--undo", "--help", "--force", "--import", "--reread"}
_GIVEN = {"--as-of": "2025-10-15", "--story": STORY_ID}


def options_of(command: click.Command) -> Iterator[list[str]]:
    """Every choice and every switch of a command, and the times and stories that many take."""
    for option in command.params:
        if not isinstance(option, click.Option) or _LEFT_OUT.intersection(option.opts):
            continue
        name = option.opts[0]
        if isinstance(option.type, click.Choice):
            yield from ([name, str(choice)] for choice in option.type.choices)
        elif option.is_flag:
            yield [name]
        elif name in _GIVEN:
            yield [name, _GIVEN[name]]


def test_every_command_is_known() -> None:
    """A new command says in ASKED how it is asked, or in NO_EXIT why it gives nothing of a ledger away."""
    assert ASKED.keys() | NO_EXIT.keys() | _WAITED_FOR >= COMMANDS.keys()
    assert not ASKED.keys() & NO_EXIT.keys()


@pytest.mark.parametrize("name", ASKED)
def test_commands(made: Made, tmp_path: Path, name: str) -> None:
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    own = Path(shutil.copy(made.path, tmp_path / "demo.db"))
    (tmp_path / "text.txt").write_text(MEANWHILE, "utf-8")
    with ledgers.open(str(own)) as opened:
        ids = {
            STORY_ID: next(iter(opened.stories())).id,
            CLAIM_ID: opened.linked().claims[0].id,
            SEEN_ID: next(iter(opened.reports())).id,
            "<actor>": next(actor.id for actor in opened.actors() if "protected" in actor.name),
            "<line>": next(
                line.id for s in opened.account().sections for line in s.lines if "a protected person" in line.text
            ),
        }
    ran = 0
    for words in ASKED[name]:
        for more in ([], *options_of(command)) if words is ASKED[name][0] else ([],):
            ran += 1
            ids |= {"L": str(own), "TEXT": str(tmp_path / "text.txt"), "OUT": str(tmp_path / f"out{ran}")}
            done = CliRunner().invoke(cli, [ids.get(word, word) for word in (*words, *more)])
            assert more or done.exit_code in (0, 1), f"{words}: {done.output}"
            assert done.exit_code != 70, done.output
            assert not made.leaks(done.stdout + done.stderr), f"{words} {more}"
            _check_folder(made, tmp_path / f"out{ran}")


def _check_folder(made: Made, folder: Path) -> None:
    for file in folder.rglob("*") if folder.exists() else ():
        assert not made.leaks(file.name)
        if file.is_file():
            assert not made.leaks(file.read_bytes()), file


@pytest.mark.parametrize("name", ["pdf", "parquet"])
def test_packed_formats_are_unpacked_and_looked_through(made: Made, tmp_path: Path, name: str) -> None:
    out = tmp_path / "out"
    if name == "pdf":
        assert CliRunner().invoke(cli, ["export", str(made.path), "--format", "pdf", "-o", str(out)]).exit_code == 0
        from pypdf import PdfReader

        told = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(out.read_bytes())).pages)
        assert "a protected person" in " ".join(told.split())
        assert not made.leaks(told)
        return
    import pyarrow.parquet

    command = cli.get_command(click.Context(cli), "export")
    assert command is not None
    (what,) = (option.type for option in command.params if "--what" in option.opts)
    assert isinstance(what, click.Choice)
    for kind in what.choices:
        words = ["export", str(made.path), "--what", kind, "--format", "parquet", "-o", str(out)]
        assert CliRunner().invoke(cli, words).exit_code == 0
        assert not made.leaks(json.dumps(pyarrow.parquet.read_table(out).to_pylist(), default=str)), kind


# ---------------------------------------------------------------------------------------------------
# The desk


@pytest.fixture(scope="module")
def client(made: Made, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    own = shutil.copy(made.path, tmp_path_factory.mktemp("desk") / "demo.db")
    with TestClient(make_app(Desk(str(own)), name="demo", user="Mo"), base_url="http://localhost") as opened:
        yield opened


def addresses(made: Made, path: str, places: Sequence[str]) -> list[str]:
    """The addresses that a route is asked at: every report and protected actor, and some of the records of each other kind."""
    with ledgers.open(str(made.path), read_only=True) as opened:
        linked = opened.linked()
        story = next(iter(opened.stories())).id
        reports = [report.id for report in opened.reports()]
        known = opened.actors()
        actors = [a.id for a in known if "protected" in a.name] + [a.id for a in known][:6]
    kinds = {
        "questions": [q.id for q in linked.questions][:12],
        "claims": [c.id for c in linked.claims][:20],
        "reports": reports,
    }
    filled = [path.replace("{story}", story)]
    if "{record}" in path:
        kind = next(kind for kind in kinds if f"/{kind}/" in path)
        every = kinds[kind] + ([made.report] if kind == "reports" else [])
        filled = [each.replace("{record}", record) for each in filled for record in every]
    if "{other}" in path:
        filled = [each.replace("{other}", reports[0]) for each in filled]
    if "{actor}" in path:
        filled = [each.replace("{actor}", actor) for each in filled for actor in actors]
    if "{place}" in path:
        filled = [each.replace("{place}", place) for each in filled for place in places]
    return [each.replace("{version}", "v").replace("{file}", "desk.css") for each in filled]


_ENDLESS = {"/api/v1/events"}  # told of by what it sends: the hash of the journal's last row
_QUERIES = {
    "/search": ["?q=governor", "?q=killed", "?q=died&start=1"],
    "/stories/{story}/changes": ["?since=2025-10-14", "?since=2025-10-14&everything=1"],
}
# Routes that take something in, each with what it is sent: (form, json).
POSTED: dict[str, tuple[dict[str, str] | None, dict[str, Any] | None]] = {
    "/check": ({"text": MEANWHILE}, None),
    "/check/{key}/add": ({}, None),
    "/judge": ({"verdict": "note", "subject": "<claim>", "value": "hm"}, None),
    "/api/v1/judgements": (None, {"verdict": "note", "subject": "<claim>", "value": "hm"}),
    "/api/v1/reports": (None, {"text": MEANWHILE}),
    "/api/v1/check": (None, {"text": MEANWHILE}),
}


def test_every_route(made: Made, client: TestClient) -> None:
    """Every address of the app's own table answers, and nothing that is protected is in it."""
    asked = 0
    with ledgers.open(str(made.path), read_only=True) as opened:
        places = _places(client, next(iter(opened.stories())).id)
        claim = opened.linked().claims[0].id
    app: Any = client.app
    for method, path in sorted(set(routes_of(app))):
        if path in _ENDLESS:
            continue
        if method == "POST":
            assert path in POSTED, f"say in POSTED what {path} is sent"
            form, body = POSTED[path]
            sent = {key: claim if value == "<claim>" else value for key, value in (body or {}).items()}
            headers = {"origin": "http://localhost", "sec-fetch-site": "same-origin"}
            answer = client.post(
                path.replace("{key}", "0"), data=form, json=sent if body is not None else None, headers=headers
            )
            assert answer.status_code < 500, (path, answer.text[:300])
            assert made.leaks(_without_input(answer.text)) == [], path
            continue
        for full in addresses(made, path, places):
            assert "{" not in full, f"say in addresses() what stands in {path}"
            for query in ["", *_QUERIES.get(path.removeprefix("/api/v1"), [])]:
                answer = client.get(full + query)
                asked += 1
                assert answer.status_code < 500, (full, answer.text[:300])
                assert made.leaks(answer.content) == [], full + query
                assert made.leaks(str(answer.headers)) == [], full + query
    assert asked > 100


def _places(client: TestClient, story: str) -> list[str]:
    told = client.get(f"/api/v1/stories/{story}/map").text
    return sorted(set(re.findall(r'"id": ?"(pl-[a-z0-9]+|[a-z]+-[a-z2-7]{16})"', told)))[:5] or ["none"]


def _without_input(text: str) -> str:
    """What whoever asks has written stands in the form that they sent, for them to mend."""
    return re.sub(r"(?s)<textarea.*?</textarea>", "", text)


def test_who_looks_for_the_name_finds_nothing(client: TestClient) -> None:
    for asked in (
        {"q": NAME},
        {"q": "orsel"},
        {"q": "ORSELLE"},
        {"q": "Orsels"},
        {"q": "orsele"},
        {"q": '"Davin Orsel"'},
        {"actor": NAME},
    ):
        assert client.get("/api/v1/search", params=asked).json()["found"] == 0, asked


def test_the_bytes_of_a_report_that_holds_the_name_are_not_handed_out(made: Made, client: TestClient) -> None:
    with ledgers.open(str(made.path), reveal=True) as opened:
        named = [report.id for report in opened.reports() if _NAME.search(folded(report.text))]
    assert len(named) > 10
    for report in (*named, made.report):
        assert client.get(f"/reports/{report}/raw").status_code == 404


# ---------------------------------------------------------------------------------------------------
# Agents, alerts, and the Python API

CALLED: dict[str, list[dict[str, Any]]] = {
    "ask": [{"question": "How many people were killed?"}, {"question": f"What did {NAME} say?"}],
    "search_claims": [{"query": "killed"}, {"query": "governor"}, {"query": NAME}],
    "get_claim": [{"claim": "<claim>"}],
    "who_said": [{"about": "killed"}, {"speaker": "governor"}, {"speaker": "protected"}, {"speaker": NAME}],
    "what_changed": [{"since": "2025-10-14"}, {"since": "2025-10-14", "everything": True}],
    "account": [{}],
    "check_text": [{"text": MEANWHILE}],
}


@pytest.mark.parametrize("tool", TOOLS, ids=[tool.name for tool in TOOLS])
def test_every_tool(made: Made, tool: Any) -> None:
    with ledgers.open(str(made.path), read_only=True) as opened:
        for claim in opened.linked().claims[:10]:
            for arguments in CALLED[tool.name]:
                given = {key: claim.id if value == "<claim>" else value for key, value in arguments.items()}
                while True:
                    result = tool(opened, given)
                    assert made.leaks(json.dumps(result, ensure_ascii=False)) == []
                    if result.get("next") is None:
                        break
                    given = {**given, "cursor": result["next"]}
            if "<claim>" not in str(CALLED[tool.name]):
                break


def test_alerts(made: Made) -> None:
    with ledgers.open(str(made.path), read_only=True) as opened:
        first = next(opened.journal()).hash
        _, noticed = notice(
            opened, [Rule(name="all", to=("desk",), kinds=("new", "disputed", "revised"), words="killed")], first
        )
        about = notice(opened, [Rule(name="who", to=("desk",), kinds=("new",), actor=NAME)], first)[1]
    assert len(noticed) > 2
    assert made.leaks(json.dumps([alert_json(each) for each in noticed], ensure_ascii=False)) == []
    assert about == ()


def test_every_method_of_the_ledger_is_guarded() -> None:
    """A new public method of the ledger is masked without anybody thinking of it."""
    methods = {
        name: function for name, function in inspect.getmembers(Ledger, inspect.isfunction) if not name.startswith("_")
    }
    assert {name for name, function in methods.items() if not hasattr(function, "__wrapped__")} == set(_OPEN)


# ---------------------------------------------------------------------------------------------------
# What stays right


def test_spans_and_lengths_stay_right(made: Made) -> None:
    with ledgers.open(str(made.path), reveal=True) as whole, ledgers.open(str(made.path), read_only=True) as masked:
        shown = {report.id: report for report in masked.reports()}
        read = {extraction.report: extraction for extraction in masked.extractions()}
        for report in whole.reports():
            if report.id == made.report:
                assert report.id not in shown
                continue
            text = shown[report.id].text
            assert len(text) == len(report.text)
            assert all(a in (b, "█") for a, b in zip(text, report.text, strict=True))
            assert [s.content for s in read[report.id].statements] == [
                s.content for s in whole.extraction(report.id).statements
            ]


def test_a_protected_person_is_one_and_the_same_everywhere(made: Made) -> None:
    with ledgers.open(str(made.path), read_only=True) as opened:
        labels = {a.name for a in opened.actors() if "protected" in a.name}
        assert len(labels) == 1
        (label,) = labels
        assert re.fullmatch(r"a protected person \([a-z]{4}\)", label)
        said = [s for x in opened.extractions() for s in x.statements if s.actor and s.actor.name == label]
        assert len(said) > 10
        assert {s.actor.id for s in said if s.actor} == {s.actor.id for s in said if s.actor and s.actor.role is None}
        assert any(label in line.text for section in opened.account().sections for line in section.lines)
        shown = next(a for a in opened.actors() if a.name == label and len(a.members) > 5)
        assert opened.show(shown.id) == shown, "the id that was handed out leads back"


def test_to_undo_it_shows_everything_again(made: Made, tmp_path: Path) -> None:
    own = str(shutil.copy(made.path, tmp_path / "demo.db"))
    with ledgers.open(own) as opened:
        for each in opened.protections():
            opened.unprotect(each.label, author="Mo")
        assert opened.protections() == ()
        assert {"davin", "orsel", *made.passages} <= set(made.leaks(" ".join(r.text for r in opened.reports())))
        assert opened.verify() == ()


def told(path: Path, *words: str) -> str:
    done = CliRunner().invoke(cli, [words[0], str(path), *words[1:]])
    assert done.exit_code == 0, done.output
    return done.stdout


@pytest.mark.parametrize(
    "words", [["protect"], ["actors", NAME], ["statements", "--actor", NAME], ["search", NAME]], ids=str
)
def test_the_keeper_of_the_file_can_see_it(made: Made, words: Sequence[str]) -> None:
    assert made.leaks(told(made.path, *words, "--reveal"))


def test_the_chain_holds_and_says_nothing(made: Made) -> None:
    with ledgers.open(str(made.path), reveal=True) as opened:
        assert opened.verify() == ()
        assert made.leaks("".join(row.payload for row in opened.journal())) == []
