"""Proofs from elsewhere that the journal ended so at some time: time stamps of RFC 3161 and OpenTimestamps.

What is stamped is a file of one line, the hash of the journal's last row (`stamped`). The proof that comes back is attached: it stands in the
journal itself, so that it is kept, copied and packaged with everything. Nothing here asks the network, and every answer says what was
looked at and what was not.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sayso.errors import InputError, UsageError
from sayso.store import JournalRow

LARGEST = 1 << 20  # bytes; a token with its certificates has some thousands
_HASHES = ("sha1", "sha256", "sha384", "sha512")


@dataclass(frozen=True, slots=True)
class Token:
    """What a proof says by itself: of which digest it speaks, and the times that it attests. ``checked`` and ``unchecked`` say in words what
    was looked at."""

    kind: str  # rfc3161, opentimestamps
    algorithm: str
    digest: bytes
    times: tuple[str, ...] = ()  # ISO 8601 in UTC
    by: tuple[str, ...] = ()
    checked: tuple[str, ...] = ()
    unchecked: tuple[str, ...] = ()
    wrong: str | None = None


@dataclass(frozen=True, slots=True)
class Proof:
    """A proof in a journal: ``row`` attached it, and it speaks of row ``of``, whose hash is ``head`` (None: of no row of this journal)."""

    row: int
    attached_at: str
    author: str
    sha256: str
    token: Token
    head: str | None
    of: int | None
    wrong: str | None = None


def stamped(head: str) -> bytes:
    """The file that is to be stamped for a hash of the journal's last row."""
    return f"{head}\n".encode("ascii")


def read_token(raw: bytes, *, roots: Sequence[bytes] = (), blocks: Sequence[bytes] = ()) -> Token:
    """What the bytes of a proof say. ``roots`` are certificates (PEM or DER) that its signature is held against, ``blocks`` headers of
    Bitcoin's blocks (80 bytes each).

    Raises InputError for what is neither kind of proof, and UsageError where what reads them is not installed.
    """
    if len(raw) > LARGEST:
        raise InputError("this is too large for a proof", where="proof", remedy="Give the token alone.")
    try:
        if raw.startswith(b"\x00OpenTimestamps"):
            from sayso.ledger.proofs.opentimestamps import read_ots

            return read_ots(raw, blocks)
        from sayso.ledger.proofs.rfc3161 import read_tsr

        return read_tsr(raw, roots)
    except ModuleNotFoundError as error:
        raise UsageError(
            f"to read proofs of time takes {error.name}",
            where="proof",
            remedy='Install it: pip install "sayso[proofs]".',
        ) from error


def payload_of(raw: bytes, token: Token, head: str, author: str) -> dict[str, str]:
    """What the journal says of a proof."""
    return {
        "proof": hashlib.sha256(raw).hexdigest(),
        "kind": token.kind,
        "head": head,
        "by": author,
        "bytes": base64.b64encode(raw).decode("ascii"),
    }


def raw_of(row: JournalRow) -> bytes:
    """The bytes of a proof that a row of the journal holds. Raises InputError where it holds none."""
    try:
        return base64.b64decode(json.loads(row.payload)["bytes"], validate=True)
    except (ValueError, KeyError, TypeError, binascii.Error) as error:
        raise InputError(
            "this row holds no proof", where=f"journal row {row.seq}", remedy="See what `sayso verify` finds."
        ) from error


def speaks_of(token: Token, rows: Iterable[JournalRow]) -> JournalRow | None:
    """The row of which a proof speaks: its digest is that of the row's file, or the row's hash itself."""
    if token.algorithm not in _HASHES:
        return None
    for row in rows:
        if token.digest == hashlib.new(token.algorithm, stamped(row.hash)).digest() or token.digest.hex() == row.hash:
            return row
    return None


def proofs_in(rows: Sequence[JournalRow], *, roots: Sequence[bytes] = (), blocks: Sequence[bytes] = ()) -> list[Proof]:
    """The proofs that a journal holds, each held against the rows before it. Raises UsageError where what reads them is not installed."""
    found = []
    for row in rows:
        if row.kind != "proof":
            continue
        says = json.loads(row.payload)
        try:
            raw = raw_of(row)
            token = read_token(raw, roots=roots, blocks=blocks)
        except InputError as error:
            token = Token("unknown", "", b"")
            found.append(
                Proof(
                    row.seq, row.at, str(says.get("by")), str(says.get("proof")), token, None, None, error.problem.what
                )
            )
            continue
        of = speaks_of(token, rows[: row.seq - 1])
        wrong = token.wrong or (None if of else "it speaks of no row of this journal that stands before it")
        if hashlib.sha256(raw).hexdigest() != says.get("proof"):
            wrong = "its bytes are not those that were attached"
        head, number = (of.hash, of.seq) if of else (None, None)
        found.append(Proof(row.seq, row.at, str(says.get("by")), str(says.get("proof")), token, head, number, wrong))
    return found
