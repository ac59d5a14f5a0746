"""Headings and captions that a scraper has run into the sentence behind them: "Rescuers search the rubble The quake struck at noon.";
and what stands before a dateline in the middle of a paragraph.

What gives them away is a small opening word with a capital ("The", "He", "More") in the middle of what would be one sentence, with
small letters before and behind it. Of 265 clean articles one was cut by this (2026-11), of 406 whose line breaks were lost 193.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from sayso.ingest.furniture import furniture
from sayso.ingest.paragraphs import Unit
from sayso.model import BlockKind, Span

_SEAM = re.compile(
    r"(?<=[a-z]) (?=(?:The|An?|In|On|At|It|He|She|They|We|But|As|After|When|While|There|This|These|That|More|For|From|With|Some|Many|"
    r"Police|Officials|Two|Three|Thousands|Hundreds|Dozens|His|Her|Their|Its|If) [a-z]"
    r"|An? [A-Z]|The (?!Guardian)[A-Z][a-z]+(?:an|ish|ese|ench|utch|eek|iss) [a-z])"  # "A Dorn-based charity", "The Mexican boy had"
)
# What may stand before such a word in one sentence: "hepatitis A", "in The", "she said The": a title, a letter, speech without marks.
_GOES_ON = re.compile(
    r"\b(?:vitamin|hepatitis|types?|influenza|group|plan|grade|class|category|levels?|series|section|exhibit|flu|strain|subtype|"
    r"virus|patient|of|the|an?|in|on|at|to|for|from|by|with|and|or|called|named|titled|newspaper|magazine|film|book|song|show|just|"
    r"sa(?:y|ys|id|ying)|t(?:ell|ells|old)|add(?:s|ed|ing)?|wr(?:ites?|ote)|asks?|asked|tweet(?:s|ed)?|that|as)\Z",
    re.IGNORECASE,
)
_END = re.compile(r"[.!?:;…][\"”’)\]]*\s|\n|[“\"‘(]")
_SENTENCE = re.compile(r"[^.!?\n]*[.!?]")
_REACH = 260  # characters before a seam in which the heading begins
_HEADING_WORDS = range(3, 31)
_SENTENCE_WORDS = 6
_LONGEST_SENTENCE = 1_000  # characters


def split_run_in(text: str, units: Sequence[Unit]) -> list[Unit]:
    """The units, each cut in two or more where a heading or caption was run into the sentence behind it."""
    out: list[Unit] = []
    for unit in units:
        starts = [unit.span.start, *(_seams(text, unit.span) if unit.kind in (None, BlockKind.PARAGRAPH) else ())]
        ends = [*(start - 1 for start in starts[1:]), unit.span.end]
        parts = [Span(start, end) for start, end in zip(starts, ends, strict=True)]
        out += [replace(unit, span=part, gap=unit.gap if n == 0 else 0) for n, part in enumerate(parts)]
    return out


def _seams(text: str, span: Span) -> list[int]:
    """Where a sentence begins that the words before it do not belong to; each seam is one space."""
    found = [span.start]
    at_head = furniture().dateline.match(text, span.start, span.end)
    dateline = furniture().agency_dateline.search(text, span.start, span.end)
    if dateline is not None and at_head is None:
        found.append(dateline.start())
    for seam in _SEAM.finditer(text, span.start, span.end):
        before = text[max(found[-1], seam.start() - _REACH) : seam.start()]
        sentence = _SENTENCE.match(text, seam.end(), min(span.end, seam.end() + _LONGEST_SENTENCE))
        if _is_heading(before) and sentence is not None and len(sentence.group().split()) >= _SENTENCE_WORDS:
            for begin in (_heading_start(text, found[-1], seam.start()), seam.end()):
                if begin > found[-1]:
                    found.append(begin)
    return found[1:]


def _is_heading(before: str) -> bool:
    if before.count("“") > before.count("”") or before.count('"') % 2:
        return False
    ends = [m.end() for m in _END.finditer(before)]
    words = before[ends[-1] :] if ends else before
    return len(words.split()) in _HEADING_WORDS and words[0].isupper() and not _GOES_ON.search(words)


def _heading_start(text: str, start: int, end: int) -> int:
    """Where the heading itself begins, so that it stands apart from the paragraph before it too."""
    ends = [m.end() for m in _END.finditer(text, max(start, end - _REACH), end)]
    return ends[-1] if ends and text[ends[-1] - 1].isspace() else start
