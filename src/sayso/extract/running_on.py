"""Quotations that nobody is named for: who spoke in the sentence, or the paragraph, before goes on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from sayso.extract.choosing import Read
from sayso.extract.cues import lexicon
from sayso.extract.found import Found, Told
from sayso.extract.parse import Passage
from sayso.extract.quoted import pair
from sayso.extract.quotes import Quotation

_FEWEST = 4  # words of a quotation that can be a sentence by itself, and not a name or a term


def go_on(passage: Passage, reads: Sequence[Read]) -> list[Read]:
    """The attributions of a passage with the quotations that follow them as sentences of their own: "Kell denied it. “We were not
    there.” It was dark." """
    going = list(reads)
    for quotation in passage.quotations:
        told = [piece for read in going for piece in read.found.content]
        if not any(_touches(quotation, piece) for piece in told) and _is_a_sentence(quotation, passage):
            at = _speaker_before(quotation, passage, going)
            if at is not None:
                found = going[at].found
                content = tuple(sorted((*found.content, pair(quotation.outer))))
                going[at] = replace(going[at], found=replace(found, content=content))
    return going


def _is_a_sentence(quotation: Quotation, passage: Passage) -> bool:
    """Whether a quotation stands between two sentences, and nobody is named behind it."""
    text = passage.text
    words = quotation.inner.of(text)
    before, after = text[: quotation.outer.start].rstrip(), text[quotation.outer.end :].lstrip(" ")
    if not quotation.closed or len(words.split()) < _FEWEST or not before or before[-1] not in '.!?…”"':
        return False
    if not (words.rstrip()[-1:] in (".", "!", "?", "…") or after[:1] in (".", "!", "?")):
        return False
    after = after.lstrip(" .!?")
    return not after or (after[0].isupper() and not _names_a_speaker(len(text) - len(after), passage))


def _names_a_speaker(start: int, passage: Passage) -> bool:
    """Whether what follows a quotation is no sentence but who said it: "Ilse Korvan, a nurse.", "Arn Tolvik said on Monday."."""
    first = next((t for t in passage.doc if t.idx >= start), None)
    if first is None:
        return False
    sentence = [t for t in passage.sentence(first.i) if t.idx >= start]
    verbs = [n for n, t in enumerate(sentence) if t.pos_ in ("VERB", "AUX")]
    if not verbs:
        return True
    speaks = sentence[verbs[-1]].lower_ in lexicon().verb_forms
    return speaks and len(sentence) - verbs[-1] <= _AFTER_THE_VERB


_AFTER_THE_VERB = 5  # "said late on Monday."


def _speaker_before(quotation: Quotation, passage: Passage, reads: Sequence[Read]) -> int | None:
    """Which attribution the sentence before a quotation makes: its last that stands in no other's content, and has a source."""
    last = max((t.i for t in passage.doc if t.idx < quotation.outer.start), default=None)
    if last is None:
        return None
    sentence = passage.sentence(last)
    found = None
    for number, read in enumerate(reads):
        verb = read.found.verb
        nested = any(a <= passage.doc[verb].idx < b for other in reads for a, b in other.found.content)
        if sentence.start <= verb < sentence.end and read.found.source and not nested:
            found = number
    return found


def carry_on(passages: Sequence[Passage], reads: dict[int, list[Read]]) -> None:
    """Gives each attribution the paragraphs its quotation goes on over: such a one is all quotation, and nobody is named for it.

    ``reads`` by the number of the passage; changed in place.
    """
    telling: dict[int, list[tuple[int, int]]] = {}  # by where a passage starts: the readings whose content stands in it
    for home, here in reads.items():
        for at, read in enumerate(here):
            for told in read.told:
                telling.setdefault(told.passage.start, []).append((home, at))
    for before, passage in pairwise(passages):
        if not passage.quotations or not before.quotations:
            continue
        first, last = passage.quotations[0], before.quotations[-1]
        if first.outer.start > 1 or first.outer.end < 0.9 * len(passage.text.rstrip()):
            continue
        if any(not _is_within(first, reads[home][at], passage) for home, at in telling.get(passage.start, ())):
            continue
        for home, at in telling.get(before.start, ()):
            read = reads[home][at]
            pieces = [piece for told in read.told if told.passage is before for piece in told.content]
            touches = any(_touches(last, piece) for piece in pieces) and not _is_within(last, read, before)
            if touches and _runs_on(last, before, read):
                reads[home][at] = replace(read, tail=(*read.tail, Told(passage, (pair(first.outer),))))
                telling[passage.start] = [(home, at)]
                break


def _runs_on(quotation: Quotation, passage: Passage, read: Read) -> bool:
    """Whether nothing follows the last quotation of a passage, or at most who says it."""
    ends = len(passage.text.rstrip()) - 1
    return (
        not quotation.closed
        or quotation.outer.end >= ends
        or (read.passage is passage and _only_said(read.found, quotation.outer.end, passage))
    )


def _is_within(quotation: Quotation, read: Read, passage: Passage) -> bool:
    """Whether an attribution is part of a quotation: "“They say that nobody was there.”"""
    return read.passage is passage and quotation.inner.start <= passage.doc[read.found.verb].idx < quotation.inner.end


def _only_said(found: Found, end: int, passage: Passage) -> bool:
    """Whether a passage ends with who says it: "“…,” Kell said." """
    own = {*found.source, *found.cue}
    return all(t.i in own or t.is_punct for t in passage.doc if t.idx >= end)


def _touches(quotation: Quotation, piece: tuple[int, int]) -> bool:
    return quotation.outer.start < piece[1] and piece[0] < quotation.outer.end
