"""Small valid files of every format, and ways to break them a little: what no list of bad inputs foresees."""

from __future__ import annotations

import gzip
import json

from hypothesis import strategies as st

from tests.ingest.hostile.generate import PDF, RSS, STORY, TELEGRAM, WARC
from tests.ingest.making import ARTICLE, make_wacz, make_warc

ATOM = (
    "<feed xmlns='http://www.w3.org/2005/Atom'><title>Courier</title><entry><title>Dam holds</title><id>urn:1</id>"
    "<link href='https://c.example/1'/><updated>2031-04-02T10:00:00Z</updated><content type='html'>&lt;p&gt;The dam held, the"
    " authority said.&lt;/p&gt;</content></entry></feed>"
)
RECORD = {
    "text": STORY,
    "title": "Siren in Karsk",
    "url": "https://c.example/1",
    "outlet": "Courier",
    "author": ["Iva Marek"],
    "published": "2031-04-02T10:00:00Z",
}
MARKDOWN = (
    "---\noutlet: Courier\npublished: 2031-04-02\ntitle: Dam holds\n---\n# Dam holds\n\nThe **dam** held, "
    "[the authority](https://c.example) said.\n\n> We never opened it.\n\n- one\n- two\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```\ncode\n```\n"
)
FILES: dict[str, bytes] = {
    "page.html": ARTICLE.encode(),
    "page.txt": STORY.encode(),
    "page.md": MARKDOWN.encode(),
    "feed.rss": RSS.encode(),
    "feed.atom": ATOM.encode(),
    "record.json": json.dumps(RECORD).encode(),
    "records.jsonl": b"\n".join([json.dumps(RECORD).encode()] * 3),
    "result.json": json.dumps(TELEGRAM).encode(),
    "rows.csv": b"title,text,url,published\nDam holds,The dam held; the authority said.,https://c.example/1,2031-04-02\n"
    * 2,
    "rows.tsv": b"title\ttext\nDam holds\tThe dam held, the authority said.\n",
    "paper.pdf": PDF,
    "pages.warc": WARC,
    "pages.warc.gz": make_warc([("https://c.example/1", "text/html", ARTICLE.encode())], gzip=True),
    "pages.wacz": make_wacz(WARC, pages=["https://courier.example/1"]),
    "page.html.gz": gzip.compress(ARTICLE.encode()),
}

TOKENS = [
    b"", b"\0", b"\xff", b"\xed\xa0\x80", b"\n", b"\r\n\r\n", b'"', b"'", b"<", b"</", b"<!--", b"<![CDATA[", b"<!DOCTYPE x [", b"&#x110000;",
    b"&lol;", b"{", b"[", b"}", b"null", b"-1", b"99999999999999999999", b"NaN", b"1e999", b"\\u0000", b"\\ud800", b"%", b"../../", b"=cmd|",
    b"---\n", b"endobj", b"stream", b"/Length 9999999", b"/FlateDecode", b"WARC/1.0\r\n", b"Content-Length: -5\r\n", b"Content-Length: 999999999\r\n",
    b"Content-Encoding: gzip\r\n", b"Transfer-Encoding: chunked\r\n", b"charset=utf-16", b"charset=base64", "\u202e".encode(), "\u2028".encode(),
    b"\xef\xbb\xbf", b"\xff\xfe", b"javascript:", b"file:///etc/passwd", b"http://127.0.0.1/", b"2031-99-99", b"\x1f\x8b\x08", b"PK\x03\x04",
]  # fmt: skip

_part = st.floats(0, 1)
_edit = st.one_of(
    st.tuples(st.just("insert"), _part, st.sampled_from(TOKENS)),
    st.tuples(st.just("replace"), _part, st.sampled_from(TOKENS)),
    st.tuples(st.just("random"), _part, st.binary(min_size=1, max_size=4)),
    st.tuples(st.just("flip"), _part, st.integers(0, 7)),
    st.tuples(st.just("cut"), _part, _part),
    st.tuples(st.just("repeat"), _part, st.integers(2, 400)),
    st.tuples(st.just("end"), _part, st.none()),
    st.tuples(st.just("splice"), _part, st.sampled_from(sorted(FILES))),
)
edits = st.lists(_edit, min_size=1, max_size=6)


def changed(raw: bytes, many: list[tuple[str, float, object]]) -> bytes:
    """``raw`` after these edits, each at its part of the length."""
    for kind, part, what in many:
        at = int(part * len(raw))
        match kind, what:
            case ("insert", bytes()):
                raw = raw[:at] + what + raw[at:]
            case (("replace" | "random"), bytes()):
                raw = raw[:at] + what + raw[at + len(what) :]
            case ("flip", int()) if raw:
                at = min(at, len(raw) - 1)
                raw = raw[:at] + bytes([raw[at] ^ 1 << what]) + raw[at + 1 :]
            case ("cut", float()):
                raw = raw[:at] + raw[at + int(what * (len(raw) - at)) :]
            case ("repeat", int()):
                raw = raw[:at] + raw[at : at + 40] * what + raw[at:]
            case ("end", _):
                raw = raw[:at]
            case ("splice", str()):
                raw = raw[:at] + FILES[what][at:]
    return raw[: 1 << 20]
