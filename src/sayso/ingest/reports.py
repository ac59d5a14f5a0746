"""The one place where a `Report` is made: limits, language, title, identity."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from sayso.errors import InputError
from sayso.ingest.context import Context
from sayso.ingest.lookalikes import oddities
from sayso.ingest.metadata import NOTHING, Metadata, language_code, tidy
from sayso.model import Block, BlockKind, Capture, Captured, Problem, Report

_ENOUGH_LETTERS = 40  # py3langid guesses wildly on less
_LANGUAGE_SAMPLE = 20_000  # characters; more changes no guess and costs time


def make_captured(
    raw: bytes,
    text: str,
    blocks: tuple[Block, ...],
    *,
    context: Context,
    media_type: str,
    found: Metadata = NOTHING,
    problems: tuple[Problem, ...] = (),
    key: str | None = None,
    forwarded_from: str | None = None,
    reply_to: str | None = None,
) -> Captured:
    """The report that was read from ``raw``. Raises `InputError` when its text is empty or beyond the limit.

    ``found`` is what the bytes say of themselves; ``key`` sets apart reports that share their bytes.
    """
    check_text(text, context)
    known = context.given.over(found).over(context.fallback)
    sha256 = sha256_of(raw)
    url = known.url or context.url
    odd = tuple(oddities(text=text, outlet=known.outlet, byline=known.byline, url=url, where=context.where))
    report = Report(
        id=Report.make_id(sha256=sha256, url=url, outlet=known.outlet, published=known.published, locator=key),
        sha256=sha256,
        text=text,
        blocks=blocks,
        media_type=media_type,
        capture=Capture(
            captured_at=context.captured_at,
            method=context.method,
            place=context.place,
            container_sha256=context.container_sha256,
            locator=context.locator,
        ),
        url=url,
        outlet=known.outlet,
        byline=known.byline,
        title=known.title or _headline(text, blocks),
        published=known.published,
        edited=known.edited,
        language=known.language or guess_language(text),
        forwarded_from=forwarded_from,
        reply_to=reply_to,
        problems=context.problems + problems + odd,
    )
    return Captured(report, raw)


def check_text(text: str, context: Context) -> None:
    """Raises `InputError` for a text that is empty, or too long to be one report."""
    if not text or text.isspace():
        raise InputError(
            "no text in it", where=context.where, remedy="Leave it out, or give a capture that holds the text."
        )
    if len(text) > context.options.max_text_chars:
        raise InputError(
            f"the text has {len(text):,} characters, more than the limit of {context.options.max_text_chars:,}",
            where=context.where,
            remedy="Split it into its reports, or raise max_text_chars.",
        )


def sha256_of(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


def guess_language(text: str) -> str | None:
    """The language of ``text`` as py3langid sees it; None when there is too little to go by."""
    sample = text[:_LANGUAGE_SAMPLE]
    if sum(1 for c in sample[:500] if c.isalpha()) < _ENOUGH_LETTERS:
        return None
    return language_code(_classifier()(sample)[0])


@lru_cache(maxsize=1)
def _classifier() -> Callable[[str], Any]:
    import py3langid  # loads its model when first asked: 0.3 s that reading a JSON record with a language saves

    classify: Callable[[str], Any] = py3langid.classify
    return classify


def _headline(text: str, blocks: tuple[Block, ...]) -> str | None:
    first = next((b for b in blocks if b.kind is not BlockKind.BOILERPLATE), None)
    return tidy(first.span.of(text)) if first and first.kind is BlockKind.HEADLINE else None
