"""Stable ids: length-prefixed hashes of identity fields.

The fields are joined with their lengths, never with a separator, so that no two different tuples of
fields give the same bytes. The same identity gives the same id on every machine, in every order.
"""

from __future__ import annotations

import base64
import hashlib

_ID_BYTES = 10  # 80 bits: a collision among 10^9 records has a probability of about 4e-7


def make_id(prefix: str, *fields: str | int | None) -> str:
    """An id such as ``r-3x5k…`` for the record that has these identity fields.

    ``prefix`` says what kind of record it is and is part of the hash. ``None`` and the empty string
    are different fields, and so are the number 1 and the text "1".
    """
    digest = hashlib.sha256()
    for field in (prefix, *fields):
        kind, data = _encode(field)
        digest.update(f"{kind}{len(data)}:".encode("ascii"))
        digest.update(data)
    tail = base64.b32encode(digest.digest()[:_ID_BYTES]).decode("ascii").lower()
    return f"{prefix}-{tail}"


def _encode(field: str | int | None) -> tuple[str, bytes]:
    if field is None:
        return "n", b""
    if isinstance(field, int):
        return "i", str(field).encode("ascii")
    return "s", field.encode("utf-8", "surrogatepass")
