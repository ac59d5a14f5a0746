"""With which words a text takes a stand on what it tells: it debunks, denies, doubts, hedges, asks, confirms. The words are data
(``data/marks.toml``)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files

AGAINST = ("debunked", "denied", "doubted", "withdrawn", "corrected")
RESERVED = (
    "hearsay",
    "hedged",
    "rumoured",
    "spread",
    "unconfirmed",
    "claimed",
    "reported",
    "spoken",
    "asked",
    "scare_quotes",
)

_NEGATION_BEFORE = re.compile(
    r"(?:\b(?:not|never|no|nor|neither|without|isn.t|wasn.t|aren.t|weren.t)\b|n[’']t)(?:\W+\w+){0,1}\W+$", re.IGNORECASE
)
_OWN_NEGATION = re.compile(r"^(?:not?|isn|did|never|without)\b", re.IGNORECASE)
_ASKS = re.compile(r"\?\W*$|\?[ '\"”’]")
_OPENS_ASKING = re.compile(
    r"^\W*(?:did|does|do|is|are|was|were|has|have|had|will|would|can|could|should|who|what|why|how|where|when)\b(?!.*[.!]$)",
    re.IGNORECASE,
)
_SCARE_QUOTES = re.compile(r"(?:^|[\s(])['‘\"“](?=\w)[^'‘’\"“”]{2,60}['’\"”](?=$|[\s,.;:?!)])")


@lru_cache(maxsize=1)
def _kinds() -> Mapping[str, tuple[str, re.Pattern[str]]]:
    with (files("sayso.link.compare") / "data" / "marks.toml").open("rb") as file:
        rows = tomllib.load(file)
    return {
        name: (row["says"], re.compile(rf"(?<!\w)(?:{'|'.join(row['words'])})(?!\w)", re.IGNORECASE))
        for name, row in rows.items()
    }


def says(name: str) -> str:
    """A kind of mark in words: "a denial"."""
    return {"asked": "asked, not told", "scare_quotes": "in somebody's quotation marks"}.get(name) or _kinds()[name][0]


@lru_cache(maxsize=100_000)
def marks_of(text: str) -> Mapping[str, str]:
    """The kinds of mark that stand in ``text``, each with the words that show it.

    A mark that is itself negated ("not a hoax", "never denied") takes no stand; what it then says is left open.
    """
    found: dict[str, str] = {}
    for name, (_, pattern) in _kinds().items():
        for match in pattern.finditer(text):
            if (
                name in AGAINST
                and not _OWN_NEGATION.match(match.group())
                and _NEGATION_BEFORE.search(text[: match.start()][-24:])
            ):
                continue
            found[name] = match.group().strip(" :;.–—-")
            break
    if question := _ASKS.search(text) or _OPENS_ASKING.search(text):
        found["asked"] = question.group().strip() or "?"
    if quoted := _SCARE_QUOTES.search(text):
        found["scare_quotes"] = quoted.group().strip()
    return found
