"""evaluate: how well a reading agrees with people's annotations. Needs no ledger and knows no reader of ours.

`gold` reads annotated corpora (brat standoff, our own standoff lines, annotators' sheets); `sheets` finds a sheet's words in the
text; `attribution` compares, with the metrics of the literature. `sayso eval attribution` shows the result.
"""

from sayso.evaluate.attribution import Score, score_documents
from sayso.evaluate.gold import Attribution, GoldDocument, read_corpus

__all__ = ["Attribution", "GoldDocument", "Score", "read_corpus", "score_documents"]
