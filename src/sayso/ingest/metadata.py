"""What is known about a report besides its text, and who says so.

Three voices, strongest first: the caller's options, then the sidecar or front matter that somebody wrote for
this very text, then the page or record itself. `Metadata.over` joins two of them field by field.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Any

from sayso.errors import InputError
from sayso.ingest.dates import read_instant
from sayso.ingest.options import IngestOptions
from sayso.model import Instant, Problem

SIDECAR_SUFFIX = ".meta.json"
_MAX_SIDECAR_BYTES = 1 << 20
_MAX_FIELD_CHARS = 2_000  # a byline with two dozen names has 500; longer is a mistake in the input

# What people write for a field, in a sidecar or in front matter.
_NAMES = {
    "outlet": "outlet",
    "publisher": "outlet",
    "published": "published",
    "date": "published",
    "url": "url",
    "link": "url",
    "title": "title",
    "headline": "title",
    "byline": "byline",
    "author": "byline",
    "language": "language",
    "lang": "language",
}
# Bare leading lines are front matter only under these names: "Date: ..." may be a letter, "Title: ..." a play.
_BARE_NAMES = frozenset({"outlet", "published", "url", "title", "byline", "language"})
_BARE_OPENERS = frozenset({"outlet", "published", "url"})
_FIELD_LINE = re.compile(r"[ \t]*(?P<name>[A-Za-z]+)[ \t]*:[ \t]*(?P<value>[^\r\n]*?)[ \t]*(?:\r\n|\n|\r|\Z)")
_RULE_LINE = re.compile(r"---[ \t]*(?:\r\n|\n|\r|\Z)")
_ANY_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r|\Z)")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_SURROGATE = re.compile(r"[\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What one voice says of a report; None where it says nothing."""

    outlet: str | None = None
    published: Instant | None = None
    edited: Instant | None = None
    url: str | None = None
    title: str | None = None
    byline: str | None = None
    language: str | None = None

    def over(self, weaker: Metadata) -> Metadata:
        """These fields, and those of ``weaker`` where this one is silent."""
        mine = {f.name: getattr(self, f.name) for f in fields(self)}
        return Metadata(**{k: v if v is not None else getattr(weaker, k) for k, v in mine.items()})


NOTHING = Metadata()


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The fields at the head of a text, and the offset at which the text itself begins."""

    metadata: Metadata
    end: int
    problems: tuple[Problem, ...]


def from_options(options: IngestOptions) -> Metadata:
    """The caller's overrides. Raises `InputError` for a published time that cannot be read."""
    published = None
    if options.published is not None and (published := read_instant(options.published)) is None:
        raise InputError(
            f"cannot read the published time {options.published!r}",
            where="--published",
            remedy="Write it as 2023-05-23 or 2023-05-23T14:05:00Z.",
        )
    return Metadata(
        outlet=tidy(options.outlet),
        published=published,
        url=tidy(options.url),
        title=tidy(options.title),
        byline=tidy(options.byline),
        language=language_code(options.language),
    )


def read_sidecar(raw: bytes, *, where: str) -> tuple[Metadata, tuple[Problem, ...]]:
    """The fields of a NAME.meta.json. What cannot be read becomes a problem, and the rest still counts."""
    remedy = 'Write an object such as {"outlet": "The Daily Karsk", "published": "2023-05-23"}.'
    if len(raw) > _MAX_SIDECAR_BYTES:
        return NOTHING, (Problem(f"the sidecar is larger than {_MAX_SIDECAR_BYTES:,} bytes", where, remedy),)
    try:
        content = json.loads(raw.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return NOTHING, (Problem("the sidecar is not valid JSON in UTF-8", where, remedy),)
    if not isinstance(content, dict):
        return NOTHING, (Problem("the sidecar is not a JSON object", where, remedy),)
    return _from_fields({str(k).lower(): v for k, v in content.items()}, where=where)


def read_front_matter(text: str, *, where: str) -> FrontMatter:
    """Known fields at the very top of ``text``: between two ``---`` lines, or as bare ``outlet: ...`` lines."""
    if rule := _RULE_LINE.match(text):
        found, end = _fenced(text, rule.end())
    else:
        found, end = _bare(text)
    if not found:
        return FrontMatter(NOTHING, 0, ())
    metadata, problems = _from_fields(found, where=where)
    return FrontMatter(metadata, end, problems)


def tidy(words: object) -> str | None:
    """One line of metadata: no control characters, no runs of space, bounded; None if nothing is left."""
    if not isinstance(words, str):
        return None
    line = " ".join(_CONTROL.sub(" ", clean(words)).split())
    return line[:_MAX_FIELD_CHARS] or None


def clean(words: str) -> str:
    """``words`` without what no store can keep: halves of surrogate pairs, which JSON can smuggle in."""
    return _SURROGATE.sub("\ufffd", words).replace("\0", "\ufffd")


def language_code(words: object) -> str | None:
    """The primary language of a tag such as "en-GB" or "pt_BR", in lower case; None if it is none."""
    tag = tidy(words)
    primary = re.match(r"[A-Za-z]{2,3}(?=$|[-_])", tag) if tag else None
    return primary[0].lower() if primary else None


def web_address(words: object) -> str | None:
    """An http(s) address; None for anything else, so that no ``javascript:`` link gets near a page."""
    line = tidy(words)
    return line if line and re.match(r"https?://[^\s/]", line, re.IGNORECASE) and " " not in line else None


# How the value of a field is read; any other is a line of text.
_READ: Mapping[str, Callable[[str], str | Instant | None]] = {
    "published": read_instant,
    "url": web_address,
    "language": language_code,
}


def _fenced(text: str, start: int) -> tuple[dict[str, str], int]:
    found: dict[str, str] = {}
    at = start
    for _ in range(40):  # front matter is short; without its closing rule it was none
        if rule := _RULE_LINE.match(text, at):
            return found, rule.end()
        line = _FIELD_LINE.match(text, at)
        if line and line["name"].lower() in _NAMES:
            found.setdefault(line["name"].lower(), line["value"].strip("\"'"))
        skipped = _ANY_LINE.match(text, at)
        if skipped is None or skipped.end() == at:
            break
        at = skipped.end()
    return {}, 0


def _bare(text: str) -> tuple[dict[str, str], int]:
    found: dict[str, str] = {}
    at = 0
    while line := _FIELD_LINE.match(text, at):
        name = line["name"].lower()
        if name not in (_BARE_NAMES if found else _BARE_OPENERS) or name in found or line.end() == at:
            break
        found[name] = line["value"]
        at = line.end()
    return found, at


def _from_fields(found: Mapping[str, Any], *, where: str) -> tuple[Metadata, tuple[Problem, ...]]:
    known: dict[str, Any] = {}
    problems: list[Problem] = []
    for written, value in found.items():
        field = _NAMES.get(written)
        if field is None or value is None or field in known:
            continue
        if not isinstance(value, str):
            problems.append(Problem(f"{written!r} is not a string", where, "Put its value in quotation marks."))
            continue
        content = _READ.get(field, tidy)(value)
        if content is not None:
            known[field] = content
        elif value.strip():
            example = {"published": "2023-05-23T14:05:00Z", "url": "https://news.example/1", "language": "en"}
            problems.append(
                Problem(f"cannot read {written!r}: {tidy(value)!r}", where, f"Write it like {example.get(field)}.")
            )
    return Metadata(**known), tuple(problems)
