"""One attribution as found in a passage, before anything is known of who and when."""

from __future__ import annotations

from dataclasses import dataclass

from sayso.extract.cues import Cue


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
