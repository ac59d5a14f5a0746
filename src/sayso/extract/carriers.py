"""Who carries other people's words, and on what: agencies, outlets, channels and media, from ``data/relays.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from sayso.model import HopKind


@dataclass(frozen=True)
class Carriers:
    agencies: frozenset[str]
    outlets: frozenset[str]
    carrier_words: frozenset[str]
    channels: re.Pattern[str]
    media: re.Pattern[str]
    medium_of: dict[str, str]


@lru_cache(maxsize=1)
def carriers() -> Carriers:
    with (files("sayso.extract") / "data" / "relays.toml").open("rb") as file:
        data = tomllib.load(file)
    medium_of = {word: medium for medium, words in data["media"].items() for word in words}
    return Carriers(
        frozenset(data["agencies"]),
        frozenset(data["outlets"]),
        frozenset(data["carrier_words"]),
        re.compile(
            rf"\b(?:on|via|through|to|using|over)\s+(?:(?!that\b)[\w’'-]+\s+){{0,3}}?({_any_of(data['channels'])})\b",
            re.IGNORECASE,
        ),
        re.compile(
            rf"\b(?:on|in|via|through|at|during|from|by|over)\s+(?:(?!that\b)[\w’'-]+\s+){{0,5}}?({_any_of(medium_of)})\b",
            re.I,
        ),
        medium_of,
    )


def _any_of(words: Sequence[str] | dict[str, str]) -> str:
    return "|".join(re.escape(w) for w in sorted(words, key=lambda w: (-len(w), w)))


def carrier_kind(name: str) -> HopKind | None:
    """Whether a name is that of an agency or an outlet; None when nothing says so."""
    lists = carriers()
    plain = re.sub(r"^the ", "", name.lower())
    # "SANAs correspondent": an apostrophe that was lost.
    words = [
        w[:-1].lower() if w[:-1].isupper() and len(w) > 3 and w.endswith("s") else w.lower()
        for w in re.findall(r"[\w-]+", name)
    ]
    if (
        plain in lists.agencies
        or any(re.search(rf"\b{re.escape(a)}\b", plain) for a in lists.agencies if " " in a)
        or any(w in lists.agencies for w in words)
        or {"agency", "agencies", "wire"} & {*words}
    ):
        return HopKind.AGENCY
    if any(w in lists.outlets for w in words) or any(re.search(rf"\b{re.escape(o)}\b", plain) for o in lists.outlets):
        return HopKind.OUTLET
    # "the Ostra Post", "state radio", but not "a post" or "the mail": names have capitals, kinds of outlet need none.
    for word in re.findall(r"[\w-]+", name):
        if word.lower() in lists.carrier_words and (word[0].isupper() or word in _KINDS):
            return HopKind.OUTLET
    return None


def is_channel(name: str) -> bool:
    """Whether people publish for themselves there: "Telegram"."""
    return carriers().channels.fullmatch(f"on {name}") is not None


_KINDS = frozenset(
    "newspaper tabloid television tv radio station channel broadcaster media magazine network outlet site portal podcast programme daily weekly".split()
)
