"""The surroundings of one attribution: the words of its sentence that are neither source, nor cue, nor content.

What stands there tells how the words came ("told Radio Nord", "on Telegram", "according to the agency"). Blanked words keep
their length, so that offsets in `rest` are offsets of the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sayso.extract.found import Found
from sayso.extract.parse import Passage
from sayso.model import Span

BLANK = "\0"
TELLS = re.compile(r"\b(?:told|tells?|telling|informed|informs)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Scene:
    """One attribution with its window of the passage: its sentence, or the part of it that an outer content encloses.

    ``rest`` is the window with source and content blanked, ``cue`` where the cue stands in it; ``start`` is the window's
    offset in the passage.
    """

    passage: Passage
    found: Found
    start: int
    rest: str
    cue: tuple[int, int]
    addressee: tuple[int, int]  # from the cue to the content behind it, or to the end

    def span(self, start: int, end: int) -> Span:
        """The report's span of these offsets of ``rest``."""
        return self.passage.span(self.start + start, self.start + end)

    @property
    def cue_words(self) -> str:
        return self.rest[slice(*self.cue)]


def scene_of(found: Found, passage: Passage, others: Sequence[Found] = ()) -> Scene:
    """The scene of ``found`` among the other attributions of its passage."""
    doc = passage.doc
    sentence = passage.sentence(found.verb)
    start, end = sentence.start_char, sentence.end_char
    for other in others:
        for a, b in other.content:
            at = doc[found.verb].idx
            if other is not found and a <= at < b and start <= a and b <= end and b - a < end - start:
                start, end = a, b  # nested: what stands outside the outer content was not said by this one
    words = list(passage.text[start:end])
    source = [(doc[i].idx, doc[i].idx + len(doc[i])) for i in found.source]
    for a, b in (*source, *found.content):
        for i in range(max(a, start), min(b, end)):
            words[i - start] = BLANK
    first, last = doc[min(found.cue)], doc[max(found.cue)]
    cue = max(0, first.idx - start), max(0, min(end, last.idx + len(last)) - start)
    rest = "".join(words)
    blank = rest.find(BLANK, cue[1])
    return Scene(passage, found, start, rest, cue, (cue[1], blank if blank >= 0 else len(rest)))
