"""One attribution as found in a passage, before anything is known of who and when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sayso.extract.cues import Cue
from sayso.model import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

    from sayso.extract.parse import Passage


@dataclass(frozen=True)
class Found:
    """One attribution of a passage, as token indices and character offsets of the passage's doc.

    ``source`` are token indices (empty: not named), ``cue`` token indices, ``content`` character offsets.
    """

    cue_entry: Cue
    verb: int
    source: tuple[int, ...]
    cue: tuple[int, ...]
    content: tuple[tuple[int, int], ...]
    by_quotation: bool = False


@dataclass(frozen=True)
class Told:
    """What is said in an attribution, as far as it stands in one passage, which need not be its cue's: ``content`` are character
    offsets of that passage's doc."""

    passage: Passage
    content: tuple[tuple[int, int], ...]

    @property
    def spans(self) -> tuple[Span, ...]:
        """The report's spans of it."""
        return tuple(self.passage.span(a, b) for a, b in self.content)

    @property
    def text(self) -> str:
        return " ".join(self.passage.text[a:b] for a, b in self.content)

    @property
    def tokens(self) -> list[Token]:
        return self.passage.tokens_within(self.content)
