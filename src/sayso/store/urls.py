"""URLs of stores as they may be shown: without the password."""

from __future__ import annotations

import re

HIDDEN = "***"
_USER = re.compile(r"(?s)^(?P<scheme>[a-z][a-z0-9+.-]*://)(?P<user>[^:]*):(?P<password>.*)@")
_QUERY = re.compile(r"(?i)(?P<key>[?&][a-z]*password=)[^&]*")


def masked(url: str) -> str:
    """``url`` with its passwords hidden. In one that is written wrongly everything up to the last @ may be part of one."""
    if "://" not in url or url.startswith("sqlite:"):
        return url  # the name of a file may hold any of these
    head, mark, query = url.partition("?")
    if "@" in query:  # a password that was not encoded holds a question mark
        head, mark, query = url, "", ""
    shown = _USER.sub(rf"\g<scheme>\g<user>:{HIDDEN}@", head)
    return _QUERY.sub(rf"\g<key>{HIDDEN}", shown + mark + query)
