#!/usr/bin/env python3
"""Checks this evidence package with nothing but Python 3.8 or later. It needs no sayso, no network, and changes nothing.

    python3 verify.py              everything below
    python3 verify.py HASH         and that a hash noted earlier stands in the journal
    python3 verify.py HASH FOLDER  of the package in another folder

1. Every file is the one that the manifest lists (BagIt, RFC 8493), and no file is there beside those.
2. Each row of data/journal.jsonl holds the hash of the row before, and its own hash is that of what it says.
3. Each record that the journal tells of is in data/records/ with the very hash that the journal gives, or data/withheld.jsonl says why it
   is not. A record's hash is the SHA-256 of its line, as it stands.
4. The bytes of each report are in data/bytes/ under their SHA-256, or data/withheld.jsonl says why they are not.

The exit code is 0 when all of that holds, and 1 when it does not.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FIRST = "0" * 64  # stands as "prev" in the first row


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def lines(path: Path) -> list[bytes]:
    """The lines of a file as bytes, split at line feeds alone: nothing else ends a line in JSON lines."""
    return [line for line in path.read_bytes().split(b"\n") if line] if path.is_file() else []


def row_hash(row: dict[str, Any]) -> str:
    told = json.dumps(
        [row[k] for k in ("seq", "at", "kind", "payload", "prev")], ensure_ascii=False, separators=(",", ":")
    )
    return sha256(told.encode("utf-8"))


def check_files(folder: Path) -> Iterator[str]:
    """1. The manifests, in both directions."""
    for name in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        listed = {line[66:]: line[:64] for line in (folder / name).read_text("utf-8").splitlines()}
        for path, expected in listed.items():
            file = folder / path
            if ".." in Path(path).parts or not file.is_file():
                yield f"{path}: the file is not there, and {name} lists it"
            elif sha256(file.read_bytes()) != expected:
                yield f"{path}: the file is not the one that {name} lists"
        if name.startswith("manifest"):
            for file in sorted((folder / "data").rglob("*")):
                path = file.relative_to(folder).as_posix()
                if not file.is_dir() and path not in listed:
                    yield f"{path}: the file is not in {name}"


def check_chain(rows: list[dict[str, Any]], noted: str | None) -> Iterator[str]:
    """2. The chain, to its first broken link."""
    prev, seen = FIRST, noted is None
    for number, row in enumerate(rows, start=1):
        where = f"journal row {row.get('seq')} ({row.get('kind')}, {row.get('at')})"
        if row["seq"] != number:
            yield f"{where}: the chain is broken: rows are missing after row {number - 1}"
            return
        if row["prev"] != prev:
            yield f"{where}: the chain is broken: it does not follow from the row before"
            return
        if row["hash"] != row_hash(row):
            yield f"{where}: the chain is broken: the row was changed after it was written"
            return
        prev = row["hash"]
        seen = seen or prev == noted
    if not seen:
        yield f"the journal does not hold {noted}: rows were cut off its end, or it was written anew"


def told(rows: list[dict[str, Any]]) -> dict[tuple[str, Any], tuple[int, str, str | None]]:
    """Of each record that the journal tells of, the hashes that it has after every redaction: (kind, key) -> (row, record, bytes)."""
    found: dict[tuple[str, Any], tuple[int, str, str | None]] = {}
    for row in rows:
        says = json.loads(row["payload"])
        if row["kind"] == "report":
            found["report", says["report"]] = (row["seq"], says["record"], says["sha256"])
        elif row["kind"] in ("extraction", "judgement"):
            found[row["kind"], says[row["kind"]]] = (row["seq"], says["sha256"], None)
        elif row["kind"] == "redaction":
            key = "report", says["report"]
            found[key] = (found[key][0], says["record"][1], says["sha256"][1])
            for kind, changed in (("extraction", says["readings"]), ("judgement", says["judgements"])):
                for name, _, after in changed:
                    found[kind, name] = (found[kind, name][0], after, None)
    return found


def check_records(folder: Path, rows: list[dict[str, Any]]) -> Iterator[str]:
    """3 and 4. What the journal tells of, and nothing else, is there."""
    records = {sha256(line) for path in sorted((folder / "data/records").glob("*.jsonl")) for line in lines(path)}
    withheld = [json.loads(line) for line in lines(folder / "data/withheld.jsonl")]
    no_record = {each["row"] for each in withheld if each["what"] == "record"}
    no_bytes = {each["row"] for each in withheld}
    held = {file.name for file in (folder / "data/bytes").glob("*")} if (folder / "data/bytes").is_dir() else set()
    wanted: set[str] = set()
    for (kind, key), (row, record, raw) in sorted(told(rows).items(), key=lambda item: item[1][0]):
        wanted.add(record)
        if record not in records and row not in no_record:
            yield f"journal row {row}: the {kind} {key} is not here as the journal tells of it"
        if raw and row not in no_bytes:
            file = folder / "data/bytes" / raw
            if not file.is_file() or sha256(file.read_bytes()) != raw:
                yield f"journal row {row}: the bytes of report {key} are not here as they were captured"
        held.discard(raw or "")
    for name in sorted(held):
        yield f"data/bytes/{name}: no row of the journal tells of these bytes"
    if extra := len(records - wanted):
        yield f"data/records: {extra} records that no row of the journal tells of"


def main(noted: str | None = None, place: str | None = None) -> int:
    folder = Path(place) if place else Path(__file__).resolve().parent
    rows = [json.loads(line) for line in lines(folder / "data/journal.jsonl")]
    found = [*check_files(folder), *check_chain(rows, noted)]
    try:
        found += check_records(folder, rows)
    except (KeyError, TypeError, ValueError) as error:
        found.append(f"the journal cannot be understood ({error!r})")
    if not rows:
        found.append("the journal is empty")
    for problem in found:
        print(f"wrong: {problem}")
    if not found:
        kept = len(lines(folder / "data/withheld.jsonl"))
        print(
            f"All is as the journal tells: {len(rows)} rows. {kept} records or bytes are withheld, as data/withheld.jsonl says."
        )
        print(f"The journal ends with {rows[-1]['hash']}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
