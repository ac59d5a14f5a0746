"""How surely a number is told: counted and confirmed, suspected, feared, or only foreseen.

Deaths that are suspected and deaths that are confirmed are two counts, and none takes back the other; what may yet happen is
no count of what did.
"""

from __future__ import annotations

import re

FEARED = re.compile(
    r"\b(?:fear\w*|may|might|could|would|estimat\w*|believ\w*|thought|likely|expect\w*|possibl\w*|perhaps|predict\w*|"
    r"potential\w*|risk\w*|if|warn\w*|speculat\w*)\b",
    re.IGNORECASE,
)
# … of those, the words that say that it may be so, where others only say that nobody counted exactly.
POSSIBLE = re.compile(r"\b(?:fear\w*|may|might|could|expect\w*|predict\w*|risk\w*|speculat\w*)\b", re.IGNORECASE)
CONFIRMED = re.compile(r"\b(?:\w+-)?confirm\w*\b", re.IGNORECASE)
SUSPECTED = re.compile(
    r"\b(?:suspect\w*|probabl[ey]|possible (?:\w+ )?(?:deaths?|fatalit\w+|victims?|cases?)|under investigation|"
    r"investigating|(?:could be|may be|might be|being|thought to be) (?:\w+ )?(?:linked|attribut\w+|due|to blame))\b",
    re.IGNORECASE,
)
COUNTING = re.compile(r"\b(?:put\w*|count\w*|tall(?:y|ied)|record\w*|register\w*|confirm\w*|list\w*)\b", re.IGNORECASE)
# That nobody has reported any is not that there are none.
NO_REPORTS = re.compile(
    r"\bno (?:\w+ ){0,3}?(?:(?:reports?|signs?|indications?|evidence|word) (?:of|that)|"
    r"(?:\w+ ){0,3}?(?:has|have|had|was|were|is|are) (?:\w+ )?(?:been )?reported)\b",
    re.IGNORECASE,
)
# "May have died" is a fear about what happened; "could die" is about what did not happen yet.
_YET = r"(?:could|would|will|might|may|can|was going to|were going to|is going to|are going to)"
_BEFALL = r"(?:die|kill|claim|perish|be killed|be lost|lose|cost|cause|lead to|result in|reach|exceed|rise|climb|top|range|fall ill|suffer)"
_FORESEEN = re.compile(
    rf"\b{_YET}\b(?! have\b)(?: \w+){{0,2}}? {_BEFALL}\b|\b(?:chance|risk|danger|threat|capable|potential) (?:of|to) (?:kill|caus|claim)\w*\b",
    re.IGNORECASE,
)
# "Three more were confirmed, bringing the toll to 15": what stands before the comma says how all of it is told.
_BRINGING = re.compile(r"^\W*(?:bringing|taking|raising|lifting|pushing) ", re.IGNORECASE)


def is_foreseen(segment: str) -> bool:
    """Whether the words around a number say that so many may yet die, not that they did or may have."""
    return bool(_FORESEEN.search(segment))


def is_confirmed(segment: str, clause: str, cue: str) -> bool:
    """Whether a number is told as confirmed, where others may only be suspected."""
    return bool(CONFIRMED.search(f"{clause if _BRINGING.match(segment) else segment} {cue}"))


def is_suspected(segment: str, clause: str, cue: str) -> bool:
    """Whether a number is told as of the suspected or the probable."""
    if is_confirmed(segment, clause, cue):
        return False
    return bool(SUSPECTED.search(f"{clause if _BRINGING.match(segment) else segment} {cue}"))
