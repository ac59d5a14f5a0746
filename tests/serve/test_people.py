"""`sayso people`, and who `sayso serve` lets in."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from click.testing import Result

from sayso.errors import SaysoError, UsageError
from sayso.serve.commands.serve import _check_who_gets_in
from sayso.serve.people import passwords
from sayso.serve.people.store import open_people, people_path
from tests.serve.conftest import Run

WORDS = "nine plain words"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashes that cost nothing: what they cost is tested where they are made."""
    monkeypatch.setattr(passwords, "PasswordHasher", lambda: PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


def said(result: Result) -> list[Any]:
    assert result.exit_code == 0, (result.output, result.exception)
    return [json.loads(line) for line in result.stdout.splitlines()]


def refused(result: Result) -> str:
    """The exit code and what was said of a command that was refused."""
    assert isinstance(result.exception, (SaysoError, SystemExit))
    assert result.exit_code in (2, 3), result.output
    return result.output


@pytest.fixture
def staffed(run: Run, filled: str) -> str:
    """A ledger with an admin and a reader."""
    for name, role in (("ada", "admin"), ("rea", "reader")):
        assert run("people", filled, "add", name, "--role", role, "--password-stdin", input=f"{WORDS}\n").exit_code == 0
    return filled


def test_people_come_change_and_go(run: Run, staffed: str) -> None:
    (made,) = said(run("people", staffed, "add", "Bo Quill", "--password-stdin", "--json", input=f"{WORDS}\r\n"))
    assert (made["name"], made["role"], made["removed_at"]) == ("Bo Quill", "reader", None)
    assert said(run("people", staffed, "role", "bo quill", "editor", "--json"))[0]["role"] == "editor"
    assert run("people", staffed, "remove", "Bo Quill").stdout == "Bo Quill may not log in any more.\n"
    assert [row["name"] for row in said(run("people", staffed, "list", "--json"))] == ["ada", "rea"]
    everyone = said(run("people", staffed, "list", "--all", "--json"))
    assert [row["name"] for row in everyone if row["removed_at"]] == ["Bo Quill"]
    assert "ada   admin" in run("people", staffed, "list").stdout


def test_the_ledger_knows_nothing_of_it(run: Run, staffed: str) -> None:
    before = Path(staffed).read_bytes()
    run("people", staffed, "token", "ada", "--scope", "admin")
    assert Path(staffed).read_bytes() == before
    assert b"argon2" not in before
    assert Path(f"{staffed}.people").stat().st_mode & 0o077 == 0
    assert run("verify", staffed).exit_code == 0


def test_no_password_is_an_argument(run: Run, filled: str) -> None:
    assert run("people", filled, "add", "ada", "--password", WORDS).exit_code == 2
    assert run("people", filled, "add", "ada", WORDS).exit_code == 2
    assert "--password-stdin" in refused_words(run, filled)
    assert not Path(f"{filled}.people").exists() or not open_people(people_path(filled)).people()


def refused_words(run: Run, ledger: str) -> str:
    result = run("people", ledger, "add", "ada", input=WORDS)  # no terminal, and not said to read stdin
    assert result.exit_code == 2 or isinstance(result.exception, UsageError)
    return str(result.exception) + result.output


@pytest.mark.parametrize(
    ("words", "typed"),
    [
        (("add", "../x", "--password-stdin"), WORDS),
        (("add", "ADA", "--password-stdin"), WORDS),
        (("add", "bo", "--password-stdin"), "short"),
        (("add", "bo", "--password-stdin"), ""),
        (("add", "bo", "--role", "owner", "--password-stdin"), WORDS),
        (("remove", "ada"), ""),
        (("role", "ada", "reader"), ""),
        (("remove", "nobody"), ""),
        (("token", "rea", "--scope", "write"), ""),
        (("token", "rea", "--days", "0"), ""),
        (("revoke", "t-none"), ""),
    ],
)
def test_what_cannot_be_is_refused_and_not_noted(run: Run, staffed: str, words: tuple[str, ...], typed: str) -> None:
    before = said(run("people", staffed, "audit", "--json"))
    refused(run("people", staffed, *words, input=f"{typed}\n"))
    assert said(run("people", staffed, "audit", "--json")) == before


def test_a_slip_in_the_ledgers_name_makes_no_file(run: Run, tmp_path: Path) -> None:
    refused(run("people", str(tmp_path / "slip.db"), "add", "ada", "--password-stdin", input=WORDS))
    assert list(tmp_path.iterdir()) == []


def test_tokens_are_made_listed_and_revoked(run: Run, staffed: str) -> None:
    shown = run("people", staffed, "token", "rea", "--name", "nightly")
    assert shown.stdout.startswith("sayso_")
    assert len(shown.stdout.splitlines()) == 1, "so that it can be piped to where it is kept"
    (second,) = said(run("people", staffed, "token", "ada", "--scope", "write", "--days", "3", "--json"))
    assert second["token"].startswith("sayso_")
    listed = said(run("people", staffed, "tokens", "--json"))
    assert {(row["person"], row["scope"], row["state"]) for row in listed} == {
        ("rea", "read", "valid"),
        ("ada", "write", "valid"),
    }
    assert all("token" not in row for row in listed)
    assert [row["person"] for row in said(run("people", staffed, "tokens", "rea", "--json"))] == ["rea"]
    assert said(run("people", staffed, "revoke", second["id"], "--json"))[0]["state"] == "revoked"


def test_the_log_holds_it_all_and_shows_a_hand_in_it(run: Run, staffed: str) -> None:
    run("people", staffed, "password", "rea", "--password-stdin", input="some other words\n")
    rows = said(run("people", staffed, "audit", "--json"))
    assert [row["what"] for row in rows] == [
        "added a person (admin)",
        "added a person (reader)",
        "changed the password",
    ]
    assert {row["address"] for row in rows} == {"-"}
    assert len(said(run("people", staffed, "audit", "-n", "1", "--json"))) == 1
    with sqlite3.connect(f"{staffed}.people") as db:
        db.executescript("DROP TRIGGER audit_stays; UPDATE audit SET who = 'nobody' WHERE seq = 1")
    db.close()
    broken = run("people", staffed, "audit")
    assert broken.exit_code == 3
    assert "audit row 1: it was changed after it was written" in broken.stderr


# ---------------------------------------------------------------------------------------------------
# sayso serve


@pytest.mark.parametrize(
    ("host", "auth", "open_to_all", "author"),
    [
        ("127.0.0.1", False, False, None),
        ("127.0.0.1", False, False, "Ada"),
        ("localhost", False, False, None),
        ("::1", False, False, None),
        ("0.0.0.0", True, False, None),
        ("0.0.0.0", False, True, None),
        ("desk.example", True, False, None),
    ],
)
def test_a_desk_is_for_oneself_or_for_people_or_open_in_so_many_words(
    host: str, auth: bool, open_to_all: bool, author: str | None
) -> None:
    _check_who_gets_in(host, auth=auth, open_to_all=open_to_all, author=author)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--host", "0.0.0.0"), "could read the ledger and judge in it"),
        (("--host", "::"), "could read the ledger and judge in it"),
        (("--host", "desk.example"), "could read the ledger and judge in it"),
        (("--host", "127.0.0.1.desk.example"), "could read the ledger and judge in it"),
        (("--auth", "--open"), "a name of their own"),
        (("--auth", "--author", "Ada"), "a name of their own"),
        (("--auth",), "no people are kept"),
    ],
)
def test_it_never_opens_a_ledger_to_a_network_unasked(run: Run, filled: str, words: tuple[str, ...], told: str) -> None:
    result = run("serve", filled, *words, "--port", "0")
    assert result.exit_code != 0
    assert told in str(result.exception) + result.output
