"""Canonical text -> blocks: which part of it is headline, dateline, paragraph, caption, credit or furniture.

The order of the story: find the paragraphs (`paragraphs`), find the headline, then judge each of the rest by
its own words (`furniture`) and by what stands beside it. Nothing is cut out of the text; a block only says what
its span is. In doubt it is a paragraph, for evidence marked as furniture is lost.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from sayso.ingest.entries import split_entries
from sayso.ingest.furniture import fold, furniture
from sayso.ingest.paragraphs import Unit, ends_sentence, find_units
from sayso.ingest.run_in import split_run_in
from sayso.model import Block, BlockKind, Span

_LONGEST_TITLE = 220  # characters; the longest headlines of tabloids have about 180
_LONGEST_SUBHEAD_WORDS = 10
_SAME_TITLE = 92  # rapidfuzz ratio: a change of case, quotes or one word
_DATELINE_WITHIN = 3  # paragraphs from the top in which a dateline may stand
_PICTURE_KINDS = frozenset({BlockKind.CAPTION, BlockKind.CREDIT})
_NOT_WORDS = re.compile(r"[^\w]+")
_NUMBER = re.compile(r"\d+")
_QUOTATION = re.compile(r"[\"“”„«»]")


def find_blocks(text: str, *, title: str | None = None, start: int = 0, has_headline: bool = True) -> tuple[Block, ...]:
    """The blocks of a plain text, in order. What stands before ``start`` (front matter) is boilerplate.

    ``title`` is the headline where it is already known; without ``has_headline`` the first line of the text is
    not taken for one (a message has none).
    """
    blocks = mark_units(text, find_units(text, start=start), title=title, has_headline=has_headline)
    front = text[:start].rstrip()
    if not front:
        return blocks
    lead = len(front) - len(front.lstrip())
    return (Block(BlockKind.BOILERPLATE, Span(lead, len(front))), *blocks)


def mark_units(
    text: str, units: Sequence[Unit], *, title: str | None = None, has_headline: bool = True
) -> tuple[Block, ...]:
    """The blocks for pieces that are already found; a kind that a piece brings with it is kept.

    Only PARAGRAPH pieces of a marked-up page are judged again, since player's labels live in <p> as well.
    """
    units = split_run_in(text, units)
    units = split_entries(text, _with_headline(text, units, title) if has_headline else units)
    units = [_by_own_words(text, unit) for unit in units]
    units = _with_captions(text, units)
    blocks: list[Block] = []
    paragraphs = 0
    for at, unit in enumerate(units):
        kind = unit.kind
        if kind is None:
            kind = BlockKind.HEADLINE if _is_subhead(text, units, at) else BlockKind.PARAGRAPH
        if kind is BlockKind.PARAGRAPH and (paragraphs := paragraphs + 1) <= _DATELINE_WITHIN:
            dateline = furniture().dateline.match(text, unit.span.start, unit.span.end)
            if dateline and not _only_shouts(text, dateline):
                body = dateline.end()
                blocks.append(Block(BlockKind.DATELINE, Span(unit.span.start, _trimmed_end(text, dateline))))
                blocks.append(Block(BlockKind.PARAGRAPH, Span(body, unit.span.end)))
                paragraphs = _DATELINE_WITHIN  # a report has one
                continue
        if unit.span.start < unit.span.end:
            blocks.append(Block(kind, unit.span))
    return tuple(blocks)


def same_title(one: str, other: str) -> bool:
    """Whether two lines are one headline, give or take case, punctuation and a word."""
    a, b = _bare(one), _bare(other)
    if _NUMBER.findall(a) != _NUMBER.findall(b):  # "Part 1" and "Part 2" differ in all that matters
        return False
    return bool(a) and (a == b or (max(len(a), len(b)) <= _LONGEST_TITLE and fuzz.ratio(a, b) >= _SAME_TITLE))


def _with_headline(text: str, units: Sequence[Unit], title: str | None) -> list[Unit]:
    """The first line as headline if it is one, and every repeat of it as boilerplate."""
    out = list(units)
    rows = [unit.span.of(text) for unit in out]
    first = next((i for i, row in enumerate(rows) if not _is_furniture_line(row)), None)
    if first is None:
        return out
    known = title
    if out[first].kind is None and (
        (title is not None and same_title(rows[first], title))
        or (title is None and len(out) > first + 1 and _is_title_like(rows[first]))
    ):
        out[first] = replace(out[first], kind=BlockKind.HEADLINE)
    if out[first].kind is BlockKind.HEADLINE:
        known = rows[first]
    if known is None:
        return out
    seen = False
    for i, row in enumerate(rows):
        if len(row) > 1.5 * len(known) + 20 or not same_title(row, known):
            continue
        if not seen and out[i].kind in (None, BlockKind.HEADLINE):
            # A known title may stand below a label or a byline; its first appearance is the headline.
            out[i] = replace(out[i], kind=BlockKind.HEADLINE)
        elif out[i].kind in (None, BlockKind.HEADLINE):
            out[i] = replace(out[i], kind=BlockKind.BOILERPLATE)
        seen = True
    return out


def _by_own_words(text: str, unit: Unit) -> Unit:
    if unit.kind not in (None, BlockKind.LIST, BlockKind.PARAGRAPH):
        return unit
    words, lists = unit.span.of(text), furniture()
    if lists.is_boilerplate(words) or not any(c.isalnum() for c in words):
        return replace(unit, kind=BlockKind.BOILERPLATE)
    if unit.kind is BlockKind.LIST:
        return unit
    if lists.is_credit(words):
        return replace(unit, kind=BlockKind.CREDIT)
    if lists.is_caption(words):
        return replace(unit, kind=BlockKind.CAPTION)
    return unit


def _with_captions(text: str, units: Sequence[Unit]) -> list[Unit]:
    """Sentences that tell what a picture shows, where the layout agrees: a credit beside, or a picture's gap."""
    out = list(units)
    gaps = sorted(unit.gap for unit in out[2:])
    usual = gaps[len(gaps) // 2] if gaps else 0
    for i, unit in enumerate(out):
        if i == 0 or unit.kind not in (None, BlockKind.PARAGRAPH) or not furniture().may_be_caption(unit.span.of(text)):
            continue
        beside = [out[j].kind for j in (i - 1, i + 1) if 0 <= j < len(out)]
        after = out[i + 1].gap if i + 1 < len(out) else usual
        set_off = (i > 1 and unit.gap > usual >= 1) or after > usual >= 1
        byline = out[i - 1].kind is BlockKind.CREDIT and fold(out[i - 1].span.of(text)).startswith("by ")
        if set_off or (_PICTURE_KINDS.intersection(k for k in beside if k) and not byline):
            out[i] = replace(unit, kind=BlockKind.CAPTION)
    return out


def _is_subhead(text: str, units: Sequence[Unit], at: int) -> bool:
    """A short line without a full stop above a paragraph, set apart from what stands before it."""
    words = units[at].span.of(text)
    if at == 0 or at + 1 >= len(units) or units[at].gap == 0 or "\n" in words:
        return False
    if words.count(" ") >= _LONGEST_SUBHEAD_WORDS or not (words[0].isupper() or words[0].isdigit()):
        return False
    below = units[at + 1]
    longer = len(below.span.of(text)) > 2 * len(words) and below.kind in (None, BlockKind.LIST, BlockKind.PARAGRAPH)
    plain = not _QUOTATION.search(words) and (not ends_sentence(words) or words.endswith("?"))
    return plain and longer and words[-1] not in ",–—-"


def _is_title_like(row: str) -> bool:
    if len(row) > _LONGEST_TITLE or row.count("\n") > 2 or not any(c.isalpha() for c in row):
        return False
    return not ends_sentence(row) or (row[-1] in "?!”’\"'»" and not re.search(r"[.,…][\"'”’»]$", row))


def _is_furniture_line(row: str) -> bool:
    return furniture().is_boilerplate(row) and not _is_longer_headline(row)


def _is_longer_headline(row: str) -> bool:
    """ "Live: town evacuated after dam breaks" on top is a headline, though it opens like a promotion."""
    return row.count(" ") >= 4 and not re.search(r"\d:\d|https?:|©", row)


def _bare(words: str) -> str:
    return " ".join(_NOT_WORDS.sub(" ", words).casefold().split())


def _only_shouts(text: str, dateline: re.Match[str]) -> bool:
    """Whether capitals alone make a dateline, in a text that is all in capitals: "THE BOMB -- ALLEGEDLY …"."""
    following = [c for c in text[dateline.end() : dateline.end() + 60].partition("\n")[0] if c.isalpha()]
    bare = not any(c.isdigit() or c in "(/" for c in dateline.group())
    return bare and bool(following) and all(c.isupper() for c in following)


def _trimmed_end(text: str, found: re.Match[str]) -> int:
    return found.start() + len(text[found.start() : found.end()].rstrip())
