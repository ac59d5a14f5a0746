"""The outlet's own voice: sentences that assert something and are attributed to nobody."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from sayso.extract.found import Found
from sayso.extract.parse import Passage
from sayso.model import Act, BlockKind

if TYPE_CHECKING:
    from spacy.tokens import Span as Sentence

# What nobody knows, told by the outlet: "it remains unclear who …", "questions remain about …".
UNANSWERED = re.compile(
    r"\b(?:it|what) (?:is|was|remains|remained) (?:still )?uncertain\b"
    r"|\b(?:remains?|remained|is|was|were|are) (?:still )?(?:unclear|unknown|not (?:immediately )?(?:clear|known))\b"
    r"|\b(?:nobody|no one|no group) (?:has|had|have) (?:yet |so far |immediately )*claimed responsibility\b"
    r"|\bquestions? (?:still )?remains?\b|\bremains? (?:an open question|to be seen)\b|\bno (?:immediate )?word on\b"
    r"|\bthere (?:was|were|is|are) no (?:immediate )?(?:claims? of responsibility|information (?:on|about)|details)\b",
    re.I,
)
# Furniture in the form of a sentence: "Here's what we know", "What you need to know".
SIGNPOST = re.compile(r"^(?:here(?:’|'| i)s (?:what|how|why|a look)|what (?:you|we) (?:need to )?know)\b", re.I)
# "Neither account could be independently verified": nobody is named, so it is the outlet that could not.
UNVERIFIED = re.compile(
    r"\b(?:could not|cannot|can ?not|couldn’t|couldn't|has not been|have not been|neither .{1,40} (?:could|can))"
    r" (?:be )?(?:immediately |independently )*(?:verified|confirmed|corroborated|authenticated)\b",
    re.I,
)
# Between two clauses that each can stand alone.
_BORDER = re.compile(r"\s[–—-]+\s|;\s|,\s(?=(?:but|though|although|while|and)\b)")
_MIN_WORDS = 5
# Above this share of a sentence inside an attribution, the rest is no statement of its own.
_MAX_ATTRIBUTED = 0.3


def find_voice(passage: Passage, found: Sequence[Found]) -> Iterator[tuple[tuple[int, int], Act]]:
    """The sentences of the outlet's own voice, as character offsets of the passage, each with its act.

    Headlines are left out: the body tells the same with its attribution.
    """
    if passage.kind is BlockKind.HEADLINE:
        return
    for sentence in passage.doc.sents:
        start, end = _trim(passage.text, sentence.start_char, sentence.end_char)
        if end <= start:
            continue
        words = passage.text[start:end]
        is_open = UNANSWERED.search(words) is not None
        if len(words.split()) < _MIN_WORDS or (words.rstrip('"”’ ').endswith("?") and not is_open):
            continue
        if SIGNPOST.match(words):
            continue
        if not _asserts(sentence):
            continue
        if _attributed_share(passage, found, start, end) > _MAX_ATTRIBUTED:
            yield from ((part, Act.ASK) for part in _unanswered_parts(passage, found, start, end))
            continue
        act = Act.ASK if is_open else Act.CANNOT_VERIFY if UNVERIFIED.search(words) else Act.ASSERT
        yield (start, end), act


def _unanswered_parts(passage: Passage, found: Sequence[Found], start: int, end: int) -> Iterator[tuple[int, int]]:
    """The clauses of a sentence that say what nobody knows, beside others that somebody says: "It remains unclear who was
    responsible – the ministry blamed …"."""
    borders = [m.span() for m in _BORDER.finditer(passage.text, start, end)]
    starts, ends = [start, *(b for _, b in borders)], [*(a for a, _ in borders), end]
    for a, b in zip(starts, ends, strict=True):
        part = _trim(passage.text, a, b)
        words = passage.text[slice(*part)]
        if (
            len(words.split()) >= _MIN_WORDS
            and UNANSWERED.search(words)
            and not _attributed_share(passage, found, *part)
        ):
            yield part


_TITLE = 60  # characters of a title or a term in quotation marks, at most


def _attributed_share(passage: Passage, found: Sequence[Found], start: int, end: int) -> float:
    taken = 0
    for f in found:
        cue = passage.doc[f.verb]
        taken += 1_000_000 if start <= cue.idx < end else 0
        taken += sum(max(0, min(b, end) - max(a, start)) for a, b in f.content)
    quoted = sum(
        max(0, min(q.outer.end, end) - max(q.outer.start, start))
        for q in passage.quotations
        # Short words in marks may be a title or a term; a sentence that is all in marks is nobody's voice but its speaker's.
        if q.outer.end - q.outer.start > _TITLE or q.outer.end - q.outer.start >= 0.9 * (end - start)
    )
    return (taken + quoted) / (end - start)


def _asserts(sentence: Sentence) -> bool:
    """Whether the sentence has a finite verb with a subject: a label or a list of names asserts nothing."""
    root = sentence.root
    clauses = [root, *(c for c in root.children if c.dep_ in ("conj", "ccomp", "parataxis"))]
    return any(
        c.dep_ in ("nsubj", "nsubjpass", "expl", "csubj") and clause.pos_ in ("VERB", "AUX")
        for clause in clauses
        for c in clause.children
    ) and any(t.tag_ in ("VBD", "VBZ", "VBP", "MD") for t in sentence)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
