"""Telegram Desktop's ``result.json``: each message is a report; edits, replies and forwards are kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from sayso.ingest.blocks import find_blocks
from sayso.ingest.context import Context, Found
from sayso.ingest.dates import from_unix, read_instant
from sayso.ingest.guard import guarded
from sayso.ingest.metadata import Metadata, clean, tidy
from sayso.ingest.reports import make_captured
from sayso.model import Instant

# What the export writes for a forward whose origin hides itself.
HIDDEN_ORIGIN = "unknown"
_USERNAME = re.compile(r"[A-Za-z]\w{3,31}")


def is_telegram(content: Any) -> bool:
    """Whether a JSON value is the export of one chat, or of many."""
    return any(True for _ in _chats(content))


def read_export(content: Any, digest: str, context: Context) -> Found:
    """The messages of an export, in its order. Service messages and those without words are passed over."""
    for chat in _chats(content):
        name = tidy(chat.get("name"))
        for message in chat["messages"]:
            if not isinstance(message, dict) or message.get("type", "message") != "message":
                continue
            text = clean(_flat(message.get("text")) or _flat(message.get("text_entities")))
            if not text.strip():
                continue
            number = tidy(str(message.get("id")))
            locator = f"message {number}" if chat is content else f"{name or chat.get('id')}, message {number}"
            inner = context.inside(locator=locator, container_sha256=digest, method="telegram")
            yield from guarded(
                lambda raw, ctx, c=chat, m=message, t=text: _read_message(raw, ctx, c, m, t),  # type: ignore[misc]
                _canonical(message),
                inner,
            )


def _read_message(raw: bytes, context: Context, chat: dict[str, Any], message: dict[str, Any], text: str) -> Found:
    outlet = tidy(chat.get("name"))
    sender = tidy(message.get("author")) or tidy(message.get("from"))
    number = message.get("id")
    found = Metadata(
        outlet=outlet,
        published=_instant(message, "date"),
        edited=_instant(message, "edited"),
        url=_address(chat, number),
        byline=sender if sender != outlet else None,
    )
    reply = message.get("reply_to_message_id")
    yield make_captured(
        raw,
        text,
        find_blocks(text, has_headline=False),
        context=context,
        media_type="application/json",
        found=found,
        key=f"{chat.get('id') or outlet or ''}/{number}",
        forwarded_from=(tidy(message.get("forwarded_from")) or HIDDEN_ORIGIN) if "forwarded_from" in message else None,
        reply_to=str(reply) if isinstance(reply, int | str) else None,
    )


def _chats(content: Any) -> Iterator[dict[str, Any]]:
    """The chats of an export: itself, or those of the lists of a full one."""
    if not isinstance(content, dict):
        return
    if isinstance(content.get("messages"), list) and ("type" in content or "name" in content):
        yield content
        return
    for part in ("chats", "left_chats"):
        chats = content.get(part)
        for chat in chats.get("list", []) if isinstance(chats, dict) and isinstance(chats.get("list"), list) else []:
            if isinstance(chat, dict) and isinstance(chat.get("messages"), list):
                yield chat


def _flat(text: Any) -> str:
    """The words of a message: a string, or a list of strings and of entities that have a text."""
    if isinstance(text, str):
        return text
    if not isinstance(text, list):
        return ""
    parts = (part.get("text") if isinstance(part, dict) else part for part in text)
    return "".join(part for part in parts if isinstance(part, str))


def _instant(message: dict[str, Any], name: str) -> Instant | None:
    """The Unix time where the export has it; its bare date is in the zone of the exporting machine."""
    stamp = message.get(f"{name}_unixtime")
    if isinstance(stamp, str) and stamp.isdigit() and len(stamp) < 16 and int(stamp):
        return from_unix(int(stamp))
    if isinstance(stamp, int) and stamp:
        return from_unix(stamp)
    written = message.get(name)
    return read_instant(written) if isinstance(written, str) and not written.startswith("1970-01-01") else None


def _address(chat: dict[str, Any], number: Any) -> str | None:
    username = chat.get("username")
    if not isinstance(username, str) or not isinstance(number, int):
        return None
    username = username.removeprefix("@")
    return f"https://t.me/{username}/{number}" if _USERNAME.fullmatch(username) else None


def _canonical(message: dict[str, Any]) -> bytes:
    from sayso.ingest.readers.json import canonical_json

    return canonical_json(message)
