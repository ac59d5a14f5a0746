"""What stands on a page and is no news: captions of pictures, the writer's own opinion, readers' letters, furniture of talk, other news.

A statement that is an aside makes no line. It stays in the ledger, with its claim.
"""

from __future__ import annotations

import re
from functools import lru_cache

from sayso.account.wording import Desk
from sayso.model import Act, BlockKind, Kind, Report, Statement

# Of the words of a page outside quotation marks. News reports have none (the median of 286 reports of one outlet is 0, and
# nine in ten stay below .012); letters, diaries and columns have from .015 to .12.
SELF_SHARE = 0.012
_SELF = re.compile(r"\b(?:I|me|my|mine|you|your|yours|I['’](?:m|ve|d|ll)|you['’](?:re|ve|d|ll))\b")
_QUOTED = re.compile(r"[“\"„][^“”\"„]{1,1200}[”\"]")
_CAPTION = re.compile(
    r"^(?:(?:an?|this|the|these) )?(?:still |file |aerial |satellite |undated |screen ?)*(?:images?|photos?|photographs?|pictures?|grab|footage|video|frame|"
    r"drone view|general view|view)\b(?: \w+){0,4}? (?:shows?|showing|taken|released|of)\b|^(?:pictured|in this (?:photo|image|picture))\b|^file[ :-]",
    re.IGNORECASE,
)
_TALK = re.compile(r"^(?:I|you|we|my|your|our|let['’]s|let us|thank|thanks|please|dear)\b", re.IGNORECASE)
# "The group advise whether the level should be raised": what is weighed is not told.
_WEIGHED = re.compile(
    r"^(?:[\w’'-]+ ){1,7}(?:advis|consider|discuss|debat|examin|ask|question|wonder|decid|assess|stud|review|weigh|determin)\w*"
    r" (?:on |at |about )?(?:whether|if)\b",
    re.IGNORECASE,
)
_WHETHER = re.compile(r"^(?:whether|if)\b", re.IGNORECASE)
_ASKING = (Act.ASK, Act.CANNOT_VERIFY, Act.DECLINE_COMMENT)
_FIRST = re.compile(r"^(?:I|we|you|me|us)$", re.IGNORECASE)
_PRONOUN = re.compile(r"^(?:he|she|they|it)$", re.IGNORECASE)


def is_aside(statement: Statement, desk: Desk) -> bool:
    """Whether a statement is a caption, the voice of a page that speaks of itself, or a round-up's news of something else."""
    if statement.id in desk.other_news:
        return True
    report = desk.reports[statement.report]
    if statement.kind is Kind.VOICE and statement.actor is None:
        words = statement.content[0].of(report.text).lstrip("“\"'‘ ")
        talk = _TALK.match(words) is not None or _WEIGHED.match(words) is not None
        return talk or is_caption(statement, report) or speaks_of_itself(report)
    if _WHETHER.match(statement.content[0].of(report.text)) and statement.act not in _ASKING:
        return True  # "advises whether the level should be raised": it is not told
    if statement.actor is None or is_caption(statement, report):
        return statement.actor is not None
    # Who "I" and "we" are, nobody found out.
    return bool(
        _FIRST.match(statement.actor.name) or (_PRONOUN.match(statement.actor.name) and speaks_of_itself(report))
    )


def is_caption(statement: Statement, report: Report) -> bool:
    """Whether it tells what a picture shows, in a block for captions or in words for it."""
    first = statement.content[0]
    if any(b.kind in (BlockKind.CAPTION, BlockKind.CREDIT) and b.span.contains(first) for b in report.blocks):
        return True
    # "A still image shows …" may be read as the image's own statement: look from its first word on.
    start = min(span.start for span in (*statement.source, *statement.cue, first))
    return _CAPTION.match(report.text[start : max(start, first.start) + 80].lstrip("“\"' ")) is not None


def speaks_of_itself(report: Report) -> bool:
    """Whether a page says "I" and "you" in its own voice: a column, a diary, readers' letters; not a person's own channel."""
    return _self_share(report.text) >= SELF_SHARE


@lru_cache(maxsize=4096)
def _self_share(text: str) -> float:
    own = _QUOTED.sub(" ", text)
    return len(_SELF.findall(own)) / max(1, len(own.split()))
