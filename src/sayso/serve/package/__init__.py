"""`sayso package`: what a ledger holds, as evidence that somebody without sayso can check.

A folder in BagIt form (RFC 8493): the bytes as captured, the records and the journal whose hashes speak of them, the account with its
citations, the proofs of time, and a program of one file that checks it all. What is protected is not in it: the ledger gives none of it.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import IO, TYPE_CHECKING

from sayso.errors import UsageError
from sayso.ledger.proofs import raw_of, stamped
from sayso.serve.commands.account import FORMATS, rendered
from sayso.serve.package.bag import close_bag

if TYPE_CHECKING:
    from sayso.ledger import Ledger

_RECORDS = {"report": "reports.jsonl", "extraction": "readings.jsonl", "judgement": "judgements.jsonl"}
_HEX = frozenset("0123456789abcdef")


@dataclass(frozen=True, slots=True)
class Packed:
    """What stands in ``folder`` now. ``withheld`` counts records and bytes that are left out, each with its reason in the package."""

    folder: str
    head: str
    rows: int
    reports: int
    bytes: int
    judgements: int
    proofs: int
    withheld: int


def package(
    ledger: Ledger,
    folder: str,
    *,
    story: str | None = None,
    as_of: str | None = None,
    progress: Callable[[int, int | None], None] | None = None,
) -> Packed:
    """Writes an evidence package of ``ledger``, or of one story, as of the end of a time, in the new folder ``folder``.

    It lands whole or not at all. Raises UsageError for a folder that is there already or cannot be made, and what the ledger raises.
    """
    target = Path(folder)
    if os.path.lexists(target):
        raise UsageError(
            "there is something already, and a package is never written over anything",
            where=folder,
            remedy="Name a folder that does not exist.",
        )
    if not target.absolute().parent.is_dir():
        raise UsageError("the folder to make it in does not exist", where=folder, remedy="Make that folder first.")
    try:
        made = Path(tempfile.mkdtemp(prefix=".sayso-package-", dir=target.absolute().parent))
    except OSError as error:
        raise UsageError(
            f"nothing can be written there: {error.strerror}", where=folder, remedy="Choose another place."
        ) from error
    try:
        done = _Packing(ledger, made, story=story, as_of=as_of).write(folder, progress)
        made.chmod(0o755)  # a temporary folder is its maker's alone
        made.rename(target)
    except OSError as error:
        raise UsageError(
            f"the package cannot be written: {error.strerror}",
            where=folder,
            remedy="Free some space, or choose another place: nothing was left behind.",
        ) from error
    finally:
        shutil.rmtree(made, ignore_errors=True)
    return done


class _Packing:
    """One package as it is being written. No name of a file in it comes from what a report says."""

    def __init__(self, ledger: Ledger, folder: Path, *, story: str | None, as_of: str | None) -> None:
        self._ledger = ledger
        self._folder = folder
        self._data = folder / "data"
        self._story = story
        self._as_of = as_of
        self._head = "0" * 64
        self._counts = dict.fromkeys(("rows", "reports", "bytes", "judgements", "proofs", "withheld"), 0)

    def write(self, shown: str, progress: Callable[[int, int | None], None] | None) -> Packed:
        (self._data / "records").mkdir(parents=True)
        (self._data / "bytes").mkdir()
        self._journal(progress)
        for name in FORMATS:
            text = rendered(self._ledger, name, story=self._story, as_of=self._as_of)
            (self._data / f"account.{name}").write_text(text, "utf-8", newline="\n")
        about = {
            "made_at": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "made_by": f"sayso {version('sayso')}",
            "journal_head": self._head,
            "story": self._story,
            "as_of": self._as_of,
            **self._counts,
        }
        (self._data / "package.json").write_text(json.dumps(about, indent=2) + "\n", "utf-8", newline="\n")
        source = files("sayso.serve.package")
        (self._folder / "verify.py").write_bytes((source / "alone.py").read_bytes())
        (self._folder / "README.txt").write_bytes((source / "README.txt").read_bytes())
        close_bag(self._folder, identifier=self._head)
        return Packed(folder=shown, head=self._head, **self._counts)

    def _journal(self, progress: Callable[[int, int | None], None] | None) -> None:
        """The journal, the records and bytes it tells of, and why some of them are not here."""
        with _Lines(self._data) as lines:
            for each in self._ledger.evidence(as_of=self._as_of, story=self._story):
                lines.add("journal.jsonl", _json(asdict(each.row)))
                self._counts["rows"] += 1
                self._head = each.row.hash
                if each.kind and each.record is not None:
                    lines.add(f"records/{_RECORDS[each.kind]}", each.record)
                    self._counts["reports"] += each.kind == "report"
                    self._counts["judgements"] += each.kind == "judgement"
                if each.raw is not None:
                    self._raw(each.sha256 or "", each.raw)
                if each.row.kind == "proof":
                    self._proof(each.row.seq, raw_of(each.row))
                    head = str(json.loads(each.row.payload)["head"])
                    (self._data / "proofs" / f"row-{each.row.seq}.txt").write_bytes(stamped(head))
                if each.withheld:
                    what = "record" if each.record is None else "bytes"
                    told = {"row": each.row.seq, "kind": each.kind, "what": what, "why": each.withheld}
                    lines.add("withheld.jsonl", _json(told))
                    self._counts["withheld"] += 1
                if progress is not None:
                    progress(self._counts["rows"], None)

    def _raw(self, sha256: str, raw: bytes) -> None:
        if len(sha256) != 64 or not _HEX.issuperset(
            sha256
        ):  # it comes from the database, which somebody may have written to
            raise UsageError("a report's hash is no hash", where=sha256[:80], remedy="See what `sayso verify` finds.")
        file = self._data / "bytes" / sha256
        if not file.exists():
            file.write_bytes(raw)
            self._counts["bytes"] += len(raw)

    def _proof(self, row: int, raw: bytes) -> None:
        """A proof as it came, in a file that tools for such proofs read, beside the file that was stamped."""
        folder = self._data / "proofs"
        folder.mkdir(exist_ok=True)
        kind = "ots" if raw.startswith(b"\x00OpenTimestamps") else "tsr"
        (folder / f"row-{row}.{kind}").write_bytes(raw)
        self._counts["proofs"] += 1


class _Lines:
    """Files of JSON lines, each opened when its first line comes; what no line came for is not there."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._open: dict[str, IO[str]] = {}

    def __enter__(self) -> _Lines:
        return self

    def __exit__(self, *_: object) -> None:
        for file in self._open.values():
            file.close()

    def add(self, name: str, line: str) -> None:
        if name not in self._open:
            self._open[name] = (self._folder / name).open("w", encoding="utf-8", newline="\n")
        self._open[name].write(line + "\n")


def _json(plain: object) -> str:
    return json.dumps(plain, ensure_ascii=False)
