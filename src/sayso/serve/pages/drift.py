"""One quotation as two reports have it, word for word: what both have, what only the earlier, what only the later."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher

#: Below this share of common words two quotations are two quotations, not one that drifted.
#: (Reworded quotations of the bundled demonstration share .5 and more; two different ones of one speaker at most .3.)
ALIKE = 0.4


@dataclass(frozen=True, slots=True)
class DiffRun:
    """A run of words: "both", "earlier" (left out later) or "later" (put in)."""

    where: str
    words: str


@dataclass(frozen=True, slots=True)
class Drift:
    runs: tuple[DiffRun, ...]
    likeness: float

    @property
    def changed(self) -> bool:
        return any(run.where != "both" for run in self.runs)

    @property
    def strangers(self) -> bool:
        """Whether these are two quotations rather than two wordings of one."""
        return self.likeness < ALIKE


def drift(earlier: str, later: str) -> Drift:
    """The word diff of two quotations; ``likeness`` is the share of words that both have, from 0 to 1."""
    before, after = earlier.split(), later.split()
    matcher = SequenceMatcher(a=[_bare(w) for w in before], b=[_bare(w) for w in after], autojunk=False)
    runs = []
    for step, a, b, c, d in matcher.get_opcodes():
        if step == "equal":
            runs.append(DiffRun("both", " ".join(after[c:d])))
            continue
        if b > a:
            runs.append(DiffRun("earlier", " ".join(before[a:b])))
        if d > c:
            runs.append(DiffRun("later", " ".join(after[c:d])))
    return Drift(tuple(runs), round(matcher.ratio(), 2))


def _bare(word: str) -> str:
    """A word without the marks around it: a comma more is no drift."""
    return word.strip(".,;:!?…\"'“”‘’«»()[]").casefold()
