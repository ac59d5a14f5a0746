"""Words of the field that exclude each other, as data: to add a pair, add a line to `OPPOSITES`.

Each line is two sets of forms. They oppose each other only where linking already knows that two statements speak of one
matter; alone they prove nothing.
"""

from __future__ import annotations

import re
from functools import lru_cache

OPPOSITES: tuple[tuple[str, str, str], ...] = (
    # (what is at issue, the forms of one side, the forms of the other), as alternatives of a regular expression
    (
        "whether the fighting is over",
        r"repel\w*|pushed (?:back|out)|driven (?:back|out)|drove (?:back|out)|eliminat\w+|crushed|defeated|"
        r"wiped out|routed|is over|has ended|is calm",
        r"continu\w+ to (?!clean|clear|investigat)\w+|advanc(?:e|es|ed|ing)|in progress|ongoing|still fighting|"
        r"holding (?:our|their|its)|going (?:on|to plan|as planned)|making gains",
    ),
    (
        "who holds it",
        r"captur(?:ed|ing)|seiz(?:ed|ing)|took control|taken control|in control of|under (?:our|full) control|"
        r"liberat(?:ed|ing)|retaken|recaptured",
        r"lost control|not (?:been )?(?:captured|taken|seized)|withdr(?:ew|awn) from|retreated from|never entered|"
        r"still (?:hold(?:s|ing)?|held)",
    ),
    ("whether it is open", r"open|opened|reopened|reopens", r"closed|shut|shut down|blocked|sealed"),
    ("whether they are alive", r"alive|survived|unharmed|safe and well|no casualties", r"dead|died|killed|perished"),
    ("whether it was meant", r"accident\w*|by mistake|mistaken\w*|unintended", r"deliberate\w*|on purpose|intentional\w*"),
    ("whether it rose or fell", r"r(?:ose|isen|ising)|increas\w+|grew|growing", r"f(?:ell|allen|alling)|decreas\w+|declin\w+|dropped"),
    ("whether it is true", r"true|genuine|authentic", r"false|fake\w*|fabricat\w+|untrue|staged|hoax"),
    ("whether it worked", r"succe(?:eded|ssful\w*)|was a success", r"failed|was a failure|unsuccessful\w*"),
    ("whether it goes on", r"resum\w+|restored|restarted", r"suspend\w+|halted|stopped|cut off|called off"),
    ("whether it is contained", r"under control|contained", r"out of control|spreading"),
    ("who was hit", r"military target\w*|fighters? (?:were|was) killed|terrorists?", r"civilian target\w*|civilians only"),
)  # fmt: skip


# The outcome of one scene of fighting. These forms exclude each other even where the rest of the words is not alike, so
# they are kept narrow: the end that one side tells, and the going on that the other side tells.
OVER = (
    r"(?:had |has |have |were |was )?repel(?:led|s)|pushed (?:back|out)|driven (?:back|out)|drove (?:back|out)|"
    r"completely eliminated|wiped out|routed|(?:had |has |have )?cleared the|regained (?:the )?control|retook|recaptured|"
    r"won back|fighting (?:is|was) over|no (?:\w+ )?(?:intruder|attacker|fighter)s? (?:left|remain\w*)?"
)
GOES_ON = (
    r"continu(?:e|es|ed|ing) to (?:liberate|fight|advance|hold|attack|resist)|in[ ”“\"]+progress|still (?:fighting|hold\w*|held|advanc\w*)|"
    r"not been (?:dislodged|driven|pushed|expelled)(?: out| back)?|(?:is|are|were) (?:still )?holding|keep fighting|fighting (?:is|was|goes) on|"
    r"that is where they will stay|actually held"
)


@lru_cache(maxsize=200_000)
def outcome_of(text: str) -> tuple[str, bool, str] | None:
    """Whether the words tell a scene as over (True) or as going on (False), with the words that say so."""
    goes_on = re.search(rf"\b(?:{GOES_ON})\b", text, re.IGNORECASE)
    rest = text.replace(goes_on.group(), " ") if goes_on else text  # "not been driven out" is no "driven out"
    over = re.search(rf"\b(?:{OVER})\b", rest, re.IGNORECASE)
    if bool(over) == bool(goes_on):
        return None
    match = over or goes_on
    assert match is not None
    return "whether the fighting is over", over is not None, match.group()


# Who holds a place: that it was taken, and that it was not.
HELD = (
    r"(?:has|have|had|been|was|were|is|are) (?:now )?(?:captured|seized)|(?:took|taken|taking) (?:full )?control of|"
    r"under (?:our|its|their|his) (?:full |complete )?control"
)
NOT_HELD = r"(?:not|never) (?:been )?(?:captured|taken control of|taken|seized)|never entered"


@lru_cache(maxsize=200_000)
def holding_of(text: str) -> tuple[str, bool, str] | None:
    """Whether the words tell a place as taken (True) or as not taken (False), with the words that say so."""
    match = re.search(rf"\b(?:{NOT_HELD})\b", text, re.IGNORECASE)
    if match is not None:
        return "who holds it", False, match.group()
    match = re.search(rf"\b(?:{HELD})\b", text, re.IGNORECASE)
    return ("who holds it", True, match.group()) if match is not None else None


@lru_cache(maxsize=1)
def _compiled() -> tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...]:
    return tuple(
        (issue, re.compile(rf"\b(?:{one})\b", re.IGNORECASE), re.compile(rf"\b(?:{other})\b", re.IGNORECASE))
        for issue, one, other in OPPOSITES
    )


@lru_cache(maxsize=200_000)
def sides_of(text: str) -> tuple[tuple[str, bool, str], ...]:
    """What the words of ``text`` decide: (the issue, which side, the word that says so); none that it says both ways."""
    found = []
    for issue, one, other in _compiled():
        first, second = one.search(text), other.search(text)
        if bool(first) != bool(second):
            match = first or second
            assert match is not None
            found.append((issue, first is not None, match.group()))
    return tuple(found)


def opposed(a: str, b: str) -> str | None:
    """The reason why the words of two passages exclude each other, or None."""
    for issue, side, word in sides_of(a):
        for other_issue, other_side, other_word in sides_of(b):
            if issue == other_issue and side != other_side:
                return f"{issue}: “{word}” against “{other_word}”"
    return None
