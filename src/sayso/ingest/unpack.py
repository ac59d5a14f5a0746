"""gzip, undone within limits: a small file cannot become a large one in memory."""

from __future__ import annotations

import zlib

from sayso.errors import InputError

GZIP_MAGIC = b"\x1f\x8b"
_CHUNK = 1 << 20


def gunzip(raw: bytes, *, where: str, max_bytes: int, head: int | None = None) -> bytes:
    """The unpacked bytes of all members. With ``head`` only about that many, and damage is not an error.

    Raises `InputError` when the data is damaged, cut off, or larger than ``max_bytes`` unpacked.
    """
    limit = head if head is not None else max_bytes
    out = bytearray()
    rest: bytes = raw
    try:
        while rest.startswith(GZIP_MAGIC):
            member = zlib.decompressobj(wbits=31)
            data = rest
            while data and not member.eof:
                out += member.decompress(data, _CHUNK)
                data = member.unconsumed_tail
                if len(out) > limit:
                    if head is not None:
                        return bytes(out[:head])
                    raise too_large(where, max_bytes)
            if not member.eof:
                if head is not None:
                    return bytes(out)
                raise _damaged(where, "the gzip data is cut off")
            # Padding after the last member is customary on tapes and harmless.
            rest = member.unused_data.lstrip(b"\0")
    except zlib.error as error:
        if head is not None:
            return bytes(out)
        raise _damaged(where, f"the gzip data is damaged ({error})") from error
    return bytes(out)


def too_large(where: str, limit: int) -> InputError:
    return InputError(
        f"larger than the limit of {limit:,} bytes",
        where=where,
        remedy="Split the input, or raise the limit if you trust it.",
    )


def _damaged(where: str, what: str) -> InputError:
    return InputError(what, where=where, remedy="Fetch or copy the file again.")
