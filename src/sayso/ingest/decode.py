"""Bytes to characters: the encoding that was declared or that the bytes show, and a note where it was a guess.

A byte order mark is dropped, so that offset 0 is the first character of the text; nothing else is:
newlines stay as they came.
"""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from charset_normalizer import from_bytes

from sayso.errors import InputError
from sayso.model import Problem

# The longest mark first: that of UTF-32 begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 256 * 1024  # bytes that the guess looks at; enough for its statistics, quick on 50 MB
# Without those that text files hold: tab, newlines, form feed, escape, and NEL.
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f]")
_MOST_CONTROLS = 0.02  # share of control characters above which bytes are not text


class Decoded(NamedTuple):
    text: str
    encoding: str
    problem: Problem | None


def decode(raw: bytes, *, where: str, declared: str | None = None) -> Decoded:
    """The characters of ``raw``. Raises `InputError` for bytes that are no text."""
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return _decode_as(raw, encoding, where=where)
    if declared and (text := _try(raw, declared)) is not None and "\0" not in text:
        return Decoded(_checked(text, where), declared, None)
    if b"\0" in raw[:_SAMPLE]:
        # Plain English in UTF-16 is also well-formed UTF-8, with a NUL after each letter.
        if (wide := _unmarked_utf16(raw)) is None:
            raise _not_text(where)
        return _noted(_decode_as(raw, wide, where=where), where)
    if (text := _try(raw, "utf-8")) is not None:
        return Decoded(_checked(text, where), "utf-8", None)
    if _nearly_utf8(raw):
        return _decode_as(raw, "utf-8", where=where)
    best = from_bytes(raw[:_SAMPLE]).best()
    if best is None:
        raise _not_text(where)
    return _noted(_decode_as(raw, best.encoding, where=where), where)


def is_binary(raw: bytes) -> bool:
    """Whether the first bytes cannot be text in any encoding we would try without a mark."""
    if any(raw.startswith(mark) for mark, _ in _MARKS):
        return False
    head = raw[:4096]
    return b"\0" in head and _unmarked_utf16(raw) is None


def _try(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(encoding)
    except (UnicodeError, LookupError):
        return None


def _decode_as(raw: bytes, encoding: str, *, where: str) -> Decoded:
    text = _try(raw, encoding)
    if text is not None:
        return Decoded(_checked(text, where), encoding, None)
    text = raw.decode(encoding, errors="replace")
    broken = text.count("\ufffd")
    note = Problem(
        f"{broken} character(s) could not be decoded as {encoding} and stand as U+FFFD",
        where,
        "Save the file as UTF-8 if these characters matter.",
    )
    return Decoded(_checked(text, where), encoding, note)


def _noted(decoded: Decoded, where: str) -> Decoded:
    note = Problem(
        f"the encoding is not UTF-8; it was read as {decoded.encoding}, which is a guess",
        where,
        "Save the file as UTF-8 if letters look wrong.",
    )
    return decoded._replace(problem=decoded.problem or note)


def _nearly_utf8(raw: bytes) -> bool:
    """Well-formed many-byte letters outnumber the broken bytes by far: UTF-8 that was cut or damaged."""
    text = raw[:_SAMPLE].decode("utf-8", errors="replace")
    good = sum(1 for c in text if c > "\x7f" and c != "\ufffd")
    return good >= 10 * text.count("\ufffd")


def _unmarked_utf16(raw: bytes) -> str | None:
    head = raw[:4096]
    if len(head) < 4 or len(raw) % 2:
        return None
    for encoding, high in (("utf-16-le", head[1::2]), ("utf-16-be", head[0::2])):
        low = head[0::2] if encoding == "utf-16-le" else head[1::2]
        # Latin letters give zero high bytes nearly everywhere, and no zero low bytes.
        if high.count(0) > 0.6 * len(high) and low.count(0) == 0:
            return encoding
    return None


def _checked(text: str, where: str) -> str:
    head = text[:_SAMPLE]
    controls = len(_CONTROL.findall(head))
    if controls > _MOST_CONTROLS * len(head) or "\0" in text:
        raise _not_text(where)
    return text


def _not_text(where: str) -> InputError:
    return InputError(
        "the bytes are no text and no format that sayso reads",
        where=where,
        remedy="Give text, Markdown, HTML, a feed, JSON, CSV, PDF, WARC, WACZ or a Telegram export.",
    )
