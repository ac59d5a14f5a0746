"""What may be at issue between two texts, and which words answer it: the table ``data/issues.toml``, and pairs of opposites."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from sayso.link.words import stem


@dataclass(frozen=True, slots=True)
class Issue:
    """A question with two answers. ``either``: what is not the one is the other. ``one_doer``: it holds for one alone. ``unlike``: two words
    of one side need not say the same."""

    about: str
    either: bool = False
    doer: bool = False
    one_doer: bool = False
    unlike: bool = False


@dataclass(frozen=True, slots=True)
class Answering:
    """One word answers an issue with one side. ``of`` is whom it answers for: "s" who does it, "o" whom it befalls, "" whom it befalls or
    else who does it, "i" and "t" only where it befalls nobody or somebody, "to" and "on" as ``data/issues.toml`` says."""

    issue: Issue
    one: bool
    of: str = ""


@lru_cache(maxsize=1)
def answering() -> Mapping[str, Sequence[Answering]]:
    """The answers by word; several words are joined by a space. Words stand by their stems."""
    with (files("sayso.link.compare") / "data" / "issues.toml").open("rb") as file:
        rows = tomllib.load(file)["issue"]
    found: dict[str, list[Answering]] = defaultdict(list)
    for row in rows:
        issue = Issue(
            row["about"],
            row.get("either", False),
            row.get("doer", False),
            row.get("one_doer", False),
            row.get("unlike", False),
        )
        for side in ("one", "other"):
            for entry in row[side]:
                word, _, of = entry.partition("/")
                key = key_of(*word.split())
                new = Answering(issue, side == "one", of or ("s" if issue.doer else ""))
                if new not in found[key]:
                    found[key].append(new)
    return dict(found)


def key_of(*words: str) -> str:
    return " ".join(stem(word) for word in words)


@lru_cache(maxsize=1)
def antonyms() -> Mapping[str, frozenset[str]]:
    """Everyday opposites by their stems (``data/antonyms.toml``)."""
    with (files("sayso.link.compare") / "data" / "antonyms.toml").open("rb") as file:
        pairs = tomllib.load(file)["pairs"]
    found: dict[str, set[str]] = {}
    for one, other in pairs:
        found.setdefault(stem(one), set()).add(stem(other))
        found.setdefault(stem(other), set()).add(stem(one))
    return {word: frozenset(opposites) for word, opposites in found.items()}


_PREFIX = re.compile(r"^(?:un|in|im|il|ir|dis|de|non-?)(?=\w{4})", re.IGNORECASE)


def turned_by_prefix(mine: str, theirs: str) -> bool:
    """Whether one word is the other with a prefix that negates: "available" and "unavailable", "obeyed" and "disobeyed"."""
    short, long = sorted((mine.casefold(), theirs.casefold()), key=len)
    bare = _PREFIX.sub("", long, count=1)
    return bare != long and bare == short
