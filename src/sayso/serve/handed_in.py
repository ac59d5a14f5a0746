"""Texts that somebody pasted, dropped or named by a link: read into reports, and remembered between checking and adding."""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict
from dataclasses import dataclass, field

from sayso.errors import InputError, UsageError
from sayso.ingest import IngestOptions, read_sources, read_upload
from sayso.model import Captured, Problem

#: Texts remembered at once. Each is at most the size of a request, and the oldest is forgotten first.
MOST = 20
#: Characters of a text that can be checked: a book is no report, and reading one would keep everybody waiting.
LONGEST = 200_000


@dataclass(frozen=True, slots=True)
class HandedIn:
    """What somebody handed in: exactly one of a text, bytes with the name of their file, or an address of the web."""

    text: str | None = None
    raw: bytes | None = None
    name: str = ""
    url: str | None = None
    outlet: str | None = None
    published: str | None = None


def read_in(handed: HandedIn) -> tuple[tuple[Captured, ...], tuple[Problem, ...]]:
    """The reports in it, and what could not be read.

    Raises UsageError when nothing or too much was handed in, InputError when nothing of it could be read.
    """
    given = [each for each in (handed.text, handed.raw, handed.url) if each]
    if len(given) != 1:
        raise UsageError(
            "this takes one text, one file or one link", where="what was handed in", remedy="Give exactly one of them."
        )
    options = IngestOptions(outlet=handed.outlet or None, published=handed.published or None)
    if handed.url:
        if not handed.url.lower().startswith(("http://", "https://")):
            raise UsageError("this is no address of the web", where=repr(handed.url), remedy="It begins with https://.")
        found = list(read_sources([handed.url], options=options))
    else:
        raw = handed.raw if handed.raw else (handed.text or "").encode("utf-8", "replace")
        found = list(read_upload(raw, name=handed.name or "pasted.txt", options=options))
    reports = tuple(each for each in found if isinstance(each, Captured))
    problems = tuple(each for each in found if isinstance(each, Problem))
    for captured in reports:
        if len(captured.report.text) > LONGEST:
            raise UsageError(
                f"this text is longer than {LONGEST:,} characters",
                where=captured.report.capture.place,
                remedy="Add it with `sayso add` on the machine itself.",
            )
    if not reports:
        problem = problems[0] if problems else Problem("there is no text in it", handed.name or "it", "Give a report.")
        raise InputError(problem.what, where=problem.where, remedy=problem.remedy)
    return reports, problems


@dataclass
class Remembered:
    """What was checked and may be added as it was checked, by a key that nobody can guess."""

    _kept: OrderedDict[str, Captured] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def keep(self, captured: Captured) -> str:
        key = secrets.token_urlsafe(12)
        with self._lock:
            self._kept[key] = captured
            while len(self._kept) > MOST:
                self._kept.popitem(last=False)
        return key

    def take(self, key: str) -> Captured:
        """Raises UsageError for one that was forgotten."""
        with self._lock:
            found = self._kept.get(key)
        if found is None:
            raise UsageError(
                "the desk no longer remembers this text", where=key, remedy="Hand it in again, and add it then."
            )
        return found
