"""Protected names in the bytes of a report: whether they may stand there, and bytes without them.

What was captured is read as every usual encoding gives it, with entities, escapes and addresses undone and tags taken out. Bytes that are
packed (a PDF, an archive) cannot be looked through, and are taken to hold a name.
"""

from __future__ import annotations

import codecs
import html
import re
from collections.abc import Callable, Iterator
from urllib.parse import unquote_to_bytes

from sayso.ledger.masking import BLOCK
from sayso.ledger.names_hidden import NamesHidden

_READABLE = ("text/", "application/json", "application/xhtml", "application/xml", "application/rss", "application/atom")
_ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "latin-1")
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")
_TAG = re.compile(r"<[^<>]{0,2000}>")
_MARKED = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def may_hold(media_type: str, raw: bytes, touches: Callable[[str], bool]) -> bool:
    """Whether bytes of that type may hold what ``touches`` knows in a text."""
    if not media_type.startswith(_READABLE):
        return True
    return any(touches(text) for text in _readings(raw))


def _readings(raw: bytes) -> Iterator[str]:
    for encoding in _ENCODINGS:
        text = raw.decode(encoding, "ignore")
        yield text
        told = html.unescape(_ESCAPED.sub(lambda m: chr(int(m[1], 16)), text))
        yield told
        yield _TAG.sub("", told)
        yield unquote_to_bytes(text.encode("utf-8", "ignore")).decode("utf-8", "ignore")


def without(media_type: str, raw: bytes, names: NamesHidden) -> bytes | None:
    """The bytes with every letter of the names blacked out, all else as it was; None where they cannot be freed of them so."""
    if not media_type.startswith(_READABLE):
        return None
    encoding = next((name for mark, name in _MARKED if raw.startswith(mark)), None)
    for tried in (encoding,) if encoding else ("utf-8", "latin-1"):
        try:
            text = raw.decode(tried)
        except UnicodeDecodeError:
            continue
        pieces, at = [], 0
        for found in names.find(text):
            pieces += [text[at : found.span.start], BLOCK * (found.span.end - found.span.start)]
            at = found.span.end
        made = "".join([*pieces, text[at:]])
        freed = made.replace(BLOCK, "#").encode(tried) if tried == "latin-1" else made.encode(tried)
        return None if may_hold(media_type, freed, lambda each: bool(names.find(each))) else freed
    return None
