"""Each command on a small ledger: what it prints for people and for machines, and its exit code."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from jsonschema import Draft202012Validator

from sayso import shapes
from sayso.extract.gazetteer import TableGazetteer
from sayso.ledger import open as open_ledger
from sayso.model import Verdict
from tests.serve.conftest import Run
from tests.store.making import STEPS


def lines(result: Result) -> list[Any]:
    """stdout as JSON lines; it must be nothing else."""
    assert result.exit_code in (0, 1), result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def ids(run: Run, ledger: str, what: str) -> list[str]:
    return [row["id"] for row in lines(run("export", ledger, "--what", what))]


def claim_with(run: Run, ledger: str, wording: str) -> str:
    return str(next(row["id"] for row in lines(run("claims", ledger, "--json")) if row["wording"] == wording))


# ---------------------------------------------------------------------------------------------------
# init and add


def test_init_makes_an_empty_ledger_and_leaves_a_filled_one_alone(run: Run, tmp_path: Path, filled: str) -> None:
    path = str(tmp_path / "new.db")
    assert "is empty" in run("init", path).stdout
    assert lines(run("init", path, "--json"))[0]["reports"] == 0
    assert "holds 3 reports" in run("init", filled).stdout


def test_add_says_what_became_of_each_input(run: Run, reports: Path, tmp_path: Path) -> None:
    path = str(tmp_path / "flood.db")
    (reports / "bad.txt").write_text("?")
    first = run("add", path, str(reports))
    assert first.exit_code == 1
    assert first.stdout == "3 reports added, 1 problem named above.\n"
    assert f"problem: {reports / 'bad.txt'}: it cannot be read. Give another." in first.stderr
    (again,) = lines(run("add", path, str(reports), "--json"))
    assert (again["added"], len(again["known"]), again["new_versions"]) == ([], 3, [])
    assert again["problems"] == [
        {"what": "it cannot be read", "where": str(reports / "bad.txt"), "remedy": "Give another."}
    ]


def test_add_runs_at_no_other_place_than_those_there_are(run: Run, reports: Path, tmp_path: Path) -> None:
    result = run("add", str(tmp_path / "flood.db"), str(reports), "--run", "slurm")
    assert result.exit_code == 2
    assert "slurm" in result.stderr
    assert 'Give "ray" or "ray://HOST:PORT"' in result.stderr


def test_add_counts_a_new_version(run: Run, tmp_path: Path) -> None:
    path, file = str(tmp_path / "flood.db"), tmp_path / "page.txt"
    for text, told in (
        ("Ada said 3 fell.", "1 report added."),
        ("Ada said 4 fell.", "1 report added (one of them a new version)."),
    ):
        file.write_text(text)
        result = run("add", path, str(file), "--url", "https://post.example/flood")
        assert (result.exit_code, result.stdout.strip()) == (0, told)


def test_quiet_drops_notes_but_never_a_problem(run: Run, reports: Path, tmp_path: Path) -> None:
    (reports / "bad.txt").write_text("?")
    result = run("add", str(tmp_path / "flood.db"), str(reports), "--quiet")
    assert result.stderr == f"problem: {reports / 'bad.txt'}: it cannot be read. Give another.\n"


# ---------------------------------------------------------------------------------------------------
# extract


@pytest.mark.parametrize("flag", [[], ["--json"], ["--jsonl"]])
def test_extract_prints_one_line_for_each_report(run: Run, reports: Path, flag: list[str]) -> None:
    result = run("extract", str(reports), *flag)
    rows = lines(result)
    assert [len(row["statements"]) for row in rows] == [2, 1, 1]
    for row in rows:
        Draft202012Validator(shapes.schema("extract")).validate(row)
        for statement in row["statements"]:
            ((start, end),) = statement["cue"]
            assert row["report"]["text"][start:end] == "said"
    assert result.stderr == ""


def test_extract_names_what_it_refuses_and_goes_on(run: Run, reports: Path) -> None:
    (reports / "bad.txt").write_text("?")
    result = run("extract", str(reports))
    assert (result.exit_code, len(lines(result))) == (1, 3)
    assert "bad.txt: it cannot be read" in result.stderr


def test_extract_for_people(run: Run, reports: Path) -> None:
    result = run("extract", "--pretty", str(reports / "harbour.txt"), "--title", "Rain", "--outlet", "Harbour Post")
    assert result.exit_code == 0
    told = result.stdout.splitlines()
    assert told[:3] == ["Rain", "Harbour Post", "2 statements"]
    assert [line.split() for line in told[5:7]] == [["Ada", "assert", "3", "fell"], ["Bo", "assert", "it", "rains"]]


def test_extract_cannot_print_for_people_and_machines_at_once(run: Run, reports: Path) -> None:
    assert run("extract", "--pretty", "--json", str(reports)).exit_code == 2


# ---------------------------------------------------------------------------------------------------
# account and export


def test_account_in_each_format(run: Run, filled: str, tmp_path: Path) -> None:
    assert run("account", filled, "--title", "The flood").stdout.startswith("# The flood\n")
    (made,) = [json.loads(run("account", filled, *flag).stdout) for flag in [["--format", "json"]]]
    Draft202012Validator(shapes.schema("account")).validate(made)
    assert json.loads(run("account", filled, "--json").stdout) == made
    page = tmp_path / "page.html"
    result = run("account", filled, "--format", "html", "--output", str(page))
    assert (result.exit_code, result.stdout) == (0, "")
    assert str(page) in result.stderr
    assert page.read_text("utf-8").lower().startswith("<!doctype html>")


def test_account_as_of_a_moment(run: Run, filled: str) -> None:
    assert json.loads(run("account", filled, "--json", "--as-of", "2031-04-07").stdout)["reports"] == 0
    assert json.loads(run("account", filled, "--json", "--as-of", "2031-04-08").stdout)["reports"] == 3
    assert run("account", filled, "--as-of", "yesterday").exit_code == 2


@pytest.mark.parametrize(
    "what", ["origins", "questions", "claims", "relations", "actors", "stories", "incidents", "reports", "statements"]
)
def test_export_gives_rows_of_their_shape_in_every_format(run: Run, filled: str, what: str) -> None:
    rows = lines(run("export", filled, "--what", what))
    assert rows
    for row in rows:
        Draft202012Validator(shapes.schema(what)).validate(row)
    if what != "relations":
        assert [row["id"] for row in rows] == sorted(row["id"] for row in rows)
    assert json.loads(run("export", filled, "--what", what, "--format", "json").stdout) == rows
    read = list(csv.DictReader(io.StringIO(run("export", filled, "--what", what, "--format", "csv").stdout)))
    assert len(read) == len(rows)
    assert list(read[0]) == list(rows[0])


def test_export_is_the_same_whatever_the_order_and_the_folder(run: Run, reports: Path, tmp_path: Path) -> None:
    files = sorted(map(str, reports.iterdir()))
    one, two = str(tmp_path / "one.db"), str(tmp_path / "two.db")
    run("add", one, *files)
    for file in reversed(files):
        moved = tmp_path / Path(file).name
        moved.write_bytes(Path(file).read_bytes())
        run("add", two, str(moved))
    for what in (
        "origins",
        "questions",
        "claims",
        "relations",
        "actors",
        "stories",
        "incidents",
        "reports",
        "statements",
    ):
        for format_name in ("jsonl", "json", "csv"):
            given = [run("export", path, "--what", what, "--format", format_name).stdout_bytes for path in (one, two)]
            assert given[0] == given[1], what


def test_export_of_nothing(run: Run, tmp_path: Path) -> None:
    path = str(tmp_path / "empty.db")
    run("init", path)
    assert run("export", path, "--what", "claims").stdout == ""
    assert json.loads(run("export", path, "--what", "claims", "--format", "json").stdout) == []
    assert run("export", path, "--what", "claims", "--format", "csv").stdout.startswith("id,question,wording,")


@pytest.mark.parametrize(
    "words",
    [
        ("export", "--what", "claims", "--format", "csv", "--json"),
        ("export", "--what", "scenes"),
        ("export",),
        ("account", "--format", "html", "--json"),
        ("account", "--format", "docx"),
        ("claims", "--status", "true"),
        ("statements", "--act", "sing"),
        ("reports", "--limit", "0"),
    ],
)
def test_a_wrong_command_is_refused(run: Run, filled: str, words: tuple[str, ...]) -> None:
    result = run(words[0], filled, *words[1:])
    assert (result.exit_code, result.stdout) == (2, "")


@pytest.mark.parametrize("command", [("export", "--what", "claims"), ("account",)])
def test_the_ledger_is_never_written_over(run: Run, filled: str, command: tuple[str, ...]) -> None:
    before = Path(filled).read_bytes()
    assert run(command[0], filled, *command[1:], "--output", filled).exit_code == 2
    assert Path(filled).read_bytes() == before


# ---------------------------------------------------------------------------------------------------
# Lists


def test_lists_for_people_are_tables(run: Run, filled: str) -> None:
    told = run("reports", filled).stdout.splitlines()
    assert told[0].split() == ["Report", "Published", "Outlet", "Title"]
    assert len(told) == 5
    assert "8 April 2031" in told[2]
    told = run("statements", filled, "--actor", "Cy").stdout.splitlines()
    assert told[2].split()[-4:] == ["Cy", "assert", "4", "fell"]


@pytest.mark.parametrize(
    ("words", "count"),
    [
        (("reports",), 3),
        (("reports", "--outlet", "Hill"), 1),
        (("reports", "--as-of", "2030"), 0),
        (("reports", "--limit", "2"), 2),
        (("statements",), 4),
        (("statements", "--actor", "Bo"), 1),
        (("statements", "--outlet", "Harbour"), 2),
        (("statements", "--act", "deny"), 0),
        (("statements", "--kind", "indirect", "--limit", "3"), 3),
        (("claims",), 3),
        (("claims", "--status", "disputed"), 2),
        (("claims", "--actor", "Dee"), 1),
        (("claims", "--outlet", "Harbour"), 2),
        (("claims", "--act", "deny"), 0),
    ],
)
def test_filters(run: Run, filled: str, words: tuple[str, ...], count: int) -> None:
    rows = lines(run(words[0], filled, *words[1:], "--json"))
    assert len(rows) == count
    for row in rows:
        Draft202012Validator(shapes.schema({"reports": "report-listing"}.get(words[0], words[0]))).validate(row)


def test_statements_and_claims_of_one_report_by_the_beginning_of_its_id(run: Run, filled: str) -> None:
    hill = next(row["id"] for row in lines(run("reports", filled, "--json")) if row["outlet"] == "Hill")
    assert [row["report"] for row in lines(run("statements", filled, "--report", hill[:9], "--json"))] == [hill]
    assert [row["wording"] for row in lines(run("claims", filled, "--report", hill[:9], "--json"))] == ["4 fell"]


def test_a_list_of_nothing_says_so_beside_stdout(run: Run, filled: str) -> None:
    result = run("statements", filled, "--act", "deny")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "There are none.\n")


# ---------------------------------------------------------------------------------------------------
# search and show


def test_search(run: Run, filled: str) -> None:
    hits = lines(run("search", filled, "rains", "--json"))
    assert {hit["outlet"] for hit in hits} == {"Harbour", "Mill"}
    told = run("search", filled, "4", "fell").stdout
    assert "Hill, 8 April 2031" in told
    assert "4 fell" in told
    nothing = run("search", filled, "volcano")
    assert (nothing.exit_code, nothing.stdout) == (0, "")


def test_show_a_claim_with_its_statements_in_their_sentences(run: Run, filled: str) -> None:
    told = run("show", filled, claim_with(run, filled, "it rains")[:10]).stdout
    assert "Harbour, 8 April 2031: Bo (assert)" in told
    assert "Then Bo said it rains." in told
    assert "Dee said it rains.\n" in told
    assert "Nobody else spoke" not in told
    assert "Ada" not in told


@pytest.mark.parametrize("what", ["origins", "questions", "claims", "reports", "statements"])
def test_show_every_kind_of_record(run: Run, filled: str, what: str) -> None:
    for record_id in ids(run, filled, what):
        told = run("show", filled, record_id)
        assert (told.exit_code, told.stdout.splitlines()[0]) == (0, f"{what.removesuffix('s')} {record_id}")
        shown = json.loads(run("show", filled, record_id, "--json").stdout)
        assert (shown["kind"], shown["record"]["id"]) == (what.removesuffix("s"), record_id)
        for row in shown["statements"]:
            Draft202012Validator(shapes.schema("statements")).validate(row)
        for row in shown["claims"]:
            Draft202012Validator(shapes.schema("claims")).validate(row)


def test_show_an_actor_a_line_and_a_judgement(run: Run, filled: str) -> None:
    actor = lines(run("statements", filled, "--actor", "Ada", "--json"))[0]["actor"]["id"]
    assert "Ada said 3 fell." in run("show", filled, actor).stdout
    line = json.loads(run("account", filled, "--json").stdout)["sections"][0]["lines"][0]
    assert line["text"] in run("show", filled, line["id"]).stdout
    claim = claim_with(run, filled, "3 fell")
    with open_ledger(filled, steps=STEPS) as opened:
        judgement = opened.judge(Verdict.NOTE, claim, author="Quill", value="check the port log")
    assert "check the port log" in run("show", filled, judgement.id).stdout
    assert "Quill" in run("show", filled, claim).stdout


def test_show_cuts_what_is_long_and_says_so(run: Run, tmp_path: Path) -> None:
    path, file = str(tmp_path / "long.db"), tmp_path / "long.txt"
    file.write_text(" ".join(f"Ada said thing {chr(97 + n)} is {'so ' * n}big." for n in range(25)))
    run("add", path, str(file))
    (report,) = ids(run, path, "reports")
    assert "... and 5 more statements: --all shows them." in run("show", path, report).stdout
    assert "more statements" not in run("show", path, report, "--all").stdout


@pytest.mark.parametrize(("given", "why"), [("c-zzzz", "no record"), ("c-", "several ids begin so"), ("", "")])
def test_show_refuses_what_is_not_one_record(run: Run, filled: str, given: str, why: str) -> None:
    result = run("show", filled, given)
    assert result.exit_code == 2
    assert why in result.stderr


# ---------------------------------------------------------------------------------------------------
# rebuild and verify


def test_rebuild(run: Run, filled: str) -> None:
    before = run("export", filled, "--what", "claims").stdout
    (made,) = lines(run("rebuild", filled, "--reread", "--json"))
    assert (len(made["reread"]), made["stats"]["claims"], made["problems"]) == (3, 3, [])
    assert "From 3 reports and 4 statements" in run("rebuild", filled).stdout
    assert run("export", filled, "--what", "claims").stdout == before


def test_verify_a_sound_ledger(run: Run, filled: str) -> None:
    (found,) = lines(run("verify", filled, "--json"))
    assert (found["ok"], found["problems"]) == (True, [])
    assert found["journal_head"] in run("verify", filled).stdout
    run("rebuild", filled)
    assert run("verify", filled, "--head", found["journal_head"]).exit_code == 0
    assert run("verify", filled, "--head", "ab" * 32).exit_code == 3


def test_verify_a_damaged_ledger(run: Run, filled: str) -> None:
    with sqlite3.connect(filled) as db:
        for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            db.execute(f'DROP TRIGGER "{name}"')
        db.execute("UPDATE reports SET outlet = 'Another'")
    told = run("verify", filled)
    assert told.exit_code == 3
    assert told.stdout.startswith("damaged: ")
    result = run("verify", filled, "--json")
    assert result.exit_code == 3
    found = json.loads(result.stdout)
    assert found["ok"] is False
    Draft202012Validator(shapes.schema("problem")).validate(found["problems"][0])


@pytest.mark.parametrize(
    "words",
    [
        ("account",),
        ("reports",),
        ("statements",),
        ("claims",),
        ("search", "x"),
        ("show", "c-1"),
        ("export", "--what", "claims"),
        ("rebuild",),
        ("verify",),
    ],
)
def test_a_ledger_that_cannot_be_used_ends_with_3(run: Run, tmp_path: Path, words: tuple[str, ...]) -> None:
    absent, other = str(tmp_path / "absent.db"), tmp_path / "other.db"
    other.write_text("this is no database " * 100)
    for path in (absent, str(other)):
        result = run(words[0], path, *words[1:])
        assert result.exit_code == 3, result.output
        assert result.stdout == "" or words[0] == "verify"
        assert path in result.output
        assert "Traceback" not in result.output
    assert not Path(absent).exists()


# ---------------------------------------------------------------------------------------------------
# demo and completion


def test_demo_makes_everything_and_again_changes_nothing(
    run: Run, tmp_path: Path, reports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (reports / "telegram").mkdir()
    (reports / "telegram" / "export.json").write_text("Eve said it rains.")
    monkeypatch.setattr("sayso.serve.commands.demo.bundled_reports", lambda: reports)
    folder = tmp_path / "made"
    first = run("demo", str(folder))
    assert first.exit_code == 0, first.output
    assert first.stdout.startswith("# ")
    assert (folder / "reports" / "telegram" / "export.json").read_text() == "Eve said it rains."
    assert str((folder / "account.html").resolve()) in first.stderr
    assert str((folder / "ledger.db").resolve()) in first.stderr
    (folder / "reports" / "mine.txt").write_text("Fay said it rains.")
    again = json.loads(run("demo", str(folder), "--json").stdout)
    assert (len(again["added"]), len(again["known"])) == (1, 4)
    assert (folder / "reports" / "mine.txt").exists()


def test_demo_says_when_it_is_not_there_and_when_it_cannot_write(
    run: Run, tmp_path: Path, reports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setattr("sayso.serve.commands.demo.bundled_reports", lambda: reports)
    assert run("demo", str(tmp_path / "file")).exit_code == 2
    assert run("demo", str(tmp_path / "file" / "below")).exit_code == 2
    monkeypatch.undo()
    monkeypatch.setattr("sayso.serve.commands.demo.files", lambda _: tmp_path)
    result = run("demo", str(tmp_path / "made"))
    assert result.exit_code == 1
    assert "brings no demonstration" in result.stderr
    assert not (tmp_path / "made").exists()


@pytest.mark.parametrize(("shell", "has"), [("bash", "complete -o"), ("zsh", "#compdef sayso"), ("fish", "complete ")])
def test_completion(run: Run, shell: str, has: str) -> None:
    script = run("completion", shell).stdout
    assert has in script
    assert "_SAYSO_COMPLETE" in script
    assert json.loads(run("completion", shell, "--json").stdout) == {"shell": shell, "script": script}


# ---------------------------------------------------------------------------------------------------
# gazetteer


def test_gazetteer_import_says_what_became_of_each_file(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAYSO_CACHE_DIR", str(tmp_path / "cache"))
    good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    good.write_text("name,lat,lon\nOzhna,50.1,36.2\nHmel,950,36\n")
    bad.write_text("a,b\n1,2\n")
    told = run("gazetteer", "import", str(good), str(bad))
    assert told.exit_code == 1
    assert told.stdout == f"{good}: 1 place; 1 line could not be read.\n"
    assert f"{good}, line 3: no point on the earth" in told.stderr
    assert f"{bad}: has no column name, lat, lon" in told.stderr
    (row,) = lines(run("gazetteer", "import", str(good), "--json"))
    assert [(f["places"], f["failed"]) for f in row["files"]] == [(1, 1)]


def test_gazetteer_outlets_says_what_became_of_each_file(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAYSO_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setattr("sayso.extract.gazetteer_outlets.default_gazetteer", TableGazetteer)  # the countries are enough
    good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    good.write_text("outlet,place\nThe Gazette,Poland\nThe Bell,Nowhere\n")
    bad.write_text("a,b\n1,2\n")
    told = run("gazetteer", "outlets", str(good), str(bad))
    assert told.exit_code == 1
    assert told.stdout == f"{good}: 1 outlet; 1 line could not be read.\n"
    assert f"{good}, line 3: the gazetteer knows no place 'Nowhere'" in told.stderr
    assert f"{bad}: has no column outlet, place" in told.stderr
    (row,) = lines(run("gazetteer", "outlets", str(good), "--json"))
    assert [(f["outlets"], f["failed"]) for f in row["files"]] == [(1, 1)]


# ---------------------------------------------------------------------------------------------------
# stories


@pytest.fixture
def week(run: Run, tmp_path: Path) -> str:
    """The path of a ledger that holds two stories: of two reports, and of one."""
    folder = tmp_path / "week"
    folder.mkdir()
    (folder / "one.txt").write_text("#flood Ada said 3 fell.")
    (folder / "two.txt").write_text("#flood Cy said 4 fell.")
    (folder / "three.txt").write_text("#vote Dee said nothing is lost.")
    path = str(tmp_path / "week.db")
    assert run("add", path, str(folder), "--published", "2031-04-08").exit_code == 0
    return path


def test_stories_are_listed_for_people_and_for_machines(run: Run, week: str) -> None:
    shown = run("stories", week).stdout.splitlines()
    assert shown[0].split() == ["Story", "Told", "Reports", "Outlets", "Origins", "Disputed", "Open", "Title"]
    assert len(shown) == 4
    rows = lines(run("stories", week, "--json"))
    for row in rows:
        Draft202012Validator(shapes.schema("story-listing")).validate(row)
    assert sorted(len(row["reports"]) for row in rows) == [1, 2]
    assert len(lines(run("stories", week, "--json", "--limit", "1"))) == 1
    assert run("stories", week, "--as-of", "1999").stderr.startswith("There are none.")


def test_story_narrows_every_command_that_has_it(run: Run, week: str) -> None:
    two = next(row for row in lines(run("stories", week, "--json")) if len(row["reports"]) == 2)
    story, inside = two["id"], set(two["reports"])
    assert {row["id"] for row in lines(run("reports", week, "--story", story, "--json"))} == inside
    assert {row["id"] for row in lines(run("export", week, "--what", "reports", "--story", story))} == inside
    assert [row["id"] for row in lines(run("export", week, "--what", "stories", "--story", story))] == [story]
    assert {r["report"] for r in lines(run("export", week, "--what", "statements", "--story", story))} == inside
    claims = {row["wording"] for row in lines(run("claims", week, "--story", story[:6], "--json"))}
    assert claims == {"3 fell", "4 fell"}
    actors = {row["name"] for row in lines(run("actors", week, "--story", story, "--json"))}
    assert actors == {"Ada", "Cy"}
    assert json.loads(run("account", week, "--story", story, "--json").stdout)["reports"] == 2
    changed = json.loads(run("changes", week, "--since", "1999", "--story", story, "--json").stdout)
    assert set(changed["came"]) == inside
    assert len(changed["changes"]) == 2
    assert run("account", week, "--story", "y-none").exit_code == 2
