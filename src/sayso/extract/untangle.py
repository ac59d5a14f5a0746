"""Contents that two attributions claim at once, given to one of them.

One attribution may stand inside another's content (nested); then both keep it. But two cues side by side cannot both have the
same quotation: it belongs to the cue that stands nearer, the one of its own paragraph first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from sayso.model import Span

if TYPE_CHECKING:
    from sayso.extract.tagger import Attribution


def untangle(attributions: Sequence[Attribution], text: str) -> list[Attribution]:
    """The attributions with every stretch of text in at most one content, but for nested ones. Empty ones are dropped."""
    contents = [list(a.content) for a in attributions]
    for i, a in enumerate(attributions):
        for j in range(i + 1, len(attributions)):
            b = attributions[j]
            if _nested(a, b) or _nested(b, a):
                continue
            for mine in list(contents[i]):
                for theirs in list(contents[j]):
                    shared = Span(max(mine.start, theirs.start), min(mine.end, theirs.end))
                    if shared.end <= shared.start:
                        continue
                    loser = j if _distance(a, shared, text) <= _distance(b, shared, text) else i
                    contents[loser] = [p for span in contents[loser] for p in _without(span, shared, text)]
                    if loser == i:
                        break
    return [replace(a, content=tuple(c)) for a, c in zip(attributions, contents, strict=True) if c]


def _nested(outer: Attribution, inner: Attribution) -> bool:
    return any(span.contains(cue) for span in outer.content for cue in inner.cue)


_JOIN = re.compile(r"[\s,;]*\b(?:and|but|while|though|yet|or)?(?:\s+(?:also|later|then))?\s*$", re.IGNORECASE)


def cut_coordinated(attributions: Sequence[Attribution], text: str) -> list[Attribution]:
    """ "admitted the loss but denied that …": a second cue of the same source ends what the first one's content is.

    Only when the second has its source outside that content: otherwise it is nested, and belongs to what was said.
    """
    cut = []
    governed = _governed(attributions, text)
    for one in attributions:
        content = list(one.content)
        for other in attributions:
            if other is one or not other.cue or not other.source or not one.cue or id(other) in governed:
                continue
            content = _own_sentence(one, content, other, text)
            if other.source != one.source:
                continue
            cue = other.cue[0]
            for n, span in enumerate(content):
                if span.start < cue.start < span.end and text[span.start] not in '"“':
                    content[n] = Span(span.start, span.start + len(_JOIN.sub("", text[span.start : cue.start])))
        cut.append(replace(one, content=tuple(s for s in content if s.end > s.start)))
    return [one for one, was in zip(cut, attributions, strict=True) if one.content and id(was) not in governed]


def _governed(attributions: Sequence[Attribution], text: str) -> set[int]:
    """ "refused to comment on the letter": "comment on" is no second cue beside "refused", but the first one's content."""
    return {
        id(other)
        for one in attributions
        for other in attributions
        if other is not one and one.cue and other.cue and one.source == other.source
        for span in one.content
        if span.start < other.cue[0].start < span.end and text[span.start : other.cue[0].start].strip().lower() == "to"
    }


_QUOTING = re.compile(r"^(?:\w+ )?(?:quot|cit)(?:e|es|ed|ing)$", re.IGNORECASE)
_QUOTED_AS = re.compile(
    r"\s+(?P<who>[^.!?;:\"“”\n]{2,80}?)\s+as (?:saying|telling|stating|declaring|warning|claiming)\b"
)


def speaker_of_quoted(attributions: Sequence[Attribution], text: str) -> list[Attribution]:
    """ "the agency quoted Kell as saying …": Kell says it, and the agency hands it on. The one quoted becomes the source; where
    another attribution has the "as saying" already, the one of the agency goes."""
    turned = []
    for one in attributions:
        cue = one.cue[-1] if one.cue else Span(0, 0)
        quoted = _QUOTED_AS.match(text, cue.end) if _QUOTING.match(text[cue.start : cue.end]) else None
        if quoted is None or (one.source and one.source[0].start >= cue.end):
            turned.append(one)
            continue
        who = Span(*quoted.span("who"))
        if any(other is not one and other.source == (who,) for other in attributions):
            continue
        head = Span(cue.end, quoted.end())
        left = (p for span in one.content for p in _without(span, head, text))
        turned.append(replace(one, source=(who,), content=tuple(left)))
    return [one for one in turned if one.content]


_SENTENCE = re.compile(r"[.!?][\"”’')]*\s+(?=[\"“‘']?[A-Z0-9])")


# Shortened words, whose stop ends no sentence: "detachment No. 1", "Gen. Kell".
_SHORT = re.compile(r"\b(?:no|nos|gen|col|lt|maj|capt|sgt|gov|sen|rep|mr|mrs|ms|dr|st|vs|[a-z])\.$", re.IGNORECASE)


def _own_sentence(one: Attribution, content: list[Span], other: Attribution, text: str) -> list[Span]:
    """A content that runs over a whole other sentence with its own speaker and cue is cut to the sentence of its own cue."""
    kept = []
    for span in content:
        inside = span.contains(other.cue[0]) and any(span.contains(s) for s in other.source)
        ends = [
            m.end()
            for m in _SENTENCE.finditer(text, span.start, span.end)
            if not _SHORT.search(text, max(0, m.start() - 6), m.start() + 1)
        ]
        before = [e for e in ends if other.cue[0].end <= e] if one.cue[0].start >= span.end else []
        after = [e for e in ends if e <= other.cue[0].start] if one.cue[0].end <= span.start else []
        if inside and before:
            kept.append(Span(before[-1] if text[span.start] in '"“' else before[0], span.end))
        elif inside and after and text[span.start] not in '"“':
            kept.append(Span(span.start, len(text[: after[0]].rstrip())))
        else:
            kept.append(span)
    return kept


def _distance(one: Attribution, span: Span, text: str) -> tuple[int, int]:
    """(line breaks, characters) between an attribution's words and a stretch of content."""
    best = (9, len(text))
    for own in (*one.cue, *one.source):
        start, end = (own.end, span.start) if own.end <= span.start else (span.end, own.start)
        best = min(best, (text.count("\n", start, end), max(0, end - start)))
    return best


def _without(span: Span, shared: Span, text: str) -> list[Span]:
    """What is left of a span when a stretch is taken out; crumbs of less than two words go with it."""
    left = [Span(span.start, min(span.end, shared.start)), Span(max(span.start, shared.end), span.end)]
    trimmed = (_trimmed(piece, text) for piece in left if piece.end > piece.start)
    return [p for p in trimmed if len(p.of(text).split()) >= 2]


def _trimmed(span: Span, text: str) -> Span:
    start, end = span
    while start < end and (text[start].isspace() or text[start] in ",;:–—-"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;:–—-"):
        end -= 1
    return Span(start, end)
