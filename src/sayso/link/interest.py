"""Who speaks against their own interest: an admission of what their own side did, lost or failed to do."""

from __future__ import annotations

import re

from sayso.link.actors import fold
from sayso.link.told import Told
from sayso.model import Act

# "acknowledged" is also said of what costs nothing: so what is admitted must touch the speaker's own side.
_ADMITS = re.compile(r"\b(?:admit\w*|admission|conced\w+|concession|confess\w*|acknowledg\w+|own(?:s|ed) up)\b", re.IGNORECASE)  # fmt: skip
_OWN = re.compile(
    r"\b(?:(?:its|his|her|their|our|my) own|(?:its|their|our) (?:\w+ )?(?:troops|soldiers|forces|fighters|men|police|officers|"
    r"patrols|guards?|pilots|units?|losses|dead|casualties|mistakes?|fault|failures?)|losses of (?:its|his|her|their|our) own)\b",
    re.IGNORECASE,
)
_STEM = 5  # letters by which "Norland" and "Norlandic" are one
_REFUSALS = (Act.DENY, Act.DECLINE_COMMENT, Act.DECLINE_RESPONSIBILITY, Act.ASK, Act.CANNOT_VERIFY)


def against_interest(one: Told, side: str | None) -> bool:
    """Whether a speaker who has a ``side`` admits something of that side, or of their own people."""
    if one.voice or side is None or one.statement.negated or one.statement.act in _REFUSALS:
        return False
    cue = " ".join(span.of(one.report.text) for span in one.statement.cue)
    return bool(_ADMITS.search(cue)) and (bool(_OWN.search(one.text)) or _names(one, side))


def _names(one: Told, side: str) -> bool:
    """Whether the words name the speaker's side, its state, or a body they speak for."""
    names = [side, one.party.state or "", *one.party.bodies]
    own = {word[:_STEM] for name in names for word in fold(name) if len(word) >= _STEM}
    return bool(own & {word[:_STEM] for word in fold(one.text)})
