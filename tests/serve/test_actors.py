"""`sayso actors` and `sayso judge`: who is who, what a person says of it, and how that is undone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from sayso import shapes
from tests.serve.conftest import Run


def actors(run: Run, ledger: str) -> dict[str, dict[str, Any]]:
    """The actors of a ledger by the name that is shown."""
    rows = [json.loads(line) for line in run("actors", ledger, "--json").stdout.splitlines()]
    for row in rows:
        Draft202012Validator(shapes.schema("actors")).validate(row)
    return {row["name"]: row for row in rows}


def test_actors_are_listed_with_their_names(run: Run, filled: str) -> None:
    assert set(actors(run, filled)) == {"Ada", "Bo", "Cy", "Dee"}
    shown = run("actors", filled, "ada")
    assert shown.exit_code == 0
    assert shown.stdout.startswith("Ada (")
    assert "\nBo (" not in shown.stdout
    assert run("actors", filled, "Quill").stdout == ""


def test_actors_can_be_exported_and_shown(run: Run, filled: str) -> None:
    exported = [json.loads(line) for line in run("export", filled, "--what", "actors").stdout.splitlines()]
    assert [row["id"] for row in exported] == sorted(row["id"] for row in exported)
    ada = next(row for row in exported if row["name"] == "Ada")
    assert ada["members"][0]["reasons"] == ["the same name"]
    stories = [json.loads(line) for line in run("export", filled, "--what", "stories").stdout.splitlines()]
    assert {side["story"] for side in ada["sides"]} <= {story["id"] for story in stories}
    shown = json.loads(run("show", filled, ada["id"], "--json").stdout)
    assert shown["record"] == ada
    assert [row["content_words"] for row in shown["statements"]] == ["3 fell"]


def test_a_merge_is_obeyed_and_undone(run: Run, filled: str) -> None:
    made = run("judge", filled, "merge", "Ada", "Bo", "--author", "Ilse", "--json")
    assert made.exit_code == 0, made.output
    row = json.loads(made.stdout)
    assert (row["subject"], row["other"], row["author"]) == ("actor:Ada", "actor:Bo", "Ilse")
    joined = next(each for each in actors(run, filled).values() if len(each["members"]) == 2)
    assert {"joined by Ilse"} <= {reason for member in joined["members"] for reason in member["reasons"]}
    assert "joined by Ilse" in run("actors", filled, "Bo").stdout
    assert "merge" in run("show", filled, joined["id"]).stdout
    assert run("judge", filled, "reject", row["id"], "--author", "Ilse").exit_code == 0
    assert set(actors(run, filled)) == {"Ada", "Bo", "Cy", "Dee"}
    assert run("verify", filled).exit_code == 0


def test_a_party_is_named_by_its_id_as_well(run: Run, filled: str) -> None:
    known = actors(run, filled)
    made = run(
        "judge", filled, "merge", known["Ada"]["id"], known["Cy"]["members"][0]["actor"], "--author", "Ilse", "--json"
    )
    assert json.loads(made.stdout)["subject"] == "actor:Ada"
    assert json.loads(made.stdout)["other"] == "actor:Cy"


def test_a_side_is_corrected_in_every_story_or_in_one(run: Run, filled: str) -> None:
    run("judge", filled, "correct", "Ada", "--value", "side: Norland", "--author", "Ilse")
    assert [(s["side"], s["reasons"]) for s in actors(run, filled)["Ada"]["sides"]] == [("Norland", ["set by Ilse"])]
    report = actors(run, filled)["Ada"]["members"][0]["report"]
    run("judge", filled, "correct", "Ada", report, "--value", "side: Varn", "--author", "Mo")
    assert [(s["side"], s["reasons"]) for s in actors(run, filled)["Ada"]["sides"]] == [("Varn", ["set by Mo"])]


def test_a_state_and_a_body_are_corrected(run: Run, filled: str) -> None:
    run("judge", filled, "correct", "Ada", "--value", "state: Norland", "--author", "Ilse")
    run("judge", filled, "correct", "Ada", "--value", "body: Varn River Council", "--author", "Ilse")
    ada = actors(run, filled)["Ada"]
    assert (ada["state"], ada["bodies"], ada["sides"][0]["side"]) == ("Norland", ["Varn River Council"], "Norland")


@pytest.mark.parametrize(
    "words",
    [
        ("merge", "Ada", "Nemo"),
        ("merge", "Ada"),
        ("merge", "Ada", "r-"),
        ("correct", "Ada", "--value", "colour: red"),
        ("correct", "Ada", "--value", "side:"),
        ("correct", "Ada", "Bo", "--value", "side: Varn"),
        ("split", "Ada@r-none", "Bo"),
        ("merge", "p-none", "Bo"),
        ("approve", "Ada"),
    ],
)
def test_a_judgement_that_says_nothing_is_refused(run: Run, filled: str, words: tuple[str, ...]) -> None:
    assert run("judge", filled, *words, "--author", "Ilse").exit_code != 0
    assert run("export", filled, "--what", "actors").stdout.count("joined by") == 0


def test_a_table_of_ones_own_is_kept_as_judgements(run: Run, filled: str, tmp_path: Path) -> None:
    table = tmp_path / "own.csv"
    table.write_text("name,aliases,state,side\nAda,Bo|Cy,Norland,\nDee,,,Varn\n,nobody,,\n", "utf-8")
    first = run("actors", filled, "--import", str(table), "--author", "Ilse")
    assert "4 new judgements" in first.stderr
    assert "0 new judgements" in run("actors", filled, "--import", str(table), "--author", "Ilse").stderr
    known = actors(run, filled)
    assert len(known) == 2
    joined = next(row for row in known.values() if len(row["names"]) == 3)
    assert joined["state"] == "Norland"
    assert known["Dee"]["sides"][0]["side"] == "Varn"


@pytest.mark.parametrize("text", ["who,aliases\nAda,Bo\n", "", "\xff\xfe"])
def test_another_table_is_refused(run: Run, filled: str, tmp_path: Path, text: str) -> None:
    table = tmp_path / "own.csv"
    table.write_bytes(text.encode("latin-1"))
    refused = run("actors", filled, "--import", str(table), "--author", "Ilse")
    assert refused.exit_code != 0
    assert actors(run, filled).keys() == {"Ada", "Bo", "Cy", "Dee"}
