"""What two short texts are to each other: the same, one bearing out, refining, revising or speaking against the other, or none of it.

    compare([Pair(a, b, cosine)]) -> Comparison(kind, direction, slot, score, reasons)

`texts` says what is known of each text, `marks` with which words it takes a stand, `numbers` and `features` hold the named
comparisons, `weighing` adds them up with the weights of ``data/weights.json`` (made by ``training/compare``), and
`deciding` says which kind, in which direction, and why.
"""

from __future__ import annotations

from sayso.link.compare.deciding import compare, decide
from sayso.link.compare.features import COMPARISONS, Finding, findings
from sayso.link.compare.texts import Pair, Text, pair_up

__all__ = ["COMPARISONS", "Finding", "Pair", "Text", "compare", "decide", "findings", "pair_up"]
