"""One quotation as two reports have it: what stands in both, and where the words differ, as one line to read."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

KEPT = 4  # words shown beside a difference, so that it can be found in the text


def word_diff(before: Sequence[str], after: Sequence[str]) -> str:
    """The words of both, each difference as "[before → after]", with a few of the words around it: "the depot [came under →
    was subjected to] fire"; "…" stands for what both have and is not shown."""
    steps = SequenceMatcher(a=before, b=after, autojunk=False).get_opcodes()
    parts: list[str] = []
    for n, (step, a, b, c, d) in enumerate(steps):
        if step == "equal":
            parts.append(_around(before[a:b], first=n == 0, last=n == len(steps) - 1))
        else:
            parts.append(f"[{' '.join(before[a:b]) or '–'} → {' '.join(after[c:d]) or '–'}]")
    return " ".join(parts)


def _around(words: Sequence[str], *, first: bool, last: bool) -> str:
    """What both have: its end beside the difference that follows, its beginning beside the one before."""
    head, tail = (0 if first else KEPT), (0 if last else KEPT)
    if len(words) <= head + tail or (first and last):
        return " ".join(words)
    return " ".join([*words[:head], "…", *words[len(words) - tail :]])
