"""`sayso changes`, `sayso withdraw`, and --as-of of the reading commands: what each prints, and its exit code."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from sayso import shapes
from sayso.model import Answer, Change, ChangeKind, ChangeWeight, Claim, Measure, Status
from sayso.serve.changed import HEADINGS, change_lines
from tests.serve.conftest import Run

READING = [
    ("reports",),
    ("statements",),
    ("claims",),
    ("actors",),
    ("search", "fell"),
    ("account",),
    *[("export", "--what", what) for what in ("origins", "questions", "claims", "relations", "actors", "stories")],
    ("export", "--what", "reports"),
    ("export", "--what", "statements"),
]


@pytest.fixture
def days(run: Run, reports: Path, tmp_path: Path) -> str:
    """The path of a ledger whose three reports came on three days."""
    path = str(tmp_path / "days.db")
    for day, name in enumerate(("harbour", "hill", "mill"), 8):
        published = f"2031-04-{day:02}"
        assert run("add", path, str(reports / f"{name}.txt"), "--published", published).exit_code == 0
    return path


def report_of(run: Run, ledger: str, outlet: str) -> str:
    return str(json.loads(run("reports", ledger, "--outlet", outlet, "--json").stdout)["id"])


def checked(schema: str, printed: str) -> Any:
    value = json.loads(printed)
    Draft202012Validator(shapes.schema(schema)).validate(value)
    return value


# ---------------------------------------------------------------------------------------------------
# changes


def test_changes_for_people_by_kind_the_gravest_first(run: Run, days: str) -> None:
    result = run("changes", days, "--since", "2031-04-08")
    assert result.exit_code == 0
    told = result.stdout
    assert told.startswith("From 8 April 2031 to now: 2 reports came.\n\nNow disputed (1)\n\n  c-")
    assert "  reported, now disputed; 1 origin\n      3 fell\n      against: 4 fell (c-" in told
    assert "      - Hill, 9 April: Cy said 4 fell.\n" in told
    assert "New (1)" in told
    assert told.count("Cy said") == 1, "a new claim that a dispute names is not told twice"
    assert told.endswith(f"\nAs it was: sayso claims {days} --as-of 2031-04-08\n")


def test_changes_for_machines(run: Run, days: str) -> None:
    found = checked("changes", run("changes", days, "--since", "2031-04-08", "--json").stdout)
    assert (found["since"], found["until"], len(found["came"]), found["withdrawn"]) == ("2031-04-08", None, 2, [])
    disputed, new = found["changes"]
    assert (disputed["kind"], disputed["before"][0]["status"], disputed["after"][0]["status"]) == (
        "disputed",
        "reported",
        "disputed",
    )
    assert disputed["against"] == new["after"]
    assert [citation["outlet"] for citation in disputed["citations"]] == ["Hill"]
    assert disputed["why"] == ["Hill, 9 April: Cy said 4 fell."]


def test_changes_between_two_times(run: Run, days: str) -> None:
    assert run("changes", days, "--since", "2031-04-09", "--until", "2031-04-10").stdout == (
        "From 9 April 2031 to 10 April 2031: 1 report came. Nothing changed.\n"
    )
    late = checked("changes", run("changes", days, "--since", "2031-04-08", "--until", "2031-04-10", "--json").stdout)
    now = checked("changes", run("changes", days, "--since", "2031-04-08", "--json").stdout)
    assert late | {"until": None} == now


@pytest.mark.parametrize(
    "words",
    [("--since", "soon"), (), ("--since", "2031-04-09", "--until", "2031-04-08"), ("--since", "2031", "--until", "x")],
)
def test_changes_without_sound_times_are_refused(run: Run, days: str, words: tuple[str, ...]) -> None:
    result = run("changes", days, *words)
    assert (result.exit_code, result.stdout) == (2, "")


# ---------------------------------------------------------------------------------------------------
# withdraw


def test_withdraw_tells_what_falls_and_marks_what_stays(run: Run, days: str) -> None:
    hill = report_of(run, days, "Hill")
    result = run("withdraw", days, hill[:9], "--reason", "taken down", "--on", "2031-04-11", "--author", "Mo")
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith(f"{hill} is withdrawn from 11 April 2031 on.\n\nWithdrawn (1)\n")
    assert "was disputed, 1 origin\n      4 fell\n" in result.stdout
    assert "      - Hill, 9 April 2031, was withdrawn on 11 April 2031 (Mo): taken down\n" in result.stdout
    assert "No longer disputed (1)" in result.stdout
    assert "[withdrawn] Cy said 4 fell." in run("reports", days).stdout
    assert "[withdrawn] 4 fell" in run("statements", days).stdout
    assert "(assert) [withdrawn]" in run("show", days, hill).stdout
    assert "  withdrawn  from 11 April 2031 on, by Mo: taken down\n" in run("show", days, hill).stdout
    assert re.search(r"Hill, 9 April 2031 \[withdrawn\]", run("search", days, "4").stdout)
    assert "[withdrawn]" not in run("reports", days, "--as-of", "2031-04-10").stdout
    assert run("claims", days, "--status", "disputed", "--json").stdout == ""
    assert len(run("claims", days, "--status", "disputed", "--as-of", "2031-04-10", "--json").stdout.splitlines()) == 2


def test_withdraw_for_machines(run: Run, days: str) -> None:
    hill = report_of(run, days, "Hill")
    made = checked("withdrawal", run("withdraw", days, hill, "--reason", "gone", "--author", "Mo", "--json").stdout)
    assert (made["report"], made["copies"], made["judgement"]["value"]) == (hill, [], "gone")
    assert [change["kind"] for change in made["changes"]] == ["withdrawn", "undisputed"]
    rows = [json.loads(line) for line in run("reports", days, "--json").stdout.splitlines()]
    marks = {row["outlet"]: row["withdrawn"] for row in rows}
    assert (marks["Harbour"], marks["Hill"]["reason"], marks["Hill"]["author"]) == (None, "gone", "Mo")
    for what in ("reports", "statements"):
        rows = [json.loads(line) for line in run("export", days, "--what", what).stdout.splitlines()]
        assert {row["outlet"] for row in rows if row["withdrawn"]} == {"Hill"}
    shown = json.loads(run("show", days, hill, "--json").stdout)
    assert [statement["withdrawn"] for statement in shown["statements"]] == [True]


def test_undo(run: Run, days: str) -> None:
    hill = report_of(run, days, "Hill")
    before = run("export", days, "--what", "claims").stdout
    run("withdraw", days, hill, "--author", "Mo")
    assert run("export", days, "--what", "claims").stdout != before
    result = run("withdraw", days, hill, "--undo", "--author", "Mo")
    assert result.stdout.startswith(f"{hill} counts again, at every time.\n")
    assert "Now disputed (1)" in result.stdout
    assert run("export", days, "--what", "claims").stdout == before


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("r-none",), "no record with this id"),
        (("c-1",), 'ids of this kind begin with "r-"'),
        (("HILL", "--undo"), "is not withdrawn"),
        (("HILL", "--undo", "--reason", "x"), "--undo"),
        (("HILL", "--on", "soon"), "not a time"),
        (("HILL", "--author", ""), "needs an author"),
    ],
)
def test_withdraw_refuses(run: Run, days: str, words: tuple[str, ...], why: str) -> None:
    hill = report_of(run, days, "Hill")
    result = run("withdraw", days, *(hill if word == "HILL" else word for word in words))
    assert (result.exit_code, result.stdout) == (2, "")
    assert why in result.stderr


def test_withdrawing_twice_says_so(run: Run, days: str) -> None:
    hill = report_of(run, days, "Hill")
    run("withdraw", days, hill, "--author", "Mo", "--on", "2031-04-11")
    again = run("withdraw", days, hill)
    assert (again.exit_code, again.stdout) == (2, "")
    assert "this report is withdrawn already, from 2031-04-11 on, by Mo" in again.stderr


def test_a_report_on_which_nothing_rested(run: Run, reports: Path, tmp_path: Path) -> None:
    path = str(tmp_path / "nothing.db")
    (reports / "mill.txt").write_text("Nobody spoke.", "utf-8")
    run("add", path, str(reports), "--published", "2031-04-08")
    result = run("withdraw", path, report_of(run, path, "Mill"), "--author", "Mo")
    assert result.stdout.endswith(" Nothing rested on it.\n")
    assert result.stderr == ""


def test_copies_are_named_for_a_person_to_decide(run: Run, days: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sayso.ledger.withdrawing.copies_of", lambda report, linked: ("r-copy",))
    result = run("withdraw", days, report_of(run, days, "Mill"), "--author", "Mo")
    assert "derive from it and still count" in result.stderr
    assert result.stderr.endswith("\n  r-copy\n")
    assert "r-copy" not in result.stdout


# ---------------------------------------------------------------------------------------------------
# --as-of


@pytest.mark.parametrize("words", READING, ids=" ".join)
def test_as_of_when_all_was_out_is_as_it_is_now(run: Run, days: str, words: tuple[str, ...]) -> None:
    command, *rest = words
    for machine in ([], ["--json"]):
        now = run(command, days, *rest, *machine)
        then = run(command, days, *rest, *machine, "--as-of", "2031-04-10")
        assert now.exit_code == then.exit_code == 0, then.output
        if command != "account":  # which says of what time it is
            assert then.stdout == now.stdout
    earlier = run(command, days, *rest, "--as-of", "2031-04-08").stdout
    assert earlier != now.stdout
    assert run(command, days, *rest, "--as-of", "2030", "--json").exit_code == 0


@pytest.mark.parametrize("words", [*READING, ("show", "r-1")], ids=" ".join)
def test_as_of_says_the_same_everywhere_and_refuses_what_is_no_time(
    run: Run, days: str, words: tuple[str, ...]
) -> None:
    command, *rest = words
    told = re.sub(r"\s+", " ", run(command, "--help").stdout)
    assert "--as-of TIME As of the end of that time, from what was out by then: " in told
    result = run(command, days, *rest, "--as-of", "yesterday")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "this is not a time" in result.stderr


def test_show_as_of(run: Run, days: str) -> None:
    mill = report_of(run, days, "Mill")
    (rains,) = [
        row
        for row in map(json.loads, run("claims", days, "--json").stdout.splitlines())
        if row["wording"] == "it rains"
    ]
    (then,) = [
        row
        for row in map(json.loads, run("claims", days, "--json", "--as-of", "2031-04-09").stdout.splitlines())
        if row["wording"] == "it rains"
    ]
    shown = json.loads(run("show", days, then["id"], "--as-of", "2031-04-09", "--json").stdout)
    assert [statement["outlet"] for statement in shown["statements"]] == ["Harbour"]
    late = run("show", days, rains["id"], "--as-of", "2031-04-09")
    assert (late.exit_code, late.stdout) == (2, "")
    assert "this was not there yet as of 2031-04-09" in late.stderr
    assert f"stood then in {then['id']}" in late.stderr
    assert "it is of 2031-04-10" in run("show", days, mill, "--as-of", "2031-04-09").stderr
    assert run("show", days, mill, "--as-of", "2031-04-10").stdout == run("show", days, mill).stdout


# ---------------------------------------------------------------------------------------------------
# What the terminal shows of many changes


def made(n: int, kind: ChangeKind = ChangeKind.NEW, weight: ChangeWeight = ChangeWeight.MAIN) -> Change:
    answer = Answer("1", 1.0, 1.0, 1.0, unit="people", counted="soldiers", measure=Measure.KILLED)
    claim = Claim(f"c-{n}", "q-1", f"claim {n} \x1b[31m", (f"s-{n}",), answer, Status.REPORTED, "one", 1)
    return Change(kind, after=(claim,), reasons=(f"why {n}",), weight=weight)


def test_every_kind_has_a_heading() -> None:
    assert list(HEADINGS) == list(ChangeKind)


def test_what_matters_less_is_counted() -> None:
    lesser = [made(n, weight=ChangeWeight.LESSER) for n in range(2, 5)]
    background = [made(9, weight=ChangeWeight.BACKGROUND)]
    told = "\n".join(change_lines([made(1), *lesser, *background], everything=False))
    assert "New (5)" in told
    assert "c-1  reported, 1 origin\n      1 killed: claim 1 [31m\n      - why 1" in told, "and nothing acts on it"
    assert "c-2" not in told
    assert told.endswith("  ... and 4 more, 1 of them background: --all shows them.")
    everything = "\n".join(change_lines([made(1), *lesser, *background], everything=True))
    assert all(f"c-{n}" in everything for n in (1, 2, 3, 4, 9))
    assert "more" not in everything


@pytest.mark.parametrize(
    ("answer", "shown"),
    [
        (Answer("14", 14.0, 14.0, 14.0, measure=Measure.KILLED), "14 killed: it"),
        (Answer("thousands", 1000.0, None, 9999.0, measure=Measure.KILLED), "thousands killed: it"),
        (Answer("at least 12", 12.0, 12.0, None, measure=Measure.INJURED), "at least 12 injured: it"),
        (Answer("12 km", 12.0, 12.0, 12.0, unit="km"), "12 km: it"),
        (Answer("it"), "it"),
        (Answer("it", holds=False), "it"),
    ],
)
def test_a_number_is_shown_as_it_was_given(answer: Answer, shown: str) -> None:
    change = replace(made(1), after=(replace(made(1).after[0], answer=answer, wording="it"),))
    assert f"\n      {shown}\n" in "\n".join(change_lines([change], everything=False))


def test_a_dispute_is_shown_though_the_account_does_not_tell_it() -> None:
    told = "\n".join(change_lines([made(1, ChangeKind.DISPUTED, ChangeWeight.LESSER)], everything=False))
    assert "c-1" in told
    hidden = "\n".join(change_lines([made(1, ChangeKind.DISPUTED, ChangeWeight.BACKGROUND)], everything=False))
    assert hidden.endswith("  1 that the account does not tell, background: --all shows them.")


def test_a_long_list_is_cut_and_says_so() -> None:
    told = "\n".join(change_lines([made(n) for n in range(14)], everything=False))
    assert told.endswith("  ... and 4 more: --all shows them.")
