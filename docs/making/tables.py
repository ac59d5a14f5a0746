"""The page of the stored tables and of the views, from a ledger that was just made and from the migrations that made it."""

from __future__ import annotations

import re
import sqlite3
import tempfile
from importlib.resources import files
from pathlib import Path

import sayso
from making.prose import cell, code, table

_INTERNAL = re.compile(r"^(?:sqlite_|\w+_fts_)")
_COLUMN = re.compile(r"^ {4}(\w+) [A-Z][^\n]*?-- (.+)$", re.M)
_ADDED = re.compile(r"^ALTER TABLE (\w+) ADD COLUMN (\w+) [^\n]*?-- (.+)$", re.M)
_NAMED = re.compile(r"^CREATE TABLE (\w+) \( +-- (.+)$", re.M)


def page() -> str:
    """Every table and view of a ledger with its columns, in the order in which they were made."""
    script = "\n".join(text for _, text in _migrations())
    columns, tables = _comments(script)
    parts = [_OPENING]
    with tempfile.TemporaryDirectory() as folder:
        ledger = Path(folder) / "empty.db"
        sayso.open(str(ledger), create=True).close()
        connection = sqlite3.connect(ledger)
        made = connection.execute(
            "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid"
        ).fetchall()
        for kind, heading in (("table", "Tables"), ("view", "Views")):
            parts += [f"## {heading}", "", _ABOUT[kind], ""]
            for of_kind, name, sql in made:
                if of_kind == kind and not _INTERNAL.match(name):
                    parts.append(_one(connection, kind, name, sql, columns, tables))
        connection.close()
    parts += [
        "## Migrations",
        "",
        "A ledger of an earlier version is brought up to date when it is opened to be written.",
        "",
    ]
    parts.append(
        table(("File", "What it does"), [(code(name), cell(_first_comment(text))) for name, text in _migrations()])
    )
    return "\n".join(parts) + "\n"


_OPENING = """# Stored tables and views

A ledger is one SQLite file. What was captured, read and judged only ever grows: triggers refuse to change or remove a row, and every
step stands in `journal`, each row with the hash of the row before. What is derived can be dropped and made again (`sayso rebuild`).

The tables are ours and may change with any version, with a migration; [the JSON shapes](json.md) are what others may rely on. The views
are for reading with sqlite3 or [Datasette](../exports.md#datasette-and-sqlite3).
"""

_ABOUT = {
    "table": "`JSON` in a comment says that a cell holds JSON.",
    "view": "Plain columns, and the ids that lead from one view to the next. Lists are joined by “; ”.",
}


def _one(
    connection: sqlite3.Connection,
    kind: str,
    name: str,
    sql: str,
    columns: dict[tuple[str, str], str],
    tables: dict[str, str],
) -> str:
    parts = [f"### `{name}`", ""]
    if name in tables:
        parts += [f"{cell(tables[name]).capitalize()}.", ""]
    if "USING fts5" in sql:
        parts += ["A full-text index.", ""]
    rows = [
        (code(column), code(type), cell(columns.get((name, column), "")))
        for _, column, type, *_ in connection.execute(f"PRAGMA table_info({name})")
    ]
    if kind == "view":
        parts.append(table(("Column", ""), [(row[0], row[2]) for row in rows]))
        parts += [
            '??? note "How it is made"',
            "",
            "    ```sql",
            *(f"    {line}" for line in sql.split("\n")),
            "    ```",
            "",
        ]
    else:
        parts.append(table(("Column", "Type", ""), rows))
    return "\n".join(parts)


def _migrations() -> list[tuple[str, str]]:
    found = sorted(files("sayso.store").joinpath("migrations").iterdir(), key=lambda each: each.name)
    return [(each.name, each.read_text("utf-8")) for each in found if each.name.endswith(".sql")]


def _comments(script: str) -> tuple[dict[tuple[str, str], str], dict[str, str]]:
    """What the migrations say of columns and of tables; a later one counts."""
    columns: dict[tuple[str, str], str] = {}
    for made in re.finditer(r"^CREATE TABLE (\w+) \((.*?)^\)", script, re.M | re.S):
        columns |= {(made[1], column): words for column, words in _COLUMN.findall(made[2])}
    columns |= {(name, column): words for name, column, words in _ADDED.findall(script)}
    return columns, dict(_NAMED.findall(script))


def _first_comment(text: str) -> str:
    lines = []
    for line in text.split("\n"):
        if not line.startswith("--"):
            break
        lines.append(line.removeprefix("--").strip())
    return " ".join(lines)
